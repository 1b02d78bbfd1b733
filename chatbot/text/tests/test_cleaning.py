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


def test_a_tower_of_accents_takes_no_time() -> None:
    before = time.process_time()
    assert len(clean("a" + "\u0301\u0323" * 60_000)) <= 1 + MAX_MARKS
    assert time.process_time() - before < 1


def test_accents_that_words_have_are_kept() -> None:
    assert clean("cafe\u0301 Vie\u0323\u0302t") == "café Việt"
