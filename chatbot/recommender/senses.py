"""What every work is about, as a vector: the mean of what its synopses and premises say in each language.

The vectors of the shipped works stand in `data/senses.npz`, those of an installation's own works in a file of the same
kind under VAR_DIR; `manage.py embed_synopses` makes both. A work is looked up by a digest of what is written of it, so that a
changed synopsis never goes by its old vector. A few that are in no file are computed when a catalogue is made ready;
of many, as after a large import, the rest go by their words alone until the command has run.
"""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..catalogue.snapshot_cache import cached_per_snapshot
from ..text import encoder
from ..text.phrasebook import LANGUAGES

logger = logging.getLogger(__name__)

SHIPPED = Path(__file__).parent / "data" / "senses.npz"
MAX_AT_ONCE = 50  # works computed while a catalogue is made ready: less than a second

Column: TypeAlias = NDArray[np.float32]
Vectors: TypeAlias = NDArray[np.float16]


class Senses:
    """The vectors of one catalogue's works. `rows`: the works that have one, `vectors` in the same order."""

    def __init__(self, works: Sequence[Work]) -> None:
        self.count = len(works)
        known = {**_kept(SHIPPED), **_kept(own_file())}
        digests = [digest_of(work) for work in works]
        missing = [work for work, digest in zip(works, digests, strict=True) if digest and digest not in known]
        for work, vector in zip(missing, encoded(missing[:MAX_AT_ONCE]), strict=False):
            known[digest_of(work)] = vector
        self.rows = np.array([row for row, digest in enumerate(digests) if digest in known], np.intp)
        self.vectors = np.zeros((len(self.rows), encoder.DIMENSIONS), np.float32)
        for place, row in enumerate(self.rows):
            self.vectors[place] = known[digests[row]]

    def likeness(self, text: str) -> Column:
        """How near each work is to what `text` means, less what all works are near to it; 0 where it is not known."""
        column = np.zeros(self.count, np.float32)
        if len(self.rows):
            near = self.vectors @ encoder.encode_one(text)
            column[self.rows] = near - near.mean()
        return column


def digest_of(work: Work) -> int:
    """The number a work's vector is kept by; 0 where nothing is written of it."""
    written = _written_of(work)
    if not any(written):
        return 0
    text = "\0".join(written)
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "ignore"), digest_size=8).digest(), "big")


def encoded(works: Sequence[Work]) -> Vectors:
    """The vector of every one of `works`."""
    texts = [(place, text) for place, work in enumerate(works) for text in _written_of(work) if text]
    vectors = np.zeros((len(works), encoder.DIMENSIONS), np.float32)
    np.add.at(vectors, [place for place, _ in texts], encoder.encode([text for _, text in texts]))
    counts = np.bincount(np.array([place for place, _ in texts], np.intp), minlength=len(works))
    mean: Vectors = (vectors / np.maximum(counts, 1)[:, None]).astype(np.float16)
    return mean


def _written_of(work: Work) -> list[str]:
    return [texts.get(code, "") for texts in (work.synopses, work.premises) for code in LANGUAGES]


def own_file() -> Path:
    return Path(settings.VAR_DIR) / "senses.npz"


def write(works: Iterable[Work], path: Path) -> int:
    """Keep the vectors of `works` in `path`, computing only those that are not there. Returns how many were computed."""
    by_digest = {digest: work for work in works if (digest := digest_of(work))}
    kept = {digest: vector for digest, vector in _kept(path).items() if digest in by_digest}
    missing = [work for digest, work in by_digest.items() if digest not in kept]
    kept.update((digest_of(work), vector) for work, vector in zip(missing, encoded(missing), strict=True))
    digests = np.array(sorted(kept), np.uint64)
    vectors = np.array([kept[int(digest)] for digest in digests], np.float16)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        np.savez(file, digests=digests, vectors=vectors)
    unfinished.replace(path)
    return len(missing)


def _kept(path: Path) -> dict[int, Any]:
    """Digest to vector, of a file that may not be there."""
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, EOFError):
        logger.exception("%s cannot be read: works are found by their words alone", path)
        return {}


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> dict[int, Any]:
    with np.load(path, allow_pickle=False) as kept:
        digests, vectors = kept["digests"], kept["vectors"]
    if vectors.shape != (len(digests), encoder.DIMENSIONS):
        raise ValueError(f"{path} holds vectors of another kind")
    return dict(zip(digests.tolist(), vectors, strict=True))


@cached_per_snapshot
def senses_of(catalogue: CatalogueSnapshot) -> Senses:
    return Senses(catalogue.works)
