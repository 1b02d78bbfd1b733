"""What each site writes is read as it was meant: states, stars, dates, volumes, ids."""

import json
from datetime import date

import pytest

from chatbot.text import encodings
from chatbot.text.encodings import WrongFile
from users.reading_lists import formats, unpacking
from users.reading_lists.formats import Format, tables
from users.reading_lists.lines import Faulty, day, half_stars, is_day_first, volumes

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
    assert (line.rating, line.started_on, line.finished_on) == (8, date(2025, 2, 1), date(2025, 3, 31))
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


@pytest.mark.parametrize("header", [False, True])
def test_booklog_is_known_with_columns_behind_its_own_and_with_their_names_above(header):
    names = "サービスID アイテムID 13桁ISBN カテゴリ 評価 読書状況 レビュー タグ 読書メモ(非公開) 登録日時 読了日 タイトル 作者名 出版社名 発行年 ジャンル ページ数 価格"
    row = ["1", "4040638042", "", "-", "4", "読み終わった", "", "", "", "2024-03-06 17:40:08", "2024-04-02 00:00:00"]
    row += ["灯の物語", "作者", "", "2012", "本", "300", "693"]
    rows = [names.split(), row] if header else [row]
    form, (line,) = read("\r\n".join(map(files.quoted, rows)).encode("cp932"))
    assert form == Format.BOOKLOG
    assert (line.title, line.authors, line.rating, line.state) == ("灯の物語", "作者", 8, "read")
    assert line.finished_on == date(2024, 4, 2)


def test_another_table_as_wide_is_not_taken_for_booklogs():
    header = ",".join(f"Column {n}" for n in range(17))
    assert formats.recognise(files.table(header, {"Column 0": "Lamp Tales", "Column 9": "2024"}))[0] == Format.TABLE


@pytest.mark.parametrize("element", ["manga_mangadb_id", "manga_mediadb_id"])
def test_the_number_at_myanimelist_is_read_by_the_names_it_is_given(element):
    data = files.mal({"id": 70261}).replace(b"manga_mangadb_id", element.encode())
    assert only(data).ids == {"mal": "70261"}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2024. 3. 1.", date(2024, 3, 1)), ("2024. 03. 07", date(2024, 3, 7)), ("2024년 3월 4일", date(2024, 3, 4)),
        ("24.03.06", date(2024, 3, 6)), ("24년 3월 4일(월)", date(2024, 3, 4)), ("2024年3月4日", date(2024, 3, 4)),
        ("２０２４／３／４", date(2024, 3, 4)), ("令和2年5月1日", date(2020, 5, 1)), ("令和元年5月2日", date(2019, 5, 2)),
        ("H30.1.2", date(2018, 1, 2)), ("12/25/2021", date(2021, 12, 25)), ("25/12/2021", date(2021, 12, 25)),
        ("5.12.2021", date(2021, 12, 5)), ("Dec 25 2021", date(2021, 12, 25)), ("1st March, 2024", date(2024, 3, 1)),
        ("2024-03-01T10:00", date(2024, 3, 1)), ("3/4/2024", None), ("2024. 3", None), ("2019年3月", None), ("24년 봄", None),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(said, meant):
    assert day(said) == meant


def test_of_a_column_the_dates_that_can_be_only_one_tell_the_others():
    assert (is_day_first(["3/4/2024", "25/4/2024"]), is_day_first(["3/4/2024", "4/25/2024"])) == (True, False)
    assert (day("3/4/2024", True), day("3/4/2024", False)) == (date(2024, 4, 3), date(2024, 3, 4))
    assert is_day_first(["3/4/2024", "2024-05-06"]) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [("3.5", 7), ("★★★★", 8), ("★★★☆☆", 6), ("★★★½", 7), ("4½", 9), ("8/10", 8), ("4 / 5", 8), ("★3.5", 7), ("별 4개", 8), ("-5", None)],
)  # fmt: skip
def test_a_rating_is_read_by_what_it_says_of_its_scale(said, meant):
    assert half_stars(said, 5) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [("vol 8", 8), ("Vol. 1", 1), ("1~9권", 9), ("제3권", 3), ("第3巻", 3), ("5 volumes", 5), ("vol 0", None)],
)
def test_how_many_volumes_were_read_may_be_told_as_the_last(said, meant):
    assert volumes(said) == meant


@pytest.mark.parametrize(
    "table_",
    [
        "작품 이름,글쓴이,어디까지,내 점수,읽은 권수,한마디,끝낸 날짜\n등불의 서고,작가,읽는 중,4.5,3,좋음,2024. 3. 1.\n",
        "作品名,書いた人,状況,点数(5点),どこまで,ひとこと,読み終わり\n灯の物語,作者,読書中,4.5,3巻,よい,令和6年3月1日\n",
        "Book name,Who wrote it,Where am I,My stars /5,How far,Thoughts,When done\nLamp Tales,Author,reading,4½,vol 3,good,3/1/2024\nX,,done,,,,3/25/2024\n",
    ],
)  # fmt: skip
def test_columns_in_words_of_ones_own_are_guessed(table_):
    table = tables.Table(table_)
    has_header, columns = tables.guess(table)
    assert (has_header, list(map(columns.get, range(7)))) == (
        True, ["title", "authors", "state", "rating", "volumes_read", "note", "finished_on"],
    )  # fmt: skip
    line = next(tables.read(table, {"columns": columns, "header": True}))
    assert (line.state, line.rating, line.volumes_read, line.finished_on) == ("reading", 9, 3, date(2024, 3, 1))


def test_a_column_of_dates_is_never_taken_for_the_titles():
    table = tables.Table("이것,저것\n2024. 3. 1.,오버로드\n2024년 11월 12일,책\n")
    assert tables.guess(table)[1] == {1: "title"}


def test_one_rating_out_of_ten_says_nothing_of_the_others():
    table = tables.Table("Title,Rating\nA B,3.5\nC D,★★★★\nE F,8/10\n")
    assert [line.rating for line in tables.read(table, {"columns": {0: "title", 1: "rating"}})] == [7, 8, 8]


def test_a_day_that_cannot_be_read_is_counted_and_none_that_is_not_told():
    table = tables.Table("Title,Finished\nA,3/4/2024\nB,不明\nC,\nD,2019年3月\nE,0000-00-00\n")
    lines = tables.read(table, {"columns": {0: "title", 1: "finished_on"}})
    assert [line.unread_day for line in lines] == [True, False, False, True, False]


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


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("I <3 this; if a<b and c>d then ok", "I <3 this; if a<b and c>d then ok"),
        ('so <good> & "odd" 좋다', 'so <good> & "odd" 좋다'),
        ("<b>bold</b> &amp; <a href=\"x?a=1\" rel='y'>link</a><br/>line<spoiler>s</spoiler>", "bold & link\nlines"),
        ("<p class=x>one</p><P>two", "one\ntwo"),
        ("x <a few> y <i see> <3", "x <a few> y <i see> <3"),
    ],
)
def test_only_tags_are_taken_off_a_note(typed, left):
    _form, (line,) = read(files.mal({"comments": typed}))
    assert line.note == left
    _form, (line,) = read(
        files.table("slug,title,state,rating,volumes_read,note", {"slug": "lamplight", "note": typed})
    )
    assert line.note == typed


@pytest.mark.parametrize(("stars", "half_stars"), [("4.25", 8), ("2.75", 5), ("0.25", 1), ("5", 10), ("3.5", 7)])
def test_quarter_stars_are_rounded_down(stars, half_stars):
    row = {"Title": "Lamplight", "Read Status": "read", "Star Rating": stars}
    assert read(files.table(files.STORYGRAPH, row))[1][0].rating == half_stars


@pytest.mark.parametrize(
    "data",
    [
        files.mal({"start": "2019-03-00"}),
        files.mal({"finish": "2031-01-01"}),
        files.anilist_account({"finished_on": 20190300}),
        files.anilist_answer(
            ("Reading", False, [files.anilist_entry(1, "A", startedAt={"year": 2019, "month": None, "day": None})])
        ),
        files.table(files.GOODREADS, {"Title": "A", "Date Read": "2019/13/01"}),
        files.table(files.STORYGRAPH, {"Title": "A", "Last Date Read": "2019/02/30"}),
        files.table(files.HARDCOVER, {"Title": "A", "Date Started": "2019-00-01"}),
        files.table(files.BOOKWYRM, {"title": "A", "finish_date": "soon 2019"}),
        files.booklog({10: "2019-02-30 00:00:00", 11: "A"}),
    ],
)
def test_a_day_that_is_told_and_cannot_be_read_is_known(data):
    assert [line.unread_day for line in read(data)[1]] == [True]


def test_no_day_is_none_that_cannot_be_read():
    for data in (
        files.mal({}),
        files.mal({"start": "2019-03-02"}),
        files.anilist_account({}),
        files.anilist_answer(("Reading", False, [files.anilist_entry(1, "A")])),
        files.booklog({11: "A"}),
    ):
        assert [line.unread_day for line in read(data)[1]] == [False]


@pytest.mark.parametrize(
    "name", ["포기한 까닭", "하차 이유", "why dropped", "Why I stopped", "やめた理由", "Reason for dropping"]
)
def test_why_it_was_dropped_is_a_column(name):
    table = tables.Table(f"제목,상태,{name}\n등불의 서고,하차,너무 느려서\n눈 내리는 왕국,완독,\n")
    has_header, columns = tables.guess(table)
    assert columns[2] == "drop_words"
    lines = list(tables.read(table, {"columns": columns, "header": has_header}))
    assert [(line.state, line.drop_words) for line in lines] == [("dropped", "너무 느려서"), ("read", "")]


@pytest.mark.parametrize(
    ("pasted_line", "title", "state", "rating"),
    [
        ("Toradora! dropped", "Toradora!", "dropped", None),
        ("Toradora! - 4/10", "Toradora!", "", 4),
        ("Toradora! - 4/10 dropped", "Toradora!", "dropped", 4),
        ("작안의 샤나 22권 / 하차 / 2/10", "작안의 샤나 22권", "dropped", 2),
        ("Golden Time vol. 8 / want to read / 4/5", "Golden Time vol. 8", "want", 8),
        ("とらドラ！ / 読了 / ★4", "とらドラ！", "read", 8),
        ("Toradora! - dropped - 4/5", "Toradora!", "dropped", 8),
        ("Toradora! on hold", "Toradora!", "hold", None),
        ("토라도라! 하차 ★★★", "토라도라!", "dropped", 6),
        ("토라도라! 중도 하차", "토라도라!", "dropped", None),
        ("토라도라! 읽는 중", "토라도라!", "reading", None),
        ("토라도라! 완독 (9/10)", "토라도라!", "read", 9),
        ("とらドラ！ 積読", "とらドラ！", "want", None),
        ("とらドラ！ 読了 ★4.5", "とらドラ！", "read", 9),
        ("とらドラ！ 中断", "とらドラ！", "hold", None),
        ("Fate/Zero", "Fate/Zero", "", None),
        ("22/7", "22/7", "", None),
        ("Overlord 4/10", "Overlord 4/10", "", None),
        ("The Book I Read", "The Book I Read", "", None),
    ],
)
def test_a_pasted_line_may_rate_and_say_a_state(pasted_line, title, state, rating):
    (line,) = formats.read(Format.PASTED, pasted_line)
    assert (line.title, line.state, line.rating) == (title, state, rating)
