"""Values as JSON text that no terminal and no build server can take for anything else."""

import json


def json_text(value: object) -> str:
    """Return `value` as indented JSON in plain printable ASCII.

    What build servers would take for a command (`##vso[…]`) is escaped, which JSON's readers undo.
    """
    text = json.dumps(value, indent=2, ensure_ascii=True, allow_nan=False)
    return text.replace("##", "#\\u0023").replace("\x7f", "\\u007f")
