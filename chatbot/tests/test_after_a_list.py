"""From the second turn on: who wants other books, or complains, is given a list with what was said."""

import pytest


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("ko", "판타지 추천해줘", "딴거"),
        ("en", "a fantasy please", "can you find me one more like it?"),
        ("ja", "ファンタジーのおすすめ", "それ以外で"),
    ],
)
def test_others_are_offered_and_none_of_those_shown(conversing, language, first, then):
    shown = conversing(first, language)
    others = conversing(then, language)
    before, now = ({*turn.picks.values_list("novel", flat=True)} for turn in (shown, others))
    assert before
    assert now
    assert not before & now


@pytest.mark.parametrize(
    ("language", "first", "complaints"),
    [
        ("ko", "판타지 추천해줘", ("전혀 안 맞아요", "지금 장난하나")),
        ("en", "a fantasy please", ("that is not what I wanted", "are you even listening")),
        ("ja", "ファンタジーのおすすめ", ("全然わかってない", "全然わかってない")),
    ],
)
def test_a_second_complaint_is_answered_with_other_books(conversing, language, first, complaints):
    conversing(first, language)
    conversing(complaints[0], language)
    assert conversing(complaints[1], language).picks.exists()


@pytest.mark.parametrize(
    ("language", "first", "denies", "then"),
    [
        ("ko", "판타지 추천해줘", "첫 번째는 전혀 아닌데 추리물로", "판타지로 더 보여줘"),
        ("en", "a fantasy please", "the first one is nothing like it. a mystery please", "more fantasy"),
        ("ja", "ファンタジーのおすすめ", "一つ目は全然違う。ミステリーで", "もっとファンタジーを出して"),
    ],
)
def test_what_is_not_it_is_not_offered_again_nor_gone_by(conversing, language, first, denies, then):
    work = conversing(first, language).picks.order_by("pk").first().novel.slug
    for text in (denies, then):
        turn = conversing(text, language)
        assert work not in turn.picks.values_list("novel__slug", flat=True)
        assert work in turn.wish["refused"]
        assert work not in turn.wish.get("liked", [])
