import pytest

from chatbot.catalogue.tests.factories import known_shelf
from chatbot.language.acts import Act, Dialogue
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.question_left import question_left
from chatbot.language.wishes.wish import understand
from chatbot.language.words.vocabulary import vocabulary

SHELF = known_shelf()


def read(text):
    return read_acts(text, Dialogue(), SHELF, understand([text], SHELF, "ko"), "ko")


def left(text):
    return question_left(text, read(text).parts, vocabulary(SHELF))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("나 하렘 좋아하는데 요즘 뭐가 유행이야? 완결난 걸로 추천해줘", "요즘 뭐가 유행이야?"),
        ("恋愛ものが好き。最近は何が流行ってる?アニメ化されたやつでお願い", "最近は何が流行ってる?"),
    ],
)
def test_a_question_beside_a_wish_that_nothing_answers_is_left(text, question):
    assert left(text) == question


@pytest.mark.parametrize(
    "text",
    [
        "오버로드 재밌게 봤는데 몇 권까지 나왔어? 그리고 비슷한 거 5권 이하로 추천 좀",
        "뭐 재밌는 판타지 없어?",
        "What should I read after Overlord?",
        "any fantasy where the hero opens a bakery?",
        "I love mysteries. How many books do you have? Recommend a completed one.",
        "おすすめのファンタジーは何ですか?",
        "하렘 빼고 판타지 추천",
    ],
)
def test_what_is_answered_or_asks_for_books_is_not(text):
    assert left(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "まったりしてて展開が遅くないやつ",
        "뻔하지 않은 판타지",
        "not boring, not too long",
        "a fantasy that isn't too slow",
    ],
)
def test_a_first_ask_is_no_complaint(text):
    assert Act.COMPLAINT not in read(text).acts
    assert read(text).wish_text


@pytest.mark.parametrize(
    "text",
    [
        "「え、ここで終わり?」ってなる話",
        '"왜 이제야 읽었지" 싶은 책',
        "“그냥 재밌는” 책",
        "「普通」の主人公がいい",
        "「なにそれ」ってなる設定",
    ],
)
def test_words_in_quotes_that_are_no_name_are_no_title(text):
    assert understand([text], SHELF, "ko").unknown_titles == []


@pytest.mark.parametrize("text", ["「黄昏の図書室」みたいな話", '"황혼의 도서실" 같은 거', "『そのまま』を読んだ"])
def test_a_name_in_quotes_is_a_title_still(text):
    assert understand([text], SHELF, "ko").unknown_titles
