"""One ask, read as a change to what is wanted: works, groups of tags, limits, and how it stands to the asks before."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..catalogue.snapshot import Label
from ..text.folding import key
from . import first_ask, title_frames
from .mentions import Mention, Parsed
from .numbers import Bounds
from .parse import parse
from .phrasebook import PHRASES
from .tag_relations import (
    ALSO_ANSWERED_BY,
    AMUSING,
    BRIGHTNESS,
    COMEDY,
    DRAMA,
    FEMALE_LEAD,
    HEROINES_STORIES,
    MOODS,
)
from .topics import Confidence
from .vocabulary import Vocabulary


def _pattern(section: str) -> str:
    return PHRASES.pattern("turn_parser", section)


# What each section of the file is, it says itself.
COMEDY_GENRE = re.compile(_pattern("comedy_genre"))
REFINES = re.compile(_pattern("refines"), re.IGNORECASE)
REPLACES = re.compile(_pattern("replaces"), re.IGNORECASE)
ADDS = re.compile(rf"^\s*{_pattern('adds')}\b", re.IGNORECASE)
ALSO = re.compile(rf"\s?{_pattern('also.kind')}?{_pattern('also')}(?![가-힣])")
CLAUSE = re.compile(rf"[.,!?;()。、，！？\n]|{_pattern('clause')}")
ANY_LENGTH = re.compile(_pattern("any_length"))
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
HOPE_BEFORE = re.compile(rf"{_pattern('hope.before')}[^.!?。\n,、]{{0,20}}$")
HOPE_AFTER = re.compile(_pattern("hope.after"))
# "Anime" alone names where a work is known from; only its absence is a condition.
NO_ANIME_AFTER = re.compile(_pattern("no_anime.after"))
NO_ANIME_BEFORE = re.compile(rf"\b{_pattern('no_anime.before')}\s$")
MALE_LEADS = PHRASES.phrases("turn_parser", "male_lead")


@dataclass(slots=True)
class Group:
    """Tags of which a pick needs one, as one ask said them. `kind`: plain, mood, soft (welcome, not needed)."""

    tags: tuple[str, ...]
    kind: str
    said: tuple[str, ...]  # the tags really named, of which `tags` may hold neighbours
    confidence: Confidence = Confidence.SAID


@dataclass(slots=True)
class WishUpdate:
    """What one ask adds to the conversation."""

    works: dict[str, str] = field(default_factory=dict)  # slug to liked, read, refused
    groups: list[Group] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)
    released: set[str] = field(default_factory=set)  # tags that are now all right either way
    facts: dict[str, Any] = field(
        default_factory=dict
    )  # status, volumes, years, edition, anime, brightness, less_known
    about: dict[str, bool] = field(default_factory=dict)  # subject to whether it is wanted
    confidence: dict[str, Confidence] = field(default_factory=dict)  # of a work, an unwanted tag, a fact or a subject
    lifted: set[str] = field(default_factory=set)  # facts of earlier asks that no longer bind
    count: int | None = None
    unknown: list[str] = field(default_factory=list)
    anything: bool = False
    refines: bool = False
    replaces: bool = False
    asks: bool = False

    @property
    def says_something(self) -> bool:
        return bool(
            self.works
            or self.groups
            or self.unwanted
            or self.facts
            or self.about
            or self.anything
            or self.released
            or self.lifted
        )

    @property
    def opens_subject(self) -> bool:
        """Whether it can stand alone as a new subject: it names a genre or a liked work."""
        return (
            any(g.kind == "plain" for g in self.groups) or "liked" in self.works.values() or True in self.about.values()
        )


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
    parsed = parse(first_ask.without(text, lines), vocabulary)
    lower = parsed.source.lower()
    update.refines = bool(REFINES.search(parsed.source))
    update.replaces = bool(REPLACES.search(parsed.source))
    update.asks = asks_for_books(parsed.source)
    asked = _Asked(parsed, lower, language)
    for mention in parsed.mentions:
        if mention.kind != "tag":  # those are read together
            _TAKE[mention.kind](update, mention, asked)
    if update.works and ALIKE.search(lower) and "liked" not in update.works.values():
        update.works = {slug: "liked" if role == "read" else role for slug, role in update.works.items()}
    _gather_tags(update, parsed, vocabulary)
    _take_bounds(update, parsed.bounds, lower)
    _take_nth(update, parsed.source, last_picks, vocabulary)
    _find_unknown(update, parsed, vocabulary)
    _take_brightness(update, lower)
    if update.count and not update.says_something and ANYTHING.search(lower):
        update.anything = True
    also = any(
        t.kind == "tag" and t.stance not in REFUSING and ALSO.match(parsed.source, t.end) for t in parsed.mentions
    )
    if also or ADDS.search(parsed.source):
        update.refines = True
    return update


def asks_for_books(text: str) -> bool:
    return bool(REQUEST.search(text))


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


def _take_work(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    role = ROLE_OF_STANCE.get(mention.stance, "liked")
    slug = mention.values[0]
    # "転スラみたいな…、転スラ以外で": a liked work never comes back anyway.
    rank = ("liked", "refused", "read") if mention.stance != "dislike" else ("refused", "liked", "read")
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
        if NO_ANIME_AFTER.match(lower, mention.end) or NO_ANIME_BEFORE.search(lower[: mention.start]):
            update.facts["anime"] = False
    elif mention.stance == "indifferent":
        update.lifted.add("anime")
    else:
        update.facts["anime"] = mention.stance not in REFUSING
        _weigh(update, "anime", mention, asked)


def _take_edition(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    if mention.stance in (*REFUSING, "indifferent"):
        update.lifted.add("edition")
    else:
        edition = mention.values[0] or asked.language
        if edition in ("ko", "en"):
            update.facts["edition"] = edition
            _weigh(update, "edition", mention, asked, Confidence.SAID if mention.values[0] else Confidence.INFERRED)


def _take_known(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    if mention.stance in REFUSING:
        update.facts["less_known"] = True
        update.confidence["less_known"] = Confidence.INFERRED


def _take_obscure(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    update.facts["less_known"] = mention.stance not in REFUSING


def _take_male(update: WishUpdate, mention: Mention, asked: _Asked) -> None:
    """No tag says that a hero is a man, but a heroine's story is not what was meant."""
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
    """A subject that no tag stands for. What is found in a synopsis is a leaning: the others may have it too."""
    for subject in mention.values:
        if mention.stance != "indifferent":
            update.about[subject] = mention.stance not in REFUSING
            update.confidence[subject] = Confidence.INFERRED


def _weigh(update: WishUpdate, fact: str, mention: Mention, asked: _Asked, sure: Confidence = Confidence.SAID) -> None:
    """Note how sure `fact` is, which `target` says."""
    lower = asked.lower
    hoped = mention.stance == "bonus" or _is_hoped(lower, mention.start, mention.end)
    update.confidence[fact] = Confidence.HOPED if hoped else sure


def _is_hoped(text: str, start: int, end: int) -> bool:
    return bool(HOPE_BEFORE.search(text[max(0, start - 40) : start]) or HOPE_AFTER.match(text, end))


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
    for mention in said:
        if mention.stance in REFUSING:
            _refuse(update, mention, vocabulary)
        elif mention.stance == "indifferent":
            update.released.update(mention.values)
        else:
            chains.setdefault(mention.coordination, []).append(mention)
            if mention.values[0] in BRIGHTNESS:
                update.facts["brightness"] = BRIGHTNESS[mention.values[0]]
    for number, wanted in chains.items():
        split = _alternatives(wanted, number in parsed.choices)
        if split > 1:
            update.groups.append(_any_group(wanted[:split]))
        update.groups += [_group(mention) for mention in wanted[split if split > 1 else 0 :]]
    last = {tag: mention.stance in REFUSING for mention in said for tag in mention.values}
    last |= dict.fromkeys(_refused_in_part(said, parsed.source, vocabulary.catalogue.labels), False)
    update.unwanted = [tag for tag in update.unwanted if last.get(tag, True)]
    refused = {tag for tag in update.unwanted if last.get(tag)}
    update.groups = [group for group in update.groups if not set(group.said) <= refused]


def _refused_in_part(said: list[Mention], source: str, labels: dict[str, Label]) -> Iterator[str]:
    """Tags wanted of which only a part is refused: "post-apocalyptic, no zombies".

    Of a tag both wanted and refused by its name ("슬라임 말고 다른 몬스터") the last word counts.
    """
    for mention in said:
        if mention.stance in REFUSING:
            apart = [tag for one in said if _is_wanted_apart(one, mention, source) for tag in one.values]
            yield from (tag for tag in mention.values if tag in apart and not _is_name(mention.phrase, labels[tag]))


def _is_wanted_apart(one: Mention, refused: Mention, source: str) -> bool:
    """Whether `one` is wanted in another clause than that of what is refused."""
    between = source[min(one.end, refused.end) : max(one.start, refused.start)]
    return one.stance not in (*REFUSING, "indifferent") and bool(CLAUSE.search(between))


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


def _refuse(update: WishUpdate, mention: Mention, vocabulary: Vocabulary) -> None:
    tags = mention.values
    # A word of several tags is refused by its mood, not by every genre it may stand for.
    for tag in tags:
        if tag in BRIGHTNESS:
            update.facts["brightness"] = -BRIGHTNESS[tag]
            update.confidence["brightness"] = Confidence.INFERRED
        if mention.soft and vocabulary.groups.get(tag) == "tone":
            continue
        update.unwanted.append(tag)


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
            update.confidence[name] = Confidence.HOPED if _is_hoped(lower, start, end) else sure
    if ANY_LENGTH.search(lower):
        update.lifted |= {"min_volumes", "max_volumes"}
    if ANY_AGE.search(lower):
        update.lifted |= {"min_year", "max_year"}
    for name in update.lifted:
        update.facts.pop(name, None)
    update.count = bounds.count


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
    around = parse(f"{source[:start]}『{title}』{source[end:]}", vocabulary)
    stance = next((mention.stance for mention in around.mentions if mention.values == (slug,)), "")
    return ROLE_OF_STANCE.get(stance, "liked")


def _find_unknown(update: WishUpdate, parsed: Parsed, vocabulary: Vocabulary) -> None:
    """Titles in a clear frame ("I loved X", "X 재밌게 읽었어") in which nothing on the shelf was recognised."""
    for start, end in title_frames.framed(parsed.source):
        _take_title(update, parsed, start, end, vocabulary)


def _take_title(update: WishUpdate, parsed: Parsed, start: int, end: int, vocabulary: Vocabulary) -> None:
    title = title_frames.trimmed(parsed.source[start:end])
    touching = [t for t in parsed.mentions if t.start < end and start < t.end]
    if any(t.kind in ("work", "unknown") for t in touching) or title_frames.NOT_A_TITLE.search(title):
        return
    covered = sum(min(t.end, end) - max(t.start, start) for t in touching)
    if covered * 2 > len(title) or len(key(title)) < 2:
        return
    if slug := vocabulary.nearly(title):
        at = parsed.source.index(title, start)
        update.works[slug] = _role_of(slug, parsed.source, at, at + len(title), vocabulary)
        update.confidence[slug] = Confidence.INFERRED
    elif title not in update.unknown:
        update.unknown.append(title)
    # "Redo of Healer" asks for no medicine.
    inside = {tag for t in touching for tag in t.values}
    update.groups = [group for group in update.groups if not (inside and set(group.said) <= inside)]
    update.unwanted = [tag for tag in update.unwanted if tag not in inside]
