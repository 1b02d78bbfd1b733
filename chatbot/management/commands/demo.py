import random
import time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...demo import planning, playing


class Command(BaseCommand):
    help = (
        "Fill the database with three months of made-up readers, asks and reviews, to try the operators' pages with. "
        "The built-in librarian answers; no model is asked, also for replies that are told as a model's."
    )

    def add_arguments(self, parser):
        parser.add_argument("--turns", type=int, default=5000)
        parser.add_argument("--seed", type=int, default=7, help="the same seed makes the same")
        parser.add_argument("--into-used", action="store_true", help="also where real readers are")
        parser.add_argument("--clear", action="store_true", help="delete what this command has made")

    def handle(self, *, turns, seed, into_used, clear, **options):
        if clear:
            self.stdout.write(f"demo: {playing.clear()} accounts deleted, with all of theirs")
            return
        if turns < 1:
            raise CommandError("--turns has to be 1 or more.")
        if playing.made_up().exists():
            raise CommandError("This database is filled already; --clear takes that away.")
        if playing.is_used() and not into_used:
            raise CommandError("Real readers are here; --into-used fills the database all the same.")
        library = playing.library()
        if min(map(len, (*library.titles.values(), *library.tags.values()))) < 2:
            raise CommandError("The catalogue is empty; “manage.py prepare” loads it.")
        began = time.monotonic()
        chance = random.Random(seed)  # noqa: S311  no secret
        talks = planning.plan(turns, chance, timezone.localtime(), library)
        made = playing.play(talks, chance, lambda words: self.stdout.write(words))
        self.stdout.write(f"made in {time.monotonic() - began:.0f} s")
        self.stdout.write("demo: " + ", ".join(f"{number} {name}" for name, number in made.items()))
