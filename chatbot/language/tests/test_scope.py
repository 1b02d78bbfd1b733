"""How far a denial reaches, and what is found inside other words: each kind in the languages that have it."""

import pytest

from chatbot.catalogue.tests.factories import known_shelf
from chatbot.language.acts import Act
from chatbot.language.tests.test_acts import OFFERED
from chatbot.language.tests.test_acts import SHELF as SMALL_SHELF
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import Wish, understand

SHELF = known_shelf()


def wish_of(*asks):
    return understand(list(asks), SHELF, "ko")


@pytest.mark.parametrize(
    ("ask", "tag"),
    [
        ("잔잔하고 졸리지 않은 거 줘", "cozy"),
        ("슬프면서 질질 끌지 않는 책", "tearjerker"),
        ("밝고 무겁지 않은 이야기", "bright"),
        ("느긋하고 사람이 별로 안 죽는 거", "cozy"),
        ("ほのぼのしてて退屈じゃない本", "heartwarming"),
        ("切なくて後味悪くない話", "bittersweet"),
        ("ラブコメで主人公が優柔不断じゃないやつ", "romcom"),
        ("冒険ものでだらだらしてない本", "adventure"),
        ("感動系で押しつけがましくないの", "heartwarming"),
        ("a romance where the girl isn't a doormat", "romance"),
        ("something cozy but not boring", "cozy"),
    ],
)
def test_a_denial_reaches_no_further_back_than_its_clause(ask, tag):
    wish = wish_of(ask)
    assert tag in wish.asked_tags
    assert tag not in wish.unwanted


@pytest.mark.parametrize(
    ("ask", "tags"),
    [
        ("전쟁하고 사람 죽는 장면 없는 거", {"war"}),
        ("하렘하고 막장 없는 거", {"harem", "absurd"}),
        ("어둡고 무거운 건 싫어요", {"dark", "serious"}),
        ("暗くて重いのは苦手です", {"dark", "serious"}),
        ("百合って全然好きじゃない", {"yuri"}),
    ],
)
def test_what_is_denied_or_disliked_as_a_whole_is_refused(ask, tags):
    assert tags <= {*wish_of(ask).unwanted}


@pytest.mark.parametrize(
    "ask",
    [
        "막 싸우는 주인공",
        "둘이 잘 어울리는 거",
        "책 내용이 나오는 대로",
        "자신의 힘을 깨닫는 주인공",
        "모험하고 위험하게 사는 이야기",
        "감정을 교환하게 되는",
        "수업에도 가져갈 책",
        "건강한 주인공",
        "何か教えろ",
    ],
)
def test_no_tag_is_found_inside_another_word(ask):
    assert not wish_of(ask).asked_tags & {"tearjerker", "dragons", "gods", "gritty", "bright", "japanese-style"}
    assert not wish_of(ask).asked_tags & {"overpowered", "sexual-content"}


@pytest.mark.parametrize(
    ("ask", "tag"),
    [
        ("우는 거 있는 책", "tearjerker"),
        ("하렘없고우는거", "tearjerker"),
        ("판타지인데용이나오는거", "dragons"),
        ("엄청 강한 주인공", "overpowered"),
        ("えろいやつ", "sexual-content"),
    ],
)
def test_the_same_words_alone_or_unspaced_are_found(ask, tag):
    assert tag in wish_of(ask).asked_tags


@pytest.mark.parametrize(
    ("ask", "asked", "not_asked"),
    [
        ("드라마 같은 연애물", "romance", "drama"),
        ("ドラマを見てるような恋愛もの", "romance", "drama"),
        ("romance that feels like a k-drama", "romance", "drama"),
        ("로봇이냐 너? 판타지 줘", "fantasy", "mecha"),
        ("このロボットめ、ミステリーくれ", "mystery", "mecha"),
        ("listen you robot, i want fantasy", "fantasy", "mecha"),
        ("a medical drama", "drama", "mecha"),
        ("로봇 나오는 판타지", "mecha", "drama"),
    ],
)
def test_what_is_likened_or_called_so_is_not_asked_for(ask, asked, not_asked):
    assert asked in wish_of(ask).asked_tags
    assert not_asked not in wish_of(ask).asked_tags


@pytest.mark.parametrize(
    ("ask", "tag"),
    [
        ("마왕 나오는 건 쓰레기더라", "demon-lord"),
        ("이세계물은 다 거기서 거기야", "isekai"),
        ("ループものはゴミ", "time-loop"),
        ("isekai is garbage, give me mystery", "isekai"),
        ("forget fantasy, just romance", "fantasy"),
    ],
)
def test_contempt_refuses(ask, tag):
    assert tag in wish_of(ask).unwanted


def test_of_alternatives_one_of_which_is_refused_the_others_are_wanted():
    wish = wish_of("이세계물이나 추리물 추천", "이세계는 됐어")
    assert "mystery" in wish.asked_tags
    assert "isekai" in wish.unwanted


def test_the_least_number_of_volumes_holds_for_the_conversation():
    assert wish_of("10권 이상인 판타지", "추리물 추천해줘").min_volumes == 10


@pytest.mark.parametrize(
    "text",
    ["토라도라 좋아한다고 한 적 없는데", "とらドラが好きなんて言ってない", "toradora isnt a thing i said i like"],
)
def test_a_work_of_which_nothing_was_said_is_not_liked(text):
    assert understand([text], SHELF, "ko").liked == []


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("전쟁물은 부탁한 적 없어 추리물만", "ko", ["war"]),
        ("눈물나는 거 누가 달랬냐", "ko", ["tearjerker"]),
        ("戦争ものは頼んでない、ミステリーだけ", "ja", ["war"]),
        ("泣ける話なんて誰が頼んだ", "ja", ["tearjerker"]),
        ("i didnt ask for war, just mystery", "en", ["war"]),
        ("who the hell asked for tears", "en", ["tearjerker"]),
    ],
)
def test_only_what_was_never_asked_for_is_taken_back(text, language, values, rules_alone):
    wish = understand([text], SMALL_SHELF, language)
    parts = read_acts(text, OFFERED, SMALL_SHELF, wish, language).parts
    (part,) = [part for part in parts if part.act is Act.COMPLAINT]
    assert part.detail.get("values", part.detail.get("refused")) == values
    assert part.detail.get("taken_back") == "asked" or part.detail.get("remarked")


def test_nothing_is_chosen_by_a_work_that_is_no_longer_liked():
    wish = Wish(liked=["wolf"]).without("liked", "wolf")
    assert (wish.liked, wish.read, wish.unliked) == ([], [], ["wolf"])
