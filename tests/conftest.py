"""Fixtures that several folders of tests share."""

import fcntl
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is slow for a moment now and then; that is no defect of what is tested.
# The same examples each time: whether a commit lands depends on the commit, not on luck.
settings.register_profile("patient", deadline=None, derandomize=True)
settings.load_profile("patient")
# For `--hypothesis-profile thorough`: what a hundred examples find once in a month, a thousand find today,
# others each time.
settings.register_profile("thorough", deadline=None, derandomize=False, max_examples=1000)


@pytest.fixture(scope="session")
def corpora_source() -> Path:
    """The folder of real documents, as they are kept (bundles); skips where it is not configured."""
    folder = os.environ.get("INCIDENTDOCS_CORPORA")
    if not folder:
        pytest.skip("INCIDENTDOCS_CORPORA does not name the folder of real documents")
    return Path(folder).resolve()


@pytest.fixture(scope="session")
def corpora(corpora_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real documents, laid out once for all workers of a run: a folder with one folder a corpus."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "corpora"
    with (shared / "corpora.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _unpack(corpora_source, shared / "corpora.unfinished", folder)
    return folder


def _unpack(source: Path, unfinished: Path, folder: Path) -> None:
    # Inside a git hook these variables would point the clones at the hook's repository.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run([source / "unpack", unfinished], check=True, env=environment)
    unfinished.rename(folder)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--fuzz N`: so many torn documents are judged by every rule."""
    parser.addoption(
        "--fuzz", type=int, default=10_000, metavar="N", help="how many torn documents are judged"
    )
