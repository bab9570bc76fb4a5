"""Every format read back by what reads it: the public schema, the documented escapes, a reader's library."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from junitparser import Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt

from incidentdocs.editing.edits import Edit
from incidentdocs.library.finding import Fix
from incidentdocs.library.result import LintResult
from incidentdocs.markdown.places import Span
from incidentdocs.output.lint_formats import FINGERPRINTED, FORMATS, written
from incidentdocs.output.lint_sarif import MOST
from incidentdocs.output.lint_summary import lint_summary
from incidentdocs.output.rule_page import rule_page
from incidentdocs.output.terminal import visible
from incidentdocs.output.told import Told, one_line, with_hint, worst_first
from incidentdocs.rules import load
from tests.output.runs import PATH, TEXT, one, runs, told

SCHEMAS = Path(__file__).parent / "schemas"
many = settings(suppress_health_check=[HealthCheck.too_slow], max_examples=30)


def validated(name: str, text: str) -> Any:
    """Return the value of JSON text that the schema called `name` accepts."""
    value = json.loads(text)
    validator(name).validate(value)
    return value


@cache
def validator(name: str) -> Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def obeyed(line: str) -> tuple[str, dict[str, str], str] | None:
    """Return the command, properties and message that a build server reads in a line of its log."""
    found = re.match(r"\s*::(\w+)(?: ([^\n]*?))?::(.*)", line)
    if found is None:
        return None

    def undone(text: str, *codes: str) -> str:
        for code in codes:
            text = text.replace(f"%{code}", chr(int(code, 16)))
        return text.replace("%25", "%")

    pairs = (pair.split("=", 1) for pair in (found[2] or "").split(","))
    properties = {key: undone(value, "0D", "0A", "3A", "2C") for key, value in pairs}
    return found[1], properties, undone(found[3], "0D", "0A")


@many
@given(runs())
def test_every_format_says_the_same_twice_and_nothing_that_is_obeyed(run: Told) -> None:
    for name in FORMATS:
        text = written(name, run)
        assert text == written(name, run)
        assert not re.search(r"[^\n -~\u00a0-\U0010ffff]|[\ud800-\udfff\u2028\u202e]", text), name
        assert not re.search(r"##\w{0,20}\[", text), name
        if name not in ("github", "forgejo"):
            assert not re.search(r"^\s*::", text, re.MULTILINE), name


@many
@given(runs())
def test_concise_has_a_line_for_each_finding(run: Told) -> None:
    lines = written("concise", run).split("\n") if run.result.findings else []
    for line, finding in zip(lines, run.result.findings, strict=True):
        place = f"{finding.path}:{finding.span.line}:{finding.span.column}:"
        assert (
            line == f"{visible(place[:-1])}: {finding.severity}[{finding.rule}] {visible(with_hint(finding))}"
        )


def test_concise_is_read_at_a_glance() -> None:
    assert written("concise", told(one())) == (
        f"{PATH}:6:3: error[timeline-order] `14h30` comes before `14:45`; write `14:30`"
    )


def test_a_file_named_as_a_colon_begins_no_command() -> None:
    run = told(one()._replace(path=":"))
    for name in ("text", "concise"):
        assert written(name, run).startswith(r":\x3a6:3:"), name


@many
@given(runs())
def test_a_line_of_jsonl_is_a_finding_of_json(run: Told) -> None:
    lines = [json.loads(line) for line in written("jsonl", run).splitlines()]
    assert lines == json.loads(written("json", run))["findings"]


@many
@given(runs())
def test_sarif_gives_every_finding_back(run: Told) -> None:
    [log] = validated("sarif-2.1.0", written("sarif", run))["runs"]
    rules = log["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {finding.rule for finding in run.result.findings}
    for result, finding in zip(log["results"], run.result.findings, strict=True):
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"] == finding.rule
        assert result["level"] == finding.severity
        assert unlinked(result["message"]["text"]) == f"{finding.message}\n{finding.hint}"
        [where] = (location["physicalLocation"] for location in result["locations"])
        assert unquote(where["artifactLocation"]["uri"], errors="surrogatepass") == finding.path
        assert tuple(where["region"].values()) == finding.span
        assert result["partialFingerprints"] == {"incidentdocs/v1": finding.fingerprint}
        assert [
            (tuple(each["deletedRegion"].values()), each["insertedContent"]["text"])
            for fix in result.get("fixes", ())
            for change in fix["artifactChanges"]
            for each in change["replacements"]
        ] == [tuple(edit) for edit in (finding.fix.edits if finding.fix else ())]


def unlinked(text: str) -> str:
    """Return the text of a message, which must hold no link, as a reader shows it."""
    assert not re.search(r"(?<!\\)\]\(", text)
    return re.sub(r"\\([\\\[\]])", r"\1", text) if "](" in text or "\\](" in text else text


def test_sarif_has_the_whole_page_of_a_rule_and_links_to_it_only_where_it_has_an_address() -> None:
    [log] = validated("sarif-2.1.0", written("sarif", told(one())))["runs"]
    [rule] = log["tool"]["driver"]["rules"]
    assert rule["help"]["markdown"] == rule["help"]["text"] == rule_page(load("timeline-order"))
    assert rule["name"] == "TimelineOrder"
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert "helpUri" not in rule
    run = told(one(), pages="https://docs.example.org/rules/{rule}")
    [linked] = validated("sarif-2.1.0", written("sarif", run))["runs"][0]["tool"]["driver"]["rules"]
    assert linked["helpUri"] == "https://docs.example.org/rules/timeline-order"


def test_sarif_keeps_the_worst_of_too_many_and_says_so() -> None:
    warnings = [one(severity="warning")] * MOST
    run = told(*warnings, one())
    [log] = validated("sarif-2.1.0", written("sarif", run))["runs"]
    assert [result["level"] for result in log["results"]] == ["error"] + ["warning"] * (MOST - 1)
    [said] = log["invocations"][0]["toolExecutionNotifications"]
    assert said["message"]["text"] == "of 5001 findings only the 5000 worst are listed"


@pytest.mark.parametrize("name", ["github", "forgejo"])
@many
@given(run=runs())
def test_workflow_commands_give_every_finding_back_worst_first(name: str, run: Told) -> None:
    lines = written(name, run).split("\n")
    commands = [read for line in lines if (read := obeyed(line))]
    assert len(lines) == len(run.result.findings) + 1
    for (command, properties, message), finding in zip(
        commands, worst_first(run.result.findings), strict=True
    ):
        assert command == finding.severity
        assert properties["file"] == visible(finding.path)
        assert int(properties["line"]) == finding.span.line
        assert ("col" in properties) == (finding.span.line == finding.span.end_line)
        assert (
            visible(one_line(finding.message)) in message
            or "::" in finding.message
            or "##" in finding.message
        )
        assert (
            properties.get("title") or re.findall(r"(?:error|warning)\[([\w-]+)\]", message)[0]
        ) == finding.rule


def test_a_command_is_escaped_as_documented() -> None:
    strange = one()._replace(path="docs/100%, a:b.md", message="50% done\rnot")
    assert written("github", told(strange)).split("\n")[0] == (
        "::error file=docs/100%25%2C a%3Ab.md,line=6,endLine=6,col=3,endColumn=8,title=timeline-order"
        "::docs/100%25, a:b.md:6:3: 50%25 done not%0Awrite `14:30`"
    )
    assert written("forgejo", told(one())).split("\n") == [
        f"::error file={PATH},line=6,col=3::{PATH}:6:3: error[timeline-order] `14h30` comes before `14:45`; "
        "write `14:30`",
        "1 error in 1 document",
    ]


@many
@given(runs())
def test_gitlab_gives_every_finding_back(run: Told) -> None:
    issues = validated("gitlab-code-quality", written("gitlab", _relative(run)))
    for issue, finding in zip(issues, _relative(run).result.findings, strict=True):
        assert issue["check_name"] == finding.rule
        assert issue["fingerprint"] == finding.fingerprint
        assert issue["location"]["path"] == finding.path
        assert issue["location"]["lines"] == {"begin": finding.span.line, "end": finding.span.end_line}
        assert issue["description"] == visible(with_hint(finding))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def _relative(run: Told) -> Told:
    """Return a run whose findings all have words, and paths as the program gives them."""
    findings = tuple(
        finding._replace(path=f"docs/{finding.path}", message=f"m {finding.message}")
        for finding in run.result.findings
    )
    return run._replace(result=run.result._replace(findings=findings))


@many
@given(runs())
def test_junit_is_read_by_its_reader(run: Told) -> None:
    suites = list(JUnitXml.fromstring(written("junit", run).encode()))
    findings = list(run.result.findings)
    cases = [(suite, case) for suite in suites for case in suite]
    told_cases = [(suite, case) for suite, case in cases if case.result]
    clean = set(run.documents) - {finding.path for finding in findings}
    assert len(cases) - len(told_cases) == len(clean)
    for (suite, case), finding in zip(told_cases, findings, strict=True):
        [outcome] = case.result
        assert isinstance(outcome, Failure if finding.severity == "error" else Skipped)
        assert outcome.type == finding.rule
        assert suite.name.startswith(visible(finding.path)[:1])
        assert int(case._elem.get("line")) == finding.span.line
    assert sum(suite.tests for suite in suites) == len(cases)
    assert sum(suite.failures for suite in suites) == run.result.errors


def test_junit_tells_a_finding_as_a_test_that_failed() -> None:
    run = told(one(), documents=(PATH, "docs/runbooks/runbook-disk.md"))
    first, second = JUnitXml.fromstring(written("junit", run).encode())
    [failed], [passed] = list(first), list(second)
    assert (first.name, second.name) == (PATH, "docs/runbooks/runbook-disk.md")
    assert failed.result[0].message == "`14h30` comes before `14:45`"
    assert failed.result[0].text == f"{PATH}:6:3\nwrite `14:30`"
    assert passed.is_passed
    warned = told(one(severity="warning"))
    assert isinstance(outcome_of(warned), Skipped)
    assert isinstance(outcome_of(warned._replace(strict=True)), Failure)


def outcome_of(run: Told) -> object:
    """Return what became of the only test of a run."""
    [[case]] = ([*suite] for suite in JUnitXml.fromstring(written("junit", run).encode()))
    return case.result[0]


@many
@given(runs())
def test_rdjson_gives_every_finding_back(run: Told) -> None:
    value = validated("rdjson", written("rdjson", run))
    for each, finding in zip(value["diagnostics"], run.result.findings, strict=True):
        assert each["location"]["path"] == finding.path
        assert each["location"]["range"]["start"]["line"] == finding.span.line
        assert each["code"]["value"] == finding.rule
        assert each["severity"] == finding.severity.upper()
        assert each["message"] == f"{finding.message}\n{finding.hint}"


def test_rdjson_counts_bytes() -> None:
    text = "# É𐐀b\n"
    [each] = validated("rdjson", written("rdjson", told(one(Span(1, 4, 1, 5)), text=text)))["diagnostics"]
    assert each["location"]["range"] == {
        "start": {"line": 1, "column": 5},
        "end": {"line": 1, "column": 9},
    }


def test_rdjson_suggests_a_fix_of_several_edits_as_one_piece() -> None:
    fix = Fix(
        (Edit(Span(6, 3, 6, 8), "14:50"), Edit(Span(5, 3, 5, 8), "14:30"), Edit(Span(7, 1, 7, 1), "\n"))
    )
    [each] = validated("rdjson", written("rdjson", told(one(fix=fix))))["diagnostics"]
    [suggestion] = each["suggestions"]
    assert suggestion["text"] == "- 14:30 atténuation\n- 14:50 rétablie\n\n"
    assert suggestion["range"] == {"start": {"line": 5, "column": 1}, "end": {"line": 7, "column": 1}}
    single = told(one(fix=Fix((Edit(Span(6, 9, 6, 9), "é"),))))
    [[only]] = [each["suggestions"] for each in json.loads(written("rdjson", single))["diagnostics"]]
    assert only == {
        "text": "é",
        "range": {"start": {"line": 6, "column": 9}, "end": {"line": 6, "column": 9}},
    }


@many
@given(runs())
def test_a_summary_shows_every_finding_and_nothing_in_it_marks_up(run: Told) -> None:
    text = lint_summary(run)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    assert sum(token.type == "tr_open" for token in tokens) == (
        len(run.result.findings) + 1 if run.result.findings else 0
    )
    inside = [child for token in tokens for child in token.children or ()]
    assert {child.content for child in inside if child.type == "html_inline"} <= {"<br>"}
    assert not any(child.type == "image" or child.type.startswith(("em_", "strong_")) for child in inside)
    links = [child.attrs["href"] for child in inside if child.type == "link_open"]
    assert len(links) == (len(run.result.findings) if run.pages else 0)
    assert not re.search(
        r"@\w|#\w|https?://(?!docs\.example\.org/)|www\.",
        "".join(child.content for child in inside if child.type == "text").partition("incidentdocs:")[2],
    )


def test_a_summary_keeps_to_its_room_and_tells_how_many_are_left_out() -> None:
    run = told(*[one()] * 100)
    short = lint_summary(run, 5_000)
    shown = short.count("error `timeline-order`")
    assert len(short.encode()) <= 5_000
    assert shown > 10
    assert short.endswith(f"\n{100 - shown} more in the log.\n")
    assert lint_summary(run, 10) == lint_summary(told(), -5) == ""
    assert lint_summary(told()) == "### incidentdocs: 1 document, nothing to report\n\n"


def test_a_clean_run_is_told_in_every_format() -> None:
    clean = told()
    for name in FORMATS:
        assert (written(name, clean) == "") == (name in ("concise", "jsonl")), name
    assert json.loads(written("gitlab", clean)) == []
    assert Told(LintResult(())).line(PATH, 1) is None
    assert set(FORMATS) > FINGERPRINTED
    assert clean.line(PATH, 1) == TEXT.split("\n")[0]
