"""What a turn does, part by part: it wishes for books, asks about a work, thanks … (dialogue acts), and what of.

Types only; how words are read into them stands in `act_reader`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self


class Act(StrEnum):
    """What a part of a turn does."""

    RECOMMEND = "recommend"  # wants books, or changes what is wanted
    ABOUT = "about"  # asks about works: facts, plot, fitness, order, why it was offered
    COMPARE = "compare"  # holds works against each other
    FIND = "find"  # looks for a work by what is remembered of it
    AUTHOR = "author"  # asks who wrote a work, or what else an author wrote
    CATALOGUE = "catalogue"  # asks about the shelf as a whole
    OWN_DATA = "own_data"  # asks about what is the reader's own: shelf, offers, taste, quota
    SERVICE = "service"  # asks about the librarian and the site
    DEFINITION = "definition"  # asks what a light novel, or a word of the field, is
    TASTE = "taste"  # says something of the reader for good
    VERDICT = "verdict"  # says what became of a work: read, dropped, not for me
    GREETING = "greeting"
    SMALL_TALK = "small_talk"
    THANKS = "thanks"
    COMPLAINT = "complaint"
    ABUSE = "abuse"
    GIBBERISH = "gibberish"
    OFF_TOPIC = "off_topic"
    DISTRESS = "distress"
    YES = "yes"  # takes up what the librarian offered to do
    NO = "no"

    @property
    def wishes(self) -> bool:
        """Whether books are to be chosen for it."""
        return self is Act.RECOMMEND


OF_HOUSE = frozenset((Act.DEFINITION, Act.SERVICE, Act.OWN_DATA))  # what asks of the house or of the field


class Question(StrEnum):
    """What is asked of a work."""

    OVERVIEW = "overview"  # "tell me about it"
    PLOT = "plot"
    CHARACTERS = "characters"
    VOLUMES = "volumes"
    STATUS = "status"
    GOES_ON = "goes_on"  # whether there is more behind a volume, and what; detail: volume
    NEXT_VOLUME = "next_volume"  # when, why it does not come
    YEAR = "year"
    IMPRINT = "imprint"
    ILLUSTRATOR = "illustrator"
    NAMES = "names"  # what it is called in another language
    ANIME = "anime"
    AFTER_ANIME = "after_anime"  # from which volume it goes on after a season or film; detail: season, kind
    TOLD_IN = "told_in"  # which volumes a season or film tells; detail: season, kind
    EDITION = "edition"  # detail: edition, the language
    WHERE = "where"  # where to buy or read it
    WARNINGS = "warnings"
    SUITS = "suits"  # whether it suits somebody; detail: age, audience
    CONTENT = "content"  # whether there is something in it; detail: tags
    QUALITY = "quality"  # whether it is any good, worth the time
    WHY = "why"  # why it was recommended
    ORDER = "order"  # in which order, what may be skipped
    ENDING = "ending"  # spoilers: endings, deaths, couples
    READING_TIME = "reading_time"
    LEVEL = "level"  # how hard its Japanese is
    WEB_NOVEL = "web_novel"  # how it differs from the web novel or the manga
    OTHER = "other"  # something of it that nobody here knows


DONE_WITH = ("not", "dropped", "read", "loved")  # verdicts after which another work is the one spoken of


@dataclass(frozen=True)
class ActPart:
    """A stretch of a turn that does one thing. `works`: slugs it is about, named or pointed at. `questions`: what is
    asked of them, in the order asked. `detail`: what belongs to the questions, see `Question`."""

    act: Act
    text: str = ""
    works: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def meant(self) -> tuple[str, ...]:
        """Its works that "it" can mean after it: none that they were only held against."""
        return tuple(slug for slug in self.works if slug not in self.detail.get("against", ()))

    @property
    def turns_away(self) -> bool:
        """Whether its works are done with, so that "it" is another where one is spoken of beside them."""
        return self.act is Act.COMPLAINT or (self.act is Act.VERDICT and self.detail.get("state") in DONE_WITH)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Titles it speaks of that the catalogue does not have."""
        said = self.detail.get("unknown") or ()
        return tuple(title for title in ([said] if isinstance(said, str) else said) if title.strip())

    @property
    def is_found(self) -> bool:
        """Whether it says that a work which was named is the one that was looked for."""
        return self.act is Act.YES and self.detail.get("kind") == "found"

    def as_json(self) -> dict[str, Any]:
        """Only what was said."""
        told = {
            "act": self.act.value,
            "text": self.text,
            "works": list(self.works),
            "questions": [one.value for one in self.questions],
            "detail": self.detail,
        }
        return {name: value for name, value in told.items() if value}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        return cls(
            act=Act(values["act"]),
            text=values.get("text", ""),
            works=tuple(values.get("works", ())),
            questions=tuple(map(Question, values.get("questions", ()))),
            detail=values.get("detail", {}),
        )


@dataclass(frozen=True)
class Dialogue:
    """What the conversation speaks of when a turn begins.

    `last_picks`: slugs offered last, in their order. `spoken`: works the latest turn that spoke of any spoke of, the
    one that "it" means first. `earlier`: works spoken of before those, the latest first. `acts`: of the turn before.
    `asked`: what was asked of works last, in this turn's neighbourhood. `waiting`: what the turn before asked of a work
    that nobody had named, and which was asked back. `marked`: works that the latest verdict marked, and `mark`: as what,
    see `own_data`; `shelved`: all works that the conversation has marked, with their marks. `grief`: whom the reader
    mourns (pet, loss). `proposed`: what the librarian offered to do, see `assistant.answers`. `complained`: whether a turn has
    complained of what was offered and was asked what was wrong, which is asked once. `liked`: works whose like is asked for.
    `against`: works that those spoken of were only held against.
    `said`: the words of the turn before.
    `wished`: what the books offered last were to be, as far as a protest speaks of it: tags `asked` for and `unwanted`,
    `brightness`, `status`, `max_volumes`. `absent`: the taste (see `elsewhere`) of the book that was looked for last and is
    not on the shelf: that search is over. `unlisted`: titles of works from elsewhere that the turn before asked of, and of
    nothing else.
    """

    last_picks: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    proposed: str = ""
    earlier: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    mark: str = ""
    shelved: dict[str, str] = field(default_factory=dict)
    grief: str = ""
    asked: tuple["ActPart", ...] = ()
    waiting: tuple["ActPart", ...] = ()
    complained: bool = False
    liked: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    said: str = ""
    wished: dict[str, Any] = field(default_factory=dict)
    absent: str = ""
    unlisted: tuple[str, ...] = ()

    @property
    def meant(self) -> tuple[str, ...]:
        """What "it" means: where several works were spoken of and one was offered after them, that one."""
        offered = self.last_picks if len(self.last_picks) == 1 and Act.RECOMMEND in self.acts else ()
        return offered if offered and len(self.spoken) > 1 else self.spoken

    @property
    def tells(self) -> bool:
        """Whether the turn before asked of works or said something of them."""
        return any(act in (Act.ABOUT, Act.COMPARE, Act.AUTHOR, Act.VERDICT) for act in self.acts)

    def known(self, recent: Sequence[str] = ()) -> tuple[str, ...]:
        """Works of the conversation, those offered last before those spoken of earlier. `recent`: works that the turn
        being read has spoken of so far."""
        return tuple(dict.fromkeys((*self.last_picks, *self.spoken, *recent, *self.earlier)))


@dataclass(frozen=True)
class ReadTurn:
    """What the acts of a turn are, and the words of it that wish for books: all else is no condition."""

    parts: tuple[ActPart, ...]
    wish_text: str

    @property
    def acts(self) -> tuple[Act, ...]:
        return tuple(dict.fromkeys(part.act for part in self.parts))

    @property
    def wishes(self) -> bool:
        return any(part.act.wishes for part in self.parts)

    @property
    def works(self) -> tuple[str, ...]:
        """Slugs the turn speaks of, in the order it does, less those that they are only held against."""
        return tuple(dict.fromkeys(slug for part in self.parts for slug in part.meant))


def asks_of_unnamed(part: ActPart) -> bool:
    """Whether a part asks of a work that is named nowhere."""
    named = part.works or part.detail.keys() & {"unknown", "author"}
    return part.act in (Act.ABOUT, Act.AUTHOR) and not named


def main_act(acts: Sequence[Act] | Iterable[str]) -> str:
    """The act a whole turn is told by: books first, then what is answered, then talk."""
    order = list(Act)
    known = [Act(one) for one in acts]
    return min(known, key=order.index).value if known else ""
