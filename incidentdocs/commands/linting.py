"""The findings of a repository's documents, in as many processes as are worth their start."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial, reduce
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from incidentdocs.config import Config
from incidentdocs.config.tables import RuleConfig
from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Severity
from incidentdocs.library.fingerprints import Outline, outline, with_fingerprints
from incidentdocs.library.result import LintResult
from incidentdocs.linter import (
    Found,
    as_decided,
    ask_history,
    ask_library,
    gather,
    in_order,
    joined,
    lint,
    told_by_both,
)
from incidentdocs.markdown.source import Source
from incidentdocs.processes import processes_for, shares
from incidentdocs.rules import HISTORY_RULES, LIBRARY_RULES, RULES, with_options
from incidentdocs.rules.rule import Rule, asks_history
from incidentdocs.workspace import File, Workspace

if TYPE_CHECKING:
    from incidentdocs.history.past import Past
    from incidentdocs.similarity.gathering import Gathered

FILES_FOR_A_PROCESS = 100
"""Fewer are linted sooner than another process has started."""


class Linted(NamedTuple):
    """A result, the source lines of the documents that have findings, by path, and what documents tell.

    That is gathered only where rules about all documents ask for it, and so is what they are `told` of each;
    `silencing` are then the documents with comments that silence something. `outlines` are where sections
    begin in the documents that have findings.
    """

    result: LintResult
    sources: dict[str, Source]
    gathered: "Gathered | None" = None
    silencing: frozenset[str] = frozenset()
    told: Mapping[str, Mapping[str, Sequence[Any]]] = {}
    outlines: Mapping[str, Outline] = {}

    def fingerprinted(self) -> "Linted":
        """Return this with its fingerprint in each finding; asked for before any of them is left out."""
        findings = tuple(with_fingerprints(self.result.findings, self.sources, self.outlines))
        return self._replace(result=self.result._replace(findings=findings))


def lint_files(workspace: Workspace, files: Sequence[File], *, whole: bool, cache: bool) -> Linted:
    """Return the findings in `files`; of the `whole` repository also those about its past and about all."""
    alone = [name for name in RULES if name not in (*HISTORY_RULES, *LIBRARY_RULES)]
    if not whole:
        return _lint_all(workspace, files, alone, {})
    about_past = enabled_rules(workspace.config, HISTORY_RULES)
    about_all = enabled_rules(workspace.config, LIBRARY_RULES)
    past = _past(workspace, cache=cache) if any(map(asks_history, (*about_past, *about_all))) else None
    about_all = [rule for rule in about_all if past or not asks_history(rule)]
    names = [*alone, *(HISTORY_RULES if past else ()), *(rule.name for rule in about_all)]
    found = ask_history(past, about_past) if past else {}
    linted = _lint_all(workspace, files, names, found, gathering=bool(about_all))
    if linted.gathered is None:
        return linted
    from incidentdocs.commands.overview import overview_of, with_told

    overview = overview_of(workspace, linted.gathered, files, past)
    more = ask_library(with_told(workspace, overview, linted.told, about_all), about_all)
    return _with_more(workspace, files, names, linted, (found, more)) if more else linted


def _past(workspace: Workspace, *, cache: bool) -> "Past | None":
    from incidentdocs.commands.past import past_of

    return past_of(workspace, cache=cache)


def _with_more(
    workspace: Workspace,
    files: Sequence[File],
    names: Sequence[str],
    linted: Linted,
    found: tuple[Found, Found],
) -> Linted:
    """Return what was `linted` with the second part of `found` added, less what comments silence.

    Documents with such comments are linted again: a comment that silenced nothing may do so now.
    """
    more = found[1]
    again = [file for file in files if file.path in more and file.path in linted.silencing]
    here = {file.path for file in again}
    of_past, of_all = ({path: each[path] for path in here if path in each} for each in found)
    before = _lint_some(workspace, again, names, of_past).result
    after = _lint_some(workspace, again, names, joined(of_past, of_all))
    added = [file for file in files if file.path in more and file.path not in here]
    severities = _severities(workspace.config)
    plain = [as_decided(finding, severities) for file in added for finding in more[file.path]]
    others = [finding for finding in linted.result.findings if finding.path not in here]
    result = linted.result._replace(
        findings=in_order((*others, *plain, *after.result.findings)),
        suppressed=linted.result.suppressed - before.suppressed + after.result.suppressed,
    )
    unshown = [file for file in added if file.path not in linted.sources]
    shown = _shown([workspace.read(file) for file in unshown])
    return reduce(_joined, (linted._replace(result=result), shown, after._replace(result=LintResult(()))))


def _severities(config: Config) -> dict[str, Severity]:
    return {name: rule.severity for name, rule in config.rules.items() if rule.severity}


def _lint_all(
    workspace: Workspace,
    files: Sequence[File],
    names: Sequence[str],
    found: Found,
    *,
    gathering: bool = False,
) -> Linted:
    """Lint `files`, in several processes where they are many enough to pay for their start."""
    processes = processes_for(len(files), least=FILES_FOR_A_PROCESS)
    if processes < 2:
        return _lint_some(workspace, files, names, found, gathering=gathering)
    from concurrent.futures import ProcessPoolExecutor

    parts = shares(files, processes)
    given = repeat(workspace), parts, repeat(names), _shared(found, parts)
    with ProcessPoolExecutor(processes) as pool:
        linted = reduce(_joined, pool.map(partial(_lint_some, gathering=gathering), *given))
    return linted._replace(result=linted.result._replace(findings=in_order(linted.result.findings)))


def _shared(found: Found, parts: Sequence[Sequence[File]]) -> Iterator[Found]:
    """Yield what was found in the files of each part; what is gone goes with the last."""
    rest = dict(found)
    for part in parts[:-1]:
        yield {file.path: rest.pop(file.path) for file in part if file.path in rest}
    yield rest


def _lint_some(
    workspace: Workspace,
    files: Sequence[File],
    names: Sequence[str],
    found: Found,
    *,
    gathering: bool = False,
) -> Linted:
    """Lint `files` by the rules called `names`; those that look further have `found` what they do."""
    documents = [workspace.read(file) for file in files]
    rules, severities = enabled_rules(workspace.config, names), _severities(workspace.config)
    result = lint(documents, rules, severities=severities, past=found)
    found_in = {finding.path for finding in result.findings}
    shown = _shown([document for document in documents if document.path in found_in])._replace(result=result)
    if not gathering:
        return shown
    silencing = frozenset(document.path for document in documents if document.suppressions)
    gathered, told = _gathered(workspace, documents), gather(documents, rules)
    return shown._replace(gathered=gathered, silencing=silencing, told=told)


def _shown(documents: Sequence[Document]) -> Linted:
    """Return what is shown of `documents` beside their findings."""
    # Only the lines are shown, and blocks cost time to send from one process to another.
    lines = {document.path: document.source._replace(blocks=()) for document in documents}
    outlines = {document.path: outline(document) for document in documents}
    return Linted(LintResult(()), lines, outlines=outlines)


def _gathered(workspace: Workspace, documents: Sequence[Document]) -> "Gathered":
    from incidentdocs.commands.incidents import gather_documents

    return gather_documents(workspace, documents)


def _joined(one: Linted, other: Linted) -> Linted:
    gathered = one.gathered.joined(other.gathered) if one.gathered and other.gathered else None
    sources, silencing = one.sources | other.sources, one.silencing | other.silencing
    told, outlines = told_by_both(one.told, other.told), {**one.outlines, **other.outlines}
    return Linted(one.result.joined(other.result), sources, gathered, silencing, told, outlines)


def enabled_rules(config: Config, names: Iterable[str]) -> list[Rule]:
    """Return those of the rules called `names` that the configuration's edition, or itself, turns on."""
    rules = []
    for name in names:
        decided = config.rules.get(name, RuleConfig())
        if decided.enabled is not False:
            rule = with_options(name, decided.options)
            if decided.enabled or (rule.by_default and rule.edition <= config.edition):
                rules.append(rule)
    return rules
