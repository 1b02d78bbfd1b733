"""Markdown as a model writes it, rendered and sanitised."""

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from django.utils.html import linebreaks
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .emphasis import cjk_friendly, without_padding

# Raw HTML is off in the renderer and swept again behind it: what a model writes is a stranger's text.
MARKDOWN = cjk_friendly(MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table"))
ALLOWED_TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "hr"}
ALLOWED_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
ALLOWED_ATTRIBUTES = {"ol": {"start"}, "li": {"value"}}
# No letter has so many; a text that does is shown as it is. Rendering costs by the line and by the mark, and a page
# shows twenty replies.
MARKS, MAX_MARKS, MAX_LINES = "*_[]`<>#!&\\~|", 1500, 400
HEADING = re.compile(r"(</?)h[1-6]")
# "2019. 그해 봄" begins a sentence: nobody counts so far. And a list would lose the noughts of "007. 본드".
NO_ITEM = re.compile(r"^((?:[ \t>]|[-*+•][ \t])*+(?:\d{4,9}|0\d{1,8}))([.)])(?=\s)", re.MULTILINE)


@lru_cache(maxsize=1000)
def to_html(text: str, inline: bool) -> str:
    """`text` rendered and sanitised. Kept, because while a reply grows, all but its last block stays as it was, and
    finished ones stay for good."""
    if text.count("\n") > MAX_LINES or sum(text.count(mark) for mark in MARKS) > MAX_MARKS:
        html = linebreaks(text, autoescape=True)
    else:
        text = without_padding(text)
        html = MARKDOWN.renderInline(text) if inline else _rendered(NO_ITEM.sub(r"\1\\\2", text))
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
    """Give each item of a numbered list the number it was written with, where that leaves some out or counts down."""
    lists: list[tuple[int, int] | None] = []  # of each open list the number before, as shown and as written
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            first = token.attrGet("start")
            before = (1 if first is None else int(first)) - 1
            lists.append((before, before) if token.type.startswith("ordered") else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and (last := lists[-1]) is not None:
            shown, written = last
            number = int(token.info)
            if number > shown + 1 or number < written:
                token.attrSet("value", str(number))
                lists[-1] = number, number
            else:
                lists[-1] = shown + 1, number
