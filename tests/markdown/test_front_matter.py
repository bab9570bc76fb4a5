"""Front matter becomes fields with places; what is wrong in it becomes problems with places and hints."""

from datetime import date

import pytest

from incidentdocs.markdown.blocks import Heading, List, Paragraph, Quote, ThematicBreak
from incidentdocs.markdown.front_matter import Field, FrontMatter
from incidentdocs.markdown.places import Problem, Span
from incidentdocs.markdown.source import parse


def _head(*rows: str) -> FrontMatter:
    head = parse("\n".join(("---", *rows, "---", "", "# Title", ""))).front_matter
    assert head is not None
    assert (head.first, head.last) == (1, len(rows) + 2)
    return head


def _field(head: FrontMatter, key: str) -> Field:
    field = head.get(key)
    assert field is not None
    return field


def _only_problem(*rows: str) -> Problem:
    (problem,) = _head(*rows).problems
    assert problem.message
    assert problem.hint
    return problem


def test_each_field_has_its_value_and_its_places() -> None:
    head = _head(
        "severity: SEV1", "services:  [api, 'b c']", "empty:", "landed: 2026-03-01", "n: 12", "on: yes"
    )
    assert head.problems == ()
    assert [(field.key, field.value) for field in head.fields] == [
        ("severity", "SEV1"),
        ("services", ["api", "b c"]),
        ("empty", None),
        ("landed", date(2026, 3, 1)),
        ("n", 12),
        ("on", True),
    ]
    assert _field(head, "services").span == Span(3, 12, 3, 24)
    assert _field(head, "services").key_span == Span(3, 1, 3, 9)
    assert _field(head, "empty").span == _field(head, "empty").key_span
    assert head.get("absent") is None


def test_a_value_of_several_lines_ends_with_its_own_text() -> None:
    head = _head("authors:", "  - one", "  - two  # note", "", "# other", "text: |", "  more", "", "last: x")
    assert _field(head, "authors").span == Span(3, 3, 4, 8)
    assert _field(head, "text").span == Span(7, 7, 8, 7)


def test_columns_count_characters() -> None:
    assert _field(_head("title: 🔥 été"), "title").span == Span(2, 8, 2, 13)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("fence", ["---", "...", "---  "])
def test_the_body_begins_behind_the_closing_fence(ending: str, fence: str) -> None:
    source = parse(ending.join(("\ufeff---", "a: 1", fence, "# Title", "")))
    assert source.front_matter is not None
    assert source.front_matter.last == 3
    assert [(type(block), block.first) for block in source.blocks] == [(Heading, 4)]


def test_an_empty_front_matter_has_no_fields() -> None:
    assert _head().fields == ()
    assert _head("").fields == ()
    assert _head("# nothing yet").comments == ((2, "nothing yet"),)


def test_comments_are_found_outside_quotes_and_block_texts() -> None:
    head = _head(
        "# first",
        "a: x # second",
        "b: 'y # no'  # third",
        "c: |",
        "  z # no",
        "  # no",
        "d: e#no",
        "e:",
        "  - f  # fourth",
    )
    assert head.comments == ((2, "first"), (3, "second"), (4, "third"), (10, "fourth"))


def test_a_comment_stands_beside_a_broken_field_too() -> None:
    head = _head("title: a: b # incidentdocs: ignore[x] reason")
    assert head.comments == ((2, "incidentdocs: ignore[x] reason"),)
    assert _field(head, "title").value == "a: b"


def test_a_key_written_twice_is_told_at_the_second() -> None:
    head = _head("severity: SEV1", "n: 1", "severity: SEV2")
    assert [problem.span for problem in head.problems] == [Span(4, 1, 4, 9)]
    assert "line 2" in head.problems[0].message
    assert _field(head, "severity").value == "SEV1"


def test_a_key_written_twice_further_down_is_told_too() -> None:
    assert _only_problem("a: {x: 1, x: 2}").span == Span(2, 11, 2, 12)


def test_a_date_that_does_not_exist_is_told_and_kept_as_text() -> None:
    head = _head("date: 2026-02-30", "severity: SEV2")
    assert [problem.span for problem in head.problems] == [Span(2, 7, 2, 17)]
    assert "YYYY-MM-DD" in head.problems[0].hint
    assert _field(head, "date").value == "2026-02-30"
    assert _field(head, "severity").value == "SEV2"


NO_FIELD = "write each field on a line of its own, as `key: value` with a space after the colon"


@pytest.mark.parametrize(
    ("row", "span", "hint"),
    [
        ("title: a: b", Span(3, 8, 3, 12), 'write title: "a: b"'),
        ("owner: @who", Span(3, 8, 3, 12), 'write owner: "@who"'),
        ("owner: `x`", Span(3, 8, 3, 11), 'write owner: "`x`"'),
        ('a: "b', Span(3, 4, 3, 6), "close the quote at the value's end"),
        ("a: [b", Span(3, 4, 3, 6), "end it with its bracket, as in `[a, b]`"),
        ("a: *b", Span(3, 4, 3, 6), "write the value out instead of `*name`"),
        ("\ta: b", Span(3, 1, 3, 6), "write spaces instead of the tab"),
        (" a: b", Span(3, 3, 3, 6), "begin its line with `a:`"),
        ("some text", Span(3, 1, 3, 10), NO_FIELD),
        ("a:b", Span(3, 1, 3, 4), NO_FIELD),
        ("<<: {a: 1}", Span(3, 1, 3, 3), "write the merged fields out, one a line"),
        ("? [a]\n: b", Span(3, 3, 3, 6), "write the field as `key: value`"),
        ("a: !!python/name:os.system x", Span(3, 4, 3, 29), "write the plain value"),
        ("a: !!bool maybe", Span(3, 4, 3, 16), 'write it as text or as a list: a: "!!bool maybe"'),
        ("a: b\0c", Span(3, 5, 3, 6), "delete it"),
        ("a: \ud800", Span(3, 4, 3, 5), "delete it"),
    ],
)
def test_a_row_that_is_wrong_is_told_with_what_to_write(row: str, span: Span, hint: str) -> None:
    head = _head("severity: SEV1", *row.split("\n"), "services: [api]")
    assert [(problem.span, problem.hint) for problem in head.problems] == [(span, hint)]
    assert _field(head, "severity").value == "SEV1"
    assert _field(head, "services").value == ["api"]


@pytest.mark.parametrize("rows", [("just text",), ("- a", "- b"), ("[a, b]",), ("'text'",), ("--- a",)])
def test_a_head_that_is_no_mapping_is_told(rows: tuple[str, ...]) -> None:
    assert _only_problem(*rows).message == "not a field"


def test_aliases_that_explode_are_refused() -> None:
    rows = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    head = _head(*rows)
    assert len(head.problems) == 39
    assert _field(head, "a39").value == "&a39 [*a38, *a38]"


def test_a_few_aliases_are_read() -> None:
    head = _head("a: &x [1, 2]", "b: *x", "c: {d: *x}")
    assert head.problems == ()
    assert _field(head, "b").value == [1, 2]
    assert _field(head, "b").span == _field(head, "b").key_span
    assert _field(head, "c").value == {"d": [1, 2]}


@pytest.mark.parametrize("row", ["a: &a [*a]", "a: &a {b: *a}"])
def test_a_value_that_holds_itself_is_told(row: str) -> None:
    assert _only_problem(row).span.line == 2


@pytest.mark.parametrize("value", ["[" * 100, "[" * 50_000, "{a: " * 100, "{a: " * 100 + "}" * 100])
def test_deep_nesting_is_told(value: str) -> None:
    assert _only_problem(f"a: {value}").message == "nested too deeply"


@pytest.mark.parametrize("value", ["1" * 100_000, "1" + ":1" * 100_000, "0x" + "f" * 100_000])
def test_numbers_beyond_measure_stay_text(value: str) -> None:
    assert _field(_head(f"a: {value}"), "a").value == value


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_other_line_separators_do_not_move_the_places(separator: str) -> None:
    head = _head(f"a: x{separator}y", "b: z")
    assert _field(head, "b").span == Span(3, 4, 3, 5)


def test_a_missing_end_is_told_and_the_fields_are_read() -> None:
    source = parse("---\nseverity: SEV1\nservices:\n  - api\n\n# Title\n\ntext\n")
    head = source.front_matter
    assert head is not None
    assert (head.first, head.last) == (1, 4)
    assert [field.key for field in head.fields] == ["severity", "services"]
    assert [(problem.span, problem.hint) for problem in head.problems] == [
        (Span(1, 1, 1, 4), "write `---` on a line of its own after line 4")
    ]
    assert [block.first for block in source.blocks] == [6, 8]


def test_a_missing_end_is_told_though_a_thematic_break_follows() -> None:
    source = parse("---\nseverity: SEV1\n\n# Title\n\n- a\n- b\n\n---\n\nend\n")
    head = source.front_matter
    assert head is not None
    assert head.last == 2
    assert [type(block) for block in source.blocks] == [Heading, List, ThematicBreak, Paragraph]


@pytest.mark.parametrize(
    "text",
    [
        "---\n",
        "---\n\n# Title\n",
        "---\nSome prose, and no end\n",
        "---\n\nSome prose.\n\n---\n\n> more\n",
        "----\na: b\n---\n",
        " ---\na: b\n---\n",
        "a: b\n---\n",
    ],
)
def test_a_thematic_break_is_no_front_matter(text: str) -> None:
    assert parse(text).front_matter is None


def test_text_between_thematic_breaks_is_read_as_text() -> None:
    blocks = parse("---\n\nSome prose.\n\n---\n\n> more\n").blocks
    assert [type(block) for block in blocks] == [ThematicBreak, Paragraph, ThematicBreak, Quote]
