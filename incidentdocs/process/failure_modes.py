"""The ways in which a service fails, each with the runbook that says what to do about it."""

from collections.abc import Iterable, Mapping

FAILURE_MODES: Mapping[str, str] = {
    "service-down": "runbook-{service}-down",
    "db-corruption": "runbook-restore-from-backup",
    "code-bug": "",
    "compromise": "runbook-rotate-secrets",
    "disk-full": "runbook-disk-full",
    "other": "",
}
"""The failure modes of the process, each with its runbook; none where a rollback is what there is to do."""


def default_runbooks(modes: Mapping[str, str], mode: str, services: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the runbooks for a failure mode of some services, none where it has none."""
    pattern = modes.get(mode, "")
    if "{service}" not in pattern:
        return (pattern,) if pattern else ()
    return tuple(pattern.replace("{service}", service) for service in services)
