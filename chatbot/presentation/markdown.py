"""Markdown as a model writes it, rendered and sanitised."""

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from django.utils.html import linebreaks
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .emphasis import cjk_friendly

# Raw HTML is off in the renderer and swept again behind it: what a model writes is a stranger's text.
MARKDOWN = cjk_friendly(MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table"))
ALLOWED_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "hr"}
ALLOWED_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
ALLOWED_ATTRIBUTES = {"ol": {"start"}, "li": {"value"}}
# No letter has so many; a text that does is shown as it is. Rendering costs by the line and by the mark, and a page
# shows twenty replies.
MARKS, MAX_MARKS, MAX_LINES = "*_[]`<>#!&\\~|", 1500, 400
HEADING = re.compile(r"(</?)h[1-6]")
# "2019. 그해 봄" begins a sentence; nobody counts so far.
YEAR = re.compile(r"^((?:[ \t>]|[-*+•][ \t])*+\d{4,9})([.)])(?=\s)", re.MULTILINE)


@lru_cache(maxsize=1000)
def to_html(text: str, inline: bool) -> str:
    """`text` rendered and sanitised. Kept, because while a reply grows, all but its last block stays as it was, and
    finished ones stay for good."""
    if text.count("\n") > MAX_LINES or sum(text.count(mark) for mark in MARKS) > MAX_MARKS:
        html = linebreaks(text, autoescape=True)
    else:
        html = MARKDOWN.renderInline(text) if inline else _rendered(YEAR.sub(r"\1\\\2", text))
    html = nh3.clean(HEADING.sub(r"\1h3", html), tags=ALLOWED_TAGS, attributes=ALLOWED_ATTRIBUTES, link_rel=None)
    # What is too wide for a phone scrolls by itself, by keyboard too.
    html = html.replace("<table>", '<div class="table" tabindex="0"><table>')
    return html.replace("</table>", "</table></div>")


def _rendered(text: str) -> str:
    env: dict[str, object] = {}
    tokens = MARKDOWN.parse(text, env)
    _keep_numbers(tokens)
    rendered: str = MARKDOWN.renderer.render(tokens, MARKDOWN.options, env)
    return rendered


def _keep_numbers(tokens: Sequence[Token]) -> None:
    """Give each item of a numbered list the number it was written with, where that goes up by more than one."""
    lists: list[int | None] = []  # the number before, of each list that is open; None where it has none
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(int(token.attrGet("start") or 1) - 1 if token.type.startswith("ordered") else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and (before := lists[-1]) is not None:
            number = int(token.info)
            if number > before + 1:
                token.attrSet("value", str(number))
            lists[-1] = max(number, before + 1)
