"""The commands that a document shows, each with its place."""

from incidentdocs.documents.commands import read_code, read_commands
from incidentdocs.markdown.source import parse


def commands(text: str) -> list[str]:
    source = parse(text)
    return [command.text for command in read_commands(source.blocks, source)]


def test_lines_that_go_on_are_one_command_and_comments_are_none() -> None:
    text = "```bash\n# list them\ndocker compose logs \\\n    --tail=50\ncat a |\nsort\n```\n"
    assert commands(text) == ["docker compose logs --tail=50", "cat a | sort"]


def test_where_some_lines_have_a_prompt_the_others_are_what_came_of_them() -> None:
    assert commands("```console\n$ df -h\nFilesystem Size\nana@db1:~$ ls\n```\n") == ["df -h", "ls"]


def test_a_text_block_without_a_prompt_and_a_yaml_block_hold_no_commands() -> None:
    assert commands("```text\nrm -rf /\n```\n\n```yaml\na: 1\n```\n") == []


def test_inline_code_is_a_command_with_what_is_said_before_it() -> None:
    source = parse("1. Stop. Never run `docker compose down -v`.\n")
    (command,) = read_commands(source.blocks, source)
    assert (command.text, command.inline, command.before) == ("docker compose down -v", True, "Never run ")


def test_places_are_those_of_the_file_in_lists_quotes_and_with_tabs() -> None:
    text = "1. Do:\n\n   ```sh\n   $ df\n   ```\n\n> ```\n> $ ls\n> ```\n\n\t$ pwd\n"
    source = parse(text)
    for block in read_code(source.blocks, source):
        for line in block.lines:
            at = line.span
            assert source.lines[at.line - 1][at.column - 1 : at.end_column - 1] == line.text
            assert line.prompt == 2
    assert [block.lines[0].command for block in read_code(source.blocks, source)] == ["df", "ls", "pwd"]


def test_a_fence_that_nothing_ends_and_an_empty_one_are_read() -> None:
    assert commands("```bash\n```\n\n```bash\ndf -h\n") == ["df -h"]
