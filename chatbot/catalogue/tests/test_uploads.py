"""Works brought in by a file in the admin: sent, looked at, applied by the worker, undone."""

import ast
import copy
import csv
import gzip
import io
import json
import pickle
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from chatbot.catalogue import reasons
from chatbot.catalogue.importing import lines, uploads
from chatbot.catalogue.importing.models import Draft, Import, PreviewedWork, Upload, UploadFile
from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.models import Change, Novel
from huey_tasks import sweeping
from lightnovel import buffering

from .factories import novel_row, write_lines

pytestmark = pytest.mark.django_db
ADD = reverse("admin:catalogue_upload_add")
HEADER = ["한국어 제목", "일본어 제목", "영어 제목", "저자", "연도", "권수", "상태", "메모"]
ROW = ["등대의 이야기", "月夜の物語", "The Lighthouse", "夜野", "2019", "3", "완결", "x"]
TAGS = {"fantasy": 3, "adventure": 2, "isekai": 2, "bright": 2, "dragons": 1, "comedy": 1}


@pytest.fixture
def shelf(tmp_path):
    load_catalogue(write_lines(tmp_path / "novels.jsonl", [novel_row("lamp"), novel_row("moon")]))


@pytest.fixture
def editor(client, shelf):
    user = get_user_model().objects.create_user("editor", is_staff=True)
    user.groups.add(Group.objects.get(name="Catalogue editors"))
    client.force_login(user)
    return client


def send(client, data, name="works.csv"):
    return client.post(ADD, {"file": SimpleUploadedFile(name, data)})


def table(*rows, encoding="utf-8-sig"):
    sheet = io.StringIO()
    csv.writer(sheet).writerows([HEADER, *rows])
    return sheet.getvalue().encode(encoding)


def json_lines(*rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def whole(name, **fields):
    titles = {"ko": f"{name} 이야기", "ja": f"{name}の話", "en": f"Story of {name}"}
    return {
        "titles": titles,
        "authors": ["夜野"],
        "year": 2019,
        "volumes": 3,
        "status": "ongoing",
        "tags": TAGS,
        "synopsis": {"ko": "이야기.", "en": "A story.", "ja": "物語。"},
        **fields,
    }


def step(client, upload, name, **data):
    return client.post(reverse("admin:catalogue_upload_step", args=[upload.pk, name]), data)


def page_of(client, upload, **query):
    return client.get(reverse("admin:catalogue_upload_change", args=[upload.pk]), query)


def taken(client, data, name="works.jsonl"):
    """A file of JSON lines that was sent and looked through."""
    assert send(client, data, name).status_code == 302
    upload = Upload.objects.first()
    uploads.go_on(upload.pk)
    upload.refresh_from_db()
    return upload


# --- Hostile and broken files ---


def zipped(data):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("works.csv", data)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped(b"0" * 10_000), "archive"),
        (gzip.compress(b"0" * 1_000_000), "archive"),
        (b"", "nothing in the file"),
        (b" \n\n", "nothing in the file"),
        (b"\xff\xfe\xff", "letters"),
        (b"a,b\n\x00\x01", "not a text file"),
        (b"\x81\x20\xfe\xff\x80", "letters"),
        (b'[{"titles": {}}]', "JSON list"),
        (b"a,b\n" * 20_001, "more than 20,000 lines"),
        (b"a" * (uploads.MAX_BYTES + 1), "larger than 960 KB"),
    ],
)
def test_what_cannot_be_a_file_of_works_is_told_and_not_kept(editor, data, words):
    with translation.override("en"):
        editor.cookies["django_language"] = "en"
        answer = send(editor, data)
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["file"])
    assert not Upload.objects.exists()


def test_a_file_of_the_largest_size_passes_the_server():
    assert uploads.MAX_BYTES < buffering.MAX_BODY - 16 * 1024  # the rest of the form


def test_no_file_is_told(editor):
    assert editor.post(ADD, {}).status_code == 422


# --- Encodings ---


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "cp932", "utf-16"])
def test_the_letters_are_found_out(editor, encoding):
    if encoding == "cp932":
        rows = [["", "灯台のひかりの物語です", "The Lighthouse", "夜野", "2019", "3", "完結", "メモ"]] * 3
        data = io.StringIO()
        csv.writer(data).writerows([["", "タイトル", "英語タイトル", "著者", "刊行年", "巻数", "状態", "メモ"], *rows])
        sent = data.getvalue().encode("cp932")
    else:
        sent = table(ROW, encoding=encoding)
    assert send(editor, sent).status_code == 302
    upload = Upload.objects.get()
    assert (upload.encoding, upload.state) == (encoding, "choosing")
    assert "The Lighthouse" in page_of(editor, upload).content.decode()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "cp932"])
def test_broken_files_lose_only_what_is_broken(editor, encoding):
    """A quote that is never closed, a year that is none, and a row that is cut off."""
    korean = ["등대", "나침반"] if encoding != "cp932" else ["", ""]
    good = [[korean[n], f"第{n}夜のひかりの物語", f"Story {n}", "夜野", "2019", "3", "ongoing", ""] for n in range(2)]
    broken = ['"open', ""], ["", "第三夜のひかりの物語", "Story 3", "夜野", "soon"], ["", "第四夜のひかりの物語"]
    sheet = "\r\n".join(",".join(row) for row in (["ko", "title ja", "title en", "author", "year"], *good, *broken))
    send(editor, sheet.encode(encoding))
    upload = Upload.objects.get()
    assert upload.encoding == encoding
    columns = {"titles.ja": "title ja", "titles.en": "title en", "authors": "author", "year": "year"}
    uploads.choose(upload, upload.encoding, columns)
    uploads.go_on(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.counts) == ("ready", {"drafted": 3, "rejected": 2})


def test_letters_that_were_read_wrongly_refuse_their_rows(editor):
    send(editor, table(ROW))
    upload = Upload.objects.get()
    UploadFile.objects.update(data=table(ROW, ROW).replace("月".encode(), b"\xff\xfe", 1))
    uploads.choose(upload, "utf-8-sig", {"titles.ja": "일본어 제목"})
    uploads.go_on(upload.pk)
    assert Upload.objects.get().counts == {"rejected": 1, "drafted": 1}
    assert "encoding" in PreviewedWork.objects.get(action="rejected").reason


def test_another_encoding_can_be_chosen(editor):
    send(editor, table(ROW, encoding="cp949"))
    upload = Upload.objects.get()
    other = page_of(editor, upload, encoding="utf-8-sig")
    assert other.status_code == 200  # it cannot be read so, which is told
    assert other.context["form"]["encoding"].value() == "cp949"
    assert len(other.context["messages"]) == 1


# --- Columns ---


def choose(client, upload, **changes):
    page = page_of(client, upload)
    data = {"encoding": upload.encoding}
    data |= {field.html_name: field.value() or "" for field, _cells in page.context["columns"]}
    return step(client, upload, "columns", **(data | changes))


def test_columns_are_guessed_by_their_names_and_the_rows_looked_through(editor):
    send(editor, table(ROW))
    upload = Upload.objects.get()
    fields = [field.value() for field, _cells in page_of(editor, upload).context["columns"]]
    assert fields == ["titles.ko", "titles.ja", "titles.en", "authors", "year", "volumes", "status", ""]
    assert choose(editor, upload).status_code == 302
    uploads.go_on(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.counts) == ("ready", {"drafted": 1})
    assert not Draft.objects.exists()
    assert page_of(editor, upload).context["works"][0]["work"].title == "月夜の物語"


def test_columns_chosen_wrongly_are_told_and_can_be_chosen_again(editor):
    send(editor, table(ROW))
    upload = Upload.objects.get()
    twice = choose(editor, upload, column_1="titles.ko")
    assert twice.status_code == 422
    assert "titles.ko" not in twice.context["form"].errors
    nothing = {f"column_{place}": "" for place in range(len(HEADER))}
    assert choose(editor, upload, **nothing).status_code == 422
    assert choose(editor, upload).status_code == 302
    uploads.go_on(upload.pk)
    step(editor, upload, "again")
    assert Upload.objects.get().state == "choosing"


# --- Looking at it ---


def test_a_preview_tells_new_changed_doubtful_and_refused(editor):
    moon = novel_row("moon")
    data = json_lines(
        whole("lighthouse"),
        {"titles": {"ja": "lampの物語"}, "volumes": 9, "tags": {"dragons": 2}},
        {"titles": {"en": moon["titles"]["en"]}, "authors": ["別人"], "year": 1999},
        {"titles": {"ja": "新"}, "year": "soon"},
    )
    upload = taken(editor, data + b"{not json\n\n[1]\n")
    assert upload.counts == {"added": 1, "changed": 1, "doubtful": 1, "rejected": 3}
    assert Novel.objects.count() == 2

    (changed,) = page_of(editor, upload, action="changed").context["works"]
    differing = {one.field: (one.before, one.after) for one in changed["differing"]}
    assert differing["volumes"] == ("5", "9")
    assert set(differing) == {"volumes", "tags"}
    (doubtful,) = page_of(editor, upload, action="doubtful").context["works"]
    assert [slug for _novel, slug in doubtful["candidates"]] == ["moon"]
    refused = page_of(editor, upload, action="rejected").context["works"]
    assert [one["work"].where for one in refused] == ["line 4", "line 5", "line 7"]
    assert all(one["reason"] for one in refused)
    assert page_of(editor, upload, action="nothing").context["action"] == "added"


FAULTY = [
    {"titles": {}},
    {"titles": {"ko": "가", "en": "b", "ja": "月"}, "status": "gone"},
    {"titles": {"ja": 3}},
    {"titles": {"ja": "月の光"}, "colour": 1, "external_ids": {"mal": "x y"}},
    {"titles": {"ja": "月の光"}, "year": 2001},
    {"titles": {"ja": "星"}, "slug": "moon", "year": 1900},
]
ENGLISH = [
    "no title",
    "the status is none of ongoing, completed, hiatus: 'gone'",
    "titles.ja is not a text",
    "",
    "line 4 has the same title",
    "year is not between 1970 and 2100: 1900",
]


@pytest.mark.parametrize("language", ["ko", "ja", "en"])
def test_why_a_line_is_not_taken_is_told_in_the_operators_language(editor, language):
    upload = taken(editor, json_lines(*FAULTY))
    kept = list(upload.works.order_by("position"))
    assert [work.reason for work in kept] == ENGLISH  # as commands say it
    editor.cookies["django_language"] = language
    told, remarks, places = {}, [], []
    for action in ("rejected", "doubtful", "drafted"):
        for work in page_of(editor, upload, action=action).context["works"]:
            told[work["work"].position] = work["reason"]
            remarks += work["remarks"]
            places.append(work["where"])
    told = [told[work.position] for work in kept]
    assert len(remarks) == 2
    if language == "en":
        assert told == ENGLISH
        assert "colour: no such field, left out" in remarks
    else:
        own = "[가-힣]" if language == "ko" else "[ぁ-ん]"
        assert [one for one in [*told, *remarks] if one and not re.search(own, one)] == []
        assert not any("line" in one for one in [*told, *places])
        assert "1900" in told[5]


def test_a_reason_kept_before_there_were_codes_is_told_as_it_is():
    assert reasons.in_words("something new") == "something new"
    assert reasons.in_words('{"code": "of another release"}') == ""


def test_every_reason_fits_where_there_is_little_room():
    made = reasons.Reason("no_column", what="제목" * 90, encoding="utf-8-sig", there="a, " * 200)
    assert len(made.as_short_text()) < 300
    assert reasons.in_words(made.as_short_text()).count("제목") == 25


def test_a_reason_is_one_still_when_it_is_copied():
    made = reasons.Reason("too_long", field="titles.ja", most=250)
    for copied in (copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert (copied, copied.as_json()) == (made, made.as_json())
    assert made == "titles.ja is longer than 250 letters"


def test_every_sentence_of_a_reason_is_used_with_all_that_stands_in_it():
    """So that none fails when it is needed: each code in the source has the values of its sentence."""
    folder = Path(reasons.__file__).parent
    used = set()
    for path in [*folder.glob("*.py"), *folder.glob("importing/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in ("BadRow", "Reason"):
                continue
            if not node.args or isinstance(node.args[0], ast.Name):
                continue
            said = node.args[0]
            for code in [one.value for one in ([said.body, said.orelse] if isinstance(said, ast.IfExp) else [said])]:
                used.add(code)
                wanted = set(re.findall(r"%\((\w+)\)s", reasons.SENTENCES[code]))
                assert {one.arg for one in node.keywords} == wanted, (path.name, code)
    assert used == set(reasons.SENTENCES)


def test_a_preview_is_paged_and_costs_the_same_with_more_rows(editor):
    upload = taken(editor, json_lines(whole("a")))

    def queries():
        with CaptureQueriesContext(connection) as context:
            page_of(editor, upload)
        return len(context)

    queries()
    before = queries()
    for _ in range(2):
        PreviewedWork.objects.create(of=upload, position=9, action="added", where="line 9", title="b")
    assert queries() == before
    rows = [PreviewedWork(of=upload, position=n, action="added", where=f"line {n}") for n in range(40)]
    PreviewedWork.objects.bulk_create(rows)
    assert len(page_of(editor, upload).context["works"]) == 25


def test_the_list_of_uploads_costs_the_same_with_more_rows(editor):
    upload = taken(editor, json_lines(whole("a")))

    def queries():
        with CaptureQueriesContext(connection) as context:
            assert editor.get(reverse("admin:catalogue_upload_changelist")).status_code == 200
        return len(context)

    queries()
    before = queries()
    for _ in range(2):
        upload.pk = None
        upload.save(force_insert=True)
    assert queries() == before


def test_the_progress_ends_by_leading_to_the_page(editor):
    send(editor, json_lines(whole("a")), "works.jsonl")
    upload = Upload.objects.get()
    ask = {"HX-Request": "true"}
    address = reverse("admin:catalogue_upload_change", args=[upload.pk])
    waiting = editor.get(f"{address}?progress=1", headers=ask)
    assert "hx-get" in waiting.content.decode()
    uploads.go_on(upload.pk)
    assert editor.get(f"{address}?progress=1", headers=ask)["HX-Redirect"] == address


# --- Applying and undoing ---


def test_applying_is_done_by_the_worker_and_undone_from_the_admin(editor):
    upload = taken(editor, json_lines(whole("lighthouse"), {"titles": {"ja": "lampの物語"}, "volumes": 9}))
    assert step(editor, upload, "apply").status_code == 302
    assert Novel.objects.count() == 2  # the worker's part
    uploads.go_on(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, Novel.objects.count()) == ("applied", 3)
    assert Novel.objects.get(slug="lamp").volumes == 9
    imported = Import.objects.get()
    assert (imported.counts, imported.made_by.username) == ({"added": 1, "changed": 1}, "editor")
    assert not UploadFile.objects.exists()
    assert set(Change.objects.values_list("how", "by__username")) == {("added", "editor"), ("imported", "editor")}
    own_page = reverse("admin:catalogue_upload_change", args=[upload.pk])
    undo = {"action": "undo_selected", "_selected_action": [imported.pk]}
    assert f'name="_selected_action" value="{imported.pk}"' in editor.get(own_page).content.decode()
    asked = editor.post(reverse("admin:catalogue_import_changelist"), undo)
    assert asked.templates[0].name == "admin/catalogue/import/undo.html"
    editor.post(reverse("admin:catalogue_import_changelist"), undo | {"confirmed": "yes"})
    assert Novel.objects.count() == 2
    assert Novel.objects.get(slug="lamp").volumes == 5
    page = editor.get(own_page)
    assert "undo_selected" not in page.content.decode()
    assert page.context["applied"].undone_by.username == "editor"


def test_two_presses_are_one(editor):
    upload = taken(editor, json_lines(whole("lighthouse")))
    step(editor, upload, "apply"), step(editor, upload, "apply")
    uploads.go_on(upload.pk), uploads.go_on(upload.pk)
    assert Import.objects.count() == 1


def test_an_applying_that_broke_off_is_gone_on_with_as_one_import(editor, monkeypatch):
    upload = taken(editor, json_lines(*(whole(name) for name in ("a", "b", "c"))))
    step(editor, upload, "apply")
    read, left = lines.read, []

    def breaks(path, encoding):
        for number, record in enumerate(read(path, encoding)):
            if number == 2 and not left:
                left.append(1)
                raise SystemExit  # the worker is killed
            yield record

    monkeypatch.setattr(lines, "read", breaks)
    monkeypatch.setattr("lightnovel.batches.MOST", 1)  # works of a transaction
    with pytest.raises(SystemExit):
        uploads.go_on(upload.pk)
    assert Novel.objects.count() == 4
    uploads.go_on(upload.pk)  # nobody else may, while the first one may still be at it
    assert Novel.objects.count() == 4
    Upload.objects.update(touched_at=timezone.now() - timedelta(minutes=2))
    uploads.go_on_with_stalled()
    assert Novel.objects.count() == 5
    assert Import.objects.get().counts == {"added": 3}
    assert Import.objects.get().works.count() == 3


def test_what_breaks_is_told_and_can_be_tried_again(editor, monkeypatch):
    upload = taken(editor, json_lines(whole("a")))
    step(editor, upload, "apply")
    monkeypatch.setattr("chatbot.catalogue.importing.applying.run", lambda *args, **kwargs: 1 / 0)
    uploads.go_on(upload.pk)
    upload.refresh_from_db()
    assert (upload.state, upload.failure) == ("ready", "broke_off")
    assert page_of(editor, upload).context["failure"] != "broke_off"


def test_a_file_is_let_go_or_forgotten_after_a_month(editor):
    upload = taken(editor, json_lines(whole("a")))
    step(editor, upload, "forget")
    assert [model.objects.count() for model in (Upload, UploadFile, PreviewedWork)] == [0, 0, 0]
    taken(editor, json_lines(whole("a")))
    sweeping.sweep()
    assert Upload.objects.exists()
    Upload.objects.update(made_at=timezone.now() - timedelta(days=31))
    sweeping.sweep()
    assert not Upload.objects.exists()


# --- Who may ---


def test_only_who_may_add_uploads_goes_on_with_them(editor):
    upload = taken(editor, json_lines(whole("a")))
    reviewer = Client()
    user = get_user_model().objects.create_user("reviewer", is_staff=True)
    user.groups.add(Group.objects.get(name="Reviewers"))
    reviewer.force_login(user)
    assert reviewer.get(ADD).status_code == 403
    assert page_of(reviewer, upload).status_code == 403
    for name in ("columns", "again", "apply", "forget"):
        assert step(reviewer, upload, name).status_code == 403
    assert Upload.objects.get().state == "ready"
    assert step(Client(), upload, "apply").status_code == 302
    assert step(editor, upload, "nothing").status_code == 404
    assert editor.get(reverse("admin:catalogue_upload_step", args=[upload.pk, "apply"])).status_code == 405


# --- JSON lines ---


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"titles": "x"}, "titles is not an object"),
        ({"titles": {"ja": "物"}, "authors": "x"}, "authors is not a list"),
        ({"titles": {"ja": "物"}, "status": "ended"}, "status is none of"),
        ({"titles": {"ja": "物"}, "tags": {"fantasy": 9}}, "a tag's strength"),
        ({"titles": {"ja": "物"}, "tags": "fantasy"}, "tags is neither"),
        ({"titles": {"ja": "物"}, "synopsis": {"ko": "<b>x</b>"}}, "synopsis holds HTML"),
        ({"titles": {"ja": "物"}, "editions": {"ko": True}}, "editions is not"),
        ({"titles": {"ja": "物"}, "editions": []}, "editions is not"),
        ({"titles": {"ja": "物\x00"}}, "NUL"),
        ({"year": 2019}, "no title"),
        ({"titles": {"ja": "物"}, "year": True}, "year is not a whole number"),
    ],
)
def test_lines_that_cannot_be_a_work_are_refused_with_a_reason(db, tmp_path, row, reason):
    (found,) = lines.read(write_lines(tmp_path / "works.jsonl", [row]))
    assert reason in found.reason


def test_a_line_says_what_it_says_and_no_more(db, tmp_path):
    load_catalogue()
    row = {"titles": {"ja": "物"}, "tags": ["fantasy", "nobody"], "colour": "red", "anime": True}
    (found,) = lines.read(write_lines(tmp_path / "works.jsonl", [row]))
    assert found.row == {"titles": {"ja": "物"}, "tags": {"fantasy": 2}, "anime": True}
    assert (found.unknown_tags, len(found.remarks)) == (["nobody"], 1)


def test_what_was_exported_comes_back_as_untouched(editor, tmp_path):
    from django.core.management import call_command

    call_command("export_catalogue", str(tmp_path / "out.jsonl"))
    upload = taken(editor, (tmp_path / "out.jsonl").read_bytes())
    assert upload.counts == {"untouched": 2}
