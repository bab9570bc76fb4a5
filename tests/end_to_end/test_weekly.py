"""The weekly job that `init` writes, on the demo's repository: what arrives is what the report says."""

import json
import subprocess
import sys
from email.message import Message
from pathlib import Path

import pytest

from incidentdocs.authoring.workflow import WEEKLY, Forge
from tests.commands.conftest import run_in
from tests.end_to_end.workflows import run_steps
from tests.servers import mail_server, webhook

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd")

PASSWORD = "n1emand-sieht-es"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's repository, with the weekly jobs of every build server."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    run = [sys.executable, "-m", "incidentdocs"]
    subprocess.run([*run, "demo", str(folder)], check=True, capture_output=True)
    for forge in WEEKLY:
        assert run_in(folder, "init", "--ci", forge, "--weekly").returncode == 0
    return folder


def said(message: Message, content_type: str) -> str:
    """Return what the only part of a mail of this type says."""
    (part,) = (part for part in message.walk() if part.get_content_type() == content_type)
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode().replace("\r\n", "\n").strip()


@pytest.mark.parametrize("forge", list(WEEKLY))
def test_what_arrives_is_what_the_report_says(demo: Path, forge: Forge, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    with mail_server() as mailbox, webhook() as hook:
        mail = f"mailto://bot:{PASSWORD}@127.0.0.1:{mailbox.port}"
        addresses = (
            f"{mail}?from=bot@cabas.example&to=team@cabas.example&mode=insecure",
            f"json://127.0.0.1:{hook.port}/monday",
        )
        secrets = {"INCIDENTDOCS_NOTIFY": " ".join(addresses)}
        ran = dict(run_steps(demo / WEEKLY[forge].path, demo, secrets=secrets, summary=summary))
    assert [step.returncode for step in ran.values()] == [0, 0, 0], [step.stderr for step in ran.values()]

    text = run_in(demo, "report", "weekly").stdout
    page = run_in(demo, "report", "weekly", "--format", "html").stdout
    assert "days overdue" in text
    (message,) = mailbox.messages
    assert said(message, "text/html") == page.strip()
    assert text.splitlines()[0] in message["subject"]
    ((path, body),) = hook.requests
    assert path.rstrip("/") == "/monday"
    assert json.loads(body)["message"] == text.strip()

    printed = next(step for step in ran.values() if step.stdout.startswith("Incident follow-up"))
    assert printed.stdout == text
    if forge == "gitlab":
        assert (demo / "weekly.html").read_text(encoding="utf-8") == page
    else:
        markdown = run_in(demo, "report", "weekly", "--format", "markdown").stdout
        assert summary.read_text(encoding="utf-8") == markdown
    assert PASSWORD not in "".join(step.stdout + step.stderr for step in ran.values())
