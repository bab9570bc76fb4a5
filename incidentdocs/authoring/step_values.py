"""What the steps of an incident name in braces gets the values that are known when it is opened."""

from collections.abc import Mapping
from datetime import timedelta

from incidentdocs.process.communication import Reason, handles
from incidentdocs.process.process import Process
from incidentdocs.process.severity import Policy

_REASONS: Mapping[str, Mapping[Reason, str]] = {
    "fr": {"user-facing": "user-facing", "data-loss": "data loss", "personal-data": "donnees personnelles"},
    "en": {
        "user-facing": "users see it",
        "data-loss": "data is lost",
        "personal-data": "personal data is affected",
    },
}
_OR = {"fr": " ou ", "en": " or "}
_PRODUCT = {"fr": "<produit>", "en": "<product>"}
_ROLES = ("devops", "dev", "tester")


def step_values(
    process: Process, severity: str, language: str, *, on_call: Mapping[str, str], service: str = ""
) -> Mapping[str, str]:
    """Return the value of each field of a step's texts, for an incident of `severity`.

    `on_call` has the handles of who is on call, by role; the product is the configured one, else the
    `service` that is down, else a placeholder.
    """
    notice = process.communication.notice(severity)
    known = {role: _handles((role,), process, on_call) for role in ("oncall", "backup", *_ROLES)}
    return {
        **known,
        "response": response_text(process.policy(severity), language),
        "severity": severity,
        "product": process.product or service or _PRODUCT[language],
        "channel": process.communication.channel,
        "days": str(process.publication.days_for(severity) or process.publication.days),
        "notified": _handles(notice.always, process, on_call),
        "notified-data-loss": _handles(notice.data_loss, process, on_call),
        "email": email_text(notice.email, severity, language),
    }


def response_text(policy: Policy, language: str) -> str:
    """Return a response target as the process writes it: `15 min`, `4h ouvrees`, `4 business hours`."""
    minutes = policy.response // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    if policy.clock == "wall":
        return f"{minutes} min" if rest or not hours else f"{hours}h"
    if language == "fr":
        return f"{hours}h{f'{rest:02}' if rest else ''} ouvrees" if hours else f"{rest} min ouvrees"
    return f"{hours}h {rest}m of working time" if rest else f"{hours} business hours"


def email_text(reasons: tuple[Reason, ...], severity: str, language: str) -> str:
    """Return in which case an e-mail to all goes out, as a step has it.

    The step speaks of data protection itself: personal data is named only where it is the only reason.
    """
    if "always" in reasons or not reasons:
        return severity
    named = [reason for reason in reasons if reason != "personal-data"] or reasons
    return _OR[language].join(_REASONS[language][reason] for reason in named)


def _handles(words: tuple[str, ...], process: Process, on_call: Mapping[str, str]) -> str:
    return ", ".join(handles(words, process.people, on_call))
