"""What is stated, compared with the row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ....text.folding import key
from .corrections import MAX_CORRECTIONS, Correction
from .credits import credits_in
from .people import is_one_of, names_in
from .row import KnownWork
from .statements import IMPRINTS, Statement, statements_in
from .subjects import Mention, Sentence, sentences_of

Stretch = tuple[str, Sequence[Mention], KnownWork | None]  # words, what they name, and whose reason they are
REST_OF_WORD = re.compile("[가-힣]{1,6}|[a-z]{1,20}|[いおりますしたてるせんな]{1,6}")
CONTRADICTS = {
    "completed": ("ongoing", "hiatus"),
    "unfinished": ("completed",),
    "ongoing": ("completed",),
    "hiatus": ("completed", "ongoing"),
}


def corrections_in(
    stretches: Iterable[Stretch], authors: Mapping[str, str] | None = None, beside: Sequence[KnownWork] = ()
) -> list[Correction]:
    """What the stretches of a reply state otherwise than the rows. `authors`: the keys of all names of authors.
    `beside`: works that may be meant as well where a sentence does not name the one it speaks of; what is true of one of
    them is no mistake."""
    found: list[Correction] = []
    counted: list[str] = []
    stretches = list(stretches)
    only, named = _only_work(stretches), False
    for text, mentions, given in stretches:
        sentences = sentences_of(text, mentions, given, only, named_before=named)
        named = named or bool(mentions)
        for start, end, work, one, names_it in _statements(text, sentences, authors or {}):
            if not names_it and any(_ours(one, other) is None for other in beside if other.slug != work.slug):
                continue
            if (ours := _ours(one, work)) is not None and len(found) < MAX_CORRECTIONS:
                said = text[start:end]
                nth = sum(before.count(said) for before in counted) + text.count(said, 0, start)
                kind = "season" if one.kind == "next" else one.kind
                found.append(Correction(work.slug, kind, said, nth, ours, one.detail))
        counted.append(text)
    return found


def _only_work(stretches: Sequence[Stretch]) -> KnownWork | None:
    """The one work that a reply names; None where it names several, or one that is not known."""
    works = [mention.work for _, mentions, _ in stretches for mention in mentions]
    works += [given for _, _, given in stretches if given]
    return works[0] if works and works[0] and all(one and one.slug == works[0].slug for one in works) else None


def _statements(
    text: str, sentences: Iterable[Sentence], authors: Mapping[str, str]
) -> Iterator[tuple[int, int, KnownWork, Statement, bool]]:
    """(start, end, work, statement, whether its sentence names that work and no other)."""
    for sentence in sentences:
        for one in [*statements_in(sentence), *credits_in(sentence, text, authors)]:
            if work := sentence.subject(one.start, one.end, one.kind):
                named = {mention.work and mention.work.slug for mention in sentence.mentions}
                yield *_trimmed(text, sentence, one), work, one, sentence.given or named == {work.slug}


def _trimmed(text: str, sentence: Sentence, one: Statement) -> tuple[int, int]:
    """Where the words stand in the whole text: without the spaces and marks around them, up to the end of a word."""
    start, end = sentence.start + one.start, sentence.start + one.end
    if one.kind in ("status", "anime", "edition") and (rest := REST_OF_WORD.match(text, end)):
        end = rest.end()
    words = text[start:end]
    kept = words.strip(" \t*_,、:：()（）")
    start += words.find(kept) if kept else 0
    return start, start + len(kept)


def _ours(one: Statement, work: KnownWork) -> object:
    """What the row says where it differs from what is stated; None where it agrees or does not say."""
    match one.kind:
        case "volumes":
            return work.volumes if one.value != work.volumes else None
        case "status":
            return work.status if work.status in CONTRADICTS[str(one.value)] else None
        case "year":
            return work.year if one.value != work.year else None
        case "anime":
            return work.anime if one.value != work.anime else None
        case "edition":
            known = work.editions.get(one.detail)
            return known if known is not None and known != one.value else None
        case "season" | "next":
            return _last_volume(one, work)
        case "imprint":
            return work.imprint if _is_other_imprint(str(one.value), work.imprint) else None
        case "author":
            named = names_in(work.authors)
            return dict(work.authors) if named and _differs(str(one.value), named) else None
        case "illustrator":
            drawn = work.illustrators
            return {"ja": drawn} if drawn and _differs(str(one.value), drawn) else None
    return None


def _differs(said: str, names: Iterable[str]) -> bool:
    return is_one_of(said, names) is False


def _is_other_imprint(said: str, ours: str) -> bool:
    """Only of two imprints that we know by all their names it can be said that they differ."""
    known = re.split(r"[（(／/]", ours)[0].strip()
    return key(known) in {key(name) for name in IMPRINTS.values()} and key(said) != key(known)


def _last_volume(one: Statement, work: KnownWork) -> int | None:
    told = [each for each in work.adaptations if each.kind == "season" and str(each.number) == one.detail]
    if not told or not all(each.sure and each.to_volume for each in told):
        return None
    # Who goes on after a season may have to begin within its last volume.
    right = {each.to_volume for each in told}
    if one.kind == "next":
        right |= {volume + 1 for volume in right if volume and volume < work.volumes}
    return told[0].to_volume if one.value not in right else None
