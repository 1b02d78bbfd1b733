"""What a model says as JSON and not as words: a copy of the shelf it was given, its choice from it, or its reply.

A copy is kept back. A choice and a reply are worded as the page reads them.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..candidate_ids import id_in
from ..phrasebook import PHRASES

# Keys of a candidate, as `prompts` writes them.
SHELF_KEYS = (
    "id", "title", "original", "authors", "by", "facts", "year", "volumes", "status", "tags", "plot", "fits", "editions",
    "breaches",
)  # fmt: skip
COPIED = {"plot", "facts", "fits", "breaches", "original", "synopsis"}  # of which one beside a title tells a copy


def _keys(section: str) -> frozenset[str]:
    """Keys as `folded` leaves them."""
    return frozenset(PHRASES.phrases("json_replies", section))


ID_KEYS, TITLE_KEYS, REASON_KEYS = _keys("id"), _keys("title"), _keys("reason")
OPENING_KEYS, REPLY_KEYS, CLOSING_KEYS = _keys("opening"), _keys("reply"), _keys("closing")
CHOICE_KEYS = _keys("choice")
TOLD_KEYS = REASON_KEYS | OPENING_KEYS | CLOSING_KEYS | REPLY_KEYS
WORDED_KEYS = TOLD_KEYS | CHOICE_KEYS
DEEPEST = 12


class Worded(NamedTuple):
    """`text` to be shown in place of the JSON; None where it is shown as it stands. `copied`: some of it was the shelf."""

    text: str | None
    copied: bool = False


def worded(values: Iterable[object], whole: bool) -> Worded:
    """The Worded for JSON values that stand together. `whole`: none of them was broken off."""
    reading = _Reading(whole)
    for value in values:
        reading.take(value)
    if reading.certain:
        return Worded(reading.text(), reading.copied)
    return Worded("", True) if reading.copied else Worded(None)


def folded(key: object) -> str:
    return re.sub(r"[\s_\-*`]+", "", str(key)[:60]).casefold()


def is_told(key: str) -> bool:
    """Whether what stands under `key` is meant for the reader, and may be long."""
    return folded(key) in TOLD_KEYS


class _Reading:
    def __init__(self, whole):
        self.whole, self.copied = whole, False
        self.told = []  # (place: 0 opening, 1 between, 2 closing; text)
        self.certain = False  # that something told is a choice or a reply, and not a remark in any JSON

    def text(self):
        return "\n\n".join(text for _, text in sorted(self.told, key=lambda one: one[0]))

    def take(self, value, under="", depth=0):
        if depth > DEEPEST:
            return
        if isinstance(value, list):
            for one in value:
                self.take(one, under, depth + 1)
        elif isinstance(value, dict):
            self._take_object(value, under, depth)
        elif isinstance(value, str) and value.strip():
            self._take_text(value, under)
        elif value == "" and under in REPLY_KEYS:
            self.certain = True

    def _take_object(self, value, under, depth):
        entries = {folded(key): entry for key, entry in value.items()}
        chosen, slug = under in CHOICE_KEYS, _slug_in(entries)
        head = f"[[{slug}]]" if slug else _title_in(entries)
        reason = " ".join(_texts(entry for key, entry in entries.items() if key in REASON_KEYS))
        if head and reason:
            self._tell(1, f"{head} {reason}")
        elif slug and chosen and not COPIED & set(entries):
            self._tell(1, head)
        elif self._is_copy(entries):
            self.copied = True
        elif chosen and entries and all(map(id_in, value)):
            for key, why in value.items():
                self._tell(1, " ".join((f"[[{key}]]", *_texts([why]))))
        else:
            for key, entry in entries.items():
                self.take(entry, key, depth + 1)

    def _is_copy(self, entries):
        keys = {key for key in entries if key in SHELF_KEYS or key in COPIED}
        if not self.whole and ("id" in keys or any(map(_begins_key, entries))):
            # Of a copy that was broken off not much need be left to know it by. A reply or a choice is none.
            return not any(
                isinstance(entry, (str, list, dict)) and key in WORDED_KEYS for key, entry in entries.items()
            )
        if "id" in keys:
            return len(keys) > 1 or len(entries) == 1
        return len(keys) > 2 or bool(keys & {"fits", "breaches"}) or ("title" in keys and bool(keys & COPIED))

    def _take_text(self, text, under):
        if under in CHOICE_KEYS:
            self._tell(1, f"[[{id_in(text)}]]" if id_in(text) else text)
        elif under in OPENING_KEYS:
            self._tell(0, text)
        elif under in CLOSING_KEYS:
            self._tell(2, text)
        elif under in REPLY_KEYS:
            self._tell(1, text)
        elif under in REASON_KEYS:
            self.told.append((1, text.strip()))

    def _tell(self, place, text):
        self.told.append((place, text.strip()))
        self.certain = True


def _slug_in(entries):
    """The id of the work that an object speaks of, or an empty text."""
    found = (id_in(entry) for key, entry in entries.items() if key in ID_KEYS)
    return next((slug for slug in found if slug and not slug.isdigit()), "")


def _title_in(entries):
    found = (
        entry.strip(" 『』《》「」") for key, entry in entries.items() if key in TITLE_KEYS and isinstance(entry, str)
    )
    return next((f"『{title}』" for title in found if title), "")


def _texts(entries):
    """The texts among `entries`, each on one line, those of lists too."""
    for entry in entries:
        if isinstance(entry, list):
            yield from _texts([one for one in entry if isinstance(one, str)])
        elif isinstance(entry, str) and entry.strip():
            yield " ".join(entry.split())


def _begins_key(key):
    return any(one.startswith(key) for one in (*SHELF_KEYS, *TOLD_KEYS, *CHOICE_KEYS, *ID_KEYS)) if key else False
