"""How far a pick is from certain: what could not be checked, or only faintly holds. Pure.

The level of a pick follows from its caveats:

certain  it keeps all that was asked, everything asked for could be checked, and more speaks for it than renown;
likely   one thing that was asked for is weak or could not be checked, or only likeness speaks for it;
guess    it breaches something, two such things are weak, or nothing that was asked for speaks for it.

What was not asked for (a warning, the edition in the reader's language, a title of our own) is told but lowers nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..language.tag_relations import WARNINGS, implied_by
from ..language.wishes.circumstances import FULL
from ..language.wishes.wish import Wish
from ..language.words.subjects import is_known, tropes
from .candidates import Candidate, Reason
from .features import features_of
from .personalization import EDITIONS
from .scoring import MUCH
from .told import tellers_of

CERTAIN, LIKELY, GUESS = "certain", "likely", "guess"
OFTEN_TOGETHER = 0.5  # share of the works with one tag that carry the other, from which the one hints at the other
MIN_CARRIERS = 10  # works that must carry a tag for such a share to mean anything
MAX_CAVEATS = 4


@dataclass(frozen=True, slots=True)
class Certainty:
    """`level` as above; `caveats` are `Reason`s:

    faint    tag asked for that is only slightly there
    mood     tag of a mood asked for that is missing (`tags`: all that would have done)
    unmarked the heart of a wish, a subject that neither tag nor synopsis tells of
    much     tag of which little was asked for: there is much of it
    hoped    a limit hoped for that is not kept: status, volumes, year, edition or anime
    dated    "status" or "volumes": asked for, but the work goes on, so that it holds as of the year in `tags`
    hint     tag that was refused: not there, but often found with those in `tags`, which are
    warning  tag of a warning at full strength
    edition  language of the reader in which an edition is not known of
    unpublished  language of the reader in which there is no edition
    title    the Korean title is our own translation
    """

    level: str
    caveats: tuple[Reason, ...] = ()


def certainty_of(candidate: Candidate, wish: Wish, catalogue: CatalogueSnapshot, language: str) -> Certainty:
    weighty = [*_faint(candidate, wish), *_missed(candidate, wish, catalogue), *_dated(candidate, wish, catalogue)]
    weighty += _hints(candidate, wish, catalogue)
    warnings = [Reason("warning", tag) for tag in full_warnings(candidate.work)]
    caveats = [*warnings, *weighty, *_unasked(candidate.work, wish, language)]
    return Certainty(_level(candidate, wish, catalogue, weighty), tuple(caveats[: MAX_CAVEATS + len(warnings)]))


def full_warnings(work: Work) -> list[str]:
    """Warnings that a work carries at full strength, the gravest first: nobody is led to these unwarned."""
    return [tag for tag in WARNINGS if work.tags.get(tag, 0) >= FULL]


def lacks_edition(work: Work, language: str) -> bool:
    """Whether no edition in a language is known of a work that is not written in it."""
    return language in EDITIONS and (work.editions.get(language) or {}).get("known") is not True


def _level(candidate: Candidate, wish: Wish, catalogue: CatalogueSnapshot, weighty: list[Reason]) -> str:
    speaking = [reason for reason in candidate.reasons if reason.kind not in ("renown", "aside")]
    if candidate.breaches or len(weighty) > 1 or not speaking:
        return GUESS
    return LIKELY if weighty or _only_alike(candidate, speaking, catalogue) else CERTAIN


def _only_alike(candidate: Candidate, speaking: list[Reason], catalogue: CatalogueSnapshot) -> bool:
    """Whether all that speaks for it is likeness to works that the catalogue does not tie to it."""
    features = features_of(catalogue)
    return all(one.kind == "kin" and not features.near(one.value, candidate.work.slug) for one in speaking)


def _faint(candidate: Candidate, wish: Wish) -> Iterator[Reason]:
    asked = [*wish.required, *wish.named_tags]
    for tag in dict.fromkeys(asked):
        if candidate.work.tags.get(tag) == 1:
            yield Reason("faint", tag)


def _missed(candidate: Candidate, wish: Wish, catalogue: CatalogueSnapshot) -> Iterator[Reason]:
    work, hoped = candidate.work, wish.hoped()
    for tags in wish.leaning:
        if not work.tags.keys() & set(tags):
            yield Reason("mood", tags[0], tuple(tags))
    hearts = [one for one in wish.about if one in tropes() or not is_known(one)]
    yield from (Reason("unmarked", one) for one in hearts if work.slug not in tellers_of(one, catalogue))
    for tag, forms in wish.little_of.items():
        if any(work.tags.get(form, 0) >= MUCH for form in forms):
            yield Reason("much", tag)
    if hoped.status and work.status != hoped.status:
        yield Reason("hoped", "status")
    for kind in ("volumes", "year"):
        low, high, value = getattr(hoped, f"min_{kind}"), getattr(hoped, f"max_{kind}"), getattr(work, kind)
        if (low is not None and value < low) or (high is not None and value > high):
            yield Reason("hoped", kind)
    if hoped.edition and (work.editions.get(hoped.edition) or {}).get("known") is not True:
        yield Reason("hoped", "edition")
    if hoped.anime is not None and work.anime != hoped.anime:
        yield Reason("hoped", "anime")


def _dated(candidate: Candidate, wish: Wish, catalogue: CatalogueSnapshot) -> Iterator[Reason]:
    """What a work that goes on may have outgrown since the catalogue was written, as far as its newest work tells."""
    if candidate.work.status == "completed":
        return
    newest = str(int(features_of(catalogue).year.max()))
    if wish.max_volumes is not None:
        yield Reason("dated", "volumes", (newest,))
    elif wish.status:
        yield Reason("dated", "status", (newest,))


def _hints(candidate: Candidate, wish: Wish, catalogue: CatalogueSnapshot) -> Iterator[Reason]:
    features = features_of(catalogue)
    implied = set(implied_by(wish.unwanted))
    for refused in wish.unwanted:
        if refused in implied:
            continue
        shares = [(features.share(refused, tag), tag) for tag, strength in candidate.work.tags.items() if strength > 1]
        often = [(share, tag) for (share, carried), tag in shares if carried >= MIN_CARRIERS]
        share, tag = max(often, default=(0.0, ""))
        # What is common everywhere is no hint.
        if share >= max(OFTEN_TOGETHER, 2 * features.frequency(refused)):
            yield Reason("hint", refused, (tag,))


def _unasked(work: Work, wish: Wish, language: str) -> Iterator[Reason]:
    if wish.edition != language and lacks_edition(work, language):
        known = (work.editions.get(language) or {}).get("known")
        yield Reason("unpublished" if known is False else "edition", language)
    if language == "ko" and not work.title_ko_certain:
        yield Reason("title", "ko")
