import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.wishes.wish import Wish, understand
from chatbot.recommender.choosing import choose
from chatbot.recommender.told import tellers_of, told, with_description


def about(slug, ko, en="A plain story.", **more):
    return make_work(slug, synopses={"ko": ko, "en": en, "ja": "物語。"}, **more)


@pytest.fixture(scope="module")
def shelf():
    plain = [about(f"plain-{number}", f"평범한 하루가 흐르는 {number}번째 마을.") for number in range(20)]
    keeper = about("keeper", "등대를 지키는 소녀와 바다.", "A girl keeps a lighthouse by the sea.")
    coward = about("blade", "겁쟁이 소년이 검을 쥔다.", "A timid boy takes up a sword.")
    return make_catalogue(*plain, keeper, coward)


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("등대", {"keeper"}),
        ("lighthouse", {"keeper"}),
        ("겁쟁이", {"blade"}),
        ("서술트릭", set()),
        ("등대 밑의 공룡", set()),
    ],
)
def test_only_texts_that_say_so_tell_of_a_heart(shelf, words, slugs):
    assert tellers_of(words, shelf) == slugs


def test_a_word_for_the_same_thing_is_no_find(shelf):
    assert not told("coward", shelf).any()


def test_what_most_works_say_tells_of_none(shelf):
    assert tellers_of("마을", shelf) == set()


def test_the_works_that_tell_come_first_and_it_is_a_reason(shelf):
    choice = choose(Wish(about=["등대"]), shelf)
    assert choice.candidates[0].work.slug == "keeper"
    assert ("told", "등대") in [(one.kind, one.value) for one in choice.candidates[0].reasons]


def test_what_is_refused_in_ones_own_words_is_not_offered(shelf):
    assert "keeper" not in {one.work.slug for one in choose(Wish(not_about=["등대"]), shelf, count=30).candidates}


def test_what_nothing_tells_of_is_set_apart_and_is_no_vague_wish(shelf):
    text = "우체부가 주인공인 라노벨"
    wish = with_description(understand([text], shelf, "ko", with_hearts=True), text, shelf)
    assert (wish.about, wish.untold, wish.described) == ([], ["우체부"], "")
    assert not wish.is_vague
