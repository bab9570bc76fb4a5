"""How long a house style takes to be learned from hundreds of documents.

The aim: `incidentdocs profile learn` on 500 documents of 150 lines in less than 20 seconds on two cores.
Printed are the seconds of whole processes, and their ratio to parsing the same documents alone.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.corpus import post_mortem

DOCUMENTS = 500
RUNS = 3

_PARSE = (
    "import sys; from pathlib import Path; from incidentdocs.markdown.source import parse\n"
    "for file in Path(sys.argv[1]).rglob('*.md'): parse(file.read_text(encoding='utf-8'))"
)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number in range(DOCUMENTS):
            (root / f"2026-03-14-outage-{number}.md").write_text(post_mortem(number), encoding="utf-8")
        learning = seconds([sys.executable, "-m", "incidentdocs", "profile", "learn", "."], root)
        parsing = seconds([sys.executable, "-c", _PARSE, "."], root)
    print(f"{DOCUMENTS} documents: {learning:.2f} s (aim: less than 20), {learning / parsing:.2f} parsings")


def seconds(command: list[str], folder: Path) -> float:
    """Return the median of a few runs of a whole process."""
    measured = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        measured.append(time.perf_counter() - begin)
    return statistics.median(measured)


if __name__ == "__main__":
    main()
