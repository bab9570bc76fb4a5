"""The severities of an incident and the words that name them."""

SEVERITIES = ("SEV1", "SEV2", "SEV3")

ALIASES = {"CRITICAL": "SEV1", "WARNING": "SEV2", "INFO": "SEV3"}
"""The process writes SEV1 (CRITICAL), SEV2 (WARNING), SEV3 (INFO)."""

IN_FULL = {f"{severity} ({alias})": severity for alias, severity in ALIASES.items()}

_WORDS = {word.replace(" ", ""): severity for word, severity in (ALIASES | IN_FULL).items()}


def severity_of(text: str) -> str | None:
    """Return `SEV1`, `SEV2` or `SEV3` for any way of writing it, None for anything else."""
    word = text.strip().upper().replace("-", "").replace(" ", "")
    known = _WORDS.get(word, word)
    return known if known in SEVERITIES else None
