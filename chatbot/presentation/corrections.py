"""What the catalogue says where a reply states otherwise, in the language of the page."""

# mypy: allow-untyped-calls

from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from ..assistant.grounding.facts import Correction
from ..catalogue.models import Novel, in_language

KINDS = {
    "volumes": gettext_lazy("volumes"),
    "status": gettext_lazy("status"),
    "year": gettext_lazy("first year"),
    "author": gettext_lazy("author"),
    "illustrator": gettext_lazy("illustrator"),
    "imprint": gettext_lazy("imprint"),
    "anime": gettext_lazy("anime"),
    "edition": gettext_lazy("edition"),
    "season": gettext_lazy("anime to volume"),
}


def mark_of(correction: Correction) -> str:
    """ "on our shelf: 18 volumes", as it stands behind the words that say otherwise."""
    return _("on our shelf: %(fact)s") % {"fact": fact_of(correction)}


def fact_of(correction: Correction) -> str:
    """What the catalogue said when the reply ended. What is kept has come through a database: it may be anything."""
    value = correction.catalogue
    match correction.kind:
        case "volumes" if isinstance(value, int):
            return ngettext("%(count)s volume", "%(count)s volumes", value) % {"count": value}
        case "status" if value in Novel.Status.values:
            return str(Novel.Status(value).label).lower()
        case "year":
            return _("begun in %(year)s") % {"year": value}
        case "anime":
            return _("has an anime") if value else _("no anime")
        case "edition" if correction.detail == "ko":
            return _("a Korean edition is known") if value else _("no Korean edition is known")
        case "edition":
            return _("an English edition is known") if value else _("no English edition is known")
        case "season":
            return _("to volume %(volume)s") % {"volume": value}
    return _names(value)


def _names(value: Any) -> str:
    if isinstance(value, dict):
        value = in_language(value, get_language())
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
