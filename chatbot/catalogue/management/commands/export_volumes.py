from pathlib import Path

from django.core.management.base import BaseCommand

from chatbot.catalogue.volume_loading import export_lines


class Command(BaseCommand):
    help = "Write all volumes to FILE, as load_catalogue reads them. Addresses and titles of volumes are left out."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--origin", default="", help="where they are from, for the first line of the file")

    def handle(self, *args, file, origin, **options):
        lines = list(export_lines(origin))
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(lines) - 1} works written to {file}")
