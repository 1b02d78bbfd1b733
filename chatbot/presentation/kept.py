"""What a growing turn has shown once is not made anew for each poll: the page says what it has (`have`) and gets the
place of it only (static/js/kept.js)."""

from hashlib import blake2b

MAX_KEPT = 40  # digests a page may say to have


def have(said: str) -> frozenset[str]:
    """The digests in what a page says to have: `PresentedTurn.shown`, joined by dots."""
    return frozenset(said.split(".")[:MAX_KEPT])


def digest_of(shown: object) -> str:
    return blake2b(repr(shown).encode("utf-8", "replace"), digest_size=6).hexdigest()
