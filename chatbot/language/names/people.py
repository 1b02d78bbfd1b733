"""Works that the name of one of their people points at."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ...catalogue.snapshot import CatalogueSnapshot
from ...catalogue.snapshot_cache import cached_per_snapshot
from ...text.folding import key
from ..acts import Act, ActPart, Dialogue, Question
from ..asking import particulars

NAME = re.compile(r"[ァ-ヺー]{2,}|[一-龥々]{2,}|[가-힣]{2,}|[A-Za-z]{4,}")
MIN_NAME = 2  # letters of a name that another letter may follow: 루데우스는
MAX_CHAT = 8  # letters of what is hardly a title beside the permission to tell an ending
MOST_TOLD = 2  # works that tell of somebody; of more it is a word and no name
OF_PEOPLE = frozenset((Question.ENDING, Question.CHARACTERS, Question.OTHER, Question.OVERVIEW))


def pointed_by_name(
    parts: Iterable[ActPart], dialogue: Dialogue, catalogue: CatalogueSnapshot, *, names_work: bool
) -> tuple[ActPart, ...]:
    """`parts`, of which a question about somebody of one of the works spoken of is about that work. `names_work`:
    whether the turn names a work itself."""
    known = tuple(dict.fromkeys((*dialogue.spoken, *dialogue.last_picks, *dialogue.earlier)))
    return tuple(part if names_work else _bound(part, known, dialogue, catalogue) for part in parts)


def _bound(part: ActPart, known: Sequence[str], dialogue: Dialogue, catalogue: CatalogueSnapshot) -> ActPart:
    said = str(part.detail.get("unknown") or "")
    if part.act is not Act.ABOUT or not known:
        return part
    if said and len(key(said)) <= MAX_CHAT and particulars.is_put(part.text, "spoilers"):  # "then tell me", no title
        return replace(part, works=dialogue.spoken, detail={k: v for k, v in part.detail.items() if k != "unknown"})
    if said or not OF_PEOPLE & {*part.questions}:
        return part
    work = work_of_person(part.text, known, catalogue)
    return replace(part, works=(work,)) if work else part


def work_of_person(text: str, known: Sequence[str], catalogue: CatalogueSnapshot) -> str:
    """The one of `known` (slugs) that tells of somebody named in `text`, or ""."""
    told = _told(catalogue)
    for name in _names(text):
        tell = [slug for slug, story in told.items() if name in story]
        found = [slug for slug in known if slug in tell]
        if len(found) == 1 and len(tell) <= MOST_TOLD:
            return found[0]
    return ""


def _names(text: str) -> Iterator[str]:
    """What may be a name, in small letters; of Korean words without what may be a particle, the longest first."""
    for match in NAME.finditer(text):
        word = match[0].lower()
        shortest = MIN_NAME if "가" <= word[0] <= "힣" else len(word)
        yield from (word[:end] for end in range(len(word), shortest - 1, -1))


@cached_per_snapshot
def _told(catalogue: CatalogueSnapshot) -> dict[str, str]:
    """Slug to the synopses of a work, in small letters."""
    return {work.slug: "\n".join(work.synopses.values()).lower() for work in catalogue.works}
