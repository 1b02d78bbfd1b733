from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from chatbot.catalogue.loading import NOVELS, TAGS, load_catalogue


class Command(BaseCommand):
    help = (
        "Load the tags and the novels of the shipped text files. A line is loaded when it is new or has changed since "
        "it was last loaded. A row changed in the admin is kept as the operator left it and reported as kept; "
        "--overwrite takes the file's version of those too. Rows in no file stay. A bad line is reported and skipped."
    )

    def add_arguments(self, parser):
        parser.add_argument("--file", type=Path, default=NOVELS, help="the novels, one JSON object a line")
        parser.add_argument("--tags", type=Path, default=TAGS, help="the tags, one JSON object a line")
        parser.add_argument("--overwrite", action="store_true", help="also replace what operators have changed")

    def handle(self, *args, file, tags, overwrite, verbosity, **options):
        try:
            reports = load_catalogue(file, tags, overwrite=overwrite)
        except OSError as error:
            raise CommandError(f"Cannot read {error.filename}: {error.strerror}") from None
        for what, report in zip(("tags", "novels"), reports, strict=True):
            self._tell(what, report, verbosity)

    def _tell(self, what, report, verbosity):
        if report.unread:
            self.stdout.write(f"{what}: unchanged since the last loading")
            return
        for number, slug, reason in report.rejected:
            self.stderr.write(f"{what} line {number} ({slug or 'no slug'}) rejected: {reason}")
        for slug in report.kept:
            self.stdout.write(f"{what}: {slug} kept as changed in the admin")
        if verbosity > 1:
            for name in ("added", "changed"):
                for slug in getattr(report, name):
                    self.stdout.write(f"{what}: {slug} {name}")
        counts = [f"{len(getattr(report, n))} {n}" for n in ("added", "changed", "untouched", "kept", "rejected")]
        self.stdout.write(f"{what}: {', '.join(counts)}")
