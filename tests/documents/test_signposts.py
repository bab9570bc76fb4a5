"""Pages of one sentence: what only leads elsewhere is told once, what says so not at all."""

import pytest

from incidentdocs.documents.document import Document, read_document
from incidentdocs.library.finding import Finding
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.rules import load
from incidentdocs.rules.rule import DocumentRule

EN, FR = "# Runbook: disk full\n\n{}\n", "# Runbook : disque plein\n\n{}\n"


def page(text: str) -> Document:
    process = Process(language="fr" if text.startswith("# Runbook :") else "en")
    return read_document("docs/runbooks/runbook-disk-full.md", parse(text), built_in("runbook"), process)


def missing(text: str) -> list[Finding]:
    rule = load("missing-section")()
    assert isinstance(rule, DocumentRule)
    return list(rule.check(page(text)))


def mended(finding: Finding) -> str:
    """Return what the hint says to write, which holds a link."""
    return finding.hint.partition("write `")[2].partition("` where")[0]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (EN, "See [storage](runbook-storage.md)"),
        (EN, "See the runbook of [storage](runbook-storage.md), e.g. its first step."),
        (EN, 'See [Storage]({{< ref "./runbook-storage.md" >}})'),
        (EN, "[storage](runbook-storage.md)."),
        (EN, "For this alert, follow [[runbook-storage]]."),
        (FR, "Voir [stockage](runbook-stockage.md)."),
        (FR, "Même chose que [stockage](runbook-stockage.md)"),
    ],
)
def test_a_page_that_only_leads_elsewhere_has_one_finding_and_its_hint_mends(form: str, said: str) -> None:
    (finding,) = missing(form.format(said))
    assert finding.message.count("`") == 10  # five sections
    assert finding.hint.startswith("write `Merged into [" if form == EN else "write `Fusionné avec [")
    assert page(form.format(mended(finding))).is_signpost
    assert missing(form.format(mended(finding))) == []


def test_nothing_merges_with_a_page_of_another_site() -> None:
    (finding,) = missing(EN.format("More information in this [blog](https://blog.example.com/disks)."))
    assert finding.hint.startswith("add the sections `## Symptoms`, ")


@pytest.mark.parametrize(
    "said",
    [
        "Restart [the service](https://status.example.com) and wait.",
        "See [storage](runbook-storage.md). Then clean the disk.",
        "See [storage](runbook-storage.md)\n\nClean the disk.",
        "See [storage](runbook-storage.md)\n\n```\ndf -h\n```",
        "See the other runbook.",
        "- See [storage](runbook-storage.md)",
    ],
)
def test_a_page_that_says_more_or_leads_nowhere_has_one_finding_a_section(said: str) -> None:
    assert len(missing(EN.format(said))) == 5


def test_a_page_with_a_section_is_no_such_page() -> None:
    found = missing(EN.format("See [storage](runbook-storage.md)\n\n## Symptoms\n\nWrites fail."))
    assert len(found) == 4
