"""Choosing from the shelf. Pure: a wish and works in, ranked candidates with their reasons out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a work fits, or what it breaches.

    kind    value                       tags
    tag     the tag's slug
    kin     slug of the liked work      tags the two share, strongest first
    author  slug of the liked work
    series  slug of the liked work
    tone    "bright" or "dark"
    status, volumes, year, edition, anime: the work's own value
    renown  the work's renown (it is widely read; only when little else is known)
    """

    kind: str
    value: object
    tags: tuple = ()

    def as_json(self):
        return {"kind": self.kind, "value": self.value, "tags": list(self.tags)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that may be offered. `breaches` is empty unless nothing kept every constraint of the wish."""

    work: object
    score: float
    reasons: tuple = ()
    breaches: tuple = ()
