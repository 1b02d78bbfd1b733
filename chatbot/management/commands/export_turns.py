from datetime import datetime, time, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from ... import turn_export
from ...models import Review, Turn


class Command(BaseCommand):
    help = (
        "Write turns to a file: everything known of each (jsonl), OpenAI's messages for fine-tuning with the replies that "
        "reviewers corrected (messages), or a table (csv). Personal data is masked. Each conversation is written down as "
        "looked at, and its reader sees that."
    )

    def add_arguments(self, parser):
        parser.add_argument("--form", choices=turn_export.FORMS, default="jsonl")
        parser.add_argument("--out", type=Path, help="a new file; default: standard output")
        parser.add_argument("--since", type=_day, metavar="YYYY-MM-DD", help="that ended on this day or later")
        parser.add_argument("--until", type=_day, metavar="YYYY-MM-DD", help="that ended on this day or before")
        parser.add_argument("--state", choices=Turn.State.values)
        parser.add_argument("--voice", metavar="NAME", help="librarian, chatgpt")
        parser.add_argument("--thumb", choices=Turn.Thumb.values)
        parser.add_argument("--corrected", action="store_true", help="only those that a reviewer corrected")
        parser.add_argument("--unmasked", action="store_true", help="with personal data")

    def handle(self, *, form, out, since, until, state, voice, thumb, corrected, unmasked, **options):
        turns = Turn.objects.filter(conversation__deleted_at=None, reader__leaving_at=None)
        wanted = {"state": state, "voice": voice, "thumb": thumb}
        turns = turns.filter(**{name: value for name, value in wanted.items() if value})
        if since:
            turns = turns.filter(finished_at__gte=since)
        if until:
            turns = turns.filter(finished_at__lt=until + timedelta(days=1))
        if corrected:
            found = Review.objects.submitted().exclude(corrected="")
            turns = turns.filter(pk__in=found.values("item__turn"))
        pieces = turn_export.write(turns, form, unmasked=unmasked)
        if out is None:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        try:
            with out.open("x", encoding="utf-8", newline="") as file:
                file.writelines(pieces)
        except OSError as error:
            raise CommandError(f"Cannot write {out}: {error.strerror}") from None


def _day(text):
    """The first moment of the day `text`."""
    if not (day := parse_date(text)):
        raise ValueError(text)
    return timezone.make_aware(datetime.combine(day, time.min))
