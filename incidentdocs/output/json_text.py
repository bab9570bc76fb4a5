"""Values as JSON text that no terminal and no build server can take for anything else."""

import json


def json_text(value: object) -> str:
    """Return `value` as indented JSON in plain printable ASCII."""
    return escaped_json(json.dumps(value, indent=2, ensure_ascii=True, allow_nan=False))


def escaped_json(text: str) -> str:
    """Return ASCII JSON with what build servers would take for a command (`##vso[…]`) escaped.

    JSON's readers undo the escapes.
    """
    return text.replace("##", "#\\u0023").replace("\x7f", "\\u007f")
