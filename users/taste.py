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
from chatbot.language import tag_relations
from chatbot.language.topics import Topic, TopicKind
from chatbot.recommender.personalization import Refusals, Taste
from chatbot.text.folding import key
from lightnovel.prepared import prepared

from .models import ShelfEntry, TasteLine

Kind = TasteLine.Kind
MAX_LINES = 400  # of one reader, besides those that the shelf teaches
UNDER_WAY = (ShelfEntry.State.READING, ShelfEntry.State.ON_HOLD, ShelfEntry.State.DROPPED)
EVIDENCE = 40  # marks on the shelf that count as taste, the latest
MAX_FROM_SHELF = 200  # lines that the shelf teaches, the latest
LIKED_FROM, DISLIKED_TO = 9, 4  # half stars
# Tags that a drop for this reason speaks against, where the work carries them.
TAGS_OF_REASON = {
    ShelfEntry.DropReason.DARK: tag_relations.TOO_DARK,
    ShelfEntry.DropReason.ROMANCE: tag_relations.TOO_MUCH_LOVE,
}
BLAMED = set().union(*TAGS_OF_REASON.values())
NO_FAULT_OF_THE_WORK = {ShelfEntry.DropReason.OTHER_FORM, ShelfEntry.DropReason.NOT_OUT}
LESSON_FIELDS = ("reader_id", "state", "rating", "drop_reasons", "changed_at", "novel_id", "novel__slug")
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
                line.turn, line.entry, line.by_hand, line.said_at = turn, None, False, said_at
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
    if line or reader.taste.filter(entry=None).count() < MAX_LINES:
        return line or TasteLine(reader=reader, topic=topic)
    return None


def _may_change(line, preference, said_at):
    if line.pk is None:
        return True
    # Only by hand is "never again" made less than that.
    return said_at > line.said_at and not _weakens(line, preference.kind)


def _weakens(line, kind):
    return line.kind == Kind.NEVER and kind != Kind.NEVER and not line.forgotten_at


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
    _tell_shelf(line)
    return True


def _tell_shelf(line):
    """How far a work was read stands on the shelf as well, if the work does."""
    if line.kind == Kind.READ_TO:
        line.reader.shelf_entries.filter(novel=line.novel).update(volumes_read=line.volume)


# --- From the shelf ---------------------------------------------------------------------------------------------------


def lesson_of(entry):
    """The kind of line that a rating or a drop teaches of the work itself, or None."""
    if entry.rating:
        return Kind.LIKE if entry.rating >= LIKED_FROM else Kind.DISLIKE if entry.rating <= DISLIKED_TO else None
    reasons = set(entry.drop_reasons)
    is_drop = entry.state == ShelfEntry.State.DROPPED and not (reasons and reasons <= NO_FAULT_OF_THE_WORK)
    return Kind.DISLIKE if is_drop else None


def learn_from_shelf(reader, novel_ids, gone=False):
    """Settle what the shelf teaches of these novels; nothing, where their entries are about to be `gone`. What was said
    in words or by hand of a topic stands above it, and what was forgotten is not learned again from the same mark."""
    entries = list(reader.shelf_entries.filter(novel_id__in=novel_ids).select_related("novel").only(*LESSON_FIELDS))
    taught = {line.topic: line for line in reader.taste.filter(entry__in=entries)}
    lessons = {} if gone or reader.taste_paused else _lessons(entries)
    lost = [line for topic, line in taught.items() if topic not in lessons]
    if tags := [line.tag_id for line in lost if line.tag_id]:
        # Another work that was dropped for the same reason teaches the same.
        others = reader.shelf_entries.filter(state=ShelfEntry.State.DROPPED).exclude(drop_reasons=[])
        others = others.exclude(pk__in=[entry.pk for entry in entries]).select_related("novel").only(*LESSON_FIELDS)
        lessons |= {
            t: one for t, one in _lessons(others[:MAX_FROM_SHELF]).items() if one.tag_id in tags and t in taught
        }
        lost = [line for line in lost if line.topic not in lessons]
    reader.taste.filter(pk__in=[line.pk for line in lost]).delete()
    known = {line.topic: line for line in reader.taste.filter(topic__in=lessons)}
    changed = [_taught_anew(known[topic], one) for topic, one in lessons.items() if _may_teach(known.get(topic), one)]
    TasteLine.objects.bulk_update(changed, ["entry", "kind", "said_at", "paused", "forgotten_at"], batch_size=100)
    new = [one for topic, one in lessons.items() if topic not in known]
    TasteLine.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        oldest = reader.taste.exclude(entry=None).values_list("pk", flat=True)[MAX_FROM_SHELF:]
        reader.taste.filter(pk__in=list(oldest)).delete()


def _lessons(entries):
    """Topic to the line, not saved, that each of `entries` teaches; of two on one topic the latest holds."""
    lessons = {}
    reasons = {entry.novel_id: entry for entry in entries if _tags_blamed(entry)}
    carried = NovelTag.objects.filter(novel__in=reasons, tag__slug__in=BLAMED) if reasons else ()
    for one in carried.select_related("tag") if reasons else ():
        entry = reasons[one.novel_id]
        if one.tag.slug in _tags_blamed(entry):
            topic = text_of(Topic.tag(one.tag.slug))
            lessons[topic] = _line_of(entry, topic, Kind.DISLIKE, tag=one.tag)
    for entry in entries:
        if kind := lesson_of(entry):
            topic = text_of(Topic.work(entry.novel.slug))
            lessons[topic] = _line_of(entry, topic, kind, novel_id=entry.novel_id)
    return lessons


def _tags_blamed(entry):
    if entry.state != ShelfEntry.State.DROPPED:
        return set()
    return {slug for reason in entry.drop_reasons for slug in TAGS_OF_REASON.get(reason, ())}


def _line_of(entry, topic, kind, **about):
    return TasteLine(reader_id=entry.reader_id, topic=topic, kind=kind, entry=entry, said_at=entry.changed_at, **about)


def _may_teach(line, lesson):
    """Whether a line that is there is the shelf's own and the shelf now says otherwise."""
    return (
        line is not None and line.entry_id is not None and (line.kind, line.entry_id) != (lesson.kind, lesson.entry_id)
    )


def _taught_anew(line, lesson):
    if line.kind != lesson.kind:
        line.kind, line.said_at, line.paused, line.forgotten_at = lesson.kind, lesson.said_at, False, None
    line.entry = lesson.entry
    return line


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
    _tell_shelf(line)


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
    line.by_hand, line.entry, line.said_at = True, None, timezone.now()


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


def adopt(guest, reader):
    """Carry what was learned of `guest` over to `reader`. Of a topic that both have a line on, the rule of `learn` holds:
    the later words, but that only by hand "never again" becomes less. What the guest had paused stays paused."""
    lines = TasteLine.objects.filter(reader=guest)
    if guest.taste_paused:
        lines.update(paused=True)
    known = {line.topic: line for line in reader.taste.filter(topic__in=lines.values("topic"))}
    for line in lines.filter(topic__in=known):
        if line.said_at > known[line.topic].said_at and (line.by_hand or not _weakens(known[line.topic], line.kind)):
            known[line.topic].delete()
        else:
            line.delete()
    room = max(0, MAX_LINES - reader.taste.count())
    lines.filter(pk__in=list(lines.values_list("pk", flat=True)[:room])).update(reader=reader)


# --- Handing it on -------------------------------------------------------------------------------------------------


def taste_of(reader):
    """The reader's standing taste, less what is paused. Three queries at most."""
    if reader.taste_paused:
        return Taste()
    marked = {state: [] for state in ShelfEntry.State.values}
    for state, slug in _marks(reader.pk):
        marked[state].append(slug)
    topics, read_to, level = {kind: [] for kind in TasteLine.STANDS}, {}, ""
    for tag, slug, author, kind, volume, line_level in _lines_in_force(reader.pk):
        if kind == Kind.READ_TO:
            read_to[slug] = volume
        elif kind == Kind.LEVEL:
            level = level or line_level
        else:
            topics[kind].append(_named(tag, slug, author))
    for slug, volumes in _begun(reader.pk):
        read_to[slug] = max(volumes, read_to.get(slug) or 0)
    return Taste(
        likes=tuple(topics[Kind.LIKE]),
        dislikes=tuple(topics[Kind.DISLIKE]),
        never=tuple(topics[Kind.NEVER]),
        read_to=read_to,
        level=level,
        wants=tuple(marked[ShelfEntry.State.PLANNED][:EVIDENCE]),
        not_for=tuple(marked[ShelfEntry.State.NOT_FOR_ME][:EVIDENCE]),
    )


# Without the rows these point to: of a novel that is most of what the shelf knows.
TOPIC = ("tag__slug", "novel__slug", "author")


@prepared
def _lines_in_force(reader_id):
    return TasteLine.objects.in_force().filter(reader_id=reader_id).values_list(*TOPIC, "kind", "volume", "level")


@prepared
def _marks(reader_id):
    marks = ShelfEntry.objects.filter(state__in=(ShelfEntry.State.PLANNED, ShelfEntry.State.NOT_FOR_ME))
    return marks.filter(reader_id=reader_id).values_list("state", "novel__slug")[: 2 * EVIDENCE]


@prepared
def _begun(reader_id):
    begun = ShelfEntry.objects.filter(reader_id=reader_id, state__in=UNDER_WAY).exclude(volumes_read=None)
    return begun.values_list("novel__slug", "volumes_read")[:EVIDENCE]


@prepared
def _refused(reader_id):
    return TasteLine.objects.in_force().filter(reader_id=reader_id, kind=Kind.NEVER).values_list(*TOPIC)


@prepared
def _off_limits(reader_id):
    lines = TasteLine.objects.in_force().filter(reader_id=reader_id, kind__in=(Kind.NEVER, Kind.READ_TO))
    return lines.values_list(*TOPIC, "kind", "novel_id")


def _named(tag, slug, author):
    """The topic of a line as a wish understands it."""
    if tag:
        return Topic.tag(tag)
    return Topic.work(slug) if slug else Topic.author(author)


def refusals_of(reader_id):
    """What this reader asked never to be offered again. One query."""
    return Refusals([_named(*topic) for topic in _refused(reader_id)])


def off_limits(reader_id):
    """Ids of the novels a reader is not to be offered by what they said: refused for good, or begun already."""
    lines = _off_limits(reader_id)
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
