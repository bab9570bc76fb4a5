"""The rule oncall-mismatch."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.detection import detection_of
from incidentdocs.documents.document import Document
from incidentdocs.documents.metadata import MetadataValue, words_of
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.process.oncall import Duty, on_call
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.rule import DocumentRule, Example

_PATH = "docs/incidents/2026-01-14-disk-full.md"
_EN = "# Incident: Disk full\n\n## Timeline\n- 03:10 detection\n- 04:00 service restored\n"
_FR = "# Incident : disque plein\n\n## Timeline\n- 03:10 détection\n- 04:00 service rétabli\n"
_ROTA = """\
timezone = "Europe/Paris"
[people.ana]
names = ["Ana Ruiz"]
[people.luc]
[people.zoe]
[oncall]
order = ["ana", "luc", "zoe"]
start = 2026-01-05
"""
_SWAP = """\
[[oncall.overrides]]
who = "ana"
from = 2026-01-13T18:00:00
until = 2026-01-14T09:00:00
"""
_TWICE = """\
[[oncall.overrides]]
who = "luc"
from = 2026-10-25T02:00:00+01:00
until = 2026-10-25T09:00:00
"""
"""From the second of the two hours on that the clocks show."""


class OncallMismatch(DocumentRule):
    """Who answered for an incident, by its field `oncall`, was on call when it was detected.

    Where the rota says one thing and the documents another, calls are counted for the wrong person, and the next
    alert may wake the wrong one. The rule is off until a repository turns it on, and asks only where `[oncall]` is
    configured, of incidents whose detection has a time. The backup is on call as well.

    Write a swap into the configuration, as an override, or correct the field. A comment says why it is as it is:
    `# incidentdocs: ignore[oncall-mismatch] reason` behind the field.
    """

    name = "oncall-mismatch"
    severity: ClassVar[Severity] = "warning"
    by_default = False
    valid = (
        Example(f"---\noncall: luc\n---\n{_EN}", path=_PATH, config=_ROTA),
        Example(f'---\noncall: "@zoe"\n---\n{_FR}', path=_PATH, config=_ROTA),
        Example(f"---\noncall: Ana Ruiz\n---\n{_EN}", path=_PATH, config=_ROTA + _SWAP),
        Example(f"---\noncall: ana\ndetected: 2026-01-12 08:59\n---\n{_FR}", path=_PATH, config=_ROTA),
        Example(
            f"---\noncall: luc\ndetected: 2026-10-25 02:40\n---\n{_EN}", path=_PATH, config=_ROTA + _TWICE
        ),
        Example(f"---\noncall:\n---\n{_EN}", path=_PATH, config=_ROTA),
        Example(f"---\noncall: ana\n---\n{_EN}", path=_PATH),
        Example("---\noncall: ana\n---\n# Incident: Disk full\n", path=_PATH, config=_ROTA),
        Example(
            f"---\noncall: ana # incidentdocs: ignore[oncall-mismatch] took over by phone\n---\n{_EN}",
            path=_PATH,
            config=_ROTA,
        ),
    )
    invalid = (
        Example(f"---\noncall: ana\n---\n{_EN}", ("ana",), path=_PATH, config=_ROTA),
        Example(
            f"---\noncall: Ana Ruiz\ndetected: 2026-01-12 09:00\n---\n{_FR}",
            ("Ana Ruiz",),
            path=_PATH,
            config=_ROTA,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each field that names nobody who was on call at the detection."""
        oncall = document.process.oncall
        if oncall is None or role_of(document.profile) != "incident":
            return
        fields = [value for value in document.written("oncall") if not value.problem]
        detection = detection_of(document) if fields else None
        if detection is None:
            return
        duties = [on_call(oncall, moment) for moment in detection]
        if all(duty.principal for duty in duties):
            on = {who.casefold() for duty in duties for who in duty[:2] if who}
            for value in fields:
                named = [_handle(document, word) for word in words_of(value.field.value)]
                if named and on.isdisjoint(named):
                    yield self._told(document, value, duties[0])

    def _told(self, document: Document, value: MetadataValue, duty: Duty) -> Finding:
        front = document.source.front_matter
        assert front is not None
        assert duty.principal is not None
        backup = f", and `{duty.backup}` the backup" if duty.backup else ""
        named = ", ".join(words_of(value.field.value))
        message = f"`{named}` was not on call at the detection: `{duty.principal}` was{backup}"
        row = front.row(value.field.key, duty.principal)
        hint = f"write `{row}`, or the swap into the configuration, below `[[oncall.overrides]]`"
        return self.finding(document, value.field.span, message, hint)


def _handle(document: Document, word: str) -> str:
    return document.process.people.handle_of(word).casefold()
