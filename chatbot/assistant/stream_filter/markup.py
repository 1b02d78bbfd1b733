"""Tags and escapes that a model writes around its words: the dress goes, the words stay.

A tag that holds an id becomes the mark of that work. What is no tag of HTML nor of an answer, such as a title between
angle brackets, is text.
"""

import re

from ..candidate_ids import ID
from ..phrasebook import PHRASES, either

PLAIN = (
    "a", "b", "i", "u", "s", "em", "strong", "br", "hr", "p", "ul", "ol", "li", "div", "span", "small", "sub",
    "sup", "code", "pre", "table", "tbody", "thead", "tr", "td", "th", "del", "ins", "h1", "h2", "h3", "h4",
    "h5", "h6", "font", "center", "blockquote", "section", "article", "img",
)  # fmt: skip
# Named for what a model says in them: "<pick id=…>", "<reason>".
WORDED = tuple(PHRASES.phrases("markup", "tags"))
NAME = "|".join(sorted((*PLAIN, *(one.upper() for one in PLAIN), *WORDED), key=len, reverse=True))
TAG = re.compile(rf"<(?P<slash>/?)(?P<name>{NAME})(?P<rest>\s[^<>\n]{{0,400}})?\s?/?>")
CLOSING = re.compile(r"</[^\W\d_][\w-]{0,20}>")
HALF_TAG = re.compile(rf"</?[^\W\d_]{{0,16}}\d?\s?/?|<(?:{NAME})\s[^<>\n]{{0,400}}|</[\w-]{{0,21}}")
NAMES = {*PLAIN, *(one.upper() for one in PLAIN), *WORDED}
BEGINNINGS = {name[:length] for name in NAMES for length in range(len(name) + 1)}
IDENT = re.compile(rf"\b(?:id|slug|ref|book|novel|work|candidate)\s?=\s?[\"'“]?\s?(?:\[\[)?({ID})")
WHY = re.compile(rf"\b{either('markup', 'attributes.reason')}\s?=\s?(?:\"([^\"\n]{{1,300}})\"|'([^'\n]{{1,300}})')")
INNER_ID = re.compile(rf"<(?:id|slug)>\s{{0,3}}(?:\[\[)?({ID})(?:\]\])?\s{{0,3}}</(?:id|slug)>")
HALF_INNER_ID = re.compile(r"<(?:id|slug)>[\s\[\]A-Za-z0-9-]{0,90}(?:</?[a-z]{0,4})?")
BRACKETS = re.compile(r"\\\[\\\[|\\\]\\\]")
HALF_BRACKETS = re.compile(r"\\(?:[\[\]]\\?)?")
BOXED = re.compile(r"\\boxed\s?\{")
INNER = frozenset(PHRASES.phrases("markup", "tags.inner"))
BREAKS = {"br", "p", "div", "tr", "hr", "table", "ul", "ol", "section", "article", "blockquote"}
START = re.compile(r"[<\\}]|~~")


class MarkupStripper:
    def __init__(self):
        self.text, self.before, self.boxes, self.depth, self.struck = "", "\n", 0, 0, False
        self.eats = False  # white space between the tags of one pick

    def take(self, text: str) -> str:
        return self._read(text, last=False)

    def rest(self) -> str:
        return self._read("", last=True)

    def _read(self, text, last):
        self.text += text
        place, out = 0, []
        while found := START.search(self.text, place):
            self._pass(out, self.text[place : found.start()])
            place = found.start()
            length = self._one(out, place, last)
            if length is None:
                break
            place += length
        else:
            end = len(self.text)
            if not last and self.text.endswith("~") and end > place:
                end -= 1
            self._pass(out, self.text[place:end])
            place = end
        self.text = self.text[place:]
        return "".join(out)

    def _pass(self, out, text):
        if self.eats:
            text = text.lstrip()
        if text:
            self.eats = False
            out.append(text)
            self.before = text[-1]
            if self.boxes:
                self.depth += text.count("{")

    def _one(self, out, place, last):
        """Take what begins at `place`. Returns its length, or None where more has to come."""
        character = self.text[place]
        step = {"<": self._tag, "\\": self._escape, "}": self._brace, "~": self._strike}[character]
        length = step(out, place, last)
        if length == 0:
            self._pass(out, character)
            return 1
        return length

    def _tag(self, out, place, last):
        if found := INNER_ID.match(self.text, place):
            self._mark(out, found[1])
            self.eats = True
            return len(found[0])
        half = not last and len(self.text) - place < 420
        if half and HALF_INNER_ID.fullmatch(self.text, place):
            return None
        if found := TAG.match(self.text, place) or CLOSING.match(self.text, place):
            return len(found[0]) if self._strip(out, found) else 0
        if half and HALF_TAG.fullmatch(self.text, place):
            word = self.text[place + 1 :].strip("/ ")
            if word in BEGINNINGS or self.text.startswith("</", place) or re.search(r"\s", word):
                return None
        return 0

    def _strip(self, out, found):
        if found.re is CLOSING:
            return True
        name, rest = found["name"], found["rest"] or ""
        if len(name) == 1 and self.before.isascii() and self.before.isalnum() and not found["slash"] and not rest:
            return False  # as in "a<b>c"
        if not found["slash"] and (ident := IDENT.search(rest)) and name in WORDED:
            self._mark(out, ident[1])
            if why := WHY.search(rest):
                self._pass(out, why[1] or why[2])
        elif name in INNER:
            if found["slash"] and not self.before.isspace():
                self._pass(out, " ")
                self.eats = True
        elif name.lower() in BREAKS or (name in WORDED and found["slash"]):
            self.eats = False
            self._break(out)
        elif name.lower() == "li" and not found["slash"]:
            self._break(out)
            self._pass(out, "- ")
        return True

    def _mark(self, out, ident):
        self._break(out)
        self._pass(out, f"[[{ident}]] ")

    def _break(self, out):
        if self.before != "\n":
            self._pass(out, "\n")

    def _escape(self, out, place, last):
        if found := BRACKETS.match(self.text, place):
            self._pass(out, "[[" if "[" in found[0] else "]]")
            return 4
        if found := BOXED.match(self.text, place):
            self.boxes, self.depth = 1, 0
            return len(found[0])
        half = self.text[place : place + 8]
        if not last and len(half) == len(self.text) - place:
            if HALF_BRACKETS.fullmatch(half) or "\\boxed ".startswith(half):
                return None
            if half == "\\n":
                return None
        following = self.text[place + 2 : place + 3]
        if self.text.startswith("\\n", place) and not self._is_word(following):
            self._pass(out, "\n")
            return 2
        return 0

    def _is_word(self, following):
        """Whether a backslash with an n is the beginning of a word, such as a path or a formula."""
        plain = self.before.isascii() and (self.before.isalnum() or self.before in ":\\(/")
        return following.isascii() and following.isalnum() and (plain or self.before == " ")

    def _brace(self, out, place, last):
        if not self.boxes:
            return 0
        if self.depth:
            self.depth -= 1
            return 0
        self.boxes = 0
        return 1

    def _strike(self, out, place, last):
        """Strokes around words go; a drawn-out vowel keeps its own."""
        following = self.text[place + 2 : place + 3]
        if not following and not last:
            return None
        if self.struck:
            self.struck = False
            return 2
        if not (self.before.isalnum() or following in ("~", "") or following.isspace()):
            self.struck = True
            return 2
        self._pass(out, "~~")
        return 2
