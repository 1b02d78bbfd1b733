"""Whole titles in a reader's words, however plain: "restaurant to another world" is a name where that book was just
offered, and where nothing else is said before the next sentence; a title in brackets at the end is what all is said of."""

import re
from collections.abc import Collection, Iterator

from ...catalogue.snapshot import CatalogueSnapshot, Work
from ..acts import Dialogue
from ..words.clauses import clauses_of
from ..words.cue_book import CueBook, plain
from ..words.mentions import Parsed
from ..words.vocabulary import Vocabulary
from .half_names import called_by_words
from .loose_names import loosely_named

BOOK = CueBook("focus")

MAX_WORKS = 12  # of the conversation, the latest
LONG_LATIN, LONG_WIDE = 30, 12  # letters of a title that has the words of a sentence
MIN_LATIN, MIN_WIDE = 10, 5  # letters of a title that hardly anybody types by chance
SUBTITLE = re.compile(r"\s*[~〜～:：(（].*$", re.DOTALL)
QUOTES = '“”"「」『』'
ONE_WORD = re.compile(r"^,\s[A-Za-z]{6,}(?=\s*[?.!])")  # that may be of a title
IN_BRACKETS = re.compile(r"\s*[(（\[]([^()（）\[\]\n]{2,80})[)）\]][\s.!?。！？]*$")  # the last words of a text


def with_title_first(text: str, catalogue: CatalogueSnapshot) -> str:
    """`text` with the title that stands in brackets behind all of it in front: "where do I go on after season 2? Some
    say vol 10. (mushoku tensei)"."""
    found = IN_BRACKETS.search(text)
    if not found or not found.start() or not catalogue.find(found[1]):
        return text
    return f"{found[1]}, {text[: found.start()]}"


def with_titles_quoted(text: str, dialogue: Dialogue, catalogue: CatalogueSnapshot, named: Collection[str]) -> str:
    """`text` with quotes around the first whole title in it: of a work of the conversation, or one that is all of a
    clause before others. Where it names works already (`named`) it is left as it is."""
    if named or any(quote in text for quote in QUOTES):
        return text
    clauses = clauses_of(text)
    title = clauses[0].text.strip(" .,!?~…") if len(clauses) > 1 else ""
    if title and _is_title(title, catalogue):
        begins = text.index(title)
        return f"{text[:begins]}“{title}”{text[begins + len(title) :]}"
    works = (catalogue.by_slug[slug] for slug in dialogue.known()[:MAX_WORKS] if slug in catalogue.by_slug)
    titles = sorted({title for work in works for title in _titles(work)}, key=len, reverse=True)
    lowered = text.lower()
    for title in titles:
        if title.lower() not in lowered:
            continue
        if found := re.search(rf"(?<![A-Za-z0-9]){re.escape(title)}(?![A-Za-z0-9])", text, re.IGNORECASE):
            return f"{text[: found.start()]}“{found[0]}”{text[found.end() :]}"
    return text


def with_cut_titles_quoted(text: str, parsed: Parsed) -> str:
    """`text` with quotes around each title in it that has marks of a sentence or the words of one, so that it is not cut
    or read as such: "Hey, How About Treason?", 「…は間違っているだろうか」."""
    if any(quote in text for quote in QUOTES):
        return text
    for title in {parsed.words_of(one) for one in parsed.works if not one.quoted}:
        long = len(title) >= (LONG_LATIN if title.isascii() else LONG_WIDE)
        if long or len(clauses_of(f"{title} a")) > 1:
            text = text if title in text else parsed.source  # which has letters of one width
            text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(title)}", lambda found: f"“{found[0]}”", text, count=1)
    return text


def with_half_titles_quoted(text: str, dialogue: Dialogue, words: Vocabulary) -> str:
    """`text` with quotes around a name of which only a word is remembered ("bookworm something, ascendence?"), and around
    one that is not to be offered ("don't say combatants")."""
    if any(quote in text for quote in QUOTES):
        return text
    for section in ("vague_name", "set_aside"):
        for match in BOOK.matches(section, plain(text)):
            group = next(name for name, value in match.groupdict().items() if value is not None)
            start, end = match.span(group)
            if title := _meant_by(text[start:end], dialogue, words):
                rest = ONE_WORD.sub("", text[match.end() :], count=1) if section == "vague_name" else text[end:]
                lead = _before(text[start:end], dialogue, words)
                return f"{text[:start]}{lead}“{title}”{rest}"
    return text


def _meant_by(said: str, dialogue: Dialogue, words: Vocabulary) -> str:
    """The title of the one work that the last words of `said` name, in whole or by half."""
    parts = said.split()
    for place in range(len(parts)):
        name = " ".join(parts[place:])
        work = words.catalogue.find(name)
        if not work and words.wished_share(name) > 0:
            continue
        slug = work.slug if work else called_by_words(name, dialogue.known(), words, story=False)
        loose = loosely_named(name, words)
        slug = slug or (loose[0] if len(loose) == 1 else "")
        if slug:
            titles = words.catalogue.by_slug[slug].titles
            return titles.get("en" if said.isascii() else "ja") or titles["ja"]
    return ""


def _before(said: str, dialogue: Dialogue, words: Vocabulary) -> str:
    """The words at the head of `said` that are no part of the name in it: "about" of "about bookworm"."""
    parts = said.split()
    named = next(place for place in range(len(parts)) if _meant_by(" ".join(parts[place:]), dialogue, words))
    while named + 1 < len(parts) and not words.catalogue.find(" ".join(parts[named:])):
        if not _meant_by(" ".join(parts[named + 1 :]), dialogue, words):
            break
        named += 1
    return "".join(f"{part} " for part in parts[:named])


def _is_title(text: str, catalogue: CatalogueSnapshot) -> bool:
    return len(text) >= (MIN_LATIN if text.isascii() else MIN_WIDE) and catalogue.find(text) is not None


def _titles(work: Work) -> Iterator[str]:
    for title in work.titles.values():
        short = SUBTITLE.sub("", title)
        for one in (title, short):
            if len(one) >= (MIN_LATIN if one.isascii() else MIN_WIDE) and (" " in one or not one.isascii()):
                yield one
