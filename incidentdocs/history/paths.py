"""Paths in a repository: as git is limited to them, and as documents show them."""

import os
from collections.abc import Iterable

from incidentdocs.profiles.profile import Profile


def pathspecs(profiles: Iterable[Profile]) -> tuple[str, ...]:
    """Return what limits git to the folders of the profiles' documents; none where it is to tell of all."""
    folders = {folder.strip("/") for profile in profiles for folder in profile.folders}
    if "." in folders or any(folder.startswith("**") for folder in folders):
        # Git asks such a glob of every file there is, which takes longer than to tell of them all.
        return ()
    return tuple(f":(top,glob){folder}/**" for folder in sorted(folders))


def shown(path: str) -> str:
    """Return a path of git's as documents have it: bytes that are no UTF-8 as escapes that can be printed."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
