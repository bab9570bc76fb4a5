"""Torn and hostile documents: no rule fails or takes long, and every finding stands inside its file."""

import os
import random
import time
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentdocs.config import read_config
from incidentdocs.config.process import process_of
from incidentdocs.documents.document import Document, read_document
from incidentdocs.editing.edits import edited
from incidentdocs.history.past import Past
from incidentdocs.history.values import History
from incidentdocs.library.finding import Finding
from incidentdocs.linter import ask_history, ask_library, gather, lint
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import Source, parse
from incidentdocs.own_settings import profiles_of
from incidentdocs.profiles.claims import claiming
from incidentdocs.profiles.profile import Profile
from incidentdocs.rules import RULES, load
from incidentdocs.rules.overview import Overview
from incidentdocs.similarity.gathering import gather as gather_telling
from incidentdocs.similarity.recurrences import Trigger, recurrences
from tests.fuzzing.mutations import PIECES, mutated

ROOT = Path(__file__).parents[2]
SHARDS = 20
AT_MOST = 1.0
"""Seconds that the rules may take for one document, whatever it holds."""

CONFIG = read_config(
    """
language = "fr"
timezone = "Europe/Paris"
process.phase = 3
repository.code = "."
channels.ops = "#ops"
business-hours.country = "FR"
[people.ana]
names = ["Ana Ruiz"]
[people.bridge-bot]
kind = "agent"
[people.luc]
until = 2026-01-31
""",
    path="incidentdocs.toml",
)
PROCESS = process_of(CONFIG, date(2026, 11, 30))
ALL = [load(name)() for name in RULES]


class Seed(NamedTuple):
    """A document to be torn: its text, and the path and the profile under which it is read."""

    path: str
    text: str
    profile: Profile


@cache
def seeds(corpora: str) -> tuple[Seed, ...]:
    """Return the documents of the tests, the project's own and the real ones, each under its profile."""
    own = profiles_of({}, CONFIG)
    here = [*ROOT.glob("tests/*_documents/**/*.md"), *ROOT.glob("docs/*/*.md")]
    kinds = ("post-mortem", "runbook", "incident", "escalation")
    found = [
        Seed(f"docs/{own[kind].folders[0].removeprefix('docs/')}/2026-03-14-x.md", text, own[kind])
        for text in (path.read_text(encoding="utf-8") for path in sorted(here))
        for kind in kinds
    ]
    for example in sorted((ROOT / "examples/profiles").iterdir()) if corpora else ():
        texts = {
            path.parent.name: path.read_text(encoding="utf-8")
            for path in example.glob(".incidentdocs/profiles/*/profile.toml")
        }
        profiles = profiles_of(texts, CONFIG)
        base = Path(corpora, example.name)
        for path in sorted(path for path in base.rglob("*") if path.is_file() and ".git" not in path.parts):
            relative = path.relative_to(base).as_posix()
            if profile := claiming(relative, profiles.values()):
                found.append(Seed(relative, path.read_text(encoding="utf-8"), profile))
    return tuple(found)


def findings_in(document: Document) -> list[Finding]:
    return list(lint([document], ALL).findings)


def findings_of_repository(documents: Sequence[Document]) -> list[Finding]:
    """Return what the rules about all documents, and about a past that has just begun, find."""
    by_path = {document.path: document for document in documents}
    past = Past(History("f" * 40, PROCESS.today, ()), by_path, PROCESS)
    telling = gather_telling(documents)
    overview = Overview(
        telling,
        recurrences(telling, Trigger(), PROCESS.today),
        by_path,
        PROCESS,
        past=past,
        told=gather(documents, ALL),
    )
    asked = (*ask_history(past, ALL).values(), *ask_library(overview, ALL).values())
    return [finding for findings in asked for finding in findings]


def problem_with(finding: Finding, source: Source, text: str) -> str:
    """Return what is wrong with a finding, nothing where it stands inside its file and says something."""
    if not (finding.message.strip() and finding.hint.strip()):
        return "it says nothing"
    if not is_inside(finding.span, source):
        return f"{finding.span} lies outside the file of {len(source.lines)} lines"
    if finding.fix:
        if not all(is_inside(edit.span, source) for edit in finding.fix.edits):
            return f"an edit lies outside the file: {finding.fix}"
        edited(text, finding.fix.edits)
    return ""


def is_inside(span: Span, source: Source) -> bool:
    start, end = (span.line, span.column), (span.end_line, span.end_column)
    lines = source.lines or ("",)
    # The end of a file that ends with a line feed is the beginning of the line after it.
    ends = (*((number, len(line) + 1) for number, line in enumerate(lines, start=1)), (len(lines) + 1, 1))
    return (
        (1, 1) <= start <= end
        and end[0] <= len(ends)
        and all(1 <= column <= ends[line - 1][1] for line, column in (start, end))
    )


def judge(text: str, seed: Seed) -> None:
    started = time.process_time()
    source = parse(text)
    document = read_document(seed.path, source, seed.profile, PROCESS)
    found = findings_in(document)
    took = time.process_time() - started
    if took > AT_MOST:  # once more: a busy machine is slow for a moment
        started = time.process_time()
        findings_in(read_document(seed.path, parse(text), seed.profile, PROCESS))
        took = time.process_time() - started
    assert took <= AT_MOST, f"{took:.1f} s"
    wrong = [(finding, problem) for finding in found if (problem := problem_with(finding, source, text))]
    assert not wrong


@pytest.mark.parametrize("shard", range(SHARDS))
def test_torn_documents_are_judged(shard: int, request: pytest.FixtureRequest) -> None:
    corpora = str(request.getfixturevalue("corpora")) if os.environ.get("INCIDENTDOCS_CORPORA") else ""
    known = seeds(corpora)
    texts = [seed.text for seed in known]
    count = request.config.getoption("--fuzz")
    for number in range(shard, count, SHARDS):
        chance = random.Random(number)
        seed = chance.choice(known)
        text = mutated(seed.text, texts, chance)
        try:
            judge(text, seed)
        except Exception as error:
            raise AssertionError(f"document {number} as a {seed.profile.kind}:\n{text}") from error


@pytest.mark.parametrize("shard", range(SHARDS))
def test_torn_repositories_are_judged(shard: int) -> None:
    known = seeds("")
    texts = [seed.text for seed in known]
    chance = random.Random(shard)
    documents = [
        read_document(
            seed.path.replace("-x", f"-{number}"),
            parse(mutated(seed.text, texts, chance)),
            seed.profile,
            PROCESS,
        )
        for number, seed in enumerate(chance.choices(known, k=12))
    ]
    sources = {document.path: document.source for document in documents}
    found = findings_of_repository(documents)
    assert not [
        each for each in found if each.path in sources and not is_inside(each.span, sources[each.path])
    ]


KINDS = sorted(profiles_of({}, CONFIG))
WORDS = (
    st.sampled_from(PIECES)
    | st.text(max_size=12)
    | st.sampled_from([" ", "\n", "\n\n", ": ", ", ", " (", ")"])
)


@settings(max_examples=500)
@given(st.lists(WORDS, max_size=40).map("".join), st.sampled_from(KINDS))
def test_built_documents_are_judged(text: str, kind: str) -> None:
    profile = profiles_of({}, CONFIG)[kind]
    judge(text, Seed(f"{profile.folders[0]}/2026-03-14-x.md", text, profile))


@pytest.mark.parametrize(
    "piece",
    [
        *PIECES,
        "[",
        "![",
        "](",
        "<!--",
        "* a\n",
        "a|",
        ">",
        "> - ",
        "**a",
        "`a",
        "&#x",
        "\\[",
        "<a ",
        "((",
        "10:15 ",
    ],
)
@pytest.mark.parametrize("kind", ["post-mortem", "runbook"])
def test_a_piece_repeated_without_end_takes_no_time(piece: str, kind: str) -> None:
    profile = profiles_of({}, CONFIG)[kind]
    head = (
        "# Post-mortem: x\n\n## Root cause\n"
        if kind == "post-mortem"
        else "# Runbook: x\n\n## Resolution\n1. "
    )
    text = head + piece * (8_000 // len(piece))
    judge(text, Seed(f"{profile.folders[0]}/2026-03-14-x.md", text, profile))
