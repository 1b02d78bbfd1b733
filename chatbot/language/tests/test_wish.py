import json
import random
import time
from datetime import date
from pathlib import Path

import pytest

from chatbot.catalogue.tests.factories import known_shelf, make_catalogue, make_work
from chatbot.language.tag_relations import implied_by
from chatbot.language.wishes.wish import Wish, understand
from chatbot.language.words import subjects
from chatbot.recommender.choosing import choose

SHELF = known_shelf()


def lines_of(name):
    return [json.loads(line) for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()]


ROWS, CONVERSATIONS = lines_of("asks.jsonl"), lines_of("conversations.jsonl")


def said(*asks, language="ko", **more):
    """What was understood, as the reader said it: without weights, preferences of order, flavours and implied refusals."""
    wish = understand(list(asks), SHELF, language, **more).as_json()
    for name in ("wanted", "leaning", "flavours", "quiet", "sure"):
        wish.pop(name, None)
    implied = set(implied_by(wish.get("unwanted", ())))
    if "unwanted" in wish:
        wish["unwanted"] = [tag for tag in wish["unwanted"] if tag not in implied]
    return wish


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["ask"])
def test_an_ask_is_understood(row):
    assert said(row["ask"]) == row["wish"]


def test_the_asks_cover_three_languages():
    scripts = [
        "ko" if any("가" <= c <= "힣" for c in row["ask"]) else "en" if row["ask"].isascii() else "ja" for row in ROWS
    ]
    assert min(scripts.count(code) for code in ("ko", "en", "ja")) >= 20


@pytest.mark.parametrize(
    ("ask", "years"),
    [
        ("올해 나온 판타지", (2030, 2030)),
        ("작년 이후에 나온 판타지", (2029, None)),
        ("최근 5년 안에 나온 판타지", (2025, None)),
        ("10년 넘은 건 빼고 판타지", (2020, None)),
        ("fantasy that came out last year", (2029, 2029)),
        ("fantasy not older than 10 years", (2020, None)),
        ("fantasy from the past 3 years", (2027, None)),
        ("今年出たファンタジー", (2030, 2030)),
        ("ここ5年のファンタジー", (2025, None)),
        ("올해 읽은 것 중에 판타지가 제일 좋았어", (None, None)),
        ("去年読んだファンタジーみたいなの", (None, None)),
    ],
)
def test_a_date_told_by_today_is_taken_from_the_year_it_is(ask, years, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2030, 5, 1))
    wish = understand([ask], SHELF, "ko")
    assert (wish.min_year, wish.max_year) == years


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        ("오버로도 재밌게 읽었어요", {"liked": ["overlord"]}),
        ("I loved Mushoku Tensie", {"liked": ["mushoku-tensei"]}),
        ("I loved Quiet Overtures", {"unknown_titles": ["Quiet Overtures"]}),
    ],
)
def test_a_title_with_one_slip_is_still_that_title(ask, expected):
    assert said(ask) == expected


# --- Works ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        ("무직전생이랑 리제로 재밌었는데 뭐 없나", {"liked": ["mushoku-tensei", "re-zero"]}),
        ("무직전생은 이미 봤어", {"read": ["mushoku-tensei"]}),
        ("무직전생, 리제로, 오버로드 다 봤어. 비슷한 거", {"liked": ["mushoku-tensei", "re-zero", "overlord"]}),
        ("전생슬 말고", {"refused": ["tensei-slime"]}),
        ("無職転生とリゼロは読みました", {"read": ["mushoku-tensei", "re-zero"]}),
        ("このすばみたいなの", {"liked": ["konosuba"]}),
        ("I've read Overlord and loved it", {"liked": ["overlord"]}),
        ("I loved KonoSuba but hated Overlord", {"liked": ["konosuba"], "refused": ["overlord"]}),
        ("I didn't like Re:Zero", {"refused": ["re-zero"]}),
        ("ReZero, re:zero, RE ZERO", {"liked": ["re-zero"]}),
        ("「無職転生」「オーバーロード」以外", {"refused": ["mushoku-tensei", "overlord"]}),
        ("86 재밌게 봤어", {"liked": ["eighty-six"]}),
        ("『86』は読んだ", {"read": ["eighty-six"]}),
    ],
)
def test_works_are_found_by_any_name_with_what_is_thought_of_them(ask, expected):
    found = said(ask)
    assert {name: sorted(found.get(name, ())) for name in ("liked", "read", "refused") if found.get(name)} == {
        name: sorted(slugs) for name, slugs in expected.items()
    }


@pytest.mark.parametrize("ask", ["86권 있는 거", "is there another one?", "Another day, another book"])
def test_a_name_that_is_an_everyday_word_is_taken_for_one_only_when_meant(ask):
    found = said(ask)
    assert not {"liked", "read", "refused"} & set(found)


def test_a_capitalised_everyday_word_in_a_frame_is_a_name():
    assert said("I loved Another")["liked"] == ["another"]


@pytest.mark.parametrize(
    ("ask", "titles"),
    [
        ("「스파이 패밀리」 재밌게 읽었어", ["스파이 패밀리"]),
        ("달빛조각사 재밌게 읽었어", ["달빛조각사"]),
        ("나루토 같은 거", ["나루토"]),
        ("『異世界薬局』が好き", ["異世界薬局"]),
        ("I loved Redo of Healer and Overlord", ["Redo of Healer"]),
        ("ゆるキャン△みたいなやつ", ["ゆるキャン△"]),
        ('"Solo Leveling" was great', ["Solo Leveling"]),
    ],
)
def test_titles_that_are_not_on_the_shelf_are_told(ask, titles):
    assert said(ask)["unknown_titles"] == titles


@pytest.mark.parametrize("ask", ["이 책 재밌게 읽었어", "그거 재밌게 봤어", '"다크 판타지" 추천', "이런 느낌 같은 거"])
def test_what_is_no_title_is_not_told_as_one(ask):
    assert "unknown_titles" not in said(ask)


def test_tags_inside_an_unknown_title_are_not_wishes():
    wish = understand(["『異世界食堂』と『転生王女』が好き"], SHELF, "ja")
    assert not wish.required
    assert not wish.wanted


# --- Conversation ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asks", "expected"),
    [
        (
            ["이세계물 추천해줘", "하렘 없는 걸로", "완결된 거"],
            {"required": ["isekai"], "unwanted": ["harem"], "status": "completed"},
        ),
        (["이세계물 추천해줘", "그거 말고 더 밝은 걸로"], {"required": ["isekai"], "brightness": 1}),
        (["이세계물 좋아해", "다른 거"], {"required": ["isekai"]}),
        (["이세계물 추천해줘, 하렘은 싫어", "백합물 추천해줘"], {"required": ["yuri"], "unwanted": ["harem"]}),
        (["완결된 판타지", "추리물은?"], {"required": ["mystery"], "status": "completed"}),
        (
            ["5巻以内、アニメ化してないミステリー", "じゃあファンタジー"],
            {"required": ["fantasy"], "max_volumes": 5, "anime": False},
        ),
        (
            ["a sad romance without war, english only, max 4 volumes", "now a funny one for my uncle"],
            {"edition": "en", "audience": "elder", "any_of": [["comedy", "absurd", "romcom"]]},
        ),
        (["at most 3 volumes, mystery", "fantasy, long ones are fine"], {"required": ["fantasy"]}),
        (["슬로우 라이프 보고 싶어", "판타지도 섞인 걸로"], {"required": ["slow-life", "fantasy"]}),
        (["판타지 추천해줘", "그거 말고 백합으로"], {"required": ["yuri"]}),
        (["하렘 싫어", "하렘물 추천해줘"], {"required": ["harem"]}),
        (["하렘물 추천해줘", "하렘 빼고"], {"unwanted": ["harem"]}),
        (["무직전생 재밌었어", "백합물 추천해줘"], {"unliked": ["mushoku-tensei"], "required": ["yuri"]}),
        (["isekai please", "mystery instead"], {"required": ["mystery"]}),
        (["isekai please", "with a female lead"], {"required": ["isekai", "female-lead"]}),
        (["a cozy fantasy", "actually something darker"], {"required": ["fantasy"], "brightness": -1}),
        (
            ["異世界もの教えて", "もっと暗いのがいい", "ハーレムは苦手"],
            {"required": ["isekai"], "unwanted": ["harem"], "brightness": -1},
        ),
        (["10권 이하 판타지", "5권 이하로"], {"required": ["fantasy"], "max_volumes": 5}),
        (["10권 이하 판타지", "아니 20권 이상인 걸로"], {"required": ["fantasy"], "min_volumes": 20}),
    ],
    ids=lambda value: " / ".join(value) if isinstance(value, list) else "",
)
def test_later_asks_add_to_the_earlier_ones_or_change_them(asks, expected):
    assert said(*asks) == expected


@pytest.mark.parametrize("row", CONVERSATIONS, ids=lambda row: " / ".join(row["asks"]))
def test_a_conversation_is_understood(row):
    assert said(*row["asks"], last_picks=row.get("picks", ())) == row["wish"]


def test_moods_of_the_opposite_kind_are_dropped():
    wish = understand(["a cozy fantasy", "actually something darker"], SHELF, "en")
    assert "cozy" not in wish.wanted
    assert ["dark", "gritty"] in wish.leaning


@pytest.mark.parametrize(
    ("ask", "slug"),
    [
        ("두 번째 거 같은 거 더", "konosuba"),
        ("more like the second", "konosuba"),
        ("2番目みたいなの", "konosuba"),
        ("#1 was great, more please", "overlord"),
        ("마지막 거랑 비슷한 거", "re-zero"),
    ],
)
def test_the_last_picks_may_be_named_by_their_place(ask, slug):
    assert said("이세계물", ask, last_picks=("overlord", "konosuba", "re-zero"))["liked"] == [slug]


def test_a_place_beyond_the_last_picks_is_nothing():
    assert "liked" not in said("more like the fifth", last_picks=("overlord",))


# --- The first visit's form -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    [
        "좋아하는 장르: 이세계, 로맨스\n최근에 읽은 작품: 무직전생\n분위기: 밝은 편",
        "Favourite genre: isekai, romance\nRead lately: Mushoku Tensei\nMood: bright",
        "好きなジャンル：異世界、恋愛\n最近読んだ作品：無職転生\n雰囲気：明るめ",
    ],
)
def test_the_three_questions_are_understood_in_every_language(form):
    assert said(form) == {"liked": ["mushoku-tensei"], "any_of": [["isekai", "romance"]], "brightness": 1}


def test_a_skipped_question_says_nothing():
    assert said("좋아하는 장르: 판타지\n최근에 읽은 작품: 없음\n분위기: 어두운 편") == {
        "required": ["fantasy"],
        "brightness": -1,
    }


def test_a_work_in_the_form_that_is_not_on_the_shelf_is_told():
    assert said("최근에 읽은 작품: 무직전생, 달빛조각사") == {
        "liked": ["mushoku-tensei"],
        "unknown_titles": ["달빛조각사"],
    }


# --- Too little -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask",
    ["안녕", "안녕하세요! 추천 부탁드려요", "추천해줘", "ㅋㅋㅋㅋ", "고마워", "hi", "recommend something", "thanks!", "asdfgh", "こんにちは",
     "おすすめ教えて", "ありがとう", "", "???", "책 하나 추천해줘", "나루토 재밌게 읽었어"],
)  # fmt: skip
def test_too_little_is_vague(ask):
    assert understand([ask], SHELF, "ko").is_vague


@pytest.mark.parametrize(
    "ask",
    [
        "아무거나 재밌는 거 하나만",
        "not isekai",
        "무직전생",
        "밝은 거",
        "완결된 거",
        "surprise me",
        "おまかせで",
        "짧은 거",
        "best light novels",
    ],
)
def test_a_little_is_enough(ask):
    assert not understand([ask], SHELF, "ko").is_vague


def test_a_thank_you_after_a_wish_is_vague_but_asking_for_more_is_not():
    assert understand(["이세계물 추천해줘", "고마워"], SHELF, "ko").is_vague
    assert not understand(["이세계물 추천해줘", "다른 거"], SHELF, "ko").is_vague


# --- The record -----------------------------------------------------------------------------------------------------


def test_a_wish_survives_being_kept():
    wish = understand(["애니화 안 된 완결 이세계물 3개, 하렘 빼고"], SHELF, "ko")
    assert Wish.from_json(json.loads(json.dumps(wish.as_json()))) == wish


def test_only_what_was_said_is_kept():
    assert Wish().as_json() == {}
    assert Wish(anime=False, count=1).as_json() == {"anime": False, "count": 1}


def test_moods_bind_alone_and_lean_beside_a_genre():
    alone = understand(["잔잔한 거"], SHELF, "ko")
    assert alone.any_of == [["cozy", "heartwarming", "slow-life"]]
    beside = understand(["잔잔한 판타지"], SHELF, "ko")
    assert (beside.required, beside.any_of) == (["fantasy"], [])
    assert ["cozy", "heartwarming", "slow-life"] in beside.leaning


def test_refusing_a_tag_refuses_its_narrower_forms():
    wish = understand(["판타지 말고, 성적인 내용 빼고, 로맨스 없는 거"], SHELF, "ko")
    assert {"isekai", "high-fantasy", "sexual-violence", "romcom"} <= set(wish.unwanted)


def test_what_is_asked_for_outweighs_what_is_only_implied():
    wish = understand(["로맨스는 싫은데 러브코미디는 좋아"], SHELF, "ko")
    assert wish.required == ["romcom"]
    assert "romcom" not in wish.unwanted


# --- Any text at all ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["\x00", "\ud800", "\u200b" * 50, "\u202e나루토\u202c", "「" * 4000, '"' * 4000, "나" * 4000, " \n" * 2000, "10권" * 1300,
     "하렘, " * 1000, "no " * 1300, "(((", "🙂" * 4000, "ſt ﬁ ß İ", "무직전생", "\u0301" * 500],
    ids=range(16),
)  # fmt: skip
def test_no_text_breaks_it_or_holds_it_up(text):
    began = time.process_time()
    understand([text], SHELF, "ko")
    assert time.process_time() - began < 0.5


def test_random_text_never_breaks_it():
    chance = random.Random(7)
    alphabet = "이세계하렘 없는말고ーァア異世界、。,.!?\n\"'「」『』()abcxyz0129권年巻ㅋ\u200b\u0301🙂\x00\ud800"
    for _ in range(150):
        understand(["".join(chance.choices(alphabet, k=chance.randint(0, 300)))], SHELF, "ja")


def test_text_beyond_the_limit_is_left_unread():
    assert said("가나다 " * 1000 + "이세계물") == {}


def test_a_wish_comes_apart_into_what_was_said():
    wish = Wish(
        liked=["wolf"],
        required=["isekai"],
        any_of=[["cozy", "heartwarming"]],
        wanted={"isekai": 1.0, "cozy": 1.0, "magic-system": 0.3},
        unwanted=["romance", "romcom", "harem"],
        status="completed",
        max_volumes=10,
        anime=False,
    )
    assert wish.parts() == [
        ("liked", "wolf"),
        ("required", "isekai"),
        ("any_of", "cozy+heartwarming"),
        ("unwanted", "romance"),
        ("status", "completed"),
        ("max_volumes", "10"),
        ("anime", "False"),
    ]


def test_each_part_can_be_taken_back_alone():
    wish = Wish(
        liked=["wolf"],
        required=["isekai"],
        any_of=[["cozy", "heartwarming"]],
        wanted={"isekai": 1.0},
        unwanted=["romance", "romcom", "gore"],
        status="completed",
        max_volumes=10,
        anime=False,
    )
    for kind, value in wish.parts():
        assert wish.without(kind, value).parts() == [part for part in wish.parts() if part != (kind, value)]


def test_a_work_no_longer_liked_still_does_not_come_back():
    wish = Wish(liked=["wolf"]).without("liked", "wolf")
    assert wish.liked == []
    assert wish.names_works == {"wolf"}


def test_taking_back_the_only_condition_leaves_the_choice_open():
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0}).without("required", "isekai")
    assert not wish.is_vague


def test_a_wish_kept_long_ago_is_still_read():
    assert Wish.from_json({"required": ["isekai"], "gone": 1}).required == ["isekai"]


# --- How sure it is -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "part", "sure"),
    [
        ("하렘 없는 이세계물", "required:isekai", 1),
        ("10권 이하 판타지", "max_volumes:10", 1),
        ("짧은 판타지", "max_volumes:5", 0.7),
        ("최근 나온 판타지", "min_year:2022", 0.7),
        ("무직전생", "liked:mushoku-tensei", 0.7),
        ("무직전생 재밌었어", "liked:mushoku-tensei", 1),
        ("번역된 판타지", "edition:ko", 0.7),
        ("정발된 판타지", "edition:ko", 1),
        ("남주 판타지", "unwanted:female-lead", 0.7),
        ("가능하면 완결된 판타지", "status:completed", 0.4),
        ("완결된 판타지", "status:completed", 1),
        ("fantasy, preferably under 10 volumes", "max_volumes:9", 0.4),
        ("fantasy, completed if possible", "status:completed", 0.4),
        ("できれば完結しているファンタジー", "status:completed", 0.4),
        ("できれば5巻以内のファンタジー", "max_volumes:5", 0.4),
    ],
)
def test_each_part_says_how_sure_it_is(ask, part, sure):
    wish = understand([ask], SHELF, "ko")
    assert part in {f"{kind}:{value}" for kind, value in wish.parts()}
    assert wish.sureness(*part.split(":", 1)) == sure


def test_what_is_said_again_plainly_is_sure():
    wish = understand(["가능하면 완결된 판타지", "꼭 완결된 걸로"], SHELF, "ko")
    assert wish.sureness("status", "completed") == 1


def test_what_is_only_hoped_for_is_no_condition():
    wish = understand(["가능하면 완결된 판타지, 5권 이하"], SHELF, "ko")
    assert (wish.status, wish.max_volumes) == ("completed", 5)
    assert (wish.firm().status, wish.firm().max_volumes) == ("", 5)
    assert wish.hoped() == Wish(status="completed")


def test_what_was_inferred_is_a_condition_all_the_same():
    assert understand(["짧은 판타지"], SHELF, "ko").firm().max_volumes == 5


def test_a_part_taken_back_leaves_no_doubt_behind():
    assert Wish(max_volumes=5, sure={"max_volumes:5": 0.7}).without("max_volumes", "5").sure == {}


# --- What no tag stands for -----------------------------------------------------------------------------------------


def test_a_subject_is_understood_where_some_work_names_it():
    about = make_catalogue(
        make_work("cats", ["cozy"], synopses={"ko": "고양이 카페", "en": "A café full of cats.", "ja": "猫の店"}),
        make_work("plain", ["cozy"]),
    )
    for ask in ("고양이 나오는 거", "books about cats", "猫が出てくる小説"):
        wish = understand([ask], about, "ko")
        assert (wish.about, wish.is_vague) == (["cat"], False)
        assert choose(wish, about).candidates[0].work.slug == "cats"
    for ask in ("고양이 안 나오는 거", "no cats", "猫が出てこない小説"):
        wish = understand([ask], about, "ko")
        assert wish.not_about == ["cat"]
        assert [pick.work.slug for pick in choose(wish, about).candidates] == ["plain"]
    assert understand(["엘프 나오는 거"], about, "ko").is_vague


def test_every_subject_has_words_in_three_languages():
    for slug in subjects.slugs():
        assert all(word for words in subjects.words_of(slug).values() for word in words)
        assert {subjects.label(slug, language) for language in ("ko", "en", "ja")}


def test_a_reader_for_whom_a_book_is_bought_is_no_subject():
    assert said("고등학생 딸한테 선물할 판타지") == {"required": ["fantasy"], "audience": "teen", "age": 16}
    assert said("高校生の娘にプレゼントしたいファンタジー") == {"required": ["fantasy"], "audience": "teen", "age": 16}
    assert said("fantasy for my high school daughter") == {"required": ["fantasy"], "audience": "teen", "age": 16}


# --- Subjects -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("synopsis", "found"),
    [
        ("배우가 되려는 소녀. 여배우 선배를 만난다.", {"theatre"}),
        ("마법을 배우는 소년. 화가 나면 강해진다.", set()),
        ("쿠데타로 무너진 나라, 사냥이 일상인 마을.", set()),
        ("불꽃을 다루고 사이클론을 부른다.", set()),
        ("하이엘프와 여우가 여행한다.", {"elf", "fox"}),
        ("타로로 점을 친다.", {"fortune"}),
    ],
)
def test_a_subject_is_a_word_of_its_own_in_a_korean_synopsis(synopsis, found):
    asked = {"theatre", "painter", "fortune", "cat", "flower", "clone", "elf", "fox"}
    work = make_work("told", synopses={"ko": synopsis})
    about = subjects.works_about(make_catalogue(work))
    assert {subject for subject in asked if work.slug in about.get(subject, ())} == found


@pytest.mark.parametrize(
    ("ask", "trope", "needed"),
    [
        ("후회하는 남주가 나오는 거", "regretful-lover", "romance"),
        ("a possessive hero, please", "obsessive-lover", "romance"),
        ("年下ヒーローがいい", "younger-man", "romance"),
        ("소설 빙의물로 골라줘", "book-possession", "reincarnation"),
        ("a sham marriage story", "contract-marriage", "marriage"),
        ("偽装夫婦の話", "contract-marriage", "marriage"),
        ("オムニバスの冒険もの", "episodic", "adventure"),
    ],
)
def test_the_heart_of_a_wish_is_heard_even_where_no_work_tells_of_it(ask, trope, needed):
    wish = understand([ask], make_catalogue(make_work("one", {needed: 3})), "ko")
    assert (wish.about, wish.required, wish.status) == ([trope], [needed], "")


@pytest.mark.parametrize(
    "ask", ["남궁길동 같은 판타지", "a fantasy like Gildong Hong writes", "南宮吉童みたいなファンタジー"]
)
def test_an_author_leads_to_their_books_and_the_like(ask):
    by = make_work(
        "by", {"fantasy": 1, "war": 3}, authors=("南宮吉童",), author_names={"ko": ["남궁길동"], "en": ["Gildong Hong"]}
    )
    catalogue = make_catalogue(make_work("known", {"fantasy": 3}, renown=100), by)
    wish = understand([ask], catalogue, "ko")
    assert (wish.authors, wish.unknown_titles) == (["南宮吉童"], [])
    assert choose(wish, catalogue, count=1).candidates[0].work.slug == "by"


def test_a_title_is_heard_in_kanji_and_in_kana():
    catalogue = make_catalogue(
        make_work("mine", titles={"ja": "わたしの静かな本棚", "ko": "나의 책장", "en": "My Shelf"})
    )
    assert understand(["私の静かな本棚みたいなの"], catalogue, "ja").liked == ["mine"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "She only reads English."),
        ("en", "the second one isn't in English? My son just reads english"),
        ("en", "she can't read Japanese, so please leave out ones without an English edition"),
        ("en", "no english on any of them?"),
        ("en", "none of these are in english lol"),
        ("en", "give me one that I can actually buy"),
        ("en", "English editions only from now on"),
        ("ko", "딸이 한글책만 읽어요"),
        ("ko", "번역된거만ㅇㅇ"),
        ("ko", "아이가 일본어를 못 읽어요"),
        ("ko", "한국어판 없는 건 빼주세요"),
        ("ko", "셋 다 정발 안됐네"),
        ("ko", "실제로 살 수 있는 걸로 주세요"),
    ],
)
def test_what_whoever_reads_can_read_binds_wherever_it_is_said(language, text):
    asks = ["romance", text, "fantasy instead", "a mystery"]
    # The words that wish leave out what is only told.
    wish = understand(["romance", "", *asks[2:]], SHELF, language, turns=asks)
    assert wish.edition == language
    assert wish.sureness("edition", language) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "is it in English?"),
        ("en", "isn't that one in English?"),
        ("en", "the English edition doesn't matter"),
        ("en", "an English teacher"),
        ("ko", "한국어판 있어?"),
        ("ko", "정발 상관없어요"),
        ("ko", "일본어 공부 중이에요"),
    ],
)
def test_who_asks_of_an_edition_or_does_not_need_one_is_bound_by_none(language, text):
    assert not understand(["romance", ""], SHELF, language, turns=["romance", text]).edition


@pytest.mark.parametrize(("language", "text"), [("en", "isn't the second one in English?")])
def test_a_question_of_an_edition_takes_none_back(language, text):
    assert understand(["a romance in English", text], SHELF, language).edition == "en"
