"""The generated files that are committed are current, and are what they should be."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from incidentdocs.output.schemas import MADE
from incidentdocs.profiles.loading import BUILT_IN, READY

ROOT = Path(__file__).parents[1]


def generator() -> ModuleType:
    spec = spec_from_file_location("generate", ROOT / "tools/generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_generated_file_is_current() -> None:
    assert generator().stale(ROOT) == [], "run `python tools/generate.py`"


def test_a_file_that_is_missing_changed_or_left_over_is_not_current(tmp_path: Path) -> None:
    generate = generator()
    for path, text in generate.generated(ROOT).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert generate.stale(tmp_path) == []
    (tmp_path / "schemas/lint.schema.json").unlink()
    (tmp_path / "docs/rules/no-such-rule.md").write_text("left over")
    (tmp_path / "docs/rules/README.md").write_text("changed")
    assert generate.stale(tmp_path) == [
        "docs/rules/README.md",
        "docs/rules/no-such-rule.md",
        "schemas/lint.schema.json",
    ]


def test_the_committed_schemas_are_valid_schemas() -> None:
    schemas = sorted(map(str, (ROOT / "schemas").glob("*.schema.json")))
    assert len(schemas) == len(MADE) + len(BUILT_IN) + len(READY)
    command = [sys.executable, "-m", "check_jsonschema", "--check-metaschema", *schemas]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
