"""A reply as text, for copying: titles in place of cards."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape

from django.utils import translation
from django.utils.translation import gettext

from ..text.quoting import titled
from .cards import PresentedCard
from .prose import Part
from .turns import PresentedTurn


def plain_text(presented: PresentedTurn) -> str:
    with translation.override(presented.turn.language):
        return "\n\n".join(line for line in _lines(presented) if line)


def _lines(presented: PresentedTurn) -> Iterator[str]:
    for block in presented.blocks:
        for card in block.cards or ():
            assert isinstance(card, PresentedCard)  # a whole turn keeps no card back
            yield f"{titled(card.novel.title, presented.turn.language)} {plain(card.reason)}".strip()
        if block.parts is not None:
            yield plain(block.parts)


def plain(parts: Sequence[Part]) -> str:
    """Rendered prose as text."""
    words = "".join(_title(part) if part.name else _fact(part) if part.correction else part.html for part in parts)
    return unescape(re.sub(r"<[^>]+>", "", words.replace("<br>", "\n"))).strip()


def _title(part: Part) -> str:
    return titled(part.words, translation.get_language()) + (
        f" ({gettext('you asked not to be offered this again')})" if part.refused else ""
    )


def _fact(part: Part) -> str:
    return f"{escape(part.said)}[{escape(part.correction)}]"
