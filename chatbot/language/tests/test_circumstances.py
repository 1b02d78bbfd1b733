"""Whom a book is for and how its reader is: read out of all words, leaving works out and asking for none."""

import time

import pytest

from chatbot.catalogue.tests.factories import known_shelf, make_catalogue, make_work
from chatbot.language.tag_relations import NEVER_FOR_MINORS, WARNINGS
from chatbot.language.wishes import circumstances
from chatbot.language.wishes.circumstances import Circumstances, works_telling
from chatbot.language.wishes.wish import Wish, understand
from chatbot.recommender.choosing import choose
from chatbot.text.cleaning import MAX_LENGTH

SHELF = known_shelf()


def read(text):
    said = circumstances.read(text)
    return said.audience, said.gentle


@pytest.mark.parametrize(
    ("text", "age", "oldest"),
    [
        ("초등학교 5학년 아들이 볼 판타지", 11, 12),
        ("중2 조카가 읽을 책", 14, 15),
        ("우리 아이가 읽을 책", 0, 12),
        ("for my 10-year-old daughter", 10, 11),
        ("for my nephew in 8th grade", 13, 14),
        ("小5の娘に読ませたい", 11, 12),
        ("中学生の弟が読める本", 13, 14),
        ("엄마한테 추천할 만한 거", 0, 0),
        ("10권짜리 판타지", 0, 0),
    ],
)
def test_how_old_they_are_bounds_from_which_age_a_work_may_be(text, age, oldest):
    wish = understand([text], SHELF, "ko")
    assert (wish.age, wish.exclusions.age) == (age, oldest)


@pytest.mark.parametrize("note", ["Harmless. From about ten.", "Some fights. From about thirteen.", "No blood at all."])
def test_what_is_recommended_from_a_higher_age_is_left_out(note):
    work = make_work("told", tags={"fantasy": 3, "bright": 2}, notes={"content": {"en": note}})
    shelf = make_catalogue(work, *SHELF.works)
    wish = understand(["a fantasy for my 10-year-old daughter"], shelf, "en")
    offered = {one.work.slug for one in choose(wish, shelf, count=50).candidates}
    assert ("told" in offered) == ("thirteen" not in note)


@pytest.mark.parametrize(
    "text",
    [
        "고딩 말고 어른 나오는 거",
        "고등학생 나오는 건 이제 질렸어",
        "not in the mood for teens, something with adults",
        "sick of teenagers",
        "高校生以外で",
        "高校生はもう飽きた",
    ],
)
def test_whom_a_story_is_not_to_be_about_is_nobody_it_is_for(text):
    assert circumstances.read(text).audience == ""


@pytest.mark.parametrize(
    "text",
    [
        "우울할 때 읽을 만한 거 추천 좀",
        "우울한데 뭐 읽지",
        "기분 꿀꿀할 때 볼 거",
        "현타 올 때 읽을 거",
        "something to read when I'm depressed",
        "feeling like crap, what should I read",
        "憂鬱な時に読むのにいいの教えて",
        "気分が沈んでる時に読む本",
    ],
)
def test_a_low_day_asks_for_nothing_dark(text):
    wish = understand([text], SHELF, "ko")
    assert wish.gentle
    assert wish.brightness >= 0
    assert "dark" not in wish.asked_tags


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("초등 6학년 딸이 읽을 판타지", "child"),
        ("초3 조카 생일 선물로 줄 책", "child"),
        ("아이랑 같이 읽을 이야기", "child"),
        ("학급문고에 둘 책", "child"),
        ("12살 아들이 볼 모험물", "child"),
        ("딸이 이제 15살이에요", "teen"),
        ("저는 14살인데 이세계물 추천", "teen"),
        ("중2 조카한테 줄 책", "teen"),
        ("중학교 도서관에 넣을 책", "teen"),
        ("할머니께 드릴 책", "elder"),
        ("엄마가 항암 치료 중이신데 병실에서 읽으실 만한 책 있을까요", "elder"),
        ("친구한테 선물할 책", "gift"),
        ("대학생 딸한테 선물할 책", "self"),
        ("my 12-year-old wants a fantasy", "child"),
        ("something for my daughter", "child"),
        ("for an elementary school library", "child"),
        ("he is a fifth grader", "child"),
        ("my niece just turned 13", "teen"),
        ("I'm 14 and love isekai", "teen"),
        ("for my teenager who loves games", "teen"),
        ("for my daughter who is 16", "teen"),
        ("a book for my mother", "elder"),
        ("mom is in the hospital for chemo, something light she can enjoy?", "elder"),
        ("a gift for a friend", "gift"),
        ("小5の娘に読ませたい", "child"),
        ("小学生の息子が読める本", "child"),
        ("学級文庫に置きたい", "child"),
        ("12歳の息子に", "child"),
        ("中2の甥へのプレゼント", "teen"),
        ("中学生です。おすすめは？", "teen"),
        ("祖母に贈る一冊", "elder"),
        ("母が抗がん剤治療中で、病室で読める軽いものはありますか", "elder"),
        ("友人へのプレゼントに", "gift"),
    ],
)
def test_whom_it_is_for_is_read(text, audience):
    assert read(text)[0] == audience


@pytest.mark.parametrize(
    ("text", "gentle"),
    [
        ("수술 받고 쉬는 중이에요", "ill"),
        ("입원 중이라 심심해요", "ill"),
        ("할머니가 돌아가셨어요", "grief"),
        ("강아지를 무지개다리로 떠나보냈어요", "pet"),
        ("무거운 건 못 읽겠어요", "gentle"),
        ("힐링되는 거 추천", "gentle"),
        ("뇌 빼고 읽을 거 없나", "gentle"),
        ("something brain off", "gentle"),
        ("head empty reading please", "gentle"),
        ("頭空っぽにして読めるやつ", "gentle"),
        ("何も考えずに読める本", "gentle"),
        ("요즘 너무 지쳤어요", "gentle"),
        ("I'm recovering from surgery", "ill"),
        ("I'm stuck in the hospital", "ill"),
        ("my father passed away", "grief"),
        ("I lost my dog last week", "pet"),
        ("nothing heavy please", "gentle"),
        ("I can't take sad right now", "gentle"),
        ("I'm burned out", "gentle"),
        ("入院中に読む本", "ill"),
        ("先月、祖母が亡くなりました", "grief"),
        ("うちの犬が死んだので", "pet"),
        ("重い話は無理です", "gentle"),
        ("癒される話がいい", "gentle"),
        ("仕事で疲れた夜に", "gentle"),
    ],
)
def test_how_the_reader_is_is_read(text, gentle):
    assert read(text)[1] == gentle


@pytest.mark.parametrize(
    ("text", "gentle"),
    [
        ("남자친구랑 헤어졌어요", "parting"),
        ("지난달에 이혼했어요", "parting"),
        ("my wife left me", "parting"),
        ("I got dumped yesterday", "parting"),
        ("彼氏と別れました", "parting"),
        ("失恋したばかりです", "parting"),
        ("고양이가 지난주에 죽었어요", "pet"),
        ("our cat passed away", "pet"),
        ("we put our dog down", "pet"),
        ("愛猫を亡くしました", "pet"),
    ],
)
def test_a_parting_and_the_loss_of_an_animal_are_griefs_of_their_own(text, gentle):
    assert read(text)[1] == gentle


@pytest.mark.parametrize(
    ("text", "audience"),
    [
        ("학교 도서관에 넣을 책", "teen"), ("초등학교 도서관에 넣을 책", "child"),
        ("a shelf in our school library", "teen"), ("for the elementary school library", "child"),
        ("学校の図書室に置く本", "teen"), ("小学校の図書室に置く本", "child"), ("朝読書に使う本", "teen"),
    ],
)  # fmt: skip
def test_a_school_is_for_the_young(text, audience):
    assert read(text)[0] == audience


@pytest.mark.parametrize(
    ("section", "texts"),
    [
        ("newcomer", ["라노벨은 처음이에요", "I've never read a light novel", "ラノベは初めてです"]),
        ("knows-famous", ["유명한 건 다 읽었어요", "no famous ones please", "有名どころ以外で"]),
        ("surprise", ["의외의 책으로", "surprise me", "意外な本を"]),
        ("swap", ["첫 번째 거만 바꿔 주세요", "replace the second", "二冊目を別のに差し替えて"]),
        ("one", ["한 권만", "One.", "一冊だけ", "딱 한 권만 추천해 주세요", "just one book", "一冊だけ選んで"]),
        ("best", ["인생 라노벨 추천", "what's the best light novel ever?", "人生で一番のラノベ"]),
    ],
)
def test_what_is_said_of_how_to_choose_is_read(section, texts):
    assert [text for text in texts if not circumstances.says(section, text)] == []


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("one", "한 권짜리 판타지"), ("one", "one of the heroines dies"), ("one", "一冊しか読んでいません"),
        ("swap", "주인공이 바뀌는 이야기"), ("swap", "they switch bodies"), ("swap", "中身が入れ替わる話"),
        ("newcomer", "처음부터 강한 주인공"), ("newcomer", "the first light novel I loved was Toradora"),
        ("best", "the best healer in the kingdom"), ("parting", "헤어진 쌍둥이가 만나는 이야기"),
        ("knows-famous", "주인공이 유명한 모험가인 이야기"), ("parting", "別れの手紙の話"),
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_not(section, text):
    assert not circumstances.says(section, text)


@pytest.mark.parametrize(
    "text",
    [
        "초등학생이 주인공인 판타지",
        "딸을 키우는 이야기",
        "부모를 잃은 소년 이야기",
        "힐링 말고 액션으로",
        "이세계물에 지쳤어요",
        "a story about a 12-year-old witch",
        "a hero with a gift for magic",
        "the best healing magic series",
        "no healing stories",
        "I'm 13 volumes in",
        "I'm sick of isekai",
        "小学生が主人公のファンタジー",
        "入院中の少女の話",
        "癒し系以外で",
        "もう異世界ものに疲れた",
        "戦争に疲れた騎士の話",
    ],
)
def test_the_people_of_stories_and_what_is_refused_are_no_circumstances(text):
    assert read(text) == ("", "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("퇴근하고 읽을 판타지 추천", "ko"), ("직장에서 치이고 왔어요. 판타지 추천", "ko"), ("수술 받고 읽을 판타지", "ko"),
        ("초등학교 도서관에 넣을 판타지", "ko"), ("시험 끝나고 볼 판타지", "ko"), ("육아에 지친 저를 위한 판타지", "ko"),
        ("after a long day at work, a fantasy", "en"), ("fantasy for my high school daughter", "en"),
        ("recovering from surgery, a fantasy please", "en"), ("fantasy for a middle school library", "en"),
        ("仕事帰りに読むファンタジー", "ja"), ("手術後に読むファンタジー", "ja"), ("中学校の図書室に入れるファンタジー", "ja"),
    ],
)  # fmt: skip
def test_circumstances_ask_for_nothing(text, language):
    wish = understand([text], SHELF, language)
    assert (wish.required, wish.any_of, wish.about) == (["fantasy"], [], [])


def test_an_audience_holds_until_another_is_named():
    def audience(*asks):
        return understand(asks, SHELF, "ko").audience

    assert audience("초등 6 딸이 읽을 판타지", "다른 거", "이번엔 미스터리로") == "child"
    assert audience("초등 6 딸이 읽을 판타지", "할머니께 드릴 책도 추천해 주세요") == "elder"
    assert audience("초등 6 딸이 읽을 판타지", "이번엔 제가 읽을 거 추천") == ""


def test_who_asks_for_something_heavy_need_not_be_spared_any_longer():
    assert understand(["힐링되는 거 추천", "일상물로"], SHELF, "ko").gentle == "gentle"
    assert understand(["힐링되는 거 추천", "이번엔 다크 판타지로"], SHELF, "ko").gentle == ""


def test_all_words_of_a_turn_count_also_those_that_do_not_wish():
    wish = understand(["판타지 추천"], SHELF, "ko", turns=["12살 아들이 봐도 되나요? 판타지 추천"])
    assert (wish.audience, wish.required) == ("child", ["fantasy"])


def test_it_is_a_part_that_can_be_taken_back():
    wish = understand(["초등 6 딸이 읽을 판타지, 무거운 건 못 읽어요"], SHELF, "ko")
    assert {"audience:child", "gentle:gentle"} <= {str(part) for part in wish.parts()}
    assert wish.without("audience", "child").audience == ""


# --- What is left out -----------------------------------------------------------------------------------------------


def chosen(wish, *works):
    return {one.work.slug for one in choose(wish, make_catalogue(*works)).candidates}


def shelf_of_warnings():
    """A work for every warning and strength, and one without."""
    works = [make_work(f"{tag}-{n}", tags={"fantasy": 2, tag: n}) for tag in WARNINGS for n in (1, 2, 3)]
    return [make_work("clean", tags={"fantasy": 2}), *works]


@pytest.mark.parametrize("wish", [Wish(audience="child"), Wish(audience="elder"), Wish(audience="gift")])
def test_for_others_nothing_to_be_warned_of_is_offered(wish):
    assert chosen(wish, *shelf_of_warnings()) == {"clean"}


@pytest.mark.parametrize("gentle", ["ill", "grief", "gentle"])
def test_for_the_tender_nothing_to_be_warned_of_is_offered(gentle):
    assert chosen(Wish(gentle=gentle), *shelf_of_warnings()) == {"clean"}


def test_for_pupils_nothing_sexual_and_of_the_rest_a_little():
    works = [one for one in shelf_of_warnings() if one.tags.get("gore") or NEVER_FOR_MINORS & {*one.tags}]
    assert chosen(Wish(audience="teen"), *works) == {"gore-1"}


@pytest.mark.parametrize("audience", ["child", "teen"])
def test_what_is_asked_for_stays_in_but_not_what_is_never_for_minors(audience):
    gore, sexual = make_work("gory", tags={"gore": 3}), make_work("sexual", tags={"sexual-content": 1})
    assert chosen(Wish(audience=audience, required=["gore"], wanted={"gore": 1.0}), gore, sexual) == {"gory"}
    asked = Wish(audience=audience, required=["sexual-content"], wanted={"sexual-content": 1.0})
    assert chosen(asked, gore, sexual) == set()


def test_a_dark_tone_is_out_unless_darkness_is_asked_for():
    works = make_work("dim", tags={"fantasy": 2}, tone=-1), make_work("even", tags={"fantasy": 2}, tone=0)
    assert chosen(Wish(gentle="ill"), *works) == {"even"}
    assert chosen(Wish(gentle="ill", brightness=-1), *works) == {"dim", "even"}


def test_a_light_mood_and_a_full_warning_do_not_go_together_unasked():
    works = [make_work(f"gore-{n}", tags={"comedy": 3, "bright": 2, "gore": n}) for n in (2, 3)]
    light = Wish(required=["comedy"], wanted={"comedy": 1.0})
    assert chosen(light, *works) == {"gore-2"}
    assert chosen(Wish(brightness=1), *works) == {"gore-2"}
    asked = Wish(required=["comedy", "gore"], wanted={"comedy": 1.0, "gore": 1.0})
    assert chosen(asked, *works) == {"gore-2", "gore-3"}


def test_who_grieves_is_spared_a_death_that_only_the_synopsis_tells():
    told = make_work("told", tags={"fantasy": 2}, synopses={"en": "After the death of his mother he sets out."})
    other = make_work("other", tags={"fantasy": 2}, synopses={"en": "A baker opens a shop."})
    assert chosen(Wish(gentle="grief"), told, other) == {"other"}
    assert chosen(Wish(gentle="gentle"), told, other) == {"told", "other"}


def test_who_refuses_harems_refuses_many_suitors_too():
    wish = understand(["no harem romance please"], SHELF, "en")
    assert wish.unwanted == ["harem", "reverse-harem"]
    assert [str(part) for part in wish.parts() if part.kind == "unwanted"] == ["unwanted:harem"]
    courted = make_work("courted", tags={"romance": 3}, synopses={"en": "She is courted by four princes."})
    other = make_work("other", tags={"romance": 3}, synopses={"en": "Two clerks share a desk."})
    assert chosen(wish, courted, other) == {"other"}


def test_who_asks_for_the_one_may_have_it():
    assert "reverse-harem" not in understand(["역하렘 로판, 하렘은 싫어"], SHELF, "ko").unwanted


@pytest.mark.parametrize(
    ("language", "synopsis", "tells"),
    [
        ("ko", "사고로 아내를 잃은 남자가 고향으로 돌아온다.", {"told:death"}),
        ("ja", "王子たちに囲まれて過ごす学園生活。", {"told:suitors"}),
        ("en", "Surrounded by eligible princes she has no interest in.", set()),
        ("ko", "빵집을 연 두 사람.", set()),
    ],
)
def test_a_synopsis_tells_what_no_tag_does(language, synopsis, tells):
    telling = works_telling(make_catalogue(make_work("one", synopses={language: synopsis})))
    assert {what for what, works in telling.items() if works} == tells


def test_a_long_text_is_read_in_time():
    for piece in ("for my ", "아이", "小学生の", "so tired ", "surrounded by "):
        began = time.process_time()
        said = circumstances.read(piece * MAX_LENGTH)
        circumstances.spans((piece * MAX_LENGTH)[:MAX_LENGTH])
        assert isinstance(said, Circumstances)
        assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("now one for my aunt", True),
        ("this time something for me", True),
        ("a mystery for my aunt", False),
        ("이번엔 형한테 줄 책", True),
        ("형한테 줄 책", False),
        ("次は姉に贈る本", True),
        ("姉に贈る本", False),
    ],
)
def test_it_tells_that_somebody_else_reads(text, another):
    assert circumstances.read(text).another is another


def test_who_asks_for_a_nephew_and_then_for_herself_is_no_longer_held_to_his_age():
    said = [circumstances.read(text) for text in ("甥へのプレゼント、13歳", "私(38歳、母親業に疲れた)も読めるのある?")]
    assert [one.audience for one in said] == [circumstances.TEEN, circumstances.NOT_GIVEN]
    assert not circumstances.latest(said).audience


@pytest.mark.parametrize(
    "text",
    ["머리 비우고 볼 만한 거", "뇌 빼고 읽을 거", "something brain off", "something cozy", "頭空っぽにして読めるやつ"],
)
def test_who_wants_to_rest_is_offered_nothing_to_cry_over(text):
    sad = make_work("sad", {"tearjerker": 3, "cozy": 2, "bright": 1}, tone=1)
    kind = make_work("kind", {"cozy": 3, "slow-life": 2}, tone=1)
    shelf = make_catalogue(sad, kind)
    wish = understand([text], shelf, "en")
    assert "sad" not in [one.work.slug for one in choose(wish, shelf).candidates]
