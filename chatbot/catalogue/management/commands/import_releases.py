from django.core.management.base import CommandError
from django.utils.dateparse import parse_date

from chatbot.catalogue.importing import lnrelease, ranobedb, release_applying, release_tables
from chatbot.catalogue.importing.models import Source

from ..import_command import ImportCommand


class Command(ImportCommand):
    help = (
        "Take the volumes of works on the shelf (language, format, ISBN, date) from LNRelease's books.csv, RanobeDB's "
        "public dump or a table of your own. Without --apply nothing is written: look at the report first. A title that "
        "might be another work's is doubtful and never applied; a volume changed in the admin is kept as it is. An "
        "applied import is undone with undo_import."
    )
    readers = {
        Source.LNRELEASE: lnrelease.read,
        Source.RANOBEDB: ranobedb.read_releases,
        Source.CSV: release_tables.read,
    }
    actions = ("added", "changed", "untouched", "kept", "elsewhere", "rejected", "doubtful")
    what = "volume"
    map_form = "FIELD=COLUMN"
    fields = release_tables.FIELDS
    columns = staticmethod(release_tables.columns)

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="the day of the list; by default that of the file")

    def begin(self, file, options):
        return {"as_of": self._day(options["as_of"]) or release_applying.made_on(file)}

    def run(self, found, source, *, as_of, **how):
        report = release_applying.run(found, source, as_of=as_of, **how)
        return report, {"as_of": as_of.isoformat()}

    def _day(self, said):
        try:
            day = parse_date(said or "")
        except ValueError:
            day = None
        if said and day is None:
            raise CommandError(f"--as-of is no day: {said[:40]!r}")
        return day
