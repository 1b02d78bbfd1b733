import json
import uuid
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.test import override_settings
from django.utils import translation

from ... import replies
from ...catalogue.models import LANGUAGES
from ...models import Conversation, Turn
from ...presentation.plain_text import plain_text
from ...presentation.turns import present
from ...text.cleaning import clean, language_of

WORKER = "converse"
UNCOUNTED = 1_000_000  # replies a day


class Command(BaseCommand):
    help = (
        "Hold the conversations of a file, each by a new reader, by the way that asks of the page take, with the voice "
        "that is set, and write what the reader sees. The readers and all of theirs are deleted at the end."
    )

    def add_arguments(self, parser):
        parser.add_argument("talks", help='JSON lines: {"lang": "ko", "turns": [{"say": "…"}, …]}')
        parser.add_argument(
            "--json",
            dest="out",
            type=Path,
            help='write [{"turns": [{"act", "reply", "picks": [slug], "works": [slug], "state"}, …]}, …] here',
        )
        parser.add_argument(
            "--keep", action="store_true", help="leave the readers and their conversations where they are"
        )

    def handle(self, *args, talks, out, keep, **options):
        asked = _read(talks)
        held = []
        # This process writes each reply itself; nobody is told of it, and no quota counts.
        with override_settings(REPLY_QUEUE=__name__, DAILY_REPLIES=UNCOUNTED):
            for talk in asked:
                held.append({"turns": self.hold(talk, keep)})
        if out:
            out.write_text(json.dumps(held, ensure_ascii=False, indent=1), encoding="utf-8")

    def hold(self, talk, keep):
        reader = get_user_model().objects.create_user(f"converse-{uuid.uuid4().hex[:12]}")
        try:
            with translation.override(talk["lang"]):
                return list(self.turns(reader, talk))
        finally:
            if not keep:
                reader.leave()

    def turns(self, reader, talk):
        conversation = None
        for said in talk["turns"]:
            text = clean(said["say"])
            asked = {"key": uuid.uuid4(), "language": language_of(text, default=talk["lang"])}
            if conversation is None:
                turn = Conversation.begin(reader, text, **asked)
                conversation = turn.conversation
            else:
                turn = conversation.ask(text, **asked)
            if claimed := Turn.objects.claim(turn.pk, WORKER):
                replies.write(claimed)
            turn = Turn.objects.get(pk=turn.pk)
            answered = as_seen(turn)
            picks = f"  [{', '.join(answered['picks'])}]" if answered["picks"] else ""
            self.stdout.write(f"> {text}\n{answered['reply'] or turn.state}{picks}\n")
            yield answered
        self.stdout.write("")


def as_seen(turn):
    """What a reader sees of a finished turn, and which works it offers and speaks of, in their order."""
    presented = present([turn])[0]
    return {
        "act": "",
        "reply": plain_text(presented),
        "picks": list(turn.picks.values_list("novel__slug", flat=True)),
        "works": list(dict.fromkeys(_works_in(presented))),
        "state": turn.state,
    }


def _works_in(presented):
    for block in presented.blocks:
        for card in block.cards or ():
            yield card.slug
            yield from _named_in(card.reason)
        yield from _named_in(block.parts or ())


def _named_in(parts):
    return (part.novel.slug for part in parts if part.novel)


def _read(path):
    """The talks of a file, each with its language and turns that say something."""
    try:
        talks = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
        for number, talk in enumerate(talks, start=1):
            if talk["lang"] not in LANGUAGES or not all(clean(turn["say"]) for turn in talk["turns"]):
                raise ValueError(f"talk {number} lacks a language or words")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(f"Cannot read {path}: {error!r}") from None
    return talks


# --- The queue, as `reply_queue` calls it -----------------------------------------------------------------------------


def enqueue(turn_id, first=False):
    """Nobody is told: the reply is written here."""


def pending_count():
    return 0
