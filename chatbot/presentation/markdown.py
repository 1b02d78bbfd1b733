"""Markdown as a model writes it, rendered and sanitised."""

import re
from functools import lru_cache

import nh3
from django.utils.html import linebreaks
from markdown_it import MarkdownIt

# Raw HTML is off in the renderer and swept again behind it: what a model writes is a stranger's text.
MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})
ALLOWED_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "hr"}
# No letter has so many; a text that does is shown as it is. Rendering costs by the line and by the mark, and a page
# shows twenty replies.
MARKS, MAX_MARKS, MAX_LINES = "*_[]`<>#!&\\~", 1500, 400
HEADING = re.compile(r"(</?)h[1-6]")


@lru_cache(maxsize=1000)
def to_html(text: str, inline: bool) -> str:
    """`text` rendered and sanitised. Kept, because while a reply grows, all but its last block stays as it was, and
    finished ones stay for good."""
    if text.count("\n") > MAX_LINES or sum(text.count(mark) for mark in MARKS) > MAX_MARKS:
        html = linebreaks(text, autoescape=True)
    else:
        html = MARKDOWN.renderInline(text) if inline else MARKDOWN.render(text)
    return nh3.clean(HEADING.sub(r"\1h3", html), tags=ALLOWED_TAGS, attributes={}, link_rel=None)
