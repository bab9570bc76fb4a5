"""Versions of documents, written by hand, and the events of their action items that they must tell."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.history import lifecycle
from incidentdocs.history.lifecycle import DocumentVersions, fold
from incidentdocs.history.reading import facts_reader
from incidentdocs.history.tracks import state_after
from incidentdocs.history.values import Event, ItemHistory, Landing, Making, Version, VersionFacts
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in

INCIDENT = date(2026, 3, 14)
KIND = "post-mortem"
PATH = "docs/post-mortems/2026-03-14-api-down.md"
OTHER = "docs/post-mortems/2026-03-20-api-down.md"
PARIS = ZoneInfo("Europe/Paris")
ALERT = "AI 1: alert at 80 % of the disk (owner @oncall, due 2026-04-01)"
LOGS = "AI 2: rotate the logs (owner @dev, due 2026-04-08)"


def facts(*lines: str, draft: bool = False, end: str = "\n", severity: str = "SEV1") -> VersionFacts:
    head = ("---", f"severity: {severity}", "---", "# Post-mortem: API down", "", "## Action items")
    text = end.join((*head, *lines, ""))
    read = facts_reader(built_in("post-mortem"), Process())(PATH, text)
    return read._replace(draft=draft, day=INCIDENT)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}" if "T" in text else f"2026-{text}T12:00").replace(tzinfo=UTC)


def version(when: str, *lines: str, path: str = PATH, draft: bool = False, end: str = "\n") -> Version:
    landing = Landing(when, moment(when), "Dev", when, moment(when))
    return Version(landing, path, "blob", facts(*lines, draft=draft, end=end))


def deletion(when: str, path: str = PATH) -> Version:
    return version(when, path=path)._replace(blob=None, facts=None)


def merge(when: str, *lines: str, sides: Sequence[tuple[str, VersionFacts | None]]) -> Version:
    makings = tuple(Making(f"side {day}", moment(day), "Ops", side) for day, side in sides)
    return version(when, *lines)._replace(makings=makings)


def histories(*versions: Version, zone: ZoneInfo = PARIS) -> tuple[ItemHistory, ...]:
    return item_histories([DocumentVersions(KIND, versions)], zone=zone)[0]


def item_histories(
    documents: Sequence[DocumentVersions], *, zone: tzinfo
) -> tuple[tuple[ItemHistory, ...], ...]:
    return tuple(told.items for told in lifecycle.histories(fold(documents, zone=zone)))


def history(*versions: Version) -> ItemHistory:
    (item,) = histories(*versions)
    return item


def told(events: Sequence[Event]) -> list[str]:
    return [f"{event.landing.commit} {event.kind}" for event in events]


def test_an_item_is_opened_by_the_first_version_that_has_it() -> None:
    item = history(version("03-16", f"- [ ] {ALERT}"), version("03-17", f"- [ ] {ALERT}"))
    assert item.state == "open"
    assert item.document == PATH
    assert item.severity == "SEV1"
    assert item.events == (Event("opened", version("03-16").landing),)


def test_an_item_that_comes_ticked_is_opened_and_done() -> None:
    item = history(version("03-16", f"- [x] {ALERT}"))
    assert told(item.events) == ["03-16 opened", "03-16 done"]
    assert item.state == "done"


def test_tick_untick_and_give_up() -> None:
    item = history(
        version("03-16", f"- [ ] {ALERT}"),
        version("03-20", f"- [x] {ALERT}"),
        version("03-24", f"- [ ] {ALERT}"),
        version("03-28", "- [ ] AI 1: alert at 80 % of the disk (due 2026-04-01, won't do: new disks)"),
    )
    assert told(item.events) == [
        "03-16 opened",
        "03-20 done",
        "03-24 reopened",
        "03-28 reassigned",
        "03-28 abandoned",
    ]
    assert item.state == "abandoned"
    assert (item.events[3].before, item.events[3].after) == ("@oncall", None)


def test_an_item_given_up_and_taken_up_again_is_reopened() -> None:
    refused = ALERT.replace(")", ", won't do: new disks)")
    item = history(version("03-16", f"- [ ] {refused}"), version("03-20", f"- [ ] {ALERT}"))
    assert told(item.events) == ["03-16 opened", "03-16 abandoned", "03-20 reopened"]


def test_reworded_while_ticked() -> None:
    item = history(
        version("03-16", f"- [ ] {ALERT}"),
        version("03-20", f"- [x] {ALERT.replace('of the disk', 'of the disk and of its inodes')}"),
    )
    assert told(item.events) == ["03-16 opened", "03-20 reworded", "03-20 done"]
    reworded = item.events[1]
    assert reworded.before == "alert at 80 % of the disk"
    assert reworded.after == "alert at 80 % of the disk and of its inodes"


@pytest.mark.parametrize(
    ("when", "passed"), [("03-31", False), ("04-01", False), ("04-01T21:59", False), ("04-01T22:01", True)]
)
def test_a_slip_tells_whether_the_old_date_had_passed_where_the_team_is(when: str, passed: bool) -> None:
    item = history(
        version("03-16", f"- [ ] {ALERT}"), version(when, f"- [ ] {ALERT.replace('04-01', '05-01')}")
    )
    landing = version(when).landing
    assert item.events[1:] == (Event("rescheduled", landing, "2026-04-01", "2026-05-01", passed),)
    assert item.reschedules == item.events[1:]


@pytest.mark.parametrize(("when", "slips"), [("03-17", 0), ("03-17T12:01", 1)])
def test_a_date_mended_within_a_day_is_a_correction(when: str, slips: int) -> None:
    wrong = ALERT.replace("2026", "2027")
    item = history(version("03-16", f"- [ ] {wrong}"), version(when, f"- [ ] {ALERT}"))
    assert len(item.reschedules) == slips
    assert item.item.due == date(2026, 4, 1)


@pytest.mark.parametrize(("typo", "slips"), [("2026-03-13", 0), ("2026-03-14", 1)])
def test_a_date_before_the_incident_was_a_typo(typo: str, slips: int) -> None:
    wrong = ALERT.replace("2026-04-01", typo)
    item = history(version("03-16", f"- [ ] {wrong}"), version("03-25", f"- [ ] {ALERT}"))
    assert len(item.reschedules) == slips


def test_a_first_date_is_no_slip_and_one_taken_away_is() -> None:
    bare = ALERT.replace(", due 2026-04-01", "")
    item = history(
        version("03-16", f"- [ ] {bare}"),
        version("03-20", f"- [ ] {ALERT}"),
        version("04-03", f"- [ ] {bare}"),
        version("04-10", f"- [ ] {ALERT.replace('04-01', '06-01')}"),
    )
    assert [(event.before, event.after, event.after_due) for event in item.reschedules] == [
        ("2026-04-01", None, True),
        (None, "2026-06-01", False),
    ]


def test_a_date_that_nobody_can_read_stands_for_the_last_one() -> None:
    item = history(
        version("03-16", f"- [ ] {ALERT}"),
        version("03-20", f"- [ ] {ALERT.replace('2026-04-01', 'next spring')}"),
        version("03-24", f"- [ ] {ALERT}"),
        version("03-28", f"- [ ] {ALERT.replace('2026-04-01', 'next spring')}"),
        version("04-02", f"- [ ] {ALERT.replace('04-01', '05-01')}"),
    )
    assert told(item.events) == ["03-16 opened", "04-02 rescheduled"]
    assert item.events[1].before == "2026-04-01"


def test_what_is_done_slips_no_more() -> None:
    item = history(
        version("03-16", f"- [x] {ALERT}"),
        version("04-20", f"- [x] {ALERT.replace('04-01', '04-15')}"),
        version("04-22", f"- [ ] {ALERT.replace('04-01', '05-01')}"),
    )
    assert told(item.events) == ["03-16 opened", "03-16 done", "04-22 reopened"]


def test_a_new_date_beside_the_tick_is_a_slip() -> None:
    late = ALERT.replace("04-01", "04-15")
    item = history(version("03-16", f"- [ ] {ALERT}"), version("04-10", f"- [x] {late}"))
    assert told(item.events) == ["03-16 opened", "04-10 rescheduled", "04-10 done"]
    assert item.events[1].after_due


def test_an_agent_beside_the_owner_reassigns_nothing() -> None:
    item = history(
        version("03-16", f"- [ ] {ALERT}"),
        version("03-20", f"- [ ] {ALERT.replace('@oncall', '**@Oncall**')}"),
        version("03-22", f"- [ ] {ALERT.replace('@oncall', '@oncall with @bridge-bot')}"),
        version("03-24", f"- [ ] {ALERT.replace('@oncall', '@dev')}"),
    )
    assert told(item.events) == ["03-16 opened", "03-24 reassigned"]
    assert item.events[1].after == "@dev"


def test_a_line_that_goes_while_open_is_dropped_and_one_that_is_settled_is_not() -> None:
    alert, logs = histories(
        version("03-16", f"- [ ] {ALERT}", f"- [x] {LOGS}"),
        version("03-20"),
    )
    assert told(alert.events) == ["03-16 opened", "03-20 dropped"]
    assert told(logs.events) == ["03-16 opened", "03-16 done"]
    assert (alert.state, logs.state) == ("dropped", "done")


def test_what_was_dropped_comes_back_as_it_was() -> None:
    item = history(
        version("03-16", f"- [ ] {ALERT}"),
        version("03-20"),
        version("03-24", f"- [x] {ALERT.replace('04-01', '04-10')}"),
    )
    assert told(item.events) == [
        "03-16 opened",
        "03-20 dropped",
        "03-24 restored",
        "03-24 rescheduled",
        "03-24 done",
    ]
    assert item.state == "done"


def test_a_deleted_and_restored_file_leaves_every_item_open() -> None:
    lines = [f"- [ ] {ALERT}", f"- [ ] {LOGS}", "- [x] AI 3: tell the customers (owner @dev, due 2026-03-20)"]
    items = histories(version("03-16", *lines), deletion("03-20"), version("03-20T13:00", *lines))
    assert [item.state for item in items] == ["open", "open", "done"]
    for item in items[:2]:
        assert told(item.events) == ["03-16 opened", "03-20 dropped", "03-20T13:00 restored"]
    assert told(items[2].events) == ["03-16 opened", "03-16 done"]


def test_a_new_item_like_one_that_was_done_and_tidied_away_is_a_new_one() -> None:
    done, opened = "alert on the disk of prod 1", "alert on the disk of prod 2"
    items = histories(
        version("03-16", f"- [x] {done}"), version("03-20"), version("03-24", f"- [ ] {opened}")
    )
    assert [told(item.events) for item in items] == [["03-24 opened"], ["03-16 opened", "03-16 done"]]
    again = history(version("03-16", f"- [x] {done}"), version("03-20"), version("03-24", f"- [ ] {done}"))
    assert again.state == "open"


def test_a_draft_is_edited_freely() -> None:
    late = ALERT.replace("04-01", "06-01")
    items = histories(
        version("03-16", f"- [ ] {ALERT}", f"- [ ] {LOGS}", draft=True),
        version("03-20", f"- [ ] {late}", draft=True),
        version("03-24", f"- [ ] {late.replace('06-01', '07-01')}"),
        version("03-28", f"- [ ] {late}"),
    )
    assert [told(item.events) for item in items] == [["03-16 opened", "03-28 rescheduled"]]


def test_a_placeholder_keeps_a_document_from_being_published() -> None:
    unfinished = version("03-16", f"- [ ] {ALERT}")
    assert unfinished.facts
    unfinished = unfinished._replace(facts=unfinished.facts._replace(holds_placeholders=True))
    assert histories(unfinished, version("03-20")) == ()


def test_a_draft_that_was_published_once_breaks_promises() -> None:
    item = history(
        version("03-16"),
        version("03-20", f"- [ ] {ALERT}", draft=True),
        version("03-24", draft=True),
    )
    assert told(item.events) == ["03-20 opened", "03-24 dropped"]


def test_a_draft_deleted_and_restored_keeps_its_opening_date() -> None:
    draft = version("03-16", f"- [ ] {ALERT}", draft=True)
    item = history(draft, deletion("03-20"), version("03-24", f"- [ ] {ALERT}"))
    assert told(item.events) == ["03-16 opened"]


def test_reordered_and_renumbered_items_are_themselves() -> None:
    first, second = histories(
        version("03-16", f"- [ ] {ALERT}", f"- [ ] {LOGS}"),
        version("03-20", f"- [ ] {LOGS.replace('AI 2', 'AI 1')}", f"- [ ] {ALERT.replace('AI 1', 'AI 2')}"),
    )
    assert [told(item.events) for item in (first, second)] == [["03-16 opened"], ["03-16 opened"]]
    assert [item.item.number for item in (first, second)] == [1, 2]
    landing = version("03-20").landing
    assert [(item.renumberings[0].before, item.renumberings[0].after) for item in (first, second)] == [
        (2, 1),
        (1, 2),
    ]
    assert first.renumberings[0].landing == landing


def test_numbers_of_a_draft_are_free() -> None:
    renumbered = version("03-20", f"- [ ] {ALERT.replace('AI 1', 'AI 7')}")
    assert history(version("03-16", f"- [ ] {ALERT}", draft=True), renumbered).renumberings == ()


def test_a_rewrite_that_changes_every_line_and_no_item_tells_nothing() -> None:
    table = (
        "| # | Action | Owner | Due | Done |",
        "| --- | --- | --- | --- | --- |",
        "| 1 | **Alert** at 80 % of the `disk` | @oncall | 2026-04-01 | no |",
    )
    item = history(
        version("03-16", f"- [ ] {ALERT}", end="\r\n"),
        version("03-20", f"- [ ] {ALERT}"),
        version("03-22", f"* [ ] *AI 1* : {ALERT[6:]}"),
        version("03-24", *table),
    )
    assert told(item.events) == ["03-16 opened"]


def two(first: Sequence[Version], second: Sequence[Version]) -> tuple[tuple[ItemHistory, ...], ...]:
    documents = [DocumentVersions(KIND, first), DocumentVersions(KIND, second)]
    found = item_histories(documents, zone=PARIS)
    assert found == item_histories(documents[::-1], zone=PARIS)[::-1]
    return found


def test_an_item_moves_with_its_opening_date_and_its_events() -> None:
    late, moved = ALERT.replace("04-01", "05-01"), ALERT.replace("AI 1", "AI 5").replace("04-01", "05-01")
    (old,), (new,) = two(
        [version("03-16", f"- [ ] {ALERT}"), version("03-25", f"- [ ] {late}"), version("03-28")],
        [version("03-20", path=OTHER), version("03-28", f"- [x] {moved}", path=OTHER)],
    )
    assert told(old.events) == ["03-16 opened", "03-25 rescheduled", "03-28 moved"]
    assert (old.state, old.successor, old.events[-1].after) == ("moved", OTHER, OTHER)
    assert told(new.events) == ["03-16 opened", "03-25 rescheduled", "03-28 done"]
    assert (new.state, new.document, new.item.number, new.renumberings) == ("done", OTHER, 5, ())


def test_an_item_that_moves_back_leaves_a_row_in_each_document() -> None:
    first, second = two(
        [version("03-16", f"- [ ] {ALERT}"), version("03-20"), version("03-24", f"- [ ] {ALERT}")],
        [
            version("03-18", path=OTHER),
            version("03-20", f"- [ ] {ALERT}", path=OTHER),
            version("03-24", path=OTHER),
        ],
    )
    assert [told(item.events) for item in first] == [["03-16 opened"], ["03-16 opened", "03-20 moved"]]
    assert [(item.state, item.successor) for item in first + second] == [
        ("open", None),
        ("moved", OTHER),
        ("moved", PATH),
    ]


def test_a_copied_document_moves_nothing() -> None:
    (old,), (new,) = two(
        [version("03-16", f"- [ ] {ALERT}"), version("03-20", f"- [ ] {ALERT}")],
        [version("03-20", f"- [ ] {ALERT}", path=OTHER)],
    )
    assert (told(old.events), told(new.events)) == (["03-16 opened"], ["03-20 opened"])


def test_what_leaves_and_what_comes_in_two_commits_has_not_moved() -> None:
    (old,), (new,) = two(
        [version("03-16", f"- [ ] {ALERT}"), version("03-20")],
        [version("03-21", f"- [ ] {ALERT}", path=OTHER)],
    )
    assert (old.state, told(new.events)) == ("dropped", ["03-21 opened"])


def test_a_whole_document_may_move_from_one_file_to_another() -> None:
    (old,), (new,) = two(
        [version("03-16", f"- [ ] {ALERT}"), deletion("03-20")],
        [
            version("03-20", f"- [ ] {ALERT}", path=OTHER, draft=True),
            version("03-24", path=OTHER, draft=True),
        ],
    )
    assert (old.state, old.successor) == ("moved", OTHER)
    assert told(new.events) == ["03-16 opened", "03-24 dropped"], "a promise is one in a draft too"


def test_commits_of_one_second_are_taken_in_the_documents_order() -> None:
    second = [version("03-20", path=OTHER), version("03-21", f"- [ ] {ALERT}", path=OTHER)]
    same = [each._replace(landing=each.landing._replace(when=moment("03-20"))) for each in second]
    first = [version("03-16", f"- [ ] {ALERT}"), same[1]._replace(path=PATH, facts=facts())]
    (old,), (new,) = two(first, same)
    assert (old.state, told(new.events)) == ("moved", ["03-16 opened"])


def test_a_merge_names_the_commit_of_its_side_that_made_each_change() -> None:
    late = ALERT.replace("04-01", "05-01")
    item = history(
        version("03-16", f"- [ ] {ALERT}"),
        merge(
            "04-03",
            f"- [x] {late}",
            sides=[
                ("03-30", facts(f"- [ ] {late}", f"- [ ] {LOGS}")),
                ("04-02", facts(f"- [x] {late}", f"- [ ] {LOGS}")),
                ("04-02T15:00", facts(f"- [x] {late}")),
            ],
        ),
    )
    assert told(item.events) == ["03-16 opened", "04-03 rescheduled", "04-03 done"]
    makers = [(event.landing.made_by, event.landing.author) for event in item.events[1:]]
    assert makers == [("side 03-30", "Ops"), ("side 04-02", "Ops")]
    assert not item.events[1].after_due, "it was made before the date, and landed after it"


def test_a_merge_that_resolves_by_itself_made_the_change() -> None:
    done, late = f"- [x] {ALERT}", f"- [ ] {ALERT.replace('04-01', '05-01')}"
    both = f"- [x] {ALERT.replace('04-01', '06-01')}"
    item = history(
        version("03-16", f"- [ ] {ALERT}"),
        merge("03-25", both, sides=[("03-20", facts(done)), ("03-21", facts(late))]),
    )
    assert [event.landing.made_by for event in item.events] == ["03-16", "03-25", "side 03-20"]


def test_who_dropped_and_who_opened_on_a_side() -> None:
    alert, logs = f"- [ ] {ALERT}", f"- [ ] {LOGS}"
    new, old = histories(
        version("03-16", alert),
        merge(
            "03-25",
            logs,
            sides=[("03-20", facts(alert, logs)), ("03-21", facts(logs)), ("03-22", facts(logs))],
        ),
    )
    assert (new.events[0].kind, new.events[0].landing.made_by) == ("opened", "side 03-20")
    assert (old.events[1].kind, old.events[1].landing.made_by) == ("dropped", "side 03-21")


def test_who_deleted_a_document_on_a_side() -> None:
    gone = merge("03-25", sides=[("03-20", facts(f"- [ ] {ALERT}")), ("03-21", None)])
    item = history(version("03-16", f"- [ ] {ALERT}"), gone._replace(blob=None, facts=None))
    assert (item.state, item.events[1].landing.made_by) == ("dropped", "side 03-21")


def test_folding_goes_on_from_where_it_was_left() -> None:
    late = ALERT.replace("04-01", "05-01")
    first = [version("03-16", f"- [ ] {ALERT}"), version("03-25", f"- [ ] {late}"), version("03-28")]
    second = [version("03-20", path=OTHER), version("03-28", f"- [x] {late}", path=OTHER)]
    halves = fold([DocumentVersions(KIND, first[:2]), DocumentVersions(KIND, second[:1])], zone=PARIS)
    rest = [DocumentVersions(KIND, first[2:], halves[0]), DocumentVersions(KIND, second[1:], halves[1])]
    assert item_histories(rest, zone=PARIS) == two(first, second)
    whole = [DocumentVersions(KIND, first), DocumentVersions(KIND, second)]
    assert fold(rest, zone=PARIS) == fold(whole, zone=PARIS)


LINES = st.lists(
    st.builds(
        "- [{}] {}{} (owner {}, due 2026-0{}-01{})".format,
        st.sampled_from("  x"),
        st.sampled_from(["", "AI 1: ", "AI 2: "]),
        st.sampled_from(
            ["alert on the disk", "alert on the disk usage", "rotate the logs", "tester la bascule"]
        ),
        st.sampled_from(["@dev", "@ops"]),
        st.sampled_from("456"),
        st.sampled_from(["", "", ", won't do: no time"]),
    ),
    max_size=4,
)
HISTORIES = st.lists(st.one_of(st.none(), LINES), min_size=1, max_size=6)


def landed(lists: Sequence[Sequence[str] | None], path: str = PATH) -> list[Version]:
    start = datetime(2026, 3, 16, 12, tzinfo=UTC)
    made: list[Version] = []
    for number, lines in enumerate(lists):
        landing = Landing(str(number), start + timedelta(days=3 * number), "Dev", str(number), start)
        made.append(Version(landing, path, "blob", None if lines is None else facts(*lines)))
    return made


@given(HISTORIES)
def test_the_events_fold_to_what_the_last_version_says(lists: list[list[str] | None]) -> None:
    versions = landed(lists)
    items = histories(*versions)
    last = versions[-1].facts.items if versions[-1].facts else ()
    for item, written in zip(items, last, strict=False):
        assert item.item == written
        assert item.state == written.state == state_after(item.events)
    for item in items[len(last) :]:
        assert item.state in ("done", "abandoned", "dropped")
    for item in items:
        assert item.events[0].kind == "opened"
        assert item.opened == item.events[0].landing


@given(HISTORIES)
def test_an_unchanged_or_reformatted_version_adds_no_event(lists: list[list[str] | None]) -> None:
    again = [line.replace("the", "**The**") for line in lists[-1] or ()]
    reformatted = None if lists[-1] is None else [line.replace("- [", "* [") for line in again]
    before = histories(*landed(lists))
    after = histories(*landed([*lists, lists[-1], reformatted]))
    assert [item.events for item in after] == [item.events for item in before]


@given(HISTORIES)
def test_deleting_and_restoring_everything_leaves_every_item_as_it_was(lists: list[list[str] | None]) -> None:
    before = histories(*landed(lists))
    after = histories(*landed([*lists, None, lists[-1]]))
    assert [item.state for item in after] == [item.state for item in before]
    assert [item.opened for item in after] == [item.opened for item in before]


@given(HISTORIES, HISTORIES)
def test_two_documents_lose_no_item_between_them(
    one: list[list[str] | None], other: list[list[str] | None]
) -> None:
    documents = [DocumentVersions(KIND, landed(one)), DocumentVersions(KIND, landed(other, OTHER))]
    found = item_histories(documents, zone=UTC)
    for items, versions in zip(found, (landed(one), landed(other)), strict=True):
        last = versions[-1].facts.items if versions[-1].facts else ()
        assert tuple(item.item for item in items[: len(last)]) == last
    for item in (*found[0], *found[1]):
        assert item.state == state_after(item.events)
        assert (item.state == "moved") == (item.successor is not None)
