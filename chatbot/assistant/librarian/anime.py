"""What there is of an anime, and from which volume the books go on after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ...catalogue.adaptations import Adaptation
from ...catalogue.models import in_language
from ...catalogue.snapshot import Work
from .orders import any_will_do
from .reply import Reply, plain
from .telling import Telling

SECOND = 2
MOST_TOLD = 4  # films of which it is told what each tells

Tell = Callable[..., str]


def anime(telling: Telling) -> Iterator[str]:
    yield from Anime(telling.reply, telling.work, telling.tell).told()


def after_anime(telling: Telling) -> Iterator[str]:
    if any_will_do(telling.facts.order):
        yield telling.tell("order-any")
        return
    told = Anime(telling.reply, telling.work, telling.tell)
    if telling.detail.get("season") and telling.detail.get("kind"):
        yield from told.after({**telling.detail, "kind": ""})  # the season and the film
    yield from told.after(telling.detail)


def told_in(telling: Telling) -> Iterator[str]:
    """Which volumes a season or film tells."""
    yield from Anime(telling.reply, telling.work, telling.tell).covers(telling.detail)


def titles_of(telling: Telling, found: Sequence[Adaptation]) -> list[str]:
    """The titles of films or seasons, in the reader's language."""
    shown = [plain(in_language(one.title, telling.language)) for one in found if one.title]
    return [telling.say.part("works.named_step", called=title) for title in dict.fromkeys(shown) if title]


class Anime:
    def __init__(self, reply: Reply, work: Work, tell: Tell) -> None:
        self.reply, self.say, self.language = reply, reply.say, reply.language
        self.work, self.tell = work, tell

    def told(self) -> Iterator[str]:
        if not self.work.anime:
            yield self.tell("no-anime")
        elif seasons := self._seasons():
            yield self.tell("anime-seasons", seasons=seasons)
        else:
            yield self.tell("anime")

    def after(self, detail: dict[str, Any]) -> Iterator[str]:
        """From which volume it goes on after what was asked, or after what was shown last."""
        if not self.work.anime:
            yield self.tell("no-anime")
            return
        kind, number = self._asked(detail)
        found = [one for one in self.work.adaptations if one.kind == kind and number in (None, one.number)]
        if not found and kind == "season" and number == SECOND:
            # Who saw it with a pause in between calls its second half a second season.
            found = [one for one in self.work.adaptations if one.note == "two-cours"]
        if not found:
            name = self._name_of(kind, number)
            if number and (seasons := self._seasons()):
                yield self.tell("after-none", season=name, seasons=seasons)
            else:
                yield self.tell("after-unknown", season=name)
            return
        # A remake counts anew: of two first seasons both are told.
        for one in found[-2:] if number else found[-1:]:
            yield from self._go_on(one)
        known = [one for one in found if one.to_volume]
        if not found[-1].to_volume and found[-1].note != "original" and known:
            yield self.tell("after-latest", season=self._called(known[-1]), volume=known[-1].to_volume)

    def covers(self, detail: dict[str, Any]) -> Iterator[str]:
        """The volumes of what was asked, from the first to the last; of films without a number those of each."""
        if not self.work.anime:
            yield self.tell("no-anime")
            return
        kind, number = self._asked(detail)
        found = [one for one in self.work.adaptations if one.kind == kind and number in (None, one.number)]
        if not found:
            yield (
                self.tell("film-none")
                if kind == "film"
                else self.tell("after-unknown", season=self._name_of(kind, number))
            )
            return
        for place, one in enumerate(found[-MOST_TOLD:]):
            yield from self._covers(one, several=len(found) > 1, more=place > 0)

    def _covers(self, one: Adaptation, *, several: bool, more: bool) -> Iterator[str]:
        season = self._called(one, several=several)
        if not one.to_volume:
            yield self.tell("covers-original" if one.note == "original" else "after-unknown", season=season)
            return
        place = self.work.adaptations.index(one)
        before = [
            other.next_volume or 0 for other in self.work.adaptations[:place] if (other.to_volume or 0) < one.to_volume
        ]
        first = max(before, default=1) or 1
        name = f"covers{'-more' if more else ''}{'-one' if first == one.to_volume else ''}"
        title = {} if more else {"title": self.reply.title_of(self.work.slug)}
        span = {} if first == one.to_volume else {"first": first}
        yield self.tell(name, season=season, volume=one.to_volume, **span, **title)
        if not one.sure:
            yield self.tell("covers-unsure")
        if self.say.has(f"facts.anime-{one.note}"):
            yield self.tell(f"anime-{one.note}")

    def _asked(self, detail: dict[str, Any]) -> tuple[str, int | None]:
        kind = str(detail.get("kind") or "season")
        season = detail.get("season")
        if kind == "season" and not any(one.kind == "season" for one in self.work.adaptations):
            kind = self.work.adaptations[-1].kind if self.work.adaptations and not season else kind
        is_number = kind == "season" and isinstance(season, int) and season > 0
        return kind, season if is_number else None

    def _go_on(self, one: Adaptation) -> Iterator[str]:
        season, volume = self._called(one), one.to_volume
        if not volume:
            yield self.tell("after-original" if one.note == "original" else "after-unknown", season=season)
            return
        if one.note == "part-end":
            yield self.tell("after-part", season=season, volume=volume)
            return
        if volume >= self.work.volumes and one.note != "partway":
            name = "after-whole" if self.work.status == "completed" else "after-end"
            yield self.tell(name, season=season, volume=volume)
        elif not one.sure:
            yield self.tell("after-unsure", season=season, volume=volume, next=one.next_volume)
        elif one.note == "partway":
            yield self.tell("after-partway", season=season, volume=volume)
        else:
            yield self.tell("after", season=season, volume=volume, next=one.next_volume)
        if self.say.has(f"facts.anime-{one.note}"):
            yield self.tell(f"anime-{one.note}")

    def _called(self, one: Adaptation, *, several: bool = False) -> str:
        title = in_language(one.title, self.language) if one.title else ""
        if not title and several and one.kind == "film":
            return self.say.part("works.film_numbered", number=one.number)
        if not title:
            return self._name_of(one.kind, one.number)
        known = self.say.part(f"works.{one.kind}") if one.kind != "season" else self.say.part("works.season_any")
        if known.lower() in title.lower():
            return plain(title)
        return self.say.part("works.film_titled" if one.kind == "film" else "works.titled", called=plain(title))

    def _name_of(self, kind: str, number: int | None) -> str:
        if kind == "season":
            return self.say.part("works.season", number=number) if number else self.say.part("works.season_any")
        return self.say.part(f"works.{kind}" if kind in ("film", "ova") else "works.season_any")

    def _seasons(self) -> str:
        # A remake counts anew, so its number has been there before.
        kinds: list[str] = []
        seen: set[tuple[str, int]] = set()
        for one in self.work.adaptations:
            kinds.append("remake" if (one.kind, one.number) in seen and one.kind == "season" else one.kind)
            seen.add((one.kind, one.number))
        counts = {kind: kinds.count(kind) for kind in ("season", "remake", "film", "ova")}
        return self.say.listing(
            [
                self.say.part(f"works.{kind}_one") if count == 1 else self.say.part(f"works.{kind}s", count=count)
                for kind, count in counts.items()
                if count
            ]
        )
