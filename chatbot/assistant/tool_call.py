"""The functions a model may call, and the first of them: to have the shelf looked at anew for a wish it reads otherwise
than we did. The others, which tell facts, stand in `lookups`.

What it fills in is a stranger's text. `cleaned` keeps what means something on this shelf; `merged` lets it add to our
own reading, correct what was guessed, refuse what we took for wanted, and strike what it names as misread. Anything
else that the reader refused or said plainly holds, and so do what they took back, their standing taste, and whom it is
for.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from functools import lru_cache
from typing import Any

from ..catalogue.models import Novel
from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..language.names import makers
from ..language.topics import Confidence, Topic, WishPart
from ..language.wishes.circumstances import ELDER, GIFT, TEEN
from ..language.wishes.maker_wishes import MAKERS
from ..language.wishes.wish import NAMED_WEIGHT, OF_TAGS, Wish
from ..language.words.numbers import MAX_COUNT
from ..recommender.personalization import Refusals
from ..text.cleaning import clean, storable
from ..text.folding import key
from ..text.masking import masked_prose
from .grounding import keys_of

NAME, LOOK_UP, FIND = "look_on_shelf", "look_up_works", "find_by_description"
NAMES = (NAME, LOOK_UP, FIND)
MAX_LENGTH = 8000  # characters of arguments that are read at all
MAX_KEPT = 4000  # characters of them that are kept for the operators
MAX_ENTRIES = 24  # entries of a list
MAX_GROUPS = 4
MAX_DESCRIBED = 200  # characters
VOLUMES, YEARS, COUNT = (1, 500), (1900, 2100), (1, MAX_COUNT)  # lowest and highest number that is believed

WORKS = ("liked", "read", "refused")
TAGS = ("required", "wanted", "unwanted")
MADE = {name: name.removeprefix("not_") for name in MAKERS}  # fields, each with the kind of those it names
NUMBERS = {
    "min_volumes": VOLUMES,
    "max_volumes": VOLUMES,
    "min_year": YEARS,
    "max_year": YEARS,
    "count": COUNT,
}
WORDS = {"status": tuple(Novel.Status.values), "edition": ("ko", "en")}
FLAGS = ("anime", "less_known")
MISREAD, WHOLE = "misread", "whole"
FIELDS = {  # the fields of a wish that the model may fill, with what it is told of each; nothing where its name says it
    "liked": "titles the reader liked and wants the like of",
    "read": "titles already read",
    "refused": "titles not wanted",
    "required": "tags every pick must carry",
    "any_of": "lists of tags; of each list every pick must carry one",
    "wanted": "tags that speak for a pick, no condition",
    "unwanted": "tags no pick may carry",
    "described": "what it is to be about or like that no tag says, in a few words",
    "published": "publishers or imprints, one of which must have it",
    "not_published": "none of theirs",
    "drawn_by": "illustrators, one of whom must have drawn for it",
    "not_drawn_by": "none of theirs",
    "status": "",
    "min_volumes": "",
    "max_volumes": "",
    "min_year": "",
    "max_year": "",
    "edition": "must exist in this language",
    "anime": "has one, or has none",
    "brightness": "1 brighter, -1 darker",
    "less_known": "",
    "count": "picks asked for",
}
WHOLE_TOLD = (
    "true where the other fields say all that the reader wants by now: then nothing that was understood counts any more "
    "but what they refused or have read, and whom it is for. Use it when the wish has changed or was misread in several "
    "points"
)
MISREAD_TOLD = (
    "what of the wish understood the reader did not mean or no longer wants: its tags, titles, words or the names of its "
    "fields. What is not named here stays a condition"
)

# Some of FIELDS, and "unknown_titles", each with its value as a Wish has it; MISREAD with slugs, names of fields and words;
# WHOLE, true where nothing else counts.
Fields = dict[str, Any]


@dataclass
class ToolCall:
    """A call as it came: `raw` are its arguments, as written. `fault`: why it could not be read, empty when it was.

    `parsed`: the cleaned part of the wish. `dropped`: what was not understood or not allowed, for the operators.
    Of a call that looks something up, `asked` are the names or the description, and `works` the slugs that were found.
    """

    raw: str
    parsed: Fields = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    fault: str = ""
    name: str = NAME
    asked: list[str] = field(default_factory=list)
    works: list[str] = field(default_factory=list)

    @property
    def arguments(self) -> dict[str, Any]:
        """What of the arguments was understood, as it is told to the model again."""
        if self.name == NAME:
            return self.parsed
        return {"names": self.asked} if self.name == LOOK_UP else {"text": " ".join(self.asked)}

    def as_json(self) -> dict[str, Any]:
        """For keeping with the turn, under the names by which the pages of the operators read it."""
        raw, fault = (storable(masked_prose(text))[:MAX_KEPT] for text in (self.raw, self.fault))
        dropped = [storable(masked_prose(one)) for one in self.dropped]
        kept: dict[str, Any] = {"said": raw, "told": self.parsed, "dropped": dropped, "fault": fault}
        return kept if self.name == NAME else {**kept, "name": self.name, "works": self.works}


@lru_cache(maxsize=2)  # more would keep old snapshots in memory
def tool(catalogue: CatalogueSnapshot) -> dict[str, Any]:
    """The function as a wire offers it: name, description and parameters, with the tags of `catalogue`. The same for
    every reader, so that servers can keep it."""
    return {
        "name": NAME,
        "description": (
            "Choose other candidates, when those given miss or mistake something the reader said, or when they want "
            "books and were given none. "
            "Fill in what the reader wants now, and only what they said. What was understood stays unless named in "
            f"`{MISREAD}`. "
            f"Tags: {' '.join(sorted(catalogue.labels))}"
        ),
        "parameters": {
            "type": "object",
            "properties": {
                name: {**_schema(name), **({"description": told} if told else {})}
                for name, told in {WHOLE: WHOLE_TOLD, MISREAD: MISREAD_TOLD, **FIELDS}.items()
            },
            "additionalProperties": False,
        },
    }


def _schema(name: str) -> dict[str, Any]:
    """The JSON schema of a field's value."""
    if name in WORKS or name in TAGS or name in MADE or name == MISREAD:
        return {"type": "array", "items": {"type": "string"}}
    if name == "any_of":
        return {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}
    if name in NUMBERS:
        return {"type": "integer"}
    if name == "described":
        return {"type": "string"}
    if name in WORDS:
        return {"type": "string", "enum": list(WORDS[name])}
    if name == "brightness":
        return {"type": "integer", "enum": [-1, 0, 1]}
    return {"type": "boolean"}


# --- Reading the arguments -----------------------------------------------------------------------------------------


def parse_call(raw: object, catalogue: CatalogueSnapshot, words: str) -> ToolCall:
    """The ToolCall for arguments as they came. `words`: all the reader has said, for titles the shelf does not have."""
    text, values, fault = read_arguments(raw)
    if fault:
        return ToolCall(text, fault=fault)
    parsed, dropped = cleaned(values, catalogue, words)
    return ToolCall(text, parsed, dropped)


def read_arguments(raw: object) -> tuple[str, dict[str, Any], str]:
    """(arguments as text, as an object, why they could not be read: "" where they could)."""
    text = raw if isinstance(raw, str) else _written(raw)
    if len(text) > MAX_LENGTH:
        return text[:MAX_LENGTH], {}, "longer than any wish"
    try:
        values = json.loads(text or "{}")
        # Some servers wrap the JSON in a string once more.
        values = json.loads(values) if isinstance(values, str) else values
    except (ValueError, RecursionError):
        return text, {}, "not JSON, or broken off"
    return (text, values, "") if isinstance(values, dict) else (text, {}, "not an object")


def _written(raw: object) -> str:
    try:
        return json.dumps(raw, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return ""


def cleaned(values: dict[str, Any], catalogue: CatalogueSnapshot, words: str = "") -> tuple[Fields, list[str]]:
    """(What `values` say of a wish, names of what was left out): known tags, works on the shelf, numbers in bounds."""
    reader = _ArgumentReader(catalogue, words)
    for name, value in list(values.items())[: 4 * MAX_ENTRIES]:
        if value is not None and value not in ("", [], {}):
            reader.take(name, value)
    return reader.parsed_and_dropped()


class _ArgumentReader:
    """The arguments of one call, read one by one into what they say (`parsed`) and what was left out (`dropped`)."""

    def __init__(self, catalogue: CatalogueSnapshot, words: str) -> None:
        self.catalogue, self.words = catalogue, words
        self.parsed: Fields = {}
        self.dropped: list[str] = []

    def take(self, name: str, value: Any) -> None:
        if name not in _READERS:
            self.dropped.append(name[:40])
            return
        result = _READERS[name](self, name, value)
        if result is None:
            self.dropped.append(name)
        elif result not in ("", []):
            self.parsed[name] = result

    def parsed_and_dropped(self) -> tuple[Fields, list[str]]:
        parsed = self.parsed
        for what in ("volumes", "year"):
            if parsed.get(f"min_{what}", 0) > parsed.get(f"max_{what}", YEARS[1]):
                self.dropped += [f"{name}={parsed.pop(name)}" for name in (f"min_{what}", f"max_{what}")]
        return parsed, [str(one)[:80] for one in self.dropped[:20]]

    def works(self, name: str, value: Any) -> list[str]:
        slugs, unknown = [], []
        asked = key_of_words(self.words)
        for title in listed(value):
            work = self.catalogue.by_slug.get(title) or called(title, self.catalogue)
            if work:
                slugs.append(work.slug)
            elif len(key(title)) > 1 and key(title) in asked:
                unknown.append(title)
            else:
                self.dropped.append(f"{name}: {title}")
        if unknown:
            known = self.parsed.get("unknown_titles", ())
            self.parsed["unknown_titles"] = list(dict.fromkeys([*known, *unknown]))
        return list(dict.fromkeys(slugs))

    def tags(self, name: str, value: Any) -> list[str]:
        found = []
        for written in listed(value):
            is_slug = written in self.catalogue.labels
            if tag := written if is_slug else _tags_by_name(self.catalogue).get(key(written)):
                found.append(tag)
            else:
                self.dropped.append(f"{name}: {written}")
        return list(dict.fromkeys(found))

    def makers(self, name: str, value: Any) -> list[str]:
        found = []
        for said in listed(value):
            if known := makers.called(said, MADE[name], self.catalogue):
                found.append(known)
            else:
                self.dropped.append(f"{name}: {said}")
        return list(dict.fromkeys(found))

    def misread(self, name: str, value: Any) -> list[str]:
        """Slugs of tags and works, and names of fields, as they are known here; other words as they came."""
        tags = _tags_by_name(self.catalogue)
        found = []
        for said in listed(value):
            work = called(said, self.catalogue)
            is_known = said in self.catalogue.labels or said in self.catalogue.by_slug or said in FIELDS
            made = (makers.called(said, kind, self.catalogue) for kind in makers.KINDS)
            other = tags.get(key(said)) or (work.slug if work else next(filter(None, made), said))
            found.append(said if is_known else other)
        return list(dict.fromkeys(found))

    def groups(self, name: str, value: Any) -> list[list[str]] | None:
        if not isinstance(value, list):
            return None
        # A flat list is one group.
        value = value if any(isinstance(one, list) for one in value) else [value]
        groups = [self.tags(name, one) for one in value[:MAX_GROUPS]]
        return [group for group in groups if group]

    def number(self, name: str, value: Any) -> int | None:
        number = _whole(value)
        low, high = NUMBERS[name]
        return number if number is not None and low <= number <= high else None

    def word(self, name: str, value: Any) -> str | None:
        return value if isinstance(value, str) and value in WORDS[name] else None

    def text(self, name: str, value: Any) -> str | None:
        return clean(value[:MAX_DESCRIBED]) if isinstance(value, str) else None

    def flag(self, name: str, value: Any) -> bool | None:
        if not isinstance(value, (bool, str)):
            return None
        return {True: True, False: False, "true": True, "false": False}.get(value)

    def brightness(self, name: str, value: Any) -> int | None:
        number = _whole(value)
        return number if number in (-1, 0, 1) else None


_READERS: dict[str, Callable[[_ArgumentReader, str, Any], Any]] = {
    **dict.fromkeys(WORKS, _ArgumentReader.works),
    **dict.fromkeys(TAGS, _ArgumentReader.tags),
    **dict.fromkeys(MADE, _ArgumentReader.makers),
    **dict.fromkeys(NUMBERS, _ArgumentReader.number),
    **dict.fromkeys(WORDS, _ArgumentReader.word),
    **dict.fromkeys(FLAGS, _ArgumentReader.flag),
    MISREAD: _ArgumentReader.misread,
    WHOLE: _ArgumentReader.flag,
    "any_of": _ArgumentReader.groups,
    "described": _ArgumentReader.text,
    "brightness": _ArgumentReader.brightness,
}


def listed(value: Any) -> list[str]:
    """`value` as a list of short texts: a single text is a list of one, weights by name are their names."""
    value = [value] if isinstance(value, str) else list(value) if isinstance(value, (list, dict)) else []
    return [clean(one[:200]) for one in value[:MAX_ENTRIES] if isinstance(one, str) and clean(one[:200])]


def called(title: str, catalogue: CatalogueSnapshot) -> Work | None:
    return next((catalogue.by_key[one][0] for one in keys_of(title) if one in catalogue.by_key), None)


def key_of_words(words: str) -> str:
    """All of a reader's words as one key; `key` alone stops after the length of a title."""
    return "".join(key(line) for line in re.split(r"[\n.。!?]", words))


@lru_cache(maxsize=2)
def _tags_by_name(catalogue: CatalogueSnapshot) -> dict[str, str]:
    """Tags by the keys of their slugs and labels."""
    return {
        key(name): slug
        for slug, label in catalogue.labels.items()
        for name in (*label.labels.values(), slug)
        if key(name)
    }


def _whole(value: Any) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"\s*[+-]?[0-9]{1,6}\s*", value):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


# --- Putting both readings together --------------------------------------------------------------------------------


def merged(
    ours: Wish,
    parsed: Fields,
    catalogue: CatalogueSnapshot,
    dismissed: Iterable[str] = (),
    since: Wish | None = None,
) -> Wish:
    """The wish to choose by, from our own reading (the conversation and standing taste) and the model's, as `parsed`.

    What we read as a refusal or as said plainly holds, unless the model names it as misread or says that its own reading
    is the whole wish; what was only inferred gives way where the model says otherwise. `dismissed`: parts that the reader
    has removed and that no reading may bring back. `since`: what the reader has wished for after the model said so.
    """
    parsed = _without(parsed, dismissed)
    if parsed.pop(WHOLE, False):
        ours = _emptied(ours, since or Wish())
    ours = _corrected(ours, {*parsed.get(MISREAD, ())}, {*parsed.get("unwanted", ())})
    wish = replace(ours, quiet=False) if parsed else replace(ours)
    _merge_works(wish, ours, parsed)
    _merge_tags(wish, ours, parsed)
    _merge_makers(wish, ours, parsed)
    _merge_limits(wish, ours, parsed)
    for name in ("brightness", "less_known", "described"):
        if parsed.get(name):
            setattr(wish, name, parsed[name])
    wish.sure = _sureness(ours, parsed)
    wish.count = ours.count or parsed.get("count")
    unknown = [*ours.unknown_titles, *parsed.get("unknown_titles", ())]
    named = {
        key(name) for slug in wish.names_works if slug in catalogue.by_slug for name in catalogue.by_slug[slug].names
    }
    wish.unknown_titles = [title for title in dict.fromkeys(unknown) if key(title) not in named]
    return wish


def _without(parsed: Fields, dismissed: Iterable[str]) -> Fields:
    """What the model says of the wish, less what the reader has taken back."""
    parsed = {name: list(value) if isinstance(value, list) else value for name, value in parsed.items()}
    for part in dismissed:
        kind, gone = part.kind, set(part.tags)
        if kind in OF_TAGS:
            for name in ("required", "wanted"):
                parsed[name] = [tag for tag in parsed.get(name, ()) if tag not in gone]
            parsed["any_of"] = [group for group in parsed.get("any_of", ()) if not gone & set(group)]
        elif kind in (*WORKS, *MADE, "unwanted"):
            parsed[kind] = [one for one in parsed.get(kind, ()) if one not in gone]
        else:
            parsed.pop(kind, None)
    return {name: value for name, value in parsed.items() if value != []}


def _emptied(ours: Wish, since: Wish) -> Wish:
    """What of `ours` holds whatever else the reader wants, laid over what they have said `since`: what must not come,
    their standing taste, and whom it is for."""
    return replace(
        since,
        unwanted=list(ours.unwanted),
        not_by=list(ours.not_by),
        not_about=list(ours.not_about),
        not_published=list(ours.not_published),
        not_drawn_by=list(ours.not_drawn_by),
        read=ours.read,
        refused=ours.refused,
        unlike=ours.unlike,
        unliked=list(dict.fromkeys([*ours.unliked, *(slug for slug in ours.liked if slug not in since.liked)])),
        unknown_titles=ours.unknown_titles,
        audience=ours.audience,
        age=ours.age,
        taste=ours.taste,
    )


def _corrected(ours: Wish, misread: set[str], refused: set[str]) -> Wish:
    """`ours` without what was misread in it, by slug, word or field, and without asking for tags that are `refused`."""
    changes: dict[str, Any] = {}
    for one in fields(ours):
        value = getattr(ours, one.name)
        gone = misread if one.name not in ASKED else misread | refused
        if one.name in KEPT and not (one.name in misread and value in GROWN):
            continue
        if one.name in misread:
            changes[one.name] = _empty(one)
        elif isinstance(value, dict):
            changes[one.name] = {name: weight for name, weight in value.items() if name not in gone}
        elif isinstance(value, list):
            changes[one.name] = _left(value, gone)
    # A limit that was misread is none that nothing may loosen.
    return replace(ours, **changes, musts=[name for name in ours.musts if name not in misread])


# Fields of a wish that no model corrects, but that a book is for a pupil or a grown-up ("no teens"), and those that ask
# for tags.
KEPT = ("taste", "sure", "musts", "audience", "age")
GROWN = (TEEN, ELDER, GIFT)
ASKED = ("required", "any_of", "leaning", "wanted")


def _empty(one: Field[Any]) -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory()


def _left(values: Sequence[Any], gone: set[str]) -> list[Any]:
    """`values`, names or groups of them, without those that are `gone`."""
    groups = [[name for name in one if name not in gone] if isinstance(one, list) else one for one in values]
    return [one for one in groups if one and not (isinstance(one, str) and one in gone)]


def _merge_works(wish: Wish, ours: Wish, parsed: Fields) -> None:
    """A work keeps the least welcome place either reading gives it."""
    refused = [*ours.refused, *parsed.get("refused", ())]
    read = [*ours.read, *parsed.get("read", ())]
    liked = [*ours.liked, *parsed.get("liked", ())]
    # One that we took for read and that the model says is liked is liked.
    better = {slug for slug in parsed.get("liked", ()) if slug in ours.read and slug not in parsed.get("read", ())}
    wish.refused = list(dict.fromkeys(refused))
    wish.read = [slug for slug in dict.fromkeys(read) if slug not in wish.refused and slug not in better]
    wish.liked = [slug for slug in dict.fromkeys(liked) if slug not in wish.refused and slug not in wish.read]


def _merge_tags(wish: Wish, ours: Wish, parsed: Fields) -> None:
    firm = {tag for tag in ours.required if _firm(ours, "required", tag)}
    groups = [group for group in ours.any_of if _firm(ours, *WishPart.of_tags("any_of", group))]
    rebinds = "required" in parsed or "any_of" in parsed
    asked = firm | {tag for group in groups for tag in group}
    # The reader plainly asked for these: a refusal the model adds would contradict them.
    refused = [tag for tag in parsed.get("unwanted", ()) if tag not in asked]
    wish.unwanted = list(dict.fromkeys([*ours.unwanted, *refused]))

    never = Refusals(map(Topic.parse, ours.taste.get("never", ()))).tags
    if ours.audience:
        never |= ours.exclusions.tags.keys()  # what is not for whom it is for, no reading of the model brings back

    def welcome(tags: Sequence[str]) -> list[str]:
        return [tag for tag in dict.fromkeys(tags) if tag not in wish.unwanted and tag not in never]

    kept = [tag for tag in ours.required if tag in firm or not rebinds]
    wish.required = kept + [tag for tag in welcome(parsed.get("required", ())) if tag not in kept]
    wish.any_of = groups if rebinds else list(ours.any_of)
    for group in map(welcome, parsed.get("any_of", ())):
        if group and sorted(group) not in map(sorted, wish.any_of):
            wish.any_of = [*wish.any_of, group]
    _merge_wanted(wish, ours, parsed, welcome)


def _merge_wanted(wish: Wish, ours: Wish, parsed: Fields, welcome: Callable[[Sequence[str]], list[str]]) -> None:
    said = welcome(
        [*parsed.get("required", ()), *parsed.get("wanted", ()), *(t for g in parsed.get("any_of", ()) for t in g)]
    )
    weak = bool(said)  # what was only inferred gives way to what the model says was meant
    wish.wanted = {
        tag: weight for tag, weight in ours.wanted.items() if not weak or weight >= NAMED_WEIGHT or tag in wish.required
    } | dict.fromkeys(said, 1.0)
    if "wanted" in parsed or parsed.get("brightness"):
        wish.leaning = [group for group in ours.leaning if set(group) & set(said)]
    wish.wanted = {tag: weight for tag, weight in wish.wanted.items() if tag not in wish.unwanted or tag in ours.wanted}


def _merge_makers(wish: Wish, ours: Wish, parsed: Fields) -> None:
    """Whose books are asked for holds where we read it, unless the model says they are refused."""
    for wanted in makers.KINDS:
        refused = f"not_{wanted}"
        never = list(dict.fromkeys([*getattr(ours, refused), *parsed.get(refused, ())]))
        asked = getattr(ours, wanted) or parsed.get(wanted, ())
        setattr(wish, refused, never)
        setattr(wish, wanted, [one for one in asked if one not in never])


def _merge_limits(wish: Wish, ours: Wish, parsed: Fields) -> None:
    for name in ("status", "edition", "anime"):
        if getattr(ours, name) in (None, "") or not _firm(ours, name, getattr(ours, name)):
            setattr(wish, name, parsed.get(name, getattr(ours, name)))
    for what in ("volumes", "year"):
        low, high = _bounds(ours, parsed, what)
        if low is None or high is None or low <= high:
            setattr(wish, f"min_{what}", low)
            setattr(wish, f"max_{what}", high)


def _bounds(ours: Wish, parsed: Fields, what: str) -> tuple[int | None, int | None]:
    """Both readings' bounds together: the narrower of each, for the model may not widen what was said plainly."""
    low, high = f"min_{what}", f"max_{what}"
    lows = [bound for bound in (_bound(ours, parsed, low), parsed.get(low)) if bound is not None]
    highs = [bound for bound in (_bound(ours, parsed, high), parsed.get(high)) if bound is not None]
    return max(lows, default=None), min(highs, default=None)


def _bound(ours: Wish, parsed: Fields, name: str) -> int | None:
    bound = getattr(ours, name)
    return bound if name not in parsed or _firm(ours, name, bound) else None


def _firm(ours: Wish, kind: str, value: object) -> bool:
    """Whether a condition was said plainly, so that no other reading undoes it."""
    return ours.sureness(kind, value) >= Confidence.SAID


def _sureness(ours: Wish, parsed: Fields) -> dict[str, float]:
    """How sure each part is, less what the model says too: read twice the same way, it is no longer a guess."""
    said = {str(WishPart(name, value)) for name, value in parsed.items() if not isinstance(value, list)}
    said |= {str(WishPart(name, one)) for name in (*WORKS, *TAGS) for one in parsed.get(name, ())}
    return {part: sure for part, sure in ours.sure.items() if part not in said}
