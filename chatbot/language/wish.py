"""What a reader wants, read out of their words in Korean, English or Japanese. Pure: no database, no clock but the year."""

from dataclasses import asdict, dataclass, field, replace

from . import turn_parser
from .parse import MAX_LENGTH
from .vocabulary import vocabulary

# What refusing a tag refuses with it: the narrower forms of the same thing.
NARROWER = {
    "fantasy": ("high-fantasy", "urban-fantasy", "isekai", "otome-game-world", "magic-system", "dragons"),
    "isekai": ("otome-game-world",),
    "romance": ("romcom", "love-triangle", "slow-burn", "harem", "reverse-harem"),
    "sexual-content": ("sexual-violence",),
    "abuse": ("sexual-violence",),
    "sf": ("mecha", "space"),
    "gaming": ("vrmmo",),
    "game-mechanics": ("vrmmo",),
    "comedy": ("romcom", "absurd"),
    "war": ("military",),
    "dark": ("gritty",),
    "time-travel": ("time-loop",),
    "action": ("supernatural-battle",),
}

PLAIN = 0.7  # weight from which a wanted tag was said and not inferred
LIMITS = (
    "status", "min_volumes", "max_volumes", "min_year", "max_year", "edition", "anime", "brightness", "less_known",
)  # fmt: skip


@dataclass
class Wish:
    """One structured wish. Works are slugs, tags are slugs; empty means nothing was said about it."""

    liked: list = field(default_factory=list)  # works the reader liked and wants the like of
    read: list = field(default_factory=list)  # works named as already read (the liked ones are read too)
    refused: list = field(default_factory=list)  # works named as not wanted
    required: list = field(default_factory=list)  # tags every pick must carry
    any_of: list = field(default_factory=list)  # lists of tags; every pick must carry one of each list
    leaning: list = field(default_factory=list)  # lists of tags; picks without one of each come only when few have it
    wanted: dict = field(default_factory=dict)  # tags that speak for a pick: slug to weight, 0 to 1
    unwanted: list = field(default_factory=list)  # tags no pick may carry
    about: list = field(default_factory=list)  # subjects no tag stands for, see `subjects.py`; they lean
    not_about: list = field(default_factory=list)  # subjects no pick may name
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
    unknown_titles: list = field(default_factory=list)  # titles the reader named that are not on the shelf
    anything: bool = False  # the reader leaves the choice to the librarian
    sure: dict = field(default_factory=dict)  # "kind:value" of a part to how sure it is, where it was not said plainly
    quiet: bool = False  # the last ask itself said nothing to choose by: a greeting, a thank-you, gibberish
    taste: dict = field(default_factory=dict)  # what the reader's standing taste added; see `leaning`

    @property
    def names_works(self):
        """Slugs that must never come back: liked, read or refused."""
        return {*self.liked, *self.read, *self.refused}

    @property
    def is_vague(self):
        """Whether so little was said that a librarian would ask back. A title that is not on the shelf says little."""
        if self.anything:
            return False
        said = self.as_json()
        for name in ("count", "unknown_titles", "quiet", "taste", "sure"):
            said.pop(name, None)
        return not said or self.quiet

    def sureness(self, kind, value):
        """How sure it is that the reader meant this part, 0 to 1. Below a half it is a leaning, not a condition."""
        return self.sure.get(f"{kind}:{value}", turn_parser.SAID)

    def _hoped_limits(self):
        return [name for name in LIMITS if self.sureness(name, getattr(self, name)) < 0.5]

    def firm(self):
        """The wish without the limits that were only hoped for."""
        silent = Wish()
        return replace(self, **{name: getattr(silent, name) for name in self._hoped_limits()})

    def hoped(self):
        """The limits that were only hoped for, as a wish of their own."""
        return Wish(**{name: getattr(self, name) for name in self._hoped_limits()})

    def as_json(self):
        """Only what was said, for keeping with the turn."""
        silent = asdict(Wish())
        return {name: value for name, value in asdict(self).items() if value != silent[name]}

    @classmethod
    def from_json(cls, values):
        """The wish kept with a turn, also one kept before a field was renamed or dropped."""
        return cls(**{name: value for name, value in values.items() if name in cls.__dataclass_fields__})

    def parts(self):
        """What was understood, one (kind, value) a condition, as a reader can take each of them back.

        The value is a tag's or a work's slug, a number, or several tags joined by "+", of which one is enough.
        """
        said = [("liked", slug) for slug in self.liked]
        said += [("required", tag) for tag in self.required]
        said += [("any_of", "+".join(tags)) for tags in self.any_of]
        # Brighter or darker says it already; the moods that follow from it would only repeat it.
        moods = (turn_parser.LIGHT | turn_parser.HEAVY) if self.brightness else set()
        said += [("leaning", "+".join(tags)) for tags in self.leaning if not set(tags) <= moods]
        grouped = {tag for tags in (self.required, *self.any_of, *self.leaning) for tag in tags}
        said += [
            ("wanted", tag) for tag, weight in self.wanted.items() if weight >= PLAIN and tag not in grouped | moods
        ]
        implied = {narrower for tag in self.unwanted for narrower in NARROWER.get(tag, ())}
        said += [("unwanted", tag) for tag in self.unwanted if tag not in implied]
        said += [("about", subject) for subject in self.about]
        said += [("not_about", subject) for subject in self.not_about]
        said += [(name, getattr(self, name)) for name in LIMITS if getattr(self, name) not in (None, "", 0, False)]
        if self.anime is False:
            said.append(("anime", False))
        return [(kind, str(value)) for kind, value in said]

    def without(self, kind, value):
        """The wish as if this part had not been said. A work no longer liked has still been read."""
        changes = asdict(self)
        tags = set(value.split("+"))
        if kind == "liked":
            changes["liked"] = [slug for slug in self.liked if slug != value]
            changes["read"] = [*self.read, value]
        elif kind == "unwanted":
            tags |= set(NARROWER.get(value, ()))
            changes["unwanted"] = [tag for tag in self.unwanted if tag not in tags]
        elif kind in ("about", "not_about"):
            changes[kind] = [subject for subject in getattr(self, kind) if subject != value]
        elif kind in ("required", "any_of", "leaning", "wanted"):
            changes["required"] = [tag for tag in self.required if tag not in tags]
            for name in ("any_of", "leaning"):
                changes[name] = [group for group in getattr(self, name) if set(group) != tags]
            changes["wanted"] = {tag: weight for tag, weight in self.wanted.items() if tag not in tags}
        elif kind in LIMITS:
            changes[kind] = getattr(Wish(), kind)
            if kind == "brightness":
                moods = turn_parser.LIGHT | turn_parser.HEAVY
                changes["leaning"] = [group for group in self.leaning if not set(group) <= moods]
                changes["wanted"] = {tag: weight for tag, weight in self.wanted.items() if tag not in moods}
        changes["sure"] = {part: sure for part, sure in self.sure.items() if part != f"{kind}:{value}"}
        # Taking a condition back is not saying nothing: what is left over may be anything.
        changes["anything"] = True
        return Wish(**changes)


def understand(asks, catalogue, language, last_picks=()):
    """The wish of a conversation.

    `asks` are the reader's texts, oldest first. `last_picks` are slugs the last reply offered, in order, for
    "more like the second". Any text will do: what is not understood is left out.
    """
    words = vocabulary(catalogue)
    conversation = DialogueState(catalogue)
    for index, ask in enumerate(asks):
        last = index == len(asks) - 1
        conversation.take(turn_parser.parse_ask(ask[:MAX_LENGTH], words, language, last_picks if last else ()))
    return conversation.wish()


class DialogueState:
    """The wish so far. A later ask adds to it; a new subject replaces what was wanted, never what was refused."""

    def __init__(self, catalogue):
        self.catalogue = catalogue
        self.works, self.groups, self.unwanted, self.facts = {}, [], [], {}
        self.about, self.sure = {}, {}
        self.unknown, self.count, self.anything, self.quiet = [], None, False, False

    def take(self, delta):
        self.count, self.anything = delta.count, delta.anything
        self.unknown = delta.unknown
        self.quiet = not delta.says_something and not ((delta.asks or delta.refines or delta.count) and self._holds())
        if delta.opens_subject and delta.replaces:
            self.groups = [group for group in self.groups if group.kind != "plain"]
        elif delta.opens_subject and not delta.refines:
            self._new_subject()
        # What is said again is as sure as it is said now.
        for name in (*delta.works, *delta.unwanted, *delta.facts, *delta.about):
            self.sure.pop(name, None)
        self.sure |= {name: sure for name, sure in delta.sure.items() if sure < turn_parser.SAID}
        self.about |= delta.about
        for slug, stand in delta.works.items():
            self.works[slug] = stand
        self._drop(tag for tag in delta.unwanted)
        self._drop(delta.released)
        self.unwanted = [tag for tag in self.unwanted if tag not in delta.released]
        for group in delta.groups:
            self.unwanted = [tag for tag in self.unwanted if tag not in group.said]
            if group.said not in [old.said for old in self.groups]:
                self.groups.append(group)
        self.unwanted += [tag for tag in delta.unwanted if tag not in self.unwanted]
        if delta.facts.get("brightness"):
            opposite = turn_parser.HEAVY if delta.facts["brightness"] > 0 else turn_parser.LIGHT
            turned = [g for g in self.groups if g.kind == "mood" and set(g.said) & opposite and g not in delta.groups]
            self.groups = [group for group in self.groups if group not in turned]
        self.facts = {name: value for name, value in self.facts.items() if name not in delta.lifted}
        self._bound(delta.facts)

    def _holds(self):
        return bool(self.works or self.groups or self.unwanted or self.facts or self.about)

    def _new_subject(self):
        self.groups, self.facts = [], {}
        self.about = {subject: wanted for subject, wanted in self.about.items() if not wanted}
        self.works = {slug: "read" if stand == "liked" else stand for slug, stand in self.works.items()}

    def _drop(self, tags):
        """Stop wanting `tags`."""
        gone = set(tags)
        self.groups = [group for group in self.groups if not set(group.said) <= gone]

    def _bound(self, facts):
        """Later limits replace earlier ones; a limit that contradicts an older one drops it."""
        self.facts |= facts
        for what in ("volumes", "year"):
            low, high = self.facts.get(f"min_{what}"), self.facts.get(f"max_{what}")
            if low is not None and high is not None and low > high:
                self.facts.pop(f"max_{what}" if f"min_{what}" in facts else f"min_{what}")

    def wish(self):
        wish = Wish(
            liked=[slug for slug, stand in self.works.items() if stand == "liked"],
            read=[slug for slug, stand in self.works.items() if stand == "read"],
            refused=[slug for slug, stand in self.works.items() if stand == "refused"],
            about=[subject for subject, wanted in self.about.items() if wanted],
            not_about=[subject for subject, wanted in self.about.items() if not wanted],
            count=self.count,
            unknown_titles=list(dict.fromkeys(self.unknown)),
            anything=self.anything,
            quiet=self.quiet,
            **self.facts,
        )
        said = {tag for group in self.groups for tag in group.said}
        narrower = [tag for refused in self.unwanted for tag in NARROWER.get(refused, ()) if tag not in said]
        wish.unwanted = list(dict.fromkeys([*self.unwanted, *narrower]))
        self._place_groups(wish)
        self._weigh(wish)
        return wish

    def _weigh(self, wish):
        """Keep how sure each part of `wish` is, where it was not said plainly."""
        unsure = {tag: group.sure for group in self.groups if group.sure < turn_parser.SAID for tag in group.said}
        for kind, value in wish.parts():
            if kind in LIMITS:
                sure = self.sure.get(kind, turn_parser.SAID)
            elif kind in ("leaning", "wanted", "required", "any_of"):
                sure = min(unsure.get(tag, turn_parser.SAID) for tag in value.split("+"))
            else:
                sure = self.sure.get(value, turn_parser.SAID)
            if sure < turn_parser.SAID:
                wish.sure[f"{kind}:{value}"] = sure

    def _place_groups(self, wish):
        """Genres bind; moods bind only where nothing else was asked for, else they lean."""
        plain = [group for group in self.groups if group.kind == "plain"]
        for group in self.groups:
            tags = [tag for tag in group.tags if tag not in wish.unwanted or tag in group.said]
            said = [tag for tag in tags if tag in group.said]
            weight = 1.0 if group.kind == "plain" else 0.7
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
