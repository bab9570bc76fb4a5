"""`--send`: what arrives at real servers, what is tried again, and what is never shown."""

import json
import os
import subprocess
import sys
from email.message import Message
from pathlib import Path

import pytest

from tests.commands.conftest import Committed
from tests.servers import mail_server, webhook

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:aiosmtpd")

PASSWORD = "g3heimes-w0rt"
TOKEN = "T0kenOfTheHook"


@pytest.fixture
def repository(committed: Committed) -> Committed:
    committed.write("incidentdocs.toml", 'language = "en"\n[notify]\nattempts = 2\nwait-seconds = 0\n')
    items = "- [ ] AI 1: alert at 80 % of the disk (owner @dev, due 2026-03-10)\n"
    text = f"---\nseverity: SEV1\n---\n\n# Post-mortem: Disk full\n\n## Action items\n\n{items}"
    committed.write("docs/post-mortems/2026-03-02-disk-full.md", text)
    committed.commit("2026-03-04")
    return committed


def send(
    repository: Committed, *addresses: str, options: tuple[str, ...] = ("--send",), **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "INCIDENTDOCS_NOTIFY"}
    return subprocess.run(
        [sys.executable, "-m", "incidentdocs", "report", "weekly", "--as-of", "2026-03-23", *options],
        cwd=repository.root,
        env=environment | {"NO_COLOR": "1", "INCIDENTDOCS_NOTIFY": "\n".join(addresses)} | variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def mail(port: int) -> str:
    query = "from=bot@cabas.example&to=team@cabas.example&mode=insecure"
    return f"mailto://bot:{PASSWORD}@127.0.0.1:{port}?{query}"


def test_a_mail_holds_the_report_as_a_page_and_as_text(repository: Committed) -> None:
    with mail_server() as mailbox:
        ran = send(repository, mail(mailbox.port))
    assert (ran.returncode, ran.stderr) == (
        0,
        "sent to INCIDENTDOCS_NOTIFY 1 (E-Mail to team@cabas.example)\n",
    )
    (message,) = mailbox.messages
    assert mailbox.envelopes == [("bot@cabas.example", ("team@cabas.example",))]
    assert message["subject"] == "Incident follow-up on 2026-03-23: 1 overdue"
    told = {part.get_content_type(): payload(part) for part in leaves(message)}
    assert set(told) == {"text/plain", "text/html"}
    page = send(repository, options=("--format", "html")).stdout
    assert told["text/html"].strip().replace("\r\n", "\n") == page.strip()
    assert "AI 1 alert at 80 % of the disk (@dev, 13 days overdue, due 2026-03-10)" in told["text/plain"]


def payload(part: Message) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def leaves(message: Message) -> list[Message]:
    return [part for part in message.walk() if not part.is_multipart()]


def test_a_webhook_gets_the_text(repository: Committed) -> None:
    with webhook() as hook:
        ran = send(repository, f"json://127.0.0.1:{hook.port}/hook/{TOKEN}")
    assert ran.returncode == 0
    ((path, body),) = hook.requests
    assert path.rstrip("/") == f"/hook/{TOKEN}"
    assert json.loads(body)["message"] == ran.stdout.rstrip("\n")


def test_what_fails_once_is_tried_again_and_arrives_once(repository: Committed) -> None:
    with mail_server("451 try later") as mailbox, webhook(503) as hook:
        ran = send(repository, mail(mailbox.port), f"json://127.0.0.1:{hook.port}/{TOKEN}")
    assert ran.returncode == 0
    assert ran.stderr.count("tried twice") == 2
    assert (mailbox.tries, len(mailbox.messages), len(hook.requests)) == (2, 1, 2)


def test_a_target_that_fails_is_told_and_the_others_have_theirs(repository: Committed) -> None:
    with webhook(500, 500, 500) as broken, webhook() as hook:
        addresses = (f"json://127.0.0.1:{port}/{TOKEN}" for port in (broken.port, hook.port))
        ran = send(repository, *addresses)
    assert ran.returncode == 5
    assert len(broken.requests) == 2, "no more often than is configured"
    assert len(hook.requests) == 1
    assert "error: INCIDENTDOCS_NOTIFY 1 (JSON) did not take the message, tried twice: " in ran.stderr
    assert "sent to INCIDENTDOCS_NOTIFY 2 (JSON)" in ran.stderr
    assert ran.stdout.startswith("Incident follow-up on 2026-03-23\n"), "the report is printed all the same"


def test_no_secret_is_shown_whatever_happens(repository: Committed) -> None:
    nobody = f"json://bot:{PASSWORD}@127.0.0.1:9/hook/{TOKEN}"
    for options in (("--send",), ("--dry-run",)):
        ran = send(repository, nobody, options=options)
        assert PASSWORD not in ran.stdout + ran.stderr
        assert TOKEN not in ran.stdout + ran.stderr
    ran = send(repository, f"nosuch://{TOKEN}/{PASSWORD}")
    assert ran.returncode == 2
    assert "INCIDENTDOCS_NOTIFY 1 is no address of a service" in ran.stderr
    assert TOKEN not in ran.stderr
    assert PASSWORD not in ran.stderr


def test_a_dry_run_sends_nothing_and_says_what_would_go_where(repository: Committed) -> None:
    with mail_server() as mailbox, webhook() as hook:
        addresses = mail(mailbox.port), f"json://127.0.0.1:{hook.port}/{TOKEN}"
        ran = send(repository, *addresses, options=("--send", "--dry-run"))
    assert ran.returncode == 0
    assert ran.stderr.splitlines() == [
        "would be sent to INCIDENTDOCS_NOTIFY 1 (E-Mail to team@cabas.example) as html: "
        "Incident follow-up on 2026-03-23: 1 overdue",
        "would be sent to INCIDENTDOCS_NOTIFY 2 (JSON) as text: Incident follow-up on 2026-03-23: 1 overdue",
    ]
    assert (mailbox.tries, hook.requests) == (0, [])


def test_a_target_of_the_configuration_has_a_name_and_its_address_from_a_variable(
    repository: Committed,
) -> None:
    with webhook() as hook:
        address = f"json://127.0.0.1:{hook.port}/{TOKEN}"
        repository.write("incidentdocs.toml", '[notify.targets]\nops = "$OPS_HOOK"\n')
        ran = send(repository, OPS_HOOK=address)
        unset = send(repository)
    assert (ran.returncode, ran.stderr) == (0, "sent to ops (JSON)\n")
    assert len(hook.requests) == 1
    assert unset.returncode == 2
    assert "the variable OPS_HOOK of the target ops is not set" in unset.stderr


def test_a_program_without_apprise_says_how_to_install_it(repository: Committed, tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without/apprise.py").write_text("raise ImportError\n")
    path = os.pathsep.join(filter(None, (str(tmp_path / "without"), os.environ.get("PYTHONPATH"))))
    ran = send(repository, "json://127.0.0.1:9/x", PYTHONPATH=path)
    assert ran.returncode == 2
    assert "pip install 'incidentdocs[notify]'" in ran.stderr
