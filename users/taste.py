"""What the librarian has learned of a reader: learning it from their words, correcting it, and handing it to a wish.

One rule keeps a reader's hand above what was read out of their words: every line knows when it was last settled, by
words or by hand, and older words change nothing. So a turn that is answered twice teaches once, and what was forgotten
is not learned again from the same words.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from chatbot.catalogue import search
from chatbot.catalogue.models import Novel, NovelTag, Tag
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.language.topics import Topic, TopicKind
from chatbot.recommender.personalization import Refusals, Taste
from chatbot.text.folding import key

from .models import ShelfEntry, TasteLine

Kind = TasteLine.Kind
MAX_LINES = 400  # of one reader
EVIDENCE = 40  # marks on the shelf that count as taste, the latest
ASKED_AGAIN = 20  # earlier sendings of the same words that are looked back on


def text_of(topic):
    """The text by which a line is kept and found again: of an author, whichever way the name is written."""
    folded = Topic.author(key(topic.value)) if topic.kind == TopicKind.AUTHOR else topic
    return str(folded)[:260]


# --- Learning --------------------------------------------------------------------------------------------------------


def learn(turn, preferences):
    """Keep the `preferences` (see `read_preferences`) of a turn's words. Returns the lines that are new to it."""
    reader = turn.reader
    if not preferences or reader.taste_paused:
        return []
    said_at, same_words = _first_said(turn)
    learned = []
    for preference in preferences:
        with transaction.atomic():
            line = _line_for(reader, preference)
            if line is None:
                continue
            if line.pk and line.turn_id in same_words and not line.forgotten_at:
                # Asked again in the same words: the line now belongs to the turn that is shown.
                TasteLine.objects.filter(pk=line.pk).update(turn=turn)
            elif _may_change(line, preference, said_at):
                _settle(line, preference)
                line.turn, line.by_hand, line.said_at = turn, False, said_at
                line.begins, line.ends = preference.begins, preference.ends
                if _save(line):
                    learned.append(line)
    return learned


def _first_said(turn):
    """When these words were first sent, and the ids of the turns that sent them."""
    same_words, first = [turn.pk], turn
    while first.replaces_id and len(same_words) < ASKED_AGAIN:
        earlier = first.replaces
        if earlier is None or earlier.text != turn.text:
            break
        same_words.append(earlier.pk)
        first = earlier
    return first.queued_at, same_words


def _line_for(reader, preference):
    """The reader's line on the preference's topic, locked, or a new one; None where there is no room for another."""
    topic = text_of(preference.topic)
    line = TasteLine.objects.select_for_update().filter(reader=reader, topic=topic).first()
    if line or reader.taste.count() < MAX_LINES:
        return line or TasteLine(reader=reader, topic=topic)
    return None


def _may_change(line, preference, said_at):
    if line.pk is None:
        return True
    # Only by hand is "never again" made less than that.
    weakens = line.kind == Kind.NEVER and preference.kind != Kind.NEVER and not line.forgotten_at
    return said_at > line.said_at and not weakens


def _settle(line, preference):
    line.kind, line.level, line.volume = preference.kind, preference.level, preference.volume
    line.paused, line.forgotten_at = False, None
    kind, value = preference.topic.kind, preference.topic.value
    if kind == TopicKind.TAG:
        line.tag = Tag.objects.filter(slug=value).first()
    elif kind in (TopicKind.WORK, TopicKind.READ_TO):
        line.novel = Novel.objects.filter(slug=value).first()
    elif kind == TopicKind.AUTHOR:
        line.author, line.author_names = value[:200], names_of_author(value)


def _save(line):
    """False where what it is about has left the shelf, or the same was learned elsewhere in the same instant."""
    if line.topic != str(Topic.level()) and not (line.tag or line.novel or line.author):
        return False
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError:
        return False
    return True


# --- By hand ----------------------------------------------------------------------------------------------------------


def add(reader, preference):
    """Keep what the reader says by hand: above any words, until they say otherwise. None where there is no room."""
    with transaction.atomic():
        line = _line_for(reader, preference)
        if line is None:
            return None
        _settle(line, preference)
        _by_hand(line)
        line.turn = line.begins = line.ends = None
        return line if _save(line) else None


def correct(line, **changes):
    """Change a line as its reader says: its kind, level or volume."""
    for name, value in changes.items():
        setattr(line, name, value)
    _by_hand(line)
    line.save()


def pause(line, paused):
    line.paused = paused
    line.save(update_fields=["paused"])


def forget(line):
    line.forgotten_at = line.said_at = timezone.now()
    line.save(update_fields=["forgotten_at", "said_at"])


def bring_back(line):
    line.forgotten_at = None
    line.save(update_fields=["forgotten_at"])


def pause_all(reader, paused):
    reader.taste_paused = paused
    reader.save(update_fields=["taste_paused"])


def _by_hand(line):
    line.by_hand, line.said_at = True, timezone.now()


# --- Finding what to speak of ------------------------------------------------------------------------------------


def names_of_author(name):
    """The names of the author the shelf has as `name`, in Japanese, by language; empty where it has none."""
    for novel in search.find(name, limit=8):
        if name in novel.authors:
            place = novel.authors.index(name)
            spelled = {"ja": novel.authors, "ko": novel.authors_ko, "en": novel.authors_en}
            return {language: names[place] for language, names in spelled.items() if place < len(names)}
    return {}


def topics_for(query, limit=8):
    """(tags, authors, novels) that `query` may mean. Authors as their names by language."""
    letters = key(query)
    if not letters:
        return [], [], []
    tags = [tag for tag in Tag.objects.all() if any(letters in key(word) for word in _spelled(tag))]
    tags.sort(key=lambda tag: not any(letters == key(word) for word in _spelled(tag)))
    novels = search.find(query, limit=limit)
    authors = {}
    for novel in novels:
        for place, name in enumerate(novel.authors):
            names = {"ja": [name], "ko": novel.authors_ko[place:], "en": novel.authors_en[place:]}
            names = {language: spelled[0] for language, spelled in names.items() if spelled}
            if any(letters in key(spelled) for spelled in names.values()):
                authors[name] = names
    return tags[:limit], list(authors.values())[:limit], novels


def _spelled(tag):
    return [*tag.labels.values(), *(word for words in tag.words.values() for word in words)]


# --- Handing it on -------------------------------------------------------------------------------------------------


def taste_of(reader):
    """The reader's standing taste, less what is paused. Two queries at most."""
    if reader.taste_paused:
        return Taste()
    marks = reader.shelf_entries.filter(state__in=(ShelfEntry.State.WANT, ShelfEntry.State.NOT_FOR_ME))
    marked = {state: [] for state in ShelfEntry.State.values}
    for state, slug in marks.values_list("state", "novel__slug")[: 2 * EVIDENCE]:
        marked[state].append(slug)
    topics, read_to, level = {kind: [] for kind in TasteLine.STANDS}, {}, ""
    lines = reader.taste.in_force().values_list(*TOPIC, "kind", "volume", "level")
    for tag, slug, author, kind, volume, line_level in lines:
        if kind == Kind.READ_TO:
            read_to[slug] = volume
        elif kind == Kind.LEVEL:
            level = level or line_level
        else:
            topics[kind].append(_named(tag, slug, author))
    return Taste(
        likes=tuple(topics[Kind.LIKE]),
        dislikes=tuple(topics[Kind.DISLIKE]),
        never=tuple(topics[Kind.NEVER]),
        read_to=read_to,
        level=level,
        wants=tuple(marked[ShelfEntry.State.WANT][:EVIDENCE]),
        not_for=tuple(marked[ShelfEntry.State.NOT_FOR_ME][:EVIDENCE]),
    )


# Without the rows these point to: of a novel that is most of what the shelf knows.
TOPIC = ("tag__slug", "novel__slug", "author")


def _named(tag, slug, author):
    """The topic of a line as a wish understands it."""
    if tag:
        return Topic.tag(tag)
    return Topic.work(slug) if slug else Topic.author(author)


def refusals_of(reader_id):
    """What this reader asked never to be offered again. One query."""
    never = TasteLine.objects.in_force().filter(reader_id=reader_id, kind=Kind.NEVER)
    return Refusals([_named(*topic) for topic in never.values_list(*TOPIC)])


def off_limits(reader_id):
    """Ids of the novels a reader is not to be offered by what they said: refused for good, or begun already."""
    lines = TasteLine.objects.in_force().filter(reader_id=reader_id, kind__in=(Kind.NEVER, Kind.READ_TO))
    lines = list(lines.values_list(*TOPIC, "kind", "novel_id"))
    begun = frozenset(novel_id for *_topic, kind, novel_id in lines if kind == Kind.READ_TO)
    refusals = Refusals([_named(*topic) for *topic, kind, _novel_id in lines if kind == Kind.NEVER])
    return begun | refusals.forbidden(current_catalogue()) if refusals else begun


def refused_among(refusals, novels):
    """Ids of those of `novels` that `refusals` forbid. At most one query."""
    novels = list(novels)
    refused = {novel.pk for novel in novels if refusals.by_name(novel)}
    left = [novel.pk for novel in novels if novel.pk not in refused]
    if refusals.tags and left:
        carrying = NovelTag.objects.filter(novel__in=left, tag__slug__in=refusals.tags)
        refused.update(carrying.values_list("novel_id", flat=True))
    return refused
