"""The rule runbook-steps."""

from collections.abc import Iterator

from incidentdocs.documents.document import Document
from incidentdocs.documents.steps import read_steps
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_PATH = "docs/runbooks/runbook-api.md"


class RunbookSteps(DocumentRule):
    """The diagnosis and the resolution of a runbook are numbered steps.

    Whoever reads a runbook at night follows it line by line, and says over the phone where they are:
    "at step 3". Prose hides the order, and bullets have none.

    Write a numbered list, one command or check a step, each with what it should show. Numbered headings
    (`### Step 1: …`, `### 1. …`) are steps as well.
    """

    name = "runbook-steps"
    completeness = True
    valid = (
        Example(
            "# Runbook: API\n\n## Diagnosis (steps)\n1. Run `docker compose ps`: all are `Up`.\n"
            "2. Read the logs.\n\n## Resolution (steps)\n### Step 1: restart\nRun `docker compose restart api`.\n",
            path=_PATH,
        ),
        Example(
            "# Runbook : API\n\n## Résolution\n### Étape 1 : redémarrer\n`docker compose up -d`\n", path=_PATH
        ),
        Example("# Runbook: API\n\n## Resolution\n- [ ] 1. Stop the writes\n- [ ] 2. Restore\n", path=_PATH),
    )
    invalid = (
        Example(
            "# Runbook: API\n\n## Diagnosis\n- Look at the logs.\n- Look at the disk.\n",
            ("Diagnosis",),
            _PATH,
        ),
        Example(
            "# Runbook : API\n\n## Résolution (étapes)\nOn redémarre tout.\n", ("Résolution (étapes)",), _PATH
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each section of steps that is written without numbers."""
        for section in document.sections_containing("steps"):
            steps = read_steps(section)
            if steps.has_content and not steps.lines and not document.holds_placeholder(section.body):
                message = f"the section `{section.visible}` has no numbered steps"
                hint = "number what is to be done, in order: `1. …`, `2. …`"
                yield self.finding(document, section.heading.text.span(), message, hint)
