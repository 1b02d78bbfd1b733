"""What has befallen a reader, how they feel, or what they remark on, by likeness to labelled sentences.

A linear layer on what a text means and on its letters. `act_training` trains it from `examples/`; the weights bear the
digest of the examples they come from.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np

from ...text.encoder import Vectors, encode, encode_one
from ..words.clauses import clauses_of
from .act_classifier import MAX_MEANT, softmax
from .text_layer import TextLayer

WEIGHTS = Path(__file__).parent / "feeling_weights.npz"
NOTHING, CRISIS = "", "crisis"  # what tells of no feeling, and what is despair
HARD = ("loss", "pet", "heartbreak", "work", "failed", "ill", "worry", "hurt", "lonely", "low")
GLAD = ("happy", "pleasant", "praise")
REMARKS = ("on.anime", "on.cover", "on.title", "on.ending", "on.price", "on.paper", "on.backlog", "on.translation",
           "on.same", "on.people", "on.habit", "on.scorned", "on.author", "on.surprised", "on.newcomer", "on.trip",
           "on.shared", "on.length", "on.daily")  # fmt: skip
FEELINGS = (NOTHING, CRISIS, *HARD, *GLAD, *REMARKS)
LIKELY, PLAIN = 0.5, 0.6  # how likely a feeling must be to be answered as one, and for its words to ask for nothing
SELDOM = 3.0  # by how much there are more examples of no feeling than readers who tell of none in their talk
PLAINLY_NONE = 0.6  # how likely none must be by the whole of a turn for its clauses not to count
REMEMBERED = 64  # texts
MAX_CLAUSES = 4  # of a turn, its first, that are listened to one by one


def felt(text: str) -> str:
    """What `text`, or a clause of it, most likely tells of: one of HARD or GLAD; "" where it is likely to tell of none
    of them, or is despair."""
    heard = shares(text)
    if heard[0][NOTHING] >= PLAINLY_NONE or max(one[CRISIS] for one in heard) >= LIKELY:
        return NOTHING
    best, share = max(((kind, one[kind]) for one in heard for kind in (*HARD, *GLAD)), key=lambda found: found[1])
    return best if share >= LIKELY or _are_likely_together(heard[0], best) else NOTHING


def remarked(text: str) -> str:
    """What of books and of reading them `text` remarks on: one of REMARKS; "" where it is likely to be no remark."""
    whole = shares(text)[0]
    best = max(REMARKS, key=whole.__getitem__)
    likely = sum(whole[kind] for kind in REMARKS) >= LIKELY and whole[best] > whole[NOTHING]
    return best if likely else NOTHING


def is_plain(text: str) -> bool:
    """Whether `text` as a whole plainly tells what has befallen its writer."""
    whole = shares(text)[0]
    return max(whole[kind] for kind in HARD) >= PLAIN


def _are_likely_together(whole: dict[str, float], best: str) -> bool:
    """Whether the feelings of the same side as `best` are likely together, though none of them is by itself."""
    side = HARD if best in HARD else GLAD
    return sum(whole[kind] for kind in side) >= LIKELY and whole[NOTHING] < whole[best]


@lru_cache(maxsize=REMEMBERED)
def shares(text: str) -> tuple[dict[str, float], ...]:
    """How likely each of FEELINGS is, together 1, by the whole of `text` and by each of its clauses.

    A reply asks it several times of the same words. Not to be written to.
    """
    clauses = [clause.text for clause in clauses_of(text[-MAX_MEANT:])][:MAX_CLAUSES]
    pieces = [text, *(clauses if len(clauses) > 1 else ())]
    vectors = [encode_one(text[-MAX_MEANT:]), *encode(pieces[1:])]
    return tuple(_shares(piece, vector) for piece, vector in zip(pieces, vectors, strict=True))


def _shares(text: str, meaning: Vectors) -> dict[str, float]:
    scores = _layer().scores(text, meaning)
    scores[FEELINGS.index(NOTHING)] -= np.log(SELDOM)
    return dict(zip(FEELINGS, map(float, softmax(scores[None])[0]), strict=True))


def keep(layer: TextLayer, digest: str) -> None:
    """Keep `layer` as the one that `shares` goes by."""
    layer.keep(WEIGHTS, digest)
    _layer.cache_clear()
    shares.cache_clear()


@lru_cache(maxsize=1)
def _layer() -> TextLayer:
    return TextLayer.read(WEIGHTS)
