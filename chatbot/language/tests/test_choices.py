"""Decisions for a pick, works turned away from, and what is asked of the offers by their number or length."""

import pytest

from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.tests.test_half_names import SHELF
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.turns.choices import without_denied
from chatbot.language.wishes.wish import understand
from chatbot.language.words.vocabulary import vocabulary

OFFERED = ("restaurant-to-another-world", "biblia-koshodou", "spice-and-wolf")
AFTER_OFFERS = Dialogue(OFFERED, OFFERED, (Act.RECOMMEND,))
OF_TWO = Dialogue((), OFFERED[:2], (Act.ABOUT,))


def read(text, language, dialogue=AFTER_OFFERS):
    wish = understand([text], SHELF, language, last_picks=dialogue.last_picks)
    return read_acts(text, dialogue, SHELF, wish, language)


def chosen(text, language, dialogue=AFTER_OFFERS):
    return [part.works for part in read(text, language, dialogue).parts if part.detail.get("chosen")]


@pytest.mark.parametrize(
    ("text", "language", "work"),
    [
        ("I think I'll go with the restaurant one", "en", 0),
        ("gonna read the second one", "en", 1),
        ("the wolf one it is", "en", 2),
        ("ok then, the last one please", "en", 2),
        ("I'd like the first one", "en", 0),
        ("식당으로 정했어요", "ko", 0),
        ("고서당 쪽으로 갈래", "ko", 1),
        ("그럼 마지막 걸로 할게요", "ko", 2),
        ("네, 두 번째로요", "ko", 1),
        ("食堂のほうにしました", "ja", 0),
        ("じゃあ二番目で", "ja", 1),
        ("狼のやつを読みます", "ja", 2),
        ("最後のにします", "ja", 2),
    ],
)
def test_a_pick_that_is_settled_on_is_a_decision(text, language, work):
    assert chosen(text, language) == [(OFFERED[work],)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I'll go with something like the first one", "en"),
        ("I won't read the second one", "en"),
        ("should I go with the first one?", "en"),
        ("I already read the second one", "en"),
        ("첫 번째랑 비슷한 걸로 할게", "ko"),
        ("식당은 안 읽을래", "ko"),
        ("다른 걸로 갈게요", "ko"),
        ("最初のみたいなのにします", "ja"),
        ("食堂は読みません", "ja"),
    ],
)
def test_what_only_sounds_like_a_decision_is_none(text, language):
    assert chosen(text, language) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I'll take the restaurant one. is there an anime?", "en"),
        ("식당으로 갈게. 애니 있어?", "ko"),
        ("食堂にします。アニメはある？", "ja"),
    ],
)
def test_a_question_beside_a_decision_is_asked_of_it(text, language):
    turn = read(text, language)
    assert [part.act for part in turn.parts] == [Act.VERDICT, Act.ABOUT]
    assert turn.works == OFFERED[:1]
    assert not turn.wishes


@pytest.mark.parametrize(
    ("text", "language", "work"),
    [
        ("not the first, the third. how many volumes?", "en", 2),
        ("I meant the wolf, not the restaurant. how long is it?", "en", 2),
        ("1번 말고 3번은 몇 권이야?", "ko", 2),
        ("식당 말고 고서당은 완결됐어?", "ko", 1),
        ("1番じゃなくて3番は何巻？", "ja", 2),
        ("食堂じゃなくて狼は完結してる？", "ja", 2),
    ],
)
def test_a_work_that_is_turned_away_from_is_not_asked_of(text, language, work):
    assert read(text, language).works == (OFFERED[work],)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("not the restaurant one, the other. is it finished?", "en"),
        ("식당 말고 다른 하나는 완결됐어?", "ko"),
        ("食堂じゃなくて、もう一つのほうは完結してる？", "ja"),
    ],
)
def test_of_two_the_other_is_meant(text, language):
    assert read(text, language, OF_TWO).works == OFFERED[1:2]


@pytest.mark.parametrize(
    "text", ["not the first, something sadder", "1번 말고 다른 책 추천해줘", "食堂じゃなくて料理の本"]
)
def test_where_no_other_work_is_named_nothing_is_left_out(text):
    assert without_denied(text, AFTER_OFFERS, vocabulary(SHELF)) == text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("just one", "en"),
        ("two more please", "en"),
        ("두 권만 더요", "ko"),
        ("하나만", "ko"),
        ("あと二冊", "ja"),
        ("一冊だけ", "ja"),
    ],
)
def test_how_many_are_wanted_is_a_wish_after_an_offer(text, language):
    assert read(text, language).acts == (Act.RECOMMEND,)


@pytest.mark.parametrize(
    ("text", "language"), [("the shorter one?", "en"), ("더 짧은 쪽은?", "ko"), ("短いほうは？", "ja")]
)
def test_the_shorter_of_the_offers_is_told(text, language):
    (part,) = read(text, language).parts
    shortest = min(OFFERED, key=lambda slug: SHELF.by_slug[slug].volumes)
    assert (part.works, part.questions) == ((shortest,), (Question.VOLUMES,))


@pytest.mark.parametrize(("text", "language"), [("not that one", "en"), ("음 이건 좀", "ko"), ("これはちょっと", "ja")])
def test_a_pick_that_is_not_it_is_a_no(text, language):
    assert read(text, language).acts == (Act.NO,)


@pytest.mark.parametrize(
    "asks",
    [
        ("I liked Overlord, something dark", "no, something else entirely, a cooking story"),
        ("오버로드 좋아해요, 어두운 거", "아예 다른 거, 요리물로요"),
        ("オーバーロードが好き、暗いのを", "全然違うの、料理ものを"),
    ],
)
def test_a_wish_begun_anew_keeps_nothing_of_the_one_before(asks):
    wish = understand(asks, SHELF, "en")
    assert (wish.liked, wish.unliked, wish.required) == ([], ["overlord"], ["cooking"])
    assert "dark" not in wish.named_tags


@pytest.mark.parametrize(
    "asks",
    [
        ("fantasy, no harem, at least 10 volumes", "something completely different, a mystery"),
        ("하렘 없는 10권 이상 판타지", "완전히 다른 거, 추리물"),
        ("ハーレムなしで10巻以上のファンタジー", "全然違うの、ミステリーで"),
    ],
)
def test_a_condition_lasts_though_the_wish_begins_anew(asks):
    wish = understand(asks, SHELF, "en")
    assert (wish.min_volumes, "harem" in wish.unwanted, wish.required) == (10, True, ["mystery"])


@pytest.mark.parametrize(
    "text",
    ["Overlord isn't something I said I like. a ghost story", "오버로드 같은 건 이제 됐어요. 유령 이야기요",
     "オーバーロードみたいなのはもういいです。幽霊の話を"],
)  # fmt: skip
def test_a_likeness_that_is_denied_is_no_likeness(text):
    assert "overlord" not in understand([text], SHELF, "en").liked
