"""`lint --fix`, `--unsafe` and `--diff` by the real program: what is written, what is shown, what is told."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

PATH = "docs/post-mortems/2026-03-14-api-down.md"
TEXT = """\
---
severity: SEV3
date: 14/03/2026
---

# Post-mortem : API

## Impact
- Duree downtime : 35m
- Users impactes : 40
- Data loss : non

## Chronologie
- 10:15 detection
- 10:50 service restored

## 3. Causes (mesurées)
Le disque de la base est plein, et les alertes ne sont pas parties.

## Pourquoi notre monitoring n'a pas alerte plus tot ?
L'alerte regardait un autre disque.

## Action items
- alerter à 80 % du disque (owner @oncall, due 31/12/2026)
- [ ] AI 1 : purger les journaux (owner @dev, due 2026-12-01

## Mention blameless
Personne.
"""
SAFELY = """\
---
severity: SEV3
date: 2026-03-14
---

# Post-mortem : API

## Timeline (heures locales)
- 10:15 detection
- 10:50 service restored

## Impact
- Duree downtime : 35m
- Users impactes : 40
- Data loss : non

## 3. Root cause (mesurées)
Le disque de la base est plein, et les alertes ne sont pas parties.

## Pourquoi notre monitoring n'a pas alerte plus tot ?
L'alerte regardait un autre disque.

## Action items
- [ ] AI 2 : alerter à 80 % du disque (owner @oncall, due 2026-12-31)
- [ ] AI 1 : purger les journaux (owner @dev, due 2026-12-01)

## Lessons learned
<que retenir pour eviter recurrence>

## Mention blameless
Personne.
"""
MENTION = "Cet incident n'est pas la faute d'une personne."


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "incidentdocs.toml").write_text('language = "fr"\n', encoding="utf-8")
    file = tmp_path / PATH
    file.parent.mkdir(parents=True)
    file.write_bytes(TEXT.encode())
    return tmp_path


def lint(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "incidentdocs", "lint", "--as-of", "2026-04-01", *arguments],
        cwd=repository,
        env=os.environ | {"NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_what_is_safe_is_written_and_what_is_left_is_reported(repository: Path) -> None:
    ran = lint(repository, PATH, "--fix")
    assert (repository / PATH).read_text(encoding="utf-8") == SAFELY
    assert ran.stderr.startswith("9 fixed in 1 document; 1 more with --unsafe\n"), ran.stderr
    assert "placeholder-left" in ran.stdout
    assert "section-order" not in ran.stdout
    assert ran.returncode == 1


def test_a_second_time_changes_nothing(repository: Path) -> None:
    lint(repository, PATH, "--fix", "--unsafe")
    before = (repository / PATH).stat()
    ran = lint(repository, PATH, "--fix", "--unsafe")
    assert ran.stderr.startswith("0 fixed\n")
    assert (repository / PATH).stat() == before


def test_unsafe_puts_the_mention_above_the_authors_words(repository: Path) -> None:
    lint(repository, PATH, "--fix", "--unsafe")
    text = (repository / PATH).read_text(encoding="utf-8")
    assert f"## Mention blameless\n{MENTION}" in text
    assert text.endswith("\n\nPersonne.\n")


def test_the_diff_shows_what_would_be_written_and_writes_nothing(repository: Path) -> None:
    shown = lint(repository, PATH, "--diff")
    assert shown.returncode == 1
    assert shown.stderr == "9 would be fixed in 1 document; 1 more with --unsafe\n"
    assert (repository / PATH).read_text(encoding="utf-8") == TEXT
    applied = subprocess.run(
        ["git", "apply", "--unsafe-paths", "--directory=."],
        cwd=repository,
        input=shown.stdout,
        encoding="utf-8",
        check=False,
        capture_output=True,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(repository.parent)},
    )
    assert applied.returncode == 0, applied.stderr
    assert (repository / PATH).read_text(encoding="utf-8") == SAFELY
    again = lint(repository, PATH, "--diff")
    assert (again.returncode, again.stdout) == (0, "")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_mark_mode_and_missing_newline_are_kept(
    repository: Path, ending: str, mark: str
) -> None:
    file = repository / PATH
    file.write_bytes((mark + TEXT.rstrip("\n").replace("\n", ending)).encode())
    file.chmod(0o640)
    lint(repository, PATH, "--fix")
    assert file.read_bytes() == (mark + SAFELY.rstrip("\n").replace("\n", ending)).encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_what_is_suppressed_or_turned_off_is_not_mended(repository: Path) -> None:
    (repository / "incidentdocs.toml").write_text(
        'language = "fr"\n[rules.section-title]\nenabled = false\n', encoding="utf-8"
    )
    ignored = "<!-- incidentdocs: ignore[action-item-format] an old list -->"
    (repository / PATH).write_text(
        TEXT.replace("\n## Action items", f"\n{ignored}\n## Action items"), encoding="utf-8"
    )
    lint(repository, PATH, "--fix")
    text = (repository / PATH).read_text(encoding="utf-8")
    assert "## Chronologie" in text
    assert "\n- AI 2 : alerter à 80 %" in text
    assert f"{ignored}\n## Action items" in text


def test_a_link_inside_the_repository_stays_one_and_one_that_leads_out_is_left(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.md"
    outside.write_text(TEXT, encoding="utf-8")
    inside = repository / "kept.txt"
    (repository / PATH).rename(inside)
    (repository / PATH).symlink_to(inside)
    (repository / "docs/post-mortems/2026-03-15-api-down.md").symlink_to(outside)
    lint(repository, "--fix")
    assert inside.read_text(encoding="utf-8") == SAFELY
    assert (repository / PATH).is_symlink()
    assert outside.read_text(encoding="utf-8") == TEXT


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written_is_told_and_the_others_are_mended(repository: Path) -> None:
    other = repository / "docs/post-mortems/2026-03-15-api-down.md"
    other.write_text(TEXT, encoding="utf-8")
    (repository / PATH).chmod(0o444)
    ran = lint(repository, "docs", "--fix")
    assert ran.returncode == 2
    assert f"not fixed: {PATH} may not be written (make it a file that you may write)" in ran.stderr
    assert (repository / PATH).read_text(encoding="utf-8") == TEXT
    assert "## Timeline (heures locales)" in other.read_text(encoding="utf-8")


def test_what_a_baseline_knows_is_not_mended(repository: Path) -> None:
    lint(repository, "--write-baseline", "baseline.json")
    ran = lint(repository, "--baseline", "baseline.json", "--fix", "--unsafe")
    assert ran.stderr.startswith("0 fixed\n"), ran.stderr
    assert (repository / PATH).read_text(encoding="utf-8") == TEXT
    added = TEXT.replace("\n## Mention", "- [ ] AI 3 : relire (owner @dev, due 30/06/2026)\n\n## Mention")
    (repository / PATH).write_text(added, encoding="utf-8")
    ran = lint(repository, "--baseline", "baseline.json", "--fix")
    assert ran.stderr.startswith("1 fixed in 1 document\n"), ran.stderr
    mended = added.replace("30/06/2026", "2026-06-30")
    assert (repository / PATH).read_text(encoding="utf-8") == mended


def test_unsafe_alone_is_refused(repository: Path) -> None:
    ran = lint(repository, "--unsafe")
    assert ran.returncode == 2
    assert "--unsafe is for --fix and --diff" in ran.stderr


def test_what_is_no_text_is_left_alone(repository: Path) -> None:
    (repository / PATH).write_bytes(b"# caf\xe9\n")
    ran = lint(repository, PATH, "--fix")
    assert ran.returncode == 1
    assert (repository / PATH).read_bytes() == b"# caf\xe9\n"
