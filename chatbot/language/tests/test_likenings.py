"""A book held against one that is named: like it, or more or less of something than it."""

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

SHELF = make_catalogue(
    make_work("tower", ("fantasy",), titles={"ko": "새벽탑", "en": "Tower of Dawn", "ja": "暁の塔"}),
    make_work("market", ("romance",), titles={"ko": "달시장", "en": "Moon Market", "ja": "月の市"}),
    make_work("harbour", ("mystery",), titles={"ko": "안개항", "en": "Fog Harbour", "ja": "霧の港"}),
)
TOLD = Dialogue((), ("tower",), (Act.ABOUT,))
OFFERED = Dialogue(("tower", "harbour"), ("tower", "harbour"), (Act.RECOMMEND,))


def parts_of(text, language, dialogue=TOLD):
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language).parts


def likened(text, language, dialogue=TOLD):
    return [(part.works, part.detail["claim"]) for part in parts_of(text, language, dialogue) if "claim" in part.detail]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("is it like Moon Market?", "en"),
        ("so kinda like moon market?", "en"),
        ("does it feel like Moon Market", "en"),
        ("how similar is it to Moon Market?", "en"),
        ("is it the same kind of thing as Moon Market?", "en"),
        ("would I like it if I liked Moon Market?", "en"),
        ("I loved Moon Market, is it like that?", "en"),
        ("Tower of Dawn - is it like Moon Market?", "en"),
        ("그거 달시장이랑 비슷해?", "ko"),
        ("달시장 같은 느낌이야?", "ko"),
        ("달시장하고 결이 비슷한가요?", "ko"),
        ("새벽탑 달시장이랑 비슷함?", "ko"),
        ("달시장 좋아하면 이것도 좋아할까?", "ko"),
        ("月の市みたいな感じ？", "ja"),
        ("月の市に似てる？", "ja"),
        ("暁の塔って月の市っぽい？", "ja"),
        ("月の市が好きならこれも楽しめる？", "ja"),
    ],
)
def test_what_is_spoken_of_is_held_against_what_is_named_behind_like(text, language):
    assert likened(text, language) == [(("tower", "market"), "like")]


@pytest.mark.parametrize(
    ("text", "language", "claim", "by"),
    [
        ("is it darker than Moon Market?", "en", "more", "dark"),
        ("is it as funny as Moon Market?", "en", "as", "funny"),
        ("is it better than Moon Market?", "en", "more", "quality"),
        ("is it less sad than Moon Market?", "en", "more", "light"),
        ("is it less romantic than Moon Market?", "en", "less", "romance"),
        ("달시장보다 어두워?", "ko", "more", "dark"),
        ("달시장만큼 웃겨?", "ko", "as", "funny"),
        ("달시장보다 재밌어?", "ko", "more", "quality"),
        ("月の市より暗い？", "ja", "more", "dark"),
        ("月の市くらい笑える？", "ja", "as", "funny"),
        ("月の市より面白い？", "ja", "more", "quality"),
    ],
)
def test_how_much_it_has_of_something_is_asked_against_what_is_named(text, language, claim, by):
    (part,) = parts_of(text, language)
    assert (part.act, part.works, part.detail["claim"], part.detail["by"]) == (
        Act.COMPARE, ("tower", "market"), claim, by,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language"),
    [("달시장보다 새벽탑이 어두워?", "ko"), ("is Tower of Dawn darker than Moon Market?", "en"),
     ("月の市より暁の塔のほうが暗い？", "ja")],
)  # fmt: skip
def test_the_yardstick_is_told_by_its_place_and_not_by_its_order(text, language):
    (part,) = parts_of(text, language, Dialogue())
    assert part.works == ("tower", "market")
    assert part.meant == ("tower",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("is there anything like Moon Market?", "en"),
        ("I want something like Moon Market", "en"),
        ("like Moon Market but darker", "en"),
        ("달시장 같은 거 있어?", "ko"),
        ("달시장 같은 책 또 있어?", "ko"),
        ("달시장보다 재밌는 거 있어?", "ko"),
        ("月の市みたいな作品ある？", "ja"),
        ("月の市みたいなのが読みたい", "ja"),
    ],
)
def test_books_of_the_kind_are_a_wish_or_at_least_no_comparison(text, language):
    assert not likened(text, language)


@pytest.mark.parametrize(
    ("text", "language"), [("달시장 같은 거 있어?", "ko"), ("anything else like Moon Market?", "en"),
                           ("月の市みたいな作品ある？", "ja")],
)  # fmt: skip
def test_who_asks_for_books_of_the_kind_wishes_for_them(text, language):
    assert [part.act for part in parts_of(text, language)] == [Act.RECOMMEND]


@pytest.mark.parametrize(
    ("text", "language"),
    [("does it end happily like Moon Market did?", "en"), ("달시장처럼 해피엔딩이야?", "ko"),
     ("月の市みたいにハッピーエンド？", "ja")],
)  # fmt: skip
def test_what_only_ends_like_another_is_asked_of_the_work(text, language):
    assert [(part.works, part.questions) for part in parts_of(text, language)] == [(("tower",), (Question.ENDING,))]


@pytest.mark.parametrize(
    ("text", "language"),
    [("which is most like Moon Market?", "en"), ("달시장이랑 제일 비슷한 건?", "ko"), ("月の市に一番近いのは？", "ja")],
)
def test_of_what_was_offered_the_one_most_like_it_is_asked(text, language):
    assert likened(text, language, OFFERED) == [(("tower", "harbour", "market"), "like")]


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        ("is it like Moon Market and is it out in English?", "en", Question.EDITION),
        ("is it like Moon Market? is there an anime?", "en", Question.ANIME),
        ("달시장이랑 비슷한가요? 그리고 몇 권이에요?", "ko", Question.VOLUMES),
        ("月の市より暗い？あと完結してる？", "ja", Question.STATUS),
    ],
)
def test_what_is_asked_beside_a_likeness_is_asked_of_the_work_and_not_of_the_yardstick(text, language, question):
    compared, asked = parts_of(text, language)
    assert compared.works == ("tower", "market")
    assert asked.works == ("tower",)
    assert question in asked.questions


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        ("셋 중 제일 웃긴 건? 그리고 한국어판 있어?", "ko", Question.EDITION),
        ("which of these is funniest and which has an anime?", "en", Question.ANIME),
        ("この中で一番短いのは？あとアニメある？", "ja", Question.ANIME),
    ],
)
def test_a_question_beside_a_comparison_is_asked_of_the_same_works(text, language, question):
    compared, asked = parts_of(text, language, OFFERED)
    assert compared.act is Act.COMPARE
    assert (asked.act, asked.works, asked.questions) == (Act.ABOUT, ("tower", "harbour"), (question,))


@pytest.mark.parametrize(("text", "language"), [("한국어판 있어?", "ko"), ("is there an English edition?", "en")])
def test_an_edition_is_asked_of_the_one_that_was_told_of(text, language):
    assert [(part.act, part.works) for part in parts_of(text, language)] == [(Act.ABOUT, ("tower",))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("月の市みたいなミステリー系ない？", "ja"),
        ("月の市に似た静かなファンタジーってある？", "ja"),
        ("달시장 같은 조용한 추리 없어?", "ko"),
        ("달시장이랑 비슷한 판타지 있나요?", "ko"),
        ("got any quiet mysteries like Moon Market?", "en"),
        ("is there anything similar to Moon Market?", "en"),
    ],
)
def test_who_asks_whether_there_is_something_like_it_wants_books(text, language):
    assert [part.act for part in parts_of(text, language, Dialogue())] == [Act.RECOMMEND]


@pytest.mark.parametrize(
    ("text", "language"),
    [("달시장 같은 잔인한 장면 있어?", "ko"), ("月の市みたいな残酷な描写ある？", "ja")],
)
def test_a_scene_like_those_of_a_book_is_no_book(text, language):
    assert Act.RECOMMEND not in [part.act for part in parts_of(text, language)]
