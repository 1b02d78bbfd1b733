from pathlib import Path

from django.core.management.base import BaseCommand

from ...catalogue.snapshot import current_catalogue
from ...recommender import senses


class Command(BaseCommand):
    help = (
        "Compute what the synopses of the shelf mean, so that works are found by their descriptions. "
        "What was computed before is kept; needed after a large import only."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--out", type=Path, help="the file to write; the shipped one is chatbot/recommender/data/senses.npz"
        )

    def handle(self, *, out, **options):
        path = out or senses.own_file()
        works = current_catalogue().works
        computed = senses.write(works, path)
        self.stdout.write(f"{path}: {len(works)} works, {computed} of them computed now")
