"""What may be sent out about an incident, to whom, and what is asked for next."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from shlex import quote

from incidentdocs.documents.communications import Kind, communications, facts_of, on_call_of
from incidentdocs.documents.document import Document
from incidentdocs.documents.handling import is_resolved
from incidentdocs.errors import UsageError
from incidentdocs.process.communication import Facts, Notice, Reason, handles
from incidentdocs.process.severity import TICKETED

_WHY = {
    "always": "always",
    "data-loss": "where data was lost",
    "user-facing": "where users see it",
    "personal-data": "where personal data is affected",
}


def kind_of_banner(document: Document, moment: datetime) -> Kind:
    """Return whether a banner goes up, or comes down once the incident is resolved.

    UsageError where it is resolved and none is up.
    """
    if not is_over(document, moment):
        return "banner"
    if not banner_is_up(document):
        message = f"{document.path} is resolved, and no banner is up"
        raise UsageError(message, hint="nothing is to be removed")
    return "banner-removed"


def refuse(document: Document, kind: Kind, moment: datetime, *, force: bool) -> None:
    """Raise UsageError for what is not to be sent out about an incident at `moment`.

    `force` sends an e-mail that the table does not ask for, and opens a ticket for any severity.
    """
    name = called(document)
    if kind == "resolved" and not is_resolved(document):
        message = f"{document.path} is not resolved yet"
        raise UsageError(message, hint=f"incidentdocs incident resolve {name}")
    if kind in ("announce", "update") and is_over(document, moment):
        message = f"{document.path} is resolved"
        raise UsageError(message, hint=f"incidentdocs comm resolved {name}")
    if kind == "email" and not (force or facts_of(document).give(_notice(document).email)):
        raise _unasked_email(document)
    if kind == "ticket" and document.severity not in (TICKETED, None) and not force:
        message = f"a {document.severity} gets a post-mortem, not a ticket"
        raise UsageError(message, hint=f"incidentdocs comm ticket {name} --force")


def is_over(document: Document, moment: datetime) -> bool:
    """Return whether the incident was resolved before `moment`, by its document."""
    resolved = document.moment(document.profile.open_until or "resolved")
    return is_resolved(document) and (resolved is None or resolved <= moment)


def banner_is_up(document: Document) -> bool:
    """Return whether a banner was put up, and not taken down since."""
    kinds = [sent.kind for sent in communications(document) if sent.kind in ("banner", "banner-removed")]
    return kinds[-1:] == ["banner"]


def still_to_tell(document: Document) -> tuple[str, ...]:
    """Return the handles of those whom the table asks to be told, and whom no communication names yet."""
    told = {person.casefold() for sent in communications(document) for person in sent.people}
    wanted = handles_of(document, _notice(document).told(facts_of(document)))
    return tuple(handle for handle in wanted if handle.casefold() not in told)


def still_asked_for(document: Document, moment: datetime) -> Iterator[str]:
    """Yield, a line each, what the table asks for and is not done yet, with how to do it."""
    notice, facts, name = _notice(document), facts_of(document), called(document)
    sent = {each.kind for each in communications(document)}
    if is_over(document, moment):
        if banner_is_up(document):
            yield f"the banner is still up: incidentdocs comm banner {name}"
    elif facts.give(notice.banner) and not banner_is_up(document):
        yield f"a banner is asked for: incidentdocs comm banner {name}"
    if facts.give(notice.email) and "email" not in sent:
        yield f"an e-mail to all is asked for: incidentdocs comm email {name}"
    yield from _not_known(document, notice, facts)


def handles_of(document: Document, words: Iterable[str]) -> tuple[str, ...]:
    """Return the handles of those whom `words`, roles or handles of a table, stand for."""
    found = handles(words, document.process.people, on_call_of(document))
    return tuple(dict.fromkeys(found))


def called(document: Document) -> str:
    """Return the name of an incident's document as a shell takes it for one word."""
    return quote(PurePosixPath(document.path).stem)


def _not_known(document: Document, notice: Notice, facts: Facts) -> Iterator[str]:
    """Yield what nobody has said of the incident though it decides who is told."""
    reasons: tuple[Reason, ...] = (
        *notice.email,
        *notice.banner,
        *(("data-loss",) if notice.data_loss else ()),
    )
    open_ = [
        reason for reason in dict.fromkeys(reasons) if reason != "always" and not _is_said(facts, reason)
    ]
    if open_:
        words = ", ".join(f"`{reason}`" for reason in open_)
        fields = " ".join(f"{reason}=no" for reason in open_)
        command = f"incidentdocs incident set {fields} --incident {called(document)}"
        yield f"{words}: nobody has said it yet, and it decides who is told: {command} (or =yes)"


def _is_said(facts: Facts, reason: Reason) -> bool:
    said = {
        "data-loss": facts.data_loss,
        "user-facing": facts.user_facing,
        "personal-data": facts.personal_data,
    }
    return said.get(reason, True) is not None


def _unasked_email(document: Document) -> UsageError:
    reasons = _notice(document).email
    asked = ", or ".join(_WHY[reason] for reason in reasons)
    severity = document.severity or "an incident without a severity"
    why = f"for {severity} one goes out only {asked}" if reasons else f"none goes out for {severity}"
    field = next((reason for reason in reasons if reason != "always"), "")
    write = f"write `{field}: yes` into {document.path} if it is so, or " if field else ""
    return UsageError(f"no e-mail to all is asked for: {why}", hint=f"{write}add --force")


def _notice(document: Document) -> Notice:
    return document.process.communication.notice(document.severity)
