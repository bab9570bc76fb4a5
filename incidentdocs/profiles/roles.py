"""What a kind of document is for and its sections tell of an incident, also where a profile does not say."""

from collections.abc import Iterable

from incidentdocs.profiles.profile import Profile, Role, SectionProfile, Told

_BY_NAME: dict[str, Role] = {
    "post-mortem": "post-mortem",
    "incident": "incident",
    "runbook": "runbook",
    "escalation": "escalation",
}

_SYMPTOM = {"symptom", "symptoms", "symptome", "symptomes", "impact", "impacts", "effect", "effects"}
_CAUSE = {"cause", "causes", "contributing", "trigger", "triggers", "why", "whys", "reason", "reasons"}
_BOTH = {"summary", "overview", "happened", "description", "abstract", "synopsis", "background", "fault"}
"""Words in the ids of sections that tell the symptom of an incident, its cause, or both."""


def role_of(profile: Profile) -> Role:
    """Return what documents of `profile` are for: as it says, else by its name, else by what it asks for.

    What has steps is a runbook, what has a timeline or a severity tells of an incident as a post-mortem does.
    """
    if profile.role:
        return profile.role
    if named := _BY_NAME.get(profile.kind):
        return named
    contents = {section.contains for section in profile.sections}
    if "steps" in contents:
        return "runbook"
    graded = any(field.type == "severity" for field in profile.metadata)
    return "post-mortem" if graded or profile.incidents or "timeline" in contents else "other"


def kinds_of(profiles: Iterable[Profile], *roles: Role) -> frozenset[str]:
    """Return the kinds of those of the profiles whose documents are for one of `roles`."""
    return frozenset(profile.kind for profile in profiles if role_of(profile) in roles)


def told_by(section: SectionProfile) -> tuple[Told, ...]:
    """Return what of an incident a section tells: its symptom, its cause, both, or nothing to compare by."""
    if section.tells or section.contains in ("timeline", "action-items", "steps", "checklist", "metadata"):
        return section.tells
    words = set(section.id.split("-"))
    symptom, cause = bool(words & (_SYMPTOM | _BOTH)), bool(words & (_CAUSE | _BOTH))
    return (*(("symptom",) if symptom else ()), *(("cause",) if cause else ()))
