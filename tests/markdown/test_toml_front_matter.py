"""TOML front matter becomes fields with places; what is wrong in it becomes problems with hints."""

import time
import tomllib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.suppressions import read_suppressions
from incidentdocs.markdown.blocks import Heading
from incidentdocs.markdown.front_matter import Field, FrontMatter
from incidentdocs.markdown.places import Problem, Span
from incidentdocs.markdown.source import parse


def _head(*rows: str) -> FrontMatter:
    head = parse("\n".join(("+++", *rows, "+++", "", "# Title", ""))).front_matter
    assert head is not None
    assert (head.first, head.last, head.syntax) == (1, len(rows) + 2, "TOML")
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
        'severity = "SEV1"',
        "services=  ['api', \"b c\"] # note",
        "landed = 2026-03-01",
        "n = 1_2",
        "on = true",
        '"a key" = 0.5',
        "at = 2026-03-01T10:00:00Z",
        "clock = 10:15:00",
    )
    assert head.problems == ()
    assert [(field.key, field.value) for field in head.fields] == [
        ("severity", "SEV1"),
        ("services", ["api", "b c"]),
        ("landed", date(2026, 3, 1)),
        ("n", 12),
        ("on", True),
        ("a key", 0.5),
        ("at", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("clock", "10:15:00"),
    ]
    assert _field(head, "severity").span == Span(2, 12, 2, 18)
    assert _field(head, "severity").key_span == Span(2, 1, 2, 9)
    assert _field(head, "services").span == Span(3, 12, 3, 26)
    assert _field(head, "a key").key_span == Span(7, 1, 7, 8)
    assert head.get("absent") is None


def test_a_table_is_one_field_at_its_header() -> None:
    head = _head(
        "[params] # c", "a.b = 1", "", "[params.more]", "c = 2", "[other]", "x = 1", "[ params . d ]"
    )
    assert head.problems == ()
    assert [field.key for field in head.fields] == ["params", "other"]
    assert _field(head, "params").value == {"a": {"b": 1}, "more": {"c": 2}, "d": {}}
    assert _field(head, "params").key_span == Span(2, 2, 2, 8)
    assert _field(head, "params").span == Span(2, 1, 6, 6)
    assert head.comments == ((2, "c"),)


def test_tables_of_one_name_in_double_brackets_are_a_list() -> None:
    head = _head("[[links]]", "to = 'a'", "[[links]]", "to = 'b'", "[links.more]", "x = 1")
    assert head.problems == ()
    assert _field(head, "links").value == [{"to": "a"}, {"to": "b", "more": {"x": 1}}]
    assert _field(head, "links").key_span == Span(2, 3, 2, 8)


def test_dotted_keys_of_one_name_are_one_field() -> None:
    head = _head("a.x = 1", "b = 2", "a.y = 3")
    assert head.problems == ()
    assert [(field.key, field.value) for field in head.fields] == [("a", {"x": 1, "y": 3}), ("b", 2)]
    assert (_field(head, "a").key_span, _field(head, "a").span) == (Span(2, 1, 2, 2), Span(2, 7, 2, 8))


def test_values_of_several_lines_hold_what_looks_like_something_else() -> None:
    head = _head(
        "list = [",
        "  'a', # one",
        '  ["b = 2"],',
        "] # two",
        'text = """',
        "[table]",
        "x = 1 # no",
        '\\""" end"""',
        "raw = '''",
        "+ # no'''",
        "last = 1",
    )
    assert head.problems == ()
    assert [(field.key, field.key_span.line, field.span.end_line) for field in head.fields] == [
        ("list", 2, 5),
        ("text", 6, 9),
        ("raw", 10, 11),
        ("last", 12, 12),
    ]
    assert _field(head, "list").span == Span(2, 8, 5, 2)
    assert _field(head, "text").value == '[table]\nx = 1 # no\n""" end'
    assert head.comments == ((3, "one"), (5, "two"))


def test_columns_count_characters() -> None:
    assert _field(_head("title = '🔥 été'"), "title").span == Span(2, 9, 2, 16)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("fence", ["+++", "+++  "])
def test_the_body_begins_behind_the_closing_fence(ending: str, fence: str) -> None:
    source = parse(ending.join(("\ufeff" + fence, "a = 1", "", "b = 2", fence, "# Title", "")))
    assert source.front_matter is not None
    assert source.front_matter.last == 5
    assert [(type(block), block.first) for block in source.blocks] == [(Heading, 6)]


def test_an_empty_front_matter_has_no_fields() -> None:
    assert _head().fields == ()
    assert _head("").fields == ()
    assert _head("# nothing yet").comments == ((2, "nothing yet"),)


@pytest.mark.parametrize(
    ("rows", "span", "line"),
    [
        (("severity = 'SEV1'", "n = 1", "severity = 'SEV2'"), Span(4, 1, 4, 9), 2),
        (("[a]", "x = 1", "x = 2"), Span(4, 1, 4, 2), 3),
        (("[a]", "[b]", "[a]"), Span(4, 2, 4, 3), 2),
        (("a = 1", "a.b = 2"), Span(3, 1, 3, 2), 2),
        (("a = 1", "[a.b]"), Span(3, 2, 3, 3), 2),
        (("a.b = 1", "n = 1", "a.b = 2"), Span(4, 3, 4, 4), 2),
    ],
)
def test_a_key_written_twice_is_told_at_the_second(rows: tuple[str, ...], span: Span, line: int) -> None:
    problem = _only_problem(*rows)
    assert problem.span == span
    assert f"first on line {line}" in problem.message


def test_of_a_key_written_twice_the_first_is_kept() -> None:
    assert _field(_head("severity = 'SEV1'", "severity = 'SEV2'"), "severity").value == "SEV1"


def test_what_only_the_whole_shows_to_be_wrong_is_told() -> None:
    assert _only_problem("a = { x = 1 }", "[a.b]", "c = 1").span == Span(3, 1, 3, 6)


ONE_A_LINE = 'write each field on a line of its own, as `key = "value"`'


@pytest.mark.parametrize(
    ("row", "span", "hint"),
    [
        ("a = SEV1", Span(3, 5, 3, 9), 'write a = "SEV1"'),
        ("a = some words # c", Span(3, 5, 3, 15), 'write a = "some words"'),
        ("a = @who", Span(3, 5, 3, 9), 'write a = "@who"'),
        ("a = 2026-02-30", Span(3, 5, 3, 15), "write a date that exists, as YYYY-MM-DD"),
        ("a = 2026-2-3", Span(3, 5, 3, 13), "write a date that exists, as YYYY-MM-DD"),
        ("a = True", Span(3, 5, 3, 9), "write a = true"),
        ("a =", Span(3, 1, 3, 2), 'write a = "", or delete the line'),
        ("a: b c", Span(3, 1, 3, 7), 'write a = "b c"'),
        ("a: [b, c]", Span(3, 1, 3, 10), 'write a = ["b", "c"]'),
        ("a: 2026-03-01", Span(3, 1, 3, 14), "write a = 2026-03-01"),
        ("a key = 'b'", Span(3, 1, 3, 12), "write \"a key\" = 'b'"),
        ('a = "b', Span(3, 5, 3, 7), "close the quote at the value's end"),
        ('a = """b', Span(3, 5, 3, 9), 'write """ at the text\'s end'),
        ("a = ['b'", Span(3, 5, 3, 9), 'end it with its bracket, as in `["a", "b"]`'),
        ("a = { b = 1", Span(3, 5, 3, 12), 'end it on its line, as in `{ a = "b" }`'),
        (
            "a = ['b' 'c']",
            Span(3, 5, 3, 14),
            'write texts in quotes, with commas between: `["a", "b"]`, `{ a = "b" }`',
        ),
        ('a = "C:\\d"', Span(3, 5, 3, 11), "write a = 'C:\\d'"),
        ("[a", Span(3, 1, 3, 3), "write it on a line of its own, as `[name]`"),
        ("some text", Span(3, 1, 3, 10), ONE_A_LINE),
        ("= 1", Span(3, 1, 3, 4), ONE_A_LINE),
        ("a = 'b' c", Span(3, 5, 3, 10), ONE_A_LINE),
        ("a = 'b\0c'", Span(3, 7, 3, 8), "delete it"),
        ("a = '\ud800'", Span(3, 6, 3, 7), "delete it"),
    ],
)
def test_a_row_that_is_wrong_is_told_with_what_to_write(row: str, span: Span, hint: str) -> None:
    head = _head("severity = 'SEV1'", row, "services = ['api']")
    assert [(problem.span, problem.hint) for problem in head.problems] == [(span, hint)]
    assert _field(head, "severity").value == "SEV1"
    assert _field(head, "services").value == ["api"]


def test_a_value_that_cannot_be_read_is_kept_as_written() -> None:
    head = _head("severity = SEV1 # incidentdocs: ignore[x] reason")
    assert _field(head, "severity").value == "SEV1"
    assert head.comments == ((2, "incidentdocs: ignore[x] reason"),)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (("a = 1 # incidentdocs: ignore[x] r", "b = 2"), (2, 2)),
        (("# incidentdocs: ignore[x] r", "a = [", "  1,", "]", "b = 2"), (3, 5)),
        (("a = [", "  1,", "] # incidentdocs: ignore[x] r", "b = 2"), (2, 4)),
        (("z = 0", "[a]", "b = 2 # incidentdocs: ignore[x] r", "[c]"), (3, 4)),
    ],
)
def test_a_comment_covers_its_field(rows: tuple[str, ...], lines: tuple[int, int]) -> None:
    (found,) = read_suppressions(parse("\n".join(("+++", *rows, "+++", "# T"))))
    assert (found.rules, found.reason) == (("x",), "r")
    assert (found.first, found.last) == lines


@pytest.mark.parametrize(
    "value", ["[" * 100, "[" * 50_000, "{a=" * 100, "{" + "a." * 100 + "a=1}", "{" + "a . " * 100 + "a=1}"]
)
def test_deep_nesting_is_told(value: str) -> None:
    assert _only_problem(f"a = {value}").message == "nested too deeply"


def test_a_name_of_too_many_parts_is_told() -> None:
    assert _only_problem("a." * 100 + "a = 1").message == "nested too deeply"
    assert _only_problem("[" + "a." * 100 + "a]").message == "nested too deeply"


@pytest.mark.parametrize("value", ["1" * 100_000, "0x" + "f" * 100_000])
def test_numbers_beyond_measure_stay_text(value: str) -> None:
    head = _head(f"a = {value}")
    assert _field(head, "a").value == value
    assert head.problems[0].hint == "write it as text, between quotes"


@pytest.mark.parametrize("row", ['a = \\"""', "a = [", "a = '''", "[[a]]", "a = {", "[a.b]", "a.b = [[1],"])
def test_many_broken_rows_take_little_time(row: str) -> None:
    begin = time.perf_counter()
    _head(*[row] * 5_000)
    assert time.perf_counter() - begin < 5


def test_a_missing_end_is_told_and_the_fields_are_read() -> None:
    source = parse("+++\nseverity = 'SEV1'\nservices = [\n  'api',\n]\n\n# Title\n\ntext\n")
    head = source.front_matter
    assert head is not None
    assert (head.first, head.last) == (1, 5)
    assert [field.key for field in head.fields] == ["severity", "services"]
    assert [(problem.span, problem.hint) for problem in head.problems] == [
        (Span(1, 1, 1, 4), "write `+++` on a line of its own after line 5")
    ]
    assert [block.first for block in source.blocks] == [7, 9]


def test_a_missing_end_is_told_though_such_a_line_follows() -> None:
    source = parse("+++\na = 1\n\n# Title\n\nSome text.\n\n+++\n\nend\n")
    assert source.front_matter is not None
    assert source.front_matter.last == 2


def test_a_comment_below_a_blank_line_is_no_title() -> None:
    problem = _only_problem("a = b", "", "# the rest", "c = 1")
    assert problem.span == Span(2, 5, 2, 6)


@pytest.mark.parametrize(
    "text",
    [
        "+++\n",
        "+++\n\n# Title\n",
        "+++\nSome prose, and no end\n",
        "+++\n\nSome prose.\n\n+++\n\nmore\n",
        "++++\na = 1\n+++\n",
        " +++\na = 1\n+++\n",
        "a = 1\n+++\n",
        "+++\na: 1\n---\n",
    ],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    assert parse(text).front_matter is None


_KEYS = st.sampled_from(["a", "b", "c-d", '"e f"', "'g.h'"])
_VALUES = st.sampled_from(
    [
        "1",
        "0x1f",
        "true",
        '"x # y"',
        "'z'",
        "2026-03-01",
        "[1, [2]]",
        "[\n 'a', # c\n]",
        '"""\nx\n"""',
        "{k = 1}",
    ]
)
_PAIRS = st.builds("{}{}{} = {}".format, _KEYS, st.just("."), _KEYS, _VALUES) | st.builds(
    "{} = {}".format, _KEYS, _VALUES
)
_HEADS = (
    st.builds("[{}]".format, _KEYS) | st.builds("[[{}]]".format, _KEYS) | st.builds("[a.{}]".format, _KEYS)
)
_ROWS = st.lists(_PAIRS | _HEADS | st.sampled_from(["", "# c"]), max_size=8).map("\n".join)


@given(_ROWS)
def test_what_python_reads_is_read_alike_and_what_it_refuses_is_told(rows: str) -> None:
    head = parse(f"+++\n# c\n{rows}\n+++\n").front_matter
    if head is None:
        return
    try:
        expected = tomllib.loads(rows)
    except tomllib.TOMLDecodeError:
        assert head.problems
        return
    assert head.problems == ()
    assert {field.key: field.value for field in head.fields} == expected


_SCRAPS = st.sampled_from(
    [
        *(
            "a",
            "b",
            ".",
            " = ",
            "=",
            "1",
            "true",
            "2026-03-01",
            ":",
            ",",
            "[",
            "]",
            "[[",
            "]]",
            "{",
            "}",
            "é",
        ),
        *('"', "'", '"""', "'''", "\\", "#", "\n", "\n\n", " ", "\t", "\0", "\u2028", "\ud800", "+++", "# T"),
    ]
)


@given(st.lists(_SCRAPS, max_size=40).map("".join))
def test_any_text_is_read_without_failing_and_within_itself(text: str) -> None:
    source = parse(f"+++\n{text}\n+++\n")
    head = source.front_matter
    for span in (
        *(field.span for field in (head.fields if head else ())),
        *(field.key_span for field in (head.fields if head else ())),
        *(problem.span for problem in (head.problems if head else ())),
    ):
        assert 1 <= span.line <= span.end_line <= len(source.lines)
        assert 1 <= span.column <= len(source.lines[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(source.lines[span.end_line - 1]) + 1
