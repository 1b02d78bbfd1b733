"""How likely each act is that a text may do: a linear layer on what the text means, its letters and what rules found.

`act_training` trains it from `examples/`; the weights bear the digest of the examples they come from.
"""

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ...text.encoder import Vectors, encode, encode_one
from ...text.folding import fold
from ..acts import Act, Dialogue
from . import weights

EXAMPLES = Path(__file__).parents[1] / "examples"
WEIGHTS = Path(__file__).parent / "act_weights.npz"
CONTEXTS = ("start", "offered", "about", "asked", "talk")  # what came before a turn
ACTS = tuple(act for act in Act if act is not Act.GREETING)  # which small talk stands for
SLOTS = 1 << 14  # of runs of letters, by their hash
LONGEST_RUN = 4  # letters
MAX_LETTERS = 400  # of a text; what comes later is not looked at letter by letter
MAX_MEANT = 200  # of a text, its last: the time that its vector takes grows with each
# How much a row of the layer weighs beside the vector of a text, whose length is 1.
OF_CONTEXT, OF_TRAITS, OF_NOTHING = 0.5, 0.8, 0.5


@dataclass(frozen=True)
class Layer:
    """Weights, a column an act. `nothing`: what every text has. `names`: of the traits, a row each."""

    meaning: Vectors
    letters: Vectors
    contexts: Vectors
    traits: Vectors
    nothing: Vectors
    names: tuple[str, ...]


def likely(text: str, context: str, traits: Iterable[str] = ()) -> dict[Act, float]:
    """How likely `text` does each act; together 1. `traits`: what the rules found in it, see `act_reader`."""
    return _likely(text, encode_one(text[-MAX_MEANT:]), context, traits)


def likely_each(texts: Sequence[str], context: str) -> list[dict[Act, float]]:
    """`likely` for each of `texts`, in a fraction of the time."""
    vectors = encode([text[-MAX_MEANT:] for text in texts])
    return [_likely(text, vector, context, ()) for text, vector in zip(texts, vectors, strict=True)]


def _likely(text: str, meaning: Vectors, context: str, traits: Iterable[str]) -> dict[Act, float]:
    layer = _layer()
    scores = meaning @ layer.meaning + layer.nothing * OF_NOTHING
    slots = letter_slots(text)
    scores = scores + layer.letters[slots].sum(axis=0) / np.sqrt(max(1, len(slots)))
    scores = scores + layer.contexts[CONTEXTS.index(context)] * OF_CONTEXT
    held = frozenset(traits)
    if known := [row for row, name in enumerate(layer.names) if name in held]:
        scores = scores + layer.traits[known].sum(axis=0) * OF_TRAITS
    shares = softmax(scores[None])[0]
    return {act: float(share) for act, share in zip(ACTS, shares, strict=True)}


def letter_slots(text: str) -> NDArray[np.int64]:
    """The slots of the runs of one to four letters in `text`, each once."""
    folded = f" {fold(text[:MAX_LETTERS])} "
    runs = {
        folded[start : start + length]
        for length in range(1, LONGEST_RUN + 1)
        for start in range(len(folded) - length + 1)
    }
    return np.array(sorted({zlib.crc32(run.encode("utf-8", "ignore")) % SLOTS for run in runs}), np.int64)


def context_of(dialogue: Dialogue) -> str:
    """What came before a turn, as the examples name it."""
    acts = set(dialogue.acts)
    if not acts and not dialogue.last_picks:
        return "start"
    if acts & {Act.ABOUT, Act.AUTHOR, Act.COMPARE, Act.FIND}:
        return "about"
    if Act.RECOMMEND in acts or not acts:
        return "offered" if dialogue.last_picks else "asked"
    return "asked" if Act.GREETING in acts else "talk"


def digest() -> str:
    """What changes when the examples do."""
    return hashlib.sha256(b"\n".join(path.read_bytes() for path in sorted(EXAMPLES.glob("*.jsonl")))).hexdigest()


def keep(layer: Layer) -> None:
    """Keep `layer` as the one that `likely` goes by."""
    weights.keep(WEIGHTS, {name: getattr(layer, name) for name in PARTS}, digest(), names=layer.names)
    _layer.cache_clear()


PARTS = ("meaning", "letters", "contexts", "traits", "nothing")


@lru_cache(maxsize=1)
def _layer() -> Layer:
    return Layer(**weights.read(WEIGHTS, PARTS), names=tuple(map(str, weights.told(WEIGHTS, "names"))))


def softmax(scores: Vectors) -> Vectors:
    raised: Vectors = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Vectors = raised / raised.sum(axis=1, keepdims=True)
    return shares
