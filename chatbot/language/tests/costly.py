"""Asks as long as may be that could cost seconds to read: made of the rules' own words, repeated, joined and nested."""

import random
import re

from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes import circumstances, preferences, turn_parser
from chatbot.language.wishes.digest import digest
from chatbot.language.wishes.wish import read_ask, wish_after
from chatbot.language.words.phrasebook import PHRASES
from chatbot.language.words.vocabulary import vocabulary
from chatbot.text.cleaning import MAX_LENGTH, clean
from chatbot.text.phrasebook import LANGUAGES

BETWEEN = [
    "", " ", ", ", ",", ". ", "\n", "? ", "!", " / ", "、", "。", "은 ", "는 ", "이랑 ", "하고 ", " or ", " and ", "や", "とか", " (", ") ",
    "「", "」", '"', "『", "』", " 1", "10권 ", "2020년 ", "~", "…", "ㅋㅋ", "ㅠ", "-", ": ", "\t", "　", "'", "x ", "no ", "안 ", "ない",
    "같은 ", "のような", " like ",
]  # fmt: skip
# Strings that once cost most: 0.4 to 4 seconds.
KNOWN = [
    "회귀싫", "회귀 싫어, ", "하렘 싫고 ", "하렘, ", "zombies, no gore, ", "ハーレムは無理、", "a,", "하!렘!", "나", '"', "『", "no ", "10권 ", "?",
    "1", "\n하", "읽었는데 ", "or rather ", "not overlord but ",
]  # fmt: skip


class Costly:
    """Makes such asks, always the same ones from the same seed."""

    def __init__(self, catalogue, seed):
        self.chance = random.Random(seed)
        self.cues, self.sentences = [], []
        for path in sorted(PHRASES.folder.glob("*/*.txt")):
            for section in PHRASES.sections(path.stem, path.parent.name).values():
                for line in section.lines:
                    self.sentences.append(line.example)
                    self.cues += re.findall(r"[^\W\d_]{2,}", line.text)[:4] if section.is_pattern else [line.text]
        labels = catalogue.labels.values()
        self.names = [word for one in labels for code in LANGUAGES for word in one.words.get(code, ())]
        self.names += [name for work in catalogue.works[:300] for name in work.names]

    def texts(self, count):
        """`count` asks, the known ones among them."""
        made = [self._repeated(piece) for piece in KNOWN]
        return [*made, *(self.text() for _ in range(count - len(made)))]

    def text(self):
        one = self.chance.choice
        pieces = [
            lambda: one(self.names) + one(BETWEEN) + one(self.cues) + one(BETWEEN),
            lambda: one(self.cues) + one(BETWEEN) + one(self.cues),
            lambda: one(self.sentences) + one(BETWEEN),
            lambda: one(self.names)[:2] * self.chance.randint(1, 40) + one(self.cues) + one(BETWEEN) * 30,
            lambda: one(one(self.cues)) * self.chance.randint(1, 6) + one(BETWEEN),
        ]
        piece = one(pieces)
        if self.chance.random() < 0.4:
            return self._repeated(piece())
        between, text = one(BETWEEN), ""
        while len(text) < MAX_LENGTH:
            text += piece() + between
        return text[:MAX_LENGTH]

    @staticmethod
    def _repeated(piece):
        return (piece * MAX_LENGTH)[:MAX_LENGTH]


def understood(text, dialogue, catalogue, language="ko"):
    """All that is read in a turn's words before anything is chosen, as `understanding` and `briefing` do."""
    read = digest(clean(text), vocabulary(catalogue))
    whole = wish_after([read_ask(read.text, read.text, catalogue, language, dialogue.last_picks)])
    acts = read_acts(read.text, dialogue, catalogue, whole, language)
    wishes = preferences.without_progress(acts.wish_text)
    read_ask(wishes, read.text, catalogue, language, dialogue.last_picks)
    turn_parser.asks_for_books(text)
    circumstances.lasting(read.text)
    return acts, preferences.read_preferences(read.in_place, vocabulary(catalogue), last_picks=dialogue.last_picks)
