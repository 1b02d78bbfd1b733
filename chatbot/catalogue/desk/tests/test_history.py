import json

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chatbot.catalogue.importing.models import Import
from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.models import Change, FactMark, Novel, Tag
from chatbot.catalogue.search import find
from chatbot.catalogue.tests.factories import novel_row, write_lines
from chatbot.catalogue.tests.test_admin import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp(tmp_path):
    load_catalogue(write_lines(tmp_path / "novels.jsonl", [novel_row("lamp", names=["램프"])]))
    return Novel.objects.get()


@pytest.fixture
def keeper(client):
    client.force_login(get_user_model().objects.create_superuser("keeper"))
    return client


def address(name, *args):
    return reverse(f"admin:catalogue_novel_{name}", args=args)


def save(client, novel, **changes):
    response = client.post(address("change", novel.pk), form_of(client, novel) | changes)
    assert response.status_code == 302, response.context["errors"]


def test_the_first_loading_writes_no_history(lamp):
    assert not Change.objects.exists()


def test_a_change_by_hand_is_kept_with_who_and_what(keeper, lamp):
    save(keeper, lamp, volumes=7, title_ko="등불 이야기")
    change = Change.objects.get()
    assert (change.novel, change.how, change.by.username) == (lamp, "by_hand", "keeper")
    assert change.differences == {"title_ko": ["lamp 이야기", "등불 이야기"], "volumes": [5, 7]}


def test_saving_without_a_change_writes_none(keeper, lamp):
    save(keeper, lamp)
    assert not Change.objects.exists()


def test_tags_and_names_are_part_of_it(keeper, lamp):
    data = form_of(keeper, lamp)
    data |= {"novel_tags-0-strength": 1, "names-0-DELETE": "on"}
    keeper.post(address("change", lamp.pk), data)
    differences = Change.objects.get().differences
    assert differences == {
        "names": [["램프"], []],
        "tags": [{"fantasy": 3, "adventure": 2}, {"fantasy": 1, "adventure": 2}],
    }


def test_loading_writes_only_what_differs(lamp, tmp_path):
    load_catalogue(write_lines(tmp_path / "new.jsonl", [novel_row("lamp", names=["램프"], volumes=6)]))
    change = Change.objects.get()
    assert (change.how, change.by, change.differences["volumes"]) == ("loaded", None, [5, 6])
    assert set(change.differences) == {"volumes", "title_romaji"}  # of which each row has its own


def test_an_import_and_its_undoing_are_kept_with_their_import(lamp, tmp_path):
    media = [
        {"id": 6, "format": "NOVEL", "title": {"native": lamp.title_ja}, "volumes": 9, "startDate": {"year": 2015}},
    ]
    Novel.objects.update(status="ongoing")
    (tmp_path / "works.json").write_text(json.dumps(media))
    call_command("import_catalogue", "anilist", str(tmp_path / "works.json"), apply=True)
    call_command("undo_import", str(Import.objects.get().pk))
    kept = [(one.how, one.of, one.differences["volumes"]) for one in Change.objects.order_by("pk")]
    assert kept == [("imported", Import.objects.get(), [5, 9]), ("undone", Import.objects.get(), [9, 5])]


def test_deleting_leaves_a_line(keeper, lamp):
    keeper.post(address("delete", lamp.pk), {"post": "yes"})
    change = Change.objects.get()
    assert (change.novel, change.slug, change.how) == (None, "lamp", "deleted")
    assert "lamp" in keeper.get(reverse("admin:catalogue_change_changelist")).content.decode()


def test_the_history_shows_both_sides_and_is_paged(keeper, lamp):
    for number in range(6, 31):
        Change.objects.create(novel=lamp, slug="lamp", how="loaded", differences={"volumes": [number - 1, number]})
    first = keeper.get(address("history", lamp.pk))
    assert len(first.context["changes"]) == 20
    assert first.context["changes"][0][1][0].after == "30"
    assert len(keeper.get(address("history", lamp.pk), {"p": 2}).context["changes"]) == 5


@pytest.mark.parametrize("name", ["history", "change"])
def test_pages_of_a_work_cost_the_same_with_more_rows(keeper, lamp, name):
    def queries():
        with CaptureQueriesContext(connection) as context:
            assert keeper.get(address(name, lamp.pk)).status_code == 200
        return len(context)

    def more(number):
        Change.objects.create(novel=lamp, slug="lamp", how="loaded", differences={"volumes": [number, number + 1]})
        FactMark.objects.note(lamp.pk, "volumes", source="reply", turn_id=number, said=f"{number}권", shelf=5)

    more(1)
    queries()  # what a process asks once
    before = queries()
    more(2), more(3)
    assert queries() == before


def test_an_earlier_state_is_shown_and_restored(keeper, lamp):
    save(keeper, lamp, volumes=7)
    save(keeper, lamp, title_ko="등불 이야기")
    first = Change.objects.order_by("pk").first()
    restore = address("restore", lamp.pk, first.pk)
    page = keeper.get(restore)
    assert {one.field for one in page.context["differing"]} == {"volumes", "title_ko"}
    assert Novel.objects.get().volumes == 7
    assert keeper.post(restore, {"seen": page.context["seen"]}).status_code == 302
    novel = Novel.objects.get()
    assert (novel.volumes, novel.title_ko, novel.loaded) == (5, "lamp 이야기", "")
    assert Change.objects.first().how == "restored"
    assert find("등불 이야기") == []
    assert find("lamp 이야기") == [novel]
    assert novel.names.filter(text="램프", given=True).exists()


def test_restoring_from_an_outdated_page_is_told(keeper, lamp):
    save(keeper, lamp, volumes=7)
    restore = address("restore", lamp.pk, Change.objects.get().pk)
    seen = keeper.get(restore).context["seen"]
    save(keeper, lamp, volumes=8)
    assert keeper.post(restore, {"seen": seen}).status_code == 422
    assert Novel.objects.get().volumes == 8


def test_what_the_checks_refuse_is_not_restored(keeper, lamp):
    wrong = Change.objects.create(novel=lamp, slug="lamp", how="loaded", differences={"authors": [[], ["作者"]]})
    restore = address("restore", lamp.pk, wrong.pk)
    page = keeper.get(restore)
    assert len(page.context["faults"]) == 1
    assert keeper.post(restore, {"seen": page.context["seen"]}).status_code == 422
    assert Novel.objects.get().authors == ["作者"]


def test_a_tag_that_is_gone_does_not_come_back(keeper, lamp):
    save(keeper, lamp, volumes=7)
    Tag.objects.filter(slug="adventure").delete()
    restore = address("restore", lamp.pk, Change.objects.get().pk)
    assert keeper.post(restore, {"seen": keeper.get(restore).context["seen"]}).status_code == 302
    assert Novel.objects.get().volumes == 5


def test_a_change_of_another_work_is_not_found(keeper, lamp):
    other = Change.objects.create(novel=None, slug="moon", how="deleted")
    assert keeper.get(address("restore", lamp.pk, other.pk)).status_code == 404
