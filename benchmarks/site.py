"""How long the site of a thousand documents takes, each landed in a commit of its own.

Printed are the seconds of whole processes, without and with what an earlier run has kept of the history, the
ratio to `report weekly` on the same repository, and the size of the site. The aim is a thousand documents in
less than 15 seconds on two cores.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that the script runs from any folder

from benchmarks.corpus import commit_each, write

AIM = 15.0


def seconds(folder: Path, *arguments: str) -> float:
    """Return how long a call of the program takes."""
    begin = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "incidentdocs", *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - begin


def main() -> None:
    """Write the documents, make the site of them, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=1000)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder:
        root, output = Path(folder) / "repository", Path(folder) / "site"
        root.mkdir()
        write(root, count)
        (root / "incidentdocs.toml").write_text('language = "en"\ntimezone = "UTC"\n', encoding="utf-8")
        commit_each(root)
        weekly = seconds(root, "report", "weekly", "--no-cache")
        first = seconds(root, "site", "--output", str(output), "--no-cache")
        seconds(root, "site", "--output", str(output))  # it keeps what it has read
        again = seconds(root, "site", "--output", str(output))
        size = sum(file.stat().st_size for file in output.rglob("*") if file.is_file())
        made = sum(1 for file in output.rglob("*.html"))
    print(f"{count} documents, {made} pages, {size / 1e6:.1f} MB")
    print(f"site          {first:6.2f} s (aim {AIM * count / 1000:.1f})")
    print(f"site again    {again:6.2f} s, with the history that is kept")
    print(f"report weekly {weekly:6.2f} s, ratio {first / weekly:.2f}")


if __name__ == "__main__":
    main()
