import resource
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import connection

from chatbot import turn_export
from chatbot.catalogue.management.commands.benchmark_search import switch_to, use_own_database
from chatbot.models import Turn

from .benchmark_figures import fill

DATABASE = "benchmark_export"
MB = 1024 * 1024


class Command(BaseCommand):
    help = (
        "Measure how long it takes to take many turns out as a file, and how much memory, each form in a process of its "
        "own. In a database of its own: a temporary SQLite file, or with --database-url a new one on that server, dropped "
        "afterwards."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--turns", type=int, default=100_000)
        parser.add_argument("--database-url", help="postgres://… of a server where databases may be created")

    def handle(self, *, turns, database_url, **options):
        with tempfile.TemporaryDirectory(prefix="export-") as folder:
            own = use_own_database(database_url, Path(folder) / "export.sqlite3", DATABASE)
            name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            own = {**own, "NAME": name}
            try:
                fill(turns)
                self.stdout.write(f"{connection.vendor}: {Turn.objects.count():,} turns")
                for form in turn_export.FORMS:
                    # A few first: what is above them in memory is what the number of turns costs.
                    self.stdout.write(f"{form}: " + "; ".join(self.measured(form, folder, n) for n in (1000, turns)))
            finally:
                switch_to(own)
                connection.creation.destroy_test_db(name, verbosity=0)

    def measured(self, form, folder, number):
        connection.close()  # a child must not share it
        context = get_context("fork")
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_take_out, args=(form, Path(folder) / "turns", number, theirs))
        child.start()
        took, worked, size, peak = ours.recv()
        child.join()
        return f"{number:,} in {took:.1f} s, {worked:.1f} of work here, {size / MB:.1f} MB, at most {peak:.0f} MB of memory"


def _take_out(form, path, number, told):
    last = Turn.objects.order_by("pk").values_list("pk", flat=True)[number - 1]
    began, worked = time.perf_counter(), time.process_time()
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(turn_export.write(Turn.objects.filter(pk__lte=last), form))
    took, worked = time.perf_counter() - began, time.process_time() - worked
    told.send((took, worked, path.stat().st_size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
