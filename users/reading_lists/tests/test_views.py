"""A list as its reader meets it: sent, looked through, decided, kept, taken back."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chatbot.catalogue.gaps import Gap
from users.models import ListedWork, ListFile, ReadingList, ShelfEntry
from users.reading_lists import unpacking, work
from users.reading_lists.models import MAX_OPEN

from . import files
from .conftest import bring, keep

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
State = ReadingList.State


@pytest.fixture(autouse=True)
def _english(client, settings, monkeypatch):
    client.cookies["django_language"] = "en"
    settings.RATE_LIMITS = False


def url(name, *args):
    return reverse(f"users:{name}", args=args)


def send(client, data, name="list.csv", **fields):
    return client.post(url("lists"), {"file": SimpleUploadedFile(name, data), **fields})


@pytest.fixture
def goodreads(catalogue):
    return files.table(
        files.GOODREADS,
        {"Title": "Lamp Tales, Vol. 1", "Author": "Tappei Nagatsuki", "Exclusive Shelf": "read"},
        {"Title": "Girl Who Writes", "Author": "Kana Akatsuki", "Exclusive Shelf": "read"},
        {"Title": "Snow Kingdom", "Author": "Jane Austen"},
        {"Title": "=Unknown & <Sea> (light novel)", "Author": "X"},
        {"Title": "Snow Kingdom (manga)"},
    )


@pytest.fixture
def brought(reader, goodreads):
    return bring(reader, goodreads)


def at(brought, title):
    return brought.works.get(title__startswith=title)


def test_a_file_is_taken_in_and_told_to_the_worker(
    logged_in, reader, goodreads, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setattr("huey_tasks.queue.work_on_list", told.append)
    with django_capture_on_commit_callbacks(execute=True):
        response = send(logged_in, goodreads, "내 목록.csv")
    made = ReadingList.objects.get()
    assert (response.status_code, response["Location"]) == (302, made.get_absolute_url())
    assert (made.reader, made.state, made.format, made.name) == (reader, State.READING, "goodreads", "내 목록.csv")
    assert told == [made.pk]


def test_pasted_titles_are_a_list_too(logged_in, reader, catalogue):
    logged_in.post(url("lists"), {"titles": "등불의 서고 3권\r\n없는 책\r\n", "pasted_state": "dropped"})
    made = ReadingList.objects.get()
    work.go_on(made.pk)
    made.refresh_from_db()
    assert (made.format, made.stateless, made.numbers()["matched"], made.numbers()["missing"]) == (
        "pasted",
        "dropped",
        1,
        1,
    )
    keep(made)
    assert ShelfEntry.objects.get().state == "dropped"


@pytest.mark.parametrize(("pasted", "read"), [("등불의 서고 3권", 3), ("등불의 서고 3", 3), ("등불의 서고", None)])
def test_a_pasted_title_with_a_volume_was_read_so_far(logged_in, reader, catalogue, pasted, read):
    logged_in.post(url("lists"), {"titles": pasted, "pasted_state": "read"})
    made = ReadingList.objects.get()
    work.go_on(made.pk)
    made.refresh_from_db()
    keep(made)
    entry = ShelfEntry.objects.get()
    assert (entry.state, entry.volumes_read) == ("reading" if read else "read", read)


@pytest.mark.parametrize("state", ["reading", "hold", "dropped"])
@pytest.mark.parametrize("pasted", ["등불의 서고 3권", "灯の物語 3巻", "Lamp Tales vol. 3"])
def test_how_far_a_pasted_title_was_read_is_shown_and_kept_in_the_state_that_is_chosen(
    logged_in, reader, catalogue, pasted, state
):
    logged_in.post(url("lists"), {"titles": pasted, "pasted_state": state})
    made = ReadingList.objects.get()
    work.go_on(made.pk)
    assert "up to volume 3" in logged_in.get(made.get_absolute_url()).content.decode()
    made.refresh_from_db()
    keep(made)
    assert list(ShelfEntry.objects.values_list("state", "volumes_read")) == [(state, 3)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "There is nothing in the file."),
        (b"PK\x03\x04 no zip", "The archive is broken"),
        (b"a\0b", "this is not a list"),
        (b"\xff\xfa\xfb\xfc", "could not be read in any encoding"),
        (b'{"a": 1}', "no reading list that we know"),
    ],
)
def test_what_is_no_list_is_answered_with_a_sentence(logged_in, reader, data, words):
    response = send(logged_in, data)
    assert response.status_code == 422
    assert words.lower() in response.content.decode().lower()
    assert (ReadingList.objects.count(), ListFile.objects.count()) == (0, 0)


def test_a_file_that_is_too_large_is_not_taken_in(logged_in, reader, monkeypatch):
    monkeypatch.setattr("users.reading_lists.uploads.MAX_UPLOAD", 100_000)
    response = send(logged_in, b"x" * 300_000)
    assert response.status_code == 422
    assert "larger than 20 MB" in response.content.decode()
    assert ReadingList.objects.count() == 0


def test_nothing_sent_is_asked_for_and_what_was_pasted_is_kept_on_the_page(logged_in, reader):
    assert "Please choose a file" in logged_in.post(url("lists")).content.decode()
    too_long = logged_in.post(url("lists"), {"titles": "제목\n" * 20_001})
    assert too_long.status_code == 422
    assert "제목" in too_long.content.decode()


def test_many_unfinished_lists_are_enough(logged_in, reader, goodreads):
    for _number in range(MAX_OPEN):
        ReadingList.objects.create(reader=reader, format="goodreads", state=State.READY)
    assert "lie here unfinished" in send(logged_in, goodreads).content.decode()
    assert ReadingList.objects.count() == MAX_OPEN


def test_lists_in_a_short_time_are_limited(logged_in, reader, goodreads, settings):
    settings.RATE_LIMITS = True
    answers = [send(logged_in, goodreads, csrf=n).status_code for n in range(21)]
    assert answers.count(302) == MAX_OPEN


def test_the_columns_of_a_table_are_chosen_over_its_first_rows(logged_in, reader, catalogue):
    send(logged_in, "이름,점수,상태\n등불의 서고,9,완독\n눈 내리는 왕국,5,읽는 중\n".encode("cp949"), "표.csv")
    made = ReadingList.objects.get()
    page = logged_in.get(made.get_absolute_url())
    assert "눈 내리는 왕국" in page.content.decode()
    assert (
        "cannot be read in these letters"
        in logged_in.get(f"{made.get_absolute_url()}?encoding=utf-8-sig").content.decode()
    )
    chosen = {"encoding": "cp949", "header": "on", "column_1": "rating", "column_2": "state", "scale": "10"}
    nothing = logged_in.post(url("choose_columns", made.pk), chosen)
    assert nothing.status_code == 422
    assert "choose the column with the titles" in nothing.content.decode()
    twice = logged_in.post(url("choose_columns", made.pk), chosen | {"column_0": "title", "column_1": "title"})
    assert "Chosen for two columns: Title." in twice.content.decode()
    assert logged_in.post(url("choose_columns", made.pk), chosen | {"column_0": "title"}).status_code == 302
    work.go_on(made.pk)
    made.refresh_from_db()
    keep(made)
    assert list(ShelfEntry.objects.order_by("pk").values_list("novel__slug", "rating", "state")) == [
        ("lamplight", 9, "read"),
        ("snowfall", 5, "reading"),
    ]


def test_the_columns_can_be_chosen_again_until_the_list_is_on_the_shelf(logged_in, reader, catalogue):
    send(
        logged_in,
        "작품 이름,내 점수,끝낸 날짜\n등불의 서고,9,2024. 3. 1.\n눈 내리는 왕국,5,24년 봄\n".encode(),
        "표.csv",
    )
    made = ReadingList.objects.get()
    page = logged_in.get(made.get_absolute_url())
    assert [(column.value(), cells[0]) for column, cells in page.context["columns"]] == [
        ("title", "작품 이름"), ("rating", "내 점수"), ("finished_on", "끝낸 날짜"),
    ]  # fmt: skip
    assert page.context["form"]["scale"].value() == 10
    wrong = {"encoding": "utf-8-sig", "header": "on", "column_2": "title"}
    logged_in.post(url("choose_columns", made.pk), wrong)
    work.go_on(made.pk)
    assert "Choose the columns again" in logged_in.get(made.get_absolute_url()).content.decode()
    logged_in.post(url("choose_columns", made.pk), {"again": "1"})
    page = logged_in.get(made.get_absolute_url())
    assert page.context["form"]["column_2"].value() == "title"
    right = wrong | {"column_0": "title", "column_1": "rating", "column_2": "finished_on"}
    logged_in.post(url("choose_columns", made.pk), right)
    work.go_on(made.pk)
    page = logged_in.get(made.get_absolute_url() + "?verdict=matched").content.decode()
    assert "2 lines, which are 2 works" in page
    assert "The date of 1 line could not be read" in page
    made.refresh_from_db()
    keep(made)
    assert not ListFile.objects.exists()
    assert "Choose the columns again" not in logged_in.get(made.get_absolute_url()).content.decode()
    logged_in.post(url("choose_columns", made.pk), {"again": "1"})
    made.refresh_from_db()
    assert made.state == State.KEPT


def test_the_progress_is_told_until_it_is_done(logged_in, brought):
    ReadingList.objects.update(state=State.READING, done=30, total=120)
    page = logged_in.get(brought.get_absolute_url()).content.decode()
    assert 'value="25"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "30 of 120" in logged_in.get(f"{brought.get_absolute_url()}?progress=1", headers=HTMX).content.decode()
    ReadingList.objects.update(state=State.READY)
    done = logged_in.get(f"{brought.get_absolute_url()}?progress=1", headers=HTMX)
    assert done["HX-Redirect"] == brought.get_absolute_url()


def test_doubts_come_first_with_what_they_may_be(logged_in, brought):
    html = logged_in.get(brought.get_absolute_url()).content.decode()
    assert "Girl Who Writes" in html
    assert "the title is similar" in html
    assert 'value="letters"' in html
    assert "Lamp Tales, Vol. 1" not in html
    assert "Put 1 work on my shelf" in html


@pytest.mark.parametrize("htmx", [True, False])
def test_a_doubt_is_decided_and_decided_again(logged_in, brought, htmx):
    doubt = at(brought, "Girl")
    headers = HTMX if htmx else {}

    def answer(**data):
        response = logged_in.post(url("listed_work", doubt.pk), {"verdict": "doubtful", **data}, headers=headers)
        assert response.status_code == (200 if htmx else 302)
        doubt.refresh_from_db()
        return response

    told = answer(do="choose", novel="letters")
    assert (doubt.verdict, doubt.novel.slug, doubt.by_hand) == ("matched", "letters", True)
    if htmx:
        assert "Put 2 works on my shelf" in told.content.decode()
    answer(do="reopen")
    assert (doubt.verdict, doubt.novel, doubt.by_hand) == ("doubtful", None, False)
    answer(do="none")
    assert (doubt.verdict, doubt.by_hand) == ("missing", True)


def test_what_was_found_can_be_left_out(logged_in, reader, brought):
    found = at(brought, "Lamp")
    logged_in.post(url("listed_work", found.pk), {"do": "leave"})
    page = logged_in.get(f"{brought.get_absolute_url()}?verdict=matched").content.decode()
    assert "Put it back in" in page
    assert "Nothing is chosen for the shelf yet" in page
    logged_in.post(url("keep_list", brought.pk))
    brought.refresh_from_db()
    assert brought.state == State.READY
    logged_in.post(url("listed_work", found.pk), {"do": "reopen"})
    keep(brought)
    assert reader.shelf_entries.count() == 1


def test_another_work_is_looked_for_by_any_name(logged_in, brought):
    missing = at(brought, "=Unknown")
    page = logged_in.get(url("listed_work", missing.pk), {"q": "snow king"})
    assert 'value="snowfall"' in page.content.decode()
    partial = logged_in.get(url("listed_work", missing.pk), {"q": "눈 내리는"}, headers=HTMX).content.decode()
    assert 'value="snowfall"' in partial
    assert "<html" not in partial
    logged_in.post(url("listed_work", missing.pk), {"do": "choose", "novel": "snowfall"})
    missing.refresh_from_db()
    assert (missing.verdict, missing.novel.slug) == ("matched", "snowfall")


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 400), ({"do": "choose"}, 400), ({"do": "choose", "novel": "no-such"}, 404), ({"do": "delete"}, 400), ({"do": "choose", "novel": "\x00"}, 400)],
)  # fmt: skip
def test_answers_that_are_none_change_nothing(logged_in, brought, data, status):
    doubt = at(brought, "Girl")
    assert logged_in.post(url("listed_work", doubt.pk), data).status_code == status
    doubt.refresh_from_db()
    assert doubt.verdict == "doubtful"


@pytest.mark.parametrize(("do", "verdict"), [("choose", "matched"), ("none", "missing")])
def test_the_doubts_of_a_page_are_answered_at_once(logged_in, brought, do, verdict):
    doubts = list(brought.works.filter(verdict="doubtful").values_list("pk", flat=True))
    others = list(brought.works.exclude(verdict="doubtful").values_list("verdict", "pk").order_by("pk"))
    assert len(doubts) == 2
    logged_in.post(url("answer_list", brought.pk), {"do": do, "works": doubts})
    assert set(ListedWork.objects.filter(pk__in=doubts).values_list("verdict", flat=True)) == {verdict}
    assert list(brought.works.exclude(pk__in=doubts).values_list("verdict", "pk").order_by("pk")) == others


def test_answers_to_what_stands_elsewhere_are_refused(logged_in, brought, stranger, goodreads):
    theirs = bring(stranger, goodreads)
    pks = [*theirs.works.values_list("pk", flat=True), at(brought, "Lamp").pk]
    logged_in.post(url("answer_list", brought.pk), {"do": "none", "works": pks})
    assert not ListedWork.objects.filter(by_hand=True).exists()


def test_kept_undone_and_deleted(logged_in, reader, brought):
    logged_in.post(url("keep_list", brought.pk), {"stateless": "hold"})
    assert ReadingList.objects.get().state == State.KEEPING
    assert logged_in.post(url("keep_list", brought.pk)).status_code == 302  # pressed twice
    work.go_on(brought.pk)
    page = logged_in.get(brought.get_absolute_url()).content.decode()
    assert "It is on your shelf." in page
    assert reader.shelf_entries.count() == 1
    logged_in.post(url("undo_list", brought.pk))
    work.go_on(brought.pk)
    assert "It was taken back." in logged_in.get(brought.get_absolute_url()).content.decode()
    assert reader.shelf_entries.count() == 0
    logged_in.post(url("delete_list", brought.pk))
    assert (ReadingList.objects.count(), ListedWork.objects.count()) == (0, 0)


def test_what_is_missing_is_a_table_without_formulas(logged_in, brought):
    response = logged_in.get(url("missing_of_list", brought.pk))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [["Line", "Title", "Author", "ISBN"], ["5", "'=Unknown & <Sea> (light novel)", "X", ""]]
    assert response["Content-Disposition"].startswith("attachment")


def test_titles_of_strangers_are_only_text(logged_in, brought):
    html = logged_in.get(f"{brought.get_absolute_url()}?verdict=missing").content.decode()
    assert "&lt;Sea&gt;" in html
    assert "<Sea>" not in html


def test_strangers_get_404(client, stranger, brought):
    client.force_login(stranger)
    one = at(brought, "Girl")
    for name, pk in (("reading_list", brought.pk), ("missing_of_list", brought.pk), ("listed_work", one.pk)):
        assert client.get(url(name, pk)).status_code == 404
    for name in ("choose_columns", "answer_list", "keep_list", "undo_list", "delete_list"):
        assert client.post(url(name, brought.pk)).status_code == 404
    assert client.post(url("listed_work", one.pk), {"do": "none"}).status_code == 404
    assert brought.get_absolute_url() not in client.get(url("lists")).content.decode()
    assert ReadingList.objects.get().state == State.READY


def test_visitors_are_led_to_the_login(client, brought):
    for name, *args in (("lists",), ("reading_list", brought.pk), ("listed_work", 1)):
        assert client.get(url(name, *args))["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("verdict", ["doubtful", "matched", "missing"])
def test_a_page_asks_the_database_as_often_for_many_works_as_for_few(logged_in, reader, goodreads, verdict):
    def counted(brought):
        with CaptureQueriesContext(connection) as queries:
            assert logged_in.get(f"{brought.get_absolute_url()}?verdict={verdict}").status_code == 200
        return len(queries)

    few = bring(reader, goodreads)
    many = bring(reader, goodreads)
    for row in list(many.works.all()):
        for number in range(40):
            row.pk, row.line = None, 100 + number
            row.save()
    counted(few)  # what is asked once a process
    assert counted(many) <= counted(few)
    assert counted(few) <= 12


def test_the_page_of_lists_asks_no_more_for_many(logged_in, reader, django_assert_max_num_queries):
    for _number in range(45):
        ReadingList.objects.create(reader=reader, format="goodreads", state=State.KEPT)
    logged_in.get(url("lists"))  # what is asked once a session
    with django_assert_max_num_queries(6):
        html = logged_in.get(url("lists")).content.decode()
    assert html.count('class="lists-state"') == 20


def test_the_limit_of_an_upload_is_the_one_that_is_told():
    assert unpacking.MAX_UPLOAD == 20 * 1024 * 1024


@pytest.fixture
def account(reader, catalogue):
    """As AniList gives it: numbers alone. Lamplight is known by its number there, 777 by none of ours."""
    anime = [{"series_id": number, "series_type": 0} for number in (85470, 777, 3)]
    novel = {"series_id": 85470, "status": 0, "score": 85, "progress_volume": 3, "custom_lists": '["[0]"]'}
    return bring(reader, files.anilist_account(*anime, novel, {"series_id": 777, "status": 2}, {"series_id": "x"}))


def test_an_account_of_anilist_is_sent_under_any_name_and_kept(logged_in, reader, account):
    data = files.anilist_account({"series_id": 85470})
    assert send(logged_in, data, name="list.csv").status_code == 302
    assert ReadingList.objects.latest("pk").format == "anilist"
    keep(account)
    (entry,) = reader.shelf_entries.all()
    assert (entry.novel.slug, entry.state, entry.rating, entry.volumes_read) == ("lamplight", "reading", 9, 3)


def test_a_work_of_which_a_list_gives_the_number_alone_is_called_by_it(logged_in, account):
    page = logged_in.get(account.get_absolute_url() + "?verdict=missing").content.decode()
    assert '<h2 dir="auto">AniList no. 777</h2>' in page
    logged_in.cookies["django_language"] = "ko"
    assert '<h2 dir="auto">AniList 777번</h2>' in logged_in.get(account.get_absolute_url() + "?verdict=missing").text
    logged_in.cookies["django_language"] = "en"
    sheet = list(csv.reader(io.StringIO(logged_in.get(url("missing_of_list", account.pk)).content.decode("utf-8-sig"))))
    assert sheet[1:] == [["5", "AniList no. 777", "", ""]]
    (missing,) = account.works.filter(verdict="missing")
    assert 'name="q" value=""' in logged_in.get(url("listed_work", missing.pk)).text


def test_anime_of_an_account_are_left_out_and_counted(logged_in, reader, account, catalogue):
    assert account.numbers() == {"matched": 1, "doubtful": 0, "missing": 1, "not_novel": 0, "faulty": 1}
    assert "3 anime are left out: only books go onto the shelf." in logged_in.get(account.get_absolute_url()).text
    alone = bring(reader, files.anilist_account({"series_id": 85470, "series_type": 0}))
    assert (alone.state, alone.works.count()) == (State.READY, 0)
    assert "1 anime is left out" in logged_in.get(alone.get_absolute_url()).text
    none = bring(reader, files.anilist_account({"series_id": 85470}))
    assert "left out: only books" not in logged_in.get(none.get_absolute_url()).text


def test_a_number_alone_is_no_gap_on_the_shelf(reader, catalogue):
    entry = files.anilist_entry(777, "")
    brought = bring(reader, files.anilist_answer(("Reading", False, [entry])))
    assert list(brought.works.values_list("verdict", "is_novel", "title")) == [("missing", True, "")]
    keep(brought)
    assert not Gap.objects.exists()
