"""Reading a turn into its acts: its clauses are read by rules, put together, and mended by likeness to labelled turns."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

from ...catalogue.snapshot import CatalogueSnapshot
from ..acts import OF_HOUSE, Act, ActPart, Dialogue, Question, ReadTurn
from ..asking import asked, particulars, questions
from ..learned import feelings
from ..names import focus
from ..names.half_names import called_by_words, heads
from ..names.loose_names import begun as title_begun
from ..names.loose_names import loosely_named
from ..names.people import pointed_by_name, work_of_person
from ..names.said_titles import with_cut_titles_quoted, with_half_titles_quoted, with_title_first, with_titles_quoted
from ..stances.parse import parse
from ..tag_relations import OF_A_LIFE
from ..wishes import circumstances
from ..wishes.preferences import odd_volume
from ..wishes.turn_parser import NOBODY_DIES, asks_for_books, needs_edition
from ..wishes.wish import Wish
from ..words.clauses import Clause, clauses_of, without
from ..words.cue_book import plain
from ..words.laughter import without_laughter
from ..words.numbers import Bounds
from ..words.vocabulary import vocabulary
from .absent import absent
from .act_likeness import as_heard, settled_by_likeness, traits
from .act_parts import BOOK, TOLD_OF_WORKS, Reader, coherent, merged, names_its_object, verdict_in
from .asked_again import asked_again
from .breaches import breach, fault_named
from .choices import declined, is_conditional, without_denied
from .clause_acts import asked_apart, joined, noise, part_of
from .comparatives import with_limits
from .corrections import correction, cut_behind_denials
from .described import described
from .fates import fates
from .heartfelt import as_told
from .judgements import unjudged
from .named_at_last import named_at_last
from .orders import is_no_noise
from .rejections import as_rejected, rejected_in
from .remembered import BOOK as REMEMBERED
from .remembered import as_found, begun, begun_beside, found_at_last, goes_on, settled, tells_of_another
from .renewals import renewed, weighs_all
from .seen_anime import seen_anime
from .series_parts import in_told_order
from .shelf_orders import orders_in
from .starters import starters
from .statements import as_stated
from .talk import kind_of
from .telegraphic import telegraphic
from .unclear import unclear
from .verdicts import UNDONE, of_one_state, told_apart, told_once, unless_doubtful
from .weighed_again import weighed_again

# What is wanted of a book as well as asked.
TOLD_OF_ANY = frozenset((Question.ANIME, Question.EDITION, Question.STATUS))
OF_READING = frozenset((Question.OTHER, Question.EDITION))  # what is asked by whoever cannot read a book
GENERAL = frozenset((Question.OVERVIEW, Question.OTHER, Question.QUALITY))  # what only asks what a work is like
READ_STATES = {"read", "reading", "partly"}
VOLUME_SAID = re.compile(r"\d")
STOPPED = ("dropped", "partly", "reading")  # what a work may be said to be that only rests
QUESTIONS = {Act.ABOUT, Act.COMPARE, Act.AUTHOR}  # beside which what was read only leads up to them
# What a turn that tells of a feeling may have been read as.
MAY_BE_FELT = {Act.RECOMMEND, Act.SMALL_TALK, Act.TASTE, Act.SERVICE, Act.COMPLAINT, Act.OFF_TOPIC, Act.DEFINITION,
               Act.ABUSE}  # fmt: skip
MAY_BE_REMARKED = MAY_BE_FELT | {Act.ABOUT, Act.AUTHOR, Act.VERDICT}
NO_TALK = ((Act.GIBBERISH,), (Act.FIND,), (Act.THANKS,))  # what only sounds like talk, or like more of it
ON_NO_WORK = ("on.anime", "on.price", "on.paper", "on.translation", "on.same", "on.habit")  # remarks that judge no work
PLAIN_REMARK = 0.6  # how likely a remark must be where it names something to choose by
KINDS_OF_STATES = {circumstances.PET: "pet", circumstances.GRIEF: "loss", circumstances.PARTING: "heartbreak"}
VENTS = {Act.COMPLAINT, Act.SMALL_TALK, Act.ABUSE, Act.NO}  # beside which what is not it is all a turn says
WORD = re.compile(r"[^\W\d]+")
WANTED = {Act.RECOMMEND, Act.COMPLAINT, Act.VERDICT, Act.NO, Act.TASTE}  # acts of a turn that wanted nothing but books
MIN_VERDICT = 3  # words of a verdict beside the question whom a work suits
ANSWERED = {Act.ABOUT, Act.COMPARE, Act.AUTHOR, Act.DEFINITION, Act.SERVICE, Act.OWN_DATA, Act.CATALOGUE, Act.OFF_TOPIC,
            Act.DISTRESS, Act.VERDICT, Act.FIND, Act.ABUSE, Act.THANKS}  # fmt: skip


def read_acts(text: str, dialogue: Dialogue, catalogue: CatalogueSnapshot, wish: Wish, language: str) -> ReadTurn:
    """`text`: the words of a turn. `wish`: what they would wish for, were all of them a wish."""
    words = vocabulary(catalogue)
    text = with_title_first(without_denied(_without_laughter(text), dialogue, words), catalogue)
    text = with_half_titles_quoted(text, dialogue, words)
    parsed = parse(text, words)
    if (set_apart := with_cut_titles_quoted(text, parsed)) != text:
        text, parsed = set_apart, parse(set_apart, words)
    if (set_apart := with_titles_quoted(text, dialogue, catalogue, {one.values[0] for one in parsed.works})) != text:
        text, parsed = set_apart, parse(set_apart, words)
    reader = Reader(text, parsed, words, dialogue, language)
    if found := found_at_last(text, dialogue, reader.parsed_works):
        slug, rest = found
        after = read_acts(rest, settled(dialogue, slug), catalogue, wish, language) if rest else ReadTurn((), "")
        answers = any(part.act.wishes or part.act in ANSWERED - {Act.THANKS, Act.FIND} for part in after.parts)
        answers = answers or (Act.FIND in after.acts and tells_of_another(rest))
        return after if answers else ReadTurn((as_found(slug, text),), "")
    rejected, rest = rejected_in(text, dialogue, words)
    if rejected:
        spoken = tuple(slug for slug in dialogue.spoken if slug not in rejected)
        after = (
            read_acts(rest, replace(dialogue, spoken=spoken), catalogue, wish, language) if rest else ReadTurn((), "")
        )
        return as_rejected(rejected, after, rest, text)
    by_whole = (
        seen_anime,
        asked_again,
        weighed_again,
        _terse,
        fault_named,
        named_at_last,
        starters,
        absent,
        fates,
        unclear,
        described,
        breach,
        correction,
    )
    if answer := next(filter(None, (rule(reader) for rule in by_whole)), None):
        return _beside_house(answer, reader, wish.is_vague)
    turn = _read_by_rules(reader, wish.is_vague)
    if more := goes_on(turn, reader):
        return more
    says_yes = any(part.act is Act.YES for _, part in reader.found if part)
    taken_up = says_yes and (dialogue.proposed or any(part.detail.get("corrected") for part in turn.parts))
    if not (taken_up or reader.sure):
        mended = settled_by_likeness(turn, reader)
        turn = turn if _stays(turn, mended) else mended
        turn = as_heard(_as_remarked(_as_felt(turn, reader), reader), reader)
    if _wants_for_somebody(turn, reader):
        turn = ReadTurn((ActPart(Act.RECOMMEND, text),), text)
    if not (dialogue.last_picks or dialogue.spoken or dialogue.acts or wish.is_vague):
        turn = _as_first(turn, text)
    turn = _as_needed(as_stated(as_told(turn, reader), reader), reader)
    parts = _unless_joking(_as_meant(turn.parts, reader), reader.text)
    parts = begun(begun_beside(with_limits(_complained_again(parts, dialogue), reader), reader), reader)
    parts = _asked_of_another(declined(in_told_order(parts, reader), text, dialogue), reader)
    wishes = any(part.act.wishes or part.act is Act.TASTE for part in parts)
    return ReadTurn(parts, unjudged(turn.wish_text, reader) if wishes or not turn.wishes else "")


def _terse(reader: Reader) -> ReadTurn | None:
    terse = telegraphic(reader)
    return replace(terse, parts=with_limits(terse.parts, reader)) if terse else None


def _beside_house(turn: ReadTurn, reader: Reader, vague: bool) -> ReadTurn:
    """`turn`, which a rule read whole as a wish, with what other clauses ask of the house or of the field: "what is a
    light novel? and where do I start?" """
    if turn.acts != (Act.RECOMMEND,) or len(clauses_of(reader.text)) < 2 or not questions.is_question(reader.text):
        return turn
    asked = [part for part in _read_by_rules(reader, vague).parts if part.act in OF_HOUSE]
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


def _as_first(turn: ReadTurn, text: str) -> ReadTurn:
    """A turn before which nothing was said, and that names something to choose by: "cosy, and not slow" complains of
    nothing."""
    complains = any(part.act is Act.COMPLAINT for part in turn.parts)
    others = any(part.works or not (part.act is Act.COMPLAINT or part.act.wishes) for part in turn.parts)
    return ReadTurn((ActPart(Act.RECOMMEND, text),), text) if complains and not others else turn


def _as_meant(parts: Sequence[ActPart], reader: Reader) -> tuple[ActPart, ...]:
    """What the parts mean beside each other: an order leaves no place for some, a verdict is on its own works, what
    only leads up to another part is none, and somebody who is named points at their work."""
    if reader.ordered:
        parts = _as_ordered(parts, reader)
    if reader.shelf:
        parts = of_one_state(parts)
    else:
        parts = told_apart(parts, reader.parsed, lambda words: verdict_in(plain(words)))
    parts = _paused(tuple(map(_of_odd_volume, parts)), reader)
    parts = unless_doubtful(told_once(parts), is_conditional)
    parts = tuple(part for part in parts if not _is_idle(part, parts, reader)) or parts
    return pointed_by_name(parts, reader.dialogue, reader.catalogue, names_work=bool(reader.parsed_works))


def _paused(parts: Sequence[ActPart], reader: Reader) -> tuple[ActPart, ...]:
    """`parts`, where the work that the turn tells of rests: who says so, or asks whether to go on ("quit at 10, should I
    skip to 11?"), has not dropped it, and asks for no other book by why they stopped."""
    parts = [*_rested(parts, reader), *parts]
    told = [part for part in parts if part.act is Act.VERDICT and part.works]
    if len({part.works for part in told}) != 1 or reader.shelf:
        return tuple(parts)
    goes_on, lower = BOOK.has("goes_on", plain(reader.text)), plain(reader.text)
    states = {part.detail.get("state") for part in told}
    if not (states & {"hold", *STOPPED} and (BOOK.has("verdict.hold", lower) or (goes_on and "dropped" in states))):
        return tuple(parts)
    found = []
    for part in parts:
        if part in told and part.detail.get("state") in STOPPED:
            part = replace(part, detail={**part.detail, "state": "hold"})
        elif part.act is Act.ABOUT and not part.works:
            part = replace(part, works=told[0].works)
        elif part.act is Act.RECOMMEND and BOOK.has("goes_on", plain(part.text)):
            part = ActPart(Act.ABOUT, part.text, told[0].works, (Question.ORDER,))
        if not (part.act is Act.RECOMMEND and (goes_on or not reader.tags(part.text)) and not _asks_for_others(part)):
            found.append(part)
    return tuple(found)


def _rested(parts: Sequence[ActPart], reader: Reader) -> list[ActPart]:
    """That a work rests which the turn only asks about: "stopped after 8, can I go on with 9?"."""
    asked = {part.works for part in parts if part.act is Act.ABOUT}
    lower = plain(reader.text)
    told = any(part.act is Act.VERDICT for part in parts) or not VOLUME_SAID.search(lower)
    if told or len(asked) != 1 or len(next(iter(asked))) != 1 or not BOOK.has("verdict.hold", lower):
        return []
    return [ActPart(Act.VERDICT, reader.text, next(iter(asked)), detail={"state": "hold"})]


def _asks_for_others(part: ActPart) -> bool:
    return any(BOOK.has(cue, plain(part.text)) for cue in ("recommends", "more", "books"))


def _of_odd_volume(part: ActPart) -> ActPart:
    """A verdict on half a volume, or on one of a collection beside the series, is none on the whole of it."""
    if (
        part.act is not Act.VERDICT
        or part.detail.get("state") not in READ_STATES
        or not (said := odd_volume(part.text))
    ):
        return part
    return replace(part, detail={**part.detail, "state": "partly", "volume": said})


def _is_idle(part: ActPart, parts: Sequence[ActPart], reader: Reader) -> bool:
    """Whether a part says nothing beside the others."""
    if part.act is Act.VERDICT:
        return _is_hollow(part, parts, reader) and not _settles_on_one_of(part, reader)
    if any(one.act is Act.VERDICT and _settles_on_one_of(one, reader) for one in parts):
        return {*part.works} == {*reader.dialogue.last_picks}  # what is asked of the one is told when that is known
    if part.act is Act.SMALL_TALK and not part.detail:
        return any(one.act is Act.ABOUT and one.works for one in parts)  # a worry that asks
    if part.act is Act.ABOUT and NOBODY_DIES.search(plain(reader.text)) and not questions.is_question(part.text):
        return any(one.act.wishes for one in parts)  # "they all die": in protest
    if part.act is Act.CATALOGUE and reader.parsed.bounds.min_year:
        return any(one.act.wishes for one in parts)  # what is new of the kind that is wished for
    if part.act is Act.ABOUT and not questions.is_question(part.text) and TOLD_OF_ANY.issuperset(part.questions):
        return any(one.detail.get("renewed") for one in parts)  # "those HAVE an anime. no anime please"
    if part.act in (Act.ABOUT, Act.RECOMMEND) and _complains(part, parts):
        return not (part.act.wishes and (_says_again(part, reader) or BOOK.has("recommends", plain(part.text))))
    return part.act.wishes and not asks_for_books(part.text) and (_is_echo(part, parts) or _leads_up(parts))


def _is_hollow(verdict: ActPart, parts: Sequence[ActPart], reader: Reader) -> bool:
    """Whether a verdict is on nothing ("I have seen the anime"), or on what somebody else is to read ("could my niece,
    11, read it?")."""
    for_others = any(part.act is Act.ABOUT and Question.SUITS in part.questions for part in parts)
    if not verdict.works:
        return not _asks_which(verdict)
    asks = any(part.act in QUESTIONS and questions.is_question(part.text) for part in parts)
    if asks and verdict.detail.get("state") == "not" and not _names_one(verdict, reader):
        return True  # a dislike beside a question is of no work: "which first? I like mysteries but hate puns"
    return for_others and len(WORD.findall(verdict.text)) < MIN_VERDICT


def _names_one(part: ActPart, reader: Reader) -> bool:
    """Whether the words of a part name a work or point at one."""
    lower = plain(part.text)
    return any(plain(reader.parsed.words_of(one)) in lower for one in reader.parsed.works) or bool(
        focus.pointed_at(part.text, reader.dialogue)
    )


def _settles_on_one_of(order: ActPart, reader: Reader) -> bool:
    """Whether an order is of one of the works offered, and it is open which: "I'll take that one"."""
    return bool(order.detail.get("ordered") and not order.works and len(reader.dialogue.last_picks) > 1
                and not focus.places_in(plain(order.text)) and focus.points(plain(order.text)))  # fmt: skip


def _asks_which(order: ActPart) -> bool:
    """Whether an order of the shelf is of no work that is sure, so that it is asked back which one is meant."""
    if order.detail.get("state") in UNDONE:
        return bool(order.detail["state"] != "unread")
    return bool(order.detail.get("ordered")) and names_its_object(order.text)


def _complains(part: ActPart, parts: Sequence[ActPart]) -> bool:
    """Whether a question or a wish is in the very words of a complaint: "why do you keep giving me school stories"."""
    complaints = (one for one in parts if one.act is Act.COMPLAINT and not one.detail.get("taken_back"))
    return any(part.text and part.text in one.text for one in complaints)


def _is_echo(wish: ActPart, parts: Sequence[ActPart]) -> bool:
    """Whether a wish has the very words of a comparison, which asks for no other books."""
    return any(part.act is Act.COMPARE and part.text == wish.text for part in parts)


def _leads_up(parts: Sequence[ActPart]) -> bool:
    """Whether a wish stands beside a question on a work that is not named: who tells how its anime ended and asks how
    far the novels go is asked which it is."""
    return any(part.act is Act.ABOUT and not part.works and "unknown" not in part.detail for part in parts)


def _as_ordered(parts: Sequence[ActPart], reader: Reader) -> tuple[ActPart, ...]:
    """Parts without those that an order leaves no place for: a complaint, a no or thanks only lead up to what is put
    right; what is said of a disputed fact asks nothing."""
    if any(part.detail.get("corrected") for part in parts):
        parts = [part for part in parts if part.act not in (Act.NO, Act.YES, Act.COMPLAINT, Act.ABUSE)]
    if any(part.detail.get("kind") == "not_it" for part in parts):
        parts = _looked_for_again(parts, reader.dialogue)
    if any(part.act is Act.COMPLAINT and part.detail.get("kind") == "wrong" for part in parts):
        asked = (Act.COMPLAINT, Act.OWN_DATA, Act.SERVICE, Act.AUTHOR)
        parts = [part for part in parts if part.act in asked or (part.act is Act.ABOUT and part.questions)]
    return merged(parts)


def _looked_for_again(parts: Sequence[ActPart], dialogue: Dialogue) -> list[ActPart]:
    """Parts of a turn that says what is not it, without complaints and questions that only vent. Where the turn does
    nothing else another is chosen at once; of a book that is remembered more has to be told."""
    kept = [
        part
        for part in parts
        if part.detail.get("kind") == "not_it"
        or not (part.act is Act.COMPLAINT or set(part.questions) & {Question.OTHER, Question.WHY})
    ]
    bare = Act.FIND not in dialogue.acts and {part.act for part in kept} <= VENTS
    return [*kept, ActPart(Act.RECOMMEND, "", detail={"corrected": "again"})] if bare else kept


def traits_of(text: str, dialogue: Dialogue, catalogue: CatalogueSnapshot) -> frozenset[str]:
    """What the rules find in a turn, by names that mean something only to the layer trained with them."""
    words = vocabulary(catalogue)
    parsed = parse(text, words)
    reader = Reader(text, parsed, words, dialogue, "")
    vague = not parsed.mentions and parsed.bounds == Bounds()
    return traits(_read_by_rules(reader, vague), reader)


def _read_by_rules(reader: Reader, vague: bool) -> ReadTurn:
    """`vague`: whether the turn names nothing to choose by."""
    text = reader.text
    if not is_no_noise(text) and (kind := noise(reader)):
        reader.found.append((Clause(text, 0, len(text)), ActPart(kind, text)))
        part = _taken_up(ActPart(kind, text), reader.dialogue)
        return ReadTurn((part,), text if part.act.wishes else "")
    if turn := weighs_all(reader):
        return turn
    ordered = {order.clause: order.part for order in orders_in(reader)}
    reader.ordered += ordered.values()
    reader.shelf = bool(ordered)
    clauses = joined(cut_behind_denials(clauses_of(text)), reader)
    reader.recent = _leading_work(clauses, reader) or _leading_person(clauses, reader)
    for clause in _beside(ordered, clauses, reader):
        stretch = reader.stretch(clause)
        taken = ordered.get(clause) or part_of(stretch, reader)
        more = renewed(stretch, reader) if clause in ordered else None
        if more and taken and taken.detail.get("state") == "want":
            taken, more = more, None  # "something to read instead of that" settles on nothing
        reader.found.append((clause, taken))
        if more:
            reader.found.append((clause, more))  # "dropped it, so leave it out"
        reader.sure = reader.sure or bool(stretch.said and taken and taken.act in TOLD_OF_WORKS)
        if stretch.named.unknown or stretch.named.works:
            reader.unknown = "" if stretch.named.works else stretch.named.unknown[0]
        reader.recent = (taken.meant if taken else ()) or stretch.named.works or stretch.pointed or reader.recent
    return _put_together(reader, vague)


def _leading_work(clauses: Sequence[Clause], reader: Reader) -> tuple[str, ...]:
    """The work that the first of several questions may name by a part of its title, where the turn names none."""
    first = clauses[0].text if clauses else ""
    if len(clauses) < 2 or reader.parsed_works or reader.dialogue.spoken:
        return ()
    if any(BOOK.has(cue, plain(reader.text)) for cue in ("recommends", "find", "books")):
        return ()
    loose = loosely_named(first, reader.words) if questions.is_question(first) else ()
    if len(loose) == 1:
        return loose
    asks = any(questions.questions_in(one.text) and questions.is_question(one.text) for one in clauses[1:])
    leading = (slug for name in heads(first) if (slug := title_begun(name, reader.words)))
    return tuple(islice(leading, 1)) if asks and not loose else ()


def _leading_person(clauses: Sequence[Clause], reader: Reader) -> tuple[str, ...]:
    """The one of several works spoken of, of which somebody is named first in a turn that names no work: "Sistina, yes"."""
    if not clauses or reader.parsed_works or len(reader.dialogue.spoken) < 2:
        return ()
    slug = work_of_person(clauses[0].text, reader.dialogue.spoken, reader.catalogue)
    return (slug,) if slug else ()


def _beside(ordered: Collection[Clause], clauses: Sequence[Clause], reader: Reader) -> list[Clause]:
    """The clauses of a turn, those that order something of the shelf apart from the others."""
    spans = sorted(ordered, key=lambda one: one.start)
    others = asked_apart([*without(clauses, spans)] if spans else [*clauses], reader)
    return sorted((*spans, *others), key=lambda one: one.start)


def _put_together(reader: Reader, vague: bool) -> ReadTurn:
    parts = _without_asides(_of_one_sought([part for _, part in reader.found if part], reader), reader)
    if any(part.act is Act.DISTRESS for part in parts):
        return ReadTurn(merged(parts), _wish_text(reader))
    parts = [_taken_up(part, reader.dialogue) for part in parts]
    if not parts:
        reader.settled = True
        parts = [_settled(reader, vague)]
        text = reader.text if parts[0].act.wishes else ""
        return ReadTurn(tuple(parts), text)
    parts = _settled_by_others(parts, reader)
    if not any(part.act.wishes for part in parts):
        parts += [ActPart(Act.RECOMMEND, part.text) for part in parts if _wishes_too(part, reader)]
    if not any(part.act.wishes for part in parts):
        kept = [part for part in parts if part.act is Act.TASTE]
        return ReadTurn(merged(parts), " ".join(part.text for part in kept))
    kept = [part for part in parts if part.act not in (Act.GREETING, Act.SMALL_TALK)]
    return ReadTurn(merged(kept), _wish_text(reader))


def _of_one_sought(parts: list[ActPart], reader: Reader) -> list[ActPart]:
    """Parts, those behind words that a book is only half remembered as more of that one: they sound like a wish, or a
    question of the work spoken of before."""
    said = (place for place, part in enumerate(parts) if BOOK.has("half_remembered", plain(part.text)))
    begins = next((place for place in said if parts[place].act is Act.FIND), len(parts))

    def tells(part: ActPart) -> bool:
        asks = part.act is Act.ABOUT and not {*part.questions} <= {Question.OTHER, Question.OVERVIEW}
        return part.act in (Act.ABOUT, Act.RECOMMEND) and not (asks or reader.named(part.text).works)

    return [*parts[:begins], *(ActPart(Act.FIND, part.text) if tells(part) else part for part in parts[begins:])]


def _without_asides(parts: list[ActPart], reader: Reader) -> list[ActPart]:
    """Parts without what only adds to the others: a wish only named beside a question, "ok" or "oh" before one."""
    wished = any(part.act.wishes and part not in reader.weak for part in parts)
    if not wished and any(part.act in ANSWERED for part in parts):
        parts = [part for part in parts if part not in reader.weak or part.act is not Act.RECOMMEND]
    if any(part.act is Act.ABOUT and part.works for part in parts):
        parts = [part for part in parts if not _wishes_unseen(part, reader)]
    goes_on = any(part.act in ANSWERED or part.act.wishes or part.detail.get("kind") for part in parts)
    if any(part.act in (Act.COMPLAINT, Act.FIND) for part in parts):
        parts = [part for part in parts if part.act is not Act.NO]
    parts = [part for part in parts if not (goes_on and _only_leads(part))]
    return coherent(parts)


def _wishes_unseen(part: ActPart, reader: Reader) -> bool:
    """Whether a wish is for what the catalogue does not tell books by: "번역 좋은 걸로"."""
    return part.act.wishes and not reader.says_something(part.text) and bool(particulars.topic_in(part.text))


def _only_leads(part: ActPart) -> bool:
    """Whether a part says no more than "ok" or "oh" where something follows it: a yes alone takes up an offer."""
    return part.act is Act.YES or (part.act is Act.SMALL_TALK and BOOK.has("okay", plain(part.text)))


def _settled_by_others(parts: list[ActPart], reader: Reader) -> list[ActPart]:
    """What a part does that could do two things, by what else the turn does and what was before it."""
    acts = {part.act for part in parts}
    if Act.FIND in acts:
        remembered = [
            part for part in parts if part.act is Act.RECOMMEND and not REMEMBERED.has("wishes", plain(part.text))
        ]
        return [replace(part, act=Act.FIND) if part in remembered else part for part in parts]
    if Act.RECOMMEND in acts or reader.dialogue.last_picks or acts & QUESTIONS:
        return parts
    return [one for part in parts for one in _wish_or_not(part, reader)]


def _wishes_too(part: ActPart, reader: Reader) -> bool:
    """Whether a part asks for books beside what it does: a complaint or swearing that says again what was wanted or
    refused, an author whose books are to be recommended."""
    if part.detail.get("taken_back"):
        return True
    if part.act is Act.AUTHOR:  # the other books of who wrote a work are told, and none of others chosen
        of_another = "author" in part.detail or bool(reader.tags(part.text))
        return of_another and BOOK.has("recommends", plain(part.text))
    swears = part.act is Act.ABUSE and bool(reader.tags(part.text))
    complains = part.act is Act.COMPLAINT and _says_again(part, reader)
    return (swears or complains) and bool(reader.dialogue.last_picks)


def _says_again(part: ActPart, reader: Reader) -> bool:
    """Whether a part says again what was wanted or refused, or asks for something else: why there is so much of a thing
    asks for no books."""
    limits = reader.parsed.bounds.min_year or reader.parsed.bounds.max_volumes  # "i said LATELY", "i said short"
    if not (reader.tags(part.text) or limits):
        return False
    return any(BOOK.has(cue, plain(part.text)) for cue in ("restated", "other_kind"))


def _wish_or_not(part: ActPart, reader: Reader) -> tuple[ActPart, ...]:
    """Before anything was offered, what a reader likes or has read says what they want, if it is not said for good and
    they do not order it to be kept."""
    if part.act is Act.TASTE and part not in reader.ordered and not BOOK.has("for_good", plain(part.text)):
        return (replace(part, act=Act.RECOMMEND),)
    liked = part.act is Act.VERDICT and part.detail.get("state") == "loved"
    if not (liked and part.works) or reader.shelf or Act.VERDICT in reader.dialogue.acts:
        return (part,)
    return (part, replace(part, act=Act.RECOMMEND, detail={}))


def _taken_up(part: ActPart, dialogue: Dialogue) -> ActPart:
    """A yes to what the librarian offered to do, as what she offered."""
    if part.act is not Act.YES:
        return part
    if (
        not dialogue.proposed
        and Act.RECOMMEND in dialogue.acts
        and WANTED.issuperset(dialogue.acts)
        and len({*dialogue.acts}) > 1
    ):
        return ActPart(Act.RECOMMEND, "", detail={"corrected": "again"})  # to "shall I look again?"
    if not dialogue.spoken:
        return part
    if dialogue.proposed == "similar":
        return ActPart(Act.RECOMMEND, part.text, dialogue.spoken)
    if dialogue.proposed == "shelve":
        return ActPart(Act.VERDICT, part.text, dialogue.spoken, detail={"state": "want"})
    if dialogue.proposed == "more":
        return ActPart(Act.ABOUT, part.text, dialogue.spoken, (Question.OVERVIEW,))
    return part


def _settled(reader: Reader, vague: bool) -> ActPart:
    """A turn of which no clause tells anything by itself."""
    text = reader.text
    started = not reader.dialogue.acts
    if Act.FIND in reader.dialogue.acts and not questions.is_question(text):
        return ActPart(Act.FIND, text)  # one thing more that is remembered
    if not vague or started:
        return ActPart(Act.RECOMMEND, text)
    if questions.is_question(text) and reader.dialogue.spoken:
        return ActPart(Act.ABOUT, text, reader.dialogue.spoken, (Question.OTHER,))
    if called := called_by_words(text, reader.known, reader.words, story=False):
        return ActPart(Act.ABOUT, text, (called,), (Question.OVERVIEW,))
    return ActPart(Act.SMALL_TALK, text)


def _wish_text(reader: Reader) -> str:
    """The clauses that wish, what is said between them, and what limits the choice beside them."""
    kept: list[Clause] = []
    for clause, part in reader.found:
        if part is None:
            told = BOOK.has("circumstance", plain(clause.text))
            wishes = not told or reader.has_stance(clause.text)
        elif part.act is Act.VERDICT:
            wishes = _names_title(clause, reader)
        else:
            wishes = part.act in (Act.RECOMMEND, Act.TASTE)
            wishes |= _wishes_too(part, reader) and not (part.detail.get("taken_back") or part.detail.get("refused"))
        if wishes and clause not in kept:
            kept.append(clause)
    return _cut(reader.text, kept)


def _names_title(clause: Clause, reader: Reader) -> bool:
    """Whether a clause names what a verdict is on, so that its words say it to the wish too."""
    return any(one.kind in ("work", "unknown") for one in reader.mentions(clause.text))


def _cut(text: str, kept: list[Clause]) -> str:
    """The words of `kept`, with what stands between neighbours as it was typed."""
    pieces: list[str] = []
    end = -1
    for clause in kept:
        between = text[end : clause.start] if end >= 0 else ""
        if end >= 0 and not between.strip():
            pieces[-1] += between + clause.text
        else:
            pieces.append(clause.text)
        end = clause.end
    return " ".join(pieces)
