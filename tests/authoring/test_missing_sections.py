"""A section that is missing from what a template wrote comes back as the template has it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from incidentdocs.authoring.new_document import Answers, Template, new_path, new_text
from incidentdocs.commands.fixing import fix_files
from incidentdocs.documents.document import read_document
from incidentdocs.markdown.source import parse
from incidentdocs.profiles.loading import BUILT_IN, LANGUAGES, READY
from incidentdocs.workspace import Workspace, open_workspace

DAY = date(2026, 3, 14)


def workspace_with(folder: Path, kind: str, language: str) -> Workspace:
    (folder / "incidentdocs.toml").write_text(f'language = "{language}"\n', encoding="utf-8")
    if kind in READY:
        profile = folder / f".incidentdocs/profiles/{READY[kind]}/profile.toml"
        profile.parent.mkdir(parents=True)
        profile.write_text(f'extends = "{kind}"\n', encoding="utf-8")
    return open_workspace(folder)


def without_a_section(text: str, workspace: Workspace, kind: str, path: str) -> Iterator[str]:
    """Yield `text` as often as it has required sections, each time without one of them."""
    document = read_document(path, parse(text), workspace.profiles[kind], workspace.process)
    lines = text.splitlines()
    for section in document.sections:
        if section.profile and section.profile.required:
            rest = lines[: section.heading.first - 1] + lines[section.last :]
            yield "\n".join(rest).rstrip("\n") + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*BUILT_IN, *READY])
def test_a_section_that_was_taken_out_comes_back(tmp_path: Path, kind: str, language: str) -> None:
    workspace = workspace_with(tmp_path, kind, language)
    profile = workspace.profiles[READY.get(kind, kind)]
    answers = Answers(title="Disk full on photos", day=DAY, severity=None)
    text = new_text(
        profile, Template(*workspace.template(profile.kind, language)), answers, language=language
    )
    path = new_path(profile, answers)
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    torn = list(without_a_section(text, workspace, profile.kind, path))
    assert torn
    for rest in torn:
        file.write_text(rest, encoding="utf-8")
        fixing = fix_files(workspace, workspace.select(()).files, unsafe=True)
        assert fixing.made == 1, rest
        assert file.read_text(encoding="utf-8").split() == text.split()
