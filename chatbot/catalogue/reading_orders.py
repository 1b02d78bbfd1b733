"""In which order the books of a tangled series are read, and which of them can be skipped.

The row of the main work keeps the steps as a list of objects, in the order in which they are best read:
`{"title": {"ko", "en", "ja"}, "slug", "kind", "after", "skip"}`. `slug` is the row of a step that is on the shelf, the
main work itself among them, or "". `after` is the volume of the main work behind which a step is best read, or null
where it does not matter or is not known. `skip` is whether the main line can be followed without it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAIN = "main"
ANY = "any"  # the main line, where any volume will do
KINDS = {
    MAIN: _("Main line"),
    ANY: _("Main line, each volume complete in itself"),
    "side": _("Side story"),
    "retelling": _("The same story told anew"),
    "world": _("A story of its own in the same world"),
    "film": _("Film"),
    "web": _("Web novel"),
}
KEYS = {"title", "slug", "kind", "after", "skip"}
LANGUAGES = {"ko", "en", "ja"}
MAX_STEPS = 60


@dataclass(frozen=True, slots=True)
class Step:
    """One book, film or part of a series; see the fields of a row above."""

    title: dict[str, str]
    slug: str
    kind: str
    after: int | None
    skip: bool


def steps_from(rows: Iterable[dict[str, Any]]) -> tuple[Step, ...]:
    return tuple(Step(**row) for row in rows)


def check_steps(value: Any) -> None:
    """The model's check of the field. ValidationError says which step is wrong, and how."""
    if not isinstance(value, list) or len(value) > MAX_STEPS:
        raise ValidationError(_("This is not a list."))
    seen = set()
    for place, one in enumerate(value, 1):
        wrong = _wrong_in(one)
        if not wrong and one["title"]["ja"] in seen:
            wrong = _("said twice")
        if wrong:
            raise ValidationError(_("Number %(place)s: %(wrong)s"), params={"place": place, "wrong": wrong})
        seen.add(one["title"]["ja"])


def is_title(value: Any) -> bool:
    """Whether `value` is a title in each language."""
    is_by_language = isinstance(value, dict) and set(value) == LANGUAGES
    return is_by_language and all(isinstance(text, str) and text.strip() for text in value.values())


def _wrong_in(one: Any) -> Any:
    """What is wrong in one step, or ""."""
    if not isinstance(one, dict) or set(one) != KEYS:
        return _("not an object with title, slug, kind, after and skip")
    if not is_title(one["title"]):
        return _("the title is not in Korean, English and Japanese")
    if not isinstance(one["slug"], str):
        return _("the slug is no text")
    if not isinstance(one["kind"], str) or one["kind"] not in KINDS:
        return _("the kind is none of those there are")
    if one["after"] is not None and (type(one["after"]) is not int or one["after"] < 1):
        return _("after is neither empty nor 1 or more")
    if type(one["skip"]) is not bool or (one["skip"] and one["kind"] in (MAIN, ANY)):
        return _("skip is not true or false, or skips the main line")
    return ""
