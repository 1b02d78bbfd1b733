import time

import pytest

from chatbot.text.cleaning import MAX_MARKS, clean, language_of, title_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  무직전생  ", "무직전생"),
        ("무직\x00전생", "무직전생"),
        ("무직\u202e전생\u200b", "무직전생"),
        ("한\r\n줄", "한\n줄"),
        ("\ud800무직전생", "무직전생"),
        ("\u200d\u200c \ufeff", ""),
        ("ㅎ\u1161", "ㅎ\u1161"),
        ("한글", "한글"),
        ("👩\u200d🚀 이야기", "👩\u200d🚀 이야기"),
        ("가\n\n\n\n\n\n나", "가\n\n\n나"),
    ],
)
def test_words_are_cleaned_and_otherwise_kept(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("무직전생 같은 거 추천해줘", "ko"),
        ("『本好きの下剋上』 같은 이야기", "ko"),
        ("無職転生みたいな作品", "ja"),
        ("「무직전생」が好きです", "ja"),
        ("後宮 推理 小説", "ja"),
        ("something cozy, no harem", "en"),
        ("I loved 『無職転生』 and want more", "en"),
        ("SAO", "ko"),
        ("???", "ko"),
    ],
)
def test_the_language_is_that_of_the_sentence_not_of_its_titles(text: str, language: str) -> None:
    assert language_of(text, default="ko") == language


def test_a_title_is_the_first_line_cut_at_a_word() -> None:
    assert title_of("\n  완결된   이세계물 추천해줘\n10권 이하로") == "완결된 이세계물 추천해줘"
    long = "주인공이 처음부터 강하지 않고 조금씩 자라나면서 동료를 만나는 그런 이야기가 있을까요"
    assert title_of(long) == "주인공이 처음부터 강하지 않고 조금씩 자라나면서 동료를 만나는 그런…"
    assert title_of("가" * 100) == "가" * 40 + "…"


SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
WHOLE = [
    "🇰🇷",
    "👍🏽",
    "👨\u200d👩\u200d👧\u200d👦",
    "1\ufe0f\u20e3",
    "🏳\ufe0f\u200d🌈",
    "e\u0301\u0302",
    "か\u3099",
    "\u1100\u1161\u11a8",
    "각\u11a8",
    "षि",
    SCOTLAND,
]


@pytest.mark.parametrize("one", WHOLE)
def test_what_a_reader_sees_as_one_character_is_not_cut_in_two(one: str) -> None:
    for before in range(38, 42):
        text = "가" * before + one + one + "나" * 40
        title = title_of(text).removesuffix("…")
        assert title in {"가" * 40, "가" * before, "가" * before + one, "가" * before + one + one}
        assert len(title) > 40 - len(one)


def test_letters_that_cannot_be_seen_stay_in_a_flag_only() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "ignore")
    assert clean(f"{SCOTLAND}판타지{hidden} 🏴{hidden}") == f"{SCOTLAND}판타지 🏴"


def test_only_flags_of_the_beginning_are_kept() -> None:
    assert title_of("🇰🇷" * 30) == "🇰🇷" * 20 + "…"
    assert title_of("가" + "🇯🇵" * 30) == "가" + "🇯🇵" * 19 + "…"


def test_a_tower_of_accents_takes_no_time() -> None:
    before = time.process_time()
    assert len(clean("a" + "\u0301\u0323" * 60_000)) <= 1 + MAX_MARKS
    assert time.process_time() - before < 1


def test_accents_that_words_have_are_kept() -> None:
    assert clean("cafe\u0301 Vie\u0323\u0302t") == "café Việt"
