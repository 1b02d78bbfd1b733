"""Special tokens: what models and their chat templates put between words, found in a text that comes in chunks."""

import re
from typing import NamedTuple

from ..phrasebook import PHRASES

# What a token does.
OPENS, CLOSES = "opens a thought", "closes a thought"
BEGINS, ENDS = "begins a turn", "ends a turn"
OTHER = "another speaks"
CHANNEL, MESSAGE = "names a channel", "ends the name of a channel"
CALLS, CALLED = "begins a call", "ends a call"
NOTHING = "nothing"


class SpecialToken(NamedTuple):
    """A special token as written, what it does, and the name of the thought it opens or closes.

    `sure`: False where the same letters could be a title in angle brackets.
    """

    raw: str
    does: str
    name: str = ""
    sure: bool = True


# Between angle brackets. Words of a plain language are tokens only where they cannot be a title: see `sure`.
SURE_THOUGHTS = (
    "think", "thinking", "seed:think", "antml:thinking", "scratchpad", "inner_monologue", "inner_thoughts",
    "internal_monologue", "chain_of_thought",
)  # fmt: skip
WORDED_THOUGHTS = ("thought", "thoughts", "reasoning", "reflection", "analysis", "monologue")
WRAPPERS = (
    "answer", "final", "final_answer", "response", "output", "reply", "solution", "assistant", "message", "result",
)  # fmt: skip
# Their openings may be titles; only a closing is certain.
FOREIGN_THOUGHTS = tuple(PHRASES.phrases("special_tokens", "thoughts", "ko", "ja", "zh"))
BARE = {
    **dict.fromkeys(("s", "bos", "pad", "unk", "mask", "sep", "cls"), NOTHING),
    **dict.fromkeys(("/s", "eos", "end_of_turn", "end_of_utterance", "im_end", "endoftext", "end_of_text"), ENDS),
    **dict.fromkeys(("start_of_turn", "im_start"), BEGINS),
}
FIXED = {
    "[think]": (OPENS, "think"), "[/think]": (CLOSES, "think"),
    "[thinking]": (OPENS, "thinking"), "[/thinking]": (CLOSES, "thinking"),
    "◁think▷": (OPENS, "think"), "◁/think▷": (CLOSES, "think"),
    "<channel|>": (CLOSES, "channel|"), "<turn|>": (ENDS, ""),
    "<tool_call|>": (CALLED, ""), "<tool_response|>": (NOTHING, ""), "<tool|>": (NOTHING, ""),
    "[inst]": (OTHER, "inst"), "[/inst]": (NOTHING, ""),
    "<<sys>>": (NOTHING, ""), "<</sys>>": (NOTHING, ""),
    "[system_prompt]": (NOTHING, ""), "[/system_prompt]": (NOTHING, ""),
    "[pad]": (NOTHING, ""), "[unk]": (NOTHING, ""), "[sep]": (NOTHING, ""), "[cls]": (NOTHING, ""),
    "[bos]": (NOTHING, ""), "[eos]": (ENDS, ""),
}  # fmt: skip

_THOUGHTS = (*SURE_THOUGHTS, *WORDED_THOUGHTS)
_NAMES = "|".join(sorted(map(re.escape, (*_THOUGHTS, *WRAPPERS)), key=len, reverse=True))
START = re.compile(r"[<\[◁]")
FIX = re.compile("|".join(map(re.escape, FIXED)), re.IGNORECASE)
TAG = re.compile(rf"<(?P<slash>/?) ?(?P<name>{_NAMES})(?P<rest>\s[^<>\n]{{0,120}})?(?P<empty>/?)>", re.IGNORECASE)
FOREIGN = re.compile(rf"</ ?({'|'.join(FOREIGN_THOUGHTS)})>")
BARE_TAG = re.compile(rf"<({'|'.join(BARE)}|/?extra_id_\d{{1,4}})>", re.IGNORECASE)
TOKEN = re.compile(
    r"<[|｜](?P<token>[^|｜<>\n]{0,40})[|｜]>|\[\|(?P<exaone>[^|\[\]\n]{0,40})\|\]|<\|(?P<open>[A-Za-z_]{1,30})>"
)
# What may yet become one of them.
HALF_TOKEN = re.compile(r"<[|｜][^|｜<>\n]{0,40}[|｜]?|\[\|[^|\[\]\n]{0,40}\|?")
HALF_TAG = re.compile(
    rf"</? ?(?:(?:{'|'.join(map(re.escape, SURE_THOUGHTS))})(?:\s[^<>\n]{{0,120}})?"
    rf"|(?:{_NAMES})(?:\s{{1,3}}(?:[\w:-]{{1,20}}(?:\s?=[^<>\n]{{0,100}})?)?)?)/?",
    re.IGNORECASE,
)
HALF_EXTRA = re.compile(r"</?extra_id_\d{0,4}", re.IGNORECASE)
_WHOLE = (
    *FIXED,
    *(f"<{name}>" for name in (*_THOUGHTS, *WRAPPERS, *BARE, "extra_id_", "/extra_id_")),
    *(f"</{name}>" for name in (*_THOUGHTS, *WRAPPERS, *FOREIGN_THOUGHTS)),
)
BEGINNINGS = {word[:length] for word in _WHOLE for length in range(1, len(word))}

# The names of tokens between bars.
THOUGHT_TOKEN = re.compile(
    r"(?P<end>end_of_|end_|/)?(?:begin_of_|start_of_|begin_|start_)?"
    r"(?P<name>think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad|inner_monologue|inner_(?:pre|suf)fix)"
)
TOKENS = {
    "channel": CHANNEL,
    "message": MESSAGE,
    **dict.fromkeys(
        (
            "im_end", "eot_id", "eom_id", "eot", "eod_id", "eos", "end", "end_of_text", "endoftext", "endofturn",
            "end_of_turn", "end_of_turn_token", "end_of_sentence", "end_of_message", "turn_end", "return", "call",
        ),
        ENDS,
    ),
    **dict.fromkeys(
        (
            "im_start", "start_header_id", "header_start", "start", "start_of_turn", "start_of_turn_token", "turn",
            "start_of_role", "role_start", "turn_start", "im_assistant",
        ),
        BEGINS,
    ),
    **dict.fromkeys(
        ("user", "human", "system", "user_token", "system_token", "im_user", "im_system", "observation", "prompter"),
        OTHER,
    ),
}  # fmt: skip


class SpecialTokenSplitter:
    """Cuts a text at its special tokens: a list of texts and SpecialTokens."""

    def __init__(self):
        self.text = ""

    def take(self, text: str) -> list[str | SpecialToken]:
        self.text += text
        pieces, place, begun = [], 0, 0
        while found := START.search(self.text, place):
            place = found.start()
            token = token_at(self.text, place)
            if token is None:
                if _may_become_one(self.text, place):
                    break
                place += 1
                continue
            pieces += [self.text[begun:place], token]
            begun = place = place + len(token.raw)
        else:
            place = len(self.text)
        pieces.append(self.text[begun:place])
        self.text = self.text[place:]
        return [piece for piece in pieces if piece]

    def rest(self) -> list[str | SpecialToken]:
        """What was left waiting. Half a token that can be nothing else is broken off, and no text."""
        text, self.text = self.text, ""
        half = text.lower() in BEGINNINGS and len(text) > (2 if text[1:2] == "/" else 4)
        if half or HALF_TOKEN.fullmatch(text):
            return [SpecialToken(text, NOTHING)]
        return [text] if text else []


def token_at(text: str, place: int) -> SpecialToken | None:
    """The whole token that begins at `place`, or None."""
    if found := TAG.match(text, place):
        return _tag(found)
    if found := FIX.match(text, place):
        return SpecialToken(found[0], *FIXED[found[0].lower()])
    if found := TOKEN.match(text, place):
        return _token(found)
    if found := FOREIGN.match(text, place):
        return SpecialToken(found[0], CLOSES, found[1])
    if found := BARE_TAG.match(text, place):
        return SpecialToken(found[0], BARE.get(found[1].lower(), NOTHING))
    return None


def _tag(found):
    name, rest = found["name"].lower(), found["rest"] or ""
    plain = name not in SURE_THOUGHTS
    if plain and rest.strip(" /") and "=" not in rest:
        return None
    does = NOTHING
    if name in _THOUGHTS and not (found["empty"] or rest.endswith("/")):
        does = CLOSES if found["slash"] else OPENS
    # "<Reflection>" in the middle of a line is a title.
    sure = not (plain and not found["slash"] and found["name"] == found["name"].capitalize())
    return SpecialToken(found[0], does, name, sure)


def _token(found):
    if found["open"]:
        name = found["open"].lower()
        return (
            SpecialToken(found[0], OPENS, "channel|") if name == "channel" else SpecialToken(found[0], *_meaning(name))
        )
    name = re.sub(r"[\s▁-]+", "_", (found["token"] if found["exaone"] is None else found["exaone"]).strip().lower())
    return SpecialToken(found[0], *_meaning(name))


def _meaning(name):
    if thought := THOUGHT_TOKEN.fullmatch(name):
        closes = thought["end"] or name == "inner_suffix"
        return CLOSES if closes else OPENS, thought["name"].replace("suffix", "prefix")
    if does := TOKENS.get(name):
        return does, name
    if re.search(r"tool|action|function", name):
        if re.search(r"result|response|output|sep|arg|list", name) or name in ("tool", "tools"):
            return NOTHING, name
        return CALLED if re.search(r"end|/", name) else CALLS, name
    return NOTHING, name


def _may_become_one(text, place):
    half = text[place : place + 160]
    if len(half) < len(text) - place:
        return False
    if half.lower() in BEGINNINGS or HALF_TOKEN.fullmatch(half) or HALF_EXTRA.fullmatch(half):
        return True
    return bool(HALF_TAG.fullmatch(half))
