from chatbot.catalogue.importing import anilist, applying, ranobedb, tables
from chatbot.catalogue.importing.models import Source

from ..import_command import ImportCommand

TAGS = 10


class Command(ImportCommand):
    help = (
        "Take works from RanobeDB's public dump, an AniList media export or a table of your own. Without --apply "
        "nothing is written: look at the report first. A record that might be another work is doubtful and never "
        "applied; a work changed in the admin is kept as it is; a work that lacks what the shelf needs becomes an "
        "unfinished work, to be completed in the admin. An applied import is undone with undo_import."
    )
    readers = {Source.RANOBEDB: ranobedb.read, Source.ANILIST: anilist.read, Source.CSV: tables.read}
    actions = ("added", "drafted", "changed", "untouched", "kept", "rejected", "doubtful")
    what = "work"
    map_form = "FIELD=COLUMN[;sep=X]"
    fields = tables.FIELDS
    columns = staticmethod(tables.Map.from_options)

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--replace-tags", action="store_true", help="csv: a work has the tags of the table alone, not its own too"
        )

    def begin(self, file, options):
        return {"replace_tags": options["replace_tags"]}

    def run(self, found, source, **how):
        report = applying.run(found, source, **how)
        return report, {"unknown_tags": dict(report.unknown_tags.most_common())}

    def sum_up(self, report, apply):
        if report.unknown_tags:
            common = ", ".join(f"{name} {count}" for name, count in report.unknown_tags.most_common(TAGS))
            self.stdout.write(f"{len(report.unknown_tags)} tags mean none of ours: {common}")
        super().sum_up(report, apply)
