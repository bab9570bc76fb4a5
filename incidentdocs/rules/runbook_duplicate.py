"""The rule runbook-duplicate."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, dirname, splitext
from typing import ClassVar, NamedTuple

from incidentdocs.documents.document import Document
from incidentdocs.documents.titles import fold
from incidentdocs.library.finding import Finding, Severity
from incidentdocs.markdown.places import Span
from incidentdocs.profiles.roles import role_of
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule
from incidentdocs.rules.runbook_name import contradicts_file
from incidentdocs.similarity.naming import runbook_key

_PATH = "docs/runbooks/runbook-disk-full.md"
_STEPS = """
## Symptoms
Saving fails.

## Resolution (steps)
1. `du -xh / | sort -h`
2. `docker image prune`
3. `journalctl --vacuum-time=7d`
4. `df -h`
5. Tell #ops.

## Rollback / escalation
Call @oncall.
"""
_MEMORY = """
## Symptoms
The kernel kills the service.

## Resolution (steps)
1. `free -m`
2. `docker compose restart wiki`

## Rollback / escalation
Call @backup.
"""
_RESTART = "docs/runbooks/runbook-memory-exhausted.md"
_OTHER = "docs/runbooks/runbook-a-disk-full.md"
_EN = "---\nservices: [{}]\n---\n# Runbook: {}\n"
_FR = "---\nservices: [{}]\n---\n# Runbook : {}\n"


class Told(NamedTuple):
    """What runbooks are compared by: the title's words, the services, and the lines below it that say anything.

    `said` are those lines without headings, `lines` all of them where a profile has steps. `written` is the whole
    title, `subject` what it is about; `contradicted` says that another rule tells it to be another file's.
    """

    title: str
    services: frozenset[str]
    failure_mode: str
    lines: frozenset[str]
    span: Span
    said: frozenset[str]
    written: str
    subject: str
    contradicted: bool


class RunbookDuplicate(LibraryRule):
    """For one thing there is one runbook.

    Of two runbooks one is mended after an incident, and the other is the one that is found the next time. Told are two
    in one folder with the same title, failure mode and services, and two whose lines are nearly all the same. Where a
    profile has no steps, as for runbooks of one alert each, only titles are compared: they say the same on purpose.
    Two with one title that say different things are told to have one title: one of them was copied and half renamed.

    Keep the better one, and let the other say where it has gone; or give what has another's title its own.
    """

    name = "runbook-duplicate"
    severity: ClassVar[Severity] = "warning"
    valid = (
        Example(
            _EN.format("wiki", "Disk full"), path=_PATH, beside=((_OTHER, _EN.format("shop", "Disk full")),)
        ),
        Example(
            _FR.format("wiki", "disque plein"), path=_PATH, beside=((_OTHER, _FR.format("wiki", "mémoire")),)
        ),
    )
    invalid = (
        Example(
            _EN.format("wiki", "Disk full") + _MEMORY,
            ("Runbook: Disk full",),
            path=_RESTART,
            beside=((_PATH, _EN.format("wiki", "Disk full") + _STEPS),),
        ),
        Example(
            _EN.format("wiki", "Disk full"),
            ("Runbook: Disk full",),
            path=_PATH,
            beside=((_OTHER, _EN.format("wiki", "Disk full")),),
        ),
        Example(
            _FR.format("wiki", "disque plein") + _STEPS,
            ("Runbook : disque plein",),
            path=_PATH,
            beside=((_OTHER, _FR.format("wiki", "plus de place") + _STEPS),),
        ),
    )

    def gather(self, document: Document) -> Sequence[object]:
        """Return what a runbook is compared by."""
        if role_of(document.profile) != "runbook" or document.is_signpost:
            return ()
        span = document.title_span()
        steps = document.sections_containing("steps")
        below = document.source.lines[span.end_line :]
        told = frozenset(key for line in below if (key := " ".join(line.split()).casefold()))
        services = frozenset(map(fold, document.words("services")))
        mode = fold(next(iter(document.words("failure-mode")), ""))
        subject = document.subject or ""
        return (
            Told(
                title=fold(subject),
                services=services,
                failure_mode=mode,
                lines=told if steps else frozenset(),
                span=span,
                said=frozenset(line for line in told if not line.startswith("#")),
                written=document.title_text or "",
                subject=subject,
                contradicted=contradicts_file(document),
            ),
        )

    def check(self, overview: Overview) -> Iterator[Finding]:
        """Yield a finding for each runbook that another one, earlier in the alphabet, says already."""
        told: Mapping[str, Told] = {
            path: each[0] for path, each in sorted(overview.told.get(self.name, {}).items())
        }
        for path, first in _duplicates(told).items():
            if _only_titles_agree(told[path], told[first]):
                yield from self._titled(path, first, told)
                continue
            message = f"says what `{first}` says"
            hint = f"keep one of them, and let the other say only where it has gone: `[{basename(first)}]`"
            yield self.at(path, told[path].span, message, hint)

    def _titled(self, path: str, first: str, told: Mapping[str, Told]) -> Iterator[Finding]:
        """Yield a finding for whichever of two has a title that is not its file's, the second where that is open."""
        fit, first_fits = _fits(path, told[path]), _fits(first, told[first])
        wrong, right = (first, path) if fit and not first_fits else (path, first)
        if told[wrong].contradicted:
            return
        message = f"has the title of `{right}`, which says something else"
        if fit == first_fits:
            hint = "give each a title of its own; if both are for one thing, keep one, and let the other lead to it"
        else:
            hint = f"write its own title: `# {_own_title(wrong, told[wrong], right)}`"
        yield self.at(wrong, told[wrong].span, message, hint)


_ENOUGH = 3
"""Runbooks of fewer lines than this say too little to tell whether they say the same."""


def _only_titles_agree(one: Told, other: Told) -> bool:
    """Return whether two runbooks of one title say different things: less than half of their lines are in both."""
    fewest = min(len(one.said), len(other.said))
    alike = 2 * len(one.said & other.said) >= len(one.said | other.said)
    return one.title == other.title and fewest >= _ENOUGH and not alike


def _fits(path: str, told: Told) -> bool:
    """Return whether a file is called as its title says."""
    return told.title.replace(" ", "") == _stem(path).replace("-", "")


def _stem(path: str) -> str:
    return runbook_key(path).removeprefix("runbook-")


def _own_title(path: str, told: Told, other: str) -> str:
    """Return the title that a file's name says, in the form of the one that it has from `other`."""
    name, copied = (splitext(basename(each))[0] for each in (path, other))
    own = name if told.subject == copied else _stem(path).replace("-", " ").capitalize()
    return told.written.replace(told.subject, own)


_FEWEST = 8
_ALIKE = 0.9
"""Runbooks of at least so many lines of which nine in ten are the same are one."""


def _duplicates(told: Mapping[str, Told]) -> dict[str, str]:
    """Return the runbooks that an earlier one says already, each with that one."""
    found: dict[str, str] = {}
    for path, candidates in _candidates(told):
        for first in candidates:
            if path not in found and _is_one(path, told[path], first, told[first]):
                found[path] = first
    return found


def _candidates(told: Mapping[str, Told]) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each runbook with the earlier ones that share its title, or one of its rarest lines."""
    holders: dict[str, list[str]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for each in told.values():
        for line in each.lines:
            counts[line] += 1
    for path, each in told.items():
        # Of two with nine lines in ten alike, one of the rarest two in ten that both have is among these.
        rarest = sorted(each.lines, key=lambda line: (counts[line], line))[: len(each.lines) // 5 + 1]
        keys = [f"title {each.title}", *(line for line in rarest if counts[line] > 1)]
        near = dict.fromkeys(first for key in keys for first in holders[key][:_MOST])
        yield path, tuple(near)
        for key in keys:
            holders[key].append(path)


_MOST = 20
"""With so many that share a line one is compared: a line that more have is a template's."""


def _is_one(path: str, one: Told, first: str, other: Told) -> bool:
    fields = one.title == other.title and one.failure_mode == other.failure_mode
    if fields and one.title and one.services == other.services and dirname(path) == dirname(first):
        return True
    if min(len(one.lines), len(other.lines)) < _FEWEST or basename(path) == basename(first):
        return False
    return len(one.lines & other.lines) >= _ALIKE * len(one.lines | other.lines)
