"""What stands in quotes and emphasis, without them: a name keeps the quotes that are part of it."""

PAIRS = {
    **dict(zip("『《「〈<＜“‘[［【〔«‹„", "』》」〉>＞”’]］】〕»›”", strict=True)),
    **{quote: quote for quote in "\"'＂＇`"},
}
OPENERS = {closer: opener for opener, closer in PAIRS.items()}
EMPHASIS = "*_ \t#"
MAX_NAME_LENGTH = 400  # beyond that it is no name


def unwrapped(written: str) -> str:
    """`written` without emphasis and without the quotes around the whole of it or left of a pair."""
    name = written[:MAX_NAME_LENGTH].strip(EMPHASIS)
    while name and (shorter := _without_one(name)) != name:
        name = shorter.strip(EMPHASIS)
    return name


def _without_one(name):
    first, last = name[0], name[-1]
    closer, opener = PAIRS.get(first), OPENERS.get(last)
    if closer and (name.find(closer, 1) in (-1, len(name) - 1) or closer == first == last):
        return name[1:-1] if last == closer and len(name) > 1 else name[1:]
    if first in OPENERS and first not in PAIRS:
        return name[1:]
    if opener and name.rfind(opener, 0, -1) < 0:
        return name[:-1]
    if last in PAIRS and last not in OPENERS:
        return name[:-1]
    return name
