"""The names of the months, French, English, German and Spanish."""

MONTHS = (
    "jan january janv janvier januar jänner janner enero ene",
    "feb february fev fevr fevrier févr février februar febrero",
    "mar march mars märz marz marzo",
    "apr april avr avril abril abr",
    "may mai mayo",
    "jun june juin juni junio",
    "jul july juil juillet juli julio",
    "aug august aout août agosto",
    "sep sept september septembre septiembre",
    "oct october octobre okt oktober octubre",
    "nov november novembre noviembre",
    "dec december decembre décembre déc dez dezember dic diciembre",
)
"""The words for each month, January first, in lower case, with and without accents."""
