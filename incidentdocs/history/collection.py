"""Python's search for circles among its values, put off where many values are made that hold none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Put off the search until the body is left, and leave out what it has made.

    Of half a million values it would take most of the time, and these are needed up to the end.
    """
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.freeze()
            gc.enable()
