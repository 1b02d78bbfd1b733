import csv
import gzip
import io
import json
import tracemalloc

import pytest
from django.core.management import CommandError, call_command

from chatbot.catalogue.importing import applying
from chatbot.catalogue.importing.models import Draft, Import, ImportedWork
from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.models import Name, Novel, Revision, Spelling, Tag
from users.models import ShelfEntry

from .factories import novel_row, write_lines

pytestmark = pytest.mark.django_db

LIGHTHOUSE = {
    "id": 11,
    "format": "NOVEL",
    "status": "RELEASING",
    "title": {"native": "灯台の物語", "romaji": "Toudai no Monogatari", "english": "The Tale of the Lighthouse"},
    "synonyms": ["등대 이야기", "Lighthouse"],
    "startDate": {"year": 2019, "month": 4},
    "volumes": None,
    "countryOfOrigin": "JP",
    "description": "<i>Not ours</i><script>alert(1)</script>",
    "genres": ["Fantasy", "Slice of Life"],
    "tags": [
        {"name": "Isekai", "rank": 90},
        {"name": "Magic", "rank": 55},
        {"name": "Found Family", "rank": 30},
        {"name": "Tragedy", "rank": 95, "isMediaSpoiler": True},
        {"name": "Cute Girls Doing Cute Things", "rank": 60},
        {"name": "Vampire", "rank": 5},
    ],
    "staff": {
        "edges": [
            {"role": "Story", "node": {"name": {"full": "Yoru Akari", "native": "夜 あかり"}}},
            {"role": "Art", "node": {"name": {"full": "Umi", "native": "海"}}},
            {"role": "Translator (English)", "node": {"name": {"full": "Jo Reader", "native": None}}},
        ]
    },
    "relations": {
        "edges": [
            {
                "relationType": "ADAPTATION",
                "node": {"type": "ANIME", "format": "TV", "title": {"native": "灯台の物語"}},
            },
            {"relationType": "PREQUEL", "node": {"type": "MANGA", "format": "NOVEL", "title": {"native": "岬の物語"}}},
        ]
    },
    "isAdult": False,
}
KOREAN = "등대지기의 밤과 이세계에서 온 손님이 나누는 마흔 글자를 넘기는 조용한 이야기입니다."
TABLE = "번호,제목,한국어,영어,저자,연도,권수,상태,태그,줄거리,영문,일문\n"
COMPLETE = (
    "7,灯台の物語,등대 이야기,The Tale of the Lighthouse,夜あかり,2019,12,연재중,"
    f"판타지:3|cozy|Drama|이세계|magic-system|slice-of-life,{KOREAN},An English synopsis.,日本語のあらすじ。\n"
)
MAP = {
    "id": "번호",
    "titles.ja": "제목",
    "titles.ko": "한국어",
    "titles.en": "영어",
    "authors": "저자",
    "year": "연도",
    "volumes": "권수",
    "status": "상태",
    "tags": "태그;sep=|",
    "synopsis.ko": "줄거리",
    "synopsis.en": "영문",
    "synopsis.ja": "일문",
}


@pytest.fixture
def shelf_of(tmp_path):
    """Puts rows on the shelf, as if they had been shipped."""

    def load(*rows):
        write_lines(tmp_path / "novels.jsonl", list(rows))
        load_catalogue(tmp_path / "novels.jsonl")

    load()
    return load


@pytest.fixture
def bring(tmp_path, shelf_of):
    """Runs the command on a content; returns what became of each work, by the report."""

    def run(source, content, name="works", **options):
        path, report = tmp_path / name, tmp_path / "report.json"
        if isinstance(content, list | dict):
            content = json.dumps(content)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if source == "csv":
            options.setdefault("map", [f"{name}={column}" for name, column in MAP.items()])
        call_command("import_catalogue", source, str(path), report=report, **options)
        return json.loads(report.read_text(encoding="utf-8"))

    return run


def exported(tmp_path):
    call_command("export_catalogue", str(tmp_path / "export.jsonl"))
    return (tmp_path / "export.jsonl").read_bytes()


def everything():
    models = (Novel, Name, Spelling, Draft, Import, ImportedWork, Revision)
    return [sorted(map(str, model.objects.values_list())) for model in models]


def actions(report):
    return [(work["where"], work["action"]) for work in report["works"]]


# --- AniList ---------------------------------------------------------------------------------------------------------


def test_a_media_export_becomes_unfinished_works_without_its_description(bring):
    report = bring("anilist", [LIGHTHOUSE], apply=True)
    assert report["counts"] == {"drafted": 1}
    draft = Draft.objects.get()
    assert (draft.source, draft.source_id, draft.title) == ("anilist", "11", "灯台の物語")
    assert draft.row == {
        "titles": {"ja": "灯台の物語", "en": "The Tale of the Lighthouse", "romaji": "Toudai no Monogatari"},
        "names": ["등대 이야기", "Lighthouse"],
        "authors": ["夜あかり"],
        "authors_en": ["Yoru Akari"],
        "illustrators": ["海"],
        "year": 2019,
        "status": "ongoing",
        "anime": True,
        "tags": {"isekai": 3, "fantasy": 2, "slice-of-life": 2, "magic-system": 2, "found-family": 1},
        "related": [{"title_ja": "岬の物語", "kind": "sequel"}],
        "external_ids": {"anilist": "11"},
    }
    assert draft.lacks == ["titles.ko", "volumes", "synopsis.ko", "synopsis.en", "synopsis.ja", "tags"]
    assert report["unknown_tags"] == {"Cute Girls Doing Cute Things": 1}


def test_an_unfinished_work_is_nowhere_on_the_shelf(bring, client):
    bring("anilist", [LIGHTHOUSE], apply=True)
    assert not Novel.objects.exists()
    assert not Spelling.objects.exists()
    assert client.get("/novels/?q=灯台の物語").context["page"].paginator.count == 0


def wrapped(*media):
    return {"data": {"Page": {"pageInfo": {"total": 2, "hasNextPage": False}, "media": list(media)}}}


CAPE = {**LIGHTHOUSE, "id": 12, "title": {"native": "岬の物語"}}


def collection(*media):
    """A reader's list, an entry of which begins with what is theirs."""
    entries = [{"score": 8, "startedAt": {"year": 2020}, "media": one} for one in media[:-1]]
    entries.append({"id": 5, "status": "COMPLETED", "media": media[-1]})
    groups = [{"name": "Reading", "isCustomList": False, "entries": entries}, {"name": "Planning", "entries": []}]
    return {"data": {"MediaListCollection": {"user": {"id": 1, "avatar": {"large": "x"}}, "lists": groups}}}


# Names of the asker's own in place of "Media" and "MediaListCollection", and the reader before what is read.
VIEWER = {"id": 1, "name": "x", "options": {"titleLanguage": "NATIVE"}}
ALIASED = {"data": {"me": VIEWER, "first": LIGHTHOUSE, "mine": collection(CAPE)["data"]["MediaListCollection"]}}
WITH_VIEWER = {"data": {"Viewer": VIEWER, **collection(LIGHTHOUSE, CAPE)["data"]}}


def with_typenames(value):
    """With `__typename` before all else, as some clients ask for it."""
    if isinstance(value, dict):
        return {"__typename": "Something", **{name: with_typenames(one) for name, one in value.items()}}
    return [with_typenames(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (json.dumps([LIGHTHOUSE, {**LIGHTHOUSE, "id": 12, "title": {"native": "岬の物語"}}]), "list.json"),
        (
            json.dumps(wrapped(LIGHTHOUSE, {**LIGHTHOUSE, "id": 12, "title": {"native": "岬の物語"}}), indent=2),
            "answer.json",
        ),
        (
            json.dumps([wrapped(LIGHTHOUSE), wrapped({**LIGHTHOUSE, "id": 12, "title": {"native": "岬の物語"}})]),
            "pages.json",
        ),
        (
            json.dumps(LIGHTHOUSE)
            + "\n\n"
            + json.dumps({**LIGHTHOUSE, "id": 12, "title": {"native": "岬の物語"}})
            + "\n",
            "lines.jsonl",
        ),
        (json.dumps({"data": {"Media": LIGHTHOUSE}}, indent=1) + "", "one.json"),
        (json.dumps(collection(LIGHTHOUSE, CAPE), indent=1), "collection.json"),
        (json.dumps(collection(LIGHTHOUSE, CAPE)), "collection-in-a-line.json"),
        (json.dumps(with_typenames(collection(LIGHTHOUSE, CAPE)), indent=1), "collection-of-apollo.json"),
        (json.dumps(with_typenames(wrapped(LIGHTHOUSE, CAPE)), indent=1), "answer-of-apollo.json"),
        (json.dumps(with_typenames(wrapped(LIGHTHOUSE, CAPE)["data"]["Page"])), "page-of-apollo.json"),
        (json.dumps([with_typenames(LIGHTHOUSE), with_typenames(CAPE)]), "list-of-apollo.json"),
        *((json.dumps(ALIASED, indent=indent), f"aliases-{indent}.json") for indent in (None, 1)),
        *((json.dumps(WITH_VIEWER, indent=indent), f"viewer-{indent}.json") for indent in (None, 1)),
    ],
)
def test_every_shape_of_an_export_is_read(bring, content, name):
    report = bring("anilist", content, name=name)
    ids = [work["where"].rpartition("id ")[2] for work in report["works"]]
    assert ids == (["11"] if name == "one.json" else ["11", "12"])
    assert {work["action"] for work in report["works"]} == {"drafted"}


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({**LIGHTHOUSE, "format": "MANGA"}, "not a novel: format MANGA"),
        ({**LIGHTHOUSE, "isAdult": True}, "for adults only"),
        ({**LIGHTHOUSE, "status": "NOT_YET_RELEASED"}, "not yet released"),
        ({**LIGHTHOUSE, "countryOfOrigin": "KR"}, "not a Japanese work"),
        ({**LIGHTHOUSE, "title": {}}, "no title"),
        ({**LIGHTHOUSE, "title": ["灯台"]}, "title is not an object"),
        ({**LIGHTHOUSE, "title": {"native": "灯" * 251}}, "longer than 250"),
        ({**LIGHTHOUSE, "title": {"native": "灯\0台"}}, "NUL"),
        ({**LIGHTHOUSE, "startDate": {"year": 12}}, "year is not between"),
        ({**LIGHTHOUSE, "volumes": "many"}, "volumes is not a whole number"),
        (
            {**LIGHTHOUSE, "staff": {"edges": [{"role": "Story", "node": {"name": {"native": 3}}}]}},
            "staff is not a text",
        ),
        ({**LIGHTHOUSE, "id": "11"}, "not a media object with an id"),
        ("a text", "not a media object"),
        ({**LIGHTHOUSE, "id": 1}, "already used in line 1"),
    ],
)
def test_a_bad_object_is_named_with_its_line_and_stops_no_other(bring, bad, reason):
    first, last = {**LIGHTHOUSE, "id": 1, "title": {"native": "一"}}, {**LIGHTHOUSE, "id": 3, "title": {"native": "三"}}
    report = bring("anilist", "\n".join(map(json.dumps, [first, bad, last])), name="works.jsonl", apply=True)
    assert [action for _, action in actions(report)] == ["drafted", "rejected", "drafted"]
    assert report["works"][1]["where"].startswith("line 2")
    assert reason in report["works"][1]["reason"]
    assert Draft.objects.count() == 2


def test_broken_deep_and_huge_objects_in_a_list_stop_no_other(bring):
    deep = '{"id": 5, "x": ' + "[" * 5000 + "]" * 5000 + "}"
    huge = json.dumps({"id": 6, "description": "x" * 1_100_000})
    broken = '{"id": 7, nonsense}'
    content = (
        "[\n"
        + ",\n".join(
            [json.dumps(LIGHTHOUSE), deep, huge, broken, json.dumps({**LIGHTHOUSE, "id": 8, "title": {"native": "八"}})]
        )
        + "\n]"
    )
    report = bring("anilist", content)
    assert [work["where"].partition(",")[0] for work in report["works"]] == [f"line {n}" for n in range(2, 7)]
    reasons = [work.get("reason", "") for work in report["works"]]
    assert reasons[0] == reasons[4] == ""
    assert "nested deeper than 40" in reasons[1]
    assert "longer than 1000000 letters" in reasons[2]
    assert "not JSON" in reasons[3]


def test_a_file_that_ends_early_says_so_after_what_it_holds(bring):
    report = bring("anilist", "[" + json.dumps(LIGHTHOUSE) + ', {"id": 12, "title": {"nat')
    assert [action for _, action in actions(report)] == ["drafted", "rejected"]
    assert "ends inside the work" in report["works"][1]["reason"]


def test_wrong_bytes_are_a_reason_not_a_crash(bring):
    report = bring(
        "anilist",
        json.dumps({"id": 1, "format": "NOVEL", "title": {"native": "灯台"}}, ensure_ascii=False).encode("cp932"),
    )
    assert "is the encoding right?" in report["works"][0]["reason"]


def test_a_romanised_title_is_no_english_one(bring):
    media = {**LIGHTHOUSE, "title": {"native": "灯台", "romaji": "Toudai", "english": "TOUDAI"}}
    report = bring("anilist", [media], apply=True)
    assert "en" not in Draft.objects.get().row["titles"]
    assert report["works"][0]["remarks"] == ["titles.en not taken, it is only romanised or in another language: TOUDAI"]


def test_a_large_export_takes_no_more_memory_than_a_small_one(tmp_path):
    from chatbot.catalogue.importing import anilist

    def peak(count):
        path = tmp_path / "large.json"
        with open(path, "w") as file:
            file.write("[")
            for number in range(count):
                media = {**LIGHTHOUSE, "id": number, "description": "x" * 20_000}
                file.write(("," if number else "") + json.dumps(media))
            file.write("]")
        tracemalloc.start()
        assert sum(1 for _ in anilist.read(path)) == count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(1000) < 2 * peak(100) < 8_000_000


# --- RanobeDB --------------------------------------------------------------------------------------------------------

DUMP = r"""--
-- PostgreSQL database dump
--
SET client_encoding = 'UTF8';
CREATE TABLE public.series (id integer NOT NULL);
COPY public.book (id, image_id, description, description_ja, hidden, locked, release_date, olang, c_release_date) FROM stdin;
101	\N	Not ours\nat all	x	f	f	20190401	ja	20190401
102	\N	x	x	f	f	20200499	ja	20200499
103	\N	x	x	f	f	99999999	ja	99999999
104	\N	x	x	f	f	20200101	ja	20200101
105	\N	x	x	t	f	20200101	ja	20200101
\.
COPY public.book_edition (book_id, eid, lang, title) FROM stdin;
101	0	\N	Original edition
101	1	en	English edition
\.
COPY public.book_staff_alias (book_id, staff_alias_id, eid, role_type, note) FROM stdin;
101	1	0	author	note
101	2	0	artist	note
101	3	1	author	note
\.
COPY public.publisher (id, name, romaji) FROM stdin;
1	夜の文庫	Yoru no Bunko
2	大きな出版社	\N
3	Night Press	\N
\.
COPY public.release (id, lang, hidden, release_date, format) FROM stdin;
1	ja	f	20190401	print
2	en	f	20210401	print
\.
COPY public.release_book (release_id, book_id, rtype) FROM stdin;
1	101	complete
2	101	complete
\.
COPY public.release_publisher (release_id, publisher_id, publisher_type) FROM stdin;
1	2	publisher
1	1	imprint
2	3	publisher
\.
COPY public.series (id, aliases, description, hidden, locked, olang, publication_status, start_date, c_start_date) FROM stdin;
7	Lighthouse\n등대 이야기	Not ours	f	f	ja	cancelled	20190401	20190401
8		x	t	f	ja	ongoing	20190401	20190401
9		x	f	f	zh-Hans	ongoing	20190401	20190401
10	short
11		x	f	f	ja	unknown	99999999	99999999
\.
COPY public.series_book (series_id, book_id, sort_order, book_type) FROM stdin;
7	102	2	main
7	101	1	main
7	103	3	main
7	104	4	sub
7	105	5	main
\.
COPY public.series_tag (series_id, tag_id) FROM stdin;
7	1
7	2
\.
COPY public.series_title (series_id, lang, official, title, romaji) FROM stdin;
7	ja	t	灯台の\\物語	Toudai no Monogatari
7	ko	f	등대 이야기	\N
7	en	t	The Tale of the Lighthouse	\N
11	en	t	Only English	\N
\.
COPY public.staff_alias (id, staff_id, main_alias, name, romaji) FROM stdin;
1	1	t	夜 あかり	Yoru Akari
2	2	t	海	Umi
3	3	t	Jo Reader	\N
\.
COPY public.tag (id, name, ttype) FROM stdin;
1	isekai	genre
2	male protagonist	tag
\.
COPY public.user_list_book (user_id, notes) FROM stdin;
secret	COPY public.series (id) FROM stdin;
\.
"""


SHORT = "10\tshort"


@pytest.mark.parametrize("is_zipped", [True, False])
def test_a_dump_becomes_unfinished_works(bring, is_zipped):
    report = bring("ranobedb", gzip.compress(DUMP.encode()) if is_zipped else DUMP, apply=True)
    found = {work["where"]: (work["action"], work.get("reason", "")) for work in report["works"]}
    assert found == {
        f"line {DUMP.splitlines().index(SHORT) + 1}, table series": ("rejected", "2 columns where there should be 9"),
        "series 7": ("drafted", ""),
        "series 9": ("rejected", "not a Japanese work: olang zh-Hans"),
        "series 11": ("drafted", ""),
    }
    assert Draft.objects.get(source_id="7").row == {
        "titles": {
            "ja": "灯台の\\物語",
            "ko": "등대 이야기",
            "en": "The Tale of the Lighthouse",
            "romaji": "Toudai no Monogatari",
        },
        "ko_certain": False,
        "names": ["Lighthouse"],
        "authors": ["夜あかり"],
        "authors_en": ["Yoru Akari"],
        "illustrators": ["海"],
        "imprint": "夜の文庫",
        "year": 2019,
        "volumes": 2,
        "status": "hiatus",
        "tags": {"isekai": 2},
        "editions": {"en": {"known": True, "publisher": "Night Press"}},
        "external_ids": {"ranobedb": "7"},
    }
    assert report["unknown_tags"] == {"male protagonist": 1}


def test_text_of_a_dump_is_unescaped_as_postgresql_writes_it(bring):
    bring("ranobedb", DUMP.replace("灯台の\\\\物語", "灯\\t台\\\\n\\x41\\101"), apply=True)
    assert Draft.objects.get(source_id="7").title == "灯 台\\nAA"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PGDMP\x01\x0e", "pg_restore -f dump.sql"),
        (b"hello\n", "not a dump of RanobeDB: no table series and no table series_title"),
        (gzip.compress(DUMP.encode())[:-30], "the file breaks off after line"),
    ],
    ids=["packed otherwise", "other text", "broken off"],
)
def test_what_is_no_dump_is_said_in_one_line(bring, content, said):
    with pytest.raises(CommandError, match=said.replace(".", r"\.")):
        bring("ranobedb", content, apply=True)
    assert not Draft.objects.exists()


# --- Tables ----------------------------------------------------------------------------------------------------------


def test_a_row_with_everything_goes_on_the_shelf(bring, client):
    report = bring("csv", TABLE + COMPLETE, apply=True)
    assert actions(report) == [("line 2", "added")]
    novel = Novel.objects.get()
    assert (novel.slug, novel.title_ko, novel.volumes, novel.status) == (
        "the-tale-of-the-lighthouse",
        "등대 이야기",
        12,
        "ongoing",
    )
    strengths = dict(novel.novel_tags.values_list("tag__slug", "strength"))
    assert strengths == {"fantasy": 3, "cozy": 2, "drama": 2, "isekai": 2, "magic-system": 2, "slice-of-life": 2}
    assert client.get(novel.get_absolute_url()).status_code == 200
    assert client.get("/novels/?q=등대").content.count(b"the-tale-of-the-lighthouse") > 0


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        (None, (TABLE + COMPLETE).encode("utf-8-sig")),
        ("cp949", (TABLE + COMPLETE).replace("灯台", "燈臺").encode("cp949")),
        (None, (TABLE + COMPLETE).replace(",", "\t").encode()),
        (None, (TABLE + COMPLETE).replace(",", ";").encode()),
        ("utf-16", (TABLE + COMPLETE).replace(",", "\t").encode("utf-16")),
        (None, (TABLE + COMPLETE).replace("\n", "\r\n").encode()),
    ],
)
def test_tables_are_read_as_excel_saves_them(bring, encoding, data):
    assert actions(bring("csv", data, encoding=encoding)) == [("line 2", "added")]


def test_the_wrong_encoding_is_said_with_the_columns_that_were_seen(bring):
    with pytest.raises(CommandError, match="read as utf-8-sig; its columns"):
        bring("csv", TABLE.encode("cp949"))


def test_a_map_may_be_a_file(bring, tmp_path):
    path = tmp_path / "map.toml"
    path.write_text('encoding = "cp932"\n[columns]\n"titles.ja" = "題"\nauthors = { column = "人", sep = "+" }\n')
    report = bring("csv", "題,人\n灯台,夜+海\n".encode("cp932"), map=[str(path)], apply=True)
    assert actions(report) == [("line 2", "drafted")]
    assert Draft.objects.get().row == {"titles": {"ja": "灯台"}, "authors": ["夜", "海"]}


@pytest.mark.parametrize(
    ("maps", "said"),
    [
        (["nonsense=제목"], "no such field: 'nonsense'"),
        (["titles.ja="], "titles.ja is mapped to no column"),
        (["authors=저자"], "no column is mapped to a title"),
        (["titles.ja=없는 열"], "no column 없는 열 in the file"),
        (["nowhere.toml"], "cannot read the map nowhere.toml"),
    ],
)
def test_a_map_that_cannot_be_used_is_said_in_one_line(bring, maps, said):
    with pytest.raises(CommandError, match=said):
        bring("csv", TABLE + COMPLETE, map=maps)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("2019", "이천십구"), "year is not a whole number"),
        (("2019", "1492"), "year is not between"),
        ((",12,", ",-3,"), "volumes is not a whole number"),
        (("연재중", "어쩌면"), "status means nothing here"),
        (("灯台の物語", "灯\0台"), "titles.ja holds a NUL byte"),
        (("灯台の物語", "灯" * 300), "titles.ja is longer than 250 letters"),
        (("灯台の物語,등대 이야기,The Tale of the Lighthouse", ",,"), "no title"),
        ((KOREAN, "<b>굵은</b> 줄거리"), "synopsis.ko holds HTML"),
        ((KOREAN, "x" * 100_001), "field larger than field limit"),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_stops_no_other(bring, change, reason):
    last = COMPLETE.replace("7,灯台の物語,등대 이야기,The Tale of the Lighthouse", "8,岬の物語,곶 이야기,The Cape")
    report = bring("csv", TABLE + COMPLETE.replace(*change) + last, apply=True)
    assert actions(report) == [("line 2", "rejected"), ("line 3", "added")]
    assert reason in report["works"][0]["reason"]


def test_a_cell_over_several_lines_keeps_the_numbers_right(bring):
    report = bring("csv", TABLE + COMPLETE.replace(KOREAN, f'"{KOREAN}\n둘째 줄"') + "9,,,,,,,,,,,\n")
    assert actions(report) == [("line 2", "added"), ("line 4", "rejected")]


def test_a_formula_is_only_text(bring, tmp_path):
    bring("csv", TABLE + '1,"=HYPERLINK(""http://x"",""灯"")",,,,,,,,,,\n', apply=True)
    assert Draft.objects.get().title == '=HYPERLINK("http://x","灯")'


def test_unknown_tags_are_counted(bring):
    assert bring("csv", TABLE + COMPLETE.replace("cozy", "무지개"))["unknown_tags"] == {"무지개": 1}


# --- Matching --------------------------------------------------------------------------------------------------------


def lamp(slug="lamp", **fields):
    return novel_row(slug, **fields)


def named(row, **fields):
    """A media object about the work of `row`."""
    titles = {"native": row["titles"]["ja"], "romaji": None, "english": row["titles"]["en"]}
    staff = {"edges": [{"role": "Story", "node": {"name": {"native": row["authors"][0]}}}]}
    media = {"id": 1, "format": "NOVEL", "status": "RELEASING", "title": titles, "staff": staff}
    return media | {"startDate": {"year": row["year"]}, "volumes": row["volumes"]} | fields


def test_a_work_that_has_gone_on_is_changed(bring, shelf_of):
    row = lamp(status="ongoing", volumes=8, names=["램프"])
    shelf_of(row)
    report = bring("anilist", [named(row, volumes=9, status="FINISHED")], apply=True)
    ids = [{}, {"anilist": "1"}]
    assert report["works"][0]["changes"] == {
        "volumes": [8, 9],
        "status": ["ongoing", "completed"],
        "external_ids": ids,
    }
    novel = Novel.objects.get()
    assert (novel.volumes, novel.status, novel.loaded != "") == (9, "completed", True)
    assert list(novel.names.filter(given=True).values_list("text", flat=True)) == ["램프"]


def test_what_was_settled_by_hand_is_not_taken_from_other_catalogues(bring, shelf_of):
    row = lamp(status="completed", volumes=8)
    shelf_of(row)
    media = named(row, volumes=11, genres=["Horror"], synonyms=["Lampu"])
    report = bring("anilist", [media], apply=True)
    assert report["works"][0]["changes"] == {"external_ids": [{}, {"anilist": "1"}]}
    assert report["works"][0]["remarks"] == [
        "volumes 11 not taken, the shelf has 8",
        "status ongoing not taken, the shelf has completed",
    ]


def test_what_an_operator_changed_is_kept(bring, shelf_of):
    row = lamp(status="ongoing")
    shelf_of(row)
    Novel.objects.update(loaded="", volumes=3)
    report = bring("anilist", [named(row)], apply=True)
    assert (report["works"][0]["action"], Novel.objects.get().volumes) == ("kept", 3)
    assert not Import.objects.exists()


def test_a_title_with_another_author_and_year_is_doubtful(bring, shelf_of):
    row = lamp()
    shelf_of(row)
    media = named(row | {"authors": ["他の人"], "year": 1999})
    work = bring("anilist", [media], apply=True)["works"][0]
    assert (work["action"], work["candidates"]) == ("doubtful", ["lamp"])
    assert "another author or year" in work["reason"]
    assert not Draft.objects.exists()


def test_a_title_of_several_works_is_doubtful(bring, shelf_of):
    one, two = lamp("one"), lamp("two")
    two["titles"]["en"] = one["titles"]["en"]
    shelf_of(one, two)
    media = named(one)
    media["title"]["native"] = "まったく別"
    work = bring("anilist", [media], apply=True)["works"][0]
    assert (work["action"], sorted(work["candidates"])) == ("doubtful", ["one", "two"])


@pytest.mark.parametrize(
    ("author", "year", "action"),
    [("same", 2016, "changed"), ("same", 2020, "doubtful"), ("other", 2015, "doubtful"), ("same", None, "doubtful")],
)
def test_a_nickname_needs_author_and_year(bring, shelf_of, author, year, action):
    row = lamp(names=["灯台"], year=2015)
    shelf_of(row)
    said = row | {"authors": row["authors"] if author == "same" else ["他の人"], "year": year}
    media = named(said, title={"native": "灯台"}, status="FINISHED", volumes=None)
    assert bring("anilist", [media])["works"][0]["action"] == action


def test_two_records_about_one_work_are_not_both_applied(bring, shelf_of):
    row = lamp(status="ongoing")
    shelf_of(row)
    report = bring("anilist", [named(row, volumes=20), named(row, volumes=30, id=2)], apply=True)
    assert [action for _, action in actions(report)] == ["changed", "doubtful"]
    assert "is about this work too" in report["works"][1]["reason"]
    assert Novel.objects.get().volumes == 20


def test_a_table_completes_an_unfinished_work(bring):
    bring("anilist", [LIGHTHOUSE], apply=True)
    report = bring("csv", TABLE + COMPLETE, apply=True)
    assert actions(report) == [("line 2", "added")]
    novel = Novel.objects.get()
    assert (novel.title_romaji, novel.illustrators, novel.anime) == ("Toudai no Monogatari", ["海"], True)
    assert not Draft.objects.exists()


# --- Dry runs, twice, and back ---------------------------------------------------------------------------------------


@pytest.fixture
def files(shelf_of):
    """A shelf, and one file of each format that adds to it and changes it."""
    row = lamp(status="ongoing", volumes=8, names=["램프", "Lampe"], tags={"fantasy": 3, "cozy": 1})
    shelf_of(row, lamp("moon"))
    return {
        "anilist": json.dumps([LIGHTHOUSE, named(row, volumes=9)]),
        "ranobedb": DUMP,
        "csv": TABLE + COMPLETE + f"1,{row['titles']['ja']},램프의 새 제목,,,,,,cozy|sf,,,\n",
    }


@pytest.mark.parametrize("source", ["anilist", "ranobedb", "csv"])
def test_a_dry_run_writes_nothing_and_says_what_applying_does(bring, files, source):
    before = everything()
    dry = bring(source, files[source])
    assert everything() == before
    assert bring(source, files[source], apply=True)["works"] == dry["works"]
    assert everything() != before


@pytest.mark.parametrize("source", ["anilist", "ranobedb", "csv"])
def test_applying_twice_changes_nothing_the_second_time(bring, files, source):
    bring(source, files[source], apply=True)
    before = everything()
    again = bring(source, files[source], apply=True)
    assert set(again["counts"]) <= {"untouched", "rejected"}
    assert again["counts"]["untouched"] >= 1
    assert everything() == before


@pytest.mark.parametrize("source", ["anilist", "ranobedb", "csv"])
def test_undoing_restores_what_was_there_byte_for_byte(bring, files, source, tmp_path):
    was, names = exported(tmp_path), sorted(Name.objects.values_list("novel__slug", "text", "given"))
    loaded = dict(Novel.objects.values_list("slug", "loaded"))
    bring(source, files[source], apply=True)
    assert exported(tmp_path) != was or Draft.objects.exists()
    revision = Revision.current()
    call_command("undo_import", Import.objects.get().pk)
    assert exported(tmp_path) == was
    assert sorted(Name.objects.values_list("novel__slug", "text", "given")) == names
    assert dict(Novel.objects.values_list("slug", "loaded")) == loaded
    assert not Draft.objects.exists()
    assert Revision.current() > revision


def test_undoing_what_completed_an_unfinished_work_brings_it_back(bring):
    bring("anilist", [LIGHTHOUSE], apply=True)
    row = Draft.objects.get().row
    bring("csv", TABLE + COMPLETE, apply=True)
    call_command("undo_import", Import.objects.first().pk)
    assert not Novel.objects.exists()
    draft = Draft.objects.get()
    assert (draft.row, draft.source, draft.source_id) == (row, "anilist", "11")


def test_an_undo_leaves_and_names_what_readers_use(bring, capsys, django_user_model):
    bring("csv", TABLE + COMPLETE, apply=True)
    reader = django_user_model.objects.create_user("reader")
    ShelfEntry.objects.create(reader=reader, novel=Novel.objects.get(), state=ShelfEntry.State.values[0])
    capsys.readouterr()
    call_command("undo_import", Import.objects.get().pk)
    assert Novel.objects.exists()
    assert ImportedWork.objects.get().left == "in_use"
    assert capsys.readouterr().err == "left: 灯台の物語 (line 2): in use\n"


@pytest.mark.parametrize("change", [{"volumes": 99}, {"loaded": ""}])
def test_an_undo_leaves_and_names_what_was_changed_since(bring, files, change):
    bring("csv", files["csv"], apply=True)
    Novel.objects.update(**change)
    left = applying.undo(Import.objects.get())
    assert [work.left for work in left] == ["edited", "edited"]
    assert Novel.objects.count() == 3


def test_a_work_deleted_since_is_named(bring, files):
    bring("csv", files["csv"], apply=True)
    Novel.objects.all().delete()
    assert [work.left for work in applying.undo(Import.objects.get())] == ["gone", "gone"]


def test_an_import_of_before_works_had_adaptations_and_orders_can_be_undone(bring, files):
    bring("csv", files["csv"], apply=True)
    for work in ImportedWork.objects.all():
        for row in filter(None, [work.before, work.after]):
            row.pop("adaptations")
            row.pop("reading_order")
        work.save()
    assert applying.undo(Import.objects.get()) == []


def test_an_import_is_undone_only_once(bring, files):
    bring("csv", files["csv"], apply=True)
    imported = Import.objects.get()
    applying.undo(imported)
    with pytest.raises(CommandError, match="undone already"):
        call_command("undo_import", imported.pk)
    with pytest.raises(CommandError, match="no import 4040"):
        call_command("undo_import", 4040)


def test_imports_are_undone_in_any_order_without_losing_what_the_other_did(bring, shelf_of, tmp_path):
    row = lamp(status="ongoing", volumes=8)
    shelf_of(row)
    bring("anilist", [named(row, volumes=9)], apply=True)
    bring("anilist", [named(row, volumes=10)], apply=True)
    second, first = Import.objects.all()
    assert [work.left for work in applying.undo(first)] == ["edited"]
    assert applying.undo(second) == []
    assert Novel.objects.get().volumes == 9


def test_an_import_that_breaks_off_can_be_undone(files, tmp_path, monkeypatch):
    from chatbot.catalogue.importing import anilist

    monkeypatch.setattr("lightnovel.batches.FIRST", 1)
    monkeypatch.setattr("lightnovel.batches.MOST", 1)
    was = exported(tmp_path)
    path = tmp_path / "works.json"
    path.write_text(files["anilist"])

    def breaking():
        yield from anilist.read(path)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        applying.run(breaking(), "anilist", tell=lambda item: None, apply=True)
    imported = Import.objects.get()
    assert (imported.ended_at, imported.works.count()) == (None, 2)
    applying.undo(imported)
    assert exported(tmp_path) == was


def test_the_command_says_who_and_what(bring, files, capsys, django_user_model):
    operator = django_user_model.objects.create_user("op", "op@example.com", is_staff=True)
    bring("csv", files["csv"], apply=True, by="OP@example.com")
    imported = Import.objects.get()
    assert (imported.made_by, imported.file_name, imported.counts) == (operator, "works", {"added": 1, "changed": 1})
    assert f"Applied as import {imported.pk}" in capsys.readouterr().out
    call_command("undo_import")
    assert "1 added, 1 changed" in capsys.readouterr().out
    with pytest.raises(CommandError, match="No operator has the address"):
        bring("csv", files["csv"], by="reader@example.com")


def test_a_missing_file_is_one_clear_line(tmp_path):
    for source, options in (("anilist", {}), ("ranobedb", {}), ("csv", {"map": ["titles.ja=題"]})):
        with pytest.raises(CommandError, match=r"Cannot use .*nowhere"):
            call_command("import_catalogue", source, str(tmp_path / "nowhere"), **options)


# --- Cells as people and programs write them -------------------------------------------------------------------------


def drafted(bring, **cells):
    """The draft that a row with these cells becomes."""
    said = {"제목": "灯台の物語", **cells}
    columns = [f"{name}={column}" for name, column in MAP.items() if column in said]
    out = io.StringIO()
    csv.writer(out).writerows([said.keys(), said.values()])
    report = bring("csv", out.getvalue(), apply=True, map=columns)
    assert actions(report) == [("line 2", "drafted")], report["works"]
    return Draft.objects.get().row


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("['夜あかり', '海']", ["夜あかり", "海"]),
        ('["夜あかり", "海"]', ["夜あかり", "海"]),
        ("('夜あかり',)", ["夜あかり"]),
        ("['夜, あかり']", ["夜,あかり"]),
        ("[None, '海']", ["海"]),
        ("[]", None),
        ("nan", None),
        ("夜あかり|海", ["夜あかり", "海"]),
        ("夜あかり｜海", ["夜あかり", "海"]),
        ("{'夜あかり', '海', '山'}", ["夜あかり", "海", "山"]),
        ("[夜あかり, 海]", ["夜あかり", "海"]),
        ("[映]夜", ["[映]夜"]),
        ("[u'夜あかり', u'海']", ["夜あかり", "海"]),
        ("['夜あかり', nan]", ["夜あかり"]),
        ("array(['夜あかり', '海'], dtype=object)", ["夜あかり", "海"]),
        ("frozenset({'夜あかり'})", ["夜あかり"]),
        ("'夜あかり', '海'", ["夜あかり", "海"]),
        ('[{"name": "夜あかり"}, {"name": "海"}]', ["夜あかり", "海"]),
    ],
)
def test_a_list_that_a_program_wrote_is_a_list(bring, cell, names):
    assert drafted(bring, 저자=cell).get("authors") == names


def test_a_list_of_one_is_its_value_and_a_list_of_two_is_no_title(bring):
    assert drafted(bring, 영어="['The Tale of the Lighthouse']")["titles"]["en"] == "The Tale of the Lighthouse"
    content = "제목,저자\n\"['a', 'b']\",x\n灯台の物語,\"['a', b]\"\n岬,[['a']]\n岬,\"['a', 'b'\"\n"
    report = bring("csv", content, map=["titles.ja=제목", "authors=저자"])
    assert [work["reason"] for work in report["works"]] == [
        "titles.ja holds 2 values: ['a', 'b']",
        "a list that cannot be read: ['a', b]",
        "a list that cannot be read: [['a']]",
        "a list that cannot be read: ['a', 'b'",
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "12.0",
        "12.00",
        "12,0",
        "12권",
        "전 12권",
        "全12巻",
        "12 vols.",
        "１２巻",
        "총 12권",
        "12권 (완결)",
        "既刊12巻",
        "1-12",
    ],
)
def test_volumes_are_read_as_people_and_programs_write_them(bring, cell):
    assert drafted(bring, 권수=cell)["volumes"] == 12


@pytest.mark.parametrize(
    "cell",
    [
        *("2014", "2014.0", "2014년", "2014年", "2014-04", "2014.04", "04/2014", "Apr 2014", "20140410"),
        *("2014년 4월 10일", "2014년4월", "2014년 4월 10일 (목)", "2014年4月10日", "２０１４年４月１０日"),
        *("2014-04-10", "2014/4/10", "2014.4.10", "2014. 4. 10.", "2014-04-10 00:00:00"),
        *("2014-04-10T00:00:00Z", "2014-04-10T09:30:00.000+09:00", "2014年4月10日(木)"),
        *("10/04/2014", "25/12/2014", "12/25/2014", "10.04.2014"),
        *("平成26年4月10日", "平成26年", "H26.4.10"),
        *("Apr 10, 2014", "April 10th, 2014", "Apr. 10, 2014", "10 April 2014", "10-Apr-2014", "2014 Apr 10"),
        *("Thu, 10 Apr 2014 00:00:00 GMT", "Thursday, April 10, 2014"),
        *("2014-04-10 오전 12:00:00", "2014/04/10 午後3:05", "4/10/2014 12:00:00 AM", "2014-04-10 12:00 p.m."),
        *(
            "2014년 봄",
            "2014年春",
            "Spring 2014",
            "Fall of 2014",
            "Q2 2014",
            "2014-Q2",
            "2014년 2분기",
            "2014년 상반기",
        ),
        *("2014~", "2014年〜", "2014-2018", "2014 – 2018", "2014년~2018년", "2014年4月〜"),
        *(
            "2014.04.10 ~ 2018.05.01",
            "2014년 4월 10일 ~ 2018년 5월 1일",
            "2014 - present",
            "2014–present",
            "2014 ~ 현재",
        ),
        *("Apr 10, 2014 to May 1, 2018", "2014-04-10 - 2018-05-01"),
        *(
            "2014年4月10日発売",
            "2014년 4월 10일 출간",
            "2014년 4월 중순",
            "2014年4月上旬",
            "2014年4月号",
            "2014年頃",
            "2014년경",
        ),
        *(
            "약 2014년",
            "c. 2014",
            "early 2014",
            "mid-2014",
            "first published 2014",
            "2014?",
            "2014 (Japan)",
            "西暦2014年",
        ),
        *("2014-04-??", "2014-xx-xx", "2014-04-00", "2014-00-00", "2014 4 10", "2014_04_10", "2014:04:10", "2014,4,10"),
        *("2014년 4월 10일 목요일", "2014年4月10日木曜日", "2014.04.10.목", "2014-04-10 Thu", "H26", "10. April 2014"),
        *("2014年4月10日 00時00分", "2014년 4월 10일 0시", "2014-04-10 00:00:00+00", "二〇一四年四月十日"),
        *("10-Apr-14", "10 apr 14", "41739", "41739.5"),
        *("datetime.date(2014, 4, 10)", "Timestamp('2014-04-10 00:00:00')", "[2014, 4, 10]"),
    ],
)
def test_the_year_of_a_date_is_read_in_whichever_form(bring, cell):
    assert drafted(bring, 연도=cell)["year"] == 2014


@pytest.mark.parametrize(
    "cell",
    [
        "10/04/14",
        "Apr-14",
        "32-Apr-14",
        "201204",
        "4 10 14",
        "2014 or so 2015",
        "14.4.10",
        "2014-13-45",
        "32/13/2014",
        "2014년 13월",
        "12345",
        "Apr 10",
        "2014-20",
        "Q5 2014",
    ],
)
def test_what_says_no_year_for_sure_is_rejected(bring, cell):
    report = bring("csv", f"제목,연도\n灯台の物語,{cell}\n", map=["titles.ja=제목", "year=연도"])
    assert [work["action"] for work in report["works"]] == ["rejected"]
    assert "year" in report["works"][0]["reason"]


@pytest.mark.parametrize(
    "behind",
    ["岬の物語,海\n", '岬の物語,"海"\n', '"岬の物語",海\n', '岬の物語,"海\n山"\n'],
)
def test_a_quote_that_is_never_closed_costs_its_own_row_alone(bring, behind):
    lines = [f"第{n}の物語,星\n" for n in range(300)]
    content = "제목,저자\n" + '灯台の物語,"夜あかり\n' + behind + "".join(lines)
    report = bring("csv", content, map=["titles.ja=제목", "authors=저자"])
    assert actions(report)[:2] == [("line 2", "rejected"), ("line 3", "drafted")]
    assert "a quote is opened and not closed" in report["works"][0]["reason"]
    assert report["counts"] == {"rejected": 1, "drafted": 301}


def test_a_quote_inside_of_a_cell_is_only_a_letter(bring):
    content = '제목,저자\n灯台5" の物語,海\n岬の"物"語,海\n'
    assert bring("csv", content, map=["titles.ja=제목", "authors=저자"])["counts"] == {"drafted": 2}


def test_a_table_adds_to_the_tags_of_a_work_unless_it_is_to_replace_them(bring, shelf_of):
    curated = dict.fromkeys(("fantasy", "isekai", "cozy", "magic-system", "slice-of-life", "comedy"), 2)
    shelf_of(novel_row("lighthouse", titles={"ko": "등대", "en": "Lighthouse", "ja": "灯台の物語"}, tags=curated))
    table = ("제목,태그\n灯台の物語,로맨스:3|cozy:1|없는말\n", ["titles.ja=제목", "tags=태그;sep=|"])
    report = bring("csv", table[0], map=table[1], apply=True)
    assert report["unknown_tags"] == {"없는말": 1}
    assert tags_of("lighthouse") == {**curated, "romance": 3, "cozy": 1}
    bring("csv", table[0], map=table[1], apply=True, replace_tags=True)
    assert tags_of("lighthouse") == {"romance": 3, "cozy": 1}


def test_a_full_work_keeps_its_tags_and_says_which_were_not_taken(bring, shelf_of):
    slugs = list(Tag.objects.exclude(slug="romance").values_list("slug", flat=True)[:16])
    shelf_of(
        novel_row(
            "lighthouse",
            titles={"ko": "등대", "en": "Lighthouse", "ja": "灯台の物語"},
            tags=dict.fromkeys(slugs, 2),
        )
    )
    report = bring("csv", "제목,태그\n灯台の物語,로맨스\n", map=["titles.ja=제목", "tags=태그"], apply=True)
    assert report["works"][0]["remarks"] == ["tags not taken, the work has enough already: romance"]
    assert set(tags_of("lighthouse")) == set(slugs)


def tags_of(slug):
    return dict(Novel.objects.get(slug=slug).novel_tags.values_list("tag__slug", "strength"))
