"""What a work is about, as half a sentence that others are made with.

In Korean and Japanese it stands before a noun ("…를 손님으로 맞는" 이야기, "…を客に迎える" 物語), in English it is a clause
("a village barber takes the risen demon lord as a customer"). A row keeps it by language; one that is missing is not told.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_LENGTH = {"ko": 60, "ja": 60, "en": 110}
# What would end the sentence that it is put into, or be read as a title or a mark in it.
ENDS = re.compile(r"[.。!?！？\n『』\[\]*_`<>#|\\]")


def check_premise(value: Any) -> None:
    """The model's check of the field."""
    if not isinstance(value, dict) or set(value) - set(MAX_LENGTH):
        raise ValidationError(_("This is not a text by language: ko, en, ja."))
    for code, text in value.items():
        check_length(code, text, MAX_LENGTH[code])
        if ENDS.search(text):
            raise ValidationError(_("%(code)s: half a sentence has no full stop and no marks."), params={"code": code})


def check_length(where: str, text: Any, most: int) -> None:
    """ValidationError where `text` is none, or has more than `most` characters."""
    if not isinstance(text, str) or not text.strip() or len(text) > most:
        raise ValidationError(_("%(code)s: 1 to %(most)s characters are needed."), params={"code": where, "most": most})
