"""ISBNs as lists write them: with hyphens, with ten digits, as Excel formulas, or other ids in their place."""

import re

WRAPPED = re.compile(r'^=?"?(.*?)"?$')
# Which language a book is in, by the group its ISBN begins with.
GROUPS = (("9780", "en"), ("9781", "en"), ("9798", "en"), ("9784", "ja"), ("97889", "ko"), ("97911", "ko"))


def isbn13(value):
    """The thirteen digits, or "" where `value` is no ISBN: an ASIN, a UUID, a wrong check digit."""
    text = WRAPPED.sub(r"\1", str(value or "").strip()[:40])
    digits = re.sub(r"[\s\-‐–]", "", text).upper()
    if re.fullmatch(r"\d{9}[\dX]", digits):
        return _from_ten(digits)
    if re.fullmatch(r"97[89]\d{10}", digits) and digits[12] == _check(digits[:12]):
        return digits
    return ""


def language_of(isbn):
    """ko, en or ja, or "" for a book in another language."""
    return next((language for group, language in GROUPS if isbn.startswith(group)), "")


def _from_ten(digits):
    weighed = sum((10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits))
    body = f"978{digits[:9]}"
    return body + _check(body) if weighed % 11 == 0 else ""


def _check(body):
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body)) % 10)
