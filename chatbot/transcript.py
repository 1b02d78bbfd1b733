"""Turns made ready for reading: Markdown rendered and sanitised, picks as cards, names checked against the catalogue.

Used wherever a conversation is shown: the page, the poll, the admin. A handful of queries, however many turns.
"""

import re
from dataclasses import dataclass
from html import unescape

import nh3
from markdown_it import MarkdownIt

from users.models import ShelfEntry

from .assistant import grounding
from .assistant.grounding import Prose
from .catalogue.models import Novel, Tag
from .catalogue.wish import Wish
from .models import Turn

# Raw HTML is off in the renderer and swept again behind it: what a model writes is a stranger's text.
MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})
ALLOWED_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "hr"}
HEADING = re.compile(r"(</?)h[1-6]")
# A model can write the same characters as entities (&#xE000;): what is no number of ours stays text.
PLACE = re.compile("\ue000([0-9]{1,5})\ue001")


@dataclass
class Part:
    """A stretch of rendered prose, or (with `name`) a title in it: known with its novel, unverified without."""

    html: str = ""
    name: str = ""
    novel: Novel | None = None
    marked: bool = False  # named by its slug, so shown by its title

    @property
    def words(self):
        return self.novel.title if self.marked and self.novel else self.name


@dataclass
class Card:
    """A pick as the page shows it: the novel from the database, the voice's reason, the computed receipt."""

    novel: Novel
    reason: list
    fits: list
    breaches: list
    state: str = ""  # what the reader says of it: read, want, not


@dataclass
class Chip:
    """A part of the wish as it was understood: `part` takes it back."""

    part: str
    kind: str
    value: str
    novel: Novel | None
    tags: list


@dataclass
class Block:
    """Either `parts` of prose or a row of `cards`."""

    parts: list | None = None
    cards: list | None = None


def present(turns):
    """Give each of `turns` its `blocks` (list of Block) and `chips` (list of Chip). Returns a list."""
    turns = list(turns)
    read = {turn.pk: grounding.read(turn.reply, unfinished=not turn.is_finished) for turn in turns}
    names = {id(block): grounding.names_in(_words(block), turn.text) for turn in turns for block in read[turn.pk]}
    known = _known(turns, read, names)
    for turn in turns:
        turn.blocks = _blocks(turn, read[turn.pk], names, known)
        turn.chips = [_chip(kind, value, known) for kind, value in _parts_of_wish(turn)]
    _mark(turns)
    return turns


def _parts_of_wish(turn):
    return Wish.from_json(turn.wish).parts()


def _chip(kind, value, known):
    tags = [known.tags[slug] for slug in value.split("+") if slug in known.tags]
    return Chip(f"{kind}:{value}", kind, value, known.by_slug.get(value) if kind == "liked" else None, tags)


def _mark(turns):
    """Tell each card what its reader says of the work."""
    cards = [(turn, card) for turn in turns for block in turn.blocks for card in block.cards or ()]
    if cards:
        states = ShelfEntry.objects.states(turns[0].reader_id, [card.novel.pk for turn, card in cards])
        for _turn, card in cards:
            card.state = states.get(card.novel.pk, "")


@dataclass
class _Known:
    by_slug: dict
    by_key: dict
    tags: dict

    def find(self, named):
        if named.slug:
            return self.by_slug.get(named.slug)
        return next((self.by_key[key] for key in named.keys if key in self.by_key), None)


def _words(block):
    return block.text if isinstance(block, Prose) else block.reason


def _known(turns, read, names):
    """Every novel and tag the replies may show, fetched at once."""
    slugs = {candidate["slug"] for turn in turns for candidate in turn.candidates if turn.reply}
    slugs |= {block.slug for blocks in read.values() for block in blocks if not isinstance(block, Prose)}
    slugs |= {named.slug for found in names.values() for named in found if named.slug}
    # The works a reason refers to ("like what you loved") are shown by their titles.
    slugs |= {
        reason["value"]
        for turn in turns
        if turn.reply
        for candidate in turn.candidates
        for reason in candidate["reasons"]
        if reason["kind"] in ("kin", "author", "series")
    }
    slugs |= {value for turn in turns for kind, value in _parts_of_wish(turn) if kind == "liked"}
    keys = {key for found in names.values() for named in found for key in named.keys}
    novels = Novel.objects.filter(slug__in=slugs).with_tags() if slugs else ()
    return _Known(
        by_slug={novel.slug: novel for novel in novels},
        by_key=Novel.objects.by_keys(keys) if keys else {},
        tags={tag.slug: tag for tag in Tag.objects.all()} if slugs or any(turn.wish for turn in turns) else {},
    )


def _blocks(turn, read, names, known):
    candidates = {candidate["slug"]: candidate for candidate in turn.candidates}
    blocks, shown = [], set()

    def add_card(slug, reason):
        shown.add(slug)
        if not blocks or blocks[-1].cards is None:
            blocks.append(Block(cards=[]))
        blocks[-1].cards.append(_card(known.by_slug[slug], reason, candidates[slug], known))

    for block in read:
        found = names[id(block)]
        if isinstance(block, Prose):
            blocks.append(Block(parts=_parts(block.text, found, known)))
            # A model that wrote a candidate's title out instead of pointing at it has offered it all the same.
            for named in found:
                novel = known.find(named)
                if novel and novel.slug in candidates and novel.slug in known.by_slug and novel.slug not in shown:
                    add_card(novel.slug, [])
        elif block.slug in candidates and block.slug in known.by_slug:
            if block.slug not in shown:
                add_card(block.slug, _parts(block.reason, found, known, inline=True))
        else:
            # Not among what it was given: at most a mention, never a card.
            part = Part(name=block.slug, novel=known.by_slug.get(block.slug), marked=True)
            blocks.append(Block(parts=[part, *_parts(block.reason, found, known)]))
    return blocks


def _card(novel, reason, candidate, known):
    return Card(
        novel=novel,
        reason=reason,
        fits=[_receipt(one, known) for one in candidate["reasons"]],
        breaches=[_receipt(one, known) for one in candidate["breaches"]],
    )


def _receipt(reason, known):
    """One line of the receipt: the reason with its tag and novel in place of their slugs."""
    return {
        "kind": reason["kind"],
        "value": reason["value"],
        "tag": known.tags.get(reason["value"]) if reason["kind"] == "tag" else None,
        "novel": known.by_slug.get(reason["value"]) if reason["kind"] in ("kin", "author", "series") else None,
        "tags": [known.tags[slug] for slug in reason.get("tags", ()) if slug in known.tags],
    }


def _parts(text, found, known, *, inline=False):
    """`text` rendered, cut where it names a work. Places are held by private-use characters through the rendering."""
    # A word in bold that names nothing we know is just a word in bold.
    found = [named for named in found if named.claim or known.find(named)]
    marked, last = [], 0
    for place, named in enumerate(found):
        marked += [text[last : named.start], f"\ue000{place}\ue001"]
        last = named.end
    marked.append(text[last:])
    markdown = "".join(marked)
    html = MARKDOWN.renderInline(markdown) if inline else MARKDOWN.render(markdown)
    html = nh3.clean(HEADING.sub(r"\1h3", html), tags=ALLOWED_TAGS, attributes={}, link_rel=None)
    parts = []
    for position, piece in enumerate(PLACE.split(html)):
        if position % 2 == 0:
            if piece:
                parts.append(Part(html=piece))
        elif int(piece) < len(found):
            named = found[int(piece)]
            parts.append(Part(name=named.name, novel=known.find(named), marked=bool(named.slug)))
    return parts


def plain_text(turn):
    """A presented turn's reply as text, for copying: titles in place of cards."""
    lines = []
    for block in turn.blocks:
        if block.cards:
            for card in block.cards:
                lines.append(f"『{card.novel.title}』 {_plain(card.reason)}".strip())
        else:
            lines.append(_plain(block.parts))
    return "\n\n".join(line for line in lines if line)


def _plain(parts):
    words = "".join(f"『{part.words}』" if part.name else part.html for part in parts)
    return unescape(re.sub(r"<[^>]+>", "", words.replace("<br>", "\n"))).strip()


def with_replaced(turns):
    """`turns`, each with `earlier`: the ask it was edited from, if it was. One query."""
    turns = list(turns)
    replaced = Turn.objects.in_bulk([turn.replaces_id for turn in turns if turn.replaces_id])
    for turn in turns:
        earlier = replaced.get(turn.replaces_id)
        turn.earlier = earlier if earlier and earlier.text != turn.text else None
    return turns
