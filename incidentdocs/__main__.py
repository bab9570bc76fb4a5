"""The program, `incidentdocs` or `python -m incidentdocs`: the command line between a fast start and end."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and end the process with its code.

    A run over one file is short beside what Python does before and after it. Nearly every value is
    acyclic, so cycles are looked for seldom; and memory is left to the system, which takes it back at
    once, instead of being given back value by value.
    """
    gc.set_threshold(50_000)
    from incidentdocs.cli import main as run

    try:
        run()
    except SystemExit as ended:
        with suppress(OSError):  # where nothing takes the rest, the code has said so
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else 0)


if __name__ == "__main__":
    main()
