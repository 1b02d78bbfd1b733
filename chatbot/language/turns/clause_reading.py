"""What a turn does by its clauses: each is read by rules, and what they do is put together."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

from ..acts import Act, ActPart, Dialogue, Question, ReadTurn
from ..asking import particulars, questions
from ..names.half_names import called_by_words, heads
from ..names.loose_names import begun as title_begun
from ..names.loose_names import loosely_named
from ..names.people import work_of_person
from ..words.clauses import Clause, clauses_of, without
from ..words.cue_book import plain
from .act_parts import BOOK, TOLD_OF_WORKS, Reader, coherent, merged
from .clause_acts import asked_apart, joined, noise, part_of
from .corrections import cut_behind_denials
from .orders import is_no_noise
from .remembered import BOOK as REMEMBERED
from .renewals import renewed, weighs_all
from .shelf_orders import orders_in

QUESTIONS = {Act.ABOUT, Act.COMPARE, Act.AUTHOR}  # beside which what was read only leads up to them
WANTED = {Act.RECOMMEND, Act.COMPLAINT, Act.VERDICT, Act.NO, Act.TASTE}  # acts of a turn that wanted nothing but books
ANSWERED = {Act.ABOUT, Act.COMPARE, Act.AUTHOR, Act.DEFINITION, Act.SERVICE, Act.OWN_DATA, Act.CATALOGUE, Act.OFF_TOPIC,
            Act.DISTRESS, Act.VERDICT, Act.FIND, Act.ABUSE, Act.THANKS}  # fmt: skip


def read_by_rules(reader: Reader, vague: bool) -> ReadTurn:
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
    complains = part.act is Act.COMPLAINT and says_again(part, reader)
    return (swears or complains) and bool(reader.dialogue.last_picks)


def says_again(part: ActPart, reader: Reader) -> bool:
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
    if dialogue.proposed == "alike" and dialogue.unlisted:
        return ActPart(Act.RECOMMEND, part.text, detail={"like": list(dialogue.unlisted)})
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
