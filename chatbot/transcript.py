"""Turns made ready for reading: Markdown rendered and sanitised, picks as cards, names checked against the catalogue.

Used wherever a conversation is shown: the page, the poll, the admin. A handful of queries, however many turns. What a
growing reply has shown once is not made anew for each poll: the page says what it has (`have`) and gets the place of it
only (static/js/kept.js).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from html import unescape

import nh3
from django.utils.html import linebreaks
from django.utils.translation import get_language, gettext
from markdown_it import MarkdownIt

from users import taste
from users.models import ShelfEntry, TasteLine

from .assistant import grounding
from .assistant.grounding import PickLine, Prose
from .catalogue import novel_cache
from .catalogue.models import Novel
from .language import subjects
from .language.wish import Wish
from .models import Turn
from .text.particles import agreeing

# Raw HTML is off in the renderer and swept again behind it: what a model writes is a stranger's text.
MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True})
ALLOWED_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "hr"}
# No letter has so many; a text that does is shown as it is. Rendering costs by the line and by the mark, and a page
# shows twenty replies.
MARKS, MAX_MARKS, MAX_LINES = "*_[]`<>#!&\\~", 1500, 400
NAME_TAGS = ("tag", "aside", "faint", "mood", "hint")  # kinds of reasons and caveats whose value is a tag
HEADING = re.compile(r"(</?)h[1-6]")
# A model can write the same characters as entities (&#xE000;): what is no number of ours stays text.
PLACE = re.compile("\ue000([0-9]{1,5})\ue001")


@dataclass
class Part:
    """A stretch of rendered prose, or (with `name`) a title in it: known with its novel, unverified without."""

    html: str = ""
    name: str = ""
    novel: Novel | None = None
    marked: bool = False  # named by a mark, so shown by its title
    refused: bool = False  # its reader asked never to be offered it: told as such, and no link

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
    caveats: list
    certainty: str  # certain, likely, guess; "" in replies from before it was kept
    serendipity: dict | None  # set where the pick is a deliberate step aside: the tag it leads to
    digest: str  # stands for what is shown of it besides the reason and its state
    state: str = ""  # what the reader says of it: read, want, not

    @property
    def slug(self):
        return self.novel.slug


@dataclass
class KeptCard:
    """A card the page has already, but for the reason, which grows."""

    slug: str
    digest: str
    reason: list
    is_kept = True


@dataclass
class Chip:
    """A part of the wish as it was understood: `part` takes it back."""

    part: str
    kind: str
    value: str
    novel: Novel | None
    tags: list
    author: str = ""
    unsure: bool = False  # inferred or only hoped for, not said in so many words
    subject: str = ""  # what a story is about, in the reader's language


@dataclass
class Block:
    """Either `parts` of prose or a row of `cards`."""

    parts: list | None = None
    cards: list | None = None


def present(turns, have=frozenset()):
    """Give each of `turns`, all of one reader, what a page shows of it. Returns a list.

    `blocks`: list of Block. `chips`, and `taste_chips` for what came from the standing taste: lists of Chip.
    `refusals`: what was asked for though it is never to be offered, as Chips. `lessons`: TasteLines learned from a
    turn that has ended. `shown`: digests of its chips and cards, a page's next `have`. Cards whose digest is among
    those the page says to `have` are KeptCards; `keeps_chips`: whether the chips are.
    """
    turns = list(turns)
    read = {turn.pk: _read(turn) for turn in turns}
    names = {id(block): _names(block, turn) for turn in turns for block in read[turn.pk]}
    for turn in turns:
        turn.digests = {candidate["slug"]: _digest(candidate) for candidate in turn.candidates}
        turn.kept = {slug for slug, digest in turn.digests.items() if digest in have}
        turn.chips_digest = _digest(turn.wish)
        turn.keeps_chips = turn.chips_digest in have
    known = _known(turns, read, names)
    _refuse(turns, read, names, known)
    for turn in turns:
        turn.blocks = _blocks(turn, read[turn.pk], names, known)
        wish = Wish.from_json(turn.wish)
        turn.chips = [] if turn.keeps_chips else _chips(wish, known)
        turn.taste_chips = [] if turn.keeps_chips else _taste_chips(wish, known)
        turn.refusals = [_taste_chip("refused", topic, known) for topic in wish.taste.get("refused", ())]
        turn.shown = [card.digest for block in turn.blocks for card in block.cards or ()]
        if turn.keeps_chips or turn.chips or turn.taste_chips:
            turn.shown.append(turn.chips_digest)
    _mark(turns)
    _teach(turns)
    return turns


MAX_KEPT = 40  # digests a page may say to have


def have(said):
    """The digests in what a page says to have: `turn.shown`, joined by dots."""
    return frozenset(said.split(".")[:MAX_KEPT])


def _digest(shown):
    return blake2b(repr(shown).encode("utf-8", "replace"), digest_size=6).hexdigest()


def _read(turn):
    # One that was stopped or failed may end within a mark too.
    return grounding.read(turn.reply, turn.candidates, unfinished=turn.state != Turn.State.DONE)


def _names(block, turn):
    """The works a block names, with the bare names its writer noticed of works that must not be offered."""
    named = grounding.names_of(block, turn.text, turn.wish.get("unknown_titles", ()))
    return grounding.with_refused(named, turn.refused, _words(block))


def _refuse(turns, read, names, known):
    """Note what its reader asked never to be offered. Where works are named one query, two more where there is such."""
    novels = {novel.pk: novel for novel in (*known.by_slug.values(), *known.by_key.values())}
    if not novels or not any(turn.reply for turn in turns):
        return
    refusals = taste.refusals_of(turns[0].reader_id)
    if not refusals:
        return
    known.refused = taste.refused_among(refusals, novels.values())
    known.refused_by_name = {pk for pk in known.refused if refusals.by_name(novels[pk])}
    for turn in turns:
        for block in read[turn.pk]:
            for named in names[id(block)]:
                named.refused = named.refused or known.refuses(known.find(named), turn)


def _teach(turns):
    """Give each turn what was learned from it and not forgotten since. One query, none while it is written."""
    learned = {}
    ended = [turn.pk for turn in turns if turn.wish and turn.is_finished]
    if ended:
        lines = TasteLine.objects.kept().filter(turn__in=ended)
        for line in lines.select_related("tag", "novel").order_by("pk"):
            learned.setdefault(line.turn_id, []).append(line)
    for turn in turns:
        turn.lessons = learned.get(turn.pk, [])


def _chips(wish, known):
    return [_chip(kind, value, known, wish.sureness(kind, value) < 1) for kind, value in wish.parts()]


def _chip(kind, value, known, unsure):
    tags = [known.tags[slug] for slug in value.split("+") if slug in known.tags]
    novel = known.by_slug.get(value) if kind == "liked" else None
    subject = subjects.label(value, get_language()) if kind in ("about", "not_about") else ""
    return Chip(f"{kind}:{value}", kind, value, novel, tags, unsure=unsure, subject=subject)


MAX_TASTE_CHIPS = 6  # chips: the page of the taste has the rest


def _taste_chips(wish, known):
    return [_taste_chip(kind, topic, known) for kind, topic in _parts_of_taste(wish.taste)]


def _parts_of_taste(laid):
    """What the taste added, as (kind, topic); the reader can take each back for this conversation."""
    parts = [("likes", topic) for topic in laid.get("likes", ())]
    parts += [("dislikes", topic) for topic in laid.get("dislikes", ())]
    # The level matters to a choice only where it makes an edition matter.
    return [*([("level", "level")] if laid.get("edition") else []), *parts][:MAX_TASTE_CHIPS]


def _taste_chip(kind, topic, known):
    what, _, value = topic.partition(":")
    return Chip(
        f"taste:{kind}:{topic}",
        kind,
        value,
        known.by_slug.get(value) if what == "work" else None,
        [known.tags[value]] if what == "tag" and value in known.tags else [],
        author=value if what == "author" else "",
    )


def _mark(turns):
    """Tell each card what its reader says of the work."""
    cards = [card for turn in turns for block in turn.blocks for card in block.cards or () if isinstance(card, Card)]
    if cards:
        states = ShelfEntry.objects.states(turns[0].reader_id, [card.novel.pk for card in cards])
        for card in cards:
            card.state = states.get(card.novel.pk, "")


@dataclass
class _Known:
    by_slug: dict
    by_key: dict
    tags: dict
    refused: frozenset = frozenset()  # ids of novels their reader asked never to be offered
    refused_by_name: frozenset = frozenset()

    def find(self, named):
        """The novel that a Named or a PickLine means, by its slug or else by its name."""
        if named.slug in self.by_slug:
            return self.by_slug[named.slug]
        return next((self.by_key[key] for key in named.keys if key in self.by_key), None)

    def refuses(self, novel, turn):
        """Whether `novel` must not pass as offered in `turn`. What the reader spoke of may be spoken of in return."""
        if novel is None or novel.pk not in self.refused:
            return False
        return novel.pk in self.refused_by_name or novel.slug not in Wish.from_json(turn.wish).names_works


def _words(block):
    return block.text if isinstance(block, Prose) else block.reason


def _known(turns, read, names):
    """Every novel and tag the replies show, fetched at once. Of the candidates only those that are offered so far: a
    growing reply is read many times a second."""
    keys = {key for found in names.values() for named in found for key in named.keys}
    given = {turn.pk: {candidate["slug"] for candidate in turn.candidates} for turn in turns}
    lines = [(turn, block) for turn in turns for block in read[turn.pk] if isinstance(block, PickLine)]
    keys |= {key for turn, block in lines if block.slug not in given[turn.pk] for key in block.keys}
    by_key = Novel.objects.by_keys(keys) if keys else {}
    picked = {(turn, block.slug) for turn, block in lines if block.slug}
    slugs = {slug for turn, slug in picked if slug not in turn.kept}
    slugs |= {named.slug for found in names.values() for named in found if named.slug}
    slugs |= {novel.slug for novel in by_key.values()}
    offered = [one for turn in turns if turn.reply for one in turn.candidates if one["slug"] in slugs]
    reasons = [reason for one in offered for reason in (*one["reasons"], *one["breaches"], *one.get("caveats", ()))]
    # The works a reason refers to ("like what you loved") are shown by their titles.
    slugs |= {reason["value"] for reason in reasons if reason["kind"] in ("kin", "author", "series")}
    wishes = [Wish.from_json(turn.wish) for turn in turns if not turn.keeps_chips]
    slugs |= {slug for wish in wishes for slug in wish.liked}
    topics = [topic for wish in wishes for name in ("likes", "dislikes") for topic in wish.taste.get(name, ())]
    topics += [topic for turn in turns for topic in turn.wish.get("taste", {}).get("refused", ())]
    slugs |= {topic.removeprefix("work:") for topic in topics if topic.startswith("work:")}
    tags = {topic.removeprefix("tag:") for topic in topics}
    tags |= {slug for wish in wishes for _kind, value in wish.parts() for slug in value.split("+")}
    tags |= {slug for reason in reasons for slug in (str(reason["value"]), *reason.get("tags", ()))}
    by_slug, tags = novel_cache.get_many(slugs, tags) if slugs or tags else ({}, {})
    return _Known(by_slug, by_key, tags)


class _Pile:
    """The blocks of one turn as they are laid one upon the other."""

    def __init__(self, turn, known):
        self.turn, self.known = turn, known
        self.candidates = {candidate["slug"]: candidate for candidate in turn.candidates}
        self.blocks, self.offered = [], set()

    def lay_prose(self, parts):
        self.blocks.append(Block(parts=parts))

    def offers(self, slug):
        return slug in self.turn.kept or (slug in self.candidates and slug in self.known.by_slug)

    def offered_by(self, block):
        """The slug of the candidate a PickLine means, by its slug or else by its name; None where it means none."""
        if self.offers(block.slug):
            return block.slug
        novel = self.known.find(block)
        return novel.slug if novel and self.offers(novel.slug) else None

    def lay_card(self, slug, reason=()):
        """A card beside the one before, if there is one; each work once."""
        if slug in self.offered:
            return
        self.offered.add(slug)
        if not self.blocks or self.blocks[-1].cards is None:
            self.blocks.append(Block(cards=[]))
        digest = self.turn.digests[slug]
        if slug in self.turn.kept:
            card = KeptCard(slug, digest, list(reason))
        else:
            card = _card(self.known.by_slug[slug], list(reason), self.candidates[slug], self.known, digest)
        self.blocks[-1].cards.append(card)


def _blocks(turn, read, names, known):
    pile = _Pile(turn, known)
    offered = grounding.offered_by_lines(read, pile.offered_by)
    # A model that only wrote of candidates has offered them all the same; what it says in the end, only the end tells.
    by_name = not offered and turn.is_finished
    for block in read:
        found = names[id(block)]
        if isinstance(block, Prose):
            pile.lay_prose(_parts(block.text, found, known))
            for novel in filter(None, map(known.find, grounding.offers_in_prose(block, found) if by_name else ())):
                if pile.offers(novel.slug):
                    pile.lay_card(novel.slug)
        elif slug := pile.offered_by(block):
            told = offered[slug]
            pile.lay_card(slug, _parts(told.reason, names[id(told)], known, inline=True))
        else:
            # Not among what it was given: at most a mention, never a card.
            novel = known.find(block)
            part = Part(name=block.name, novel=novel, marked=True, refused=known.refuses(novel, turn))
            pile.lay_prose([part, *_parts(block.reason, found, known)])
    return pile.blocks


def _card(novel, reason, candidate, known, digest):
    return Card(
        novel=novel,
        reason=reason,
        fits=[_receipt(one, known) for one in candidate["reasons"] if one["kind"] != "aside"],
        breaches=[_receipt(one, known) for one in candidate["breaches"]],
        caveats=[_receipt(one, known) for one in candidate.get("caveats", ())],
        certainty=candidate.get("certainty", ""),
        serendipity=next((_receipt(one, known) for one in candidate["reasons"] if one["kind"] == "aside"), None),
        digest=digest,
    )


def _receipt(reason, known):
    """One line of the receipt: the reason with its tag and novel in place of their slugs."""
    return {
        "kind": reason["kind"],
        "value": reason["value"],
        "tag": known.tags.get(reason["value"]) if reason["kind"] in NAME_TAGS else None,
        "novel": known.by_slug.get(reason["value"]) if reason["kind"] in ("kin", "author", "series") else None,
        "tags": [known.tags[slug] for slug in reason.get("tags", ()) if slug in known.tags],
    }


def _parts(text, found, known, *, inline=False):
    """`text` rendered, cut where it names a work. Places are held by private-use characters through the rendering."""
    # A word in bold that names nothing we know is just a word in bold.
    found = [named for named in found if named.claim or named.refused or known.find(named)]
    marked, last = [], 0
    for place, named in enumerate(found):
        marked += [text[last : named.start], f"\ue000{place}\ue001"]
        last = named.end
        novel = known.find(named) if named.pointed else None
        if novel and (particle := agreeing(novel.title, text, last)):
            marked.append(particle[0])
            last = particle[1]
    marked.append(text[last:])
    html = _html("".join(marked), inline)
    parts = []
    for position, piece in enumerate(PLACE.split(html)):
        if position % 2 == 0:
            if piece:
                parts.append(Part(html=piece))
        elif int(piece) < len(found):
            named = found[int(piece)]
            parts.append(Part(name=named.name, novel=known.find(named), marked=named.pointed))
            parts[-1].refused = named.refused
    return parts


@lru_cache(maxsize=1000)
def _html(text, inline):
    """`text` rendered and sanitised. Kept, because while a reply grows, all but its last block stays as it was, and
    finished ones stay for good."""
    if text.count("\n") > MAX_LINES or sum(text.count(mark) for mark in MARKS) > MAX_MARKS:
        html = linebreaks(text, autoescape=True)
    else:
        html = MARKDOWN.renderInline(text) if inline else MARKDOWN.render(text)
    return nh3.clean(HEADING.sub(r"\1h3", html), tags=ALLOWED_TAGS, attributes={}, link_rel=None)


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
    words = "".join(_title(part) if part.name else part.html for part in parts)
    return unescape(re.sub(r"<[^>]+>", "", words.replace("<br>", "\n"))).strip()


def _title(part):
    return f"『{part.words}』" + (f" ({gettext('you asked not to be offered this again')})" if part.refused else "")


def with_replaced(turns):
    """`turns`, each with `earlier`: the ask it was edited from, if it was. One query."""
    turns = list(turns)
    replaced = Turn.objects.in_bulk([turn.replaces_id for turn in turns if turn.replaces_id])
    for turn in turns:
        earlier = replaced.get(turn.replaces_id)
        turn.earlier = earlier if earlier and earlier.text != turn.text else None
    return turns
