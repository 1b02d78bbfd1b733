"""What a reader wants, read out of their words in three languages. Pure: no database, no clock but the year."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from ..catalogue.snapshot import CatalogueSnapshot
from ..text.cleaning import MAX_LENGTH
from .tag_relations import HEAVY_MOODS, LIGHT_MOODS, narrower
from .topics import Confidence, WishPart
from .turn_parser import Group, WishUpdate, parse_ask
from .vocabulary import vocabulary

# Weights of wanted tags. Those from NAMED_WEIGHT on were named by the reader, the others only answer these as well.
PLAIN_WEIGHT, NAMED_WEIGHT = 1.0, 0.7
BINDING = 0.5  # confidence from which a limit is a condition and no leaning
LIMITS = (
    "status", "min_volumes", "max_volumes", "min_year", "max_year", "edition", "anime", "brightness", "less_known",
)  # fmt: skip
OF_TAGS = ("required", "any_of", "leaning", "wanted")  # kinds of parts whose value is tags
MOODS_OF_BRIGHTNESS = LIGHT_MOODS | HEAVY_MOODS


@dataclass
class Wish:
    """One structured wish. Works are slugs, tags are slugs; empty means nothing was said about it."""

    liked: list[str] = field(default_factory=list)  # works the reader liked and wants the like of
    read: list[str] = field(default_factory=list)  # works named as already read (the liked ones are read too)
    refused: list[str] = field(default_factory=list)  # works named as not wanted
    required: list[str] = field(default_factory=list)  # tags every pick must carry
    any_of: list[list[str]] = field(default_factory=list)  # every pick must carry one tag of each list
    leaning: list[list[str]] = field(default_factory=list)  # picks without one of each come only when few have it
    wanted: dict[str, float] = field(default_factory=dict)  # tags that speak for a pick: slug to weight, 0 to 1
    unwanted: list[str] = field(default_factory=list)  # tags no pick may carry
    about: list[str] = field(default_factory=list)  # subjects no tag stands for, see `subjects.py`; they lean
    not_about: list[str] = field(default_factory=list)  # subjects no pick may name
    status: str = ""  # ongoing, completed
    min_volumes: int | None = None
    max_volumes: int | None = None
    min_year: int | None = None
    max_year: int | None = None
    edition: str = ""  # language in which an edition must be known to exist: ko, en
    anime: bool | None = None
    brightness: int = 0  # -1 darker, 1 brighter
    less_known: bool = False
    count: int | None = None  # how many picks were asked for
    unknown_titles: list[str] = field(default_factory=list)  # titles the reader named that the catalogue does not have
    anything: bool = False  # the reader leaves the choice to the librarian
    sure: dict[str, float] = field(default_factory=dict)  # text of a part to its confidence, where it was not SAID
    quiet: bool = False  # the last ask itself said nothing to choose by: a greeting, a thank-you, gibberish
    taste: dict[str, Any] = field(default_factory=dict)  # what the reader's taste added, see `personalization.py`

    @property
    def names_works(self) -> set[str]:
        """Slugs that must never come back: liked, read or refused."""
        return {*self.liked, *self.read, *self.refused}

    @property
    def named_tags(self) -> list[str]:
        """The wanted tags that the reader named, without those that only answer these as well."""
        return [tag for tag, weight in self.wanted.items() if weight >= NAMED_WEIGHT]

    @property
    def is_vague(self) -> bool:
        """Whether so little was said that a librarian would ask back. An unknown title says little."""
        if self.anything:
            return False
        said = self.as_json()
        for name in ("count", "unknown_titles", "quiet", "taste", "sure"):
            said.pop(name, None)
        return not said or self.quiet

    def sureness(self, kind: str, value: object) -> float:
        """How sure it is that the reader meant this part, as a `Confidence`."""
        return self.sure.get(f"{kind}:{value}", Confidence.SAID)

    def _hoped_limits(self) -> list[str]:
        return [name for name in LIMITS if self.sureness(name, getattr(self, name)) < BINDING]

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
        implied = set(narrower(self.unwanted))
        yield from (WishPart("liked", slug) for slug in self.liked)
        yield from (WishPart("required", tag) for tag in self.required)
        yield from (WishPart.of_tags("any_of", tags) for tags in self.any_of)
        yield from (WishPart.of_tags("leaning", tags) for tags in self.leaning if not set(tags) <= moods)
        yield from (WishPart("wanted", tag) for tag in self.named_tags if tag not in grouped | moods)
        yield from (WishPart("unwanted", tag) for tag in self.unwanted if tag not in implied)
        yield from (WishPart("about", subject) for subject in self.about)
        yield from (WishPart("not_about", subject) for subject in self.not_about)

    def _parts_of_limits(self) -> Iterable[WishPart]:
        for name in LIMITS:
            if (value := getattr(self, name)) not in (None, "", 0, False):
                yield WishPart(name, str(value))
        if self.anime is False:
            yield WishPart("anime", str(False))

    def without(self, kind: str, value: str) -> "Wish":
        """The wish as if this part had not been said. A work no longer liked has still been read."""
        part = WishPart(kind, value)
        changes = asdict(self)
        if kind == "liked":
            changes["liked"] = [slug for slug in self.liked if slug != value]
            changes["read"] = [*self.read, value]
        elif kind == "unwanted":
            gone = {value, *part.tags, *narrower([value])}
            changes["unwanted"] = [tag for tag in self.unwanted if tag not in gone]
        elif kind in ("about", "not_about"):
            changes[kind] = [subject for subject in getattr(self, kind) if subject != value]
        elif kind in OF_TAGS:
            changes |= self._without_tags(set(part.tags))
        elif kind in LIMITS:
            changes[kind] = getattr(Wish(), kind)
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
            "leaning": [group for group in self.leaning if set(group) != gone],
            "wanted": {tag: weight for tag, weight in self.wanted.items() if tag not in gone},
        }

    def _without_moods(self) -> dict[str, Any]:
        return {
            "leaning": [group for group in self.leaning if not set(group) <= MOODS_OF_BRIGHTNESS],
            "wanted": {tag: weight for tag, weight in self.wanted.items() if tag not in MOODS_OF_BRIGHTNESS},
        }


def understand(
    asks: Sequence[str], catalogue: CatalogueSnapshot, language: str, last_picks: Sequence[str] = ()
) -> Wish:
    """The wish of a conversation.

    `asks` are the reader's texts, oldest first. `last_picks` are slugs the last reply offered, in order, for
    "more like the second". Any text will do: what is not understood is left out.
    """
    state = DialogueState()
    for index, ask in enumerate(asks):
        is_last = index == len(asks) - 1
        state.take(parse_ask(ask[:MAX_LENGTH], vocabulary(catalogue), language, last_picks if is_last else ()))
    return state.wish()


class DialogueState:
    """The wish so far. A later ask adds to it; a new subject replaces what was wanted, never what was refused."""

    def __init__(self) -> None:
        self.works: dict[str, str] = {}
        self.groups: list[Group] = []
        self.unwanted: list[str] = []
        self.facts: dict[str, Any] = {}
        self.about: dict[str, bool] = {}
        self.confidence: dict[str, Confidence] = {}
        self.unknown: list[str] = []
        self.count: int | None = None
        self.anything = self.quiet = False

    def take(self, update: WishUpdate) -> None:
        self.count, self.anything = update.count, update.anything
        self.unknown = update.unknown
        goes_on = bool(update.asks or update.refines or update.count) and self._holds()
        self.quiet = not update.says_something and not goes_on
        if update.opens_subject and update.replaces:
            self.groups = [group for group in self.groups if group.kind != "plain"]
        elif update.opens_subject and not update.refines:
            self._new_subject()
        self._take_confidence(update)
        self.about |= update.about
        self.works |= update.works
        self._take_tags(update)
        if update.facts.get("brightness"):
            self._turn_mood(update)
        self.facts = {name: value for name, value in self.facts.items() if name not in update.lifted}
        self._bound(update.facts)

    def _holds(self) -> bool:
        return bool(self.works or self.groups or self.unwanted or self.facts or self.about)

    def _new_subject(self) -> None:
        self.groups, self.facts = [], {}
        self.about = {subject: wanted for subject, wanted in self.about.items() if not wanted}
        self.works = {slug: "read" if role == "liked" else role for slug, role in self.works.items()}

    def _take_confidence(self, update: WishUpdate) -> None:
        """What is said again is as sure as it is said now."""
        for name in (*update.works, *update.unwanted, *update.facts, *update.about):
            self.confidence.pop(name, None)
        self.confidence |= {name: sure for name, sure in update.confidence.items() if sure < Confidence.SAID}

    def _take_tags(self, update: WishUpdate) -> None:
        self._drop(update.unwanted)
        self._drop(update.released)
        self.unwanted = [tag for tag in self.unwanted if tag not in update.released]
        for group in update.groups:
            self.unwanted = [tag for tag in self.unwanted if tag not in group.said]
            if group.said not in [old.said for old in self.groups]:
                self.groups.append(group)
        self.unwanted += [tag for tag in update.unwanted if tag not in self.unwanted]

    def _drop(self, tags: Iterable[str]) -> None:
        """Stop wanting `tags`."""
        gone = set(tags)
        self.groups = [group for group in self.groups if not set(group.said) <= gone]

    def _turn_mood(self, update: WishUpdate) -> None:
        """Stop wanting the moods opposite to the brightness asked for now."""
        opposite = HEAVY_MOODS if update.facts["brightness"] > 0 else LIGHT_MOODS
        turned = [
            group
            for group in self.groups
            if group.kind == "mood" and set(group.said) & opposite and group not in update.groups
        ]
        self.groups = [group for group in self.groups if group not in turned]

    def _bound(self, facts: dict[str, Any]) -> None:
        """Later limits replace earlier ones; a limit that contradicts an older one drops it."""
        self.facts |= facts
        for what in ("volumes", "year"):
            low, high = self.facts.get(f"min_{what}"), self.facts.get(f"max_{what}")
            if low is not None and high is not None and low > high:
                self.facts.pop(f"max_{what}" if f"min_{what}" in facts else f"min_{what}")

    def wish(self) -> Wish:
        wish = Wish(
            liked=[slug for slug, role in self.works.items() if role == "liked"],
            read=[slug for slug, role in self.works.items() if role == "read"],
            refused=[slug for slug, role in self.works.items() if role == "refused"],
            about=[subject for subject, wanted in self.about.items() if wanted],
            not_about=[subject for subject, wanted in self.about.items() if not wanted],
            count=self.count,
            unknown_titles=list(dict.fromkeys(self.unknown)),
            anything=self.anything,
            quiet=self.quiet,
            **self.facts,
        )
        said = {tag for group in self.groups for tag in group.said}
        implied = [tag for tag in narrower(self.unwanted) if tag not in said]
        wish.unwanted = list(dict.fromkeys([*self.unwanted, *implied]))
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
