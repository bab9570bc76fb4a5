"""The rule timeline-milestone."""

import re
from collections.abc import Iterator, Sequence

from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.blocks import Text
from incidentdocs.markdown.inline import plain
from incidentdocs.profiles.profile import MilestoneProfile
from incidentdocs.rules.rule import DocumentRule, Example

_SEVERE = ("SEV1", "SEV2")
_SHOWN = 200
"""The characters of an event that a hint repeats at most."""
_LOOKED_AT = 1_000
"""The lines or events in which a missing milestone is looked for; a longer timeline is no person's."""
_HEAD = "---\nseverity: SEV1\n---\n# Post-mortem: API\n\n"
_MOST = "- 10:15 detection\n- 10:20 triage\n- 10:40 mitigation start\n- 11:00 service restored\n"


class TimelineMilestone(DocumentRule):
    """The timeline of a SEV1 or SEV2 names each milestone of the process.

    How fast a team detects, answers and restores can be told only where each post-mortem says when it
    did, in the same words. A milestone counts with a time that cannot be read or that nobody knows, and a relapse
    may repeat it.

    Begin the event's text with the milestone, and go on after punctuation: `- 10:15 detection: alert from the
    probe`. Where nobody knows when it was, say so: `- unknown: detection`. Where the root cause was never found,
    write `root cause unknown`; a missing root cause is a warning.
    """

    name = "timeline-milestone"
    completeness = True
    valid = (
        Example(f"{_HEAD}## Timeline\n{_MOST}- 15:00 root cause confirmed\n"),
        Example(f"{_HEAD}## Timeline\n{_MOST}\n## Root cause\nRoot cause unknown: the logs were lost.\n"),
        Example("---\nseverity: SEV3\n---\n# Post-mortem : API\n\n## Timeline\n- 10:15 detection\n"),
        Example(
            f"{_HEAD}## Chronologie\n- heure inconnue : detection\n- ? triage\n- 10:40 mitigation start\n"
            "- 11:00 service restored\n- 12:00 root cause confirmed\n"
        ),
    )
    invalid = (
        Example(f"{_HEAD}## Timeline\n{_MOST}", ("Timeline",)),
        Example(
            f"{_HEAD}## Chronologie\n- 10:15 detection : alerte\n- 10:40 mitigation start\n",
            ("Chronologie",) * 3,
        ),
        Example(
            f"{_HEAD}## Timeline\n{_MOST}- 15:00 root cause confirmed by the provider\n",
            ("root cause confirmed by the provider",),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each milestone that no event names."""
        sections = document.sections_containing("timeline")
        events = document.timeline.events if document.timeline else ()
        if document.severity not in _SEVERE or not events:
            return
        said = _folded(document, (*sections, *filter(None, [document.section("root-cause")])))
        named = {event.milestone for event in events}
        for milestone in sections[0].profile.milestones if sections[0].profile else ():
            answered = any(f" {fold(words)} " in said for words in milestone.unless)
            if milestone.missing != "nothing" and milestone.id not in named and not answered:
                yield (
                    self._run_on(document, milestone)
                    or self._without_time(document, sections[0], milestone)
                    or self._missing(document, sections[0], milestone)
                )

    def _run_on(self, document: Document, milestone: MilestoneProfile) -> Finding | None:
        """Return a finding about the first event that begins with the milestone's words and just goes on."""
        events = document.timeline.events if document.timeline else ()
        texts = (event.text for event in events[:_LOOKED_AT] if event.milestone is None)
        text = next((text for text in texts if _label_at_start(_words(text), milestone)), None)
        if text is None:
            return None
        label = document.in_language(milestone.label)
        words = _words(text)
        begun = _label_at_start(words, milestone)
        colon = " :" if document.language == "fr" else ":"
        parted = f"{' '.join(words[:begun])}{colon} {' '.join(words[begun:])}"
        message = f"the timeline names no `{label}`, unless this event is meant"
        hint = f"write `{parted}` here, or add `- HH:MM {label}`"
        return self.finding(document, text.span(), message, hint, severity=_gravity(milestone))

    def _without_time(
        self, document: Document, section: Section, milestone: MilestoneProfile
    ) -> Finding | None:
        """Return a finding about the first line that says the milestone and is no event."""
        events = document.timeline.events if document.timeline else ()
        told = {event.span.line for event in events}
        below = range(section.heading.last + 1, section.last + 1)[:_LOOKED_AT]
        lines = (number for number in below if number not in told)
        found = next((n for n in lines if _ends_with_label(document.source.lines[n - 1], milestone)), None)
        if found is None:
            return None
        label = document.in_language(milestone.label)
        message = f"the timeline names no `{label}`, unless this line is meant"
        hint = f"begin it with a time: `- {_clock_meant(document.source.lines[found - 1])} {label}`"
        span = document.source.line_span(found)
        return self.finding(document, span, message, hint, severity=_gravity(milestone))

    def _missing(self, document: Document, section: Section, milestone: MilestoneProfile) -> Finding:
        label = document.in_language(milestone.label)
        instead = f", or write `{milestone.unless[0]}`" if milestone.unless else ""
        return self.finding(
            document,
            section.heading.text.span(),
            f"the timeline names no `{label}`",
            f"add `- HH:MM {label}`{instead}",
            severity=_gravity(milestone),
        )


def _gravity(milestone: MilestoneProfile) -> Severity:
    return "error" if milestone.missing == "error" else "warning"


def _words(text: Text) -> list[str]:
    words = plain(text.source[:_SHOWN].partition("\n")[0]).split()
    return words if len(text.source) <= _SHOWN else [*words[:-1], "…"]


def _label_at_start(words: Sequence[str], milestone: MilestoneProfile) -> int:
    """Return how many of the first words are one of the milestone's labels, the longest; 0 for none."""
    labels = {fold(label) for label in (*milestone.label.values(), *milestone.accept)}
    longest = max((len(label.split()) for label in labels), default=0)
    ends = range(min(longest, len(words)), 0, -1)
    return next((end for end in ends if fold(" ".join(words[:end])) in labels), 0)


def _ends_with_label(line: str, milestone: MilestoneProfile) -> bool:
    words = f" {fold(line[:_SHOWN])}"
    labels = filter(None, map(fold, milestone.label.values()))
    return any(words.endswith(f" {label}") for label in labels)


def _clock_meant(line: str) -> str:
    found = re.match(r"\W{0,8}([01]?[0-9]|2[0-3])[.,:h]?([0-5][0-9])\b", line)
    return f"{int(found[1]):02}:{found[2]}" if found else "HH:MM"


def _folded(document: Document, sections: tuple[Section, ...]) -> str:
    lines = (document.source.lines[section.heading.first - 1 : section.last] for section in sections)
    shown = (line for part in lines for line in part if not line.startswith("<!--"))
    return f" {fold(' '.join(shown))} "
