"""The copy of the shelf a process keeps, and what is computed from it."""

import threading

import pytest

from chatbot.catalogue import snapshot as snapshot_module
from chatbot.catalogue.adaptations import Adaptation
from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.models import Novel, Revision
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.catalogue.snapshot_cache import cached_per_snapshot, make_ready
from chatbot.catalogue.tests.factories import make_catalogue, make_work, novel_row, write_lines


@pytest.fixture
def loaded(transactional_db, tmp_path):
    load_catalogue(write_lines(tmp_path / "novels.jsonl", [novel_row("lamp")]))
    snapshot_module._current = None
    yield
    snapshot_module._current = None


def titles(one):
    return [work.titles["ko"] for work in one.works]


def change_title(text):
    Novel.objects.update(title_ko=text)
    Revision.advance()


def test_a_changed_catalogue_is_seen_at_once(loaded):
    before = current_catalogue()
    assert current_catalogue() is before
    change_title("바뀐 제목")
    assert titles(current_catalogue()) == ["바뀐 제목"]


def test_a_work_in_memory_says_what_its_anime_tells(transactional_db, tmp_path):
    season = {"title": "", "kind": "season", "number": 2, "year": 2016, "to_volume": 4, "sure": False, "note": "skips"}
    load_catalogue(write_lines(tmp_path / "novels.jsonl", [novel_row("lamp", anime=True, adaptations=[season])]))
    [work] = snapshot_module.load().works
    assert work.adaptations == (Adaptation({}, "season", 2, 2016, 4, False, "skips"),)


def test_while_a_large_catalogue_is_loaded_readers_get_the_copy_from_before(loaded, monkeypatch):
    monkeypatch.setattr(snapshot_module, "AT_ONCE", 0)
    go_on, load = threading.Event(), snapshot_module.load

    def slow(revision):
        assert go_on.wait(20)
        return load(revision)

    before = current_catalogue()
    monkeypatch.setattr(snapshot_module, "load", slow)
    change_title("바뀐 제목")
    assert current_catalogue() is before
    assert current_catalogue() is before
    assert [thread.name for thread in threading.enumerate()].count("catalogue") == 1
    go_on.set()
    next(thread for thread in threading.enumerate() if thread.name == "catalogue").join(20)
    assert titles(current_catalogue()) == ["바뀐 제목"]


def test_a_shelf_that_cannot_be_loaded_leaves_the_one_there_is(loaded, monkeypatch, caplog):
    monkeypatch.setattr(snapshot_module, "AT_ONCE", 0)
    before = current_catalogue()
    with monkeypatch.context() as patch:
        patch.setattr(snapshot_module, "load", lambda revision: 1 / 0)
        change_title("바뀐 제목")
        assert current_catalogue() is before
        next((thread for thread in threading.enumerate() if thread.name == "catalogue"), threading.current_thread())
        while snapshot_module._loading.locked():
            pass
    assert "could not be loaded" in caplog.text
    current_catalogue()
    while snapshot_module._loading.locked():
        pass
    assert titles(current_catalogue()) == ["바뀐 제목"]


def test_what_is_computed_from_a_shelf_is_computed_once_and_goes_with_it():
    made = []

    @cached_per_snapshot
    def count(one):
        made.append(one.revision)
        return len(one.works)

    one, other = make_catalogue(make_work("a")), make_catalogue(make_work("a"), make_work("b"))
    threads = [threading.Thread(target=count, args=[one]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (count(one), count(other)) == (1, 2)
    assert made == [one.revision, other.revision]


def test_what_was_made_for_the_old_shelf_is_made_for_the_new_one_before_it_is_asked_for():
    made = []

    @cached_per_snapshot
    def count(one):
        made.append(one.revision)

    @cached_per_snapshot
    def never_asked(one):
        raise AssertionError

    old, new = make_catalogue(), make_catalogue()
    count(old)
    make_ready(new, old)
    assert made == [old.revision, new.revision]
