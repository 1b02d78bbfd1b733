import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from chatbot.catalogue.loading import NOVELS, TAGS, load_catalogue
from chatbot.catalogue.models import Name, Novel, NovelTag, Revision, Tag
from chatbot.text.folding import key

from .factories import novel_row, write_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    return tmp_path / "novels.jsonl"


def test_loading_puts_tags_novels_and_names_on_the_shelf(file):
    write_lines(file, [novel_row("lamp", names=["램프"], tags={"fantasy": 3, "cozy": 1})])
    on_tags, on_novels = load_catalogue(file)
    assert on_novels.added == ["lamp"]
    assert len(on_tags.added) == Tag.objects.count() == 96
    novel = Novel.objects.named("램 프").get()
    assert dict(novel.novel_tags.values_list("tag__slug", "strength")) == {"fantasy": 3, "cozy": 1}
    assert dict(novel.names.values_list("text", "given"))["램프"] is True
    assert novel.names.filter(given=False).count() == 4


def test_loading_twice_changes_nothing_the_second_time(file):
    write_lines(file, [novel_row("lamp")])
    load_catalogue(file)
    before = Revision.current()
    on_tags, on_novels = load_catalogue(file)
    assert on_tags.unread
    assert on_novels.unread
    assert Revision.current() == before
    assert Novel.objects.count() == 1


def test_the_second_loading_of_an_unchanged_file_asks_the_database_once(file, django_assert_num_queries):
    write_lines(file, [novel_row("lamp")])
    load_catalogue(file)
    with django_assert_num_queries(1):  # the digest
        load_catalogue(file)


def test_only_changed_lines_are_written(file):
    lamp, moon = novel_row("lamp", names=["램프"]), novel_row("moon")
    write_lines(file, [lamp, moon])
    load_catalogue(file)
    untouched = NovelTag.objects.filter(novel__slug="moon").values_list("pk", flat=True)[0]
    write_lines(file, [lamp | {"volumes": 9, "names": ["등잔"], "tags": {"sf": 2}}, moon])
    report = load_catalogue(file)[1]
    assert (report.changed, report.untouched, report.added) == (["lamp"], ["moon"], [])
    novel = Novel.objects.get(slug="lamp")
    assert novel.volumes == 9
    assert list(novel.names.filter(given=True).values_list("text", flat=True)) == ["등잔"]
    assert list(novel.tags.values_list("slug", flat=True)) == ["sf"]
    assert NovelTag.objects.filter(pk=untouched).exists()


def test_a_changed_line_keeps_the_novels_key(file):
    row = novel_row("lamp")
    write_lines(file, [row])
    load_catalogue(file)
    before = Novel.objects.get().pk
    write_lines(file, [row | {"volumes": 9}])
    load_catalogue(file)
    assert Novel.objects.get().pk == before


def test_loading_tells_every_process_only_when_something_changed(file):
    row = novel_row("lamp")
    write_lines(file, [row])
    load_catalogue(file)
    before = Revision.current()
    write_lines(file, [row, ""])
    load_catalogue(file)
    assert Revision.current() == before
    write_lines(file, [row, novel_row("moon")])
    load_catalogue(file)
    assert Revision.current() == before + 2  # with the first batch, and when all is there


def test_what_an_operator_changed_is_kept_and_named(file):
    row = novel_row("lamp")
    write_lines(file, [row])
    load_catalogue(file)
    Novel.objects.update(volumes=7, loaded="")
    write_lines(file, [row | {"volumes": 9}])
    assert load_catalogue(file)[1].kept == ["lamp"]
    assert Novel.objects.get().volumes == 7
    assert load_catalogue(file, overwrite=True)[1].changed == ["lamp"]
    assert Novel.objects.get().volumes == 9


def test_a_row_in_no_file_stays(file):
    write_lines(file, [novel_row("lamp"), novel_row("moon")])
    load_catalogue(file)
    write_lines(file, [novel_row("moon")])
    load_catalogue(file)
    assert set(Novel.objects.values_list("slug", flat=True)) == {"lamp", "moon"}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{not json", "not JSON"),
        ("[]", "not an object with a slug"),
        (novel_row("Bad Slug!"), "slug"),
        (novel_row("x", tags={"no-such-tag": 2}), "unknown tags: no-such-tag"),
        (novel_row("x", tags={"fantasy": 4}), "strength"),
        (novel_row("x", tags={"fantasy": True}), "strength"),
        (novel_row("x", status="finished"), "status"),
        (novel_row("x", year="2015"), "year is not a int"),
        (novel_row("x", volumes=0), "volumes"),
        (novel_row("x", anime=1), "anime"),
        (novel_row("x", authors=[]), "no author"),
        (novel_row("x", names=[""]), "names"),
        (novel_row("x", titles={"ko": "x", "ja": "x"}), "titles has no en"),
        (novel_row("x", titles={"ko": "가" * 251, "ja": "x", "en": "x"}), "title_ko"),
        (novel_row("x", related=[{"title_ja": "x"}]), "related"),
        ({key: value for key, value in novel_row("x").items() if key != "synopsis"}, "synopsis is missing"),
        (novel_row("moon"), "already used on line 1"),
    ],
)
def test_a_bad_line_is_named_with_its_reason_and_stops_no_other(file, bad, reason):
    write_lines(file, [novel_row("moon"), bad, novel_row("lamp")])
    report = load_catalogue(file)[1]
    assert report.added == ["moon", "lamp"]
    [(number, _, said)] = report.rejected
    assert number == 2
    assert reason in said


def test_two_names_of_one_spelling_make_one_row(file):
    row = novel_row("lamp", names=["LAMP 이야기", "lamp 이야기"])
    write_lines(file, [row])
    load_catalogue(file)
    assert Name.objects.filter(key=key("lamp 이야기")).count() == 1


def test_a_title_is_found_without_its_subtitle_unless_another_work_has_that_name(file):
    long = novel_row("long")
    long["titles"] |= {"ko": "달의 도서관 ~밤의 이야기~", "ja": "月の図書館 〜夜の話〜"}
    other = novel_row("other", names=["달의 도서관"])
    write_lines(file, [long, other])
    load_catalogue(file)
    assert Novel.objects.named("달의 도서관").get().slug == "other"
    assert Novel.objects.named("月の図書館").get().slug == "long"


def test_sequels_may_share_a_name(file):
    write_lines(file, [novel_row("one", names=["달빛"]), novel_row("two", names=["달빛"])])
    load_catalogue(file)
    assert Novel.objects.named("달빛").count() == 2


def test_the_command_reports_counts_and_rejections(file, capsys):
    write_lines(file, [novel_row("lamp"), "nonsense"])
    call_command("load_catalogue", file=file)
    out, err = capsys.readouterr()
    assert "novels: 1 added, 0 changed, 0 untouched, 0 kept, 1 rejected" in out
    assert err.startswith("novels line 2 (no slug) rejected: not JSON")


def test_a_missing_file_is_one_clear_line(tmp_path):
    with pytest.raises(CommandError, match=r"Cannot read .*nowhere\.jsonl"):
        call_command("load_catalogue", file=tmp_path / "nowhere.jsonl")


def test_what_is_exported_is_what_was_loaded(file, tmp_path):
    rows = [
        novel_row("moon"),
        novel_row(
            "lamp",
            tags={"cozy": 1, "sf": 3},
            names=["램프", "The Lamp"],
            ko_certain=False,
            authors_ko=["이하루"],
            authors_en=["Haru Lee"],
            illustrators=["絵師"],
            anime=True,
            renown=77,
            tone=-2,
            editions={"ko": {"known": True, "publisher": "책방"}, "en": {"known": None, "publisher": ""}},
            related=[{"title_ja": "moonの物語", "kind": "sequel"}],
            kin=["moonの物語"],
        ),
    ]
    write_lines(file, rows)
    load_catalogue(file)
    lamp, moon = _exported(tmp_path)
    assert moon["slug"] == "moon"
    assert {name: lamp[name] for name in rows[1]} == rows[1] | {"titles": {"romaji": "", **rows[1]["titles"]}}
    assert list(lamp["tags"]) == ["sf", "cozy"]


def test_an_export_is_loaded_as_what_it_was(tmp_path):
    load_catalogue(NOVELS, TAGS)
    before = _exported(tmp_path)
    Novel.objects.all().delete()
    report = load_catalogue(tmp_path / "export.jsonl", TAGS)[1]
    assert (len(report.added), report.rejected) == (len(before), [])
    assert _exported(tmp_path) == before


def _exported(folder):
    out = folder / "export.jsonl"
    call_command("export_catalogue", str(out))
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_export_goes_to_standard_output_by_default(file, capsys):
    write_lines(file, [novel_row("lamp")])
    load_catalogue(file)
    call_command("export_catalogue")
    assert json.loads(capsys.readouterr().out)["slug"] == "lamp"


def test_the_shipped_files_load_without_a_rejection():
    on_tags, on_novels = load_catalogue(NOVELS, TAGS)
    assert on_tags.rejected == on_novels.rejected == []
    assert len(on_tags.added) == 96
    assert len(on_novels.added) >= 150


def test_every_shipped_tag_has_words_in_three_languages():
    rows = [json.loads(line) for line in TAGS.read_text(encoding="utf-8").splitlines()]
    lacking = [row["slug"] for row in rows if not all(row["words"][code] for code in ("ko", "en", "ja"))]
    assert lacking == []


def test_what_was_settled_against_other_catalogues_still_stands():
    """Each line of settled.jsonl defends a value the shipped catalogue has, with the reason it was kept."""
    novels = {row["slug"]: row for row in map(json.loads, NOVELS.read_text(encoding="utf-8").splitlines())}
    lines = NOVELS.with_name("settled.jsonl").read_text(encoding="utf-8").splitlines()
    settled = [json.loads(line) for line in lines]
    assert [one for one in settled if novels[one["slug"]][one["field"]] != one["ours"]] == []
    assert [one for one in settled if len(one["reason"]) < 20] == []
    places = [(one["slug"], one["field"]) for one in settled]
    assert places == sorted(set(places))


SEASON = {"title": "", "kind": "season", "number": 1, "year": 2016, "to_volume": 3, "sure": True, "note": ""}


def test_what_an_anime_tells_is_loaded_and_exported_as_it_stands(file, tmp_path):
    film = SEASON | {
        "title": {"ko": "극장판", "en": "The Film", "ja": "劇場版"},
        "kind": "film",
        "to_volume": None,
        "note": "original",
    }
    write_lines(file, [novel_row("lamp", anime=True, adaptations=[SEASON, film]), novel_row("moon")])
    assert load_catalogue(file)[1].rejected == []
    assert Novel.objects.get(slug="lamp").adaptations == [SEASON, film]
    out = tmp_path / "export.jsonl"
    call_command("export_catalogue", str(out))
    lamp, moon = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert (lamp["anime"], lamp["adaptations"]) == (True, [SEASON, film])
    assert (moon["anime"], moon["adaptations"]) == (False, [])


@pytest.mark.parametrize(
    ("adaptations", "reason"),
    [
        ({}, "adaptations is not a list"),
        (["season"], "Number 1: not an object with title"),
        ([SEASON | {"volume": 3}], "Number 1: not an object with title"),
        ([SEASON, SEASON | {"number": 0}], "Number 2: the number is not 1 or more"),
        ([SEASON | {"number": True}], "the number is not 1 or more"),
        ([SEASON | {"kind": "special"}], "the kind is not season, film or ova"),
        ([SEASON | {"kind": []}], "the kind is not season, film or ova"),
        ([SEASON | {"title": {"ko": "극장판"}}], "the title is neither empty nor in Korean, English and Japanese"),
        ([SEASON | {"title": {"ko": "극장판", "en": "Film", "ja": " "}}], "the title is neither empty"),
        ([SEASON | {"year": 16}], "the year is not a year"),
        ([SEASON | {"to_volume": 0}], "to_volume is neither empty nor 1 or more"),
        ([SEASON | {"to_volume": "3"}], "to_volume is neither empty nor 1 or more"),
        ([SEASON | {"sure": 1}], "sure is not true or false"),
        ([SEASON | {"note": "who knows"}], "the note is none of those there are"),
        ([SEASON, SEASON], "Number 2: said twice"),
        ([SEASON | {"to_volume": 6}], "adaptations tell more than the 5 volumes there are"),
    ],
)
def test_a_line_that_says_wrongly_what_an_anime_tells_is_rejected(file, adaptations, reason):
    write_lines(file, [novel_row("lamp", anime=True, adaptations=adaptations)])
    with translation.override("en"):
        [(_, slug, said)] = load_catalogue(file)[1].rejected
    assert slug == "lamp"
    assert reason in said


def test_only_a_work_with_an_anime_says_what_it_tells(file):
    write_lines(file, [novel_row("lamp", adaptations=[SEASON])])
    assert load_catalogue(file)[1].rejected == [(1, "lamp", "adaptations of a work without an anime")]


def test_a_remake_counts_anew(file):
    remake = SEASON | {"title": {"ko": "신판", "en": "The New One", "ja": "新版"}, "year": 2024}
    write_lines(file, [novel_row("lamp", anime=True, adaptations=[SEASON, remake])])
    assert load_catalogue(file)[1].added == ["lamp"]


def test_the_shipped_works_say_of_many_anime_what_they_tell_in_the_order_of_their_years():
    rows = [json.loads(line) for line in NOVELS.read_text(encoding="utf-8").splitlines()]
    told = [row["adaptations"] for row in rows if row.get("adaptations")]
    assert sum(any(one["to_volume"] for one in adaptations) for adaptations in told) >= 120
    for adaptations in told:
        years = [one["year"] for one in adaptations]
        assert years == sorted(years)
        assert all(one["to_volume"] or one["note"] or not one["sure"] for one in adaptations)


# --- Reading orders ------------------------------------------------------------------------------

STEP = {"title": {"ko": "외전", "en": "Side", "ja": "外伝"}, "slug": "", "kind": "side", "after": 3, "skip": True}
MAIN = {
    "title": {"ko": "본편", "en": "Main", "ja": "本編"},
    "slug": "lamp",
    "kind": "main",
    "after": None,
    "skip": False,
}


def test_a_reading_order_is_loaded_and_exported_as_it_stands(file, tmp_path):
    write_lines(file, [novel_row("lamp", reading_order=[MAIN, STEP]), novel_row("moon")])
    assert load_catalogue(file)[1].rejected == []
    out = tmp_path / "export.jsonl"
    call_command("export_catalogue", str(out))
    lamp, moon = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert (lamp["reading_order"], moon["reading_order"]) == ([MAIN, STEP], [])


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({}, "reading_order is not a list"),
        ([STEP] * 61, "This is not a list"),
        (["side"], "Number 1: not an object with title"),
        ([STEP | {"year": 3}], "Number 1: not an object with title"),
        ([MAIN, STEP | {"title": "外伝"}], "Number 2: the title is not in Korean, English and Japanese"),
        ([STEP | {"title": {"ko": "외전", "en": " ", "ja": "外伝"}}], "the title is not in Korean"),
        ([STEP | {"slug": None}], "the slug is no text"),
        ([STEP | {"kind": "season"}], "the kind is none of those there are"),
        ([STEP | {"kind": []}], "the kind is none of those there are"),
        ([STEP | {"after": 0}], "after is neither empty nor 1 or more"),
        ([STEP | {"after": True}], "after is neither empty nor 1 or more"),
        ([STEP | {"skip": 1}], "skip is not true or false"),
        ([MAIN | {"skip": True}], "or skips the main line"),
        ([STEP, STEP | {"kind": "film"}], "Number 2: said twice"),
    ],
)
def test_a_line_with_a_wrong_reading_order_is_rejected(file, order, reason):
    write_lines(file, [novel_row("lamp", reading_order=order)])
    with translation.override("en"):
        [(_, slug, said)] = load_catalogue(file)[1].rejected
    assert slug == "lamp"
    assert reason in said


def test_the_shipped_series_of_several_works_say_how_they_are_read():
    rows = {row["slug"]: row for row in map(json.loads, NOVELS.read_text(encoding="utf-8").splitlines())}
    titles = {row["titles"]["ja"] for row in rows.values()}
    orders = {slug: row["reading_order"] for slug, row in rows.items() if row.get("reading_order")}
    named = {step["slug"] for order in orders.values() for step in order if step["slug"]}
    assert named <= rows.keys()
    tied = {slug for slug, row in rows.items() if any(one["title_ja"] in titles for one in row["related"])}
    assert tied <= named
    for slug, order in orders.items():
        assert any(step["kind"] in ("main", "any") for step in order), slug
        assert all((step["after"] or 1) <= rows[slug]["volumes"] for step in order), slug
