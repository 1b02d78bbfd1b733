"""What is in a work, how much of it, and whom it therefore suits."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence

from ...catalogue.snapshot import Work
from ...language.asking import asked
from ...language.asking.traits import traits_in
from ...language.tag_relations import (
    FEMALE_LEAD,
    HARD_TO_BEAR,
    HAREM,
    HEAVY_READS,
    LOVE,
    NEVER_FOR_MINORS,
    NEVER_FOR_TEENS,
    OF_TONE,
    ROMANCE,
    UNFIT_FOR_CHILDREN,
    UNFIT_FOR_TEENS,
    UNSAID,
)
from ...language.words.subjects import works_about
from .kinds import main_tags
from .telling import LONG, STRONG, Telling, content_note

PUPIL = 11  # taken for the age of a child of whom none is told: notes have a pupil of a middle school from twelve on
MIDDLE_TEEN = 15  # taken for the age of a teenager of whom none is told
TOO_EARLY = 3  # years before the age that a note recommends, from which on a book is not for a reader yet
CHILD, TEEN, ADULT = 12, 17, 18  # ages: the last of a child, the last of a teenager, the first of a grown-up
# Whom a book may be for, by other words for them.
SAME_AUDIENCE = {
    **dict.fromkeys(("children", "kid", "kids", "pupil", "elementary", "daughter", "son", "family"), "child"),
    **dict.fromkeys(("teenager", "teens", "student", "middle-school", "high-school"), "teen"),
    **dict.fromkeys(("mother", "father", "mum", "mom", "dad", "grandmother", "grandfather"), "parent"),
    **dict.fromkeys(("newcomer", "first-time", "novice"), "beginner"),
}
# Whom a book is meant for by the way a question is put.
PUT_AS = {"child": "child", "school": "school", "fear": "fear"}


def warnings(telling: Telling) -> Iterator[str]:
    """All of them, or what was asked for by name; to whoever worries for somebody, whether it suits them."""
    tags = telling.asked_tags() or [one for one in telling.named_tags if telling.reply.group(one) == "warnings"]
    if tags:
        yield from _of_tags(telling, tags)
    if telling.is_put("fear", "child", "school"):
        yield from suits(telling)
    elif tags:
        return
    elif telling.facts.warnings:
        yield from telling.by_strength("warnings", telling.facts.warnings)
        yield telling.tell("warnings-only")
    else:
        yield telling.tell("warnings-none")
        return
    if telling.is_put("amount"):
        yield telling.tell("warnings-degree")


def content(telling: Telling) -> Iterator[str]:
    """What is asked to be in it, each once: by its tags, or by what else the row tells."""
    traits = traits_in(telling.text)
    for trait in traits:
        yield from OF_TRAITS[trait](telling)
    if tags := telling.asked_tags():
        yield from _of_tags(telling, tags)
    elif not traits:
        yield from warnings(telling)


def mood(telling: Telling) -> Iterator[str]:
    """Bright or dark by its tone, and what stands out in it, once."""
    if "mood" in telling.told:
        return
    telling.told.add("mood")
    sides = {slug: given for slug in OF_TONE if (given := telling.work.tags.get(slug, 0)) >= STRONG}
    if sides and not telling.work.tone:  # in the middle by its tone, but not by its tags
        telling.told_tags.update(sides)
        yield from telling.by_strength("content", sides)
    else:
        yield telling.tell(f"mood-{TONES[telling.work.tone]}")
    clear = [slug for slug, given in telling.facts.tags.items() if telling.reply.group(slug) == "tone"]
    clear = [slug for slug in clear if telling.work.tags[slug] >= STRONG and slug not in {*telling.told_tags, *OF_TONE}]
    if clear and telling.is_alone:
        telling.told_tags.update(clear[:2])
        yield telling.tell("mood-of", things=telling.things(clear[:2]))


def _episodic(telling: Telling) -> Iterator[str]:
    """Noted of those that are; of others nothing is."""
    is_so = telling.work.slug in works_about(telling.reply.catalogue).get("episodic", ())
    yield telling.tell("episodic" if is_so else "episodic-unknown")


def _meant_for(telling: Telling) -> Iterator[str]:
    """For whom of the two it is meant is noted of none; who leads it may be."""
    yield telling.tell("meant-for")
    if telling.work.tags.get(FEMALE_LEAD, 0) >= STRONG:
        yield telling.tell("gender-female")


def _cast(telling: Telling) -> Iterator[str]:
    """Who appears is listed of none; a heroine is noted, and a harem."""
    heroine = telling.work.tags.get(FEMALE_LEAD, 0)
    if heroine:
        yield telling.tell("gender-female" if heroine >= STRONG else "gender-mixed")
    else:
        yield telling.tell("cast")
    if HAREM not in telling.asked_tags() and telling.work.tags.get(HAREM, 0) >= STRONG:
        yield from _of_tags(telling, [HAREM])


OF_TRAITS: dict[str, Callable[[Telling], Iterator[str]]] = {
    "episodic": _episodic,
    "meant-for": _meant_for,
    "mood": mood,
    "cast": _cast,
}

TONES = {-2: "darkest", -1: "darker", 0: "even", 1: "brighter", 2: "brightest"}


def _of_tags(telling: Telling, tags: Sequence[str]) -> Iterator[str]:
    tags = [slug for slug in tags if slug not in telling.told_tags]
    if LOVE & {*tags}:
        tags = [slug for slug in tags if slug != ROMANCE]  # whose love it is was named
    if not tags:
        return
    if sides := [slug for slug in tags if slug in OF_TONE]:
        yield from mood(telling)
        plain = [slug for slug in sides if telling.strength_of(slug) < STRONG or telling.work.tone * OF_TONE[slug] > 0]
        tags = [slug for slug in tags if slug not in plain and slug not in telling.told_tags]
    telling.told_tags.update(tags)
    if len(tags) == 1 and telling.reply.group(tags[0]) == "hero" and telling.strength_of(tags[0]):
        yield telling.tell("content-hero", kind=telling.say.kind_of_book([telling.reply.words(tags[0])], []))
        return
    strengths = {slug: telling.strength_of(slug) for slug in tags}
    warned = {slug: given for slug, given in strengths.items() if given and telling.reply.group(slug) == "warnings"}
    yield from telling.by_strength("warnings", warned)
    if warned and telling.is_put("amount"):
        yield telling.tell("warnings-degree")
    rest = {slug: given for slug, given in strengths.items() if telling.reply.group(slug) != "warnings"}
    if unsaid := [slug for slug, given in rest.items() if slug in UNSAID and not given]:
        strengths = {slug: given for slug, given in strengths.items() if slug not in unsaid}
        rest = {slug: given for slug, given in rest.items() if slug not in unsaid}
        if not telling.has_told("characters"):
            yield telling.tell("characters")
    told = {slug: word for slug, given in rest.items() if not given and (word := telling.in_synopsis(slug))}
    yield from telling.by_strength("content", {slug: rest[slug] for slug in rest if slug not in told}, least=0)
    if told:
        yield telling.tell("content-text", things=telling.say.listing([*told.values()][:2]))
    if unlisted := [slug for slug in strengths if slug not in warned and slug not in rest]:
        # The catalogue lists what somebody noticed: that it lists nothing is no promise.
        things = telling.say.either([telling.reply.words(slug).thing for slug in unlisted])
        yield telling.tell("warnings-0", things=things)


def suits(telling: Telling) -> Iterator[str]:
    """The verdict first, then what speaks against it, or what there is to know."""
    if telling.wants("dislikes") and telling.named_tags:
        yield from _despite(telling)
        return
    audience, age = _audience(telling)
    if not (audience or age) and telling.wants("age"):
        yield from _from_which_age(telling)
        return
    if audience == "beginner":
        yield from _suits_beginner(telling)
        return
    who = _who(telling, audience, age)
    if age < ADULT if age else audience in ("child", "teen", "school"):
        pupil = asked.pupil_in(telling.text)
        yield from _suits_young(telling, who, age or pupil or (PUPIL if audience == "child" else MIDDLE_TEEN))
    elif audience == "fear" and (spoken := against(telling.work, HARD_TO_BEAR)):
        yield telling.tell("suits-no", who=who, things=telling.things(spoken))
    elif strong := [slug for slug, given in telling.facts.warnings.items() if given >= STRONG]:
        yield telling.tell("suits-adult", things=telling.things(strong))
    else:
        yield telling.tell("suits-fine", who=who)


def _suits_young(telling: Telling, who: str, age: int) -> Iterator[str]:
    """By the tags that leave a work out for an age, and by the age from which the note on what is in it recommends it."""
    is_child = age <= CHILD
    never = NEVER_FOR_MINORS if is_child else NEVER_FOR_TEENS
    spoken = against(telling.work, UNFIT_FOR_CHILDREN if is_child else UNFIT_FOR_TEENS)
    if is_child and not spoken:
        spoken = [slug for slug, given in telling.facts.tags.items() if slug in HEAVY_READS and given > STRONG]
    noted = asked.from_age(content_note(telling.work)) or 0
    is_faint, is_grave = _is_faint(telling, spoken, never), bool({*spoken} & {*never})
    early, is_fit = noted - age, 0 < noted <= age
    things = telling.things(spoken or telling.facts.warnings)
    if early > 0 and not (spoken and (early >= TOO_EARLY or is_grave)):
        yield telling.tell("suits-not-yet" if early >= TOO_EARLY else "suits-early", who=who)
    elif is_fit and is_faint:
        yield telling.tell("suits-noted-fine", who=who)
    elif spoken and early < TOO_EARLY and (is_faint or (is_fit and not is_grave)):
        yield telling.tell("suits-careful", who=who, things=things)
    elif spoken:
        yield telling.tell("suits-no", who=who, things=things)
        if is_child and not noted and not against(telling.work, UNFIT_FOR_TEENS):
            yield telling.tell("suits-later")
    elif telling.facts.warnings:
        yield telling.tell("suits-careful", who=who, things=things)
    else:
        yield telling.tell("suits-fine", who=who)


def is_of_young(telling: Telling) -> bool:
    """Whether it is asked for a child or a teenager."""
    audience, age = _audience(telling)
    return age < ADULT if age else audience in ("child", "teen", "school") or telling.wants("age")


def _is_faint(telling: Telling, tags: Sequence[str], never: Container[str]) -> bool:
    """Whether all of `tags` is only touched on, and none of what is `never` given."""
    return all(telling.work.tags[slug] < STRONG and slug not in never for slug in tags)


def _from_which_age(telling: Telling) -> Iterator[str]:
    """No rating is known; what the tags speak of tells about how old one should be."""
    if spoken := against(telling.work, UNFIT_FOR_TEENS):
        yield telling.tell("age-adult", things=telling.things(spoken[:2]))
    else:
        yield telling.tell("age-teen" if against(telling.work, UNFIT_FOR_CHILDREN) else "age-child")


def _despite(telling: Telling) -> Iterator[str]:
    """Whether it may please who does not care for something: by how much of that there is, and what else it has."""
    disliked = telling.named_tags[:2]
    most = max(telling.strength_of(slug) for slug in disliked)
    yield telling.tell(f"despite-{most}", things=telling.things(disliked))
    if most >= STRONG and (rest := [slug for slug in main_tags(telling.reply, telling.facts) if slug not in disliked]):
        yield telling.tell("despite-for", things=telling.things(rest[:2]))


def _audience(telling: Telling) -> tuple[str, int | None]:
    """Whom it is for: a word of `works.who` and an age, as far as they are said."""
    audience = str(telling.detail.get("audience") or "")
    audience = SAME_AUDIENCE.get(audience, audience)
    age = telling.detail.get("age")
    known = age if isinstance(age, int) and not isinstance(age, bool) and age > 0 else asked.age_in(telling.text)
    if not known and audience in ("", "other"):
        audience = next((one for one, way in PUT_AS.items() if telling.is_put(way)), audience)
    audience = audience or telling.reply.wish.audience
    return audience, known


def against(work: Work, table: dict[str, int]) -> list[str]:
    """The tags of a work that `table` leaves out from a strength on, the gravest first."""
    found = [slug for slug in table if work.tags.get(slug, 0) >= table[slug]]
    return sorted(found, key=lambda slug: -work.tags[slug])


def _suits_beginner(telling: Telling) -> Iterator[str]:
    if telling.work.volumes >= LONG:
        yield telling.tell("suits-beginner-long", volumes=telling.work.volumes)
    elif not telling.facts.warnings:
        yield telling.tell("suits-beginner-yes", volumes=telling.work.volumes)
    if telling.facts.warnings:
        yield from telling.by_strength("warnings", telling.facts.warnings)


def _who(telling: Telling, audience: str, age: int | None) -> str:
    if age:
        return telling.say.part("works.age", age=age) if age < ADULT else telling.say.part("works.who.adult")
    return telling.say.part(f"works.who.{audience}" if telling.say.has(f"works.who.{audience}") else "works.who.other")
