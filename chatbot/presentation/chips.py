"""Chips: what was understood of an ask and what the standing taste added, each part to be taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..catalogue.models import Novel, Tag
from ..language.topics import Confidence, Topic, TopicKind, WishPart
from ..language.wishes.wish import Wish
from ..language.words import flavours, subjects
from ..text.quoting import titled
from .lookup import Lookup
from .reasons import anime_words, drawn_words, edition_words, published_words, readable, status_words

MAX_TASTE_CHIPS = 3  # shown; a link leads to the rest


@dataclass
class Chip:
    """A part of the wish as it was understood: `part` takes it back. `kind` and `value` as `Wish.parts` has them."""

    part: str
    kind: str
    value: str
    novel: Novel | None
    tags: list[Tag]
    unsure: bool = False  # inferred or only hoped for, not said in so many words
    subject: str = ""  # what a story is about, in the reader's language

    @property
    def is_negative(self) -> bool:
        return self.kind in ("unwanted", "less", "not_about", "not_by", "not_published", "not_drawn_by")

    @property
    def words(self) -> str:
        """What the chip says, in the reader's language."""
        return WORDS[self.kind](self) if self.kind in WORDS else self.value


@dataclass
class TasteChip:
    """A part of the standing taste. `kind`: likes, dislikes, refused, or level where it makes an edition matter."""

    part: str
    kind: str
    value: str
    novel: Novel | None
    tags: list[Tag]
    author: str = ""

    @property
    def is_negative(self) -> bool:
        return self.kind == "dislikes"

    @property
    def name(self) -> str:
        """What it is about: a work, a tag or an author."""
        if self.novel:
            return titled(self.novel.short_title, get_language())
        return self.tags[0].label if self.tags else self.author or self.value

    @property
    def words(self) -> str:
        """What the chip says, in the reader's language."""
        if self.kind == "level":
            return _("in your language first")
        if self.kind == "dislikes":
            return " ".join([_("less of"), self.name])
        return self.name


def chips_of(wish: Wish, lookup: Lookup) -> list[Chip]:
    return [_chip(part, lookup, wish.sureness(*part) < Confidence.SAID) for part in wish.parts()]


def _chip(part: WishPart, lookup: Lookup, unsure: bool) -> Chip:
    kind, value = part
    tags = [lookup.tags[slug] for slug in part.tags if slug in lookup.tags]
    novel = lookup.by_slug.get(value) if kind == "liked" else None
    subject = subjects.label(value, get_language()) if kind in ("about", "not_about") else ""
    return Chip(str(part), kind, value, novel, tags, unsure, subject)


def taste_chips_of(wish: Wish, lookup: Lookup) -> list[TasteChip]:
    return [_taste_chip(kind, topic, lookup) for kind, topic in _parts_of_taste(wish.taste)]


def refusals_of(wish: Wish, lookup: Lookup) -> list[TasteChip]:
    """What was asked for though it is never to be offered."""
    return [_taste_chip("refused", Topic.parse(text), lookup) for text in wish.taste.get("refused", ())]


def _parts_of_taste(laid: Mapping[str, Any]) -> list[tuple[str, Topic]]:
    """What the taste added, as (kind, topic); the reader can take each back for this conversation."""
    parts = [(name, Topic.parse(text)) for name in ("likes", "dislikes") for text in laid.get(name, ())]
    # The level matters to a choice only where it makes an edition matter.
    return [*([("level", Topic.level())] if laid.get("edition") else []), *parts]


def _taste_chip(kind: str, topic: Topic, lookup: Lookup) -> TasteChip:
    value = topic.value
    return TasteChip(
        str(WishPart.of_taste(kind, topic)),
        kind,
        value,
        lookup.by_slug.get(value) if topic.kind == TopicKind.WORK else None,
        [lookup.tags[value]] if topic.kind == TopicKind.TAG and value in lookup.tags else [],
        value if topic.kind == TopicKind.AUTHOR else "",
    )


# --- The words of a chip -----------------------------------------------------------------------


def _liked(chip: Chip) -> str:
    return _("Like “%(title)s”") % {"title": chip.novel.short_title if chip.novel else ""}


def _authors(chip: Chip) -> str:
    return _("Like the books of %(author)s") % {"author": chip.value}


def _by(chip: Chip) -> str:
    return _("Books by %(author)s") % {"author": chip.value}


def _not_by(chip: Chip) -> str:
    return _("None by %(author)s") % {"author": chip.value}


def _published(chip: Chip) -> str:
    return published_words(chip.value)


def _not_published(chip: Chip) -> str:
    return _("None from %(publisher)s") % {"publisher": readable(chip.value)}


def _drawn_by(chip: Chip) -> str:
    return drawn_words(chip.value)


def _not_drawn_by(chip: Chip) -> str:
    return _("None illustrated by %(artist)s") % {"artist": readable(chip.value)}


def _tags(chip: Chip) -> str:
    return " / ".join(tag.label for tag in chip.tags) or chip.value


def _unwanted(chip: Chip) -> str:
    return _("No %(tag)s") % {"tag": chip.tags[0].label if chip.tags else ""}


def _less(chip: Chip) -> str:
    return _("Less %(tag)s") % {"tag": chip.tags[0].label if chip.tags else ""}


def _about(chip: Chip) -> str:
    return chip.subject


def _not_about(chip: Chip) -> str:
    return _("No %(tag)s") % {"tag": chip.subject}


def _flavour(chip: Chip) -> str:
    return flavours.label(chip.value, get_language() or "")


def _status(chip: Chip) -> str:
    return status_words(chip.value)


def _min_volumes(chip: Chip) -> str:
    return _("%(n)s volumes or more") % {"n": chip.value}


def _max_volumes(chip: Chip) -> str:
    return _("%(n)s volumes at most") % {"n": chip.value}


def _min_year(chip: Chip) -> str:
    return _("From %(year)s on") % {"year": chip.value}


def _max_year(chip: Chip) -> str:
    return _("Until %(year)s") % {"year": chip.value}


def _edition(chip: Chip) -> str:
    return edition_words(chip.value)


def _anime(chip: Chip) -> str:
    return anime_words(chip.value == "True")


def _brightness(chip: Chip) -> str:
    return _("Brighter") if chip.value == "1" else _("Darker")


def _less_known(chip: Chip) -> str:
    return _("Less known")


def _audience(chip: Chip) -> str:
    return audience_words(chip.value)


def _gentle(chip: Chip) -> str:
    return {
        "ill": _("While unwell: nothing heavy"),
        "grief": _("In grief: nothing heavy"),
    }.get(chip.value, _("Nothing heavy"))


def audience_words(audience: str) -> str:
    """Whom it is for, and what that leaves out."""
    return {
        "child": _("For a child: nothing cruel or sexual"),
        "teen": _("For a teenager: nothing sexual or brutal"),
        "elder": _("For the family: nothing cruel or sexual"),
    }.get(audience, _("A gift: nothing cruel or sexual"))


WORDS: dict[str, Callable[[Chip], str]] = {
    "liked": _liked,
    "authors": _authors,
    "by": _by,
    "not_by": _not_by,
    "published": _published,
    "not_published": _not_published,
    "drawn_by": _drawn_by,
    "not_drawn_by": _not_drawn_by,
    "required": _tags,
    "any_of": _tags,
    "leaning": _tags,
    "wanted": _tags,
    "unwanted": _unwanted,
    "less": _less,
    "about": _about,
    "not_about": _not_about,
    "flavours": _flavour,
    "status": _status,
    "min_volumes": _min_volumes,
    "max_volumes": _max_volumes,
    "min_year": _min_year,
    "max_year": _max_year,
    "edition": _edition,
    "anime": _anime,
    "brightness": _brightness,
    "less_known": _less_known,
    "audience": _audience,
    "gentle": _gentle,
}
