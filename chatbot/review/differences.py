"""Two texts side by side, word by word: what one says and the other does not."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import floor

# A word with what follows it up to the next. Japanese has no spaces: there a word ends where the script changes.
WORDS = re.compile(
    r"""(?:
        [0-9A-Za-zÀ-ɏ'’]+
        |[가-힣]+
        |[一-龥々〆]+
        |[ァ-ヺー]+
        |[ぁ-ゖ]+
        |[^\w\s]
        |\w
    )[^\S\n]*|\s+""",
    re.VERBOSE,
)
MAX_WORDS = 6_000  # of both texts; what is longer is compared line by line


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text; `differs`: the other text does not have it here."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Differences:
    """Both texts in stretches. `alike`: how much they have in common, in percent."""

    before: list[Stretch]
    after: list[Stretch]
    alike: int

    @property
    def are_equal(self) -> bool:
        return not any(one.differs for one in (*self.before, *self.after))


def differences(before: str, after: str, *, context: int | None = None) -> Differences:
    """What of `before` is not in `after`, and the other way round. `context`: characters around what differs that are
    kept of what both have in common; all of it where that is not said."""
    ours, theirs = _words(before), _words(after)
    if len(ours) + len(theirs) > MAX_WORDS:
        ours, theirs = before.splitlines(keepends=True), after.splitlines(keepends=True)
    # A trailing space makes no other word.
    matcher = SequenceMatcher(None, [one.rstrip() for one in ours], [one.rstrip() for one in theirs], autojunk=False)
    left: list[Stretch] = []
    right: list[Stretch] = []
    for kind, start, end, begins, ends in matcher.get_opcodes():
        if kind == "equal":
            edges = (bool(left or right), end < len(ours) or ends < len(theirs))
            left.append(Stretch(_within("".join(ours[start:end]), context, *edges), False))
            right.append(Stretch(_within("".join(theirs[begins:ends]), context, *edges), False))
        else:
            _add(left, "".join(ours[start:end]))
            _add(right, "".join(theirs[begins:ends]))
    return Differences(left, right, floor(100 * matcher.ratio()))


def _words(text: str) -> list[str]:
    return WORDS.findall(text)


def _add(stretches: list[Stretch], text: str) -> None:
    """Words that differ; the space around them is no other wording."""
    words = text.strip()
    before, _, behind = text.partition(words) if words else (text, "", "")
    parts = (Stretch(before, False), Stretch(words, True), Stretch(behind, False))
    stretches.extend(part for part in parts if part.text)


def _within(text: str, context: int | None, differs_before: bool, differs_behind: bool) -> str:
    """`text` without what is further than `context` from what differs before and behind it."""
    if context is None or len(text) <= 2 * context:
        return text
    head = text[:context] if differs_before else ""
    tail = text[-context:] if differs_behind else ""
    return f"{head}\n…\n{tail}"
