"""Who a book is for and how its reader is: "for my 12-year-old", "after surgery", "nothing heavy".

Circumstances leave works out and ask for none: that somebody comes home from work is no wish for stories of work. What
they leave out by tags stands in `tag_relations`; what is asked for in so many words stays in, except for minors what is
never for them.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ...catalogue.snapshot import CatalogueSnapshot, Work
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.cleaning import MAX_LENGTH
from ...text.phrasebook import LANGUAGES
from ..asking.asked import age_in, pupil_in
from ..learned import feelings
from ..tag_relations import (
    AT_SCHOOL,
    COMFORTING,
    FIT_FOR_CHILDREN,
    FIT_FOR_ELDERS,
    GIFT_UNFIT,
    GROWN_UP,
    HARD_AFTER_PARTING,
    HARD_FOR_GRIEVING,
    HARD_TO_BEAR,
    HEAVY_MOODS,
    NEVER_FOR_MINORS,
    QUIETING,
    RESTFUL,
    TEARFUL,
    UNFIT_FOR_CHILDREN,
    UNFIT_FOR_ELDERS,
    UNFIT_FOR_TEENS,
    WARNINGS,
)
from ..words import elsewhere
from ..words.clauses import clauses_of
from ..words.phrasebook import PHRASES

CHILD, TEEN, ELDER, GIFT = "child", "teen", "elder", "gift"
ILL, GRIEF, GENTLE = "ill", "grief", "gentle"
PET, PARTING = "pet", "parting"  # grief for an animal, and after somebody left
MAX_CHILD, MAX_TEEN = 12, 17  # years of age
OLDEST = {CHILD: 12, TEEN: 15}  # from which age a book may be recommended where nobody says how old its reader is
YEARS_AHEAD = 1  # the same, beyond the age that is said
NOT_GIVEN = "self"  # the reader reads it themself, or a grown-up does: whoever was meant before is no longer
FELT = {"loss": GRIEF, "pet": PET, "heartbreak": PARTING, "ill": ILL}  # states that a feeling is; others are GENTLE
BEFALLEN = (PET, GRIEF, PARTING, ILL)  # states that have a reason
AUDIENCES = (CHILD, TEEN, ELDER, GIFT)  # the first that is said counts
STATES = (PET, GRIEF, PARTING, ILL, GENTLE)  # the first that is said counts
# Words of circumstance that are no wish. A light mood is one: "something healing".
NO_WISH = ("child", "age", "teen", "elder", "gift", "ill", "grief", "pet", "parting", "life")
# What is said of an ask besides, see `says`.
NEWCOMER, STARTERS, KNOWS_FAMOUS, SURPRISE = "newcomer", "starters", "knows-famous", "surprise"
SWAP, ONE, BEST, WORN_OUT, ONLY_FINISHED = "swap", "one", "best", "worn-out", "only-finished"
BLANK = " "
FULL = 3  # a warning of this strength is what a work is about
OF_SCHOOL = 2  # the strength from which school is what a story is of, and no book of grown-ups
OF_TEARS = 2  # the strength from which a story is one to cry over
DARKEST = -2

UNFIT: dict[str, dict[str, int]] = {
    CHILD: UNFIT_FOR_CHILDREN,
    TEEN: UNFIT_FOR_TEENS,
    ELDER: UNFIT_FOR_ELDERS,
    GIFT: GIFT_UNFIT,
    ILL: HARD_TO_BEAR,
    GENTLE: HARD_TO_BEAR,
    GRIEF: HARD_FOR_GRIEVING,
    PET: HARD_FOR_GRIEVING,
    PARTING: HARD_AFTER_PARTING,
}
# What is never asked for for them: words that seem to ask for it refuse it.
NEVER_ASKED = {CHILD: frozenset(WARNINGS), TEEN: NEVER_FOR_MINORS}
LASTING = (KNOWS_FAMOUS, NEWCOMER, ONLY_FINISHED)  # what is said for the whole conversation
FROM_ELSEWHERE = "from-elsewhere"  # the same of who loved what nobody reads who reads light novels
# What speaks for a book beside what leaves it out, and how much.
FIT: dict[str, tuple[dict[str, float], float]] = {
    CHILD: (FIT_FOR_CHILDREN, 1.2),
    TEEN: (FIT_FOR_CHILDREN, 0.7),
    ELDER: (FIT_FOR_ELDERS, 1.0),
    **dict.fromkeys(STATES, (COMFORTING, 0.5)),
    **dict.fromkeys((GRIEF, PET), ({**COMFORTING, **QUIETING}, 1.0)),
}
LOWEST_TONE = {TEEN: DARKEST, GIFT: -1}  # of all others only what is not dark
SUITORS, DEATH, PETS = "told:suitors", "told:death", "told:pets"  # what a synopsis tells and no tag does
TOLD_OF = {GRIEF: (DEATH,), PET: (DEATH, PETS)}


@dataclass(frozen=True)
class Circumstances:
    """`audience`: one of AUDIENCES, NOT_GIVEN, or "" where nothing is said of it. `gentle`: one of STATES or ""."""

    audience: str = ""
    gentle: str = ""

    wants: bool = False  # whether the same words speak of books: then one is wanted, however it is put
    another: bool = False  # whether the book is for somebody else than the ones before: "now one for my aunt"
    felt: bool = False  # whether `gentle` is only how the words sound: it yields to what is asked for
    age: int = 0  # how old a child or a pupil is whom it is for, by years or a class; 0 where nothing says so

    def __bool__(self) -> bool:
        return bool(self.audience or self.gentle)


@dataclass(frozen=True)
class Exclusions:
    """What circumstances leave out: tags from a strength on, works darker than a tone, what synopses tell, and works that
    are recommended from a higher age only (`age`; 0: whatever the age)."""

    tags: dict[str, int]
    lowest_tone: int = DARKEST
    told: tuple[str, ...] = ()
    age: int = 0

    def warnings(self) -> tuple[str, ...]:
        """The warnings that no work carries which these let pass, not even a little."""
        return tuple(tag for tag in WARNINGS if self.tags.get(tag) == 1)


# --- Reading -------------------------------------------------------------------------------------------------------


@cache
def _patterns(section: str) -> tuple[re.Pattern[str], ...]:
    """One by one, since several name the same group."""
    sections = (PHRASES.sections("circumstances", language).get(section) for language in LANGUAGES)
    return tuple(re.compile(line.text) for one in sections if one for line in one.lines)


@cache
def _any(section: str, *languages: str) -> re.Pattern[str]:
    return re.compile(PHRASES.pattern("circumstances", section, *languages))


def _found(section: str, lower: str) -> Iterator[re.Match[str]]:
    for pattern in _patterns(section):
        yield from pattern.finditer(lower)


@lru_cache(maxsize=64)
def read(text: str) -> Circumstances:
    """What the words of a turn say of them, whatever else the turn does."""
    lower = _without_stories(text[:MAX_LENGTH].lower())
    gentle = next((state for state in STATES[:-1] if any(_found(state, lower))), "")
    gentle = gentle or (GENTLE if _asks_gentleness(lower) else "")
    wants, another = bool(_any("books").search(lower)), bool(_any("another").search(lower))
    audience = _audience(lower)
    age = (age_in(lower) or pupil_in(lower) or 0) if audience in OLDEST else 0
    if not gentle and (felt := _state_felt(text)):
        return Circumstances(audience, felt, wants, another, felt=felt in (GENTLE, ILL), age=age)
    return Circumstances(audience, gentle, wants, another, age=age)


def _state_felt(text: str) -> str:
    """The state of a reader who plainly says what has befallen them in words of their own."""
    feeling = feelings.felt(text)
    if feeling not in feelings.HARD:
        return ""
    is_plain = any(map(feelings.is_plain, (text, *(clause.text for clause in clauses_of(text)))))
    return FELT.get(feeling, GENTLE) if is_plain else ""


def _audience(lower: str) -> str:
    """An age or a class says more than "my daughter"."""
    ages = [int(found["age"]) for found in _found("age", lower)]
    if ages:
        youngest = min(ages)
        return CHILD if youngest <= MAX_CHILD else TEEN if youngest <= MAX_TEEN else NOT_GIVEN
    for audience in (NOT_GIVEN, TEEN, *AUDIENCES):
        if any(not _is_refused(lower, found) for found in _found(audience, lower)):
            return audience
    return ""


def _is_refused(lower: str, found: re.Match[str]) -> bool:
    """Whether those whom words name are not wanted in a story, and no book is for them: "not in the mood for teens"."""
    before = lower[max(0, found.start() - 30) : found.end()]
    return bool(_any("refused.before").search(before) or _any("refused.after").match(lower, found.end()))


def _asks_gentleness(lower: str) -> bool:
    return any(
        not _any("gentle-no").match(lower, found.end())
        and not any(cue.end() == len(before.rstrip()) for cue in _any("gentle-not").finditer(before))
        for found in _found("gentle", lower)
        for before in [lower[max(0, found.start() - 30) : found.start()]]
    )


def _without_stories(lower: str) -> str:
    """Without the people of stories: "a story about a 12-year-old witch" is for nobody of twelve."""
    return _any("in-a-story").sub(_blank, lower)


def _blank(found: re.Match[str]) -> str:
    return BLANK * len(found[0])


@lru_cache(maxsize=64)
def spans(text: str) -> list[tuple[int, int]]:
    """Where `text` speaks of circumstances alone: what is named there is not asked for."""
    lower = _without_stories(text.lower())
    return [*(found.span() for section in NO_WISH for found in _found(section, lower)), *_befallen(text)]


def _befallen(text: str) -> Iterator[tuple[int, int]]:
    """The clauses of `text` that tell what has befallen its reader and speak of no book."""
    clauses = clauses_of(text)
    if len(clauses) > 1 and feelings.felt(text) in feelings.HARD:
        for clause in clauses:
            if not _any("books").search(clause.text.lower()) and feelings.is_plain(clause.text):
                yield clause.start, clause.end


# --- What they leave out -------------------------------------------------------------------------------------------


def exclusions(
    audience: str, gentle: str, asked: Collection[str], *, light: bool, dark: bool, age: int = 0
) -> Exclusions:
    """`asked`: tags that were asked for, which stay in. `light`, `dark`: the mood that was."""
    tags: dict[str, int] = {}
    for table in (UNFIT.get(audience, {}), UNFIT.get(gentle, {}), dict.fromkeys(WARNINGS, FULL) if light else {}):
        for tag, strength in table.items():
            tags[tag] = min(strength, tags.get(tag, strength))
    if RESTFUL & {*asked}:
        tags.setdefault(TEARFUL, OF_TEARS)
    if GROWN_UP in asked:
        tags.setdefault(AT_SCHOOL, OF_SCHOOL)
    stays = {*asked, *(HEAVY_MOODS if dark else ())}
    minor = audience in (CHILD, TEEN)
    tags = {tag: least for tag, least in tags.items() if tag not in stays or (minor and tag in NEVER_FOR_MINORS)}
    floors = [DARKEST, *(LOWEST_TONE.get(one, 0) for one in (audience, gentle) if one in UNFIT)]
    floor = DARKEST if dark or HEAVY_MOODS & stays else max(floors)
    oldest = OLDEST.get(audience, 0)
    return Exclusions(tags, floor, TOLD_OF.get(gentle, ()), age + YEARS_AHEAD if age and oldest else oldest)


def says(section: str, text: str) -> bool:
    """Whether `text` says what `section` is about: that its reader is new to these books, knows the famous ones…"""
    return any(_found(section, text[:MAX_LENGTH].lower()))


def lasting(text: str) -> list[str]:
    """What `text` says that holds for the whole conversation: sections of LASTING, and FROM_ELSEWHERE."""
    begins = any(elsewhere.TASTES[name].begins for name in elsewhere.tastes(text))
    return [*(section for section in LASTING if says(section, text)), *([FROM_ELSEWHERE] if begins else [])]


def is_no_title(name: str, text: str) -> bool:
    """Whether `name`, taken for a title, is only how `text` speaks of famous books, or who made books elsewhere."""
    lower, sections = text[:MAX_LENGTH].lower(), (KNOWS_FAMOUS, NEWCOMER, STARTERS)
    said = [found[0] for one in sections for found in _found(one, lower)] + [
        *map(str.lower, elsewhere.makers_named(text))
    ]
    return any(name.lower() in one or one in name.lower() for one in said)


@cached_per_snapshot
def works_telling(catalogue: CatalogueSnapshot) -> dict[str, frozenset[str]]:
    """What synopses tell to the slugs of the works whose do."""
    return {
        section: frozenset(work.slug for work in catalogue.works if _tells(work, section))
        for section in (SUITORS, DEATH, PETS)
    }


def _tells(work: Work, section: str) -> bool:
    return any(
        _any(section, language).search(told.lower())
        for language in LANGUAGES
        for told in (work.synopses.get(language), work.premises.get(language))
        if told
    )


def latest(told: Sequence[Circumstances]) -> Circumstances:
    """What holds after several turns: an audience until another is named, a state until the conversation ends."""
    audience = next((one.audience for one in reversed(told) if one.audience), "")
    gentle = next((one.gentle for one in reversed(told) if one.gentle), "")
    age = next((one.age for one in reversed(told) if one.age and one.audience == audience), 0)
    return Circumstances("" if audience == NOT_GIVEN else audience, gentle, age=age)
