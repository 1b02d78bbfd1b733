"""When something was: the days that words mean."""

from datetime import date

import pytest

from chatbot.language.words.periods import Period, period_in

TODAY = date(2026, 3, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "end"),
    [
        ("오늘 추천해 준 거", "2026-03-18", "2026-03-19"),
        ("어제 추천받은 책", "2026-03-17", "2026-03-18"),
        ("그저께 추천해 준 거", "2026-03-16", "2026-03-17"),
        ("지난 주에 추천한 거", "2026-03-09", "2026-03-16"),
        ("이번주 추천", "2026-03-16", "2026-03-23"),
        ("지난달에 뭐 추천해 줬어?", "2026-02-01", "2026-03-01"),
        ("저번달에 추천한 책", "2026-02-01", "2026-03-01"),
        ("작년에 권해 준 책", "2025-01-01", "2026-01-01"),
        ("３일 전에 추천한 책", "2026-03-15", "2026-03-16"),
        ("2주 전에 추천한 책", "2026-03-02", "2026-03-09"),
        ("3개월 전에 추천한 책", "2025-12-01", "2026-01-01"),
        ("what did you offer me last month", "2026-02-01", "2026-03-01"),
        ("the day before yesterday", "2026-03-16", "2026-03-17"),
        ("10 days ago", "2026-03-08", "2026-03-09"),
        ("先月何をおすすめしてくれた？", "2026-02-01", "2026-03-01"),
        ("先週のおすすめ", "2026-03-09", "2026-03-16"),
        ("一昨日のおすすめ", "2026-03-16", "2026-03-17"),
        ("2か月前のおすすめ", "2026-01-01", "2026-02-01"),
    ],
)
def test_words_mean_days(text, first, end):
    assert period_in(text, TODAY) == Period(date.fromisoformat(first), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text", ["", "지금까지 추천한 거", "what have you offered me", "おすすめは？", "999999 days ago"]
)
def test_other_words_mean_none(text):
    assert period_in(text, TODAY) is None


def test_the_month_before_january_is_december():
    assert period_in("지난달", date(2026, 1, 31)) == Period(date(2025, 12, 1), date(2026, 1, 1))
