"""What a model writes as data between its words: function calls, JSON, copies of the shelf it was given.

A block is kept until it has ended, and then judged: a call is taken out, a copy of the shelf is kept back, a choice or
a reply written as JSON is worded, and anything else is text after all.
"""

import re
from collections.abc import Iterable

from .. import tool_call
from ..phrasebook import PHRASES, either
from .channels import BREAK, Call
from .json_replies import REASON_KEYS, SHELF_KEYS, is_told, worded
from .lenient_json import Scan, values_in
from .paragraphs import Paragraphs
from .written_calls import WrittenCalls

MAX_LENGTH = 3 * tool_call.MAX_LENGTH
BEFORE = "\u2026"  # stands for the text that has been passed, when what follows does not begin a line

LINE = r"(?:^|(?<=\n))[ \t]{0,12}"
BULLET = r"(?:(?:[-*•+]|\d{1,2}[.)])[ \t]{1,4})?"
KEYS = "|".join(SHELF_KEYS)
COLON = r"[*_`]{0,3}[ \t]{0,2}[:\uff1a][*_`]{0,3}"
# A run of lines that give keys and values begins with an id, or with a key in quotes.
QUOTED_KEY = rf"[\"'](?:{KEYS})[\"'][ \t]{{0,3}}:"
QUOTED_LINE = re.compile(rf"[ \t]{{0,12}}{BULLET}{QUOTED_KEY}")
ID_LINE = rf"{BULLET}[*_`]{{0,3}}(?:id|ID|Id|slug){COLON}[ \t]{{0,3}}[`\"'\[]{{0,2}}[a-z0-9]"
INSIDE = r"\{\s{0,40}(?:[\"'“][^\s\"'“”]|[A-Za-z_]{1,20}\s{0,3}:)"  # the beginning of an object
LABEL = rf"{LINE}(?:json\s{{1,4}}|[\"'][A-Za-z_]{{1,20}}[\"']\s{{0,3}}:\s{{0,3}}|{BULLET})"
FUNCTION = "|".join(tool_call.NAMES)
# How the lines of a prompt begin that stand before its data.
SHELF_HEADINGS = (
    "Candidates for this ask",
    "These replace all candidates",
    "Works the reader speaks of, all that is known",
    "Works whose plot fits the description, likeliest first",
    "Works here by that author, no candidates",
    "Offered or spoken of before, not to be offered again",
    "Facts, no candidates, one JSON object a line",
    "What the reader does, part by part",
)
NAMED = rf"(?:to=)?(?:functions?\.)?(?:{FUNCTION})"
OPENING = re.compile(
    rf"""
    (?P<tagged>
        <(?:tool_calls?|function_calls?|tools?)> | <function=[^>\n]{{0,80}}>
        | <(?:invoke|tool_use)\b[^>\n]{{0,120}}> | \[(?:TOOL_CALLS|TOOL_REQUEST)\]
    )
    | (?P<result> <(?:tool_response|tool_result|tool_output|function_results?)> )
    | (?P<shelf> <shelf> )
    | (?P<left> </(?:shelf|tool_calls?|tool_response)> )
    | (?P<heading> {LINE}(?:{"|".join(map(re.escape, SHELF_HEADINGS))}) )
    | (?P<understood> {LINE}[*_]{{0,2}}Understood[*_]{{0,2}}:[*_]{{0,2}}\s{{0,4}}(?=[`{{]) )
    | (?P<fence> {LINE}``` )
    | (?P<json> (?:{LABEL})?(?:\[\s{{0,40}})?{INSIDE} )
    | (?P<run> {LINE}(?:{BULLET}{QUOTED_KEY}|{ID_LINE}) )
    | (?P<named> (?:\[\s?)?(?<!<function=){NAMED} )
    """,
    re.VERBOSE,
)
CLOSING = {
    "tagged": re.compile(r"</(?:tool_calls?|function_calls?|tools?|function|invoke|tool_use)>|\[(?:/|END_)TOOL_\w+\]"),
    "result": re.compile(r"</(?:tool_response|tool_result|tool_output|function_results?)>"),
    "shelf": re.compile(r"</shelf>"),
    "fence": re.compile(r"\n[ \t]*```"),
    "heading": re.compile(r"\n"),
}

# What may yet become an opening, at the end of a text.
BEGINNINGS = (
    "<tool_calls>", "<function_calls>", "<tools>", "<tool_response>", "<tool_result>", "<tool_output>", "<shelf>",
    "<function_results>", "</shelf>", "</tool_calls>", "</tool_response>", "[TOOL_CALLS]", "[TOOL_REQUEST]",
    *(f"{before}{name}" for name in tool_call.NAMES
      for before in ("to=functions.", "functions.", "function.", "", "to=", "[", "[ ")),
)  # fmt: skip
HEADINGS = (
    *SHELF_HEADINGS,
    "Understood:",
    "**Understood:",
    "**Understood**:",
)
HALF_OPEN = re.compile(
    r"<(?:function=|invoke\b|tool_use\b)[^>\n]{0,120}\Z"
    r"|(?:\[\s{0,40})?\{\s{0,40}(?:[\"'“]|[A-Za-z_]{1,20}\s{0,3})?\Z|\[\s{0,40}\Z"
)
HALF_LABEL = r"[*_]{0,2}Understood[*_]{0,2}:[*_]{0,2}\s{0,4}|js?|jso|json\s{0,4}"
HALF_KEY = r"[\"'][A-Za-z_]{0,20}(?:[\"']\s{0,3}(?::\s{0,3})?)?"
HALF_ID = (
    r"[*_`]{0,3}(?:i|id|I|ID|Id|s|sl|slu|slug)?[*_`]{0,3}[ \t]{0,2}(?:[:\uff1a][*_`]{0,3}[ \t]{0,3}[`\"'\[]{0,2})?"
)
HALF_LINE = re.compile(
    rf"[ \t]{{0,12}}(?:`{{1,6}}|{HALF_LABEL}|\d{{1,2}}[.)]?|[-*•+]|{BULLET}(?:{HALF_KEY}|{HALF_ID}))"
    r"(?:\[\s{0,40})?(?:\{\s{0,40}(?:[\"'“]|[A-Za-z_]{1,20}\s{0,3})?)?"
)

FENCE = re.compile(r"[ \t]{0,12}`{3,6}[ \t]{0,4}(?P<kind>[A-Za-z_+-]{0,20})[ \t]{0,4}\n?\s{0,40}")
DATA = re.compile(
    rf"(?P<json>[{{\[])|[\"'](?:{KEYS})|</?(?:tool|func|shelf)|to=|functions?\.|{FUNCTION}|print\(|{ID_LINE}"
)
FENCED_OBJECT = re.compile(r"(?:```[a-z]{0,8}\s{0,8})?\{")
HALF_FENCE = re.compile(r"`{1,2}|```[a-z]{0,8}\s{0,8}")
CALL_FENCES = ("tool_code", "tool_call", "tool_calls", "tool", "function_call", *tool_call.NAMES)
TICKS = re.compile(r"\s{0,40}```")
HALF_TICKS = re.compile(r"\s{0,40}`{0,2}")
NEXT_VALUE = re.compile(r"[\s,;]{0,40}(?=[{\[])")
TAIL = re.compile(r"[ \t]{0,4}[)\]};,]{0,8}")

# A line that goes on with a JSON value; prose does not begin so.
JSON_LINE = re.compile(
    rf"\s*+(?:[\"'{{}}\],:]|\[[^\[]|-?\d|\.\.\.|…|//|(?:true|false|null|None|True|False)\b|(?:{KEYS})\s{{0,3}}:)"
)
HALF_JSON_LINE = re.compile(r"\s*+(?:[\[./-]|\.\.|[A-Za-z]{1,9}\s{0,3})?")
# Lines that go on with a run of keys and values.
RUN_KEYS = sorted({*SHELF_KEYS, *REASON_KEYS}, key=lambda one: (-len(one), one))
RUN_LINE = re.compile(
    rf"""
    [ \t]{{0,24}}{BULLET}(?: ["'][\w -]{{1,24}}["'][ \t]{{0,3}}: | [*_`]{{0,3}}(?:{"|".join(RUN_KEYS)}){COLON} )
    | [*_`]{{0,3}}{either("data_blocks", "fields")}{COLON}  # fields that a model makes up beside ours
    | [ \t]*+[\[\]{{}},]+[ \t]*+\n
    | [ \t]{{2,24}}\S
    """,
    re.VERBOSE,
)
HALF_RUN_LINE = re.compile(
    r"""
    [ \t]{0,24}(?:[-*•+]|\d{1,2}[.)]?)?[ \t]{0,4}
    (?: [\[\]{}, \t]{0,24}
      | ["'][\w -]{0,24}["']?[ \t]{0,3}
      | [*_`]{0,3}(?P<word>\w{0,20})[*_`]{0,3}[ \t]{0,2}
    )
    """,
    re.VERBOSE,
)
BLANK_LINES = re.compile(r"(?:[ \t]*+\n)*+[ \t]*+")
NUMBER = re.compile(r"\d{1,2}[.)]\s+")


def _words(section: str, *languages: str) -> str:
    return either("data_blocks", section, *languages)


def _letters(language: str) -> str:
    """The letters of the words for the input of a call."""
    return "".join(
        word for one in ("action", "of", "input") for word in PHRASES.phrases("data_blocks", f"call.{one}", language)
    )


INPUT = rf"""(?x:
    (?: (?:Action[ _]?)?(?:[Ii]nput|[Aa]rguments|[Aa]rgs|[Pp]arameters)
      | {_words("call.action", "ko")}?\s?{_words("call.input", "ko")}
      | {_words("call.action", "ja")}?{_words("call.of", "ja")}?{_words("call.input", "ja")}
    )\s?[:：]\s{{0,4}}
)"""
HALF_WORD = rf"A[A-Za-z _]{{0,12}}|[IiAaPp][a-z]{{0,9}}|[{_letters('ko')} ]{{1,6}}|[{_letters('ja')}]{{1,8}}"
HALF_INPUT = rf"{HALF_WORD}|{INPUT}(?:`{{0,3}}|```\w{{0,12}}\s{{0,4}})"
NAME_AND_OBJECT = re.compile(rf"[^\n{{]*+(?:\n\s{{0,8}}(?:{INPUT})?(?:```\w{{0,12}}\s{{0,4}}|json\s{{0,4}})?)?\{{")
HALF_OF_IT = re.compile(
    rf"[^\n{{]*+(?:\n\s{{0,8}}(?:`{{0,3}}|```\w{{0,12}}\s{{0,4}}|j|js|jso|json\s{{0,4}}|{HALF_INPUT}))?"
)
RESULT = re.compile(_words("call.result"))


class DataBlocks:
    """`withheld`: which of "call" and "shelf" was kept back."""

    def __init__(self):
        self.calls, self.withheld = WrittenCalls(), set()
        self.text, self.kind, self.copied = "", None, False
        self.line_begins, self.fenced = True, False
        self.out = Paragraphs()

    def take(self, pieces: Iterable[str | Call | None]) -> str:
        for piece in pieces:
            if isinstance(piece, str):
                self.text += piece
                self._read()
            else:
                self._break(piece)
        return self.out.given()

    def rest(self) -> str:
        self._settle()
        return self.out.given()

    def _break(self, piece):
        if piece is BREAK and self.kind in ("named", "tagged"):
            return  # as in "look_on_shelf <|message|>{…}"
        self._settle()
        self.line_begins = True
        if piece is not BREAK and not self._is_call(
            piece.text, sure="{" in piece.text or any(name in piece.text for name in tool_call.NAMES)
        ):
            self.out.add(piece.text)

    def _settle(self):
        """Nothing follows: what is open is judged as it stands."""
        while self.kind:
            self._end((self.kind == "run" and self._end_of_run(last=True)) or len(self.text))
            self._read()
        self._pass(len(self.text))

    # --- Between blocks ----------------------------------------------------------------------

    def _read(self):
        while self._swallow() if self.kind else self._find():
            pass

    def _find(self):
        """Pass what comes before the next block. Whether there is one."""
        before = "" if self.line_begins else BEFORE
        found = OPENING.search(before + self.text)
        if found is None:
            self._pass(len(self.text) - self._unsettled(before))
            return False
        self._pass(found.start() - len(before))
        self.kind, self.seen, self.scan, self.copied = found.lastgroup, 0, None, False
        self.length = len(found[0])
        return True

    def _pass(self, length):
        passed, self.text = self.text[:length], self.text[length:]
        if passed:
            self.line_begins = passed.endswith("\n")
            self.out.add(passed)

    def _unsettled(self, before):
        """How many characters at the end may yet begin a block."""
        text = self.text
        keep = max(
            (size for word in BEGINNINGS for size in range(1, len(word)) if text.endswith(word[:size])), default=0
        )
        if found := HALF_OPEN.search(text, max(0, len(text) - 200)):
            keep = max(keep, len(text) - found.start())
        # A label or a bullet before it belongs to it.
        for end in (len(text) - keep, len(text[: len(text) - keep].rstrip())):
            line = text.rfind("\n", 0, end) + 1
            if (line or not before) and self._may_begin(text[line:]):
                keep = max(keep, len(text) - line)
        return min(keep, len(text))

    @staticmethod
    def _may_begin(line):
        """Whether a line may yet begin a block, where only its first characters are known."""
        if len(line) > 80:
            return False
        return bool(HALF_LINE.fullmatch(line)) or any(one.startswith(line.lstrip(" \t")) for one in HEADINGS)

    # --- Inside a block ----------------------------------------------------------------------

    def _swallow(self):
        """Past the end of the open block, when it has come. Whether there is more to read."""
        end = len(self.text) if len(self.text) > MAX_LENGTH else getattr(self, f"_end_of_{self.kind}")()
        if end is None:
            return False
        self._end(end)
        return bool(self.text)

    def _end_of_tagged(self):
        found = CLOSING[self.kind].search(self.text, max(self.seen - 60, self.length if self.kind == "fence" else 0))
        self.seen = len(self.text)
        return found and found.end()

    _end_of_result = _end_of_shelf = _end_of_heading = _end_of_tagged

    def _end_of_left(self):
        return self.length

    def _end_of_fence(self):
        """A fence around data is a block; any other is text, and so is what stands in it."""
        if self.seen:
            return self._end_of_tagged()
        if self.fenced:
            self.fenced = False
            return self._as_text(self.length)
        head = FENCE.match(self.text)
        if head.end() == len(self.text) and len(self.text) < 100:
            return None
        inside = self.text[head.end() : head.end() + 30]
        data = DATA.match(inside)
        if data is None and head["kind"] not in CALL_FENCES:
            if len(inside) < 30 and "\n" not in inside and HALF_LINE.fullmatch(inside):
                return None
            if len(inside) < 14 and any(one.startswith(inside) for one in (*BEGINNINGS, "print(")):
                return None
            self.fenced = True
            return self._as_text(self.length)
        if data and data["json"] and head["kind"] not in CALL_FENCES:
            self.kind, self.length = "json", head.end()
            return self._end_of_json()
        return self._end_of_tagged()

    def _as_text(self, length):
        self.kind = "text"
        return length

    def _end_of_json(self):
        """After the value; in a fence after all that follow it there, and after the fence."""
        if self.scan is None:
            self.begun = min(place for place in map(self.text.find, "{[") if place >= 0)
            self.scan = self._scan_from(self.begun)
        fence = "```" in self.text[: self.begun]
        while True:
            end = self.scan.end(self.text)
            if end is None:
                return None
            if not fence:
                return self._with_tail(end)
            if ticks := TICKS.match(self.text, end):
                return ticks.end()
            following = NEXT_VALUE.match(self.text, end)
            if not following:
                return None if HALF_TICKS.fullmatch(self.text, end) or not self.text[end:].strip(" \n,;") else end
            self.scan = self._scan_from(following.end())

    def _end_of_understood(self):
        """The prompt's own reading of the ask, where it is copied with its JSON."""
        if HALF_FENCE.fullmatch(self.text, self.length):
            return None
        if not FENCED_OBJECT.match(self.text, self.length):
            return self._as_text(self.length)
        self.kind, self.copied = "json", True
        return self._end_of_json()

    def _scan_from(self, place):
        return Scan(place, is_told, self._line_goes_on)

    @staticmethod
    def _line_goes_on(text, place):
        """Whether the line at `place` goes on with a JSON value; None where it cannot be told yet."""
        if JSON_LINE.match(text, place):
            return True
        return None if HALF_JSON_LINE.fullmatch(text, place) else False

    def _with_tail(self, end):
        tail = TAIL.match(self.text, end)
        return None if tail.end() == len(self.text) else tail.end() if tail[0].strip() else end

    def _end_of_named(self):
        """The end of the first object; of the line, where the function is only named."""
        if self.scan is None:
            found = NAME_AND_OBJECT.match(self.text)
            if not found:
                if HALF_OF_IT.fullmatch(self.text):
                    return None
                return self.text.index("\n") + 1
            self.scan = self._scan_from(found.end() - 1)
        end = self.scan.end(self.text)
        if end is None:
            return None
        if "```" in self.text[: self.scan.place]:
            ticks = TICKS.match(self.text, end)
            return ticks.end() if ticks else None if HALF_TICKS.fullmatch(self.text, end) else end
        return self._with_tail(end)

    def _end_of_run(self, last=False):
        """Before the first line that gives no key."""
        if self.seen == 0:
            self.seen = self.text.find("\n") + 1
        while self.seen:
            line = max(self.seen, self.text.rfind("\n", 0, BLANK_LINES.match(self.text, self.seen).end()) + 1)
            if not RUN_LINE.match(self.text, line):
                half = HALF_RUN_LINE.fullmatch(self.text, line)
                known = half and any(key.startswith(half["word"] or "") for key in RUN_KEYS)
                return None if known and not last else self.seen
            end = self.text.find("\n", line)
            if end < 0:
                return None
            self.seen = end + 1
        return None

    # --- Judging -----------------------------------------------------------------------------

    def _end(self, end):
        block, kind, self.kind = self.text[:end], self.kind, None
        self.text = self.text[end:]
        self.line_begins = block.endswith("\n") if kind == "text" else True
        if kind in ("text", "left"):
            self.out.add(block if kind == "text" else "")
        elif kind in ("shelf", "heading"):
            self._keep_back()
        elif kind == "result" or (kind == "named" and "{" not in block and RESULT.search(block)):
            self.withheld.add("call")
        elif self.copied:
            self._keep_back()
        elif not self._is_call(block, sure=kind in ("tagged", "named")):
            self._word(block, kind)

    def _is_call(self, block, *, sure):
        if not self.calls.take(block, sure=sure):
            return False
        self.withheld.add("call")
        return True

    def _keep_back(self):
        self.withheld.add("shelf")
        self.out.gap()

    def _word(self, block, kind):
        run = kind == "run" or (kind == "fence" and "{" not in block)
        values, whole = (_pairs(block), True) if run else values_in(block)
        if run and (ids := _ids_alone(values)):
            self.out.paragraph("\n\n".join(f"[[{ident}]]" for ident in ids))
            return
        result = worded(values, whole)
        if result.copied:
            self.withheld.add("shelf")
        if result.text is None and kind == "run" and QUOTED_LINE.match(block):
            self._keep_back()
        elif result.text is None:
            self.line_begins = block.endswith("\n")
            self.out.add(block)
            if block.count("```") % 2:
                self.fenced = True
        elif result.text:
            self.out.paragraph(result.text)
        else:
            self._keep_back()


def _ids_alone(values):
    """The ids of dicts that hold nothing else, which are a choice: what is copied comes with its facts. Else none."""
    if not all(isinstance(one, dict) and {key.lower() for key in one} <= {"id", "slug"} for one in values):
        return []
    return [ident for one in values for ident in one.values()]


def _pairs(block):
    """The lines "key: value" of `block`, as a list of dicts that each begin with an id."""
    groups = [{}]
    for line in block.split("\n"):
        line = NUMBER.sub("", line.strip(" \t-*•+`\"'[]{},"), count=1).strip("*_`\"' ")
        key, colon, value = line.replace("\uff1a", ":", 1).partition(":")
        key = key.strip(" *_`\"'")
        if not colon or not key:
            continue
        if key in groups[-1] or (key.lower() in ("id", "slug") and groups[-1]):
            groups.append({})
        groups[-1][key] = value.strip(" *_`\"',")
    return [group for group in groups if group]
