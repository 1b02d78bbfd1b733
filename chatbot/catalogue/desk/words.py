"""The fields of a work and their values, as operators read them."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Novel, Tag
from .differences import flat

OTHERS = {
    "tags": gettext_lazy("tags"),
    "names": gettext_lazy("other names"),
    "volume_rows": gettext_lazy("volumes as they are sold"),
}
MAX_SHOWN = 2000  # letters of one value


@dataclass(frozen=True)
class Difference:
    """A field and what it was and is, in words."""

    field: str
    label: str
    before: str
    after: str


def label_of(field):
    """What the form calls a field."""
    if field in OTHERS:
        return OTHERS[field]
    return next((one.verbose_name for one in Novel._meta.concrete_fields if one.name == field), field)


def differences_in_words(changed, tags=None):
    """[Difference] of {field: [before, after]}. `tags`: {slug: label}, where many are worded."""
    tags = tag_labels() if tags is None and "tags" in changed else tags
    return [
        Difference(field, label_of(field), shown_value(field, was, tags), shown_value(field, now, tags))
        for field, (was, now) in changed.items()
    ]


def differences_of_lines(changed, tags=None):
    """The same of {field of a line: [before, after]}, as importers tell it."""
    before, after = (
        flat({name: was or {} if name in ("titles", "synopsis") else was for name, (was, _now) in changed.items()}),
        flat({name: now for name, (_was, now) in changed.items()}),
    )
    differing = {name: [before.get(name), after[name]] for name in after if after[name] != before.get(name)}
    return differences_in_words(differing, tags)


def tag_labels():
    return {tag.slug: tag.label for tag in Tag.objects.all()}


def shown_value(field, value, tags=None):
    """One value as text."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field == "status" and value in Novel.Status.values:
        return str(Novel.Status(value).label)
    if field == "tags" and isinstance(value, dict):
        tags = tag_labels() if tags is None else tags
        return ", ".join(f"{tags.get(slug, slug)} {strength}" for slug, strength in sorted(value.items()))
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)[:MAX_SHOWN]
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)[:MAX_SHOWN]
    return str(value)[:MAX_SHOWN]
