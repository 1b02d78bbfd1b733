"""Training what tells how likely an act is, from the labelled turns of `examples/`.

Each example counts twice, with what the rules find in it and without: rules that were written over the same turns
would else be trusted more than they deserve.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ...catalogue.snapshot import CatalogueSnapshot
from ...text.encoder import Vectors, encode
from ..acts import Act, Dialogue
from ..asking.asked import NAMELESS
from ..learned import act_classifier, feelings, noted
from ..learned.act_classifier import (
    ACTS,
    CONTEXTS,
    OF_CONTEXT,
    OF_NOTHING,
    OF_TRAITS,
    SLOTS,
    Layer,
    letter_slots,
    softmax,
)
from ..learned.text_layer import TextLayer
from ..stances.parse import parse
from ..words.vocabulary import vocabulary
from .act_reader import traits_of

STEPS, DECAY = 250, 5e-5
TALK = (Act.GREETING, Act.SMALL_TALK, Act.THANKS, Act.TASTE)  # of which some tells of feelings, unlabelled
MIN_TRAIT = 3  # examples that have a trait which is to count


def examples() -> list[dict[str, Any]]:
    """The labelled turns, as their files have them."""
    paths = sorted(act_classifier.EXAMPLES.glob("*.jsonl"))
    lines = [line for path in paths for line in path.read_text("utf-8").splitlines()]
    return [row for line in lines if line.strip() for row in _whole_and_parts(json.loads(line))]


def _whole_and_parts(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A row; one that is labelled part by part as a whole, and each of several parts as a turn of its own. What such a
    row feels nobody has said."""
    parts = row.pop("parts", ())
    if not parts:
        yield row
        return
    row["unfelt"] = True
    yield {**row, "acts": list(dict.fromkeys(act for _, act in parts))}
    for text, act in parts if len(parts) > 1 else ():
        yield {**row, "say": text, "acts": [act]}


def train(catalogue: CatalogueSnapshot) -> int:
    """Train from all examples and keep the weights. The number of examples."""
    every = examples()
    noted.keep(fitted_notes([row for row in every if "note" in row], catalogue), act_classifier.digest())
    rows = [row for row in every if "acts" in row]
    feelings.keep(fitted_feelings(rows), act_classifier.digest())
    act_classifier.keep(fitted(rows, [traits_of(row["say"], before(row, catalogue), catalogue) for row in rows]))
    return len(every)


def before(row: dict[str, Any], catalogue: CatalogueSnapshot) -> Dialogue:
    """A conversation as an example has it before it."""
    offered = tuple(work.slug for work in catalogue.works[:3])
    return {
        "start": Dialogue(),
        "offered": Dialogue(offered, offered, (Act.RECOMMEND,)),
        "about": Dialogue(offered, offered[1:2], (Act.ABOUT,)),
        "asked": Dialogue(acts=(Act.GREETING,)),
        "talk": Dialogue(acts=(Act.SMALL_TALK,)),
    }[row["context"]]


def fitted(rows: Sequence[dict[str, Any]], traits: Sequence[frozenset[str]]) -> Layer:
    """Softmax regression by accelerated descent in the space of the examples, which are fewer than the letters.

    No chance in it: the same examples give the same weights.
    """
    counts: dict[str, int] = {}
    for held in traits:
        for name in held:
            counts[name] = counts.get(name, 0) + 1
    names = tuple(sorted(name for name, count in counts.items() if count >= MIN_TRAIT))
    meaning = encode([row["say"] for row in rows])
    letters = _letters([row["say"] for row in rows])
    contexts = np.zeros((len(rows), len(CONTEXTS)), np.float32)
    found = np.zeros((len(rows), len(names)), np.float32)
    wanted = np.zeros((len(rows), len(ACTS)), np.float32)
    for number, row in enumerate(rows):
        contexts[number, CONTEXTS.index(row["context"])] = OF_CONTEXT
        found[number, [names.index(name) for name in traits[number] if name in names]] = OF_TRAITS
        for act in {Act(one) for one in row["acts"]}:
            wanted[number, ACTS.index(Act.SMALL_TALK if act is Act.GREETING else act)] = 1 / len(set(row["acts"]))
    alike = meaning @ meaning.T + letters @ letters.T + contexts @ contexts.T + OF_NOTHING**2
    bare, told = _descended(alike, found @ found.T, wanted)
    both = bare + told
    return Layer(
        meaning.T @ both, letters.T @ both, contexts.T @ both, found.T @ told, both.sum(axis=0) * OF_NOTHING, names
    )


def fitted_feelings(rows: Sequence[dict[str, Any]]) -> TextLayer:
    """The layer of `feelings`. A row that does not say what it feels counts where it is despair or no talk at all."""
    felt = [(row["say"], feeling) for row in rows if (feeling := _feeling(row)) is not None]
    return _fitted_layer([say for say, _ in felt], [feeling for _, feeling in felt], feelings.FEELINGS)


def fitted_notes(rows: Sequence[dict[str, Any]], catalogue: CatalogueSnapshot) -> TextLayer:
    """The layer of `noted`, from rows that say which note answers them, without the titles that they name."""
    words = vocabulary(catalogue)
    says = [parse(row["say"], words).untitled(row["say"], NAMELESS) for row in rows]
    return _fitted_layer(says, [row["note"] for row in rows], noted.KINDS)


def _fitted_layer(says: Sequence[str], labels: Sequence[str], kinds: Sequence[str]) -> TextLayer:
    """A layer that tells which of `kinds` a text is, from texts with their labels."""
    meaning, letters = encode(says), _letters(says)
    wanted = np.eye(len(kinds), dtype=np.float32)[[kinds.index(label) for label in labels]]
    alike = (meaning @ meaning.T + letters @ letters.T + OF_NOTHING**2).astype(np.float32)
    bare, told = _descended(alike, np.zeros(alike.shape, np.float32), wanted)
    both = bare + told
    return TextLayer(meaning.T @ both, letters.T @ both, both.sum(axis=0) * OF_NOTHING)


def _letters(texts: Sequence[str]) -> Vectors:
    """A row a text, as `letter_slots` has it, each of length 1."""
    rows = np.zeros((len(texts), SLOTS), np.float32)
    for number, text in enumerate(texts):
        slots = letter_slots(text)
        rows[number, slots] = 1 / np.sqrt(max(1, len(slots)))
    return rows


def _feeling(row: dict[str, Any]) -> str | None:
    if "feels" in row:
        return str(row["feels"])
    if row.get("unfelt"):
        return None
    acts = {Act(one) for one in row["acts"]}
    if acts == {Act.DISTRESS}:
        return feelings.CRISIS
    return None if acts & {Act.DISTRESS, *TALK} else feelings.NOTHING


def _descended(alike: Vectors, found: Vectors, wanted: Vectors) -> tuple[Vectors, Vectors]:
    """How much each example counts, without and with what the rules found (`alike`, `found`: how like two are)."""
    number = 2 * len(wanted)
    rate = 1 / (0.5 * 1.2 * _largest(2 * alike + found) / number + DECAY)
    shape = (2, *wanted.shape)
    counts, before = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for step in range(STEPS):
        ahead = counts + step / (step + 3) * (counts - before)
        before = counts
        common = alike @ (ahead[0] + ahead[1])
        missed = np.stack([softmax(common) - wanted, softmax(common + found @ ahead[1]) - wanted])
        counts = ahead - rate * (missed / number + DECAY * ahead)
    return counts[0], counts[1]


def _largest(alike: Vectors) -> float:
    """The largest eigenvalue, by a few steps of the power method."""
    vector: Vectors = np.ones(len(alike), np.float32)
    for _ in range(8):
        vector = alike @ vector
        vector /= np.linalg.norm(vector)
    return float(vector @ alike @ vector)
