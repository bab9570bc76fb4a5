"""The rules, one question a file: their names, and how one is loaded when it is to run."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from incidentdocs.settings.building import build

if TYPE_CHECKING:
    from incidentdocs.rules.rule import Rule

HISTORY_RULES = (
    "action-item-dropped",
    "action-item-rescheduled",
    "action-item-reopened",
    "action-item-evidence",
    "action-item-renumbered",
    "published-late",
    "severity-changed",
    "section-removed",
    "runbook-review-only",
)
"""The rules that ask what became of things, and run where the whole repository is checked."""

LIBRARY_RULES = (
    "related-unknown",
    "runbook-unknown",
    "runbook-not-updated",
    "runbook-required",
    "runbook-stale",
    "runbook-duplicate",
    "runbook-script-missing",
    "post-mortem-missing",
    "recurring-action-item",
    "escalation-due",
    "broken-link",
    "orphan-document",
)
"""The rules that ask about all documents together, and run where the whole repository is checked."""

RUNBOOK_RULES = (
    "runbook-steps",
    "runbook-command",
    "runbook-prompt",
    "runbook-rollback",
    "runbook-verification",
    "runbook-escalation",
    "runbook-name",
)
"""The rules that are asked of runbooks alone, and of other documents with steps to follow."""

INCIDENT_RULES = (
    "update-cadence",
    "gate-skipped",
    "notification-missing",
    "banner-left",
    "verification-incomplete",
    "ticket-missing",
    "oncall-mismatch",
)
"""The rules about how an incident was handled, that are asked of incidents' documents alone."""

RULES = (
    "unreadable-document",
    "filename-format",
    "filename-date",
    "metadata-invalid",
    "title-format",
    "missing-section",
    "section-title",
    "section-order",
    "section-level",
    "duplicate-section",
    "unknown-section",
    "empty-section",
    "placeholder-left",
    "timeline-empty",
    "timeline-time",
    "timeline-order",
    "timeline-milestone",
    "timeline-year",
    "timeline-future",
    "timeline-dst",
    "timeline-zone",
    "timeline-gap-to-document",
    "response-target",
    "severity-missing",
    "impact-field",
    "impact-contradiction",
    "data-loss-severity",
    "personal-data",
    "duration-mismatch",
    "action-item-missing",
    "action-item-format",
    "action-item-number",
    "action-item-owner",
    "action-item-unknown-owner",
    "action-item-agent-owner",
    "action-item-due",
    "action-item-due-date",
    "action-item-due-horizon",
    "action-item-type",
    "action-item-vague",
    "action-item-regression-test",
    "action-item-too-many",
    "root-cause-thin",
    "monitoring-question",
    "detected-by-user",
    "post-mortem-shared",
    "blameless-mention",
    "blame-person",
    "human-error",
    "counterfactual",
    "exhortation",
    *INCIDENT_RULES,
    *RUNBOOK_RULES,
    "runbook-secret",
    *HISTORY_RULES,
    *LIBRARY_RULES,
    "ignore-reason",
    "ignore-unknown",
    "ignore-unused",
)
"""Every rule by name: the file's, the configuration's, the page's and the suppression's."""

REPOSITORY_RULES = frozenset((*HISTORY_RULES, *LIBRARY_RULES))
"""The rules that are asked only where the whole repository is checked."""

ALONE = tuple(name for name in RULES if name not in REPOSITORY_RULES)
"""The rules that a document answers without the others and without its past."""


def load(name: str) -> "type[Rule]":
    """Return the rule class called `name`, importing its file only now to keep the start fast."""
    module = import_module(f"incidentdocs.rules.{name.replace('-', '_')}")
    rule: type[Rule] = getattr(module, "".join(word.capitalize() for word in name.split("-")))
    return rule


def with_options(name: str, options: Mapping[str, Any]) -> "Rule":
    """Return the rule called `name`, with what a configuration decides of its options.

    TypeError or ValueError for an option that it does not have, or a value that is none of that option's.
    """
    return build(load(name), options)
