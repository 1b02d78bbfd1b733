"""Reading a turn into its acts: its clauses are read by rules, put together, and mended by likeness to labelled turns."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from ...catalogue.snapshot import CatalogueSnapshot
from ..acts import OF_HOUSE, Act, ActPart, Dialogue, Question, ReadTurn
from ..asking import asked, questions
from ..learned import feelings
from ..names import focus
from ..names.authors import without_brackets
from ..names.half_names import called_by_words
from ..names.said_titles import with_cut_titles_quoted, with_half_titles_quoted, with_title_first, with_titles_quoted
from ..stances.parse import parse
from ..tag_relations import OF_A_LIFE
from ..wishes import circumstances, maker_wishes
from ..wishes.turn_parser import asks_for_books, needs_edition
from ..wishes.wish import Wish
from ..words.clauses import clauses_of
from ..words.cue_book import plain
from ..words.elsewhere import tastes, titles_in
from ..words.laughter import without_laughter
from ..words.numbers import Bounds
from ..words.vocabulary import vocabulary
from .absent import absent
from .act_likeness import as_heard, settled_by_likeness, traits
from .act_parts import BOOK, Reader
from .asked_again import asked_again
from .breaches import breach, fault_named
from .choices import declined, without_denied
from .clause_reading import ANSWERED, read_by_rules
from .comparatives import with_limits
from .corrections import correction
from .described import described
from .fates import fates
from .heartfelt import as_told
from .judgements import unjudged
from .kept import asks_what_is_kept
from .meant_parts import as_meant
from .misfits import misfit
from .mourning import as_mourned
from .named_at_last import named_at_last
from .read_lists import as_listed, beside_row, row_in
from .rejections import as_rejected, rejected_in
from .remarks import as_remarked, remarked_in
from .remembered import (
    as_found,
    begun,
    begun_beside,
    found_at_last,
    goes_on,
    of_absent,
    over,
    settled,
    tells_of_another,
)
from .seen_anime import seen_anime
from .series_parts import in_told_order
from .starters import starters
from .statements import as_stated
from .talk import kind_of
from .telegraphic import telegraphic
from .unclear import unclear
from .weighed_again import weighed_again

OF_READING = frozenset((Question.OTHER, Question.EDITION))  # what is asked by whoever cannot read a book
GENERAL = frozenset((Question.OVERVIEW, Question.OTHER, Question.QUALITY))  # what only asks what a work is like
# What a turn that tells of a feeling may have been read as.
MAY_BE_FELT = {Act.RECOMMEND, Act.SMALL_TALK, Act.TASTE, Act.SERVICE, Act.COMPLAINT, Act.OFF_TOPIC, Act.DEFINITION,
               Act.ABUSE}  # fmt: skip
MAY_BE_REMARKED = MAY_BE_FELT | {Act.ABOUT, Act.AUTHOR, Act.VERDICT}
NO_TALK = ((Act.GIBBERISH,), (Act.FIND,), (Act.THANKS,))  # what only sounds like talk, or like more of it
ON_NO_WORK = ("on.anime", "on.price", "on.paper", "on.translation", "on.same", "on.habit")  # remarks that judge no work
PLAIN_REMARK = 0.6  # how likely a remark must be where it names something to choose by
KINDS_OF_STATES = {circumstances.PET: "pet", circumstances.GRIEF: "loss", circumstances.PARTING: "heartbreak"}


def read_acts(text: str, dialogue: Dialogue, catalogue: CatalogueSnapshot, wish: Wish, language: str) -> ReadTurn:
    """`text`: the words of a turn. `wish`: what they would wish for, were all of them a wish."""
    words = vocabulary(catalogue)
    dialogue = over(dialogue)
    if row := row_in(text, words):
        return as_listed(row, _read_rest(row.rest, beside_row(row, dialogue), catalogue, wish, language))
    reader = _reader_of(text, dialogue, catalogue, language)
    text = reader.text
    if found := found_at_last(text, dialogue, reader.parsed_works):
        slug, rest = found
        after = _read_rest(rest, settled(dialogue, slug), catalogue, wish, language)
        answers = any(part.act.wishes or part.act in ANSWERED - {Act.THANKS, Act.FIND} for part in after.parts)
        answers = answers or (Act.FIND in after.acts and tells_of_another(rest))
        return after if answers else ReadTurn((as_found(slug, text),), "")
    rejected, rest = rejected_in(text, dialogue, words)
    if rejected:
        spoken = tuple(slug for slug in dialogue.spoken if slug not in rejected)
        after = _read_rest(rest, replace(dialogue, spoken=spoken), catalogue, wish, language)
        return as_rejected(rejected, after, rest, text)
    if answer := _by_whole(reader, wish):
        return answer
    turn = read_by_rules(reader, wish.is_vague)
    if more := goes_on(turn, reader):
        return more
    turn = _mended(turn, reader)
    if _wants_for_somebody(turn, reader):
        turn = ReadTurn((ActPart(Act.RECOMMEND, text),), text)
    begins = not (dialogue.last_picks or dialogue.spoken or dialogue.acts)
    if begins or wish.published or wish.drawn_by:
        turn = _as_first(turn, text, wish)
    turn = _as_needed(as_stated(as_told(turn, reader), reader), reader)
    parts = _unless_joking(as_meant(turn.parts, reader), reader.text)
    parts = begun(begun_beside(with_limits(_complained_again(parts, dialogue), reader), reader), reader)
    parts = _asked_of_another(declined(in_told_order(parts, reader), text, dialogue), reader)
    parts = _as_offered(parts, dialogue) if wish.is_vague else parts
    wishes = any(part.act.wishes or part.act is Act.TASTE for part in parts)
    kept = unjudged(turn.wish_text, reader) if wishes or not turn.wishes else ""
    return as_mourned(ReadTurn(parts, kept), reader)


def _reader_of(text: str, dialogue: Dialogue, catalogue: CatalogueSnapshot, language: str) -> Reader:
    """A turn without laughter and denials, its titles between marks, parsed."""
    words = vocabulary(catalogue)
    text = without_brackets(_without_laughter(text))
    text = with_title_first(without_denied(text, dialogue, words), catalogue)
    text = with_half_titles_quoted(text, dialogue, words)
    parsed = parse(text, words)
    if (set_apart := with_cut_titles_quoted(text, parsed)) != text:
        text, parsed = set_apart, parse(set_apart, words)
    if (set_apart := with_titles_quoted(text, dialogue, catalogue, {one.values[0] for one in parsed.works})) != text:
        text, parsed = set_apart, parse(set_apart, words)
    if (masked := maker_wishes.masked(text, catalogue)) != text:
        parsed = parse(masked, words)
    return Reader(text, parsed, words, dialogue, language)


def _mended(turn: ReadTurn, reader: Reader) -> ReadTurn:
    """`turn` by what it sounds like, unless it is sure."""
    says_yes = any(part.act is Act.YES for _, part in reader.found if part)
    taken_up = says_yes and (reader.dialogue.proposed or any(part.detail.get("corrected") for part in turn.parts))
    if not (taken_up or reader.sure):
        mended = settled_by_likeness(turn, reader)
        turn = turn if _stays(turn, mended) else mended
        turn = as_heard(_as_remarked(_as_felt(turn, reader), reader), reader)
    return turn


def _read_rest(rest: str, dialogue: Dialogue, catalogue: CatalogueSnapshot, wish: Wish, language: str) -> ReadTurn:
    """What is left of a turn, where anything is."""
    return read_acts(rest, dialogue, catalogue, wish, language) if rest else ReadTurn((), "")


def _by_whole(reader: Reader, wish: Wish) -> ReadTurn | None:
    """What the rules that look at all of a turn read it as, or None: what is asked of what is kept is none of that."""
    if asks_what_is_kept(reader.text):
        return None
    rules = (
        seen_anime,
        fates,
        asked_again,
        weighed_again,
        misfit,
        partial(_beside_remarks, wish=wish),
        _terse,
        of_absent,
        fault_named,
        named_at_last,
        starters,
        absent,
        unclear,
        described,
        breach,
        correction,
    )
    answer = next(filter(None, (rule(reader) for rule in rules)), None)
    return _beside_house(answer, reader, wish.is_vague) if answer else None


def _beside_remarks(reader: Reader, wish: Wish) -> ReadTurn | None:
    """What a turn remarks on the books offered, with what else it says read by itself."""
    remarks = remarked_in(reader.text, reader.dialogue, reader.words)
    if not remarks:
        return None
    dialogue = reader.dialogue
    if len(remarks.works) == 1:  # "the bear one is cute. how long is it?"
        dialogue = replace(dialogue, spoken=remarks.works)
    after = _read_rest(remarks.rest, dialogue, reader.catalogue, wish, reader.language)
    return as_remarked(remarks, after, reader.dialogue)


def _terse(reader: Reader) -> ReadTurn | None:
    terse = telegraphic(reader)
    return replace(terse, parts=with_limits(terse.parts, reader)) if terse else None


def _beside_house(turn: ReadTurn, reader: Reader, vague: bool) -> ReadTurn:
    """`turn`, which a rule read whole as a wish, with what other clauses ask of the house or of the field: "what is a
    light novel? and where do I start?" """
    if turn.acts != (Act.RECOMMEND,) or len(clauses_of(reader.text)) < 2 or not questions.is_question(reader.text):
        return turn
    asked = [part for part in read_by_rules(reader, vague).parts if part.act in OF_HOUSE]
    return replace(turn, parts=(*asked, *turn.parts))


def _wants_for_somebody(turn: ReadTurn, reader: Reader) -> bool:
    """Whether a turn says whom a book is for, names none and asks what is good: "my son, 11, wants a light novel"."""
    if turn.wishes or reader.parsed_works or {*turn.acts} - MAY_BE_FELT - {Act.ABOUT}:
        return False
    return bool(circumstances.read(reader.text).audience) and BOOK.has("what_is_good", plain(reader.text))


def _without_laughter(text: str) -> str:
    """`text` without its laughter, unless that alone tells it from despair: "죽고 싶다ㅋㅋㅋ"."""
    said = without_laughter(text)
    return text if BOOK.has("distress", plain(said)) and not BOOK.has("distress", plain(text)) else said


def _as_needed(turn: ReadTurn, reader: Reader) -> ReadTurn:
    """`turn` as a wish for other books, where all it says is that those offered cannot be read for want of an edition."""
    offered = reader.dialogue.last_picks
    if not offered or turn.wishes or not needs_edition(reader.text, reader.language) or reader.parsed_works:
        return turn
    of_all = [part for part in turn.parts if _is_of_reading(part)]
    others = [part for part in turn.parts if part not in of_all]
    if {part.act for part in others} - MAY_BE_FELT or any(len(part.works) < len(offered) for part in of_all):
        return turn
    return ReadTurn((ActPart(Act.RECOMMEND, reader.text, detail={"renewed": True}),), reader.text)


def _asked_of_another(parts: Sequence[ActPart], reader: Reader) -> tuple[ActPart, ...]:
    """`parts`, where the turn before asked whether a work suits somebody and this one only goes on to another ("then how
    about X?"), with the same asked of that one."""
    before = next((part for part in reader.dialogue.asked if Question.SUITS in part.questions), None)
    if not (before and BOOK.has("how_about", plain(reader.text))):
        return tuple(parts)
    age = asked.age_in(reader.text) or asked.pupil_in(reader.text) or asked.age_in(before.text)
    detail = {**before.detail, **({"age": age} if age else {})}
    pupils = asked.pupil_in(before.text)
    if not age and pupils:
        detail["age"] = pupils
    return tuple(
        replace(part, questions=(Question.SUITS,), detail=detail)
        if part.act is Act.ABOUT and {*part.works} - {*before.works} and {*part.questions} <= GENERAL
        else part
        for part in parts
    )


def _as_offered(parts: Sequence[ActPart], dialogue: Dialogue) -> tuple[ActPart, ...]:
    """`parts`, where the librarian has offered the like of works from elsewhere and a wish says nothing else to go by,
    with that: "yes, find me some"."""
    if dialogue.proposed != "alike" or not dialogue.unlisted:
        return tuple(parts)
    like = {"like": list(dialogue.unlisted)}
    return tuple(
        replace(part, detail={**part.detail, **like}) if part.act is Act.RECOMMEND and not part.works else part
        for part in parts
    )


def _is_of_reading(part: ActPart) -> bool:
    """Whether a part may only say that works cannot be read: "셋 다 정발 안됐네"."""
    if part.act is Act.CATALOGUE:
        return part.detail.get("of") == "edition" and not questions.is_question(part.text)
    return part.act is Act.ABOUT and {*part.questions} <= OF_READING


def _unless_joking(parts: tuple[ActPart, ...], text: str) -> tuple[ActPart, ...]:
    """`parts` without the verdicts of a turn that says it jokes: nothing is marked by it."""
    if not BOOK.has("joking", plain(text)):
        return parts
    meant = tuple(part for part in parts if part.act is not Act.VERDICT)
    return meant or (ActPart(Act.SMALL_TALK, text, detail={"kind": "laugh"}),)


def _complained_again(parts: tuple[ActPart, ...], dialogue: Dialogue) -> tuple[ActPart, ...]:
    """`parts`, where all they do is complain once more, with another look by the wish so far: what is wrong is asked
    once in a conversation."""
    bare = all(part.act is Act.COMPLAINT and not part.detail for part in parts)
    told_before = dialogue.complained or any(kind_of(part.text, "complaint") == "asked" for part in parts)
    if not (parts and bare and told_before and dialogue.last_picks):
        return parts
    return (*parts, ActPart(Act.RECOMMEND, "", detail={"corrected": "again"}))


def _stays(turn: ReadTurn, mended: ReadTurn) -> bool:
    """Whether `turn` is better than what it is likened to: what looks for a remembered book does not wish for another
    besides, and what only sounds like talk is none."""
    if turn.acts == (Act.FIND,) and Act.FIND in mended.acts and {*mended.acts} <= {Act.FIND, Act.RECOMMEND}:
        return True
    return turn.acts in NO_TALK and {*mended.acts} <= {Act.SMALL_TALK, *turn.acts}


def _as_felt(turn: ReadTurn, reader: Reader) -> ReadTurn:
    """`turn` as talk of what has befallen the reader or of how they feel, where it names nothing to choose by, orders
    nothing and asks for no book: that a heart is broken is no wish."""
    if reader.ordered or not {*turn.acts} <= MAY_BE_FELT or called_by_words(reader.text, reader.known, reader.words):
        return turn
    if titles_in(reader.text):
        return turn  # who loves a game praises nobody here
    told = feelings.felt(reader.text)
    if Act.TASTE in turn.acts and reader.tags(reader.text):
        return turn
    if told != "praise" and _chooses_besides(reader):  # "you are fun" names what a book may be too
        return turn
    kind = told or KINDS_OF_STATES.get(circumstances.read(reader.text).gentle, "")
    if not kind or reader.parsed_works or kind_of(reader.text, "small_talk") == "hopeless":
        return turn
    if _asks_for_a_book(reader.text) or BOOK.has("books", plain(reader.text)):
        return turn if turn.wishes else ReadTurn((ActPart(Act.RECOMMEND, reader.text),), reader.text)
    if questions.is_question(reader.text):
        return turn
    return ReadTurn((ActPart(Act.SMALL_TALK, reader.text, detail={"kind": kind}),), "")


def _chooses_besides(reader: Reader) -> bool:
    """Whether the turn names something to choose by that is no part of a reader's own life."""
    tags = {value for one in reader.parsed.mentions if one.kind == "tag" for value in one.values}
    return not tags <= OF_A_LIFE or reader.parsed.bounds != Bounds()


def _as_remarked(turn: ReadTurn, reader: Reader) -> ReadTurn:
    """`turn` as a remark on books, where it asks nothing and wishes for nothing: "everything is isekai nowadays"."""
    kind = feelings.remarked(reader.text)
    if not kind or reader.ordered or reader.parsed_works or not {*turn.acts} <= MAY_BE_REMARKED:
        return turn
    if kind == "on.newcomer" and titles_in(reader.text):
        return turn  # who has seen a film says what they like
    if (questions.is_question(reader.text) and not _asks_nothing_known(turn)) or _asks_for_a_book(reader.text):
        return turn
    judges = any(part.detail.get("state") for part in turn.parts)  # which would mark a work
    if judges and kind not in ON_NO_WORK:
        return turn
    if Act.TASTE in turn.acts and reader.tags(reader.text):
        return turn
    if Act.COMPLAINT in turn.acts and reader.dialogue.last_picks:
        return turn
    chooses = reader.tags(reader.text) or (reader.parsed.bounds != Bounds() and kind != "on.backlog")
    if (judges or chooses) and feelings.shares(reader.text)[0][kind] < PLAIN_REMARK:
        return turn
    works = turn.works or focus.pointed_at(reader.text, reader.dialogue)
    return ReadTurn((ActPart(Act.SMALL_TALK, reader.text, works[:1], detail={"kind": kind}),), "")


def _asks_nothing_known(turn: ReadTurn) -> bool:
    """Whether a turn asks only what nobody here knows: "isn't the title too long?" """
    return all(part.act is Act.ABOUT and set(part.questions) <= {Question.OTHER} for part in turn.parts)


def _asks_for_a_book(text: str) -> bool:
    return asks_for_books(text) or BOOK.has("recommend", plain(text)) or BOOK.has("recommends", plain(text))


def _as_first(turn: ReadTurn, text: str, wish: Wish) -> ReadTurn:
    """A turn before which nothing was said, or that names a publisher, and that names something to choose by: "cosy, and
    not slow" complains of nothing, and "weak to strong" is no talk."""
    chooses = (
        wish.flavours
        or wish.audience
        or wish.asked_tags
        or wish.about
        or wish.less_known
        or wish.published
        or wish.drawn_by
        or tastes(text)
        or titles_in(text)
    )
    talks = [part for part in turn.parts if part.act is Act.COMPLAINT and not wish.is_vague]
    talks += filter(_tells_nothing, turn.parts) if chooses else ()
    talks += filter(_is_light, turn.parts) if titles_in(text) else ()
    others = any(part.works or not (part in talks or part.act.wishes) for part in turn.parts)
    return ReadTurn((ActPart(Act.RECOMMEND, text),), text) if talks and not others else turn


def _is_light(part: ActPart) -> bool:
    """Whether a part is talk of nothing that hurts: beside a film that was loved it says what to go by."""
    return part.act is Act.SMALL_TALK and not part.works and feelings.felt(part.text) not in feelings.HARD


def _tells_nothing(part: ActPart) -> bool:
    """Whether a part is talk in which nothing is heard that one could answer."""
    if part.act is not Act.SMALL_TALK or part.detail or part.works:
        return False
    return not (kind_of(part.text, "small_talk") or feelings.felt(part.text))


def traits_of(text: str, dialogue: Dialogue, catalogue: CatalogueSnapshot) -> frozenset[str]:
    """What the rules find in a turn, by names that mean something only to the layer trained with them."""
    words = vocabulary(catalogue)
    parsed = parse(text, words)
    reader = Reader(text, parsed, words, dialogue, "")
    vague = not parsed.mentions and parsed.bounds == Bounds()
    return traits(read_by_rules(reader, vague), reader)
