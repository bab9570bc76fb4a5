"""What was learned, written as a profile: every choice with the share of documents that it fits."""

import json
from collections.abc import Iterator

from incidentdocs.learning.learning import Learned
from incidentdocs.learning.metadata import LearnedField
from incidentdocs.learning.sections import LearnedSection
from incidentdocs.learning.shares import Share


def profile_text(learned: Learned, name: str) -> str:
    """Return the text of a `profile.toml` for documents that people call `name`."""
    blocks = [
        "\n".join(_head(learned, name)),
        *([_incidents(*learned.incidents)] if learned.incidents else []),
        *(_metadata(field, learned.language) for field in metadata_of(learned)),
        *(block for section in learned.sections for block in _section(section, learned.language)),
    ]
    return "\n\n".join(blocks) + "\n"


def metadata_of(learned: Learned) -> tuple[LearnedField, ...]:
    """Return the fields of the front matter, of what stands above the sections and of those for metadata.

    A field that several of these have is there once.
    """
    inside = (
        field for section in learned.sections if section.contains == "metadata" for field in section.fields
    )
    fields = (*learned.front_matter, *learned.labelled, *inside)
    return tuple({field.id: field for field in reversed(fields)}.values())[::-1]


def unsettled(learned: Learned) -> tuple[str, ...]:
    """Return what the documents do not tell, and what to do about it."""
    return tuple(_unsettled(learned))


def _unsettled(learned: Learned) -> Iterator[str]:
    if learned.filename is None:
        yield "file names follow no common pattern: any name is accepted"
    if not learned.titles:
        yield "titles follow no common pattern: any title is accepted"
    if learned.section("timeline") is None:
        yield 'no section is plainly a timeline: write contains = "timeline" where one is'
    if learned.section("action-items") is None:
        yield 'no section plainly holds action items: write contains = "action-items" where one does'
    types = {field.type for field in metadata_of(learned)}
    dated = learned.filename and "{date}" in learned.filename.written
    if "date" not in types and not dated and not any("{date}" in title.written for title in learned.titles):
        yield "no field, file name or title plainly gives the date: times are dated by their own dates only"
    if "severity" not in types:
        yield "no field is plainly the severity: rules that depend on it stay silent"
    for title in dict.fromkeys(title for section in learned.sections for title in section.unknown_columns):
        yield f"the column {_text(title)} of action items is not known: name what it holds below columns"
    if not learned.keeps_order:
        yield f"sections come in several orders: only {learned.ordered} keep to the commonest"


def _head(learned: Learned, name: str) -> Iterator[str]:
    documents = "document" if learned.documents == 1 else "documents"
    yield f"# Learned from {learned.documents} {documents}; a comment says how many of them a choice fits."
    for line in unsettled(learned):
        yield f"# Not settled: {line}."
    yield f"name = {{ {learned.language} = {_text(name)} }}"
    yield f"folders = {_list(learned.folders)}"
    if learned.filename:
        yield f"filename = {_text(learned.filename.written)}  # {learned.filename.fits}"
    if set(learned.extensions) != {"md"}:
        yield f"extensions = {_list(learned.extensions)}"
    if not learned.keeps_order:
        yield f"ordered = false  # {learned.ordered}"
    for pattern in learned.titles:
        yield f"titles = {{ {learned.language} = [{_text(pattern.written)}] }}  # {pattern.fits}"


def _incidents(level: int, fits: Share) -> str:
    return f"[incidents]\nlevel = {level}  # {fits}"


def _metadata(field: LearnedField, language: str) -> str:
    return "\n".join(("[[metadata]]", *_field(field, language)))


def _field(field: LearnedField, language: str) -> Iterator[str]:
    yield f"id = {_text(field.id)}  # {field.present}"
    if field.label is not None:
        yield f"label = {{ {language} = {_text(field.label)} }}"
    if field.type != "text":
        yield f"type = {_text(field.type)}"
    if field.required and field.label is None:
        yield "required = true"


def _section(section: LearnedSection, language: str) -> Iterator[str]:
    lines = ["[[sections]]", f"id = {_text(section.id)}"]
    lines.append(f"title = {{ {language} = {_text(section.title)} }}  # {section.present}")
    lines += [f"accept = {_list(section.accept)}"] if section.accept else []
    lines += [] if section.required else ["required = false"]
    if section.contains != "prose":
        lines.append(f"contains = {_text(section.contains)}  # {section.fits}")
    lines += [f"asks = {_list(section.asks)}"] if section.contains == "action-items" else []
    yield "\n".join(lines)
    for field in section.fields if section.contains == "fields" else ():
        yield "\n".join(("[[sections.fields]]", *_field(field, language)))


def _list(words: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_text, words))}]"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
