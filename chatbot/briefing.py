"""What a voice is given: the candidates for a wish, and what is remembered of the conversation."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from lightnovel.prepared import prepared
from users import taste
from users.models import ShelfEntry
from users.shelf import progress

from . import understanding
from .assistant import Brief, Occasion, grounding, lookups, prompts, tool_call
from .assistant.grounding.facts import corrected
from .catalogue.facts import ReaderFacts, facts_of
from .catalogue.snapshot import CatalogueSnapshot, Work
from .catalogue.volumes import Coming, coming_of
from .language.acts import Act, ActPart, Question
from .language.topics import WishPart
from .language.turns.remembered import LIMITS, gathered
from .language.wishes import circumstances, hearts
from .language.wishes.circumstances import (
    BEST,
    FROM_ELSEWHERE,
    KNOWS_FAMOUS,
    NEWCOMER,
    ONE,
    ONLY_FINISHED,
    STARTERS,
    SURPRISE,
    SWAP,
    is_no_title,
    says,
)
from .language.wishes.question_left import question_left
from .language.wishes.turn_parser import asks_for_books
from .language.wishes.wish import Wish
from .language.words import elsewhere, flavours
from .language.words.vocabulary import vocabulary
from .models import MAX_ID, Pick, Turn
from .own_data import own_data
from .prompting.active import active_instructions
from .recommender import choosing, descriptions
from .recommender.candidates import Choice
from .recommender.certainty import certainty_of
from .recommender.descriptions import Beside, Found
from .recommender.personalization import reads_only
from .recommender.pick_counts import CANDIDATES
from .recommender.told import with_description
from .shelf_listing import listing_for
from .understanding import Reading, parts_of

FINISHED = "completed"
UPSET = (Act.COMPLAINT, Act.ABUSE)
STANDS_ALONE = (Act.ABOUT, Act.COMPARE, Act.AUTHOR, *UPSET)
MAX_NAMED = 3  # works told of that a turn names and no part of it is about
FITS = 0.12  # share of the likeliest work from which on a book that is remembered may be it
ALIKE = 0.6  # weight of a tag that only a book from elsewhere speaks for


def brief_for(
    turn: Turn, reading: Reading, catalogue: CatalogueSnapshot, *, offered: frozenset[int] | None = None
) -> Brief:
    """Choose candidates for what was read, where books are wanted at all. `offered`: what is not to come, where it is
    not what the reader knows by now."""
    if offered is None:
        offered = known_to(turn.reader_id, turn.conversation_id)
    offered |= _spoken_of(reading, catalogue)
    choice = Choice()
    occasion = _occasion(reading)
    works = [catalogue.by_slug[slug] for slug in _in_focus(reading) if slug in catalogue.by_slug]
    readers = reader_facts(turn, works)
    coming = _coming(turn, reading, works)
    facts = {work.slug: facts_of(work, catalogue, readers[work.slug], coming.get(work.pk, ())) for work in works}
    wish, parts = reading.wish, reading.acts.parts
    if reading.acts.wishes:
        wish = with_description(wish, reading.acts.wish_text, catalogue)
        wish = _with_occasion(wish, reading)
        parts = _meant(parts, wish)
    if any(part.act.wishes for part in parts):
        choice = _choice(wish, turn, catalogue, offered, occasion, reading.dismissed)
    return Brief(
        language=turn.language,
        ask=turn.text,
        wish=wish,
        candidates=choice.candidates,
        history=_history(reading.earlier),
        forgotten=reading.forgotten,
        relaxed=choice.relaxed,
        blocked_by=choice.blocked_by,
        left_out=choice.left_out,
        catalogue=catalogue,
        parts=parts,
        facts=facts,
        own=own_data(turn, reading.acts, reading.wish),
        listing=listing_for(reading.acts.parts, catalogue, turn.language),
        recent=tuple(dict.fromkeys([*reading.dialogue.spoken, *reading.dialogue.last_picks])),
        found=_found(reading, catalogue),
        turn=turn.pk,
        conversation=turn.conversation_id,
        reader=turn.reader_id,
        offered=offered,
        dismissed=reading.dismissed,
        occasion=occasion,
        question_left=question_left(reading.words, parts, vocabulary(catalogue)) if reading.acts.wishes else "",
        instructions=active_instructions(),
    )


def _spoken_of(reading: Reading, catalogue: CatalogueSnapshot) -> set[int]:
    """Ids of the works spoken of that are not to be offered: to who wants others any of them, to who wants an author's
    other books those by which the author is meant."""
    renews = any(part.detail.get("renewed") for part in reading.acts.parts)
    besides = [slug for part in reading.acts.parts for slug in part.detail.get("besides", ())]
    spoken = (catalogue.by_slug.get(slug) for slug in (*besides, *(reading.dialogue.known() if renews else ())))
    return {work.pk for work in spoken if work}


def _coming(turn: Turn, reading: Reading, works: Sequence[Work]) -> dict[int, list[Coming]]:
    """The next volumes of `works`, by their keys, where the turn asks for them."""
    is_asked = any(Question.NEXT_VOLUME in part.questions for part in reading.acts.parts)
    return coming_of([work.pk for work in works], turn.reader.today) if is_asked and works else {}


def _in_focus(reading: Reading) -> Iterator[str]:
    """Slugs of the works the turn asks about. Beside a question stands what else it names: a question that was read as
    one about nothing may be about that."""
    works = list(dict.fromkeys(slug for part in reading.acts.parts for slug in part.works))
    yield from works
    if any(not part.act.wishes for part in reading.acts.parts):
        yield from [slug for slug in reading.named if slug not in works][:MAX_NAMED]


def _meant(parts: tuple[ActPart, ...], wish: Wish) -> tuple[ActPart, ...]:
    """`parts` without a wish that says nothing to choose by, beside a question that is answered or a complaint: nobody
    who asked about a book wants to be asked back what they would like to read."""
    others = [part for part in parts if not part.act.wishes]
    unsaid = wish.unknown_titles and not any(part.detail.get("unknown") for part in others)
    if not wish.is_vague or unsaid or not any(part.act in STANDS_ALONE for part in others):
        return parts
    is_asked = any(asks_for_books(part.text) for part in parts if part.act.wishes)
    if is_asked and not any(part.act in UPSET for part in others):
        return parts
    return tuple(_with_words(others, [part.text for part in parts if part.act.wishes]))


def _with_words(parts: Sequence[ActPart], words: Sequence[str]) -> Iterator[ActPart]:
    """`parts`, where one of them alone asks, with `words` as the second half of its question."""
    for part in parts:
        if part.act in (Act.ABOUT, Act.AUTHOR) and len(parts) == 1:
            text = " ".join([part.text, *(one for one in words if one not in part.text)])
            part = replace(part, text=text, questions=(*part.questions, Question.OTHER))
        yield part


def _occasion(reading: Reading) -> Occasion:
    lasting = {*reading.lasting_before, *reading.said.lasting}
    return Occasion(
        is_new=not lasting.isdisjoint((NEWCOMER, FROM_ELSEWHERE)) or says(STARTERS, reading.words),
        was_offered=any(one.candidates for one in reading.earlier),
        surprises=says(SURPRISE, reading.words),
    )


def _with_occasion(wish: Wish, reading: Reading) -> Wish:
    """`wish`, with what the words say of how to choose: that the famous are known, what the reader read elsewhere, that
    one book is to be replaced. Who says as much is not asked back."""
    changes: dict[str, Any] = {}
    text, tastes = reading.words, _tastes_named(reading)
    alike = elsewhere.known_for(tastes)
    if KNOWS_FAMOUS in (*reading.lasting_before, *reading.said.lasting):
        changes |= {"less_known": True, "flavours": flavours.of_the_little_known(wish.flavours)}
    swaps = bool(reading.dialogue.last_picks) and says(SWAP, text)
    if swaps:
        # "The longest" says which one goes, not how long the next shall be.
        before = reading.earlier[-1].wish if reading.earlier else {}
        changes |= {name: before.get(name) for name in ("min_volumes", "max_volumes")}
    if wish.count is None and (swaps or says(ONE, text)):
        changes["count"] = 1
    if alike:
        changes["elsewhere"] = tastes
        changes["wanted"] = {**dict.fromkeys((tag for tag in alike if tag not in wish.unwanted), ALIKE), **wish.wanted}
    status = WishPart("status", FINISHED)
    if not wish.status and ONLY_FINISHED in reading.lasting_before and status not in reading.dismissed:
        changes["status"] = FINISHED  # it was said for the whole conversation
    said_how = any(says(section, text) for section in (NEWCOMER, STARTERS, BEST, ONE))
    if alike or swaps or said_how or wish.count or circumstances.read(text):
        changes |= {"anything": True, "quiet": False}
    changes["untold"] = list(dict.fromkeys([*wish.untold, *hearts.unjudged_in(reading.acts.wish_text)]))
    titles = [one for one in wish.unknown_titles if not (is_no_title(one, text) or elsewhere.is_named(one, text))]
    titles += elsewhere.titles_in(text)
    return replace(wish, **changes, unknown_titles=titles)


def _tastes_named(reading: Reading) -> list[str]:
    """The tastes of works from elsewhere that the turn names, or whose like it takes up as it was offered."""
    offered = (title for part in reading.acts.parts if part.act.wishes for title in part.detail.get("like", ()))
    return list(dict.fromkeys([*elsewhere.tastes(reading.words), *elsewhere.tastes("\n".join(offered))]))


def _choice(
    wish: Wish,
    turn: Turn,
    catalogue: CatalogueSnapshot,
    offered: Collection[int],
    occasion: Occasion,
    dismissed: Collection[WishPart],
) -> Choice:
    """Candidates for `wish`, by what its conversation tells of the reader besides."""
    return choosing.choose(
        wish,
        catalogue,
        offered=offered,
        count=CANDIDATES,
        reads=reads_only(wish, turn.language, dismissed),
        begins=occasion.is_new and not wish.less_known,
        seed=f"{turn.conversation_id}:{turn.text}",
        aside=occasion.surprises or not (occasion.was_offered or occasion.is_new or wish.less_known),
    )


def _found(reading: Reading, catalogue: CatalogueSnapshot) -> list[Found]:
    """Works that fit what is remembered of them, in the words that look for one."""
    parts = search_of(reading)
    text = " ".join(filter(None, (part.detail.get("told", part.text) for part in parts)))
    if not text or elsewhere.told_of(text):
        return []
    found = descriptions.find(text, catalogue, beside=_remembered(parts, reading.wish.refused))
    if not found or found[0].share < FITS:
        return []
    return descriptions.with_words(found, text, catalogue)


def search_of(reading: Reading) -> list[ActPart]:
    """What the conversation tells of the book that is looked for, this turn's part last."""
    return gathered([*map(parts_of, reading.earlier), reading.acts.parts])


def _remembered(parts: Sequence[ActPart], refused: Sequence[str]) -> Beside:
    """What `parts` of a search say beside the story. What was said last holds, of each limit."""
    last: dict[str, Any] = {}
    for part in parts:
        last |= {name: part.detail[name] for name in LIMITS if name in part.detail}
    return Beside(
        wanted=_all_of("wanted", parts),
        refused=_all_of("refused", parts),
        anime=any(part.detail.get("anime") for part in parts),
        denied=[*_all_of("denied", parts), *refused],
        **last,
    )


def _all_of(name: str, parts: Sequence[ActPart]) -> list[str]:
    return list(dict.fromkeys(value for part in parts for value in part.detail.get(name, ())))


def choose_again(turn: Turn, brief: Brief, parsed: tool_call.Fields) -> Brief:
    """The brief once the model has said how it reads the wish. What was refused or said plainly holds.

    It may read a wish where we read none: then books are wanted after all.
    """
    parts = brief.parts if brief.wishes else (*brief.parts, ActPart(Act.RECOMMEND, brief.ask))
    wish = tool_call.merged(brief.wish, parsed, brief.catalogue, brief.dismissed)
    wish = understanding.personalized(turn, wish, brief.dismissed)
    choice = _choice(wish, turn, brief.catalogue, brief.offered, brief.occasion, brief.dismissed)
    return replace(
        brief,
        wish=wish,
        candidates=choice.candidates,
        relaxed=choice.relaxed,
        blocked_by=choice.blocked_by,
        left_out=choice.left_out,
        parts=parts,
    )


def looked_up(turn: Turn, brief: Brief, call: tool_call.ToolCall) -> Brief:
    """The brief with what the model has looked up, so that it is told also where no function can answer."""
    if call.name == tool_call.FIND:
        return replace(brief, found=descriptions.find(call.asked[0], brief.catalogue, lookups.MAX_FOUND))
    works = [brief.catalogue.by_slug[slug] for slug in call.works]
    readers = reader_facts(turn, works)
    facts = {work.slug: facts_of(work, brief.catalogue, readers[work.slug]) for work in works}
    return replace(brief, facts={**facts, **brief.facts})


def reader_facts(turn: Turn, works: Sequence[Work]) -> dict[str, ReaderFacts]:
    """What the reader of `turn` has of `works`, by slug, and how each was offered in this conversation."""
    if not works:
        return {}
    pks = [work.pk for work in works]
    states = ShelfEntry.objects.states(turn.reader_id, pks)
    read_to = progress.read_to(turn.reader_id, pks)
    offers: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    before = Pick.objects.filter(turn__conversation=turn.conversation_id, turn__lt=turn.pk, novel_id__in=pks)
    told = before.order_by("turn_id").values_list("novel__slug", "reason", "turn__candidates")
    for slug, said, candidates in told:
        given = next((one for one in candidates if one.get("slug") == slug), {})
        offers[slug] = said, given.get("reasons", [])
    return {
        work.slug: ReaderFacts(
            state=states.get(work.pk, ""),
            read_to=read_to.get(work.pk),
            said=offers.get(work.slug, ("", []))[0],
            reasons=tuple(offers.get(work.slug, ("", []))[1]),
        )
        for work in works
    }


def known_to(reader_id: int, conversation_id: int | None = None, *, before: int | None = None) -> frozenset[int]:
    """Ids of every novel that is not to be offered: offered before in any of the reader's chats, on their shelf, begun,
    or refused for good. What a temporary one offered counts in that one (`conversation_id`) alone. `before`: id of a
    turn, where only what was offered before it counts."""
    offered = _offered(reader_id, conversation_id, MAX_ID if before is None else before)
    known = frozenset(novel_id for (novel_id,) in (*offered, *_shelved(reader_id)))
    return known | taste.off_limits(reader_id)


@prepared
def _offered(reader_id: int, conversation_id: int | None, before: int) -> QuerySet[Pick]:
    lasting = Q(turn__conversation__temporary=False) | Q(turn__conversation=conversation_id)
    return Pick.objects.filter(lasting, turn__reader_id=reader_id, turn_id__lt=before).values_list("novel_id")


@prepared
def _shelved(reader_id: int) -> QuerySet[ShelfEntry]:
    return ShelfEntry.objects.filter(reader_id=reader_id).values_list("novel_id")


def _history(earlier: list[Turn]) -> list[tuple[str, str]]:
    """(ask, reply) of the turns that have one. Of those beyond the window of memory the replies are not read."""
    answered = [one for one in earlier if one.reply and one.state in (Turn.State.DONE, Turn.State.STOPPED)]
    beyond = len(answered) - 2 * prompts.BLOCK
    return [
        (one.text, prompts.remembered(corrected(one.reply, one.corrections), one.candidates))
        if place >= beyond
        else (one.text, "")
        for place, one in enumerate(answered)
    ]


def wish_shown(brief: Brief) -> dict[str, Any]:
    """The wish as it is kept with the turn and shown: of a turn that wishes for nothing only the titles it named."""
    if brief.wishes:
        return brief.wish.as_json()
    return {"unknown_titles": brief.wish.unknown_titles} if brief.wish.unknown_titles else {}


def as_given(brief: Brief) -> list[dict[str, Any]]:
    """The candidates of `brief` with their receipts, as they are kept with the turn."""
    certainties = [certainty_of(one, brief.wish, brief.catalogue, brief.language) for one in brief.candidates]
    return [
        {
            "pk": candidate.work.pk,
            "slug": candidate.work.slug,
            "titles": grounding.called(candidate.work),
            "score": round(candidate.score, 4),
            "reasons": [reason.as_json() for reason in candidate.reasons],
            "breaches": [breach.as_json() for breach in candidate.breaches],
            "caveats": [caveat.as_json() for caveat in certainty.caveats],
            "certainty": certainty.level,
            "aside": candidate.serendipity,
        }
        for candidate, certainty in zip(brief.candidates, certainties, strict=True)
    ]
