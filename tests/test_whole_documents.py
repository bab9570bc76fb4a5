"""Whole documents through every rule: careful ones stay silent, broken ones give exactly what they expect."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from incidentdocs import clock
from incidentdocs.documents.document import read_document
from incidentdocs.library.finding import Finding
from incidentdocs.linter import lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import RULES, load

CAREFUL = sorted(Path(__file__).with_name("careful_documents").glob("*.md"))
BROKEN = sorted(Path(__file__).with_name("broken_documents").glob("*.md"))
EXPECTED = re.compile(r" *<!-- expect: ([a-z-]+) -->")


def findings(name: str, text: str) -> tuple[Finding, ...]:
    process = Process(zone=clock.zone("Europe/Paris"), language="fr", today=date(2026, 11, 30))
    path = f"docs/post-mortems/{name}"
    document = read_document(path, parse(text), built_in("post-mortem"), process)
    return lint([document], [load(rule)() for rule in RULES]).findings


@pytest.mark.parametrize("path", CAREFUL, ids=lambda path: path.stem)
def test_a_careful_document_stays_silent(path: Path) -> None:
    assert findings(path.name, path.read_text(encoding="utf-8")) == ()


@pytest.mark.parametrize("path", CAREFUL, ids=lambda path: path.stem)
def test_a_careful_document_stays_silent_with_windows_line_ends(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    assert findings(path.name, "\ufeff" + text) == ()


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_document_gives_what_its_lines_expect(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    expected = Counter(
        (number, rule)
        for number, line in enumerate(text.splitlines(), start=1)
        for rule in EXPECTED.findall(line)
    )
    found = findings(path.name, EXPECTED.sub("", text))
    assert Counter((finding.span.line, finding.rule) for finding in found) == expected
