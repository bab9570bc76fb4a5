"""When a version says that it was reviewed, and what stands for all the rest of its text."""

import re
from collections.abc import Callable
from hashlib import sha256

from incidentdocs.history.values import VersionFacts
from incidentdocs.profiles.profile import Profile

REVIEWED = "reviewed"
"""The field of a profile that says when a document was last reviewed."""


def review_reader(profile: Profile) -> Callable[[VersionFacts, str], VersionFacts]:
    """Return what adds to facts what a text says of the review, where the profile has such a field."""
    field = next((known for known in profile.metadata if known.id == REVIEWED), None)
    if field is None:
        return lambda facts, text: facts
    names = {re.escape(name) for name in (field.id, *field.accept, *field.label.values())}
    line = re.compile(
        rf"^[ \t]*(?:[-*+][ \t]+)?[*_]{{0,2}}(?:{'|'.join(sorted(names))})[*_]{{0,2}}[ \t]*[:=]"
        r"(?P<said>[^\n]*)$",
        re.IGNORECASE | re.MULTILINE,
    )

    def review_of(facts: VersionFacts, text: str) -> VersionFacts:
        found = line.search(text)
        rest = f"{text[: found.start()]}{text[found.end() :]}" if found else text
        digest = sha256(" ".join(rest.split()).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return facts._replace(reviewed=found["said"].strip() if found else "", unreviewed=digest)

    return review_of
