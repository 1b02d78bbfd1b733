"""Finding what was said, by its words: an index over conversations and turns that the database itself keeps.

Words are not divided by spaces in Japanese, nor in Korean as readers write it, so every text is cut into grams: each
character and each pair of neighbours of what is not ASCII, three letters at a time of what is ("fan", "ant", … of
fantasy; a run of one or two letters stands as it is, and is found as a whole word only), and each pair of neighbouring
Hangul syllables by their initial consonants. Width, case and kana are folded.

A turn is also found by whose it is: what one reader looks for costs as much however much all the others have said.

SQLite keeps them in FTS5 tables, filled by triggers; PostgreSQL in a GIN index over a function. Both are made after
each migration and not by one, because Django rebuilds SQLite tables and their triggers go with them.
"""

import re
import string
import unicodedata
from dataclasses import dataclass

from django.db import connections, transaction

from .text.folding import KATAKANA
from .text.spelling import INITIALS, is_syllable

RUNS = re.compile(r"[a-z0-9]+|[^\x00-\x7f]+")
LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase) | KATAKANA
LOWER_PAIRS = sorted(LOWER.items())
MAX_ID = 2**63 - 1
MAX_ROWS = 1000  # rows a word may lead to by the index; what is said more often is found by looking

FUNCTION = """
CREATE OR REPLACE FUNCTION chatbot_words(said text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  WITH runs AS (
    SELECT found[1] AS run, length(found[1]) AS long, found[1] ~ '^[a-z0-9]' AS ascii
    FROM regexp_matches(
      translate(normalize(said, NFKC), %(upper)s, %(lower)s), '[a-z0-9]+|[^\\x01-\\x7f]+', 'g'
    ) AS found
  ), letters AS (
    SELECT run, at, ascii(substr(run, at, 1)) - 44032 AS one, ascii(substr(run, at + 1, 1)) - 44032 AS next
    FROM runs, generate_series(1, long - 1) AS at WHERE NOT ascii
  )
  SELECT coalesce(array_agg(DISTINCT gram), '{}') FROM (
    SELECT substr(run, at, 3) AS gram FROM runs, generate_series(1, greatest(long - 2, 1)) AS at WHERE ascii
    UNION ALL SELECT substr(run, at, 1) FROM runs, generate_series(1, long) AS at WHERE NOT ascii
    UNION ALL SELECT substr(run, at, 2) FROM runs, generate_series(1, long - 1) AS at WHERE NOT ascii
    UNION ALL SELECT substr(%(initials)s, one / 588 + 1, 1) || substr(%(initials)s, next / 588 + 1, 1)
      FROM letters WHERE one BETWEEN 0 AND 11171 AND next BETWEEN 0 AND 11171
  ) AS grams
$$
"""


def folded(text):
    """`text` as it is looked for."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).translate(LOWER)


def grams(text):
    """The set of what `text` is found by."""
    found = set()
    for run in RUNS.findall(folded(text)):
        if run[0] in string.ascii_lowercase + string.digits:
            found.update(run[at : at + 3] for at in range(max(len(run) - 2, 1)))
        else:
            found.update(run)
            pairs = [run[at : at + 2] for at in range(len(run) - 1)]
            found.update(pairs)
            found.update("".join(map(initial, pair)) for pair in pairs if all(map(is_syllable, pair)))
    return found


def initial(syllable):
    return INITIALS[(ord(syllable) - 0xAC00) // 588]


def _token(gram):
    """A gram as FTS5 takes it for one word, whatever its characters are."""
    return "x".join(f"{ord(character):x}" for character in gram)


def _owner(reader_id):
    """The token of whose it is; no gram has it."""
    return f"r{reader_id}"


def _all_of(wanted):
    return " AND ".join(f'"{_token(gram)}"' for gram in sorted(wanted))


def _tokens(text):
    return " ".join(sorted(_token(gram) for gram in grams(text or "")))


def teach(connection, **_kwargs):
    """Give an SQLite connection the function its triggers call. Given twice, every statement would be prepared anew."""
    if connection.vendor == "sqlite" and getattr(connection, "is_new", True):
        # By the name it has always had: a process of the release before writes through our triggers for a while.
        connection.connection.create_function("chatbot_grams", 1, _tokens, deterministic=True)


@dataclass(frozen=True)
class Index:
    """The index over `columns` of `table`, of the rows for which `when` holds: once it does, it stays so.

    `owner`: the column with the id of whose a row is, where rows are found by that too.
    """

    table: str
    columns: tuple
    when: str = "1=1"
    owner: str = ""

    @property
    def name(self):
        return f"{self.table}_words"

    @property
    def before(self):
        """What an index that folded less was called."""
        return f"{self.table}_said"

    def _text(self, row=""):
        return " || ' ' || ".join(f"{row}{column}" for column in self.columns)

    def _fts(self, row=""):
        owner = f"'r' || {row}{self.owner} || ' ' || " if self.owner else ""
        return f"{owner}chatbot_grams({self._text(row)})"

    @property
    def _gin(self):
        owner = f" || ARRAY['r' || {self.owner}::text]" if self.owner else ""
        return f"chatbot_words({self._text()}){owner}"

    def find(self, word, using="default"):
        """Ids of at most `MAX_ROWS` rows that may say `word`, newest first; None when there are more, or no telling."""
        wanted = grams(word)
        if not wanted:
            return None
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            if connections[using].vendor == "sqlite":
                self._match(cursor, _all_of(wanted), MAX_ROWS + 1)
            else:
                # Neither in order nor by reading the table: the planner takes any word for one that most rows say.
                cursor.execute("SET LOCAL enable_seqscan = off")
                sql = f"SELECT id FROM {self.table} WHERE ({self.when}) AND ({self._gin}) @> %s LIMIT {MAX_ROWS + 1}"
                cursor.execute(sql, [sorted(wanted)])
            found = [row[0] for row in cursor]
        return found if len(found) <= MAX_ROWS else None

    def find_own(self, reader_id, wanted, limit, before=None, using="default"):
        """Ids of the newest `limit` rows of one reader that may say all grams of one of `wanted`, below the id
        `before`."""
        before = before or MAX_ID
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            if connections[using].vendor == "sqlite":
                one_of = " OR ".join(f"({_all_of(one)})" for one in wanted)
                self._match(cursor, f'"{_owner(reader_id)}" AND ({one_of})', limit, before)
            else:
                cursor.execute("SET LOCAL enable_seqscan = off")
                one_of = " OR ".join(f"({self._gin}) @> %s" for _one in wanted)
                sql = f"SELECT id FROM {self.table} WHERE ({self.when}) AND id < %s AND ({one_of})"
                # Of one reader there are few, and the newest are wanted: found first, then put in order.
                sql = f"SELECT id FROM ({sql} OFFSET 0) AS found ORDER BY id DESC LIMIT {int(limit)}"
                cursor.execute(sql, [before, *(sorted({_owner(reader_id), *one}) for one in wanted)])
            return [row[0] for row in cursor]

    def _match(self, cursor, asked, limit, before=MAX_ID):
        sql = f"SELECT rowid FROM {self.name} WHERE {self.name} MATCH %s AND rowid < %s"
        cursor.execute(f"{sql} ORDER BY rowid DESC LIMIT {int(limit)}", [asked, before])

    def install(self, connection):
        """Make it where it is missing, and fill it then from what is there."""
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                self._install_fts(cursor)
            elif connection.vendor == "postgresql":
                cursor.execute(f"DROP INDEX IF EXISTS {self.before}")
                sql = f"CREATE INDEX IF NOT EXISTS {self.name} ON {self.table} USING gin"
                cursor.execute(f"{sql} (({self._gin})) WHERE {self.when}")

    def _install_fts(self, cursor):
        for name in ("added", "changed_from", "changed_to", "taken"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {self.before}_{name}")
        cursor.execute(f"DROP TABLE IF EXISTS {self.before}")
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [self.name])
        if not cursor.fetchone():
            cursor.execute(
                f"CREATE VIRTUAL TABLE {self.name} USING fts5(grams, content='', detail=none, tokenize='ascii')"
            )
            cursor.execute(
                f"INSERT INTO {self.name}(rowid, grams) SELECT id, {self._fts()} FROM {self.table} WHERE {self.when}"
            )
        add = f"INSERT INTO {self.name}(rowid, grams) VALUES (new.id, {self._fts('new.')});"
        take = f"INSERT INTO {self.name}({self.name}, rowid, grams) VALUES ('delete', old.id, {self._fts('old.')});"
        was, now = (re.sub(r"\b(state|finished_at)\b", rf"{row}.\1", self.when) for row in ("old", "new"))
        watched = [*self.columns, *([self.owner] if self.owner else [])]
        columns = ", ".join([*watched, *(["finished_at"] if "finished_at" in self.when else [])])
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
TURNS = Index("chatbot_turn", ("text", "reply", "failure_detail"), "finished_at IS NOT NULL", owner="reader_id")
CONVERSATIONS = Index("chatbot_conversation", ("title",), owner="reader_id")


def install(using="default", **_kwargs):
    connection = connections[using]
    if connection.vendor == "postgresql":
        upper, lower = map("".join, zip(*((chr(big), chr(small)) for big, small in LOWER_PAIRS), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(FUNCTION, {"upper": upper, "lower": lower, "initials": INITIALS})
    for index in (TURNS, CONVERSATIONS):
        index.install(connection)
