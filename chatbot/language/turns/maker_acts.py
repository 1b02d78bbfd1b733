"""What a clause wants of publishers and illustrators where its words alone would not tell: books that "the same artist" drew
for, and none by who is refused."""

from ...text.matcher import tidy
from ..acts import Act, ActPart
from ..names import focus
from ..names.makers import BOOK as MAKERS_BOOK
from ..stances.parse import parse
from ..wishes import author_wishes, maker_wishes
from . import act_parts
from .act_parts import BOOK, Reader, Stretch


def wished_of_makers(stretch: Stretch, reader: Reader) -> ActPart | None:
    """The wish for books by an illustrator who is pointed at, or by anybody but who is refused. None where a clause only
    asks who somebody is."""
    text = tidy(stretch.text)
    wanted = maker_wishes.read(text, reader.words, parse(text, reader.words).works, _works_meant(stretch, reader))
    wishes = any(BOOK.has(cue, stretch.lower) for cue in ("recommend", "recommends", "more"))
    wishes = wishes or author_wishes.asks_for_books(stretch.text)
    detail = wanted.as_detail()
    points = bool(wanted.pointed) and not MAKERS_BOOK.has("tells", stretch.lower)
    asks_what = bool(wanted.drawn_by) and stretch.asks and not MAKERS_BOOK.has("tells", stretch.lower)
    if not detail or not (points or asks_what or (wanted.refused and (wishes or not stretch.asks))):
        return None
    begun = bool(reader.dialogue.last_picks or reader.dialogue.spoken)
    works = () if wanted.pointed else act_parts.wish(stretch, reader).works
    renewed = {"renewed": True} if (wanted.refused or asks_what) and begun else {}
    part = ActPart(Act.RECOMMEND, stretch.text, works, detail={**detail, **renewed})
    reader.ordered.append(part)
    return part


def _works_meant(stretch: Stretch, reader: Reader) -> tuple[str, ...]:
    """The works whose illustrator "this illustrator" means: one that is spoken of, else what is liked."""
    placed = stretch.pointed if focus.places_in(stretch.lower) else ()
    for works in (stretch.named.works or placed, reader.recent, reader.dialogue.spoken, reader.dialogue.liked):
        if len(works) == 1:
            return tuple(works)
    return ()
