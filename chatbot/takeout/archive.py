"""All that is a reader's own as one zip, made in the worker."""

import json
import logging
import tempfile
import threading
import zipfile
from collections.abc import Iterable, Iterator

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from users.reading_year import listed_volumes
from users.releases.models import ReleaseSettings
from users.shelf import myanimelist, table

from ..models import Conversation
from . import transcripts
from .models import Takeout

logger = logging.getLogger(__name__)

IN_MEMORY = 8 * 1024 * 1024  # bytes; more goes to the disk
TELL_EVERY = 20  # conversations
_making = threading.Lock()


def make_waiting() -> None:
    """Make what is waited for. One thread of a worker at a time: replies come first."""
    while Takeout.objects.waiting().exists() and _making.acquire(blocking=False):
        try:
            while takeout := Takeout.objects.claim():
                try:
                    make(takeout)
                except Exception:
                    logger.exception("archive %s could not be made, try %s", takeout.pk, takeout.attempts)
        finally:
            _making.release()
        return


def make(takeout: Takeout) -> None:
    reader = takeout.reader
    with (
        translation.override(takeout.language),
        timezone.override(reader.zone),
        tempfile.SpooledTemporaryFile(IN_MEMORY) as file,
    ):
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _files(takeout):
                with archive.open(name, "w") as entry:
                    for piece in content:
                        entry.write(piece.encode("utf-8", "replace"))
        file.seek(0)
        takeout.keep(file)


def _files(takeout: Takeout) -> Iterator[tuple[str, Iterable[str]]]:
    reader = takeout.reader
    yield "README.txt", [_readme()]
    yield "account.json", [_json(_account(reader))]
    yield "taste.json", [_json([_line(line) for line in reader.taste.kept().select_related("tag", "novel")])]
    entries = reader.shelf_entries.select_related("novel")
    yield "shelf.csv", table.write(entries, listed_volumes.days(reader))
    yield "shelf-myanimelist.xml", myanimelist.write(entries)
    yield "reading-lists.json", _as_array(map(_list, reader.reading_lists.order_by("pk")))
    looks = reader.looks.select_related("conversation").order_by("pk")
    yield "looks.json", _as_array(map(_look, looks.iterator(1000)))
    conversations = Conversation.objects.owned_by(reader).filter(temporary=False).order_by("pk")
    Takeout.objects.filter(pk=takeout.pk).update(total=conversations.count())
    for number, conversation in enumerate(conversations.iterator(100), 1):
        conversation.reader = reader  # which need not be read once more
        for form, (write, _kind) in transcripts.FORMS.items():
            yield f"conversations/{number:05} {file_name(conversation.title)}.{form}", write(conversation)
        if number % TELL_EVERY == 0:
            Takeout.objects.filter(pk=takeout.pk).update(done=number)


def file_name(title: str) -> str:
    """`title` as a name every system takes for a file's."""
    kept = "".join(letter if letter.isalnum() or letter in " -_." else " " for letter in title)
    return " ".join(kept.split())[:60].strip(" .") or "conversation"


def _readme() -> str:
    return _(
        "Everything the library keeps of you: your account, what was learned of your taste, your shelf (shelf.csv can be "
        "brought in here again; shelf-myanimelist.xml is for MyAnimeList), the lists you brought in, when your "
        "conversations were opened by who runs the library, and each conversation as Markdown, plain text and JSON, but "
        "for temporary ones.\n"
    )


def _account(reader) -> dict:
    return {
        "name": reader.username,
        "email": reader.email,
        "since": reader.date_joined,
        "timezone": reader.timezone,
        "taste_paused": reader.taste_paused,
        "new_volumes": _new_volumes(reader),
    }


def _new_volumes(reader) -> dict | None:
    settings = ReleaseSettings.objects.filter(reader=reader).first()
    return settings and {"languages": settings.languages, "formats": settings.formats}


def _list(brought) -> dict:
    told = {"file": brought.name, "format": brought.format, "brought_at": brought.made_at, "kept_at": brought.kept_at}
    works = brought.works.order_by("line").values("line", "title", "authors", "isbn", "verdict", "outcome")
    return told | {"undone_at": brought.undone_at, "works": list(works)}


def _look(look) -> dict:
    told = {"conversation": look.conversation.title, "looked_at": look.looked_at}
    return told | {"why": look.why, "words": look.words, "with_personal_data": look.unmasked}


def _as_array(items: Iterable[dict]) -> Iterator[str]:
    yield "["
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{_json(item).rstrip()}"
    yield "\n]\n"


def _line(line) -> dict:
    told = {"about": line.about, "topic": line.topic, "kind": line.kind, "words": line.words, "by_hand": line.by_hand}
    return told | {"level": line.level, "volume": line.volume, "paused": line.paused, "said_at": line.said_at}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"
