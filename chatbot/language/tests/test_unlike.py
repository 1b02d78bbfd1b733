"""Works of which not even the like is wanted, and books that few know."""

from functools import cache

import pytest

from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.wishes.wish import understand

UNLIKE = [
    ("ko", "전생슬 같은 거 말고 이세계물", "tensei-slime"),
    ("ko", "오버로드 같은 건 싫고 판타지", "overlord"),
    ("ko", "코노스바류 말고 이세계", "konosuba"),
    ("ko", "리제로랑 비슷한 거 빼고 이세계물", "re-zero"),
    ("ko", "오버로드 같은 작품은 이제 질렸어 판타지 추천", "overlord"),
    ("ko", "소아온 스타일 아닌 게임판타지", "sword-art-online"),
    ("ko", "오버로드나 그거랑 비슷한 거 말고 판타지", "overlord"),
    ("ko", "오버로드 재밌었는데 그런 거 말고 판타지", "overlord"),
    ("en", "isekai, but anything but things like Slime", "tensei-slime"),
    ("en", "not Overlord or the like, fantasy", "overlord"),
    ("en", "I don't want anything like Re:Zero. fantasy", "re-zero"),
    ("en", "tired of stuff like Overlord, fantasy please", "overlord"),
    ("en", "fantasy, not another Overlord clone", "overlord"),
    ("en", "no Sword Art Online type stuff, fantasy", "sword-art-online"),
    ("en", "something not like Konosuba", "konosuba"),
    ("en", "I liked Overlord but nothing like it", "overlord"),
    ("ja", "転スラみたいなのじゃなくて異世界もの", "tensei-slime"),
    ("ja", "オーバーロードみたいなの以外でファンタジー", "overlord"),
    ("ja", "リゼロっぽいのは避けて、異世界", "re-zero"),
    ("ja", "このすば系は苦手、ファンタジー", "konosuba"),
    ("ja", "SAOみたいな作品はもういい、ファンタジー", "sword-art-online"),
    ("ja", "オーバーロードに似たのは抜きで", "overlord"),
    ("ja", "オーバーロードは好きだけど、ああいうのじゃなくて", "overlord"),
]
LIKED = [
    ("ko", "오버로드 같은 거 없나"),
    ("ko", "오버로드 같은데 하렘 없는 거"),
    ("ko", "오버로드 같은 거 찾는데 하렘 싫어"),
    ("en", "is there nothing else? something like Overlord"),
    ("en", "fantasy like Overlord, no harem"),
    ("en", "not as dark as Overlord"),
    ("ja", "オーバーロードみたいなのないかな"),
    ("ja", "オーバーロードみたいだけどハーレムじゃないやつ"),
]
LITTLE_KNOWN = [
    ("ko", "남들이 잘 모르는 이세계물 추천해줘"),
    ("ko", "전생슬 같은 거 말고 진짜 안 유명한 거"),
    ("ko", "유명작 말고 판타지"),
    ("ko", "다들 아는 거 말고 판타지"),
    ("ko", "사람들이 잘 모르는 추리물"),
    ("ko", "듣도 보도 못한 판타지 추천"),
    ("en", "hidden gems, nothing popular"),
    ("en", "please no big names, mystery"),
    ("en", "romance that few people have heard of"),
    ("en", "a fantasy nobody talks about"),
    ("en", "none of the usual suspects, isekai"),
    ("ja", "マイナーな作品で"),
    ("ja", "有名どころ以外で異世界もの"),
    ("ja", "あまり知られていないミステリー"),
    ("ja", "知名度の低いファンタジー"),
    ("ja", "人気作は除いてファンタジー"),
]


@cache
def shelf():
    return shipped_shelf()


def wish_of(language, *asks):
    return understand(list(asks), shelf(), language, with_hearts=True)


@pytest.mark.parametrize(("language", "ask", "slug"), UNLIKE)
def test_the_like_of_a_work_is_refused_with_it(language, ask, slug):
    wish = wish_of(language, ask)
    assert (wish.unlike, wish.liked) == ([slug], [])
    assert slug in wish.refused


@pytest.mark.parametrize(("language", "ask"), LIKED)
def test_a_refusal_of_something_else_leaves_the_likeness(language, ask):
    wish = wish_of(language, ask)
    assert (wish.unlike, wish.liked) == ([], ["overlord"])


@pytest.mark.parametrize(
    ("language", "ask"), [("ko", "오버로드 말고"), ("en", "not Overlord"), ("ja", "オーバーロード以外で")]
)
def test_a_work_alone_is_refused_without_its_like(language, ask):
    wish = wish_of(language, ask)
    assert (wish.refused, wish.unlike) == (["overlord"], [])


@pytest.mark.parametrize(("language", "ask"), LITTLE_KNOWN)
def test_what_few_know_is_a_condition(language, ask):
    wish = wish_of(language, ask)
    assert wish.less_known
    assert "less_known" in wish.held


@pytest.mark.parametrize(
    ("language", "ask"),
    [
        ("ko", "아무도 모르는 비밀을 가진 주인공"),
        ("ko", "제가 잘 모르는 분야의 이야기"),
        ("en", "popular fantasy please"),
        ("en", "never heard of isekai, what is it"),
        ("ja", "人気のラブコメ"),
    ],
)
def test_other_words_ask_for_no_such_thing(language, ask):
    assert not wish_of(language, ask).less_known


@pytest.mark.parametrize(
    ("language", "asks"),
    [
        ("ko", ["유명하지 않은 판타지", "그럼 러브코미디로", "더 짧은 걸로"]),
        ("en", ["fantasy, nothing popular", "a romance instead", "something shorter"]),
        ("ja", ["有名じゃないファンタジー", "やっぱりラブコメで", "もっと短いので"]),
    ],
)
def test_it_holds_through_later_turns(language, asks):
    assert wish_of(language, *asks).less_known


@pytest.mark.parametrize(
    ("language", "asks"),
    [
        ("ko", ["유명하지 않은 판타지", "유명한 걸로 다시 추천해줘"]),
        ("en", ["fantasy, nothing popular", "ok, a popular one then"]),
        ("ja", ["有名じゃないファンタジー", "やっぱり有名なのを教えて"]),
    ],
)
def test_who_asks_for_the_famous_takes_it_back(language, asks):
    assert not wish_of(language, *asks).less_known


def test_what_is_only_hoped_for_leans():
    assert "less_known" not in wish_of("en", "preferably less known fantasy").held
