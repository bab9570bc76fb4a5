"""The texts of messages that a repository has in the place of the program's, and what is amiss with them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import get_args

from incidentdocs.authoring.message import MessageKind, built_in_message, message_name
from incidentdocs.errors import nearest
from incidentdocs.own_settings import settings_text
from incidentdocs.workspace import Workspace

FOLDER = ".incidentdocs/messages"
"""Where they are, each in a file that `message_name` names."""

KINDS: tuple[MessageKind, ...] = get_args(MessageKind)


def template_of(workspace: Workspace, kind: MessageKind, language: str) -> tuple[str, str]:
    """Return the path, for messages, and the text of the repository's template, else the built-in one's.

    One that holds nothing says nothing to anybody, and the built-in one's is returned.
    """
    name = message_name(kind, language)
    text = _own(workspace, name)
    return (f"{FOLDER}/{name}", text) if text else (name, built_in_message(kind, language))


def amiss(workspace: Workspace, kind: MessageKind, language: str) -> Iterator[str]:
    """Yield what whoever sends a message of `kind` should know of the repository's own texts.

    While an incident burns a message is not refused for that.
    """
    name = message_name(kind, language)
    if _own(workspace, name) == "":
        yield f"{FOLDER}/{name} is empty: the program's own text is taken"
    folder = workspace.root / FOLDER
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not _named().fullmatch(file.name):
            near = nearest(file.name[:100], (message_name(each, language) for each in KINDS))
            if near or file.name.endswith(".j2"):
                yield f"{FOLDER}/{file.name} is read for no message: " + (
                    f"did you mean {near}?" if near else f"they are called like {name}"
                )


def _own(workspace: Workspace, name: str) -> str | None:
    """Return the repository's template of that name, nothing where it is blank, None where there is none."""
    file, path = workspace.root / FOLDER / name, f"{FOLDER}/{name}"
    if not file.is_file():
        return None
    text = settings_text(file, path)
    return text if text.strip() else ""


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(KINDS)})\.[^.]+\.txt\.j2")
