"""Names readers choose: letters of any script, drawn and compared the same everywhere."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORTEST = 2
MAX_LENGTH = 150
ALLOWED = re.compile(r"[\w.+-]+")
# Letters by their category that draw nothing: a name made of them could not be told from another.
UNSEEN = re.compile("[\u115f\u1160\u3164\uffa0]")


def normal(username):
    """The one form a name is kept and looked up in. Small letters, because the database's own folding knows ASCII only
    in SQLite: so `unique` on the column is enough, for every script and against two sign-ups at once."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username).lower())


def clean(username):
    """The normal form of a name, or a ValidationError that says what is wrong with it."""
    username = normal(username.strip())
    if not ALLOWED.fullmatch(username) or UNSEEN.search(username) or not any(map(str.isalnum, username)):
        raise ValidationError(_("A username has letters and digits of any language, and . + - _ between them."))
    if len(username) < SHORTEST:
        raise ValidationError(_("A username has at least two letters."))
    if len(username) > MAX_LENGTH:
        raise ValidationError(_("A username has at most 150 letters."))
    return username
