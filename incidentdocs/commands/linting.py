"""The findings of a repository's documents, in as many processes as are worth their start."""

from collections.abc import Mapping, Sequence
from functools import partial, reduce
from typing import TYPE_CHECKING, Any, NamedTuple

from incidentdocs.commands.choosing import Choice, Places
from incidentdocs.documents.document import Document
from incidentdocs.library.finding import Finding
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
from incidentdocs.processes import in_shares
from incidentdocs.profiles.profile import Profile
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules import ALONE, HISTORY_RULES, INCIDENT_RULES, LIBRARY_RULES, RUNBOOK_RULES
from incidentdocs.rules.rule import asks_history
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
    begin in the documents that have findings. `asked` are the rules that could be asked, whether they run or
    not.
    """

    result: LintResult
    sources: dict[str, Source]
    gathered: "Gathered | None" = None
    silencing: frozenset[str] = frozenset()
    told: Mapping[str, Mapping[str, Sequence[Any]]] = {}
    outlines: Mapping[str, Outline] = {}
    asked: tuple[str, ...] = ()

    def fingerprinted(self) -> "Linted":
        """Return this with its fingerprint in each finding; asked for before any of them is left out."""
        findings = tuple(with_fingerprints(self.result.findings, self.sources, self.outlines))
        return self._replace(result=self.result._replace(findings=findings))


class Asked(NamedTuple):
    """What a share of the files is asked: the rules called `names`, in so far as the `choice` runs them."""

    choice: Choice
    names: tuple[str, ...]


def lint_files(
    workspace: Workspace, files: Sequence[File], *, whole: bool, cache: bool, choice: Choice | None = None
) -> Linted:
    """Return the findings in `files`; of the `whole` repository also those about its past and about all.

    Without a `choice` the configuration's rules run.
    """
    choice = choice or Choice(workspace.config)
    if not whole:
        return _lint_all(workspace, files, Asked(choice, ALONE), {})._replace(asked=ALONE)
    about_past = choice.rules_anywhere(HISTORY_RULES)
    about_all = choice.rules_anywhere(LIBRARY_RULES)
    past = _past(workspace, cache=cache) if any(map(asks_history, (*about_past, *about_all))) else None
    about_all = [rule for rule in about_all if past or not asks_history(rule)]
    names = (*ALONE, *(HISTORY_RULES if past else ()), *(rule.name for rule in about_all))
    asked = Asked(choice, names)
    found = choice.kept(ask_history(past, about_past)) if past else {}
    linted = _lint_all(workspace, files, asked, found, gathering=bool(about_all))
    if linted.gathered is not None:
        from incidentdocs.commands.overview import overview_of, with_told

        overview = overview_of(workspace, linted.gathered, files, past)
        more = choice.kept(ask_library(with_told(workspace, overview, linted.told, about_all), about_all))
        linted = _with_more(workspace, files, asked, linted, (found, more)) if more else linted
    return linted._replace(asked=names)


def _past(workspace: Workspace, *, cache: bool) -> "Past | None":
    from incidentdocs.commands.past import past_of

    return past_of(workspace, cache=cache)


def _with_more(
    workspace: Workspace,
    files: Sequence[File],
    asked: Asked,
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
    before = _lint_some(workspace, again, asked, of_past).result
    after = _lint_some(workspace, again, asked, joined(of_past, of_all))
    added = [file for file in files if file.path in more and file.path not in here]
    absent = more.keys() - {file.path for file in files}  # what should be there, and is not
    paths = [*(file.path for file in added), *sorted(absent)]
    severities = {path: asked.choice.severities(asked.choice.places(path)) for path in paths}
    plain = [as_decided(finding, severities[path]) for path in paths for finding in more[path]]
    others = [finding for finding in linted.result.findings if finding.path not in here]
    result = linted.result._replace(
        findings=in_order((*others, *plain, *after.result.findings)),
        suppressed=linted.result.suppressed - before.suppressed + after.result.suppressed,
    )
    unshown = [file for file in added if file.path not in linted.sources]
    shown = _shown([workspace.read(file) for file in unshown])
    return reduce(_joined, (linted._replace(result=result), shown, after._replace(result=LintResult(()))))


def _lint_all(
    workspace: Workspace,
    files: Sequence[File],
    asked: Asked,
    found: Found,
    *,
    gathering: bool = False,
) -> Linted:
    """Lint `files`, in several processes where they are many enough to pay for their start."""
    here = [(file, found.get(file.path)) for file in files]
    gone = dict(found)
    for file in files:
        gone.pop(file.path, None)
    ask = partial(_lint_share, workspace, asked, gathering)
    parts = in_shares(ask, here, least=FILES_FOR_A_PROCESS)
    if gone:
        parts.append(_lint_some(workspace, (), asked, gone, gathering=gathering))
    linted = reduce(_joined, parts)
    return linted._replace(result=linted.result._replace(findings=in_order(linted.result.findings)))


def _lint_share(
    workspace: Workspace,
    asked: Asked,
    gathering: bool,
    share: Sequence[tuple[File, Sequence[Finding] | None]],
) -> Linted:
    """Lint a share of the files, each of which comes with what was found of it."""
    found = {file.path: findings for file, findings in share if findings is not None}
    return _lint_some(workspace, [file for file, _ in share], asked, found, gathering=gathering)


def _lint_some(
    workspace: Workspace,
    files: Sequence[File],
    asked: Asked,
    found: Found,
    *,
    gathering: bool = False,
) -> Linted:
    """Lint `files` by the rules that are `asked`; those that look further have `found` what they do."""
    documents = [workspace.read(file) for file in files]
    result = lint_by_place(documents, asked, found)
    found_in = {finding.path for finding in result.findings}
    shown = _shown([document for document in documents if document.path in found_in])._replace(result=result)
    if not gathering:
        return shown
    silencing = frozenset(document.path for document in documents if document.suppressions)
    told = gather(documents, asked.choice.rules_anywhere(asked.names))
    return shown._replace(gathered=_gathered(workspace, documents), silencing=silencing, told=told)


def _shown(documents: Sequence[Document]) -> Linted:
    """Return what is shown of `documents` beside their findings."""
    # Only the lines are shown, and blocks cost time to send from one process to another.
    lines = {document.path: document.source._replace(blocks=()) for document in documents}
    outlines = {document.path: outline(document) for document in documents}
    return Linted(LintResult(()), lines, outlines=outlines)


def found_alone(document: Document, choice: Choice) -> tuple[Finding, ...]:
    """Return the findings of the rules that run where `document` stands and ask nothing but it."""
    return lint_by_place([document], Asked(choice, ALONE), {}).findings


def lint_by_place(documents: Sequence[Document], asked: Asked, found: Found) -> LintResult:
    """Lint `documents` by the rules that run where each of them stands, set up once for each such place."""
    choice = asked.choice
    together: dict[tuple[Places, frozenset[str]], list[Document]] = {}
    for document in documents:
        kind = choice.places(document.path), _not_asked(document.profile)
        together.setdefault(kind, []).append(document)
    gone = dict(found)
    results = []
    for (places, not_asked), group in together.items():
        here = {one.path: gone.pop(one.path) for one in group if one.path in gone}
        names = [name for name in asked.names if name not in not_asked]
        rules, severities = choice.rules(names, places), choice.severities(places)
        results.append(lint(group, rules, severities=severities, past=here))
    for path, findings in gone.items():
        results.append(lint((), (), severities=choice.severities(choice.places(path)), past={path: findings}))
    result = reduce(LintResult.joined, results, LintResult(()))
    return result._replace(findings=in_order(result.findings)) if len(results) > 1 else result


def _not_asked(profile: Profile) -> frozenset[str]:
    """Return the rules that are not asked of documents of a profile.

    What is not asked is not even imported: most runs are about one post-mortem.
    """
    runbook = () if _has_steps(profile) else RUNBOOK_RULES
    return frozenset((*runbook, *(() if role_of(profile) == "incident" else INCIDENT_RULES)))


def _has_steps(profile: Profile) -> bool:
    """Return whether documents of a profile are runbooks, or have steps to follow as those have."""
    steps = any(section.contains == "steps" for section in profile.sections)
    return steps or role_of(profile) == "runbook"


def _gathered(workspace: Workspace, documents: Sequence[Document]) -> "Gathered":
    from incidentdocs.commands.incidents import gather_documents

    return gather_documents(workspace, documents)


def _joined(one: Linted, other: Linted) -> Linted:
    gathered = one.gathered.joined(other.gathered) if one.gathered and other.gathered else None
    sources, silencing = one.sources | other.sources, one.silencing | other.silencing
    told, outlines = told_by_both(one.told, other.told), {**one.outlines, **other.outlines}
    return Linted(one.result.joined(other.result), sources, gathered, silencing, told, outlines)
