"""What the rules about titles and the names of files offer instead."""

from dataclasses import replace
from datetime import date

import pytest

from incidentdocs.documents.document import read_document
from incidentdocs.linter import lint
from incidentdocs.markdown.source import parse
from incidentdocs.process.process import Process
from incidentdocs.profiles.loading import built_in
from incidentdocs.profiles.profile import Profile
from incidentdocs.rules import load

POST_MORTEM = built_in("post-mortem")
DATED = replace(POST_MORTEM, titles={"en": ("{date}, {title}",)})
ALERT = replace(POST_MORTEM, filename="{slug}.md", titles={"en": ("{slug}",)})


TITLE = 'write `title: "Post-mortem: the \\"API\\" is down"`'


def hints(
    text: str, rule: str, path: str = "docs/2026-03-14-api-down.md", profile: Profile = POST_MORTEM
) -> str:
    document = read_document(path, parse(text), profile, Process(today=date(2026, 11, 1)))
    return "; ".join(finding.hint for finding in lint([document], [load(rule)()]).findings)


@pytest.mark.parametrize(
    ("text", "profile", "path", "hint"),
    [
        ("# API down\n", POST_MORTEM, "", "write `# Post-mortem: API down`"),
        ("# Postmortem - API down\n", POST_MORTEM, "", "write `# Post-mortem: API down`"),
        ("# Draft of Post-mortem: API down\n", POST_MORTEM, "", "write `# Post-mortem: API down`"),
        ("# Post-mortem:\n", POST_MORTEM, "", "write `# Post-mortem: api down`"),
        ("## Timeline\n- 10:15 detection\n", POST_MORTEM, "", "write `# Post-mortem: api down`"),
        ("# Post-mortem:\n", POST_MORTEM, "docs/x.md", "write `# Post-mortem: <title>`"),
        ("---\ntitle: the \"API\" is down\n---\n", POST_MORTEM, "", TITLE),
        ("# API down\n", DATED, "", "write `# 2026-03-14, API down`"),
        ("# Incident of 2026-03-14, API down\n", DATED, "", "write `# 2026-03-14, API down`"),
        ("# API down\n", DATED, "docs/x.md", "write `# YYYY-MM-DD, API down`"),
        ("# Api is slow\n", ALERT, "docs/ApiIsSlow.md", "write `# ApiIsSlow`"),
    ],
)  # fmt: skip
def test_a_title_is_offered_with_its_own_words(text: str, profile: Profile, path: str, hint: str) -> None:
    assert hints(text, "title-format", path or "docs/2026-03-14-api-down.md", profile) == hint


NUMBERED = replace(POST_MORTEM, filename="PM{number} - {title}.md")


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("PM12 -  API down.md", "has more spaces than one in a row, or one at an end", "PM12 - API down.md"),
        ("PM12 - API  down .md", "has more spaces than one in a row, or one at an end", "PM12 - API down.md"),
        ("PM12  API down.md", "does not follow `PM<number> - <title>.md`", "PM<number> - <title>.md"),
    ],
)
def test_too_many_spaces_in_a_name_are_named(name: str, message: str, hint: str) -> None:
    document = read_document(f"docs/{name}", parse("# A\n"), NUMBERED, Process())
    (finding,) = lint([document], [load("filename-format")()]).findings
    assert (finding.message, finding.hint) == (
        f"the file name `{name}` {message}",
        f"rename the file to `{hint}`",
    )


@pytest.mark.parametrize(
    ("timeline", "hint"),
    [
        ("- 10:15 a\n", "write 2026-03-14 in the title, or rename the file to 2026-01-09"),
        ("- 2026-03-14 10:15 a\n- 11:00 b\n", "write 2026-03-14 in the title"),
        ("- 2026-01-09 10:15 a\n- 11:00 b\n", "rename the file to 2026-01-09"),
        (
            "- 2026-01-09 10:15 a\n- 2026-03-14 11:00 b\n",
            "write 2026-03-14 in the title, or rename the file to 2026-01-09",
        ),
    ],
)
def test_the_timeline_tells_which_date_is_wrong(timeline: str, hint: str) -> None:
    text = f"# 2026-01-09, API down\n\n## Timeline\n{timeline}"
    assert hints(text, "filename-date", profile=DATED) == hint
