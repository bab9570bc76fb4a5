"""Action items in every notation become the same values, and none is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.action_items.reading import ActionItem, ActionItems, read_action_items
from incidentdocs.documents.sections import read_sections
from incidentdocs.markdown.places import Span
from incidentdocs.markdown.source import parse
from incidentdocs.profiles.loading import built_in


def read(text: str) -> ActionItems:
    _, sections = read_sections(parse(f"## Action items\n{text}"), built_in("post-mortem"))
    return read_action_items(sections)


def only(text: str) -> ActionItem:
    (item,) = read(text).items
    return item


def marked(text: str, span: Span) -> str:
    assert span.line == span.end_line
    return f"## Action items\n{text}".split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


def test_the_written_form_is_read_whole() -> None:
    text = "- [ ] AI 1 : alerter à 80 % (owner @oncall, due 2026-04-01)"
    item = only(text)
    assert (item.number, item.description, item.owners) == (1, "alerter à 80 %", ("@oncall",))
    assert (item.due, item.state, item.checked, item.problem) == (date(2026, 4, 1), "open", False, None)
    assert marked(text, item.span) == "AI 1 : alerter à 80 % (owner @oncall, due 2026-04-01)"
    assert item.number_text is not None
    assert item.owner_text is not None
    assert item.due_text is not None
    assert marked(text, item.number_text.span()) == "AI 1"
    assert marked(text, item.owner_text.span()) == "@oncall"
    assert marked(text, item.due_text.span()) == "2026-04-01"


def test_an_item_over_several_lines_is_one_item() -> None:
    item = only("- [ ] AI 1: alert at 80 %\n  of the limit (owner @a,\n  due 2026-04-01)\n\n  More about it.")
    assert item.description == "alert at 80 % of the limit"
    assert (item.owners, item.due) == (("@a",), date(2026, 4, 1))
    assert (item.line, item.last) == (2, 6)


@pytest.mark.parametrize(
    "label",
    [
        "AI 7 :",
        "AI-7:",
        "AI7 -",
        "AI #7.",
        "ai 7)",
        "Action 7:",
        "**AI 7** :",
        "__AI 7__ :",
        "**AI 7:**",
        "AI 7",
    ],
)
def test_a_number_is_read_however_it_is_written(label: str) -> None:
    item = only(f"- [ ] {label} rotate the keys (owner @a, due 2026-04-01)")
    assert (item.number, item.description) == (7, "rotate the keys")


@pytest.mark.parametrize(
    "text",
    [
        "- [ ] **AI 7: rotate the keys (owner @a, due 2026-04-01)**",
        "- [ ] **AI 7: rotate the keys** (owner @a)",
    ],
)
def test_emphasis_around_an_item_is_no_part_of_its_description(text: str) -> None:
    assert only(text).description == "rotate the keys"


@pytest.mark.parametrize("word", ["AI 1.2 is a version", "AI is new", "Air 7: no", "AI 7up"])
def test_other_words_are_no_number(word: str) -> None:
    assert only(f"- [ ] {word}").number is None


def test_the_numbers_of_a_numbered_list_are_those_that_a_reader_sees() -> None:
    assert [item.number for item in read("3. [ ] a\n3. [ ] b\n3. [ ] AI 9: c").items] == [3, 4, 9]


def test_brackets_links_and_code_in_the_description_are_left_in_it() -> None:
    item = only(
        "- [ ] AI 1: check `f(owner @x)` and [the page](https://example.org/a_(b)) (all of it) "
        "(owner @a, due 2026-04-01)"
    )
    assert item.description == "check f(owner @x) and the page (all of it)"
    assert item.owners == ("@a",)


@pytest.mark.parametrize(
    "words",
    [
        "(due to slow disks)",
        "(issue created)",
        "(by hand)",
        "(owner of the cache)",
        "(who knows)",
        "(see above)",
    ],
)
def test_a_bracket_of_the_description_is_no_field(words: str) -> None:
    item = only(f"- [ ] AI 1: raise the timeout {words}")
    assert item.description == f"raise the timeout {words}"
    assert (item.owner_text, item.due_text, item.refs, item.problem) == (None, None, (), None)


def test_after_the_due_date_come_evidence_and_the_day_it_was_done() -> None:
    item = only(
        "- [x] AI 1: renew (owner @a, due 2026-04-01, ref https://example.org/x_(y), #12, done 2026-03-28)"
    )
    assert item.refs == ("https://example.org/x_(y)", "#12")
    assert (item.state, item.done, item.problem) == ("done", date(2026, 3, 28), None)


@pytest.mark.parametrize("box", ["[ ]", "[x]"])
@pytest.mark.parametrize("word", ["won't do:", "wont do", "abandonné :", "ne sera pas fait :", "cancelled:"])
def test_an_abandoned_item_says_why_with_commas_and_brackets(box: str, word: str) -> None:
    item = only(f"- {box} AI 1: renew (owner @a, due 2026-04-01, {word} in use, see (the list), and rare)")
    assert (item.state, item.reason) == ("abandoned", "in use, see (the list), and rare")
    assert item.problem is None


def test_without_a_reason_an_item_is_not_abandoned() -> None:
    item = only("- [ ] AI 1: renew (owner @a, due 2026-04-01, won't do)")
    assert item.state == "open"
    assert item.problem is not None
    assert item.problem.hint == "write `won't do: reason`"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("- [X] AI 1: a", "done"),
        ("- AI 1: a (done)", "done"),
        ("- ✅ AI 1: a", "done"),
        ("- AI 1: a", "open"),
        ("- [ ] AI 1: make the job done", "open"),
    ],
)
def test_a_tick_makes_an_item_done(text: str, state: str) -> None:
    assert only(text).state == state


@pytest.mark.parametrize(
    ("owner", "persons", "companions"),
    [
        ("@a and @b", ("@a", "@b"), ()),
        ("@a, @b", ("@a", "@b"), ()),
        ("@a & @b", ("@a", "@b"), ()),
        ("@a / @b", ("@a", "@b"), ()),
        ("@a et @b", ("@a", "@b"), ()),
        ("Alice Martin", ("Alice Martin",), ()),
        ("Alice Martin @alice", ("Alice Martin @alice",), ()),
        ("jane.doe@example.org", ("jane.doe@example.org",), ()),
        ("@org/team", ("@org/team",), ()),
        ("équipe réseau et stockage", ("équipe réseau et stockage",), ()),
        ("@dev with @bridge-bot", ("@dev",), ("@bridge-bot",)),
        ("@dev avec @bridge-bot et @autre", ("@dev",), ("@bridge-bot", "@autre")),
        ("**@dev**", ("@dev",), ()),
        ("with @bridge-bot", (), ("@bridge-bot",)),
        ("nobody", (), ()),
    ],
)
def test_owners_are_persons_and_companions_stand_beside_them(
    owner: str, persons: tuple[str, ...], companions: tuple[str, ...]
) -> None:
    item = only(f"- [ ] AI 1: a (owner: {owner}, due: 2026-04-01)")
    assert (item.owners, item.companions, item.due) == (persons, companions, date(2026, 4, 1))


@pytest.mark.parametrize(
    "due", ["31/12/2026", "next week", "Q3", "2026-02-30", "April 5, 2026", "YYYY-MM-DD"]
)
def test_a_due_date_that_is_none_is_kept_as_written(due: str) -> None:
    item = only(f"- [ ] AI 1: a (owner @a, due {due})")
    assert item.due is None
    assert item.due_text is not None
    assert item.due_text.source == due


def test_fields_may_stand_on_lines_of_their_own() -> None:
    item = only(
        "- [ ] AI 1: rotate the keys\n  - **Owner**: @a\n  - Échéance : 2026-04-01\n  - https://example.org/1"
    )
    assert (item.owners, item.due, item.refs) == (("@a",), date(2026, 4, 1), ("https://example.org/1",))


def test_fields_may_end_a_sentence_without_brackets() -> None:
    item = only("- [ ] AI 1: rotate the keys. Owner: @a. Due: 2026-04-01")
    assert (item.owners, item.due) == (("@a",), date(2026, 4, 1))
    assert item.description == "rotate the keys."


def test_a_nested_box_is_an_item_only_with_a_number_or_a_field() -> None:
    items = read("- [ ] AI 1: a (owner @a)\n  - [ ] first step\n  - [x] AI 2: b\n  - [ ] c (owner @c)").items
    assert [item.description for item in items] == ["a", "b", "c"]


def test_a_bullet_above_boxes_is_their_title() -> None:
    assert [item.description for item in read("- Monitoring\n  - [ ] a\n  - [ ] b").items] == ["a", "b"]


def test_a_numbered_heading_is_an_item_and_any_other_heading_is_none() -> None:
    text = "### Process\n\nWords.\n\n### AI 4 : rotate\n\nOwner: @a\nDue: 2026-04-01\n\n### Later\n\n- [ ] b"
    first, second = read(text).items
    assert (first.number, first.description, first.owners, first.due) == (
        4,
        "rotate",
        ("@a",),
        date(2026, 4, 1),
    )
    assert second.description == "b"


def test_lines_outside_lists_that_look_like_items_are_items() -> None:
    text = "AI 1 : a (owner @a, due 2026-04-01)\n-[ ] AI 2 : b (owner @a)\n\nWe met.\n\nc (owner @c)"
    first, second, third = read(text).items
    assert (first.description, second.description, third.description) == ("a", "b", "c")
    assert second.problem is not None
    assert marked(text, second.problem.span) == "-[ ]"


def test_a_line_below_a_list_that_looks_like_an_item_is_one() -> None:
    items = read("- [ ] AI 1: a (owner @a)\nAI 2: b (owner @b)\n[x] AI 3: c").items
    assert [(item.number, item.owners) for item in items] == [(1, ("@a",)), (2, ("@b",)), (3, ())]


def test_a_comment_at_the_end_of_an_item_is_no_part_of_it() -> None:
    item = only("- [ ] AI 1: a (owner @a) <!-- incidentdocs: ignore[action-item-due] planned later -->")
    assert (item.description, item.owners, item.problem) == ("a", ("@a",), None)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("- [ ] AI 1: a (owner @a, due 2026-04-01", "(owner @a, due 2026-04-01"),
        ("- [ ] AI 1: a (ownr @a, due 2026-04-01)", "ownr @a"),
        ("- [ ] AI 1: a (owner @a, due 2026-04-01, soon)", "soon"),
        ("- [ ] AI 1: a (owner @a, due 2026-04-01) in the proxy", "in the proxy"),
        ("- [] AI 1: a (owner @a, due 2026-04-01)", "[]"),
        ("- [ ] AI 1: (owner @a, due 2026-04-01)", "AI 1: (owner @a, due 2026-04-01)"),
        ("- [ ] AI 1: a (owner @a, due 2026-04-01, done 2026-04-02)", "2026-04-02"),
        ("- [x] AI 1: a (owner @a, due 2026-04-01, done yesterday)", "yesterday"),
        ("- [ ] ", "[ ]"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(text: str, marks: str) -> None:
    item = only(text)
    assert item.problem is not None
    assert marked(text, item.problem.span) == marks


def test_a_misspelt_field_is_read_as_the_one_it_was_meant_to_be() -> None:
    item = only("- [ ] AI 1: a (ownr @a, due 2026-04-01)")
    assert item.owners == ("@a",)
    assert item.problem is not None
    assert item.problem.hint == "write `owner @a`"


def test_a_table_gives_items_with_its_columns_in_any_order() -> None:
    text = (
        "| État | Échéance | # | Responsable | Tâche | Réf |\n|---|---|---|---|---|---|\n"
        "| **Fait** | 2026-04-01 | AI-1 | @a | Purger \\| trier | #4 |\n"
        "| annulé : le service n'existe plus | demain | 2 | @b et @c | Déplacer | |\n| | | | | | |\n"
    )
    first, second = read(text).items
    assert (first.state, first.due, first.number, first.owners) == ("done", date(2026, 4, 1), 1, ("@a",))
    assert first.refs == ("#4",)
    assert (second.state, second.reason, second.number) == ("abandoned", "le service n'existe plus", 2)
    assert (second.owners, second.due) == (("@b", "@c"), None)


def test_a_table_of_something_else_holds_no_items() -> None:
    assert read("| Host | Load |\n|---|---|\n| a | 3 |\n").items == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Aucune action : le fournisseur a réparé.", "le fournisseur a réparé."),
        ("- No action: it was announced", "it was announced"),
        ("No action items: it was announced", "it was announced"),
        ("None: it was announced", "it was announced"),
        ("- [ ] No action needed because it was announced", "it was announced"),
        ("None.", None),
        ("Aucune.", None),
        ("Nothing to see", None),
    ],
)
def test_a_section_says_why_it_has_no_items(text: str, reason: str | None) -> None:
    found = read(text)
    assert found.items == ()
    assert (found.none_reason.source if found.none_reason else None) == reason


def test_an_item_that_begins_with_no_is_an_item() -> None:
    assert (
        len(read("- [ ] No action in the console may delete backups (owner @a, due 2026-04-01)").items) == 1
    )


HANDLES = st.from_regex(r"@[a-z][a-z0-9-]{0,8}[a-z0-9]", fullmatch=True)
WORDS = st.lists(
    st.sampled_from(
        [
            "rotate",
            "the keys",
            "été",
            "(all)",
            "`a (owner @x)`",
            "[a](https://example.org/b_(c))",
            "80 %",
            "a_b",
            "x, y",
        ]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
DATES = st.dates(date(2020, 1, 1), date(2035, 12, 31))
NOTATIONS = [
    "- [{box}] AI {number} : {words} (owner {owner}, due {due})",
    "* [{box}] AI-{number}: {words} (owner: {owner}, due: {due})",
    "+ [{box}] **AI {number}** : {words} (responsable : {owner}, échéance : {due})",
    "{number}. [{box}] {words} (assigné à {owner}, pour le {due})",
    "- [{box}] AI #{number} {words}\n  (due {due}, owner {owner})",
    "- [{box}] Action {number}: {words} (who: {owner}; deadline {due})",
    "- [{box}] AI {number}: {words} ({owner}, {due})",
    "- [{box}] AI {number}: {words} (owner {owner} due {due})",
    "- [{box}] AI {number}: {words} - owner: {owner} - due: {due}",
    "- [{box}] AI {number}: {words}\n  - Owner: {owner}\n  - Due: {due}",
    "- [{box}] AI {number}: {words}\n\n  Porteur : {owner}\n  D'ici le : {due}",
    "- Security\n  - [{box}] AI {number}: {words} (owner {owner}, by {due})",
    "> - [{box}] AI {number}: {words} (owner {owner}, due {due}).",
    "| # | Action | Owner | Due | Done |\n|--|--|--|--|--|\n| {number} | {words} | {owner} | {due} | {box} |",
    "| By | AI | State | Who | Task |\n|--|--|--|--|--|\n| {due} | AI-{number} | {box} | {owner} | {words} |",
]


@given(st.sampled_from(NOTATIONS), st.integers(1, 9999), WORDS, HANDLES, DATES, st.booleans())
def test_an_item_reads_the_same_in_every_notation(
    notation: str, number: int, words: str, owner: str, due: date, done: bool
) -> None:
    item = only(notation.format(box="x" if done else " ", number=number, words=words, owner=owner, due=due))
    plainly = only(f"- [ ] AI 1: {words}").description
    assert (item.number, item.description, item.owners, item.due) == (number, plainly, (owner,), due)
    assert item.state == ("done" if done else "open")
    assert item.problem is None


LIKE_ITEMS = ["- [ ] AI {} : a", "* [x] AI {} : b (owner @x)", "AI {} : c", "-[ ] AI {} : d", "• AI {}: e"]
OTHER_LINES = [
    "",
    "words",
    "> quoted",
    "- bullet",
    "### Heading",
    "(owner @a",
    "1. one",
    "**bold**",
    "due: soon",
]


@given(st.lists(st.sampled_from(LIKE_ITEMS + OTHER_LINES), max_size=12))
def test_no_line_that_looks_like_an_item_is_dropped(lines: list[str]) -> None:
    numbered = [line.format(number) for number, line in enumerate(lines, start=100)]
    expected = {number for number, line in enumerate(lines, start=100) if line in LIKE_ITEMS}
    found = [item.number for item in read("\n".join(numbered)).items]
    assert expected <= set(found)
    assert all(found.count(number) == 1 for number in expected)


WORDS_OF_ITEMS = (
    "- [ ] |AI 1 :|(|)|[|]|owner |@a|, |due |2026-04-01|2026-99-99|won't do|done|https://a.b/c|#12|✅|٣"
)
SIGNS = ("\n", "\n\n", "  ", "`", "**", "<!-- ", "-->", "|", "é", "—", ":", "\t", ">", "\\")
PIECES = st.sampled_from((*WORDS_OF_ITEMS.split("|"), *SIGNS))


@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_is_read_and_every_place_is_inside_the_file(text: str) -> None:
    source = parse(f"## Action items\n{text}")
    _, sections = read_sections(source, built_in("post-mortem"))
    for item in read_action_items(sections).items:
        texts = (item.number_text, item.owner_text, item.due_text, item.description_text)
        spans = [item.span, *(found.span() for found in texts if found)]
        spans += [item.problem.span] if item.problem else []
        for span in spans:
            assert span[:2] <= span[2:]
            assert span.column <= len(source.lines[span.line - 1]) + 1
            assert span.end_column <= len(source.lines[span.end_line - 1]) + 1
        assert item.line <= item.last <= len(source.lines)


def test_a_column_called_ai_may_hold_what_is_to_be_done() -> None:
    found = read("| AI | Owner | Due | Done |\n|--|--|--|--|\n| Rotate keys | @a | 2026-04-01 | |\n")
    assert [(item.description, item.number) for item in found.items] == [("Rotate keys", None)]
    found = read("| AI | Owner | Pour quand |\n|--|--|--|\n| AI 3 | @a | 2026-04-01 |\n")
    assert [(item.description, item.number, item.due) for item in found.items] == [("", 3, date(2026, 4, 1))]


@pytest.mark.parametrize("note", [". It needs an agent.", " - needs an agent", " — see the wiki"])
def test_a_remark_after_the_fields_is_no_part_of_the_item(note: str) -> None:
    item = only(f"- [ ] AI 1: watch the disks (owner @a, due 2026-04-01){note}")
    assert (item.description, item.owners, item.due) == ("watch the disks", ("@a",), date(2026, 4, 1))
    assert item.problem is None


def test_a_handle_behind_an_unknown_word_is_the_owner_and_is_told_once() -> None:
    item = only("- [ ] AI 1: watch the disks (captain @a, due 2026-04-01)")
    assert item.owners == ("@a",)
    assert item.problem is not None
    assert item.problem.hint == "write `owner @a`"


@pytest.mark.parametrize(
    ("bug", "state", "stated", "refs"),
    [
        ("#12", "open", False, ("#12",)),
        ("#12 TODO", "open", True, ("#12",)),
        ("#12 **DONE**", "done", True, ("#12",)),
        ("[OPS-7](https://bugs.example.org/7) DONE", "done", True, ("https://bugs.example.org/7",)),
        ("n/a **DONE**", "done", True, ()),
        ("DONE", "done", True, ()),
        ("n° 77 FAIT", "done", True, ()),
        ("n/a", "open", False, ()),
        ("to be opened", "open", False, ()),
        ("ABANDONED", "open", False, ()),
        ("", "open", False, ()),
    ],
)
def test_a_column_of_bugs_has_the_evidence_and_behind_it_the_state(
    bug: str, state: str, stated: bool, refs: tuple[str, ...]
) -> None:
    item = only(
        f"| Action item | Type | Owner | Bug |\n|---|---|---|---|\n| Add a | prevent | @dev | {bug} |\n"
    )
    assert (item.description, item.owners, item.state, item.stated, item.refs) == (
        "Add a",
        ("@dev",),
        state,
        stated,
        refs,
    )
    assert item.problem is None


def test_a_column_of_bugs_without_any_other_is_what_is_to_be_done() -> None:
    assert (
        only("| Bug | Owner |\n|---|---|\n| The cache is cold | @dev |\n").description == "The cache is cold"
    )
