"""What is asked of a series: what comes behind a volume, what a film tells, when a side story is read."""

import pytest

from chatbot.language.acts import Question
from chatbot.language.asking.questions import detail_of, questions_in


@pytest.mark.parametrize(
    ("text", "volume"),
    [
        ("10권 이후로도 나와?", 10),
        ("22권 다음은 뭐 읽어야 돼?", 22),
        ("5권 뒤로도 계속 나와?", 5),
        ("다음 이야기 있어?", None),
        ("does it continue after volume 17?", 17),
        ("does it keep going after volume 10?", 10),
        ("is there anything after the last volume", None),
        ("10巻のあとも続いてるの？", 10),
        ("17巻で終わり？続きある？", 17),
    ],
)
def test_what_comes_behind_a_volume(text, volume):
    asked = questions_in(text)
    assert Question.GOES_ON in asked
    assert detail_of(text, asked, "ko", "").get("volume") == volume


@pytest.mark.parametrize(
    "text",
    [
        "극장판은 어느 편이야?",
        "영화는 몇 권 내용이야?",
        "which arc is the film",
        "the movie, which arc is it",
        "映画ってどの話？",
        "劇場版は何巻の内容？",
    ],
)
def test_which_volumes_a_film_tells(text):
    asked = questions_in(text)
    assert asked == (Question.TOLD_IN,)
    assert detail_of(text, asked, "ko", "")["kind"] == "film"


@pytest.mark.parametrize(
    "text",
    [
        "외전은 언제 읽어?",
        "본편 몇 권 다음에 읽어?",
        "본편이랑 같이 봐야 돼?",
        "when should i read the side story",
        "is it alongside or after the main series",
        "before or after the main story?",
        "外伝は本編の何巻のあと？",
        "いつ読むのがいい？",
        "同時進行？",
    ],
)
def test_when_something_is_read_is_asked_of_the_order(text):
    assert Question.ORDER in questions_in(text)


@pytest.mark.parametrize(
    "text", ["애니 2기 다음은 몇 권부터야?", "which volume do I read after season 2?", "アニメ2期の続きは何巻から？"]
)
def test_where_to_go_on_after_an_anime_stays_that(text):
    assert questions_in(text) == (Question.AFTER_ANIME,)
