"""README and guide against the program: every command they show exists, and what they print is printed."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from incidentdocs.cli import COMMANDS, incidentdocs
from incidentdocs.documents.titles import fold
from incidentdocs.profiles.loading import READY, built_in
from incidentdocs.rules import RULES

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]


def shown_commands(text: str) -> Iterator[list[str]]:
    """Yield the arguments of every incidentdocs command that a page shows, in blocks or in a sentence."""
    blocks = re.findall(r"^```(?:console|bash|sh|text)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    inline = re.findall(r"`(incidentdocs [^`\n]+)`", text)
    for line in (*lines, *inline):
        if re.match(r"incidentdocs [a-z]", line):
            yield shlex.split(line, comments=True)[1:]


def options_of(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name.startswith("--")} | {
        "--help"
    }


def command_called(name: str) -> click.Command | None:
    return incidentdocs.get_command(click.Context(incidentdocs), name)


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Yield each command by what is typed to call it, those of groups too."""
    for name in COMMANDS:
        command = command_called(name)
        if isinstance(command, click.Group):
            if command.invoke_without_command:
                yield name, command
            yield from ((f"{name} {inner}", each) for inner, each in command.commands.items())
        elif command:
            yield name, command


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_that_is_shown_exists(page: Path) -> None:
    for arguments in shown_commands(page.read_text(encoding="utf-8")):
        command = command_called(arguments[0])
        inner = arguments[1] if len(arguments) > 1 else "-"
        if isinstance(command, click.Group) and not (
            command.invoke_without_command and inner.startswith("-")
        ):
            command = command.commands.get(inner)
        assert command is not None, arguments
        used = {word.split("=")[0] for word in arguments if word.startswith("--")}
        assert used <= options_of(command), arguments


def test_every_command_and_option_is_told_somewhere() -> None:
    told = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for name, command in every_command():
        assert re.search(rf"(?:incidentdocs |`){name}\b", told), name
        for option in options_of(command) - {"--help"}:
            assert re.search(rf"{option}\b", told), (name, option)


def test_the_readme_counts_the_rules() -> None:
    assert f"the {len(RULES)} rules" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_guide_lists_every_ready_profile_with_its_sections() -> None:
    guide = (ROOT / "docs/guide/profiles.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ((?:post-mortems|runbooks) \|.*)$", guide, re.MULTILINE))
    assert {name: row.split("s |")[0] for name, row in rows.items()} == READY
    for name, row in rows.items():
        told = fold(row)
        for section in built_in(name).sections:
            title = fold(section.title["en"].partition(":")[2] or section.title["en"])
            assert title.removeprefix("the ") in told, (name, title)


def test_every_relative_link_leads_somewhere() -> None:
    for page in (*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


def test_the_readme_s_commands_work_in_this_order(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme[readme.index("## Use it in your repository") :]
    codes = [
        subprocess.run(
            [sys.executable, "-m", "incidentdocs", *arguments], cwd=tmp_path, check=False
        ).returncode
        for arguments in list(shown_commands(section))[:4]
    ]
    assert codes == [0, 0, 0, 0]
    assert (tmp_path / "incidentdocs.toml").exists()


def test_the_readme_shows_what_is_really_printed(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"```console\n\$ incidentdocs lint (\S+)\n(.*?)```", readme, re.DOTALL)
    assert shown is not None
    story = tmp_path / "demo"
    run = [sys.executable, "-m", "incidentdocs"]
    subprocess.run([*run, "demo", str(story)], check=True, capture_output=True)
    lint = [*run, "lint", shown[1], "--as-of", "2026-09-15", "--color", "never"]
    done = subprocess.run(lint, cwd=story, capture_output=True, text=True, check=False)
    assert done.stdout == shown[2]


def test_the_guide_s_incident_is_played_as_it_is_shown(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "incidentdocs.toml").write_text('timezone = "Europe/Paris"\nlanguage = "en"\n')
    page = (ROOT / "docs/guide/incidents.md").read_text(encoding="utf-8")
    played = 0
    for block in re.findall(r"^```console\n(.*?)^```", page, re.DOTALL | re.MULTILINE):
        for shown in block.removeprefix("$ ").split("\n$ "):
            command, _, printed = shown.partition("\n")
            arguments = [sys.executable, "-m", *shlex.split(command)]
            done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
            assert done.stdout.strip() == printed.strip(), done.stderr
            played += 1
    assert played > 10


def test_every_line_of_the_process_is_served() -> None:
    page = (ROOT / "docs/guide/process.md").read_text(encoding="utf-8")
    rows = [row for row in re.findall(r"^\| (.*) \|$", page, re.MULTILINE) if "---" not in row]
    lines = [row.split(" | ") for row in rows if not row.startswith("the process asks")]
    assert len(lines) > 50
    for asked, served in lines:
        assert re.search(r"`|step|template|\]\(", served), asked
    settings = {
        name for row in lines for name in re.findall(r"`((?:oncall|communication|process)\.[a-z-]+)", row[1])
    }
    known = (ROOT / "docs/guide/configuration.md").read_text(encoding="utf-8")
    assert [name for name in settings if f"| `{name}` |" not in known] == []
