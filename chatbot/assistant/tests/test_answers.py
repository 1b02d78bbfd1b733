"""What the built-in librarian answers about works, authors and the shelf, from their facts and nothing else."""

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from chatbot import catalogue as catalogue_data
from chatbot.assistant import Brief, grounding, librarian, phrases
from chatbot.assistant.material import Listing
from chatbot.catalogue.adaptations import Adaptation
from chatbot.catalogue.facts import UNREAD, ReaderFacts, facts_of
from chatbot.catalogue.reading_orders import Step
from chatbot.catalogue.tests.factories import make_catalogue, make_work, shipped_shelf
from chatbot.language.acts import Act, ActPart, Question
from chatbot.language.names.readings import read_as, readings
from chatbot.language.wishes.wish import Wish
from chatbot.recommender.descriptions import Found

LANGUAGES = ("ko", "en", "ja")
EVERY = 25  # every so-manieth shipped work is asked about


def season(number=1, to_volume=4, **fields):
    values = {"title": {}, "kind": "season", "year": 2016, "sure": True, "note": ""} | fields
    return Adaptation(number=number, to_volume=to_volume, **values)


def step(slug, kind="main", after=None, title=""):
    return Step(dict.fromkeys(LANGUAGES, title or slug), slug, kind, after, kind != "main")


LAMP = make_work(
    "lamp",
    {"fantasy": 3, "cozy": 3, "music": 2, "gore": 1},
    titles={"ko": "등불의 서고", "ja": "灯りの書庫", "en": "The Lamp Library"},
    authors=("灯",),
    author_names={"ko": ["아카리"], "en": ["Akari"], "ja": ["灯"]},
    volumes=12,
    status="ongoing",
    imprint="灯文庫",
    illustrators=("絵",),
    anime=True,
    adaptations=(season(), season(2, 8, year=2018), season(3, None, year=2020)),
    editions={"ko": {"known": True, "publisher": "등불사"}, "en": {"known": False}},
    synopses={"ko": "등불이 켜진다. 밤이 온다.", "en": "A lamp is lit. Night comes.", "ja": "灯りがともる。夜が来る。"},
)
MOON = make_work(
    "moon",
    {"fantasy": 3, "dark": 3, "war": 3, "gore": 3, "romance": 1},
    titles={"ko": "달의 기사", "ja": "月の騎士", "en": "Knight of the Moon"},
    authors=("灯",),
    volumes=3,
    tone=-2,
    renown=90,
    reading_order=(
        step("moon"),
        step("star"),
        step("", "side", 2, "the gloss"),
        step("", "film", title="the film"),
        step("", "web", title="the web"),
    ),
)
STAR = make_work("star", {"romance": 3, "bright": 3}, volumes=1, tone=2, titles={"ko": "별의 신부"})
SHELF = make_catalogue(LAMP, MOON, STAR)
APART = make_catalogue(LAMP, replace(MOON, reading_order=()), STAR)  # of no one series


def brief(language, *parts, catalogue=SHELF, readers=None, turn=1, **fields):
    facts = {
        slug: facts_of(catalogue.by_slug[slug], catalogue, (readers or {}).get(slug, UNREAD))
        for part in parts
        for slug in part.works
    }
    return Brief(
        language=language, ask="?", candidates=[], catalogue=catalogue, turn=turn, parts=parts, facts=facts,
        **{"wish": Wish(), **fields},
    )  # fmt: skip


def said(language, *parts, **fields):
    return "".join(event.text for event in librarian.write(brief(language, *parts, **fields)))


def about(language, works, *questions, readers=None, catalogue=SHELF, turn=1, text="", history=(), **detail):
    works = (works,) if isinstance(works, str) else tuple(works)
    part = ActPart(Act.ABOUT, text, works=works, questions=questions, detail=detail)
    return said(language, part, readers=readers, catalogue=catalogue, turn=turn, history=list(history))


@cache
def shipped():
    return shipped_shelf()


# --- Every question ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", Question)
def test_every_question_is_answered_of_every_kind_of_work_without_an_open_slot(language, question):
    for turn, work in enumerate(shipped().works[::EVERY]):
        text = about(language, work.slug, question, catalogue=shipped(), turn=turn)
        assert text.strip()
        assert not re.search(r"[{}\[\]]", text), text
        title = phrases.of(language).finish("『")
        assert title in text or question is Question.ORDER


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_she_names_as_a_title_is_missing_from_the_shelf(language):
    for turn, work in enumerate(shipped().works[::EVERY]):
        text = about(language, work.slug, Question.ORDER, Question.NAMES, catalogue=shipped(), turn=turn)
        named = [one.name for one in grounding.names_in(text, "?") if one.sure]
        assert all(shipped().find(name) for name in named), text


@pytest.mark.parametrize("turn", range(6))
@pytest.mark.parametrize("language", LANGUAGES)
def test_several_facts_are_one_answer_that_names_the_work_once(language, turn):
    text = about(language, "lamp", Question.VOLUMES, Question.ANIME, Question.YEAR, Question.ILLUSTRATOR, turn=turn)
    assert text.count("『") == 1
    assert "\n" not in text
    assert all(fact in text for fact in ("12", "2015", "絵"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_long_and_whether_finished_is_said_once(language):
    both = about(language, "moon", Question.STATUS, Question.VOLUMES)
    assert len(re.findall(r"3", both)) == 1


def test_two_bare_facts_become_one_sentence():
    assert about("ko", "moon", Question.VOLUMES, Question.YEAR, turn=2).count("요.") == 1
    assert about("en", "star", Question.VOLUMES, Question.ANIME).count(". ") <= 1


# --- The anime -----------------------------------------------------------------------------------


def test_after_a_season_it_goes_on_with_the_next_volume():
    assert "9권" in about("ko", "lamp", Question.AFTER_ANIME, season=2)
    assert "volume 5" in about("en", "lamp", Question.AFTER_ANIME, season=1)


def test_of_a_season_of_which_nothing_is_known_the_one_before_is_told():
    text = about("en", "lamp", Question.AFTER_ANIME)
    assert "season 3" in text
    assert "I don't know" in text
    assert text.endswith("Before that, season 2 of the anime goes up to volume 8.")


def test_a_season_that_is_not_there_is_said_to_be_none():
    text = about("ko", "lamp", Question.AFTER_ANIME, season=7)
    assert "애니메이션 7기가 아직 없는 것으로 알아요" in text
    assert "3개 시즌" in text


@pytest.mark.parametrize(
    ("adaptation", "words"),
    [
        (season(to_volume=4, sure=False), "확실하지는 않아요"),
        (season(to_volume=4, note="partway"), "4권 중간에서"),
        (season(to_volume=4, note="skips"), "건너뛴 대목"),
        (season(to_volume=12), "이어서 읽을 권은 아직 없어요"),
        (season(to_volume=None, note="original"), "책에 없는 이야기"),
        (season(to_volume=None), "몇 권까지인지는 저도 몰라요"),
    ],
)
def test_what_else_is_known_of_a_season_is_said(adaptation, words):
    work = make_work("x", anime=True, status="ongoing", volumes=12, adaptations=(adaptation,))
    assert words in about("ko", "x", Question.AFTER_ANIME, catalogue=make_catalogue(work))


def test_a_finished_work_that_was_told_whole_has_nothing_to_read_on_with():
    work = make_work("x", anime=True, volumes=4, adaptations=(season(to_volume=4),))
    assert "마지막 4권까지 모두" in about("ko", "x", Question.AFTER_ANIME, catalogue=make_catalogue(work))


@pytest.mark.parametrize(
    ("language", "again", "remake"),
    [
        ("ko", "그 1권부터", "리메이크 1편"),
        ("en", "go on with its volume 1", "one remake"),
        ("ja", "その一巻から", "リメイク1本"),
    ],
)
def test_a_part_told_whole_leads_to_the_first_volume_of_the_next_and_a_remake_is_no_further_season(
    language, again, remake
):
    new = season(1, 3, year=2024, title=dict.fromkeys(LANGUAGES, "New Lamp"))
    work = make_work("x", anime=True, volumes=12, adaptations=(season(1, 4, note="part-end"), new))
    catalogue = make_catalogue(work)
    assert again in about(language, "x", Question.AFTER_ANIME, season=1, catalogue=catalogue)
    assert remake in about(language, "x", Question.ANIME, catalogue=catalogue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_half_of_a_season_with_a_pause_is_what_readers_call_the_second_season(language):
    work = make_work("x", anime=True, volumes=12, adaptations=(season(1, 3, note="two-cours"),))
    assert "4" in about(language, "x", Question.AFTER_ANIME, season=2, catalogue=make_catalogue(work))


@pytest.mark.parametrize(("language", "words"), [("ko", "아무 권부터"), ("en", "any volume"), ("ja", "どの巻から")])
def test_of_volumes_complete_in_themselves_any_will_do(language, words):
    work = make_work("x", reading_order=(step("x", "any"), step("near", "side")))
    assert words in about(language, "x", Question.ORDER, catalogue=make_catalogue(work))


def test_of_two_first_seasons_both_are_told():
    remake = season(1, 3, year=2024, title={"ko": "새 등불", "en": "New Lamp", "ja": "新灯"})
    work = make_work("x", anime=True, status="ongoing", volumes=12, adaptations=(season(1, 5), remake))
    text = about("ko", "x", Question.AFTER_ANIME, season=1, catalogue=make_catalogue(work))
    assert "6권" in text
    assert "「새 등불」" in text
    assert "4권" in text


def test_a_work_without_an_anime_is_not_told_to_have_one():
    for question in (Question.ANIME, Question.AFTER_ANIME):
        assert re.search("has no anime|not been made into an anime", about("en", "moon", question))


# --- Editions, warnings, fitness -----------------------------------------------------------------


def test_an_edition_is_told_with_its_publisher_and_where_to_look():
    text = about("ko", "lamp", Question.EDITION, Question.WHERE)
    assert text.count("한국어판") == 1
    assert "등불사" in text
    assert "알라딘" in text


def test_without_an_edition_the_original_is_pointed_at():
    text = about("en", "lamp", Question.WHERE)
    assert "BookWalker Global" not in text
    assert "BOOK☆WALKER" in text


@pytest.mark.parametrize(
    ("slug", "words"), [("moon", "큰 부분을 차지해요"), ("lamp", "조금 나와요"), ("star", "적혀 있지 않")]
)
def test_warnings_are_told_with_their_strength(slug, words):
    assert words in about("ko", slug, Question.WARNINGS)


def test_what_is_asked_for_is_told_by_its_strength_and_what_is_not_there_said_so():
    text = about("en", "moon", Question.CONTENT, tags=["war", "romance", "music"])
    assert "war at its very heart" in text
    assert "a touch of romance" in text
    assert "may or may not have music in it" in text


@pytest.mark.parametrize(
    ("language", "claims"),
    [("ko", ("없어요", "아니요")), ("en", ("has no music", "No,")), ("ja", ("のない", "いいえ"))],
)
def test_what_no_tag_notes_is_not_told_as_absent(language, claims):
    text = about(language, "moon", Question.CONTENT, tags=["music"])
    assert not any(claim in text for claim in claims)
    assert any(words in text for words in ("적혀 있지 않", "noted in my catalogue", "書かれていなくても"))


def test_the_synopsis_is_looked_at_before_a_thing_is_said_not_to_be_noted():
    work = make_work("maid", {"fantasy": 3}, synopses={"ko": "가.", "en": "A girl plays music.", "ja": "が。"})
    part = ActPart(Act.ABOUT, "is there music in it?", ("maid",), (Question.CONTENT,), {"tags": ["music"]})
    text = said("en", part, catalogue=make_catalogue(work, LAMP))
    assert "speak of music in its synopsis" in text
    assert "may or may not" not in text


def test_a_dark_book_is_not_called_neither_bright_nor_dark():
    work = make_work("x", {"dark": 2}, tone=0)
    text = about("en", "x", Question.CONTENT, tags=["dark"], catalogue=make_catalogue(work))
    assert "darkness" in text
    assert "middle" not in text


def test_what_is_asked_for_counts_under_its_other_names():
    work = make_work("x", {"romcom": 3, "sexual-violence": 2})
    text = about("en", "x", Question.WARNINGS, tags=["romance", "sexual-content"], catalogue=make_catalogue(work))
    assert "romance at its very heart" in text
    assert "clearly has sexual content" in text


@pytest.mark.parametrize("question", [Question.ANIME, Question.EDITION])
def test_a_lone_yes_is_said_first(question):
    assert about("ko", "lamp", question).startswith("네, 『")
    assert about("ko", "lamp", question, Question.YEAR).startswith("『")
    assert not about("ko", "star", question).startswith("네")


@pytest.mark.parametrize(
    ("slug", "detail", "words"),
    [
        ("moon", {"age": 17}, "권하지 않아요"),
        ("lamp", {"age": 10}, "10살 아이에게는 조심스러워요"),
        ("lamp", {"age": 15}, "조심스러워요"),
        ("lamp", {"audience": "child"}, "아이에게는 조심스러워요"),
        ("moon", {"audience": "child"}, "아이에게는 권하지 않아요"),
        ("star", {"age": 10}, "10살 아이에게 권해도 괜찮겠어요"),
        ("moon", {"audience": "parent"}, "어른이 읽기에"),
        ("star", {"audience": "beginner"}, "처음 읽기에도"),
        ("star", {"audience": "<b>"}, "읽으실 분께 권해도"),
        ("star", {"age": "ten"}, "읽으실 분께 권해도"),
    ],
)
def test_whom_it_suits_follows_from_its_warnings(slug, detail, words):
    assert words in about("ko", slug, Question.SUITS, **detail)


# --- Why, order, endings -------------------------------------------------------------------------


def test_why_tells_the_reasons_with_which_it_was_offered():
    reasons = ({"kind": "tag", "value": "fantasy"}, {"kind": "kin", "value": "moon", "tags": ["fantasy"]})
    text = about("ko", "lamp", Question.WHY, readers={"lamp": ReaderFacts(said="…", reasons=reasons)})
    assert "판타지" in text
    assert "『달의 기사』" in text
    told = about("ko", "lamp", Question.WHY, readers={"lamp": ReaderFacts(said="밤에 읽기 좋아요.")})
    assert told.endswith("밤에 읽기 좋아요.")
    assert "권해 드린 책은 아니에요" in about("ko", "lamp", Question.WHY)


def test_the_order_tells_the_main_line_what_can_be_skipped_and_when_it_is_read():
    text = about("en", "moon", Question.ORDER)
    assert "『Knight of the Moon』, then 『The Tale of Star』" in text
    assert "skip “the gloss”" in text
    assert "after volume 2" in text
    assert "web serial" in text


def test_a_side_story_is_told_to_be_one():
    side = make_work("side")
    main = make_work("main", reading_order=(step("main"), step("side", "side", 3)))
    text = about("en", "side", Question.ORDER, catalogue=make_catalogue(main, side))
    assert "side story of 『The Tale of Main』" in text
    assert "You can skip it" in text
    assert "after volume 3" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ending_is_kept_to_herself(language):
    read = {"moon": ReaderFacts(read_to=2)}
    assert "2" in about(language, "moon", Question.ENDING, readers=read)
    assert LAMP.synopses[language] not in about(language, "lamp", Question.ENDING)


def test_a_title_that_is_not_on_the_shelf_is_said_not_to_be():
    text = about("ko", (), Question.VOLUMES, unknown="『달빛』 [[lamp]]")
    assert "[[" not in text
    assert "달빛" in text


# --- Several works, comparisons ------------------------------------------------------------------


def test_of_several_works_those_of_which_the_same_is_true_are_told_together():
    text = about("ko", ("lamp", "moon", "star"), Question.STATUS)
    assert "『달의 기사』(3권)과 『별의 신부』(1권)은 완결되었어요." in text
    assert "『등불의 서고』(12권)은 아직 이어지고 있어요." in text


def compare(language, *works, **detail):
    return said(language, ActPart(Act.COMPARE, works=works, detail=detail), catalogue=APART)


@pytest.mark.parametrize(
    ("by", "verdict"),
    [
        ("dark", "The darker one is 『Knight of the Moon』."),
        ("light", "The lighter, brighter one is 『The Tale of Star』."),
        ("romance", "There is more romance in 『The Tale of Star』."),
        ("short", "The shorter is 『The Tale of Star』."),
        ("long", "The longer is 『Knight of the Moon』."),
        ("popular", "The better known is 『Knight of the Moon』."),
        ("finished", "They are all finished."),
        ("quality", "It depends on your taste: for darkness"),
        ("smell", "I can't settle that one. If I had to choose, 『Knight of the Moon』"),
    ],
)
def test_what_was_asked_is_answered_first(by, verdict):
    assert compare("en", "moon", "star", by=by).startswith(verdict)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_chooses_first_and_tells_in_two_sentences_where_they_differ(language):
    first, second = compare(language, "lamp", "moon").split("\n\n")
    assert len(re.findall("『.+?』", first)) == 1
    assert phrases.of(language).tags["war"].thing in second
    assert LAMP.synopses[language][:8] not in first + second


def test_a_comparison_chooses_by_what_is_known_of_the_reader():
    def chosen(text="", **wish):
        return said("en", ActPart(Act.COMPARE, text, works=("moon", "star")), catalogue=APART, wish=Wish(**wish))

    assert chosen().startswith("If I had to choose, 『Knight of the Moon』, for its darkness")
    assert chosen(audience="child").startswith("I would take 『The Tale of Star』")
    assert chosen(wanted={"romance": 1.0}).startswith("I would take 『The Tale of Star』")
    assert "the gentler one" in chosen("which of the two for my 8-year-old?")


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_two_that_are_both_unfit_none_is_given_to_a_child(language):
    grim = make_work("grim", {"horror": 3, "gore": 3, "suicide": 2}, titles=dict.fromkeys(LANGUAGES, "灰の窓 Grim"))
    part = ActPart(Act.COMPARE, works=("moon", "grim"))
    text = said(language, part, catalogue=make_catalogue(MOON, grim), wish=Wish(audience="child"))
    assert phrases.of(language).tags["gore"].thing in text.split("\n\n")[0]
    assert text.startswith({"ko": "그 점을 생각하면", "en": "With that in mind", "ja": "それを考えると"}[language])


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ko", "둘 중에 전쟁 비중 더 큰 거", "전쟁은 『달의 기사』"),
        ("en", "which of them has more war?", "more war in 『Knight of the Moon』"),
        ("ja", "戦争が多いのはどっち", "戦争が濃いのは『月の騎士』"),
        ("ko", "첫 라노벨로는 뭐가 나아요", "처음 읽으신다면 『별의 신부』"),
        ("en", "for a first light novel?", "For a first read, 『The Tale of Star』"),
        ("ja", "初めてならどっち?", "初めて読むなら『starの物語』"),
    ],
)
def test_works_are_compared_by_what_the_words_name(language, text, words):
    part = ActPart(Act.COMPARE, text, works=("moon", "star"))
    assert words in said(language, part, catalogue=APART)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_two_alike_in_what_was_asked_one_is_chosen_for_what_it_is(language):
    twin = replace(MOON, slug="twin", titles=dict.fromkeys(LANGUAGES, "Twin 双子 쌍둥이"), renown=99, status="ongoing")
    shelf = make_catalogue(*(replace(one, reading_order=()) for one in (MOON, twin)))
    text = said(language, ActPart(Act.COMPARE, works=("moon", "twin"), detail={"by": "dark"}), catalogue=shelf)
    even, _ = text.split("\n\n")
    assert phrases.of(language).part("compare.things.dark") in even
    assert len(re.findall("『.+?』", even)) == 1
    assert not any(frame.split("}")[-1] in even for frame in phrases.of(language).variants["compare.take_finished"])


def test_two_measures_asked_of_the_same_works_are_both_answered():
    parts = [ActPart(Act.COMPARE, works=("moon", "lamp"), detail={"by": by}) for by in ("dark", "finished")]
    text = said("en", *parts, catalogue=APART)
    assert "The darker one is 『Knight of the Moon』" in text
    assert "Finished: 『Knight of the Moon』" in text.split("\n\n")[0]


def test_works_of_one_series_are_told_in_their_order():
    assert "『달의 기사』, 『별의 신부』 순서로" in said("ko", ActPart(Act.COMPARE, works=("moon", "star")))


def test_a_long_title_is_said_once_in_a_comparison():
    long = make_work(
        "long", titles=dict.fromkeys(LANGUAGES, "약해서 쫓겨났지만 사실은 제일 강했던 마법사의 느긋한 하루")
    )
    text = said("ko", ActPart(Act.COMPARE, works=("long", "moon")), catalogue=make_catalogue(long, MOON))
    assert text.count("쫓겨났지만") == 1


def test_one_of_two_that_is_not_here_is_said_not_to_be():
    text = said("en", ActPart(Act.COMPARE, works=("lamp",), detail={"unknown": "Nowhere"}))
    assert "Nowhere" in text


# --- Authors, the shelf, what was remembered -----------------------------------------------------


def test_an_author_is_told_with_their_other_works_here():
    text = said("ko", ActPart(Act.AUTHOR, works=("lamp",)))
    assert "아카리 작가" in text
    assert "『달의 기사』" in text
    alone = said("en", ActPart(Act.AUTHOR, works=("star",)))
    assert "Nothing else of theirs" in alone or "only one of theirs" in alone


@pytest.mark.parametrize("name", ["灯", "아카리", "Akari"])
def test_an_author_named_in_any_language_has_their_works_told(name):
    text = said("ko", ActPart(Act.AUTHOR, detail={"author": name}))
    assert "아카리 작가" in text or "灯 작가" in text
    assert {"『등불의 서고』", "『달의 기사』"} <= set(re.findall("『.+?』", text))


def test_an_author_of_whom_nothing_is_here_is_not_made_up():
    assert "nothing by Nobody" in said("en", ActPart(Act.AUTHOR, detail={"author": "Nobody"}))


def test_the_shelf_is_counted():
    part = ActPart(Act.CATALOGUE, detail={"of": "status"})
    listing = Listing(count=9, works=(MOON, STAR), what={"status": "completed", "tags": ["fantasy"]})
    assert "9" in said("en", part, listing=listing)
    assert "finished fant" in said("en", part, listing=listing)
    assert "없어요" in said("ko", part, listing=Listing(count=0, what={"tags": ["idol"]}))


def test_a_work_that_is_surely_meant_is_named_and_others_only_asked_after():
    part = ActPart(Act.FIND)
    assert "『등불의 서고』" in said("ko", part, found=[Found(LAMP, 9.0, 0.9)]).split("\n")[0]
    several = said("ko", part, found=[Found(LAMP, 5.0, 0.4), Found(MOON, 4.0, 0.3), Found(STAR, 1.0, 0.01)])
    assert set(re.findall("『.+?』", several)) == {"『등불의 서고』", "『달의 기사』"}
    assert "한 가지" in said("ko", part) or "하나만 더" in said("ko", part)


@pytest.mark.parametrize(
    ("language", "text", "missing"),
    [
        ("ko", "자판기로 환생하는 라노벨 뭐였지", "제 서가에는 없"),
        ("en", "the one reborn as a vending machine", "not on my shelf"),
        ("ja", "自動販売機に転生する話、何でしたっけ", "棚にはございません"),
    ],
)
def test_a_book_told_by_its_plot_that_is_not_on_the_shelf_is_said_to_be_missing(language, text, missing):
    mimic = make_work("these-legs-dont-lie", titles={"ko": "미믹", "ja": "ミミック", "en": "The Mimic"})
    answer = said(language, ActPart(Act.FIND, text), catalogue=make_catalogue(mimic))
    assert missing in answer
    assert f"『{mimic.titles[language]}』" in answer


# --- How a question is put -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ko", "종이책 말고 이북도 나왔을까요?", "전자책이 있는지까지는"),
        ("ko", "표지가 좀 야하려나", "표지나 삽화"),
        ("ko", "두께가 어느 정도예요", "두꺼운지는"),
        ("en", "how hard would the english be for him?", "a sample chapter will tell"),
        ("en", "do they have it on kindle", "e-book"),
        ("en", "who voices the lamp?", "cast and crew"),
        ("ja", "漢字にルビはありますか", "ふりがな"),
        ("ja", "図書館にも入っていますか", "蔵書検索"),
    ],
)
def test_what_nobody_here_knows_is_named_in_a_clause_with_who_would(language, text, words):
    told = about(language, "lamp", Question.OTHER, text=text)
    assert words in told
    assert "灯文庫" not in told
    assert len(re.findall(r"요\.|[。.](?= |$)", told)) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_she_does_not_know_is_said_once_a_conversation_and_not_beside_an_answer(language):
    first = about(language, "lamp", Question.OTHER)
    again = about(language, "lamp", Question.OTHER, history=[("?", first)])
    assert first != again
    assert "12" not in first + again  # what nobody asked after
    assert about(language, "lamp", Question.VOLUMES, Question.OTHER) == about(language, "lamp", Question.VOLUMES)


@pytest.mark.parametrize(
    ("imprint", "language", "words"),
    [
        ("電撃文庫", "ko", "전격문고"),
        ("電撃文庫", "en", "Dengeki Bunko"),
        ("電撃文庫", "ja", "電撃文庫"),
        ("無名", "en", "無名"),
    ],
)
def test_an_imprint_is_named_in_the_letters_of_the_reader(imprint, language, words):
    shelf = make_catalogue(make_work("x", imprint=imprint, status="ongoing"))
    assert words in about(language, "x", Question.IMPRINT, catalogue=shelf)
    assert words in about(language, "x", Question.NEXT_VOLUME, catalogue=shelf)


def test_every_imprint_of_the_shelf_has_a_reading():
    lines = (Path(catalogue_data.__file__).parent / "data" / "novels.jsonl").read_text(encoding="utf-8").splitlines()
    imprints = {json.loads(line).get("imprint", "") for line in lines} - {""}
    assert imprints
    assert {one for one in imprints if one not in readings()} == set()


def test_illustrators_are_called_as_the_reader_can_read_them():
    assert [read_as("大塚真一郎", language) for language in ("ko", "en", "ja")] == [
        "오츠카 신이치로",
        "Shinichirou Otsuka",
        "大塚真一郎",
    ]
    assert read_as("誰も知らない", "en") == "誰も知らない"


@pytest.mark.parametrize(
    ("language", "slug", "start"),
    [
        ("ko", "moon", "네, "), ("ko", "lamp", "아니요, "), ("en", "moon", "Yes, "), ("en", "lamp", "No, "),
        ("ja", "moon", "はい、"), ("ja", "lamp", "いいえ、"),
    ],
)  # fmt: skip
def test_whether_it_is_finished_is_said_first(language, slug, start):
    assert about(language, slug, Question.STATUS).startswith(start)


def test_a_yes_is_not_said_to_a_question_put_the_other_way_round():
    assert about("ko", "moon", Question.CONTENT, tags=["war"]).startswith("네, ")
    assert not about("ko", "moon", Question.CONTENT, tags=["war"], text="전쟁은 안 나오죠?").startswith("네")
    assert not about("en", "moon", Question.CONTENT, tags=["war"], text="how much war is in it?").startswith("Yes")


@pytest.mark.parametrize(
    ("language", "text"),
    [("ko", "강아지 죽는 장면 있나요"), ("en", "does anybody die in this?"), ("ja", "猫は亡くなりますか")],
)
def test_whoever_fears_for_somebody_is_told_what_the_mood_is_and_that_no_more_is_known(language, text):
    told = about(language, "moon", Question.ENDING, text=text)
    assert phrases.of(language).tags["gore"].thing in told
    assert not any(frame.rpartition("}")[2] in told for frame in phrases.of(language).variants["facts.ending"])


@pytest.mark.parametrize(("language", "text"), [("ko", "2줄 요약"), ("en", "in 2 sentences"), ("ja", "二行で")])
def test_as_many_sentences_are_told_as_were_asked_for(language, text):
    told = about(language, "lamp", Question.PLOT, text=text.replace("2", "1").replace("二", "一"))
    both = about(language, "lamp", Question.PLOT, text=text)
    first = re.split(r"(?<=[.。])", LAMP.synopses[language])[0]
    assert told.endswith(first)
    assert both.endswith(LAMP.synopses[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_synopsis_is_not_told_twice_in_a_conversation(language):
    first = about(language, "lamp", Question.PLOT)
    assert LAMP.synopses[language] in first
    for question in (Question.PLOT, Question.OVERVIEW):
        again = about(language, "lamp", question, history=[("?", first)])
        assert LAMP.synopses[language] not in again
        assert "12" in again


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_somebody_is_in_a_book_is_not_answered_with_its_synopsis(language):
    text = {"ko": "남주가 다정한 편인가요?", "en": "is he kind to her?", "ja": "彼は優しいですか"}[language]
    assert LAMP.synopses[language] not in about(language, "lamp", Question.CHARACTERS, text=text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_two_works_alike_one_sentence_is_said(language):
    text = {"ko": "이북 있어요?", "en": "are there ebooks?", "ja": "電子版は?"}[language]
    told = about(language, ("lamp", "moon"), Question.OTHER, text=text)
    assert "\n" not in told
    assert len(re.findall("『", told)) == 2
    assert told == about(language, ("lamp", "moon"), Question.WHERE, text=text, edition=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_works_it_is_asked_which_one_is_meant(language):
    shelf = make_catalogue(*(make_work(f"w{number}", volumes=77) for number in range(7)))
    told = about(language, [f"w{number}" for number in range(7)], Question.SUITS, catalogue=shelf, age=9)
    assert told.count("『") == 4
    assert "?" in told or "か" in told or "주시면" in told
    assert "77" not in told


def test_works_that_are_each_named_are_each_answered_for():
    names = [f"The Tale of W{number}" for number in range(5)]
    shelf = make_catalogue(*(make_work(f"w{number}") for number in range(5)))
    text = f"does my library have {', '.join(names)}?"
    told = about("en", [f"w{number}" for number in range(5)], Question.OTHER, catalogue=shelf, text=text)
    assert told.count("『") == 5


def test_a_worry_is_answered_with_a_verdict():
    assert "권하지 않아요" in about("ko", "moon", Question.WARNINGS, text="애가 악몽을 꾸는데 무서울까요?")
    assert "school shelf" in about("en", "moon", text="may our school keep this one?")
    assert "nothing is noted" in about("en", "star", Question.SUITS, age=10)


def test_to_a_japanese_reader_a_japanese_edition_is_no_news():
    assert "日本語" not in about("ja", "lamp", Question.EDITION) + about("ja", "lamp", Question.WHERE)


def test_one_volume_is_estimated_and_the_series_where_it_is_asked_for():
    assert "36" not in about("en", "lamp", Question.READING_TIME)
    assert "36" in about("en", "lamp", Question.READING_TIME, text="how long would the whole series take?")


def test_whether_a_side_story_has_to_be_read_is_said_first():
    text = about("ko", "moon", Question.ORDER, text="외전도 챙겨 봐야 하나요?")
    assert text.startswith("아니요")
    assert about("en", "lamp", Question.ORDER, text="do I need the spin-offs?").startswith("There is no side story")


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_the_life_of_an_author_nothing_is_made_up(language):
    text = {"ko": "작가님 지금도 글 쓰세요?", "en": "is the author still writing?", "ja": "作者はお元気ですか"}[
        language
    ]
    told = said(language, ActPart(Act.AUTHOR, text, works=("lamp",)))
    assert "12" in told
    assert told.count("『") == 1


def test_cards_stand_only_beside_works_that_are_spoken_of():
    sure = brief("en", ActPart(Act.FIND), found=[Found(LAMP, 9.0, 0.9), Found(MOON, 1.0, 0.1)])
    assert sure.spoken == ["lamp"]
    many = ActPart(Act.ABOUT, works=tuple(f"w{number}" for number in range(9)))
    shelf = make_catalogue(*(make_work(f"w{number}") for number in range(9)))
    assert len(brief("en", many, catalogue=shelf).spoken) == 4
    read = ActPart(Act.VERDICT, works=many.works)
    assert len(brief("en", read, catalogue=shelf).spoken) == 9


# --- What the catalogue does not say -------------------------------------------------------------

STONE = make_work(
    "stone",
    {"mystery": 3, "slow-burn": 3, "romance": 3, "overpowered": 3, "female-lead": 3, "isekai": 3},
    titles={"ko": "돌의 학교", "ja": "石の学校", "en": "School of Stone"},
    volumes=9,
    status="ongoing",
    anime=True,
    reading_order=(step("stone"), step("pebble", "side", 2)),
)
PEBBLE = make_work(
    "pebble", {"comedy": 3}, titles={"ko": "조약돌", "ja": "小石", "en": "The Pebble"}, volumes=2, status="completed"
)
QUARRY = make_catalogue(STONE, PEBBLE, *(make_work(f"with-{slug}", {slug: 3}) for slug in ("gore", "suicide")))


def of_stone(language, text, *questions, works=("stone",), **detail):
    return about(language, works, *questions, catalogue=QUARRY, text=text, **detail)


@pytest.mark.parametrize(
    ("language", "text", "question", "words"),
    [
        ("ko", "작가가 왜 다음 권 안 내요? 포기했나", Question.NEXT_VOLUME, "왜 늦어지는지"),
        ("en", "why is the new one taking so long", Question.OTHER, "why it is taking so long"),
        ("ja", "なんで続きが出ないんですか", Question.OTHER, "なぜ遅れている"),
        ("ko", "후반 가면 재미없어진다던데 진짜?", Question.QUALITY, "뒤로 갈수록"),
        ("en", "when does it get good? slow so far", Question.QUALITY, "rise or fall"),
        ("ja", "途中から失速しますか", Question.OVERVIEW, "失速するのか"),
        ("ko", "둘이 사귀긴 하나요", Question.CONTENT, "어디까지 가는지"),
        ("en", "do they ever get together", Question.OVERVIEW, "how far they get I don't know"),
        ("ja", "恋は進展しますか", Question.OTHER, "どこまで進むのか"),
        ("ko", "주인공 고구마인가요", Question.OVERVIEW, "먼치킨 주인공"),
        ("en", "is the hero insufferable", Question.QUALITY, "overpowered"),
        ("ja", "主人公にイライラする?", Question.OVERVIEW, "最強主人公"),
        ("ko", "범인 정체 나와요?", Question.OVERVIEW, "추리"),
        ("en", "do we learn who the culprit is", Question.OVERVIEW, "mystery"),
        ("ja", "黒幕は明かされますか", Question.OTHER, "謎解き"),
        ("ko", "주인공 남자예요 여자예요", Question.CHARACTERS, "여성이 주인공"),
        ("en", "is the lead a boy or a girl", Question.OVERVIEW, "a female lead"),
        ("ja", "主人公は男?女?", Question.CHARACTERS, "女性が主人公"),
        ("ko", "대필로 끝난 거라던데 누가 마무리했나요", Question.OTHER, "누가 마지막까지 썼는지"),
        ("en", "who finished it after the author died", Question.STATUS, "another hand"),
        ("ja", "誰が書き継いだの", Question.STATUS, "どなたが最後まで"),
    ],
)
def test_what_no_column_says_is_told_by_what_comes_nearest_and_by_nothing_else(language, text, question, words):
    told = of_stone(language, text, question)
    assert words in told
    assert len(told) < 260
    assert not re.search("애니|anime|アニメ", told)


@pytest.mark.parametrize(
    ("language", "text", "first", "second"),
    [
        ("ko", "몇 권까지 나왔고 웹소설이랑은 뭐가 달라요?", "9권", "웹 연재판과 어디가 다른지"),
        ("en", "how many volumes, and how does the web novel differ?", "9 volumes", "how they differ I don't know"),
        ("ja", "何巻まで?あとweb版との違いは?", "9巻", "ウェブ連載版とどこが違うか"),
    ],
)
def test_both_halves_of_a_question_are_answered(language, text, first, second):
    told = of_stone(language, text, Question.VOLUMES, Question.OTHER)
    assert first in told
    assert second in told


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ko", "몇 권이고 전자책 있나요", "전자책이 있는지까지는"),
        ("en", "how many volumes and is there an ebook", "e-book"),
        ("ja", "何巻まで出てて電子版はある", "電子版があるか"),
    ],
)
def test_what_is_asked_by_name_is_answered_beside_another_question(language, text, words):
    told = of_stone(language, text, Question.VOLUMES, Question.OTHER)
    assert "9" in told
    assert words in told


@pytest.mark.parametrize(
    ("language", "text"),
    [("ko", "몇 권이에요? 이름 뜻은요?"), ("en", "How many volumes? And what colour is it?"), ("ja", "何巻?何色?")],
)
@pytest.mark.parametrize("questions", [[Question.VOLUMES], [Question.VOLUMES, Question.OTHER]])
def test_of_two_things_asked_the_one_that_was_not_caught_is_asked_again(language, text, questions):
    one = of_stone(language, text[: text.index("?") + 1], Question.VOLUMES)
    both = of_stone(language, text, *questions)
    assert both.startswith(one)
    assert len(both) > len(one)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "성폭행이나 자살 나와요?"),
        ("en", "is there any rape or suicide in it?"),
        ("ja", "レイプや自殺の描写はありますか"),
    ],
)
@pytest.mark.parametrize("question", [Question.WARNINGS, Question.CONTENT])
def test_that_a_warning_is_not_listed_is_no_promise(language, text, question):
    told = of_stone(language, text, question)
    assert phrases.of(language).tags["suicide"].thing.lower() in told.lower()
    assert not told.startswith(("아니요", "No", "いいえ"))
    assert {"ko": "장담하지 못해요", "en": "can't promise", "ja": "言い切れません"}[language] in told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "이세계 싫어하는 사람도 볼 만해요?"),
        ("en", "would it suit someone who hates isekai?"),
        ("ja", "異世界が苦手な人でも楽しめますか"),
    ],
)
def test_who_dislikes_a_thing_is_told_how_much_of_it_there_is(language, text):
    told = of_stone(language, text, Question.CONTENT, tags=["isekai"])
    assert told == of_stone(language, text, Question.QUALITY)
    assert {"ko": "안 맞으시면", "en": "may not win over", "ja": "引っかかる"}[language] in told


@pytest.mark.parametrize(
    ("language", "text"),
    [("ko", "돌의 학교 야해요?"), ("en", "School of Stone, any fanservice?"), ("ja", "石の学校はどう?")],
)
def test_the_words_of_a_title_ask_nothing(language, text):
    told = of_stone(language, text, Question.WARNINGS)
    assert phrases.of(language).part("works.who.school") not in told


@pytest.mark.parametrize(
    ("language", "text"),
    [("ko", "조약돌도 꼭 봐야 돼요?"), ("en", "do I need the side story?"), ("ja", "小石も読む必要ある?")],
)
@pytest.mark.parametrize("works", [("pebble",), ("stone", "pebble")])
def test_whether_a_part_of_a_series_is_needed_is_answered_by_its_order(language, text, works):
    told = of_stone(language, text, Question.OVERVIEW, works=works)
    assert told.startswith({"ko": "아니요", "en": "No", "ja": "いいえ"}[language])
    assert "2" in told


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ko", "몇 살부터 볼 수 있어요?", "정해진 연령 등급은"),
        ("en", "what age is it for?", "no official age rating"),
        ("ja", "何歳から読めますか", "正式な対象年齢"),
    ],
)
def test_from_which_age_is_told_by_what_is_in_it(language, text, words):
    assert words in of_stone(language, text, Question.SUITS)
    assert words in about(language, "moon", Question.SUITS, text=text)


@pytest.mark.parametrize(
    ("language", "text"),
    [("ko", "스포 없이 세 줄로 요약"), ("en", "3 line summary, no spoilers"), ("ja", "ネタバレなしで3行で要約して")],
)
def test_a_summary_without_spoilers_does_not_speak_of_the_ending(language, text):
    told = about(language, "lamp", Question.ENDING, Question.PLOT, text=text)
    assert told == about(language, "lamp", Question.PLOT, text=text)


# --- Asked as readers ask it ---------------------------------------------------------------------

REEL = replace(
    STONE,
    slug="reel",
    titles={"ko": "필름의 노래", "ja": "銀幕の歌", "en": "Song of Reels"},
    adaptations=(season(), season(None, None, kind="film", title=dict.fromkeys(LANGUAGES, "The Last Reel"))),
    imprint="灯文庫",
    tags={"romance": 3, "bittersweet": 3, "academy": 3, "sexual-content": 1},
    reading_order=(step("reel"), step("stone")),
)
CINEMA = make_catalogue(REEL, STONE, PEBBLE)


def of_reel(language, text, *questions, works="reel", **fields):
    return about(language, works, *questions, catalogue=CINEMA, text=text, **fields)


@pytest.mark.parametrize(
    ("language", "text", "question", "words"),
    [
        ("ko", "극장판도 나왔나", Question.OTHER, "The Last Reel"),
        ("en", "was there a film of it?", Question.OTHER, "The Last Reel"),
        ("ja", "劇場版もある?", Question.OTHER, "The Last Reel"),
        ("ko", "실사화 됐어?", Question.OTHER, "실사로도"),
        ("en", "any live action?", Question.CONTENT, "live-action"),
        ("ja", "実写ってある?", Question.ANIME, "実写"),
        ("ko", "속편이 있나요", Question.NEXT_VOLUME, "『돌의 학교』"),
        ("en", "does it have a sequel", Question.OTHER, "『School of Stone』"),
        ("ja", "続編はあります?", Question.OTHER, "『石の学校』"),
        ("ko", "단행본이에요?", Question.IMPRINT, "판형까지는"),
        ("en", "do they sell a hardcover", Question.OTHER, "binding"),
        ("ja", "単行本ですか", Question.EDITION, "判型"),
        ("ko", "다 보고 나면 찝찝한가", Question.ENDING, "애틋한"),
        ("en", "is it gloomy towards the end?", Question.ENDING, "bittersweet"),
        ("ja", "後味はどうですか", Question.QUALITY, "ほろ苦さ"),
        ("ko", "여주 나이가?", Question.CHARACTERS, "학생일"),
        ("en", "how old is the heroine", Question.CHARACTERS, "school age"),
        ("ja", "ヒロインは何歳", Question.CHARACTERS, "学生"),
        ("ko", "결말 논란 있었다며", Question.ENDING, "제가 알지 못"),
        ("en", "is the ending controversial?", Question.ENDING, "what readers think"),
        ("ja", "ラストは賛否ありますか", Question.ENDING, "感想"),
        ("ko", "순서 상관없이 봐도 됨?", Question.ORDER, "1권부터"),
        ("en", "can I jump around between books", Question.ORDER, "from volume 1"),
        ("ja", "順番は気にしなくていい?", Question.ORDER, "一巻から"),
        ("ko", "글 작가랑 그림 작가는?", Question.ILLUSTRATOR, "작가가 썼어요"),
        ("en", "who's the artist and who wrote it", Question.ILLUSTRATOR, "by "),
        ("ja", "絵師と著者は?", Question.ILLUSTRATOR, "さんの作品"),
    ],
)
def test_what_is_asked_beside_the_usual_is_answered_by_what_is_known_of_it(language, text, question, words):
    told = of_reel(language, text, question)
    assert words in told
    assert not any(frame.rpartition("}")[2] in told for frame in phrases.of(language).variants["facts.other"])


@pytest.mark.parametrize(
    ("language", "right", "wrong", "yes", "no"),
    [
        ("ko", "9권이나 돼?? 9권까지 나왔지", "14권까지 나왔지?", "네, ", "아니요, "),
        ("en", "so 9 volumes, correct?", "wasn't it 14 volumes", "Yes, ", "No, "),
        ("ja", "9巻も出てましたっけ", "14巻ぐらいですよね", "はい、", "いいえ、"),
    ],
)
@pytest.mark.parametrize("question", [Question.OTHER, Question.NEXT_VOLUME, Question.VOLUMES])
def test_whether_a_number_of_volumes_is_right_is_said_first(language, right, wrong, yes, no, question):
    assert of_reel(language, right, question).startswith(yes)
    assert of_reel(language, wrong, question).startswith(no)
    assert "9" in of_reel(language, wrong, question)


@pytest.mark.parametrize(
    ("language", "couple", "allowed", "words"),
    [
        ("ko", "여주는 누구랑 결혼해?", "스포 ㄱㅊ 누구랑 결혼해?", "누가 누구와 이어지는지"),
        ("en", "who does she marry?", "spoilers are fine, who does she marry?", "who ends up with whom"),
        ("ja", "彼は誰を選ぶ?", "ネタバレOK、彼は誰を選ぶ?", "誰と結ばれるのか"),
    ],
)
def test_who_loves_whom_is_kept_and_one_who_may_be_told_hears_that_it_is_not_known(language, couple, allowed, words):
    assert words in of_reel(language, couple, Question.ENDING)
    told = of_reel(language, allowed, Question.ENDING)
    assert words in told
    again = of_reel(language, allowed, Question.ENDING, history=[("?", told)])
    assert again != told
    assert again.startswith(phrases.of(language).part("works.again", told="").strip())


@pytest.mark.parametrize(
    ("language", "text"),
    [("ko", "몇 권이야? 완결은 났어?"), ("en", "How long is it? Any romance in it?"), ("ja", "何巻?恋愛はある?")],
)
def test_halves_that_are_both_read_are_not_said_to_be_missed(language, text):
    rest = phrases.of(language).variants["facts.beyond-rest"][0].partition("}")[2]
    assert rest not in of_reel(language, text, Question.VOLUMES, Question.OTHER)


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("ko", "몇 권이야? 그 뒤 사탕공장 일은 어찌 풀렸어?", "사탕공장"),
        ("en", "how many volumes? was the confectionery thing ever squared?", "confectionery thing"),
        ("ja", "何巻? 飴工場の騒ぎはどう片付いた?", "飴工場"),
    ],
)
def test_a_half_that_was_not_understood_is_said_back(language, text, left):
    assert left in of_reel(language, text, Question.VOLUMES)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ko", "이거 라노벨 맞아?", "네, 『필름의 노래』"),
        ("en", "is it a light novel?", "Yes, 『Song of Reels』"),
        ("ja", "これってラノベですか?", "はい、『銀幕の歌』"),
        ("ko", "외전까지 합친 거야?", "단편집"),
        ("en", "does that include the side stories?", "short stories"),
        ("ja", "短編集も含めて?", "短編集"),
        ("ko", "전자책이랑 종이책 중에 뭐가 나아?", "종이책이든"),
        ("en", "paperback or e-book?", "matter of taste"),
        ("ja", "電子と紙どっちがいい?", "お好みで"),
        ("ko", "번역가가 누구야?", "번역가"),
        ("en", "who translated it?", "translator"),
        ("ja", "翻訳者は誰?", "誰が訳しているか"),
    ],
)
def test_what_is_asked_by_name_is_answered_in_few_sentences(language, text, words):
    told = of_reel(language, text, Question.OTHER)
    assert words in told
    assert len(re.findall(r"。|\.(?=\s|$)", told)) <= 3


@pytest.mark.parametrize(
    ("language", "title"), [("ko", "달빛의 연대기"), ("en", "Moonlit Chronicle"), ("ja", "月光年代記")]
)
def test_whether_a_book_that_is_not_here_is_a_light_novel_is_not_known(language, title):
    text = {"ko": f"{title}는 라노벨이야?", "en": f"is {title} a light novel?", "ja": f"{title}ってラノベですか?"}[
        language
    ]
    told = about(language, (), Question.OTHER, text=text, unknown=title)
    frame = phrases.of(language).variants["facts.kind-unknown"][0].partition("}")[2]
    assert f"『{title}』" in told
    assert frame[-8:] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_which_of_several_works_have_something_is_told_of_them_alone(language):
    part = ActPart(Act.COMPARE, "?", works=("reel", "stone"), detail={"by": ["bittersweet"], "has": True})
    told = said(language, part, catalogue=CINEMA)
    assert REEL.titles[language] in told
    assert (STONE.titles[language] in told) == bool(STONE.tags.get("bittersweet"))


@pytest.mark.parametrize(
    ("language", "text"),
    [("ko", "둘 중 뭐부터 볼까"), ("en", "which of them should I start with"), ("ja", "どっちから入るべき?")],
)
def test_of_works_of_several_series_one_is_named_to_begin_with(language, text):
    told = about(language, ("moon", "star"), Question.ORDER, catalogue=APART, text=text)
    assert len(re.findall("『.+?』", told.split(".")[0].split("。")[0])) == 1
    assert phrases.of(language).variants["facts.order-first"][0].rpartition("}")[2] not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_wrote_several_works_is_told_without_saying_the_same_twice(language):
    told = said(language, ActPart(Act.AUTHOR, works=("stone", "pebble")), catalogue=QUARRY)
    sentences = re.findall(r"[^.。]+[.。]", told)
    assert len(sentences) == len({*sentences}) == 3


def test_what_a_teenager_meets_only_faintly_asks_for_care_and_a_child_is_not_given_it():
    assert "조심스러워요" in of_reel("ko", "", Question.SUITS, age=15)
    assert "권하지 않아요" in of_reel("ko", "", Question.SUITS, age=10)


NOTED = {
    "feel": {"ko": "느긋하고 따뜻해요.", "en": "Slow and warm.", "ja": "のんびりして温かいです。"},
    "love": {"ko": "거의 없어요.", "en": "Practically none.", "ja": "ほとんどありません。"},
    "content": {"ko": "해롭지 않아요.", "en": "Harmless.", "ja": "無害です。"},
    "anime": {"ko": "애니는 더 빨라요.", "en": "The anime is faster.", "ja": "アニメのほうが速いです。"},
}
FARM = make_work("farm", {"fantasy": 3, "cozy": 3}, anime=True, adaptations=(season(),), volumes=17, notes=NOTED)
FARMS = make_catalogue(FARM, LAMP)


@pytest.mark.parametrize(
    ("language", "text", "yes"),
    [("ko", "애니 있어?", "네, "), ("en", "is there an anime of it?", "Yes, "), ("ja", "アニメはある？", "はい、")],
)
def test_whether_there_is_an_anime_is_told_before_how_it_differs(language, text, yes):
    assert about(language, "farm", Question.ANIME, text=text, catalogue=FARMS).startswith(yes)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "진짜 싸움이 하나도 없어?"),
        ("en", "is it really no fighting?"),
        ("ja", "本当に戦いはないの？"),
    ],
)
def test_what_is_asked_of_violence_is_not_told_of_love(language, text):
    told = about(language, "farm", Question.CONTENT, text=text, tags=["action"], catalogue=FARMS)
    assert NOTED["content"][language] in told
    assert NOTED["love"][language] not in told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "로맨스 많아? 하렘이야?"),
        ("en", "is there much romance? a harem?"),
        ("ja", "恋愛は多い？ハーレム？"),
    ],
)
def test_what_is_asked_of_love_is_not_told_of_violence(language, text):
    told = about(language, "farm", Question.CONTENT, text=text, tags=["romance", "harem"], catalogue=FARMS)
    assert NOTED["love"][language] in told
    assert NOTED["content"][language] not in told


@pytest.mark.parametrize(
    ("language", "text", "second"),
    [
        ("ko", "진짜 싸움이 하나도 없어? 쥐며느리는 뭘 하고 지내?", "쥐며느리는 뭘 하고 지내"),
        ("en", "is it really no fighting? what do the woodlice do all day?", "what do the woodlice do all day"),
        ("ja", "本当に戦いはないの？ダンゴムシは毎日何をしてるの？", "ダンゴムシは毎日何をしてるの"),
    ],
)
def test_of_two_questions_none_is_dropped_beside_a_note(language, text, second):
    told = about(language, "farm", Question.CONTENT, text=text, tags=["action"], catalogue=FARMS)
    assert NOTED["content"][language] in told
    assert second in told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "끝도 없이 이어지나요?"),
        ("en", "does it go on forever"),
        ("en", "and does it go on forever?"),
        ("ja", "延々と続くの？"),
    ],
)
def test_how_long_a_book_goes_on_is_told_by_its_volumes_alone(language, text):
    told = about(language, "farm", Question.VOLUMES, text=text, catalogue=FARMS)
    assert "17" in told
    assert NOTED["love"][language] not in told
