"""A work turned away from with disgust: "ew no Overlord", "tell me nothing about it", "그 얘기는 그만", 「もう出すな」.

Such words ask nothing of the work, whatever else the turn asks: they are taken off, the work is refused for the rest of
the conversation, and what is left is read as if they had not been said.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from .acts import Act, ActPart, Dialogue, ReadTurn
from .cue_book import CueBook, plain
from .half_names import called_by_words
from .loose_names import loosely_named
from .parse import parse
from .vocabulary import Vocabulary

BOOK = CueBook("rejections")
MARKS = " ,.;!?~…、。！？\n"
LETTER = re.compile(r"[^\W_]")
MIN_REST = 3  # letters that say something beside a rejection


def rejected_in(text: str, dialogue: Dialogue, words: Vocabulary) -> tuple[tuple[str, ...], str]:
    """The works that `text` rejects, and the rest of it; of a turn that rejects none all of it."""
    works: list[str] = []
    rest = text
    for match in sorted(BOOK.every("rejects", plain(text)), key=lambda one: -one.start()):
        said = next((part for part in match.groupdict().values() if part), "")
        if slug := _named_by(said, dialogue, words):
            works.append(slug)
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    rest = rest.strip(MARKS) if len(LETTER.findall(rest)) >= MIN_REST and not BOOK.has("nothing", plain(rest)) else ""
    return tuple(dict.fromkeys(works)), rest if works else text


def _named_by(said: str, dialogue: Dialogue, words: Vocabulary) -> str:
    """The one work that `said` names and nothing besides: by a name, or by half of one spoken of before."""
    lower = plain(said).strip(MARKS)
    if found := words.catalogue.find(lower):
        return found.slug
    parsed = parse(said, words)
    if parsed.works:
        alone = len({*parsed.works}) == len(parsed.mentions) == 1
        return parsed.works[0].values[0] if alone else ""
    if parsed.mentions:
        return ""
    loose = loosely_named(said, words)
    return called_by_words(lower, dialogue.known(), words, story=False) or (loose[0] if len(loose) == 1 else "")


def as_rejected(works: Sequence[str], rest: ReadTurn, text: str) -> ReadTurn:
    """`rest`, what a turn does besides, with `works` refused by it; a turn that does nothing else wants other books."""
    parts = rest.parts
    if not {part.act for part in parts} - {Act.SMALL_TALK, Act.NO, Act.ABUSE, Act.GIBBERISH}:
        return ReadTurn((ActPart(Act.RECOMMEND, text, detail={"renewed": True, "without": [*works]}),), "")
    place = next((place for place, part in enumerate(parts) if part.act.wishes), 0)
    told = replace(parts[place], detail={**parts[place].detail, "without": [*works]})
    return replace(rest, parts=(*parts[:place], told, *parts[place + 1 :]))
