"""Which book a question means: the one just named, chosen or called by a part of its name, and none that was put aside."""

import pytest

from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.acts import Act, Dialogue
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

COZY = ("gods-games-we-play", "kuma-kuma-kuma-bear", "hataraku-maou-sama")
WAR = ("youjo-senki", "overlord", "kage-no-jitsuryokusha")
LOVE = ("toradora", "im-in-love-with-the-villainess", "sukasuka")
RIDDLES = ("hyouka", "biblia-koshodou", "danganronpa-kirigiri")
ASKED = (Act.ABOUT, Act.COMPARE, Act.AUTHOR)


@pytest.fixture(scope="module")
def shelf():
    return shipped_shelf()


def works_asked_of(text, language, shelf, dialogue):
    wish = understand([text], shelf, language, last_picks=dialogue.last_picks)
    parts = read_acts(text, dialogue, shelf, wish, language).parts
    return {slug for part in parts if part.act in ASKED for slug in part.works}


def after(*picks, told=""):
    return Dialogue(picks, (told,), (Act.ABOUT,)) if told else Dialogue(picks, picks, (Act.RECOMMEND,))


@pytest.mark.parametrize(
    ("text", "language", "picks", "meant"),
    [
        ("유녀전기 봤음 오버로드 몇권까지?", "ko", WAR, "overlord"),
        ("오버로드는 읽었고 유녀전기는 완결임?", "ko", WAR, "youjo-senki"),
        ("オバロは見た。陰実は何巻？", "ja", WAR, "kage-no-jitsuryokusha"),
        ("百合はいいや。もう一個の終末〜は泣ける?", "ja", LOVE, "sukasuka"),
        ("tanya i saw, eminence then. how many volumes?", "en", WAR, "kage-no-jitsuryokusha"),
    ],
)
def test_what_was_put_aside_is_not_asked_of(text, language, picks, meant, shelf):
    assert works_asked_of(text, language, shelf, after(*picks)) == {meant}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("빙과 말고 비블리아로 할게. 이거 순서 있어?", "ko"),
        ("じゃあビブリアにする。シリーズの順番とかある?", "ja"),
        ("biblia it is, is there a reading order?", "en"),
    ],
)
def test_what_was_just_chosen_is_asked_of(text, language, shelf):
    assert works_asked_of(text, language, shelf, after(*RIDDLES, told="hyouka")) == {"biblia-koshodou"}


@pytest.mark.parametrize(
    ("text", "language", "picks", "meant"),
    [
        ("곰 그거 길어?", "ko", COZY, "kuma-kuma-kuma-bear"),
        ("단간론바는 몇 권이야?", "ko", RIDDLES, "danganronpa-kirigiri"),
        ("くまのやつ可愛い。何巻まで出てる？", "ja", COZY, "kuma-kuma-kuma-bear"),
        ("霧切は何巻？", "ja", RIDDLES, "danganronpa-kirigiri"),
        ("ok devil one sounds kinda funny ngl. is it any good or nah", "en", COZY, "hataraku-maou-sama"),
        ("is danganrompa finished?", "en", RIDDLES, "danganronpa-kirigiri"),
    ],
)
def test_a_part_of_a_name_calls_a_book_just_offered(text, language, picks, meant, shelf):
    assert works_asked_of(text, language, shelf, after(*picks)) == {meant}


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("천사님 몇 권까지 나옴?", "ko", "otonari-no-tenshi-sama"),
        ("팔육 완결났어?", "ko", "86-eighty-six"),
        ("종말에 뭐 하세요? 바쁘세요? 구해 주실 수 있나요? 몇 권이야?", "ko", "sukasuka"),
        ("天使様って何巻まで？", "ja", "otonari-no-tenshi-sama"),
        ("銀英は完結してる？", "ja", "legend-of-the-galactic-heroes"),
        ("is slime finished?", "en", "tensei-slime"),
        ("what volume after bookworm season 2", "en", "honzuki-no-gekokujou"),
        ("is the genius prince's guide to raising a nation out of debt (hey, how about treason?) finished?", "en",
         "the-genius-princes-guide"),
    ],
)  # fmt: skip
def test_where_only_a_name_can_stand_an_everyday_word_is_one(text, language, meant, shelf):
    for dialogue in (Dialogue(), after("by-the-grace-of-the-gods", "the-faraway-paladin")):
        assert works_asked_of(text, language, shelf, dialogue) == {meant}


@pytest.mark.parametrize(
    ("text", "language"),
    [("국내 몇 권까지 나옴", "ko"), ("紙は何巻まで？", "ja"), ("is kindle available?", "en")],
)
def test_an_edition_is_no_title(text, language, shelf):
    assert works_asked_of(text, language, shelf, after(*WAR, told="overlord")) == {"overlord"}


@pytest.mark.parametrize(
    ("text", "language"),
    [("마왕 나오는 거 있어?", "ko"), ("魔王が出てくる話ある？", "ja"), ("any story with a slime?", "en")],
)
def test_a_wish_for_what_is_in_a_book_names_none(text, language, shelf):
    assert not works_asked_of(text, language, shelf, after(*LOVE))
