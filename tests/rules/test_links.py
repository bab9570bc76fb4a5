import time
from collections.abc import Callable

import pytest

from incidentdocs.library.finding import Finding
from incidentdocs.rules.broken_link import BrokenLink
from incidentdocs.rules.orphan_document import OrphanDocument
from incidentdocs.rules.overview import Overview
from incidentdocs.rules.rule import Example

OverviewOf = Callable[[Example], Overview]
RUNBOOK = "docs/runbooks/runbook-disk-full.md"
OTHER = (RUNBOOK, "# Runbook: Disk full\n\n## Resolution (steps)\n1. Look.\n")


@pytest.fixture
def broken(overview_of: OverviewOf) -> Callable[[Example], list[Finding]]:
    return lambda example: list(BrokenLink().check(overview_of(example)))


Broken = Callable[[Example], list[Finding]]


def post_mortem(text: str) -> str:
    return f"# Post-mortem: API down\n\n## Root cause\n{text}\n"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[a](runbook-disk-full.md)", "write `../runbooks/runbook-disk-full.md`"),
        ("[a](../runbook/runbook-disk-ful.md#x)", "perhaps `../runbooks/runbook-disk-full.md` is meant"),
        ("[a](#root-caus)", "perhaps `#root-cause` is meant"),
        (
            "[a](../runbooks/runbook-disk-full.md#resolution-step)",
            "perhaps `../runbooks/runbook-disk-full.md#resolution-steps` is meant",
        ),
        ("![a](curve.png)", "write the path of the file as it is now, or add the file"),
    ],
)
def test_the_hint_is_what_to_write(text: str, hint: str, broken: Broken) -> None:
    (finding,) = broken(Example(post_mortem(text), beside=(OTHER,)))
    assert finding.hint == hint
    assert f"`{text.partition('(')[2][:-1]}`" in finding.message


NO_GUESS = "write the path of the file as it is now, or add the file"


@pytest.mark.parametrize(
    ("written", "there", "meant"),
    [
        ("QueueFull.md", "queue-full.md", True),
        ("queue_full.markdown", "queue-full.md", True),
        ("Queue%20full.md", "queue-full.md", True),
        ("queue-ful.md", "queue-full.md", True),
        ("database-cnonection-lost.md", "database-connection-lost.md", True),
        ("QueueFull.png", "queue-full.md", False),
        ("DiskSlowOps.md", "DiskDown.md", False),
        ("QuotaObjectsAlert.md", "QuotaObjectsExhaustedAlert.md", False),
        ("ForwarderNamingSchema.md", "ForwarderNotReady.md", False),
        ("DiskMonDown.md", "DiskMdsDown.md", False),
        ("queue-of-the-shop-2.md", "queue-of-the-shop-3.md", False),
    ],
)  # fmt: skip
def test_only_a_name_that_is_really_near_is_guessed(
    written: str, there: str, meant: bool, broken: Broken
) -> None:
    text = post_mortem(f"See [it](../runbooks/{written}).")
    (finding,) = broken(Example(text, beside=((f"docs/runbooks/{there}", OTHER[1]),)))
    assert finding.hint == (f"perhaps `../runbooks/{there}` is meant" if meant else NO_GUESS)


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("![a](../graph.png)", "docs/post-mortems/graph.png"),
        ("![a](graph.png)", "docs/post-mortems/2026-03-14-api-down/graph.png"),
    ],
)
def test_a_picture_may_be_where_a_site_has_it(text: str, file: str, broken: Broken) -> None:
    assert broken(Example(post_mortem(text), files=(file,))) == []


@pytest.mark.parametrize("mark", [".gitmodules", ".git/info/sparse-checkout"])
def test_a_folder_that_is_no_part_of_this_copy_is_not_judged(mark: str, broken: Broken) -> None:
    text = post_mortem("See [the code](../../vendor/app/main.go) and [this](gone.md).")
    assert len(broken(Example(text))) == 2
    (finding,) = broken(Example(text, files=(mark,)))
    assert "gone.md" in finding.message


def test_the_anchor_of_a_file_that_is_no_document_is_not_judged(broken: Broken) -> None:
    text = post_mortem("See [the code](main.go#L10) and [the notes](notes.md#anything).")
    files = ("docs/post-mortems/main.go", "docs/post-mortems/notes.md")
    assert broken(Example(text, files=files)) == []


def test_names_with_other_accents_or_a_percent_sign_are_found(broken: Broken) -> None:
    text = post_mortem("![a](été.png) ![b](50%25.png) ![c](a%2Db.png)")
    files = (
        "docs/post-mortems/e\u0301te\u0301.png",
        "docs/post-mortems/50%.png",
        "docs/post-mortems/a%2Db.png",
    )
    assert broken(Example(text, files=files)) == []


def test_thousands_of_broken_links_take_no_time(broken: Broken) -> None:
    links = "\n".join(f"- [a](gone-{number}.md) [b](#gone-{number})" for number in range(3_000))
    headings = "\n".join(f"### Heading number {number}\n" for number in range(1_000))
    example = Example(post_mortem(links) + headings)
    started = time.process_time()
    assert len(broken(example)) == 6_000
    assert time.process_time() - started < 8


@pytest.mark.parametrize(
    "leading",
    [
        "See [it](../runbooks/runbook-disk-full.md#x).",
        "See [it](../runbooks/runbook-disk-full/).",
        "See [it](/runbooks/runbook-disk-full.html).",
        "See [it][r].\n\n[r]: ../runbooks/runbook-disk-full.md",
        'See <a href="/runbooks/runbook-disk-full">it</a>.',
        "See https://git.example.org/ops/blob/main/docs/runbooks/runbook-disk-full.md?plain=1#L3.",
        "**Runbooks:** runbook-disk-full",
        "See `runbooks/runbook-disk-full.md`.",
        "See [[runbook-disk-full|it]].",
        "See {doc}`the runbook <../runbooks/runbook-disk-full>`.",
        'See [it]({{< ref "./runbook-disk-full.md" >}}).',
    ],
)
def test_whatever_leads_to_a_document_counts(leading: str, overview_of: OverviewOf) -> None:
    path = "docs/post-mortems/2026-03-14-api-down.md"
    overview = overview_of(Example(f"# Post-mortem: API down\n\n{leading}\n", path=path, beside=(OTHER,)))
    assert [finding.path for finding in OrphanDocument().check(overview)] == [path]


def test_what_leads_to_itself_leads_from_nowhere(overview_of: OverviewOf) -> None:
    text = "# Runbook: Disk full\n\nSee [it](runbook-disk-full.md) and [it](/runbooks/runbook-disk-full/).\n"
    overview = overview_of(Example(text, path=RUNBOOK))
    assert [finding.path for finding in OrphanDocument().check(overview)] == [RUNBOOK]


@pytest.mark.parametrize(
    ("path", "naming"),
    [
        ("docs/post-mortems/2026-03-14-api-down.md", "As on [that day](/blog/2026/03/14/api-down/)."),
        ("docs/post-mortems/PM-2026-004-api-down.md", "As told in PM-2026-004, it came back."),
        ("docs/post-mortems/2026-03-14-api-down.md", "Comme dans 2026-03-14-api-down, c'est revenu."),
    ],
)
def test_what_a_text_names_counts(path: str, naming: str, overview_of: OverviewOf) -> None:
    text = "# Post-mortem: API down\n"
    other = "docs/post-mortems/2026-05-01-again.md"
    example = Example(text, path=path, beside=((other, f"{text}\n{naming}\n"),))
    assert [finding.path for finding in OrphanDocument().check(overview_of(example))] == [other]
