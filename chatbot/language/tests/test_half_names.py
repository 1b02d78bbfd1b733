"""Which work is asked of that is called by half its name, a nickname, a number or a slip of the keys."""

import json

import pytest

from chatbot.catalogue.loading import NOVELS
from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, Dialogue
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand
from chatbot.language.words.vocabulary import is_slip
from chatbot.text.folding import without_subtitle


def shipped(row):
    short = filter(None, map(without_subtitle, row["titles"].values()))
    return make_work(row["slug"], row["tags"], titles=row["titles"], names=[*row["names"], *short], renown=row["renown"],
                     synopses=row["synopsis"])  # fmt: skip


SHELF = make_catalogue(*(shipped(json.loads(line)) for line in NOVELS.read_text(encoding="utf-8").splitlines()))
OFFERED = ("youjo-senki", "kumo-desu-ga", "slime-300")
OTHERS = ("beast-tamer", "restaurant-to-another-world", "biblia-koshodou")


def works_of(text, language, offered=OFFERED, spoken=OFFERED[:1]):
    wish = understand([text], SHELF, language, last_picks=offered)
    turn = read_acts(text, Dialogue(offered, spoken, (Act.ABOUT,)), SHELF, wish, language)
    assert not turn.wishes
    return turn.works


def unknown_in(text, language):
    wish = understand([text], SHELF, language)
    turn = read_acts(text, Dialogue(OFFERED, OFFERED[:1], (Act.ABOUT,)), SHELF, wish, language)
    return [part.detail.get("unknown") for part in turn.parts], turn.works


@pytest.mark.parametrize(
    ("text", "language", "work"),
    [
        ("거미 그거 애니 어디까지 했음?", "ko", "kumo-desu-ga"),
        ("슬라임은 좀 유치하지 않음?", "ko", "slime-300"),
        ("거미는?", "ko", "kumo-desu-ga"),
        ("300年のやつの作者", "ja", "slime-300"),
        ("蜘蛛のほうは完結してますか", "ja", "kumo-desu-ga"),
        ("the spider one, did it get an anime", "en", "kumo-desu-ga"),
        ("how's the spider book end", "en", "kumo-desu-ga"),
    ],
)
def test_half_a_name_calls_a_work_that_was_offered(text, language, work):
    assert works_of(text, language) == (work,)


@pytest.mark.parametrize(
    ("text", "language", "work"),
    [
        ("猫耳のやつは？", "ja", "beast-tamer"),
        ("식당 쪽은 몇 권이야?", "ko", "restaurant-to-another-world"),
        ("the bookshop one, is it long?", "en", "biblia-koshodou"),
        ("그럼 고서당 그건 로맨스 있어?", "ko", "biblia-koshodou"),
    ],
)
def test_what_a_work_tells_of_calls_it_too(text, language, work):
    assert work in works_of(text, language, OTHERS, OTHERS[:1])


@pytest.mark.parametrize(
    ("text", "language", "work"),
    [
        ("86 로맨스 비중 높음?", "ko", "86-eighty-six"),
        ("any romance in 86?", "en", "86-eighty-six"),
        ("그럼 나결은 학대 심해?", "ko", "my-happy-marriage"),
        ("약사 애니 1기까지 봤는데 몇 권부터 보면 돼?", "ko", "kusuriya-no-hitorigoto"),
        ("キノ自体は完結してるの?", "ja", "kino-no-tabi"),
        ("創約は完結した?", "ja", "a-certain-magical-index-genesis-testament"),
        ("grimgr how many volumes", "en", "grimgar"),
        ("古書堂のやつ何巻まで？", "ja", "biblia-koshodou"),
        ("クラスで2番目のやつ何巻?", "ja", "class-de-nibanme-ni-kawaii"),
    ],
)
def test_the_whole_shelf_is_looked_through_before_the_book_spoken_of(text, language, work):
    assert works_of(text, language) == (work,)


@pytest.mark.parametrize(
    ("text", "language", "works"),
    [
        ("주인공은 몇 살이야?", "ko", OFFERED[:1]),
        ("挿絵は誰？", "ja", OFFERED[:1]),
        ("is it finished?", "en", OFFERED[:1]),
        ("둘째 권은 언제 나와?", "ko", OFFERED[:1]),
        ("나머지는 완결이야?", "ko", OFFERED[1:]),
        ("最初の三つのどれが一番短い?", "ja", OFFERED),
        ("거미랑 유녀 중에 뭐가 더 어두워?", "ko", ("kumo-desu-ga", "youjo-senki")),
        ("spider or tanya, which one is darker", "en", ("kumo-desu-ga", "youjo-senki")),
    ],
)
def test_what_points_or_compares_takes_just_these(text, language, works):
    assert set(works_of(text, language)) == set(works)


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("달빛정원사는 몇 권이야?", "ko", "달빛정원사"),
        ("what about The Deer King, is it in english?", "en", "The Deer King"),
        ("is frieren a light novel?", "en", "frieren"),
        ("君膵とどっちが泣ける?", "ja", "君膵"),
    ],
)
def test_a_name_found_nowhere_is_said_to_be_missing(text, language, title):
    unknown, works = unknown_in(text, language)
    assert title in unknown
    assert not works


@pytest.mark.parametrize("text", ["완결났음? 안났음 몇권부터 읽지", "그래서 언제 끝나냐고"])
def test_chatter_is_no_title(text):
    assert not any(unknown_in(text, "ko")[0])


def test_another_syllable_is_another_name_and_another_jamo_a_slip():
    assert is_slip("유녀전기", "유녀전지")
    assert not is_slip("마왕학원", "마장학원")


VILLAINESSES = ("eris-no-seihai", "common-sense-of-a-dukes-daughter", "villainess-reloaded")
COOKS = ("campfire-cooking-in-another-world", "kuma-kuma-kuma-bear", "cooking-with-wild-game")
ONES_IN_TEARS = ("toaru-hikuushi-e-no-tsuioku", "iris-on-rainy-days", "kino-no-tabi")


@pytest.mark.parametrize(
    ("text", "language", "offered", "work"),
    [
        ("ooh the tax one. does it have a romance at all", "en", VILLAINESSES, "common-sense-of-a-dukes-daughter"),
        ("does she end up with him in dukes daughter?", "en", VILLAINESSES, "common-sense-of-a-dukes-daughter"),
        ("how long is the gun one", "en", VILLAINESSES, "villainess-reloaded"),
        ("ok bear onesie! how many vols", "en", COOKS, "kuma-kuma-kuma-bear"),
        ("the rainy robot one, is it sad", "en", ONES_IN_TEARS, "iris-on-rainy-days"),
        ("雨の方は主人公がひどい目にあう?", "ja", ONES_IN_TEARS, "iris-on-rainy-days"),
        ("追憶めっちゃ気になる!!一冊完結?", "ja", ONES_IN_TEARS, "toaru-hikuushi-e-no-tsuioku"),
        ("의사 나오는 거는 몇 권이야?", "ko", ("raven-of-the-inner-palace", "ameku-takao"), "ameku-takao"),
    ],
)
def test_a_feature_of_its_blurb_calls_one_of_those_offered_and_no_other_is_answered(text, language, offered, work):
    assert works_of(text, language, offered, offered) == (work,)


def verdicts(text, language, offered, spoken=()):
    wish = understand([text], SHELF, language, last_picks=offered)
    turn = read_acts(text, Dialogue(offered, spoken or offered, (Act.ABOUT,)), SHELF, wish, language)
    return [(part.detail["state"], part.works) for part in turn.parts if part.act is Act.VERDICT]


DUKE, GUNS = VILLAINESSES[1:]
PILOT, ROBOT = ONES_IN_TEARS[:2]
GAMES = ("gods-games-we-play", "mahouka", "zaregoto")
PALACE = ("raven-of-the-inner-palace", "ameku-takao", "biblia-koshodou")


@pytest.mark.parametrize(
    ("text", "language", "offered", "spoken", "orders"),
    [
        ("put common sense of a dukes daughter on my list. and drop the gun one, sounds silly", "en", VILLAINESSES, (DUKE,),
         [("want", (DUKE,)), ("not", (GUNS,))]),
        ("NO i wanted dukes daughter ON the list, drop villainess reloaded", "en", VILLAINESSES, (DUKE,),
         [("want", (DUKE,)), ("not", (GUNS,))]),
        ("gods games!! adding that. take irregular off tho", "en", GAMES, ("zaregoto",),
         [("want", GAMES[:1]), ("unmark", GAMES[1:2])]),
        ("oh spice and wolf i read in hs, loved it. put unnamed memory on my list", "en", GAMES, ("zaregoto",),
         [("loved", ("spice-and-wolf",)), ("want", ("unnamed-memory",))]),
        ("まあ追憶買うわ。読みたいに入れといて", "ja", ONES_IN_TEARS, (ROBOT,), [("want", (PILOT,))]),
        ("까마귀 먼저 읽고 아메쿠는 나중에, 둘다 담아줘", "ko", PALACE, (), [("want", PALACE[:2])]),
    ],
)  # fmt: skip
def test_an_order_is_of_the_work_that_its_own_words_tell(text, language, offered, spoken, orders):
    assert verdicts(text, language, offered, spoken) == orders


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("stick the spaceship one on my list", "en"),
        ("宇宙船のやつを棚に入れて", "ja"),
        ("우주선 나오는 거를 서재에 담아줘", "ko"),
    ],
)
def test_an_order_of_no_work_that_is_sure_marks_none(text, language):
    assert verdicts(text, language, ONES_IN_TEARS, (ROBOT,)) == [("want", ())]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("its called SPICE AND WOLF i remember now, do u have it", "en"),
        ("まあ覚悟して読むわw 無職転生くらい主人公がダメ人間から成長するやつ", "ja"),
    ],
)
def test_a_name_beside_a_question_or_a_wish_is_no_verdict(text, language):
    assert verdicts(text, language, ("mushoku-tensei", "spice-and-wolf"), ("mushoku-tensei",)) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ok start over. show me whats on my list", "en"),
        ("読みたいリスト見せて", "ja"),
        ("내 서가에 지금 뭐뭐 있어?", "ko"),
    ],
)
def test_the_list_asked_for_is_the_readers_own(text, language):
    wish = understand([text], SHELF, language, last_picks=OFFERED)
    turn = read_acts(text, Dialogue(OFFERED, OFFERED, (Act.RECOMMEND,)), SHELF, wish, language)
    assert [(part.act, part.detail["of"]) for part in turn.parts] == [(Act.OWN_DATA, "shelf")]


def test_a_title_named_in_full_is_asked_of_and_not_the_work_spoken_of_before():
    text = "not a gift its for me haha. holmes of kyoto tho, i like that. is there romance in it and does it finish"
    offered = ("kusuriya-no-hitorigoto", "holmes-of-kyoto")
    assert works_of(text, "en", offered, offered[:1]) == ("holmes-of-kyoto",)
