"""In which languages a work is to be had, and where."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from ...catalogue.snapshot import Work
from .reply import harmless
from .telling import Telling

SHOPS_NAMED = 3


def edition(telling: Telling) -> Iterator[str]:
    if _is_at_home(telling):
        yield from where(telling)
        return
    for language in telling.editions_asked:
        yield _edition(telling, language)
    if counts(telling):
        yield telling.tell(
            "edition-volumes", edition=telling.say.edition(telling.edition_asked), volumes=telling.work.volumes
        )
    elif telling.work.volumes > 1 and _has_edition(telling) and not telling.is_said("edition-count"):
        yield telling.tell("edition-count")


def published(telling: Telling) -> Iterator[str]:
    """The edition that is asked for with who publishes it."""
    yield _edition(telling, telling.edition_asked)


def has_publisher(telling: Telling) -> bool:
    row = telling.work.editions.get(telling.edition_asked) or {}
    return bool(row.get("known") and row.get("publisher"))


def counts(telling: Telling) -> bool:
    """Whether it is asked how many volumes an edition has, of which it is not known how far it has come."""
    asked = telling.wants("edition-volumes") and telling.edition_asked != "ja"
    return asked and not telling.work.is_single and _has_edition(telling)


def _has_edition(telling: Telling) -> bool:
    """Whether there is one of which it is not known how much has come out."""
    stopped = (telling.work.editions.get(telling.edition_asked) or {}).get("volumes")
    return edition_state(telling.work, telling.edition_asked) == "edition" and not stopped


def _is_at_home(telling: Telling) -> bool:
    """Whether a Japanese reader asks for a Japanese book: that there is one is no news."""
    return telling.edition_asked == telling.language == "ja"


def _edition(telling: Telling, language: str) -> str:
    if language == "ja":
        return telling.tell("original")
    edition = telling.say.edition(language)
    row = telling.work.editions.get(language) or {}
    if row.get("known") and row.get("publisher") and row.get("volumes"):
        publisher, volumes = harmless(row["publisher"]), row["volumes"]
        return telling.tell("edition-stopped", edition=edition, publisher=publisher, volumes=volumes)
    if row.get("known") and row.get("publisher"):
        return telling.tell("edition-from", edition=edition, publisher=harmless(row["publisher"]))
    return telling.tell(edition_state(telling.work, language), edition=edition)


def where(telling: Telling) -> Iterator[str]:
    """The shops of the edition the reader can read; where there may be none, those of the original too."""
    language = telling.edition_asked
    if _is_at_home(telling):
        if not (telling.named and telling.is_said("shops-home")):
            yield telling.tell("shops-home", shops=telling.say.listing(shops_of(language)))
        return
    yield _edition(telling, language)
    state = edition_state(telling.work, language)
    if state != "no-edition" and (shops := shops_of(language)):
        yield telling.tell("shops", shops=telling.say.listing(shops))
    if state not in ("edition", "original") and (shops := shops_of("ja")):
        yield telling.tell("shops-original", shops=telling.say.listing(shops))


def edition_state(work: Work, language: str) -> str:
    if language == "ja":
        return "original"
    known = (work.editions.get(language) or {}).get("known")
    return "edition" if known is True else "no-edition" if known is False else "edition-unsure"


def shops_of(language: str) -> list[str]:
    return [shop["name"] for shop in settings.SHOPS if shop["language"] == language][:SHOPS_NAMED]
