"""What has befallen a reader and what they remark on: each kind in three languages, in words that no example has."""

import pytest

from chatbot.language.acts import Act, Dialogue
from chatbot.language.learned import act_classifier, feelings, weights
from chatbot.language.tests.test_acts import OFFERED, read
from chatbot.language.wishes import circumstances

START = Dialogue()
HARD = [
    ("어제 할아버지 발인이었어요", "ko", {"loss"}),
    ("우리 집 고양이가 새벽에 떠났어", "ko", {"pet", "loss"}),
    ("남자친구가 이별을 통보했어", "ko", {"heartbreak"}),
    ("다니던 회사에서 해고됐어요", "ko", {"work"}),
    ("내일 아버지 수술인데 너무 떨려요", "ko", {"worry"}),
    ("믿던 친구가 내 험담을 하고 다녔어", "ko", {"hurt"}),
    ("we buried my uncle on friday", "en", {"loss"}),
    ("my fiance broke it off last night", "en", {"heartbreak"}),
    ("they made me redundant yesterday", "en", {"work"}),
    ("叔父の葬儀から帰ってきたところです", "ja", {"loss"}),
    ("婚約者に振られた", "ja", {"heartbreak"}),
    ("昨日、会社をクビになりました", "ja", {"work"}),
    ("明日、父の手術で落ち着かない", "ja", {"worry"}),
    ("親友に裏切られた", "ja", {"hurt"}),
]
REMARKS = [
    ("애니가 책을 못 따라가지", "ko", {"on.anime"}),
    ("요즘 라노벨 다 비슷하더라", "ko", {"on.same"}),
    ("the anime never does the book justice", "en", {"on.anime"}),
    ("all the new ones feel the same", "en", {"on.same"}),
    ("paperbacks beat ebooks any day", "en", {"on.paper"}),
    ("アニメより本のほうがずっといい", "ja", {"on.anime", "on.paper"}),
    ("最近の異世界ものは全部同じに見える", "ja", {"on.same"}),
]


@pytest.mark.parametrize(("text", "language", "kinds"), HARD)
def test_what_has_befallen_a_reader_is_talk_and_no_wish(text, language, kinds):
    for dialogue in (START, OFFERED):
        turn = read(text, dialogue, language)
        assert [part.act for part in turn.parts] == [Act.SMALL_TALK]
        assert turn.parts[0].detail.get("kind") in kinds
        assert turn.wish_text == ""


@pytest.mark.parametrize(
    ("text", "language", "state"),
    [
        ("지난주에 어머니를 여의었는데 뭐라도 읽고 싶어요", "ko", circumstances.GRIEF),
        ("회사에서 해고됐는데 읽을 만한 거 있어요?", "ko", circumstances.GENTLE),
        ("my grandmother died on sunday, what could I read?", "en", circumstances.GRIEF),
        ("先月父が亡くなりました。何か読みたいです", "ja", circumstances.GRIEF),
    ],
)
def test_who_asks_for_a_book_besides_wants_a_gentle_one(text, language, state):
    assert Act.RECOMMEND in read(text, START, language).acts
    assert Act.DISTRESS not in read(text, START, language).acts
    assert circumstances.read(text).gentle == state


@pytest.mark.parametrize(
    "text",
    [
        "나 이제 그만 살고 싶어",
        "엄마 따라가고 싶어요 더는 살기 싫어요",
        "I don't want to be here anymore",
        "my wife died and I want to be dead too",
        "もう消えてしまいたい",
        "息子を亡くして、後を追うことばかり考えています",
    ],
)
def test_despair_is_distress_whatever_its_reason(text):
    language = "en" if text.isascii() else "ja" if "い" in text or "っ" in text else "ko"
    assert read(text, START, language).acts == (Act.DISTRESS,)


@pytest.mark.parametrize(("text", "language", "kinds"), REMARKS)
def test_a_remark_on_books_is_talk_and_no_wish(text, language, kinds):
    for dialogue in (START, OFFERED):
        turn = read(text, dialogue, language)
        assert [part.act for part in turn.parts] == [Act.SMALL_TALK]
        assert feelings.remarked(text) in kinds


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("회사에서 잘린 주인공이 나오는 이세계물", "ko"),
        ("이별 이야기 추천해줘", "ko"),
        ("a story about a girl who lost her mother", "en"),
        ("something sad with a dying dog", "en"),
        ("失恋もののおすすめ", "ja"),
        ("無職の主人公が出てくる異世界もの", "ja"),
    ],
)
def test_what_befalls_the_people_of_a_story_is_a_wish(text, language):
    assert Act.RECOMMEND in read(text, START, language).acts
    assert feelings.felt(text) not in feelings.HARD


def test_the_weights_come_from_the_examples():
    assert weights.trained_from(feelings.WEIGHTS) == act_classifier.digest()
