"""Blocks become HTML in which nothing of a document acts: no tag, no script, only plain addresses."""

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any, NamedTuple

from mistune import create_markdown
from mistune.core import BlockState
from mistune.renderers.html import HTMLRenderer
from mistune.util import escape, safe_entity, striptags

from incidentdocs.markdown.blocks import Block
from incidentdocs.markdown.source import Source
from incidentdocs.markdown.tokens import references_of, tokens_of

LONGEST = 300_000
"""Characters. What is longer is shown as it is written: nobody reads it for its headings."""


class Around(NamedTuple):
    """What the page around a text knows: where an address leads from it, and what its headings are called.

    `link` returns the address of a link, `picture` that of a picture, each None where it leads nowhere that
    the page may name. `anchor` returns the id of a heading by its text.
    """

    link: Callable[[str], str | None]
    picture: Callable[[str], str | None]
    anchor: Callable[[str], str]


def html_of(source: Source, blocks: Sequence[Block], around: Around) -> str:
    """Return the HTML of `blocks` of a file; whatever is written of HTML in them is shown, comments are not.

    Headings begin at the second level: the first is the page's own. What cannot be nested as deeply as it is
    written, or is longer than a text to read, is shown as it is written.
    """
    if not blocks:
        return ""
    text = "\n".join(source.lines[blocks[0].first - 1 :])
    if len(text) <= LONGEST:
        try:
            return _rendered(source, blocks, around)
        except RecursionError:
            pass
    return f'<pre tabindex="0">{escape(text)}</pre>\n'


def _rendered(source: Source, blocks: Sequence[Block], around: Around) -> str:
    markdown = create_markdown(renderer=_Renderer(around), plugins=["table", "strikethrough"])
    state = BlockState()
    state.env["ref_links"] = references_of(source.definitions)
    state.tokens = list(tokens_of(blocks, source.lines))
    made = markdown.render_state(state)
    assert isinstance(made, str)
    return made


def text_in(html: str) -> str:
    """Return what a page says that `html_of` has made, in one line: the words between its tags."""
    return " ".join(unescape(_TAG.sub(" ", _INLINE_TAG.sub("", html))).split())


_TAG = re.compile(r"<[^>]*>")
_INLINE_TAG = re.compile(r"</?(?:a|code|del|em|strong)\b[^>]*>")


class _Renderer(HTMLRenderer):
    """mistune's renderer, with every tag and address of a text taken for text."""

    def __init__(self, around: Around) -> None:
        super().__init__(escape=True)
        self._around = around

    def text(self, text: str) -> str:
        return safe_entity(text)  # `&nbsp;` is what it stands for, and `&lt;b&gt;` no tag

    def link(self, text: str, url: str, title: str | None = None) -> str:
        address = self._around.link(url)
        if address is None:
            return text
        return f'<a href="{escape(address)}"{_titled(title)}>{text or escape(url)}</a>'

    def image(self, text: str, url: str, title: str | None = None) -> str:
        said, address = striptags(text), self._around.picture(url)
        if address is not None:
            return f'<img src="{escape(address)}" alt="{said}"{_titled(title)}>'
        # A picture from elsewhere would be fetched from there: who looks at the page would be seen there.
        return self.link(f"[{said or 'picture'}]", url, title)

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        id = self._around.anchor(unescape(striptags(text)))
        return f'<h{max(level, 2)} id="{escape(id)}">{text}</h{max(level, 2)}>\n'

    def inline_html(self, html: str) -> str:
        return "" if _is_comment(html) else escape(html)

    def block_html(self, html: str) -> str:
        return "" if _is_comment(html) else f"<pre>{escape(html.strip())}</pre>\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        return f'<pre tabindex="0"><code>{escape(code)}</code></pre>\n'

    def block_error(self, text: str) -> str:
        return f"<pre>{escape(text)}</pre>\n"

    def thematic_break(self) -> str:
        return "<hr>\n"

    def linebreak(self) -> str:
        return "<br>\n"

    def task_list_item(self, text: str, checked: bool = False) -> str:
        said, sign = ("done", "☑") if checked else ("open", "☐")
        box = f'<span class="box" role="img" aria-label="{said}">{sign}</span> '
        text = text.replace("<p>", f"<p>{box}", 1) if text.startswith("<p>") else box + text
        return f'<li class="task">{text}</li>\n'

    def table(self, text: str) -> str:
        return (
            f'<div class="wide" role="region" aria-label="Table" tabindex="0"><table>\n{text}</table></div>\n'
        )

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        tag, scope = ("th", ' scope="col"') if head and text.strip() else ("td", "")
        aligned = f' class="{align}"' if align in ("center", "right") else ""
        return f"<{tag}{scope}{aligned}>{text}</{tag}>\n"


def _titled(title: str | None) -> str:
    return f' title="{escape(title)}"' if title else ""


def _is_comment(html: str) -> bool:
    return re.fullmatch(r"\s*<!--(?:(?!-->).)*(?:-->)?\s*", html, re.DOTALL) is not None
