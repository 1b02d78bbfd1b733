"""A reply held up against the shelf: what it really offers, and which titles it names that the shelf does not have."""

import logging
from collections.abc import Callable, Iterable

from .assistant import Brief, grounding
from .catalogue.facts import names_of_parts
from .catalogue.models import Gap
from .catalogue.snapshot import CatalogueSnapshot
from .catalogue.snapshot_cache import cached_per_snapshot
from .models import Pick, Turn

logger = logging.getLogger(__name__)

Resolver = Callable[[Iterable[str]], str | None]  # title keys to the slug of the work they name


def resolver(catalogue: CatalogueSnapshot) -> Resolver:
    def resolve(keys: Iterable[str]) -> str | None:
        return next((catalogue.by_key[key][0].slug for key in keys if key in catalogue.by_key), None)

    return resolve


def picks_of(turn: Turn, reply: str, resolve: Resolver, *, unfinished: bool = False) -> list[Pick]:
    """The verified picks of a reply, unsaved: candidates only, each once, in the order they are offered."""
    pk_of = {candidate["slug"]: candidate["pk"] for candidate in turn.candidates}
    titles = turn.wish.get("unknown_titles", ())
    offered = grounding.picks_in(
        reply, turn.candidates, resolve=resolve, ask=turn.text, titles=titles, unfinished=unfinished
    )
    return [
        Pick(turn=turn, novel_id=pk_of[slug], position=position, reason=reason)
        for position, (slug, reason) in enumerate(offered, start=1)
    ]


@cached_per_snapshot
def _keys_of_parts(catalogue: CatalogueSnapshot) -> frozenset[str]:
    """Keys of titles that rows give besides their own: a side story is no work that the shelf lacks."""
    titles = (
        title
        for work in catalogue.works
        for title in names_of_parts(work.reading_order, work.adaptations, (other for other, _ in work.related))
    )
    return frozenset(key for title in titles for key in grounding.keys_of(title))


def count_gaps(turn: Turn, reply: str, brief: Brief) -> None:
    """Tell the operators of titles that the shelf does not have. The reply is done: nothing here may undo that."""
    if turn.conversation.temporary:
        return  # which leaves nothing behind
    resolve = resolver(brief.catalogue)
    named = [*brief.wish.unknown_titles, *grounding.titles_said(turn.text)]
    asked = [title for title in dict.fromkeys(named) if not resolve(grounding.keys_of(title))]
    known = _keys_of_parts(brief.catalogue) | {key for title in asked for key in grounding.keys_of(title)}
    replied = [
        one.name
        for one in grounding.claims_in(reply, turn.candidates, ask=turn.text, titles=asked)
        if not resolve(one.keys) and not known.intersection(one.keys)
    ]
    try:
        Gap.objects.count_names(reader_id=turn.reader_id, turn_id=turn.pk, asked=asked, replied=replied)
    except Exception:
        logger.exception("the gaps named in turn %s were not counted", turn.pk)
