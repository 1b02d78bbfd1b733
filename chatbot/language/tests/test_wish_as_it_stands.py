"""The wish as a conversation leaves it: what holds, what passes, what is forgotten; and what of a work was really told."""

import pytest

from chatbot.catalogue.tests.factories import known_shelf
from chatbot.language.acts import Act, Dialogue
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.hearts import unjudged_in
from chatbot.language.wishes.wish import understand

SHELF = known_shelf()
WORK = "overlord"
OFFERED = Dialogue(("overlord", "toradora"), ("overlord", "toradora"), (Act.RECOMMEND,))
ABOUT_ONE = Dialogue(("overlord", "toradora"), ("overlord",), (Act.ABOUT,))


def wish_of(*asks):
    return understand(list(asks), SHELF, "en")


def read(text, dialogue=OFFERED, language="en"):
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language)


def marks(turn):
    return [(part.works, part.detail.get("state")) for part in turn.parts if part.act is Act.VERDICT]


@pytest.mark.parametrize(
    "asks",
    [
        ("not a doctor but a cook", "a mystery"),
        ("a cook instead of a doctor", "a mystery"),
        ("의사 말고 요리사 나오는 걸로", "추리물로"),
        ("医者じゃなくて料理人の話", "ミステリー"),
    ],
)
def test_a_trade_that_another_was_preferred_to_is_not_refused_for_good(asks):
    assert "medical" in wish_of(asks[0]).unwanted
    assert "medical" not in wish_of(*asks).unwanted


@pytest.mark.parametrize(
    "asks",
    [
        ("isekai instead of romance", "a mystery"),
        ("로맨스 말고 이세계", "추리물로"),
        ("恋愛じゃなくて異世界", "ミステリー"),
    ],
)
def test_a_kind_that_another_was_preferred_to_stays_refused(asks):
    assert "romance" in wish_of(*asks).unwanted


@pytest.mark.parametrize(
    "asks",
    [
        ("no romance, dark fantasy", "forget all that. something cozy"),
        ("로맨스 빼고 어두운 판타지", "아까 말한 건 다 잊고 따뜻한 걸로"),
        ("恋愛抜きの暗いファンタジー", "さっきまでの条件は忘れて。ほのぼのしたやつ"),
    ],
)
def test_what_is_to_be_forgotten_binds_no_longer(asks):
    wish = wish_of(*asks)
    assert (wish.unwanted, wish.brightness, "fantasy" in wish.required) == ([], 0, False)
    assert "romance" in wish_of(asks[0]).unwanted


@pytest.mark.parametrize(
    "ask",
    [
        "one more but with a woman in the lead",
        "and a WOMAN.",
        "주인공이 여자인 걸로",
        "主人公が女性のやつ",
    ],
)
def test_a_woman_is_wished_for_by_any_of_her_words(ask):
    assert "female-lead" in wish_of("fantasy", ask).required
    assert "fantasy" in wish_of("fantasy", ask).required


@pytest.mark.parametrize(
    "ask", ["she has to be evil for real", "진짜 나쁜 놈이 주인공인 거", "本当に悪いやつが主人公の話"]
)
def test_who_is_to_be_evil_in_earnest_is_no_hero(ask):
    assert "antihero" in wish_of(ask).required


@pytest.mark.parametrize(
    "ask", ["isekai fantasy bores me, a mystery", "이세계 판타지 말고 추리물", "이세계 판타지 질렸어. 추리물"]
)
def test_isekai_fantasy_is_one_thing(ask):
    wish = wish_of(ask)
    assert (wish.required, "isekai" in wish.unwanted, "fantasy" in wish.unwanted) == (["mystery"], True, False)


@pytest.mark.parametrize("ask", ["make me laugh till I cry", "눈물 나게 웃긴 거", "泣くほど笑えるやつ"])
def test_tears_of_laughter_ask_for_no_sad_story(ask):
    assert not {"tearjerker", "bittersweet"} & wish_of(ask).asked_tags


def test_a_complaint_names_no_mood():
    assert wish_of("This is hopeless. A witty fantasy, please.").brightness == 0


@pytest.mark.parametrize(
    "ask", ["what came out lately? romance", "romance, but NEW", "요즘 새로 나온 로맨스", "最近始まった恋愛もの"]
)
def test_what_is_new_has_a_first_volume_of_late(ask):
    assert wish_of(ask).min_year == max(work.year for work in SHELF.works) - 2


@pytest.mark.parametrize("ask", ["published 2025 or 2026", "2025년이나 2026년에 나온 거", "2025年か2026年に出たの"])
def test_either_of_two_years_will_do(ask):
    assert (wish_of(ask).min_year, wish_of(ask).max_year) == (2025, 2026)


def test_a_clause_that_sets_limits_asks_nothing_of_what_was_offered():
    turn = read("ㄴㄴ 좀 더 긴 호흡의 SF로. 5권 이상 10권 이하 완결", language="ko")
    wish = wish_of(turn.wish_text)
    assert turn.acts == (Act.RECOMMEND,)
    assert (wish.min_volumes, wish.max_volumes, wish.status) == (5, 10, "completed")


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        ("a mystery with fair clues", "fair clues"),
        ("히로인이 애가 아닌 판타지", "히로인이 애가 아닌"),
        ("ヒロインが子供じゃないファンタジー", "ヒロインが子供じゃない"),
        ("a cosy mystery", ""),
    ],
)
def test_what_nothing_here_tells_of_is_set_apart(ask, words):
    assert unjudged_in(ask) == ([words] if words else [])


# --- Marks ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("i'm at volume 12 of overlord, taking a break", "en"),
        ("got through overlord 1-9 and quit at 10. should i have skipped to 11?", "en"),
        ("오버로드는 12권에서 멈춰 있어", "ko"),
        ("オーバーロードは9巻で止まってる", "ja"),
    ],
)
def test_what_rests_was_not_dropped_and_asks_for_no_other_book(text, language):
    turn = read(text, Dialogue(), language)
    assert marks(turn) == [((WORK,), "hold")]
    assert Act.RECOMMEND not in turn.acts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("i didn't drop it, i'm just taking a break", "en"),
        ("아니 하차한 건 아니고 잠깐 쉬는 거야", "ko"),
        ("ちがう、やめたんじゃなくて止まってるだけ。また読みたいの。", "ja"),
    ],
)
def test_who_says_that_they_did_not_drop_it_is_believed(text, language):
    turn = read(text, Dialogue(spoken=(WORK,), acts=(Act.VERDICT,)), language)
    assert marks(turn)[-1] == ((WORK,), "hold")
    assert Act.RECOMMEND not in turn.acts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("read overlord 1 and 2, loved them", "en"),
        ("오버로드 1, 2권 읽었는데 좋았어", "ko"),
        ("オーバーロードの1巻と2巻読んだ", "ja"),
    ],
)
def test_volumes_of_a_work_are_neither_the_whole_nor_other_works(text, language):
    assert marks(read(text, OFFERED, language)) == [((WORK,), "partly")]


def test_it_behind_a_verdict_is_no_choice():
    assert marks(read("3권에서 하차했음 그거", ABOUT_ONE, "ko")) == [((WORK,), "dropped")]


@pytest.mark.parametrize(("text", "language"), [("それ昨日読んだ。よかった", "ja"), ("그거 읽었어. 재밌었어", "ko")])
def test_one_work_is_marked_once(text, language):
    assert marks(read(text, ABOUT_ONE, language)) == [((WORK,), "loved")]


# --- Books that are looked for -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("looking for a book where a cat is the main character", "en"),
        ("고양이가 주인공인 책 추천해줘", "ko"),
        ("猫が主人公の話が読みたい", "ja"),
    ],
)
def test_who_is_to_lead_a_story_is_a_wish(text, language):
    turn = read(text, Dialogue(), language)
    assert turn.acts == (Act.RECOMMEND,)


def test_the_one_that_did_something_is_a_book_remembered():
    assert read("주인공이 책 읽고 싶어서 종이부터 만드는 그거", Dialogue(), "ko").acts == (Act.FIND,)


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("bruh. without anime", "en", {"anime": False}),
        ("all 3 of those HAVE an anime lmao. no anime = not animated", "en", {"anime": False}),
        ("ones that haven't been animated", "en", {"anime": False}),
        ("only what's out in english", "en", {"edition": "en"}),
        ("no, three other comedies, all in english", "en", {"edition": "en", "count": 3, "required": ["comedy"]}),
        ("애니 안 나온 거만", "ko", {"anime": False}),
        ("아니 애니 없는 거 달라고", "ko", {"anime": False}),
        ("한국어판으로만 다시", "ko", {"edition": "ko"}),
        ("책 속 빙의 또 없음?", "ko", {"required": ["reincarnation"]}),
        ("アニメ化してない", "ja", {"anime": False}),
        ("アニメなしで", "ja", {"anime": False}),
        ("英語版があるのだけ", "ja", {"edition": "en"}),
    ],
)
def test_what_any_book_could_be_asked_is_a_condition_after_a_list(text, language, wanted):
    turn = read(text, language=language)
    assert {part.act for part in turn.parts if part.act is not Act.NO} == {Act.RECOMMEND}
    wish = understand([turn.wish_text], SHELF, language).as_json()
    assert {name: wish.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "language"),
    [("do they have no anime?", "en"), ("그거 애니 있어?", "ko"), ("それアニメ化してない？", "ja"),
     ("it never got an anime, right?", "en")],
)  # fmt: skip
def test_a_question_on_the_books_of_a_list_stays_one(text, language):
    assert read(text, language=language).acts == (Act.ABOUT,)


@pytest.mark.parametrize(
    ("ask", "alternatives"),
    [
        (
            "a romance where the two are already married or at least adults w jobs",
            ["marriage", "adult-lead", "workplace"],
        ),
        ("Married or adults with jobs, either is fine.", ["marriage", "adult-lead", "workplace"]),
        ("a mystery or horror with romance", ["mystery", "horror"]),
        ("요리물이나 의료물 둘 중 아무거나요", ["cooking", "medical"]),
        ("부부나 직장인 로맨스 추천해줘", ["marriage", "workplace"]),
        ("夫婦か社会人の恋愛もの", ["marriage", "adult-lead"]),
        ("料理か医療のどっちか", ["cooking", "medical"]),
    ],
)
def test_of_what_an_or_joins_any_will_do(ask, alternatives):
    wish = wish_of(ask)
    assert wish.any_of == [alternatives]
    assert not {*alternatives} & {*wish.required}


def test_an_or_said_later_dissolves_what_was_asked_for_together():
    wish = wish_of("I want married life with grown-ups", "also, marriage or adults")
    assert ["marriage", "adult-lead"] in wish.any_of
    assert not {"marriage", "adult-lead"} & {*wish.required}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Just Overlord. tell me the story a little and is there anything scary in it for an 11 year old", "en"),
        ("anything gory in it?", "en"),
        ("거기에 무서운 거 나와? 애가 볼 건데", "ko"),
        ("11歳の子に怖いところはありますか", "ja"),
    ],
)
def test_what_may_be_in_one_work_is_answered_and_no_list(text, language):
    turn = read(text, ABOUT_ONE, language)
    assert turn.acts == (Act.ABOUT,)
    assert turn.works == (WORK,)
    assert not turn.wishes


@pytest.mark.parametrize(
    ("ask", "language"),
    [("마오마오처럼 똑똑하고 시니컬한 여주 또 있을까요?", "ko"), ("レーナみたいな芯のある子が出てくる戦記", "ja")],
)
def test_somebody_a_hero_is_likened_to_is_no_title(ask, language):
    assert understand([ask], SHELF, language).unknown_titles == []


@pytest.mark.parametrize(
    ("ask", "language"),
    [("남주도 백수인 이야기", "ko"), ("男主も無職の話", "ja"), ("male lead is unemployed too", "en")],
)
def test_a_male_lead_who_is_so_too_refuses_no_heroine(ask, language):
    assert understand([ask], SHELF, language).unwanted == []


def test_where_books_are_bought_is_no_title():
    (part,) = read("서점에서 구할 수 있어요?", language="ko").parts
    assert "unknown" not in part.detail


@pytest.mark.parametrize(
    ("ask", "language"),
    [
        ("친구가 라노벨은 오타쿠나 보는거라고 해서 빡침. 명작 추천", "ko"),
        ("my friend says light novels are only for otaku. recommend me a masterpiece", "en"),
        ("友達がラノベなんてオタクが読むものって言うから腹立つ。名作教えて", "ja"),
    ],
)
def test_what_others_say_of_the_reader_is_no_subject(ask, language):
    assert understand([ask], SHELF, language, with_hearts=True).about == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("read overlord already while we talked jk", "en"),
        ("오버로드 벌써 다 읽음 뻥이야 ㅋㅋ", "ko"),
        ("オーバーロードもう読んだよ、なんてね", "ja"),
    ],
)
def test_a_joke_marks_nothing(text, language):
    assert marks(read(text, language=language)) == []
