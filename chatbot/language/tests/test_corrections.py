"""A librarian who misheard is put right: each kind in three languages."""

import pytest

from chatbot.language.acts import Act, ActPart, Dialogue, Question
from chatbot.language.tests.test_acts import OFFERED, START, read
from chatbot.language.tests.test_shelf_orders import SHELF
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

TOLD = Dialogue(
    spoken=("tower",),
    acts=(Act.ABOUT,),
    asked=(ActPart(Act.ABOUT, "how many volumes has it", ("tower",), (Question.VOLUMES,)),),
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("아니 그게 아니라 완결난 거", "ko"),
        ("아뇨, 짧은 거라니까요 3권 이하로", "ko"),
        ("제 말은 추리물이었어요", "ko"),
        ("no, I said mystery", "en"),
        ("I told you, finished ones", "en"),
        ("you misread me, I want horror", "en"),
        ("そうじゃなくて、完結してるやつ", "ja"),
        ("いや、ミステリーって言ったんだけど", "ja"),
        ("ホラーのつもりだった", "ja"),
    ],
)
def test_what_was_not_heard_is_wished_for_again(text, language):
    turn = read(text, OFFERED, language)
    assert [(part.act, part.detail) for part in turn.parts] == [(Act.RECOMMEND, {"corrected": "wish"})]
    assert turn.wish_text == text


@pytest.mark.parametrize(
    ("text", "language", "works"),
    [
        ("이거 아까 준 거잖아", "ko", ()),
        ("첫 번째는 방금도 줬잖아", "ko", ("wolf",)),
        ("you already gave me that", "en", ()),
        ("you recommended the second one before", "en", ("tower",)),
        ("それさっきも出てきたよ", "ja", ()),
        ("一つ目は前にも聞いた", "ja", ("wolf",)),
    ],
)
def test_a_book_offered_before_makes_way_for_others_at_once(text, language, works):
    turn = read(text, OFFERED, language)
    assert [(part.act, part.works) for part in turn.parts] == [(Act.COMPLAINT, works), (Act.RECOMMEND, ())]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("만화 말고 소설 말이야", "ko"),
        ("I meant the novel, not the anime", "en"),
        ("アニメじゃなくて原作の話です", "ja"),
    ],
)
def test_what_was_asked_is_asked_of_the_novel(text, language):
    (part,) = read(text, TOLD, language).parts
    assert (part.act, part.works, part.questions) == (Act.ABOUT, ("tower",), (Question.VOLUMES,))
    assert part.detail["corrected"] == "medium"
    (part,) = read(text, OFFERED, language).parts
    assert (part.act, part.detail) == (Act.COMPLAINT, {"kind": "medium"})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("아까 추천한 책 다시 보여 줘", "ko"),
        ("이미 완결된 거 있어?", "ko"),
        ("show me what you already gave me", "en"),
        ("more like the ones you gave me before", "en"),
        ("さっき出した本をもう一度教えて", "ja"),
    ],
)
def test_what_asks_for_those_offered_before_corrects_nothing(text, language):
    assert not any(part.detail.get("kind") == "again" for part in read(text, OFFERED, language).parts)


@pytest.mark.parametrize(("text", "language"), [("아니 그게 아니라 완결난 거", "ko"), ("no, I said mystery", "en")])
def test_nothing_is_corrected_before_anything_was_said(text, language):
    assert not any(part.detail.get("corrected") for part in read(text, START, language).parts)


FOUND = Dialogue(spoken=("wolf", "tower"), acts=(Act.FIND,))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("늑대와 상인은 전혀 아닌데ㅋㅋ 밝은 걸로", "ko"),
        ("첫 번째 거는 완전 다른데요, 추리물로", "ko"),
        ("늑대와 상인 is nothing like it, something brighter", "en"),
        ("the first one isn't even close. a mystery please", "en"),
        ("『늑대와 상인』は全然違うw もっと明るいやつ", "ja"),
        ("一つ目はなんか違うな、ミステリーで", "ja"),
    ],
)
def test_a_title_that_is_not_it_is_turned_down_and_the_rest_is_a_wish(text, language):
    denied, *others = read(text, OFFERED, language).parts
    assert (denied.act, denied.works, denied.detail) == (Act.COMPLAINT, ("wolf",), {"kind": "not_it"})
    assert [(part.act, part.works) for part in others] == [(Act.RECOMMEND, ())]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("늑대와 상인 하렘이잖아", "ko"),
        ("늑대와 상인 is literally a harem", "en"),
        ("『늑대와 상인』ってハーレムじゃん", "ja"),
    ],
)
def test_a_book_offered_that_is_mocked_makes_way_for_another(text, language):
    turn = read(text, OFFERED, language)
    assert [(part.act, part.works) for part in turn.parts] == [(Act.COMPLAINT, ("wolf",)), (Act.RECOMMEND, ())]
    assert not turn.wish_text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("늑대와 상인은 전혀 아닌데", "ko"),
        ("늑대와 상인 is nothing like it", "en"),
        ("『늑대와 상인』じゃないよ", "ja"),
    ],
)
def test_what_is_not_the_book_remembered_is_left_out_of_the_search(text, language):
    turn = read(text, FOUND, language)
    assert [(part.act, part.detail["denied"]) for part in turn.parts] == [(Act.FIND, ["wolf"])]
    assert not turn.wish_text


@pytest.mark.parametrize(
    ("text", "language"),
    [("탑의 기록자는 완결 아닌가?", "ko"), ("is 늑대와 상인 not finished?", "en"), ("二つ目と違うところは？", "ja")],
)
def test_a_question_turns_nothing_down(text, language):
    assert {part.act for part in read(text, OFFERED, language).parts} <= {Act.ABOUT, Act.COMPARE}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "oh but i meant the {en} novels themselves lol. should i start at volume 1 or can i skip to where the anime "
            "stopped",
            "en",
        ),
        ("no i mean {en} itself, do i start from volume 1 or where the anime ended?", "en"),
        ("いや、{ja}の原作のことです。1巻から読むべきですか、アニメの続きからでもいいですか？", "ja"),
        ("아니 {ko} 소설 말이에요. 1권부터 봐야 하나요 애니 끝난 데부터 봐도 되나요?", "ko"),
    ],
)
def test_where_to_begin_with_the_work_that_was_meant_is_asked_and_no_wish(text, language):
    names = {"ko": "늑대와 상인", "en": "Wolf Merchant", "ja": "狼と商人"}
    turn = read_acts(text.format(**names), OFFERED, SHELF, understand([text], SHELF, language), language)
    assert {part.act for part in turn.parts if part.works} == {Act.ABOUT}
    assert not turn.wishes
    assert {slug for part in turn.parts for slug in part.works} == {"wolf"}
