"""How many findings each rule has, in place of the findings themselves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import ClassVar, Literal

from incidentdocs.library.finding import Finding, Severity
from incidentdocs.output.json_text import json_text
from incidentdocs.output.lint_json import STRICT, LintSummary, summary_for_json
from incidentdocs.output.lint_text import summary
from incidentdocs.output.terminal import Style
from incidentdocs.output.told import Told
from incidentdocs.output.wording import counted


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule finds something, and in how many documents."""

    __pydantic_config__: ClassVar = STRICT

    rule: str
    """The name of the rule."""
    severity: Severity
    """`error` or `warning`; a rule that gives both is counted for each."""
    findings: int
    """How many findings there are."""
    documents: int
    """In how many documents they stand."""
    fixable: int
    """How many of them the program can mend by itself."""


@dataclass(frozen=True, slots=True)
class StatisticsReport:
    """What `incidentdocs lint --statistics --format json` prints."""

    __pydantic_config__: ClassVar = STRICT

    version: Literal[1]
    """The version of this shape."""
    rules: tuple[RuleCount, ...]
    """The rules that find something, those that find most first."""
    summary: LintSummary
    """How much was checked and found."""


def counts_of(findings: Sequence[Finding]) -> tuple[RuleCount, ...]:
    """Return how many of `findings` each rule has in each severity, the most first."""
    number = Counter((each.rule, each.severity) for each in findings)
    fixable = Counter((each.rule, each.severity) for each in findings if each.fix)
    places = {(each.rule, each.severity, each.path) for each in findings}
    documents = Counter((rule, severity) for rule, severity, _ in places)
    counts = (RuleCount(*kind, number[kind], documents[kind], fixable[kind]) for kind in number)
    return tuple(sorted(counts, key=lambda count: (-count.findings, count.rule, count.severity)))


def statistics_text(told: Told) -> str:
    """Return a line for each rule and severity, the most first, and the line that sums up."""
    style = Style(colour=told.colour)
    counts = counts_of(told.result.findings)
    digits = max((len(str(count.findings)) for count in counts), default=1)
    longest = max((len(count.rule) for count in counts), default=0)
    lines = [_line(count, digits, longest, style) for count in counts]
    return "\n".join([*lines, *([""] if lines else []), summary(told.result)])


def statistics_json(told: Told) -> str:
    """Return the same as JSON in plain ASCII."""
    counts = counts_of(told.result.findings)
    return json_text(asdict(StatisticsReport(1, counts, summary_for_json(told.result))))


def _line(count: RuleCount, digits: int, longest: int, style: Style) -> str:
    kind = style.grave(f"{count.severity:<7}", count.severity)
    fixable = f", {count.fixable} fixable" if count.fixable else ""
    where = style.faint(f"in {counted(count.documents, 'document')}{fixable}")
    return f"{count.findings:>{digits}}  {kind}  {count.rule:<{longest}}  {where}"
