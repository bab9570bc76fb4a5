import dataclasses
import re
import subprocess
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from incidentdocs.config import Config, holds_config, read_config
from incidentdocs.config.incident_tables import AbsenceConfig, OnCallConfig, OverrideConfig
from incidentdocs.config.mistakes import Around
from incidentdocs.config.tables import (
    BusinessHoursConfig,
    DeadlinesConfig,
    HistoryConfig,
    NotifyConfig,
    PerPathConfig,
    PersonConfig,
    RuleConfig,
    SeverityConfig,
)
from incidentdocs.config.text import config_template, toml_value
from incidentdocs.errors import ConfigError
from incidentdocs.output.rule_page import option_default, rule_page
from incidentdocs.output.schemas import config_schema
from incidentdocs.process.severity import SEVERITIES
from incidentdocs.rules import RULES, load
from incidentdocs.settings.bounds import Bounds, bounds_of
from incidentdocs.settings.building import setting_key

OVERRIDE = '[oncall]\nprincipal = "dev"\n[[oncall.overrides]]\nwho = "ana"\nfrom = 2026-01-05T18:00:00\n'


def refusal(text: str, path: str = "incidentdocs.toml") -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        read_config(text, path=path)
    return caught.value


def test_an_empty_file_is_every_default() -> None:
    assert read_config("", path="incidentdocs.toml") == Config()


def test_a_configuration_says_what_a_repository_decides() -> None:
    text = """
edition = 1
language = "fr"
timezone = "Europe/Paris"
exclude = ["docs/old/**"]
[rules.timeline-order]
severity = "warning"
[rules]
impact-field.enabled = false
"""
    rules = {"timeline-order": RuleConfig(severity="warning"), "impact-field": RuleConfig(enabled=False)}
    assert read_config(text, path="incidentdocs.toml") == Config(
        language="fr", timezone="Europe/Paris", exclude=("docs/old/**",), rules=rules
    )


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('\nlangage = "fr"', 2, 'unknown key "langage"', 'did you mean "language"?'),
        ('language = "fra"', 1, 'language cannot be "fra"', 'did you mean "fr"?'),
        ('timezone = "Europe/Pariss"', 1, "no time zone", 'did you mean "Europe/Paris"?'),
        ('timezone = "paris"', 1, "no time zone", 'did you mean "Europe/Paris"?'),
        (
            'timezone = "../../etc/passwd"',
            1,
            "no time zone",
            'write an IANA name, as in "Europe/Paris", or "UTC"',
        ),
        ("[rules.timline-order]", 1, 'no rule is called "timline-order"', 'did you mean "timeline-order"?'),
        ("[rules.xyzzy]", 1, 'no rule is called "xyzzy"', "`incidentdocs rules` lists their names"),
        (
            '[[per-path]]\npaths = ["a"]\n[[per-path]]\npaths = ["b"]\n[per-path.rules.timline-order]',
            5,
            'no rule is called "timline-order"',
            'did you mean "timeline-order"?',
        ),
        ('[[per-path]]\npaths = ["a",\n"/b"]', 3, 'the glob "/b" is not relative', 'write "b"'),
        ('[per-path]\npaths = ["a"]', 1, "per-path is one table, not a list of tables", "as in [[per-path]]"),
        ('exclude = { a = "b" }', 1, "exclude is a table, not a list", "in brackets"),
        ("[[per-path]]\n", 1, "names no documents", "paths = ["),
        ("[[per-path]]\npaths = []\n", 2, "names no documents", "paths = ["),
        ('[[per-path]]\npaths = "a"\n', 2, 'paths is "a", not a list', "in brackets"),
        ('[[per-path]]\npath = ["a"]\n', 2, 'unknown key "path"', 'did you mean "paths"?'),
        (
            '[[per-path]]\npaths = ["a"]\nrules.empty-section = { severity = "warn" }\n',
            3,
            'severity cannot be "warn"',
            'did you mean "warning"?',
        ),
        (
            '[[per-path]]\npaths = ["a"]\n[per-path.rules.action-item-rescheduled]\noptions = { times = 3 }',
            4,
            "cannot differ by path",
            "[rules.action-item-rescheduled.options]",
        ),
        ('baseline = "../b.json"', 1, "leaves the repository", "without .."),
        ("edition = 99", 1, "there is no edition 99", "write edition = 1"),
        ("edition = 0", 1, "there is no edition 0", "write edition = 1"),
        ("[process]\nphase = -1", 2, "phase is -1, less than 0", "from 0 to 1000"),
        ('[people."a b"]', 1, "no handle", "without @ and spaces"),
        ('[people."@dev"]', 1, "no handle", "without @ and spaces"),
        ("[people.a]\nfrom = 2026-02-01\nuntil = 2026-01-01", 3, "before coming", "correct one of the two"),
        ('[people.a]\nnames = ["Ana"]\n[people.b]\nnames = ["ana"]', 3, "names both a and b", "in full"),
        ('[people.a]\nkind = "robot"', 2, 'kind cannot be "robot"', ""),
        (
            "[communication]\nupdate-minutes = 0",
            2,
            "no update goes out every 0 minutes",
            "update-minutes = 30",
        ),
        ('[communication]\nchannel = " "', 2, "the channel has no name", 'channel = "ops"'),
        ('[communication]\nseverities = ["SEV7"]', 2, 'no severity is "SEV7"', "did you mean"),
        ('[communication.notify.SEV0]\nalways = ["ana"]', 1, 'no severity is "SEV0"', "did you mean"),
        ('[communication.notify.SEV1]\nemail = ["dataloss"]', 2, "dataloss", '"data-loss"'),
        ('[[steps]]\nid = "a"\ntitle = "A"', 1, 'nothing shows that the step "a" was passed', "must bring"),
        (
            '[[steps]]\nid = "A B"\ntitle = "A"\noutput = "o"',
            2,
            '"A B" is no name of a step',
            "small letters",
        ),
        ('[[steps]]\nid = "a"\ntitle = "{onkall}"\noutput = "o"', 3, "nothing is called {onkall}", "oncall"),
        (
            '[[steps]]\nid = "a"\ntitle = ""\noutput = "o"',
            3,
            "the title of a step is one line",
            "write it as one",
        ),
        (
            '[[steps]]\nid = "a"\ntitle = "A"\noutput = "o"\n[[steps]]\nid = "a"\ntitle = "B"\noutput = "o"',
            2,
            'two steps of a SEV1 are called "a"',
            "a name of its own",
        ),
        ("[severity.SEV4]", 1, 'no severity is "SEV4"', "did you mean"),
        ("[severity.SEV9]", 1, 'no severity is "SEV9"', 'did you mean "SEV1", "SEV2" or "SEV3"?'),
        ("[severity.major]", 1, 'no severity is "major"', "aliases"),
        ('[severity.SEV1]\nresponse = "soon"', 2, "no duration", '"15m"'),
        ("[severity.SEV1]\ndue-days = -1", 2, "due-days is -1, less than 0", "from 0 to 3660"),
        ('[severity.SEV1]\naliases = ["P1", "SEV2"]', 2, "already stands for SEV2", "leave it out"),
        ('[business-hours]\nopens = "9"', 2, "no time of day", "09:00"),
        ('[business-hours]\ncloses = "09:00"', 2, "not after it opens", "18:00"),
        ('[business-hours]\ndays = ["monday"]', 2, 'cannot be "monday"', '"mon"'),
        ('[business-hours]\ncountry = "Atlantis"', 2, '"Atlantis" is no ISO code', "ISO code"),
        ('[business-hours]\ncountry = "QQ"', 2, "no public holidays", "ISO code"),
        ('[business-hours]\ncountry = "FRA"', 2, "no ISO code of two letters", 'write country = "FR"'),
        ('[business-hours]\ncountry = "fr-57"', 2, "no ISO code of two letters", 'write country = "FR-57"'),
        ('[business-hours]\ncountry = "Germany"', 2, "no ISO code of two letters", 'write country = "DE"'),
        ('[channels]\nops = "ops"', 2, '"ops" is a word', 'write ops = "#ops"'),
        ('[channels]\nops = " "', 2, "is blank", 'write ops = "#ops"'),
        ('[channels]\nlanguage = "fr"', 2, "is a word", "above the first line in [brackets]"),
        ('[business-hours]\ntimezone = "Europe/Pariss"', 2, "no time zone", '"Europe/Paris"'),
        ('[oncall]\nprincipal = "dev"\norder = ["dev"]\nstart = 2026-01-05', 2, "both a principal", "one of"),
        ('[oncall]\norder = ["dev"]', 2, "when the first in order begins", "start = 2026-01-05"),
        ("[oncall]\nstart = 2026-01-05", 2, "nobody is in turn", "order"),
        (
            '[oncall]\norder = ["dev"]\nday = "mon"\nstart = 2026-01-06',
            4,
            "is a tue, and handovers are on mon",
            "start = 2026-01-05",
        ),
        ('[oncall]\nday = "monday"', 2, 'cannot be "monday"', '"mon"'),
        ('[oncall]\nprincipal = "dev"\nhandover = "9h"', 3, "no time of day", 'handover = "09:00"'),
        ('[oncall]\nprincipal = "dev"\ntimezone = "Europe/Pariss"', 3, "no time zone", '"Europe/Paris"'),
        ('[oncall]\nbackup = "dev"', 2, "nobody is on call", "principal"),
        ('[oncall]\nprincipal = "dev"\nbackup = "@dev"', 3, "for themselves", "somebody else"),
        (
            '[people.dev]\nnames = ["The dev"]\n[oncall]\nprincipal = "dev"\nbackup = "The dev"',
            5,
            "for themselves",
            "somebody else",
        ),
        (
            '[oncall]\nprincipal = "dev"\nbackup-order = ["ops"]',
            3,
            "backups take turns, and nobody else does",
            "order",
        ),
        (
            '[oncall]\norder = ["dev"]\nstart = 2026-01-05\nbackup = "a"\nbackup-order = ["b"]',
            4,
            "both a backup of all weeks and an order",
            "one of",
        ),
        ('[oncall]\nprincipal = "the devs"', 2, "no handle", "without @ and spaces"),
        ('[people.dev]\n[oncall]\nprincipal = "devv"', 3, "nobody whom [people] lists", 'mean "dev"?'),
        (
            '[people.dev]\n[oncall]\norder = ["dev", "xyzzy"]\nstart = 2026-01-05',
            3,
            "nobody whom [people] lists",
            "[people.xyzzy]",
        ),
        ('[people.bot]\nkind = "agent"\n[oncall]\nprincipal = "bot"', 4, "bot is an agent", "a person"),
        (
            '[oncall]\nprincipal = "dev"\n[[oncall.absences]]\nwho = "Dev"\n'
            "from = 2026-01-01\nuntil = 2026-01-02",
            4,
            '"Dev" is never on call',
            'mean "dev"?',
        ),
        (
            '[oncall]\nprincipal = "dev"\n[[oncall.absences]]\nwho = "dev"\n'
            "from = 2026-01-03\nuntil = 2026-01-02",
            6,
            "before it begins on 2026-01-03",
            "correct one",
        ),
        ('[oncall]\nprincipal = "dev"\n[[oncall.absences]]\nfrom = 2026-01-03', 3, "nobody is named", "who"),
        (f"{OVERRIDE}until = 2026-01-05T17:00:00", 6, "not after it begins", "a later end"),
        (f'{OVERRIDE}until = "soon"', 6, "neither a day nor a moment", "until = 2026-03-14T18:00:00"),
        (OVERRIDE, 3, "has no until", "until = 2026-03-14T18:00:00"),
        (
            f"{OVERRIDE}until = 2026-01-06\n[[oncall.overrides]]\nwho = 'ops'\nfrom = '2026-01-06 23:59'\n"
            "until = 2026-01-08",
            7,
            "ops and ana would both be principal",
            "where the other begins",
        ),
        (
            f"{OVERRIDE}until = 2026-01-06\n[[oncall.overrides]]\nwho = 'ana'\nrole = 'backup'\n"
            "from = 2026-01-06\nuntil = 2026-01-08",
            7,
            "ana would be principal and backup at once",
            "somebody else",
        ),
        (
            f"{OVERRIDE}until = 2026-01-06\nroles = 'backup'",
            7,
            'unknown key "roles"',
            'did you mean "role"?',
        ),
        ('[repository]\ncode = "../app"', 2, "no folder of the repository", 'code = "app"'),
        ('exclude = ["a", "/b"]', 1, 'the glob "/b" is not relative', 'write "b"'),
        ('exclude = ["a\\\\b"]', 1, "has backslashes", 'write "a/b"'),
        ('exclude = ["../b"]', 1, "leaves the repository", "without .."),
        ('exclude = ["*a*a*a*a*b"]', 1, "has more than 3 stars", "several globs"),
        ('exclude = ["**/**/**/**/a"]', 1, "has more than 3 stars", "several globs"),
        ('exclude = [""]', 1, "is empty", "write a path"),
        (
            '[tool.incidentdocs]\nlanguage = "fr"',
            1,
            "a table of their own",
            "without the table [tool.incidentdocs]",
        ),
        ('timezone = "CEST"', 1, "no time zone", "write an IANA name"),
        ('language = "fr"\nlanguage = "en"', 2, "cannot overwrite", "once"),
        ("[rules.timeline-order]\n[rules.timeline-order]", 2, "twice", "once"),
        ('[rules]\ntimeline-order = "warning"', 2, "not a table", "the line [rules.timeline-order]"),
        (
            "[rules.action-item-rescheduled.options]\ntime = 3",
            2,
            'unknown key "time"',
            'did you mean "times"?',
        ),
        (
            '[rules.action-item-rescheduled]\nseverity = "error"\noptions = { times = "3" }',
            3,
            'times is "3", not a whole number',
            "as in 1",
        ),
        ("[rules.timeline-order.options]\nx = 1", 1, "has no options", "remove"),
        ('[rules.timeline-order]\nseverity = "info"', 2, 'severity cannot be "info"', '"error", "warning"'),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_write(
    text: str, line: int, message: str, hint: str
) -> None:
    error = refusal(text)
    assert error.line == line
    assert message in error.message
    assert hint in error.hint


def test_mistakes_of_form_and_of_sense_are_told_together_each_with_its_hint() -> None:
    text = """\
edition = 9
[deadlines]
days = -1
severities = ["SEV9"]
[business-hours]
opens = 9
closes = "08:00"
[[per-path]]
path = ["a"]
rules = { timline-order = { enabled = 1 } }
"""
    error = refusal(text)
    assert [(each.message.partition(":")[2], each.hint) for each in (error, *error.others)] == [
        (
            "1: there is no edition 9 in this version",
            "write edition = 1, the latest one, or install a newer incidentdocs",
        ),
        ("3: days is -1, less than 0", "write a number from 0 to 366, as in days = 7"),
        ('4: no severity is "SEV9"', 'did you mean "SEV1", "SEV2" or "SEV3"?'),
        ("6: opens is 9, not text", 'write text in quotes, as in "docs"'),
        ('9: unknown key "path"', 'did you mean "paths"?'),
        ("10: enabled is 1, not true or false", "write true or false without quotes"),
        ('10: no rule is called "timline-order"', 'did you mean "timeline-order"?'),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[repository]\ncode = "nowhere"', 'there is no folder "nowhere"'),
        ("[history]\nsince = 2026-03-16", "2026-03-16 has not come yet"),
    ],
)
def test_what_must_be_there_or_past_is_held_against_what_is_around(text: str, message: str) -> None:
    around = Around(date(2026, 3, 14), {"app"}.__contains__)
    with pytest.raises(ConfigError, match=message) as caught:
        read_config(text, path="incidentdocs.toml", around=around)
    assert caught.value.line == 2
    right = '[repository]\ncode = "app"\n[history]\nsince = 2026-03-15\n'
    assert read_config(right, path="incidentdocs.toml", around=around).repository.code == "app"
    read_config(text, path="incidentdocs.toml")


@pytest.mark.parametrize(
    "channel",
    [
        "#ops",
        "@oncall",
        "ops@cabas.example",
        "https://chat.example/ops",
        "+33 1 23 45 67 89",
        "112",
        "Teams: Ops",
    ],
)
def test_a_channel_is_whatever_can_be_recognised(channel: str) -> None:
    assert read_config(f'[channels]\nops = "{channel}"', path="incidentdocs.toml").channels == {
        "ops": channel
    }


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("[history]\nedition = 1", 2, "it belongs above the first line in [brackets]"),
        ("[rules]\nedition = 1", 2, "it belongs above the first line in [brackets]"),
        ("[rules.timeline-order]\nexclude = []", 2, "it belongs above the first line in [brackets]"),
        ("[rules.action-item-too-many.options]\nedition = 1", 2, "it belongs above the first line"),
        ("[channels]\nedition = 1", 2, "it belongs above the first line in [brackets]"),
        ('[[per-path]]\npaths = ["a"]\nedition = 1', 3, "it belongs above the first line in [brackets]"),
        ("[history.deadlines]\ndays = 3", 1, "it belongs in a table of its own: [deadlines]"),
        ("[history]\nthreshold = 3", 2, "it belongs below [escalation]"),
        (
            "[rules.action-item-too-many]\nenabled = true\nmost = 3",
            3,
            "it is an option: write it below [rules.action-item-too-many.options]",
        ),
        ("[deadlines]\ndayz = 3", 2, 'did you mean "days"?'),
    ],
)
def test_a_setting_in_another_table_is_told_where_it_belongs(text: str, line: int, hint: str) -> None:
    error = refusal(text)
    assert error.line == line
    assert hint in error.hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[tool.incidentdocs.history]\nedition = 1", "it belongs directly below [tool.incidentdocs]"),
        ("[tool.incidentdocs.history]\nthreshold = 3", "it belongs below [tool.incidentdocs.escalation]"),
    ],
)
def test_in_pyproject_a_setting_belongs_in_the_table_of_the_program(text: str, hint: str) -> None:
    error = refusal(text, "pyproject.toml")
    assert (error.line, error.hint) == (2, hint)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"[rules.timeline-orde{number}]\n" for number in range(8000)),
        "".join(f"languag{number} = 1\n" for number in range(10_000)),
        "exclude = [" + '"/a",' * 30_000 + "]",
        "exclude = [" * 50 + "]" * 50,
    ],
)
def test_a_configuration_full_of_mistakes_is_refused_in_time(text: str) -> None:
    start = time.perf_counter()
    refusal(text)
    assert time.perf_counter() - start < 4


def test_history_and_deadlines_are_tables_of_their_own() -> None:
    text = """
[history]
use = "required"
since = 2026-01-01
[deadlines]
days = 14
severities = ["SEV1"]
"""
    assert read_config(text, path="incidentdocs.toml") == Config(
        history=HistoryConfig(use="required", since=date(2026, 1, 1)),
        deadlines=DeadlinesConfig(days=14, severities=("SEV1",)),
    )


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ('history = "off"', 1, "write the line [history]"),
        ('[history]\nuse = "of"', 2, 'did you mean "off"?'),
        ('[history]\nsince = "2026-01-01"', 2, "without quotes, as in 2026-03-14"),
        ("[deadlines]\ndays = -1", 2, "from 0 to 366"),
        ('[deadlines]\nseverities = ["SEV1",\n"SEV4"]', 3, "SEV"),
    ],
)
def test_a_mistake_in_these_tables_is_named_with_its_line(text: str, line: int, hint: str) -> None:
    error = refusal(text)
    assert error.line == line
    assert hint in error.hint


def test_pyproject_holds_a_configuration_only_with_its_table() -> None:
    text = '[project]\nname = "x"\n[tool.incidentdocs]\nlanguage = "fr"\nzone = 1\n'
    assert holds_config(text, path="sub/pyproject.toml")
    assert not holds_config('[project]\nname = "incidentdocs"\n', path="pyproject.toml")
    assert not holds_config("this is not TOML", path="pyproject.toml")
    assert holds_config("", path="incidentdocs.toml")
    assert refusal(text, "pyproject.toml").line == 5
    assert "not a table" in refusal("[tool]\nincidentdocs = 3\n", "pyproject.toml").message


OPTIONS = [(name, option) for name in RULES for option in dataclasses.fields(load(name))]


@pytest.mark.parametrize(("rule", "option"), OPTIONS, ids=lambda each: getattr(each, "name", each))
def test_every_option_of_every_rule_has_bounds_which_the_schema_knows(
    rule: str, option: dataclasses.Field[object]
) -> None:
    assert bounds_of(option.metadata) != Bounds()
    wrong: object = [""] if get_origin(option.type) is tuple else -4
    key = setting_key(option.name)
    error = refusal(f"[rules.{rule}.options]\n\n{key} = {toml_value(wrong)}\n")
    assert error.line == 3
    written = {"rules": {rule: {"options": {key: wrong}}}}
    assert not Draft202012Validator(config_schema()).is_valid(written)
    assert not Draft202012Validator(config_schema()).is_valid({"per-path": [{"paths": ["a"], **written}]})
    default = option_default(option)
    written = {"rules": {rule: {"options": {key: list(default) if isinstance(default, tuple) else default}}}}
    assert Draft202012Validator(config_schema()).is_valid(written)
    assert f"| {bounds_of(option.metadata).words} |" in rule_page(load(rule))


rule_configs = st.builds(
    RuleConfig, enabled=st.none() | st.booleans(), severity=st.sampled_from([None, "error"])
)
rescheduled = st.builds(RuleConfig, options=st.fixed_dictionaries({}, optional={"times": st.integers(0, 9)}))
handles = st.sampled_from(["dev", "bridge-bot", "org/team"])
people = st.builds(
    PersonConfig,
    role=st.sampled_from(["", "oncall", 'the "boss"']),
    kind=st.sampled_from(["person", "agent"]),
    until=st.none() | st.dates(min_value=date(1000, 1, 1)),
)
severities = st.builds(
    SeverityConfig,
    response=st.sampled_from(["", "15m", "1h 30m"]),
    clock=st.sampled_from([None, "wall", "business"]),
    publication_days=st.none() | st.integers(0, 99),
)
glob_texts = st.text(min_size=1, max_size=10).map(
    lambda text: f"docs/{text}".replace("\\", "").replace("..", "")
)
per_path = st.builds(
    PerPathConfig,
    paths=st.just(("docs/old/**", "docs/**/2019-*")),
    rules=st.dictionaries(st.sampled_from(RULES), rule_configs, max_size=2),
)
moments = st.sampled_from([datetime(2026, 1, 5, 18), date(2026, 1, 6)])
oncalls = st.builds(
    OnCallConfig,
    order=st.just(("dev", "ops")),
    start=st.just(date(2026, 1, 5)),
    handover=st.sampled_from(["09:00", "17:30"]),
    overrides=st.tuples()
    | st.tuples(
        st.builds(OverrideConfig, who=st.just("dev"), from_=moments, until=st.just(date(2026, 1, 7)))
    ),
    absences=st.tuples()
    | st.tuples(
        st.builds(
            AbsenceConfig,
            who=st.just("ops"),
            from_=st.just(date(2026, 1, 5)),
            until=st.dates(min_value=date(2026, 1, 5)),
        )
    ),
) | st.just(OnCallConfig())
configs = st.builds(
    Config,
    language=st.sampled_from(["fr", "en"]),
    timezone=st.sampled_from(["UTC", "Europe/Paris", "America/Argentina/Ushuaia"]),
    exclude=st.lists(glob_texts.filter(str.isprintable), max_size=3).map(tuple),
    history=st.builds(
        HistoryConfig,
        use=st.sampled_from(["auto", "required", "off"]),
        since=st.none() | st.dates(min_value=date(1000, 1, 1)),
    ),
    deadlines=st.builds(
        DeadlinesConfig,
        days=st.integers(0, 366),
        severities=st.lists(st.sampled_from(SEVERITIES), unique=True).map(tuple),
    ),
    people=st.dictionaries(handles, people, max_size=3),
    severity=st.dictionaries(st.sampled_from(SEVERITIES), severities, max_size=3),
    business_hours=st.builds(
        BusinessHoursConfig, closes=st.sampled_from(["17:30", "18:00"]), country=st.sampled_from(["", "FR"])
    ),
    channels=st.dictionaries(st.text(max_size=5).filter(str.isprintable), st.just("#ops"), max_size=2),
    rules=st.dictionaries(st.sampled_from(RULES), rule_configs, max_size=3)
    | st.fixed_dictionaries({"action-item-rescheduled": rescheduled}),
    per_path=st.lists(per_path, max_size=2).map(tuple),
    baseline=st.sampled_from(["", ".incidentdocs/baseline.json"]),
    notify=st.builds(
        NotifyConfig,
        targets=st.dictionaries(
            st.sampled_from(["ops", "the team"]), st.sampled_from(["$OPS", "json://h/?a=b"])
        ),
        attempts=st.integers(1, 10),
        wait_seconds=st.sampled_from([0, 1.5]),
    ),
)


@given(configs)
def test_the_written_configuration_reads_back_as_itself(config: Config) -> None:
    assert read_config(config_template(config), path="incidentdocs.toml") == config


@given(oncalls)
def test_the_written_rota_reads_back_as_itself(oncall: OnCallConfig) -> None:
    config = Config(oncall=oncall)
    assert read_config(config_template(config), path="incidentdocs.toml") == config


def test_the_written_configuration_explains_every_setting() -> None:
    text = config_template(Config())
    for setting in dataclasses.fields(Config):
        assert f"# {setting.metadata['description']}\n" in text
        key = setting_key(setting.name)
        assert f"\n{key} = " in text or re.search(rf"\[{key}[.\]]", text)


def test_a_right_configuration_is_read_without_pydantic() -> None:
    code = (
        "import sys\n"
        "from incidentdocs.config import read_config\n"
        "from incidentdocs.profiles.loading import built_in\n"
        "read_config('language = \"fr\"', path='incidentdocs.toml'); built_in('post-mortem')\n"
        "print(sorted({'pydantic', 'jinja2', 'git', 'importlib.metadata'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[1]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_mistake_in_a_table_by_path_is_named_with_its_line_in_pyproject_too() -> None:
    text = '[tool.incidentdocs]\n[[tool.incidentdocs.per-path]]\npaths = ["a"]\n\n'
    table = "[tool.incidentdocs.per-path.rules.timline-order]\n"
    error = refusal(text + text.partition("\n")[2] + table, "pyproject.toml")
    assert error.line == 8
    assert 'did you mean "timeline-order"?' in error.hint


def test_a_score_that_cannot_be_is_compared_with_no_other() -> None:
    error = refusal("[similarity]\nsuggested = 5.0")
    assert "suggested is 5.0, more than 1" in str(error)
    assert "only suggested" not in str(error)
    assert "5.0" not in error.hint
