"""What is wished for after a list: other books, by a bare condition, beside an opinion, instead of a complaint alone."""

import pytest

from chatbot.language.acts import Act, Dialogue
from chatbot.language.stances.parse import parse
from chatbot.language.tests.test_acts import OFFERED, SHELF, read
from chatbot.language.words.laughter import without_laughter
from chatbot.language.words.vocabulary import vocabulary

TOLD = Dialogue(OFFERED.last_picks, ("tower",), (Act.ABOUT,))


@pytest.mark.parametrize("dialogue", [OFFERED, TOLD])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("딴거", "ko"),
        ("그거 말고 볼 거 하나만", "ko"),
        ("주인공 성격 좋은 환생물 ㄱ", "ko"),
        ("표지 때문에 못 읽겠는 건 빼줘 ㅋㅋㅋ", "ko"),
        ("결말 좋은 걸로", "ko"),
        ("can you find me one more like it, with a woman in the lead", "en"),
        ("not a hero again, and a woman", "en"),
        ("something easier for a learner?", "en"),
        ("anything other than that?", "en"),
        ("それ以外で", "ja"),
        ("大人が主人公の、他にない？", "ja"),
        ("代わりの1冊ちょうだい", "ja"),
        ("やっぱ恋愛はいいや、推理のにする", "ja"),
        ("中国っぽくないけど謎解きなら？", "ja"),
    ],
)
def test_who_wants_others_is_given_a_new_list(text, language, dialogue):
    turn = read(text, dialogue, language)
    assert [(part.act, part.detail) for part in turn.parts] == [(Act.RECOMMEND, {"renewed": True})]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("두 번째 거 로맨스 나와?", "ko"),
        ("첫 번째 작가 다른 작품 있어?", "ko"),
        ("does the second one have romance in it?", "en"),
        ("is there another season of the anime?", "en"),
        ("1つ目の作者、他に何書いてる？", "ja"),
        ("2つ目って恋愛ある？", "ja"),
    ],
)
def test_what_asks_of_the_books_there_are_is_no_wish(text, language):
    assert Act.RECOMMEND not in read(text, OFFERED, language).acts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("첫 번째 거 완결이야? 그거 말고 딴거", "ko"),
        ("is the first one finished? one more like it please", "en"),
        ("1つ目は完結してる？代わりの1冊ちょうだい", "ja"),
    ],
)
def test_a_question_and_a_wish_for_others_are_both_meant(text, language):
    assert {Act.ABOUT, Act.RECOMMEND} == {*read(text, OFFERED, language).acts}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("지금 장난하나", "ko"),
        ("that is not what I wanted", "en"),
        ("全然わかってない", "ja"),
    ],
)
def test_what_was_wrong_is_asked_once_in_a_conversation(text, language):
    assert read(text, OFFERED, language).acts == (Act.COMPLAINT,)
    again = Dialogue(OFFERED.last_picks, OFFERED.spoken, (Act.COMPLAINT,), complained=True)
    assert read(text, again, language).acts == (Act.COMPLAINT, Act.RECOMMEND)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("그걸 감안하면?", "ko"),
        ("my son plays baseball. with that in mind?", "en"),
        ("息子は野球部です。それを踏まえると？", "ja"),
    ],
)
def test_what_was_told_is_weighed_whole(text, language):
    assert read(text, OFFERED, language).wish_text == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ㅋㅋㅋ 제목 제일 긴 거 뭐임", "제목 제일 긴 거 뭐임"),
        ("lol something with dragons haha", "something with dragons"),
        ("んー、魔女かな笑", "んー、魔女かな"),
        ("ㅋㅋㅋㅋ", "ㅋㅋㅋㅋ"),
        ("haha", "haha"),
        ("草", "草"),
    ],
)
def test_laughter_takes_nothing_away_from_what_is_said(text, said):
    assert without_laughter(text) == said


@pytest.mark.parametrize("text", ["두 번째는 야한 거 같아", "it sounds horny", "2つ目はエロそう"])
def test_what_repels_by_its_look_is_refused(text):
    stances = [one.stance for one in parse(text, vocabulary(SHELF)).mentions if "sexual-content" in one.values]
    assert stances == ["refuse"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("딸이 한글책만 읽어요", "ko"),
        ("셋 다 정발 안됐네", "ko"),
        ("She only reads English", "en"),
        ("no english on any of them? I can't read japanese", "en"),
        ("日本語の本だけでお願い", "ja"),
        ("娘は日本語しか読めません", "ja"),
    ],
)
def test_who_cannot_read_what_was_offered_is_offered_others(text, language):
    turn = read(text, OFFERED, language)
    assert Act.RECOMMEND in turn.acts
    assert turn.wish_text


@pytest.mark.parametrize(
    ("text", "language"),
    [("일본어 공부 중이에요", "ko"), ("is the second one in English?", "en"), ("日本語教師をしています", "ja")],
)
def test_who_only_speaks_of_a_language_is_offered_nothing(text, language):
    assert Act.RECOMMEND not in read(text, OFFERED, language).acts
