"""Findings as JUnit's XML, which nearly every build server shows as tests: a suite for each document."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from incidentdocs.library.finding import Finding
from incidentdocs.output.terminal import visible
from incidentdocs.output.told import Told, one_line

_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def lint_junit(told: Told) -> str:
    """Return a test for each finding in the suite of its document; a clean one has a test that passed.

    An error is a failure; a warning is a skipped test, unless the run is strict and it fails that too.
    """
    found = {
        path: list(group) for path, group in groupby(told.result.findings, key=lambda finding: finding.path)
    }
    paths = sorted({*told.documents, *found})
    cases = sum(max(1, len(found.get(path, ()))) for path in paths)
    counts = _counts(told.result.findings, strict=told.strict)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites{_attributes(name='incidentdocs', tests=cases, **counts)}>",
        *(line for path in paths for line in _suite(path, found.get(path, []), strict=told.strict)),
        "</testsuites>",
    ]
    return "\n".join(lines).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _suite(path: str, findings: Sequence[Finding], *, strict: bool) -> Iterator[str]:
    counts = _counts(findings, strict=strict)
    counts["skipped"] = len(findings) - counts["failures"]
    yield f"  <testsuite{_attributes(name=path, tests=max(1, len(findings)), **counts)}>"
    if not findings:
        yield f"    <testcase{_attributes(name='nothing to report', classname=path, file=path)}/>"
    for finding in findings:
        name = f"{finding.rule}, line {finding.span.line}, column {finding.span.column}"
        yield f"    <testcase{_attributes(name=name, classname=path, file=path, line=finding.span.line)}>"
        yield f"      {_outcome(finding, strict=strict)}"
        yield "    </testcase>"
    yield "  </testsuite>"


def _outcome(finding: Finding, *, strict: bool) -> str:
    tag = "failure" if _fails(finding, strict=strict) else "skipped"
    attributes = _attributes(type=finding.rule, message=one_line(finding.message))
    return f"<{tag}{attributes}>{_text(finding.place)}\n{_text(finding.hint)}</{tag}>"


def _counts(findings: Sequence[Finding], *, strict: bool) -> dict[str, int]:
    return {"failures": sum(_fails(finding, strict=strict) for finding in findings), "errors": 0}


def _fails(finding: Finding, *, strict: bool) -> bool:
    return strict or finding.severity == "error"


def _attributes(**values: object) -> str:
    return "".join(f' {name}="{_text(str(value))}"' for name, value in values.items())


def _text(text: str) -> str:
    shown = "\n".join(map(visible, text.split("\n")))
    return _no_character().sub(lambda found: f"\\u{ord(found[0]):04x}", shown).translate(_MARKUP)


@cache
def _no_character() -> re.Pattern[str]:
    """Return what finds the characters that XML holds in no form."""
    return re.compile("[^\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
