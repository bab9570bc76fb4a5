"""What an action item refers to, in its fields and anywhere else in it."""

import pytest

from incidentdocs.documents.document import Document, read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in


def document(text: str) -> Document:
    head = "# Post-mortem: API down\n\n## Action items\n"
    return read_document("2026-03-14-a.md", parse(head + text), built_in("post-mortem"), Process())


def refs(text: str) -> list[tuple[str, ...]]:
    items = document(text).action_items
    assert items
    return [item.refs for item in items.items]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("- [ ] read [the log](https://example.org/log)", ("https://example.org/log",)),
        ("- [ ] read https://example.org/log.", ("https://example.org/log",)),
        ("- [ ] read <https://example.org/log>", ("https://example.org/log",)),
        ("- [ ] close team/repo#12 first", ("team/repo#12",)),
        ("- [ ] write [[decision-12|the decision]] down", ("decision-12",)),
        ("- [ ] close the pool (owner @dev, ref #7), https://example.org", ("#7", "https://example.org")),
        ("- [ ] close\n  - https://example.org/a\n  - see [b](https://example.org/b)\n",
         ("https://example.org/a", "https://example.org/b")),
        ("- [ ] one link twice: https://a.example and [again](https://a.example)", ("https://a.example",)),
    ],
)  # fmt: skip
def test_links_and_pages_anywhere_in_an_item_are_references(item: str, expected: tuple[str, ...]) -> None:
    assert refs(item) == [expected]


@pytest.mark.parametrize(
    "item",
    [
        "- [ ] accept UTF-8 in step #2 of 7f3a2b1c",
        "- [ ] `curl https://example.org` must answer",
        "- [ ] look at ![the graph](https://example.org/graph.png)",
        "- [ ] see [the log][missing]",
    ],
)
def test_words_code_and_pictures_refer_to_nothing(item: str) -> None:
    assert refs(item) == [()]


def test_a_reference_leads_where_the_document_defines_it() -> None:
    text = (
        "- [ ] read [the log][Log File] and [runbook]\n- [x] see [1]\n\n## Lessons learned\nMany.\n\n"
        "[log  file]: <https://example.org/log> 'The log'\n> [Runbook]: https://example.org/runbook\n\n"
        "[1]: https://example.org/1\n[1]: https://example.org/second\n"
    )
    assert refs(text) == [
        ("https://example.org/log", "https://example.org/runbook"),
        ("https://example.org/1",),
    ]


def test_the_cells_of_a_row_are_read_too() -> None:
    table = (
        "| Action | Owner | Notes |\n|---|---|---|\n| rotate | @dev | [plan](https://example.org/plan) |\n"
    )
    assert refs(table) == [("https://example.org/plan",)]
