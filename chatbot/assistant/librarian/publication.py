"""How long a work is, whether it is finished, and who brings it out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format

from ...catalogue.models import in_language
from ...catalogue.volumes import Coming
from ...language.names.readings import read_as
from . import editions
from .reply import harmless, plain
from .telling import Telling

HOURS = (3, 5)  # of reading a volume
DATA = Path(__file__).parents[1] / "phrases" / "data"
GENERAL = frozenset(tomllib.loads((DATA / "general_imprints.toml").read_text(encoding="utf-8"))["imprints"])


def volumes(telling: Telling) -> Iterator[str]:
    if telling.has_told("status-"):
        return  # which names them
    work = telling.work
    if telling.wants("edition-volumes") and telling.edition_asked != "ja":
        yield from editions.edition(telling)
        return
    yield telling.tell("volumes-single" if work.is_single else f"volumes-{work.status}", volumes=telling.work.volumes)


def status(telling: Telling) -> Iterator[str]:
    if telling.has_told("volumes-"):
        return  # which says so
    if telling.work.is_single:
        yield telling.tell("volumes-single", volumes=1)
    else:
        yield telling.tell(f"status-{telling.work.status}", volumes=telling.work.volumes)


def year(telling: Telling) -> Iterator[str]:
    yield telling.tell("year", year=telling.work.year)


def imprint(telling: Telling) -> Iterator[str]:
    """Who brings it out: in the language that is asked for or the reader's own, unless the original is meant."""
    is_original = telling.wants("in-japan") and not telling.detail.get("edition")
    if not is_original and telling.edition_asked != "ja":
        yield from editions.published(telling)
        if editions.has_publisher(telling):
            return
        if editions.edition_state(telling.work, telling.edition_asked) == "edition":
            yield telling.tell("publisher-unknown")
    if telling.work.imprint:
        yield telling.tell("imprint", imprint=imprint_of(telling))
    else:
        yield telling.tell("imprint-unknown")


def imprint_of(telling: Telling) -> str:
    return harmless(read_as(telling.work.imprint, telling.language))


def is_general(telling: Telling) -> bool:
    """Whether it comes from a line of general fiction."""
    return telling.work.imprint in GENERAL


def illustrator(telling: Telling) -> Iterator[str]:
    if telling.work.illustrators:
        artists = [harmless(read_as(one, telling.language)) for one in telling.work.illustrators]
        yield telling.tell("illustrator", artists=telling.say.listing(artists))
    else:
        yield telling.tell("illustrator-unknown")


def names(telling: Telling) -> Iterator[str]:
    """Its titles in the languages the reader did not say it in."""
    shown = in_language(telling.work.titles, telling.language)
    titles = {code: telling.work.titles[code] for code in ("ja", "ko", "en") if code != telling.language}
    told = [
        telling.say.part("works.name", language=telling.say.part(f"works.languages.{code}"), called=plain(title))
        for code, title in titles.items()
        if title and title != shown
    ]
    yield telling.tell("names", names=telling.say.part("works.and").join(told)) if told else telling.tell("other")
    if telling.language == "ko" and not telling.work.title_ko_certain:
        yield telling.tell("names-translated")


def next_volume(telling: Telling) -> Iterator[str]:
    asked = [one for one in telling.facts.coming if one.language in telling.editions_asked]
    if asked and not telling.others:
        yield from (_coming(telling, one, "next-coming") for one in asked)
        return
    why = telling.work.status == "ongoing" and "late" in telling.topics
    yield telling.tell("next-why" if why else f"next-{telling.work.status}", volumes=telling.work.volumes)
    if telling.facts.coming and not telling.others:
        yield from (_coming(telling, one, "next-elsewhere") for one in telling.facts.coming)
        return
    if telling.work.status == "ongoing" and not telling.is_said("look-imprint") and not telling.others:
        yield (
            telling.tell("look-imprint", imprint=imprint_of(telling))
            if telling.work.imprint
            else telling.tell("look-publisher")
        )


def _coming(telling: Telling, one: Coming, name: str) -> str:
    with translation.override(telling.language):
        day, as_of = (date_format(when, "DATE_FORMAT") for when in (one.day, one.as_of))
    return telling.tell(name, edition=telling.say.edition(one.language), number=one.number, day=day, list=as_of)


def reading_time(telling: Telling) -> Iterator[str]:
    """Of one volume; of the whole series where that is asked."""
    volumes = telling.work.volumes
    low, high = HOURS
    if volumes == 1:
        yield telling.tell("reading-time-one", low=low, high=high)
    elif telling.is_put("whole"):
        yield telling.tell("reading-time-all", low=low * volumes, high=high * volumes, volumes=volumes)
    else:
        yield telling.tell("reading-time", low=low, high=high)
