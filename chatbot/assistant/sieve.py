"""What of a model's text is for the reader, while it streams.

Three things are not: a function call that a model writes out as text (small models do, and reason aloud), the keys
that some servers repeat, and our own instructions, whoever asked for them. Each is kept back before it is seen; what
may become one waits until it has shown what it is.
"""

import codecs
import json
import re
import unicodedata

from .. import failures
from ..failures import Failure
from ..masking import settled, without_keys, without_secrets
from . import calling

# --- Calls written as text -----------------------------------------------------------------------------------------

OPENING = re.compile(
    r"(?P<thought><think(?:ing)?>)"
    r"|(?P<tagged><(?:tool_calls?|function_calls?|tools?)>|<function=[^>\n]{0,80}>|<(?:invoke|tool_use)\b[^>\n]{0,120}>"
    r"|\[(?:TOOL_CALLS|TOOL_REQUEST)\])"
    r"|(?P<token><\|[^|\n]{0,40}\|>)"
    r"|(?P<fence>(?:^|(?<=\n))[ \t]*```)"
    r"|(?P<bare>(?:^|(?<=\n))[ \t]*\[?[ \t]*\{)"
    rf"|(?P<named>(?<!<function=)(?:to=)?(?:functions?\.)?{calling.NAME})"
)
CLOSING = {
    "thought": re.compile(r"</think(?:ing)?>"),
    "tagged": re.compile(r"</(?:tool_calls?|function_calls?|tools?|function|invoke|tool_use)>|\[(?:/|END_)TOOL_\w+\]"),
    "fence": re.compile(r"\n[ \t]*```[ \t]*(?:\n|\Z)"),
}
BEGINNINGS = (
    "<think>", "<thinking>", "<tool_calls>", "<function_calls>", "<tools>", "[TOOL_CALLS]", "[TOOL_REQUEST]",
    f"to=functions.{calling.NAME}", f"functions.{calling.NAME}", calling.NAME,
)  # fmt: skip
HALF_OPEN = re.compile(
    r"<(?:function=|invoke\b|tool_use\b)[^>\n]{0,120}\Z|<(?:\|[^|<>\n]{0,40}\|?)?\Z|(?:^|\n)[ \t]*(?:`{1,2}|\[)?[ \t]*\Z"
)
LONGEST_BLOCK = 3 * calling.LONGEST
MOST_CALLS = 4


class Calls:
    """Takes out thoughts and function calls; the arguments of the calls are in `said`, as dicts or as written."""

    def __init__(self):
        self.said, self.text, self.kind, self.fresh = [], "", None, True

    def take(self, text):
        self.text += text
        out = ""
        while True:
            if self.kind is None:
                passed, more = self._pass()
            else:
                passed, more = self._swallow()
            out += passed
            if not more:
                return out

    def rest(self):
        """The stream has ended: what is still open is judged as it stands."""
        if self.kind is None:
            passed, self.text = self.text, ""
            return passed
        block, kind, self.text, self.kind = self.text, self.kind, "", None
        return self._judged(block, kind)

    def _pass(self):
        """What comes before the next opening, and whether there is one."""
        # A line's beginning is told by what came before: one mark stands for the text that has been passed.
        before = "" if self.fresh else "\u2026"
        found = OPENING.search(before + self.text)
        if found is None:
            keep = self._unsettled(before + self.text)
            return self._cut(len(self.text) - keep), False
        passed = self._cut(found.start() - len(before))
        self.kind = found.lastgroup
        if self.kind == "token":
            # A mark of a chat template; what follows it stands at the beginning of a line.
            self.text, self.kind, self.fresh = self.text[len(found[0]) :], None, True
        return passed, True

    def _cut(self, length):
        passed, self.text = self.text[:length], self.text[length:]
        if passed:
            self.fresh = passed.endswith("\n")
        return passed

    @staticmethod
    def _unsettled(text):
        """How many characters at the end may yet begin an opening."""
        keep = max(
            (size for word in BEGINNINGS for size in range(1, len(word)) if text.endswith(word[:size])), default=0
        )
        if found := HALF_OPEN.search(text, max(0, len(text) - 200)):
            keep = max(keep, len(text) - found.start() - text[found.start() :].startswith("\n"))
        return min(keep, len(text) - text.startswith("\u2026"))

    def _swallow(self):
        """Past the end of the open block, when it has come."""
        end = self._end()
        if end is None:
            if self.kind == "thought":
                self.text = self.text[-20:]  # enough to see its end; some think at length
            return "", False
        block, kind, self.kind = self.text[:end], self.kind, None
        self.text = self.text[end:]
        return self._judged(block, kind), bool(self.text)

    def _end(self):
        if len(self.text) > LONGEST_BLOCK:
            return len(self.text)
        if closing := CLOSING.get(self.kind):
            found = closing.search(self.text, 3 if self.kind == "fence" else 0)
            # A fence may end with the text so far, or go on in its line.
            if found and not (self.kind == "fence" and found.end() == len(self.text) and not found[0].endswith("\n")):
                return found.end()
            return None
        return self._end_of_object()

    def _end_of_object(self):
        """The end of the first JSON object; of the line, where the function is only named."""
        start = self.text.find("{")
        line = self.text.find("\n")
        if self.kind == "named" and line >= 0 and not 0 <= start < line + 40:
            return line + 1
        if start < 0 or (end := _balanced(self.text, start)) is None:
            return None
        tail = re.match(r"[ \t]*[\])]*(?:<\|[^|\n]{0,40}\|>)?", self.text[end:])
        return end + tail.end()

    def _judged(self, block, kind):
        """A block that is no call is text after all."""
        if kind == "thought":
            return ""
        arguments = arguments_in(block)
        if arguments is None and kind in ("fence", "bare") and calling.NAME not in block:
            self.fresh = block.endswith("\n")
            return block
        if len(self.said) < MOST_CALLS:
            self.said.append(block.strip() if arguments is None else arguments)
        return ""


def _balanced(text, start):
    """Where the object that begins at `start` ends, or None."""
    depth, quoted, escaped = 0, False, False
    for place in range(start, len(text)):
        character = text[place]
        if quoted:
            quoted, escaped = escaped or character != '"', not escaped and character == "\\"
        elif character == '"':
            quoted = True
        elif character in "{}":
            depth += 1 if character == "{" else -1
            if not depth:
                return place + 1
    return None


def arguments_in(block):
    """The arguments of the call that a stretch of text writes out, as a dict or text; None when it is none."""
    start = block.find("{")
    end = _balanced(block, start) if start >= 0 else None
    if end is None:
        return None
    try:
        values = json.loads(block[start:end])
    except (ValueError, RecursionError):
        return None
    if isinstance(inner := values.get("function"), dict):
        values = inner
    for name in ("arguments", "parameters", "args", "input"):
        if isinstance(values.get(name), (dict, str)):
            return values[name]
    return values if values and (calling.NAME in block[:start] or set(values) <= set(calling.ASKED)) else None


# --- Keys ----------------------------------------------------------------------------------------------------------


class Keys:
    """Masks keys, also those that come in pieces."""

    def __init__(self):
        self.text = ""

    def take(self, text):
        # A secret that is whole is hidden at once: its end may be the beginning of another, and would be held back.
        self.text = without_secrets(self.text + text)
        end = settled(self.text)
        passed, self.text = self.text[:end], self.text[end:]
        return without_keys(passed)

    def rest(self):
        passed, self.text = self.text, ""
        return without_keys(passed)


# --- Our instructions ----------------------------------------------------------------------------------------------

HOLD = 16  # letters in a row as in the instructions, after which text waits
LEAK = 48  # letters in a row that nobody writes by chance: some nine words
LEAKED = 160  # letters in shorter rows, in all


class Secret:
    """Instructions as a stretch of letters: forwards, backwards, and shifted by thirteen."""

    def __init__(self, instructions):
        plain = "".join(letters(instructions))
        self.letters = "\n".join((plain, plain[::-1], codecs.encode(plain, "rot13")))
        self.starts = {self.letters[place : place + HOLD] for place in range(len(self.letters) - HOLD + 1)}


def letters(text):
    """The letters of `text`, whatever stands between them: width, case, spaces and marks hide nothing."""
    return [one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalpha()]


class Instructions:
    """Raises Failure when a reply repeats the instructions, before more than a few words of them are seen."""

    def __init__(self, secret):
        self.secret, self.row, self.held, self.seen = secret, "", "", 0

    def take(self, text):
        out = ""
        for character in text:
            for letter in letters(character):
                self._add(letter)
            self.held += character
            if len(self.row) < HOLD:
                out += self.held
                self.held = ""
        return out

    def rest(self):
        passed, self.held, self.row = self.held, "", ""
        return passed

    def _add(self, letter):
        row = self.row + letter
        if len(row) < HOLD or (row in self.secret.letters if len(row) > HOLD else row in self.secret.starts):
            self.row = row
        else:
            self.seen += len(self.row) if len(self.row) >= HOLD else 0
            self.row = row[1 - HOLD :]
        if len(self.row) >= LEAK or self.seen + len(self.row) >= LEAKED:
            raise Failure(failures.REFUSED, "the reply repeats the instructions")


class Sieve:
    """All three, one behind the other. `take` and `rest` return what may be shown."""

    def __init__(self, secret):
        self.calls, self.begun = Calls(), False
        self.parts = (self.calls, Keys(), Instructions(secret))

    def take(self, text):
        for part in self.parts:
            text = part.take(text)
        return self._begin(text)

    def rest(self):
        text = ""
        for part in self.parts:
            text = part.take(text) + part.rest()
        return self._begin(text)

    def _begin(self, text):
        """Without the empty lines that a thought or a call leaves at the beginning."""
        if not self.begun:
            text = text.lstrip()
            self.begun = bool(text)
        return text
