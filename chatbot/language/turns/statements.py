"""What a plain statement of a reader is taken up as, where nothing else was read in it: a wish where it says what they
like in books, a work that came to their shelf, one of the books offered, a fault of the one spoken of."""

from ..acts import Act, ActPart, Question, ReadTurn
from ..asking import questions
from ..names import focus
from ..words.cue_book import CueBook, plain
from ..words.numbers import Bounds
from .act_parts import Reader
from .breaches import praises
from .talk import kind_of

BOOK = CueBook("statements")
MAX_SAID = 120  # characters of a plain statement
MAX_ALIKE = 4  # works offered whose like is asked for
LENGTH = "on.length"  # the remark that may be on the one work spoken of
READ_AS = {Act.SMALL_TALK, Act.COMPLAINT, Act.RECOMMEND}


def as_stated(turn: ReadTurn, reader: Reader) -> ReadTurn:
    """`turn` as what its statement says, where it was read as mere talk, as a wish by nothing but a name, or as a
    complaint that names nothing."""
    text = reader.text
    if len(text) > MAX_SAID or reader.ordered or not all(map(_is_open, turn.parts)):
        return turn
    if rhetorical := _rhetorical(turn, reader):
        return rhetorical
    if not turn.parts or not {*turn.acts} <= READ_AS or BOOK.has("wishes", plain(text)):
        return turn
    if stated := _of_offers(turn, reader):
        return stated
    if turn.wishes and not (reader.parsed_works or Act.SMALL_TALK in turn.acts):
        return turn
    for read in (_of_named, _of_tastes, _of_spoken):
        if stated := read(turn, reader):
            return stated
    return turn


def _is_open(part: ActPart) -> bool:
    """Whether a part may be read otherwise: it tells nothing of its own, or how long a book is."""
    return not part.detail or part.detail.get("kind") == LENGTH


def _rhetorical(turn: ReadTurn, reader: Reader) -> ReadTurn | None:
    """A remark put as a question which wants no answer: "everyone knows Overlord, right"."""
    asks_nothing = all(part.act is Act.ABOUT and set(part.questions) <= {Question.OTHER} for part in turn.parts)
    if not (turn.parts and asks_nothing and reader.parsed_works and BOOK.has("rhetorical", plain(reader.text))):
        return None
    return ReadTurn((ActPart(Act.SMALL_TALK, reader.text, reader.parsed_works[:1]),), "")


def _of_named(turn: ReadTurn, reader: Reader) -> ReadTurn | None:
    """A work that is named: it came to the reader, or somebody speaks of it; else it is only spoken of."""
    works, lower = reader.parsed_works[:1], plain(reader.text)
    if not works or questions.is_question(reader.text) or reader.chooses or _is_placed(reader):
        return None
    if BOOK.has("loved", lower):
        return ReadTurn((ActPart(Act.VERDICT, reader.text, works, detail={"state": "loved"}),), "")
    for cue, state in (("acquired", "want"), ("owned", "owned"), ("hearsay", "hearsay")):
        if BOOK.has(cue, lower):
            return ReadTurn((ActPart(Act.VERDICT, reader.text, works, detail={"state": state}),), "")
    if turn.wishes:
        return None
    return ReadTurn((ActPart(Act.SMALL_TALK, reader.text, works),), "")


def _of_offers(turn: ReadTurn, reader: Reader) -> ReadTurn | None:
    """That the reader cannot decide between the books offered, likes their kind, or speaks of one of them."""
    dialogue, lower = reader.dialogue, plain(reader.text)
    if not dialogue.last_picks or (reader.parsed_works and not _is_placed(reader)):
        return None
    if len(dialogue.last_picks) > 1 and BOOK.has("undecided", lower):
        return ReadTurn((ActPart(Act.COMPARE, reader.text, dialogue.last_picks[:MAX_ALIKE]),), "")
    if BOOK.has("likes_kind", lower) and not reader.chooses:
        works = dialogue.spoken if len(dialogue.spoken) == 1 else dialogue.last_picks
        return ReadTurn((ActPart(Act.RECOMMEND, reader.text, works[:MAX_ALIKE]),), reader.text)
    pointed = [slug for slug in focus.pointed_at(reader.text, dialogue) if slug in dialogue.last_picks]
    if questions.is_question(reader.text) or Act.RECOMMEND in {part.act for _, part in reader.found if part}:
        return None
    if len(pointed) == 1 and not {*turn.acts} & {Act.COMPLAINT} and (praises(lower) or BOOK.has("remarks", lower)):
        return ReadTurn((ActPart(Act.SMALL_TALK, reader.text, tuple(pointed)),), "")
    return None


def _is_placed(reader: Reader) -> bool:
    """Whether "the third" is one of the books offered and no title."""
    return bool(reader.dialogue.last_picks) and focus.places_in(plain(reader.text))


def _of_tastes(turn: ReadTurn, reader: Reader) -> ReadTurn | None:
    """What the reader likes in books, or does not: it is wished for, as it would be in so many words."""
    named = [one for one in reader.parsed.mentions if one.kind not in ("work", "unknown", "anime")]
    if not named and reader.parsed.bounds == Bounds():
        return None
    if not BOOK.has("tastes", plain(reader.text)) or questions.is_question(reader.text):
        return None
    if Act.COMPLAINT in turn.acts and focus.pointed_at(reader.text, reader.dialogue):
        return None
    return ReadTurn((ActPart(Act.RECOMMEND, reader.text),), reader.text)


def _of_spoken(turn: ReadTurn, reader: Reader) -> ReadTurn | None:
    """A fault, or the praise, of the one work that the conversation tells of."""
    spoken, lower = reader.dialogue.spoken, plain(reader.text)
    if len(spoken) != 1 or Act.VERDICT not in reader.dialogue.acts or {*turn.acts} != {Act.SMALL_TALK}:
        return None
    if not {*reader.parsed_works} <= {*spoken}:
        return None
    fault = "long" if BOOK.has("long", lower) else kind_of(reader.text, "criticism")
    if not fault:
        if not praises(lower):
            return None
        part = ActPart(Act.VERDICT, reader.text, spoken, detail={"state": "loved"})
        return ReadTurn((part,), "")
    return ReadTurn((ActPart(Act.SMALL_TALK, reader.text, spoken, detail={"kind": "fault", "of": fault}),), "")
