"""Emphasis as Korean and Japanese are written: no space stands between what is stressed and what follows it.

CommonMark lets `**` close behind punctuation only where a space or more punctuation follows, so that `**"이세계"**를`
shows its asterisks. Beside a CJK character it may open and close all the same, as the amendment "CJK-friendly
emphasis" of several renderers has it.
"""

import re
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

# Han, kana, Hangul with its letters, their punctuation and forms of full width; and what is not seen beside them.
CJK = re.compile(
    "[\u200b-\u200d\u2060\ufeff\u1100-\u11ff\u2e80-\u303f\u3040-\u30ff\u3100-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uffef\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
)


# Models pad what they stress, ** 이세계 **를. Of two that stand in one line the first has a space before it.
PADDED = re.compile(r"(?<!\S)\*\*([^*\n]*)\*\*")


def cjk_friendly(renderer: MarkdownIt) -> MarkdownIt:
    renderer.inline.ruler.at("emphasis", _tokenize)
    renderer.enable("strikethrough").inline.ruler.at("strikethrough", _tokenize_strike)
    return renderer


def without_padding(text: str) -> str:
    """`text` with what is stressed in Korean or Japanese moved to its asterisks. Of Latin words `a ** b ** c` may be a power."""
    return PADDED.sub(lambda found: f"**{found[1].strip()}**" if CJK.search(found[1]) else found[0], text)


def _tokenize(state: StateInline, silent: bool) -> bool:
    """markdown-it's own rule for a run of `*` or `_`, but for where a run may open and close."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    opens, closes = scanned.can_open, scanned.can_close
    before = state.src[state.pos - 1] if state.pos else " "
    behind = state.src[state.pos + scanned.length : state.pos + scanned.length + 1] or " "
    # An underscore is also a letter of names, but no two of them beside a bracket, and none behind one.
    opens = opens or ((marker == "*" or _brackets(scanned.length, behind)) and _flanks(behind, before))
    closes = closes or ((marker == "*" or _is_punctuation(before)) and _flanks(before, behind))
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(ord(marker), scanned.length, token=len(state.tokens) - 1, end=-1, open=opens, close=closes)
        )
    state.pos += scanned.length
    return True


def _tokenize_strike(state: StateInline, silent: bool) -> bool:
    """`~~` beside CJK as `**` above. Behind a letter it strikes nothing: "와~~ 좋아요~~" only draws out a vowel."""
    if silent or state.src[state.pos] != "~" or (scanned := state.scanDelims(state.pos, True)).length != 2:
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    behind = state.src[state.pos + 2 : state.pos + 3] or " "
    opens = not before.isalnum() and (scanned.can_open or _flanks(behind, before))
    closes = scanned.can_close or _flanks(before, behind)
    state.push("text", "", 0).content = "~~"
    state.delimiters.append(Delimiter(ord("~"), 0, token=len(state.tokens) - 1, end=-1, open=opens, close=closes))
    state.pos += 2
    return True


def _brackets(length: int, inner: str) -> bool:
    return length > 1 and _is_punctuation(inner)


def _flanks(inner: str, outer: str) -> bool:
    """Whether a run between the two belongs to `inner`: it touches it, and punctuation there only beside CJK."""
    if inner.isspace():
        return False
    return not _is_punctuation(inner) or bool(CJK.match(inner) or CJK.match(outer))


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith(("P", "S"))
