"""The law: `new` then `lint` finds exactly what is still to be filled in, and nothing else."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from incidentdocs.documents.document import read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import BUILT_IN, LANGUAGES, READY, built_in, built_in_template

STILL_TO_FILL = re.compile(
    r"HH:MM|YYYY-MM-DD|Xh Ym|<[^<>\n]+>|: Y$|: \.\.\.$|oui/non|yes/no|XX ?€|: TODO$|@who", re.MULTILINE
)
"""What a person sees as a gap in the process's templates."""


def incidentdocs(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "incidentdocs", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("profile", [*BUILT_IN, *READY])
@pytest.mark.parametrize("severity", [None, "SEV1", "SEV3"])
def test_a_new_document_holds_only_gaps_to_fill(
    tmp_path: Path, profile: str, language: str, severity: str | None
) -> None:
    (tmp_path / ".git").mkdir()
    kind = READY.get(profile, profile)
    if profile in READY:
        adopted = incidentdocs(tmp_path, "init", "--profile", profile, "--language", language)
        assert adopted.returncode == 0, adopted.stderr
    known = ["--severity", severity, "--service", "docmost"] if severity and kind == "post-mortem" else []
    made = incidentdocs(
        tmp_path, "new", kind, "Disque plein", "--date", "2026-03-14", "--language", language, *known
    )
    assert made.returncode == 0, made.stderr
    path = made.stdout.strip()
    text = (tmp_path / path).read_text(encoding="utf-8")
    gaps = {number for number, line in enumerate(text.splitlines(), start=1) if STILL_TO_FILL.search(line)}

    done = incidentdocs(tmp_path, "lint", "--format", "json", path)
    findings = json.loads(done.stdout)["findings"]
    assert {finding["rule"] for finding in findings} == {"placeholder-left"}
    assert [finding["line"] for finding in findings] == sorted(gaps)
    assert {finding["severity"] for finding in findings} == {"warning"}
    assert done.returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*BUILT_IN, *READY])
def test_a_template_s_headings_are_the_profile_s_sections(kind: str, language: str) -> None:
    profile = built_in(kind)
    source = parse(built_in_template(kind, language))
    document = read_document("a.md", source, profile, Process())
    titles = [section.title[language] for section in profile.sections]
    assert [section.visible for section in document.sections] == titles
    assert [section.profile for section in document.sections] == list(profile.sections)


def test_a_gap_of_a_section_that_may_be_missing_may_go_with_it(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    incidentdocs(tmp_path, "init", "--profile", "atlassian")
    path = incidentdocs(tmp_path, "new", "post-mortem", "API down").stdout.strip()
    lines = (tmp_path / path).read_text(encoding="utf-8").splitlines()
    findings = json.loads(incidentdocs(tmp_path, "lint", "--format", "json").stdout)["findings"]
    removable = [finding["line"] for finding in findings if "remove the section" in finding["hint"]]
    optional = [section.title["en"] for section in built_in("atlassian").sections if not section.required]
    above = [
        next(text for text in reversed(lines[:number]) if text.startswith("## ")) for number in removable
    ]
    assert list(dict.fromkeys(above)) == [f"## {title}" for title in optional]


def test_the_french_post_mortem_is_the_process_s_own_to_the_letter() -> None:
    template = built_in_template("post-mortem", "fr")
    body = template[template.index("# Post-mortem") :].replace("{{ title }}", "<titre incident>")
    assert body == PROCESS_TEMPLATE


PROCESS_TEMPLATE = """\
# Post-mortem : <titre incident>

## Timeline (heures locales)
- HH:MM detection
- HH:MM triage
- HH:MM mitigation start
- HH:MM service restored
- HH:MM root cause confirmed

## Impact
- Duree downtime : Xh Ym
- Users impactes : Y
- Data loss : oui/non, si oui : combien et quoi
- Cout estime : XX€ (si quantifiable)

## Root cause
<un paragraphe : ce qui a casse + pourquoi>

## Pourquoi notre monitoring n'a pas alerte plus tot ?
<analyse honnete - blind spot detection ?>

## Action items
- [ ] AI 1 : <description> (owner @who, due YYYY-MM-DD)
- [ ] AI 2 : ...

## Lessons learned
<que retenir pour eviter recurrence>

## Mention blameless
Cet incident n'est pas la faute d'une personne. C'est un manque de garde-fous systeme. \
AIs au-dessus visent a ajouter ces garde-fous.
"""
