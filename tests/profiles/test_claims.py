"""Which files a profile claims."""

import pytest

from incidentdocs.profiles.claims import claiming, is_passed_over
from incidentdocs.profiles.loading import BUILT_IN, built_in
from incidentdocs.profiles.profile import Profile

PROFILES = [built_in(kind) for kind in BUILT_IN]


def kind(path: str, *profiles: Profile, exclude: tuple[str, ...] = ()) -> str | None:
    profile = claiming(path, profiles or PROFILES, exclude)
    return profile.kind if profile else None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("docs/post-mortems/2026-03-14-api.md", "post-mortem"),
        ("docs/post-mortems/2026/2026-03-14-api.markdown", "post-mortem"),
        ("services/api/docs/runbooks/runbook-api.md", "runbook"),
        ("docs/post-mortems/Anything at all.md", "post-mortem"),
        ("docs/post-mortems/README.md", None),
        ("docs/post-mortems/readme.fr.md", None),
        ("docs/post-mortems/index.md", None),
        ("docs/post-mortems/_draft.md", None),
        ("docs/post-mortems/Post-mortem Template.md", None),
        ("docs/post-mortems/_archive/2020-01-01-old.md", None),
        ("docs/post-mortems/2026-03-14-index-corrupted.md", "post-mortem"),
        ("docs/post-mortems/2026-03-14-broken-template-engine.md", "post-mortem"),
        ("docs/runbooks/runbook-template.md", None),
        ("docs/runbooks/TEMPLATE.md", None),
        ("docs/runbooks/template.fr.md", None),
        ("docs/runbooks/runbook_template_v2.md", None),
        ("docs/runbooks/template-runbook.md", None),
        ("docs/runbooks/RunbookTemplate.md", None),
        ("docs/runbooks/templates/disk.md", None),
        ("docs/runbooks/SSPTemplateValidatorDown.md", "runbook"),
        ("docs/runbooks/template-engine-down.md", "runbook"),
        ("docs/runbooks/contemplated.md", "runbook"),
        ("docs/runbooks/IndexerDown.md", "runbook"),
        ("docs/runbooks/index-corrupted.md", "runbook"),
        ("docs/runbooks/index.fr.md", None),
        ("docs/post-mortems/diagram.png", None),
        ("docs/post-mortems/LICENSE", None),
        ("docs/guide/first-steps.md", None),
        ("post-mortems/2026-03-14-api.md", None),
    ],
)
def test_the_built_in_profiles_claim_their_folders(path: str, expected: str | None) -> None:
    assert kind(path) == expected


def test_a_file_without_extension_is_claimed_by_its_name_only() -> None:
    profile = Profile(
        kind="report",
        name={},
        folders=(".",),
        filename="PM{year}-{number} - {title}.md",
        extensions=("md", ""),
    )
    assert kind("PM2022-009 - Bad image", profile) == "report"
    assert kind("LICENSE", profile) is None
    assert kind("sub/PM2022-009 - Bad image.md", profile) == "report"


def test_the_nearest_folder_decides() -> None:
    outer = Profile(kind="outer", name={}, folders=("docs",))
    inner = Profile(kind="inner", name={}, folders=("docs/incidents",))
    assert kind("docs/incidents/a.md", outer, inner) == "inner"
    assert kind("docs/incidents/a.md", inner, outer) == "inner"
    assert kind("docs/a.md", inner, outer) == "outer"


@pytest.mark.parametrize("folder", ["alerts", "alerts/", "alerts/**", "**/alerts", "**/alerts/**"])
def test_two_stars_stand_for_no_folder_too(folder: str) -> None:
    profile = Profile(kind="alert", name={}, folders=(folder,))
    assert kind("alerts/DiskFull.md", profile) == "alert"
    assert kind("alerts/storage/disks/DiskFull.md", profile) == "alert"
    assert kind("alerts-old/DiskFull.md", profile) is None


def test_what_lies_among_documents_and_is_none_is_known() -> None:
    passed_over = [
        path
        for path in (
            "docs/runbooks/runbook-template.md",
            "docs/runbooks/templates/disk.md",
            "docs/runbooks/disk.mdx",
            "docs/runbooks/README.md",
            "docs/runbooks/_draft.md",
            "docs/runbooks/diagram.png",
            "docs/runbooks/old/template.md",
            "docs/guide/template.md",
        )
        if is_passed_over(path, PROFILES, ("docs/runbooks/old",))
    ]
    assert passed_over == [
        "docs/runbooks/runbook-template.md",
        "docs/runbooks/templates/disk.md",
        "docs/runbooks/disk.mdx",
    ]


def test_excludes_name_files_or_folders() -> None:
    path = "docs/post-mortems/old/2020-01-01-a.md"
    assert kind(path, exclude=("docs/post-mortems/old",)) is None
    assert kind(path, exclude=("**/old/*.md",)) is None
    assert kind(path, exclude=("*.md",)) == "post-mortem"
    assert kind(path, exclude=("docs/post-mortems/ol",)) == "post-mortem"
