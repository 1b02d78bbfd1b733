"""What each site writes is read as it was meant: states, stars, dates, volumes, ids."""

import json
from datetime import date

import pytest

from chatbot.text import encodings
from chatbot.text.encodings import WrongFile
from users.reading_lists import formats, unpacking
from users.reading_lists.formats import Format, tables
from users.reading_lists.lines import Faulty

from . import files


def read(data, options=None):
    data = unpacking.unpack(data)
    form, encoding = formats.recognise(data)
    return form, list(formats.read(form, encodings.decoded(data, encoding), options))


def only(data):
    _form, lines = read(data)
    (line,) = lines
    return line


def test_myanimelist_is_read_packed_or_not():
    entry = {
        "id": 70261, "title": "Lamplight & Snow", "read": 7, "score": 9, "status": "Reading",
        "start": "2024-01-05", "comments": "bedtime",
    }  # fmt: skip
    for data in (files.mal(entry), files.mal_gz(entry)):
        form, (line,) = read(data)
        assert form == Format.MYANIMELIST
        assert (line.title, line.ids, line.state, line.rating) == ("Lamplight & Snow", {"mal": "70261"}, "reading", 9)
        assert (line.volumes_read, line.started_on, line.finished_on) == (7, date(2024, 1, 5), None)
        assert (line.note, line.kind) == ("bedtime", "")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("Reading", "reading"),
        ("Completed", "read"),
        ("On-Hold", "hold"),
        ("Dropped", "dropped"),
        ("Plan to Read", "want"),
    ],
)
def test_states_of_myanimelist(status, state):
    assert only(files.mal({"status": status})).state == state


def test_a_score_of_nought_and_days_that_are_half_known_are_none():
    line = only(files.mal({"score": 0, "start": "2020-00-00", "finish": "2020-05-00"}))
    assert (line.rating, line.started_on, line.finished_on, line.volumes_read) == (None, None, None, None)


def test_a_list_of_anime_is_refused_and_one_of_both_gives_its_manga():
    anime = b"<myanimelist><anime><series_animedb_id>1</series_animedb_id></anime>%s</myanimelist>"
    with pytest.raises(WrongFile, match="anime_list"):
        read(anime % b"")
    manga = b"<manga><series_mangadb_id>13</series_mangadb_id><series_title>X Y</series_title></manga>"
    assert [(line.kind, line.ids) for line in read(anime % manga)[1]] == [("anime", {}), ("", {"mal": "13"})]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><myanimelist>&b;</myanimelist>', "unsafe_xml"),
        (b'<!DOCTYPE m SYSTEM "file:///etc/passwd"><myanimelist></myanimelist>', "unsafe_xml"),
        (files.mal({})[:600], "broken_xml"),
        (files.mal({}, root="rss"), "unknown_xml"),
        (files.mal(), "no_lines"),
        (b"<myanimelist>" + b"<a>" * 100_000, "broken_xml"),
    ],
)  # fmt: skip
def test_xml_that_is_not_a_list_is_refused_with_a_reason(data, code):
    with pytest.raises(WrongFile, match=code):
        read(data)


def test_the_account_of_anilist_gives_numbers_alone():
    data = files.anilist_account(
        {"series_type": 0, "series_id": 99147, "status": 2, "score": 95},
        {
            "series_id": 85470, "status": 0, "score": 85, "progress_volume": 12, "started_on": 20240105, "finished_on": 0,
            "notes": "slow\nreading",
        },
        {"series_id": None},
    )  # fmt: skip
    form, (anime, novel, wrong) = read(data)
    assert form == Format.ANILIST
    assert (anime.kind, anime.ids) == ("anime", {})
    assert (novel.title, novel.ids, novel.state, novel.rating) == ("", {"anilist": "85470"}, "reading", 9)
    assert (novel.volumes_read, novel.started_on, novel.note) == (12, date(2024, 1, 5), "slow\nreading")
    assert isinstance(wrong, Faulty)


@pytest.mark.parametrize(
    "entry",
    [
        None, "85470", 7, ["series_id"], {"series_id": []}, {"series_id": {"id": 5}}, {"series_id": True},
        {"series_id": -5}, {"series_id": 10**40}, {"series_id": "5; DROP"}, {"series_id": 5, "series_type": 2},
        {"series_id": 5, "series_type": None}, {"series_id": 5, "series_type": [1]},
    ],
)  # fmt: skip
def test_an_entry_of_an_account_that_is_built_otherwise_is_named_and_the_rest_is_read(entry):
    _form, (wrong, right) = read(files.anilist_account(entry, {"series_id": 6}))
    assert (wrong.line, wrong.fault, right.ids) == (1, "shape", {"anilist": "6"})


@pytest.mark.parametrize(
    "wrong", [[], {}, {"a": [1]}, True, 10**30, 1e30, -1, float("nan"), float("inf"), "x" * 100_000, "\x00", [[[]]] * 9]
)
def test_an_entry_with_values_of_other_kinds_says_nothing_by_them(wrong):
    names = ("score", "progress_volume", "started_on", "finished_on", "status")
    line = only(files.anilist_account({"series_id": 85470, **dict.fromkeys(names, wrong)}))
    assert (line.ids, line.rating, line.volumes_read, line.state) == ({"anilist": "85470"}, None, None, "")
    assert (line.started_on, line.finished_on) == (None, None)


def test_notes_and_lists_of_ones_own_are_text_or_nothing():
    entry = {"series_id": 5, "custom_lists": json.dumps({"lists": [{"series_id": 9}]}), "notes": {"series_id": 9}}
    line = only(files.anilist_account(entry))
    assert (line.ids, line.note, line.title) == ({"anilist": "5"}, "", "")
    assert only(files.anilist_account(entry | {"notes": "<b>x</b>\n" + "y" * 9000})).note.startswith("x\ny")


def test_what_lies_deep_within_an_entry_stops_nothing():
    deep = b"[" * 400 + b"]" * 400
    data = files.anilist_account({"series_id": "DEEP", "notes": "DEEP"}, {"series_id": 6}).replace(b'"DEEP"', deep)
    _form, (wrong, right) = read(data)
    assert (wrong.fault, right.ids) == ("shape", {"anilist": "6"})


def test_an_account_is_known_by_what_it_holds_and_one_without_a_list_has_no_lines():
    form, lines = read(files.anilist_account())
    assert (form, lines) == (Format.ANILIST, [])
    form, lines = read(b'{"lists": [{"series_id": 7}]}')
    assert (form, lines[0].ids, lines[0].kind) == (Format.ANILIST, {"anilist": "7"}, "")


@pytest.mark.parametrize(("status", "state"), [("CURRENT", "reading"), (4, "hold"), ("completed", "read"), (None, "")])
def test_states_of_anilist_are_numbers_or_words(status, state):
    assert only(files.anilist_account({"series_id": 5, "status": status})).state == state


def test_an_answer_of_anilist_is_read_once_an_entry_with_all_its_titles():
    entry = files.anilist_entry(
        85470, "Lamp no Monogatari", english="Lamp Tales", native="灯の物語", mal=70261, status="COMPLETED", score=78,
        progressVolumes=3, completedAt={"year": 2023, "month": 5, "day": 2},
    )  # fmt: skip
    comic = files.anilist_entry(85471, "Lamp no Monogatari", format="MANGA", score=20)
    data = files.anilist_answer(("Reading", False, [entry, comic]), ("Best of all", True, [entry]))
    form, (novel, manga) = read(data)
    assert form == Format.ANILIST
    assert (novel.title, novel.other_titles) == ("Lamp no Monogatari", ("Lamp Tales", "灯の物語"))
    assert (novel.ids, novel.kind, novel.state) == ({"anilist": "85470", "mal": "70261"}, "novel", "read")
    assert (novel.rating, novel.volumes_read, novel.finished_on) == (8, 3, date(2023, 5, 2))
    assert (manga.kind, manga.rating) == ("manga", 2)


@pytest.mark.parametrize("form", ["TV", "TV_SHORT", "MOVIE", "OVA", "ONA", "SPECIAL"])
def test_what_is_watched_is_no_novel_of_the_same_number(form):
    media = {"id": 20829, "idMal": 29803, "format": form, "title": {"romaji": "Lamp Tales"}}
    lists = [{"entries": [{"mediaId": 20829, "status": "COMPLETED", "media": media}]}]
    assert only(json.dumps({"data": {"MediaListCollection": {"lists": lists}}}).encode()).kind == "anime"


def test_scores_of_anilist_whose_scale_is_not_told_are_left_out():
    told = {"mediaListOptions": {"scoreFormat": "POINT_5"}}
    entry = files.anilist_entry(1, "A", score=4)
    answer = json.loads(files.anilist_answer(("Reading", False, [entry])))
    assert only(json.dumps(answer).encode()).rating is None
    answer["data"]["User"] = told
    assert only(json.dumps(answer).encode()).rating == 8


@pytest.mark.parametrize(
    ("data", "code"),
    [(b'{"a": 1}', "unknown_json"), (b'{"lists": [', "broken_json"), (b"[1, 2]", "unknown_json"),
     (b'{"data": ' * 3000, "broken_json")],
)  # fmt: skip
def test_json_that_is_no_list_is_refused_with_a_reason(data, code):
    with pytest.raises(WrongFile, match=code):
        read(data)


def test_goodreads_writes_isbns_as_formulas_and_a_row_a_volume():
    row = {
        "Book Id": "1", "Title": "Overlord, Vol. 1: The Undead King (Overlord Light Novels, #1)", "Author": "Kugane Maruyama",
        "Additional Authors": "so-bin", "ISBN": '="0316272248"', "ISBN13": '="9780316272247"', "My Rating": "4",
        "Date Read": "2023/03/10", "Exclusive Shelf": "read", "My Review": "Good<br/>&amp; dark", "Publisher": "Yen On",
    }  # fmt: skip
    form, (line,) = read(files.table(files.GOODREADS, row))
    assert form == Format.GOODREADS
    assert (line.isbn, line.authors, line.state, line.rating) == ("9780316272247", "Kugane Maruyama, so-bin", "read", 8)
    assert (line.finished_on, line.note) == (date(2023, 3, 10), "Good\n& dark")


def test_goodreads_without_isbn_rating_or_a_shelf_of_ours():
    row = {"Title": "X Y", "ISBN": '=""', "ISBN13": '=""', "My Rating": "0", "Exclusive Shelf": "my-own-shelf"}
    line = only(files.table(files.GOODREADS, row))
    assert (line.isbn, line.rating, line.state, line.finished_on) == ("", None, "", None)


def test_storygraph_knows_quarter_stars_and_ranges_of_days():
    row = {
        "Title": "Lamplight", "Authors": "A B", "ISBN/UID": "9780316272247", "Read Status": "read", "Star Rating": "4.25",
        "Last Date Read": "2025/03/31", "Dates Read": "2020/01/02, 2025/02/01-2025/03/31",
    }  # fmt: skip
    form, (line,) = read(files.table(files.STORYGRAPH, row))
    assert form == Format.STORYGRAPH
    assert (line.rating, line.started_on, line.finished_on) == (9, date(2025, 2, 1), date(2025, 3, 31))
    uid = only(files.table(files.STORYGRAPH, row | {"ISBN/UID": "0b1c7f2e-aaaa-bbbb-cccc-1234567890ab"}))
    assert uid.isbn == ""


@pytest.mark.parametrize(
    ("status", "state"),
    [("to-read", "want"), ("currently-reading", "reading"), ("did-not-finish", "dropped"), ("paused", "hold")],
)
def test_states_of_storygraph(status, state):
    assert only(files.table(files.STORYGRAPH, {"Title": "X Y", "Read Status": status})).state == state


def test_hardcover_puts_the_series_beside_and_people_with_what_they_did():
    row = {
        "Title": "The Undead King", "Author": "Kugane Maruyama, Emily Balistrieri (Translator)", "Series": "Overlord (#1.0)",
        "Status": "Did Not Finish", "Hardcover Book ID": "7", "ISBN 13": "9780316272247", "Rating": "3.5",
        "Date Started": "2024-02-03", "Private Notes": "mine",
    }  # fmt: skip
    form, (line,) = read(files.table(files.HARDCOVER, row))
    assert form == Format.HARDCOVER
    assert (line.series, line.authors, line.state, line.rating) == ("Overlord (#1.0)", "Kugane Maruyama", "dropped", 7)
    assert (line.started_on, line.note) == (date(2024, 2, 3), "mine")


def test_bookwyrm_is_read_by_the_names_of_its_columns():
    row = {"title": "Lamplight", "author_text": "A B", "remote_id": "https://x.example/1", "isbn_13": "9780316272247"}
    read_one = row | {"shelf": "read", "rating": "3", "start_date": "2020-10-21", "finish_date": "2020-10-25"}
    form, (line,) = read(files.table(files.BOOKWYRM, read_one))
    assert form == Format.BOOKWYRM
    assert (line.state, line.rating, line.started_on, line.finished_on) == (
        "read", 6, date(2020, 10, 21), date(2020, 10, 25),
    )  # fmt: skip
    older = only(files.table("title,author_text,remote_id,isbn_13,start_date,shelf", row | {"shelf": "cooking"}))
    assert (older.state, older.rating) == ("", None)
    dated = only(files.table(files.BOOKWYRM, row | {"shelf": "cooking", "start_date": "2020-10-21"}))
    assert dated.state == "reading"


def test_booklog_has_no_header_and_japanese_letters():
    row = {
        1: "4040638042", 2: "9784040638041", 4: "4", 5: "読み終わった", 8: "秘密のメモ", 10: "2024-04-02 00:00:00",
        11: "灯の物語 3 (MF文庫J)", 12: "作者", 13: "KADOKAWA", 15: "本",
    }  # fmt: skip
    form, (line,) = read(files.booklog(row))
    assert form == Format.BOOKLOG
    assert (line.title, line.authors, line.state, line.rating) == ("灯の物語 3 (MF文庫J)", "作者", "read", 8)
    assert (line.note, line.finished_on) == ("秘密のメモ", date(2024, 4, 2))


def test_the_form_that_booklog_takes_in_has_eleven_columns_and_no_titles():
    row = {1: "4862760856", 4: "4", 5: "積読"}
    form, (line,) = read(files.booklog(row, columns=11))
    assert form == Format.BOOKLOG
    assert (line.title, line.isbn, line.state) == ("", "9784862760852", "want")
    assert isinstance(only(files.booklog({1: "B00005S8LI", 5: "読みたい"}, columns=11)), Faulty)


def test_titles_are_pasted_with_bullets_and_quotes_around_them():
    form, lines = read("- 『등불의 서고』 3권\n\n2. 눈 내리는 왕국\n  ・無職転生\tMagonote\n86\n".encode())
    assert form == Format.PASTED
    assert [(line.line, line.title, line.authors) for line in lines] == [
        (1, "『등불의 서고』 3권", ""), (3, "눈 내리는 왕국", ""), (4, "無職転生", "Magonote"), (5, "86", ""),
    ]  # fmt: skip


def test_a_table_is_recognised_by_what_its_columns_are_called():
    data = "제목;저자;별점;상태;권\n등불의 서고;작가;4.5;다 읽음;3\n".encode("cp949")
    form, encoding = formats.recognise(data)
    assert (form, encoding) == (Format.TABLE, "cp949")
    table = tables.Table(data.decode("cp949"))
    has_header, columns = tables.guess(table)
    assert has_header
    assert columns == {0: "title", 1: "authors", 2: "rating", 3: "state", 4: "volume"}
    (line,) = tables.read(table, {"columns": columns, "header": True})
    assert (line.title, line.authors, line.rating, line.state, line.volume) == ("등불의 서고", "작가", 9, "read", 3)


def test_columns_the_reader_chose_hold():
    table = tables.Table("x,9,2020-01-02,무직전생\ny,5,,오버로드\n")
    lines = list(tables.read(table, {"columns": {"3": "title", "1": "rating"}, "header": False, "scale": 10}))
    assert [(line.title, line.rating) for line in lines] == [("무직전생", 9), ("오버로드", 5)]


def test_rows_with_other_columns_and_without_titles_are_named():
    data = files.table(files.GOODREADS, {"Title": "X Y"}, {"Author": "A"}) + b"one,two\r\n"
    _form, (good, untitled, short) = read(data)
    assert good.title == "X Y"
    assert (untitled.fault, untitled.line, short.fault, short.line) == ("no_title", 3, "columns", 4)


def test_a_list_may_break_lines_within_cells_and_keeps_their_numbers():
    data = files.table(files.GOODREADS, {"Title": "X Y", "My Review": "one\ntwo\nthree"}, {"Title": "Z"})
    _form, (first, second) = read(data)
    assert (first.line, first.note, second.line) == (2, "one\ntwo\nthree", 5)


@pytest.mark.parametrize("value", ['=HYPERLINK("http://evil.example")', "@SUM(A1)", "<b>x</b>", "\u202eevil"])
def test_formulas_and_hidden_letters_are_only_text(value):
    line = only(files.table(files.GOODREADS, {"Title": value, "Private Notes": value}))
    assert "\u202e" not in line.title + line.note
    assert "<" not in line.note


def test_what_an_own_shelf_says_comes_in_without_loss():
    header = (
        "slug,title,author,state,rating,started_on,finished_on,volumes_read,note,drop_reasons,drop_words,changed_at"
    )
    row = {
        "slug": "lamplight", "title": "'=등불의 서고", "state": "dropped", "rating": "3.5", "started_on": "2024-01-02",
        "volumes_read": "3", "note": "'-두 줄\n메모", "drop_reasons": "slow;dark;unheard-of", "drop_words": "''그냥",
        "changed_at": "2026-01-02T03:04:05+00:00",
    }  # fmt: skip
    form, (line,) = read(b"\xef\xbb\xbf" + files.table(header, row))
    assert form == Format.OWN_SHELF
    assert (line.ids, line.title) == ({"slug": "lamplight"}, "=등불의 서고")
    assert (line.state, line.rating, line.volumes_read) == ("dropped", 7, 3)
    assert (line.started_on, line.note) == (date(2024, 1, 2), "-두 줄\n메모")
    assert (line.drop_reasons, line.drop_words) == (("slow", "dark"), "'그냥")
