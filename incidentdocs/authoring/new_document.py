"""A profile and a few answers become a new document's path and text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from incidentdocs.errors import ConfigError, UsageError, with_article
from incidentdocs.markdown.blocks import Heading
from incidentdocs.markdown.inline import plain
from incidentdocs.markdown.source import parse
from incidentdocs.process.severity import SEVERITIES, severity_of
from incidentdocs.profiles.claims import claiming
from incidentdocs.profiles.profile import Profile
from incidentdocs.profiles.slug import slug
from incidentdocs.templating.environment import render


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is known of a document before it is written; texts as a user typed them.

    `steps` is the Markdown of the checklist of an incident that begins, nothing for any other document.
    """

    title: str
    day: date
    severity: str | None = None
    services: tuple[str, ...] = ()
    steps: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A template's text, and the path that names it in messages."""

    path: str
    text: str


def new_path(profile: Profile, answers: Answers, existing: Iterable[str] = ()) -> str:
    """Return the path, relative to the repository's root, of the document that `answers` describe.

    `existing` are the names of the files in its folder: a number in the name is the next one.
    UsageError for a title of which no name can be made, or none that `profile` would claim.
    """
    title = one_line(answers.title)
    parts = {
        "date": answers.day.isoformat(),
        "year": f"{answers.day.year:04}",
        "slug": slug(title),
        "title": _as_file_name(title),
        "number": _next_number(profile, existing),
    }
    pattern = _with_extension(profile)
    name = re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], pattern)
    path = f"{new_folder(profile)}/{name}".removeprefix("./")
    if claiming(path, [profile]) is None:
        hint = f"choose another title: names like {name} are passed over"
        raise UsageError(f"{path} would not be read as a {profile.kind}", hint=hint)
    return path


def new_folder(profile: Profile) -> str:
    """Return the profile's first folder without wildcards; ConfigError where all have some."""
    plain_folders = [folder.strip("/") for folder in profile.folders if not re.search(r"[*?]", folder)]
    if not plain_folders:
        hint = "add the folder in which new documents are written to `folders`, without * or ?"
        message = f"the profile {profile.kind} names no folder for new documents"
        raise ConfigError(message, path=f"profiles/{profile.kind}/profile.toml", hint=hint)
    return plain_folders[0]


def new_text(profile: Profile, template: Template, answers: Answers, *, language: str) -> str:
    """Return the text of the document that `answers` describe.

    UsageError for an unknown severity, and for an answer that `profile` has no place for.
    """
    _refuse_unasked(profile, answers)
    title = one_line(answers.title)
    values = {
        "title": as_markdown(title),
        "slug": slug(title),
        "date": answers.day.isoformat(),
        "year": f"{answers.day.year:04}",
        "severity": _severity(answers.severity, profile),
        "services": [name for service in answers.services if (name := one_line(service))],
        "status": "draft",
        "steps": answers.steps,
        "language": language,
    }
    return render(template.text, values, path=template.path)


def _refuse_unasked(profile: Profile, answers: Answers) -> None:
    asked = {field.id for field in profile.metadata}
    for name, answer in (("severity", answers.severity), ("services", answers.services)):
        if answer and name not in asked:
            hint = f"leave the option out, or add {name} to the profile's metadata"
            raise UsageError(f"{with_article(profile.kind)} has no {name}", hint=hint)


def one_line(text: str) -> str:
    """Return `text` without control characters, and with single spaces for whatever white space it had."""
    return " ".join("".join(map(_visible, text)).split())


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    # A joiner holds together the letters of some scripts, and emoji.
    return character if character.isprintable() or character in "\u200c\u200d" else ""


def as_markdown(title: str) -> str:
    r"""Return Markdown whose heading reads as `title`: as it is where that works, else with few escapes."""
    for signs in ("", r"\`<&", r"\`<&*\[\]"):
        escaped = _escaped(title, signs)
        if _reads_as(escaped, title):
            return escaped
    return _escaped(title, r"\`<&*\[\]_#~")


def _escaped(title: str, signs: str) -> str:
    return re.sub(rf"([{signs}\\])", r"\\\1", title) if signs else title


def _reads_as(source: str, title: str) -> bool:
    if re.search(r"(?<!\\)(?:<[A-Za-z/!?]|&#?\w+;)", source):
        return False
    blocks = parse(f"# {source}\n").blocks
    return len(blocks) == 1 and isinstance(blocks[0], Heading) and plain(blocks[0].text.source) == title


def _severity(text: str | None, profile: Profile) -> str | None:
    if text is None:
        return None
    own = {word: name for field in profile.metadata for word, name in field.words.items()}
    known = severity_of(text, own)
    if known is None:
        raise UsageError(f"{text!r} is no severity", hint=f"write one of {', '.join(SEVERITIES)}")
    return known


def _with_extension(profile: Profile) -> str:
    pattern = profile.filename or "{slug}"
    endings = [f".{extension}" for extension in profile.extensions if extension]
    if not endings or "" in profile.extensions or pattern.endswith(tuple(endings)):
        return pattern
    return pattern + endings[0]


def _as_file_name(title: str) -> str:
    """Return `title` without what file systems refuse in a name, at most 150 bytes long."""
    kept = re.sub(r'[/\\:*?"<>|]+', " ", title)
    short = kept.encode("utf-8")[:150].decode("utf-8", "ignore")
    return " ".join(short.split()).strip(" .") or slug(title)


def _next_number(profile: Profile, existing: Iterable[str]) -> str:
    if "{number}" not in profile.filename:
        return ""
    pieces = re.split(r"(\{\w+\})", profile.filename)
    pattern = "".join(
        r"(\d{1,9})" if piece == "{number}" else ".+" if piece.startswith("{") else re.escape(piece)
        for piece in pieces
    )
    numbers = [found[1] for name in existing if (found := re.fullmatch(pattern, name))]
    width = max(map(len, numbers), default=1)
    return str(max(map(int, numbers), default=0) + 1).zfill(width)
