"""The names of the months, French and English."""

MONTHS = (
    "jan january janv janvier",
    "feb february fev fevr fevrier févr février",
    "mar march mars",
    "apr april avr avril",
    "may mai",
    "jun june juin",
    "jul july juil juillet",
    "aug august aout août",
    "sep sept september septembre",
    "oct october octobre",
    "nov november novembre",
    "dec december decembre déc décembre",
)
"""The words for each month, January first, in lower case, with and without accents."""
