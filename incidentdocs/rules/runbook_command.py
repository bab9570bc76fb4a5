"""The rule runbook-command."""

from collections.abc import Iterator
from typing import ClassVar

from incidentdocs.documents.answers import points_elsewhere
from incidentdocs.documents.commands import code_of, shows_a_command
from incidentdocs.documents.contents import says_something
from incidentdocs.documents.document import Document
from incidentdocs.documents.sections import Section
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.blocks import Code, texts_in, walk
from incidentdocs.markdown.inline_scanner import scan
from incidentdocs.rules.rule import DocumentRule, Example

_PATH = "docs/runbooks/runbook-api.md"


class RunbookCommand(DocumentRule):
    """The steps of a diagnosis and of a resolution give commands, and a block of commands says its language.

    *Restart the service* asks whoever was just woken to remember how. A command is copied. Where a block says
    its language (`bash`, `sql`), everybody sees where to paste it, and tools can colour and check it. A command within
    a step is one too, and a section that shows a link, a table or an image where to go on is left alone.

    Write the command, each with what it should show.
    """

    name = "runbook-command"
    severity: ClassVar[Severity] = "warning"
    completeness = True
    valid = (
        Example(
            "# Runbook: API\n\n## Diagnosis (steps)\n1. Run `docker compose ps`: all are `Up`.\n\n"
            "## Resolution (steps)\n1. Restart it:\n\n   ```bash\n   docker compose restart api\n   ```\n",
            path=_PATH,
        ),
        Example(
            "# Runbook: API\n\n## Diagnosis\n1. Open the [dashboard](https://grafana.example.org/d/api): is it red?\n",
            path=_PATH,
        ),
        Example(
            "# Runbook : API\n\n## Diagnostic\n1. Lire les logs :\n\n   ```\n   FATAL: too many connections\n   ```\n",
            path=_PATH,
        ),
        Example(
            "# Runbook : API\n\n## Résolution (étapes)\n1. <etape : commande + resultat attendu>\n",
            path=_PATH,
        ),
    )
    invalid = (
        Example(
            "# Runbook: API\n\n## Diagnosis\n1. Look at the logs.\n2. Look at the disk.\n",
            ("Diagnosis",),
            _PATH,
        ),
        Example(
            "# Runbook: API\n\n## Resolution\n1. Restart it.\n\n   ```\n   docker compose restart api\n   ```\n",
            ("```",),
            _PATH,
        ),
        Example(
            "# Runbook : API\n\n## Résolution (étapes)\n1. Redémarrer le service.\n",
            ("Résolution (étapes)",),
            _PATH,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each section of steps without a command, and each block of commands without a language."""
        for section in document.sections_containing("steps"):
            if document.holds_placeholder(section.body):
                continue
            if says_something(section) and not points_elsewhere(section) and not _has_code(section):
                message = f"the section `{section.visible}` gives no command"
                hint = "write the command of each step, with what it should show: `docker compose ps`"
                yield self.finding(document, section.heading.text.span(), message, hint)
            for each in walk(section.blocks):
                if not isinstance(each, Code) or not each.fenced or each.info.strip():
                    continue
                block = code_of(each, document.source)
                if block.fence and block.lines and shows_a_command(block.lines[0].text):
                    message = f"the block that begins with `{block.lines[0].command[:60]}` says no language"
                    yield self.finding(document, block.fence, message, "write ` ```bash ` where it begins")


def _has_code(section: Section) -> bool:
    return any(
        "`" in t.source and any(p.kind == "code" for p in scan(t.source)) for t in texts_in(section.blocks)
    )
