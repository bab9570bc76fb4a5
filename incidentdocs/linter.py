"""Rules asked of documents and of their past, less what the documents' own comments silence."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from incidentdocs.documents.document import Document
from incidentdocs.documents.suppressions import Suppression
from incidentdocs.errors import Fault, IncidentdocsError
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.library.result import LintResult
from incidentdocs.rules.rule import (
    DocumentRule,
    HistoryRule,
    LibraryRule,
    Rule,
    Silenced,
    SuppressionRule,
)

if TYPE_CHECKING:
    from incidentdocs.history.past import Past
    from incidentdocs.rules.overview import Overview, Told

UNREADABLE = "unreadable-document"
"""The only rule that is asked of a file that could not be read as text."""


Found = Mapping[str, Sequence[Finding]]
"""Findings by their documents' paths."""


def ask_history(past: "Past", rules: Sequence[Rule]) -> Found:
    """Return every finding of the history rules among `rules`, whatever comments silence.

    Raises Fault, naming the rule, where a rule itself fails.
    """
    found: dict[str, list[Finding]] = {}
    for rule in rules:
        if isinstance(rule, HistoryRule):
            with _naming(rule, "the history"):
                for finding in rule.check(past):
                    found.setdefault(finding.path, []).append(finding)
    return found


def ask_library(overview: "Overview", rules: Sequence[Rule]) -> Found:
    """Return every finding of the rules about all documents among `rules`, whatever comments silence."""
    found: dict[str, list[Finding]] = {}
    for rule in rules:
        if isinstance(rule, LibraryRule):
            with _naming(rule, "the documents together"):
                for finding in rule.check(overview):
                    found.setdefault(finding.path, []).append(finding)
    return found


def gather(documents: Iterable[Document], rules: Sequence[Rule]) -> "Told":
    """Return what the rules about all documents among `rules` want to know of each of `documents`."""
    about_all = [rule for rule in rules if isinstance(rule, LibraryRule)]
    told: dict[str, dict[str, Sequence[object]]] = {rule.name: {} for rule in about_all}
    for document in documents:
        for rule in about_all:
            with _naming(rule, document.path):
                if not document.problems and (facts := rule.gather(document)):
                    told[rule.name][document.path] = facts
    return told


def told_by_both(one: "Told", other: "Told") -> "Told":
    """Return what was gathered of some documents and of others."""
    return {name: {**one.get(name, {}), **other.get(name, {})} for name in {**one, **other}}


def joined(one: Found | None, other: Found | None) -> Found:
    """Return what both have found."""
    found: dict[str, list[Finding]] = {}
    for path, findings in (*(one or {}).items(), *(other or {}).items()):
        found.setdefault(path, []).extend(findings)
    return found


def lint(
    documents: Sequence[Document],
    rules: Sequence[Rule],
    *,
    severities: Mapping[str, Severity] | None = None,
    past: Found | None = None,
) -> LintResult:
    """Return every finding of every rule in every document, by path and place.

    `severities` are what a repository decided for single rules. `past` is what rules about the
    history or all documents have found in these, and in some that are gone, whose comments are gone too.
    Raises Fault, naming rule and document, where a rule itself fails.
    """
    past = past or {}
    present = {document.path for document in documents}
    kept = [finding for path, found in past.items() if path not in present for finding in found]
    suppressed = 0
    for document in documents:
        asked = [rule for rule in rules if not document.problems or rule.name == UNREADABLE]
        found = [finding for rule in asked for finding in _ask(rule, document)]
        found += () if document.problems else past.get(document.path, ())
        if not document.suppressions:
            kept += found
            continue
        spared, silenced = _silence(document, found, asked)
        kept += spared
        suppressed += len(found) - len(spared)
        kept += _ask_about_suppressions(silenced, asked)
    kept = [as_decided(finding, severities or {}) for finding in kept]
    return LintResult(in_order(kept), documents=len(documents), suppressed=suppressed)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return `findings` by path and place."""
    return tuple(sorted(findings, key=lambda finding: (finding.path, finding.span, finding.rule)))


def as_decided(finding: Finding, severities: Mapping[str, Severity]) -> Finding:
    """Return a finding with the severity that a repository decided for its rule."""
    decided = severities.get(finding.rule, finding.severity)
    return finding if decided == finding.severity else finding._replace(severity=decided)


def _ask(rule: Rule, document: Document) -> Iterator[Finding]:
    """Yield what a rule finds in a document; so often that a `with` would cost as much as some rules do."""
    if isinstance(rule, DocumentRule):
        try:
            yield from rule.check(document)
        except Exception as error:
            raise _named(error, rule, document.path) from error


def _silence(
    document: Document, found: Sequence[Finding], asked: Iterable[Rule]
) -> tuple[list[Finding], Silenced]:
    lines: dict[str, set[int]] = {}
    for finding in found:
        lines.setdefault(finding.rule, set()).add(finding.span.line)
    silent: set[tuple[str, int]] = set()
    used: set[tuple[Suppression, str]] = set()
    for rule, of_rule in lines.items():
        naming = [suppression for suppression in document.suppressions if rule in suppression.rules]
        ordered = sorted(of_rule)
        silent.update((rule, line) for line in _covered(ordered, naming))
        used.update((suppression, rule) for suppression in naming if _covers_any(suppression, ordered))
    spared = [finding for finding in found if (finding.rule, finding.span.line) not in silent]
    ran = frozenset(rule.name for rule in asked)
    return spared, Silenced(document, frozenset(used), ran)


def _covered(lines: Sequence[int], suppressions: Iterable[Suppression]) -> Iterator[int]:
    """Yield those of the ascending `lines` that a suppression covers, each once however many do."""
    at = 0
    for suppression in sorted(suppressions, key=lambda suppression: suppression.first):
        at = bisect_left(lines, suppression.first, at)
        end = bisect_right(lines, suppression.last, at)
        yield from lines[at:end]
        at = end


def _covers_any(suppression: Suppression, lines: Sequence[int]) -> bool:
    at = bisect_left(lines, suppression.first)
    return at < len(lines) and lines[at] <= suppression.last


def _ask_about_suppressions(silenced: Silenced, asked: Iterable[Rule]) -> Iterator[Finding]:
    for rule in asked:
        if isinstance(rule, SuppressionRule):
            with _naming(rule, silenced.document.path):
                yield from rule.check(silenced)


@contextmanager
def _naming(rule: Rule, asked: str) -> Iterator[None]:
    """Turn whatever fails inside into a Fault that names the rule and what it was asked about."""
    try:
        yield
    except Exception as error:
        raise _named(error, rule, asked) from error


def _named(error: Exception, rule: Rule, asked: str) -> IncidentdocsError:
    """Return an error of the user's as it is, any other as a Fault of the rule."""
    if isinstance(error, IncidentdocsError):
        return error
    reason = f"the rule {rule.name} failed on {asked}: {type(error).__name__}: {error}"
    hint = f"report it with the document; meanwhile write `[rules.{rule.name}]` `enabled = false`"
    return Fault(reason, hint=hint)
