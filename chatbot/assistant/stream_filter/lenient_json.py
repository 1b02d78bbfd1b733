"""JSON as models write it: in single quotes, with line breaks and quotes inside its texts, broken off.

`Scan` finds where a value ends while it comes in chunks; `values_in` reads what is in a stretch of text.
"""

import json
import re
from collections.abc import Callable

DEEPEST = 30
QUOTES = {'"': '"', "'": "'", "“": "”"}
SPACE = re.compile(r"\s*+")
WORD = re.compile(r"[^\s,:{}\[\]\"'“]{1,40}+")
BRACKET = re.compile(r"[{\[]")


class Scan:
    """Where a value ends that begins at `start`. `long`: tells of a key whether its text may run over lines."""

    def __init__(self, start: int, long: Callable[[str], bool], goes_on: Callable[[str, int], bool | None]) -> None:
        self.place, self.depth, self.quote, self.before = start, 0, "", ","
        self.word = self.key = ""
        self.long, self.goes_on = long, goes_on
        self.whole = False

    def end(self, text: str) -> int | None:
        """The place after the value, or None while it goes on. `whole`: it was closed, and not broken off."""
        if self.whole:
            return self.place
        while self.place < len(text):
            step = self._in_string(text) if self.quote else self._outside(text)
            if step is None:
                return None
            if step == 0:
                return self.place
            self.place += step
            if self.depth == 0 and not self.quote and self.before in "}]":
                self.whole = True
                return self.place
        return None

    def _in_string(self, text):
        """How far to go on; None to wait for more text; 0 at the end."""
        character = text[self.place]
        if character == "\\":
            return 2 if self.place + 1 < len(text) else None
        if character == self.quote:
            closes = closes_string(text, self.place)
            if closes:
                self.quote, self.before = "", '"'
                self.word = text[self.opened : self.place]
            return None if closes is None else 1
        if character == "\n" and not self.long(self.key):
            return self._over_line(text)
        return 1

    def _outside(self, text):
        character = text[self.place]
        if character in QUOTES and self.before in "{[,:":
            self.quote, self.opened = QUOTES[character], self.place + 1
        elif character == ":":
            self.key, self.word = self.word, ""
        elif character == ",":
            self.key = ""
        elif character in "{[":
            self.depth += 1
        elif character in "}]":
            self.depth -= 1
        elif character == "\n":
            return self._over_line(text)
        elif not character.isspace() and (found := WORD.match(text, self.place)):
            self.before = character
            if found.end() == len(text) and len(found[0]) < 40:
                return None
            self.word = found[0]
            return len(found[0])
        if not character.isspace():
            self.before = character
        return 1

    def _over_line(self, text):
        goes_on = self.goes_on(text, self.place + 1)
        if goes_on and not self.quote:
            self.before = ","  # which is often forgotten at the end of a line
        return None if goes_on is None else int(goes_on)


def closes_string(text: str, place: int) -> bool | None:
    """Whether the quote at `place` ends a text, and does not stand inside it; None where more text must tell."""
    following = SPACE.match(text, place + 1)
    if following.end() == len(text):
        return None
    return text[following.end()] in ",:}]" or "\n" in following[0]


def values_in(text: str) -> tuple[list[object], bool]:
    """(values, whether all of them were whole) of the JSON in `text`, in order, read as leniently as can be."""
    values, whole, place = [], True, 0
    while found := BRACKET.search(text, place):
        try:
            value, place = json.JSONDecoder(strict=False).raw_decode(text, found.start())
        except (ValueError, RecursionError):
            reader = _Reader(text, found.start())
            value, place = reader.value(), reader.place
            whole = whole and reader.whole
        values.append(value)
    return values, whole


class _Reader:
    """Reads one value, whatever is wrong with it. `whole`: it was closed."""

    def __init__(self, text, place):
        self.text, self.place, self.whole = text, place, True

    def value(self, depth=0):
        opening = self._next()
        if opening in ("{", "[") and depth < DEEPEST:
            self.place += 1
            return self._object(depth) if opening == "{" else self._array(depth)
        if opening in QUOTES:
            return self._string(QUOTES[opening])
        return self._word()

    def _next(self):
        """The next character that says something."""
        self.place = SPACE.match(self.text, self.place).end()
        return self.text[self.place : self.place + 1]

    def _object(self, depth):
        entries = {}
        while (following := self._next()) != "}":
            if not following:
                self.whole = False
                return entries
            if following in ",]:":
                self.place += 1
                continue
            key = self.value(depth + 1)
            if not isinstance(key, str):
                continue
            if self._next() == ":":
                self.place += 1
                if self._next() not in (",", "}", ""):
                    entries.setdefault(key, self.value(depth + 1))
            elif not self._next():
                entries.setdefault(key, None)
        self.place += 1
        return entries

    def _array(self, depth):
        entries = []
        while (following := self._next()) != "]":
            if not following:
                self.whole = False
                return entries
            if following in ",}:":
                self.place += 1
                continue
            entries.append(self.value(depth + 1))
        self.place += 1
        return entries

    def _string(self, quote):
        begun = place = self.place + 1
        while (place := self.text.find(quote, place)) >= 0:
            escapes = len(self.text[begun:place]) - len(self.text[begun:place].rstrip("\\"))
            if escapes % 2 == 0 and closes_string(self.text, place) is not False:
                self.place = place + 1
                return _unescaped(self.text[begun:place])
            place += 1
        self.place, self.whole = len(self.text), False
        return _unescaped(self.text[begun:])

    def _word(self):
        found = WORD.match(self.text, self.place)
        # Whatever stands here, something of it is taken.
        self.place = found.end() if found else self.place + 1
        return found[0] if found else ""


def _unescaped(text):
    """The text of a string: known escapes resolved, others left as they are."""
    known = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "/": "/", "\\": "\\", '"': '"', "'": "'"}

    def resolved(found):
        if found[1]:
            return chr(int(found[1], 16))
        return known.get(found[2], found[0])

    text = re.sub(r"\\(?:u([0-9a-fA-F]{4})|(.))", resolved, text, flags=re.DOTALL)
    # Characters beyond the first 65,536 come as two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").rstrip("\\")
