"""What readers tell from the heart, beside an order or by itself, and what they ask the librarian of herself."""

from dataclasses import replace

import pytest

from chatbot.language.acts import Act, ActPart, Question
from chatbot.language.asking.questions import questions_in
from chatbot.language.tests.test_acts import OFFERED, read

FELT = [
    ("my supervisor was awful, had the most horrible shift", "en", "low"),
    ("we lost a patient this morning", "en", "bedside"),
    ("he left me on delivered for two days", "en", "heartbreak"),
    ("i honestly feel like garbage", "en", "low"),
    ("泣き疲れてぼーっとしてる", "ja", "low"),
    ("担当の患者さんが今朝亡くなりました", "ja", "bedside"),
    ("元カノから返信がない", "ja", "heartbreak"),
    ("店長に怒鳴られた", "ja", "hurt"),
    ("환자분이 새벽에 돌아가셨어", "ko", "bedside"),
    ("전남친한테 차단당했어", "ko", "heartbreak"),
    ("부장님한테 또 깨졌어요", "ko", "hurt"),
    ("다시 일할 자신이 없네요", "ko", "doubt"),
]
OF_HER = [
    ("and what do you read yourself?", "en"),
    ("do you like ghost stories?", "en"),
    ("司書さんはミステリー好きですか？", "ja"),
    ("あなたは何を読むの？", "ja"),
    ("사서님은 추리물 좋아하세요?", "ko"),
    ("사서님은요?", "ko"),
]
NOT_FELT = [
    ("a story where he feels like garbage until he meets her", "en"),
    ("ラストで泣きすぎて頭が痛くなる小説", "ja"),
    ("읽고 나면 기분이 안 좋아지는 책은 싫어요", "ko"),
    ("do you like Overlord or Konosuba more, recommend one", "en"),
    ("司書さんのおすすめは？", "ja"),
    ("사서님 추천 책은요?", "ko"),
]


@pytest.mark.parametrize(("text", "language", "kind"), FELT)
def test_what_is_told_from_the_heart_is_talk_of_its_kind_and_no_complaint(text, language, kind):
    turn = read(text, OFFERED, language)
    assert turn.acts == (Act.SMALL_TALK,)
    assert turn.parts[0].detail["kind"] == kind


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("put the first on my list. had the worst night, lost a patient", "en"),
        ("1番目を読みたい本に入れて。患者さんが亡くなったんだ", "ja"),
        ("첫 번째 읽고 싶은 책에 담아줘. 오늘 환자가 돌아가셨어", "ko"),
    ],
)
def test_an_order_is_carried_out_beside_what_is_told_from_the_heart(text, language):
    turn = read(text, OFFERED, language)
    assert turn.acts == (Act.SMALL_TALK, Act.VERDICT)
    assert turn.parts[0].detail["kind"] == "bedside"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I'm not angry at you, it's my sister", "en"),
        ("司書さんを責めてるわけじゃないよ", "ja"),
        ("사서님한테 화난 거 아니에요", "ko"),
    ],
)
def test_anger_at_others_is_no_complaint(text, language):
    assert read(text, OFFERED, language).acts == (Act.SMALL_TALK,)


@pytest.mark.parametrize(("text", "language"), OF_HER)
def test_what_she_likes_is_asked_of_her_and_not_of_books(text, language):
    turn = read(text, OFFERED, language)
    assert turn.acts == (Act.SERVICE,)
    assert turn.parts[0].detail == {"of": "likes"}


@pytest.mark.parametrize(("text", "language"), NOT_FELT)
def test_feelings_of_a_story_and_asks_for_books_stay_what_they_are(text, language):
    turn = read(text, OFFERED, language)
    assert not any(part.detail.get("told") or part.detail.get("of") == "likes" for part in turn.parts)


@pytest.mark.parametrize(
    ("text", "language"),
    [("no thanks, is it finished?", "en"), ("ok no thanks. how many volumes does it have?", "en")],
)
def test_no_thanks_thanks_for_nothing(text, language):
    assert Act.THANKS not in read(text, OFFERED, language).acts


@pytest.mark.parametrize(
    ("text", "language"),
    [("I was only asking", "en"), ("質問しただけです", "ja"), ("추천 말고 그냥 질문이었어", "ko")],
)
def test_who_only_asked_asks_again_and_wants_no_books(text, language):
    asked = ActPart(Act.ABOUT, "…", OFFERED.last_picks[:1], (Question.STATUS,))
    turn = read(text, replace(OFFERED, asked=(asked,), acts=(Act.ABOUT,)), language)
    assert not turn.wishes


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        ("is there anything I should worry about in it?", "en", Question.WARNINGS),
        ("注意したほうがいい場面はありますか？", "ja", Question.WARNINGS),
        ("조심해야 할 내용은 없나요?", "ko", Question.WARNINGS),
        ("does each volume stand alone?", "en", Question.CONTENT),
        ("一巻だけでも楽しめますか？", "ja", Question.CONTENT),
        ("권마다 따로 읽어도 돼요?", "ko", Question.CONTENT),
    ],
)
def test_what_is_feared_and_whether_volumes_stand_alone_is_asked(text, language, question):
    assert question in questions_in(text)
