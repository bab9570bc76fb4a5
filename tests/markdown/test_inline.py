"""Inline text: what is masked, what a reader sees, and where it links to."""

import time

import pytest

from incidentdocs.markdown.inline import links, mask, mask_code, plain


@pytest.mark.parametrize(
    ("source", "masked"),
    [
        ("a `TODO` b", "a        b"),
        ("``a ` TODO`` b", "             b"),
        ("\\`TODO\\`", "\\`TODO\\`"),
        ("`TODO", "`TODO"),
        ("a <!-- TODO --> b", "a               b"),
        ("a <!-- TODO", "a <!-- TODO"),
        ("a <b title='TODO'>c</b>", "a                 c    "),
        ("see <https://x.y/TODO>", "see                   "),
        ("see https://x.y/TODO.", "see                 ."),
        ("(https://x.y/a_(b))", "(                 )"),
        ("[TODO](x 'y') z", "[TODO         z"),
        ("a ![TODO](x) b", "a            b"),
        ("[![TODO](x)](y) b", "[               b"),
        ("[https://x.y](z)", "[               "),
        ("one `a\nb` two", "one   \n   two"),
        ("[ ] AI 1 (due soon)", "[ ] AI 1 (due soon)"),
        ("[a] (b)", "[a] (b)"),
    ],
)
def test_a_mask_hides_what_is_no_text_and_keeps_every_place(source: str, masked: str) -> None:
    assert mask(source) == masked


def test_a_code_mask_leaves_tags_visible() -> None:
    source = "`<a>` <description> <!-- <b> --> [x](<c>)"
    assert mask_code(source) == "      <description>              [x      "
    assert mask(source) == "                                 [x      "


def test_a_time_to_fill_in_is_no_link() -> None:
    assert mask_code("<HH:MM> detection") == "<HH:MM> detection"
    assert links("<HH:MM> detection") == ()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**Root** _cause_ of ~~the~~ *outage*", "Root cause of the outage"),
        ("***both*** and **a *b* c**", "both and a b c"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("~40 users, ~13:30-~13:45", "~40 users, ~13:30-~13:45"),
        ("*not closed and __neither", "*not closed and __neither"),
        ("run `a_b_c *x*` now", "run a_b_c *x* now"),
        ("[text **bold**](url 'title') after", "text bold after"),
        ("![alt *x*](y.png) after", "alt x after"),
        ("a<br>b <b>c</b>d <!-- e -->", "a b cd"),
        ("R&amp;D &eacute;t&#233; &unknown; \\*x\\*", "R&D été &unknown; *x*"),
        ("two\n  lines\\\nand\xa0more", "two lines and more"),
        ("<https://x.y> https://z", "https://x.y https://z"),
        ("[ ] open, [x] done, [ref][1]", "[ ] open, [x] done, [ref][1]"),
        ("", ""),
    ],
)
def test_plain_text_is_what_a_reader_sees(source: str, shown: str) -> None:
    assert plain(source) == shown


@pytest.mark.parametrize(
    ("source", "targets"),
    [
        ("[a](b) then [c](<d e> 'f')", ("b", "d e")),
        ("[a](b_(c)) [d](e\\)f) [g](h&amp;i)", ("b_(c)", "e)f", "h&i")),
        ("<https://x.y> or https://z/w?q=1, or www.v.org.", ("https://x.y", "https://z/w?q=1", "www.v.org")),
        ("<who@example.org>", ("mailto:who@example.org",)),
        ("![image](a) [![image](b)](c)", ("c",)),
        ("`[a](b)` \\[c](d) [e] (f) [g]()", ()),
        ("**https://x.y** _https://z_", ("https://x.y", "https://z")),
        ("[https://x.y](https://x.y)", ("https://x.y", "https://x.y")),
    ],
)
def test_links_are_the_destinations_in_order(source: str, targets: tuple[str, ...]) -> None:
    assert links(source) == targets


_MANY = 20_000


@pytest.mark.parametrize(
    "source",
    [
        *(
            piece * _MANY
            for piece in ("`", "[", "](", "<", "*a", "a*", "*a*", "![", "<!--", "<a b='", "<a b", "\\")
        ),
        *(
            piece * _MANY
            for piece in ("[a](b", '[a](b "', "&#", "http://a", "~~a", "<?", "<a@", "[](<", "_a *b ")
        ),
        " ".join("`" * length for length in range(500)),
        "<a " + "b " * _MANY,
        "[](" + "(" * _MANY,
        "[](" + " " * _MANY,
        "http://a" + ")" * _MANY,
        "*" * _MANY + "a" + "*" * _MANY,
        "![" * _MANY + "](a)" * _MANY,
    ],
    ids=lambda source: source[:12],
)
def test_hostile_text_takes_no_time_beyond_its_length(source: str) -> None:
    begin = time.perf_counter()
    for read in (mask, mask_code, plain, links):
        read(source)
    assert time.perf_counter() - begin < 20
