"""What the whole of a turn sounds like, by likeness to labelled turns, and how that mends what the rules read."""

from collections.abc import Iterable

from ..acts import OF_HOUSE, Act, ActPart, Question, ReadTurn
from ..asking import questions
from ..learned import feelings
from ..learned.act_classifier import ACTS, context_of, likely, likely_each
from ..names import authors, focus
from ..names.focus import Named
from ..names.loose_names import loosely_named
from ..wishes import circumstances
from ..wishes.hearts import hearts_of
from ..words.clauses import Clause
from ..words.cue_book import plain
from ..words.numbers import Bounds
from . import act_parts
from .act_parts import BOOK, TOLD_OF_WORKS, Reader, Stretch, asks_plainly, coherent, merged
from .breaches import praises

# How likely an act must be to stay as rules read it where another is likelier, and to be read beside or instead.
STAYS, LIKELY = 0.3, 0.33
WISH_STAYS = 0.2  # a wish is not lost to what may be talk
SURE_OF_NO_WISH = 0.75  # how likely another act must be for what names something to choose by to be no wish
SURE_WHERE_WEAK = 0.6  # the same where no word wishes
SURE_OF_ONE = 0.85  # how likely a question of a work must be where none is known by that name
DESPAIRS = 0.6  # how likely despair must be by the words alone
DESPAIR_HEARD = 0.3  # how likely it must be by its feeling to be read beside what the rules read
DESPAIRS_WITH_REASON = 0.85  # the same beside a wish, or where the reader says what has befallen them
MAX_SOUNDED = 12  # clauses, the last of a turn, that are listened to one by one,
MAX_HEARD = 200  # and characters of a turn, its last
# In the middle of a conversation: how likely a wish must be to be read whatever the rules say, or not to be, and how
# likely another act must be to be read in place of all that they read.
WANTED, NOT_WANTED, ANOTHER = 0.6, 0.3, 0.5
ANOTHER_AT_FIRST = 0.4  # the same where nothing was said before
# Acts that are told by more than likeness, and those that stay where rules read them.
NEVER_ALONE = {Act.DISTRESS, Act.ABUSE, Act.GIBBERISH, Act.COMPLAINT, Act.TASTE}
SETTLED = {Act.DISTRESS, Act.ABUSE, Act.GIBBERISH}
ASKS_OF_WORKS = {Act.ABOUT, Act.COMPARE, Act.AUTHOR}
BESIDE = 0.3  # how likely another act must be to stay beside a wish that the rules did not read
PUT_RIGHT = {"corrected", "taken_back", "refused"}  # what a complaint tells: that it is answered by other books
SURE_ENOUGH = 0.45  # how likely the likeliest act must be for the rules to be doubted at all


def traits(turn: ReadTurn, reader: Reader) -> frozenset[str]:
    """What the rules find in a turn, by names that mean something only to the layer trained with them."""
    text, lower = reader.text, plain(reader.text[-MAX_HEARD:])
    named = reader.named(text)
    mentions = reader.parsed.mentions
    told = {
        "settled": reader.settled,
        "weak": bool(reader.weak),
        "named": bool(named.works),
        "several": len(named.works) > 1,
        "unknown": bool(named.unknown),
        "pointed": bool(focus.pointed_at(text, reader.dialogue)),
        "similar": focus.says_similar(text),
        "author": bool(authors.authors_in(text, reader.words)),
        "question": questions.is_question(text),
        "may ask": questions.may_be_question(text),
        "tag": any(one.kind == "tag" for one in mentions),
        "stance": any(one.stance for one in mentions),
        "bounds": reader.parsed.bounds != Bounds(),
        "short": len(text) <= (16 if text.isascii() else 8),
        "clauses": len(reader.found) > 1,
    }
    # What is wished for by nothing but its names, or because nothing else was told, is no find of the rules.
    acts = {f"act {act}" for act in turn.acts if not (act.wishes and (reader.settled or reader.weak))}
    cues = {f"cue {name}" for name in BOOK.sections if not name.startswith("of.") and BOOK.has(name, lower)}
    asked = {f"asks {question}" for question in questions.questions_in(text)}
    return frozenset({name for name, is_so in told.items() if is_so} | acts | cues | asked)


def settled_by_likeness(turn: ReadTurn, reader: Reader) -> ReadTurn:
    """`turn`, as the rules read it, mended where the whole of it is far likelier to do something else."""
    chosen = any(part.detail.get("chosen") for part in reader.ordered)
    if not chosen and _despairs(reader):
        return ReadTurn((ActPart(Act.DISTRESS, reader.text),), "")
    if reader.ordered:
        return turn
    shares = reader.heard = likely(reader.text, context_of(reader.dialogue), traits(turn, reader))
    best = max(shares, key=shares.__getitem__)
    if shares[best] < SURE_ENOUGH:
        return turn
    shares = {**shares, Act.GREETING: shares[Act.SMALL_TALK]}
    speaks_of_works = _speaks_of_works(reader)
    stays = _staying(turn, reader, shares, STAYS if speaks_of_works else WISH_STAYS)
    more = _heard_besides(turn, stays, reader, {act for act in ACTS if act is best or shares[act] >= LIKELY})
    if Act.FIND in turn.acts and not speaks_of_works:
        more.discard(Act.ABOUT)
    if turn.wishes:
        more -= _less_than_a_wish(reader, speaks_of_works or _asks_of_one_unknown(reader, shares))
        if hearts_of(reader.text, reader.words):
            more.discard(Act.SMALL_TALK)  # what a story is to have is asked for, though nothing here knows the word
        plain_ask = focus.says_similar(reader.text) or (reader.chooses and not speaks_of_works)
        if not more or (plain_ask and shares[best] < (SURE_WHERE_WEAK if _is_weak(reader) else SURE_OF_NO_WISH)):
            stays.add(Act.RECOMMEND)
        if Act.RECOMMEND in stays and len(reader.found) == 1:
            more.discard(Act.TASTE)
    added = _added(more, stays, reader)
    if not added and (not stays or stays == set(turn.acts)):
        return turn
    return _mended(turn, stays, added, reader)


def as_heard(turn: ReadTurn, reader: Reader) -> ReadTurn:
    """`turn`, within a conversation, by what the whole of it sounds like where that is plain: a question that only holds
    the words of a wish brings no books, and a wish in the words of a question brings some."""
    shares = reader.heard
    if not shares or reader.ordered or SETTLED & {*turn.acts} or any(map(_is_talk_of_something, turn.parts)):
        return turn
    best, read = max(shares, key=shares.__getitem__), {*turn.acts}
    if best in NEVER_ALONE or (turn.wishes and _only_sets_limits(reader)):
        return turn
    if not reader.dialogue.acts:
        asks = best in ASKS_OF_WORKS and best not in read and shares[best] >= ANOTHER_AT_FIRST and reader.parsed_works
        return _as_only(best, turn, reader) if asks and turn.wishes else turn
    told = any(PUT_RIGHT & part.detail.keys() for part in turn.parts)
    if best not in read and shares[best] >= (WANTED if best.wishes else ANOTHER) and not (told and turn.wishes):
        return _as_only(best, turn, reader)
    if turn.wishes and not told and shares[Act.RECOMMEND] < NOT_WANTED:
        kept = tuple(part for part in turn.parts if not part.act.wishes)
        return ReadTurn(kept, _taste_in(kept)) if kept else _as_only(best, turn, reader)
    if not turn.wishes and best is Act.RECOMMEND and shares[best] >= WANTED:
        return _as_wished(turn, reader, shares)
    return turn


def _only_sets_limits(reader: Reader) -> bool:
    """Whether a turn names a kind of book within limits and asks nothing: "a comedy of at most three volumes"."""
    limits = reader.parsed.bounds != Bounds() and bool(reader.tags(reader.text))
    return limits and not questions.is_question(reader.text)


def _is_talk_of_something(part: ActPart) -> bool:
    """Whether a part tells of a feeling or remarks on something that was heard."""
    return part.act is Act.SMALL_TALK and bool(part.detail.get("kind") or part.works)


def _as_only(act: Act, turn: ReadTurn, reader: Reader) -> ReadTurn:
    """The whole turn as one part that does `act`; as it was where what the act needs is not there."""
    if act.wishes:
        return _as_wished(turn, reader, reader.heard)
    part = _as_act(act, reader.stretch(Clause(reader.text, 0, len(reader.text))), reader)
    return ReadTurn((part,), part.text if act is Act.TASTE else "") if part else turn


def _as_wished(turn: ReadTurn, reader: Reader, shares: dict[Act, float]) -> ReadTurn:
    """A turn that wishes for books, beside what else of it is likely or marks a work."""
    kept = [part for part in turn.parts if part.act is Act.VERDICT or shares.get(part.act, 0) >= BESIDE]
    added = _added([Act.RECOMMEND], {part.act for part in kept}, reader)
    parts = merged(coherent([*kept, *added.values()]))
    return ReadTurn(parts, " ".join(part.text for part in added.values())) if added else turn


def _taste_in(parts: Iterable[ActPart]) -> str:
    return " ".join(part.text for part in parts if part.act is Act.TASTE)


def _staying(turn: ReadTurn, reader: Reader, shares: dict[Act, float], wish_stays: float) -> set[Act]:
    """Acts that the rules read and that are likely enough, or told by a clause of their own: such a one is little of a
    turn that wishes."""
    read = set(turn.acts)
    stays = {act for act in read if shares[act] >= (wish_stays if act.wishes else STAYS) / len(read) ** 2}
    if len(reader.found) > 1:
        asked = {part.act for _, part in reader.found if part and _asks_of_works(part)}
        of_house = {part.act for clause, part in reader.found if part and _asks_of_house(clause, part)}
        stays |= read & {Act.VERDICT, *asked, *of_house}
    if any(map(_finds_bad, turn.parts)):
        stays.add(Act.VERDICT)
    if any(map(_finds_all_bad, turn.parts)):
        stays.add(Act.COMPLAINT)
    return stays


def _heard_besides(turn: ReadTurn, stays: set[Act], reader: Reader, likely_acts: set[Act]) -> set[Act]:
    """Of acts that are likely those that the turn may do beside or instead of what the rules read."""
    more = likely_acts - set(turn.acts)
    either = {Act.ABOUT, Act.RECOMMEND}  # one clause asks of a work or it wishes
    if len(reader.found) == 1 and stays & either:
        more -= either
    if not turn.wishes and any(part and _asks_of_works(part) for _, part in reader.found):
        more.discard(Act.RECOMMEND)  # however long the story before the question
    if any(map(_finds_bad, turn.parts)) and not questions.is_question(reader.text):
        more -= {Act.ABOUT, Act.TASTE}  # "its prose is stiff" asks nothing of it
    if any(map(_finds_all_bad, turn.parts)):
        more.discard(Act.VERDICT)
    if praises(plain(reader.text)):
        more.discard(Act.COMPLAINT)
    if {Act.GREETING, Act.TASTE} & {*turn.acts}:
        more.discard(Act.SMALL_TALK)
    is_calm = feelings.shares(reader.text)[0][feelings.CRISIS] < DESPAIR_HEARD
    if is_calm or BOOK.has("of_story", plain(reader.text)) or _tells_why(reader.text):
        more.discard(Act.DISTRESS)
    return more


def _finds_bad(part: ActPart) -> bool:
    """Whether a part finds works bad that it names or points at."""
    return part.act is Act.VERDICT and bool(part.works) and part.detail.get("state") in ("dropped", "not")


def _finds_all_bad(part: ActPart) -> bool:
    """Whether a part finds the whole choice bad, or says what was wrong with it: that is no verdict on one of it."""
    return part.act is Act.COMPLAINT and (len(part.works) > 1 or bool(part.detail))


def _asks_of_works(part: ActPart) -> bool:
    """Whether a part asks plainly of works, be they here or not."""
    return asks_plainly(part) and bool(part.works or "unknown" in part.detail)


def _asks_of_house(clause: Clause, part: ActPart) -> bool:
    """Whether a clause of several plainly asks of the house or of the field."""
    return part.act in OF_HOUSE and questions.is_question(clause.text)


def _is_weak(reader: Reader) -> bool:
    """Whether the rules read a wish by nothing but what is named."""
    wishes = [part for _, part in reader.found if part and part.act.wishes]
    return all(any(part is weak for weak in reader.weak) for part in wishes)


def _despairs(reader: Reader) -> bool:
    """Whether the words alone, whatever was spoken of before them, sound like despair."""
    if reader.chooses or BOOK.has("of_story", plain(reader.text)):
        return False
    if any(part and part.act is Act.COMPLAINT for _, part in reader.found):
        return False
    asks_for_books = any(part and part.act.wishes and part not in reader.weak for _, part in reader.found)
    has_reason = asks_for_books or reader.ordered or _tells_why(reader.text)
    return likely(reader.text, "talk")[Act.DISTRESS] >= (DESPAIRS_WITH_REASON if has_reason else DESPAIRS)


def _tells_why(text: str) -> bool:
    """Whether a reader says what has befallen them: a loss, a parting, an illness, a job that is gone."""
    return circumstances.read(text).gentle in circumstances.BEFALLEN or bool(feelings.felt(text))


def _asks_of_one_unknown(reader: Reader, shares: dict[Act, float]) -> bool:
    """Whether a turn plainly asks of a work that is called by no name known here: "does the dog die in roll over"."""
    asked = {*questions.questions_in(reader.text)} - {Question.OVERVIEW, Question.OTHER, Question.QUALITY}
    return bool(asked) and questions.is_question(reader.text) and shares[Act.ABOUT] >= SURE_OF_ONE


def _less_than_a_wish(reader: Reader, speaks_of_works: bool) -> set[Act]:
    """Acts that a turn is not read as where the rules read a wish in it, however likely they are."""
    less: set[Act] = set()
    if BOOK.has("other_kind", plain(reader.text)):
        less |= {Act.ABOUT, Act.CATALOGUE}
    if not reader.settled and not reader.dialogue.spoken:
        less.add(Act.CATALOGUE)  # "is there any BL?" is answered by books
    if not reader.dialogue.spoken and not reader.dialogue.acts:
        less.add(Act.VERDICT)  # what was read before anything was offered says what is wanted
        if not BOOK.has("compare", plain(reader.text)) and not questions.is_question(reader.text):
            less.add(Act.COMPARE)  # a list of titles
    if reader.chooses:
        if not BOOK.has("find", plain(reader.text)) and not _is_weak(reader):
            less.add(Act.FIND)  # a story told to be chosen by
        if not speaks_of_works:
            less.add(Act.ABOUT)
    return less


def _speaks_of_works(reader: Reader) -> bool:
    """Whether there are works that a turn may ask of: named, or spoken of before."""
    named = reader.named(reader.text)
    unknown = named.unknown and not reader.chooses
    return bool(reader.dialogue.spoken or named.works or unknown or loosely_named(reader.text, reader.words))


def _added(acts: Iterable[Act], stays: set[Act], reader: Reader) -> dict[int, ActPart]:
    """Parts that do `acts`, each at the place of the clause that sounds most like it."""
    acts = sorted(acts, key=list(Act).index)
    clauses = [clause for clause, _ in reader.found if clause.end > len(reader.text) - MAX_HEARD][-MAX_SOUNDED:]
    # Only where there is a choice: to listen to them takes as long as all the rules.
    listens = acts and len(clauses) > 1
    sounds = likely_each([clause.text for clause in clauses], context_of(reader.dialogue)) if listens else []
    added: dict[int, ActPart] = {}
    for act in acts:
        free = [place for place in range(len(clauses)) if place not in added] or [0]
        place = max(free, key=lambda one: sounds[one][act]) if sounds else free[0]
        clause = clauses[place]
        if not stays and len(acts) == 1:
            clause = Clause(reader.text, 0, len(reader.text))
        if part := _as_act(act, reader.stretch(clause), reader):
            added[place] = part
    return added


def _mended(turn: ReadTurn, stays: set[Act], added: dict[int, ActPart], reader: Reader) -> ReadTurn:
    """The parts of `turn` that stay, with those added in their places."""
    kept = [part for part in turn.parts if part.act in stays]
    parts = sorted([*kept, *added.values()], key=lambda part: reader.text.find(part.text[:20]))
    wished = [part.text for part in added.values() if part.act in (Act.RECOMMEND, Act.TASTE)]
    if stays & {Act.RECOMMEND, Act.TASTE}:
        wished = [turn.wish_text, *wished]
    return ReadTurn(merged(coherent(parts)), " ".join(filter(None, wished)))


def _as_act(act: Act, stretch: Stretch, reader: Reader) -> ActPart | None:
    """`stretch` as a part that does `act`, or None where what it needs is not there."""
    if act in TOLD_OF_WORKS:
        return _as_told_of_works(act, stretch, reader)
    if act is Act.CATALOGUE:
        return act_parts.of_shelf(stretch, reader)
    if act in OF_HOUSE:
        return act_parts.asked_of_house(act, stretch, reader)
    if act is Act.RECOMMEND:
        return act_parts.wish(stretch, reader)
    return ActPart(act, stretch.text)


def _as_told_of_works(act: Act, stretch: Stretch, reader: Reader) -> ActPart | None:
    if not stretch.speaks_of_works:
        named = Named(loosely_named(stretch.text, reader.words))
        stretch = Stretch(stretch.clause, stretch.lower, named, ())
    if act is Act.COMPARE:
        return act_parts.comparison(stretch, reader)
    if act is Act.ABOUT:
        return act_parts.about(stretch, reader)
    if act is Act.AUTHOR:
        return act_parts.authorship(stretch, reader)
    told = act_parts.verdict(stretch, reader)
    if stretch.named.unknown and not questions.is_question(stretch.text):
        return None  # a title that is only named is what the reader goes by
    return told if told.works else None
