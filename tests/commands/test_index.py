"""`incidentdocs index` in real folders: tables kept up between markers, and every other byte kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from incidentdocs.editing.index_markers import BEGIN, END, with_index
from incidentdocs.output.index_markdown import index_markdown
from incidentdocs.reports.index import Entry
from tests.commands.conftest import run_in

PAGE = f"# Post-mortems\n\nWhat we learned.\n\n{BEGIN}\n{END}\n\nAsk @dev.\n"
DISK = """\
---
severity: SEV1
services: [photos]
status: published
---

# Post-mortem: Disk full | 3 < 4 & *again*

## Action items

- [x] AI 1: clear it (owner @dev, due 2026-03-04, done 2026-03-03)
- [ ] AI 2: alert at 80 % (owner @dev, due 2026-03-20)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "incidentdocs.toml", 'language = "en"\n')
    write(tmp_path, "docs/post-mortems/README.md", PAGE)
    write(tmp_path, "docs/post-mortems/2026-03-02-disk-full.md", DISK)
    write(tmp_path, "docs/post-mortems/2026-03-09-mail.md", "# Post-mortem: Mail stuck\n")
    return tmp_path


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(text.encode())


def read(root: Path, name: str = "docs/post-mortems/README.md") -> str:
    return (root / name).read_bytes().decode()


def test_a_table_is_written_once_and_then_current(folder: Path) -> None:
    wrote = run_in(folder, "index", "--write")
    assert (wrote.returncode, wrote.stdout) == (0, "wrote docs/post-mortems/README.md\n")
    assert read(folder) == (
        f"# Post-mortems\n\nWhat we learned.\n\n{BEGIN}\n\n"
        "| Date | Title | Severity | Services | Status | Open action items |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| 2026-03-09 | [Mail stuck](./2026-03-09-mail.md) |  |  |  |  |\n"
        "| 2026-03-02 | [Disk full \\| 3 &lt; 4 &amp; again](./2026-03-02-disk-full.md)"
        " | SEV1 | photos | published | 1 of 2 |\n"
        f"\n{END}\n\nAsk @dev.\n"
    )
    assert run_in(folder, "index", "--check").returncode == 0
    assert run_in(folder, "index", "--write").stdout == ""


def test_a_check_fails_on_what_is_out_of_date_and_writes_nothing(folder: Path) -> None:
    checked = run_in(folder, "index", "--check")
    assert checked.returncode == 1
    assert "+| 2026-03-09 | [Mail stuck](./2026-03-09-mail.md)" in checked.stdout
    assert checked.stderr == "hint: incidentdocs index --write\n"
    assert read(folder) == PAGE
    shown = run_in(folder, "index")
    assert (shown.returncode, shown.stdout) == (0, checked.stdout)


def test_an_incident_links_to_its_post_mortem_from_a_page_above(folder: Path) -> None:
    entry = "---\nseverity: SEV1\npost-mortem: 2026-03-02-disk-full\n---\n\n# Incident: No photos\n"
    write(folder, "docs/incidents/2026-03-02-no-photos.md", entry)
    write(folder, "docs/index.md", f"{BEGIN}\n{END}\n")
    assert run_in(folder, "index", "--write").returncode == 0
    table = read(folder, "docs/index.md")
    assert "| Date | Kind | Title |" in table
    assert "| incident | [No photos](./incidents/2026-03-02-no-photos.md) | SEV1 |" in table
    assert "[2026-03-02-disk-full.md](./post-mortems/2026-03-02-disk-full.md)" in table


def test_a_french_repository_has_french_tables(folder: Path) -> None:
    write(folder, "incidentdocs.toml", 'language = "fr"\n')
    run_in(folder, "index", "--write")
    assert "| Date | Titre | Gravité | Services | Statut | Actions ouvertes |" in read(folder)
    assert "| 1 sur 2 |" in read(folder)


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (f"{BEGIN}\n", 1),
        (f"# a\n\n{END}\n", 3),
        (f"{END}\n\n{BEGIN}\n", 1),
        (f"{BEGIN}\n{END}\n\n{BEGIN}\n{END}\n", 4),
    ],
)
def test_markers_that_do_not_belong_together_are_refused_with_their_place(
    folder: Path, page: str, line: int
) -> None:
    write(folder, "docs/runbooks/README.md", page)
    refused = run_in(folder, "index", "--write")
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"error: docs/runbooks/README.md:{line}: the markers")
    assert BEGIN in refused.stderr
    assert read(folder) == PAGE  # nothing is written where one page is wrong
    assert read(folder, "docs/runbooks/README.md") == page


def test_markers_that_are_only_shown_are_none(tmp_path: Path) -> None:
    write(tmp_path, "README.md", f"Write:\n\n```markdown\n{BEGIN}\n{END}\n```\n\nor `{BEGIN}` in a line.\n")
    ran = run_in(tmp_path, "index", "--check")
    assert ran.returncode == 0
    assert ran.stdout.startswith("No README.md or index.md holds the markers.")


def test_what_is_no_text_is_named_only_where_it_holds_a_table(folder: Path) -> None:
    (folder / "README.md").write_bytes(b"caf\xe9\n")
    assert run_in(folder, "index", "--write").returncode == 0
    (folder / "README.md").write_bytes(f"{BEGIN}\n{END}\n".encode() + b"caf\xe9\n")
    refused = run_in(folder, "index", "--write")
    assert (refused.returncode, refused.stderr.splitlines()[0]) == (2, "error: README.md is not UTF-8")


def test_check_and_write_exclude_each_other(folder: Path) -> None:
    refused = run_in(folder, "index", "--check", "--write")
    assert (refused.returncode, read(folder)) == (2, PAGE)


def test_a_page_behind_a_link_out_of_the_repository_is_left_alone(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.md"
    outside.write_text(f"{BEGIN}\n{END}\n")
    (folder / "docs/README.md").symlink_to(outside)
    assert run_in(folder, "index", "--write").returncode == 0
    assert outside.read_text() == f"{BEGIN}\n{END}\n"


lines = st.lists(st.sampled_from(["a", "## b", "", "- c", "| d |", "\u2028", "`x`"]), max_size=4)


@given(lines, lines, lines, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_everything_around_the_markers_stays(
    above: list[str], between: list[str], below: list[str], end: str, mark: str
) -> None:
    head, tail = end.join([*above, "", BEGIN, ""]), end.join([END, "", *below])
    page = f"{mark}{head}{end.join([*between, '', ''])}{tail}"
    made = with_index(page, "| t |\n| --- |", path="README.md")
    assert made == f"{mark}{head}{end}| t |{end}| --- |{end}{end}{tail}"
    assert with_index(made, "| t |\n| --- |", path="README.md") == made


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), st.text(max_size=10))
def test_a_hostile_title_stays_in_its_cell(title: str, service: str) -> None:
    path = f"docs/post-mortems/{title}.md"
    rows = index_markdown(
        [Entry(path, "post-mortem", title, services=(service,))], folder="docs/post-mortems", language="en"
    )
    tokens = MarkdownIt("commonmark").enable("table").parse(rows)
    assert len([token for token in tokens if token.type == "tr_open"]) == 2
    inline = [child for token in tokens for child in token.children or []]
    assert not [child for child in inline if child.type.startswith("html")]
    assert len([child for child in inline if child.type == "link_open"]) == 1
