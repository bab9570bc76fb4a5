"""mistune's block parser made to keep lines."""

from collections.abc import Mapping, Sequence
from functools import cache
from re import Match, Pattern
from typing import Any, ClassVar, NamedTuple

from mistune.block_parser import BlockParser
from mistune.core import BlockState

from incidentdocs.markdown import grammar
from incidentdocs.markdown.blocks import Block
from incidentdocs.markdown.builder import BlockBuilder, Token

_DEFINITIONS = "definitions"
"""Under this key mistune's states share what they meet, those in lists and quotes too."""

_CONTAINERS = ("list", "block_quote")
_ENDS_QUOTE = ["blank_line", "thematic_break", "fenced_code", "list", "block_html"]
"""What mistune lets end a quote besides a line without its marker after a blank one."""


class Parsed(NamedTuple):
    """The blocks of a file, and where the references that it defines lead, by their folded labels."""

    blocks: tuple[Block, ...]
    definitions: Mapping[str, str]


def parse_blocks(lines: Sequence[str]) -> Parsed:
    """Return what a file's `lines` (without line endings) hold, with the blocks' places."""
    state = _LineState()
    state.process("".join(f"{line}\n" for line in lines))
    _parser().parse(state)
    definitions = dict(map(grammar.definition, reversed(state.env.get(_DEFINITIONS, ()))))
    return Parsed(BlockBuilder(lines).blocks(state.tokens), definitions)


@cache
def _parser() -> "_LineParser":
    return _LineParser()


class _LineState(BlockState):
    """What mistune knows while it parses one container, and the file's line of each position in it.

    A container's source keeps its parent's lines one to one, so one number maps them all.
    """

    tokens: list[Token]

    def __init__(self, parent: Any | None = None) -> None:
        super().__init__(parent)
        self.first_line = 1
        self.collecting = ""
        self.mark = 0
        self.items: list[Token] = []
        self._counted = (0, 0)

    def line_at(self, position: int) -> int:
        """Return the file's line of a position in `src`; cheap when positions come in order."""
        before, row = self._counted
        if position >= before:
            row += self.src.count("\n", before, position)
        else:
            row -= self.src.count("\n", position, before)
        self._counted = (position, row)
        return self.first_line + row

    def child_state(self, src: str, lazy_line_starts: set[int] | None = None) -> "_LineState":
        child = _LineState(self)
        child.process(src)
        child.lazy_line_starts = lazy_line_starts or set()
        child.first_line = self.line_at(self.mark)
        if self.collecting == "list":
            self._begin_item(child)
        return child

    def _begin_item(self, child: "_LineState") -> None:
        marker = grammar.item_marker(self.src, self.mark)
        first = child.first_line
        child.first_line += marker.alone
        content = child.src.rstrip(grammar.BLANK)
        last = child.first_line + content.count("\n") if content else first
        self.items.append({"first": first, "last": last, "number": marker.number})
        # mistune has read on to the line after the next item's marker, when there is a next item.
        self.mark = self.src.rfind("\n", 0, max(self.cursor - 1, 0)) + 1

    def append_token(self, token: Token) -> None:
        token["first"] = self.line_at(self.cursor)
        self.tokens.append(token)

    def prepend_token(self, token: Token) -> None:
        # A quote's end is looked at but not parsed with it (see `parse_method`), so nothing stands after it.
        self.append_token(token)

    def add_paragraph(self, text: str) -> None:
        last = self.last_token()
        if last and last["type"] == "paragraph":
            last["parts"].append(text)
        else:
            self.append_token({"type": "paragraph", "parts": [text]})

    def append_paragraph(self) -> int | None:
        last = self.last_token()
        if not last or last["type"] != "paragraph":
            return None
        end = self.find_line_end()
        last["parts"].append(self.get_text(end))
        return end


class _LineParser(BlockParser):
    """mistune's rules, with GitHub's tables; every token gets its first and last line."""

    state_cls = _LineState
    SPECIFICATION: ClassVar[dict[str, str]] = {**BlockParser.SPECIFICATION, **grammar.SPECIFICATION}

    def __init__(self) -> None:
        super().__init__()
        for rules in (self.rules, self.list_rules, self.block_quote_rules):
            rules.append("table")

    def compile_sc(self, rules: list[str] | None = None) -> Pattern[str]:
        # mistune lets a quote swallow a heading right below it.
        return super().compile_sc([*rules, "atx_heading"] if rules == _ENDS_QUOTE else rules)

    def parse_method(self, m: Match[str], state: BlockState) -> int | None:
        assert isinstance(state, _LineState)
        if state.collecting:
            # mistune would parse the block that ends a list or quote from inside it, deeper at each change.
            return m.start() if grammar.interrupts(m) else None
        known = len(state.tokens)
        if m.lastgroup in _CONTAINERS:
            state.collecting, state.mark, state.items = m.lastgroup, m.start(), []
        end = super().parse_method(m, state)
        state.collecting = ""
        if end and len(state.tokens) > known:
            _close(state, m.start(), end)
        elif end and m.lastgroup == "setex_heading":
            state.tokens[-1]["last"] = state.line_at(m.start())
        return end

    def parse_atx_heading(self, m: Match[str], state: BlockState) -> int:
        level = len(m.group("atx_1"))
        state.append_token({"type": "heading", "style": "atx", "level": level, "raw": m.group()})
        return m.end() + 1

    def parse_ref_link(self, m: Match[str], state: BlockState) -> int:
        text = state.append_paragraph()
        if text is None:
            state.env.setdefault(_DEFINITIONS, []).append(m[0])
        return text or m.end() + 1

    def parse_raw_html(self, m: Match[str], state: BlockState) -> int | None:
        end = grammar.html_end(state.src, m.start())
        if end is None:
            return state.append_paragraph() or self._parse_lone_tag(m, state)
        state.append_token({"type": "block_html", "raw": state.get_text(end)})
        return end

    def _parse_lone_tag(self, m: Match[str], state: BlockState) -> int | None:
        end = grammar.lone_tag_end(state.src, m.start())
        if end is not None:
            state.append_token({"type": "block_html", "raw": state.get_text(end)})
        return end

    def parse_table(self, m: Match[str], state: BlockState) -> int | None:
        src, end = state.src, m.end()
        if not grammar.is_table(m["table_head"], m["table_rule"]):
            return None
        ends_table = self.compile_sc([*grammar.INTERRUPTING, "indent_code", "blank_line"])
        while end < state.cursor_max and not ends_table.match(src, end):
            end = state.find_line_end_at(end)
        state.append_token({"type": "table", "raw": src[m.start() : end]})
        return end

    def _parse_indent_code_fast(self, state: BlockState) -> int | None:
        assert isinstance(state, _LineState)
        start, known = state.cursor, len(state.tokens)
        end = super()._parse_indent_code_fast(state)
        if end and len(state.tokens) > known:
            _close(state, start, end)
        return end


def _close(state: _LineState, start: int, end: int) -> None:
    token = state.tokens[-1]
    token["first"] = state.line_at(start)
    token["last"] = state.line_at(max(start, end - 1))
    if token["type"] == "list":
        token["children"] = [
            item | {"children": child["children"]}
            for item, child in zip(state.items, token["children"], strict=True)
        ]
        token["last"] = state.items[-1]["last"]
    elif token["type"] == "block_code" and "marker" in token:
        token["closed"] = grammar.closes(state.src, start, end, token["marker"])
