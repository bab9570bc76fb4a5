"""What is mended in real documents: no word is lost, and a second time changes nothing."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from incidentdocs.commands.fixing import fix_files
from incidentdocs.documents.titles import fold
from incidentdocs.workspace import open_workspace

EXAMPLES = Path(__file__).parents[2] / "examples" / "profiles"
CORPORA = sorted(path.name for path in EXAMPLES.iterdir())


def words(text: str) -> Counter[str]:
    """Return the words of a text, without the prompts of shells: those may go."""
    typed = re.sub(r"(?m)^([ \t]*)(?:ba)?sh-[\d.]+[#$] ", r"\1", text)
    return Counter(fold(typed).split())


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("name", CORPORA)
def test_real_documents_are_mended_once(corpora: Path, tmp_path: Path, name: str, unsafe: bool) -> None:
    folder = tmp_path / name
    shutil.copytree(corpora / name, folder)
    shutil.copytree(EXAMPLES / name, folder, dirs_exist_ok=True)
    workspace = open_workspace(folder)
    files = workspace.select(()).files
    before = {file.path: workspace.content(file) for file in files}
    fixing = fix_files(workspace, files, unsafe=unsafe)
    after = {file.path: workspace.content(file) for file in files}
    changed = [path for path in before if before[path] != after[path]]
    assert (len(changed), fixing.failed) == (fixing.documents, 0)
    again = fix_files(workspace, files, unsafe=unsafe)
    assert (again.made, again.documents) == (0, 0)
    for path in changed:
        old, new = before[path] or b"", after[path] or b""
        assert unsafe or words(old.decode()) - words(new.decode()) == Counter(), path
        assert old.count(b"\r") == 0 or new.count(b"\r\n") == new.count(b"\n"), path
