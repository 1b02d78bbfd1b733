"""What ChatGPT is told: the instructions in force (`instructions`), and around them what belongs to a conversation.

A prompt begins with what stays the same, so that a server can keep it: the persona and the rules, then the conversation
by a window that moves in blocks. What belongs to this ask alone, the desk, comes last, just before the reader's words.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import timezone

from ..language.acts import Act
from ..language.topics import Topic
from ..language.wishes.wish import Wish
from ..recommender.pick_counts import PICKS_WITH_SERENDIPITY
from . import Brief, acts_told, fact_sheet, grounding, lookups
from .fact_sheet import shortened
from .instructions import CRISIS, IN_WORDS, Instructions
from .material import Listing
from .stream_filter import Secret
from .tool_call import FIELDS, FIND, LOOK_UP, MISREAD, NAME, WHOLE, ToolCall

BLOCK = 3  # turns by which the window of memory moves; it holds as many at least, and fewer than two blocks
MAX_ASK, MAX_TOLD = 600, 600  # characters of an ask and of a reply that are remembered
MAX_REASON, MAX_PROSE = 60, 110  # characters of the reason of a pick, and of each stretch of prose around picks
MAX_LIKED = 2  # works that the reader goes by, the latest, of which something is told
MAX_RECENT = 6  # works of earlier turns that are told again
KEPT = 8  # versions of the instructions of which a process keeps what it has made

LANGUAGES = {
    "ko": "Korean. Write in 해요체, as a well-read Korean would; no translationese",
    "en": "English. Warm, plain and precise, as readers write today; nothing quaint",
    "ja": "Japanese. Write in です・ます, natural to a Japanese reader",
}
NAMES = {"ko": "Korean", "en": "English", "ja": "Japanese"}

LOOK = f"""\
What the reader does and wishes was read by our own code, and may be misread. Functions, before you write anything:
- {NAME}: the wish given as "understood" misses or mistakes something (code takes a refusal for a wish, or keeps what \
they have changed), or the reader wants books and there are no candidates. Where they have turned to something else, or \
several points are wrong, give all that they want by now, with `{WHOLE}`; where a point is wrong, only what is missing, \
and in `{MISREAD}` all of "understood" that is not meant. Its result replaces the candidates. When little of the result \
suits, call once more, with `{WHOLE}` and fewer conditions: better than no book.
- {LOOK_UP}: the reader speaks of a work or an author whose facts you were not given.
- {FIND}: the reader looks for a work by what happens in it, and none that was found fits.
When nothing is missing, answer at once without calling."""

# Marks by which chat templates tell speakers apart; some servers read them in anyone's words.
TEMPLATE = re.compile(
    r"<(?=\||/?(?:s|shelf|ask|start_of_turn|end_of_turn|tool_call|tool_response)>|<SYS>)|\[(?=/?INST\])"
)


@dataclass(frozen=True)
class Prompt:
    """The parts of a prompt. `history` holds (role, words), roles "user" and "assistant"; `desk` is what belongs to
    this ask alone, "" where nothing does; `ask` the reader's words, marked as such where a desk comes before them."""

    system: str
    history: list[tuple[str, str]]
    desk: str
    ask: str


@lru_cache(maxsize=KEPT)
def secret(instructions: Instructions) -> Secret:
    """What no reply may repeat."""
    return Secret("\n".join((instructions.rules_sent(), LOOK)))


@lru_cache(maxsize=2 * KEPT * len(LANGUAGES))
def system(instructions: Instructions, language: str, may_look: bool) -> str:
    """The constant part. `may_look`: the function is offered with it."""
    parts = [
        f"{instructions.persona} {instructions.rules_sent(CRISIS)}",
        LOOK if may_look else "",
        f"Answer in {LANGUAGES[language]}.",
    ]
    return "\n\n".join(filter(None, parts))


def prompt(brief: Brief, *, may_look: bool = False) -> Prompt:
    """The Prompt for `brief`. `may_look`: the function is offered with it."""
    words, on_desk = defused(brief.ask), desk(brief, may_look)
    return Prompt(
        system=system(brief.instructions, brief.language, may_look),
        history=_history(brief),
        desk=on_desk,
        ask=f"<ask>\n{words}\n</ask>" if on_desk else words,
    )


def _history(brief: Brief) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    first = max(0, window(len(brief.history) + brief.forgotten) - brief.forgotten)
    for ask, reply in brief.history[first:]:
        told += [("user", defused(ask[:MAX_ASK])), ("assistant", defused(reply[:MAX_TOLD]))]
    return told


def window(turns: int) -> int:
    """The first of so many turns that is remembered. It stays where it is for BLOCK turns."""
    return max(0, turns // BLOCK - 1) * BLOCK


def remembered(reply: str, candidates: Sequence[dict[str, Any]] = ()) -> str:
    """A reply as it is remembered: its picks in the marks that are asked for, shortened, and nothing that was copied
    from a shelf. `candidates`: those its writer was given."""
    blocks = grounding.read(reply, candidates)
    offers = any(isinstance(block, grounding.PickLine) for block in blocks)
    told = []
    for block in blocks:
        if isinstance(block, grounding.PickLine):
            mark = f"[[{block.slug}]]" if block.slug else f"『{block.name}』"
            told.append(f"{mark} {shortened(block.reason, MAX_REASON)}".strip())
        else:
            prose = "\n".join(line for line in block.text.split("\n") if not COPIED.match(line)).strip()
            told.append(shortened(prose, MAX_PROSE) if offers else fact_sheet.with_last_sentence(prose, MAX_TOLD))
    return "\n".join(filter(None, told))


COPIED = re.compile(r'\s*(?:[\[{]+\s*"|</?shelf>|Understood: *\{|"\w+":)', re.IGNORECASE)


def looked(brief: Brief) -> str:
    """What the function answers: the candidates chosen anew."""
    lines = [*_candidates(brief), *_taste(brief), f"Chosen by: {_data(_understood(brief.wish))}"]
    return "\n".join(("These replace all candidates given before.", *lines))


def looked_up(call: ToolCall, brief: Brief) -> str:
    """What a function that tells facts answers. `brief`: with what it has found."""
    return "\n".join(_shelf("Facts, no candidates, one JSON object a line:", lookups.sheets(call, brief)))


REMINDERS = {
    "language": "Answer in {language} only, whatever language the words before this are in.",
    "recited": "Write to the reader in your own words. Do not copy the shelf or these rules.",
}


def reminder(reason: str, language: str) -> str:
    """The last word to a model whose answer was none for a reader."""
    said = REMINDERS.get(reason, "Write your whole answer to the reader, in {language}.")
    return said.format(language=NAMES[language])


def defused(text: str) -> str:
    """A stranger's words without what a chat template would take for the beginning of another speaker."""
    return TEMPLATE.sub(lambda found: f"{found[0]} ", text)


def _data(value: object) -> str:
    """`value` as JSON on one line that can neither end the shelf it stands on nor point at a candidate."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ": "))
    return told.replace("<", "\\u003c").replace("[[", "[ [").replace("[[", "[ [")


# --- The desk ------------------------------------------------------------------------------------------------------


def desk(brief: Brief, may_look: bool) -> str:
    """What belongs to this ask alone: what the reader does, the facts it needs, the candidates, and what is known of
    the wish. "" where talk needs nothing."""
    if any(part.act is Act.DISTRESS for part in brief.parts):
        return ""
    lines = [*acts_told.lines(brief, _data, may_look), *_material(brief)]
    if lines or brief.wishes:
        lines.insert(0, f"Today is {timezone.localdate()}.")
    understood = _understood(brief.wish) if may_look else {}
    if not brief.wishes:
        lines += _told_of_taste(brief) if lines else ()
        lines += [f"Understood of the wish so far: {_data(understood)}"] if understood else []
        return "\n".join(lines)
    lines += [*_candidates(brief), *_taste(brief)]
    if brief.wish.is_vague and not brief.wish.unknown_titles:
        lines.append("The reader has said little. Rule 8 applies.")
    if may_look:
        lines.append(f"Understood: {_data(understood)}")
    return "\n".join(lines)


def _shelf(heading: str, sheets: Iterable[fact_sheet.Sheet]) -> Iterator[str]:
    """Objects of the catalogue, one a line; nothing where there are none."""
    lines = [_data(sheet) for sheet in sheets]
    if lines:
        yield from ("<shelf>", heading, *lines, "</shelf>")


def _material(brief: Brief) -> Iterator[str]:
    """All that is not offered: works in focus, those of earlier turns, what was found or listed, the reader's own."""
    language = brief.language
    yield from _shelf(
        "Works the reader speaks of, all that is known of each, no candidates:",
        (fact_sheet.of_work(facts, brief) for facts in brief.facts.values()),
    )
    authors = [name for part in brief.parts if isinstance(name := part.detail.get("author"), str)]
    for author in dict.fromkeys(authors):
        works = lookups.works_by(author, brief.catalogue)
        yield from _shelf(
            "Works here by that author, no candidates:", (fact_sheet.line(work, language) for work in works)
        )
    yield from _shelf(
        "Works whose plot fits the description, likeliest first, no candidates:",
        (fact_sheet.of_found(one, language) for one in brief.found[: lookups.MAX_FOUND]),
    )
    if brief.listing:
        shown = (fact_sheet.line(work, language) for work in brief.listing.works)
        yield _counted(brief.listing, brief)
        yield from _shelf("Some of them, no candidates:", shown)
    if own := fact_sheet.of_own(brief):
        yield f"The reader's own, as JSON: {_data(own)}."
    told = {*brief.facts, *(candidate.work.slug for candidate in brief.candidates)}
    spoken = dict.fromkeys([*brief.recent, *brief.wish.liked[-MAX_LIKED:]])
    recent = [brief.catalogue.by_slug[slug] for slug in spoken if slug in brief.catalogue.by_slug]
    yield from _shelf(
        "Offered or spoken of before, not to be offered again:",
        (fact_sheet.core(work, brief, full=not brief.wishes) for work in recent[:MAX_RECENT] if work.slug not in told),
    )


def _counted(listing: Listing, brief: Brief) -> str:
    """How many works fit a question about the shelf. Nothing says how many of a kind there are where none was read."""
    named = next((part.works for part in brief.parts if part.act is Act.CATALOGUE and part.works), ())
    if named:
        return f"Of the {len(named)} works the question is about, {listing.count} fit {_data(listing.what)}."
    if listing.what:
        return f"On our shelf {listing.count} works fit the question {_data(listing.what)}."
    return f"On our shelf there are {listing.count} works in all; how many there are of one kind is not given here."


def _candidates(brief: Brief) -> Iterator[str]:
    if not brief.candidates:
        yield "There is no candidate for this ask: offer nothing; say what stands in the way, or ask."
        return
    yield from _shelf(
        "Candidates for this ask, one JSON object a line, best first:",
        (fact_sheet.of_candidate(candidate, brief) for candidate in brief.candidates),
    )
    yield from _shelf(
        "Left out because the reader refused something of it, never to be offered; where a well-read person would wonder "
        "why it is missing, say in a clause that you left it out, and for what:",
        (fact_sheet.of_left_out(one, brief.language) for one in brief.left_out),
    )
    yield from _notes(brief)


def _notes(brief: Brief) -> Iterator[str]:
    if brief.relaxed:
        yield (
            "Nothing on the shelf keeps every condition. These are the nearest; say so, and name what each one "
            "breaches."
        )
        if brief.wish.held:
            yield f"Kept all the same, for nothing may loosen it, as JSON: {_data(sorted(brief.wish.held))}."
    if brief.wish.unknown_titles:
        sheets = [fact_sheet.of_absent(title[:100]) for title in brief.wish.unknown_titles[:5]]
        named = _data([sheet if len(sheet) > 1 else sheet["title"] for sheet in sheets])
        yield (
            f"The reader named what is not on our shelf, as JSON: {named}. Say that it is not on our shelf and, where "
            '"what it is" is given, what it is, in half a sentence ("Frieren is a manga, so I do not have it here"): '
            "that is certain. Say nothing more of it; you may go on with the candidates."
        )
    if brief.wish.untold:
        yield (
            f"The reader asked for what neither a tag nor a synopsis here tells, in these words, as JSON: "
            f"{_data([words[:100] for words in brief.wish.untold])}. Say plainly that our shelf has no mark for it, "
            "naming it, and what you went by instead; claim it of no work."
        )
    if any(candidate.serendipity for candidate in brief.candidates):
        yield (
            'The candidate whose "fits" begin with "aside" is a deliberate step aside. When you offer '
            f"{IN_WORDS[PICKS_WITH_SERENDIPITY]} or more, offer it last and call it that, with what ties it to the "
            "reader; when fewer, leave it out."
        )


MAX_OF_TASTE = 30  # topics of a kind that are told


def _taste(brief: Brief) -> Iterator[str]:
    """What the reader's standing taste asks of the words: what must stay unnamed, and what must not be told."""
    taste = brief.wish.taste

    def told(name: str) -> str:
        return _data([fact_sheet.topic_of(Topic.parse(text), brief) for text in taste[name][:MAX_OF_TASTE]])

    if taste.get("refused"):
        yield (
            f"The reader asked never to be offered {told('refused')}, and this ask wants just that. Say gently that "
            "they asked so and that the page of their taste can lift it, and offer the candidates, which are without "
            "it."
        )
    if taste.get("never"):
        yield f"Never to be offered or praised, whatever the reader says now, as JSON: {told('never')}."
    for name in ("likes", "dislikes"):
        if taste.get(name):
            yield f"Of old the reader {name} (today's words weigh more), as JSON: {told(name)}."
    yield from _told_of_taste(brief)


def _told_of_taste(brief: Brief) -> Iterator[str]:
    """What holds whatever is spoken of."""
    taste, catalogue = brief.wish.taste, brief.catalogue
    read_to = {
        catalogue.by_slug[slug].titles[brief.language]: n
        for slug, n in taste.get("read_to", {}).items()
        if slug in catalogue.by_slug
    }
    if read_to:
        yield f"Read so far, title to volume; tell nothing that happens later, as JSON: {_data(read_to)}."
    if taste.get("level"):
        yield f"Level of Japanese: {taste['level']}. {LEVELS.get(taste['level'], LEVELS['n1'])}"


LEVELS = {
    **dict.fromkeys(
        ("none", "n5", "n4"), "Say where an edition in the reader's language is known; suggest no original."
    ),
    "n3": "An original may be hard; an edition in the reader's language is welcome.",
    **dict.fromkeys(("n2", "n1", "books"), "Originals are fine."),
}


# Parts of a wish that no field of the function sets, and that it may take back.
UNDERSTOOD_TOO = ("leaning", "less", "about", "not_about", "flavours", "by", "not_by", "audience", "age", "gentle")


def _understood(wish: Wish) -> dict[str, Any]:
    """What the model may correct: the conditions, not how they were come by."""
    return {name: value for name, value in wish.as_json().items() if name in FIELDS or name in UNDERSTOOD_TOO}
