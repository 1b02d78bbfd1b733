"""What a reader says of the books just offered in protest: that one is what they did not want, that they said so before,
that they have read it.

"잖아", "じゃん" and "come on" are endings of ordinary talk as well ("재밌겠잖아!"). What they are said of tells which it is: a
complaint names what was refused, or is not what was wished for; praise and what agrees with the wish is none.
"""

import re
from collections.abc import Sequence
from typing import Any

from ..acts import Act, ActPart, Question, ReadTurn
from ..asking import questions
from ..names import focus
from ..tag_relations import FEMALE_LEAD, HEAVY_READS, LIGHT_READS, narrower
from ..words.clauses import clauses_of
from ..words.cue_book import CueBook, plain
from ..words.mentions import REFUSALS
from ..words.number_patterns import REFUSED_AFTER, REFUSED_BEFORE
from .act_parts import BOOK as ACTS
from .act_parts import ORDERS, Reader, verdict_in
from .judgements import lacking as lacking_in
from .renewals import loosens

BOOK = CueBook("breaches")
REMARKS = CueBook("remarks")
OFFERING = {Act.RECOMMEND, Act.COMPLAINT}  # after which it is of what was offered
MAX_PROTEST = 90  # characters of a turn that only protests
MAX_CLAUSES = 2  # of a turn that names what was read and says no more
MAX_FAULT = 40  # characters of one that only names what was off
AGAIN = ActPart(Act.RECOMMEND, "", detail={"corrected": "again"})


def praises(lower: str) -> bool:
    """Whether `lower` finds something good: no ending makes a complaint of that."""
    return BOOK.has("praise", lower) and not BOOK.has("no_praise", lower)


def breach(reader: Reader) -> ReadTurn | None:
    """What a turn says in protest of the books offered last, with other books; None where it protests at nothing."""
    dialogue, text = reader.dialogue, reader.text
    is_none = len(text) > MAX_PROTEST or loosens(text, reader.parsed.mentions)
    if is_none or not dialogue.last_picks or not OFFERING & {*dialogue.acts}:
        return None
    lower = plain(text)
    if long := _found_long(reader, lower):
        return _too_long(reader, long)
    repeats = BOOK.has("repeats", lower)
    if any(slug not in dialogue.last_picks for slug in reader.parsed_works) or (
        BOOK.has("asks", lower) and not repeats
    ):
        return None
    if ACTS.has(Act.ABUSE, lower) or ORDERS.first("takes_back.", lower):  # that it was never refused
        return None
    insists, says_again = BOOK.has("insists", lower), BOOK.has("says_again", lower)
    several = bool(reader.parsed_works) and len(clauses_of(text)) > MAX_CLAUSES  # what else it says is read beside it
    if several or (not says_again and BOOK.has("checks", lower)):  # "no mecha in these, right?"
        return None
    points = focus.pointed_at(text, dialogue)
    finds = (repeats or BOOK.has("finds", lower)) and not BOOK.has("finds_no", lower)
    if BOOK.has("changes", lower) and not (insists or says_again):
        return None
    if not (insists or says_again or finds or (points and not questions.is_question(text))):
        return None
    works = reader.parsed_works or tuple(slug for slug in points if slug in dialogue.last_picks)
    if (insists or says_again) and (turn := _read_before(reader, works, lower)):
        return turn
    if praises(lower) and not says_again:
        return None
    return _of_limits(reader, works or dialogue.last_picks, lower) or _of_tags(
        reader, works or dialogue.last_picks, is_said=insists or says_again, says_again=says_again
    )


def fault_named(reader: Reader) -> ReadTurn | None:
    """What was off about a list that was turned down, told in answer to the question what it was: "too long", "the
    romance"; None where nothing of the books is named."""
    dialogue, text, lower = reader.dialogue, reader.text, plain(reader.text)
    if not dialogue.last_picks or not {*dialogue.acts} <= {Act.NO, Act.COMPLAINT} or len(text) > MAX_FAULT:
        return None
    if reader.parsed_works or text.rstrip().endswith(("?", "？")) or ACTS.has("recommends", lower):
        return None
    if BOOK.has("too_long", lower) or BOOK.has("length", lower):
        return _too_long(reader, dialogue.last_picks)
    if BOOK.has("kind_only", lower):
        return ReadTurn((ActPart(Act.COMPLAINT, text, detail={"kind": "which"}),), "")
    tags = list(dict.fromkeys(tag for one in reader.parsed.mentions if one.kind == "tag" for tag in one.values))
    bare = BOOK.has("bare", lower) and _is_in_any(tags, reader)
    if not tags or not (bare or BOOK.has("fault", lower)) or lacking_in(text, reader):
        return None
    detail = {"tags": tags, "refused": tags}
    return ReadTurn((ActPart(Act.COMPLAINT, text, dialogue.last_picks, detail=detail), AGAIN), "")


def _is_in_any(tags: Sequence[str], reader: Reader) -> bool:
    """Whether a book offered last has one of `tags`."""
    works = (reader.catalogue.by_slug.get(slug) for slug in reader.dialogue.last_picks)
    return any(tag in work.tags for work in works if work for tag in tags)


def _found_long(reader: Reader, lower: str) -> Sequence[str]:
    """Of the books offered last those that a turn, which sets no limit of its own, finds too long: by the number of their
    volumes, which it turns away ("27은 무리"), or as what is anything but short."""
    bounds, not_short = reader.parsed.bounds, BOOK.has("not_short", lower)
    offered = reader.dialogue.last_picks
    counted = [(slug, work.volumes) for slug in offered if (work := reader.catalogue.by_slug.get(slug))]
    sets = bounds.max_volumes or bounds.min_volumes
    if sets and not not_short and (bounds.max_volumes or 0) + 1 not in {volumes for _, volumes in counted}:
        return ()
    told = [
        slug
        for slug, volumes in counted
        for number in re.finditer(rf"(?<!\d){volumes}(?!\d)", lower)
        if REFUSED_AFTER.match(lower, number.end()) or REFUSED_BEFORE.search(lower[: number.start()])
    ]
    if told and not questions.is_question(reader.text):
        return told
    if not not_short:
        return ()
    return told or reader.parsed_works or focus.pointed_at(reader.text, reader.dialogue) or offered


def _too_long(reader: Reader, works: Sequence[str], most: int = 0) -> ReadTurn:
    """Others that are shorter than the shortest of `works`, and than `most`."""
    lengths = [work.volumes for slug in works if (work := reader.catalogue.by_slug.get(slug))]
    shorter = max(1, min(lengths) - 1) if lengths else most
    detail = {"kind": "too-long", "shorter": min(shorter, most) if most else shorter}
    return ReadTurn((ActPart(Act.COMPLAINT, reader.text, tuple(works), detail=detail), AGAIN), "")


def _read_before(reader: Reader, works: Sequence[str], lower: str) -> ReadTurn | None:
    """That a book offered was read before; of several it is asked which one it was."""
    if verdict_in(lower) not in ("read", "owned") or BOOK.has("read_no", lower):
        return None
    named = reader.parsed_works
    one = works if named or len(works) == 1 or len(reader.dialogue.last_picks) == 1 else ()
    if not one:
        return ReadTurn((ActPart(Act.COMPLAINT, reader.text, tuple(works), detail={"kind": "read-before"}), AGAIN), "")
    return ReadTurn((ActPart(Act.VERDICT, reader.text, tuple(one), detail={"state": "read"}), AGAIN), "")


def _of_limits(reader: Reader, works: Sequence[str], lower: str) -> ReadTurn | None:
    """That works are not finished, or too long, where they were to be: what the catalogue has of them is told."""
    offered = [work for slug in works if (work := reader.catalogue.by_slug.get(slug))]
    wished = reader.dialogue.wished
    if wished.get("status") == "completed" and BOOK.has("unfinished", lower):
        if all(work.status == "completed" for work in offered):
            return ReadTurn((ActPart(Act.ABOUT, reader.text, tuple(works), (Question.STATUS,)),), "")
        return ReadTurn((ActPart(Act.COMPLAINT, reader.text, tuple(works), detail={"status": "completed"}), AGAIN), "")
    most = wished.get("max_volumes")
    return _too_long(reader, works, most) if most and BOOK.has("too_long", lower) else None


def _of_tags(reader: Reader, works: Sequence[str], *, is_said: bool, says_again: bool) -> ReadTurn | None:
    """That works are what was refused, or what nobody asked for."""
    wished = reader.dialogue.wished
    refused = {*wished.get("unwanted", ()), *narrower(wished.get("unwanted", ()))}
    wanted = {*wished.get("asked", ())}
    tags = list(dict.fromkeys(tag for one in reader.parsed.mentions if one.kind == "tag" for tag in one.values))
    lacking = (
        [FEMALE_LEAD] if FEMALE_LEAD in wanted and any(one.kind == "male" for one in reader.parsed.mentions) else []
    )
    if lacking:
        part = ActPart(Act.COMPLAINT, reader.text, tuple(works), detail={"lacking": lacking})
        return ReadTurn((part, AGAIN), "")
    if lacks := lacking_in(reader.text, reader):
        tags = [tag for tag in tags if tag not in lacks]
        is_said = False
    found = [tag for tag in tags if tag in refused or _turns_over(tag, wanted, wished.get("brightness", 0))]
    if not found and is_said:
        mentions = [one for one in reader.parsed.mentions if one.kind == "tag"]
        # What was wanted may be said again as well as what was refused.
        said = (tag for one in mentions if not says_again or one.stance in REFUSALS for tag in one.values)
        now = _wished_in(reader)
        found = [tag for tag in dict.fromkeys(said) if tag not in wanted and tag not in now]
    if not found or ACTS.has("recommends", plain(reader.text)):
        return None
    detail: dict[str, Any] = {"tags": found, "refused": found}
    if says_again and refused & {*found}:
        detail["kind"] = "said-before"
    return ReadTurn((ActPart(Act.COMPLAINT, reader.text, tuple(works), detail=detail), AGAIN), "")


def _wished_in(reader: Reader) -> set[str]:
    """Tags that clauses with a word that wishes name and do not refuse: no fault of the books there are."""
    wishing = [one.text for one in clauses_of(reader.text) if REMARKS.has("wishes", plain(one.text))]
    return {
        tag
        for text in wishing
        for one in reader.mentions(text)
        if one.kind == "tag" and one.stance not in REFUSALS
        for tag in one.values
    }


def _turns_over(tag: str, wanted: set[str], brightness: int) -> bool:
    """Whether a tag is the other side of a mood that is wished for."""
    light = brightness > 0 or bool(wanted & LIGHT_READS)
    dark = brightness < 0 or bool(wanted & HEAVY_READS)
    return (light and tag in HEAVY_READS) or (dark and tag in LIGHT_READS)
