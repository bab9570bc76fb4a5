"""Which fixes are made together, which one after the other, and which not at all."""

import re
from collections.abc import Sequence

from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix
from incidentdocs.library.fixes import MOST_ROUNDS, with_fixes
from incidentdocs.markdown.places import Span


def replacing(rule: str, pattern: str, becomes: str, text: str, *, safe: bool = True) -> list[Finding]:
    """Return a finding for each place of a line that a pattern matches, with the fix that replaces it."""
    spans = [Span(1, found.start() + 1, 1, found.end() + 1) for found in re.finditer(pattern, text)]
    return [
        Finding("a.md", span, rule, "error", "message", "hint", Fix((Edit(span, becomes),), safe))
        for span in spans
    ]


def test_all_fixes_of_a_rule_that_lie_apart_are_made() -> None:
    fixed = with_fixes("aa b aa", lambda text: replacing("one", "aa", "c", text), unsafe=False)
    assert fixed == ("c b c", 2, ())


def test_fixes_that_touch_are_made_one_after_the_other() -> None:
    def find(text: str) -> Sequence[Finding]:
        return replacing("one", "a", "b", text)

    assert with_fixes("aaa", find, unsafe=False) == ("bbb", 3, ())


def test_what_is_not_safe_waits_until_it_is_asked_for() -> None:
    def find(text: str) -> Sequence[Finding]:
        return replacing("one", "a", "b", text, safe=False)

    left = with_fixes("a", find, unsafe=False)
    assert (left.text, left.made, len(left.left)) == ("a", 0, 1)
    assert with_fixes("a", find, unsafe=True) == ("b", 1, ())


def test_a_fix_that_mends_nothing_is_not_made() -> None:
    def find(text: str) -> Sequence[Finding]:
        return [*replacing("grows", "a", "aa", text), *replacing("mends", "b", "c", text)]

    fixed = with_fixes("a b", find, unsafe=False)
    assert (fixed.text, fixed.made) == ("a c", 1)


def test_rules_that_undo_one_another_come_to_an_end() -> None:
    def find(text: str) -> Sequence[Finding]:
        return [*replacing("there", "a", "b", text), *replacing("back", "b", "a", text)]

    assert with_fixes("a", find, unsafe=False).made <= MOST_ROUNDS


def test_several_edits_of_a_fix_are_made_together_or_not_at_all() -> None:
    def find(text: str) -> Sequence[Finding]:
        if text != "first second":
            return []
        edits = Edit(Span(1, 1, 1, 7), ""), Edit(Span(1, 13, 1, 13), " first")
        moved = Finding("a.md", Span(1, 1, 1, 6), "one", "error", "message", "hint", Fix(edits))
        return [moved, *replacing("one", "second", "2nd", text)]

    assert with_fixes("first second", find, unsafe=False).text == "second first"
