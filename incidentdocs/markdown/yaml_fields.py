"""YAML rows become fields with places, and what YAML refuses becomes problems; the only importer of yaml."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from re import Pattern
from typing import Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from incidentdocs.markdown import yaml_problems
from incidentdocs.markdown.front_matter import Field, Reading
from incidentdocs.markdown.front_matter_problems import DEEPEST, TOO_DEEP, repeated_key, unprintable
from incidentdocs.markdown.places import Place, Problem, Span
from incidentdocs.markdown.yaml_comments import read_comments

_ALIASES = 10
_LONGEST_TYPED = 100
_CORE = "tag:yaml.org,2002:"
_TAGS = frozenset(
    _CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
) | {"!"}

# What PyYAML's own constructors let through for values such as `!!bool maybe` or `2026-02-30`.
_UNREADABLE = (yaml.YAMLError, ValueError, ArithmeticError, LookupError, AttributeError, TypeError)


def read_fields(rows: Sequence[str], first: int) -> Reading:
    """Return what the YAML `rows`, the first of which is line `first` of its file, hold; never raises."""
    reader = _Reader(rows, first)
    reader.read()
    problems = sorted(reader.problems, key=lambda problem: problem.span)
    fields = sorted(reader.fields.values(), key=lambda field: field.key_span)
    comments = read_comments(rows, first, reader.scalars)
    return Reading(tuple(fields), tuple(problems), tuple(comments))


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Reader:
    """Reads the rows in one piece, or field by field when something in them is no YAML."""

    def __init__(self, rows: Sequence[str], first: int) -> None:
        self.rows = rows
        self.first = first
        self.fields: dict[str, Field] = {}
        self.problems: list[Problem] = []
        self.scalars: list[tuple[Place, Place]] = []

    def read(self) -> None:
        readable = [self._readable(row, line) for line, row in enumerate(self.rows, start=self.first)]
        pieces: Iterable[_Piece]
        try:
            pieces = [_Piece(readable, self.first)]
        except _RefusedError:
            pieces = self._pieces(readable)
        for piece in pieces:
            self.scalars.extend(piece.scalars)
            self._take(piece)

    def _readable(self, row: str, line: int) -> str:
        if row.isprintable():  # nearly always, and then the pattern, which is slow to compile, is not needed
            return row
        refused = _unprintable().search(row)
        if refused:
            self.problems.append(unprintable(refused, line))
            row = _unprintable().sub("\ufffd", row)
        return _line_separator().sub(" ", row)

    def _pieces(self, rows: Sequence[str]) -> "Iterator[_Piece]":
        begins = [index for index, row in enumerate(rows) if index == 0 or _begins_field(row)]
        for begin, end in pairwise([*begins, len(rows)]):
            try:
                yield _Piece(rows[begin:end], self.first + begin)
            except _RefusedError as refused:
                self.problems.append(refused.problem)
                self._keep_as_written(rows[begin], self.first + begin)

    def _keep_as_written(self, row: str, line: int) -> None:
        written = _written_field().match(row)
        if written and written["key"] not in self.fields:
            key_span, span = (
                Span(line, written.start(part) + 1, line, written.end(part) + 1) for part in ("key", "value")
            )
            field = Field(written["key"], written["value"], span if written["value"] else key_span, key_span)
            self.fields[field.key] = field

    def _take(self, piece: "_Piece") -> None:
        root = piece.root
        if root is None:
            return
        if not isinstance(root, MappingNode):
            self.problems.append(yaml_problems.no_field(piece.first_row(root)))
            return
        self.problems.extend(piece.problems)
        for key, value in root.value:
            self._take_field(piece, key, value)

    def _take_field(self, piece: "_Piece", key: Node, value: Node) -> None:
        key_span = piece.span(key)
        problem = self._key_problem(key, key_span)
        if problem:
            self.problems.append(problem)
            return
        span = piece.value_span(key, value)
        constructed: object
        try:
            constructed = piece.construct(value)
        except _UNREADABLE:
            constructed = piece.text(span)
            tag = value.tag.removeprefix(_CORE)
            self.problems.append(yaml_problems.unreadable_value(key.value, span, constructed, tag))
        self.fields[key.value] = Field(key.value, constructed, span, key_span)

    def _key_problem(self, key: Node, span: Span) -> Problem | None:
        if not isinstance(key, ScalarNode):
            return yaml_problems.unreadable_key(span)
        if key.tag == _CORE + "merge":
            return yaml_problems.merge_key(span)
        if key.value in self.fields:
            return repeated_key(key.value, span, self.fields[key.value].key_span.line)
        return None


class _Piece:
    """Some rows as YAML's own nodes."""

    def __init__(self, rows: Sequence[str], first: int) -> None:
        self.rows = rows
        self.first = first
        self.problems: list[Problem] = []
        text = "".join(f"{row}\n" for row in rows)
        try:
            self.scalars = tuple(self._check(yaml.parse(text, Loader=_loader())))
            self._loader = _loader()(text)
            self.root: Node | None = self._loader.get_single_node()
        except yaml.YAMLError as error:
            raise _RefusedError(yaml_problems.bad_syntax(error, rows, first)) from error
        self._check_nodes()

    def construct(self, node: Node) -> object:
        """Return the value of `node` by YAML 1.1's safe schema."""
        value: object = self._loader.construct_object(node, deep=True)
        return value

    def span(self, node: Node) -> Span:
        """Return the place of a node, without the comments and blank lines behind it."""
        end = self._end(node)
        return Span.between(self._place(node.start_mark), end)

    def first_row(self, node: Node) -> Span:
        """Return the place of a node's first line."""
        start = self._place(node.start_mark)
        return Span.between(start, self._row_end(start))

    def value_span(self, key: Node, value: Node) -> Span:
        """Return the place of a field's value, or of its key when it is empty or an alias."""
        span = self.span(value)
        elsewhere = value.start_mark.index < key.end_mark.index
        empty = (span.line, span.column) == (span.end_line, span.end_column)
        return self.span(key) if elsewhere or empty else span

    def text(self, span: Span) -> str:
        """Return the rows' text at `span`."""
        rows = list(self.rows[span.line - self.first : span.end_line - self.first + 1])
        rows[-1] = rows[-1][: span.end_column - 1]
        rows[0] = rows[0][span.column - 1 :]
        return "\n".join(rows)

    def _check(self, events: Iterator[Any]) -> Iterator[tuple[Place, Place]]:
        depth = aliases = 0
        for event in events:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            aliases += isinstance(event, yaml.AliasEvent)
            self._refuse_event(event, depth, aliases)
            if isinstance(event, yaml.ScalarEvent) and event.style:
                yield self._place(event.start_mark), self._place(event.end_mark)

    def _refuse_event(self, event: Any, depth: int, aliases: int) -> None:
        tag: str | None = getattr(event, "tag", None)
        if depth > DEEPEST:
            message, hint = TOO_DEEP
        elif aliases > _ALIASES:
            message, hint = f"more than {_ALIASES} aliases", "write the values out instead of `*name`"
        elif tag and tag not in _TAGS:
            message, hint = f"a tag that is not read here: {tag.removeprefix(_CORE)}", "write the plain value"
        else:
            return
        start = self._place(event.start_mark)
        raise _RefusedError(Problem(Span.between(start, self._row_end(start)), message, hint))

    def _check_nodes(self) -> None:
        seen: set[int] = set()
        waiting = [self.root] if self.root else []
        while waiting:
            node = waiting.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, ScalarNode) and len(node.value) > _LONGEST_TYPED:
                # A "number" of many digits or sexagesimal places takes time beyond measure.
                node.tag = _CORE + "str"
            elif isinstance(node, MappingNode):
                if node is not self.root:
                    self.problems.extend(self._repeated_keys(node))
                waiting.extend(child for pair in node.value for child in pair)
            elif isinstance(node, SequenceNode):
                waiting.extend(node.value)

    def _repeated_keys(self, node: MappingNode) -> Iterator[Problem]:
        lines: dict[str, int] = {}
        for key, _ in node.value:
            span = self.span(key)
            if isinstance(key, ScalarNode) and key.value in lines:
                yield repeated_key(key.value, span, lines[key.value])
            elif isinstance(key, ScalarNode):
                lines[key.value] = span.line

    def _place(self, mark: Any) -> Place:
        return Place(self.first + mark.line, mark.column + 1)

    def _row_end(self, start: Place) -> Place:
        written = len(self.rows[start.line - self.first].rstrip())
        return Place(start.line, max(start.column, written + 1))

    def _end(self, node: Node) -> Place:
        if isinstance(node, CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1][1] if isinstance(node, MappingNode) else node.value[-1]
            if last.start_mark.index > node.start_mark.index:
                return self._end(last)
        line, column = node.end_mark.line, node.end_mark.column
        while line > node.start_mark.line and not "".join(self.rows[line : line + 1])[:column].strip():
            line -= 1
            column = len(self.rows[line].rstrip())
        return Place(self.first + line, column + 1)


def _begins_field(row: str) -> bool:
    return bool(row.strip()) and row[0] not in " \t#-]}"


@cache
def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def _written_field() -> Pattern[str]:
    return re.compile(r"""["']?(?P<key>[^\s:"'#][^:"']*+)["']?:[ \t]*+(?P<value>(?:(?:(?! #).)*\S)?)""")


@cache
def _unprintable() -> Pattern[str]:
    return re.compile("[^\t\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@cache
def _line_separator() -> Pattern[str]:
    return re.compile("[\x85\u2028\u2029]")
