"""Files of trained weights: in half precision, with the digest of the examples they come from."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ...text.encoder import Vectors


def keep(file: Path, parts: Mapping[str, Vectors], digest: str, **more: Any) -> None:
    """`more`: what is kept beside the weights as it is, such as names."""
    arrays: dict[str, Any] = {name: weights.astype(np.float16) for name, weights in parts.items()}
    arrays |= {name: np.array(value) for name, value in {**more, "digest": digest}.items()}
    np.savez_compressed(file, **arrays)


def read(file: Path, parts: Iterable[str]) -> dict[str, Vectors]:
    with np.load(file) as held:
        return {name: held[name].astype(np.float32) for name in parts}


def told(file: Path, name: str) -> Any:
    """What was kept beside the weights under `name`."""
    with np.load(file) as held:
        return held[name]


def trained_from(file: Path) -> str:
    """The digest of the examples that the weights come from."""
    return str(told(file, "digest"))
