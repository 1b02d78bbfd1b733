"""Which works a stretch of a turn speaks of: those it names, and those of the conversation that it points at."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from ...catalogue.snapshot import CatalogueSnapshot, Work
from ...text.folding import fold, key
from ...text.matcher import tidy
from ..acts import Dialogue, Question
from ..asking import questions
from ..words.cue_book import CueBook, plain
from ..words.mentions import Mention, Parsed
from ..words.phrasebook import PHRASES
from ..words.vocabulary import Vocabulary
from . import authors, title_frames
from .asked_names import asked_plainly, told_by_anime
from .half_names import heads, on_the_shelf
from .loose_names import begun, is_everyday

MAX_PLACES = 5
MIN_STRANGE = 5  # letters of a small English word that may be a title where one stands
BOOK = CueBook("focus")
MIN_TITLED = 4  # letters of what stands where a title must
HERE = "\0"  # where a work that is on the shelf is named
BESIDE = re.compile(PHRASES.pattern("focus", "beside"))
AFTER_A_NAME = PHRASES.pattern("focus", "particle")
NUMBER = re.compile(rf"(?<![\w.])\d{{2,3}}(?![\d.]|\s?{PHRASES.pattern('matching', 'unit')})")
HIRAGANA = re.compile("[ぁ-んー]{3,5}")
FILLERS = re.compile(rf"(?:{PHRASES.pattern('focus', 'filler')})\s*", re.IGNORECASE)
SMALL = frozenset(PHRASES.phrases("focus", "small", "en"))
OF_SUBJECT = re.compile(
    r"\b(?!what|which|who|how|where|when|why|so|and|but|ok|then)[a-z]\w*'?s? (?:is|are|was|were)\s*$", re.IGNORECASE
)
TITLE_CASE = re.compile(
    r"(?:[A-Z0-9][\w'’:!.-]*)(?: (?:[A-Z0-9][\w'’:!.-]*|of|the|a|an|in|to|and|for|no|ni|wa|with|x))*"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Works a stretch names (slugs), and titles in it that the catalogue does not have."""

    works: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def named_in(
    text: str, parsed: Parsed, words: Vocabulary, *, last_picks: Sequence[str], called: tuple[str, str] | None = None
) -> Named:
    """What the stretch `text` of the turn `parsed` names. `called`: a work of the conversation that it calls by half
    its name, and by which words; it is meant where no other is named by more than these."""
    source = tidy(text)
    works: list[str] = []
    unknown: list[str] = []
    for mention in parsed.mentions:
        if mention.kind not in ("work", "unknown") or parsed.source[mention.start : mention.end] not in source:
            continue
        if called and key(called[1]) in map(key, mention.values):
            works.append(called[0])
        elif mention.kind == "unknown":
            unknown += mention.values
        elif not _is_everyday(mention, parsed.source) and not _is_place(mention, parsed.source, last_picks):
            works.append(called[0] if called and key(called[1]) == mention.phrase else mention.values[0])
    strange = "" if works or unknown else _titled(source, parsed, words)
    if strange and not (called and key(called[1]) == key(strange)):
        return Named((), (strange,))  # what stands where only a title does is none of the works spoken of
    if called and not works and not unknown:
        works.append(called[0])
    if not works and not unknown:
        return _loosely_named(source, parsed, words)
    if not unknown:
        unknown += _beside(source, parsed, words)
    return Named(tuple(dict.fromkeys(works)), tuple(dict.fromkeys(unknown)))


def _loosely_named(source: str, parsed: Parsed, words: Vocabulary) -> Named:
    """What a stretch names by where the name stands in it."""
    if slug := _leading(source, words) or _numbered(source, words) or told_by_anime(source, words):
        return Named((slug,))
    title = _framed(source, words)
    if title and (slug := _called(title, words) or asked_plainly(title, source, words)):
        return Named((slug,))
    title = authors.without_author(title, words)
    if title and (slug := _called(title, words)):
        return Named((slug,))
    is_title = title and _looks_like_title(title, parsed, words) and not points(plain(title))
    if title.isascii() and title.islower() and not _is_asked_of(title, source):
        return Named()  # "my sister is picky"
    return Named((), (title,)) if is_title else Named()


def _is_asked_of(title: str, source: str) -> bool:
    """Whether the sentence that holds `title` asks: before "is" nothing stands of which it could be told."""
    if source.rstrip().endswith(("?", "？")):
        return True
    return questions.is_question(source) and not OF_SUBJECT.search(source[: source.find(title)])


def _titled(source: str, parsed: Parsed, words: Vocabulary) -> str:
    """What stands where a title must stand, and is none of the catalogue: "is … a light novel?", "do you have …?"."""
    for match in BOOK.matches("titled", plain(source)):
        name = next(name for name, value in match.groupdict().items() if value is not None)
        title = source[match.start(name) : match.end(name)].strip(" \"'“”")
        lower = plain(title)
        if points(lower) or _called(title, words) or BOOK.has("titled.no", lower) or questions.questions_in(title):
            continue
        inside = [parsed.source[one.start : one.end] for one in parsed.mentions if one.kind not in ("work", "unknown")]
        wishes = any(said in title for said in inside) or words.wished_share(title) > 0
        if wishes and name.startswith(("titled_have", "titled_also")) and not title.isascii():
            continue  # "do you have any …?"
        if (TITLE_CASE.fullmatch(title) or not title.isascii()) and len(key(title)) >= MIN_TITLED:
            return title
    return ""


def _beside(source: str, parsed: Parsed, words: Vocabulary) -> list[str]:
    """Titles that the catalogue does not have, where a work is named beside them: "Tower of Dawn and Overlord"."""
    framed = _framed(source, words)
    rest = parsed.untitled(framed, HERE)
    if HERE not in rest:
        return []
    pieces = [piece.strip(" \"'“”") for piece in BESIDE.split(rest)]
    return [
        piece
        for piece in pieces
        if len(pieces) > 1
        and piece
        and HERE not in piece
        and not (BOOK.has("no_title", plain(piece)) or points(plain(piece)) or is_everyday(piece, words))
        and _looks_like_title(piece, parsed, words)
    ]


def _is_everyday(mention: Mention, source: str) -> bool:
    """Whether a name that is a small word of a sentence is written as that word: "Is Konosuba good?"."""
    words = source[mention.start : mention.end]
    return not mention.quoted and words.lower() in SMALL and not (words.isupper() and len(words) > 1)


def _is_place(mention: Mention, source: str, last_picks: Sequence[str]) -> bool:
    """Whether what is also a title says a place among what was offered: "the third" is The Third only in capitals."""
    words = source[mention.start : mention.end]
    if mention.quoted or not last_picks or words.istitle():
        return False
    return any(BOOK.has(f"place.{place}", plain(words)) for place in range(1, MAX_PLACES + 1))


def _framed(source: str, words: Vocabulary) -> str:
    """What stands where a title stands: "who wrote …?", "… 몇 권이야?"."""
    for match in BOOK.matches("frame", plain(source)):
        name = next(name for name, value in match.groupdict().items() if value is not None)
        title = title_frames.without_appearance(source[match.start(name) : match.end(name)].strip(" \"'“”"))
        is_number = title.isdigit() and len(title) > 1 and words.catalogue.find(title)
        if title and (is_number or not (BOOK.has("no_title", plain(title)) or _is_filler(title))):
            return "" if _is_edition(title) else title
    return ""


def _is_edition(title: str) -> bool:
    """Whether nothing but an edition is asked of: "국내 몇 권까지 나옴", 「電子は何巻まで？」."""
    lower = plain(title)
    return any(len(match[0]) >= len(lower.strip()) for match in BOOK.every("edition_alone", lower))


def _is_filler(title: str) -> bool:
    """Whether nothing but words that lead on stands where a title would: "and then"."""
    return not FILLERS.sub("", f"{plain(title)} ").strip()


def _leading(source: str, words: Vocabulary) -> str | None:
    """The work whose name the stretch begins with and goes on to ask of: "86 몇 권이야?", "86の続きは？"."""
    asked = _is_asked(source)
    asks = asked or questions.is_question(source)
    if not asks and not BOOK.has("only_name", plain(source)):
        return None
    found = [(name, words.catalogue.find(name)) for name in heads(source) if len(name) > 1]
    for name, work in found:
        if asks and not asked and is_everyday(name, words):
            continue  # "any slime stories?"
        if work and (not name.isascii() or name.isdigit() or (name[0].isupper() and name.lower() not in SMALL)):
            return work.slug
    if not asked or Question.WHY in questions.questions_in(source):
        return None  # "why did you pick it" begins no title
    near = (
        begun(name, words) or words.nearly(name) or _slipped(name, words)
        for name, _ in found
        if not is_everyday(name, words)
    )
    return next(filter(None, near), None) or on_the_shelf(source, words)


def _numbered(source: str, words: Vocabulary) -> str | None:
    """The work whose name is a number in `source`: "any romance in 86?"."""
    if not (_is_asked(source) or questions.is_question(source) or BOOK.has("told_so_far", plain(source))):
        return None
    named = (words.catalogue.find(number[0]) for number in NUMBER.finditer(source))
    return next((work.slug for work in named if work), None)


def _is_asked(source: str) -> bool:
    return bool(questions.questions_in(source)) and questions.may_be_question(source)


def _called(title: str, words: Vocabulary) -> str | None:
    work = words.catalogue.find(title)
    if work and title.isascii() and title.islower() and key(title) in words.common:
        return None
    return work.slug if work else words.nearly(title) or _slipped(title, words)


def _slipped(title: str, words: Vocabulary) -> str | None:
    """The one work that a short name in hiragana is but one letter away from: れぜろ is リゼロ."""
    if not HIRAGANA.fullmatch(title):
        return None
    typed, by_key = key(title), words.catalogue.by_key
    near = {
        works[0].slug
        for name, works in by_key.items()
        if len(name) == len(typed) and sum(one != other for one, other in zip(name, typed, strict=True)) == 1
    }
    return near.pop() if len(near) == 1 else None


def subject_of(source: str, words: Vocabulary) -> str:
    """What a stretch says something of, where that may be a name: "펭귄장은 읽었어", 「ペンギン荘は読んだ」; else ""."""
    for match in BOOK.matches("subject", plain(source)):
        title = source[match.start() : match.end()].strip()
        lower = plain(title)
        if not (BOOK.has("no_title", lower) or points(lower) or is_everyday(title, words)):
            return title
    return ""


def _looks_like_title(title: str, parsed: Parsed, words: Vocabulary) -> bool:
    if len(key(title)) < 2 or any(authors.named_whole(title, words.catalogue)):
        return False
    if title.isascii():
        strange = title.isalpha() and len(title) >= MIN_STRANGE and not is_everyday(title, words)
        asks = questions.questions_in(title) or questions.compared_by(title)  # "which of these is funniest"
        return bool(TITLE_CASE.fullmatch(title)) or (strange and not asks)
    inside = [parsed.source[mention.start : mention.end] for mention in parsed.mentions]
    meant = [said for said in inside if said in title]
    compound = not any(title.startswith(said) for said in meant)  # "달빛정원사" wishes for no gardens
    return (compound or sum(map(len, meant)) * 2 <= len(title)) and len(title.split()) <= 4


# --- What the conversation speaks of -------------------------------------------------------------------------------


def pointed_at(text: str, dialogue: Dialogue, recent: Sequence[str] = ()) -> tuple[str, ...]:
    """Slugs that the stretch points at by place or by "it". `recent`: works the turn spoke of so far."""
    lower = plain(text)
    picks = _in_places(dialogue)
    if placed := in_place(lower, picks):
        if BOOK.has("all_but", lower):
            return tuple(slug for slug in picks if slug not in placed)[:MAX_PLACES]
        return placed
    spoken = tuple(recent) or dialogue.meant
    together = (*dialogue.spoken, *dialogue.against)
    if BOOK.has("other", lower):
        several = dialogue.last_picks or together
        outside = tuple(slug for slug in several if slug not in spoken)
        if others := outside or tuple(slug for slug in several if slug not in spoken[:1] or len(spoken) > 1):
            return others[:MAX_PLACES]
    if len(spoken) == 1 and (recent or dialogue.tells) and BOOK.has("its_volumes", lower):
        return spoken
    if BOOK.has("all", lower):
        return (
            tuple(recent)[:MAX_PLACES]
            if len(recent) > 1
            else (together if len(together) > 1 else dialogue.last_picks or together)[:MAX_PLACES]
        )
    if BOOK.has("it", lower):
        return spoken[:MAX_PLACES]
    return ()


def points_beside(said: str, text: str, dialogue: Dialogue, recent: Sequence[str]) -> bool:
    """Whether `text` points at a place or at several by more than the words `said`."""
    rest = plain(text.replace(said, " "))
    several = BOOK.has("all", rest) or BOOK.has("other", rest)
    return bool(in_place(rest, _in_places(dialogue))) or several


def without_other(text: str) -> str:
    """`text` without the words that point at the other one, beside which its name may stand: 「もう一個の終末は？」."""
    found = next(BOOK.matches("other", plain(text)), None)
    return f"{text[: found.start()]}{text[found.end() :]}".strip() or text if found else text


def _in_places(dialogue: Dialogue) -> tuple[str, ...]:
    """The works that "the second" counts: those offered last or, where nothing was, several that an answer named."""
    return dialogue.last_picks or (dialogue.spoken if len(dialogue.spoken) > 1 else ())


def points(lower: str) -> bool:
    """Whether words only point: by "it", by a place, at several at once."""
    return BOOK.has("it", lower) or places_in(lower)


def places_in(lower: str) -> bool:
    """Whether words say a place, or several works at once."""
    return places_beside_a_name(lower) or BOOK.has("all", lower)


def places_beside_a_name(lower: str) -> bool:
    """Whether words say a place, or the other one. Beside the name of a work "all" speaks of its volumes: "오버로드는 다
    읽었어"."""
    return bool(BOOK.first("place.", lower)) or BOOK.has("other", lower)


def is_only_it(lower: str) -> bool:
    """Whether words are "it" and nothing else."""
    rest = lower.strip(" .,!?~。、！？")
    return any(rest == match[0].strip() for match in BOOK.matches("it", rest))


def is_only_name(lower: str) -> bool:
    """Whether words say that a name beside them is what was meant: "A 말이야", 「Aのことです」."""
    return BOOK.has("only_name", lower)


def in_place(lower: str, picks: Sequence[str]) -> tuple[str, ...]:
    """Those of `picks` whose places `lower` says."""
    if not picks:
        return ()
    if BOOK.has("place.middle", lower):
        return (picks[len(picks) // 2],)
    places = [place for place in range(1, MAX_PLACES + 1) if BOOK.has(f"place.{place}", lower)]
    found = [picks[place - 1] for place in places if place <= len(picks)]
    if BOOK.has("place.last", lower):
        found.append(picks[-1])
    return tuple(dict.fromkeys(found))


def counts_two(text: str) -> bool:
    """Whether `text` speaks of two works."""
    return BOOK.has("count.2", plain(text))


def says_similar(text: str) -> bool:
    """Whether the like of what is pointed at is asked for: how a book is asks for no other."""
    lower = plain(text)
    for match in BOOK.matches("how_it_is", lower):
        lower = f"{lower[: match.start()]} {lower[match.end() :]}"
    return BOOK.has("similar", lower)


def edition_in(text: str) -> str:
    """The language of the edition asked about, or ""."""
    return BOOK.first("edition.", plain(text))


def editions_in(text: str) -> list[str]:
    """The languages of all editions asked about."""
    lower = plain(text)
    return [name[len("edition.") :] for name in BOOK.sections if name.startswith("edition.") and BOOK.has(name, lower)]


# --- The one work of an ask ----------------------------------------------------------------------------------------


def work_in(ask: str, catalogue: CatalogueSnapshot, known: Container[str]) -> Work | None:
    """The one work `ask` names: the longest name found in it, or None.

    `known`: slugs already recognised there; only for these may the name be short.
    """
    text, folded = key(ask), fold(ask)
    best: Work | None = None
    length = 0
    for name, works in catalogue.by_key.items():
        if len(name) <= length or name not in text:
            continue
        work = next((one for one in works if one.slug in known), works[0])
        if work.slug in known or (len(name) >= 4 and not name.isascii()) or _stands_alone(name, folded):
            best, length = work, len(name)
    return best


def _stands_alone(name: str, folded: str) -> bool:
    """Whether a name stands in the ask as words of its own, at most with a particle after it."""
    if len(name) < 2:
        return False
    spaced = r"[\W_]*".join(map(re.escape, name))
    return bool(re.search(rf"(?<!\w){spaced}{AFTER_A_NAME}?(?!\w)", folded))
