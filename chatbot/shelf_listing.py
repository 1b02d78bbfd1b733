"""What is on the shelf as a whole: the works that a question about it means, counted, and the best known of them."""

from collections.abc import Iterable, Iterator
from typing import Any

from .assistant.material import Listing
from .catalogue.snapshot import CatalogueSnapshot, Work
from .language.acts import Act, ActPart
from .language.names import makers

SHOWN = 6
STRONG = 2  # the strength from which on a work counts as one of a tag
NEW_YEARS = 2  # how many of the latest years count as new
KEPT = ("tags", "status", "edition", "published", "drawn_by", "year", "anime", "new")


def listing_for(parts: Iterable[ActPart], catalogue: CatalogueSnapshot, language: str) -> Listing | None:
    """The answer to the first part that asks about the shelf, or None."""
    asked = next((part for part in parts if part.act is Act.CATALOGUE), None)
    return listing_of(asked, catalogue, language) if asked else None


def listing_of(part: ActPart, catalogue: CatalogueSnapshot, language: str) -> Listing:
    what = _asked(part, catalogue, language)
    among = [catalogue.by_slug[slug] for slug in part.works if slug in catalogue.by_slug] or catalogue.works
    made = [makers.works_of(catalogue)[kind].get(what[kind], ()) for kind in makers.KINDS if kind in what]
    among = [work for work in among if all(work.slug in slugs for slugs in made)]
    found = [work for work in among if all(_keeps(work, what))]
    if what.get("new") or what.get("year"):
        found.sort(key=lambda work: (-work.year, -work.renown))
    return Listing(count=len(found), works=tuple(found[:SHOWN]), what=what)


def _asked(part: ActPart, catalogue: CatalogueSnapshot, language: str) -> dict[str, Any]:
    """The conditions in a part's detail; a kind of question that names none has a usual one."""
    detail = part.detail
    what = {name: detail[name] for name in KEPT if detail.get(name) not in (None, "", [], ())}
    if isinstance(what.get("tags"), str):
        what["tags"] = [what["tags"]]
    what["tags"] = [slug for slug in what.get("tags", ()) if slug in catalogue.labels]
    of = detail.get("of")
    if of == "status":
        what.setdefault("status", "completed")
    elif of == "anime":
        what.setdefault("anime", True)
    elif of == "edition":
        what.setdefault("edition", language)
    elif of == "new" and "year" not in what:
        what["new"] = max((work.year for work in catalogue.works), default=0) - NEW_YEARS + 1
    return {name: value for name, value in what.items() if value not in ([], None)}


def _keeps(work: Work, what: dict[str, Any]) -> Iterator[bool]:
    yield all(work.tags.get(slug, 0) >= STRONG for slug in what.get("tags", ()))
    yield what.get("status", work.status) == work.status
    yield what.get("anime", work.anime) == work.anime
    yield work.year >= what.get("new", 0)
    if year := what.get("year"):
        yield work.year == year if isinstance(year, int) else True
    if (language := what.get("edition")) and language != "ja":
        yield (work.editions.get(language) or {}).get("known") is True
