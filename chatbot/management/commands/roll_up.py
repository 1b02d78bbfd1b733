import time

from django.core.management.base import BaseCommand

from ...figures import rolling


class Command(BaseCommand):
    help = (
        "Count the figures of the days that operators look at. The worker does so each minute; with --rebuild every day "
        "is counted from its rows, whatever was counted before."
    )

    def add_arguments(self, parser):
        parser.add_argument("--rebuild", action="store_true")

    def handle(self, *, rebuild, **options):
        began = time.monotonic()
        if not rebuild:
            is_done = rolling.roll_up()
            self.stdout.write("Everything is counted." if is_done else "Something is left; the worker goes on with it.")
            return
        days = sum(1 for _day in rolling.rebuild())
        self.stdout.write(f"{days} days counted in {time.monotonic() - began:.1f} s.")
