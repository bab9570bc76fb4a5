"""Which files a profile claims as its documents."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import PurePosixPath

from incidentdocs.profiles.file_names import read_filename
from incidentdocs.profiles.profile import Profile

A_TEMPLATE_ITSELF = frozenset({"template", "modele", "modèle"})
"""Titles of the documents that others are begun from."""


_OF_A_DOCUMENT = frozenset(
    {"post", "mortem", "postmortem", "runbook", "incident", "escalation", "report", "review", "playbook"}
    | {"document", "doc", "alert"}
)
"""Words that a template's name has beside `template`: what it is a template of."""


def _is_never_a_document(name: str) -> bool:
    """Return whether a name stands in documents' folders without being a document's."""
    return _leads_the_way(name) or _is_a_template(_words(name))


def _leads_the_way(name: str) -> bool:
    """Return whether a name is that of a folder's own page, or is set apart by its `_`."""
    words = _words(name)
    plain_index = words[:1] == ["index"] and all(len(word) <= 2 for word in words[1:])
    return name.startswith("_") or words[:1] == ["readme"] or plain_index


def _is_a_template(words: Sequence[str]) -> bool:
    """Return whether `words`, of a name, call it a template, and not what has to do with one."""
    words = [word for word in words if not (word.isdigit() or re.fullmatch(r"[a-z]{1,2}|v\d+", word))]
    if not words:
        return False
    if words[-1] in ("template", "templates"):
        return True
    run_together = _template_in_one_word().fullmatch("".join(words))
    return run_together is not None or (words[0] == "template" and _OF_A_DOCUMENT.issuperset(words[1:]))


@cache
def _template_in_one_word() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(_OF_A_DOCUMENT, reverse=True))}){{1,3}}templates?")


def _words(name: str) -> list[str]:
    """Return the words of a name in lower case, without its extension."""
    words = [word for word in re.split(r"[\W_]+", name.casefold()) if word]
    return words[:-1] if len(words) > 1 and words[-1] in _MARKDOWN else words


_MARKDOWN = frozenset({"md", "markdown", "mdown", "mkd", "mdx", ""})

_OF_THE_PROJECT = frozenset(
    [
        "license",
        "licence",
        "copying",
        "notice",
        "authors",
        "makefile",
        "dockerfile",
        "codeowners",
        "changelog",
        "contributing",
        "security",
        "code_of_conduct",
        "governance",
        "maintainers",
        "support",
    ]
)
"""Names of files that speak of a project and not of its incidents, without their extensions."""


def may_be_document(path: str) -> bool:
    """Return whether a file's name is one that a document may have, whatever the profiles say."""
    place = PurePosixPath(path)
    extension = place.suffix.lstrip(".").casefold()
    if not extension.isalnum():  # `v1.2 fix` ends in no extension
        extension = ""
    if place.stem.casefold() in _OF_THE_PROJECT or _is_never_a_document(place.name):
        return False
    return extension in _MARKDOWN


def is_folder_page(path: str) -> bool:
    """Return whether a file's name is that of the Markdown page which stands for its folder."""
    place = PurePosixPath(path)
    markdown = place.suffix.lstrip(".").casefold() in _MARKDOWN - {""}
    return markdown and place.stem.casefold() in ("readme", "index")


@cache
def glob_pattern(glob: str) -> re.Pattern[str]:
    """Return the pattern of a path glob: `*` and `?` stay within one folder, `**` crosses any number."""
    pieces = {"/**": r"(?:/.*)?", "**/": r"(?:[^/]+/)*", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
    tokens = re.split(r"(/\*\*$|\*\*/|\*\*|\*|\?)", glob.strip("/"))
    return re.compile("".join(pieces.get(token, re.escape(token)) for token in tokens))


def matches_any(path: str, globs: Iterable[str]) -> bool:
    """Return whether `path`, or a folder that holds it, matches one of the globs."""
    patterns = [glob_pattern(glob) for glob in globs]
    if not patterns:
        return False
    places = (path, *map(str, PurePosixPath(path).parents))
    return any(pattern.fullmatch(place) for pattern in patterns for place in places)


def claiming(path: str, profiles: Iterable[Profile], exclude: tuple[str, ...] = ()) -> Profile | None:
    """Return the profile whose document the file at `path` is, None where no profile claims it.

    `path` is relative to the repository's root. Of several profiles the one with the nearest folder
    claims the file, and of those the first.
    """
    if matches_any(path, exclude):
        return None
    depths = ((_depth(path, profile), profile) for profile in profiles)
    best = max(
        ((depth, profile) for depth, profile in depths if depth), key=lambda pair: pair[0], default=None
    )
    return best[1] if best else None


def is_passed_over(path: str, profiles: Iterable[Profile], exclude: tuple[str, ...] = ()) -> bool:
    """Return whether a Markdown file that no profile claims lies in the folder of one all the same.

    The page of a folder itself does not count, nor what is excluded or set apart by a `_`.
    """
    place = PurePosixPath(path)
    if place.suffix.lstrip(".").casefold() not in _MARKDOWN - {""} or any(map(_leads_the_way, place.parts)):
        return False
    return any(
        _is_a_folder_of(str(folder), profile) and not matches_any(path, (*exclude, *profile.exclude))
        for profile in profiles
        for folder in place.parents
    )


def _depth(path: str, profile: Profile) -> int:
    """Return how many folders deep the folder lies through which `profile` claims the file, 0 for not."""
    if matches_any(path, profile.exclude):
        return 0
    below = PurePosixPath(path)
    if _extension(below, profile) not in profile.extensions:
        return 0
    for depth, folder in enumerate(below.parents):
        if _is_a_folder_of(str(folder), profile) and _is_named_like_a_document(below, depth, profile):
            return len(below.parents) - depth
    return 0


def _extension(path: PurePosixPath, profile: Profile) -> str:
    """Return the profile's extension that `path` has, none for another: `v1.2 fix` ends in no extension."""
    extension = path.suffix.lstrip(".").casefold()
    return extension if extension in profile.extensions else ""


def _is_a_folder_of(folder: str, profile: Profile) -> bool:
    if folder == ".":
        return "." in profile.folders
    return any(glob_pattern(glob).fullmatch(folder) for glob in profile.folders)


def _is_named_like_a_document(path: PurePosixPath, depth: int, profile: Profile) -> bool:
    """Return whether the name, and those of the folders below the profile's, are a document's.

    A name that follows the profile's pattern is one whatever it holds: the incident may well be
    about a template or an index. A file without extension must follow the pattern.
    """
    folders = path.parts[len(path.parts) - 1 - depth : -1]
    if any(_is_never_a_document(name) for name in folders):
        return False
    has_extension = _extension(path, profile) != ""
    return _follows(path, profile) or (has_extension and not _is_never_a_document(path.name))


def _follows(path: PurePosixPath, profile: Profile) -> bool:
    said = read_filename(path.name, profile) if profile.filename else None
    return said is not None and (said.title or "").casefold() not in A_TEMPLATE_ITSELF
