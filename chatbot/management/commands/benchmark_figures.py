import random
import statistics
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from chatbot import conversation_search
from chatbot.catalogue.management.commands.benchmark_search import switch_to, use_own_database
from chatbot.catalogue.models import Novel, Tag
from chatbot.figures import rolling
from chatbot.figures.models import DayFigures, LateChange
from chatbot.figures.panels import Panels
from chatbot.figures.report import PERIODS, report
from chatbot.models import Conversation, Pick, ReviewItem, Turn
from users.models import ShelfEntry

from .benchmark_growth import STORAGES, _counting

BASE = 20_000  # turns that are made one by one
ROOM = 1_000_000  # ids between the copies of what hangs on turns
TIMES = ("queued_at", "started_at", "first_text_at", "finished_at")
BATCH = 5000
TURNS_EACH = 8  # of a conversation
WORKS, TAGS, READERS = 3000, 80, 20_000
DATABASE = "benchmark_figures"
WRITE_EVERY = 0.02  # seconds, of the writer beside the count
CANDIDATES = [{"pk": n, "slug": f"work-{n}", "reasons": ["x" * 60], "breaches": [], "score": 1.5} for n in range(8)]


class Command(BaseCommand):
    help = (
        "Measure the figures with many turns of 90 days: the page, the ways to the rows, the count of a day, a rebuild, "
        "and how long somebody who writes meanwhile has to wait. In a database of its own: a temporary SQLite file, or "
        "with --database-url a new one on that server, dropped afterwards."
    )
    requires_system_checks = []

    writes = ()

    def add_arguments(self, parser):
        parser.add_argument("--turns", type=int, default=1_000_000)
        parser.add_argument("--rounds", type=int, default=9, help="of each page")
        parser.add_argument("--database-url", help="postgres://… of a server where databases may be created")

    @override_settings(STORAGES=STORAGES)
    def handle(self, *, turns, rounds, database_url, **options):
        with tempfile.TemporaryDirectory(prefix="figures-") as folder:
            own = use_own_database(database_url, Path(folder) / "figures.sqlite3", DATABASE)
            name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            own = {**own, "NAME": name}
            try:
                self.took("made in", lambda: fill(turns))
                self.measure(rounds)
            finally:
                switch_to(own)
                connection.creation.destroy_test_db(name, verbosity=0)

    def measure(self, rounds):
        self.writes = []
        self.stdout.write(f"{connection.vendor}: {Turn.objects.count():,} turns")
        with self.somebody_writing(), connection.execute_wrapper(self.note_write):
            self.took("every day counted in", lambda: list(rolling.rebuild()))
        self.stdout.write(f"the longest of its {len(self.writes)} writes took {max(self.writes):.3f} s")
        LateChange.objects.all().delete()
        self.took("today alone", rolling.roll_up)
        self.stdout.write(f"{DayFigures.objects.count()} days kept")
        keeper = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        keeper.force_login(get_user_model().objects.create_superuser("keeper", password=None))
        for period in PERIODS:
            self.page(f"page, {period}", keeper, f"/admin/figures/?period={period}", rounds)
        shown = Panels(report("90"))
        ways = [(tile.name, tile.href) for tile in shown.tiles()]
        for panel in shown.panels():
            ways += [(panel.title, cell.href) for row in panel.table.rows[:1] for cell in row.cells]
        for href, name in {href: name for name, href in reversed(ways) if "?" in href}.items():
            self.page(f"rows, {name}", keeper, href, 1)

    def note_write(self, execute, sql, params, many, context):
        """No two statements of a count share a transaction, but for the row that is made of a new day."""
        began = time.perf_counter()
        result = execute(sql, params, many, context)
        if not sql.startswith("SELECT"):
            self.writes.append(time.perf_counter() - began)
        return result

    def took(self, what, do):
        began = time.perf_counter()
        do()
        self.stdout.write(f"{what} {time.perf_counter() - began:.2f} s")

    def page(self, what, client, address, rounds):
        times = []
        with _counting():
            page = client.get(address)
            queries = len(connection.queries)
        if page.status_code != 200:
            raise RuntimeError(f"{address}: {page.status_code}")
        for _ in range(rounds):
            began, worked = time.perf_counter(), time.process_time()
            client.get(address)
            times.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)))
        took, work = (statistics.median(column) for column in zip(*times, strict=True))
        self.stdout.write(
            f"{took:6.0f} ms at the median, {max(times)[0]:.0f} at most, {work:.0f} of work here ({queries} queries): "
            f"{what} {address}"
        )

    @contextmanager
    def somebody_writing(self):
        """Thumbs are given meanwhile; says how long the slowest of these writes took."""
        stop, waits, pk = threading.Event(), [], Turn.objects.order_by("pk").values_list("pk", flat=True)[0]

        def write():
            turn = Turn.objects.get(pk=pk)
            while not stop.wait(WRITE_EVERY):
                began = time.perf_counter()
                turn.judge("up")
                waits.append(time.perf_counter() - began)
            connection.close()

        thread = threading.Thread(target=write)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()
        self.stdout.write(f"{len(waits)} writes meanwhile, the slowest took {max(waits):.3f} s")


def fill(count):
    """`count` turns spread over the days that are kept: `BASE` of them, and copies of these on earlier days. The index
    of what was said is left out: nobody searches here."""
    _forget_search()
    chance = random.Random(7)  # noqa: S311
    base = min(BASE, count)
    copies = -(-count // base)
    span = timedelta(days=rolling.DAYS - 1, hours=12) / copies
    turns = _make(base, span, chance)
    first = min(turn.pk for turn in turns)
    with connection.cursor() as cursor:
        for n in range(1, copies):
            _copy(
                cursor, Turn, first + base, n * base, key=_new_key(), **{name: _ago(name, n * span) for name in TIMES}
            )
            for model in (Pick, ReviewItem):
                _copy(cursor, model, ROOM, n * ROOM, turn_id=f"turn_id + {n * base}")
        if connection.vendor == "postgresql":  # what it does by itself in time
            cursor.execute("VACUUM ANALYZE")


def _make(count, span, chance):
    users = get_user_model()
    readers = users.objects.bulk_create(
        (users(username=f"r{n}", is_guest=n % 5 == 0) for n in range(READERS)), batch_size=BATCH
    )
    Novel.objects.bulk_create(
        Novel(
            slug=f"work-{n}",
            title_ko=f"{n}번째 이야기",
            title_en=f"Tale {n}",
            title_ja=f"{n}の物語",
            year=2015,
            volumes=5,
            status="completed",
        )
        for n in range(WORKS)
    )
    Tag.objects.bulk_create(
        Tag(slug=f"tag-{n}", group="genre", position=n, label_ko=f"태그 {n}", label_en=f"Tag {n}", label_ja=f"タグ{n}")
        for n in range(TAGS)
    )
    works, now = list(Novel.objects.values_list("pk", flat=True)), timezone.now()
    made = Conversation.objects.bulk_create(
        Conversation(reader=chance.choice(readers), title="조용한 판타지") for _ in range(-(-count // TURNS_EACH))
    )
    turns = Turn.objects.bulk_create(
        (_turn(made[n // TURNS_EACH], now - span * (1 - n / count), chance) for n in range(count)), batch_size=1000
    )
    done = [turn for turn in turns if turn.state == Turn.State.DONE]
    Pick.objects.bulk_create(
        (
            Pick(turn=turn, novel_id=works[min(int(chance.expovariate(1 / 600)) + n, WORKS - 1)], position=n)
            for turn in done
            for n in range(3)
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    ReviewItem.objects.bulk_create(
        ReviewItem(turn=turn, why=[chance.choice(["name", "random", "slow"])], weight=5) for turn in done[::20]
    )
    ShelfEntry.objects.bulk_create(
        (
            ShelfEntry(
                reader_id=turn.reader_id,
                novel_id=chance.choice(works),
                state=chance.choice(["reading", "read", "dropped"]),
                rating=chance.choice([None, 6, 9]),
                changed_at=turn.finished_at + timedelta(hours=5),
            )
            for turn in done[::3]
        ),
        ignore_conflicts=True,
    )
    return turns


def _copy(cursor, model, until, ahead, **changed):
    """The rows with ids below `until` once more, each under an id so far `ahead`."""
    columns = [one.column for one in model._meta.concrete_fields]
    values = [changed.get(name, f'"{name}"') for name in columns if name != "id"]
    names = ", ".join(f'"{name}"' for name in columns if name != "id")
    table = model._meta.db_table
    taken = f"SELECT id + {ahead}, {', '.join(values)} FROM {table} WHERE id < {until}"  # noqa: S608  names of ours
    cursor.execute(f"INSERT INTO {table} (id, {names}) {taken}")


def _ago(column, span):
    if connection.vendor == "sqlite":
        return f"strftime('%Y-%m-%d %H:%M:%f', {column}, '-{span.total_seconds():.0f} seconds')"
    return f"{column} - interval '{span.total_seconds():.0f} seconds'"


def _new_key():
    return "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"


def _turn(conversation, ended, chance):
    took = chance.lognormvariate(1.2, 0.7)
    asked = ended - timedelta(seconds=took)
    state = chance.choices(["done", "failed", "stopped"], [96, 3, 1])[0]
    wish = {
        "required": [f"tag-{min(int(chance.expovariate(0.1)), TAGS - 1)}"],
        "wanted": {f"tag-{chance.randrange(TAGS)}": 1.0},
        "unknown_titles": [f"없는 책 {chance.randrange(500)}"] if chance.random() < 0.05 else [],
    }
    return Turn(
        conversation=conversation,
        reader_id=conversation.reader_id,
        text="조용한 판타지 추천해 주세요",
        reply="그런 이야기라면 이 서가에 있어요. 조용하고 따뜻한 이야기예요. " * 6,
        state=state,
        failure=chance.choice(["down", "slow", "cut", "quota"]) if state == "failed" else "",
        thumb=chance.choices(["", "up", "down"], [90, 7, 3])[0],
        corrections=[{"slug": "work-1"}] if chance.random() < 0.02 else [],
        unverified=int(chance.random() < 0.02),
        voice="chatgpt",
        wish=wish,
        candidates=CANDIDATES,
        tokens_in=6000,
        tokens_out=400,
        cost=800,
        queued_at=asked,
        started_at=asked + timedelta(seconds=took * 0.05),
        first_text_at=asked + timedelta(seconds=took * 0.4),
        finished_at=ended,
    )


def _forget_search():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            for index in (conversation_search.TURNS, conversation_search.CONVERSATIONS):
                cursor.execute(f"DROP INDEX {index.name}")
