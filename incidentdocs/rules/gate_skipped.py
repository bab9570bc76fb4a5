"""The rule gate-skipped."""

import re
from collections.abc import Iterator
from functools import cache

from incidentdocs.documents.checklist import Output
from incidentdocs.documents.document import Document
from incidentdocs.documents.handling import Handling, Taken, as_passed, handling, is_resolved
from incidentdocs.documents.unfinished import is_gate
from incidentdocs.documents.verification import first_line
from incidentdocs.library.finding import Finding
from incidentdocs.rules.rule import DocumentRule, Example

_PATH = "docs/incidents/2026-03-14-disk-full.md"
_FR = "---\nseverity: SEV1\n---\n# Incident : disque plein\n\n## Étapes\n"
_EN = "---\nseverity: SEV2\n---\n# Incident: disk full\n\n## Steps\n"
_DETECT = "### [1] DETECT (auto ou manuel)\n- [x] Alerte UptimeRobot/Slack/email\n- [x] Output : situation comprise — le wiki ne répond plus (@oncall, 02:12)\n\n"
_AGENT = '[people.bridge-bot]\nkind = "agent"\n\n[people.oncall]\n'


class GateSkipped(DocumentRule):
    """No step of an incident is passed before the steps above it have brought what they must.

    Each step ends in an output that the next one needs: who mitigates before anybody has understood the situation may
    restart what was not broken. A box that is ticked beside nothing is no output. An agent may prepare one; that it holds, a
    person says.

    Say what the step brought, and who says so: `incidentdocs incident step 2 --output TEXT --by @who`.
    """

    name = "gate-skipped"
    severity = "warning"
    valid = (
        Example(
            f"{_FR}{_DETECT}### [2] TRIAGE (15 min, @oncall oncall)\n- [ ] Severite confirmee SEV1 ?\n"
            "- [ ] Output : equipe alertee\n",
            path=_PATH,
        ),
        Example(
            f"{_EN}### [1] DETECT (automatic or manual)\n- [ ] Output: situation understood — the disk is full (@bridge-bot, 14:10)\n\n"
            "### [2] TRIAGE (4 business hours, @oncall on call)\n- [ ] Output: team alerted\n",
            path=_PATH,
            config=_AGENT,
        ),
        Example(
            f"{_EN}### [1] Look around\n- [ ] Output: a plan\n\n### [2] Act\n- [x] Output: done — yes\n",
            path=_PATH,
        ),
    )
    invalid = (
        Example(
            f"{_FR}{_DETECT}### [2] TRIAGE (15 min, @oncall oncall)\n- [ ] Output : equipe alertee\n\n"
            "### [3] INVESTIGATE (@devops)\n- [x] Output : root cause identifie ou hypothese forte — journaux trop gros (@oncall, 02:40)\n",
            ("Output : equipe alertee",),
            path=_PATH,
        ),
        Example(
            f"{_EN}### [1] DETECT (automatic or manual)\n- [x] Output: situation understood\n\n"
            "### [2] TRIAGE (4 business hours, @oncall on call)\n- [x] Output: team alerted — all in #ops (@bridge-bot, 14:20)\n",
            ("Output: situation understood", "Output: team alerted — all in #ops (@bridge-bot, 14:20)"),
            path=_PATH,
            config=_AGENT,
        ),
    )

    def check(self, document: Document) -> Iterator[Finding]:
        """Yield a finding for each gate that was passed over, or passed by nobody."""
        handled = handling(document)
        for taken in handled.steps if handled else ():
            if handled and is_gate(taken):
                yield from self._of_step(document, handled, taken)

    def _of_step(self, document: Document, handled: Handling, taken: Taken) -> Iterator[Finding]:
        output = taken.done.output
        if output and document.holds_placeholder(output.check.text.span()):
            return
        if output and output.check.ticked:
            yield from self._ticked(document, output)
            return
        later = handled.passed_after(taken) if handled.lacks_output(taken) else None
        # Of a verification that is missing another rule tells.
        if later is None or (taken.step and taken.step.verifies and is_resolved(document)):
            return
        text = first_line(output.check.text) if output else taken.done.heading.text
        lacks = "nobody has passed its output" if output and output.said else "it has no output"
        message = f"step {taken.done.number} was passed over: step {later.done.number} is passed, and {lacks}"
        yield self.finding(document, text.span(), message, _hint(document, output))

    def _ticked(self, document: Document, output: Output) -> Iterator[Finding]:
        span = first_line(output.check.text).span()
        if not output.said:
            message = f"`{output.expected or first_line(output.check.text).source}` is ticked, and nothing says what the step brought"
            yield self.finding(document, span, message, _hint(document, output))
        elif _by_agent_alone(document, output):
            message = f"only an agent, {output.by}, says that this step brought its output"
            hint = f"let a person pass it, and name them: `({_person(document)}, HH:MM)`"
            yield self.finding(document, span, message, hint)


def _hint(document: Document, output: Output | None) -> str:
    if output is None:
        return "write what the step brought, in the line `- [x] Output: …` below its checks"
    return f"say what it brought: `{as_passed(output, document)}`"


def _person(document: Document) -> str:
    return next(iter(document.words("oncall")), "@oncall")


def _by_agent_alone(document: Document, output: Output) -> bool:
    """Return whether all who sign an output are agents that the roster lists."""
    signed = (output.by, *_handle().findall(output.when))
    people = [document.process.people.find(handle) for handle in signed if handle]
    return bool(people) and all(person is not None and person.kind == "agent" for person in people)


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"@[\w./-]{1,100}")
