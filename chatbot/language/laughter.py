"""Laughter, tears and sighs around what a turn says: they ask for nothing and take nothing away from a request."""

import re

MIN_SAID = 4  # letters of what is said beside them
JAMO = "ㅋㅎㅠㅜ"
# Each run is taken whole: a long one is tried in one way only.
LEADS = re.compile(
    rf"^(?:[{JAMO}]{{2,}}+|(?:ha){{2,}}+h?\b|lo++l\b|lmf?ao++\b|草|[wｗ]{{2,}}+|[\s,.!~、。！…]++)++", re.IGNORECASE
)
ENDS = re.compile(
    rf"(?:[{JAMO}]{{2,}}+|\b(?:ha){{2,}}+h?|\blo++l|\blmf?ao++|[(（]?笑[)）]?|(?<![A-Za-z])[wｗ]++|[\s,~、…]++)++$",
    re.IGNORECASE,
)
LETTERS = re.compile(r"[가-힣ぁ-ヺ一-龥A-Za-z0-9]")


def without_laughter(text: str) -> str:
    """`text` without the laughter it begins and ends with, where it says something besides."""
    rest = ENDS.sub("", LEADS.sub("", text))
    return rest if len(LETTERS.findall(rest)) >= MIN_SAID else text
