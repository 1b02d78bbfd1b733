"""Whether a book is like another one: the answer begins with yes, partly or no, and both books are told apart."""

from functools import cache

import pytest

from chatbot.assistant import Brief, librarian
from chatbot.catalogue.facts import facts_of
from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.acts import Act, ActPart, Question
from chatbot.language.wishes.wish import Wish

YES = {"ko": "네, ", "en": "Yes", "ja": "はい、"}
PARTLY = {"ko": "어느 정도는요", "en": "Partly", "ja": "似ているところはあります"}
NO = {"ko": "아니요", "en": "No", "ja": "いいえ"}
LANGUAGES = ("ko", "en", "ja")


@cache
def shelf():
    return shipped_shelf()


def answered(language, *parts, history=()):
    works = shelf()
    facts = {slug: facts_of(works.by_slug[slug], works) for part in parts for slug in part.works}
    brief = Brief(
        language=language, ask="?", candidates=[], catalogue=works, turn=1, parts=parts, facts=facts, wish=Wish(),
        history=history,
    )  # fmt: skip
    return "".join(event.text for event in librarian.write(brief))


def likened(claim, *works, by=""):
    return ActPart(
        Act.COMPARE, "?", works, detail={"claim": claim, "against": [works[-1]], **({"by": by} if by else {})}
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("oregairu", "toradora", YES),
        ("youjo-senki", "overlord", YES),
        ("honzuki-no-gekokujou", "tensei-slime", PARTLY),
        ("konosuba", "overlord", NO),
        ("toradora", "overlord", NO),
    ],
)
def test_the_answer_begins_with_the_verdict_and_names_both(language, one, other, verdict):
    told = answered(language, likened("like", one, other))
    assert told.startswith(verdict[language])
    works = shelf()
    for slug in (one, other):
        assert works.by_slug[slug].titles[language].split("!")[0].split(" -")[0].rstrip(".")[:8] in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("claim", "one", "other", "by", "verdict"),
    [
        ("more", "overlord", "konosuba", "dark", YES),
        ("more", "konosuba", "overlord", "dark", NO),
        ("less", "konosuba", "overlord", "dark", YES),
        ("as", "overlord", "konosuba", "funny", NO),
        ("as", "baka-to-test", "konosuba", "funny", YES),
    ],
)
def test_yes_or_no_agrees_with_which_has_more(language, claim, one, other, by, verdict):
    assert answered(language, likened(claim, one, other, by=by)).startswith(verdict[language].rstrip("、, "))


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_several_the_nearest_is_named_first(language):
    told = answered(language, likened("like", "toradora", "youjo-senki", "overlord"))
    first = told.split("\n")[0]
    assert shelf().by_slug["youjo-senki"].titles[language][:6] in first
    assert YES[language] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_each_reads_is_not_told_twice_in_a_conversation(language):
    part = likened("like", "oregairu", "toradora")
    feel = shelf().by_slug["toradora"].notes["feel"][language]
    assert feel in answered(language, part)
    assert feel not in answered(language, part, history=(("?", feel),))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "만화가 나아 소설이 나아?"),
        ("ko", "만화로 봐도 괜찮아?"),
        ("en", "should I read the manga or the novel?"),
        ("en", "is the manga better?"),
        ("ja", "漫画と小説どっちがいい？"),
        ("ja", "漫画から入ってもいい？"),
    ],
)
def test_of_the_manga_it_is_said_that_nothing_is_known_before_what_is_of_the_others(language, text):
    work = shelf().by_slug["kusuriya-no-hitorigoto"]
    told = answered(language, ActPart(Act.ABOUT, text, (work.slug,), (Question.WEB_NOVEL,)))
    said = {"ko": "만화판이 어떤지는", "en": "may have a manga", "ja": "漫画版については"}[language]
    assert 0 < told.index(said) < told.index(work.notes["anime"][language])


def test_a_note_that_speaks_of_the_manga_is_told():
    part = ActPart(Act.ABOUT, "is the manga better?", ("heroic-legend-of-arslan",), (Question.WEB_NOVEL,))
    told = answered("en", part)
    assert shelf().by_slug["heroic-legend-of-arslan"].notes["anime"]["en"] in told
    assert "may have a manga" not in told


@pytest.mark.parametrize(("language", "text"), [("en", "is there a manga?"), ("ko", "만화판도 있어요?")])
def test_whether_there_is_a_manga_is_no_choice_between_them(language, text):
    work = shelf().by_slug["kusuriya-no-hitorigoto"]
    told = answered(language, ActPart(Act.ABOUT, text, (work.slug,), (Question.OTHER,)))
    assert work.notes["anime"][language] not in told


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "닮은 데가 거의 없어요"), ("en", "next to nothing"), ("ja", "ほとんどありません")]
)
def test_a_poor_likeness_to_a_work_that_is_not_here_is_admitted_and_nearer_ones_are_named(language, words):
    detail = {"claim": "like", "elsewhere": "end-of-the-world-read-before", "title": "X"}
    told = answered(language, ActPart(Act.COMPARE, "?", ("spy-kyoushitsu",), detail=detail))
    assert words in told
    nearest = shelf().by_slug["monster-ga-afureru-sekai"].titles
    assert any(title[:12] in told for title in nearest.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_good_likeness_to_it_is_told_by_what_both_have(language):
    detail = {"claim": "like", "elsewhere": "hunters", "title": "X"}
    told = answered(language, ActPart(Act.COMPARE, "?", ("danmachi",), detail=detail))
    assert {"ko": "던전", "en": "dungeon", "ja": "ダンジョン"}[language] in told
    assert "X" in told


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "더 잔인한 쪽은"), ("en", "gorier"), ("ja", "残酷さが強いのは")]
)
def test_the_crueller_one_is_named(language, words):
    told = answered(language, ActPart(Act.COMPARE, "?", ("overlord", "goblin-slayer"), detail={"by": "cruel"}))
    first = told.split("\n")[0]
    assert words in first
    assert shelf().by_slug["goblin-slayer"].titles[language] in first
