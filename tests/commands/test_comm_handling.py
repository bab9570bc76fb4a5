"""An incident that is told of by `incidentdocs comm` while it is handled, as `lint` and `status` see it."""

import pytest

from tests.commands.conftest import Committed

HANDLING = "update-cadence,notification-missing,banner-left,ticket-missing,gate-skipped,timeline-order"


def configured(repository: Committed, language: str) -> None:
    repository.write("incidentdocs.toml", f'timezone = "Europe/Paris"\nlanguage = "{language}"\n')


def in_order(repository: Committed, *commands: tuple[str, ...]) -> None:
    for command in commands:
        done = repository.run(*command)
        assert done.returncode == 0, (command, done.stdout, done.stderr)


def at(clock: str) -> tuple[str, str]:
    return ("--at", f"2026-03-{'15' if clock < '12' else '14'}T{clock}")


def passed(number: int, clock: str) -> tuple[str, ...]:
    return ("incident", "step", str(number), "--output", "done", "--by", "@oncall", *at(clock))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_lint_accuses_nothing_of_an_incident_that_was_told_of_by_the_commands(
    committed: Committed, language: str
) -> None:
    configured(committed, language)
    fields = ("--field", "user-facing=yes", "--field", "data-loss=yes")
    in_order(
        committed,
        ("incident", "open", "Disk full", "--severity", "SEV1", *fields, *at("23:40")),
        ("comm", "announce", *at("23:45")),
        ("comm", "banner", *at("23:46")),
        ("comm", "email", *at("23:50")),
        passed(1, "23:52"),
        passed(2, "23:53"),
        ("comm", "update", "--eta", "00:30", *at("00:10")),
        passed(3, "00:12"),
        ("comm", "update", *at("00:20")),
        passed(4, "00:25"),
        ("incident", "step", "5", "--check", "1=4/4", "--check", "2", "--check", "3", *at("00:27")),
        passed(5, "00:28"),
        ("incident", "resolve", "--cause", "The logs filled the disk", *at("00:30")),
        ("comm", "resolved", *at("00:32")),
        ("comm", "banner", *at("00:33")),
        (*passed(6, "00:40"), "--incident", "disk-full"),
    )
    told = committed.run("lint", "--select", HANDLING)
    assert (told.returncode, told.stdout) == (0, "1 document, nothing to report\n")


def test_the_status_counts_the_next_update_from_the_last_one(committed: Committed) -> None:
    configured(committed, "en")
    in_order(
        committed,
        ("incident", "open", "Disk full", "--severity", "SEV1", *at("23:40")),
        ("comm", "announce", *at("23:45")),
        ("comm", "update", *at("23:59")),
    )
    told = committed.run("incident", "status", *at("00:01")).stdout
    assert "the next update is due by 00:29: incidentdocs comm update\n" in told
    dry = committed.run("comm", "update", "--dry-run", *at("00:05"))
    assert "which has passed: incidentdocs comm update\n" in dry.stderr


NAME = "2026-03-14-export-cut-off"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_lint_accuses_nothing_of_a_sev3_whose_ticket_has_the_workaround(
    committed: Committed, language: str
) -> None:
    configured(committed, language)
    in_order(committed, ("incident", "open", "Export cut off", "--severity", "SEV3", *at("14:00")))
    path = committed.root / f"docs/incidents/{NAME}.md"
    text = path.read_text(encoding="utf-8")
    gap = next(line for line in text.splitlines() if line.startswith(("<ce qui a rétabli", "<what restored")))
    text = text.replace(gap, "Workaround: export month by month.")
    path.write_text(text.replace("resolved:", "resolved: 2026-03-14 15:00"), encoding="utf-8", newline="\n")
    done = committed.run("comm", "ticket", NAME, *at("14:10"))
    assert f"once it is opened, write its name into docs/incidents/{NAME}.md: ticket: '#31'\n" in done.stderr
    printed = done.stdout
    assert "Workaround : export" in printed or "Workaround: export" in printed
    assert "Workaround: Workaround" not in printed
    told = committed.run("lint", "--select", "ticket-missing")
    assert (told.returncode, told.stdout) == (0, "1 document, nothing to report\n")
