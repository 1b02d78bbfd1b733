"""The ids by which a model points at candidates: slugs, in whatever spelling and wrapping it writes them."""

import re
import unicodedata

ID = r"[A-Za-z0-9][A-Za-z0-9-]{0,79}"
_IS_ID = re.compile(ID)


def is_id(text: str) -> bool:
    """Whether `text`, all of it, has the form of an id; of no matter which work."""
    return bool(_IS_ID.fullmatch(text))


def id_in(value: object) -> str:
    """The id that a JSON value holds, without the brackets and quotes around it; "" where it is none."""
    bare = value.strip(" []`\"'") if isinstance(value, str) else ""
    return bare if is_id(bare) else ""


def id_meant_by(token: str) -> str:
    """The id a model may have meant by `token`: any width and case, underscores and spaces for hyphens."""
    plain = token if token.isascii() else unicodedata.normalize("NFKC", token)
    return re.sub(r"[\s_‐‑-]+", "-", plain.strip().lower()).strip("-")
