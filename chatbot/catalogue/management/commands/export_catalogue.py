import json

from django.core.management.base import BaseCommand, CommandError

from chatbot.catalogue.loading import export_rows


class Command(BaseCommand):
    help = "Write every novel as one JSON object a line, as load_catalogue reads it, sorted by slug."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default="-", help="where to write; standard output by default")

    def handle(self, *args, file, **options):
        lines = (json.dumps(row, ensure_ascii=False) for row in export_rows())
        if file == "-":
            for line in lines:
                self.stdout.write(line)
            return
        try:
            with open(file, "w", encoding="utf-8") as out:
                out.writelines(f"{line}\n" for line in lines)
        except OSError as error:
            raise CommandError(f"Cannot write {file}: {error.strerror}") from None
