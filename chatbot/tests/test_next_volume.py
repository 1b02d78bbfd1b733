"""When the next volume comes, answered from the lists of volumes and only as far as they go."""

from datetime import date, timedelta

import pytest

from chatbot import replies
from chatbot.assistant import fact_sheet
from chatbot.assistant.grounding.facts import KnownWork, Mention, corrections_in
from chatbot.briefing import brief_for
from chatbot.catalogue.models import Volume
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.catalogue.volumes import coming_of, sortable
from chatbot.models import Turn
from chatbot.understanding import read_turn

from . import factories

AS_OF = date(2026, 8, 22)
TODAY = date(2026, 11, 30)
pytestmark = pytest.mark.django_db


@pytest.fixture
def novel():
    return factories.make_novel("lamplight", "등불의 서고", status="ongoing")


def out(novel, number, day, language="en", format="digital", as_of=AS_OF):
    day = day if isinstance(day, date) else date.fromisoformat(day)
    Volume.objects.create(
        novel=novel, number=sortable(number), language=language, format=format, released_on=day, as_of=as_of
    )


def test_the_next_volume_is_the_first_that_is_out_in_no_format(novel, django_assert_num_queries):
    out(novel, "3", "2026-01-01")
    out(novel, "3", "2026-12-01", format="audio")
    out(novel, "4", "2026-12-20", format="print")
    out(novel, "4", "2026-12-10")
    out(novel, "5", "2027-02-01", as_of=date(2026, 9, 1))
    other = factories.make_novel("other")
    out(other, "1", "2026-01-01")
    with django_assert_num_queries(1):
        found = coming_of([novel.pk, other.pk], TODAY)
    (one,) = found.pop(novel.pk)
    assert (one.language, one.number, one.day, one.as_of) == ("en", "4", date(2026, 12, 10), date(2026, 9, 1))
    assert found == {}


def asked(reader, text, language):
    turn = factories.begin(reader, text, language=language)
    return Turn.objects.claim(turn.pk, "worker")


@pytest.mark.parametrize(
    ("language", "text", "edition", "words"),
    [
        ("ko", "등불의 서고 다음 권 언제 나와?", "ko", ["한국어판 6권이", "2026년 8월 22일자 제 목록"]),
        ("ko", "등불의 서고 다음 권 언제 나와?", "en", ["저도 몰라요", "영어판 6권이", "2026년 8월 22일자 제 목록"]),
        ("en", "When does the next volume of The Tale of Lamplight come out?", "en", ["volume 6", "Aug. 22, 2026"]),
        (
            "en",
            "When does the next volume of The Tale of Lamplight come out?",
            "ja",
            ["no date", "volume 6 is announced in"],
        ),
        ("ja", "lamplightの物語の次の巻はいつ出ますか？", "ja", ["6巻", "2026年8月22日"]),
        ("ja", "lamplightの物語の次の巻はいつ出ますか？", "ko", ["わかりません", "韓国語版の6巻"]),
    ],
)
def test_both_voices_know_the_day_and_of_which_list_it_is(reader, novel, language, text, edition, words):
    day = reader.today + timedelta(days=20)
    out(novel, "5", "2026-01-01", edition)
    out(novel, "6", day, edition)
    turn = asked(reader, text, language)
    brief = brief_for(turn, read_turn(turn, current_catalogue()), current_catalogue())
    sheet = fact_sheet.of_work(brief.facts["lamplight"], brief)
    assert sheet["coming volumes"] == [f"{edition}: volume 6 on {day}, as of our list of 2026-08-22, may move"]
    replies.write(turn)
    turn.refresh_from_db()
    assert [one for one in words if one not in turn.reply] == []
    assert turn.corrections == []


def test_without_a_day_none_is_told(reader, novel):
    out(novel, "5", "2026-01-01")
    turn = asked(reader, "등불의 서고 다음 권 언제 나와?", "ko")
    replies.write(turn)
    turn.refresh_from_db()
    assert "저도 몰라요" in turn.reply
    assert "목록" not in turn.reply


@pytest.mark.parametrize(
    "said",
    [
        "『등불의 서고』 영어판 23권이 2026년 12월 8일에 나와요.",
        "『등불의 서고』의 다음 권인 23권은 2026년 12월 8일에 나올 예정이에요.",
        "Volume 23 of 『등불의 서고』 comes out in English on December 8, 2026.",
        "『등불의 서고』の英語版23巻は2026年12月8日に出る予定です。",
    ],
)
def test_a_model_that_tells_the_day_is_not_marked(said):
    work = KnownWork(
        slug="lamplight", names=("등불의 서고",), volumes=22, status="ongoing", year=2009, anime=False, imprint="",
        authors={}, illustrators=(), editions={}, adaptations=(),
    )  # fmt: skip
    mention = Mention(said.index("『"), said.index("』") + 1, work)
    assert corrections_in([(said, [mention], None)]) == []
