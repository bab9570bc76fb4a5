"""A rule's page: its docstring, its severity, its examples, and how to make an exception."""

import tomllib
from dataclasses import field

from markdown_it import MarkdownIt

from incidentdocs.output.rule_page import rule_catalogue, rule_index, rule_page
from incidentdocs.output.rule_url import rule_url
from incidentdocs.rules.rule import Committed, DocumentRule, Example, HistoryRule, SuppressionRule
from incidentdocs.settings.frozen import frozen


class TidyNames(DocumentRule):
    """Names are tidy,
    and short.

    An untidy name is
    found late.

    Write a tidy one.
    """

    name = "tidy-names"
    completeness = True
    valid = (Example("# Runbook: disk\n", path="docs/runbooks/runbook-disk.md"),)
    invalid = (Example("# Post-mortem: API\n\n````\n```\n````\n", ("API", "``x`")),)


class QuietComments(SuppressionRule):
    """Comments are quiet."""

    name = "quiet-comments"
    severity = "warning"


class KeptNames(HistoryRule):
    """Names are kept."""

    name = "kept-names"
    severity = "error"
    invalid = (
        Example(
            "# Two\n",
            ("Two",),
            versions=(Committed("2026-03-16", "# One\n"), Committed("2026-03-17", "# Two\n", "Rename")),
        ),
        Example("# Two\n", ("Two",), versions=(Committed("2026-03-16", "# One\n"),)),
    )


def test_a_page_holds_the_docstring_and_the_examples() -> None:
    assert rule_page(TidyNames) == (
        "# `tidy-names`\n\n"
        "Names are tidy, and short.\n\n"
        "Severity: error, warning in a draft. Looks at: one document. "
        "On by default, since edition 1. Only a person can mend it.\n\n"
        "An untidy name is\nfound late.\n\n"
        "Write a tidy one.\n\n"
        "The examples are `docs/post-mortems/2026-03-14-api-down.md`, where they name no other file.\n\n"
        "## Reported\n\n"
        "`````markdown\n# Post-mortem: API\n\n````\n```\n````\n`````\n\n"
        "Underlined: `API`, ``` ``x` ```.\n\n"
        "## Accepted\n\n"
        "In `docs/runbooks/runbook-disk.md`:\n\n"
        "```markdown\n# Runbook: disk\n```\n\n"
        "## To make an exception\n\n"
        "Write `<!-- incidentdocs: ignore[tidy-names] the reason -->` "
        "at the end of the list item's or table row's line, on a line of its own "
        "before the heading or block that it is about, or for the whole file "
        "between the front matter and the title."
    )


def test_an_example_with_a_past_is_shown_version_by_version() -> None:
    page = rule_page(KeptNames)
    assert "Severity: error, warning for what has landed. Looks at: the history of all documents" in page
    first = "First, committed on 2026-03-16:\n\n```markdown\n# One\n```\n\n"
    then = "Then, committed on 2026-03-17 with the message `Rename`:\n\n```markdown\n# Two\n```\n\n"
    now = "Now, not committed yet:\n\n```markdown\n# Two\n```\n\n"
    assert f"{first}{then}Underlined: `Two`.\n\n{first}{now}Underlined: `Two`.\n\n" in page


def test_an_example_cannot_end_its_own_fence() -> None:
    fences = [token for token in MarkdownIt().parse(rule_page(TidyNames)) if token.type == "fence"]
    assert [fence.content for fence in fences] == [TidyNames.invalid[0].text, TidyNames.valid[0].text]


def test_what_no_comment_can_silence_has_no_exception() -> None:
    page = rule_page(QuietComments)
    assert "exception" not in page
    assert "the comments that silence other rules" in page


@frozen
class ListedNames(DocumentRule):
    """Names are listed."""

    name = "listed-names"
    by_default = False
    edition = 2
    fixable = True
    invalid = (
        Example(
            "# Two\n",
            ("Two",),
            config="[process]\nphase = 3\n",
            files=("scripts/restart.sh",),
            fixed="# One\n",
        ),
    )

    names: tuple[str, ...] = field(default=("a|b", 'c"d'), metadata={"description": "The names."})
    strict_ones: bool = field(default=False, metadata={"description": "Whether they are strict."})
    ratio: float = field(default=0.5, metadata={"description": "How many."})
    word: str = field(default="x", metadata={"description": "A word."})
    kept: dict[str, int] = field(default_factory=dict, metadata={"description": "What is kept."})


def test_options_are_shown_as_they_are_written() -> None:
    page = rule_page(ListedNames)
    fences = [token for token in MarkdownIt().parse(page) if token.type == "fence"]
    written = tomllib.loads(fences[0].content)["rules"]["listed-names"]["options"]
    default = ListedNames()
    assert written == {
        "names": list(default.names),
        "strict-ones": False,
        "ratio": 0.5,
        "word": "x",
        "kept": {},
    }
    assert "| `strict-ones` | `false` |  | Whether they are strict. |" in page
    assert "Off by default, until `enabled = true` stands in `[rules.listed-names]`, since edition 2." in page
    assert "`--fix` mends what it can." in page


def test_what_an_example_stands_in_is_above_it_and_what_mends_it_below() -> None:
    settings = "With this in `incidentdocs.toml`:\n\n```toml\n[process]\nphase = 3\n```\n\n"
    files = "With these files in the repository: `scripts/restart.sh`.\n\n"
    document = "In `docs/post-mortems/2026-03-14-api-down.md`:\n\n```markdown\n# Two\n```\n\n"
    mended = "Underlined: `Two`.\n\nMended by `--fix`:\n\n```markdown\n# One\n```"
    assert f"{settings}{files}{document}{mended}" in rule_page(ListedNames)


def test_the_index_links_each_page() -> None:
    index = rule_index([TidyNames, QuietComments])
    assert (
        "| [`tidy-names`](tidy-names.md) | error, warning in a draft | Names are tidy, and short. |" in index
    )
    assert index.endswith("| [`quiet-comments`](quiet-comments.md) | warning | Comments are quiet. |")
    assert rule_url("tidy-names") == "docs/rules/tidy-names.md"


def test_the_catalogue_has_a_line_for_each_rule() -> None:
    assert rule_catalogue([TidyNames, QuietComments]).split("\n") == [
        "tidy-names      error    Names are tidy, and short.",
        "quiet-comments  warning  Comments are quiet.",
    ]
