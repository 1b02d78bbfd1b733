"""What a model says as JSON and not as words: a copy of the shelf it was given, its choice from it, or its reply.

A copy is kept back. A choice and a reply are worded as the page reads them.
"""

import re
from typing import NamedTuple

# Keys of a candidate, as `prompts` writes them.
SHELF_KEYS = (
    "id", "title", "original", "authors", "by", "facts", "year", "volumes", "status", "tags", "plot", "fits", "editions",
    "breaches",
)  # fmt: skip
COPIED = {"plot", "facts", "fits", "breaches", "original", "synopsis"}  # of which one beside a title tells a copy
ID_KEYS = {"id", "slug", "novel", "novelid", "bookid", "workid", "candidateid", "candidate", "아이디"}
TITLE_KEYS = {"title", "name", "제목", "작품", "タイトル", "題名", "作品", "書名"}
REASON_KEYS = {
    "reason", "reasons", "why", "comment", "comments", "explanation", "rationale", "justification", "pitch", "note",
    "recommendation", "recommendationreason", "whyrecommended", "whyitfits", "description",
    "이유", "추천이유", "설명", "코멘트", "한마디", "추천사", "理由", "おすすめ理由", "推薦理由", "おすすめの理由", "説明", "コメント",
}  # fmt: skip
OPENING_KEYS = {
    "intro", "introduction", "opening", "greeting", "preface", "인사", "인사말", "서문", "도입", "挨拶", "導入", "前置き",
}  # fmt: skip
CLOSING_KEYS = {
    "closing", "outro", "conclusion", "ending", "followup", "nextstep", "question", "마무리", "맺음말", "끝맺음", "질문",
    "結び", "締め", "まとめ", "質問",
}  # fmt: skip
REPLY_KEYS = {
    "reply", "message", "text", "content", "response", "answer", "output", "assistant", "final", "finalanswer", "summary",
    "답변", "답장", "응답", "메시지", "대답", "내용", "返信", "返答", "回答", "応答", "答え", "メッセージ", "本文", "内容",
}  # fmt: skip
CHOICE_KEYS = {
    "picks", "pick", "recommendations", "recommended", "choices", "choice", "selections", "selection", "selected", "ids",
    "chosen", "추천", "추천작", "추천목록", "선택", "おすすめ", "推薦", "選択",
}  # fmt: skip
TOLD_KEYS = REASON_KEYS | OPENING_KEYS | CLOSING_KEYS | REPLY_KEYS
WORDED_KEYS = TOLD_KEYS | CHOICE_KEYS
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,79}")
DEEPEST = 12


class Worded(NamedTuple):
    """`text` to be shown in place of the JSON; None where it is shown as it stands. `copied`: some of it was the shelf."""

    text: str | None
    copied: bool = False


def worded(values, whole):
    """The Worded for JSON values that stand together. `whole`: none of them was broken off."""
    reading = _Reading(whole)
    for value in values:
        reading.take(value)
    if reading.certain:
        return Worded(reading.text(), reading.copied)
    return Worded("", True) if reading.copied else Worded(None)


def folded(key):
    return re.sub(r"[\s_\-*`]+", "", str(key)[:60]).casefold()


def is_told(key):
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
        elif chosen and entries and all(_is_slug(key) for key in value):
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
            self._tell(1, f"[[{_bare(text)}]]" if _is_slug(text) else text)
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
    found = (_bare(entry) for key, entry in entries.items() if key in ID_KEYS and _is_slug(entry))
    return next((slug for slug in found if not slug.isdigit()), "")


def _title_in(entries):
    found = (
        entry.strip(" 『』《》「」") for key, entry in entries.items() if key in TITLE_KEYS and isinstance(entry, str)
    )
    return next((f"『{title}』" for title in found if title), "")


def _bare(text):
    return text.strip(" []`\"'")


def _is_slug(text):
    return isinstance(text, str) and bool(SLUG.fullmatch(_bare(text)))


def _texts(entries):
    """The texts among `entries`, each on one line, those of lists too."""
    for entry in entries:
        if isinstance(entry, list):
            yield from _texts([one for one in entry if isinstance(one, str)])
        elif isinstance(entry, str) and entry.strip():
            yield " ".join(entry.split())


def _begins_key(key):
    return any(one.startswith(key) for one in (*SHELF_KEYS, *TOLD_KEYS, *CHOICE_KEYS, *ID_KEYS)) if key else False
