"""What each question about a work is answered with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from ...language.acts import Question
from ...language.asking.asked import age_in, is_put, tags_in, topics_in, volumes_in
from ...language.asking.particulars import topic_in
from ...language.asking.questions import is_question, questions_in
from ...language.turns.act_parts import BOOK as ACTS
from ...language.words.cue_book import plain
from ...language.words.fillers import without_fillers
from . import (
    anime,
    contents,
    editions,
    notes,
    orders,
    publication,
    series_parts,
    story,
    subjects_asked,
    unlisted,
    worth,
)
from .contents import ADULT
from .leads import ABOUT_CONTENT, OF_TAGS, lead, lead_of_note
from .reply import harmless, short_title
from .telling import HALVES, NAMED, Telling

ANSWERS: dict[Question, Callable[[Telling], Iterator[str]]] = {
    Question.OVERVIEW: story.overview,
    Question.PLOT: story.plot,
    Question.CHARACTERS: story.characters,
    Question.VOLUMES: publication.volumes,
    Question.STATUS: publication.status,
    Question.GOES_ON: orders.goes_on,
    Question.NEXT_VOLUME: publication.next_volume,
    Question.YEAR: publication.year,
    Question.IMPRINT: publication.imprint,
    Question.ILLUSTRATOR: publication.illustrator,
    Question.NAMES: publication.names,
    Question.ANIME: anime.anime,
    Question.AFTER_ANIME: anime.after_anime,
    Question.TOLD_IN: anime.told_in,
    Question.EDITION: editions.edition,
    Question.WHERE: editions.where,
    Question.WARNINGS: contents.warnings,
    Question.SUITS: contents.suits,
    Question.CONTENT: contents.content,
    Question.QUALITY: worth.quality,
    Question.WHY: worth.why,
    Question.ORDER: orders.order,
    Question.ENDING: story.ending,
    Question.READING_TIME: publication.reading_time,
    Question.LEVEL: worth.level,
    Question.WEB_NOVEL: unlisted.web_novel,
}
# What is asked of a copy in the hand and not of a work.
OF_A_COPY = frozenset(
    ("price", "ebook", "audiobook", "library", "translation", "translator", "pages", "furigana", "merch")
)
# Topics asked by name that a question is taken for.
BY_NAME = {
    Question.EDITION: OF_A_COPY,
    Question.WHERE: OF_A_COPY,
    Question.QUALITY: frozenset(("reviews", "drawbacks", "prose", "translation")),
    Question.LEVEL: frozenset(("furigana", "prose")),
    Question.ILLUSTRATOR: frozenset(("cover",)),
    Question.ANIME: frozenset(("cast", "broadcast")),
    Question.WEB_NOVEL: frozenset(("manga",)),
}
MAX_SAID = 40  # letters of a question that are said back
MIN_HALF = 2  # letters of what can be a question
MARKS = re.compile("[?？]+")
ENDS = re.compile("[?？。]+")  # of what may be a question by itself
TOLD_OF_STORY = frozenset((Question.PLOT, Question.OVERVIEW))
# What is read where no words told what was asked.
GUESSED = frozenset((Question.OTHER, Question.OVERVIEW))
# What is read where it is asked whether a number of volumes is right.
COUNTED = GUESSED | {Question.VOLUMES, Question.NEXT_VOLUME, Question.STATUS, Question.YEAR}
# Questions that are read of words which ask, or tell, something else: whether one of them is meant beside the others.
MEANT_ONLY: dict[Question, Callable[[Telling, set[Question]], bool]] = {
    # Kept back unasked, by whoever wants the story without it.
    Question.ENDING: lambda telling, asked: (
        not (telling.wants("stopped") or (TOLD_OF_STORY & asked and not telling.is_put(*OF_ENDINGS)))
    ),
    Question.OVERVIEW: lambda telling, asked: (
        not (Question.QUALITY in asked or (Question.ENDING in asked and telling.is_put("happy", "death")))
    ),
    # Of whoever has only seen it.
    Question.ANIME: lambda telling, asked: not asked & {Question.QUALITY, Question.SUITS} or telling.wants("anime"),
    Question.CONTENT: lambda telling, asked: bool(telling.asked_tags()) or not telling.topics,
    Question.CHARACTERS: lambda telling, asked: (
        not (Question.CONTENT in asked and telling.is_put("heroine")) and _asks_of_people(telling, asked)
    ),
    # To a Japanese reader a Japanese edition is no news.
    # Nor is that there is one where it is asked who brings it out, which tells it.
    Question.EDITION: lambda telling, asked: (
        ("format" not in telling.topics or telling.edition_asked != "ja")
        and not (Question.IMPRINT in asked and telling.wants("publisher") and not editions.counts(telling))
    ),
    # Of that edition, whose volumes are told with it.
    Question.VOLUMES: lambda telling, asked: not (Question.EDITION in asked and editions.counts(telling)),
    Question.STATUS: lambda telling, asked: (
        not (Question.EDITION in asked and editions.counts(telling))
        and not (Question.ENDING in asked and telling.wants("couple"))
    ),
    # Whether volumes that the anime told may be skipped.
    Question.ORDER: lambda telling, asked: "against-anime" not in telling.topics,
    # Who brings out that edition, where its publisher is not asked for in so many words.
    Question.IMPRINT: lambda telling, asked: (
        (Question.EDITION not in asked or (telling.wants("publisher") and not editions.counts(telling)))
        and not (Question.VOLUMES in asked and telling.wants("edition-volumes"))
    ),
    # How much of it there is, or how bad it gets.
    Question.QUALITY: lambda telling, asked: (
        not (Question.AFTER_ANIME in asked or (telling.is_put("amount") and ABOUT_CONTENT & asked))
    ),
    Question.OTHER: lambda telling, asked: not (telling.is_put("amount") and ABOUT_CONTENT & asked),
}
# What is read of the words for a manga, a book or an anime that are held against each other.
LESS_THAN_MEDIA = GUESSED | {Question.QUALITY, Question.ORDER, Question.ANIME, Question.WEB_NOVEL, Question.CONTENT}
OF_ENDINGS = ("spoilers", "happy", "death", "ended")
# What words that ask of a topic are taken for.
TAKEN_FOR = {
    "later": {Question.QUALITY, Question.VOLUMES, Question.NEXT_VOLUME},
    "pace": {Question.QUALITY},
    "hero": {Question.QUALITY},
    "power": {Question.QUALITY},
    "against-anime": {Question.QUALITY, Question.ANIME, Question.WEB_NOVEL, Question.ENDING, Question.ORDER},
    "arc": {Question.VOLUMES, Question.ORDER},
    "sequel": {Question.ANIME, Question.NEXT_VOLUME},
    "hero-age": {Question.CHARACTERS, Question.SUITS},
    "fans": {Question.SUITS, Question.QUALITY},
}
# The same where the words can hardly ask the other thing besides.
ALWAYS_TAKEN_FOR = {
    "kind": {Question.WEB_NOVEL, Question.IMPRINT},
    "counted": {Question.VOLUMES, Question.ORDER, Question.CONTENT, Question.STATUS, Question.NEXT_VOLUME},
    "parts": {Question.VOLUMES, Question.STATUS, Question.ORDER, Question.QUALITY, Question.NEXT_VOLUME},
    "gap": {Question.ORDER, Question.VOLUMES},
    "medium": {Question.WHERE, Question.IMPRINT, Question.EDITION, Question.ENDING, Question.OTHER},
    "controversy": {Question.QUALITY},
    "live": {Question.ANIME, Question.CONTENT},
    "followup": {Question.NEXT_VOLUME},
    "web": {Question.CONTENT},
    "format": {Question.WHERE, Question.IMPRINT},
    "anime-only": {Question.ORDER, Question.QUALITY, Question.ANIME, Question.AFTER_ANIME},
    "reception": {Question.ENDING, Question.QUALITY, Question.STATUS},
    "aftertaste": {Question.ENDING, Question.QUALITY, Question.CONTENT, Question.PLOT},
}
# What an answer says already.
SAID_BY = {
    Question.STATUS: (Question.VOLUMES, Question.NEXT_VOLUME, Question.GOES_ON, Question.OVERVIEW),
    Question.VOLUMES: (Question.NEXT_VOLUME, Question.GOES_ON, Question.OVERVIEW),
    Question.EDITION: (Question.WHERE,),
    Question.ANIME: (Question.AFTER_ANIME,),
    Question.PLOT: (Question.OVERVIEW, Question.CHARACTERS),
    Question.CHARACTERS: (Question.OVERVIEW,),
    # Where something is answered, nobody needs to hear what is not known.
    Question.OTHER: tuple(one for one in Question if one is not Question.OTHER),
}


def without_repeats(questions: Sequence[Question]) -> list[Question]:
    """`questions` without those that the answer to another one answers. Volumes are told where they are asked first."""
    asked = list(dict.fromkeys(questions))
    if Question.VOLUMES in asked and Question.STATUS in asked:
        first = min(asked.index(Question.VOLUMES), asked.index(Question.STATUS))
        asked.remove(Question.STATUS)
        asked.remove(Question.VOLUMES)
        asked.insert(first, Question.VOLUMES)
    return [one for one in asked if not set(SAID_BY.get(one, ())) & set(asked)]


def paragraphs(telling: Telling, questions: Sequence[Question], *, leads: bool = True) -> list[str]:
    """The answers to `questions`, in their order, then to what else the words ask; a synopsis stands as a paragraph of
    its own. `leads`: whether it may begin with a yes or a no."""
    if story.is_of_stranger(telling):
        return [telling.tell("fate-unknown", who=harmless(str(telling.detail["who"])))]
    asked, topics = as_put(telling, questions)
    part = series_parts.asked_of(telling, questions)
    if part:
        asked, topics, leads = [one for one in questions if one not in series_parts.ANSWERED], [], False
    arcs = notes.arcs_named(telling) if notes.OF_ARCS & {*asked} or topics else []
    if arcs and not part:
        asked, topics = [one for one in asked if one not in notes.OF_ARCS], []
    by_facts = part or Question.WHY in asked or series_parts.skips(telling, asked)
    kinds = [] if by_facts else notes.kinds_asked(telling, asked)
    read, borne_out = asked, ""
    first: list[Question] = []
    if kinds:
        is_half_read = unlisted.REST in topics
        asked, topics = notes.left(telling, kinds, asked, topics)
        topics = [*topics, unlisted.REST] if is_half_read else topics
        first = _before_notes(telling, read, asked)
        leads = leads and bool(first)
        borne_out = "" if first else lead_of_note(telling, read, kinds[0])
        telling.named |= bool(borne_out) and telling.is_alone  # "Yes." and then the note itself
    rest = [one for one in asked if one not in first]
    told: list[list[str]] = [[]]
    sentences = chain(
        part or (),
        notes.of_arcs(telling, arcs),
        *(_answer(telling, one) for one in first),
        notes.told(telling, kinds),
        *(_answer(telling, one) for one in rest),
        *(_on(telling, one) for one in topics),
    )
    for sentence in dict.fromkeys(sentences):
        if sentence.startswith("\n"):
            told += [[sentence.strip()], []]
        else:
            told[-1].append(sentence)
    paragraphs = [telling.say.told(sentences, telling.bare) for sentences in told if sentences]
    if borne_out and paragraphs:
        paragraphs[0] = telling.say.led(borne_out, paragraphs[0])
    elif leads and paragraphs and (begins := lead(telling, asked)):
        paragraphs[0] = telling.say.led(begins, _within(telling, paragraphs[0]))
    return paragraphs


def _within(telling: Telling, told: str) -> str:
    """`told` as it stands behind a yes: "it" has a capital only where it begins."""
    it = telling.say.topic("")
    begins = f"{it.capitalize()} "
    return f"{it} {told.removeprefix(begins)}" if it and told.startswith(begins) else told


def _before_notes(telling: Telling, read: Sequence[Question], left: Sequence[Question]) -> list[Question]:
    """What is answered before the notes: of `left` verdicts that they bear out, else an opinion where one is asked, and
    whether that is in the work of which no tag tells."""
    first = [one for one in left if one in notes.FIRST]
    if not first and Question.QUALITY in read and telling.wants("verdict"):
        first = [Question.QUALITY]
    return [Question.OTHER, *first] if Question.OTHER in read and subjects_asked.subjects_of(telling) else first


def as_put(telling: Telling, questions: Sequence[Question]) -> tuple[list[Question], list[str]]:
    """What of `questions` the words really ask, and the topics that they ask besides."""
    read = list(dict.fromkeys(questions))
    if not telling.text:
        return without_repeats(read), []
    if set(read) <= GUESSED and is_put(telling.text.rstrip(" ?？!~."), "here"):
        return [], [unlisted.HERE]
    asked, topics = _as_worded(telling, read), unlisted.topics_left(telling, read)
    not_meant = {one for one, is_meant in MEANT_ONLY.items() if not is_meant(telling, {*asked})}
    for topic in topics:
        not_meant |= GUESSED | ALWAYS_TAKEN_FOR.get(topic, set())
        not_meant |= TAKEN_FOR.get(topic, set()) if len(MARKS.findall(telling.text)) < 2 else set()
    if (Question.OTHER in asked and telling.topic and len(asked) > 1) or _names_topic_apart(telling, asked):
        topics = [*topics, unlisted.NAMED]
    elif not topics and unread_half(telling):
        topics = [unlisted.REST]
    if Question.ORDER in asked and telling.wants("when"):
        topics = [topic for topic in topics if topic not in ("counted", "sequel", "later", "parts")]
        asked = [one for one in asked if one is not Question.CONTENT]  # "the short stories" only names them
        not_meant.discard(Question.ORDER)
    left = [one for one in asked if one not in not_meant]
    if topics and telling.topic and not left and Question.OTHER not in asked:
        topics = [unlisted.NAMED, *topics]  # "a manga or a film?"
    return without_repeats(left if left or topics else asked), topics


def _names_topic_apart(telling: Telling, asked: Sequence[Question]) -> bool:
    """Whether a question of its own, beside others, asks what a topic names: "how many volumes? and a manga?"."""
    if Question.OTHER in asked or any(telling.topic in BY_NAME.get(one, ()) for one in asked):
        return False
    halves = [half for half in HALVES.split(telling.text) if half.strip()]
    return len(halves) > 1 and any(not topic_in(half) for half in halves) and any(topic_in(half) for half in halves)


def _as_worded(telling: Telling, read: list[Question]) -> list[Question]:
    """`read`, with what the words ask in place of what was only guessed."""
    if notes.asks_of_manga(telling):
        return [Question.WEB_NOVEL, *(one for one in read if one not in LESS_THAN_MEDIA)]
    if telling.wants("dislikes") and telling.wants("fits") and telling.named_tags:
        return [Question.SUITS, *(one for one in read if one not in ABOUT_CONTENT | GUESSED | {Question.QUALITY})]
    is_open = Question.OTHER in read and not OF_TAGS & {*read} and not (telling.topics or telling.topic)
    if telling.wants("age") and Question.LEVEL in read and Question.SUITS not in read:
        return [Question.SUITS, *read]
    if is_open and telling.take_up_tags():
        return [Question.CONTENT if one is Question.OTHER else one for one in read]
    if OF_TAGS & {*read}:
        telling.take_up_tags()
    if {*read} <= GUESSED and telling.wants("character"):
        return [Question.CHARACTERS]
    if GUESSED & {*read} and telling.facts.order and (telling.is_put("needed") or telling.wants("begin")):
        return [*(one for one in read if one not in GUESSED), Question.ORDER]
    if volumes_in(telling.text) and {*read} <= COUNTED | ABOUT_CONTENT | {Question.SUITS}:
        return [Question.VOLUMES]
    if {*read} <= GUESSED | {Question.QUALITY} and (asked_age := age_in(telling.text)) and asked_age < ADULT:
        return [Question.SUITS]
    return read


def _asks_of_people(telling: Telling, asked: set[Question]) -> bool:
    """Whether it is asked how people are; beside another question to name them asks nothing."""
    return len(asked) == 1 or bool(telling.asked_tags()) or telling.is_put("who") or telling.wants("character")


def unread_half(telling: Telling) -> str:
    """What stands before a question mark, of several, by which nothing is asked that is known here; "" where all is."""
    text = telling.text
    halves = [half.strip() for half in MARKS.split(text)[:-1]]
    halves = [piece.strip() for half in halves for piece in ENDS.split(half)[-1:]]
    halves += [half.strip() for half in ENDS.split(text) if is_question(half.strip()) and half.strip() not in halves]
    halves = [half for half in halves if len(re.findall(r"\w", without_fillers(half))) >= MIN_HALF]
    halves = [half for half in halves if not is_put(half, "here")]  # it is: it is told of
    unread = (half for half in halves if not _is_read(telling, half))
    return next(unread, "") if len(halves) > 1 else ""


def _is_read(telling: Telling, half: str) -> bool:
    half = f"{half}?"
    if questions_in(half) or topics_in(half) or topic_in(half) or volumes_in(half) or ACTS.has("author", plain(half)):
        return True
    return bool(tags_in(half, telling.reply.catalogue)) or notes.answers(telling, half)


def _answer(telling: Telling, question: Question) -> Iterator[str]:
    """What is asked by name comes before what the question alone would be answered with."""
    if (
        question is Question.EDITION
        and telling.topic in ("translation", "translator")
        and Question.IMPRINT in telling.part.questions
    ):
        return chain(unlisted.told(telling, telling.topic), editions.edition(telling))
    if telling.topic in BY_NAME.get(question, ()) or (question is Question.OTHER and telling.topic):
        by_name = unlisted.told(telling, telling.topic)
        plainly = editions.edition if question is Question.WHERE else ANSWERS.get(question, unlisted.other)
        return chain(plainly(telling), by_name) if _is_asked_besides(telling, question) else by_name
    if question is Question.OTHER and subjects_asked.subjects_of(telling):
        return subjects_asked.told(telling)
    return ANSWERS.get(question, unlisted.other)(telling)


def _is_asked_besides(telling: Telling, question: Question) -> bool:
    """Whether a piece of the words that names no topic asks `question`: "is it in English? an ebook too?"."""
    asks = {question, *((Question.EDITION,) if question is Question.WHERE else ())}
    halves = (one for one in HALVES.split(telling.text) if one.strip() and not topic_in(one))
    return any(asks & {*questions_in(f"{one}?")} for one in halves)


def _on(telling: Telling, topic: str) -> Iterator[str]:
    """What is said of a topic; a half that was not understood is said back, once in a reply."""
    if topic != unlisted.REST:
        yield from unlisted.on(telling, topic)
    elif (said := unread_half(telling)) and said not in telling.reply.said_back:
        telling.reply.said_back.add(said)
        yield telling.tell("beyond-rest", said=harmless(said.replace(NAMED, _short(telling))[:MAX_SAID]))


def _short(telling: Telling) -> str:
    return short_title(telling.work, telling.reply.catalogue, telling.language)
