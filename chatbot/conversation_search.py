"""Finding what was said, by its words: an index over conversations and turns that the database itself keeps.

Words are not divided by spaces in Japanese, nor in Korean as readers write it, so every text is cut into grams: each
character and each pair of neighbours of what is not ASCII, three letters at a time of what is ("fan", "ant", … of
fantasy; a run of one or two letters stands as it is, and is found as a whole word only).

SQLite keeps them in FTS5 tables, filled by triggers; PostgreSQL in a GIN index over a function. Both are made after
each migration and not by one, because Django rebuilds SQLite tables and their triggers go with them.
"""

import re
import string
from dataclasses import dataclass

from django.db import connections, transaction

RUNS = re.compile(r"[a-z0-9]+|[^\x00-\x7f]+")
LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
MAX_ROWS = 1000  # rows a word may lead to by the index; what is said more often is found by looking

FUNCTION = """
CREATE OR REPLACE FUNCTION chatbot_grams(said text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  WITH runs AS (
    SELECT found[1] AS run, length(found[1]) AS long, found[1] ~ '^[a-z0-9]' AS ascii
    FROM regexp_matches(translate(said, %(upper)s, %(lower)s), '[a-z0-9]+|[^\\x01-\\x7f]+', 'g') AS found
  )
  SELECT coalesce(array_agg(DISTINCT gram), '{}') FROM (
    SELECT substr(run, at, 3) AS gram FROM runs, generate_series(1, greatest(long - 2, 1)) AS at WHERE ascii
    UNION ALL SELECT substr(run, at, 1) FROM runs, generate_series(1, long) AS at WHERE NOT ascii
    UNION ALL SELECT substr(run, at, 2) FROM runs, generate_series(1, long - 1) AS at WHERE NOT ascii
  ) AS grams
$$
"""


def grams(text):
    """The set of what `text` is found by."""
    found = set()
    for run in RUNS.findall(text.translate(LOWER)):
        if run[0] in string.ascii_lowercase + string.digits:
            found.update(run[at : at + 3] for at in range(max(len(run) - 2, 1)))
        else:
            found.update(run)
            found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found


def _token(gram):
    """A gram as FTS5 takes it for one word, whatever its characters are."""
    return "x".join(f"{ord(character):x}" for character in gram)


def _tokens(text):
    return " ".join(_token(gram) for gram in sorted(grams(text or "")))


def teach(connection, **_kwargs):
    """Give an SQLite connection the function its triggers call."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("chatbot_grams", 1, _tokens, deterministic=True)


@dataclass(frozen=True)
class Index:
    """The index over `columns` of `table`, of the rows for which `when` holds: once it does, it stays so."""

    table: str
    columns: tuple
    when: str = "1=1"

    @property
    def name(self):
        return f"{self.table}_said"

    def _expression(self, row=""):
        return " || ' ' || ".join(f"{row}{column}" for column in self.columns)

    def find(self, word, using="default"):
        """Ids of at most `MOST` rows that may say `word`, newest first; None when there are more, or no telling."""
        wanted = sorted(grams(word))
        if not wanted:
            return None
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            if connections[using].vendor == "sqlite":
                asked = " AND ".join(f'"{_token(gram)}"' for gram in wanted)
                sql = (
                    f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH %s ORDER BY rowid DESC LIMIT {MAX_ROWS + 1}"
                )
                cursor.execute(sql, [asked])
            else:
                # Neither in order nor by reading the table: the planner takes any word for one that most rows say.
                cursor.execute("SET LOCAL enable_seqscan = off")
                sql = f"SELECT id FROM {self.table} WHERE ({self.when}) AND chatbot_grams({self._expression()}) @> %s"
                cursor.execute(f"{sql} LIMIT {MAX_ROWS + 1}", [wanted])
            found = [row[0] for row in cursor]
        return found if len(found) <= MAX_ROWS else None

    def install(self, connection):
        """Make it where it is missing, and fill it then from what is there."""
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                self._install_fts(cursor)
            elif connection.vendor == "postgresql":
                sql = f"CREATE INDEX IF NOT EXISTS {self.name} ON {self.table} USING gin"
                cursor.execute(f"{sql} (chatbot_grams({self._expression()})) WHERE {self.when}")

    def _install_fts(self, cursor):
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [self.name])
        if not cursor.fetchone():
            cursor.execute(
                f"CREATE VIRTUAL TABLE {self.name} USING fts5(grams, content='', detail=none, tokenize='ascii')"
            )
            cursor.execute(
                f"INSERT INTO {self.name}(rowid, grams)"
                f" SELECT id, chatbot_grams({self._expression()}) FROM {self.table} WHERE {self.when}"
            )
        add = f"INSERT INTO {self.name}(rowid, grams) VALUES (new.id, chatbot_grams({self._expression('new.')}));"
        take = (
            f"INSERT INTO {self.name}({self.name}, rowid, grams)"
            f" VALUES ('delete', old.id, chatbot_grams({self._expression('old.')}));"
        )
        was, now = (re.sub(r"\b(state|finished_at)\b", rf"{row}.\1", self.when) for row in ("old", "new"))
        columns = ", ".join([*self.columns, *(["finished_at"] if "finished_at" in self.when else [])])
        for name, event, when, what in (
            ("added", "INSERT", now, add),
            ("changed_from", f"UPDATE OF {columns}", was, take),
            ("changed_to", f"UPDATE OF {columns}", now, add),
            ("taken", "DELETE", was, take),
        ):
            timing = "BEFORE" if what is take else "AFTER"
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {self.name}_{name} {timing} {event} ON {self.table}"
                f" WHEN {when} BEGIN {what} END"
            )


# A reply that is still being written changes many times a second: it is found once it has ended.
TURNS = Index("chatbot_turn", ("text", "reply", "failure_detail"), "finished_at IS NOT NULL")
CONVERSATIONS = Index("chatbot_conversation", ("title",))


def install(using="default", **_kwargs):
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(FUNCTION, {"upper": string.ascii_uppercase, "lower": string.ascii_lowercase})
    for index in (TURNS, CONVERSATIONS):
        index.install(connection)
