"""Where a document gives its date, its severity and its status, and which of several counts."""

from datetime import date

import pytest

from incidentdocs.documents.document import Document, read_document
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in, read_profile

DAY = date(2026, 3, 14)
PROFILE = """\
name = { en = "Review" }
folders = ["."]
[[metadata]]
id = "date"
label = { en = "Date", fr = "Période" }
type = "date"
[[metadata]]
id = "severity"
label = { fr = "Gravité" }
type = "severity"
[[metadata]]
id = "status"
[[sections]]
id = "metadata"
title = { en = "Metadata", fr = "Métadonnées" }
contains = "metadata"
[[sections]]
id = "summary"
title = { en = "Summary" }
"""


def document(text: str, path: str = "review.md") -> Document:
    profile = read_profile(PROFILE, kind="review", path="profile.toml", bases={})
    return read_document(path, parse(text), profile, Process())


@pytest.mark.parametrize(
    "text",
    [
        "---\ndate: 2026-03-14\n---\n# API down\n",
        "# API down\n\n**Date:** March 14, 2026\n",
        "# API down\n\n**Date**: 14 March 2026, in the morning\n\n## Summary\n",
        "# API down\n\n- Date: 2026-03-14 19:25 JST – 21:27 JST\n",
        "# API down\n\n| Date | 2026-03-14 |\n|---|---|\n| Gravité | SEV1 |\n",
        "# API down\n\n| Field | Value |\n|---|---|\n| Date | 14/03/2026 |\n\n## Summary\n",
        "# Panne\n\n## Métadonnées\n\n| Champ | Valeur |\n|---|---|\n| Période | 14 mars 2026, 8h-9h |\n",
        "# API down on March 14th, 2026\n",
        "# 2026-03-14 API down\n",
        "# [SEV-2] 3/14/2026 API down\n",
        "# API down (14/3/2026)\n",
        "---\ntitle: API down on March 14, 2026\n---\n\n## Summary\n",
        '+++\ntitle = "API down on March 14, 2026"\n+++\n\n## Summary\n',
        "+++\ndate = 2026-03-14\n+++\n# API down\n",
        "# Panne de l'API le 14 mars 2026\n",
    ],
)
def test_a_date_is_found_where_teams_write_it(text: str) -> None:
    assert document(text).date == DAY


@pytest.mark.parametrize(
    "text",
    [
        "# API down\n\n## Summary\n\n**Date:** March 14, 2026\n",
        "# API down in March 2026\n",
        "# API down\n\nOn March 14, 2026 the API was down.\n",
        "# API v2026-03-14-rc1 down\n",
        "# API down on 5/6/2026\n",  # the fifth of June, or the sixth of May
        "# API down\n\n**Date:** last Tuesday\n",
    ],
)
def test_other_dates_are_not_the_incident_s(text: str) -> None:
    assert document(text).date is None


def test_what_a_field_says_counts_before_the_file_s_name_and_the_title() -> None:
    path = "2026-03-15-api-down.md"
    title = "# API down on March 16, 2026\n"
    assert document(title, path).date == date(2026, 3, 15)
    assert document(f"{title}\nDate: 2026-03-14\n", path).date == DAY
    assert document(f"---\ndate: 2026-03-13\n---\n{title}\nDate: 2026-03-14\n", path).date == date(
        2026, 3, 13
    )


@pytest.mark.parametrize("name", ["2026-03-14 API down.md", "review_2026-03-14.md", "a/b/2026-03-14.md"])
def test_a_date_in_the_file_s_name_counts_where_no_pattern_asks_for_it(name: str) -> None:
    assert document("# API down\n", name).date == DAY


@pytest.mark.parametrize("name", ["12026-03-14.md", "2026-03-145.md", "2026-13-14.md"])
def test_digits_that_are_no_date_are_none(name: str) -> None:
    assert document("# API down\n", name).date is None


def test_severity_and_draft_are_read_from_lines_and_tables() -> None:
    text = "# API down\n\n**Gravité :** SEV-2 (majeure)\n**Status:** Draft\n\n## Summary\n"
    read = document(text)
    assert (read.severity, read.is_draft) == ("SEV2", True)
    assert not document(text.replace("Draft", "Resolved")).is_draft
    above = f"---\nseverity: SEV1\n---\n{text}"
    assert document(above).severity == "SEV1"


def test_the_built_in_profile_reads_lines_above_the_first_section() -> None:
    text = (
        "# Post-mortem: API down\n\n- Severity: SEV3\n- Date: 2026-03-14\n\n## Impact\n\nDate: 2026-03-20\n"
    )
    read = read_document("a.md", parse(text), built_in("post-mortem"), Process())
    assert (read.severity, read.date) == ("SEV3", DAY)
