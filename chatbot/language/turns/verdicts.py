"""What became of each work that a turn names, where it names several: "read A and B, dropped C (loved D)"."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ...text.matcher import tidy
from ..acts import Act, ActPart
from ..words.clauses import SENTENCE_END
from ..words.cue_book import CueBook, plain
from ..words.mentions import Mention, Parsed, Stance

# What takes a mark off the shelf, whatever else is said of the work: a certain one, or any ("unmark").
UNDONE = ("unrefuse", "unwant", "unlist", "unmark", "unread")
# Of two verdicts on one work the one that says both, by what it may be said beside.
ONE_VERDICT = {
    "partly": ("read", "loved", "curious"),
    "loved": ("read", "curious"),
    "reading": ("read",),
    "hold": ("dropped", "reading", "partly", "loved"),
    "dropped": ("not", "read", "partly"),
    "read": ("cool",),
}
STATE_OF = {Stance.READ: "read", Stance.LIKE: "loved", Stance.DISLIKE: "not", Stance.REFUSE: "not"}
ASKING = (Act.ABOUT, Act.COMPARE, Act.AUTHOR)
REMARK = re.compile(r"[』」》〉”\"]?\s?[(（]([^)）]{1,80})[)）]")
JOINED = re.compile(r"[』」》〉”\"]?\s?(?:and|&|와|과|랑|이랑|하고|도|と|や|も)\s?[『「《〈“\"]?", re.IGNORECASE)
VERB_LAST = re.compile(r"[가-힣ぁ-ヺ一-龥]")  # languages whose verdict comes after the name

SET_ASIDE = CueBook("focus")
StateOf = Callable[[str], str]  # the verdict that words say, or ""


def told_apart(parts: Iterable[ActPart], parsed: Parsed, state_of: StateOf) -> tuple[ActPart, ...]:
    """`parts`, verdicts on works that the turn names as one part a state; a work of which none is told has none.

    To have seen the anime is no verdict on the book.
    """
    works = parsed.works
    named = {one.values[0] for one in works}
    anime = [one for one in parsed.mentions if one.kind == "anime"]
    parts = tuple(parts)
    undone = {slug for part in parts if part.detail.get("state") in UNDONE for slug in part.works}
    verdicts = [
        part
        for part in parts
        if part.act is Act.VERDICT
        and part.works
        and named.issuperset(part.works)
        and part.detail.get("state") not in UNDONE
        and not part.detail.get("chosen")
    ]
    if not verdicts or (len(named) < 2 and not anime):
        return parts
    states = {slug: told for slug, told in _states(works, anime, parsed, state_of).items() if slug not in undone}
    states |= {
        part.works[0]: part.detail["state"]
        for part in verdicts
        if len(part.works) == 1
        and part.detail.get("state")
        and part.works[0] in states
        and not _names(part, works, parsed)
    }
    named_here = [part for part in verdicts if len(part.works) == 1 and _names(part, works, parsed)]
    for part in named_here:  # "A I dropped. how is B": the clause says of which
        if part.detail.get("state"):
            states.setdefault(part.works[0], part.detail["state"])
    aside = {slug for part in verdicts for slug in part.works if SET_ASIDE.has("set_aside", plain(part.text))}
    told = (part for part in verdicts if len(part.works) == 1 and aside.issuperset(part.works))
    states |= {
        part.works[0]: part.detail["state"] for part in told if part.detail.get("state")
    }  # "don't say A, read that"
    if not states:
        return tuple(ActPart(part.act, part.text) if part in verdicts else part for part in parts)
    apart = [
        ActPart(
            Act.VERDICT, verdicts[0].text, tuple(slug for slug in states if states[slug] == state), (), {"state": state}
        )
        for state in dict.fromkeys(states.values())
    ]
    first = parts.index(verdicts[0])
    return (*parts[:first], *apart, *(part for part in parts[first:] if part not in verdicts))


def _names(part: ActPart, works: list[Mention], parsed: Parsed) -> bool:
    """Whether a part names a work: "dropped it" does not, and is said later of what was named before it."""
    return any(parsed.words_of(one) in tidy(part.text) for one in works)


def of_one_state(parts: Iterable[ActPart]) -> tuple[ActPart, ...]:
    """`parts`, neighbours that say the same of works as one part."""
    found: list[ActPart] = []
    for part in parts:
        before = found[-1] if found else None
        state = part.detail.get("state")
        if before and before.act is part.act is Act.VERDICT and state and before.detail.get("state") == state:
            works = tuple(dict.fromkeys((*before.works, *part.works)))
            found[-1] = replace(
                before, text=f"{before.text} {part.text}", works=works, detail={**part.detail, **before.detail}
            )
        else:
            found.append(part)
    return tuple(found)


def told_once(parts: Iterable[ActPart]) -> tuple[ActPart, ...]:
    """`parts`, what two neighbours say of the same works as one of them: "read it. loved it" marks once, "read 1 and 2,
    loved them" is no more than two volumes."""
    found: list[ActPart] = []
    for part in parts:
        before = found[-1] if found else None
        state = _of_both(before, part) if before else ""
        if before and state:
            detail = {**part.detail, **before.detail, "state": state}
            found[-1] = replace(before, text=f"{before.text} {part.text}", detail=detail)
        else:
            found.append(part)
    return tuple(found)


def unless_doubtful(parts: Sequence[ActPart], is_conditional: Callable[[str], bool]) -> tuple[ActPart, ...]:
    """`parts` without verdicts that would mark what nobody said for sure, beside others: one under a condition ("if it's
    finished I'll take it"), and a dislike right beside questions on the same work ("has it a harem? don't like that")."""
    asked = {slug for part in parts if part.act in ASKING for slug in part.works}

    def is_doubtful(part: ActPart) -> bool:
        state = part.detail.get("state")
        if part.act is not Act.VERDICT or state not in ("want", "not"):
            return False
        disliked = state == "not" and not part.detail.get("ordered") and asked.issuperset(part.works)
        return disliked or is_conditional(part.text)

    return tuple(part for part in parts if not is_doubtful(part)) or tuple(parts)


def _of_both(before: ActPart, part: ActPart) -> str:
    """What two verdicts on the same works tell together, or ""."""
    if before.act is not Act.VERDICT or part.act is not Act.VERDICT or not part.works or before.works != part.works:
        return ""
    if before.detail.get("ordered") or part.detail.get("ordered") or part.detail.get("chosen"):
        return ""
    states = {str(one.detail.get("state")) for one in (before, part)}
    return next((one for one, told in ONE_VERDICT.items() if one in states and states <= {one, *told}), "")


def _states(works: list[Mention], anime: list[Mention], parsed: Parsed, state_of: StateOf) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, work in reversed([*enumerate(works)]):
        before = _remark_ends(works[number - 1].end, parsed.source) if number else 0
        after = works[number + 1].start if number + 1 < len(works) else len(parsed.source)
        words = parsed.source[work.end : after]
        verb_last = bool(VERB_LAST.search(words))
        start, end = (work.end, after) if verb_last else (before, work.start)
        start, end = _sentence(start, end, parsed.source, first=verb_last)
        if any(start <= one.start < end for one in anime) or work.stance is Stance.SIMILAR:
            continue
        told = _told(words, verb_last, state_of)
        if not told and not verb_last and state_of(words) == "partly":
            told = "partly"
        if not told and not verb_last:
            told = _told_before(works, number, before, parsed.source, state_of)
        if not told and JOINED.fullmatch(words) and REMARK.match(parsed.source, works[number + 1].end):
            told = found.get(works[number + 1].values[0], "")
        if not told and verb_last and JOINED.fullmatch(words):
            told = found.get(works[number + 1].values[0], "")
        told = told or STATE_OF.get(work.stance, "")
        if told:
            found.setdefault(work.values[0], told)  # of two verdicts on a work the later holds
    return {one.values[0]: found[one.values[0]] for one in works if one.values[0] in found}


def _sentence(start: int, end: int, source: str, *, first: bool) -> tuple[int, int]:
    """The part of a stretch of `source` that belongs to the sentence of the name beside it: its first one or its last."""
    stops = [*SENTENCE_END.finditer(source, start, end)]
    if not stops:
        return start, end
    return (start, stops[0].start()) if first else (stops[-1].end(), end)


def _told_before(works: list[Mention], number: int, before: int, source: str, state_of: StateOf) -> str:
    """What the words before a name say became of it, or those before the list in which it stands: "dropped A and B"."""
    first = number
    while first and JOINED.fullmatch(source[works[first - 1].end : works[first].start]):
        first -= 1
    if first < number:
        before = works[first - 1].end if first else 0
    start, end = _sentence(before, works[first].start, source, first=False)
    said = source[start:end]
    if state_of(said) == "dropped":
        return "dropped"
    told = state_of(f"{said.strip(' ,;')} it") if said.strip() else ""
    return told if told in ("read", "dropped") else ""


def _remark_ends(place: int, source: str) -> int:
    """Where the remark in brackets ends that stands at `place`, behind a name: it says nothing of the next one."""
    remark = REMARK.match(source, place)
    return remark.end() if remark else place


def _told(words: str, verb_last: bool, state_of: StateOf) -> str:
    """What `words` after a name say became of it: a remark in brackets, or the sentence that goes on."""
    if remark := REMARK.match(words):
        return state_of(remark[1])
    ends = SENTENCE_END.search(words)
    return state_of(words[: ends.start()] if ends else words) if verb_last else ""
