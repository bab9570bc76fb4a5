"""What the history rules find beyond their examples: what they leave alone, and what their findings say."""

from collections.abc import Callable

import pytest

from incidentdocs.history.past import Past
from incidentdocs.library.finding import Finding
from incidentdocs.linter import ask_history, lint
from incidentdocs.process.publication import Publication
from incidentdocs.rules import HISTORY_RULES, RULES, load
from incidentdocs.rules.action_item_rescheduled import ActionItemRescheduled
from incidentdocs.rules.rule import Committed, Example, HistoryRule, Rule

PastOf = Callable[..., Past]

HEAD = "# Post-mortem: API down\n\n## Action items\n"
ALERT = "- [ ] AI 1: alert at 80 % of the disk (owner @oncall, due 2026-10-01)\n"
ROTATE = "- [ ] AI 2: rotate the logs every night (owner @dev, due 2026-10-08)\n"


def found(past: Past, *names: str) -> list[Finding]:
    rules: list[Rule] = [load(name)() for name in names or HISTORY_RULES]
    return [finding for findings in ask_history(past, rules).values() for finding in findings]


def told(past: Past, *names: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.severity) for finding in found(past, *names)]


def test_the_history_rules_are_those_that_say_so() -> None:
    assert tuple(name for name in RULES if issubclass(load(name), HistoryRule)) == HISTORY_RULES


def test_only_what_the_commit_at_hand_can_mend_is_an_error() -> None:
    assert [name for name in HISTORY_RULES if load(name).severity == "error"] == ["action-item-dropped"]


def test_a_document_that_never_changed_has_no_findings(past_of: PastOf) -> None:
    text = HEAD + ALERT + ROTATE
    assert told(past_of(Example(text, versions=(Committed("2026-03-16", text),)))) == []


def test_a_document_without_history_has_no_findings(past_of: PastOf) -> None:
    assert told(past_of(Example(HEAD + ALERT.replace("[ ]", "[x]")))) == []


def test_a_dropped_item_is_told_with_the_line_that_gives_it_up(past_of: PastOf) -> None:
    versions = (Committed("2026-03-16", HEAD + ALERT + ROTATE),)
    (finding,) = found(past_of(Example(HEAD + ALERT, versions=versions)))
    assert (
        finding.message == "`AI 2: rotate the logs every night` was open and was dropped in the working tree"
    )
    assert finding.hint == (
        "write `- [ ] AI 2: rotate the logs every night (owner @dev, due 2026-10-08, won't do: <reason>)`, "
        "or tick it"
    )


def test_the_line_that_gives_an_item_up_is_whole_and_in_the_document_s_own_way(past_of: PastOf) -> None:
    head = "# Post-mortem : panne de l'API\n\n## Mention blameless\nPersonne.\n\n## Action items\n"
    text = " ".join(["tourner les journaux chaque nuit"] * 3)
    line = f"- [ ] AI 2 : {text} (owner @dev, échéance 2026-10-08)\n"
    (finding,) = found(past_of(Example(head, versions=(Committed("2026-03-16", head + line),))))
    assert f"`- [ ] AI 2 : {text} (owner @dev, due 2026-10-08, won't do: <reason>)`" in finding.hint
    assert len(finding.message) < 120


@pytest.mark.parametrize(
    "line",
    [
        "- [ ] AI 2: buy a larger machine (owner @backup, due 2027-01-08)\n",
        "- [ ] AI 7: archive logs nightly instead, then rotate (owner @backup, due 2027-01-08)\n",
    ],
    ids=["its-number", "its-words"],
)
def test_an_item_that_may_have_become_another_is_no_error(line: str, past_of: PastOf) -> None:
    versions = (Committed("2026-03-16", HEAD + ALERT + ROTATE),)
    past = past_of(Example(HEAD + ALERT + line, versions=versions))
    assert ("action-item-dropped", "error") not in told(past)


def test_another_item_does_not_excuse_a_dropped_one(past_of: PastOf) -> None:
    line = "- [ ] AI 7: buy a larger machine (owner @backup, due 2027-01-08)\n"
    versions = (Committed("2026-03-16", HEAD + ALERT + ROTATE),)
    past = past_of(Example(HEAD + ALERT + line, versions=versions))
    assert told(past) == [("action-item-dropped", "error")]


MEETING = "- [ ] Arrange a meeting on releases (owner @dev, due 2026-10-08)\n"
CALENDAR = "- [ ] Keep one calendar of all deployments (owner @dev, due 2026-10-08)\n"


@pytest.mark.parametrize(
    ("day", "after", "expected"),
    [
        ("2026-03-16", CALENDAR, []),
        ("2026-03-17", CALENDAR, []),
        ("2026-03-18", CALENDAR, [("action-item-dropped", "warning")]),
        ("2026-03-16", "", [("action-item-dropped", "warning")]),
    ],
    ids=["the-same-day", "the-next-day", "later", "without-another"],
)
def test_a_list_that_is_still_being_written_drops_nothing_by_naming_something_else(
    day: str, after: str, expected: list[tuple[str, str]], past_of: PastOf
) -> None:
    versions = (Committed("2026-03-16", HEAD + ALERT + MEETING), Committed(day, HEAD + ALERT + after))
    assert told(past_of(Example(HEAD + ALERT + after, versions=versions))) == expected


BOTH = "- [ ] Alert on a full disk of the database and on expired certificates (owner @dev, due 2026-10-08)\n"


@pytest.mark.parametrize(
    ("pieces", "split"),
    [
        (("Probe the disk of the database, and say when it is full", "Alert on expired certificates"), True),
        (("Alert on a full disk of the search", "Alert on a slow search, and on its memory"), False),
        (("Buy a larger machine", "Train the whole team in the new console"), False),
    ],
)
def test_an_item_may_be_split_in_pieces_that_share_out_its_words(
    pieces: tuple[str, ...], split: bool, past_of: PastOf
) -> None:
    after = HEAD + ALERT + "".join(f"- [ ] {piece} (owner @who, due 2026-10-09)\n" for piece in pieces)
    versions = (Committed("2026-03-16", HEAD + ALERT + BOTH), Committed("2026-04-02", after))
    found = told(past_of(Example(after, versions=versions)), "action-item-dropped")
    assert (found == []) is split


def test_an_item_that_moves_to_another_document_is_not_dropped(past_of: PastOf) -> None:
    other = "docs/post-mortems/2026-04-01-api-down-again.md"
    past = past_of(
        Example(HEAD + ALERT, versions=(Committed("2026-03-16", HEAD + ALERT + ROTATE),)),
        Example(HEAD + ROTATE, path=other, versions=(Committed("2026-04-02", HEAD),)),
    )
    assert told(past) == []


@pytest.mark.parametrize("status", ["draft", "brouillon"])
def test_a_draft_is_edited_freely(status: str, past_of: PastOf) -> None:
    front = f"---\nseverity: SEV3\nstatus: {status}\n---\n"
    past = past_of(
        Example(
            f"{front}{HEAD}{ALERT.replace('AI 1', 'AI 4').replace('2026-10', '2027-10')}",
            versions=(Committed("2026-03-16", f"{front}{HEAD}{ALERT}{ROTATE}\n## Impact\nNone.\n"),),
        )
    )
    assert told(past) == []


def slipping(*dues: str) -> Example:
    """Return an item whose due dates landed a month apart, each before the one before had passed."""
    texts = [HEAD + ALERT.replace("2026-10-01", due) for due in dues]
    days = [f"2026-0{month}-16" for month in range(3, 3 + len(dues))]
    return Example(
        texts[-1], versions=tuple(Committed(day, text) for day, text in zip(days, texts, strict=True))
    )


def test_the_number_of_delays_is_an_option(past_of: PastOf) -> None:
    past = past_of(slipping("2026-10-01", "2026-10-08", "2026-10-15"))
    assert list(ActionItemRescheduled().check(past)) == []
    (finding,) = ActionItemRescheduled(times=1).check(past)
    assert finding.message == "the due date was put off 2 times, at first it was 2026-10-01"


def test_a_date_that_is_brought_forward_is_no_delay(past_of: PastOf) -> None:
    past = past_of(slipping("2026-10-29", "2026-10-22", "2026-10-15", "2026-10-08"))
    assert told(past) == []


def test_what_is_done_is_no_longer_late(past_of: PastOf) -> None:
    slipped = slipping("2026-10-01", "2026-10-08", "2026-10-15", "2026-10-22")
    text = slipped.text.replace("[ ]", "[x]").replace("2026-10-22", "2026-10-22, ref #4")
    past = past_of(slipped._replace(text=text, versions=(*slipped.versions, Committed("2026-08-01", text))))
    assert told(past) == []


def ticked(message: str, *others: str) -> Example:
    """Return an item that a commit with `message` ticks, and other commits that change nothing of it."""
    text = HEAD + ALERT.replace("[ ]", "[x]")
    versions = [Committed("2026-03-16", HEAD + ALERT), Committed("2026-04-02", text, message)]
    versions += [
        Committed(f"2026-05-0{day}", f"{text}\n{'-' * day}\n", other)
        for day, other in enumerate(others, start=1)
    ]
    return Example(versions[-1].text, versions=tuple(versions))


@pytest.mark.parametrize(
    "message",
    [
        "Alert at 80 %\n\nCloses #41",
        "Alert at 80 % (https://git.example/ops/pulls/41)",
        "Alert at 80 %, since 3f2a91c",
        "Tick\n\nAction-Item: docs/post-mortems/2026-03-14-api-down.md#1",
    ],
)
def test_the_ticking_commit_s_message_is_evidence(message: str, past_of: PastOf) -> None:
    assert told(past_of(ticked(message))) == []


@pytest.mark.parametrize(
    "document", ["2026-03-14-api-down.md", "2026-03-14-api-down", "post-mortems/2026-03-14-api-down.md"]
)
def test_a_trailer_of_any_commit_is_evidence(document: str, past_of: PastOf) -> None:
    assert told(past_of(ticked("Tick", f"Alert at 80 %\n\naction-item: {document}#1\n"))) == []


@pytest.mark.parametrize(
    "trailer", ["Action-Item: 2026-03-14-api-down.md#2", "Action-Item: api-down.md#1", "Action-Item: #1"]
)
def test_a_trailer_that_names_another_item_is_none(trailer: str, past_of: PastOf) -> None:
    assert told(past_of(ticked("Tick", f"Alert\n\n{trailer}"))) == [("action-item-evidence", "warning")]


def test_what_was_never_open_was_not_ticked(past_of: PastOf) -> None:
    text = HEAD + "- [x] Alert at 80 % of the disk (owner @oncall)\n"
    (finding,) = found(past_of(Example(text, versions=(Committed("2026-03-16", text),))))
    assert finding.message.startswith("the action item was done when it was first written on 2026-03-16 (")
    assert finding.hint == "write `ref <URL, #issue or commit>` at its end"


def test_what_arrived_ticked_with_everything_else_is_not_asked_for_evidence(past_of: PastOf) -> None:
    text = HEAD + ALERT.replace("[ ]", "[x]")
    past = past_of(Example(text, versions=(Committed("2026-03-16", text),)))
    assert told(past) == [("action-item-evidence", "warning")]
    (document,) = past.history.documents
    imported = past.history._replace(documents=(document._replace(unknown=True),))
    assert told(past._replace(history=imported)) == []


def test_a_number_that_comes_back_is_no_other_number(past_of: PastOf) -> None:
    texts = [HEAD + ALERT, HEAD + ALERT.replace("AI 1", "AI 3"), HEAD + ALERT]
    versions = tuple(Committed(f"2026-04-0{day}", text) for day, text in enumerate(texts, start=1))
    assert told(past_of(Example(texts[-1], versions=versions[1:-1]))) == [
        ("action-item-renumbered", "warning")
    ]
    assert told(past_of(Example(texts[-1], versions=versions))) == []


def test_a_reason_for_another_severity_may_stand_anywhere_in_the_text(past_of: PastOf) -> None:
    text = "---\nseverity: {}\n---\n# Post-mortem: API down\n\n## Timeline\n- 14:30 detection{}\n"
    before = (Committed("2026-03-16", text.format("SEV3", "")),)
    silent = Example(text.format("CRITICAL", ""), versions=before)
    assert told(past_of(silent), "severity-changed") == [("severity-changed", "warning")]
    answered = Example(text.format("CRITICAL", "\n- 15:00 sev-1, all regions are down"), versions=before)
    assert told(past_of(answered), "severity-changed") == []


def test_a_section_that_is_misspelt_is_not_removed(past_of: PastOf) -> None:
    text = "# Post-mortem: API down\n\n## Lessons learned\nAn alert.\n"
    versions = (Committed("2026-03-16", text),)
    past = past_of(Example(text.replace("learned", "lerned"), versions=versions))
    assert told(past) == []


def test_a_document_that_is_late_is_told_with_its_deadline(past_of: PastOf) -> None:
    text = "---\nseverity: SEV1\n---\n# Post-mortem: API down\n\n## Timeline\n- 14:30 service restored\n"
    past = past_of(Example(text, versions=(Committed("2026-03-22", text),)))
    (finding,) = found(past)
    assert finding.message == (
        "the post-mortem was published on 2026-03-22 (0000000), 1 day after 2026-03-21, when it was due"
    )
    for publication in (Publication(days=8), Publication(severities=("SEV2",)), Publication(own={"SEV1": 8})):
        assert found(past._replace(process=past.process._replace(publication=publication))) == []


def test_a_comment_silences_a_finding_about_the_past(past_of: PastOf) -> None:
    comment = "<!-- incidentdocs: ignore[action-item-dropped] the logs are gone -->\n"
    text = HEAD.replace("## Action items", f"{comment}## Action items") + ALERT
    past = past_of(Example(text, versions=(Committed("2026-03-16", HEAD + ALERT + ROTATE),)))
    rules: list[Rule] = [load(name)() for name in (*HISTORY_RULES, "ignore-unused")]
    result = lint(list(past.documents.values()), rules, past=ask_history(past, rules))
    assert (result.findings, result.suppressed) == ((), 1)


def test_a_comment_is_unused_only_where_history_was_asked(past_of: PastOf) -> None:
    comment = "<!-- incidentdocs: ignore[action-item-dropped] the logs are gone -->\n"
    text = HEAD.replace("## Action items", f"{comment}## Action items") + ALERT
    past = past_of(Example(text, versions=(Committed("2026-03-16", text),)))
    documents = list(past.documents.values())
    unused = load("ignore-unused")()
    assert lint(documents, [unused]).findings == ()
    rules: list[Rule] = [load("action-item-dropped")(), unused]
    assert [found.rule for found in lint(documents, rules, past=ask_history(past, rules)).findings] == [
        "ignore-unused"
    ]


def test_what_stood_in_a_document_that_is_gone_is_told_at_its_first_line(past_of: PastOf) -> None:
    past = past_of(Example(HEAD, versions=(Committed("2026-03-16", HEAD + ALERT),)))
    gone = past._replace(documents={})
    (finding,) = found(gone)
    assert (finding.path, finding.span) == ("docs/post-mortems/2026-03-14-api-down.md", (1, 1, 1, 1))
    rules: list[Rule] = [load("action-item-dropped")()]
    assert lint([], rules, past=ask_history(gone, rules)).findings == (finding,)
