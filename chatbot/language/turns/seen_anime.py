"""Where the books go on after an anime that was seen: "done w konosuba s3. what next", "3기까지 봤는데 몇 권부터?".

What was seen on a screen is marked as read by nobody, and no other books are wished for by "what next".
"""

import re
from collections.abc import Iterator

from ...text.matcher import tidy
from ..acts import Act, ActPart, Question, ReadTurn
from ..asking import questions
from ..names.loose_names import begun, is_wished, loosely_named
from ..words.clauses import clauses_of
from ..words.cue_book import CueBook, plain
from . import act_parts
from .act_parts import Reader
from .asked_again import denies_wish

BOOK = CueBook("seen_anime")
MOST_WORDS, MOST_LETTERS = 6, 14  # of a name right before what was shown
MIN_NAME = 2  # letters
ENDS = re.compile(r"(?:'?s|의|のテレビ|の|,|、)$")
SAID_BY_IT = {Question.AFTER_ANIME, Question.TOLD_IN, Question.OVERVIEW, Question.OTHER, Question.ANIME}


def seen_anime(reader: Reader) -> ReadTurn | None:
    """The turn as one that asks where a work goes on after its anime, and what else its other clauses ask of that."""
    clauses = clauses_of(reader.text)
    of_it = [one.text for one in clauses if _speaks_of_it(plain(one.text))]
    lower = plain(" ".join(of_it))
    if not asks_on(lower) or _wishes_besides(of_it, reader):
        return None
    works = _works(reader)
    if len(works) != 1:
        return None
    detail = questions.detail_of(reader.text, (Question.AFTER_ANIME,), reader.language, "")
    part = ActPart(Act.ABOUT, " ".join(of_it), works, (Question.AFTER_ANIME,), detail)
    reader.recent = works
    besides = (one for one in clauses if one.text not in of_it and _asks_more(one.text))
    return ReadTurn((part, *(act_parts.about(reader.stretch(one), reader) for one in besides)), "")


def asks_on(lower: str) -> bool:
    """Whether words ask where the books go on after what was shown."""
    if not BOOK.has("shown", lower) or BOOK.has("others", lower):
        return False
    return BOOK.has("goes_on", lower) or (BOOK.has("seen", lower) and BOOK.has("what_next", lower))


def _speaks_of_it(lower: str) -> bool:
    if BOOK.has("shown", lower):
        return True
    return not BOOK.has("others", lower) and (BOOK.has("goes_on", lower) or BOOK.has("what_next", lower))


def _wishes_besides(of_it: list[str], reader: Reader) -> bool:
    """Whether another clause wishes for books."""
    rest = plain(reader.text)
    for text in of_it:
        rest = rest.replace(plain(text), " ")
    return any(act_parts.BOOK.has(cue, rest) for cue in ("recommends", "more")) and not denies_wish(rest)


def _asks_more(text: str) -> bool:
    asked = {*questions.questions_in(text)} - SAID_BY_IT
    return bool(asked) and questions.is_question(text)


def _works(reader: Reader) -> tuple[str, ...]:
    """The work whose anime it is: the one named, also by a word that is a wish elsewhere where it stands right before
    what was shown ("slime s3"), else the one spoken of."""
    named = reader.named(reader.text)
    if named.works:
        return named.works[:1]
    if before := next(_before_shown(reader), ""):
        return (before,)
    if loose := loosely_named(reader.text, reader.words):
        return loose[:1]
    stretch = reader.stretch(clauses_of(reader.text)[0])
    if stretch.named.works or stretch.pointed:
        return (stretch.named.works or stretch.pointed)[:1]
    if named.unknown:
        return ()
    asked = [slug for part in reader.dialogue.asked for slug in part.works]
    return reader.spoken if len(reader.spoken) == 1 else tuple(dict.fromkeys(asked))


def _before_shown(reader: Reader) -> Iterator[str]:
    """The works whose names stand right before what was shown, the longest name first."""
    source = tidy(reader.text)
    for match in BOOK.every("shown", plain(source)):
        before = source[: match.start()].rstrip()
        for said in _ends_of(before):
            name = ENDS.sub("", said).strip()
            if len(name) < MIN_NAME:
                continue
            if work := reader.catalogue.find(name):
                yield work.slug
            elif not is_wished(name, reader.words) and (slug := begun(name, reader.words)):
                yield slug


def _ends_of(before: str) -> Iterator[str]:
    """What `before` may end with as a name: whole words, or letters where none are set apart."""
    words = before.split()
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        yield " ".join(words[-count:])
    if words and not words[-1].isascii():
        yield from (words[-1][-count:] for count in range(min(MOST_LETTERS, len(words[-1])) - 1, MIN_NAME, -1))
