"""A baseline: the findings that a repository knows and is not told again, and how they are written down."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from incidentdocs.library.finding import Finding

VERSION = 1


class Known(NamedTuple):
    """A finding that is known: where it stands, by which rule, and what it is recognised by."""

    path: str
    rule: str
    fingerprint: str


def known_as(finding: Finding) -> Known:
    """Return what a finding that has its fingerprint is known as."""
    return Known(finding.path, finding.rule, finding.fingerprint)


def baseline_text(entries: Iterable[Known]) -> str:
    """Return the text of a baseline: JSON with a line for each entry, in order, to be compared by lines."""
    rows = ",\n".join(f"    {json.dumps(entry._asdict())}" for entry in sorted(set(entries)))
    findings = f"[\n{rows}\n  ]" if rows else "[]"
    return f'{{\n  "version": {VERSION},\n  "findings": {findings}\n}}\n'


def read_baseline(content: bytes) -> frozenset[Known]:
    """Return the entries of a baseline; ValueError, which says why, for what is none."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except json.JSONDecodeError as error:
        conflict = " and holds the marks of a merge conflict" if b"\n<<<<<<< " in content else ""
        raise ValueError(f"it is no JSON{conflict} (line {error.lineno}: {error.msg})") from error
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list) or "version" not in data:
        raise ValueError("it has no `version` and list of `findings`")
    if data["version"] != VERSION or isinstance(data["version"], bool):
        raise ValueError(f"it is of version {data['version']!r}, and this program reads version {VERSION}")
    return frozenset(map(_known, data["findings"]))


def _known(entry: Any) -> Known:
    values: list[Any] = [entry.get(name) for name in Known._fields] if isinstance(entry, dict) else []
    if not values or not all(isinstance(value, str) for value in values):
        raise ValueError("one of its findings has not a text for each of `path`, `rule` and `fingerprint`")
    return Known(*values)
