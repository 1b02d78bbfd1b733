"""What other sites call a work: an id a site, by which lists from there find it without its title."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SITES = ("mal", "anilist", "anidb", "ranobedb", "bookwalker")
MAX_LENGTH = 40


def check_external_ids(value):
    """ValidationError unless `value` is {site: id}, each id a short text without spaces."""
    if not isinstance(value, dict) or not all(map(_is_id, value, value.values())):
        raise ValidationError(_("Expected an id as text for some of: %(sites)s.") % {"sites": ", ".join(SITES)})


def _is_id(site, value):
    return site in SITES and isinstance(value, str) and 0 < len(value) <= MAX_LENGTH and not set(value) & set(" \t\n\0")
