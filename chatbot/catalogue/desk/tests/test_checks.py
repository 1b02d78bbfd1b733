from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from chatbot.catalogue.desk import checks, history
from chatbot.catalogue.desk.differences import differences, flat, nested
from chatbot.catalogue.loading import load_catalogue, row_of
from chatbot.catalogue.models import Novel
from chatbot.catalogue.tests.factories import novel_row, write_lines
from chatbot.catalogue.volumes import Volume, sortable

TAGS = {"fantasy": 3, "adventure": 2, "isekai": 2, "bright": 2, "dragons": 1, "comedy": 1}


def whole_row(slug, **fields):
    """A work on which there is nothing to remark."""
    return novel_row(slug, titles=titles(slug), tags=TAGS, **fields)


def titles(slug):
    return {"ko": f"{slug} 이야기", "ja": f"{slug}の物語", "en": f"Tale {slug}", "romaji": f"{slug} no Monogatari"}


@pytest.fixture
def shelf(db, tmp_path):
    """Loads rows; returns a function that says what is remarked on one with changes: {(field, text)}."""

    def load(*rows):
        load_catalogue(write_lines(tmp_path / "novels.jsonl", rows))

        def remarks(slug, **changes):
            novel = history.whole(Novel.objects.get(slug=slug).pk)
            fields = flat(row_of(novel)) | changes
            return checks.check(fields, fields.pop("tags"), fields.pop("names"), novel.pk)

        return remarks

    return load


def fields_of(remarks):
    return sorted((one.field, one.is_error) for one in remarks)


def test_a_whole_work_has_no_remark(shelf):
    assert shelf(whole_row("lamp"))("lamp") == []


@pytest.mark.parametrize(
    ("changes", "field", "is_error"),
    [
        ({"title_ko": "…"}, "title_ko", True),
        ({"title_ko": "灯台の物語"}, "title_ko", False),
        ({"title_ja": "등대 이야기"}, "title_ja", False),
        ({"title_en": "灯台"}, "title_en", False),
        ({"title_romaji": "灯台"}, "title_romaji", False),
        ({"title_romaji": ""}, "title_romaji", False),
        ({"synopsis_ko": ""}, "synopsis_ko", False),
        ({"synopsis_ja": "A quiet story."}, "synopsis_ja", False),
        ({"synopsis_en": "静かな物語。"}, "synopsis_en", False),
        ({"premise": {"ko": "…하는"}}, "premise", False),
        ({"authors": []}, "authors", True),
        ({"authors": {"a": 1}}, "authors", True),
        ({"authors": ["あ" * 81]}, "authors", True),
        ({"authors_ko": ["가", "나"]}, "authors_ko", False),
        ({"kin": [1]}, "kin", True),
        ({"related": [{"kind": "sequel"}]}, "related", True),
        ({"editions": {"ko": True}}, "editions", True),
        ({"editions": {"fr": {"known": True}}}, "editions", True),
        ({"title_ko_certain": False}, "title_ko_certain", False),
        ({"year": 2999}, "year", True),
        ({"volumes": 1000, "year": 1990}, "volumes", True),
        ({"volumes": 300}, "volumes", False),
        ({"tags": {**TAGS, "nobody-knows": 2}}, "tags", True),
        ({"tags": {}}, "tags", False),
        ({"tags": dict.fromkeys(TAGS, 2)}, "tags", False),
        ({"tags": {**TAGS, "gritty": 2}}, "tags", False),
        ({"tone": -2}, "tone", False),
        ({"adaptations": [{"to_volume": 2, "year": 2016}]}, "anime", True),
        ({"anime": True, "adaptations": [{"to_volume": 9, "year": 2016}]}, "adaptations", True),
        ({"anime": True, "adaptations": [{"to_volume": 2, "year": 2001}]}, "adaptations", False),
    ],
)
def test_what_is_wrong_is_told_at_its_field(shelf, changes, field, is_error):
    assert fields_of(shelf(whole_row("lamp"))("lamp", **changes)) == [(field, is_error)]


def test_doubles_are_found_in_other_spellings_and_scripts(shelf):
    other = whole_row("moon", authors=["別人"], authors_ko=["다른 이"], authors_en=["Other"])
    remarks = shelf(whole_row("lamp"), {**other, "titles": {**titles("moon"), "ko": "달 이야기"}, "year": 2010})
    assert fields_of(remarks("lamp", title_ko="달  이야기!")) == [("title_ko", False)]
    assert remarks("lamp", title_ko="달  이야기!")[0].works == ((Novel.objects.get(slug="moon").pk, "달 이야기"),)
    assert fields_of(remarks("lamp", title_romaji="ＭＯＯＮ no monogatari")) == [("title_romaji", False)]
    assert fields_of(remarks("lamp", names=["moonの物語"])) == [("names", False)]


def test_the_same_work_twice_is_an_error(shelf):
    remarks = shelf(whole_row("lamp"), whole_row("moon"))
    assert ("title_ja", True) in fields_of(remarks("lamp", title_ja="moonの物語"))
    assert ("title_ja", False) in fields_of(remarks("lamp", title_ja="moonの物語", year=2001))


def test_a_title_that_is_nearly_one_of_the_same_author_is_told(shelf):
    long = {**titles("moon"), "ko": "오래된 도서관의 견습생"}
    remarks = shelf(whole_row("lamp"), {**whole_row("moon"), "titles": long})
    assert fields_of(remarks("lamp", title_ko="오래된 도서관의 견습셍")) == [("title_ko", False)]
    assert (
        remarks("lamp", title_ko="오래된 도서관의 견습셍", authors=["別人"], authors_ko=["가"], authors_en=["B"]) == []
    )


def volume(number, day=None, language="ja", **fields):
    return Volume(
        novel=Novel.objects.get(slug="lamp"),
        number=sortable(str(number)),
        language=language,
        format="print",
        released_on=day,
        **fields,
    )


def volumes(*some):
    Volume.objects.bulk_create(some)


def test_volumes_in_order_are_not_remarked(shelf):
    remarks = shelf(whole_row("lamp"))
    volumes(*(volume(n, date(2015 + n, 1, 1)) for n in range(1, 6)))
    assert remarks("lamp") == []


def test_what_is_wrong_with_volumes_is_told(shelf):
    remarks = shelf(whole_row("lamp"))
    volumes(
        volume(1, date(2016, 1, 1)),
        volume(2, date(2015, 6, 1)),
        volume(4, date(2014, 1, 1)),
        volume(4, date(2014, 1, 1), isbn13="9784000000000"),
        volume(5, timezone.localdate() + timedelta(days=4000)),
    )
    with translation.override("en"):
        texts = [one.text for one in remarks("lamp", status="ongoing", volumes=5) if one.field == "volume_rows"]
    assert len([text for text in texts if text.endswith("missing: 3.")]) == 1
    assert len([text for text in texts if text.endswith("twice: 4.")]) == 1
    assert len(texts) == 7  # those two, two out of order, two before the first year, one far ahead


@pytest.mark.parametrize(
    ("days", "changes", "field"),
    [
        ([400] * 3, {"volumes": 5, "status": "completed"}, "volumes"),  # fewer than there are
        ([400] * 6, {"volumes": 5, "status": "completed"}, "volumes"),  # more
        ([400, -40], {"volumes": 2, "status": "completed"}, "status"),
        ([3000, 2900], {"volumes": 2, "status": "ongoing"}, "status"),
        ([400, 30], {"volumes": 2, "status": "hiatus"}, "status"),
    ],
)
def test_volumes_are_held_against_number_and_status(shelf, days, changes, field):
    remarks = shelf(whole_row("lamp"))
    today = timezone.localdate()
    volumes(*(volume(n, today - timedelta(days=ago)) for n, ago in enumerate(days, 1)))
    assert fields_of(remarks("lamp", **changes)) == [(field, False)]


def test_volumes_of_an_edition_nobody_knows_are_told(shelf):
    remarks = shelf(whole_row("lamp", editions={"en": {"known": False, "publisher": ""}}))
    volumes(volume(1, date(2016, 1, 1), language="en"))
    assert fields_of(remarks("lamp")) == [("editions", False)]


def test_the_shipped_works_have_no_error(db):
    load_catalogue()
    found = []
    for novel in Novel.objects.with_tags().prefetch_related("names"):
        fields = flat(row_of(novel))
        found += [one for one in checks.check_fields(fields) if one.is_error]
    assert found == []


def test_a_line_is_the_same_after_it_was_flat():
    row = novel_row("lamp")
    assert nested(flat(row)) == row
    assert differences(row, {**row, "volumes": 6, "titles": {**row["titles"], "ko": "달"}}) == {
        "title_ko": [row["titles"]["ko"], "달"],
        "volumes": [5, 6],
    }
