"""Whole documents through every rule: careful ones stay silent, broken ones give exactly what they expect."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from incidentdocs import clock
from incidentdocs.documents.document import read_document
from incidentdocs.library.finding import Finding
from incidentdocs.library.fixes import with_fixes
from incidentdocs.linter import lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.process.severity import POLICIES
from incidentdocs.profiles.claims import claiming
from incidentdocs.profiles.loading import READY, built_in, read_profile
from incidentdocs.rules import RULES, load

CAREFUL = sorted(Path(__file__).with_name("careful_documents").glob("*.md"))
BROKEN = sorted(Path(__file__).with_name("broken_documents").glob("*.md"))
EXPECTED = re.compile(r" *<!-- expect: ([a-z-]+) -->")


READY_STYLES = sorted(Path(__file__).with_name("careful_documents").glob("*/*.md"))


def findings(name: str, text: str) -> tuple[Finding, ...]:
    process = Process(zone=clock.zone("Europe/Paris"), language="fr", today=date(2026, 11, 30))
    path = f"docs/post-mortems/{name}"
    document = read_document(path, parse(text), built_in("post-mortem"), process)
    return lint([document], [load(rule)() for rule in RULES]).findings


def of_content(name: str, text: str) -> list[Finding]:
    """Return what is found but other wordings of titles: a careful author may write `Cause racine`."""
    return [finding for finding in findings(name, text) if finding.rule != "section-title"]


@pytest.mark.parametrize("path", CAREFUL, ids=lambda path: path.stem)
def test_a_careful_document_stays_silent(path: Path) -> None:
    assert of_content(path.name, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", CAREFUL, ids=lambda path: path.stem)
def test_a_careful_document_is_silent_once_its_titles_are_the_profiles(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    fixed = with_fixes(text, lambda text: findings(path.name, text), unsafe=False)
    assert "section-title" not in {finding.rule for finding in fixed.left}
    assert fixed.made == sum(finding.rule == "section-title" for finding in findings(path.name, text))


@pytest.mark.parametrize("path", CAREFUL, ids=lambda path: path.stem)
def test_a_careful_document_stays_silent_with_windows_line_ends(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    assert of_content(path.name, "\ufeff" + text) == []


def under_ready_profile(path: Path, text: str) -> tuple[Finding, ...]:
    """Return what is found in a document of a repository that adopted the profile called as its folder."""
    kind = READY[path.parent.name]
    profile = read_profile(f'extends = "{path.parent.name}"', kind=kind, path="profile.toml", bases={})
    # How soon an action item is due is each team's own decision.
    policies = {severity: policy._replace(due_days=90) for severity, policy in POLICIES.items()}
    process = Process(clock.zone("Europe/Paris"), "en", date(2026, 11, 30), policies=policies)
    document = read_document(f"docs/{kind}s/{path.name}", parse(text), profile, process)
    assert claiming(document.path, [profile]) is profile
    return lint([document], [load(rule)() for rule in RULES]).findings


@pytest.mark.parametrize("path", READY_STYLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_careful_document_of_a_ready_style_stays_silent(path: Path) -> None:
    assert under_ready_profile(path, path.read_text(encoding="utf-8")) == ()


def test_every_ready_style_has_a_careful_document() -> None:
    assert {path.parent.name for path in READY_STYLES} == {*READY}


@pytest.mark.parametrize("path", READY_STYLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_each_required_section_of_a_ready_style_is_missed(path: Path) -> None:
    """The documents stay silent because they are careful, and not because the profile asks nothing."""
    text = path.read_text(encoding="utf-8")
    profile = built_in(path.parent.name)
    document = read_document(path.name, parse(text), profile, Process())
    for section in document.sections:
        assert section.profile is not None, section.visible
        lines = text.splitlines()
        del lines[section.heading.first - 1 : section.last]
        rules = [finding.rule for finding in under_ready_profile(path, "\n".join(lines))]
        assert rules == ["missing-section"] * section.profile.required, section.visible


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
