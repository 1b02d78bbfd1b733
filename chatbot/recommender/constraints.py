"""What may be offered for a wish at all, and which works keep each of its conditions: masks over the whole shelf."""

from collections.abc import Iterable

import numpy as np

from ..catalogue.snapshot import Work
from ..language.names.makers import KINDS
from ..language.tag_relations import REFUSED_WITH
from ..language.wishes.circumstances import DEATH, SUITORS
from ..language.wishes.wish import Wish
from ..language.words import subjects
from .candidates import Reason
from .features import Column, Features, Mask
from .told import tellers_of
from .welcome import OBSCURE


def allowed_by(wish: Wish, features: Features, begun: Iterable[int] = ()) -> Mask:
    """What is never relaxed: named works, refused tags, authors and publishers, later parts of a series not begun, sharing with a liked work."""
    allowed = ~features.none()
    if len(features.waiting):
        allowed[features.waiting] = False
        begun = [*begun, *features.rows_of([*wish.liked, *wish.read])]
        allowed[[follower for row in begun for follower in features.followers.get(row, ())]] = True
    allowed[features.rows_of(wish.names_works)] = False
    # Whoever turns from a work turns from its sequels, and who wants what few know from those of all they name.
    turned_from = wish.names_works if wish.less_known else wish.refused
    allowed &= ~np.isin(features.series, features.series[features.rows_of(turned_from)])
    for row in features.rows_of(wish.unlike):
        allowed &= ~features.is_like(row)
    allowed &= ~features.carries(wish.unwanted)
    allowed[features.rows_by(wish.not_by)] = False
    for kind in KINDS:
        allowed[features.rows_made(kind, getattr(wish, f"not_{kind}"))] = False
    allowed &= _bearable(wish, features)
    for subject in wish.not_about:
        allowed[features.rows_of(tellers_of(subject, features.catalogue))] = False
    liked = [features.by_slug[slug] for slug in wish.liked if slug in features.by_slug]
    if liked:
        allowed &= features.carries({tag for work in liked for tag in work.tags})
    return allowed


def _bearable(wish: Wish, features: Features) -> Mask:
    """What suits whom it is for and the mood asked for, by tags, tone, and what synopses tell where no tag does."""
    excluded = wish.exclusions
    bearable: Mask = features.tone >= excluded.lowest_tone
    if excluded.age:
        bearable &= features.from_age <= excluded.age
    for tag, strength in excluded.tags.items():
        bearable &= features.strengths(tag) < strength
    told = [*excluded.told, *([SUITORS] if REFUSED_WITH.keys() & {*wish.unwanted} else [])]
    told += [DEATH] if subjects.DEATH in wish.not_about else []
    for what in told:
        bearable &= ~features.tells(what)
    return bearable


def constraints_of(wish: Wish, features: Features) -> list[tuple[Reason, Mask]]:
    """The wish's constraints as (Reason saying what was asked, mask of the works that keep it)."""
    found = [(Reason("tag", tag, (tag,)), features.carries([tag])) for tag in wish.required]
    found += [(Reason("tag", tags[0], tuple(tags)), features.carries(tags)) for tags in wish.any_of]
    if wish.by:
        keeps = features.none()
        keeps[features.rows_by(wish.by)] = True
        found.append((Reason("by", wish.by[0]), keeps))
    for made in KINDS:
        if names := getattr(wish, made):
            keeps = features.none()
            keeps[features.rows_made(made, names)] = True
            found.append((Reason(made, names[0]), keeps))
    if wish.status:
        found.append((Reason("status", wish.status), features.status == wish.status))
    for kind in ("volumes", "year"):
        low, high = getattr(wish, f"min_{kind}"), getattr(wish, f"max_{kind}")
        if low is not None or high is not None:
            found.append((Reason(kind, (low, high)), _within(getattr(features, kind), low, high)))
    if wish.edition:
        found.append((Reason("edition", wish.edition), features.read_in(wish.edition)))
    if wish.anime is not None:
        found.append((Reason("anime", wish.anime), features.anime == wish.anime))
    if wish.less_known:
        found.append((Reason("less_known", True), features.renown < OBSCURE))
    return found


def holds(asked: Reason, wish: Wish) -> bool:
    """Whether a constraint is one that nothing may loosen: what cannot be read is no book, however near it comes."""
    return any(name.endswith(asked.kind) for name in wish.held)


def in_the_way(allowed: Mask, held: list[tuple[Reason, Mask]]) -> list[Reason]:
    """Of the constraints that nothing may loosen those that the reader might still give up, for without them something
    would be left; the edition they need is none of these."""
    found = []
    for asked, keeps in held:
        others = allowed & ~keeps
        for other, mask in held:
            if other is not asked:
                others &= mask
        if asked.kind != "edition" and others.any():
            found.append(asked)
    return found


def _within(values: Column, low: int | None, high: int | None) -> Mask:
    keeps = np.ones(len(values), bool)
    if low is not None:
        keeps &= values >= low
    if high is not None:
        keeps &= values <= high
    return keeps


def keeps_limit(value: int, low: int | None, high: int | None) -> bool:
    """Whether a limit was set, and `value` keeps it: one only hoped for may not be kept, and is no reason then."""
    return (low, high) != (None, None) and (low is None or value >= low) and (high is None or value <= high)


def readable(works: Mask, features: Features, reads: str) -> Mask:
    """Of `works` those with an edition in the only language the reader reads; all where that is no matter."""
    return works & features.read_in(reads) if reads else works


def has_edition(work: Work, language: str) -> bool:
    return (work.editions.get(language) or {}).get("known") is True
