"""The worker's part: a list is read, looked up, and laid out for the reader. Nothing of the shelf is touched."""

import logging
import time
from itertools import islice

from chatbot.text.encodings import WrongFile, decoded
from lightnovel.batches import Pace

from . import folding, formats, matching, unpacking
from .catalogue_index import CatalogueIndex
from .lines import Faulty, Line
from .matching import Reason, Verdict
from .models import ListedWork, ListFile, ReadingList

logger = logging.getLogger(__name__)

TELL_EVERY = 0.4  # seconds between two steps of the progress bar
State = ReadingList.State


def read(reading_list):
    """Read `reading_list`, which this worker has claimed. Begun anew, it forgets what it had."""
    try:
        lines = _lines(reading_list)
        works, anime = _looked_up(reading_list, lines)
    except WrongFile as error:
        reading_list.move(State.READING, State.FAILED, failure=error.code)
        return
    except _LetGo:
        return
    if reading_list.works.exists():
        reading_list.works.all().delete()
    options = reading_list.options | {
        "stateless": sum(_has_no_state(work) for work in works),
        "anime": anime,
        "days": sum(isinstance(line, Line) and line.unread_day for line in lines),
    }
    is_written = _write(reading_list, works) and reading_list.move(State.READING, State.READY, options=options)
    if is_written and reading_list.format != formats.Format.TABLE:
        ListFile.objects.filter(of=reading_list).delete()


def _has_no_state(work):
    return work.verdict != Verdict.FAULTY and not any(one.get("state") for one in work.said)


class _LetGo(Exception):
    """The reader has deleted the list, or the account is closed."""


def _lines(reading_list):
    data = unpacking.unpack(bytes(reading_list.file.data))
    text = decoded(data, reading_list.encoding)
    found = list(islice(formats.read(reading_list.format, text, reading_list.options), formats.MAX_LINES + 1))
    if len(found) > formats.MAX_LINES:
        raise WrongFile("too_many")
    if not found:
        raise WrongFile("no_lines")
    return found


def _looked_up(reading_list, lines):
    """Rows for the lines, those about one work together, and how many lines are about anime, which get none."""
    if not reading_list.touch(done=0, total=len(lines)):
        raise _LetGo
    index, answered = CatalogueIndex(), answers(reading_list)
    works, anime, told_at = {}, 0, time.monotonic()
    for done, line in enumerate(lines, 1):
        if isinstance(line, Faulty):
            works["faulty", line.line] = ListedWork(
                of=reading_list, line=line.line, verdict=Verdict.FAULTY, fault=line.fault, title=line.said[:250]
            )
        elif line.kind == "anime":
            anime += 1
        else:
            _add(works, reading_list, line, matching.match(index, line, *answered))
        if time.monotonic() - told_at > TELL_EVERY:
            told_at = time.monotonic()
            if not reading_list.touch(done=done):
                raise _LetGo
    reading_list.touch(done=len(lines))
    return list(works.values()), anime


def _add(works, reading_list, line, match):
    where = folding.together(match, line)
    if where not in works:
        is_matched = match.verdict == Verdict.MATCHED
        works[where] = ListedWork(
            of=reading_list,
            line=line.line,
            title=line.title,
            authors=line.authors,
            base=match.base[:250],
            isbn=line.isbn,
            verdict=match.verdict,
            reason=match.reason,
            candidates=match.works,
            novel_id=match.works[0] if is_matched else None,
            is_novel=match.is_novel or reading_list.format == formats.Format.PASTED,
            by_hand=match.reason == Reason.SAID_BEFORE,
        )
    works[where].said.append(folding.told(line, match))


def answers(reading_list):
    """What the reader answered in lists that were kept, as `matching.match` takes it: {base: pk of a novel, or None for
    none of ours}, and the bases of what had been taken for sure."""
    said = ListedWork.objects.filter(
        of__reader=reading_list.reader_id, of__state=State.KEPT, by_hand=True, left_out=False
    ).exclude(base="")
    remembered, corrected = {}, set()
    for base, novel, reason in said.order_by("pk").values_list("base", "novel_id", "reason"):
        remembered[base] = novel
        if reason in matching.SURE:
            corrected.add(base)
    return remembered, corrected


def _write(reading_list, works):
    pace = Pace(size=200)
    for batch in pace.split(works):
        with pace.transaction(len(batch)):
            # Whoever deletes the list takes its rows along: none may come in behind.
            if not reading_list.touch():
                return False
            ListedWork.objects.bulk_create(batch)
    return True
