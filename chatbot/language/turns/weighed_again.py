"""Works that were held against each other, weighed once more by what the reader now says they love: "i like evil leads
more", "난 반전 있는 게 좋은데", 「主人公が悪役なのが好き」. It is said which of them that makes it; no other book is wished for.
"""

from dataclasses import replace

from ..acts import Act, ReadTurn
from ..words.cue_book import CueBook, plain
from ..words.mentions import REFUSALS
from . import act_parts
from .act_parts import Reader

BOOK = CueBook("weighed_again")


def weighed_again(reader: Reader) -> ReadTurn | None:
    """The turn as the comparison that came right before it, by what is loved."""
    if Act.COMPARE not in reader.dialogue.acts:
        return None
    before = next((part for part in reader.dialogue.asked if part.act is Act.COMPARE), None)
    lower = plain(reader.text)
    if not before or len(before.works) < 2 or not {*reader.parsed_works} <= {*before.works}:
        return None
    if not BOOK.has("loves", lower) or BOOK.has("others", lower) or act_parts.BOOK.has("recommends", lower):
        return None
    loved = [one for one in reader.parsed.mentions if one.kind in ("tag", "about") and one.stance not in REFUSALS]
    tags = [value for one in loved if one.kind == "tag" for value in one.values]
    if not tags:
        return None
    detail = {name: held for name, held in before.detail.items() if name not in ("by", "claim", "has")}
    return ReadTurn((replace(before, text=reader.text, detail={**detail, "by": tags[:1], "loved": True}),), "")
