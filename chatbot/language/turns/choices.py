"""Which pick a reader settles on, and which they turn away from: "I'll go with the restaurant one", "1번 말고 2번",
「食堂のほうにします」.

Only the few works of the conversation can be meant, so that a loose likeness is enough, and they come before the shelf.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ...catalogue.snapshot import Work
from ...text.matcher import tidy
from ..acts import Act, ActPart, Dialogue, Question
from ..asking import questions
from ..names import focus
from ..names.half_names import called_by_words
from ..stances.parse import parse
from ..words.cue_book import CueBook, plain
from ..words.fillers import without_fillers
from ..words.mentions import Stance
from ..words.vocabulary import Vocabulary

BOOK = CueBook("choices")
MAX_SAID = 60  # characters of what is settled on
KINDLY = {"gogo", "again", "back", "modo"}  # groups that may hold a kind of book as well as a name
MAX_TURN = 300  # characters of a turn that turns away from one work


def chosen_in(text: str, dialogue: Dialogue, recent: Sequence[str], words: Vocabulary) -> ActPart | None:
    """The decision for one work, or for two, that `text` tells; None where it tells none. `recent`: works that the turn
    has spoken of so far."""
    lower = plain(text)
    if questions.is_question(text) or len(lower) > MAX_TURN:
        return None
    for section in ("chosen", "only_said"):
        for match in BOOK.matches(section, lower):
            group, said = next(((name, part) for name, part in match.groupdict().items() if part is not None), ("", ""))
            whole = text[match.start() : match.end()]
            if BOOK.has("turns_from", plain(whole)):
                continue  # "ㄴㄴ 그건 옛날 거잖아 최근 거 ㄱㄱ" settles on nothing
            kindly = group in KINDLY or (BOOK.has("asks_for", plain(whole)) and not BOOK.has("one_of", plain(said)))
            if kindly and any(one.kind != "work" for one in parse(said, words).mentions):
                continue  # "판타지 ㄱㄱ", "back to fantasy", 「ファンタジーをください」 is a wish
            works = meant_by(said, dialogue, recent, words) or meant_by(whole, dialogue, recent, words)
            if not works and section == "only_said" and _points_at_one_of(said, dialogue):
                return ActPart(Act.VERDICT, text, detail={"state": "want", "ordered": True})  # which is asked back
            if works and not BOOK.has("no_choice", lower):
                return ActPart(Act.VERDICT, text, works, detail={"state": "want", "chosen": True})
    return None


def _points_at_one_of(said: str, dialogue: Dialogue) -> bool:
    return len(dialogue.last_picks) > 1 and focus.is_only_it(plain(said)) and Act.RECOMMEND in dialogue.acts


def of_offers(text: str, dialogue: Dialogue, words: Vocabulary) -> ActPart | None:
    """What is said of the works offered last without a word on what they are: how many more, which is the shorter."""
    lower = plain(text).strip()
    if dialogue.last_picks and BOOK.has("only_count", lower):
        return ActPart(Act.RECOMMEND, text)
    offered = dialogue.spoken if len(dialogue.spoken) > 1 else dialogue.last_picks
    if BOOK.has("degree_asked", lower) and (slug := by_degree(lower, offered, words)):
        return ActPart(Act.ABOUT, text, (slug,), (Question.VOLUMES,))
    return None


def is_conditional(text: str) -> bool:
    """Whether what `text` says holds only under a condition."""
    return BOOK.has("conditional", plain(text))


def turns_down(text: str) -> bool:
    """Whether the whole of `text` says no more than that a pick is not it."""
    return BOOK.has("not_that", plain(text).strip())


def puts_off(text: str) -> bool:
    """Whether `text` says no for now, or takes leave."""
    return BOOK.has("not_now", plain(text))


def declined(parts: Sequence[ActPart], text: str, dialogue: Dialogue) -> tuple[ActPart, ...]:
    """`parts` of a turn right after a list, a bare no as one to that list, unless it puts off or takes leave. Beside a
    complaint it is said already."""
    acts = {part.act for part in parts}
    if acts == {Act.NO, Act.COMPLAINT}:
        return tuple(part for part in parts if part.act is Act.COMPLAINT)
    offered = bool(dialogue.last_picks) and Act.RECOMMEND in dialogue.acts
    if acts != {Act.NO} or not offered or puts_off(text):
        return tuple(parts)
    return tuple(replace(part, detail={**part.detail, "kind": "list"}) for part in parts)


def meant_by(said: str, dialogue: Dialogue, recent: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """The works of the conversation that `said` means: by place, by degree, by name, by half a name, by "it"."""
    lower = plain(without_fillers(said)).strip(" ,.!~。、！")[:MAX_SAID]
    offered = dialogue.last_picks or (dialogue.spoken if len(dialogue.spoken) > 1 else ())
    if placed := focus.in_place(lower, offered):
        return placed
    if degree := by_degree(lower, dialogue.spoken if len(dialogue.spoken) > 1 else offered, words):
        return (degree,)
    if named := words.catalogue.find(lower):
        return (named.slug,)
    if named_works := tuple(one.values[0] for one in parse(said, words).works):
        return tuple(dict.fromkeys(named_works))
    known = dialogue.known(recent)
    if called := called_by_words(lower, known, words):
        return (called,)
    spoken = tuple(recent) or dialogue.spoken
    return spoken if len(spoken) == 1 and (not lower or focus.BOOK.has("it", lower)) else ()


def by_degree(lower: str, slugs: Sequence[str], words: Vocabulary) -> str:
    """The shortest or the longest of `slugs` where `lower` says so, or ""."""
    works = [work for slug in slugs if (work := words.catalogue.by_slug.get(slug)) and work.volumes]
    if len(works) < 2:
        return ""

    def volumes(work: Work) -> int:
        return work.volumes

    if BOOK.has("degree.shortest", lower):
        return min(works, key=volumes).slug
    return max(works, key=volumes).slug if BOOK.has("degree.longest", lower) else ""


# --- What was not meant --------------------------------------------------------------------------------------------


def without_denied(text: str, dialogue: Dialogue, words: Vocabulary) -> str:
    """`text` without the work of the conversation that it turns away from, where another is meant beside it;
    that one is put in by its title."""
    known = dialogue.known()
    if len(known) < 2 or len(text) > MAX_TURN:
        return text
    for match in BOOK.every("denied", plain(text)):
        said = next((part for part in match.groupdict().values() if part is not None), "")
        denied = _denied_by(said, dialogue, known, words)
        if {*denied} & {*dialogue.marked} and Act.VERDICT in dialogue.acts:
            return text  # its mark is to go, see `shelf_orders`
        rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
        if denied and (kept := _meaning_another(rest, denied, dialogue, words)):
            return kept
    return text


def _denied_by(said: str, dialogue: Dialogue, known: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """The one work of the conversation that is turned away from: "that one" is no name, and denies the one spoken of."""
    denied = meant_by(said, dialogue, (), words)
    return denied if len(denied) == 1 and denied[0] in known else ()


def _meaning_another(rest: str, denied: tuple[str, ...], dialogue: Dialogue, words: Vocabulary) -> str:
    """`rest` as it means a work that is not `denied`, or "" where it means none."""
    lower = plain(rest)
    of_these = (dialogue.spoken, dialogue.last_picks, dialogue.known())
    several = next(some for some in of_these if len(some) > 1 and denied[0] in some)
    others = [slug for slug in several if slug not in denied]
    for match in BOOK.matches("other", lower):
        if len(others) == 1:
            return f"{rest[: match.start()]}{_title(others[0], words)}{rest[match.end() :]}"
    if focus.in_place(lower, dialogue.last_picks):
        return rest
    known = [slug for slug in dialogue.known() if slug not in denied]
    named = [one for one in parse(rest, words).works if one.values[0] not in denied]
    if any(one.values[0] in known or one.stance != Stance.SIMILAR for one in named):
        return rest
    pieces = (piece.strip() for piece in re.split(r"[,.;!?。、？！]", tidy(lower)))
    called = next((slug for piece in pieces if (slug := called_by_words(piece, known, words, story=False))), "")
    return f"{_title(called, words)} {rest}" if called else ""


def _title(slug: str, words: Vocabulary) -> str:
    return f"『{words.catalogue.by_slug[slug].titles['ja']}』"
