"""A linear layer that tells kinds of texts apart by what they mean and by their letters."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

from ...text.encoder import Vectors
from . import weights
from .act_classifier import OF_NOTHING, letter_slots

PARTS = ("meaning", "letters", "nothing")


@dataclass(frozen=True)
class TextLayer:
    """Weights, a column a kind. `nothing`: what every text has."""

    meaning: Vectors
    letters: Vectors
    nothing: Vectors

    def scores(self, text: str, meaning: Vectors) -> Vectors:
        """What speaks for each kind, before softmax. `meaning`: the vector of `text`."""
        slots = letter_slots(text)
        by_meaning = meaning @ self.meaning + self.nothing * OF_NOTHING
        scores: Vectors = by_meaning + self.letters[slots].sum(axis=0) / np.sqrt(max(1, len(slots)))
        return scores

    def keep(self, file: Path, digest: str) -> None:
        weights.keep(file, {name: getattr(self, name) for name in PARTS}, digest)

    @classmethod
    def read(cls, file: Path) -> Self:
        return cls(**weights.read(file, PARTS))
