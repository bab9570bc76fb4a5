"""`incidentdocs new post-mortem --commits`, `--window`: what landed in git is proposed for the timeline."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import click

from incidentdocs.clock import parse_duration
from incidentdocs.documents.document import Document
from incidentdocs.errors import UsageError, with_article
from incidentdocs.output.wording import counted
from incidentdocs.profiles.profile import Profile
from incidentdocs.profiles.roles import role_of
from incidentdocs.workspace import Workspace

if TYPE_CHECKING:
    from incidentdocs.history.landed import During

MOST = 50
"""So many changes are proposed at most: nobody reads more of them."""

_LONGEST = timedelta(days=366)
_MINUTE = timedelta(minutes=1)


class Asked(NamedTuple):
    """Which changes the command line asks for: a range of commits, or the time before an incident."""

    commits: tuple[str, str] | None = None
    window: timedelta | None = None

    def __bool__(self) -> bool:
        """Whether it asks for any."""
        return self.commits is not None or self.window is not None


def asked_for(profile: Profile, commits: str | None, window: str | None, *, incident: bool) -> Asked:
    """Return what the options `--commits` and `--window` ask for; UsageError for what they cannot mean."""
    given = [name for name, value in (("--commits", commits), ("--window", window)) if value is not None]
    if given and role_of(profile) != "post-mortem":
        raise UsageError(f"{given[0]} is for a post-mortem, not for a {profile.kind}", hint="leave it out")
    if len(given) > 1:
        raise UsageError(
            "--commits and --window both say which changes are meant", hint="leave one of them out"
        )
    if given and not any(section.contains == "timeline" for section in profile.sections):
        raise UsageError(
            f"{with_article(profile.kind)} has no timeline to propose changes for", hint="leave it out"
        )
    if window is not None and not incident:
        hint = "name it with --from docs/incidents/FILE.md, or name the commits: --commits REV..REV"
        raise UsageError("--window counts from an incident", hint=hint)
    return Asked(
        _range(commits) if commits is not None else None, _duration(window) if window is not None else None
    )


def with_changes(
    workspace: Workspace, document: Document, text: str, incident: Document | None, asked: Asked
) -> str:
    """Return the `text` of a new `document` with the changes that are asked for as comments in its timeline.

    That there are more than MOST, or none, and that a shallow clone may lack some, is told on stderr.
    UsageError outside git, for a revision that is not there, and for an incident that says no time.
    """
    if not asked:
        return text
    from incidentdocs.authoring.proposing import with_proposals
    from incidentdocs.history.landed import landed_during, landed_in, nearest
    from incidentdocs.history.repository import Checkout

    if workspace.config.history.use == "off":
        hint = 'write `use = "auto"` below `[history]`, or leave the option out'
        raise UsageError("the changes stand in git, and the configuration reads no history", hint=hint)
    began = _began(incident) if incident else None
    checkout = Checkout.open(workspace.root)
    if checkout.shallow:
        click.echo(f"older changes are not proposed: {checkout.incomplete().message}", err=True)
    after, until = asked.commits or (None, "HEAD")
    found, start = checkout.revision(until), checkout.revision(after) if after else None
    chain, tags = checkout.chain(found) if found else (), checkout.tags()
    if asked.window and incident:
        landed = landed_during(chain, tags, _during(incident, began, asked.window))
    else:
        landed = landed_in(chain, tags, checkout.beyond(start, found) if start and found else ())
    shown = nearest(landed, began, MOST)
    _tell(len(landed), len(landed) - len(shown))
    return with_proposals(text, document, shown, len(landed) - len(shown))


def _during(incident: Document, began: datetime | None, window: timedelta) -> "During":
    """Return the time from a `window` before an incident until it was resolved, if it was."""
    from incidentdocs.history.landed import During

    if began is None:
        hint = "write `detected: YYYY-MM-DD HH:MM` into it, or name the commits: --commits REV..REV"
        raise UsageError(f"{incident.path} does not say when it began", hint=hint)
    ended = incident.moment("resolved")
    return During(began - window, ended.astimezone(UTC) + _MINUTE if ended else None)


def _began(incident: Document) -> datetime | None:
    """Return when an incident began or was detected, whichever it says first; None where it says neither."""
    events = incident.timeline.events if incident.timeline else ()
    told = (event.start for event in events if event.start and event.dated and not event.placeholder)
    moments = (incident.moment("started"), incident.moment("detected"), next(told, None))
    return min((moment.astimezone(UTC) for moment in moments if moment), default=None)


def _tell(found: int, left_out: int) -> None:
    if not found:
        click.echo("nothing landed in git in that time", err=True)
    elif left_out:
        hint = "a shorter --window, or --commits REV..REV, shows others"
        click.echo(
            f"{counted(found - left_out, 'change')} proposed, {left_out} more left out: {hint}", err=True
        )


def _range(written: str) -> tuple[str, str]:
    after, dots, until = written.partition("..")
    if not dots or not after or until.startswith(".") or ".." in until:
        hint = "write the commit before them, two dots, and the last, as in --commits v1.4.1..v1.4.2"
        raise UsageError(f"--commits {written} names no range of commits", hint=hint)
    return after, until or "HEAD"


def _duration(written: str) -> timedelta:
    found = parse_duration(written)
    if not found or found > _LONGEST:
        hint = "write hours or days, as in --window 24h or --window 3d"
        raise UsageError(f"--window {written} is no time before an incident", hint=hint)
    return found
