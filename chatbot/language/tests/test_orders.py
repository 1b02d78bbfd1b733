"""What is ordered outright and what is put right: each kind in three languages, with the rules and what examples add."""

import pytest

from chatbot.language.acts import Act, ActPart, Dialogue, Question
from chatbot.language.tests.test_acts import OFFERED, SHELF
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

TOLD = Dialogue(
    spoken=("tower",),
    acts=(Act.ABOUT,),
    asked=(ActPart(Act.ABOUT, "how many volumes has it", ("tower",), (Question.VOLUMES,)),),
)
SHELVED = Dialogue(last_picks=OFFERED.last_picks, spoken=OFFERED.last_picks[:1], acts=(Act.VERDICT,))


def parts(text, dialogue, language):
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language).parts


@pytest.mark.parametrize(
    ("text", "language", "dialogue", "state", "place"),
    [
        ("두번째 거 서재에 담아 줘 고마워!", "ko", OFFERED, "want", 1),
        ("thanks! pop the second one on my list", "en", OFFERED, "want", 1),
        ("ありがとう、二つ目を本棚に入れておいて", "ja", OFFERED, "want", 1),
        ("역시 빼 줘", "ko", SHELVED, "unmark", 0),
        ("take it off again", "en", SHELVED, "unmark", 0),
        ("やっぱり外しといて", "ja", SHELVED, "unmark", 0),
        ("그건 아직 손도 안 댔어", "ko", SHELVED, "unread", 0),
        ("i haven't read it", "en", SHELVED, "unread", 0),
        ("それはまだ読んでないよ", "ja", SHELVED, "unread", 0),
        ("첫 번째 재밌어 보이네", "ko", OFFERED, "curious", 0),
        ("the first looks interesting", "en", OFFERED, "curious", 0),
        ("一つ目おもしろそう", "ja", OFFERED, "curious", 0),
    ],
)
def test_a_work_is_marked_as_it_is_said(text, language, dialogue, state, place):
    told = [part for part in parts(text, dialogue, language) if part.act is Act.VERDICT]
    assert [(part.detail["state"], part.works) for part in told] == [(state, (OFFERED.last_picks[place],))]


@pytest.mark.parametrize(
    ("text", "language", "of"),
    [
        ("여태 권해 준 책 목록 좀 불러 봐", "ko", "offered"),
        ("recap all the books you offered me", "en", "offered"),
        ("これまでに勧めてくれた作品を全部並べて", "ja", "offered"),
        ("내가 읽은 책 뭐 있었지", "ko", "shelf"),
        ("which books have i read so far", "en", "shelf"),
        ("私が読んだ本ってどれだっけ", "ja", "shelf"),
    ],
)
def test_what_is_ones_own_is_listed(text, language, of):
    assert [(part.act, part.detail.get("of")) for part in parts(text, OFFERED, language)] == [(Act.OWN_DATA, of)]


@pytest.mark.parametrize(
    ("text", "language", "work", "asked"),
    [
        ("아니 늑대와 상인 말한 거야", "ko", "wolf", Question.VOLUMES),
        ("no, i meant 늑대와 상인", "en", "wolf", Question.VOLUMES),
        ("いや、「늑대와 상인」のことです", "ja", "wolf", Question.VOLUMES),
        ("권수가 아니라 애니 물어본 거라니까", "ko", "tower", Question.ANIME),
        ("i asked about the anime, not the volumes", "en", "tower", Question.ANIME),
        ("巻数じゃなくてアニメのことを聞いたの", "ja", "tower", Question.ANIME),
    ],
)
def test_a_question_is_put_right(text, language, work, asked):
    (part,) = parts(text, TOLD, language)
    corrected = "question" if work == "tower" else "work"
    assert (part.act, part.works, part.questions, part.detail["corrected"]) == (Act.ABOUT, (work,), (asked,), corrected)


@pytest.mark.parametrize(
    ("text", "language", "of"),
    [
        ("학원물이라고 말한 적 없어요", "ko", "asked"),
        ("i never asked for school life", "en", "asked"),
        ("学園ものなんて頼んでない", "ja", "asked"),
        ("하렘을 왜 뺐어 싫다고 안 했는데", "ko", "refused"),
        ("why did you leave out harems", "en", "refused"),
        ("なんでハーレムを外したの", "ja", "refused"),
    ],
)
def test_a_condition_that_was_none_is_taken_back(text, language, of):
    read = read_acts(text, OFFERED, SHELF, understand([text], SHELF, language), language)
    assert [part.detail["taken_back"] for part in read.parts if part.act is Act.COMPLAINT] == [of]
    assert read.wishes
    assert not read.wish_text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("틀렸어 둘은 끝에 결혼하거든", "ko"),
        ("you are wrong, they marry", "en"),
        ("間違ってる、二人は結婚するよ", "ja"),
    ],
)
def test_a_disputed_fact_is_a_complaint_and_no_wish(text, language):
    (part,) = parts(text, TOLD, language)
    assert (part.act, part.works, part.detail) == (Act.COMPLAINT, ("tower",), {"kind": "wrong"})


@pytest.mark.parametrize(
    ("text", "language", "act"),
    [
        ("방금 '포근한 이야기'라고 한 건 무슨 뜻이야?", "ko", Act.SERVICE),
        ('what did you mean by "gentle"?', "en", Act.SERVICE),
        ("さっきの「やさしい物語」ってどういう意味？", "ja", Act.SERVICE),
        ("너도 라노벨 읽어?", "ko", Act.SERVICE),
        ("do you read light novels yourself", "en", Act.SERVICE),
        ("司書さんもラノベ読むの？", "ja", Act.SERVICE),
        ("부장한테 또 깨졌어 너무 힘들다", "ko", Act.SMALL_TALK),
        ("my boss yelled at me again", "en", Act.SMALL_TALK),
        ("部長に怒られてへこんでる", "ja", Act.SMALL_TALK),
    ],
)
def test_talk_of_her_words_of_herself_and_of_a_hard_day(text, language, act):
    assert {part.act for part in parts(text, OFFERED, language)} == {act}


def test_a_refusal_is_no_order_to_take_a_work_off():
    assert {part.act for part in parts("하렘은 빼 줘", SHELVED, "ko")} == {Act.RECOMMEND}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("그거 물어본 거 아닌데", "ko"),
        ("질문이랑 다른데요", "ko"),
        ("that is not what I asked", "en"),
        ("you didn't answer my question", "en"),
        ("質問と違うんだけど", "ja"),
        ("そんなこと聞いてないんだけど", "ja"),
    ],
)
def test_another_question_than_was_answered_is_asked_back_and_disputes_no_fact(text, language):
    assert [(part.act, part.detail) for part in parts(text, TOLD, language)] == [(Act.COMPLAINT, {"kind": "misread"})]


@pytest.mark.parametrize(
    ("text", "language", "act", "asked"),
    [
        ("아니 완결됐냐고 물었잖아", "ko", Act.ABOUT, Question.STATUS),
        ("아니 내가 물어본 건 작가야", "ko", Act.AUTHOR, None),
        ("I just wanted to know if it's finished", "en", Act.ABOUT, Question.STATUS),
        ("that's not my question. is there an anime?", "en", Act.ABOUT, Question.ANIME),
        ("完結してるか聞いただけなんだけど", "ja", Act.ABOUT, Question.STATUS),
        ("そうじゃなくて作者を聞いてる", "ja", Act.AUTHOR, None),
    ],
)
def test_a_question_asked_again_is_answered_by_what_it_names(text, language, act, asked):
    told = [part for part in parts(text, TOLD, language) if part.act is not Act.COMPLAINT]
    assert [(part.act, part.works, part.questions) for part in told] == [(act, ("tower",), (asked,) if asked else ())]


@pytest.mark.parametrize(
    ("text", "language"),
    [("20권 아닌데", "ko"), ("there is so an anime", "en"), ("もう20巻まで出てるよ", "ja")],
)
def test_another_fact_is_put_against_what_was_told(text, language):
    assert [part.detail for part in parts(text, TOLD, language)] == [{"kind": "wrong"}]
