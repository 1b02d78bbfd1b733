"""How imprints and publishers are read in the languages that do not write them as Japanese does."""

import tomllib
from functools import cache

from .loading import DATA

PLACES = {"ko": 0, "en": 1}


def read_as(imprint: str, language: str) -> str:
    """`imprint` in the letters of `language`; as it is written where no reading of it is known."""
    return readings()[imprint][PLACES[language]] if language in PLACES and imprint in readings() else imprint


@cache
def readings() -> dict[str, list[str]]:
    """The name as it is written to how it is read in Korean and in English."""
    return tomllib.loads((DATA / "imprints.toml").read_text(encoding="utf-8"))
