import random
import statistics
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import connection, reset_queries
from django.test import Client, override_settings
from django.utils import timezone

from chatbot.catalogue import search
from chatbot.catalogue.management.commands.benchmark_search import switch_to, use_own_database
from chatbot.catalogue.models import Novel
from chatbot.catalogue.volumes import Volume, sortable
from chatbot.models import Conversation, Turn
from chatbot.sharing import snapshot
from chatbot.sharing.models import MAX_SHARES, Share
from users.models import ListedWork, ReadingList, ShelfEntry

BATCH = 5000
TURNS_EACH = 8  # of a conversation
LONG_CONVERSATION = 1000  # turns of the long conversation that is opened
OPENED = 200  # conversations the measured reader has
SHELVED, LEAST_SHELVED = 2000, 100  # works on that reader's shelf, with many turns and with few
DATABASE = "benchmark_growth"
# The pages are measured without their files, which need not have been collected.
STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ASKS = ["이세계 {} 추천해 주세요", "{} 나오는 라이트노벨 있나요?", "something with {} please", "{}のラノベを教えて"]
WORDS = ["회귀", "던전", "마법학원", "추리", "romance", "cooking", "dragons", "ダンジョン", "恋愛", "もふもふ"]
RARE = "황혼도서관"


class Command(BaseCommand):
    help = (
        "Measure the pages of readers and operators with few and with many turns in the database, each in a database of "
        "its own: a temporary SQLite file, or with --database-url new ones on that server, dropped afterwards."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--turns", type=int, nargs="+", default=[1000, 1_000_000])
        parser.add_argument("--rounds", type=int, default=15, help="of each page")
        parser.add_argument("--database-url", help="postgres://… of a server where databases may be created")

    @override_settings(STORAGES=STORAGES)
    def handle(self, *, turns, rounds, database_url, **options):
        with tempfile.TemporaryDirectory(prefix="growth-") as folder, ExitStack() as made:
            databases = [
                made.enter_context(self.database(count, database_url, Path(folder) / f"{count}.sqlite3"))
                for count in turns
            ]
            self.tell(turns, {page: measure(databases, page, rounds) for page in databases[0][1]})

    @contextmanager
    def database(self, count, url, path):
        """(settings, pages) of a new database with `count` turns."""
        began = time.perf_counter()
        own = use_own_database(url, path, f"{DATABASE}_{count}")
        name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            pages = fill(count)
            self.stdout.write(f"{connection.vendor}: {count:,} turns, made in {time.perf_counter() - began:.0f} s")
            own = {**own, "NAME": name}
            yield own, pages
        finally:
            switch_to(own)
            connection.creation.destroy_test_db(name, verbosity=0)

    def tell(self, turns, results):
        self.stdout.write(f"{'page':34}" + "".join(f"{count:>24,} turns" for count in turns) + "     ratio")
        for page, measured in results.items():
            told = "".join(f"{ms:>14.1f} ms {queries:>4} queries" for ms, queries in measured)
            self.stdout.write(f"{page:34}{told}   {measured[-1][0] / measured[0][0]:>5.2f}")


def fill(count):
    """`count` turns: one long conversation, a reader with many, and all the others. Returns {page: (client, address)}."""
    chance = random.Random(7)  # noqa: S311
    users = get_user_model()
    reader = users.objects.create_user("reader")
    keeper = users.objects.create_superuser("keeper", password=None)
    long = Conversation.objects.create(reader=reader, title="긴 대화")
    _turns([long] * min(LONG_CONVERSATION, count // 2), chance)
    left = count - min(LONG_CONVERSATION, count // 2)
    owned = min(OPENED, left // (4 * TURNS_EACH))
    for start in range(0, left, BATCH):
        others = users.objects.bulk_create(
            users(username=f"r{start + n}") for n in range(min(BATCH, left - start) // 80 + 1)
        )
        size = min(BATCH, left - start)
        owners = [reader if start == 0 and n < owned else chance.choice(others) for n in range(-(-size // TURNS_EACH))]
        at = timezone.now() - timedelta(days=400) + timedelta(seconds=start)
        made = Conversation.objects.bulk_create(
            Conversation(reader=owner, title=_ask(chance)[:80], updated_at=at + timedelta(seconds=n))
            for n, owner in enumerate(owners)
        )
        _turns([made[n // TURNS_EACH] for n in range(size)], chance, rare=start == 0)
    _shelve(reader, long, min(SHELVED, max(LEAST_SHELVED, count // 25)))
    if (
        connection.vendor == "postgresql"
    ):  # what it does by itself in time; SQLite has no figures of its own, as in earnest
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return _pages(reader, keeper, long)


def _shelve(reader, conversation, size):
    """`size` works on the reader's shelf, each with a fresh volume and a line of a list; and conversations shared."""
    today = timezone.localdate()
    novels = Novel.objects.bulk_create(
        Novel(
            slug=f"work-{number}",
            title_ko=f"작품 {number}",
            title_ja=f"作品 {number}",
            title_en=f"Work {number}",
            authors=[f"作者 {number % 300}"],
            authors_ko=[f"작가 {number % 300}"],
            authors_en=[f"Author {number % 300}"],
            year=2015,
            volumes=5,
            status="ongoing",
        )
        for number in range(size)
    )
    search.index([novel.pk for novel in novels])
    states = ShelfEntry.State.values
    ShelfEntry.objects.bulk_create(
        ShelfEntry(
            reader=reader,
            novel=novel,
            state=states[place % len(states)],
            rating=1 + place % 10,
            finished_on=today.replace(month=1, day=1),
        )
        for place, novel in enumerate(novels)
    )
    Volume.objects.bulk_create(
        Volume(novel=novel, number=sortable("6"), language="en", format="print", released_on=today) for novel in novels
    )
    brought = ReadingList.objects.create(reader=reader, format="goodreads", state=ReadingList.State.READY)
    ListedWork.objects.bulk_create(
        ListedWork(of=brought, line=place, title=novel.title_en, verdict="matched", novel=novel)
        for place, novel in enumerate(novels, 1)
    )
    turns = snapshot.freeze(snapshot.sharable(conversation))
    Share.objects.bulk_create(
        Share(conversation=conversation, reader=reader, title="긴 대화", turns=turns) for _ in range(MAX_SHARES)
    )


def _ask(chance):
    return chance.choice(ASKS).format(chance.choice(WORDS))


def _turns(conversations, chance, rare=False):
    now = timezone.now()
    Turn.objects.bulk_create(
        (
            Turn(
                conversation=conversation,
                reader_id=conversation.reader_id,
                text=_ask(chance) + (f" {RARE}" if rare and n in (3, 30) else ""),
                reply=f"{chance.choice(WORDS)} 이야기라면 {chance.randrange(10**6)}번 서가를 보여 드릴게요. 조용하고 따뜻한 이야기예요.",
                state=Turn.State.DONE,
                voice="librarian",
                queued_at=now,
                started_at=now,
                first_text_at=now,
                finished_at=now,
            )
            for n, conversation in enumerate(conversations)
        ),
        batch_size=1000,
    )


def _pages(reader, keeper, long):
    reads, keeps = (Client(headers={"host": settings.ALLOWED_HOSTS[0]}) for _ in range(2))
    reads.force_login(reader)
    keeps.force_login(keeper)
    session = keeps.session
    session["look_reason"] = {"why": "quality", "words": ""}  # else each transcript would ask for one
    session.save()
    middle = long.turns.order_by("pk")[long.turns.count() // 2].pk
    brought, shared = reader.reading_lists.get(), reader.shares.latest("pk")
    turns, conversations = "/admin/chatbot/turn/", "/admin/chatbot/conversation/"
    return {
        "home, with the history": (reads, "/"),
        "a long conversation, its end": (reads, f"/conversations/{long.pk}/"),
        "a long conversation, further up": (reads, f"/conversations/{long.pk}/?before={middle}"),
        "the shelf": (reads, "/users/shelf/"),
        "the shelf, by a name": (reads, "/users/shelf/?q=작품"),
        "the shelf, sifted and sorted": (reads, "/users/shelf/?rating=6&sort=title"),
        "new volumes": (reads, "/users/releases/"),
        "a year in books": (reads, f"/users/year/{timezone.localdate().year}/"),
        "reading lists": (reads, "/users/lists/"),
        "a list brought in": (reads, brought.get_absolute_url()),
        "browse": (reads, "/novels/"),
        "browse, by a name": (reads, "/novels/?q=작품"),
        "search, a word few said": (reads, f"/conversations/find/?q={RARE}"),
        "search, a word many said": (reads, f"/conversations/find/?q={WORDS[0]}"),
        "search, words nobody said": (reads, "/conversations/find/?q=없었던말"),
        "what was put away": (reads, "/conversations/archived/"),
        "what others would see": (reads, f"/conversations/{long.pk}/share/"),
        "what was shared": (reads, "/conversations/shares/"),
        "a shared conversation": (reads, shared.get_absolute_url()),
        "what can be taken along": (reads, "/conversations/takeout/"),
        "admin: conversations": (keeps, conversations),
        "admin: turns": (keeps, turns),
        "admin: a transcript": (keeps, f"{conversations}{long.pk}/change/"),
        "admin: a word few said": (keeps, f"{conversations}?q={RARE}"),
        "admin: a word many said": (keeps, f"{conversations}?q={WORDS[0]}"),
        "admin: words nobody said": (keeps, f"{conversations}?q=없었던말"),
        "admin: turns, a word few said": (keeps, f"{turns}?q={RARE}"),
        "admin: turns, a word many said": (keeps, f"{turns}?q={WORDS[0]}"),
        "admin: turns, nobody said": (keeps, f"{turns}?q=unspokenword"),
        "admin: turns, failed": (keeps, f"{turns}?state=failed"),
        "admin: turns of a voice unheard": (keeps, f"{turns}?voice=chatgpt"),
        "admin: conversations, that voice": (keeps, f"{conversations}?voice=chatgpt"),
    }


@contextmanager
def _counting():
    connection.force_debug_cursor = True
    reset_queries()
    try:
        yield
    finally:
        connection.force_debug_cursor = False


def measure(databases, page, rounds):
    """[(median ms, number of queries)] of a page in each database, by turns: what else the machine does slows all."""
    took, queries = [[] for _ in databases], [0 for _ in databases]
    for _ in range(rounds):
        for place, (own, pages) in enumerate(databases):
            switch_to(own)
            client, address = pages[page]
            # The first one connects, and is not measured.
            with _counting():
                response = client.get(address)
                queries[place] = len(connection.queries)
            if response.status_code != 200:
                raise RuntimeError(f"{address}: {response.status_code}")
            began = time.perf_counter()
            client.get(address)
            took[place].append(1000 * (time.perf_counter() - began))
    return list(zip(map(statistics.median, took), queries, strict=True))
