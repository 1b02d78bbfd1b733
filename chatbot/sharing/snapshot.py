"""The turns of a conversation as strangers see them: the words, the works offered, nothing of whose they are.

A snapshot holds no wish, no receipt and no taste: what fits a reader tells of the reader. It is presented by the same
code as a conversation, with nobody's taste and nobody's shelf.
"""

# mypy: allow-untyped-calls, disable-error-code="attr-defined"

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from users.models import TasteLine

from ..language.acts import Act
from ..models import Conversation, Turn
from ..presentation.turns import PresentedTurn, present

MAX_TURNS = 40
# Turns that speak of what is the reader's own are left out unless the reader ticks them.
PRIVATE = {Act.OWN_DATA, Act.TASTE, Act.VERDICT, Act.DISTRESS}
KEPT_OF_A_CANDIDATE = ("slug", "id", "title", "titles", "names")


def sharable(conversation: Conversation) -> list[Turn]:
    """The latest turns that have a reply, oldest first."""
    answered = conversation.turns.filter(hidden=False, state__in=(Turn.State.DONE, Turn.State.STOPPED))
    return list(answered.exclude(reply="").order_by("-pk")[:MAX_TURNS])[::-1]


def private_among(turns: Sequence[Turn]) -> set[int]:
    """Ids of the turns that speak of their reader, or taught something of them. One query."""
    taught = set(TasteLine.objects.kept().filter(turn__in=[turn.pk for turn in turns]).values_list("turn", flat=True))
    told = {turn.pk for turn in turns if turn.refused or any(Act(one) in PRIVATE for one in _acts(turn))}
    return told | taught


def _acts(turn: Turn) -> Iterator[str]:
    return (part["act"] for part in turn.reading.get("parts", ()))


def freeze(turns: Iterable[Turn]) -> list[dict[str, Any]]:
    return [
        {
            "text": turn.text,
            "language": turn.language,
            "reply": turn.reply,
            "state": turn.state,
            "candidates": [_of_a_candidate(one) for one in turn.candidates],
            "corrections": turn.corrections,
            "spoken": turn.reading.get("spoken", []),
        }
        for turn in turns
    ]


def _of_a_candidate(candidate: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: candidate[name] for name in KEPT_OF_A_CANDIDATE if name in candidate}
    return kept | {"reasons": [], "breaches": [], "caveats": []}


def thaw(frozen: Sequence[Mapping[str, Any]]) -> list[Turn]:
    """Turns that are in no database, and nobody's."""
    return [
        Turn(
            pk=number,
            text=one["text"],
            language=one["language"],
            reply=one["reply"],
            state=one["state"],
            candidates=one["candidates"],
            corrections=one["corrections"],
            reading={"spoken": one["spoken"]},
        )
        for number, one in enumerate(frozen, 1)
    ]


def presented(frozen: Sequence[Mapping[str, Any]]) -> list[PresentedTurn]:
    return present(thaw(frozen))


def works_of(shown: Iterable[PresentedTurn]) -> list[Any]:
    """The works offered, each once."""
    novels = [card.novel for one in shown for block in one.blocks for card in block.cards or ()]
    return list({novel.slug: novel for novel in novels}.values())
