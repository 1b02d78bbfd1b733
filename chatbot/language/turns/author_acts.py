"""What a clause wants of authors: some of their own books chosen, or books by anybody else."""

from collections.abc import Sequence

from ...text.matcher import tidy
from ..acts import Act, ActPart
from ..names import authors, focus
from ..wishes import author_wishes
from ..wishes.preferences import says_for_ever
from ..words.cue_book import plain
from . import act_parts
from .act_parts import BOOK, Reader, Stretch

MANY_BY_ONE = 2  # works of the conversation from which on their author is the one it speaks of


def wished_of_authors(stretch: Stretch, reader: Reader) -> ActPart | None:
    """The wish for books by an author, or by others; a question back where several have the name. None where a clause
    only asks what somebody wrote."""
    if in_the_style := _of_style(stretch, reader):
        return in_the_style
    text = tidy(stretch.text)
    wanted = author_wishes.read(
        text,
        reader.words,
        meant=_authors_of(works := _works_meant(stretch, reader), reader)[:1],
        turned_from=_turned_from(stretch, reader),
        known=reader.known_authors,
    )
    if wanted.names_anybody and says_for_ever(stretch.lower):
        part: ActPart | None = ActPart(Act.TASTE, stretch.text)
    else:
        part = _refusal(wanted.not_by, stretch, reader) or _choice(wanted, works, stretch)
    if part:
        reader.ordered.append(part)
    return part


def _of_style(stretch: Stretch, reader: Reader) -> ActPart | None:
    """The wish for somebody else who writes like those named: their best known books are what it goes by, and none of
    their own is meant."""
    text = tidy(stretch.text)
    if not (authors.BOOK.has("style", stretch.lower) and authors.BOOK.has("alike", stretch.lower)):
        return None
    called = [one for one in authors.called(text, reader.words, reader.known_authors) if len(one.authors) == 1]
    names = list(dict.fromkeys(one.authors[0] for one in called))
    by = {name: next((work.slug for work in reader.catalogue.works if name in work.authors), "") for name in names}
    said = next((match[1] for match in authors.BOOK.matches("style", plain(text)) if match[1]), "")
    known = any(
        said in text[one.start : one.end].lower() or text[one.start : one.end].lower() in said for one in called
    )
    if not names and not said:
        return None
    unknown = {"unknown": said} if said and not known else {}
    detail = {"styled": True, "not_by": names, **unknown}
    part = ActPart(Act.RECOMMEND, stretch.text, tuple(filter(None, by.values())), detail=detail)
    reader.ordered.append(part)
    return part


def _refusal(not_by: Sequence[str], stretch: Stretch, reader: Reader) -> ActPart | None:
    wishes = any(BOOK.has(cue, stretch.lower) for cue in ("recommend", "recommends", "more"))
    if not not_by or (stretch.asks and not wishes):
        return None
    begun = bool(reader.dialogue.last_picks or reader.dialogue.spoken)
    works = act_parts.wish(stretch, reader).works
    return ActPart(
        Act.RECOMMEND, stretch.text, works, detail={"not_by": [*not_by], **({"renewed": True} if begun else {})}
    )


def _choice(wanted: author_wishes.AuthorWish, works: Sequence[str], stretch: Stretch) -> ActPart | None:
    """`works`: by whose author "this author" means."""
    if not author_wishes.asks_for_books(stretch.text):
        return None
    if wanted.by:
        return ActPart(Act.RECOMMEND, stretch.text, detail={"by": [*wanted.by], "besides": [*works]})
    if wanted.namesakes:
        return ActPart(Act.AUTHOR, stretch.text, detail={"namesakes": [*wanted.namesakes]})
    return None


def _works_meant(stretch: Stretch, reader: Reader) -> tuple[str, ...]:
    """The works by whose author "this author" means: those that are spoken of, where they have one, else what is liked."""
    placed = stretch.pointed if focus.places_in(stretch.lower) else ()
    for works in (stretch.named.works or placed, reader.recent, reader.dialogue.spoken, reader.dialogue.liked):
        leading = {_authors_of([slug], reader)[:1] for slug in works}
        if len(leading) == 1:
            return tuple(works)
    return ()


def _turned_from(stretch: Stretch, reader: Reader) -> tuple[str, ...]:
    """Whom "this author" means where they are turned away from: the author of what is liked comes before those of what
    was offered for it, and of these who wrote several."""
    placed = stretch.pointed if focus.places_in(stretch.lower) else ()
    for works in (stretch.named.works or placed, reader.recent, reader.dialogue.liked):
        if works:
            return _authors_of(works, reader)
    spoken = _authors_of(reader.dialogue.spoken, reader, each=True)
    several = tuple(dict.fromkeys(one for one in spoken if spoken.count(one) >= MANY_BY_ONE))
    return several or tuple(dict.fromkeys(spoken))


def _authors_of(slugs: Sequence[str], reader: Reader, *, each: bool = False) -> tuple[str, ...]:
    """The authors of works; `each`: once a work."""
    works = [work for slug in slugs if (work := reader.catalogue.by_slug.get(slug))]
    found = [author for work in works for author in work.authors]
    return tuple(found if each else dict.fromkeys(found))
