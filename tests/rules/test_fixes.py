"""The laws of fixes, on careful and broken documents that somebody has shuffled and torn."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from incidentdocs import clock
from incidentdocs.documents.document import Document, read_document
from incidentdocs.documents.titles import fold
from incidentdocs.editing.edits import edited
from incidentdocs.library.finding import Finding
from incidentdocs.library.fixes import with_fixes
from incidentdocs.linter import lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import ALONE, load

TESTS = Path(__file__).parents[1]
TEXTS = [
    path.read_text(encoding="utf-8")
    for folder in ("careful_documents", "broken_documents")
    for path in sorted((TESTS / folder).glob("*.md"))
]
ASKED_ALONE = [load(name)() for name in ALONE]
PROCESS = Process(zone=clock.zone("Europe/Paris"), language="fr", today=date(2026, 11, 30))

REWRITTEN = {"section-title", "unknown-section", "action-item-due", "metadata-invalid"}
"""The rules whose fixes put words in the place of others."""

OTHER_TITLES = {
    "## Root cause": ("## 3. Root causes (mesurées)", "**Causes**", "## Root cuase"),
    "## Impact": ("## **Impacts**", "### Impact"),
    "## Lessons learned": ("## Leçons apprises ##", "## Ce qui reste"),
    "## Action items": ("Plan d’action\n-----", "## Actions [brouillon]"),
    "## Mention blameless": ("## Sans reproche",),
    "## Blameless statement": ("## No blame",),
}
STRAY = (
    *(
        "```",
        "<!-- x -->",
        "<details>",
        "---",
        "> cité",
        "**gras**",
        "## À nous",
        "- x",
        "TODO",
        "[a]: #b",
        "",
    ),
    *("AI 9 : tester (owner @a, due 31/12/2026", "-[ ] relire", "• AI 3 : x", "## Chronologie", "\u00a0"),
    *("<!-- incidentdocs: ignore[section-order] ainsi -->", "    code", "| a | b |", "1. [x] fait"),
)


def document_of(text: str) -> Document:
    path = "docs/post-mortems/2026-03-14-api.md"
    return read_document(path, parse(text), built_in("post-mortem"), PROCESS)


def find(text: str) -> tuple[Finding, ...]:
    return lint([document_of(text)], ASKED_ALONE).findings


def torn(text: str, random: Random) -> str:
    """Return `text` after somebody has moved, lost, renamed and added a few lines and sections."""
    lines = text.split("\n")
    for _ in range(random.randint(1, 4)):
        lines = random.choice(TEARING)(lines, random) if lines else ["x"]
    return "\n".join(lines).replace("\n", random.choice(("\n", "\n", "\r\n")))


def _lost_line(lines: list[str], random: Random) -> list[str]:
    at = random.randrange(len(lines))
    return lines[:at] + lines[at + 1 :]


def _stray_line(lines: list[str], random: Random) -> list[str]:
    at = random.randrange(len(lines) + 1)
    return [*lines[:at], random.choice(STRAY), *lines[at:]]


def _cut_line(lines: list[str], random: Random) -> list[str]:
    at = random.randrange(len(lines))
    return [*lines[:at], lines[at][: random.randrange(len(lines[at]) + 1)], *lines[at + 1 :]]


def _without_marks(lines: list[str], random: Random) -> list[str]:
    word = random.choice(("[ ] ", "AI 1 : ", "AI 2 : ", ")", "- "))
    return [line.replace(word, "", 1) if random.random() < 0.5 else line for line in lines]


def _moved_section(lines: list[str], random: Random) -> list[str]:
    parts = _parts(lines)
    random.shuffle(parts[1:])
    part = parts.pop(random.randrange(len(parts)))
    parts.insert(random.randrange(len(parts) + 1), part)
    return [line for each in parts for line in each]


def _lost_section(lines: list[str], random: Random) -> list[str]:
    parts = _parts(lines)
    del parts[random.randrange(len(parts))]
    return [line for each in parts for line in each]


def _other_title(lines: list[str], random: Random) -> list[str]:
    return [random.choice(OTHER_TITLES[line]) if line in OTHER_TITLES else line for line in lines]


TEARING = (
    _lost_line,
    _stray_line,
    _cut_line,
    _without_marks,
    _moved_section,
    _lost_section,
    _other_title,
)


def _parts(lines: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("## "):
            parts.append([])
        parts[-1].append(line)
    return parts


def words(text: str) -> Counter[str]:
    return Counter(fold(text).split())


def at(text: str, finding: Finding) -> Iterator[str]:
    """Yield what the edits of a finding's fix replace."""
    lines = document_of(text).source.lines
    for edit in finding.fix.edits if finding.fix else ():
        line, start, end_line, end = edit.span
        if line == end_line:
            yield lines[line - 1][start - 1 : end - 1]


def pieces(text: str) -> Counter[str]:
    """Return the sections of a text and what stands above them, without the blank lines around them."""
    document = document_of(text)
    begins = [1, *(section.heading.first for section in document.sections)]
    ends = [*(begin - 1 for begin in begins[1:]), len(document.source.lines)]
    parts = ("\n".join(document.source.lines[a - 1 : b]).strip() for a, b in zip(begins, ends, strict=True))
    return Counter(parts)


torn_documents = st.builds(torn, st.sampled_from(TEXTS), st.randoms(use_true_random=False))


@settings(max_examples=200)
@given(torn_documents, st.booleans())
def test_nothing_is_left_to_mend_and_a_second_time_changes_nothing(text: str, unsafe: bool) -> None:
    fixed = with_fixes(text, find, unsafe=unsafe)
    before = Counter(finding.rule for finding in find(text))
    assert with_fixes(fixed.text, find, unsafe=unsafe) == (fixed.text, 0, fixed.left)
    assert fixed.made == 0 or fixed.text != text
    assert fixed.made > 0 or before == Counter(finding.rule for finding in fixed.left)


@settings(max_examples=200)
@given(torn_documents)
def test_each_fix_alone_mends_its_finding_and_keeps_every_word(text: str) -> None:
    found = find(text)
    for finding in found:
        if finding.fix:
            after = edited(text, finding.fix.edits)
            replaced = Counter[str]()
            if finding.rule in REWRITTEN:
                replaced = words(" ".join(at(text, finding)))
            assert words(text) - words(after) - replaced == Counter(), finding
            assert after.count("\r\n") == after.count("\n") or "\r\n" not in text


@settings(max_examples=200)
@given(torn_documents)
def test_each_fix_alone_touches_no_section_but_its_own(text: str) -> None:
    for finding in find(text):
        if finding.fix and document_of(text).title:
            before, after = pieces(text), pieces(edited(text, finding.fix.edits))
            changed = {"section-order": (0, 0), "missing-section": (0, 1)}.get(finding.rule, (1, 1))
            assert ((before - after).total(), (after - before).total()) <= changed, finding


def test_careful_documents_come_to_their_titles_and_are_silent_then() -> None:
    for path in sorted((TESTS / "careful_documents").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        fixed = with_fixes(text, find, unsafe=False)
        assert all(finding.rule != "section-title" for finding in fixed.left), path.name
