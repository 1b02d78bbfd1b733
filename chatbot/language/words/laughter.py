"""Laughter, tears and sighs around what a turn says: they ask for nothing and take nothing away from a request."""

import re

MIN_SAID = 4  # letters of what is said beside them
JAMO = "ㅋㅎㅠㅜ"
# Each run is taken whole: a long one is tried in one way only.
LEADS = re.compile(
    rf"^(?:[{JAMO}]{{2,}}+|(?:ha){{2,}}+h?\b|lo++l\b|lmf?ao++\b|草(?![ぁ-ヺ一-龥])|[wｗ]{{2,}}+|[\s,.!~、。！…]++)++",
    re.IGNORECASE,
)
ENDS = re.compile(
    rf"(?:[{JAMO}]{{2,}}+|\b(?:ha){{2,}}+h?|\blo++l|\blmf?ao++|[(（]?笑[)）]?|(?<![A-Za-z])[wｗ]++|[\s,~、…]++)++$",
    re.IGNORECASE,
)
# Between what is said it ends a sentence, as writers who laugh leave out the stop.
WITHIN = re.compile(
    rf"(?:\s*[{JAMO}]{{2,}}+|(?<=[네요다죠지냐음임함까어아])\s?[{JAMO}](?=\s)|\s+(?:(?:ha){{2,}}+h?|lo++l|lmf?ao++)(?![A-Za-z'])|[(（]笑[)）]|(?<=[ぁ-ヺー])[笑草](?=\s)"
    rf"|(?<=[ぁ-ヺー一-龥])[wｗ]++(?=[\sぁ-ヺ一-龥]))(?P<stop>[\s.,!~、。！…]*)",
    re.IGNORECASE,
)
LETTERS = re.compile(r"[가-힣ぁ-ヺ一-龥A-Za-z0-9]")
ENDS_WORD = re.compile(r"[わよねなぞぜただるいすん]$")  # letters with which a Japanese sentence may end
MIN_SENTENCE, MIN_LATIN_SENTENCE = 4, 7  # letters before a laugh that may be a sentence


def without_laughter(text: str) -> str:
    """`text` without the laughter around and between what it says, where it says something besides."""
    rest = WITHIN.sub(_stop, ENDS.sub("", LEADS.sub("", text)))
    return rest if len(LETTERS.findall(rest)) >= MIN_SAID else text


def _stop(found: re.Match[str]) -> str:
    """What stands in place of a laugh: itself where a mark ends it, else a stop where it may end a sentence."""
    if found["stop"].strip():
        return found[0]
    before = found.string[: found.start()]
    least = MIN_LATIN_SENTENCE if before.isascii() else MIN_SENTENCE
    runs_on = ENDS_WORD.search(before) and not found["stop"] and found[0].strip()[:1] in "wｗ"  # 「読んだわw秀吉は」
    ends = (found["stop"] or runs_on) and len(LETTERS.findall(before)) >= least
    return ". " if ends else found["stop"] or " "
