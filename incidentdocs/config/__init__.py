"""The configuration of a repository: `incidentdocs.toml`, or `[tool.incidentdocs]` in `pyproject.toml`."""

from collections.abc import Mapping
from dataclasses import field
from functools import partial
from typing import Any, Literal

from incidentdocs.config.incident_tables import CommunicationConfig, OnCallConfig, StepConfig
from incidentdocs.config.mistakes import Around, mistakes_of
from incidentdocs.config.tables import (
    BusinessHoursConfig,
    DeadlinesConfig,
    EscalationConfig,
    FailureModeConfig,
    HistoryConfig,
    NotifyConfig,
    PerPathConfig,
    PersonConfig,
    ProcessConfig,
    RepositoryConfig,
    RuleConfig,
    SeverityConfig,
    SimilarityConfig,
)
from incidentdocs.settings import read
from incidentdocs.settings.frozen import frozen
from incidentdocs.settings.mistakes import KeyPath, Mistake, SettingsFile
from incidentdocs.settings.toml import parse_toml

CONFIG_FILE = "incidentdocs.toml"
PYPROJECT = "pyproject.toml"
PYPROJECT_TABLE: KeyPath = ("tool", "incidentdocs")

Language = Literal["fr", "en"]


@frozen
class Config:
    """The settings of one repository; every one has a default."""

    edition: int = field(
        default=1,
        metadata={"description": "The set of rules that run by default; it never changes within an edition."},
    )
    language: Language = field(
        default="en",
        metadata={"description": "The language of new documents and of those that show none: fr or en."},
    )
    timezone: str = field(
        default="UTC",
        metadata={"description": "The time zone of the times in documents, such as Europe/Paris."},
    )
    exclude: tuple[str, ...] = field(
        default=(),
        metadata={"description": "Files never read: globs relative to the repository's root."},
    )
    baseline: str = field(
        default="",
        metadata={
            "description": "The file of the findings that are known and not told again, relative to the"
            " repository's root."
        },
    )
    rule_pages: str = field(
        default="",
        metadata={
            "description": "The address of the rules' pages, to which findings link; {rule} stands for the"
            " rule's name."
        },
    )
    file_pages: str = field(
        default="",
        metadata={
            "description": "The address of a file's page, to which reports and messages link; {path} stands"
            " for the path, {line} for a line."
        },
    )
    history: HistoryConfig = field(
        default_factory=HistoryConfig,
        metadata={"description": "Whether and from when on the past is read from git."},
    )
    deadlines: DeadlinesConfig = field(
        default_factory=DeadlinesConfig,
        metadata={"description": "Until when post-mortems are to be published."},
    )
    escalation: EscalationConfig = field(
        default_factory=EscalationConfig,
        metadata={"description": "When similar incidents call for an escalation."},
    )
    similarity: SimilarityConfig = field(
        default_factory=SimilarityConfig,
        metadata={"description": "From when on incidents are alike, and what the team calls one thing."},
    )
    failure_modes: Mapping[str, FailureModeConfig] = field(
        default_factory=dict,
        metadata={
            "description": "Failure modes beside the known ones, or other runbooks for those, by name."
        },
    )
    process: ProcessConfig = field(
        default_factory=ProcessConfig,
        metadata={"description": "What the team runs, and how far it is."},
    )
    people: Mapping[str, PersonConfig] = field(
        default_factory=dict,
        metadata={
            "description": "Who owns action items and is called, each in a table by the handle; without"
            " anybody nobody is asked about."
        },
    )
    severity: Mapping[str, SeverityConfig] = field(
        default_factory=dict,
        metadata={"description": "What is asked for incidents of each severity, in a table by its name."},
    )
    business_hours: BusinessHoursConfig = field(
        default_factory=BusinessHoursConfig,
        metadata={"description": "When the team works."},
    )
    channels: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"description": 'Where the team talks, by a name for it: ops = "#ops".'},
    )
    oncall: OnCallConfig = field(
        default_factory=OnCallConfig,
        metadata={"description": "Who is on call, and when."},
    )
    communication: CommunicationConfig = field(
        default_factory=CommunicationConfig,
        metadata={"description": "Who is told of an incident, where, and how often."},
    )
    steps: tuple[StepConfig, ...] = field(
        default=(),
        metadata={"description": "The steps of handling an incident; without any, those of the process."},
    )
    notify: NotifyConfig = field(
        default_factory=NotifyConfig,
        metadata={"description": "Where reports are sent."},
    )
    repository: RepositoryConfig = field(
        default_factory=RepositoryConfig,
        metadata={"description": "What else the repository holds."},
    )
    rules: Mapping[str, RuleConfig] = field(
        default_factory=dict,
        metadata={"description": "What is decided for single rules, each in a table by its name."},
    )
    per_path: tuple[PerPathConfig, ...] = field(
        default=(),
        metadata={
            "description": "What is decided for single rules in some documents only; of several tables that"
            " hold for one the last decides."
        },
    )


def read_config(text: str, *, path: str, around: Around | None = None) -> Config:
    """Return the configuration that the file at `path` holds, the defaults where it holds none.

    What must be there or past is held against what is `around`, if that is known. ConfigError names every
    mistake with its line and the nearest valid word.
    """
    table = PYPROJECT_TABLE if _is_pyproject(path) else ()
    data = _table(parse_toml(text, path=path), table)
    file = SettingsFile(path, text, table)
    if not table and _table(data, PYPROJECT_TABLE) is not None:
        hint = "write the settings without the table [tool.incidentdocs], which is for pyproject.toml"
        raise file.error([Mistake(PYPROJECT_TABLE, "the settings stand in a table of their own", hint)])
    sense = partial(mistakes_of, around=around)
    return read(Config, {} if data is None else data, file, sense, partial(_advice, table=table))


def _advice(mistake: Mistake, table: KeyPath) -> str:
    from incidentdocs.config.misplaced import advice  # only a mistake asks where it belongs

    return advice(mistake, Config, table)


def holds_config(text: str, *, path: str) -> bool:
    """Whether the file holds a configuration: `incidentdocs.toml` always, `pyproject.toml` with its table."""
    if not _is_pyproject(path):
        return True
    return "incidentdocs" in text and _table(parse_toml(text, path=path), PYPROJECT_TABLE) is not None


def _is_pyproject(path: str) -> bool:
    return path.replace("\\", "/").rpartition("/")[2] == PYPROJECT


def _table(data: Any, table: KeyPath) -> Any:
    for key in table:
        if not isinstance(data, Mapping) or key not in data:
            return None
        data = data[key]
    return data
