"""Who speaks in a model's text, and to whom: the reader, itself (thoughts), a function, or as somebody else.

Takes the pieces of `special_tokens`; returns texts for the reader, BREAK where a token stood between them, and Calls.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from .. import tool_call
from ..phrasebook import PHRASES, either
from .special_tokens import BEGINS, CALLS, CHANNEL, CLOSES, ENDS, MESSAGE, NOTHING, OPENS, OTHER, SpecialToken

BREAK = None  # a token stood here; what follows stands at the beginning of a line


class Call(NamedTuple):
    """A function call as it was written."""

    text: str


# Channels whose tokens were lost on the way: "analysisThe user wants…assistantfinal안녕하세요".
BARE_CHANNEL = re.compile(
    r"""
    \s*+(?:assistant\s?)?(?:analysis|commentary)(?=[^\W\d_a-z]|\n|[ ]to=|assistant)
    | \s*+Here[ ]is[ ]my[ ]thought[ ]process:
    """,
    re.VERBOSE,
)
BARE_FINAL = re.compile(r"\s*+assistant\s?final(?=[^\W\d_a-z]|\n)")
BARE_WORDS = (
    *(
        f"{speaker}{channel}{following}"
        for speaker in ("", "assistant", "assistant ", "assistant\n")
        for channel in ("analysis", "commentary")
        for following in (" to=", "assistant")
    ),
    "assistantfinal",
    "assistant final",
    "assistant\nfinal",
    "Here is my thought process:",
)
NEXT_CHANNEL = re.compile(
    r"""
    (?P<final> assistantfinal(?!ly) | assistant[ \n]final(?=[^\W\d_a-z]|\n) | Here[ ]is[ ]my[ ]response: )
    | to=(?:functions?\.)?(?P<function>[A-Za-z_][\w-]{0,60})(?=[^\w.-])
    """,
    re.VERBOSE,
)
AFTER_CALL = re.compile(r"assistant(?=final|analysis|commentary)")
TAIL = 80  # characters of a thought that may be the half of a word that ends it

ROLE = re.compile(
    r"\s{0,4}(?:assistant|model|chatbot|bot|ai|gpt)(?![a-z])(?:[ \t]+to=(?P<to>[\w.-]+))?[ \t]*:?[ \t]*\n?"
)
OTHER_ROLE = re.compile(
    r"\s{0,4}(?:user|human|system|tool|ipython|developer|environment|observation|function)(?![a-z])"
)
ROLES = (
    "assistant", "model", "chatbot", "bot", "ai", "gpt", "user", "human", "system", "tool", "ipython", "developer",
    "environment", "observation", "function",
)  # fmt: skip
HALF_ROLE = re.compile(r"\s{0,4}[a-z]{0,11}(?:[ \t]{1,4}(?:t(?:o(?:=[\w.-]{0,80})?)?)?)?:?[ \t]{0,4}")

SPEAKERS = tuple(PHRASES.phrases("channels", "speakers"))
SPEAKER = re.compile(
    rf"""
    \s{{0,40}}(?:[#*]{{1,4}}[ ]?)?{either("channels", "speakers")}\s{{0,2}}\*{{0,2}}[:：]
    | \s{{0,40}}(?:user|human|system)\n
    """,
    re.IGNORECASE | re.VERBOSE,
)
SELF = re.compile(
    r"""
    \s{0,40}(?:[#*]{1,4}[ ]?)?(?:assistant|model)\s{0,2}\*{0,2}[:：]\*{0,2}
    | \s{0,40}(?:assistant|model)\n
    """,
    re.IGNORECASE | re.VERBOSE,
)
HALF_SPEAKER = re.compile(r"\s{0,40}(?:[#*]{1,4} ?)?(?P<word>[^\W\d_]{0,12})\s{0,2}\*{0,2}", re.IGNORECASE)

HEADER = 120  # characters of a channel's name with all that may stand beside it


class ChannelParser:
    """`void`: all that was returned so far was thought, and what this call returned stands in its place."""

    def __init__(self):
        self.ended, self.void, self.withheld = False, False, set()
        self.mode, self.held, self.out = self._beginning, "", []
        self.thoughts, self.surplus, self.has_thought = [], 0, False
        self.before, self.opened = [], False  # what was said before the first thought
        self.line_begins, self.said, self.to = True, False, ""

    def take(self, pieces: Iterable[str | SpecialToken]) -> list[str | Call | None]:
        for piece in pieces:
            if self.ended:
                break
            if isinstance(piece, SpecialToken):
                self._token(piece)
            else:
                self.held += piece
                self._read()
        return self._given()

    def rest(self) -> list[str | Call | None]:
        if not self.ended:
            self._read(last=True)
            if self.mode == self._calling:
                self._end_call()
        return self._given()

    def _given(self):
        given, self.out = self.out, []
        return given

    # --- Text, by what is expected of it -----------------------------------------------------

    def _read(self, last=False):
        """Let the present mode take what it can of the held text. `last`: no more text follows directly."""
        while not self.ended:
            mode, length = self.mode, len(self.held)
            mode(last)
            if not self.held or (self.mode == mode and len(self.held) == length):
                return

    def _beginning(self, last):
        """Whether the reply begins in a channel whose tokens were lost."""
        word = self.held.lstrip()
        if found := BARE_CHANNEL.match(self.held):
            self.held = self.held[found.end() :]
            self._think("channel")
        elif found := BARE_FINAL.match(self.held):
            self.held, self.mode = self.held[found.end() :], self._aloud
            self.withheld.add("template")
        elif last or not any(one.startswith(word) for one in BARE_WORDS):
            self.mode = self._aloud

    def _aloud(self, last):
        self._give(self.held)
        self.held = ""

    def _thinking(self, last):
        if self.held.strip():
            self.has_thought = True
            self.withheld.add("thought")
        if self.thoughts[0] == "channel" and (found := NEXT_CHANNEL.search(self.held)):
            if found["final"]:
                self.held = self.held[found.end() :]
                self._end_thoughts()
            else:
                self.to, self.held, self.mode = found["function"], self.held[found.end() :], self._calling
        else:
            self.held = self.held[-TAIL:]

    def _role(self, last):
        """Who speaks, after a token that begins a turn."""
        word = self.held.strip(" \t:").split(" ")[0].lstrip()
        half = HALF_ROLE.fullmatch(self.held) and any(one.startswith(word) for one in ROLES)
        if half and not last:
            return
        if OTHER_ROLE.match(self.held):
            self._end()
            return
        if found := ROLE.match(self.held):
            self.held, self.to = self.held[found.end() :], found["to"] or ""
        self.mode = self._aloud

    def _after_turn(self, last):
        """Whether somebody else goes on after the end of a turn."""
        if SPEAKER.match(self.held):
            self._end()
            return
        if found := SELF.match(self.held):
            self.held, self.mode = self.held[found.end() :], self._aloud
            return
        half = HALF_SPEAKER.fullmatch(self.held)
        words = (*SPEAKERS, "assistant", "model")
        if not half or last or not any(one.startswith(half["word"].lower()) for one in words):
            self.mode = self._beginning

    def _header(self, last):
        """The name of a channel. It ends with a token; where that was lost, with its line."""
        line, ended, _ = self.held.partition("\n")
        if last or ended or len(line) > HEADER:
            name = re.match(r"[ \t]*[a-z]*", line)
            self.held = self.held[name.end() :]
            self._enter(name[0].strip(), line[:HEADER])

    def _calling(self, last):
        if found := AFTER_CALL.search(self.held):
            following = self.held[found.start() :]
            self.held = self.held[: found.start()]
            self._end_call()
            self.held = following
            self._think("channel")
        elif len(self.held) > 3 * tool_call.MAX_LENGTH:
            self._end_call()

    # --- Special tokens -------------------------------------------------------------------------------

    def _token(self, token):
        if self.mode == self._header:
            self._token_in_header(token)
            return
        if self.mode == self._beginning and token.does == MESSAGE and self.held.strip() in ("analysis", "commentary"):
            self.held = ""
            self._think("channel")
            return
        if self.mode == self._calling and token.does in (NOTHING, CALLS, MESSAGE, OPENS, CLOSES):
            self.held += " "
            return
        self._read(last=True)
        if self.ended:
            return
        if self.thoughts:
            self._token_in_thought(token)
        elif token.sure or self.line_begins:
            self._token_aloud(token)
        else:
            self._give(token.raw)

    def _token_in_header(self, token):
        if token.does in (NOTHING, CHANNEL) or (token.does == BEGINS and not self.held):
            self.held += " "  # as in "commentary to=functions.look_on_shelf <|constrain|>json"
            return
        header, self.held = self.held, ""
        self._enter(header.split()[0] if header.split() else "", header)
        if token.does != MESSAGE:
            self._token(token)

    def _enter(self, channel, header):
        """The channel is known: what follows is for the reader, for a function, or thought."""
        if to := re.search(r"to=([\w.-]+)", header):
            self.to = to[1]
        if self.to:
            self.mode = self._calling
        elif channel == "final":
            self.mode = self._aloud
        else:
            self._think("channel")

    def _token_in_thought(self, token):
        if token.does == OPENS:
            if token.name in self.thoughts:
                self.surplus += 1
            elif len(self.thoughts) < 9:
                self.thoughts.append(token.name)
        elif token.does == CLOSES:
            self.held = ""
            kept = self.thoughts.index(token.name) if token.name in self.thoughts else 0
            self.thoughts = self.thoughts[:kept]
            if not self.thoughts:
                self._end_thoughts()
        elif self.thoughts[0] == "channel" and token.does in (BEGINS, ENDS, CHANNEL, OTHER):
            self.held = ""
            self._end_thoughts()
            self._token_aloud(token)

    def _token_aloud(self, token):
        if self.mode == self._calling:
            self._end_call()
        if token.does == CALLS:
            self.mode, self.to, self.held = self._calling, "", ""
        elif token.does == OPENS:
            self._think(token.name)
        elif token.does == CLOSES:
            self._close_alone()
        elif token.does == OTHER and (token.name != "inst" or (self.said and self.line_begins)):
            self._end()
        else:
            self._go_on_after(token)

    def _go_on_after(self, token):
        self.withheld.add("template")
        self._break()
        following = {BEGINS: self._role, ENDS: self._after_turn, CHANNEL: self._header}
        if self.to and token.does == MESSAGE:
            following[MESSAGE] = self._calling
        self.mode, self.held = following.get(token.does, self._aloud), ""

    # --- Changes -----------------------------------------------------------------------------

    def _give(self, text):
        if text:
            self.out.append(text)
            self.said = self.said or bool(text.strip())
            self.line_begins = text.rstrip(" \t").endswith("\n") or (self.line_begins and not text.strip())
            if not self.opened:
                self.before.append(text)

    def _break(self):
        self.out.append(BREAK)
        self.line_begins = True
        if not self.opened:
            self.before.append(BREAK)

    def _think(self, name):
        self.opened, self.thoughts, self.mode, self.to = True, [name], self._thinking, ""

    def _end_thoughts(self):
        self.thoughts, self.mode = [], self._aloud
        self._break()

    def _end_call(self):
        said, self.held, self.mode = self.held, "", self._aloud
        self.withheld.add("call")
        if not self.to or any(name in self.to for name in tool_call.NAMES):
            self.out.append(Call(f"{self.to} {said}" if self.to else said))
        self.to = ""

    def _close_alone(self):
        """A thought is closed that was not opened, or not seen to be: all since its beginning was thought."""
        self.held, self.mode = "", self._aloud
        self._break()
        if self.surplus or not self.has_thought:
            # Where thoughts were opened within thoughts, what was said before the first of them still stands.
            self.out = list(self.before) if self.surplus else []
            self.surplus = max(0, self.surplus - 1)
            self.void = self.has_thought = True
            self.withheld.add("thought")
            self.before, self.opened = list(self.out), bool(self.surplus)
            self.said = any(isinstance(one, str) and one.strip() for one in self.out)
            self.line_begins = True

    def _end(self):
        self.ended, self.held = True, ""
        self.withheld.add("template")
