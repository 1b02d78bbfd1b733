"""From the second turn on: who wants other books, or complains, is given a list with what was said."""

import pytest

from chatbot.assistant import phrases


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


@pytest.mark.parametrize(
    ("language", "first", "no", "later"),
    [
        ("ko", "판타지 추천해줘", "아 됐어요 그만둘래", "괜찮아요 다음에 할게요"),
        ("en", "a fantasy please", "never mind, I'll pass", "no thanks, maybe later"),
        ("ja", "ファンタジーのおすすめ", "うーん、やめとく", "また今度にします"),
    ],
)
def test_a_list_turned_down_is_asked_after_once_and_a_farewell_is_none(conversing, language, first, no, later):
    conversing(first, language)
    turned_down = conversing(no, language).reply
    conversing(first, language)
    again = conversing(no, language).reply
    conversing(first, language)
    farewell = conversing(later, language).reply
    assert turned_down.startswith(phrases.of(language).variants["talk.no-list"])
    assert len(again) < len(turned_down)
    assert len(farewell) < len(turned_down)


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("ko", "여주인공 판타지 추천해줘", "등불의 서고 읽음. 빼고. 남주로"),
        ("en", "a fantasy with a heroine", "read 등불의 서고. drop it. male lead"),
        ("ja", "女主人公のファンタジーのおすすめ", "「등불의 서고」は既読。外して。男主人公で"),
    ],
)
def test_in_telegraph_style_the_opposite_replaces_and_what_was_read_is_left_out(conversing, language, first, then):
    conversing(first, language)
    turn = conversing(then, language)
    assert "female-lead" in turn.wish["unwanted"]
    assert "female-lead" not in turn.wish.get("required", [])
    assert "lamplight" not in turn.picks.values_list("novel__slug", flat=True)
    assert "lamplight" not in turn.wish.get("liked", [])
