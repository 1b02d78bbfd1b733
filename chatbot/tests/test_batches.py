"""Much work is done in transactions of bounded time: nobody waits long for the write lock, and a crash loses nothing."""

import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.utils import timezone

from chatbot.catalogue import search
from chatbot.catalogue.importing import applying
from chatbot.catalogue.importing.models import Draft, Import, ImportedWork
from chatbot.catalogue.importing.records import Record
from chatbot.catalogue.loading import export_rows, load_catalogue, rename
from chatbot.catalogue.models import Name, Novel, NovelTag, Revision, Spelling
from chatbot.catalogue.tests.factories import novel_row, write_lines
from chatbot.models import Conversation, Pick, Turn
from chatbot.tests import factories
from huey_tasks import sweeping
from lightnovel import batches
from users import leaving
from users.models import Pace, ShelfEntry, User

from .write_times import measured

MANY = 10_000
# Seconds: of its own on SQLite, whose lock is everybody's; by the clock, which others' work moves too, on PostgreSQL.
BOUND = 0.5 if connection.vendor == "sqlite" else 1.5

pytestmark = pytest.mark.django_db(transaction=True)


class Crash(BaseException):
    """The process is gone in the middle of it all."""


@pytest.fixture
def crash(monkeypatch):
    """crash(n): a context in which the process is gone before its write transaction n + 1 of batches."""

    @contextmanager
    def after(number):
        left, begin = [number], batches.Pace.transaction

        def counted(pace, rows):
            if not left[0]:
                raise Crash
            left[0] -= 1
            return begin(pace, rows)

        with monkeypatch.context() as patch, pytest.raises(Crash):  # noqa: PT012  what raises is the caller's
            patch.setattr(batches, "_paces", defaultdict(batches.Pace))  # as small as in a process that just began
            patch.setattr(batches.Pace, "transaction", counted)
            yield

    return after


def chat(reader, turns):
    """A conversation of `turns` turns, each with a pick."""
    conversation = Conversation.objects.create(reader=reader, title="긴 대화")
    said = {
        "text": "이세계 말고 조용한 판타지 추천해 주세요",
        "reply": "등불 이야기를 권할게요. 조용한 밤의 이야기예요.",
    }
    Turn.objects.bulk_create(
        (
            Turn(conversation=conversation, reader=reader, state="done", finished_at=timezone.now(), **said)
            for _ in range(turns)
        ),
        batch_size=1000,
    )
    novel = Novel.objects.first() or factories.make_novel("lamp")
    Pick.objects.bulk_create(
        (Pick(turn_id=pk, novel=novel, position=1) for pk in conversation.turns.values_list("pk", flat=True)),
        batch_size=1000,
    )
    return conversation


def swept(seconds=300):
    return sweeping.sweep(seconds)


def an_account(reader):
    chat(reader, MANY)
    return lambda: (reader.leave(), swept())


def a_conversation(reader):
    conversation = chat(reader, MANY)
    return lambda: (Conversation.objects.filter(pk=conversation.pk).delete_for_good(), swept())


def what_has_run_out(reader):
    past = timezone.now() - timedelta(days=1)
    Session.objects.bulk_create(Session(session_key=f"key{n}", session_data="", expire_date=past) for n in range(MANY))
    Pace.objects.bulk_create(Pace(key=f"reader{n}", paid_until=1) for n in range(MANY))
    return swept


def many_accounts(reader):
    User.objects.bulk_create((User(username=f"r{n}") for n in range(MANY // 10)), batch_size=1000)
    return lambda: (leaving.close(User.objects.exclude(pk=reader.pk)), swept())


@pytest.mark.parametrize("work", [an_account, a_conversation, what_has_run_out, many_accounts])
def test_ten_thousand_rows_hold_the_lock_for_moments_only(reader, work, monkeypatch):
    go = work(reader)
    with measured(monkeypatch) as took:
        go()
    assert len(took) > 5  # else nothing was measured
    assert max(took) < BOUND
    assert not Turn.objects.exists()
    assert not Session.objects.filter(expire_date__lt=timezone.now()).exists()
    assert User.objects.count() <= 1


def works(number, **fields):
    return [novel_row(f"work-{n}", names=[f"별명 {n}"], **fields) for n in range(number)]


def records_of(rows):
    said = ({name: value for name, value in row.items() if name != "slug"} for row in rows)
    return [Record(f"line {n}", "", row) for n, row in enumerate(said, 1)]


def test_loading_and_undoing_hold_the_lock_for_moments_only(tmp_path, monkeypatch):
    file = tmp_path / "novels.jsonl"
    write_lines(file, works(100))
    load_catalogue(file)
    write_lines(file, works(100, renown=77))
    with measured(monkeypatch) as took:
        assert len(load_catalogue(file)[1].changed) == 100
        imported = bring([novel_row(f"other-{n}", names=[f"다른 {n}"]) for n in range(100)])
        assert applying.undo(imported) == []
    assert len(took) > 10
    assert max(took) < BOUND
    assert set(Novel.objects.values_list("renown", flat=True)) == {77}
    assert Novel.objects.count() == 100


@pytest.fixture
def spelled(monkeypatch):
    """Of each work whose spellings are made: whether the lock was held."""
    held, make = [], search.forms
    monkeypatch.setattr(search, "forms", lambda *args: held.append(connection.in_atomic_block) or make(*args))
    return held


@pytest.mark.parametrize("edition", ["the same", "another"])
def test_spellings_are_made_before_the_lock_is_held(tmp_path, spelled, monkeypatch, edition):
    file = tmp_path / "novels.jsonl"
    write_lines(file, works(20))
    load_catalogue(file)
    if edition == "another":
        monkeypatch.setattr(search, "EDITION", "other")
    write_lines(file, works(10, renown=77))
    spelled.clear()
    load_catalogue(file)
    assert spelled == [False] * (20 if edition == "another" else 10)
    assert Spelling.objects.filter(novel__slug="work-3", renown=77).exists()


def test_what_an_import_and_its_undo_write_is_made_before_the_lock_is_held(tmp_path, spelled):
    file = tmp_path / "novels.jsonl"
    write_lines(file, works(10))
    load_catalogue(file)
    spelled.clear()
    rows = [*works(10, volumes=9), *(novel_row(f"other-{n}", names=[f"다른 {n}"]) for n in range(10))]
    found = records_of([row | TAGGED for row in rows])
    imported = applying.run(found, "csv", tell=lambda item: None, apply=True).kept
    assert imported.counts == {"changed": 10, "added": 10}
    assert spelled == [False] * 20
    spelled.clear()
    assert applying.undo(imported) == []
    assert spelled == [False] * 10


def test_what_somebody_changes_while_an_import_is_worked_out_is_kept(tmp_path, monkeypatch):
    file = tmp_path / "novels.jsonl"
    write_lines(file, works(2))
    load_catalogue(file)
    begin, told = batches.Pace.transaction, []

    def changed_before(pace, rows):
        Novel.objects.filter(slug="work-1").update(volumes=33, loaded="")
        factories.make_novel("other-0s-tale")
        return begin(pace, rows)

    rows = [*works(2, volumes=9), novel_row("other-0", names=["다른 0"], **TAGGED)]
    rows[2]["titles"] = {**rows[2]["titles"], "en": "Other 0s Tale"}
    del rows[2]["slug"]
    with monkeypatch.context() as patch:
        patch.setattr(batches.Pace, "transaction", changed_before)
        found = [Record(f"line {n}", "", row) for n, row in enumerate(rows, 1)]
        report = applying.run(found, "csv", tell=told.append, apply=True)
    assert [item.action for item in told] == ["changed", "kept", "added"]
    assert report.counts == {"changed": 1, "kept": 1, "added": 1}
    assert dict(Novel.objects.values_list("slug", "volumes"))["work-1"] == 33
    assert Novel.objects.count() == 4


def test_what_an_operator_renames_while_the_index_is_written_anew_is_found_by_its_new_name(tmp_path, monkeypatch):
    file = tmp_path / "novels.jsonl"
    write_lines(file, works(2))
    load_catalogue(file)
    begin = batches.Pace.transaction

    def renamed_before(pace, rows):
        if (novel := Novel.objects.get(slug="work-1")).title_en != "Kelpwater":
            novel.title_en = "Kelpwater"
            novel.save()
            rename(novel)
        return begin(pace, rows)

    monkeypatch.setattr(search, "EDITION", "other")
    monkeypatch.setattr(batches.Pace, "transaction", renamed_before)
    load_catalogue(file)
    assert [novel.slug for novel in search.find("Kelpwater")] == ["work-1"]
    assert [novel.slug for novel in search.find("별명 0")] == ["work-0"]


def test_the_first_loading_holds_the_lock_for_moments_only_and_never_rests(tmp_path, monkeypatch):
    file = tmp_path / "novels.jsonl"
    write_lines(file, works(600))
    rests = []
    monkeypatch.setattr("lightnovel.batches.time.sleep", rests.append)
    with measured(monkeypatch) as took:
        load_catalogue(file)
    assert Novel.objects.count() == 600
    assert not any(rests)
    assert len(took) > 2
    if connection.vendor == "sqlite":  # by the clock, what else the machine does may hold up any one
        assert max(took) < BOUND


TAGGED = {"tags": dict.fromkeys(("fantasy", "sf", "cozy", "romance", "mystery", "comedy"), 2)}


def bring(rows):
    report = applying.run(records_of([row | TAGGED for row in rows]), "csv", tell=lambda item: None, apply=True)
    assert report.counts["added"] == len(rows)
    return report.kept


def test_others_ask_while_an_account_is_deleted(reader, stranger):
    chat(reader, 2000)
    reader.leave()
    is_done, waited = threading.Event(), []

    def sweep():
        try:
            swept()
        finally:
            is_done.set()
            connections.close_all()

    thread = threading.Thread(target=sweep)
    thread.start()
    while not is_done.is_set():
        began = time.perf_counter()
        factories.begin(stranger).stop()
        waited.append(time.perf_counter() - began)
    thread.join()
    assert not User.objects.filter(pk=reader.pk).exists()
    # Of a lock that was held all along the first would have waited out the whole deletion.
    assert len(waited) > 2
    assert max(waited) < 5
    assert Turn.objects.filter(reader=stranger).count() == len(waited)


def test_what_a_crash_left_of_an_account_goes_with_the_next_sweep(reader, stranger, crash):
    chat(reader, 200)
    kept = factories.begin(stranger)
    reader.leave()
    with crash(3):
        swept()
    assert 0 < Turn.objects.filter(reader=reader).count() < 200
    assert swept()
    assert list(User.objects.all()) == [stranger]
    assert list(Turn.objects.all()) == [kept]


def test_a_sweep_ends_with_its_time_and_goes_on_later(reader):
    chat(reader, 300)
    reader.leave()
    assert not sweeping.sweep(0)
    assert User.objects.filter(pk=reader.pk).exists()
    assert swept()
    assert not User.objects.exists()


def test_a_sweep_that_finds_nothing_asks_for_no_other(work):
    sweeping.sweep()
    assert work() == 0


def test_the_worker_is_told_and_deletes_the_account(reader, work):
    chat(reader, 3)
    reader.leave()
    assert work() >= 1
    assert not User.objects.exists()


def shelf():
    rows = {row["slug"]: row for row in export_rows()}
    names = sorted(Name.objects.values_list("novel__slug", "key", "given"))
    return rows, names, sorted(NovelTag.objects.values_list("novel__slug", "tag__slug"))


def test_a_loading_that_was_broken_off_shows_whole_works_and_is_ended_by_the_next(tmp_path, crash, monkeypatch):
    monkeypatch.setattr(batches, "MOST", 5)
    file = tmp_path / "novels.jsonl"
    rows = works(60, tags={"fantasy": 3, "cozy": 1})
    for row in rows[:2]:  # two works of one short title, apart in the batches
        row["titles"] = {**row["titles"], "ko": f"달의 도서관 ~{row['slug']}~"}
    rows = [rows[0], *rows[2:], rows[1]]
    write_lines(file, rows)
    load_catalogue(file)
    whole = shelf()
    Novel.objects.all().delete()
    Revision.objects.all().delete()
    with crash(6):
        load_catalogue(file)
    found, before = Novel.objects.count(), Revision.current()
    assert 0 < found < 60
    assert NovelTag.objects.count() == 2 * found
    assert Name.objects.values("novel").distinct().count() == found
    load_catalogue(file)
    assert shelf() == whole
    assert Revision.current() > before  # who read the half of it reads anew
    assert load_catalogue(file)[1].unread


def test_an_undo_that_was_broken_off_is_ended_by_the_worker(tmp_path, crash, reader):
    file = tmp_path / "novels.jsonl"
    write_lines(file, works(3))
    load_catalogue(file)
    was = shelf()
    imported = bring([novel_row(f"other-{n}", names=[f"다른 {n}"]) for n in range(40)])
    wanted = ImportedWork.objects.get(title="other-7の物語").novel
    ShelfEntry.objects.put(reader, wanted, "want")
    with crash(2):
        applying.undo(imported)
    assert 0 < imported.works.filter(taken_back=True).count() < 40
    assert swept()
    assert [(work.title, work.left) for work in applying.left_of(imported)] == [("other-7の物語", "in_use")]
    wanted.delete()
    assert shelf() == was
    with pytest.raises(applying.AlreadyUndone):
        applying.undo(imported)
    assert (Import.objects.count(), Draft.objects.count()) == (1, 0)
