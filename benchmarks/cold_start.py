"""How long linting one file takes beside a bare interpreter of the same environment, whole process each.

The two are run in turn, so that a machine whose speed drifts slows both alike. Printed are the medians
and their ratio; the aim is a ratio of at most 14.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

RUNS = 25
AIM = 14

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.corpus import post_mortem  # noqa: E402


def seconds(command: Sequence[str], folder: Path) -> float:
    """Return how long the process that runs `command` in `folder` lives."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = Path("docs/post-mortems/2026-03-14-outage-0.md")
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_text(post_mortem(0), encoding="utf-8")
        (folder / "incidentdocs.toml").write_text('timezone = "Europe/Paris"\n', encoding="utf-8")
        bare = [sys.executable, "-c", "pass"]
        lint = [sys.executable, "-m", "incidentdocs", "lint", str(path)]
        seconds(lint, folder)
        pairs = [(seconds(bare, folder), seconds(lint, folder)) for _ in range(RUNS)]
    bare_median, lint_median = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"bare interpreter   {bare_median * 1000:6.1f} ms (median of {RUNS})")
    print(f"lint of one file   {lint_median * 1000:6.1f} ms (median of {RUNS})")
    print(f"ratio              {lint_median / bare_median:6.1f} (aim: at most {AIM})")


if __name__ == "__main__":
    main()
