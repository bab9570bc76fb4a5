"""The rule banner-left."""

import re
from collections.abc import Iterator
from functools import cache

from incidentdocs.documents.communications import communication_text
from incidentdocs.documents.document import Document
from incidentdocs.documents.handling import Handling, handling, is_resolved
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.inline import plain
from incidentdocs.rules.rule import DocumentRule, Example

_PATH = "docs/incidents/2026-03-14-disk-full.md"
_FR = "---\nseverity: SEV1\nresolved: 2026-03-14 03:20\n---\n# Incident : disque plein\n\n## Timeline\n"
_EN = "---\nseverity: SEV2\nresolved: 2026-03-14 15:20\n---\n# Incident: API slow\n\n## Timeline\n"


class BannerLeft(DocumentRule):
    """A banner that was put up on the status page is taken down once the incident is resolved.

    A banner that tells of what is long over is soon read by nobody, and the next one is not believed.

    Take it down and record it; `incidentdocs comm banner` does. A ticked box tells nothing: passing a step ticks all of its
    boxes.
    """

    name = "banner-left"
    severity = "warning"
    valid = (
        Example(
            f"{_FR}- 02:12 communication : bannière posée\n- 03:25 communication : bannière retirée\n",
            path=_PATH,
        ),
        Example(
            f"{_EN}- 14:12 communication: banner up\n- 15:30 the banner is taken down\n",
            path=_PATH,
        ),
        Example(
            "---\nseverity: SEV1\n---\n# Incident: disk full\n\n## Timeline\n- 02:12 communication: banner up\n",
            path=_PATH,
        ),
    )
    invalid = (
        Example(
            f"{_FR}- 02:12 communication : bannière posée\n- 03:10 service restored\n",
            ("communication : bannière posée",),
            path=_PATH,
        ),
        Example(
            f"{_EN}- 14:12 communication: banner up\n- 14:40 communication: banner removed\n"
            "- 14:55 communication: banner up\n",
            ("communication: banner up",),
            path=_PATH,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding about the last banner that was put up, where nothing tells that it was taken down."""
        handled = handling(document)
        banners = handled.of("banner", "banner-removed") if handled else ()
        last = banners[-1] if banners else None
        if handled is None or last is None or last.kind != "banner" or not is_resolved(document):
            return
        if not _taken_down(document, handled, below=last.event.span.line):
            text = communication_text("banner-removed", document.language)
            yield self.finding(
                document,
                last.event.text.stripped().span(),
                "the incident is resolved, and no event below tells that this banner was taken down",
                f"take it down, and write when: `- HH:MM {text}`",
            )


def _taken_down(document: Document, handled: Handling, *, below: int) -> bool:
    """Return whether an event below a line tells it in words of its own, or an output does."""
    events = document.timeline.events if document.timeline else ()
    said = (event.text.source for event in events if event.span.line > below)
    outputs = (taken.done.output.said for taken in handled.steps if taken.done.output)
    return any(_removal().search(fold(plain(text[:_FAR]))) for text in (*said, *outputs))


_FAR = 500


@cache
def _removal() -> re.Pattern[str]:
    banner = r"\b(?:banner|banniere|bandeau)\b"
    gone = r"\b(?:retire|enleve|supprime|ote|coupe|desactive|remov|taken (?:down|off)|took|down\b|off\b|clear|hidden|gone\b)"
    return re.compile(rf"{banner}[^\n]{{0,80}}?{gone}|{gone}[^\n]{{0,40}}?{banner}")
