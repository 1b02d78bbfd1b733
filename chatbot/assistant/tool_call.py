"""The one function a model may call: to have the shelf looked at anew for a wish it reads otherwise than we did.

What it fills in is a stranger's text. `cleaned` keeps what means something on this shelf; `merged` lets it add to what
was heard and correct what was guessed, and never loosens what the reader refused, took back or said plainly.
"""

import json
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..catalogue.models import Novel
from ..language.turn_parser import SAID
from ..language.wish import PLAIN
from ..recommender.personalization import Refusals
from ..text.cleaning import clean, storable
from ..text.folding import key
from ..text.masking import masked_prose
from .grounding import keys_of

NAME = "look_on_shelf"
MAX_LENGTH = 8000  # characters of arguments that are read at all
MAX_KEPT = 4000  # characters of them that are kept for the operators
MAX_ENTRIES = 12  # entries of a list
MAX_GROUPS = 4
VOLUMES, YEARS, COUNTS = (1, 500), (1900, 2100), (1, 10)

WORKS = ("liked", "read", "refused")
TAGS = ("required", "wanted", "unwanted")
NUMBERS = {
    "min_volumes": VOLUMES,
    "max_volumes": VOLUMES,
    "min_year": YEARS,
    "max_year": YEARS,
    "count": COUNTS,
}
WORDS = {"status": tuple(Novel.Status.values), "edition": ("ko", "en")}
FLAGS = ("anime", "less_known")
ASKED = {  # what the model is told of each field of a wish that it may fill; nothing where its name says it
    "liked": "titles the reader liked and wants the like of",
    "read": "titles already read",
    "refused": "titles not wanted",
    "required": "tags every pick must carry",
    "any_of": "lists of tags; of each list every pick must carry one",
    "wanted": "tags that speak for a pick, no condition",
    "unwanted": "tags no pick may carry",
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


@dataclass
class ToolCall:
    """A call as it came: `said` are its arguments, as written. `fault`: why it could not be read, empty when it was.

    `told`: the cleaned part of the wish. `dropped`: what was not understood or not allowed, for the operators.
    """

    said: str
    told: dict = field(default_factory=dict)
    dropped: list = field(default_factory=list)
    fault: str = ""

    def as_json(self):
        """For keeping with the turn."""
        said, fault = (storable(masked_prose(text))[:MAX_KEPT] for text in (self.said, self.fault))
        dropped = [storable(masked_prose(one)) for one in self.dropped]
        return {"said": said, "told": self.told, "dropped": dropped, "fault": fault}


@lru_cache(maxsize=2)  # more would keep old shelves in memory
def tool(catalogue):
    """The function as a wire offers it: name, description and parameters, with the tags of `shelf`. The same for every
    reader, so that servers can keep it."""
    return {
        "name": NAME,
        "description": (
            "Choose other candidates, when those given miss or mistake something the reader said. "
            "Fill in only what the reader said; what they refused stays refused. "
            f"Tags: {' '.join(sorted(catalogue.labels))}"
        ),
        "parameters": {
            "type": "object",
            "properties": {
                name: {**_kind(name), **({"description": said} if said else {})} for name, said in ASKED.items()
            },
            "additionalProperties": False,
        },
    }


def _kind(name):
    if name in WORKS or name in TAGS:
        return {"type": "array", "items": {"type": "string"}}
    if name == "any_of":
        return {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}
    if name in NUMBERS:
        return {"type": "integer"}
    if name in WORDS:
        return {"type": "string", "enum": list(WORDS[name])}
    if name == "brightness":
        return {"type": "integer", "enum": [-1, 0, 1]}
    return {"type": "boolean"}


# --- Reading the arguments -----------------------------------------------------------------------------------------


def parse_call(said, catalogue, words):
    """The Call for arguments as they came. `words`: all the reader has said, for titles that are not on the shelf."""
    said = said if isinstance(said, str) else _written(said)
    if len(said) > MAX_LENGTH:
        return ToolCall(said[:MAX_LENGTH], fault="longer than any wish")
    try:
        values = json.loads(said or "{}")
        # Some servers wrap the JSON in a string once more.
        values = json.loads(values) if isinstance(values, str) else values
    except (ValueError, RecursionError):
        return ToolCall(said, fault="not JSON, or broken off")
    if not isinstance(values, dict):
        return ToolCall(said, fault="not an object")
    told, dropped = cleaned(values, catalogue, words)
    return ToolCall(said, told, dropped)


def _written(said):
    try:
        return json.dumps(said, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return ""


def cleaned(values, catalogue, words=""):
    """(What `values` say of a wish, names of what was left out): known tags, works on the shelf, numbers in bounds."""
    told, dropped = {}, []
    for name, value in list(values.items())[: 4 * MAX_ENTRIES]:
        if value is None or value in ("", [], {}):
            continue
        if name not in ASKED:
            dropped.append(name[:40])
            continue
        result = _CLEAN[name](name, value, catalogue, words, told, dropped)
        if result not in (None, "", []):
            told[name] = result
        elif result is None:
            dropped.append(name)
    for what in ("volumes", "year"):
        if told.get(f"min_{what}", 0) > told.get(f"max_{what}", YEARS[1]):
            dropped += [f"{name}={told.pop(name)}" for name in (f"min_{what}", f"max_{what}")]
    return told, [str(one)[:80] for one in dropped[:20]]


def _listed(value):
    """`value` as a list of short texts: a single text is a list of one, weights by name are their names."""
    value = [value] if isinstance(value, str) else list(value) if isinstance(value, (list, dict)) else []
    return [clean(one[:200]) for one in value[:MAX_ENTRIES] if isinstance(one, str) and clean(one[:200])]


def _works(name, value, catalogue, words, told, dropped):
    slugs, unknown = [], []
    asked = key_of_words(words)
    for title in _listed(value):
        work = catalogue.by_slug.get(title) or _called(title, catalogue)
        if work:
            slugs.append(work.slug)
        elif len(key(title)) > 1 and key(title) in asked:
            unknown.append(title)
        else:
            dropped.append(f"{name}: {title}")
    if unknown:
        told["unknown_titles"] = list(dict.fromkeys([*told.get("unknown_titles", ()), *unknown]))
    return list(dict.fromkeys(slugs))


def _called(title, catalogue):
    return next((catalogue.by_key[one][0] for one in keys_of(title) if one in catalogue.by_key), None)


def key_of_words(words):
    """All of a reader's words as one key; `key` alone stops after the length of a title."""
    return "".join(key(line) for line in re.split(r"[\n.。!?]", words))


def _tags(name, value, catalogue, words, told, dropped):
    found = []
    for said in _listed(value):
        if tag := said if said in catalogue.labels else _names_of_tags(catalogue).get(key(said)):
            found.append(tag)
        else:
            dropped.append(f"{name}: {said}")
    return list(dict.fromkeys(found))


@lru_cache(maxsize=2)
def _names_of_tags(catalogue):
    """Tags by the keys of their slugs and labels."""
    return {
        key(name): slug
        for slug, label in catalogue.labels.items()
        for name in (*label.labels.values(), slug)
        if key(name)
    }


def _groups(name, value, catalogue, words, told, dropped):
    if not isinstance(value, list):
        return None
    # A flat list is one group.
    value = value if any(isinstance(one, list) for one in value) else [value]
    groups = [_tags(name, one, catalogue, words, told, dropped) for one in value[:MAX_GROUPS]]
    return [group for group in groups if group]


def _number(name, value, catalogue, words, told, dropped):
    number = _whole(value)
    low, high = NUMBERS[name]
    return number if number is not None and low <= number <= high else None


def _whole(value):
    if isinstance(value, str) and re.fullmatch(r"\s*[+-]?[0-9]{1,6}\s*", value):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _word(name, value, catalogue, words, told, dropped):
    return value if isinstance(value, str) and value in WORDS[name] else None


def _flag(name, value, catalogue, words, told, dropped):
    return (
        {True: True, False: False, "true": True, "false": False}.get(value) if isinstance(value, (bool, str)) else None
    )


def _brightness(name, value, catalogue, words, told, dropped):
    number = _whole(value)
    return number if number in (-1, 0, 1) else None


_CLEAN = {
    **dict.fromkeys(WORKS, _works),
    **dict.fromkeys(TAGS, _tags),
    **dict.fromkeys(NUMBERS, _number),
    **dict.fromkeys(WORDS, _word),
    **dict.fromkeys(FLAGS, _flag),
    "any_of": _groups,
    "brightness": _brightness,
}


# --- Putting both readings together --------------------------------------------------------------------------------


def merged(heard, told, catalogue, dismissed=()):
    """The wish to choose by, from what we `heard` (the conversation and standing taste) and what the model `told`.

    What was heard as a refusal or said plainly holds; what was only inferred gives way where the model says otherwise.
    `taken_back`: parts, as "kind:value", that the reader has removed and that no reading may bring back.
    """
    told = _without(told, dismissed)
    wish = replace(heard, quiet=False) if told else replace(heard)
    _merge_works(wish, heard, told)
    _merge_tags(wish, heard, told)
    _merge_limits(wish, heard, told)
    for name in ("brightness", "less_known"):
        if told.get(name):
            setattr(wish, name, told[name])
    wish.sure = _sureness(heard, told)
    wish.count = heard.count or told.get("count")
    unknown = [*heard.unknown_titles, *told.get("unknown_titles", ())]
    named = {
        key(name) for slug in wish.names_works if slug in catalogue.by_slug for name in catalogue.by_slug[slug].names
    }
    wish.unknown_titles = [title for title in dict.fromkeys(unknown) if key(title) not in named]
    return wish


def _without(told, dismissed):
    """What the model told, less what the reader has taken back."""
    told = {name: list(value) if isinstance(value, list) else value for name, value in told.items()}
    for part in dismissed:
        kind, value = part.split(":", 1)
        gone = set(value.split("+"))
        if kind in ("required", "any_of", "leaning", "wanted"):
            for name in ("required", "wanted"):
                told[name] = [tag for tag in told.get(name, ()) if tag not in gone]
            told["any_of"] = [group for group in told.get("any_of", ()) if not gone & set(group)]
        elif kind in (*WORKS, "unwanted"):
            told[kind] = [one for one in told.get(kind, ()) if one not in gone]
        else:
            told.pop(kind, None)
    return {name: value for name, value in told.items() if value != []}


def _merge_works(wish, heard, told):
    """A work keeps the least welcome place either reading gives it."""
    refused = [*heard.refused, *told.get("refused", ())]
    read = [*heard.read, *told.get("read", ())]
    liked = [*heard.liked, *told.get("liked", ())]
    # Read by the model's word only: one that was heard as read and is told as liked is liked.
    better = {slug for slug in told.get("liked", ()) if slug in heard.read and slug not in told.get("read", ())}
    wish.refused = list(dict.fromkeys(refused))
    wish.read = [slug for slug in dict.fromkeys(read) if slug not in wish.refused and slug not in better]
    wish.liked = [slug for slug in dict.fromkeys(liked) if slug not in wish.refused and slug not in wish.read]


def _merge_tags(wish, heard, told):
    firm = {tag for tag in heard.required if _firm(heard, "required", tag)}
    groups = [group for group in heard.any_of if _firm(heard, "any_of", "+".join(group))]
    rebinds = "required" in told or "any_of" in told
    asked = firm | {tag for group in groups for tag in group}
    # The reader plainly asked for these: a refusal the model adds would contradict them.
    refused = [tag for tag in told.get("unwanted", ()) if tag not in asked]
    wish.unwanted = list(dict.fromkeys([*heard.unwanted, *refused]))

    never = Refusals(heard.taste.get("never", ())).tags

    def welcome(tags):
        return [tag for tag in dict.fromkeys(tags) if tag not in wish.unwanted and tag not in never]

    kept = [tag for tag in heard.required if tag in firm or not rebinds]
    wish.required = kept + [tag for tag in welcome(told.get("required", ())) if tag not in kept]
    wish.any_of = groups if rebinds else list(heard.any_of)
    for group in map(welcome, told.get("any_of", ())):
        if group and sorted(group) not in map(sorted, wish.any_of):
            wish.any_of = [*wish.any_of, group]
    _merge_wanted(wish, heard, told, welcome)


def _merge_wanted(wish, heard, told, welcome):
    said = welcome(
        [*told.get("required", ()), *told.get("wanted", ()), *(t for g in told.get("any_of", ()) for t in g)]
    )
    weak = bool(said)  # what was only inferred gives way to what the model says was meant
    wish.wanted = {
        tag: weight for tag, weight in heard.wanted.items() if not weak or weight >= PLAIN or tag in wish.required
    } | dict.fromkeys(said, 1.0)
    if "wanted" in told or told.get("brightness"):
        wish.leaning = [group for group in heard.leaning if set(group) & set(said)]
    wish.wanted = {
        tag: weight for tag, weight in wish.wanted.items() if tag not in wish.unwanted or tag in heard.wanted
    }


def _merge_limits(wish, heard, told):
    for name in ("status", "edition", "anime"):
        if getattr(heard, name) in (None, "") or not _firm(heard, name, getattr(heard, name)):
            setattr(wish, name, told.get(name, getattr(heard, name)))
    for what in ("volumes", "year"):
        low, high = _bounds(heard, told, what)
        if low is None or high is None or low <= high:
            setattr(wish, f"min_{what}", low)
            setattr(wish, f"max_{what}", high)


def _bounds(heard, told, what):
    """Both readings' bounds together: the narrower of each, for the model may not widen what was said plainly."""
    low, high = f"min_{what}", f"max_{what}"
    lows = [bound for bound in (_bound(heard, told, low), told.get(low)) if bound is not None]
    highs = [bound for bound in (_bound(heard, told, high), told.get(high)) if bound is not None]
    return max(lows, default=None), min(highs, default=None)


def _bound(heard, told, name):
    bound = getattr(heard, name)
    return bound if name not in told or _firm(heard, name, bound) else None


def _firm(heard, kind, value):
    """Whether a condition was said plainly, so that no other reading undoes it."""
    return heard.sureness(kind, value) >= SAID


def _sureness(heard, told):
    """How sure each part is, less what the model says too: read twice the same way, it is no longer a guess."""
    said = {f"{name}:{value}" for name, value in told.items() if not isinstance(value, list)}
    said |= {f"{name}:{one}" for name in (*WORKS, *TAGS) for one in told.get(name, ())}
    return {part: sure for part, sure in heard.sure.items() if part not in said}
