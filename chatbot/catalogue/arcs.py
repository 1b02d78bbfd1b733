"""The parts of a work that readers ask for by name: arcs and volumes with names of their own.

A row keeps them in the order of its volumes: `{"title": {"ko", "en", "ja"}, "names": [...], "from": 9, "to": 18}`. `names`
is what else readers call it; `from` and `to` are its first and last volume, in the numbering of the row. `"anew": true`
stands where the books of a part are numbered from 1 by themselves: then these are its own numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..text.folding import key
from .reading_orders import is_title

KEYS, OPTIONAL = {"title", "names", "from", "to"}, {"anew"}
MAX_ARCS = 60


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of a work; `keys` are those of all its names."""

    title: dict[str, str]
    names: tuple[str, ...]
    first: int
    last: int
    anew: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(filter(None, map(key, (*self.title.values(), *self.names))))


def arcs_from(rows: Iterable[dict[str, Any]]) -> tuple[Arc, ...]:
    return tuple(Arc(row["title"], tuple(row["names"]), row["from"], row["to"], row.get("anew", False)) for row in rows)


def check_arcs(value: Any) -> None:
    """The model's check of the field. ValidationError says which part is wrong, and how."""
    if not isinstance(value, list) or len(value) > MAX_ARCS:
        raise ValidationError(_("This is not a list."))
    for place, one in enumerate(value, 1):
        if wrong := _wrong_in(one):
            raise ValidationError(_("Number %(place)s: %(wrong)s"), params={"place": place, "wrong": wrong})


def _wrong_in(one: Any) -> Any:
    """What is wrong in one part, or ""."""
    if not isinstance(one, dict) or set(one) - OPTIONAL != KEYS:
        return _("not an object with title, names, from and to")
    names = one["names"]
    if not is_title(one["title"]):
        return _("the title is not in Korean, English and Japanese")
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        return _("the names are no list of texts")
    first, last = one["from"], one["to"]
    if type(first) is not int or type(last) is not int or not 1 <= first <= last:
        return _("from and to are no volumes in their order")
    if type(one.get("anew", False)) is not bool:
        return _("anew is not true or false")
    return ""
