"""A document's title in the form of another profile."""

import re
from collections.abc import Iterator
from datetime import date

from incidentdocs.authoring.migrated_front_matter import day_of
from incidentdocs.authoring.migrated_headings import replacing
from incidentdocs.authoring.new_document import as_markdown, one_line
from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import known_titles
from incidentdocs.documents.title_patterns import read_title, words_of_title
from incidentdocs.documents.titles import title_key
from incidentdocs.markdown.inline import plain
from incidentdocs.profiles.profile import Profile

STILL_TO_WRITE = "TODO"


def title_lines(document: Document, target: Profile, language: str) -> tuple[str, ...]:
    """Return the lines of the title under `target`: those there are where they are right already.

    Else the words of the title, of the front matter's or of the file's name, in the profile's first form;
    none where there is no title and the profile asks for none.
    """
    forms = target.titles.get(language) or next(filter(None, target.titles.values()), ())
    written = document.title
    if written and (not forms or _follows(written.text.source, target)):
        return document.source.lines[written.first - 1 : written.last]
    if not forms:
        return ()
    title = _title(document, target, forms[0])
    return replacing(written, title, 1) if written else (f"# {title}",)


def _follows(title: str, target: Profile) -> bool:
    """Return whether a title is in one of the profile's forms, or was put into one as far as it could be."""
    said = " ".join(plain(title).split())
    return read_title(said, target) is not None or words_of_title(said, target.title_forms) is not None


def _title(document: Document, target: Profile, form: str) -> str:
    day = day_of(document, target)
    sections = {*known_titles(target), *known_titles(document.profile)}
    titles = (_filled(form, words, day) for words in _candidates(document, target))
    # A title that names a section would be read as that section's heading.
    named = (title for title in titles if title_key(plain(title)) not in sections)
    return next(named, _filled(form, STILL_TO_WRITE, day))


def _candidates(document: Document, target: Profile) -> Iterator[str]:
    if document.title:
        written = " ".join(re.sub(r"<!--.*?-->", "", document.title.text.source, flags=re.DOTALL).split())
        known = (*target.title_forms, *document.profile.title_forms)
        bare = words_of_title(written, known) or written
        if any(_holds_no_more(form, written) for form in known):
            bare = ""
        yield from filter(None, (bare,))
    front_matter = document.source.front_matter
    field = front_matter.get("title") if front_matter else None
    if field and isinstance(field.value, str) and one_line(field.value):
        yield as_markdown(one_line(field.value))
    if document.filename and document.filename.title:
        yield as_markdown(one_line(re.sub(r"[-_]+", " ", document.filename.title)))


def _holds_no_more(form: str, title: str) -> bool:
    """Return whether a title is its form without any words of its own: `Post-mortem:`."""
    return title_key(re.sub(r"\{\w+\}", "", form)) == title_key(title)


def _filled(form: str, words: str, day: date | None) -> str:
    parts = {
        "title": words,
        "slug": words,
        "date": day.isoformat() if day else STILL_TO_WRITE,
        "year": f"{day.year:04}" if day else STILL_TO_WRITE,
        "number": STILL_TO_WRITE,
    }
    return one_line(re.sub(r"\{(\w+)\}", lambda found: parts[found[1]], form))
