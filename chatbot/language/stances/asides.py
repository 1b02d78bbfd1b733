"""What a reader says beside their wish: what others like, what is only quoted or asked, what their own life is like."""

import re

from ...text.phrasebook import LANGUAGES
from ..words.phrasebook import PHRASES


def _others(language: str) -> str:
    """What somebody else likes or presses upon the reader, up to the turn to the reader."""
    return PHRASES.pattern("asides", "other", language) + PHRASES.pattern("asides", "other-likes", language)


def _sides(others: str, own: str) -> re.Pattern[str]:
    """What somebody else thinks of something, and the reader's own verdict against it; sections of `matching.txt`."""
    both = (
        PHRASES.pattern("asides", "other", language)
        + "".join(PHRASES.pattern("matching", section, language) for section in (others, "own-self", own))
        for language in LANGUAGES
    )
    return re.compile("|".join(both))


# "My brother loves harem, I don't"; "my wife hates mecha, but I love it", "many people hate mecha, but I love it".
OWN_NO, OWN_YES = _sides("own-liked", "own-no"), _sides("own-disliked", "own-yes")
OWN_YES_ALONE = re.compile(
    "|".join(
        "".join(PHRASES.pattern("matching", section, language) for section in ("own-many", "own-self", "own-yes"))
        for language in LANGUAGES
    )
)

# What frightens the reader, or whom the book is for: 「怖がりなので」, "he has nightmares".
FEARS = re.compile(PHRASES.pattern("asides", "fears"))
# Bounded in every part, so that a long text costs no more than its length.
ASIDE = re.compile(
    "|".join(
        [
            *map(_others, LANGUAGES),
            *(
                PHRASES.alternatives("asides", section)
                for section in ("quoted", "asked", "address", "fears", "own-life")
            ),
        ]
    )
)

# "Is Overlord gory?", "오버로드는 잔인해요?": what is asked of a work that is named.
ASKS = re.compile(rf"{PHRASES.pattern('asides', 'asks-of-work')}$")
ASKED_OF = re.compile(PHRASES.pattern("asides", "asked-of-work"))
ASKED_AFTER = re.compile(PHRASES.pattern("asides", "asked-after-verb"))

GIFT = re.compile(PHRASES.pattern("circumstances", "gift"))
WHO = re.compile(PHRASES.pattern("asides", "other"))


def asides(text: str) -> list[tuple[int, int]]:
    """The places in `text` (lower case, NFKC) whose words ask for nothing. Works named there still count."""
    return [_of_gift(text, match) or match.span() for match in ASIDE.finditer(text)]


def _of_gift(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Of what somebody likes to whom a book is given only who it is: the rest is what to choose by."""
    who = WHO.match(text, match.start()) if GIFT.search(text, match.end(), match.end() + 16) else None
    return who.span() if who else None


def _likings(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """The places of what somebody else and the reader think, without who that is."""
    found = ((WHO.match(text, match.start()), match) for match in pattern.finditer(text))
    return [(who.end() if who else match.start(), match.end()) for who, match in found]


def disowned(text: str) -> list[tuple[int, int]]:
    """The places in `text` of what somebody else likes and the reader does not."""
    return _likings(text, OWN_NO)


def owned(text: str) -> list[tuple[int, int]]:
    """The places in `text` of what somebody else dislikes and the reader likes."""
    return [place for pattern in (OWN_YES, OWN_YES_ALONE) for place in _likings(text, pattern)]


def tells_of_fear(text: str) -> bool:
    """Whether somebody who reads is easily frightened."""
    return bool(FEARS.search(text))


def asked_of_work(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of what is asked of the work named from `start` to `end`, if something is."""
    asked = ASKED_OF.match(text, end)
    if not asked and ASKS.search(text[max(0, start - 16) : start]):
        asked = ASKED_AFTER.match(text, end)
    return asked.span() if asked else None
