"""How imprints, publishers and illustrators are read in the languages that do not write them as Japanese does."""

import tomllib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
PLACES = {"ko": 0, "en": 1}
FILES = ("imprints.toml", "illustrators.toml")


def read_as(name: str, language: str) -> str:
    """`name` in the letters of `language`; as it is written where no reading of it is known."""
    return readings()[name][PLACES[language]] if language in PLACES and name in readings() else name


@cache
def readings() -> dict[str, list[str]]:
    """The name as it is written to how it is read in Korean and in English."""
    read = (tomllib.loads((DATA / name).read_text(encoding="utf-8")) for name in FILES)
    return {name: reading for one in read for name, reading in one.items()}
