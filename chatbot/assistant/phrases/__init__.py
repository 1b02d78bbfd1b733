"""What the librarian says: her sentences stand in `data/<language>.toml`, what joins them in a module a language.

Not gettext: a reply is in the language of the ask, whatever the language of the page, and its sentences are built
from parts that each language joins in its own way.
"""

from collections.abc import Container, Iterator, Sequence
from functools import cache
from typing import Protocol

from ...language.wishes.wish import Wish
from . import en, ja, ko
from .loading import Vocabulary, Words, load


class Grammar(Protocol):
    """What a module of a language has: how it joins what stands in its file."""

    BETWEEN: str  # two sentences
    ORDER: tuple[str, ...]  # in which the limits of a choice are told

    def finish(self, text: str) -> str:
        """`text` as it is to be read: particles, capitals, numbers in agreement."""

    def rhythm(self, sentence: str) -> str:
        """What makes two sentences in a row sound alike."""

    def listing(self, things: Sequence[str]) -> str:
        """All of `things`."""

    def either(self, things: Sequence[str]) -> str:
        """Any one of `things`."""

    def neither(self, things: Sequence[str]) -> str:
        """None of `things`, as it stands before words that deny."""

    def kind_of_book(self, words: Sequence[Words], limits: Sequence[str], any_of: bool) -> str:
        """The kind of book that `words` name, in speaking order, with the `limits` in their places."""

    def agreement(self, count: int) -> dict[str, str]:
        """Slots that agree with a number of works."""

    def topic(self, title: str) -> str:
        """The work called `title` at the head of a sentence; where it is "", the one that is spoken of already."""

    def choices(self, things: Sequence[str]) -> str:
        """Clauses that each name what to choose, one after the other."""

    def joined(self, first: str, second: str) -> str:
        """Two short sentences about one work as one; "" where they do not go together."""

    def of_several(self, sentence: str, topic: str) -> str:
        """`sentence` in agreement with a `topic` that names several works, or with what stands for it."""

    def said_by_reader(self, words: str) -> str:
        """Words of the reader's, said back to them."""

    def led(self, sentence: str) -> str:
        """`sentence` as it goes on after a yes or a no and a comma."""

    def within(self, label: str) -> str:
        """The label of a tag as it stands within a sentence."""


MAX_JOINED = 110  # characters of two sentences that become one


LANGUAGES: dict[str, Grammar] = {"ko": ko, "en": en, "ja": ja}


@cache
def of(language: str) -> "Phrases":
    """The phrases of `language`; of English for one she does not speak."""
    language = language if language in LANGUAGES else "en"
    return Phrases(language, LANGUAGES[language], load(language))


class Phrases:
    """One language: its sentences and how it joins them. Names are dotted, as in its file: "openings.liked"."""

    def __init__(self, language: str, grammar: Grammar, vocabulary: Vocabulary) -> None:
        self.language, self.grammar, self.vocabulary = language, grammar, vocabulary
        self.tags, self.variants, self.parts = vocabulary.tags, vocabulary.variants, vocabulary.parts
        self.finish, self.listing, self.either, self.neither, self.rhythm = (
            grammar.finish, grammar.listing, grammar.either, grammar.neither, grammar.rhythm,
        )  # fmt: skip
        self.between, self.agreement = grammar.BETWEEN, grammar.agreement
        self.topic, self.choices, self.of_several = grammar.topic, grammar.choices, grammar.of_several
        self.within = grammar.within
        self.said_by_reader = grammar.said_by_reader

    def has(self, name: str) -> bool:
        return name in self.variants or name in self.parts

    def part(self, name: str, **slots: object) -> str:
        """What can be said in one way only, with its slots filled."""
        return self.parts[name].format(**slots)

    def finish_part(self, name: str, **slots: object) -> str:
        """What can be said in one way only, as it is to be read within a sentence."""
        part = self.part(name, **slots)
        # A capital is for the beginning of a sentence.
        return part[:1] + self.grammar.finish(part)[1:]

    def led(self, lead: str, told: str) -> str:
        """`told` after a yes or a no."""
        return self.part(f"works.{lead}", told=self.grammar.led(told))

    def in_order(self, things: Sequence[str]) -> str:
        """`things` one after the other."""
        return self.part("works.then").join(things)

    def edition(self, language: str) -> str:
        """An edition in `language`."""
        return self.parts.get(f"editions.{language}", self.parts["editions.other"])

    def told(self, sentences: Sequence[str], facts: Container[str]) -> str:
        """Sentences about one work as a person tells them: two in a row that are bare `facts` become one."""
        told: list[str] = []
        takes = False  # whether the sentence told last may take another
        for one in sentences:
            short = takes and one in facts and len(told[-1]) + len(one) <= MAX_JOINED
            if short and (both := self.grammar.joined(told[-1], one)):
                told[-1], takes = both, False
            else:
                told.append(one)
                takes = one in facts
        return self.between.join(told)

    def without(self, things: Sequence[str]) -> str:
        """That `things` are left out; "" where there are none."""
        return self.finish(self.part("without", things=self.neither(things))) if things else ""

    def little(self, things: Sequence[str]) -> str:
        """That there is little of `things`; "" where there are none."""
        return self.finish(self.part("little", things=self.listing(things))) if things else ""

    def unknown_tag(self, label: str) -> Words:
        """Words for a tag that is not in the file."""
        label = self.grammar.within(label)
        return Words(*(self.part(f"unknown_tag.{way}", label=label) for way in ("thing", "mod")))

    def kind_of_book(self, words: Sequence[Words], limits: Sequence[str], *, any_of: bool = False) -> str:
        return self.grammar.kind_of_book(words, limits, any_of)

    def limits(self, wish: Wish) -> list[str]:
        """What the wish asks besides the kind of book, each as a modifier."""
        told = dict(self._limits(wish))
        return [told[kind] for kind in self.grammar.ORDER if kind in told]

    def _limits(self, wish: Wish) -> Iterator[tuple[str, str]]:
        if name := _name_of_years(wish):
            yield "years", self.part(f"limits.{name}", first=wish.min_year, last=wish.max_year)
        if name := _name_of_volumes(wish):
            yield "volumes", self.part(f"limits.{name}", least=wish.min_volumes, most=wish.max_volumes)
        # A single volume is finished.
        if wish.status in ("completed", "ongoing") and not (wish.max_volumes == 1 and wish.status == "completed"):
            yield "status", self.part(f"limits.{wish.status}")
        if wish.edition:
            yield "edition", self.part("limits.edition", edition=self.edition(wish.edition))
        if wish.anime is not None:
            yield "anime", self.part("limits.anime" if wish.anime else "limits.no_anime")
        if wish.less_known:
            yield "less_known", self.part("limits.less_known")

    def condition(self, kind: str, wish: Wish, thing: str) -> str:
        """A constraint of the wish as a noun, for saying that nothing keeps it. `thing`: the one that is a tag."""
        name = {
            "volumes": "single" if wish.max_volumes == 1 else "max_volumes" if wish.max_volumes else "min_volumes",
            "status": "ongoing" if wish.status == "ongoing" else "completed",
            "year": "from_year" if wish.min_year else "to_year",
            "edition": "edition",
            "anime": "anime" if wish.anime else "no_anime",
            "less_known": "less_known",
        }.get(kind)
        if name is None:
            return thing
        slots = {
            "least": wish.min_volumes or 1,
            "most": wish.max_volumes,
            "first": wish.min_year,
            "last": wish.max_year,
        }
        return self.part(f"conditions.{name}", edition=self.edition(wish.edition), **slots)


def _name_of_years(wish: Wish) -> str:
    first, last = wish.min_year, wish.max_year
    if first and last:
        return "year" if first == last else "years"
    return "from_year" if first else "to_year" if last else ""


def _name_of_volumes(wish: Wish) -> str:
    least, most = wish.min_volumes, wish.max_volumes
    if most == 1:
        return "single"
    several = (least or 0) > 1
    if most:
        return "volumes" if several else "max_volumes"
    return "min_volumes" if several else ""
