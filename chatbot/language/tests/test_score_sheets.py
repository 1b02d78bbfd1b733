import pytest

from chatbot.catalogue.tests.factories import known_shelf, shipped_shelf
from chatbot.language.wishes.wish import understand

SHELF = known_shelf()


@pytest.mark.parametrize(
    ("text", "unwanted", "asked"),
    [
        ("이세계 x 환생 x 판타지 o", {"isekai", "reincarnation"}, {"fantasy"}),
        ("이세계 X 하렘 X 추리 O", {"isekai", "harem"}, {"mystery"}),
        ("[불호] 하렘, 노예 [호] 슬로우 라이프", {"harem", "slavery"}, {"slow-life"}),
        ("극혐: 하렘, 노예. 최애: 백합", {"harem", "slavery"}, {"yuri"}),
        ("-하렘 +추리", {"harem"}, {"mystery"}),
        ("이세계는 0점, 하렘도 0점, 추리는 만점", {"isekai", "harem"}, {"mystery"}),
        ("0/10: anything with harem. 10/10: found family", {"harem"}, {"found-family"}),
        ("1/10 for isekai, 10/10 for romance", {"isekai"}, {"romance"}),
        ("isekai ❌ romance ✅", {"isekai"}, {"romance"}),
        ("harem (no thanks), slice of life (yes!)", {"harem"}, {"slice-of-life"}),
        ("turn-offs: harem, slavery. turn-ons: politics", {"harem", "slavery"}, {"politics"}),
        ("-harem +adventure", {"harem"}, {"adventure"}),
        ("嫌い→ハーレム 好き→百合", {"harem"}, {"yuri"}),
        ("ハーレム❌ 百合⭕", {"harem"}, {"yuri"}),
        ("ハーレム0点、推理10点", {"harem"}, {"mystery"}),
        ("転生×、悪役令嬢×、学園○", {"reincarnation", "villainess"}, {"academy"}),
    ],
)
def test_a_mark_says_how_its_item_is_meant(text, unwanted, asked):
    wish = understand([text], SHELF, "ko")
    assert unwanted <= set(wish.unwanted)
    assert asked <= wish.asked_tags
    assert not unwanted & wish.asked_tags


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("판타지 x 로맨스", {"fantasy", "romance"}),
        ("추리 x 학원물 조합 추천해줘", {"mystery", "academy"}),
        ("slow-burn romance", {"romance"}),
        ("sci-fi, 10/10 would read again", {"sf"}),
        ("百合x学園もの", {"yuri", "academy"}),
    ],
)
def test_a_mark_that_joins_or_stands_alone_refuses_nothing(text, asked):
    wish = understand([text], SHELF, "ko")
    assert asked <= wish.asked_tags
    assert not asked & set(wish.unwanted)


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("My friend doesn't like romance or anything w/ gore", {"romance", "gore"}),
        ("she hates horror and anything with school in it", {"horror", "academy"}),
        ("gore? nope. sexual violence? absolutely not. dark fantasy yes", {"gore", "sexual-violence"}),
        ("노예 나오는 거나 좀비 나오는 건 못 봐요", {"slavery", "post-apocalyptic"}),
    ],
)
def test_a_refusal_reaches_what_is_joined_to_it_by_a_whole_phrase(text, unwanted):
    assert unwanted <= set(understand([text], SHELF, "ko").unwanted)


def test_who_is_refused_in_a_story_asks_for_no_flavour():
    assert understand(["선생님이랑 제자 싫어요. 학원 로맨스 추천"], shipped_shelf(), "ko").flavours == []
