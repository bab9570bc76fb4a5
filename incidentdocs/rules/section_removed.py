"""The rule section-removed."""

from collections.abc import Iterator, Sequence
from shlex import quote

from incidentdocs.documents.document import Document
from incidentdocs.history.past import SHORT, Past, Where
from incidentdocs.history.values import Turn
from incidentdocs.library.finding import Finding
from incidentdocs.profiles.profile import SectionProfile
from incidentdocs.rules.rule import Committed, Example, HistoryRule

_EN = "# Post-mortem: API down\n\n## Root cause\nA full disk.\n"
_FR = "# Post-mortem : panne de l'API\n\n## Root cause\nUn disque plein.\n"
_LESSONS = "\n## Lessons learned\nAn alert must fire before the disk is full.\n"
_ENSEIGNEMENTS = "\n## Enseignements\nUne alerte doit partir avant que le disque soit plein.\n"


class SectionRemoved(HistoryRule):
    """A published document keeps its sections.

    What was published was read, and others rely on it. That a section is missing another rule tells; this one
    tells that it was written once, and where it still is.

    Bring the section back. What was wrong in it is corrected in its place, with a word on what was corrected.
    """

    name = "section-removed"
    valid = (
        Example(
            f"{_EN}\n## Lessons learned (corrected)\nAn alert must fire at 80 %.\n",
            versions=(Committed("2026-03-16", _EN + _LESSONS),),
        ),
        Example(
            _FR,
            versions=(Committed("2026-03-16", f"---\nstatus: draft\n---\n{_FR}{_ENSEIGNEMENTS}"),),
        ),
    )
    invalid = (
        Example(_EN, ("Post-mortem: API down",), versions=(Committed("2026-03-16", _EN + _LESSONS),)),
        Example(
            _FR,
            ("Post-mortem : panne de l'API",),
            versions=(
                Committed("2026-03-16", _FR + _ENSEIGNEMENTS),
                Committed("2026-04-02", _FR),
            ),
        ),
    )

    def check(self, past: Past) -> Iterator[Finding]:
        """Yield a finding for each section that a published version had and that is gone."""
        for history in past.living():
            written = {id for turn in history.turns for id in turn.sections}
            gone = written.difference(history.turns[-1].sections) if history.turns else set()
            document = past.documents[history.path] if gone else None
            for section in document.profile.sections if document else ():
                if document and section.id in gone - set(document.misnamed):
                    yield self._finding(past, document, section, history.turns)

    def _finding(
        self, past: Past, document: Document, section: SectionProfile, turns: Sequence[Turn]
    ) -> Finding:
        last = max(index for index, turn in enumerate(turns) if section.id in turn.sections)
        removal = turns[last + 1]
        commit, path = removal.kept or ("", "")
        message = (
            f"the section `{document.in_language(section.title)}` was removed {past.moment(removal.landing)}"
        )
        hint = f"bring it back from `git show {commit[:SHORT]}:{quote(path)}`"
        return self.told(Where(document.path, document.title_span()), message, hint)
