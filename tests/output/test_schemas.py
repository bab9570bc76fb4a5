"""Schemas accept what the program reads and prints, and refuse what it does not know."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from incidentdocs.config import Config
from incidentdocs.config.text import config_template
from incidentdocs.library.finding import Finding
from incidentdocs.library.result import LintResult
from incidentdocs.markdown.places import Span
from incidentdocs.output.lint_json import lint_json
from incidentdocs.output.report_json import report_json
from incidentdocs.output.schemas import MADE, Schema, front_matter_schema
from incidentdocs.output.told import Told
from incidentdocs.profiles.loading import BUILT_IN, READY, built_in
from incidentdocs.reports.model import (
    ActionsReport,
    Item,
    ItemWithEvents,
    OverdueReport,
    Summary,
    UnreadableDue,
)

PROFILES = Path(__file__).parents[2] / "incidentdocs/profiles"
SCHEMAS: dict[str, Schema] = {
    **{name: make() for name, make in MADE.items()},
    **{kind: front_matter_schema(built_in(kind)) for kind in (*BUILT_IN, *READY)},
}


def accepts(name: str, value: Any) -> bool:
    return Draft202012Validator(SCHEMAS[name]).is_valid(value)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_schema_is_one_and_says_what_it_is_about(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:incidentdocs:schema:{name}"
    assert schema["title"]


@pytest.mark.parametrize("name", sorted(MADE))
def test_every_object_is_closed_and_every_key_of_a_printed_one_described(name: str) -> None:
    schema = SCHEMAS[name]
    for table in (schema, *schema.get("$defs", {}).values()):
        if "properties" in table:
            assert table["additionalProperties"] is False
        if name != "profile":
            assert all({"description", "$ref"} & set(value) for value in table.get("properties", {}).values())


def test_the_config_that_init_writes_is_accepted_and_unknown_keys_are_not() -> None:
    assert accepts("config", tomllib.loads(config_template(Config(language="fr", exclude=("a/**",)))))
    assert accepts("config", {"rules": {"timeline-order": {"severity": "warning"}}})
    assert not accepts("config", {"langage": "fr"})
    assert not accepts("config", {"edition": 99})
    assert not accepts("config", {"rules": {"timeline-ordre": {"enabled": False}}})


@pytest.mark.parametrize("kind", [*BUILT_IN, *READY])
def test_the_built_in_profiles_are_accepted(kind: str) -> None:
    text = (PROFILES / kind / "profile.toml").read_text(encoding="utf-8")
    assert accepts("profile", tomllib.loads(text))


def test_a_profile_says_what_it_extends_or_everything() -> None:
    changed = {"id": "impact", "after": "timeline", "required": False}
    assert accepts(
        "profile", {"extends": "post-mortem", "sections": [changed, {"id": "lessons", "remove": True}]}
    )
    assert not accepts("profile", {"sections": [changed]})
    assert not accepts("profile", {"extends": "post-mortem", "sections": [{"required": False}]})
    assert not accepts("profile", {"extends": "post-mortem", "section": []})


def test_printed_findings_are_accepted() -> None:
    finding = Finding("a.md", Span(1, 1, 1, 2), "timeline-order", "warning", "no\x1b", "yes")
    printed = json.loads(lint_json(Told(LintResult((finding,), documents=1))))
    assert accepts("lint", printed)
    assert not accepts("lint", printed | {"version": 2})
    del printed["summary"]["skipped"]
    assert not accepts("lint", printed)


def test_printed_reports_are_accepted() -> None:
    item = Item(
        document="a.md",
        line=3,
        number=None,
        description="x",
        owner=None,
        due=date(2026, 2, 1),
        days_overdue=1,
        state="open",
        severity="SEV1",
    )
    unreadable = (UnreadableDue(document="a.md", line=9, due="soon"),)
    summary = Summary(
        documents=1, overdue=1, open=1, undated=0, done=0, abandoned=0, unreadable_due=unreadable
    )
    day = date(2026, 3, 1)
    late = OverdueReport(as_of=day, items=(item,), summary=summary)
    every = ActionsReport(as_of=day, items=(ItemWithEvents(**dict(item)),), summary=summary)
    for report in (late, every):
        printed = json.loads(report_json(report))
        assert accepts("report", printed)
        del printed["items"][0]["opened"]
        assert not accepts("report", printed)


@pytest.mark.parametrize(
    ("front_matter", "accepted"),
    [
        ({"severity": "SEV1"}, True),
        ({"severity": "sev-2", "services": "api", "failure-mode": None, "authors": []}, True),
        ({"severity": "critical", "services": ["api", "mail"], "team": "platform"}, True),
        ({"severity": "SEV1", "status": "draft", "failure-mode": "disk-full"}, True),
        ({}, False),
        ({"severity": None}, False),
        ({"severity": "SEV9"}, False),
        ({"severity": "SEV1", "status": "nearly"}, False),
        ({"severity": "SEV1", "services": {"a": 1}}, False),
    ],
)
def test_a_post_mortems_front_matter(front_matter: dict[str, Any], accepted: bool) -> None:
    assert accepts("post-mortem", front_matter) is accepted
