"""A work turned away from with disgust: "ew no Overlord", "tell me nothing about it", "그 얘기는 그만", 「もう出すな」.

Such words ask nothing of the work, whatever else the turn asks: they are taken off, the work is refused for the rest of
the conversation, and what is left is read as if they had not been said.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ...text.folding import key
from ..acts import Act, ActPart, Dialogue, ReadTurn
from ..asking import questions
from ..names.half_names import called_by_words
from ..names.loose_names import is_wished, loosely_named
from ..stances.parse import parse
from ..wishes.turn_parser import asks_for_books
from ..words.cue_book import CueBook, plain
from ..words.vocabulary import Vocabulary

BOOK = CueBook("rejections")
MARKS = " ,.;!?~…、。！？\n"
LETTER = re.compile(r"[^\W_]")
MAX_BESIDE = 4  # letters beside the name of what is rejected: "that"
MIN_NAME = 4  # letters of a name within a title
MIN_REST = 3  # letters that say something beside a rejection


def rejected_in(text: str, dialogue: Dialogue, words: Vocabulary) -> tuple[tuple[str, ...], str]:
    """The works that `text` rejects, and the rest of it; of a turn that rejects none all of it."""
    works: list[str] = []
    rest = text
    found = [(match, False) for match in BOOK.every("rejects", plain(text))]
    found += [(match, True) for match in BOOK.every("wonders", plain(text))] if dialogue.last_picks else []
    for match, wonders in sorted(found, key=lambda one: -one[0].start()):
        said = next((part for part in match.groupdict().values() if part), "")
        slug = _named_by(said, dialogue, words) or (_offered_as(said, dialogue, words) if wonders else "")
        if slug and not (wonders and (slug not in dialogue.last_picks or _only_asks(text[match.end() :]))):
            works.append(slug)
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    rest = rest.strip(MARKS) if len(LETTER.findall(rest)) >= MIN_REST and not BOOK.has("nothing", plain(rest)) else ""
    return tuple(dict.fromkeys(works)), rest if works else text


def _offered_as(said: str, dialogue: Dialogue, words: Vocabulary) -> str:
    """The one book offered last within whose title `said` stands, whatever else its words may name, or ""."""
    held = [slug for slug in _with_title_holding(plain(said).strip(MARKS), words) if slug in dialogue.last_picks]
    return held[0] if len(held) == 1 else ""


def _only_asks(rest: str) -> bool:
    """Whether what follows a name with marks behind it only asks on: "toradora?? is that the one with the tiger?"."""
    return questions.is_question(rest) and not asks_for_books(rest)


def _named_by(said: str, dialogue: Dialogue, words: Vocabulary) -> str:
    """The one work that `said` names and nothing besides: by a name, or by half of one spoken of before."""
    lower = plain(said).strip(MARKS)
    parsed = parse(said, words)
    if not any(one.kind == "tag" for one in parsed.mentions) and (found := words.catalogue.find(lower)):
        return "" if is_wished(lower, words) else found.slug
    if parsed.works:
        beside = LETTER.findall(parsed.untitled(said, ""))
        return parsed.works[0].values[0] if len(parsed.mentions) == 1 and len(beside) <= MAX_BESIDE else ""
    if parsed.mentions:
        return ""
    loose = loosely_named(said, words) or _with_title_holding(lower, words)
    return called_by_words(lower, dialogue.known(), words, story=False) or (loose[0] if len(loose) == 1 else "")


def _with_title_holding(said: str, words: Vocabulary) -> tuple[str, ...]:
    """Slugs of the works within whose titles `said` stands: the name of a heroine."""
    name = key(said)
    if len(name) < MIN_NAME:
        return ()
    return tuple(one.slug for one in words.catalogue.works if any(name in key(title) for title in one.titles.values()))


def as_rejected(works: Sequence[str], rest: ReadTurn, left: str, text: str) -> ReadTurn:
    """`rest`, what `left` of a turn does besides, with `works` refused by it; a turn that does nothing else wants other books."""
    parts = rest.parts
    told = {part.act for part in parts}
    asks = questions.is_question(left) or questions.questions_in(left)
    if told and told <= {Act.ABOUT, Act.SMALL_TALK} and not asks:  # what else is not wanted, or why
        return ReadTurn((ActPart(Act.RECOMMEND, text, detail={"renewed": True, "without": [*works]}),), left)
    if not told - {Act.SMALL_TALK, Act.NO, Act.ABUSE, Act.GIBBERISH}:
        return ReadTurn((ActPart(Act.RECOMMEND, text, detail={"renewed": True, "without": [*works]}),), "")
    place = next((place for place, part in enumerate(parts) if part.act.wishes), 0)
    refusing = replace(parts[place], detail={**parts[place].detail, "without": [*works]})
    return replace(rest, parts=(*parts[:place], refusing, *parts[place + 1 :]))
