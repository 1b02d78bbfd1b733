import json
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

import environ
from django.core.management.base import BaseCommand
from django.db import connection, connections
from django.utils.text import slugify

from chatbot.catalogue.loading import NOVELS
from chatbot.catalogue.models import Name, Novel, Spelling

from ....text import spelling
from ....text.folding import key, without_subtitle
from ... import search

BATCH = 2000
DATABASE = "benchmark_search"


class Command(BaseCommand):
    help = (
        "Measure search with a large made-up catalogue, spliced from the shipped titles, in a database of its own: a "
        "temporary SQLite file, or on the server of --database-url a new database, dropped afterwards."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--works", type=int, default=100_000)
        parser.add_argument("--queries", type=int, default=200, help="of each kind")
        parser.add_argument("--limit", type=int, default=search.LIMIT, help="works asked for")
        parser.add_argument("--database-url", help="postgres://… of a server where a database may be created")
        parser.add_argument(
            "--keep",
            type=Path,
            metavar="FOLDER",
            help="do not drop the database, and measure the one that is there: making it takes ten minutes, measuring one",
        )

    def handle(self, *, works, queries, limit, database_url, keep, **options):
        with tempfile.TemporaryDirectory(prefix="search-") as folder:
            use_own_database(database_url, (keep or Path(folder)) / "library.sqlite3", DATABASE)
            creation, is_kept = connection.creation, keep is not None
            name = creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=is_kept)
            try:
                if Novel.objects.count() != works:
                    self.fill(works)
                self.measure(queries, limit)
            finally:
                creation.destroy_test_db(name, verbosity=0, keepdb=is_kept)

    def fill(self, works):
        began = time.perf_counter()
        # Indexes are built last, which for so many rows at once is several times quicker than to keep them.
        with connection.schema_editor() as editor:
            for index in Spelling._meta.indexes:
                editor.remove_index(Spelling, index)
        for start in range(0, works, BATCH):
            pks = _shelve(start, min(BATCH, works - start))
            Spelling.objects.bulk_create(search.spellings(pks), batch_size=BATCH)
            if self.stdout.isatty():
                self.stdout.write(f"{start + len(pks)} works …", ending="\r")
        with connection.schema_editor() as editor:
            for index in Spelling._meta.indexes:
                editor.add_index(Spelling, index)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        counts = [f"{model.objects.count():,} {what}" for model, what in ((Novel, "works"), (Name, "names"))]
        self.stdout.write(
            f"{connection.vendor}: {', '.join(counts)}, {Spelling.objects.count():,} spellings, {_size()} MB, "
            f"made in {time.perf_counter() - began:.0f} s"
        )

    def measure(self, queries, limit):
        chance = random.Random(7)  # noqa: S311
        pks, everything = list(Novel.objects.values_list("pk", flat=True)), []
        for kind, ask in KINDS.items():
            among = Novel.objects.filter(status=Novel.Status.COMPLETED) if kind.endswith("filtered") else None
            took, answered = [], 0
            for query in _queries(ask, queries, pks, chance):
                began = time.perf_counter(), time.process_time()
                found = search.find(query, limit, among)
                took.append((1000 * (time.perf_counter() - began[0]), 1000 * (time.process_time() - began[1])))
                answered += bool(found)
            everything += took
            self.tell(kind, took, f"{answered} of {len(took)} answered")
        self.tell("all", everything, "")

    def tell(self, kind, took, remark):
        waited, worked = zip(*took, strict=True)
        p95, p95_worked = (statistics.quantiles(times, n=20)[-1] for times in (waited, worked))
        self.stdout.write(
            f"{kind:24} p50 {statistics.median(waited):6.1f} ms  p95 {p95:6.1f} ms  most {max(waited):6.1f} ms  "
            f"p95 of this process's own work {p95_worked:5.1f} ms  {remark}"
        )


def use_own_database(url, path, name):
    """Put the measured database in the place of the default one, before anything has been asked of that. Its settings."""
    default = connections.settings["default"]
    if url:
        own = default | {"OPTIONS": {}} | environ.Env.db_url_config(url)
    else:
        options = default["OPTIONS"] if default["ENGINE"].endswith("sqlite3") else {}
        own = default | {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}
    own["TEST"] = {**default["TEST"], "NAME": name if url else str(path)}
    switch_to(own)
    return own


def switch_to(own):
    connections["default"].close()
    connections.settings["default"] = own
    del connections["default"]


def _size():
    if connection.vendor == "sqlite":
        return os.path.getsize(connection.settings_dict["NAME"]) // 1_000_000
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0] // 1_000_000


def _shipped():
    return [json.loads(line) for line in NOVELS.read_text(encoding="utf-8").splitlines()]


def _spliced(chance, one, other):
    """The beginning of `one` and the end of `other`, between words where there are any."""
    mark = " " if " " in one + other else ""
    one, other = (text.split() if mark else list(text) for text in (one, other))
    return mark.join(one[: chance.randint(1, len(one))] + other[chance.randrange(len(other)) :])[:250]


def _shelve(start, count):
    """`count` works, each of the names of two shipped ones; returns their primary keys."""
    chance, shipped = random.Random(start), _shipped()  # noqa: S311
    novels, names = [], []
    for number in range(start, start + count):
        one, other, third = chance.sample(shipped, 3)
        titles = {
            code: _spliced(chance, one["titles"][code] or one["titles"]["en"], other["titles"][code] or "2")
            for code in ("ko", "ja", "en", "romaji")
        }
        authors = {
            field: [_spliced(chance, one[field][0], third[field][0])] if one[field] and third[field] else []
            for field in ("authors", "authors_ko", "authors_en")
        }
        novel = Novel(
            slug=slugify(f"{number}-{titles['en']}")[:60],
            **{f"title_{code}": title for code, title in titles.items()},
            **authors,
            year=2015,
            volumes=3,
            status=chance.choice(Novel.Status.values),
            # Few are well known, most are not.
            renown=int(1 + 99 * chance.random() ** 3),
        )
        novels.append(novel)
        given = [chance.choice(work["names"]) for work in (one, other) if work["names"]]
        texts = [*titles.values(), *map(without_subtitle, titles.values())]
        texts += [_spliced(chance, given[0], given[-1])] if given else []
        by_key = {key(text): text for text in texts if key(text)}
        names += [Name(novel=novel, text=text, key=folded) for folded, text in by_key.items()]
    Novel.objects.bulk_create(novels)
    Name.objects.bulk_create(names, batch_size=BATCH)
    return [novel.pk for novel in novels]


def _queries(ask, count, pks, chance):
    """`count` queries of one kind, each about one of the novels `pks`."""
    asked = []
    while len(asked) < count:
        novel = Novel.objects.get(pk=chance.choice(pks))
        if query := ask(novel, chance):
            asked.append(query)
    return asked


def _mistyped(chance, text):
    """`text` with one jamo, kana or Latin letter changed, for names long enough to be forgiven."""
    letters = list(text)
    places = [n for n, letter in enumerate(letters) if letter.isalpha()]
    if len(places) < 6:
        return ""
    place = chance.choice(places)
    syllable = ord(letters[place]) - 0xAC00
    if 0 <= syllable < 11172:
        vowel = (syllable % 588 // 28 + 4) % 21
        letters[place] = chr(0xAC00 + syllable // 588 * 588 + vowel * 28 + syllable % 28)
    else:
        letters[place] = {"a": "e"}.get(letters[place], "a") if letters[place].isascii() else "ん"
    return "".join(letters)


def _part(chance, text, least, most):
    return text[(start := chance.randrange(max(1, len(text) - least))) : start + chance.randint(least, most)]


def _by_consonants(chance, text, share):
    return "".join(
        spelling.jamo(c)[0] if spelling.is_syllable(c) and chance.random() < share else c
        for c in text.replace(" ", "")[: chance.randint(3, 8)]
    )


def _on_latin_layout(text):
    return "".join(spelling.KEY_OF.get(letter, "") for letter in spelling.letters(text)[:20])


COMMON = [
    "이세계",
    "異世界",
    "isekai",
    "転生",
    "전생",
    "の",
    "이",
    "a",
    "the",
    "용사",
    "마왕",
    "ㅇ",
    "ㅇㅅㄱ",
    "of",
    "가",
    "魔",
]

KINDS = {
    "whole Korean title": lambda novel, chance: novel.title_ko,
    "whole Japanese title": lambda novel, chance: novel.title_ja,
    "whole English title": lambda novel, chance: novel.title_en,
    "romaji, other spelling": lambda novel, chance: spelling.by_sound(novel.title_romaji.lower()),
    "nickname": lambda novel, chance: novel.names.last().text,
    "beginning, as typed": lambda novel, chance: chance.choice(list(novel.titles.values()))[: chance.randint(1, 8)],
    "word inside, Korean": lambda novel, chance: chance.choice(novel.title_ko.split()[1:] or [""])[:6],
    "part, Japanese": lambda novel, chance: _part(chance, novel.title_ja, 2, 5),
    "word inside, English": lambda novel, chance: chance.choice(novel.title_en.split()),
    "common words": lambda novel, chance: chance.choice(COMMON),
    "common words, filtered": lambda novel, chance: chance.choice(COMMON),
    "initial consonants": lambda novel, chance: _by_consonants(chance, novel.title_ko, 1),
    "mixed consonants": lambda novel, chance: _by_consonants(chance, novel.title_ko, 0.5),
    "author": lambda novel, chance: chance.choice([*novel.authors, *novel.authors_ko, *novel.authors_en]),
    "typo, whole name": lambda novel, chance: _mistyped(chance, novel.names.order_by("?").first().text),
    "typo, beginning": lambda novel, chance: _mistyped(chance, novel.title_ko[:9]),
    "Korean on Latin layout": lambda novel, chance: _on_latin_layout(novel.title_ko),
    "nothing": lambda novel, chance: "".join(chance.choice("qxzwvjk뷁쀍龘鑫") for _ in range(7)),
}
