"""What a stretch asks of a work, and what belongs to the question."""

from functools import lru_cache
from typing import Any

from ..acts import Question
from ..words.cue_book import REMEMBERED, CueBook, plain
from . import traits

BOOK = CueBook("questions")
ASKED = tuple(Question(name) for name in BOOK.sections if name in set(Question))  # the most particular first
# Which question takes another's words for its own: "몇 권부터" asks for no number of volumes.
COVERS = {
    Question.AFTER_ANIME: {Question.ANIME, Question.VOLUMES, Question.ORDER, Question.STATUS, Question.WEB_NOVEL,
                           Question.ENDING, Question.GOES_ON, Question.TOLD_IN},
    Question.GOES_ON: {Question.NEXT_VOLUME, Question.VOLUMES, Question.STATUS, Question.ORDER, Question.ENDING,
                       Question.OVERVIEW},
    Question.TOLD_IN: {Question.VOLUMES, Question.ANIME, Question.ORDER, Question.PLOT, Question.OVERVIEW,
                       Question.CHARACTERS},
    Question.NEXT_VOLUME: {Question.VOLUMES, Question.YEAR, Question.WHY, Question.OVERVIEW},
    Question.READING_TIME: {Question.VOLUMES},
    Question.LEVEL: {Question.EDITION, Question.SUITS},
    Question.WHY: {Question.OVERVIEW, Question.QUALITY, Question.WARNINGS, Question.PLOT},
    Question.WEB_NOVEL: {Question.ANIME, Question.PLOT, Question.EDITION, Question.ORDER},
    Question.ORDER: {Question.VOLUMES, Question.ENDING},
    Question.ILLUSTRATOR: {Question.EDITION},
    Question.OTHER: {Question.EDITION, Question.OVERVIEW},
    Question.NAMES: {Question.EDITION, Question.OVERVIEW},
    Question.SUITS: {Question.QUALITY, Question.CHARACTERS},
    Question.ENDING: {Question.CHARACTERS, Question.OVERVIEW},
    Question.PLOT: {Question.OVERVIEW},
    Question.CHARACTERS: {Question.OVERVIEW, Question.QUALITY},
    Question.WARNINGS: {Question.OVERVIEW, Question.QUALITY},
    Question.VOLUMES: {Question.OVERVIEW},
    Question.STATUS: {Question.OVERVIEW},
    Question.YEAR: {Question.OVERVIEW},
    Question.EDITION: {Question.OVERVIEW},
    Question.ANIME: {Question.OVERVIEW},
    Question.WHERE: {Question.OVERVIEW},
    Question.IMPRINT: {Question.OVERVIEW, Question.WHERE},
    Question.QUALITY: {Question.OVERVIEW},
}  # fmt: skip

# What the words for something in a work are also taken for: "how scary", "does he get a girlfriend".
OF_TRAITS = frozenset((Question.QUALITY, Question.CHARACTERS, Question.ENDING, Question.PLOT, Question.OTHER,
                       Question.SUITS))  # fmt: skip


@lru_cache(maxsize=REMEMBERED)
def is_question(text: str) -> bool:
    return BOOK.has("question", plain(text).rstrip(",、 "))


@lru_cache(maxsize=REMEMBERED)
def may_be_question(text: str) -> bool:
    """Whether `text`, which names something to ask, may ask it without saying so."""
    return is_question(text) or BOOK.has("question.weak", plain(text))


def without_spoiler_talk(lower: str) -> str:
    """`lower` with blanks for what asks to be told no ending ("no spoilers")."""
    for match in BOOK.matches("spoiler_free", lower):
        lower = lower[: match.start()] + " " * (match.end() - match.start()) + lower[match.end() :]
    return lower


@lru_cache(maxsize=REMEMBERED)
def questions_in(text: str) -> tuple[Question, ...]:
    """What is asked, in the order asked."""
    lower = without_spoiler_talk(plain(text))
    told = sorted(traits.spans(lower)) if is_question(text) else []
    # What is a warning too is asked as such.
    begins = next((start for start, end in told if not BOOK.has(Question.WARNINGS, lower[start:end])), None)
    found: dict[Question, int] = {} if begins is None else {Question.CONTENT: begins}
    for question in ASKED:
        for match in BOOK.matches(question.value, lower):
            if question in OF_TRAITS and any(match.start() < end and start < match.end() for start, end in told):
                continue
            found[question] = min(match.start(), found.get(question, match.start()))
    covered = {other for question in found for other in COVERS.get(question, ())}
    return tuple(sorted((question for question in found if question not in covered), key=found.__getitem__))


def asks_from_where(text: str) -> bool:
    """Whether `text` asks from which volume to read, whatever it says of an anime."""
    return BOOK.has("from_volume", plain(text))


def detail_of(
    text: str, questions: tuple[Question, ...], language: str, editions: str, *, turn: str = ""
) -> dict[str, Any]:
    """What belongs to `questions` in `text`. `editions`: the language of the edition named, or "". `turn`: all of its
    words, another clause of which may say after which season."""
    lower = plain(text)
    detail: dict[str, Any] = {}
    if Question.GOES_ON in questions and (volume := _number("volume", lower)):
        detail["volume"] = volume
    if {Question.AFTER_ANIME, Question.ANIME, Question.TOLD_IN} & {*questions}:
        of_turn = season_in(turn) if Question.AFTER_ANIME in questions else None
        if season := season_in(text) or of_turn:
            detail["season"] = season
        if BOOK.has("film", lower):
            detail["kind"] = "film"
    if Question.EDITION in questions or Question.WHERE in questions:
        detail["edition"] = editions or language
    elif Question.IMPRINT in questions and editions:
        detail["edition"] = editions
    if Question.SUITS in questions:
        if age := _number("age", lower):
            detail["age"] = age
        if audience := BOOK.first("audience.", lower):
            detail["audience"] = audience
    return detail


def season_in(text: str) -> int | None:
    """The number of the season that `text` asks of, in digits or as a word, or None."""
    lower = plain(text)
    return _number("season", lower) or (int(word) if (word := BOOK.first("season.", lower)) else None)


def volume_in(text: str) -> int | None:
    """The number of the volume behind which `text` asks what comes, or None."""
    return _number("volume", plain(text))


def asked_of(text: str) -> str:
    """For whom `text` asks (child, teen, parent, beginner), or ""."""
    return BOOK.first("audience.", plain(text))


def compared_by(text: str) -> str:
    """By what works are held against each other, or ""."""
    return BOOK.first("by.", plain(text))


def _number(section: str, lower: str) -> int | None:
    for match in BOOK.matches(section, lower):
        return int(next(group for group in match.groups() if group))
    return None
