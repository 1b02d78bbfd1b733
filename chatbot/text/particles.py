"""Korean particles that agree with the word before them: an id is written with one, a title shown with another."""

import re

from ..assistant.phrases.ko import LIQUID, final_of

_ALONE = r"(?![가-힣])"
AGREEING = re.compile(
    r"(?:을[(（]를[)）]|를[(（]을[)）])|(?:은[(（]는[)）]|는[(（]은[)）])|(?:이[(（]가[)）]|가[(（]이[)）])|(?:와[(（]과[)）]|과[(（]와[)）])"
    rf"|[(（]으[)）]로|(?:이에요|예요){_ALONE}|이라(?=[는면고서])|라(?=[는면고서])|(?:이나|나|이랑|랑){_ALONE}"
    rf"|(?:으로|로)(?=(?:는|도|만|서|서는|부터)?{_ALONE})|[과와](?=(?:는|도|의)?{_ALONE})|[은는을를이가]{_ALONE}"
)
# What each is written as behind a consonant and behind a vowel, by its first letter that tells.
FORMS = (
    ("이에요", "예요"),
    ("이라", "라"),
    ("이랑", "랑"),
    ("이나", "나"),
    ("으로", "로"),
    ("을", "를"),
    ("은", "는"),
    ("과", "와"),
    ("이", "가"),
)


def agreeing(word, text, place=0):
    """The particle at `place` in `text` as `word` asks for it, and where it ends; None where there is none."""
    found = AGREEING.match(text, place)
    if not found or not word:
        return None
    written = re.sub(r"[(（].[)）]", "", found[0]) if found[0][0] not in "(（" else "로"
    closed, opened = next(pair for pair in FORMS if written in pair)
    final = final_of(word)
    is_closed = final and not (closed == "으로" and final == LIQUID)
    return (closed if is_closed else opened), found.end()
