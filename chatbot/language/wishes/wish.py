"""What a reader wants, read out of their words in three languages. Pure: no database, no clock but the year."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from typing import Any, Self

from ...catalogue.snapshot import CatalogueSnapshot
from ...text.cleaning import MAX_LENGTH
from ..names.makers import KINDS
from ..stances.parse import parse
from ..tag_relations import HEAVY_MOODS, HEAVY_READS, LIGHT_MOODS, LIGHT_READS, WARNINGS, implied_by, narrower
from ..topics import Confidence, WishPart
from ..words import flavours
from ..words.mentions import REFUSALS
from ..words.vocabulary import Vocabulary, vocabulary
from . import circumstances, hearts
from .circumstances import Circumstances, Exclusions
from .digest import digest
from .maker_wishes import MAKERS, masked
from .turn_parser import Group, WishUpdate, begins_anew, forgets, parse_ask, take_edition_needed, turns_away

# Weights of wanted tags. Those from NAMED_WEIGHT on were named by the reader, the others only answer these as well.
PLAIN_WEIGHT, NAMED_WEIGHT = 1.0, 0.7
BINDING = 0.5  # confidence from which a limit is a condition and no leaning
LIMITS = (
    "status", "min_volumes", "max_volumes", "min_year", "max_year", "edition", "anime", "brightness", "less_known",
    "audience", "gentle",
)  # fmt: skip
# What is said of these holds for the whole conversation, whatever is wished for next.
LASTING_LIMITS = ("edition", "min_volumes", "max_volumes", "less_known")
LASTING_VALUES = (("anime", False), ("status", "completed"))
OF_TAGS = ("required", "any_of", "leaning", "wanted")  # kinds of parts whose value is tags
MOODS_OF_BRIGHTNESS = LIGHT_MOODS | HEAVY_MOODS
NOTHING_SAID = Circumstances()


@dataclass
class Wish:
    """One structured wish. Works are slugs, tags are slugs; empty means nothing was said about it."""

    liked: list[str] = field(default_factory=list)  # works the reader liked and wants the like of
    read: list[str] = field(default_factory=list)  # works named as already read (the liked ones are read too)
    refused: list[str] = field(default_factory=list)  # works named as not wanted
    unlike: list[str] = field(default_factory=list)  # of the refused those whose likes are not wanted either
    unliked: list[str] = field(default_factory=list)  # works liked before, or in an earlier wish: they choose nothing
    authors: list[str] = field(default_factory=list)  # whose books, or the like of them, are asked for
    by: list[str] = field(default_factory=list)  # of these those whose own books are asked for
    not_by: list[str] = field(default_factory=list)  # authors none of whose books may be offered
    published: list[str] = field(default_factory=list)  # publishers and imprints, any of which has to have it
    not_published: list[str] = field(default_factory=list)  # those none of whose books may be offered
    drawn_by: list[str] = field(default_factory=list)  # illustrators, any of whom has to have drawn for it
    not_drawn_by: list[str] = field(default_factory=list)  # those none of whose books may be offered
    required: list[str] = field(default_factory=list)  # tags every pick must carry
    any_of: list[list[str]] = field(default_factory=list)  # every pick must carry one tag of each list
    leaning: list[list[str]] = field(default_factory=list)  # picks without one of each come only when few have it
    wanted: dict[str, float] = field(default_factory=dict)  # tags that speak for a pick: slug to weight, 0 to 1
    unwanted: list[str] = field(default_factory=list)  # tags no pick may carry
    less: list[str] = field(default_factory=list)  # tags of which a pick should have little: they weigh against it
    about: list[str] = field(default_factory=list)  # subjects no tag stands for, see `subjects.py`; they lean
    not_about: list[str] = field(default_factory=list)  # subjects no pick may name
    flavours: list[str] = field(default_factory=list)  # what no tag says: sweet, literary; see `flavours.py`
    elsewhere: list[str] = field(default_factory=list)  # tastes of works not on the shelf, see `elsewhere.py`
    untold: list[str] = field(default_factory=list)  # words of the wish of which nothing on the shelf tells
    described: str = ""  # words that no tag stands for, by which some works stand out, see `recommender.descriptions`
    status: str = ""  # ongoing, completed
    min_volumes: int | None = None
    max_volumes: int | None = None
    min_year: int | None = None
    max_year: int | None = None
    edition: str = ""  # language in which an edition must be known to exist: ko, en
    anime: bool | None = None
    brightness: int = 0  # -1 darker, 1 brighter
    less_known: bool = False
    audience: str = ""  # whom it is for, where not for any reader: child, teen, elder, gift; see `circumstances.py`
    age: int = 0  # how old they are, where a child or a pupil is meant and it was said
    gentle: str = ""  # why nothing may weigh down: ill, grief, gentle
    count: int | None = None  # how many picks were asked for
    unknown_titles: list[str] = field(default_factory=list)  # titles the reader named that the catalogue does not have
    anything: bool = False  # the reader leaves the choice to the librarian
    musts: list[str] = field(default_factory=list)  # limits of which the reader says that nothing may loosen them
    sure: dict[str, float] = field(default_factory=dict)  # text of a part to its confidence, where it was not SAID
    quiet: bool = False  # the last ask itself said nothing to choose by: a greeting, a thank-you, gibberish
    taste: dict[str, Any] = field(default_factory=dict)  # what the reader's taste added, see `personalization.py`

    @property
    def names_works(self) -> set[str]:
        """Slugs that must never come back: liked, read or refused."""
        return {*self.liked, *self.read, *self.refused, *self.unliked}

    @property
    def named_tags(self) -> list[str]:
        """The wanted tags that the reader named, without those that only answer these as well."""
        return [tag for tag, weight in self.wanted.items() if weight >= NAMED_WEIGHT]

    @property
    def is_vague(self) -> bool:
        """Whether so little was said that a librarian would ask back. An unknown title says little."""
        if self.anything or self.described or self.untold:
            return False
        said = self.as_json()
        for name in ("count", "unknown_titles", "quiet", "taste", "sure", "musts"):
            said.pop(name, None)
        return not said or self.quiet

    @property
    def asked_tags(self) -> set[str]:
        """Every tag that was asked for, be it one of several."""
        return {*self.required, *(tag for tags in self.any_of for tag in tags), *self.named_tags}

    @property
    def little_of(self) -> dict[str, list[str]]:
        """Each tag of which little is wanted, with its narrower forms, as far as none of them is asked for itself."""
        asked = self.asked_tags
        return {tag: [form for form in (tag, *narrower([tag])) if form not in asked] for tag in self.less}

    @property
    def exclusions(self) -> Exclusions:
        """What is left out for whom it is for and for the mood asked for, unless asked for itself."""
        light = self.brightness > 0 or bool(LIGHT_MOODS & {*self.named_tags})
        return circumstances.exclusions(
            self.audience, self.gentle, self.asked_tags, light=light, dark=self.brightness < 0, age=self.age
        )

    def sureness(self, kind: str, value: object) -> float:
        """How sure it is that the reader meant this part, as a `Confidence`."""
        return self.sure.get(f"{kind}:{value}", Confidence.SAID)

    def _hoped_limits(self) -> list[str]:
        return [name for name in LIMITS if self.sureness(name, getattr(self, name)) < BINDING]

    @property
    def held(self) -> set[str]:
        """The limits that no choice may loosen: what the reader can read at all, that it be little known, and what they
        say must be."""
        return {name for name in (*self.musts, "edition", "less_known") if getattr(self, name)} - {
            *self._hoped_limits()
        }

    def firm(self) -> "Wish":
        """The wish without the limits that were only hoped for."""
        silent = Wish()
        return replace(self, **{name: getattr(silent, name) for name in self._hoped_limits()})

    def hoped(self) -> "Wish":
        """The limits that were only hoped for, as a wish of their own."""
        return Wish(**{name: getattr(self, name) for name in self._hoped_limits()})

    def as_json(self) -> dict[str, Any]:
        """Only what was said, for keeping with the turn."""
        silent = asdict(Wish())
        return {name: value for name, value in asdict(self).items() if value != silent[name]}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The wish kept with a turn, also one kept before a field was renamed or dropped."""
        return cls(**{name: value for name, value in values.items() if name in cls.__dataclass_fields__})

    def parts(self) -> list[WishPart]:
        """What was understood, a part a condition, as a reader can take each of them back."""
        return [*self._parts_of_works_and_tags(), *self._parts_of_limits()]

    def _parts_of_works_and_tags(self) -> Iterable[WishPart]:
        # Brighter or darker says it already; the moods that follow from it would only repeat it.
        moods = MOODS_OF_BRIGHTNESS if self.brightness else frozenset()
        grouped = {tag for tags in (self.required, *self.any_of, *self.leaning) for tag in tags}
        implied = set(implied_by(self.unwanted))
        yield from (WishPart("liked", slug) for slug in self.liked)
        yield from (WishPart("by", author) for author in self.by)
        yield from (WishPart("authors", author) for author in self.authors if author not in self.by)
        yield from (WishPart("not_by", author) for author in self.not_by)
        yield from (WishPart(kind, name) for kind in MAKERS for name in getattr(self, kind))
        yield from (WishPart("required", tag) for tag in self.required)
        yield from (WishPart.of_tags("any_of", tags) for tags in self.any_of)
        groups = [set(tags) for tags in (*self.any_of, *self.leaning)]
        # What leans within a group that is told already would only repeat it.
        leaning = [tags for tags in self.leaning if not any(set(tags) < group for group in groups)]
        yield from (WishPart.of_tags("leaning", tags) for tags in leaning if not set(tags) <= moods)
        yield from (WishPart("wanted", tag) for tag in self.named_tags if tag not in grouped | moods)
        yield from (WishPart("unwanted", tag) for tag in self.unwanted if tag not in implied)
        yield from (WishPart("less", tag) for tag in self.less)
        yield from (WishPart("about", subject) for subject in self.about)
        yield from (WishPart("not_about", subject) for subject in self.not_about)
        yield from (WishPart("flavours", flavour) for flavour in self.flavours)

    def _parts_of_limits(self) -> Iterable[WishPart]:
        for name in LIMITS:
            if (value := getattr(self, name)) not in (None, "", 0, False):
                yield WishPart(name, str(value))
        if self.anime is False:
            yield WishPart("anime", str(False))

    def without(self, kind: str, value: str) -> "Wish":
        """The wish as if this part had not been said. A work no longer liked does not come back all the same."""
        part = WishPart(kind, value)
        changes = asdict(self)
        if kind == "liked":
            changes["liked"] = [slug for slug in self.liked if slug != value]
            changes["unliked"] = [*self.unliked, value]
        elif kind == "unwanted":
            gone = {value, *part.tags, *implied_by([value])}
            changes["unwanted"] = [tag for tag in self.unwanted if tag not in gone]
        elif kind == "by":
            changes |= {name: [one for one in getattr(self, name) if one != value] for name in ("by", "authors")}
        elif kind in ("authors", "not_by", *MAKERS, "less", "about", "not_about", "flavours"):
            changes[kind] = [one for one in getattr(self, kind) if one != value]
        elif kind in OF_TAGS:
            changes |= self._without_tags(set(part.tags))
        elif kind in LIMITS:
            changes[kind] = getattr(Wish(), kind)
            changes["musts"] = [name for name in self.musts if name != kind]
            if kind == "brightness":
                changes |= self._without_moods()
        changes["sure"] = {text: sure for text, sure in self.sure.items() if text != str(part)}
        # Taking a condition back is not saying nothing: what is left over may be anything.
        changes["anything"] = True
        return Wish(**changes)

    def _without_tags(self, gone: set[str]) -> dict[str, Any]:
        return {
            "required": [tag for tag in self.required if tag not in gone],
            "any_of": [group for group in self.any_of if set(group) != gone],
            "leaning": [group for group in self.leaning if not set(group) <= gone],
            "wanted": {tag: weight for tag, weight in self.wanted.items() if tag not in gone},
        }

    def _without_moods(self) -> dict[str, Any]:
        return {
            "leaning": [group for group in self.leaning if not set(group) <= MOODS_OF_BRIGHTNESS],
            "wanted": {tag: weight for tag, weight in self.wanted.items() if tag not in MOODS_OF_BRIGHTNESS},
        }


def _asks_heavy(update: WishUpdate) -> bool:
    """Whether an ask wants what a tender reader is spared."""
    said = {tag for group in update.groups for tag in group.said}
    return update.facts.get("brightness", 0) < 0 or bool(said & {*HEAVY_MOODS, *WARNINGS})


def understand(
    asks: Sequence[str],
    catalogue: CatalogueSnapshot,
    language: str,
    last_picks: Sequence[str] = (),
    *,
    turns: Sequence[str] | None = None,
    with_hearts: bool = False,
) -> Wish:
    """The wish of a conversation.

    `asks` are the reader's texts, oldest first. `last_picks` are slugs the last reply offered, in order, for
    "more like the second". Any text will do: what is not understood is left out. `turns`: all the words of the same
    turns, where `asks` are only those that wish: whom a book is for is said in the others too. `with_hearts`: whether words
    that nothing understood covers are taken for what a story is to be about.
    """
    last = len(asks) - 1
    return wish_after(
        read_ask(ask, turn, catalogue, language, last_picks if index == last else (), with_hearts=with_hearts)
        for index, (ask, turn) in enumerate(zip(asks, turns or asks, strict=True))
    )


@dataclass(frozen=True, slots=True)
class ReadAsk:
    """What one ask adds to a wish. It is read once and kept with its turn."""

    update: WishUpdate
    circumstances: Circumstances
    flavours: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        said = list(astuple(self.circumstances))
        return {"update": self.update.as_json(), "circumstances": said, "flavours": list(self.flavours)}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        said = Circumstances(*values["circumstances"])
        return cls(WishUpdate.from_json(values["update"]), said, tuple(values["flavours"]))


def read_ask(
    ask: str,
    turn: str,
    catalogue: CatalogueSnapshot,
    language: str,
    last_picks: Sequence[str] = (),
    *,
    with_hearts: bool = True,
) -> ReadAsk:
    """What `ask`, the words of `turn` that wish, adds to a wish. Of long ones no more than a digest is read."""
    words = vocabulary(catalogue)
    asked = digest(ask[:MAX_LENGTH], words).text
    update = parse_ask(asked, words, language, last_picks)
    for heart in hearts.hearts_of(masked(asked, catalogue), words) if with_hearts else ():
        update.about.setdefault(heart.words, not heart.refused)
        update.confidence.setdefault(heart.words, Confidence.INFERRED)
    update.anew = bool(asked) and begins_anew(turn[:MAX_LENGTH])
    update.turns = bool(asked) and turns_away(turn[:MAX_LENGTH])
    update.forgets = update.anew and forgets(turn[:MAX_LENGTH])
    # What whoever reads can read binds from then on, wherever it is said.
    take_edition_needed(update, turn[:MAX_LENGTH].lower(), language)
    said = circumstances.read(digest(turn[:MAX_LENGTH], words).text)
    if said.felt and update.says_something:
        said = replace(said, gentle="", felt=False)
    return ReadAsk(update, said, flavours.read(asked, _refused_places(asked, words)))


def _refused_places(asked: str, words: Vocabulary) -> list[tuple[int, int]]:
    """Where what is named is refused: a teacher whom nobody wants in it asks for no book fit for school."""
    return [(one.start, one.end) for one in parse(asked, words).mentions if one.stance in REFUSALS]


def wish_after(asks: Iterable[ReadAsk]) -> Wish:
    """The wish of a conversation whose asks, oldest first, were read already."""
    state = DialogueState()
    for ask in asks:
        state.take(ask.update, ask.circumstances, ask.flavours)
    return state.wish()


class DialogueState:
    """The wish so far. A later ask adds to it; a new subject replaces what was wanted, never what was refused."""

    def __init__(self) -> None:
        self.works: dict[str, str] = {}
        self.authors: list[str] = []
        self.by: list[str] = []
        self.not_by: list[str] = []
        self.made: dict[str, Any] = {name: [] for name in MAKERS}
        self.groups: list[Group] = []
        self.unwanted: list[str] = []
        self.passing: list[str] = []  # of the unwanted those that hold for this subject alone
        self.less: list[str] = []
        self.facts: dict[str, Any] = {}
        self.musts: set[str] = set()
        self.about: dict[str, bool] = {}
        self.confidence: dict[str, Confidence] = {}
        self.unknown: list[str] = []
        self.count: int | None = None
        self.anything = self.quiet = False
        self.circumstances = Circumstances()
        self.flavours: tuple[str, ...] = ()

    def take(self, update: WishUpdate, said: Circumstances = NOTHING_SAID, flavoured: Sequence[str] = ()) -> None:
        """`said`: of whom it is for. `flavoured`: the flavours asked for besides."""
        only_more = update.refines and not update.says_something  # "two more", "a different one": as many as before
        self.count = update.count or (self.count if only_more else None)
        self.anything = update.anything or update.anew
        self.unknown = update.unknown
        goes_on = bool(update.asks or update.refines or update.count) and self._holds()
        tender = bool(self.circumstances.gentle)  # who said before how they are need not say what they would like
        asks = (said or tender) and (update.asks or said.wants)
        self.quiet = not (update.says_something or flavoured or goes_on or asks)
        another = said.another or (said.audience and self.circumstances.audience not in ("", said.audience))
        self._take_circumstances(update, said)
        if update.forgets:
            self.circumstances = said
            self._new_reader()
        elif update.anew:
            self._new_subject()
        elif update.opens_subject and update.replaces:
            self.groups = [group for group in self.groups if group.kind != "plain"]
        elif update.opens_subject and not update.refines:
            self._new_subject()
        if update.turns and any(group.kind == "mood" for group in update.groups):
            self._new_mood({tag for group in update.groups for tag in group.said})
        if another:
            self._new_reader()
        if update.opens_subject or update.groups:
            self.unwanted = [tag for tag in self.unwanted if tag not in self.passing]
            self.passing = []
        self.passing += [tag for tag in update.passing if tag not in self.unwanted]
        self.flavours = tuple(dict.fromkeys([*self.flavours, *flavoured]))
        self._take_confidence(update)
        self.about |= update.about
        self.works |= update.works
        self._take_authors(update)
        self._take_makers(update)
        self._take_tags(update)
        if update.facts.get("brightness"):
            self._turn_mood(update)
        self.facts = {name: value for name, value in self.facts.items() if name not in update.lifted}
        if update.also_volumes and "max_volumes" in self.facts:
            self.facts["max_volumes"] = max(self.facts["max_volumes"], update.also_volumes)
        self._bound(update.facts, update.musts)

    def _take_authors(self, update: WishUpdate) -> None:
        """Whose books are asked for holds until another is named; who is refused, until their books are asked for."""
        if update.authors:
            self.authors, self.by = update.authors, update.by
        self.not_by = [one for one in dict.fromkeys([*self.not_by, *update.not_by]) if one not in update.authors]
        self.authors = [one for one in self.authors if one not in self.not_by]
        self.by = [one for one in self.by if one not in self.not_by]

    def _take_makers(self, update: WishUpdate) -> None:
        """As of authors: whose books are asked for holds until another is named, a refusal until they are asked for."""
        for wanted in KINDS:
            asked, refused = getattr(update, wanted), getattr(update, f"not_{wanted}")
            never = [one for one in dict.fromkeys([*self.made[f"not_{wanted}"], *refused]) if one not in asked]
            self.made[f"not_{wanted}"] = never
            held = [] if wanted in update.lifted else self.made[wanted]
            self.made[wanted] = [one for one in asked or held if one not in never]

    def _take_circumstances(self, update: WishUpdate, said: Circumstances) -> None:
        """Whom it is for holds until another is named, a tender state until something heavy is asked for."""
        before = self.circumstances
        if before.gentle and not said.gentle and _asks_heavy(update):
            before = Circumstances(before.audience)
        self.circumstances = circumstances.latest([before, said])

    def _holds(self) -> bool:
        said = (
            self.works,
            self.authors,
            self.not_by,
            *self.made.values(),
            self.groups,
            self.unwanted,
            self.less,
            self.facts,
            self.about,
            self.flavours,
        )
        return any(said)

    def _new_subject(self) -> None:
        self.groups, self.flavours, self.authors, self.by = [], (), [], []
        self.made |= {kind: [] for kind in KINDS}
        self.facts = {name: value for name, value in self.facts.items() if self._lasts(name, value)}
        self.about = {subject: wanted for subject, wanted in self.about.items() if not wanted}
        self.works = {slug: "unliked" if role == "liked" else role for slug, role in self.works.items()}

    def _new_mood(self, said: set[str]) -> None:
        """Another mood takes the place of what was only leant to, and of genres that are its opposite; other genres,
        limits and refusals stay."""
        opposite = HEAVY_READS if said & LIGHT_READS else LIGHT_READS if said & HEAVY_READS else frozenset[str]()
        self.groups = [group for group in self.groups if group.kind == "plain" and not opposite.issuperset(group.said)]
        self.flavours = ()
        self.facts.pop("brightness", None)

    def _lasts(self, name: str, value: Any) -> bool:
        """Whether a limit holds for the whole conversation: it was said plainly, and of what can be read at all."""
        plain = name == "edition" or self.confidence.get(name, Confidence.SAID) == Confidence.SAID
        return plain and (name in LASTING_LIMITS or (name, value) in LASTING_VALUES)

    def _new_reader(self) -> None:
        """Somebody else reads: what the ones before like and refuse is theirs, the language is the household's."""
        self._new_subject()
        self.unwanted, self.not_by, self.less, self.about = [], [], [], {}
        self.made |= {f"not_{kind}": [] for kind in KINDS}
        self.facts = {name: value for name, value in self.facts.items() if name == "edition"}

    def _take_confidence(self, update: WishUpdate) -> None:
        """What is said again is as sure as it is said now."""
        for name in (*update.works, *update.unwanted, *update.facts, *update.about):
            self.confidence.pop(name, None)
        self.confidence |= {name: sure for name, sure in update.confidence.items() if sure < Confidence.SAID}

    def _take_tags(self, update: WishUpdate) -> None:
        self._drop([*update.unwanted, *update.less, *update.released])
        allowed = update.released.union(*(group.said for group in update.groups))
        self.unwanted = [tag for tag in self.unwanted if tag not in allowed]
        self.less = [tag for tag in self.less if tag not in allowed]
        # What is one of several now need not be had by itself, as it had to be before.
        self.groups = [old for old in self.groups if not any({*old.said} < {*new.said} for new in update.groups)]
        for group in update.groups:
            if group.said not in [old.said for old in self.groups]:
                self.groups.append(group)
        self.unwanted += [tag for tag in update.unwanted if tag not in self.unwanted]
        self.less += [tag for tag in update.less if tag not in self.less]

    def _drop(self, tags: Iterable[str]) -> None:
        """Stop wanting `tags`; of alternatives the others are still wanted."""
        gone = set(tags)
        self.groups = [group.without(gone) for group in self.groups if not set(group.said) <= gone]

    def _turn_mood(self, update: WishUpdate) -> None:
        """Stop wanting the moods opposite to the brightness asked for now."""
        opposite = HEAVY_MOODS if update.facts["brightness"] > 0 else LIGHT_MOODS
        turned = [
            group
            for group in self.groups
            if group.kind == "mood" and set(group.said) & opposite and group not in update.groups
        ]
        self.groups = [group for group in self.groups if group not in turned]

    def _bound(self, facts: dict[str, Any], musts: Iterable[str]) -> None:
        """Later limits replace earlier ones; a limit that contradicts an older one drops it."""
        self.facts |= facts
        self.musts = {*musts, *(self.musts - facts.keys())}
        for what in ("volumes", "year"):
            low, high = self.facts.get(f"min_{what}"), self.facts.get(f"max_{what}")
            if low is not None and high is not None and low > high:
                self.facts.pop(f"max_{what}" if f"min_{what}" in facts else f"min_{what}")

    def wish(self) -> Wish:
        wish = Wish(
            liked=[slug for slug, role in self.works.items() if role == "liked"],
            read=[slug for slug, role in self.works.items() if role == "read"],
            refused=[slug for slug, role in self.works.items() if role in ("refused", "unlike")],
            unlike=[slug for slug, role in self.works.items() if role == "unlike"],
            unliked=[slug for slug, role in self.works.items() if role == "unliked"],
            authors=self.authors,
            by=self.by,
            not_by=self.not_by,
            **self.made,
            about=[subject for subject, wanted in self.about.items() if wanted],
            not_about=[subject for subject, wanted in self.about.items() if not wanted],
            flavours=flavours.of_the_little_known(self.flavours)
            if self.facts.get("less_known")
            else list(self.flavours),
            count=self.count,
            unknown_titles=list(dict.fromkeys(self.unknown)),
            anything=self.anything,
            musts=sorted(self.musts & self.facts.keys()),
            quiet=self.quiet,
            audience=self.circumstances.audience,
            age=self.circumstances.age,
            gentle=self.circumstances.gentle,
            **self.facts,
        )
        said = {tag for group in self.groups for tag in group.said}
        if unfit := said & circumstances.NEVER_ASKED.get(wish.audience, frozenset()):
            self._drop(unfit)  # whatever the words: nobody asks for it for a child
            self.unwanted += sorted(unfit)
            said -= unfit
        implied = [tag for tag in implied_by(self.unwanted) if tag not in said]
        wish.unwanted = list(dict.fromkeys([*self.unwanted, *implied]))
        wish.less = [tag for tag in self.less if tag not in wish.unwanted]
        self._place_groups(wish)
        self._keep_doubts(wish)
        return wish

    def _keep_doubts(self, wish: Wish) -> None:
        """Keep how sure each part of `wish` is, where it was not said plainly."""
        of_tag = {
            tag: group.confidence for group in self.groups for tag in group.said if group.confidence < Confidence.SAID
        }
        for part in wish.parts():
            if part.kind in LIMITS:
                confidence = self.confidence.get(part.kind, Confidence.SAID)
            elif part.kind in OF_TAGS:
                confidence = min(of_tag.get(tag, Confidence.SAID) for tag in part.tags)
            else:
                confidence = self.confidence.get(part.value, Confidence.SAID)
            if confidence < Confidence.SAID:
                wish.sure[str(part)] = confidence.value

    def _place_groups(self, wish: Wish) -> None:
        """Genres bind; moods bind only where nothing else was asked for, else they lean."""
        plain = [group for group in self.groups if group.kind == "plain"]
        for group in self.groups:
            tags = [tag for tag in group.tags if tag not in wish.unwanted or tag in group.said]
            said = [tag for tag in tags if tag in group.said]
            weight = PLAIN_WEIGHT if group.kind == "plain" else NAMED_WEIGHT
            for tag in group.said:
                wish.wanted[tag] = max(weight, wish.wanted.get(tag, 0))
            for tag in tags:
                wish.wanted.setdefault(tag, weight / 2)
            binds = group.kind == "plain" or (group.kind == "mood" and not plain and not wish.liked)
            if not binds:
                wish.leaning.append(tags)
            elif len(tags) == 1:
                wish.required += [tag for tag in tags if tag not in wish.required]
            elif tags not in wish.any_of:
                wish.any_of.append(tags)
            if len(said) < len(tags) and said not in wish.leaning:
                wish.leaning.append(said)
