"""What a work tells: its plot, its people, and how much of its end may be said."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...language.asking import particulars
from ...language.asking.asked import volume_in
from ...language.tag_relations import HEAVY_READS, LIGHTER, NEVER_FOR_MINORS, OF_NO_DEATH, SADDER
from . import contents, deaths, publication
from .kinds import kind_of
from .reply import authors_of, harmless
from .telling import SENTENCE, STRONG, Telling


def overview(telling: Telling) -> Iterator[str]:
    if particulars.lines_in(telling.text):
        yield from plot(telling)
        return
    names = telling.say.listing([harmless(name) for name in authors_of(telling.work, telling.language)])
    yield telling.tell("overview", authors=names, kind=kind_of(telling.reply, telling.facts))
    yield from _synopsis(telling)
    yield from publication.volumes(telling)
    if strong := {slug: given for slug, given in telling.facts.warnings.items() if given > STRONG}:
        yield from telling.by_strength("warnings", strong)


def plot(telling: Telling) -> Iterator[str]:
    """The synopsis, in as many sentences as are asked for; what was told in this conversation is not told again."""
    text = telling.synopsis()
    if (volume := volume_in(telling.text)) and volume > 1:
        yield telling.tell("plot-volume", volume=volume)
    elif text and (lines := particulars.lines_in(telling.text)):
        yield telling.title() + telling.say.part("found.gist") + "".join(SENTENCE.findall(text)[:lines]).strip()
    elif not text:
        yield telling.tell("no-plot")
    elif telling.was_told(text):
        yield telling.tell("plot-told")
        yield from publication.volumes(telling)
    else:
        yield telling.tell("plot")
        yield from _synopsis(telling)


def characters(telling: Telling) -> Iterator[str]:
    """Who they are, from the synopsis; of how they are only what the tags say."""
    if "gender" in telling.topics:
        return  # told besides
    if telling.asked_tags():
        if not telling.has_told("content", "warnings"):
            yield from contents.content(telling)
        if "hero" in telling.topics and not telling.has_told("characters"):
            yield telling.tell("characters")
        return
    if "hero" not in telling.topics and not telling.wants("character"):
        yield from plot(telling)
        return
    yield telling.tell("characters")
    known = [slug for slug in telling.facts.tags if telling.reply.group(slug) == "hero"]
    if known and telling.is_alone:
        yield telling.tell("characters-known", things=telling.things(known[:2]))


def _synopsis(telling: Telling) -> Iterator[str]:
    text = telling.synopsis()
    if text and not telling.was_told(text):
        yield "\n" + telling.say.part("synopsis.whole", text=text)


def is_of_stranger(telling: Telling) -> bool:
    """Whether it is asked what becomes of somebody of whom no text of the work tells: nothing else answers that."""
    who = str(telling.detail.get("who", "")).lower().removeprefix("the ")
    texts = (telling.work.synopses, telling.work.premises, *telling.work.notes.values())
    return bool(who) and not any(who in told.lower() for text in texts for told in text.values() if told)


def ending(telling: Telling) -> Iterator[str]:
    """That it is not known here, whether or not a reader allows to be told; to whoever fears it, what the mood tells."""
    read = telling.facts.reader.read_to or 0
    finished, runs = telling.work.status == "completed", telling.work.status == "ongoing"
    if telling.wants("couple"):
        yield telling.tell("ending-couple")
    elif telling.is_put("ended"):
        yield from publication.status(telling)
    elif telling.allows_spoilers:
        yield telling.tell("ending-running" if runs else "ending-honest")
        yield from _mood_of_end(telling)
    elif telling.is_put("death"):
        yield from deaths.deaths(telling)
        braced = [slug for slug in _to_brace_for(telling) if slug not in OF_NO_DEATH]
        if braced and not deaths.is_harmless(telling):
            yield telling.tell("mood-sad", things=telling.things(braced))
    elif telling.is_put("happy"):
        yield from aftertaste(telling)
    elif telling.facts.reader.state == "read" or (finished and read >= telling.work.volumes):
        yield telling.tell("ending-unknown")
    elif read:
        yield telling.tell("ending-read", read=read)
    else:
        yield telling.tell("ending-running" if runs else "ending")


def _mood_of_end(telling: Telling) -> Iterator[str]:
    """What there is in place of an end that is not known: the mood, and what may be hard to bear."""
    if braced := _to_brace_for(telling):
        yield telling.tell("mood-sad", things=telling.things(braced))
    elif telling.is_alone:
        yield from contents.mood(telling)


def aftertaste(telling: Telling) -> Iterator[str]:
    """How it leaves its reader, as far as tone and warnings tell."""
    if braced := _to_brace_for(telling):
        yield telling.tell("aftertaste-sad", things=telling.things(braced))
    elif light := _strong(telling, LIGHTER):
        yield telling.tell("aftertaste-bright", things=telling.things(light[:2]))
    else:
        yield telling.tell("aftertaste-none")


def _to_brace_for(telling: Telling) -> list[str]:
    """What may be hard on a reader: sadness and grave warnings, else what makes a heavy read."""
    grave = [slug for slug in telling.facts.warnings if slug not in NEVER_FOR_MINORS][:2]
    return [*_strong(telling, SADDER), *grave] or _strong(telling, HEAVY_READS)


def _strong(telling: Telling, tags: Collection[str]) -> list[str]:
    return [slug for slug, given in telling.facts.tags.items() if slug in tags and given >= STRONG]
