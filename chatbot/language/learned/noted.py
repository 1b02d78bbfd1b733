"""Which of the librarian's notes on a work (`catalogue.notes`) answers a question, by likeness to labelled questions.

A linear layer on what a text means and on its letters, as in `feelings`. `act_training` trains it from
`examples/noted_….jsonl`; the weights bear the digest of the examples they come from.
"""

from functools import lru_cache
from pathlib import Path

from ...catalogue import notes
from ...text.encoder import encode_one
from .act_classifier import MAX_MEANT, softmax
from .text_layer import TextLayer

WEIGHTS = Path(__file__).parent / "noted_weights.npz"
NOTHING = "none"  # what no note answers
KINDS = (NOTHING, *notes.KINDS)
LIKELY = 0.45  # how likely a note must be to answer a text
REMEMBERED = 64  # texts


@lru_cache(maxsize=REMEMBERED)
def shares(text: str) -> dict[str, float]:
    """How likely each of KINDS is to answer `text`; together 1. Not to be written to."""
    scores = _layer().scores(text, encode_one(text[-MAX_MEANT:]))
    return dict(zip(KINDS, map(float, softmax(scores[None])[0]), strict=True))


def best(text: str, least: float = LIKELY) -> str:
    """The kind of note that most likely answers `text`; "" where none is as likely as `least`."""
    found = shares(text)
    kind = max(found, key=found.__getitem__)
    return kind if kind != NOTHING and found[kind] >= least else ""


def keep(layer: TextLayer, digest: str) -> None:
    """Keep `layer` as the one that `shares` goes by."""
    layer.keep(WEIGHTS, digest)
    _layer.cache_clear()
    shares.cache_clear()


@lru_cache(maxsize=1)
def _layer() -> TextLayer:
    return TextLayer.read(WEIGHTS)
