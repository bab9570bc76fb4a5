"""What a shell's session shows: which `#` is a prompt, which lines go on, what is mended without doubt."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentdocs.documents.commands import read_commands
from incidentdocs.documents.shell_sessions import going_on, prompt_of
from incidentdocs.editing.edits import edited
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.source import parse
from incidentdocs.rules import load
from incidentdocs.rules.rule import DocumentRule, Example
from tests.rules.conftest import document_of_example


def block(code: str, language: str = "bash") -> str:
    return f"# Runbook: API\n\n## Resolution (steps)\n\n```{language}\n{code}\n```\n"


def found(text: str) -> list[Finding]:
    rule = load("runbook-prompt")()
    assert isinstance(rule, DocumentRule)
    return list(rule.check(document_of_example(Example(text, path="docs/runbooks/runbook-api.md"))))


def mended(code: str) -> str:
    """Return a block's code without its prompts, which the rule takes away without doubt."""
    (finding,) = found(block(code))
    assert finding.fix
    assert finding.fix.safe
    text = edited(block(code), finding.fix.edits)
    assert found(text) == []
    return text.partition("```bash\n")[2].removesuffix("\n```\n")


@pytest.mark.parametrize(
    ("line", "prompt"),
    [
        ("$ df -h", "$ "),
        ("sh-5.1# chroot /host", "sh-5.1# "),
        ("sh-5.1$ ls", "sh-5.1$ "),
        ("bash-4.4$ ls", "bash-4.4$ "),
        ("root@db1:/# ls", "root@db1:/# "),
        ("[root@db1 ~]# ls", "[root@db1 ~]# "),
        ("/ # ls", "/ # "),
        ("~ $ ls", "~ $ "),
        ("# ls", ""),
        ("sh-5.1 is old", ""),
        ("/usr/bin/ls # all", ""),
        ("ssh-5.1$ ls", ""),
        ("$HOME/bin/x", ""),
    ],
)
def test_a_prompt_is_told_from_what_is_typed(line: str, prompt: str) -> None:
    assert line[: prompt_of(line)] == prompt


@pytest.mark.parametrize(
    "opener",
    [
        "oc debug node/<node>",
        'oc debug "node/$NODE"',
        "oc -n shop rsh api-0",
        "kubectl -n shop exec -it api-0 -- bash",
        "docker compose exec api sh",
        "docker exec -it api /bin/bash",
        "ssh db1",
        "sudo -i",
        "su -",
    ],
)
def test_what_root_types_in_a_shell_that_was_opened_has_a_prompt(opener: str) -> None:
    code = f"$ oc get nodes\n$ {opener}\n# chroot /host\n# journalctl -u db | tail -n 20\n# reboot"
    assert mended(code) == f"oc get nodes\n{opener}\nchroot /host\njournalctl -u db | tail -n 20\nreboot"


@pytest.mark.parametrize(
    "code",
    [
        "# on db1\n$ df -h",
        "$ df -h\n# more than 90 % is too much",
        "# Read the logs with the option -f\n$ docker compose logs",
        "$ ssh db1\n# Look at the disk.\n$ df -h",
        "$ ssh db1\n# logs -> /srv/logs\n$ df -h",
        "$ oc edit pvc data\n# Update spec.resources.requests to a larger size",
    ],
)
def test_a_comment_stays_one(code: str) -> None:
    assert mended(code) == code.replace("$ ", "")


@pytest.mark.parametrize(
    "code",
    [
        "$ oc get nodes\n# chroot /host",
        "$ ssh db1\n# optional\n$ df -h",
        "$ ssh db1\n# use --force\n$ df -h",
        "$ ssh db1\n# edit /etc/hosts\n$ df -h",
        "$ ssh db1\n# kill pods\n$ df -h",
        "$ df -h\n# rm -rf /srv/cache",
        "$ ssh db1\n# check disks",
        "$ oc debug node/a\n# chroot /host\n$ oc get nodes\n# systemctl restart --now db",
    ],
)
def test_what_may_be_either_is_not_mended_without_asking(code: str) -> None:
    (finding,) = found(block(code))
    assert finding.fix
    assert not finding.fix.safe


@pytest.mark.parametrize(
    "code",
    [
        "$ cat <<EOF | oc apply -f -\nkind: Pod\nmetadata:\n  name: a\nEOF",
        "$ cat <<'EOF' |\nkind: Pod\nEOF\n  oc apply -f -",
        "$ cat <<-EOF | \\\n    oc apply -f -\nkind: Pod\nEOF\n$ oc get pods",
        '$ psql shop <<"SQL"\nselect 1;\nSQL\n$ df -h',
        "$ docker compose logs \\\n    --tail=50 |\n  grep error &&\n  df -h",
    ],
)
def test_what_goes_on_stays_as_it_is(code: str) -> None:
    assert mended(code) == code.replace("$ ", "")


@pytest.mark.parametrize(
    "code",
    ["$ cat <<EOF\nkind: Pod\n", "$ cat <<< EOF\nEOF", "$ df -h\nFilesystem Size", "# df -h\n# ls /srv"],
)
def test_output_and_what_nothing_ends_is_left_alone(code: str) -> None:
    assert found(block(code)) == []


def test_the_hint_shows_the_whole_command() -> None:
    (finding,) = found(block("$ docker compose logs \\\n    --tail=50 |\n  grep error"))
    assert finding.hint == "write `docker compose logs --tail=50 | grep error`"
    (finding,) = found(block("$ cat <<EOF | tee /etc/api.conf\nmode: slow\nEOF"))
    assert finding.hint == "write `cat <<EOF | tee /etc/api.conf`"
    (finding,) = found(block("$ echo " + "very " * 500))
    assert len(finding.hint) < 320


def test_the_text_of_a_here_document_is_no_command_of_its_own() -> None:
    source = parse("```bash\ncat <<EOF\nrm -rf /srv\nEOF\ndf -h\n```\n")
    assert [command.text for command in read_commands(source.blocks, source)] == [
        "cat <<EOF rm -rf /srv EOF",
        "df -h",
    ]


a_line = st.text(st.sampled_from("ab $#<EOF\\|&-/.:'\" "), max_size=16)


@given(st.lists(a_line | st.sampled_from(["EOF", "$ cat <<EOF |", "# chroot /host", "$ ssh a"]), max_size=12))
def test_any_block_is_read_line_by_line_and_mended_for_good(lines: list[str]) -> None:
    told = list(going_on(lines))
    assert len(told) == len(lines)
    assert not any(told[:1])
    for finding in found(block("\n".join(lines))):
        assert finding.fix
        text = edited(block("\n".join(lines)), finding.fix.edits)
        assert len(text) < len(block("\n".join(lines)))


@pytest.mark.parametrize(
    "line", ["$ cat <<EOF", "$ oc " + "exec run " * 30 + "x", "# " + "a " * 150, "$ ~ $ / # "]
)
def test_a_hostile_block_is_read_in_little_time(line: str) -> None:
    begun = time.perf_counter()
    found(block("$ ssh a\n" + f"{line}\n" * 5_000))
    assert time.perf_counter() - begun < 3
