"""Works that the catalogue does not have: manga, films, web novels, books from elsewhere."""

import json
from pathlib import Path

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act
from chatbot.language.tests.test_likenings import parts_of
from chatbot.language.wishes import circumstances
from chatbot.language.wishes.wish import Wish, understand
from chatbot.language.words import elsewhere
from chatbot.language.words.elsewhere import TASTES
from chatbot.recommender.choosing import choose

DATA = Path(__file__).parents[2] / "catalogue" / "data"


def slugs(name):
    return {json.loads(line)["slug"] for line in (DATA / name).read_text(encoding="utf-8").splitlines()}


@pytest.mark.parametrize(
    ("text", "taste"),
    [
        ("we both adore harry potter", "magic-school"),
        ("해리포터 시리즈를 다 읽었어요", "magic-school"),
        ("ハリー・ポッターの映画が好き", "magic-school"),
        ("I loved Berserk", "grim-fantasy"),
        ("베르세르크 좋아해요", "grim-fantasy"),
        ("ベルセルクが好き", "grim-fantasy"),
        ("something by Agatha Christie", "detectives"),
        ("히가시노게이고 팬이에요", "detectives"),
        ("上橋菜穂子さんの本が好き", "eastern-epic"),
        ("Your Name made me cry", "parting"),
        ("나 혼자만 레벨업 재밌게 봤어요", "hunters"),
    ],
)
def test_a_taste_is_known_by_its_works_and_who_made_them(text, taste):
    assert elsewhere.tastes(text) == [taste]


@pytest.mark.parametrize(
    "text",
    [
        "what is your name",
        "마법 학원물 추천",
        "魔法学校の話",
        "not like Berserk",
        "a quest at twilight",
        "stop naming people",
    ],
)
def test_other_words_name_none(text):
    assert elsewhere.tastes(text) == []


def test_titles_are_told_as_they_were_written_and_makers_are_no_titles():
    assert list(elsewhere.named("Frieren and DUNGEON MESHI")) == ["Frieren", "DUNGEON MESHI"]
    assert elsewhere.named("지브리 영화") == {}
    assert circumstances.is_no_title("지브리", "지브리 영화를 좋아해요")
    assert elsewhere.is_named("Frieren: Beyond", "I loved Frieren")
    assert not elsewhere.is_named("Spice and Wolf", "she loved Harry Potter and Spice and Wolf")


def test_the_words_of_a_title_ask_for_nothing():
    shelf = make_catalogue(make_work("one", {"dungeon": 3}))
    for text in ("like Dungeon Meshi", "던전밥 같은 거", "ダンジョン飯みたいな"):
        assert "dungeon" not in understand([text], shelf, "en").wanted


def test_who_loved_other_books_may_be_new_to_these():
    assert circumstances.FROM_ELSEWHERE in circumstances.lasting("my son loves Narnia")
    assert circumstances.FROM_ELSEWHERE not in circumstances.lasting("I read Solo Leveling")


def test_every_taste_is_made_of_what_the_catalogue_has():
    works, tags = slugs("novels.jsonl"), slugs("tags.jsonl")
    for taste in TASTES.values():
        assert {*taste.kin} <= works
        assert {*taste.tags} <= tags
        assert len(taste.known_for) > 1


def test_no_title_is_known_for_two_tastes():
    for language in ("ko", "en", "ja"):
        titles = [title for taste in TASTES.values() for title in getattr(taste, language)]
        assert sorted({*titles}) == sorted(titles)


def test_what_is_like_it_comes_before_what_is_more_widely_known():
    near = make_work("near", {"dark": 3, "gritty": 3, "high-fantasy": 3, "war": 2}, renown=40)
    known = make_work("known", {"dark": 1, "romance": 3}, renown=100)
    kin = make_work(TASTES["grim-fantasy"].kin[0], {"dark": 3}, renown=40)
    choice = choose(Wish(elsewhere=["grim-fantasy"]), make_catalogue(near, known, kin))
    assert choice.candidates[-1].work.slug == "known"
    assert choice.candidates[0].reasons[0].kind == "elsewhere"


@pytest.mark.parametrize(
    "text",
    [
        "the one where the guy is reborn as a vending machine",
        "자판기로 환생하는 라노벨 뭐였지",
        "いや違う違う、自動販売機そのものに転生するの",
    ],
)
def test_a_plot_that_is_known_and_not_on_the_shelf_is_told_of_as_such(text):
    assert set(elsewhere.told_of(text).values()) == {"strange-bodies"}


def test_a_title_that_another_is_likened_to_is_not_the_one_looked_for():
    assert not elsewhere.told_of("like Harry Potter, a school of magic")


@pytest.mark.parametrize(
    ("text", "taste"),
    [
        ("전독시 같은거 또 없나", "end-of-the-world-read-before"),
        ("ORV vibes please", "end-of-the-world-read-before"),
        ("全知的な読者の視点からが好き", "end-of-the-world-read-before"),
        ("나혼렙 같은 거", "hunters"),
        ("템빨 재밌게 봄", "makers-in-a-game"),
        ("재벌집 막내아들 같은 거", "heirs-and-fortunes"),
        ("화산귀환 비슷한 거", "martial-ways"),
        ("내스급 좋아해요", "hunters"),
        ("데못죽 같은 거", "idols"),
        ("괴담출근 같은 거", "work-among-ghosts"),
        ("상수리나무 아래 좋아해요", "married-to-a-knight"),
        ("like Lord of the Mysteries", "occult-mystery"),
        ("like Mother of Learning", "months-at-the-academy"),
        ("I loved Cradle", "ranks-of-power"),
        ("like Dungeon Crawler Carl", "the-dungeon-is-a-show"),
        ("俺レベみたいなの", "hunters"),
    ],
)
def test_web_novels_are_known_in_three_languages(text, taste):
    assert elsewhere.tastes(text) == [taste]


def test_every_taste_has_titles_in_three_languages():
    assert all(taste.ko and taste.en and taste.ja for taste in TASTES.values())


def test_a_work_is_like_it_by_its_heart_or_as_its_kin():
    taste = TASTES["end-of-the-world-read-before"]
    assert taste.is_like("any", {"post-apocalyptic": 3, "game-mechanics": 2})
    assert taste.is_like(taste.kin[-1], {})
    assert not taste.is_like("spy-kyoushitsu", {"found-family": 3, "suspense": 3, "game-mechanics": 3})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("새벽탑이 전독시랑 뭐가 비슷하다는거임?", "ko"),
        ("그거 나혼렙이랑 비슷해?", "ko"),
        ("is it anything like Solo Leveling?", "en"),
        ("what does it have in common with omniscient reader?", "en"),
        ("暁の塔は俺レベと似てる？", "ja"),
        ("それ、全知的な読者のどこが似てるの？", "ja"),
    ],
)
def test_a_work_is_held_against_one_that_is_not_on_the_shelf(text, language):
    part = parts_of(text, language)[0]
    assert (part.act, part.works, part.detail["claim"]) == (Act.COMPARE, ("tower",), "like")
    assert part.detail["elsewhere"] in ("end-of-the-world-read-before", "hunters")


@pytest.mark.parametrize(
    ("text", "language"),
    [("나혼렙 같은 거 있나요", "ko"), ("anything like solo leveling?", "en"), ("俺レベみたいな作品ある？", "ja")],
)
def test_who_looks_for_the_like_of_it_wishes(text, language):
    assert all(part.act is Act.RECOMMEND for part in parts_of(text, language))
