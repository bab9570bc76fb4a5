"""How well the four blameless rules tell blame: on sentences of our own, and on real teams' post-mortems.

The sentences below `tests/rules/blameless` were written in several voices, French and English, and each says
which rules it breaks: precision is the share of what a rule finds that is there, recall the share of what is
there that it finds. On the real documents every finding was judged by a reader: precision alone.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
from incidentdocs.documents.document import read_document
from incidentdocs.linter import lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.people import Person, Roster
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import load
from incidentdocs.workspace import open_workspace

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "rules" / "blameless"
PROFILES = ROOT / "examples" / "profiles"
BLAMELESS = ("blame-person", "human-error", "counterfactual", "exhortation")
CORPORA = ("dfds", "mybinder", "posthog", "alt-sample")
PROCESS = Process(
    people=Roster(
        (
            Person("ana", ("Ana Ruiz", "Ana")),
            Person("karim", ("Karim Benali", "Karim")),
            Person("li", ("Li Wei",)),
            Person("bridge-bot", kind="agent"),
        )
    )
)
_HEADINGS = {
    "cause": ("## Root cause", "## Cause racine"),
    "lessons": ("## Lessons learned", "## Leçons apprises"),
    "monitoring": (
        "## Why did our monitoring not alert earlier?",
        "## Pourquoi le monitoring n'a pas alerté plus tôt ?",
    ),
    "action-items": ("## Action items", "## Action items"),
    "blameless": ("## Blameless statement", "## Mention blameless"),
}


class Labelled(NamedTuple):
    """A sentence of our own, the rules that it breaks, and those that find it."""

    part: str
    sentence: str
    there: frozenset[str]
    told: frozenset[str]


class Hit(NamedTuple):
    """What a rule found in a real document."""

    corpus: str
    document: str
    line: int
    rule: str


def labelled() -> Iterator[Labelled]:
    """Yield every sentence of the labelled set with what the rules find in it."""
    profile, rules = built_in("post-mortem"), [load(name)() for name in BLAMELESS]
    for file in sorted(DATA.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            heading = _HEADINGS[row["section"]][row["language"] == "fr"]
            item = "- [ ] AI 1: " if row["section"] == "action-items" else ""
            text = f"# Post-mortem: x\n\n{heading}\n{item}{row['sentence']}\n"
            document = read_document("docs/post-mortems/2026-03-14-x.md", parse(text), profile, PROCESS)
            told = frozenset(finding.rule for finding in lint([document], rules).findings)
            yield Labelled(file.stem, row["sentence"], frozenset(row["rules"]), told)


def real(corpora: Path) -> Iterator[Hit]:
    """Yield what the rules find in the real post-mortems, under their example profiles."""
    rules = [load(name)() for name in BLAMELESS]
    with tempfile.TemporaryDirectory() as folder:
        for name in CORPORA:
            root = Path(folder, name)
            shutil.copytree(corpora / name, root, ignore=shutil.ignore_patterns(".git"))
            shutil.copytree(PROFILES / name, root, dirs_exist_ok=True)
            workspace = open_workspace(root)
            documents = [workspace.read(file) for file in workspace.select(()).files]
            for finding in lint(documents, rules).findings:
                yield Hit(name, finding.path, finding.span.line, finding.rule)


def judged() -> dict[Hit, bool]:
    """Return the hits that a reader has judged, each with whether it is right."""
    rows = json.loads((DATA / "real.json").read_text(encoding="utf-8"))
    return {Hit(row["corpus"], row["document"], row["line"], row["rule"]): row["right"] for row in rows}


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", type=Path, nargs="?", help="default: INCIDENTDOCS_CORPORA, unpacked")
    options = parser.parse_args()
    rows = list(labelled())
    print(f"{len(rows)} sentences of our own")
    for part in ("all", *dict.fromkeys(row.part for row in rows)):
        for rule in BLAMELESS:
            of_part = [row for row in rows if part in ("all", row.part)]
            both = sum(rule in row.there & row.told for row in of_part)
            there, told = (sum(rule in row[at] for row in of_part) for at in (2, 3))
            shares = f"precision {both / max(told, 1):.3f}  recall {both / max(there, 1):.3f}"
            print(f"  {part:<9} {rule:<15} {shares}  ({there} there, {told} told)")
    corpora = options.corpora or Path(os.environ.get("INCIDENTDOCS_CORPORA", ""))
    if not (corpora / CORPORA[0]).is_dir():
        print("no real documents: name the folder in which they are unpacked")
        return
    known = judged()
    hits = list(real(corpora))
    print(f"{len(hits)} findings in real post-mortems")
    counts = Counter((hit.rule, known.get(hit)) for hit in hits)
    for rule in BLAMELESS:
        right, wrong, new = (counts[rule, verdict] for verdict in (True, False, None))
        print(f"  {rule:<15} right {right}  wrong {wrong}  not judged {new}")


if __name__ == "__main__":
    main()
