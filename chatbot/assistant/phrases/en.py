"""How English joins what the librarian says. Her words stand in data/en.toml."""

import re
from collections.abc import Iterator, Sequence

from .loading import Words

BETWEEN = " "
ORDER: tuple[str, ...] = ("less_known", "status", "volumes", "years", "edition", "anime")
AFTER = ("with ", "about ", "set ", "of ", "from ", "by ")  # how a modifier begins that stands after the kind of book
SINGULAR = {"draw": "draws", "they": "it", "is": "is", "it": "it", "these": "this one"}
PLURAL = {"draw": "draw", "they": "they", "is": "are", "it": "them", "these": "these"}

LED = {"It", "There", "They", "As", "You", "Its", "Nothing", "So", "What"}  # that need no capital after "No, "
VERBS = {
    "is": "are", "has": "have", "was": "were", "does": "do", "goes": "go", "comes": "come", "touches": "touch",
    "began": "began", "tells": "tell", "makes": "make", "asks": "ask", "can": "can", "may": "may", "belongs": "belong",
}  # fmt: skip


def finish(text: str) -> str:
    """`text` with a capital where it begins, and one volume in the singular."""
    text = re.sub(r"\b1 volumes\b", "1 volume", text).replace("There are 1 volume", "There is 1 volume")
    return text[:1].upper() + text[1:]


def rhythm(sentence: str) -> str:
    """How a sentence begins."""
    return sentence.split(" ", 1)[0].lower()


def listing(things: Sequence[str]) -> str:
    if len(things) < 3:
        return " and ".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def either(things: Sequence[str]) -> str:
    return " or ".join(things)


def neither(things: Sequence[str]) -> str:
    return f"{', '.join(things[:-1])} or {things[-1]}" if len(things) > 2 else either(things)


def kind_of_book(words: Sequence[Words], limits: Sequence[str], any_of: bool) -> str:
    """ "finished dark school stories with a female lead" """
    before = [one for one in limits if not one.startswith(AFTER)]
    after = [one for one in limits if one.startswith(AFTER)]
    if any_of and len(words) > 1:
        return " ".join([*before, either([_alone(one) for one in words]), *_joined(after)])
    leading = [word for word in words if not word.mod.startswith(AFTER)]
    following = [word.mod for word in words if word.mod.startswith(AFTER)]
    kind = [*(word.mod for word in leading[:-1]), _alone(leading[-1]) if leading else "stories"]
    return " ".join([*before, *kind, *_joined([*following, *after])])


def _joined(phrases: Sequence[str]) -> Iterator[str]:
    """ "with a heroine", "with an anime" as "with a heroine and an anime": one "with" for those in a row."""
    for before, phrase in zip(["", *phrases], phrases, strict=False):
        both = before.startswith("with ") and phrase.startswith("with ")
        yield phrase.replace("with", "and", 1) if both else phrase


def _alone(word: Words) -> str:
    if word.head:
        return word.head
    return f"stories {word.mod}" if word.mod.startswith(AFTER) else f"{word.mod} stories"


def agreement(count: int) -> dict[str, str]:
    """The slots that agree with so many works."""
    return SINGULAR if count == 1 else PLURAL


def said_by_reader(words: str) -> str:
    """Words of the reader's, said back to them."""
    return f"“{words}”"


def led(sentence: str) -> str:
    """`sentence` with a small letter where it does not begin with a name."""
    first, _, rest = sentence.partition(" ")
    return f"{first.lower()} {rest}" if first in LED else sentence


def within(label: str) -> str:
    return label.lower()


def topic(title: str) -> str:
    """A work at the head of a sentence."""
    return title or "it"


def choices(things: Sequence[str]) -> str:
    return "; ".join(things)


def joined(first: str, second: str) -> str:
    """Two short sentences about one work as one; "" where they do not go together."""
    if not second.startswith("It ") or " and " in first + second or ";" in first + second:
        return ""
    return f"{first.removesuffix('.')}, and it {second.removeprefix('It ')}"


def of_several(sentence: str, topic: str) -> str:
    """`sentence` with the verb of several works where it begins with them, or with "it"."""
    name = topic if topic and topic != "it" and sentence.startswith(topic) else "It"
    verb, _, rest = sentence.removeprefix(f"{name} ").partition(" ")
    if not sentence.startswith(f"{name} ") or verb not in VERBS:
        return sentence
    return f"{'They' if name == 'It' else name} {VERBS[verb]} {rest}"
