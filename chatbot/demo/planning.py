"""Who asks what when, and what becomes of it, drawn from a seed. Knows the catalogue's titles and tags by name only."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from ..assistant import failures

WORDS = Path(__file__).parent / "words"
DAYS = 90
LANGUAGES = ("ko", "ko", "en", "ja")  # half of the readers are Korean
TURNS_A_READER = 25
MAX_TURNS = 6  # of one conversation
MODEL = "gpt-6-luna"
HOURS = (1, 1, 0, 0, 0, 0, 1, 2, 3, 2, 2, 3, 5, 4, 3, 3, 3, 4, 5, 6, 8, 9, 8, 4)  # how often, by the hour of the day
SHARES = {"failed": 0.035, "stopped": 0.02, "slow": 0.02, "thumb": 0.12, "outcome": 0.12}
# How a model's server fails, as its client tells it.
DETAILS = {
    failures.BUSY: "429 Too Many Requests: rate limit reached for requests per minute",
    failures.DOWN: "ConnectError: [Errno 111] Connection refused",
    failures.SLOW: "no whole reply within 120 s",
    failures.CUT: "the stream ended without a finish reason",
    failures.GARBLED: "JSONDecodeError: Expecting value: line 1 column 1 (char 0)",
    failures.EMPTY: "the voice wrote nothing",
    failures.REFUSED: "finish reason: content_filter",
    failures.TOO_LONG: "400: this model's maximum context length is 128000 tokens",
    failures.KEY: "401: incorrect API key provided",
    failures.CREDIT: "429: you exceeded your current quota (insufficient_quota)",
    failures.LOST: "five workers ended with it",
    failures.BROKEN: "ValueError('unexpected candidate')",
    failures.QUOTA: "",
}
SHORTCOMINGS = ("taste", "known", "ask", "fact", "wording", "other")
EARLIER = "demo-1"  # a version of the instructions that was in force before


@dataclass(frozen=True)
class Library:
    """Titles and labels of tags by language, each in a fixed order."""

    titles: dict[str, list[str]]
    tags: dict[str, list[str]]


@dataclass(frozen=True)
class Ask:
    """One ask and what becomes of it. Times are seconds: `pause` since the turn before ended, the others from the ask."""

    text: str
    pause: float
    waited: float
    first: float
    whole: float
    end: str = "done"  # or "failed", by `failure`, or "stopped"
    failure: str = ""
    flaw: str = ""  # a sentence that the reply says besides
    thumb: str = ""
    shortcoming: str = ""
    thumb_words: str = ""
    outcome: str = ""  # of a work offered: "begun", "dropped", "loved"
    days: int = 0  # until that


@dataclass(frozen=True)
class Talk:
    """A conversation. `model`: it is told as one of this model, with `version` of the prompt ("": the one in force); "":
    the librarian's."""

    reader: int
    language: str
    begins_at: datetime
    model: str
    version: str
    asks: list[Ask]


def words_of(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))
    return found


def plan(turns: int, chance: Random, now: datetime, library: Library) -> list[Talk]:
    """Talks with `turns` asks in all, oldest first. The same `chance` draws the same, whatever the day is."""
    writers = {language: _Writer(language, chance, library) for language in set(LANGUAGES)}
    readers = max(4, turns // TURNS_A_READER)
    causes = _without_end(sorted(DETAILS))
    sizes = list(_sizes(turns, chance))
    talks = []
    for size in sizes:
        age = DAYS * (1 - chance.random() ** 0.7)  # more of late than at first
        reader = chance.randrange(readers)
        language = LANGUAGES[reader % len(LANGUAGES)]
        model = MODEL if chance.random() < 0.25 else ""
        asks = [_ask(writers[language], chance, first=n == 0, model=model, causes=causes) for n in range(size)]
        version = "" if age < DAYS / 3 else EARLIER
        talks.append(Talk(reader, language, _moment(now, age, chance), model, version, asks))
    return sorted(talks, key=lambda talk: talk.begins_at)


def _sizes(turns: int, chance: Random) -> Iterator[int]:
    """How many asks each talk has, `turns` in all."""
    while turns:
        size = min(turns, 1 + min(int(chance.expovariate(0.6)), MAX_TURNS - 1))
        yield size
        turns -= size


def _moment(now: datetime, age: float, chance: Random) -> datetime:
    """About `age` days ago, at an hour at which people read, and long enough ago for a conversation to have ended."""
    hour = chance.choices(range(24), HOURS)[0]
    at = (now - timedelta(days=age)).replace(hour=hour, minute=chance.randrange(60), second=chance.randrange(60))
    return at if at < now - timedelta(hours=2) else at - timedelta(days=1)


def _without_end(codes: list[str]) -> Iterator[str]:
    """Every cause comes up, also where few replies fail."""
    while True:
        yield from codes


def _ask(writer: "_Writer", chance: Random, *, first: bool, model: str, causes: Iterator[str]) -> Ask:
    waited = chance.uniform(0.02, 0.4)
    thinks = chance.lognormvariate(0.4, 0.5) if model else chance.uniform(0.03, 0.2)
    writes = chance.uniform(2, 7) if model else chance.uniform(0.1, 0.6)
    drawn = chance.random()
    happens: dict[str, Any] = {}
    if drawn < SHARES["failed"]:
        happens = {"end": "failed", "failure": next(causes)}
    elif drawn < SHARES["failed"] + SHARES["stopped"]:
        happens = {"end": "stopped"}
    elif drawn < SHARES["failed"] + SHARES["stopped"] + SHARES["slow"]:
        waited, thinks, writes = waited + chance.uniform(5, 30), thinks + chance.uniform(10, 30), writes + 20
    if not happens:
        happens = writer.opinion() | writer.flaw(model) | writer.outcome()
    text = writer.first() if first else writer.next()
    first_at = waited + thinks
    return Ask(text, chance.uniform(20, 300), waited, first_at, first_at + writes, **happens)


class _Writer:
    """Writes what readers of one language say."""

    def __init__(self, language: str, chance: Random, library: Library) -> None:
        self.words, self.chance = words_of(language), chance
        self.titles, self.tags = library.titles[language], library.tags[language]

    def first(self) -> str:
        kinds = ("asks", "questions", "named_in_vain", "personal", "heavy", "for_good")
        return self._filled(self.chance.choices(kinds, (78, 12, 3, 2, 1, 4))[0])

    def next(self) -> str:
        return self._filled(
            self.chance.choices(("follow_ups", "corrections", "questions", "asks"), (55, 20, 10, 15))[0]
        )

    def opinion(self) -> dict[str, str]:
        drawn = self.chance.random()
        if drawn > SHARES["thumb"]:
            return {}
        if drawn < SHARES["thumb"] * 0.6:
            return {"thumb": "up"}
        words = self.chance.choice(self.words["thumb_words"]) if self.chance.random() < 0.4 else ""
        return {"thumb": "down", "shortcoming": self.chance.choice(SHORTCOMINGS), "thumb_words": words}

    def flaw(self, model: str) -> dict[str, str]:
        """What a model makes up now and then, and the librarian never does."""
        if not model or self.chance.random() > 0.06:
            return {}
        return {"flaw": self._filled(self.chance.choice(("invented", "wrong_fact")))}

    def outcome(self) -> dict[str, Any]:
        if self.chance.random() > SHARES["outcome"]:
            return {}
        became = self.chance.choices(("begun", "dropped", "loved"), (50, 20, 30))[0]
        return {"outcome": became, "days": self.chance.randint(1, 20)}

    def _filled(self, kind: str) -> str:
        said = self.words[kind]
        text: str = said if isinstance(said, str) else self.chance.choice(said)
        tag, other = self.chance.sample(self.tags, 2)
        work, second = self.chance.sample(self.titles, 2)
        return text.format(
            mood=self.chance.choice(self.words["moods"]),
            tag=tag,
            other=other,
            work=work,
            second=second,
            number=self.chance.randint(3, 12) if kind != "wrong_fact" else self.chance.randint(70, 99),
            mail=f"reader{self.chance.randrange(1000)}@example.com",
            four=self.chance.randint(1000, 9999),
        )
