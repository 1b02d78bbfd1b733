"""What a well-read librarian knows of a work and no column says: how it reads, what its people are like, how hard it is.

A row keeps the notes by kind and language, `{"feel": {"ko", "en", "ja"}}`: one or two sentences each that stand as an
answer without the work's title, and that tell nothing beyond what its first volume gives away.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .premises import check_length

KINDS = {
    "feel": _("How it reads"),
    "people": _("Who is in it"),
    "love": _("Love in it"),
    "content": _("What may be hard to bear"),
    "reading": _("How hard it is to read"),
    "anime": _("Books and anime"),
}
MAX_LENGTH = {"ko": 160, "ja": 160, "en": 280}
MARKS = re.compile(r"[\n\r『』「」\[\]*_`<>#|\\\"]")  # what would be read as a title or a mark


def check_notes(value: Any) -> None:
    """The model's check of the field. ValidationError says which note is wrong, and how."""
    if not isinstance(value, dict) or set(value) - set(KINDS):
        raise ValidationError(_("Notes are kept by kind: %(kinds)s."), params={"kinds": ", ".join(KINDS)})
    for kind, texts in value.items():
        if not isinstance(texts, dict) or set(texts) != set(MAX_LENGTH):
            raise ValidationError(_("%(kind)s: a text in each language is needed: ko, en, ja."), params={"kind": kind})
        for code, text in texts.items():
            where = f"{kind}, {code}"
            check_length(where, text, MAX_LENGTH[code])
            if MARKS.search(text):
                raise ValidationError(_("%(where)s: a note has no marks and no line breaks."), params={"where": where})
