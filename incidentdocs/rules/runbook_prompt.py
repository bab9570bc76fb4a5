"""The rule runbook-prompt."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from incidentdocs.documents.commands import SESSIONS, CodeBlock, CodeLine, joined, read_code
from incidentdocs.documents.document import Document
from incidentdocs.documents.shell_sessions import leaves_doubt
from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Finding, Fix, Severity
from incidentdocs.markdown.blocks import Code, walk
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.rule import DocumentRule, Example

_SHOWN = 300
"""The characters of a command that a hint shows at most."""

_PATH = "docs/runbooks/runbook-api.md"
_EN = "# Runbook: API\n\n## Resolution (steps)\n1. Restart it.\n\n```{}\n{}\n```\n"
_FR = "# Runbook : API\n\n## Résolution (étapes)\n1. Redémarrer.\n\n```{}\n{}\n```\n"


class RunbookPrompt(DocumentRule):
    """Commands that are to be copied stand without the prompt of a shell.

    Whoever pastes `$ docker compose ps` at night gets `$: command not found`, and whoever pastes five such lines gets
    five. A block that shows what came of a command too, or says so by its language (`console`, `text`), is left alone:
    there the prompt tells which is which. A lone `#` begins a comment and is none, but for what is typed as root in a
    shell that the line above opens: `$ oc debug node/a`, then `# chroot /host`.

    Take the prompts away. `incidentdocs lint --fix` does it; where a line behind `#` may be either, a comment or what
    root types, only `--unsafe` does.
    """

    name = "runbook-prompt"
    severity: ClassVar[Severity] = "warning"
    fixable = True
    valid = (
        Example(_EN.format("bash", "# as root\ndocker compose restart api\ndocker compose ps"), path=_PATH),
        Example(_EN.format("bash", "$ docker compose ps\nNAME  STATUS\napi   Up 3 days"), path=_PATH),
        Example(_FR.format("console", "$ docker compose ps"), path=_PATH),
        Example(_FR.format("bash", "echo $HOME\n$EDITOR .env"), path=_PATH),
    )
    invalid = (
        Example(
            _EN.format("bash", "$ docker compose restart api\n$ docker compose ps"),
            ("$ ",),
            _PATH,
            fixed=_EN.format("bash", "docker compose restart api\ndocker compose ps"),
        ),
        Example(_EN.format("", "ana@db1:~$ df -h"), ("ana@db1:~$ ",), _PATH, fixed=_EN.format("", "df -h")),
        Example(
            _FR.format("sh", "# sur db1\n$ docker compose logs \\\n    --tail=50"),
            ("$ ",),
            _PATH,
            fixed=_FR.format("sh", "# sur db1\ndocker compose logs \\\n    --tail=50"),
        ),
        Example(
            _EN.format("bash", "$ ssh db1\n# systemctl restart db --now\n# journalctl -u db"),
            ("$ ",),
            _PATH,
            fixed=_EN.format("bash", "ssh db1\nsystemctl restart db --now\njournalctl -u db"),
        ),
        Example(
            _FR.format("", "sh-5.1# cat <<EOF |\nmode: lent\nEOF\n  tee /etc/api.conf"),
            ("sh-5.1# ",),
            _PATH,
            fixed=_FR.format("", "cat <<EOF |\nmode: lent\nEOF\n  tee /etc/api.conf"),
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each block of commands in which each has a prompt, with what takes them away."""
        if role_of(document.profile) != "runbook":
            return
        marked = (b for b in walk(document.source.blocks) if isinstance(b, Code) and _may_prompt(b.source))
        for block in read_code(marked, document.source):
            if block.is_shell and block.language not in SESSIONS and (prompted := _prompted(block)):
                first = prompted[0][0]
                message = (
                    f"`{first.text[: first.prompt].rstrip()}` is copied with the command, which then fails"
                )
                edits = tuple(Edit(lines[0].prompt_span, "") for lines in prompted)
                hint = f"write `{_shown(prompted[0])}`"
                fix = Fix(edits, safe=_is_safe(block))
                yield self.finding(document, first.prompt_span, message, hint, fix=fix)


def _may_prompt(code: str) -> bool:
    return any(sign in code for sign in ("$ ", "@", "$\t", "sh-", "/ # ", "~ # "))


def _prompted(block: CodeBlock) -> Sequence[Sequence[CodeLine]]:
    """Return the commands with a prompt; none where one has none that is a command or what came of one."""
    prompted = []
    for lines in block.whole():
        if lines[0].prompt:
            prompted.append(lines)
        elif not lines[0].text.startswith("#"):
            return ()
    return prompted


def _is_safe(block: CodeBlock) -> bool:
    """Return whether nothing that stays behind `# ` becomes a comment which was a command."""
    return not leaves_doubt([line.text for line in block.lines], [line.prompt for line in block.lines])


def _shown(lines: Sequence[CodeLine]) -> str:
    """Return a command on one line, as far as its here document or much more would be too long to show."""
    command = joined(lines[:1] if "<<" in lines[0].text else lines)
    return command if len(command) <= _SHOWN else f"{command[:_SHOWN].rstrip()}…"
