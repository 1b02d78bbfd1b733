import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from chatbot.catalogue.arcs import arcs_from, check_arcs
from chatbot.catalogue.loading import BESIDE, NOVELS, export_rows, load_catalogue
from chatbot.catalogue.models import Novel
from chatbot.catalogue.notes import check_notes
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.catalogue.tests.factories import novel_row, write_lines
from chatbot.text.cleaning import HANGUL, KANA

WORKS = {row["slug"]: row for row in map(json.loads, NOVELS.read_text(encoding="utf-8").splitlines())}
NOTES, ARCS = (
    [json.loads(line) for line in NOVELS.with_name(BESIDE[name]).read_text(encoding="utf-8").splitlines()]
    for name in ("notes", "arcs")
)
NOTE = {"ko": "농담이 많아요.", "en": "Many jokes.", "ja": "冗談が多いです。"}
ARC = {"title": {"ko": "등대 편", "en": "Lighthouse", "ja": "灯台編"}, "names": ["등대편"], "from": 2, "to": 3}


def test_the_shipped_notes_are_of_works_on_the_shelf_and_in_three_languages():
    assert len(NOTES) == len({row["slug"] for row in NOTES}) >= 600
    for row in NOTES:
        assert row["slug"] in WORKS
        check_notes(row["notes"])
        for texts in row["notes"].values():
            assert HANGUL.search(texts["ko"]), row["slug"]
            assert KANA.search(texts["ja"]), row["slug"]
            assert texts["en"].isascii() or not HANGUL.search(texts["en"] + texts["ja"]), row["slug"]


def test_a_note_on_an_anime_is_only_where_there_is_one():
    assert [row["slug"] for row in NOTES if "anime" in row["notes"] and not WORKS[row["slug"]]["anime"]] == []


def test_a_part_may_be_numbered_by_itself():
    check_arcs([{**ARC, "anew": True}])
    assert [one.anew for one in arcs_from([ARC, {**ARC, "anew": True}])] == [False, True]


def test_the_shipped_arcs_lie_within_their_works():
    for row in ARCS:
        check_arcs(row["arcs"])
        assert max(arc["to"] for arc in row["arcs"]) <= WORKS[row["slug"]]["volumes"], row["slug"]


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"smell": NOTE},
        {"feel": {"ko": "농담이 많아요."}},
        {"feel": {**NOTE, "en": ""}},
        {"feel": {**NOTE, "en": "x" * 281}},
        {"feel": {**NOTE, "ja": "『灯台』です。"}},
        {"feel": {**NOTE, "en": "One.\nTwo."}},
        {"feel": "Many jokes."},
    ],
)
def test_what_could_not_be_said_as_a_note_is_refused(value):
    with pytest.raises(ValidationError):
        check_notes(value)


@pytest.mark.parametrize(
    "value",
    [
        {},
        ["1"],
        [{**ARC, "from": 0}],
        [{**ARC, "to": 1}],
        [{**ARC, "names": "등대편"}],
        [{**ARC, "names": [""]}],
        [{**ARC, "anew": 1}],
        [{**ARC, "more": True}],
        [{**ARC, "title": {"ko": "등대 편"}}],
        [{key: ARC[key] for key in ("title", "names", "from")}],
        [ARC] * 61,
    ],
)
def test_what_is_no_part_of_a_work_is_refused(value):
    with pytest.raises(ValidationError):
        check_arcs(value)


def test_both_are_loaded_from_beside_the_novels_exported_and_in_the_snapshot(db, tmp_path):
    file = write_lines(tmp_path / "novels.jsonl", [novel_row("lamp"), novel_row("moon")])
    write_lines(tmp_path / BESIDE["notes"], [{"slug": "lamp", "notes": {"feel": NOTE}}])
    write_lines(tmp_path / BESIDE["arcs"], [{"slug": "lamp", "arcs": [ARC]}])
    load_catalogue(file)
    lamp = Novel.objects.get(slug="lamp")
    assert (lamp.notes, lamp.arcs) == ({"feel": NOTE}, [ARC])
    assert {row["slug"]: (row["notes"], row["arcs"]) for row in export_rows()} == {
        "lamp": ({"feel": NOTE}, [ARC]),
        "moon": ({}, []),
    }
    work = current_catalogue().by_slug["lamp"]
    assert (work.notes, work.arcs) == ({"feel": NOTE}, arcs_from([ARC]))


def test_a_part_beyond_the_last_volume_is_no_row(db, tmp_path):
    file = write_lines(tmp_path / "novels.jsonl", [novel_row("lamp", volumes=2)])
    write_lines(tmp_path / BESIDE["arcs"], [{"slug": "lamp", "arcs": [ARC]}])
    _, report = load_catalogue(file)
    assert [slug for _, slug, _ in report.rejected] == ["lamp"]


def test_the_page_of_a_work_shows_its_notes_and_parts(client, novel):
    Novel.objects.filter(pk=novel.pk).update(notes={"feel": NOTE}, arcs=[ARC])
    page = client.get(reverse("catalogue:novel", args=[novel.slug]), headers={"accept-language": "ko"}).content.decode()
    assert NOTE["ko"] in page
    assert "등대 편 (2–3)" in page
