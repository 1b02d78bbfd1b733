import pytest

from chatbot.text.particles import LIQUID, NIEUN, agreeing, final_of


@pytest.mark.parametrize(
    ("word", "final"),
    [
        ("나무", 0),
        ("책", 1),
        ("산", NIEUN),
        ("길", LIQUID),
        ("86", 1),
        ("7", LIQUID),
        ("SAO", 0),
        ("DL", LIQUID),
        ("ＳＡＯ", 0),
        ("ＤＬ", LIQUID),
        ("少年ジャン", 1),
        ("…", 0),
    ],
)
def test_the_last_sound_of_a_word_is_known(word: str, final: int) -> None:
    assert final_of(word) == final


@pytest.mark.parametrize(
    ("word", "written", "shown"),
    [
        ("오버로드", "을 좋아하면", "를"),
        ("무직전생", "를 좋아하면", "을"),
        ("산", "(으)로", "으로"),
        ("길", "(으)로", "로"),
        ("하루히", "은(는) 길다", "는"),
        ("겨울", "으로", "로"),
        ("책", "로", "으로"),
        ("ＳＡＯ", "은(는)", "는"),
        ("", "을", None),
    ],
)
def test_a_particle_agrees_with_the_word_before_it(word: str, written: str, shown: str | None) -> None:
    found = agreeing(word, written)
    assert (found and found[0]) == shown
