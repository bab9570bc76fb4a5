"""What examples of the rules about runbooks cannot show: services, masks, fixes, hostile text."""

import time
from collections.abc import Callable

import pytest

from incidentdocs.editing.edits import edited
from incidentdocs.library.result import LintResult
from incidentdocs.linter import lint
from incidentdocs.output.lint_text import lint_text
from incidentdocs.output.told import Told
from incidentdocs.rules import load
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example, LibraryRule
from tests.rules.conftest import document_of_example

PATH = "docs/runbooks/runbook-api.md"
RULES = ("command", "prompt", "rollback", "verification", "escalation", "name", "secret")


def found(text: str, rule: str, config: str = "") -> LintResult:
    document = document_of_example(Example(text, path=PATH, config=config))
    return lint([document], [load(f"runbook-{rule}")()])


def test_a_service_that_no_compose_file_has_is_told(overview_of: Callable[[Example], Overview]) -> None:
    rule = load("runbook-script-missing")()
    assert isinstance(rule, LibraryRule)
    text = (
        "# Runbook: API\n\n```bash\ndocker compose restart api\ndocker compose exec -T apii ls /srv\n"
        "docker compose logs --tail=50 postgrs\ndocker compose up --scale web=2 nobody\n"
        "docker compose up -d <service>\ndocker compose logs --since 1h nobody\n```\n"
    )
    overview = overview_of(Example(text, path=PATH, config='[repository]\ncode = "app"\n'))
    assert not list(rule.check(overview))
    findings = list(rule.check(overview._replace(services=frozenset({"api", "postgres"}))))
    assert [(finding.span.line, finding.hint) for finding in findings] == [
        (5, "write `api`"),
        (6, "write `postgres`"),
    ]


def test_a_secret_is_shown_nowhere() -> None:
    key = "AKIA" + "Q3V7ZPLM2XWT9HKD"
    text = f"# Runbook: API\n\nThe key is `{key}` for now.\n"
    result = found(text, "secret")
    document = document_of_example(Example(text, path=PATH))
    shown = lint_text(Told(result, {PATH: document.source}))
    assert key not in shown
    assert "The key is `••••" in shown


def test_without_its_prompts_a_block_has_no_finding_and_every_other_word() -> None:
    block = "   ```bash\n   $ df -h\n   $ docker compose logs \\\n       --tail=5\n   ```\n"
    text = f"# Runbook: API\n\n1. Do:\n\n{block}".replace("\n", "\r\n")
    (finding,) = found(text, "prompt").findings
    assert finding.fix
    mended = edited(text, finding.fix.edits)
    assert mended == text.replace("$ ", "")
    assert not found(mended, "prompt").findings


@pytest.mark.parametrize(
    "command",
    [
        "rm -fr /srv/data",
        "sudo mkfs.ext4 /dev/sdb1",
        "dd if=/dev/zero of=/dev/sdb",
        "docker compose down -v",
        "docker-compose -f prod.yml down --volumes",
        "kubectl -n shop delete pvc data-0",
        "oc delete namespace shop",
        "git push --force origin main",
        "docker compose exec redis redis-cli FLUSHALL",
        "pg_restore --clean -d shop shop.dump",
        "restic forget --keep-last 3 --prune",
        'psql -c "DROP TABLE orders"',
    ],
)
def test_what_destroys_asks_for_a_way_back(command: str) -> None:
    text = f"# Runbook: API\n\n## Resolution\n```bash\n{command}\n```\n"
    assert [finding.rule for finding in found(text, "rollback").findings] == ["runbook-rollback"]
    assert not found(f"{text}This cannot be undone.\n", "rollback").findings


@pytest.mark.parametrize(
    "command",
    [
        "kubectl delete pod api-0",
        "docker compose down",
        "docker image prune",
        "rm /srv/api/lock",
        "git push --force-with-lease",
        "kubectl get pvc",
        "docker run -v data:/data api",
        "rm -rf /tmp/build",
        'psql -c "SELECT truncate(1.5)"',
    ],
)
def test_what_comes_back_by_itself_does_not(command: str) -> None:
    assert not found(f"# Runbook: API\n\n## Resolution\n```bash\n{command}\n```\n", "rollback").findings


@pytest.mark.parametrize(
    "piece", ["`a ", "$ ", "docker compose ", "kubectl -a ", "rm -", "x@", "```\n", "1. `"]
)
def test_hostile_text_takes_no_time(piece: str) -> None:
    config = '[people.ana]\n[channels]\nops = "#ops"\n[repository]\ncode = "."\n'
    text = f"# Runbook: API\n\n## Resolution (steps)\n{piece * 20_000}\n\n```bash\n{piece * 20_000}\n```\n"
    document = document_of_example(Example(text, path=PATH, config=config))
    assert document.sections is not None
    list(document.placeholders)
    for name in RULES:
        began = time.process_time()
        lint([document], [load(f"runbook-{name}")()])
        assert time.process_time() - began < 2, name
