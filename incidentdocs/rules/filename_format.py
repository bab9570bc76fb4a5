"""The rule filename-format."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from incidentdocs.documents.document import Document
from incidentdocs.documents.iso_dates import meant_date
from incidentdocs.library.finding import Finding
from incidentdocs.profiles.file_names import read_filename
from incidentdocs.rules.rule import DocumentRule, Example


class FilenameFormat(DocumentRule):
    """The file is named as its profile says, such as `2026-03-14-api-down.md` for a post-mortem.

    The name is what people sort by, link to and type. Reports take the incident's date from it, so a
    date that no calendar has, such as 2026-02-30, does not follow the pattern either.

    Rename the file with `git mv`: its history follows.
    """

    name = "filename-format"
    valid = (
        Example("# Post-mortem: API down\n"),
        Example("# Post-mortem : panne\n", path="docs/post-mortems/2026-03-14-Panne_du_réseau.md"),
        Example("# Runbook: disk full\n", path="docs/runbooks/runbook-disk-full.md"),
    )
    invalid = (
        Example("# Post-mortem: API down\n", ("Post-mortem: API down",), "docs/post-mortems/api-down.md"),
        Example("# Post-mortem: API\n", ("Post-mortem: API",), "docs/post-mortems/2026-02-30-api.md"),
        Example("# Runbook: disk\n", ("Runbook: disk",), "docs/runbooks/disk.md"),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding on the title when the name does not follow the pattern."""
        if document.filename is None:
            name = PurePosixPath(document.path).name
            pattern = _filled(document.profile.filename, _SHOWN)
            message = f"the file name `{name}` does not follow `{pattern}`"
            spaced = _spaced_once(name)
            if spaced != name and read_filename(spaced, document.profile):
                message = f"the file name `{name}` has more spaces than one in a row, or one at an end"
            else:
                spaced = _filled(document.profile.filename, _SHOWN | _meant(document))
            yield self.finding(document, document.title_span(), message, f"rename the file to `{spaced}`")


def _spaced_once(name: str) -> str:
    """Return a file's name without spaces at either end of its stem, and with single ones between its words."""
    stem, dot, extension = name.rpartition(".")
    return f"{' '.join(stem.split())}{dot}{extension.strip()}" if dot else " ".join(name.split())


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for part, words in parts.items():
        pattern = pattern.replace(part, words)
    return pattern


def _meant(document: Document) -> dict[str, str]:
    """Return the parts of a right name that the wrong one tells, such as its date and its words."""
    stem = PurePosixPath(document.path).stem[:LONGEST_NAME]
    day = meant_date(stem, document.language) or document.date
    words = re.findall(r"[^\W_]+", re.sub(r"^[\d\s._-]+", "", stem).casefold())
    own = re.findall(r"[^\W_]+", document.profile.filename.partition("{")[0].casefold())
    slug = "-".join(words[len(own) :] if words[: len(own)] == own else words)
    return ({"{date}": day.isoformat()} if day else {}) | ({"{slug}": slug} if slug else {})


LONGEST_NAME = 120
"""The characters of a wrong name that a hint takes over at most."""

_SHOWN = {
    "{date}": "YYYY-MM-DD",
    "{year}": "YYYY",
    "{number}": "<number>",
    "{slug}": "<short-title>",
    "{title}": "<title>",
}
