"""What an operator sees beside a turn: its waits, what was understood, what could be chosen from and what was."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from ..assistant import grounding
from ..assistant.grounding import PickLine
from ..assistant.grounding.facts import Correction
from ..catalogue.models import Novel, Tag
from ..presentation.breaches import BreachLine
from ..presentation.corrections import KINDS, fact_of
from ..presentation.lines import NAMES_A_WORK
from ..presentation.reasons import ReasonLine
from ..presentation.turns import PresentedTurn
from .costs import amount
from .filters import voice_name
from .wish_words import WORKS, WishWords


@dataclass
class Given:
    """A candidate as the voice was given it. `picked`: it was offered to the reader."""

    slug: str
    novel: Novel | None
    score: float
    fits: list[ReasonLine]
    breaches: list[BreachLine]
    picked: bool


@dataclass
class Called:
    """A call of the model: `raw` as it came, `parsed` what was understood of it, `ours` what we had understood.

    Of one that looked something up `name` is the function, `found` the titles of what it found.
    """

    raw: str
    fault: str
    parsed: list
    dropped: list
    ours: list
    name: str = ""
    found: list = field(default_factory=list)


@dataclass
class WrongFact:
    """A statement of the reply that differs: of `title`, what `kind` of fact, what was `said`, what the catalogue said
    when the reply ended."""

    slug: str
    title: str
    kind: str
    said: str
    fact: str


@dataclass
class Evidence:
    """`waits`: (label, milliseconds or None). `wish`: (label, values). `strays`: slugs pointed at that were not given.

    `unverified`: names in the reply that the catalogue does not know. `cost`: as an amount; "" where none is known.
    """

    voice: str
    waits: list
    wish: list
    given: list[Given]
    picked: int
    strays: list
    unverified: list
    calls: list[Called]
    wrong: list[WrongFact]
    cost: str

    @property
    def unknown_titles(self) -> int:
        """How many the reply names that nobody knows: kept as `Turn.unverified`, which rules, figures and alerts read."""
        return len(self.unverified) + len(self.strays)


@dataclass
class ReviewedTurn:
    """A turn as its reader saw it, and how it came about."""

    presented: PresentedTurn
    evidence: Evidence

    @property
    def turn(self):
        return self.presented.turn


def milliseconds(start, end):
    """From one moment to the other, or None where one of them has not come."""
    return round((end - start).total_seconds() * 1000) if start and end else None


def with_evidence(presented):
    """A ReviewedTurn for each of `presented`. Two queries, however many turns."""
    works = _Works([one.turn for one in presented])
    return [ReviewedTurn(one, _evidence(one, works)) for one in presented]


def _evidence(presented, works):
    turn = presented.turn
    picked = {pick.novel_id for pick in turn.picks.all()}
    given = [works.given(candidate, picked) for candidate in turn.candidates]
    slugs = {one.slug for one in given}
    pointed = [block for block in grounding.read(turn.reply, turn.candidates) if isinstance(block, PickLine)]
    strays = [block.slug for block in pointed if block.slug and block.slug not in slugs]
    return Evidence(
        voice=voice_name(turn.voice),
        waits=[
            (_("Asked to started"), milliseconds(turn.queued_at, turn.started_at)),
            (_("Started to first text"), milliseconds(turn.started_at, turn.first_text_at)),
            (_("First text to finished"), milliseconds(turn.first_text_at, turn.finished_at)),
            (_("Asked to finished"), milliseconds(turn.queued_at, turn.finished_at)),
        ],
        wish=works.wish(turn.wish),
        given=given,
        picked=sum(one.picked for one in given),
        strays=list(dict.fromkeys(strays)),
        unverified=[name for name in dict.fromkeys(_unknown_names(presented)) if name.lower() not in strays],
        calls=[works.called(call) for call in turn.calls],
        wrong=[works.wrong(Correction.from_json(one)) for one in turn.corrections],
        cost="" if turn.cost is None else amount(turn.cost, 6),
    )


def _unknown_names(presented):
    for block in presented.blocks:
        for parts in [block.parts or [], *(card.reason for card in block.cards or ())]:
            yield from (part.name for part in parts if part.name and not part.novel)


class _Works:
    """The novels and tags that wishes and candidates name by their slugs."""

    def __init__(self, turns):
        slugs = set()
        for turn in turns:
            wishes = [turn.wish, *(call[part] for call in turn.calls for part in ("told", "heard"))]
            slugs.update(slug for wish in wishes for name in WORKS for slug in wish.get(name, ()))
            slugs.update(one["slug"] for one in turn.corrections)
            slugs.update(slug for call in turn.calls for slug in call.get("works", ()))
            for candidate in turn.candidates:
                slugs.add(candidate["slug"])
                slugs.update(one["value"] for one in candidate["reasons"] if one["kind"] in NAMES_A_WORK)
        titles = Novel.objects.only("slug", "title_ko", "title_en", "title_ja", "title_romaji")
        self.novels = titles.in_bulk(slugs, field_name="slug") if slugs else {}
        self.tags = {tag.slug: tag for tag in Tag.objects.all()}
        self.wish = WishWords(self.novels, self.tags).of

    def given(self, candidate, picked):
        return Given(
            slug=candidate["slug"],
            novel=self.novels.get(candidate["slug"]),
            score=candidate["score"],
            fits=[ReasonLine.of(one, self.novels, self.tags) for one in candidate["reasons"]],
            breaches=[BreachLine.of(one, self.novels, self.tags) for one in candidate["breaches"]],
            picked=candidate["pk"] in picked,
        )

    def called(self, call):
        return Called(
            raw=call["said"],
            fault=call["fault"],
            parsed=self.wish(call["told"]),
            dropped=call["dropped"],
            ours=self.wish(call["heard"]),
            name=call.get("name", ""),
            found=[self.novels[slug].title if slug in self.novels else slug for slug in call.get("works", ())],
        )

    def wrong(self, correction):
        novel = self.novels.get(correction.slug)
        return WrongFact(
            slug=correction.slug,
            title=novel.title if novel else correction.slug,
            kind=KINDS.get(correction.kind, correction.kind),
            said=correction.said,
            fact=fact_of(correction),
        )
