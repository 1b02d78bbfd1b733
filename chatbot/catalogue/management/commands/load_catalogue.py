from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from chatbot.catalogue.loading import NOVELS, TAGS, load_catalogue
from chatbot.catalogue.volume_loading import VOLUMES, load_volumes


class Command(BaseCommand):
    help = (
        "Load the tags, the novels and the volumes of the shipped text files. A line is loaded when it is new or has changed since "
        "it was last loaded. A row changed in the admin is kept as the operator left it and reported as kept; "
        "--overwrite takes the file's version of those too. Rows in no file stay. A bad line is reported and skipped."
    )

    def add_arguments(self, parser):
        parser.add_argument("--file", type=Path, default=NOVELS, help="the novels, one JSON object a line")
        parser.add_argument("--tags", type=Path, default=TAGS, help="the tags, one JSON object a line")
        parser.add_argument("--volumes", type=Path, default=VOLUMES, help="volumes, one JSON object a work and line")
        parser.add_argument("--overwrite", action="store_true", help="also replace what operators have changed")

    def handle(self, *args, file, tags, volumes, overwrite, verbosity, **options):
        try:
            reports = load_catalogue(file, tags, overwrite=overwrite)
            of_volumes = load_volumes(volumes)
        except OSError as error:
            raise CommandError(f"Cannot read {error.filename}: {error.strerror}") from None
        for what, report in zip(("tags", "novels"), reports, strict=True):
            self._tell(what, report, verbosity)
        self._tell_of_volumes(of_volumes)

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

    def _tell_of_volumes(self, report):
        if report.unread:
            self.stdout.write("volumes: unchanged since the last loading")
            return
        for number, reason in report.rejected:
            self.stderr.write(f"volumes line {number} rejected: {reason}")
        self.stdout.write(f"volumes: {report.added} added, {report.changed} changed, {report.removed} removed")
