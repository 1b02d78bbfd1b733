"""One ask, read as a change to what is wanted: works, groups of tags, limits, and how it stands to the asks before."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from ...catalogue.snapshot import Label
from ...text.folding import key
from ...text.matcher import tidy
from ..names import authors, title_frames
from ..names.half_names import called_for_short
from ..names.loose_names import is_everyday, meant_by
from ..stances import asides
from ..stances.parse import parse
from ..tag_relations import (
    ADULT_LEAD,
    ALSO_ANSWERED_BY,
    AMUSING,
    ANTIHERO,
    BL,
    BRIGHTNESS,
    COMEDY,
    DRAMA,
    FEMALE_LEAD,
    FRIGHTENING,
    HEROINES_STORIES,
    LEADS,
    LOVE,
    MANY_PARTNERS,
    MOODS,
    NON_HUMAN,
    TRADES,
    WEB_NOVEL,
    YURI,
)
from ..topics import Confidence
from ..words import flavours, subjects
from ..words.mentions import Mention, Parsed
from ..words.numbers import Bounds
from ..words.phrasebook import PHRASES
from ..words.vocabulary import Vocabulary
from . import author_wishes, circumstances, first_ask, maker_wishes
from .maker_wishes import MAKERS, MakerWish


def _pattern(section: str, *languages: str) -> str:
    return PHRASES.pattern("turn_parser", section, *languages)


# What each section of the file is, it says itself.
COMEDY_GENRE = re.compile(_pattern("comedy_genre"))
REFINES = re.compile(_pattern("refines"), re.IGNORECASE)
REPLACES = re.compile(_pattern("replaces"), re.IGNORECASE)
TURNS = re.compile(_pattern("turns"), re.IGNORECASE)
NO_TURN = re.compile(_pattern("turns.no"), re.IGNORECASE)
ANEW = re.compile(_pattern("anew"), re.IGNORECASE | re.MULTILINE)
FORGETS = re.compile(_pattern("forgets"), re.IGNORECASE)
ADDS = re.compile(rf"^\s*{_pattern('adds')}\b", re.IGNORECASE)
ALSO = re.compile(rf"\s?{_pattern('also.kind')}?{_pattern('also')}(?![가-힣])")
CLAUSE = re.compile(rf"[.,!?;()。、，！？\n]|{_pattern('clause')}")
ANY_LENGTH = re.compile(_pattern("any_length"))
ANY_PUBLISHER = re.compile(_pattern("any_publisher"))
ANY_AGE = re.compile(_pattern("any_age"))
BRIGHTER = re.compile(_pattern("brighter"))
DARKER = re.compile(_pattern("darker"))
REQUEST = re.compile(_pattern("request"), re.IGNORECASE)
ALIKE = re.compile(_pattern("alike"))
ANYTHING = re.compile(_pattern("anything"))
NTH = re.compile(
    rf"{_pattern('nth')}|(?P<last>{_pattern('nth.last')})|(?P<first>{_pattern('nth.first')})",
    re.IGNORECASE,
)
ORDINALS = {word: place for place in range(1, 6) for word in PHRASES.phrases("turn_parser", f"ordinal.{place}")}
INSTEAD = re.compile(_pattern("instead"), re.IGNORECASE)
HOPE_BEFORE = re.compile(rf"{_pattern('hope.before')}[^.!?。\n,、]{{0,20}}$")
HOPE_AFTER = re.compile(_pattern("hope.after"))
MUST_BEFORE = re.compile(rf"{_pattern('must.before')}[^.!?。\n,、]{{0,12}}$")
MUST_AFTER = re.compile(_pattern("must.after"))
# "Anime" alone names where a work is known from; only its absence is a condition.
NO_ANIME_AFTER = re.compile(_pattern("no_anime.after"))
NO_ANIME_BEFORE = re.compile(rf"\b{_pattern('no_anime.before')}\s$")
LIKENED_HERO = re.compile(_pattern("likened_hero"))
MALE_TOO = re.compile(_pattern("male_too"))
NO_JAPANESE = re.compile(PHRASES.pattern("preferences", "level.none"))
NEEDS_EDITION = {one: re.compile(_pattern("needs_edition", one)) for one in ("ko", "en", "ja")}
ASKED_BEHIND = re.compile(r"[^.!?。！？\n]*[?？]")
EDITIONS = ("ko", "en")  # languages in which an edition may be lacking
LENGTHS, YEARS = {"min_volumes", "max_volumes"}, {"min_year", "max_year"}
MAX_ARTICLE = 4  # letters of an article and its blank
MAX_AROUND = 120  # characters on either side of a title that tell how its reader stands to it
MANY_LIKES = 3  # from which on nobody means all of them in one work
WEB_NOVELS = tuple(PHRASES.keys("turn_parser", "web_novel"))
ONE_PARTNER = tuple(PHRASES.keys("turn_parser", "one_partner"))
NOBODY_DIES = re.compile(_pattern("nobody_dies"))
WOMAN_OF = re.compile(_pattern("woman_of"))
MAN = re.compile(_pattern("man"), re.IGNORECASE)
EVIL = re.compile(_pattern("evil"), re.IGNORECASE)
LEADS_IT = re.compile(_pattern("leads_it"), re.IGNORECASE)
ANIMALS = frozenset(PHRASES.phrases("turn_parser", "animals", "en"))
GIRL_READS = re.compile(_pattern("girl_reads"), re.IGNORECASE)
BOY_READS = re.compile(_pattern("boy_reads"), re.IGNORECASE)
# Subjects of which a tag's word tells: a witch is more than magic.
TOLD_CLOSER = {name.removeprefix("closer."): frozenset(PHRASES.keys("turn_parser", name))
               for name in PHRASES.sections("turn_parser", "en") if name.startswith("closer.")}  # fmt: skip
MALE_LEADS = PHRASES.phrases("turn_parser", "male_lead")

# Fields of an update that JSON holds as they are.
PLAIN = (
    "authors",
    "by",
    "not_by",
    *MAKERS,
    "works",
    "unwanted",
    "less",
    "passing",
    "facts",
    "about",
    "also_volumes",
    "count",
    "unknown",
    "anything",
    "refines",
    "replaces",
    "turns",
    "anew",
    "forgets",
    "asks",
)


@dataclass(slots=True)
class Group:
    """Tags of which a pick needs one, as one ask said them. `kind`: plain, mood, soft (welcome, not needed)."""

    tags: tuple[str, ...]
    kind: str
    said: tuple[str, ...]  # the tags really named, of which `tags` may hold neighbours
    confidence: Confidence = Confidence.SAID

    def as_json(self) -> list[Any]:
        return [list(self.tags), self.kind, list(self.said), self.confidence.value]

    def without(self, gone: set[str]) -> "Group":
        """The group less the tags that are `gone`, of those that were named."""
        if gone.isdisjoint(self.said):
            return self
        tags, said = (tuple(tag for tag in named if tag not in gone) for named in (self.tags, self.said))
        return replace(self, tags=tags, said=said)

    @classmethod
    def from_json(cls, values: list[Any]) -> Self:
        tags, kind, said, confidence = values
        return cls(tuple(tags), kind, tuple(said), Confidence(confidence))


@dataclass(slots=True)
class WishUpdate:
    """What one ask adds to the conversation."""

    works: dict[str, str] = field(default_factory=dict)  # slug to liked, read, refused, unlike
    authors: list[str] = field(default_factory=list)  # whose books, or the like of them, are asked for
    by: list[str] = field(default_factory=list)  # of these those whose own books are asked for
    not_by: list[str] = field(default_factory=list)  # authors who are refused
    published: list[str] = field(default_factory=list)  # publishers and imprints, see `names.makers`
    not_published: list[str] = field(default_factory=list)
    drawn_by: list[str] = field(default_factory=list)  # illustrators
    not_drawn_by: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    less: list[str] = field(default_factory=list)  # tags of which a little is all right
    passing: list[str] = field(default_factory=list)  # of the unwanted those that only another trade is preferred to
    released: set[str] = field(default_factory=set)  # tags that are now all right either way
    facts: dict[str, Any] = field(
        default_factory=dict
    )  # status, volumes, years, edition, anime, brightness, less_known
    about: dict[str, bool] = field(default_factory=dict)  # subject to whether it is wanted
    confidence: dict[str, Confidence] = field(default_factory=dict)  # of a work, an unwanted tag, a fact or a subject
    lifted: set[str] = field(default_factory=set)  # facts of earlier asks that no longer bind
    musts: set[str] = field(default_factory=set)  # facts of which it is said that nothing may loosen them
    also_volumes: int | None = None  # so many volumes are all right too: an upper limit below it rises
    count: int | None = None
    unknown: list[str] = field(default_factory=list)
    anything: bool = False
    refines: bool = False
    replaces: bool = False
    turns: bool = False  # to another mood than the one so far
    anew: bool = False
    forgets: bool = False  # what was refused before it as well
    asks: bool = False

    def as_json(self) -> dict[str, Any]:
        """Only what was said, for keeping with the turn."""
        told = {
            **{name: getattr(self, name) for name in PLAIN},
            "groups": [group.as_json() for group in self.groups],
            "confidence": {name: sure.value for name, sure in self.confidence.items()},
            "released": sorted(self.released),
            "lifted": sorted(self.lifted),
            "musts": sorted(self.musts),
        }
        return {name: value for name, value in told.items() if value}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        return cls(
            **{name: values[name] for name in PLAIN if name in values},
            groups=[Group.from_json(group) for group in values.get("groups", ())],
            confidence={name: Confidence(sure) for name, sure in values.get("confidence", {}).items()},
            released=set(values.get("released", ())),
            lifted=set(values.get("lifted", ())),
            musts=set(values.get("musts", ())),
        )

    @property
    def says_something(self) -> bool:
        return bool(
            self.works
            or self.authors
            or self.not_by
            or any(getattr(self, name) for name in MAKERS)
            or self.groups
            or self.unwanted
            or self.less
            or self.facts
            or self.about
            or self.anything
            or self.released
            or self.lifted
            or self.also_volumes
        )

    @property
    def opens_subject(self) -> bool:
        """Whether it can stand alone as a new subject: it names a genre or a liked work."""
        about = any(wanted and subjects.is_known(one) for one, wanted in self.about.items())
        named = "liked" in self.works.values() or self.authors or about
        return bool(named or any(group.kind == "plain" for group in self.groups))


@dataclass(frozen=True, slots=True)
class _Asked:
    """The ask around what is named in it. `lower`: its words in small letters. `language`: that of the reader."""

    parsed: Parsed
    lower: str
    language: str


def parse_ask(text: str, vocabulary: Vocabulary, language: str, last_picks: Sequence[str]) -> WishUpdate:
    """`language`: that of the reader. `last_picks`: slugs the last reply offered, in their order."""
    update = WishUpdate()
    lines = first_ask.read(text)
    for line in lines:
        if line.answer:
            _ANSWER[line.question](update, line.answer, vocabulary)
    said = first_ask.without(text, lines)
    parsed = _without_asides(parse(maker_wishes.masked(said, vocabulary.catalogue), vocabulary))
    made = maker_wishes.read(tidy(said), vocabulary, parsed.works)
    lower = parsed.source.lower()
    update.refines = bool(REFINES.search(parsed.source))
    update.replaces = bool(REPLACES.search(parsed.source))
    update.asks = asks_for_books(parsed.source)
    asked = _Asked(parsed, lower, language)
    if last_picks:
        _drop_places(parsed, lower)
    for mention in parsed.mentions:
        if mention.kind != "tag":  # those are read together
            _TAKE[mention.kind](update, mention, asked)
    if update.works and ALIKE.search(lower) and "liked" not in update.works.values():
        update.works = {slug: "liked" if role == "read" else role for slug, role in update.works.items()}
    _gather_tags(update, parsed, vocabulary)
    _take_closer(update, parsed)
    _take_man(update, parsed)
    _take_women(update, lower)
    if INSTEAD.search(lower):
        update.passing = [tag for tag in update.unwanted if tag in TRADES]
    _refuse_unsaid(update, FRIGHTENING if asides.tells_of_fear(lower) else ())
    update.about |= dict.fromkeys([subjects.DEATH] if NOBODY_DIES.search(lower) else [], False)
    _take_bounds(update, parsed.bounds, lower)
    _take_nth(update, parsed.source, last_picks, vocabulary)
    _find_unknown(update, parsed, vocabulary, last_picks)
    _take_authors(update, parsed, vocabulary)
    update.lifted |= lifted_by(tidy(said))
    _take_makers(update, made)
    _take_brightness(update, lower)
    _take_need_to_read(update, lower, language)
    if update.count and not update.says_something and ANYTHING.search(lower):
        update.anything = True
    update.unknown = [one for one in update.unknown if not _is_somebody(one, lower)]
    also = any(
        t.kind == "tag" and t.stance not in REFUSING and ALSO.match(parsed.source, t.end) for t in parsed.mentions
    )
    if also or ADDS.search(parsed.source):
        update.refines = True
    return update


def _without_asides(parsed: Parsed) -> Parsed:
    """Without what is named where nothing is asked for by it: tags and subjects that only tell of a reader's day (work,
    surgery, whose daughter reads it) or of who wrote a book, and tags that the words of a flavour are only taken for ("not like every other
    isekai")."""
    of_the_day, flavoured = circumstances.spans(parsed.source), flavours.not_meant(parsed.source)
    of_authors = author_wishes.spans(parsed.source)

    def is_aside(one: Mention) -> bool:
        if one.kind in ("tag", "about", "unknown") and any(_overlap(one, *at) for at in of_authors):
            return True
        if one.kind in ("tag", "about") and one.stance not in REFUSING and any(_overlap(one, *at) for at in of_the_day):
            return True
        taken = (tags for *at, tags in flavoured if _overlap(one, *at))
        return one.kind == "tag" and any(one.values[0] in tags for tags in taken)

    return replace(parsed, mentions=[one for one in parsed.mentions if not is_aside(one)])


def _is_somebody(name: str, lower: str) -> bool:
    """Whether an unknown name is of somebody that a hero is likened to, and no title: "마오마오처럼 똑똑한 여주"."""
    place = lower.find(name.lower())
    return place >= 0 and bool(LIKENED_HERO.match(lower, place + len(name)))


def _overlap(mention: Mention, start: int, end: int) -> bool:
    return mention.start < end and start < mention.end


def begins_anew(text: str) -> bool:
    """Whether what was wanted before `text` is dropped: "something else entirely"."""
    return bool(ANEW.search(text.lower())) or forgets(text)


def forgets(text: str) -> bool:
    """Whether all that was said before `text` is dropped: "forget all that"."""
    return bool(FORGETS.search(text.lower()))


def turns_away(text: str) -> bool:
    """Whether `text` turns from the mood so far to another, and does not only add to it: "not that one, I want …"."""
    lower = text.lower()
    return bool(TURNS.search(lower)) and not (NO_TURN.search(lower) or ADDS.search(lower))


def points_back(text: str) -> bool:
    """Whether `text` speaks of a place in the last reply: read later, it no longer names that work."""
    return bool(NTH.search(text.lower()))


def asks_for_books(text: str) -> bool:
    return bool(REQUEST.search(text))


def _refuse_unsaid(update: WishUpdate, tags: Iterable[str]) -> None:
    """Refuse what was not named, as far as it is not wanted."""
    asked = {tag for group in update.groups for tag in group.said}
    for tag in tags:
        if tag not in asked and tag not in update.unwanted:
            update.unwanted.append(tag)
            update.confidence[tag] = Confidence.INFERRED


def _take_women(update: WishUpdate, lower: str) -> None:
    """A woman's story where a word for the hero says so, a villain's where they are to be one in earnest, and whose love
    it is where a word stands for both."""
    if WOMAN_OF.search(lower) and FEMALE_LEAD not in update.unwanted:
        update.groups.append(Group((FEMALE_LEAD,), "plain", (FEMALE_LEAD,)))
    if EVIL.search(lower) and ANTIHERO not in update.unwanted:
        update.groups.append(Group((ANTIHERO,), "plain", (ANTIHERO,)))
    led_by = bool(WOMAN_OF.search(lower) or EVIL.search(lower))
    if led_by and {tag for group in update.groups for tag in group.said} <= {FEMALE_LEAD, ANTIHERO}:
        update.refines = True  # who is to lead the story that was asked for
    reader = (YURI,) if GIRL_READS.search(lower) else (BL,) if BOY_READS.search(lower) else ()
    if reader:
        update.groups = [
            replace(group, tags=reader, said=reader) if set(group.said) == LOVE else group for group in update.groups
        ]


def _take_brightness(update: WishUpdate, lower: str) -> None:
    """Brighter or darker than so far, where no tag has said it."""
    if BRIGHTER.search(lower):
        update.facts.setdefault("brightness", 1)
    elif DARKER.search(lower):
        update.facts.setdefault("brightness", -1)


def _answer_genre(update: WishUpdate, answer: str, vocabulary: Vocabulary) -> None:
    said = [mention for mention in parse(answer, vocabulary).mentions if mention.kind == "tag"]
    update.unwanted += [tag for mention in said if mention.stance in REFUSING for tag in mention.values]
    tags = tuple(dict.fromkeys(tag for mention in said if mention.stance not in REFUSING for tag in mention.values))
    if tags:
        update.groups.append(Group(tags, "plain", tags))


def _answer_dislike(update: WishUpdate, answer: str, vocabulary: Vocabulary) -> None:
    refused = [mention for mention in parse(answer, vocabulary).mentions if mention.kind == "tag"]
    update.unwanted += [tag for mention in refused for tag in mention.values]


def _answer_mood(update: WishUpdate, answer: str, vocabulary: Vocabulary) -> None:
    if mood := first_ask.mood_of(answer):
        update.facts["brightness"] = 1 if mood == first_ask.BRIGHT else -1


def _answer_read(update: WishUpdate, answer: str, vocabulary: Vocabulary) -> None:
    """Works read lately are taken as liked: why else would a reader name them."""
    for title in first_ask.titles_of(answer):
        work = vocabulary.catalogue.find(title)
        named = [work.slug] if work else [t.values[0] for t in parse(title, vocabulary).mentions if t.kind == "work"]
        update.works |= dict.fromkeys(named, "liked")
        if not named:
            update.unknown.append(title)


# An answer of the form of the first visit is read by what was asked, not as a sentence.
_ANSWER: dict[str, Callable[[WishUpdate, str, Vocabulary], None]] = {
    "genre": _answer_genre,
    "read": _answer_read,
    "mood": _answer_mood,
    "dislike": _answer_dislike,
}
REFUSING = ("refuse", "dislike")
ROLE_OF_STANCE = {
    "like": "liked",
    "similar": "liked",
    "read": "read",
    "refuse": "refused",
    "dislike": "refused",
    "": "liked",
}


def _role(mention: Mention) -> str:
    return "unlike" if mention.alike else ROLE_OF_STANCE.get(mention.stance, "liked")


def _take_work(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    if mention.told and mention.stance in ("", "indifferent"):
        return
    role = _role(mention)
    slug = mention.values[0]
    # "転スラみたいな…、転スラ以外で": a liked work never comes back anyway.
    others = ("liked", "refused", "read") if mention.stance != "dislike" else ("refused", "liked", "read")
    rank = ("unlike", *others)
    if slug not in update.works or rank.index(role) < rank.index(update.works[slug]):
        update.works[slug] = role
        if not mention.stance:
            update.confidence[slug] = Confidence.INFERRED


def _take_status(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    if mention.stance == "indifferent":
        update.lifted.add("status")
        return
    _weigh(update, "status", mention, asked)
    other = {"completed": "ongoing", "ongoing": "completed"}
    status = mention.values[0]
    if mention.joined == "any" and not mention.stance and update.facts.get("status") == other[status]:
        update.facts.pop("status")
        update.lifted.add("status")
        return
    update.facts["status"] = other[status] if mention.stance in REFUSING else status


def _take_anime(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    if mention.values[0] == "maybe":
        lower = asked.lower
        denied = NO_ANIME_AFTER.match(lower, mention.end) or NO_ANIME_BEFORE.search(lower[: mention.start])
        if denied or mention.stance == "refuse":
            update.facts["anime"] = False
    elif mention.stance == "indifferent":
        update.lifted.add("anime")
    else:
        update.facts["anime"] = mention.stance not in REFUSING
        _weigh(update, "anime", mention, asked)


def _take_edition(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    if mention.stance == "indifferent" or (mention.stance in REFUSING and not _is_asked(asked, mention)):
        update.lifted.add("edition")
    elif mention.stance in REFUSING:
        return  # "isn't it in English?" asks of a book
    else:
        edition = mention.values[0] or asked.language
        if edition in EDITIONS:
            update.facts["edition"] = edition
            _weigh(update, "edition", mention, asked, Confidence.SAID if mention.values[0] else Confidence.INFERRED)


def _is_asked(asked: _Asked, mention: Mention) -> bool:
    """Whether what is named is asked about: "isn't it in English?"."""
    return bool(ASKED_BEHIND.match(asked.lower, mention.end))


def _take_known(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    """What is well known, refused or asked for; who asks for it after all takes back what was said before."""
    if mention.stance in REFUSING:
        update.facts["less_known"] = True
        _weigh(update, "less_known", mention, asked)
    elif mention.stance in ("", "like"):
        update.lifted.add("less_known")


def _take_obscure(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    update.facts["less_known"] = mention.stance not in REFUSING
    update.lifted.discard("less_known")
    _weigh(update, "less_known", mention, asked)


def _take_male(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    """No tag says that a hero is a man, but a heroine's story is not what was meant."""
    if MALE_TOO.match(asked.lower, mention.end):
        return  # "the male lead too": as the one who reads, and no word against a heroine
    if mention.phrase in MALE_LEADS and any(
        HEROINES_STORIES & {*one.values} for one in asked.parsed.mentions if one.kind == "tag"
    ):
        return  # in a romance it is whom she loves
    if mention.stance in REFUSING:
        update.groups.append(Group((FEMALE_LEAD,), "plain", (FEMALE_LEAD,)))
    elif mention.stance != "indifferent":
        update.unwanted.append(FEMALE_LEAD)
        update.confidence[FEMALE_LEAD] = Confidence.INFERRED


def _take_about(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    """A subject that no tag stands for. What is found in a synopsis is a leaning: the others may have it too. What was
    read is a title."""
    if mention.stance == "read":
        return
    for subject in mention.values:
        if mention.stance != "indifferent":
            update.about[subject] = mention.stance not in REFUSING
            update.confidence[subject] = Confidence.INFERRED
        if mention.stance not in (*REFUSING, "indifferent"):
            if subject in ANIMALS and LEADS_IT.match(asked.lower, mention.end):
                update.groups.append(Group((NON_HUMAN,), "plain", (NON_HUMAN,)))
            update.groups += [Group((tag,), "plain", (tag,)) for tag in subjects.needed_by(subject)]


def _weigh(update: WishUpdate, fact: str, mention: Mention, asked: _Asked, sure: Confidence = Confidence.SAID) -> None:
    """Note how sure `fact` is, which `target` says."""
    lower = asked.lower
    hoped = mention.stance == "bonus" or _is_hoped(lower, mention.start, mention.end)
    update.confidence[fact] = Confidence.HOPED if hoped else sure
    if not hoped and _is_must(lower, mention.start, mention.end):
        update.musts.add(fact)


def _is_hoped(text: str, start: int, end: int) -> bool:
    return bool(HOPE_BEFORE.search(text[max(0, start - 40) : start]) or HOPE_AFTER.match(text, end))


def _is_must(text: str, start: int, end: int) -> bool:
    """Whether what stands at a place is said to be needed whatever else: "무조건 완결", "finished, no exceptions"."""
    return bool(MUST_BEFORE.search(text[max(0, start - 40) : start]) or MUST_AFTER.match(text, end))


def _take_need_to_read(update: WishUpdate, lower: str, language: str) -> None:
    """The edition that somebody needs, and the end that somebody waits for who begins nothing unfinished."""
    take_edition_needed(update, lower, language)
    if circumstances.says(circumstances.ONLY_FINISHED, lower) and "status" not in update.lifted:
        update.facts["status"] = "completed"
        update.musts.add("status")


def take_edition_needed(update: WishUpdate, lower: str, language: str) -> None:
    """The edition without which whoever reads cannot read: "she only reads English", "none without a translation". Words
    that turn away from its lack name it, and take nothing back. A Japanese reader has it in every book."""
    is_needed = bool(NEEDS_EDITION[language].search(lower))
    if is_needed:
        update.lifted.discard("edition")
    if not (is_needed or NO_JAPANESE.search(lower)) or "edition" in update.lifted:
        return
    if language in EDITIONS:
        update.facts.setdefault("edition", language)
    else:
        update.refines = True


def needs_edition(text: str, language: str) -> bool:
    """Whether `text` says in which language whoever reads needs a book to be."""
    return bool(NEEDS_EDITION[language].search(text.lower()))


def _take_anything(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    update.anything = True


def _take_unknown(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    update.unknown.append(mention.values[0])


_TAKE: dict[str, Callable[[WishUpdate, Mention, _Asked], None]] = {
    "work": _take_work,
    "status": _take_status,
    "anime": _take_anime,
    "edition": _take_edition,
    "known": _take_known,
    "obscure": _take_obscure,
    "male": _take_male,
    "anything": _take_anything,
    "unknown": _take_unknown,
    "about": _take_about,
}


def _gather_tags(update: WishUpdate, parsed: Parsed, vocabulary: Vocabulary) -> None:
    """Tags, chain by chain: a list of which any will do becomes one group."""
    said = [mention for mention in parsed.mentions if mention.kind == "tag"]
    chains: dict[int, list[Mention]] = {}
    asked = {tag for mention in said if mention.stance not in (*REFUSING, "indifferent") for tag in mention.values}
    borne = {mention.phrase: mention.start for mention in said if mention.stance == "indifferent"}
    for mention in said:
        if mention.stance in REFUSING:
            _refuse(update, mention, vocabulary, asked)
        elif mention.stance == "indifferent":
            update.released.update(mention.values)
        elif mention.start > borne.get(mention.phrase, -1):  # of one word said twice the last counts
            chains.setdefault(mention.coordination, []).append(mention)
            if mention.values[0] in BRIGHTNESS:
                update.facts["brightness"] = BRIGHTNESS[mention.values[0]]
    _keep_to_one_partner(update, chains)
    chains, choices = _likes_together(chains, parsed.choices)
    for number, wanted in chains.items():
        others = _without_leads(wanted)
        split = _alternatives(others, number in choices)
        choice = others[:split] if split > 1 else []
        if choice:
            update.groups.append(_any_group(choice))
        update.groups += [_group(mention) for mention in wanted if mention not in choice]
    last = {tag: mention.stance in REFUSING for mention in said for tag in mention.values}
    last |= dict.fromkeys(_refused_in_part(said, parsed.source, vocabulary.catalogue.labels), False)
    update.unwanted = [tag for tag in update.unwanted if last.get(tag, True)]
    update.less = [tag for tag in dict.fromkeys(update.less) if last.get(tag, True) and tag not in update.unwanted]
    refused = {tag for tag in update.unwanted if last.get(tag)}
    update.groups = [group for group in update.groups if not set(group.said) <= refused]


def _without_leads(wanted: list[Mention]) -> list[Mention]:
    """What else a list asks for than who its story is told of: a heroine is no alternative to trade and politics, unless
    an "or" makes her one."""
    return [one for one in wanted if not LEADS & {*one.values} or one.joined == "any"] or wanted


def _likes_together(
    chains: dict[int, list[Mention]], choices: frozenset[int]
) -> tuple[dict[int, list[Mention]], frozenset[int]]:
    """Of likes that are told one after the other ("I like isekai. I like comedy. …") any will do, as of a list."""
    wanted = [mention for chain in chains.values() for mention in chain]
    if len(chains) < MANY_LIKES or any(mention.stance != "like" for mention in wanted):
        return chains, choices
    first = next(iter(chains))
    return {first: wanted}, frozenset((first,))


def _keep_to_one_partner(update: WishUpdate, chains: dict[int, list[Mention]]) -> None:
    """ "순애", "one girl only": who asks for one couple wants no harem, unless one is asked for as well."""
    wanted = [mention for chain in chains.values() for mention in chain]
    asks_for_many = any(MANY_PARTNERS in mention.values for mention in wanted)
    if not asks_for_many and any(mention.phrase.startswith(ONE_PARTNER) for mention in wanted):
        update.unwanted.append(MANY_PARTNERS)
        update.confidence[MANY_PARTNERS] = Confidence.INFERRED


def _refused_in_part(said: list[Mention], source: str, labels: dict[str, Label]) -> Iterator[str]:
    """Tags wanted of which only a part is refused: "post-apocalyptic, no zombies".

    Of a tag both wanted and refused by its name ("슬라임 말고 다른 몬스터") the last word counts.
    """
    wanted: dict[str, list[Mention]] = {}
    for mention in said:
        if mention.stance not in (*REFUSING, "indifferent"):
            for tag in mention.values:
                wanted.setdefault(tag, []).append(mention)
    clauses = [match.start() for match in CLAUSE.finditer(source)]
    for mention in said:
        if mention.stance in REFUSING:
            yield from (
                tag
                for tag in mention.values
                if tag in wanted
                and not _is_name(mention.phrase, labels[tag])
                and _are_apart(wanted[tag], mention, clauses)
            )


def _are_apart(wanted: list[Mention], refused: Mention, clauses: list[int]) -> bool:
    """Whether one of `wanted` stands in another clause than `refused`; `clauses`: where clauses end. The outermost
    are the farthest, so that they tell it."""
    return any(
        bisect_left(clauses, min(one.end, refused.end)) < bisect_left(clauses, max(one.start, refused.start))
        for one in (wanted[0], wanted[-1])
    )


def _is_name(phrase: str, label: Label) -> bool:
    return any(phrase[:2] in key(name) for name in label.labels.values())


def _alternatives(wanted: list[Mention], is_list: bool) -> int:
    """How many of `wanted`, from the first, are alternatives: of "cooking or crafting, cozy" two."""
    if not is_list:
        return 0
    if all(mention.stance == "like" for mention in wanted):
        return len(wanted)
    joints = [place for place, mention in enumerate(wanted) if mention.joined == "any"]
    return joints[-1] + 1 if joints else 0


def _any_group(wanted: list[Mention]) -> Group:
    groups = [_group(mention) for mention in wanted]
    kinds = {group.kind for group in groups}
    tags = dict.fromkeys(tag for group in groups for tag in group.tags)
    said = dict.fromkeys(tag for group in groups for tag in group.said)
    return Group(tuple(tags), "plain" if "plain" in kinds else kinds.pop(), tuple(said))


def _refuse(update: WishUpdate, mention: Mention, vocabulary: Vocabulary, wanted: set[str]) -> None:
    """`wanted`: the tags wanted elsewhere in the ask."""
    tags = mention.values
    # A word of several tags is refused by its mood, not by every genre it may stand for.
    for tag in tags:
        # "Dark but not grimdark" asks for nothing brighter.
        if tag in BRIGHTNESS and (tag in wanted or not wanted & BRIGHTNESS.keys()):
            update.facts["brightness"] = -BRIGHTNESS[tag]
            update.confidence["brightness"] = Confidence.INFERRED
        if (mention.soft or mention.mild) and vocabulary.groups.get(tag) == "tone":
            continue
        if mention.soft and tag == COMEDY:
            continue  # "funny, but not stupid funny"
        (update.less if mention.mild else update.unwanted).append(tag)
    if not mention.mild and mention.phrase.startswith(WEB_NOVELS):
        _refuse_unsaid(update, WEB_NOVEL)


def _group(mention: Mention) -> Group:
    said = mention.values
    if said == (DRAMA,):
        # "A medical drama": beside a genre it says how a story is told.
        return Group(said, "mood", said)
    if mention.stance == "bonus":
        return Group(said, "soft", said, Confidence.HOPED)
    if any(tag in MOODS for tag in said):
        tags = tuple(dict.fromkeys(neighbour for tag in said for neighbour in MOODS.get(tag, (tag,))))
        return Group(tags, "mood", said)
    if COMEDY in said and not COMEDY_GENRE.search(mention.phrase):
        return Group(AMUSING, "mood", said)
    tags = tuple(dict.fromkeys(neighbour for tag in said for neighbour in ALSO_ANSWERED_BY.get(tag, (tag,))))
    return Group(tags, "plain", said)


def _take_bounds(update: WishUpdate, bounds: Bounds, lower: str) -> None:
    where, guessed = bounds.where or {}, bounds.guessed or ()
    for name in ("min_volumes", "max_volumes", "min_year", "max_year"):
        if (value := getattr(bounds, name)) is not None:
            update.facts[name] = value
            start, end = where.get(name, (0, 0))
            sure = Confidence.INFERRED if name in guessed else Confidence.SAID
            hoped = _is_hoped(lower, start, end)
            update.confidence[name] = Confidence.HOPED if hoped else sure
            if name in where and not hoped and _is_must(lower, start, end):
                update.musts.add(name)
    update.also_volumes = bounds.also_volumes
    update.lifted |= lifted_by(lower)
    if bounds.bought and bounds.min_volumes is None and bounds.max_volumes is None:
        update.lifted |= LENGTHS
    for name in update.lifted:
        update.facts.pop(name, None)
    update.count = bounds.count


def lifted_by(text: str) -> set[str]:
    """The limits that `text` says no longer matter: "forget the number of books", "any year is fine"."""
    lower = text.lower()
    publishers = {"published"} if ANY_PUBLISHER.search(lower) else set()
    return publishers | (LENGTHS if ANY_LENGTH.search(lower) else set()) | (YEARS if ANY_AGE.search(lower) else set())


def _take_nth(update: WishUpdate, source: str, last_picks: Sequence[str], vocabulary: Vocabulary) -> None:
    """Works referred to by their place in the last reply: "두 번째 거 같은 거", "more like the second"."""
    match = NTH.search(source.lower())
    if not match or not last_picks:
        return
    place = _place_said(match, len(last_picks))
    if 1 <= place <= len(last_picks) and last_picks[place - 1] in vocabulary.catalogue.by_slug:
        slug = last_picks[place - 1]
        update.works[slug] = _role_of(slug, source, *match.span(), vocabulary)
        update.refines = True


def _take_closer(update: WishUpdate, parsed: Parsed) -> None:
    """The subjects that words of tags name, closer than the tag does."""
    for mention in parsed.mentions:
        if mention.kind == "tag" and mention.stance not in (*REFUSING, "indifferent"):
            update.about |= {one: True for one, words in TOLD_CLOSER.items() if mention.phrase in words}


def _take_man(update: WishUpdate, parsed: Parsed) -> None:
    """Where the hero who is asked for is grown up and a man, no heroine's story is meant: "아저씨 주인공"."""
    wanted = {tag for group in update.groups for tag in group.said}
    if ADULT_LEAD in wanted and not HEROINES_STORIES & wanted and MAN.search(parsed.source):
        update.unwanted.append(FEMALE_LEAD)
        update.confidence[FEMALE_LEAD] = Confidence.INFERRED


def _drop_places(parsed: Parsed, lower: str) -> None:
    """Take out works whose names are only a place in the list: "the third" is no title there."""
    places = [match.span() for match in NTH.finditer(lower)]
    parsed.mentions[:] = [
        one
        for one in parsed.mentions
        if one.kind != "work" or one.quoted or not any(_is_place(one, *at) for at in places)
    ]


def _is_place(mention: Mention, start: int, end: int) -> bool:
    """Whether a name is no more than the words of a place in a list, and an article before them."""
    return _overlap(mention, start, end) and mention.end - mention.start <= end - start + MAX_ARTICLE


def _place_said(match: re.Match[str], last: int) -> int:
    """The place in a list of `last` that a match of NTH means; 0 where it means none."""
    if match["last"]:
        return last
    if match["first"]:
        return 1
    text = next(group for group in match.groups() if group)
    return ORDINALS.get(text) or int(re.sub(r"\D", "", text) or 0)


def _role_of(slug: str, source: str, start: int, end: int, vocabulary: Vocabulary) -> str:
    """How the reader would stand to a work if its title stood in `source` in place of what does."""
    title = vocabulary.catalogue.by_slug[slug].titles["ja"]
    before, after = source[max(0, start - MAX_AROUND) : start], source[end : end + MAX_AROUND]
    around = parse(f"{before}『{title}』{after}", vocabulary)
    return next((_role(mention) for mention in around.mentions if mention.values == (slug,)), "liked")


def _find_unknown(update: WishUpdate, parsed: Parsed, vocabulary: Vocabulary, last_picks: Sequence[str]) -> None:
    """Works named in other words than their names, and titles in a clear frame ("I loved X", "X 재밌게 읽었어") in which
    nothing on the shelf was recognised."""
    for start, end in title_frames.framed(parsed.source):
        _take_title(update, parsed, start, end, vocabulary)
    if not last_picks and (short := called_for_short(parsed.source, vocabulary)):
        slug, start, end = short
        update.works.setdefault(slug, _role_of(slug, parsed.source, start, end, vocabulary))
    for places in title_frames.misspelt(parsed.source):
        _take_misspelt(update, parsed, places, vocabulary)


def _take_misspelt(
    update: WishUpdate, parsed: Parsed, places: Iterable[tuple[int, int]], vocabulary: Vocabulary
) -> None:
    """The work that one of `places`, where a title may stand, names but for one letter."""
    for start, end in places:
        if any(one.kind in ("work", "unknown") and one.start < end and start < one.end for one in parsed.mentions):
            return
        title = parsed.source[start:end]
        if not is_everyday(title, vocabulary) and (slug := vocabulary.nearly(title)):
            update.works[slug] = _role_of(slug, parsed.source, start, end, vocabulary)
            update.confidence[slug] = Confidence.INFERRED
            update.unknown = [one for one in update.unknown if one not in title and title not in one]
            return


def _is_proper(title: str, covered: int) -> bool:
    """Whether English words are a name though most of them name a tag: "Solo Leveling", "Lucky Academy"."""
    words = title.split()
    return len(words) > 1 and title.isascii() and covered + 3 < len(title) and all(w[0].isupper() for w in words)


def _take_authors(update: WishUpdate, parsed: Parsed, vocabulary: Vocabulary) -> None:
    """Whose books, or the like of them, are asked for, and who is refused; a name of theirs is no unknown title."""
    for one in authors.called(parsed.source, vocabulary):
        said = parsed.source[one.start : one.end]
        update.unknown = [title for title in update.unknown if said not in title and title not in said]
    wanted = author_wishes.read(parsed.source, vocabulary)
    named = {name for one in parsed.works for name in vocabulary.catalogue.by_slug[one.values[0]].authors}
    # Beside one of their books the name only says which is meant.
    update.by = [name for name in wanted.by if name not in named]
    update.authors = [*update.by, *(name for name in wanted.like if name not in named)]
    update.not_by = [*wanted.not_by]


def _take_makers(update: WishUpdate, made: MakerWish) -> None:
    """Who is to have published it, or drawn for it. A work that only tells whose pictures are meant is not what the
    choice goes by."""
    for name in MAKERS:
        setattr(update, name, [*getattr(made, name)])
    if "published" in update.lifted:  # "needn't be Dengeki": which other they were is no refusal of it
        update.published, update.not_published = [], []
    for slug in made.pointed:
        if update.works.get(slug) == "liked":
            update.works[slug] = "read"
            update.confidence.pop(slug, None)


def _take_title(update: WishUpdate, parsed: Parsed, start: int, end: int, vocabulary: Vocabulary) -> None:
    title = title_frames.trimmed(parsed.source[start:end])
    touching = [t for t in parsed.mentions if t.start < end and start < t.end]
    if any(t.kind in ("work", "unknown") for t in touching) or title_frames.NOT_A_TITLE.search(title):
        return
    covered = sum(min(t.end, end) - max(t.start, start) for t in touching)
    if len(key(title)) < 2 or (covered * 2 > len(title) and not _is_proper(title, covered)):
        return
    if slug := meant_by(title, vocabulary):
        at = parsed.source.index(title, start)
        update.works[slug] = _role_of(slug, parsed.source, at, at + len(title), vocabulary)
        update.confidence[slug] = Confidence.INFERRED
    elif any(begin <= start and end <= last for begin, last in flavours.spans(parsed.source)):
        return  # "like Christmas" names a season
    elif title not in update.unknown:
        update.unknown.append(title)
    # "Redo of Healer" asks for no medicine.
    inside = {tag for t in touching for tag in t.values}
    update.groups = [group for group in update.groups if not (inside and set(group.said) <= inside)]
    update.unwanted = [tag for tag in update.unwanted if tag not in inside]
