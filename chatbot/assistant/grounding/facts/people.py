"""Whether a name is that of one of the persons a row has, over orders of names and ways to transcribe them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from ....text.folding import fold, key

ALIKE = 0.55  # letters that two spellings of one name share at least; of two persons' names it is below one half
HANGUL, KANJI, KANA = re.compile("[가-힣]"), re.compile("[\u3400-\u9fff]"), re.compile("[\u3040-\u30ff]")


def is_one_of(said: str, names: Iterable[str]) -> bool | None:
    """Whether `said` is one of `names`; None where they are written in other scripts, so that nothing can be told."""
    comparable = [name for name in names if script_of(name) == script_of(said)]
    written = [key(name) for name in names]
    letters = key(said)
    if not letters or any(letters in one or one in letters for one in written if one):
        return True if letters else None
    if not comparable:
        return None
    return any(_alike(said, name) for name in comparable)


def script_of(name: str) -> str:
    for script, pattern in (("ko", HANGUL), ("kanji", KANJI), ("kana", KANA)):
        if pattern.search(name):
            return script
    return "en"


def _alike(one: str, other: str) -> bool:
    ours, theirs = (sorted(re.findall(r"\w+", fold(written))) for written in (one, other))
    said, named = (unicodedata.normalize("NFD", "".join(parts)) for parts in (ours, theirs))
    return SequenceMatcher(None, said, named).ratio() >= ALIKE


def names_in(names: Mapping[str, Iterable[str]]) -> list[str]:
    return [name for written in names.values() for name in written]
