"""Questions about the shelf as a whole."""

from __future__ import annotations

from ...assistant.material import Listing
from ...catalogue.facts import facts_of
from ...language.acts import ActPart
from ...language.names.makers import KINDS
from .kinds import with_gist
from .reply import Reply, Slots


def answer(reply: Reply, part: ActPart) -> list[str]:
    """How many works fit what was asked, and the first of them."""
    listing = reply.brief.listing
    if not listing:
        return [reply.one_of("unsure")]
    if part.works:
        return [_of_these(reply, part, listing)]
    if not listing.works:
        return [reply.one_of("shelf.none", what=_what(reply, listing))]
    name = "shelf.new" if listing.what.get("new") else "shelf.some" if _is_narrowed(listing) else "shelf.all"
    if listing.count <= len(listing.works) and name == "shelf.some":
        name = "shelf.these"
    shown = [with_gist(reply, facts_of(work, reply.catalogue)) for work in listing.works]
    slots: Slots = {"what": _what(reply, listing), "count": listing.count, "titles": reply.say.listing(shown)}
    return [reply.one_of(name, **slots)]


def _of_these(reply: Reply, part: ActPart, listing: Listing) -> str:
    """Which of the works spoken of it is true of."""
    what = _what(reply, listing)
    if not listing.works:
        return reply.one_of("shelf.none_of_these", what=what)
    titles = [reply.title_of(work.slug) for work in listing.works]
    name = "shelf.all_of_these" if listing.count == len(part.works) and len(titles) > 1 else "shelf.of_these"
    return reply.one_of(name, what=what, titles=reply.say.listing(titles))


def _is_narrowed(listing: Listing) -> bool:
    return any(name != "new" for name in listing.what)


def _what(reply: Reply, listing: Listing) -> str:
    """What was asked for, as a kind of book: "finished isekai stories with an anime"."""
    say, what = reply.say, listing.what
    limits = []
    if year := what.get("year"):
        limits.append(say.part("limits.year", first=year, last=year, least=0, most=0))
    if edition := what.get("edition"):
        limits.append(say.part("limits.edition", edition=say.edition(edition)))
    if "anime" in what:
        limits.append(say.part("limits.anime" if what["anime"] else "limits.no_anime"))
    limits += [reply.made_by(f"limits.{kind}", what[kind]) for kind in KINDS if what.get(kind)]
    if what.get("status"):
        limits.append(say.part(f"shelf.{what['status']}"))
    return say.finish_part(
        "shelf.kind", kind=say.kind_of_book([reply.words(one) for one in what.get("tags", ())], limits)
    )
