"""What a profile may say beyond its types: names, globs and patterns that can be meant."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from incidentdocs.profiles.file_names import PARTS
from incidentdocs.profiles.profile import (
    FieldProfile,
    IncidentsProfile,
    MilestoneProfile,
    Profile,
    SectionProfile,
)
from incidentdocs.settings.globs import glob_mistake
from incidentdocs.settings.mistakes import KeyPath, Mistake, instead, quoted

LEVELS = range(1, 7)
"""The levels that Markdown's headings have."""


def kind_mistake(kind: str, table: Mapping[str, Any]) -> Mistake | None:
    """Return what is wrong with `kind`, the name of a profile's folder, or with the file repeating it."""
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", kind):
        hint = "name the folder in lower-case letters, digits and hyphens, as in incident-review"
        return Mistake((), f"{quoted(kind)} cannot be a kind of document", hint)
    if "kind" in table:
        return Mistake(("kind",), 'unknown key "kind"', "remove it; the folder's name is the kind")
    return None


def profile_mistakes(profile: Profile) -> Iterator[Mistake]:
    """Yield every mistake of a profile whose types are right."""
    yield from _globs(("folders",), profile.folders)
    for number, pattern in enumerate(profile.folders):
        folder, _, name = pattern.rpartition("/")
        stem, _, extension = name.rpartition(".")
        if stem and extension and extension in profile.extensions:
            hint = f"write {quoted(folder.removesuffix('/**') or '.')}: all files below a folder are meant"
            yield Mistake(("folders", number), f"{quoted(pattern)} names files, not their folder", hint)
    yield from _globs(("exclude",), profile.exclude)
    if not profile.folders:
        yield Mistake(("folders",), "the profile claims no folder", 'write folders = ["docs/incidents"]')
    yield from _filename(profile.filename)
    for language, patterns in profile.titles.items():
        for number, pattern in enumerate(patterns):
            yield from _pattern(("titles", language, number), pattern)
    for number, extension in enumerate(profile.extensions):
        if re.search(r"[./\\\s]", extension):
            yield Mistake(
                ("extensions", number), f"the extension {quoted(extension)} is none", _bare(extension)
            )
    yield from _sections(profile.sections)
    if profile.incidents:
        yield from _incidents(profile.incidents)


def _globs(where: KeyPath, patterns: Sequence[str]) -> Iterator[Mistake]:
    for number, pattern in enumerate(patterns):
        if found := glob_mistake(pattern):
            yield Mistake((*where, number), f"the glob {quoted(pattern)} {found[0]}", found[1])


def _filename(pattern: str) -> Iterator[Mistake]:
    yield from _pattern(("filename",), pattern)
    if re.search(r"[/\\]", pattern) or not pattern.isprintable():
        hint = 'write a name without its folder, as in "{date}-{slug}.md"'
        yield Mistake(("filename",), f"{quoted(pattern)} is no file name", hint)


def _pattern(where: KeyPath, pattern: str) -> Iterator[Mistake]:
    names = re.findall(r"\{([^{}]*)\}", pattern)
    for name in dict.fromkeys(names):
        if name not in PARTS:
            yield Mistake(where, f"nothing is called {{{name}}} in a pattern", instead(name, tuple(PARTS)))
        elif names.count(name) > 1:
            yield Mistake(where, f"{quoted(pattern)} has {{{name}}} twice", "write it once")
    if re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", pattern)):
        yield Mistake(
            where,
            f"{quoted(pattern)} has a brace without its pair",
            "write a name in two braces, as in {slug}",
        )


def _bare(extension: str) -> str:
    bare = re.sub(r"^.*[./\\\s]", "", extension)
    return f"write {quoted(bare)}, without a dot"


def _sections(sections: Sequence[SectionProfile]) -> Iterator[Mistake]:
    for number, section in enumerate(sections):
        where = ("sections", number)
        yield from _worded((*where, "title"), f"the section {quoted(section.id)} has no title", section.title)
        yield from _labels((*where, "fields"), section.fields)
        for column in section.columns:
            if column not in COLUMNS:
                hint = instead(column, COLUMNS)
                yield Mistake((*where, "columns", column), f"no column holds {quoted(column)}", hint)
        yield from _labels((*where, "milestones"), section.milestones)


def _incidents(incidents: IncidentsProfile) -> Iterator[Mistake]:
    where = ("incidents", "title")
    if incidents.level not in LEVELS:
        message = f"there is no heading of level {incidents.level}"
        yield Mistake(("incidents", "level"), message, "write level = 2 for `##`, level = 3 for `###`")
    yield from _pattern(where, incidents.title)
    if "{date}" not in incidents.title:
        message = f"{quoted(incidents.title)} has no {{date}}, which tells an incident's heading from others"
        yield Mistake(where, message, 'write title = "{date} {title}"')


COLUMNS = ("number", "description", "owner", "due", "done", "ref", "status", "reason", "type")
"""What a column of a table of action items may hold."""


def _labels(where: KeyPath, entries: Sequence[FieldProfile | MilestoneProfile]) -> Iterator[Mistake]:
    for number, entry in enumerate(entries):
        yield from _worded((*where, number, "label"), f"{quoted(entry.id)} has no label", entry.label)


def _worded(where: KeyPath, message: str, words: Mapping[str, str]) -> Iterator[Mistake]:
    if not any(word.strip() for word in words.values()):
        yield Mistake(where, message, f'write {where[-1]} = {{ en = "…" }}')
