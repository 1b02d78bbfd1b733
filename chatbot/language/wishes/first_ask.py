"""The three questions of the first visit: how the answers are written as lines of an ask, and how these are read.

    Favourite genre: Isekai, Fantasy
    Read lately: Overlord
    Mood: bright

The labels stand in `data/<language>/first_ask.txt`. Readers write such lines themselves as well, with other labels.
"""

import re
from dataclasses import dataclass

from ..words.phrasebook import PHRASES

QUESTIONS = ("genre", "read", "dislike", "mood")
COLON = {"ja": "："}
BRIGHT, DARK = "bright", "dark"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the form was answered. `genres`: their labels as readers know them. `mood`: BRIGHT, DARK or empty."""

    genres: tuple[str, ...] = ()
    recent: str = ""
    mood: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that answers a question. `start`, `end`: its place in the text."""

    question: str
    answer: str
    start: int
    end: int


def _written(name: str, language: str) -> str:
    return PHRASES.phrases("first_ask", f"written.{name}", language)[0]


def spelled(answers: Answers, language: str) -> dict[str, str]:
    """Question to the words of its answer, in their order; without those that were skipped."""
    words = {
        "genre": ", ".join(answers.genres),
        "read": " ".join(answers.recent.splitlines()),
        "mood": _written(answers.mood, language) if answers.mood else "",
    }
    return {question: answer for question, answer in words.items() if answer}


def written(answers: Answers, language: str) -> str:
    """The answers as lines of an ask."""
    colon = COLON.get(language, ": ")
    return "\n".join(
        f"{_written(question, language)}{colon}{answer}" for question, answer in spelled(answers, language).items()
    )


def _label(question: str) -> str:
    labels = map(re.escape, PHRASES.phrases("first_ask", f"written.{question}"))
    return f"(?P<{question}>{'|'.join([*labels, PHRASES.pattern('first_ask', question)])})"


# A line ends with its sentence, or where " / " begins the next one.
LINE = re.compile(
    r"(?:^|(?<=[.。!/] ))[ \t]*"
    rf"(?:{'|'.join(map(_label, QUESTIONS))})[ \t]*[:：][ \t]*"
    r"(?P<answer>(?:(?! / )[^\n.。])*)[.。]?",
    re.IGNORECASE | re.MULTILINE,
)
NOTHING = re.compile(rf"{PHRASES.pattern('first_ask', 'nothing')}[.。!]?", re.IGNORECASE)
ANSWERS_BRIGHT = re.compile(PHRASES.pattern("first_ask", "bright"), re.IGNORECASE)
ANSWERS_DARK = re.compile(PHRASES.pattern("first_ask", "dark"), re.IGNORECASE)
TITLE_ENDS = re.compile(r"[,、，/]")


def read(text: str) -> list[Line]:
    """The lines of `text` that answer a question. Those answered with "none" have an empty answer."""
    found = []
    for match in LINE.finditer(text):
        question = next(name for name in QUESTIONS if match[name])
        answer = match["answer"].strip()
        found.append(Line(question, "" if NOTHING.fullmatch(answer) else answer, *match.span()))
    return found


def without(text: str, lines: list[Line], *, keep_places: bool = False) -> str:
    """`text` without these lines; with as many blanks in their stead where what follows has to keep its place."""
    rest, end = [], 0
    for line in lines:
        rest += [text[end : line.start], " " * (line.end - line.start) if keep_places else ""]
        end = line.end
    return "".join([*rest, text[end:]])


def mood_of(answer: str) -> str:
    """BRIGHT, DARK, or empty where the answer says neither."""
    if ANSWERS_BRIGHT.search(answer):
        return BRIGHT
    return DARK if ANSWERS_DARK.search(answer) else ""


def titles_of(answer: str) -> list[str]:
    """The titles of an answer that may list several."""
    titles = [title.strip(" 『』「」\"'《》<>") for title in TITLE_ENDS.split(answer)]
    return [title for title in titles if title and not NOTHING.fullmatch(title)]
