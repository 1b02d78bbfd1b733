"""Making the parts of a turn: what is asked, of which works, once it is known what a stretch of it does."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ...catalogue.snapshot import CatalogueSnapshot
from ...text.matcher import tidy
from ..acts import Act, ActPart, Dialogue, Question, asks_of_unnamed
from ..asking import particulars, questions, traits
from ..asking.asked import NAMELESS, topics_in
from ..asking.asked import tags_in as asked_after
from ..asking.part_numbers import leads_with_part, number_in
from ..learned import noted
from ..names import authors, focus, makers
from ..names.focus import Named
from ..names.half_names import called_in, is_only_called, only_named, several_called
from ..names.loose_names import called_by_part
from ..names.short_names import called_for_short
from ..stances.parse import parse
from ..tag_relations import FEMALE_LEAD
from ..words import elsewhere
from ..words.clauses import Clause
from ..words.cue_book import SCRIPTS, CueBook, plain
from ..words.fillers import without_fillers
from ..words.mentions import REFUSALS, Mention, Parsed, Stance
from ..words.numbers import Bounds
from ..words.vocabulary import Vocabulary
from .judgements import lacking
from .pairs import pair_in
from .verdicts import UNDONE

BOOK = CueBook("acts")
SHELF = CueBook("shelf")
ORDERS = CueBook("orders")
VERDICTS = (
    *UNDONE, "hearsay", "later", "hold", "dropped", "not", "reading", "partly", "owned", "loved", "want", "read", "cool", "curious",
)  # fmt: skip
IT = {"ko": "그거", "ja": "それ", "en": " it "}
OF_WHOLE_WORKS = ("read", "dropped", "want")  # verdicts that no hero and no style can have
STATES = {"verdict." + state: state for state in VERDICTS}
LESS_THAN_FROM_WHERE = {Question.ORDER, Question.VOLUMES, Question.QUALITY}  # what the same words ask elsewhere
TOLD_BY_COMPARISON = {Question.OVERVIEW, Question.QUALITY, Question.OTHER, Question.ORDER, Question.PLOT}
WANTED = (Stance.LIKE, Stance.SIMILAR, Stance.BONUS)
LETTERS = re.compile(r"[\W_]+")
MIN_BEGUN = 4  # letters of the beginning of a title that stands for it
MAX_POINTED, MAX_LATIN_POINTED = 10, 18  # letters of a clause that only says which work is meant
MAX_ASKED, MAX_LATIN_ASKED = 5, 14  # letters beside a name that still ask no more than what it is
OF_PEOPLE = {Question.ENDING, Question.CHARACTERS}  # what is asked of who is in a story
TOLD_OF_WORKS = (Act.ABOUT, Act.COMPARE, Act.AUTHOR, Act.VERDICT)


@dataclass(frozen=True)
class Stretch:
    """A clause with the works it speaks of. `lower`: its words as cues are looked for. `pointed`: slugs it points at
    by place or by "it". `said`: the words that call one by half its name."""

    clause: Clause
    lower: str
    named: Named
    pointed: tuple[str, ...]
    said: str = ""

    @property
    def text(self) -> str:
        return self.clause.text

    @property
    def asks(self) -> bool:
        return self.clause.asks or (questions.is_question(self.text) and not self.sets_condition)

    @property
    def sets_condition(self) -> bool:
        """Whether it only says what is wanted ("5권 이상 10권 이하 완결"), though such words ask too."""
        return BOOK.has("condition", self.lower) and not (self.named.works or self.text.rstrip().endswith(("?", "？")))

    @property
    def speaks_of_works(self) -> bool:
        return bool(self.named.works or self.named.unknown or self.pointed)


@dataclass
class Reader:
    """What a turn is read with. `recent`: works its clauses have spoken of so far."""

    text: str
    parsed: Parsed
    words: Vocabulary
    dialogue: Dialogue
    language: str
    recent: tuple[str, ...] = ()
    unknown: str = ""  # a title its clauses spoke of last that the catalogue does not have
    sure: bool = False  # whether a clause asks of a work of the conversation by half its name
    found: list[tuple[Clause, ActPart | None]] = field(default_factory=list)
    weak: list[ActPart] = field(default_factory=list)  # wishes only by what they name
    settled: bool = False  # whether no clause told anything
    ordered: list[ActPart] = field(default_factory=list)  # told outright, see `orders`
    heard: dict[Act, float] = field(default_factory=dict)  # how likely each act is by the whole of it
    shelf: bool = False  # whether its orders of the shelf were read work by work, see `shelf_orders`

    @property
    def catalogue(self) -> CatalogueSnapshot:
        return self.words.catalogue

    @property
    def spoken(self) -> tuple[str, ...]:
        """What "it" means: works of the turn, else of the conversation."""
        return self.recent or self.dialogue.meant

    def stretch(self, clause: Clause) -> Stretch:
        if not clause.asks and self._asks_behind_title(clause.text):
            clause = replace(clause, asks=True)
        lower = questions.without_spoiler_talk(plain(clause.text))
        pointed = focus.pointed_at(clause.text, self.dialogue, self.recent)
        called = self._called(clause.text, lower)
        slug, said = called or ("", "")
        named = self._without_parts(clause.text, self.named(clause.text, called))
        if self._numbers_part(clause.text):
            return Stretch(clause, lower, Named(), self.dialogue.spoken, "")
        if named.works and self._holds_against(clause.text, named.works):
            return Stretch(clause, lower, Named(), self.dialogue.spoken, "")
        if other := self._asks_of_another(lower, named.works):
            return Stretch(clause, lower, Named(), other, "")
        if other := self._behind_an_aside(clause.text, named.works or pointed):
            return Stretch(clause, lower, Named(other), other, "")
        if named.works == (slug,):
            pointed = (slug,)
        elif pointed and self.recent and not any(one.kind == "work" for one in self.mentions(clause.text)):
            named = Named()  # what only sounds like a name is none where the turn has named what "it" is
        elif not named.works and not pointed and (by_part := called_by_part(clause.text, self.known, self.words)):
            named, pointed = Named(), by_part
        return Stretch(clause, lower, named, pointed, said if named.works == (slug,) else "")

    def _asks_behind_title(self, text: str) -> bool:
        """Whether `text` begins with the name of a work and asks something behind it: "kunon how many books"."""
        before, name, behind = self.untitled(text).partition(NAMELESS)
        return bool(name) and not without_fillers(before).strip(" ,") and questions.is_question(behind.strip(" ,:;-"))

    def _asks_of_another(self, lower: str, works: tuple[str, ...]) -> tuple[str, ...]:
        """What is pointed at by its place beside `works` that are only said to be known: "A I know, is the first done?"."""
        if not works or not focus.BOOK.has("known_aside", lower):
            return ()
        placed = focus.in_place(lower, self.dialogue.last_picks)
        return placed if set(placed).isdisjoint(works) else ()

    def _behind_an_aside(self, text: str, works: tuple[str, ...]) -> tuple[str, ...]:
        """The work named behind words that are done with `works`, or with one that is not asked of: "A 봤고 B는 몇 권?"."""
        for match in focus.BOOK.matches("aside", plain(text)):
            rest = text[match.end() :]
            asked = questions.questions_in(rest)
            called = called_in(rest, self.known, self.words, asked, told=bool(asked))
            named = called[:1] if called else tuple(slug for slug in self.named(rest).works if slug in self.known)
            if len(named) == 1 and named != works:
                return named
        return ()

    def _without_parts(self, text: str, named: Named) -> Named:
        """`named` without works that are only called by the number of a part, beside the title whose part that is."""
        numbered = {one.values[0] for one in self.mentions(text) if one.kind == "work"
                    and number_in(self.parsed.words_of(one))}  # fmt: skip
        works = tuple(slug for slug in named.works if slug not in numbered)
        return replace(named, works=works) if works else named

    def _numbers_part(self, text: str) -> bool:
        """Whether `text` speaks of a part by its number where one work is spoken of: "part two" is of that one, whatever
        work has a part of that name."""
        if not tells_of_one(self.dialogue) or not leads_with_part(text):
            return False
        return all(number_in(self.parsed.words_of(one)) for one in self.mentions(text) if one.kind == "work")

    def _holds_against(self, text: str, works: tuple[str, ...]) -> bool:
        """Whether `text` asks of the one work spoken of, and only holds it against `works`: "does it end like … did?"."""
        spoken = self.dialogue.spoken
        if self.recent not in ((), spoken) or len(spoken) != 1 or spoken[0] in works or not tells_of_one(self.dialogue):
            return False
        return focus.BOOK.has("yardstick", plain(self.untitled(text)))

    @property
    def parsed_works(self) -> tuple[str, ...]:
        """The works that the turn names anywhere."""
        return tuple(one.values[0] for one in self.parsed.works)

    @property
    def known(self) -> tuple[str, ...]:
        """Works of the conversation, those of this turn among them."""
        return self.dialogue.known(self.recent)

    @property
    def known_authors(self) -> tuple[str, ...]:
        """Authors of the works of the conversation."""
        works = (self.catalogue.by_slug.get(slug) for slug in (*self.known, *self.parsed_works))
        return tuple(dict.fromkeys(author for work in works if work for author in work.authors))

    def _called(self, text: str, lower: str) -> tuple[str, str] | None:
        """The work of the conversation that a stretch calls by half its name, and by which words."""
        told = any(BOOK.has(section, lower) for section in ("author", *STATES)) or focus.is_only_name(lower)
        told = told or is_only_called(text) or bool(mark_in(lower)) or ORDERS.has("curious", lower)
        told = told or ORDERS.has("own_question", lower)
        left = focus.without_other(text)
        told = told or left != text or focus.BOOK.has("remarked", lower)
        called = called_in(left, self.known, self.words, questions.questions_in(text), told=told)
        called = called or only_named(text, self.known, self.words)
        called = called or self._shortened(text)
        if called and focus.points_beside(called[1], text, self.dialogue, self.recent):
            return called if self._is_other(called[0], lower) else None
        return called

    def _is_other(self, slug: str, lower: str) -> bool:
        """Whether a work that is called is one of those left, and is said to be: 「残りの食堂のほう」."""
        if not focus.BOOK.has("other", lower) or focus.BOOK.has("all", lower):
            return False
        return self.spoken != (slug,) and slug in self.dialogue.known()

    def _shortened(self, text: str) -> tuple[str, str] | None:
        works = (self.catalogue.by_slug.get(slug) for slug in self.known)
        return called_for_short(text, [work for work in works if work], self.words)

    def named(self, text: str, called: tuple[str, str] | None = None) -> Named:
        return focus.named_in(text, self.parsed, self.words, last_picks=self.dialogue.last_picks, called=called)

    def mentions(self, text: str) -> Iterable[Mention]:
        """What `text`, a stretch of the turn, names."""
        source = tidy(text)
        return (one for one in self.parsed.mentions if self.parsed.source[one.start : one.end] in source)

    def untitled(self, text: str) -> str:
        """`text` without the names of works in it."""
        return self.parsed.untitled(text, NAMELESS)

    def says_something(self, text: str) -> bool:
        return any(True for _ in self.mentions(text)) or bool(makers.named(tidy(text), self.catalogue))

    def says_more_than_names(self, text: str) -> bool:
        """Whether `text` names something to choose by that is no work."""
        return any(one.kind not in ("work", "unknown") for one in self.mentions(text))

    def has_stance(self, text: str) -> bool:
        """Whether something is wanted or refused in `text` by more than its name."""
        return any(mention.stance for mention in self.mentions(text))

    def tags(self, text: str) -> list[str]:
        return [tag for one in self.mentions(text) if one.kind == "tag" for tag in one.values]

    def tags_asked(self, text: str, said: str = "") -> list[str]:
        """Tags that `text`, which asks of a work, names; beside the name of a work they are no part of the wish.
        `said`: words of `text` that call a work."""
        if said:
            return [
                tag
                for one in parse(text.replace(said, " "), self.words).mentions
                if one.kind == "tag"
                for tag in one.values
            ]
        if tags := self.tags(text):
            return tags
        rest = self.parsed.untitled(tidy(text), " ").rstrip(
            "?？ "
        )  # a question as such wishes for nothing, so its tags would be left out
        return [tag for one in parse(rest, self.words).mentions if one.kind == "tag" for tag in one.values]

    @property
    def chooses_beside_anime(self) -> bool:
        """Whether the turn names something to choose by that no question about a work names as well."""
        asked = ("work", "unknown", "anime", "edition", "status")
        return any(one.kind not in asked for one in self.parsed.mentions) or self.parsed.bounds != Bounds()

    @property
    def chooses(self) -> bool:
        """Whether the turn names something to choose by."""
        by = any(one.kind not in ("work", "unknown") for one in self.parsed.mentions)
        return by or self.parsed.bounds != Bounds() or bool(makers.named(tidy(self.text), self.catalogue))


def verdict_in(lower: str) -> str:
    """What became of a work by the words `lower`, or ""."""
    return next((state for section, state in STATES.items() if BOOK.has(section, lower)), "")


def tells_of_one(dialogue: Dialogue) -> bool:
    """Whether the conversation has come to tell of one work."""
    return len(dialogue.spoken) == 1 and any(act in TOLD_OF_WORKS for act in dialogue.acts)


def mark_in(lower: str) -> str:
    """Which mark a work is to get by the words `lower`, which order it, or ""."""
    return SHELF.first("mark.", lower)


def without_names(text: str, reader: Reader) -> str:
    """`text` in small letters, with "it" for each work it names: a name says nothing, whatever its words."""
    lower = plain(text)
    it = IT[next((one for one in ("ja", "ko") if SCRIPTS[one].search(text)), "en")]
    names = {plain(reader.parsed.words_of(one)) for one in reader.mentions(text) if one.kind == "work"}
    for name in sorted(names, key=len, reverse=True):
        for mark in ("『{}』", "「{}」", "“{}”", '"{}"', "{}"):
            lower = lower.replace(mark.format(name), it)
    return " ".join(lower.split()) if lower.isascii() else lower


# --- Of works ------------------------------------------------------------------------------------------------------


def about(stretch: Stretch, reader: Reader) -> ActPart:
    """A question about works, or what else is to be said of them."""
    asked, untitled = questions.questions_in(stretch.text), reader.untitled(stretch.text)
    unnamed = questions.questions_in(untitled)
    if not {*asked} <= {*unnamed} or Question.WHY in unnamed:
        asked = unnamed  # "Romantic Comedy", or "who died", asks for none where it is a name
    of_anime = any(one.kind == "anime" for one in reader.parsed.mentions) or questions.season_in(stretch.text)
    if questions.asks_from_where(stretch.text) and of_anime:
        left = (one for one in asked if one not in LESS_THAN_FROM_WHERE)
        asked = tuple(dict.fromkeys((Question.AFTER_ANIME, *left)))
    named = stretch.named
    tags = _tags_asked(stretch, reader)
    if traits.tags_in(untitled) or traits.traits_in(untitled):
        tags = asked_after(untitled, reader.catalogue)
    if not asked or asked == (Question.WARNINGS,):
        warned = any(reader.words.groups.get(tag) == "warnings" for tag in tags)
        fallback = Question.CONTENT if tags else Question.OVERVIEW if _asks_all(stretch, reader) else Question.OTHER
        asked = (Question.WARNINGS,) if warned or asked else (fallback,)
    if asked == (Question.OTHER,) and (again := _asked_again(stretch, reader)):
        return again
    editions = focus.edition_in(stretch.text)
    detail = questions.detail_of(stretch.text, asked, reader.language, editions, turn=reader.text)
    if tags and Question.SUITS in asked and not detail.keys() & {"age", "audience"}:
        # "Is it for me if I hate romance?" is answered by how much of it there is.
        asked = tuple(dict.fromkeys(Question.CONTENT if one is Question.SUITS else one for one in asked))
    detail |= _named_in(stretch, reader, tags if {Question.CONTENT, Question.WARNINGS} & {*asked} else [])
    unknown = _unknown_title(stretch, reader, asked)
    if unknown and not named.works:
        return ActPart(Act.ABOUT, stretch.text, (), asked, {**detail, "unknown": unknown})
    if unknown and named.unknown:  # beside one that is on the shelf
        detail["unknown"] = unknown
    return ActPart(Act.ABOUT, stretch.text, named.works or stretch.pointed or reader.spoken, asked, detail)


def _named_in(stretch: Stretch, reader: Reader, tags: list[str]) -> dict[str, Any]:
    """What a question names that may be in a work: by `tags`, or as subjects that no tag tells of."""
    about = (one for one in reader.mentions(stretch.text) if one.kind == "about")
    subjects = [value for one in about if reader.parsed.words_of(one) not in stretch.said for value in one.values]
    return {name: held for name, held in (("tags", tags), ("subjects", subjects)) if held}


def _tags_asked(stretch: Stretch, reader: Reader) -> list[str]:
    """The tags that a question names, less those that only the name of its work has."""
    tags = reader.tags_asked(stretch.text, stretch.said)
    works = stretch.named.works or reader.recent
    if not (tags and works):
        return tags
    besides = reader.tags_asked(_without_names_of(works, stretch.text, reader))
    return [tag for tag in tags if tag in besides]


def _without_names_of(slugs: Iterable[str], text: str, reader: Reader) -> str:
    """`text` without what its works are called: the name "Time Leap" asks for no leap through time."""
    works = [work for slug in slugs if (work := reader.catalogue.by_slug.get(slug))]
    names = {name for work in works for name in work.names}
    names |= {begun for work in works for title in work.titles.values() if (begun := _begun_in(text, title))}
    found = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 1)
    return re.sub(found, " ", text, flags=re.IGNORECASE) if found else text


def _begun_in(text: str, title: str) -> str:
    """The longest beginning of a title in no Latin letters that stands in `text`: 天才王子; "" where none does."""
    if title.isascii():
        return ""
    return next((title[:end] for end in range(len(title), MIN_BEGUN - 1, -1) if title[:end] in text), "")


def _asks_all(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause asks nothing of the works it names but what they are: "오버로드 알아?". What it asks in words that
    nobody here knows is not answered by a synopsis."""
    if not stretch.named.works:
        return False
    rest = LETTERS.sub("", without_fillers(reader.untitled(tidy(stretch.text))))
    return not stretch.asks or len(rest) <= (MAX_LATIN_ASKED if rest.isascii() else MAX_ASKED)


def _unknown_title(stretch: Stretch, reader: Reader, asked: tuple[Question, ...]) -> str:
    """The title asked about that the catalogue does not have, or "": somebody in the story is none ("does kiyotaka end up
    with kei?")."""
    unknown = next(iter(stretch.named.unknown), "")
    if not (unknown or stretch.pointed):
        unknown = next(iter(elsewhere.titles_in(stretch.text)), "")
    unknown = unknown or (reader.unknown if not focus.places_in(stretch.lower) else "")
    is_name = unknown.isascii() and unknown.islower() and set(asked) <= OF_PEOPLE
    return "" if is_name and reader.spoken else unknown


def _asked_again(stretch: Stretch, reader: Reader) -> ActPart | None:
    """What was asked last, of the work that a clause only points at: "and the other one?"."""
    before = reader.dialogue.asked[-1] if reader.dialogue.asked else None
    if not before or not stretch.pointed or not _only_points(stretch):
        return None
    return ActPart(Act.ABOUT, before.text, stretch.pointed, before.questions, before.detail)


def _only_points(stretch: Stretch) -> bool:
    """Whether a clause says which work is meant and nothing else, so that it asks the same of it: "and the other one?"."""
    if topics_in(stretch.text) or noted.best(stretch.text):
        return False
    return len(LETTERS.sub("", stretch.text)) <= (MAX_LATIN_POINTED if stretch.text.isascii() else MAX_POINTED)


def of_unnamed(stretch: Stretch, reader: Reader) -> ActPart:
    """A question about a work that nobody named: which one is to be asked back."""
    reader.sure = True
    if BOOK.has("author", stretch.lower):
        return ActPart(Act.AUTHOR, stretch.text, (), questions.questions_in(stretch.text))
    return about(stretch, reader)


def comparison(stretch: Stretch, reader: Reader) -> ActPart | None:
    """Works held against each other: those named or pointed at, else with what was spoken of; None where there are
    no two. The one work that is spoken of may be held against its anime."""
    named = stretch.named
    works = tuple(dict.fromkeys((*named.works, *stretch.pointed)))
    by = questions.compared_by(reader.untitled(stretch.text))
    called = several_called(
        stretch.text, reader.dialogue.spoken, reader.catalogue
    )  # of works of like names those just told of
    called = called if len(called) == 2 else several_called(stretch.text, reader.known, reader.catalogue)
    if len(called) == 2 and {one.values[0] for one in reader.mentions(stretch.text) if one.kind == "work"} <= {*called}:
        works = called
    if len(works) < 2 and (row := _spoken_in_a_row(stretch, reader)):
        works = row
    if len(works) < 2 and len(called) > 1:
        works = tuple(dict.fromkeys((*works, *called)))
    if len(works) < 2 and (pair := pair_in(stretch.text, reader)):
        unclear = {"described": pair.unclear[0]} if pair.unclear else {}
        return ActPart(Act.COMPARE, stretch.text, pair.works, detail={**({"by": by} if by else {}), **unclear})
    if len(works) < 2 and not stretch.pointed:
        works = tuple(dict.fromkeys(reader.parsed_works)) or works
    one = works or reader.spoken
    if len(one) == 1 and not named.unknown and noted.best(reader.untitled(stretch.text)) == "anime":
        return ActPart(Act.ABOUT, stretch.text, one, (Question.WEB_NOVEL,))
    if len(works) < 2 and not named.unknown:
        others = reader.spoken if works or len(reader.spoken) > 1 else reader.dialogue.last_picks or reader.spoken
        works = tuple(dict.fromkeys((*others, *works)))
    if len(works) < 2 and not named.unknown:
        works = tuple(dict.fromkeys((*reader.dialogue.earlier[:1], *works)))
    if len(works) < 2 and not named.unknown:
        return None
    detail = {**({"by": by} if by else {}), **({"unknown": named.unknown[0]} if named.unknown else {})}
    return ActPart(Act.COMPARE, stretch.text, works, detail=detail)


def among(stretch: Stretch, reader: Reader) -> ActPart | None:
    """A question which of the works of the last list have something; None where there are no two, or it names nothing."""
    works = reader.dialogue.spoken if len(reader.dialogue.spoken) > 1 else reader.dialogue.last_picks
    tags = asked_after(reader.untitled(stretch.text), reader.catalogue)
    if particulars.is_put(stretch.text, "heroine"):
        tags = [FEMALE_LEAD, *(one for one in tags if one != FEMALE_LEAD)]
    if len(works) < 2 or not tags:
        return None
    return ActPart(Act.COMPARE, stretch.text, works, detail={"by": tags[:1], "has": True})


def _spoken_in_a_row(stretch: Stretch, reader: Reader) -> tuple[str, ...]:
    """The latest works of a conversation that spoke of them one by one, as many as are said: "of these three"."""
    if len(reader.spoken) > 1 or reader.dialogue.last_picks:
        return ()
    count = focus.BOOK.first("count.", stretch.lower)
    known = reader.known
    return known[: int(count)] if count and len(known) >= int(count) else ()


def authorship(stretch: Stretch, reader: Reader) -> ActPart | None:
    """A question about an author: one named, else the one of the works spoken of; None where there is neither."""
    named_ones = authors.authors_in(stretch.text, reader.words, reader.known_authors)
    if len(named_ones) > 1:
        return ActPart(Act.AUTHOR, stretch.text, detail={"author": named_ones[0], "authors": [*named_ones]})
    if named_ones and not focus.says_similar(stretch.text):
        return ActPart(Act.AUTHOR, stretch.text, detail={"author": named_ones[0]})
    if namesakes := authors.namesakes_in(stretch.text, reader.words, reader.known_authors):
        return ActPart(Act.AUTHOR, stretch.text, detail={"namesakes": [*namesakes]})
    named = stretch.named
    if len(named.works) < 2 and (pair := pair_in(stretch.text, reader)):
        unclear = {"unknown": pair.unclear[0]} if pair.unclear else {}
        return ActPart(Act.AUTHOR, stretch.text, pair.works, questions.questions_in(stretch.text), unclear)
    if named.unknown and not named.works:
        asked = questions.questions_in(stretch.text)
        return ActPart(Act.AUTHOR, stretch.text, (), asked, {"unknown": named.unknown[0]})
    works = named.works or stretch.pointed or reader.spoken
    detail = {"unknown": named.unknown[0]} if named.unknown else {}
    return ActPart(Act.AUTHOR, stretch.text, works, questions.questions_in(stretch.text), detail) if works else None


def verdict(stretch: Stretch, reader: Reader) -> ActPart:
    """What became of works. Of several it is not told by words that point at none of them."""
    state = verdict_in(stretch.lower)
    detail: dict[str, Any] = {"state": state} if state else {}
    works = stretch.named.works or stretch.pointed
    title = focus.subject_of(stretch.text, reader.words) if state in OF_WHOLE_WORKS and not works else ""
    if title and not reader.tags(title):
        return ActPart(Act.VERDICT, stretch.text, (), detail={**detail, "unknown": title})
    if _points_at_one_of_several(stretch, state):
        return ActPart(Act.VERDICT, stretch.text, detail={**detail, "ordered": True})  # which one is asked back
    alone = (works for works in (reader.recent, reader.dialogue.spoken) if len(works) == 1)
    of_none = _follows_anime(reader) or BOOK.has("counts_books", stretch.lower)
    works = works or (() if of_none else next(alone, ()))
    return ActPart(Act.VERDICT, stretch.text, works, detail=detail)


def _points_at_one_of_several(stretch: Stretch, state: str) -> bool:
    """Whether "that" is said to be read, and could be any of several: "I already read that"."""
    several = len(stretch.pointed) > 1 and not stretch.named.works and not focus.places_in(stretch.lower)
    return several and state in ("read", "dropped", "loved") and focus.BOOK.has("it_alone", stretch.lower)


def _follows_anime(reader: Reader) -> bool:
    """Whether the clause before speaks of an anime and names no work, so that a bare verdict is on that: "and I saw the
    anime of it, it was dull"."""
    before = reader.found[-1][0].text if reader.found else ""
    told = {one.kind for one in reader.mentions(before)} if before else set()
    return "anime" in told and "work" not in told


def complaint(stretch: Stretch, reader: Reader) -> ActPart:
    """A complaint with what of the works offered it is about, where it names that: `tags` that were not wanted in them,
    those of them that are `refused` in so many words, a `status` that was wanted."""
    text = _untitled(stretch.text, reader)
    mentions = [one for one in reader.mentions(text) if one.kind == "tag" and one.stance not in WANTED]
    found = list(dict.fromkeys(tag for one in mentions for tag in one.values))
    lacks = lacking(stretch.text, reader)
    found = [tag for tag in found if tag not in lacks]
    again = BOOK.has("restated", stretch.lower) or BOOK.has("more", plain(reader.text))
    refused = list(dict.fromkeys(tag for one in mentions if one.stance in REFUSALS and again for tag in one.values))
    refused = [tag for tag in refused if tag not in lacks]
    status = next((one.values[0] for one in reader.mentions(text) if one.kind == "status"), "")
    told = {name: value for name, value in (("tags", found), ("refused", refused), ("status", status)) if value}
    named = tuple(slug for slug in stretch.named.works if slug in reader.known)
    works = named or stretch.pointed or (reader.dialogue.last_picks if told and not stretch.named.works else ())
    return ActPart(Act.COMPLAINT, stretch.text, works, detail=told)


def _untitled(text: str, reader: Reader) -> str:
    """`text` without the names of what was offered: "Restaurant to Another World" complains of no cooking."""
    works = (reader.catalogue.by_slug.get(slug) for slug in reader.dialogue.last_picks)
    names = {name for work in works if work for name in (*work.titles.values(), *work.names) if len(name) > 1}
    found = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(found, " ", text, flags=re.IGNORECASE) if found else text


def marked_before(stretch: Stretch, reader: Reader) -> tuple[str, ...]:
    """The works whose mark is to go: those named, else those that were marked last, else the one spoken of."""
    marked = reader.dialogue.marked
    if not stretch.named.works and names_its_object(stretch.text):
        return () if focus.points(stretch.lower) else stretch.pointed
    alone = (works for works in (reader.recent, reader.dialogue.spoken) if len(works) == 1)
    of_these = (works for works in (stretch.pointed, reader.recent) if set(works) & set(marked))
    told = reader.named(reader.text[: stretch.clause.start]).works if focus.BOOK.has("it", stretch.lower) else ()
    return (
        stretch.named.works
        or (told if len(told) == 1 else ())
        or tuple(slug for slug in next(of_these, ()) if slug in marked)
        or marked
        or next(alone, ())
        or (stretch.pointed if len(stretch.pointed) == 1 or focus.places_in(stretch.lower) else ())
    )


def names_its_object(text: str) -> bool:
    """Whether an order names or describes what it is of, and does not only point at it: "take the gun one off"."""
    lower = plain(text)
    for match in SHELF.matches("object", lower):
        said = next((part for part in match.groupdict().values() if part is not None), "")
        if said.strip() and not focus.points(said) and not SHELF.has("no_object", said.strip()):
            return True
    return False


def wish(stretch: Stretch, reader: Reader) -> ActPart:
    """A wish; for the like of works, those it points at, and where it says of what by nothing, those spoken of."""
    works: tuple[str, ...] = ()
    if focus.says_similar(stretch.text) and not authors.called(stretch.text, reader.words):
        told = stretch.speaks_of_works or reader.says_something(stretch.text)
        pointed = stretch.pointed if not stretch.named.works or focus.places_in(stretch.lower) else ()
        works = pointed if told else reader.spoken
    return ActPart(Act.RECOMMEND, stretch.text, works)


# --- Of the shelf, the reader and the house ------------------------------------------------------------------------


def of_shelf(stretch: Stretch, reader: Reader) -> ActPart:
    detail: dict[str, Any] = {"of": BOOK.first("of.catalogue.", stretch.lower) or "list"}
    if tags := reader.tags(stretch.text):
        detail["tags"] = tags
    if year := re.search(r"(?:19|20)\d\d", stretch.lower):
        detail["year"] = int(year[0])
    if edition := focus.edition_in(stretch.text):
        detail["edition"] = edition
    if made := makers.named(tidy(stretch.text), reader.catalogue):
        detail[made[0].kind] = made[0].name
    return ActPart(Act.CATALOGUE, stretch.text, stretch.pointed, detail=detail)


def asked_of_house(act: Act, stretch: Stretch, reader: Reader) -> ActPart:
    of = BOOK.first(f"of.{act.value}.", stretch.lower)
    if act is Act.DEFINITION and not of:
        of = next(iter(reader.tags(stretch.text)), "")
    return ActPart(act, stretch.text, detail={"of": of} if of else {})


# --- Several parts -------------------------------------------------------------------------------------------------


def coherent(parts: list[ActPart]) -> list[ActPart]:
    """Parts without those that others leave no place for: what only leads up to a question, or is answered by another."""
    acts = {part.act for part in parts}
    if Act.DISTRESS in acts:
        return [part for part in parts if part.act in (Act.DISTRESS, Act.RECOMMEND)]
    compared = {slug for part in parts if part.act is Act.COMPARE for slug in part.works}
    told = [part.text for part in parts if part.act is Act.COMPARE]
    explained = Act.DEFINITION in acts or any(part.act is Act.ABOUT and part.works for part in parts)
    asked = {part.works for part in parts if part.act is Act.ABOUT and questions.questions_in(part.text)}
    written = {part.works for part in parts if part.act is Act.AUTHOR}
    of_named = {one for part in parts if part.act is Act.ABOUT and part.works for one in part.questions}
    return [
        part
        for part in parts
        if not (part.act is Act.ABOUT and asks_of_unnamed(part) and of_named.issuperset(part.questions) and of_named)
        and not (part.act is Act.ABOUT and compared.issuperset(part.works) and compared and not _adds_to(part, told))
        and not (part.act is Act.FIND and explained)
        and not (part.act is Act.DEFINITION and Question.WEB_NOVEL in of_named)
        and not (part.act is Act.ABOUT and part.works in asked and not (asks_plainly(part) or _ends_asking(part)))
        and not (part.act is Act.ABOUT and part.questions == (Question.OVERVIEW,) and part.works in written)
    ]


def asks_plainly(part: ActPart) -> bool:
    """Whether a part asks something of works by words that ask it, or by what may be in them."""
    if part.act is Act.AUTHOR:
        return True
    if part.act is not Act.ABOUT:
        return False
    named = bool(part.detail.get("tags")) and questions.is_question(part.text)
    return named or bool(questions.questions_in(part.text))


def _ends_asking(part: ActPart) -> bool:
    """Whether a part asks, in words that are not understood: that it is not known is said."""
    return part.questions == (Question.OTHER,) and part.text.rstrip().endswith(("?", "？"))


def _adds_to(part: ActPart, compared: list[str]) -> bool:
    """Whether a question asks for more than a comparison of the same works tells."""
    asks = bool({*part.questions} - TOLD_BY_COMPARISON) and asks_plainly(part)
    return asks and not any(part.text in text for text in compared)


def merged(parts: Iterable[ActPart]) -> tuple[ActPart, ...]:
    """Neighbours that do the same as one part."""
    found: list[ActPart] = []
    for part in parts:
        before = found[-1] if found else None
        if before and _is_same(before, part):
            found[-1] = ActPart(
                part.act,
                f"{before.text} {part.text}",
                tuple(dict.fromkeys((*before.works, *part.works))),
                tuple(dict.fromkeys((*before.questions, *part.questions))),
                {**part.detail, **before.detail},
            )
        else:
            found.append(part)
    return tuple(found)


def _is_same(before: ActPart, part: ActPart) -> bool:
    if before.act is not part.act:
        return False
    if part.act is Act.ABOUT:
        same_title = "unknown" in part.detail and before.detail.get("unknown") == part.detail["unknown"]
        return before.works == part.works and (same_title or not (before.detail and part.detail))
    return part.act not in TOLD_OF_WORKS or (before.works == part.works and before.detail == part.detail)
