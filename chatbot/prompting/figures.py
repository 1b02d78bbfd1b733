"""How replies fared by the version of the instructions they were written by: the latest of each, never all there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from lightnovel.latency import Spread

from ..models import PromptVersion, Turn

LATEST = 500  # turns of a version that are counted
COLUMNS = (
    "prompt_version",
    "state",
    "stand_in",
    "thumb",
    "corrections",
    "unverified",
    "queued_at",
    "first_text_at",
    "finished_at",
    "tokens_in",
    "tokens_out",
    "cost",
)


@dataclass
class Figures:
    """Of the `turns` counted. `stood_in`: the model's answers were none, and the built-in librarian wrote. `unverified`:
    named a title nobody knows, as far as the review queue has looked; `faultless`: neither that nor a wrong fact. `first_text`, `whole`: Spread in milliseconds.
    `tokens_in`, `tokens_out`: a reply, on average; `cost`: a reply, by the prices of its day. None where nothing was counted.
    """

    turns: int
    up: int
    down: int
    failed: int
    stood_in: int
    wrong_facts: int
    unverified: int
    faultless: int
    first_text: Spread
    whole: Spread
    tokens_in: int | None
    tokens_out: int | None
    cost: float | None

    @property
    def satisfied(self) -> int | None:
        """Thumbs up among all thumbs, in percent; None without any."""
        return round(100 * self.up / (self.up + self.down)) if self.up + self.down else None

    @property
    def grounded(self) -> int | None:
        """Replies without a fact or a title at fault, in percent."""
        return round(100 * self.faultless / self.turns) if self.turns else None


def figures_of(versions: Iterable[PromptVersion]) -> dict[str, Figures]:
    """Figures by name. Two queries, whatever number of versions and turns there are."""
    names = [version.name for version in versions]
    latest = Turn.objects.filter(prompt_version=OuterRef("name")).order_by("-pk").values("pk")
    # From the 500th turn on, where there are so many; else all of them.
    firsts = PromptVersion.objects.filter(name__in=names).annotate(first=Subquery(latest[LATEST - 1 : LATEST]))
    wanted = Q(pk=None)
    for name, first in firsts.values_list("name", "first"):
        wanted |= Q(prompt_version=name, pk__gte=first) if first else Q(prompt_version=name)
    # The built-in librarian's versions have names of their own; where she stood in, the model's is kept.
    words = Q(voice="chatgpt") | ~Q(stand_in="")
    found: dict[str, list[dict]] = defaultdict(list)
    for turn in Turn.objects.filter(wanted, words).order_by().values(*COLUMNS):
        found[turn["prompt_version"]].append(turn)
    return {name: _figures(found[name]) for name in names}


def _figures(turns: list[dict]) -> Figures:
    done = [one for one in turns if one["state"] == Turn.State.DONE]
    counted = [one for one in done if one["tokens_in"] is not None and not one["stand_in"]]
    wrong = [one for one in turns if one["corrections"]]
    return Figures(
        turns=len(turns),
        up=sum(one["thumb"] == Turn.Thumb.UP for one in turns),
        down=sum(one["thumb"] == Turn.Thumb.DOWN for one in turns),
        failed=sum(one["state"] == Turn.State.FAILED for one in turns),
        stood_in=sum(bool(one["stand_in"]) for one in turns),
        wrong_facts=len(wrong),
        unverified=sum(bool(one["unverified"]) for one in turns),
        faultless=sum(not one["corrections"] and not one["unverified"] for one in turns),
        first_text=_spread(done, "first_text_at"),
        whole=_spread(done, "finished_at"),
        tokens_in=_mean([one["tokens_in"] for one in counted]),
        tokens_out=_mean([one["tokens_out"] or 0 for one in counted]),
        cost=_cost(counted),
    )


def _spread(turns: list[dict], end: str) -> Spread:
    return Spread.of([round((one[end] - one["queued_at"]).total_seconds() * 1000) for one in turns if one[end]])


def _mean(counts: list[int]) -> int | None:
    return round(sum(counts) / len(counts)) if counts else None


def _cost(turns: list[dict]) -> float | None:
    """Of a reply, in the currency of the prices."""
    costs = [one["cost"] for one in turns if one["cost"] is not None]
    return sum(costs) / len(costs) / 1_000_000 if costs else None
