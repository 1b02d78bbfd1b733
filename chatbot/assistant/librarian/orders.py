"""In which order a series is read, and what of it can be skipped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ...catalogue.facts import WorkFacts
from ...catalogue.models import in_language
from ...catalogue.reading_orders import ANY, MAIN, Step
from ...language.asking.part_numbers import BOOK as SERIES
from ...language.asking.questions import volume_in
from ...language.words.cue_book import plain as lowered
from ...language.words.phrasebook import PHRASES
from ...text.folding import key
from .reply import Reply, plain
from .telling import Telling

MAIN_KINDS = (MAIN, ANY)
MAX_SIDES = 5
SMALL = frozenset(PHRASES.phrases("focus", "small", "en"))
WORDS = re.compile(r"[^\W_]+")
LATIN = re.compile(r"[a-z0-9]+")
MAX_NOTES = 2  # side stories of which it is told behind which volume they stand

Tell = Callable[..., str]


def asked_of(known: Sequence[WorkFacts]) -> WorkFacts | None:
    """Of several works of one series the one by which their order is told: what stands beside the main line, whose need
    is asked after, else the first. None where they are of no one series."""
    if len(known) < 2 or not is_one_series(known):
        return None
    main = {step.slug for step in known[0].order if step.kind in MAIN_KINDS}
    return next((one for one in known if one.work.slug not in main), known[0])


def is_one_series(known: Sequence[WorkFacts]) -> bool:
    """Whether `known` are steps of one reading order."""
    first, *rest = known
    return bool(first.order) and all(one.order == first.order for one in rest)


def any_will_do(steps: Sequence[Step]) -> bool:
    """Whether each volume of the main line is complete in itself."""
    return any(step.kind == ANY for step in steps)


def following(telling: Telling) -> list[str]:
    """What is read after the work in its series, by title."""
    main = [step for step in telling.facts.order if step.kind == MAIN]
    places = [place for place, step in enumerate(main) if step.slug == telling.work.slug]
    if places:
        return [_name(telling.reply, step) for step in main[places[0] + 1 :]]
    later = [member.work for member in telling.facts.series if member.kind == "sequel" and member.work]
    return [telling.reply.title_of(work.slug) for work in later]


def sides_of(telling: Telling) -> list[str]:
    """The side stories beside the work, by title."""
    sides = (step for step in telling.facts.told_order if step.kind == "side" and step.slug != telling.work.slug)
    return [_name(telling.reply, step) for step in sides][:MAX_SIDES]


def parts_of(telling: Telling) -> list[str]:
    """The parts of its main line by name, where the work is more than one of them."""
    main = [step for step in telling.facts.order if step.kind == MAIN]
    return [_name(telling.reply, step) for step in main] if len(main) > 1 else []


def goes_on(telling: Telling) -> Iterator[str]:
    """Whether there is more behind the volume that is named, else behind the last one, and what follows it."""
    work, volume = telling.work, telling.detail.get("volume") or volume_in(telling.part.text)
    more = isinstance(volume, int) and volume < work.volumes
    if more:
        yield telling.tell(f"goes-on-{work.status}", volume=volume, volumes=work.volumes)
        behind = [step for step in telling.facts.told_order if step.after == volume and step.kind in ("side", MAIN)]
        for step in behind[:MAX_NOTES]:
            yield telling.tell("order-after", title=_name(telling.reply, step), after=step.after)
        if not behind and work.status == "completed" and (titles := following(telling)):
            yield telling.tell("followup", titles=telling.say.in_order(titles))
        return
    yield telling.tell(f"ends-{work.status}", volumes=work.volumes)
    if titles := following(telling):
        yield telling.tell("followup", titles=telling.say.in_order(titles))
    elif work.status == "completed":
        yield telling.tell("followup-none")


def named_step(telling: Telling) -> Step | None:
    """The step beside the main line that the question calls by the words of its title, where that is no work here."""
    if len(telling.part.works) > 1:
        return None  # it is one of these
    said, spaced = key(telling.part.text), {*LATIN.findall(telling.part.text.lower())}
    found: list[tuple[int, Step]] = []
    for step in telling.facts.told_order:
        if step.kind in MAIN_KINDS or step.slug:
            continue
        words = {word.lower() for title in step.title.values() for word in _words(title)} - SMALL
        own = [word for word in words if (word in spaced if word.isascii() else len(word) > 1 and key(word) in said)]
        own = [word for word in own if key(word) not in key(str(telling.work.titles)) and not word.isdigit()]
        if own:
            found.append((max(map(len, own)), step))
    return max(found, key=lambda one: one[0])[1] if found else None


def _words(title: str) -> list[str]:
    """The words of a title, and each two in a row as they may be typed."""
    words = WORDS.findall(title)
    return [*words, *(f"{one}{other}" for one, other in pairwise(words))]


def _when(telling: Telling) -> Iterator[str]:
    """When a step beside the main line is read: behind which volume, or that no volume is noted."""
    step = named_step(telling)
    main = _main_of(telling.facts.told_order)
    if step:
        kind = step.kind if step.kind in ("world", "retelling", "film") else "side"
        title = _name(telling.reply, step)
        yield telling.tell(f"step-is-{kind}", title=title, main=_name(telling.reply, main))
        yield telling.tell("order-after", title=title, after=step.after) if step.after else telling.tell("when-unknown")
        return
    yield from sentences(telling.reply, telling.facts, telling.tell)
    own = next((one for one in telling.facts.told_order if one.slug == telling.work.slug), None)
    if own and own.kind not in MAIN_KINDS and not own.after:
        yield telling.tell("when-unknown")


def order(telling: Telling) -> Iterator[str]:
    if telling.wants("anywhere"):
        yield telling.tell("order-any" if any_will_do(telling.facts.order) else "order-alone-unknown")
        return
    if telling.wants("when") and telling.facts.told_order:
        yield from _when(telling)
        yield from _kept_back(telling.facts, telling.tell)
        return
    main = [step for step in telling.facts.order if step.kind == MAIN and step.slug]
    is_first = len(main) > 1 and telling.wants("before-another")
    put = "skip" if SERIES.has("skips", lowered(telling.part.text)) else "need" if telling.is_put("needed") else ""
    yield from sentences(telling.reply, telling.facts, telling.tell, put=put, first=is_first)
    yield from _kept_back(telling.facts, telling.tell)


def sentences(reply: Reply, facts: WorkFacts, tell: Tell, *, put: str = "", first: bool = False) -> Iterator[str]:
    """First what the work asked about is in its series, then the main line, then what stands beside it. `put`: whether
    it is asked what has to be read ("need") or may be passed over ("skip"); then that comes first, as a yes or a no. `first`: whether it is asked of one
    part of the main line, before another."""
    steps = facts.told_order
    own = next((step for step in steps if step.slug == facts.work.slug), None)
    sides = [step for step in steps if step.kind in ("side", "retelling")]
    if not steps:
        if put:
            yield tell("order-need-none")
        yield from _by_ties(reply, facts, tell)
    elif own and own.kind not in MAIN_KINDS:
        if put:
            yield tell(f"order-{put}-no" if own.skip or own.kind == "world" else f"order-{put}-yes")
        yield from _aside(reply, own, _main_of(steps), tell)
    elif put and sides and not any_will_do(steps) and not first:
        yield tell(f"order-{put}-no" if all(step.skip for step in sides) else f"order-{put}-yes")
        yield from _beside(reply, steps, tell)
    else:
        if put and not any_will_do(steps):
            yield tell(f"order-{put}-yes" if first else "order-need-none")
        yield from _main_line(reply, steps, tell, is_named=own is not None)
        yield from _beside(reply, steps, tell)


def _by_ties(reply: Reply, facts: WorkFacts, tell: Tell) -> Iterator[str]:
    """Of a series without steps: those that share its world."""
    near = [member.work for member in facts.series if member.work]
    yield tell("order-first" if near else "order-one")
    if near:
        yield tell("order-world", titles=reply.say.listing([reply.title_of(work.slug) for work in near[:MAX_SIDES]]))


def _main_of(steps: Sequence[Step]) -> Step:
    main = [step for step in steps if step.kind in MAIN_KINDS]
    return next((step for step in main if step.slug), main[0] if main else steps[0])


def _aside(reply: Reply, own: Step, main: Step, tell: Tell) -> Iterator[str]:
    kind = own.kind if own.kind in ("world", "retelling") else "side"
    yield tell(f"order-is-{kind}", main=_name(reply, main))
    if own.skip and kind != "world":
        yield tell("order-self-skip")
    if own.after:
        yield tell("order-self-after", after=own.after)


def _main_line(reply: Reply, steps: Sequence[Step], tell: Tell, *, is_named: bool) -> Iterator[str]:
    """`is_named`: whether the work asked about is one of the steps, so that naming them names it."""
    main = [_name(reply, step) for step in steps if step.kind in MAIN_KINDS]
    if len(main) > 1:
        yield tell("order-line" if is_named else "order-main", titles=reply.say.in_order(main))
    elif any_will_do(steps):
        yield tell("order-any")
    else:
        yield tell("order-first")
    for step in [step for step in steps if step.kind == MAIN and step.after][:MAX_NOTES]:
        yield tell("order-after", title=_name(reply, step), after=step.after)


def _beside(reply: Reply, steps: Sequence[Step], tell: Tell) -> Iterator[str]:
    groups = {
        "order-side": [step for step in steps if step.kind == "side" and step.skip],
        "order-side-needed": [step for step in steps if step.kind == "side" and not step.skip],
        "order-retelling": [step for step in steps if step.kind == "retelling"],
        "order-world": [step for step in steps if step.kind == "world"],
        "order-film": [step for step in steps if step.kind == "film"],
    }
    for name, found in groups.items():
        if found:
            yield tell(name, titles=reply.say.listing([_name(reply, step) for step in found[:MAX_SIDES]]))
        for step in [step for step in found if step.kind == "side" and step.after][:MAX_NOTES]:
            yield tell("order-after", title=_name(reply, step), after=step.after)
    if any(step.kind == "web" for step in steps):
        yield tell("order-web")


def _kept_back(facts: WorkFacts, tell: Tell) -> Iterator[str]:
    """That there is more behind the volume that the reader is at, which is not named yet."""
    if facts.told_order != facts.order:
        yield tell("order-kept-back", read=facts.reader.horizon)


def _name(reply: Reply, step: Step) -> str:
    """A work on the shelf by its title there; another one set apart as no title of the shelf is."""
    if step.slug and reply.work(step.slug):
        return reply.title_of(step.slug)
    name = plain(in_language(step.title, reply.language))
    return reply.say.part("works.named_step", called=name)
