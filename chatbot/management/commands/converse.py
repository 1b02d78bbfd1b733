import json
import uuid
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from lightnovel import batches

from ... import in_process
from ...catalogue.models import LANGUAGES
from ...language.acts import main_act
from ...models import Conversation
from ...presentation.plain_text import plain_text
from ...presentation.turns import present
from ...text.cleaning import clean, language_of

WORKER = "converse"


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
        with in_process.written_here():
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
                batches.delete(get_user_model().objects.filter(pk=reader.pk))

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
            turn = in_process.write(turn, WORKER)
            answered = as_seen(turn)
            picks = f"  [{', '.join(answered['picks'])}]" if answered["picks"] else ""
            self.stdout.write(f"> {text}\n{answered['reply'] or turn.state}{picks}\n")
            yield answered
        self.stdout.write("")


def as_seen(turn):
    """What a reader sees of a finished turn, and which works it offers and speaks of, in their order."""
    presented = present([turn])[0]
    return {
        "act": main_act(part["act"] for part in turn.reading.get("parts", ())),
        "acts": [part["act"] for part in turn.reading.get("parts", ())],
        "reply": plain_text(presented),
        "picks": list(turn.picks.values_list("novel__slug", flat=True)),
        "works": list(dict.fromkeys([*turn.reading.get("spoken", ()), *_works_in(presented)])),
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
