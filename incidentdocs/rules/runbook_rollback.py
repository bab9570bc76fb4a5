"""The rule runbook-rollback."""

import re
from collections.abc import Iterator
from functools import cache
from typing import ClassVar

from incidentdocs.documents.commands import Command, read_commands
from incidentdocs.documents.document import Document
from incidentdocs.documents.runbooks import says, tells_to_undo
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.blocks import Block, Code, Heading
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.rule import DocumentRule, Example

_PATH = "docs/runbooks/runbook-api.md"
_EN = "# Runbook: API\n\n## Resolution (steps)\n1. Make room:\n\n   ```bash\n   {}\n   ```\n"
_FR = "# Runbook : API\n\n## Résolution (étapes)\n1. Faire de la place :\n\n   ```bash\n   {}\n   ```\n"


class RunbookRollback(DocumentRule):
    """A runbook that destroys something says how that is undone, or that it cannot be.

    `docker compose down --volumes` takes a second. Whoever types it at night must know before whether there is a way
    back: a backup, a snapshot, a command that undoes it, or the word *irreversible*. What is told never to be typed is
    left alone, and so is what comes back by itself, such as a pod.

    Write beside the command, or under *Rollback*, what undoes it; where nothing does, write *irreversible*.
    """

    name = "runbook-rollback"
    severity: ClassVar[Severity] = "warning"
    completeness = True
    valid = (
        Example(_EN.format("docker image ls"), path=_PATH),
        Example(
            _EN.format("docker volume rm api_data") + "\n   **Irreversible**: all uploads are gone.\n",
            path=_PATH,
        ),
        Example(
            _EN.format("df -h") + "2. Never run `docker compose down --volumes`: the pages are in them.\n",
            path=_PATH,
        ),
        Example(_EN.format('psql -c "DELETE FROM sessions WHERE expires < now()"'), path=_PATH),
        Example(
            _FR.format("rm -rf /srv/api/cache")
            + "\n## Rollback / escalade\n- Rollback : restaurer la sauvegarde de la nuit.\n",
            path=_PATH,
        ),
    )
    invalid = (
        Example(
            _EN.format("docker volume rm api_data")
            + "\n## Rollback / escalation\n- Call @oncall after 15 minutes.\n",
            ("docker volume rm api_data",),
            _PATH,
        ),
        Example(
            _EN.format("docker compose ps") + "2. Then `terraform destroy`.\n",
            ("`terraform destroy`",),
            _PATH,
        ),
        Example(_FR.format("dropdb --username=postgres api"), ("dropdb --username=postgres api",), _PATH),
        Example(_FR.format('psql -c "TRUNCATE sessions;"'), ('psql -c "TRUNCATE sessions;"',), _PATH),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each command that destroys, in a runbook that does not speak of any way back."""
        if role_of(document.profile) != "runbook":
            return
        blocks = document.source.blocks
        found = [each for each in read_commands(blocks, document.source, _MARKS) if _destroys(each)]
        if not found or says(_prose(blocks), tells_to_undo):
            return
        for command in found:
            if not document.holds_placeholder(command.span):
                message = f"`{command.text[:80]}` destroys something, and no step says how to undo it"
                word = "irréversible" if document.language == "fr" else "irreversible"
                hint = f"write beside it what undoes it, or `{word}`"
                yield self.finding(document, command.span, message, hint)


def _prose(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield what could speak of a way back; a heading alone, such as *Rollback / escalation*, does not."""
    return (block for block in blocks if not isinstance(block, Code | Heading))


def _destroys(command: Command) -> bool:
    folded = command.text.casefold()
    if not any(mark in folded for mark in _MARKS):
        return False
    if not _destructive().search(command.text) or _harmless().search(command.text):
        return False
    return not (command.inline and _negated().search(fold(command.before)))


_MARKS = (
    "rm -", "mkfs", "of=", "wipefs", "shred", "volume", " -v", "delete", "--force", " -f", "destroy", "flush",
    "--clean", " -c", "dropdb", "prune", "drop", "truncate",
)  # fmt: skip
"""What is in every command that destroys, in small letters."""


@cache
def _destructive() -> re.Pattern[str]:
    options = r"(?:[ \t]+(?!-)\S{1,200}|[ \t]+-{1,2}\S{1,200}){0,12}?[ \t]+"
    kept = r"(?:pvc?|persistentvolume(?:claim)?s?|namespaces?|ns|crds?|customresourcedefinitions?|statefulsets?|sts|secrets?)"
    return re.compile(
        r"\brm[ \t]+-(?:[a-zA-Z]*[rR][a-zA-Z]*f|[a-zA-Z]*f[a-zA-Z]*[rR])"
        r"|\bmkfs(?:\.\w+)?[ \t]|\bdd[ \t][^\n]{0,200}\bof=|\bwipefs\b|\bshred[ \t]"
        r"|\bdocker[ \t]+volume[ \t]+(?:rm|prune)\b|\bdocker[ \t]+system[ \t]+prune[^\n]{0,100}--volumes"
        rf"|\bdocker(?:-|[ \t]+)compose{options}?(?:down|rm){options}(?:-v|--volumes)(?![\w-])"
        rf"|\b(?:kubectl|oc){options}?delete{options}?{kept}(?:[ \t/]|$)"
        r"|\bgit[ \t]+push[^\n]{0,200}[ \t](?:--force|-f)(?![\w-])|\bterraform[ \t]+destroy\b"
        r"|(?i:\bredis-cli\b[^\n]{0,200}\bFLUSH(?:ALL|DB)\b)|\bpg_restore[^\n]{0,200}[ \t](?:--clean|-c)(?![\w-])"
        r"|\bdropdb[ \t]|\brestic[^\n]{0,200}[ \t](?:prune|--prune)\b"
        r"|(?i:\bDROP[ \t]+(?:TABLE|DATABASE|SCHEMA)\b|\bTRUNCATE[ \t]+(?:TABLE[ \t]+)?\w|\bDELETE[ \t]+FROM[ \t]+\S+)"
    )


@cache
def _harmless() -> re.Pattern[str]:
    """Return what matches a command that only looks, asks first, or says which rows it deletes."""
    return re.compile(r"--dry-run|(?i:\bDELETE[ \t]+FROM\b.{0,2000}\bWHERE\b)|--help|/tmp/\w", re.DOTALL)


@cache
def _negated() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:never|not|don t|without|avoid|instead of|jamais|pas|ne|sans|eviter|au lieu de)\b"
    )
