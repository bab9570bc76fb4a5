"""Who is on call at the moment of an incident is written into it, by the rota where there is one."""

import re

import pytest

from tests.commands.conftest import Committed

PEOPLE = """\
[people.ana]
names = ["Ana Ruiz"]
[people.luc]
[people.zoe]
role = "oncall"
[people.kim]
role = "backup"
"""
WEEKLY = '[oncall]\norder = ["Ana Ruiz", "@luc", "zoe"]\nstart = 2025-03-24\n'
BY_NIGHT = '[oncall]\norder = ["ana", "luc"]\nstart = 2025-03-23\nhandover = "02:30"\n'
OVERSEAS = '[oncall]\norder = ["ana", "luc", "zoe"]\nstart = 2025-03-17\ntimezone = "America/New_York"\n'
CHANGES = """\
[[oncall.overrides]]
who = "kim"
from = 2025-03-25T18:00:00
until = 2025-03-26T09:00:00
[[oncall.absences]]
who = "ana"
from = 2025-03-27
until = 2025-03-27
"""


def configured(repository: Committed, rota: str, language: str = "en") -> None:
    settings = f'timezone = "Europe/Paris"\nlanguage = "{language}"\n'
    repository.write("incidentdocs.toml", f"{settings}{PEOPLE}{rota}")


def opened(repository: Committed, at: str) -> str:
    """Open an incident at a time, and return its document and, below it, what was told on stderr."""
    title = f"Failure {re.sub('[^0-9]+', ' ', at)}"
    done = repository.run("incident", "open", title, "--severity", "SEV1", "--at", at)
    assert done.returncode == 0, done.stderr
    return (repository.root / done.stdout.strip()).read_text(encoding="utf-8") + done.stderr


def named(text: str) -> tuple[str, str]:
    """Return who is on call and who stands by, as the front matter says; nobody is empty."""
    rows = dict(re.findall(r"^(oncall|backup):[ ]*(.*)$", text.partition("\n---\n")[0], re.MULTILINE))
    oncall, backup = (re.sub(r"#.*|[^\w]", "", rows[key]) for key in ("oncall", "backup"))
    return oncall, backup


@pytest.mark.parametrize(
    ("rota", "found"),
    [
        pytest.param(
            WEEKLY,
            {
                "2025-03-24T09:00": ("ana", "luc"),
                "2025-03-31T08:59": ("ana", "luc"),  # a week with an hour less
                "2025-03-31T09:00": ("luc", "zoe"),
                "2025-04-07T08:59": ("luc", "zoe"),
                "2025-04-07T09:00": ("zoe", "ana"),
                "2025-10-27T08:59": ("ana", "luc"),  # a week with an hour more
                "2025-10-27T09:00+02:00": ("ana", "luc"),  # which is 08:00
                "2025-10-27T09:00": ("luc", "zoe"),
            },
            id="the handover is at nine in summer and in winter",
        ),
        pytest.param(
            BY_NIGHT,
            {
                "2025-03-30T01:59": ("ana", "luc"),
                "2025-03-30T03:00": ("luc", "ana"),  # 02:30 is skipped
                "2025-10-26T02:29+02:00": ("ana", "luc"),
                "2025-10-26T02:30+02:00": ("luc", "ana"),
                "2025-10-26T02:10+01:00": ("luc", "ana"),  # the clocks show 02:10 once more
            },
            id="the handover is in the hour that clocks skip or repeat",
        ),
        pytest.param(
            OVERSEAS,
            {
                "2025-03-24T13:59": ("ana", "luc"),  # New York is in summer already
                "2025-03-24T14:00": ("luc", "zoe"),
                "2025-03-31T14:59": ("luc", "zoe"),
                "2025-03-31T15:00": ("zoe", "ana"),
            },
            id="the rota has a clock of its own",
        ),
        pytest.param(
            WEEKLY + CHANGES,
            {
                "2025-03-25T17:59": ("ana", "luc"),
                "2025-03-25T18:00": ("kim", "luc"),
                "2025-03-26T09:00": ("ana", "luc"),
                "2025-03-26T23:59": ("ana", "luc"),
                "2025-03-27T00:00": ("luc", "zoe"),
                "2025-03-28T00:00": ("ana", "luc"),
            },
            id="overrides and absences hold",
        ),
    ],
)
def test_an_incident_is_opened_with_who_is_on_call_at_that_moment(
    committed: Committed, rota: str, found: dict[str, tuple[str, str]]
) -> None:
    configured(committed, rota)
    texts = {at: opened(committed, at) for at in found}
    assert {at: named(text) for at, text in texts.items()} == found
    for at, (oncall, backup) in found.items():
        assert f"\n### [2] TRIAGE (15 min, @{oncall} on call)\n" in texts[at]
        assert f"@{backup}" in texts[at].partition("### [7] POST-MORTEM")[2].splitlines()[0]
    done = committed.run("lint", "--select", "oncall-mismatch")
    assert done.returncode == 0, done.stdout


def test_in_french_too_the_rota_names_who_is_on_call(committed: Committed) -> None:
    configured(committed, WEEKLY, "fr")
    text = opened(committed, "2025-04-07T09:00")
    assert named(text) == ("zoe", "ana")
    assert "\n### [2] TRIAGE (15 min, @zoe oncall)\n" in text


def test_where_nobody_is_on_call_the_field_stays_empty_and_that_is_told(committed: Committed) -> None:
    configured(committed, WEEKLY)
    text = opened(committed, "2025-03-24T08:59")
    assert named(text) == ("", "")
    told = re.search(r"^nobody is on call then; why: incidentdocs (oncall --at \S+)$", text, re.MULTILINE)
    assert told
    assert "because    the rotation begins on Mon 2025-03-24 09:00" in committed.run(*told[1].split()).stdout
    assert "nobody is on call" not in opened(committed, "2025-03-24T09:00")


def test_without_a_rota_the_roster_says_who_has_which_role(committed: Committed) -> None:
    configured(committed, "")
    assert named(opened(committed, "2025-03-24T08:59")) == ("zoe", "kim")
