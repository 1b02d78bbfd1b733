"""Asks that are not for a recommendation: a greeting, thanks, who she is, a fact about a work, another trade's work."""

import re
from collections.abc import Container, Sequence

from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..text.folding import fold, key
from .phrasebook import PHRASES
from .wish import Wish

MAX_SUBJECTS = 5
MAX_QUESTION_LENGTH, MAX_SMALL_TALK_LENGTH = 120, 60  # characters; what is longer asks for more than that


def _pattern(section: str) -> str:
    return PHRASES.pattern("focus", section)


GREETING = re.compile(_pattern("greeting"))
THANKS = re.compile(_pattern("thanks"))
FILLER = re.compile(_pattern("filler"))
ABOUT_HER = re.compile(_pattern("about_her"))
GENERAL = re.compile(_pattern("general"))
ELSEWHERE = re.compile(_pattern("elsewhere"))
DISTRESS = re.compile(_pattern("distress"))
FOR_BOOKS = re.compile(_pattern("for_books"))
# What is asked of a work, the most particular first.
FACTS = {
    kind: re.compile(_pattern(f"fact.{kind}")) for kind in ("edition", "author", "anime", "year", "volumes", "plot")
}
QUESTION = re.compile(rf"[?？]|{_pattern('question')}")
# Which of the works offered last is meant: by its place, or only "that one".
PLACES = [re.compile(_pattern(f"place.{place}")) for place in range(1, 6)]
LAST_PLACE = re.compile(_pattern("place.last"))
THAT_ONE = re.compile(_pattern("that_one"))
EDITIONS = {language: re.compile(_pattern(f"edition.{language}")) for language in ("ko", "en")}
AFTER_A_NAME = _pattern("particle")


def is_only(pattern: re.Pattern[str], ask: str) -> bool:
    """Whether `ask` holds what `pattern` matches and, fillers aside, next to nothing else."""
    text = ask.lower().replace("’", "'")
    rest = FILLER.sub(" ", pattern.sub(" ", text))
    return bool(pattern.search(text)) and len(key(rest)) <= 2


def is_distress(ask: str) -> bool:
    """Whether the reader speaks of ending their own life, and not of a book in which somebody does."""
    return bool(DISTRESS.search(ask.lower()))


def is_thanks(ask: str) -> bool:
    return is_only(THANKS, ask)


def is_greeting(ask: str) -> bool:
    return is_only(GREETING, ask)


def is_about_her(ask: str) -> bool:
    return len(ask) <= MAX_SMALL_TALK_LENGTH and bool(ABOUT_HER.search(ask.lower()))


def is_general(ask: str) -> bool:
    """Whether the ask is what a light novel is."""
    return len(ask) <= MAX_SMALL_TALK_LENGTH and bool(GENERAL.search(ask.lower().replace("’", "'")))


def is_for_another_trade(ask: str) -> bool:
    return bool(ELSEWHERE.search(ask.lower()))


def is_talk(ask: str, wish: Wish, about: Sequence[Work]) -> bool:
    """Whether the words want an answer and no books: a greeting, thanks, a question about her, or `about` works."""
    if is_distress(ask) or about:
        return True
    if FOR_BOOKS.search(ask.lower().replace("’", "'")):
        return False
    is_question = is_about_her(ask) or is_general(ask) or (wish.is_vague and is_for_another_trade(ask))
    return is_thanks(ask) or is_greeting(ask) or is_question


def works_asked_about(ask: str, catalogue: CatalogueSnapshot, wish: Wish, last_picks: Sequence[str]) -> list[Work]:
    """The works on the shelf whose facts `ask` wants to know: the one it names, or the one of those offered last
    (`last_picks`, slugs in their order) that it points at; all of these where it only says "that one"."""
    if wish.unknown_titles or not fact_of(ask):
        return []
    # "The third one" is a place before it is a title.
    named = ask.lower()
    for place in (*PLACES, LAST_PLACE):
        named = place.sub(" ", named)
    if work := work_in(named, catalogue, wish.names_works):
        return [work]
    return [catalogue.by_slug[slug] for slug in pointed_at(ask, last_picks) if slug in catalogue.by_slug]


def pointed_at(ask: str, last_picks: Sequence[str]) -> Sequence[str]:
    """The slugs among `last_picks` that `ask` points at by their place, or by "that one"."""
    text = ask.lower()
    if LAST_PLACE.search(text):
        return last_picks[-1:]
    places = [place for place, pattern in enumerate(PLACES) if pattern.search(text)]
    if places:
        return [last_picks[place] for place in places if place < len(last_picks)]
    return last_picks[:MAX_SUBJECTS] if THAT_ONE.search(text) else []


def fact_of(ask: str) -> str | None:
    """What `ask` wants to know of a work (a key of FACTS), or None where it asks for books."""
    text = ask.lower().replace("’", "'")
    if len(text) > MAX_QUESTION_LENGTH or FOR_BOOKS.search(text) or not QUESTION.search(text):
        return None
    return next((kind for kind, pattern in FACTS.items() if pattern.search(text)), None)


def edition_of(ask: str, default: str) -> str:
    """The language of the edition asked about."""
    text = ask.lower()
    return next((language for language, pattern in EDITIONS.items() if pattern.search(text)), default)


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
