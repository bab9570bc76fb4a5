"""The past that an example tells, made of its versions without any git."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from incidentdocs.config import Config, read_config
from incidentdocs.config.process import process_of
from incidentdocs.config.tables import RuleConfig
from incidentdocs.documents.document import Document, read_document
from incidentdocs.history import lifecycle
from incidentdocs.history.evidence import told_in, with_evidence
from incidentdocs.history.lifecycle import DocumentVersions
from incidentdocs.history.past import Past
from incidentdocs.history.reading import facts_reader
from incidentdocs.history.trailers import trailers
from incidentdocs.history.values import UNCOMMITTED, History, Landing, Version
from incidentdocs.linter import gather as gather_told
from incidentdocs.markdown.source import parse
from incidentdocs.own_settings import profiles_of
from incidentdocs.process.process import Process
from incidentdocs.profiles.claims import claiming
from incidentdocs.profiles.profile import Profile
from incidentdocs.rules import LIBRARY_RULES, with_options
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Committed, Example
from incidentdocs.similarity.gathering import gather
from incidentdocs.similarity.recurrences import Trigger, recurrences


def landing_on(day: str, commit: str) -> Landing:
    noon = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=12)
    return Landing(commit, noon, "somebody", commit, noon)


def config_of_example(example: Example) -> Config:
    """Return the configuration that an example is judged by."""
    return read_config(example.config, path="incidentdocs.toml")


def process_of_example(example: Example) -> Process:
    """Return the process that an example follows, on its day."""
    return process_of(config_of_example(example), date.fromisoformat(example.today))


def profile_of_example(example: Example) -> Profile:
    """Return the built-in profile that claims an example."""
    profile = claiming(example.path, profiles_of(dict(example.profiles), config_of_example(example)).values())
    assert profile is not None, example.path
    return profile


def past_of_examples(*examples: Example) -> Past:
    """Return the past of documents, with what each example's text changes as what is not committed."""
    process = process_of_example(examples[0])
    documents, histories = {}, []
    messages: dict[str, str] = {}
    for example in examples:
        profile = profile_of_example(examples[0]._replace(path=example.path))
        read = facts_reader(profile, process)
        versions = []
        for day, text, message in example.versions:
            commit = f"{len(messages) + 1:040x}"
            messages[commit] = message
            versions.append(Version(landing_on(day, commit), example.path, "", read(example.path, text)))
        if not example.versions or example.versions[-1].text != example.text:
            landing = landing_on(example.today, UNCOMMITTED)
            versions.append(Version(landing, example.path, "", read(example.path, example.text)))
        histories.append(DocumentVersions(profile.kind, versions))
        documents[example.path] = read_document(example.path, parse(example.text), profile, process)
    told = lifecycle.histories(lifecycle.fold(histories, zone=process.zone))
    history = with_evidence(
        History("f" * 40, process.today, told),
        {commit: told_in(message) for commit, message in messages.items()},
        trailers(messages),
    )
    return Past(history, documents, process)


def overview_of_example(example: Example) -> Overview:
    """Return the overview of a repository that holds the example and what is beside it, with its past."""
    beside = [
        Example(text, path=path, versions=(Committed(LONG_AGO, text),)) for path, text in example.beside
    ]
    past = past_of_examples(example, *beside)
    gathered = gather(past.documents.values())
    found = recurrences(gathered, Trigger(), past.process.today)
    decided = config_of_example(example).rules
    rules = [with_options(name, decided.get(name, RuleConfig()).options) for name in LIBRARY_RULES]
    told = gather_told(past.documents.values(), rules)
    folders = {f"{'/'.join(parts)}/" for path in (*past.documents, *example.files) for parts in _above(path)}
    present = frozenset({*past.documents, *example.files, *folders})
    return Overview(gathered, found, past.documents, past.process, present, past, told=told)


def _above(path: str) -> Iterator[list[str]]:
    parts = path.split("/")
    return (parts[:end] for end in range(1, len(parts)))


LONG_AGO = "2026-01-01"


@pytest.fixture
def overview_of() -> Callable[[Example], Overview]:
    """Return what makes an overview of an example."""
    return overview_of_example


def document_of_example(example: Example) -> Document:
    """Return the document that an example is, of a repository with its configuration."""
    return read_document(
        example.path, parse(example.text), profile_of_example(example), process_of_example(example)
    )


@pytest.fixture
def document_of() -> Callable[[Example], Document]:
    """Return what makes a document of an example."""
    return document_of_example


@pytest.fixture
def config_of() -> Callable[[Example], Config]:
    """Return what reads an example's configuration."""
    return config_of_example


@pytest.fixture
def past_of() -> Callable[..., Past]:
    """Return the past that examples tell, each the one of a document of its own."""
    return past_of_examples
