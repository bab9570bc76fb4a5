"""What counts as still to be written, and what only looks like it."""

import pytest

from incidentdocs.documents.document import read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in


def placeholders(body: str, front: str = "") -> list[str]:
    text = f"{front}# Post-mortem: a\n\n{body}"
    document = read_document(
        "docs/post-mortems/2026-03-14-a.md", parse(text), built_in("post-mortem"), Process()
    )
    lines = document.source.lines
    for found in document.placeholders:
        at = found.span
        assert lines[at.line - 1][at.column - 1 : at.end_column - 1] == found.text
    return [found.text for found in document.placeholders]


@pytest.mark.parametrize(
    "body",
    [
        "## Root cause\nTODO\n",
        "## Root cause\n**TBD**\n",
        "## Root cause\nà compléter.\n",
        "## Root cause\n- To be completed\n",
        "## Impact\n- Downtime: TODO\n",
        "## Impact\n| Downtime | TBD |\n| --- | --- |\n| Users | TBD |\n",
        "## Action items\n- [ ] AI 1: watch the disk (owner TODO, due 2026-04-01)\n",
        "## Action items\n- [ ] AI 1: watch the disk (owner @dev, due: TBD)\n",
        "## Action items\n- [ ] AI 1: watch the disk [assignee TBD, due 2026-04-01]\n",
        "## Action items\n- [ ] AI 1 : surveiller le disque (assigné à *TODO*, avant le 2026-04-01)\n",
        "## Action items\n- [ ] AI 1: TODO (owner @dev, due 2026-04-01)\n",
        "## Impact\n**Downtime**: TBD\n**Users affected**: 3\n",
        "## Action items\n- [ ] TODO\n",
        "## Ours\nTODO\n",
        "## Lessons learned\n<que retenir pour eviter recurrence>\n",
        "## Impact\n- Users affected: Y\n",
        "## Impact\n- Users affected: TBA\n",
        "## Timeline\n| Time | Event |\n|---|---|\n| 10:15 | TBA: the queue is full until Monday |\n",
        "## Root cause\nThe queue has reached its limit and is ?????\n",
        "## Root cause\nAfter the restart, ????\n",
        "## Cause racine\nLe verrou est tenu par ????.\n",
    ],
)
def test_a_value_still_to_be_written_is_found_once(body: str) -> None:
    assert len(placeholders(body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "## Root cause\nThe TODO in the code was right.\n",
        "## Root cause\nTODO lists are read by nobody.\n",
        "## Root cause\nTODO\nwas the comment beside it.\n",
        "## Action items\n- [ ] AI 1: close the ticket (owner `TODO`, due 2026-04-01)\n",
        "## Root cause\n`TODO`\n",
        "## Root cause\n```\nTODO\n```\n",
        "## Root cause\n[TODO](https://example.org/TODO)\n",
        "## Root cause\n<!-- TODO -->\nA full disk.\n",
        "## Root cause\n<details>TODO</details>\n",
        "## Root cause\nThe command is docker compose restart <service>\n",
        "## Impact\n- Users affected: all of team Y\n",
        "## Root cause\nAlert on many consumers (what 'many' means is TBD).\n",
        "## Root cause\nPourquoi personne ne l'a vu ????\n",
        "## Root cause\nWhy did nobody see it????\n",
        "## Root cause\nThe header reads `is ????`, and the name is ????.txt.\n",
        "## Root cause\nThe TBA: a table of batches, is full.\n",
        "## Ours\nTimes are written as HH:MM.\n",
        "## Root cause\nThe cron field HH:MM was empty.\n",
        "## Action items\n- [ ] AI 1: close all TODO comments (owner @dev, due 2026-04-01)\n",
    ],
)
def test_what_only_looks_like_a_placeholder_is_left_alone(body: str) -> None:
    assert placeholders(body) == []


def test_a_field_of_the_front_matter_may_be_a_placeholder() -> None:
    assert placeholders("", "---\nseverity: TODO\nowner: TODO list\n---\n") == ["TODO"]
