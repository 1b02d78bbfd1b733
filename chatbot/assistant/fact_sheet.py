"""What a model is told of a work: facts of the catalogue under short names, ready to stand as JSON on the desk.

A candidate is told by what a choice needs; a work that is asked about by all that is known; one that was spoken of
before by what a conversation needs to go on. Only a candidate has an id: nothing else can be offered by it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import translation

from ..catalogue.adaptations import NOTES, PART_END, Adaptation
from ..catalogue.arcs import Arc
from ..catalogue.facts import WorkFacts, facts_of
from ..catalogue.models import in_language
from ..catalogue.reading_orders import Step
from ..catalogue.snapshot import Work
from ..catalogue.volumes import Coming
from ..language.acts import Act
from ..language.names.makers import KINDS
from ..language.names.readings import read_as
from ..language.tag_relations import BONDS_OF_THEIR_OWN, DIVISIVE, WARNINGS
from ..language.topics import Topic, TopicKind
from ..language.words import elsewhere
from ..recommender.candidates import Candidate, LeftOut, Reason
from ..recommender.descriptions import Found
from ..text.cleaning import HAN, HANGUL, KANA
from . import Brief, phrases

Sheet = dict[str, Any]

MAX_PLOT = {"ko": 130, "ja": 130, "en": 260}  # characters, where a plot is one of several
LIKELY = 0.3  # share of a work found from which on it is likely to be the one
MAX_NAMES = 4  # other names a work is known by
MAX_TAGS = 6  # of a work that is not asked about
REFUSED_BY_MANY = {*DIVISIVE, *BONDS_OF_THEIR_OWN}
MAX_OWN = 10  # works of the reader's own that are named of a kind
BESIDE = (
    "volumes",
    "year",
    "status",
    "anime",
    "edition",
    "suits",
    "renown",
)  # reasons that the facts tell, or all have
LANGUAGES = ("ko", "en")  # of editions beside the Japanese
LETTERS = {"ko": HANGUL, "ja": re.compile(f"{KANA.pattern}|{HAN.pattern}"), "en": re.compile(r"^[ -~]+$")}


# --- A candidate ---------------------------------------------------------------------------------------------------


def of_candidate(candidate: Candidate, brief: Brief) -> Sheet:
    work, language = candidate.work, brief.language
    tags = _strongest(work)
    sheet: Sheet = {
        "id": work.slug,
        "title": work.titles[language],
        "by": ", ".join(authors_of(work, language)),
        "facts": _in_short(work) + (f", {work.imprint}" if language == "ja" and work.imprint else ""),
        "tags": " ".join([*tags, *_beside(work, tags)]),
    }
    if warnings := facts_of(work, brief.catalogue).warnings:
        sheet["warnings"] = _weighed(warnings)
    if language in LANGUAGES or brief.wish.taste.get("level"):
        sheet["editions"] = _editions_in_short(work)
    sheet["plot"] = shortened(_plot(work, language), MAX_PLOT[language])
    if "content" in work.notes and (brief.wish.audience or brief.wish.gentle or _may_trouble(work)):
        sheet["content"] = in_language(work.notes["content"], language)
    if fits := [told for reason in candidate.reasons if (told := _told(reason, brief, tags))]:
        sheet["fits"] = "; ".join(fits)
    if candidate.breaches:
        sheet["breaches"] = "; ".join(_as_told(breach, language) for breach in candidate.breaches)
    return sheet


def _beside(work: Work, tags: Sequence[str]) -> list[str]:
    """What many refuse, with its strength, where it is not among the `tags` told."""
    return [f"{tag} {work.tags[tag]}" for tag in sorted(REFUSED_BY_MANY) if tag in work.tags and tag not in tags]


def _may_trouble(work: Work) -> bool:
    """Whether a work is dark, or has what somebody would rather be told of before they begin it."""
    return work.tone < 0 or bool({*WARNINGS, *DIVISIVE} & work.tags.keys())


def _told(reason: Reason, brief: Brief, tags: Sequence[str]) -> str:
    """A reason of the choice, unless the facts beside it, such as the `tags`, say as much."""
    if reason.kind in ("kin", "author", "series") and (liked := brief.catalogue.by_slug.get(reason.value)):
        shared = f" by {' '.join(reason.tags)}" if reason.tags else ""
        return f"{reason.kind} of {liked.titles['en']}{shared}"
    if reason.kind in BESIDE or (reason.kind == "tag" and reason.value in tags):
        return ""
    if reason.kind == "elsewhere":
        return f"has of what they named and we lack: {' '.join(reason.tags)}"
    return _as_told(reason, brief.language)


def _as_told(reason: Reason, language: str) -> str:
    value = read_as(reason.value, language) if reason.kind in KINDS else reason.value
    return f"{reason.kind}: {value}"


# --- A work that is spoken of --------------------------------------------------------------------------------------


def of_work(facts: WorkFacts, brief: Brief) -> Sheet:
    """All that is known of a work. What is missing here is not known."""
    work, language = facts.work, brief.language
    sheet = {
        "title": work.titles[language],
        "original": work.titles["ja"] if language != "ja" else "",
        "english": work.titles["en"] if language != "en" else "",
        "also called": _other_names(work, language),
        "by": ", ".join(authors_of(work, language)),
        "illustrated by": ", ".join(read_as(one, language) for one in work.illustrators),
        "imprint": read_as(work.imprint, language),
        "year": work.year,
        "volumes": work.volumes,
        "status": work.status,
        "editions": _editions(work),
        "anime": _anime(work, language),
        "tags": _weighed(facts.tags),
        "warnings": _weighed(facts.warnings) or "none noted",
        "renown": f"{work.renown} of 100",
        "plot": _plot(work, language),
        "notes": {kind: in_language(texts, language) for kind, texts in work.notes.items()},
        "named parts": [_arc(arc, language) for arc in work.arcs],
        "series": [] if facts.order else [_member(one.kind, one.title_ja, one.work, language) for one in facts.series],
        "others by the author here": [_named(other, language) for other in facts.others] or "none",
        "reading order": [_step(step, language) for step in facts.told_order],
        "kept back": "parts that come after the volume the reader is at" if facts.told_order != facts.order else "",
        "kindred here": [_kindred(other, facts, language) for other in facts.kin],
        "coming volumes": [_coming(one) for one in facts.coming],
        "reader": of_reader(facts),
    }
    return {name: value for name, value in sheet.items() if value not in ("", [], {}, None)}


def _arc(arc: Arc, language: str) -> str:
    volumes = f"volumes {arc.first}-{arc.last}" if arc.first < arc.last else f"volume {arc.first}"
    numbers = " (numbers of its own)" if arc.anew else ""
    return f"{in_language(arc.title, language)}: {volumes}{numbers}"


def core(work: Work, brief: Brief, *, full: bool) -> Sheet:
    """What a conversation needs to go on speaking of a work; its mark tells it in replies that are remembered.

    `full`: also what only talk of it asks for.
    """
    language = brief.language
    sheet = {
        "title": work.titles[language],
        "mark": work.slug,
        "original": work.titles["ja"] if full and language != "ja" else "",
        "by": ", ".join(authors_of(work, language)),
        "facts": _in_short(work),
        "warnings": _weighed(facts_of(work, brief.catalogue).warnings),
        "editions": _editions_in_short(work) if full else "",
        "tags": " ".join(_strongest(work)) if full else "",
        "plot": shortened(_plot(work, language), MAX_PLOT[language]) if full else "",
    }
    return {name: value for name, value in sheet.items() if value}


def line(work: Work, language: str) -> Sheet:
    """A work as one of many that were found."""
    return {
        "title": work.titles[language],
        "by": ", ".join(authors_of(work, language)),
        "facts": _in_short(work),
        "plot": shortened(_plot(work, language), MAX_PLOT[language]),
    }


def of_left_out(one: LeftOut, language: str) -> Sheet:
    """A work that would have come first, and what of it the reader refused."""
    return {"title": one.work.titles[language], "has": _weighed({tag: one.work.tags[tag] for tag in one.tags})}


def of_absent(title: str) -> Sheet:
    """All that is told of a work that is not on the shelf: what it is, where that is known."""
    medium = elsewhere.medium_of(title)
    return {"title": title, **({"what it is": phrases.of("en").part(f"media.{medium}")} if medium else {})}


def of_found(found: Found, language: str) -> Sheet:
    """A work that fits a description, and how well."""
    match = "almost certain" if found.is_sure else "likely" if found.share >= LIKELY else "faint"
    return {**line(found.work, language), "match": match}


def of_reader(facts: WorkFacts) -> Sheet:
    """What the reader has of a work: its mark on their shelf, how far they are, why it was offered to them."""
    reader = facts.reader
    told: Sheet = {
        "shelf": reader.state,
        "read to volume": reader.read_to,
        "tell nothing of": f"what happens after volume {reader.horizon}" if reader.horizon is not None else "",
        "offered because": reader.said or "; ".join(f"{one.get('kind')}: {one.get('value')}" for one in reader.reasons),
    }
    return {name: value for name, value in told.items() if value}


def of_own(brief: Brief) -> Sheet:
    """What is the reader's own, where they ask for it: works by title, the latest first. Where they only speak of a work
    or of their taste, what was learned from it: what they have of a work stands with that work."""
    own = brief.own
    if own is None:
        return {}
    learned: Sheet = {
        "learned from these words": [
            " ".join(dict.fromkeys((kind, _topic(topic, brief)))) for kind, topic in own.learned
        ],
        "learning is paused": own.taste_paused,
    }
    asked: Sheet = {
        "shelf": {state: _titles(slugs, brief) for state, slugs in own.shelf.items() if slugs},
        "on the shelf": own.shelf_counts,
        "offered so far": own.offered_count,
        "offered in the days asked about": own.offered_then_count if own.asks_then else None,
        "of those, the latest": _titles(own.offered_then, brief),
        "offered in this conversation": _titles(own.offered_here, brief),
        "offered before this conversation": _titles(
            dict.fromkeys(slug for slug in own.offered if slug not in own.offered_here), brief
        ),
        "refused in this conversation": [*(_topic(text, brief) for text in own.refused_here), *own.refused_said],
        "likes": [_topic(text, brief) for text in own.likes],
        "dislikes": [_topic(text, brief) for text in own.dislikes],
        "never again": [_topic(text, brief) for text in own.never],
        "read to volume": {title: own.read_to[slug] for slug in own.read_to for title in _titles([slug], brief)},
        "level of Japanese": own.level,
        "replies left today": own.replies_left,
        "replies a day": own.replies_a_day,
    }
    told = {**asked, **learned} if any(part.act is Act.OWN_DATA for part in brief.parts) else learned
    return {
        name: value
        for name, value in told.items()
        if value not in ({}, [], None, "", False) or name == "offered so far"
    }


def topic_of(topic: Topic, brief: Brief) -> str:
    """What a taste speaks of, in the reader's words."""
    kind, value = topic.kind, topic.value
    if kind in (TopicKind.WORK, TopicKind.READ_TO) and value in brief.catalogue.by_slug:
        return f"work: {brief.catalogue.by_slug[value].titles[brief.language]}"
    label = brief.catalogue.labels.get(value) if kind == TopicKind.TAG else None
    said = label.labels.get(brief.language) or value if label else value
    return f"{kind}: {said}" if said else str(kind)


def _topic(text: str, brief: Brief) -> str:
    return topic_of(Topic.parse(text), brief)


def _titles(slugs: Iterable[str], brief: Brief) -> list[str]:
    works = (brief.catalogue.by_slug[slug] for slug in slugs if slug in brief.catalogue.by_slug)
    return [work.titles[brief.language] for work in works][:MAX_OWN]


def authors_of(work: Work, language: str) -> list[str]:
    return list(work.author_names.get(language) or work.authors)[:3]


def shortened(text: str, length: int) -> str:
    """The first sentences of `text` that fit in `length` characters; cut within the first where even that does not."""
    if len(text) <= length:
        return text
    kept = ""
    for sentence in SENTENCE.findall(text):
        if len(kept) + len(sentence) > length:
            break
        kept += sentence
    return kept.strip() or f"{text[: length - 1].rstrip()}…"


def with_last_sentence(text: str, length: int) -> str:
    """As `shortened`, with the last sentence all the same: it is what a "yes" answers."""
    if len(text) <= length:
        return text
    last = shortened(SENTENCE.findall(text)[-1].strip(), length // 2) if SENTENCE.search(text) else ""
    return f"{shortened(text, length - len(last))} … {last}".strip(" …")


SENTENCE = re.compile(r"(?:『[^』\n]*』|[^.!?。！？])*[.!?。！？]+[”」』\"']?\s*")  # a title ends none


def _plot(work: Work, language: str) -> str:
    return in_language(work.synopses, language) or ""


def _strongest(work: Work) -> list[str]:
    return sorted(work.tags, key=lambda slug: -work.tags[slug])[:MAX_TAGS]


def _in_short(work: Work) -> str:
    return f"{work.year}, {work.volumes} vol., {work.status}{', anime' if work.anime else ''}"


def _weighed(strengths: dict[str, int]) -> str:
    """Slugs with their strength, the strongest first."""
    return ", ".join(f"{slug} {strength}" for slug, strength in strengths.items())


def _other_names(work: Work, language: str) -> list[str]:
    """Names by which readers of the language know it besides its titles: spelled in their letters, the short first."""
    taken = set(work.titles.values())
    names = [name for name in work.names if name not in taken and LETTERS[language].search(name)]
    return sorted(names, key=len)[:MAX_NAMES]


def _editions(work: Work) -> dict[str, str]:
    """By language: the publisher, that there is one or none, or that it is not known."""
    told = {}
    for code in LANGUAGES:
        edition = work.editions.get(code) or {}
        if edition.get("known"):
            told[code] = f"{edition.get('publisher') or 'yes'}{_stopped(edition)}"
        else:
            told[code] = "none" if edition.get("known") is False else "not known"
    return told


def _editions_in_short(work: Work) -> str:
    """As "ko, en (stopped after volume 2)"."""
    known = ((code, edition) for code in LANGUAGES if (edition := work.editions.get(code) or {}).get("known"))
    return ", ".join(f"{code}{_stopped(edition)}" for code, edition in known) or "none known"


def _stopped(edition: dict[str, Any]) -> str:
    return f" (stopped after volume {edition['volumes']})" if edition.get("volumes") else ""


def _anime(work: Work, language: str) -> list[str] | str:
    if not work.adaptations:
        return "yes; how far it tells is not known" if work.anime else "none"
    return [_adaptation(one, language, work) for one in work.adaptations]


def _adaptation(one: Adaptation, language: str, work: Work) -> str:
    """As "season 2 (2020): tells to volume 5, not sure, ends within that volume, read on from volume 5"."""
    name = f"{one.kind} {one.number}{f' {title}' if (title := one.title.get(language)) else ''}"
    told = [f"tells to volume {one.to_volume}" if one.to_volume else "how far is not known"]
    told += ["not sure"] if one.to_volume and not one.sure else []
    with translation.override(None):
        told += [str(NOTES[one.note])] if one.note else []
    told += _read_on(one, work)
    return f"{name} ({one.year}): {', '.join(told)}"


def _read_on(one: Adaptation, work: Work) -> list[str]:
    """Where the books go on after an anime, so that nobody has to count."""
    if not one.next_volume or one.note == PART_END:
        return []
    if one.next_volume <= work.volumes:
        return [f"read on from volume {one.next_volume}"]
    if not one.sure:
        return []
    return ["nothing to read on with" if work.status == "completed" else "the latest there is"]


def _coming(one: Coming) -> str:
    """As "en: volume 12 on 2026-12-08, as of our list of 2026-08-22, may move"."""
    return f"{one.language}: volume {one.number} on {one.day}, as of our list of {one.as_of}, may move"


def _member(kind: str, title_ja: str, work: Work | None, language: str) -> Sheet:
    if work is None:
        return {"title": title_ja, "is its": kind, "facts": "not on our shelf"}
    return {**_named(work, language), "is its": kind}


SAID_STEPS = {"any": "main, any volume will do", "world": "a story of its own in the same world, no step of this order"}


def _step(step: Step, language: str) -> str:
    """As "Sword Oratoria (side-story, after volume 3, may be skipped)"."""
    told = [
        SAID_STEPS.get(step.kind, step.kind),
        *([f"after volume {step.after}"] if step.after else []),
        *(["may be skipped"] if step.skip else []),
    ]
    return f"{step.title[language]} ({', '.join(told)})"


def _kindred(other: Work, facts: WorkFacts, language: str) -> str:
    shared = facts.shared.get(other.slug)
    return f"{other.titles[language]}{f' ({chr(44).join(shared)})' if shared else ''}"


def _named(work: Work, language: str) -> Sheet:
    return {"title": work.titles[language], "facts": _in_short(work)}
