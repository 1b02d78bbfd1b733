"""What works are that the catalogue does not have, and what is asked of it."""

import json

import pytest

from chatbot.language.acts import Act, Dialogue
from chatbot.language.tests.test_elsewhere import DATA
from chatbot.language.tests.test_likenings import SHELF, parts_of
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand
from chatbot.language.words import elsewhere
from chatbot.text.folding import key
from chatbot.text.phrasebook import LANGUAGES

NOTHING = Dialogue()


def listed(language):
    return [title for media in elsewhere.MEDIA.values() for title in media.get(language, ())]


def names_on_the_shelf():
    for line in (DATA / "novels.jsonl").read_text(encoding="utf-8").splitlines():
        novel = json.loads(line)
        yield from novel["titles"].values()
        yield from (name["name"] if isinstance(name, dict) else name for name in novel["names"])


@pytest.mark.parametrize(
    ("title", "medium"),
    [
        ("Frieren", "manga"),
        ("장송의 프리렌", "manga"),
        ("フリーレン", "manga"),
        ("Frieren: Beyond Journey's End", "manga"),
        ("나혼렙", "korean-web-novel"),
        ("Solo Leveling", "korean-web-novel"),
        ("俺レベ", "korean-web-novel"),
        ("마녀 배달부 키키", "childrens-novel"),
        ("kiki’s delivery service", "childrens-novel"),
        ("魔女の宅急便", "childrens-novel"),
        ("늑대아이", "animated-film"),
        ("Wolf Children", "animated-film"),
        ("Your Name", "animated-film"),
        ("Harry Potter", "novel"),
        ("ペルソナ5", "game"),
        ("Frierenson", ""),
        ("세상에 없는 책", ""),
        ("the house where Frieren lives", ""),
    ],
)
def test_what_a_work_first_was_is_known_by_its_title(title, medium):
    assert elsewhere.medium_of(title) == medium


def test_no_work_is_two_things():
    for language in LANGUAGES:
        media_of = {}
        for medium, titles in elsewhere.MEDIA.items():
            for title in titles.get(language, ()):
                assert media_of.setdefault(key(title), medium) == medium


def test_what_is_on_the_shelf_is_nothing_from_elsewhere():
    known = {key(title) for language in LANGUAGES for title in listed(language)}
    assert not known & {key(name) for name in names_on_the_shelf()}


def test_no_title_that_brings_no_taste_stands_in_a_name_on_the_shelf():
    assert not [
        (name, begin)
        for name in names_on_the_shelf()
        for begin, _, taste in elsewhere._places(name, makers=False)
        if taste == elsewhere.NO_TASTE
    ]


@pytest.mark.parametrize("text", ["I love Breaking Bad", "브레이킹 배드 좋아해요", "ブレイキング・バッドが好き"])
def test_a_title_that_only_its_medium_is_known_of_is_a_title_and_brings_no_taste(text):
    assert len(elsewhere.titles_in(text)) == 1
    assert elsewhere.tastes(text) == []
    assert elsewhere.is_named(elsewhere.titles_in(text)[0], text)


@pytest.mark.parametrize(
    ("text", "language", "tag"),
    [
        ("like Tokyo Ghoul", "en", "horror"),
        ("몬스터 헌터 게임 같은 거", "ko", "monsters"),
        ("ゾン100みたいな", "ja", "horror"),
    ],
)
def test_the_words_of_such_a_title_ask_for_nothing(text, language, tag):
    wish = understand([text], SHELF, language)
    assert tag not in wish.wanted
    assert not wish.about


@pytest.mark.parametrize(
    "text",
    [
        "a hero who is no longer human",
        "a castle in the sky",
        "post-apocalyptic, 멸망 이후의 세계를 배경으로",
        "약한 영웅이 강해지는 이야기",
        "七つの大罪がテーマの話",
    ],
)
def test_words_that_a_wish_may_be_made_of_are_no_title(text):
    assert elsewhere.titles_in(text) == []


@pytest.mark.parametrize(
    ("text", "language", "title", "asks"),
    [
        ("so frieren isnt a light novel?", "en", "frieren", "medium"),
        ("isn't kiki itself a book?", "en", "kiki", "book"),
        ("is there a frieren novel?", "en", "frieren", "book"),
        ("is Wolf Children based on a novel?", "en", "Wolf Children", "book"),
        ("how many volumes does frieren have", "en", "frieren", None),
        ("프리렌은 라노벨이에요?", "ko", "프리렌", "medium"),
        ("나혼렙 소설 있어요?", "ko", "나혼렙", "book"),
        ("마녀 배달부 키키 원래 책이잖아요", "ko", "마녀 배달부 키키", "book"),
        ("나혼렙 완결남?", "ko", "나혼렙", None),
        ("フリーレンってラノベ？", "ja", "フリーレン", "medium"),
        ("ハリポタはラノベじゃないの？", "ja", "ハリポタ", "medium"),
        ("魔女の宅急便って原作は本ですよね？", "ja", "魔女の宅急便", "book"),
        ("フリーレンって面白い？", "ja", "フリーレン", None),
        ("君の名は。は本が先？映画が先？", "ja", "君の名は。", "book"),
        ("너의 이름은은 책이 먼저예요, 영화가 먼저예요?", "ko", "너의 이름은", "book"),
        ("for Your Name, was the book or the film first?", "en", "Your Name", "book"),
    ],
)
def test_what_is_asked_of_such_a_work_is_read(text, language, title, asks):
    (part,) = parts_of(text, language, NOTHING)
    assert (part.act, part.works, part.unknown) == (Act.ABOUT, (), (title,))
    assert part.detail.get("asks") == asks


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("is there a book of it?", "en"),
        ("how many volumes does it have?", "en"),
        ("그거 소설도 있어요?", "ko"),
        ("몇 권이에요?", "ko"),
        ("それの小説はある？", "ja"),
        ("何巻まであるの？", "ja"),
    ],
)
def test_what_was_asked_of_is_asked_on(text, language):
    dialogue = Dialogue(acts=(Act.ABOUT,), unlisted=("Frieren",))
    (part,) = parts_of(text, language, dialogue)
    assert (part.act, part.unknown) == (Act.ABOUT, ("Frieren",))


@pytest.mark.parametrize(
    ("text", "language"),
    [("is Moon Market like it?", "en"), ("어두운 책 있어요?", "ko"), ("暗い話ある？", "ja"), ("any dark ones?", "en")],
)
def test_what_asks_for_something_else_is_not_asked_of_it(text, language):
    parts = parts_of(text, language, Dialogue(acts=(Act.ABOUT,), unlisted=("Frieren",)))
    assert not any(part.unknown for part in parts)


@pytest.mark.parametrize(
    ("text", "language"), [("yes", "en"), ("네", "ko"), ("はい", "ja"), ("응 찾아줘", "ko"), ("お願いします", "ja")]
)
def test_a_yes_takes_up_the_like_that_was_offered(text, language):
    dialogue = Dialogue(acts=(Act.ABOUT,), proposed="alike", unlisted=("Frieren",))
    parts = read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language).parts
    assert [(part.act, part.detail.get("like")) for part in parts] == [(Act.RECOMMEND, ["Frieren"])]


@pytest.mark.parametrize(("text", "language"), [("フリーレンが好きです", "ja"), ("프리렌 재밌게 봤어요", "ko")])
def test_who_loves_such_a_work_praises_nobody_here(text, language):
    assert [part.act for part in parts_of(text, language, NOTHING)] == [Act.RECOMMEND]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("need a gift for a 14yo boy who plays minecraft", "en"),
        ("마인크래프트 하는 14살 아들 선물", "ko"),
        ("マイクラ好きの小学生の息子に贈る本", "ja"),
    ],
)
def test_who_loves_it_may_be_whom_a_book_is_for(text, language):
    assert [part.act for part in parts_of(text, language, NOTHING)] == [Act.RECOMMEND]


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("is jujutsu kaisen finished? and who wrote Moon Market?", "en", "jujutsu kaisen"),
        ("주술회전 완결났어? 그리고 달시장 작가는 누구야?", "ko", "주술회전"),
        ("呪術廻戦は完結した？月の市の作者は誰？", "ja", "呪術廻戦"),
    ],
)
def test_beside_a_work_of_the_shelf_it_is_asked_of_too(text, language, title):
    parts = parts_of(text, language, NOTHING)
    assert [(part.unknown, part.works) for part in parts] == [((title,), ()), ((), ("market",))]
