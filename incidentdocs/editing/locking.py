"""One program at a time changes what lies in a folder."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from incidentdocs.errors import UsageError

LONGEST_WAIT = 30.0
"""Seconds: whoever changes a file is done much sooner, so that who holds the lock longer has stopped."""

_PAUSE = 0.01


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the kernel's lock on `folder` while the block runs, and wait for whoever holds it.

    The kernel gives it back when its holder ends, however that ends, and no file is left behind. Where the
    system or the file system has no such lock, nothing is held: a file that was changed in the meantime is
    refused by `replace` all the same. UsageError after LONGEST_WAIT.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + LONGEST_WAIT
        while True:
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    hint = "look for an incidentdocs that was stopped (Ctrl-Z), end it, and type this again"
                    raise UsageError(f"another program keeps {folder} to itself", hint=hint) from None
                time.sleep(_PAUSE)
                continue
            except OSError:  # a file system without locks
                pass
            break
        yield
    finally:
        os.close(place)
