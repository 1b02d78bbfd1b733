"""Works that the name of one of their people points at."""

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

WELL = make_work(
    "well",
    titles={"ko": "우물가의 밤", "ja": "井戸端の夜", "en": "Nights at the Well"},
    synopses={"ko": "도르카가 우물을 판다.", "en": "Dorcas digs a well.", "ja": "ドルカが井戸を掘る。"},
)
MILL = make_work(
    "mill",
    titles={"ko": "방앗간의 낮", "ja": "水車小屋の昼", "en": "Days at the Mill"},
    synopses={"ko": "밀을 빻는다.", "en": "Wheat is ground.", "ja": "麦を挽く。"},
)
SHELF = make_catalogue(WELL, MILL)


def parts_of(text, language):
    dialogue = Dialogue(last_picks=("mill", "well"), spoken=("mill", "well"), acts=(Act.ABOUT,))
    wish = understand([text], SHELF, language, last_picks=dialogue.last_picks)
    return read_acts(text, dialogue, SHELF, wish, language).parts


@pytest.mark.parametrize(
    ("language", "text"),
    [("ko", "도르카는 나중에 죽어?"), ("en", "does dorcas survive?"), ("ja", "ドルカって死ぬの?")],
)
def test_who_asks_after_somebody_asks_about_the_work_that_tells_of_them(language, text):
    (part,) = parts_of(text, language)
    assert part.works == ("well",)
    assert Question.ENDING in part.questions


@pytest.mark.parametrize(
    ("language", "text"), [("en", "could my niece, 11, read it"), ("en", "may my cousin read it?")]
)
def test_whom_a_work_suits_marks_nothing_as_read(language, text):
    parts = parts_of(text, language)
    assert Question.SUITS in {one for part in parts for one in part.questions}
    assert Act.VERDICT not in {part.act for part in parts}


@pytest.mark.parametrize(
    ("language", "text"),
    [("ko", "우물가의 밤이랑 방앗간의 낮 중 더 무거운 쪽은?"), ("ko", "우물가의 밤 방앗간의 낮 뭐가 더 웃겨?")],
)
def test_who_compares_wishes_for_no_other_books(language, text):
    assert {part.act for part in parts_of(text, language)} == {Act.COMPARE}
