import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chatbot.catalogue.importing.models import Draft, Import, ImportedWork
from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.models import Name, Novel

from .factories import novel_row, write_lines
from .test_admin import form_of, tagged

pytestmark = pytest.mark.django_db
LIST = "admin:catalogue_import_changelist"
MEDIA = {
    "id": 5,
    "format": "NOVEL",
    "title": {"native": "灯台の物語", "english": "The Lighthouse"},
    "synonyms": ["등대"],
    "startDate": {"year": 2019},
    "genres": ["Fantasy", "Drama"],
    "staff": {"edges": [{"role": "Story", "node": {"name": {"native": "夜あかり"}}}]},
}


@pytest.fixture
def imported(tmp_path):
    """A file applied: one work changed, one unfinished."""
    row = novel_row("lamp", status="ongoing", volumes=8)
    load_catalogue(write_lines(tmp_path / "novels.jsonl", [row]))
    lamp = {"id": 6, "format": "NOVEL", "title": {"native": row["titles"]["ja"]}, "volumes": 9}
    (tmp_path / "works.json").write_text(json.dumps([MEDIA, lamp]))
    call_command("import_catalogue", "anilist", str(tmp_path / "works.json"), apply=True)
    return Import.objects.get()


def operator_with(client, *codenames):
    user = get_user_model().objects.create_user("op", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return client


@pytest.fixture
def keeper(client):
    client.force_login(get_user_model().objects.create_superuser("keeper"))
    return client


def undo(client, imported, **more):
    data = {"action": "undo_selected", "_selected_action": [imported.pk], **more}
    return client.post(reverse(LIST), data, follow=True)


def test_strangers_and_operators_without_the_right_see_no_import(client, imported):
    assert client.get(reverse(LIST)).status_code == 302
    assert operator_with(client, "view_novel").get(reverse(LIST)).status_code == 403


def test_an_import_shows_what_it_did_and_cannot_be_edited(keeper, imported):
    page = keeper.get(reverse("admin:catalogue_import_change", args=[imported.pk]))
    assert "2 works" in page.content.decode() or "2편" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert keeper.get(reverse("admin:catalogue_import_add")).status_code == 403
    assert keeper.post(reverse("admin:catalogue_import_delete", args=[imported.pk])).status_code == 403
    works = keeper.get(reverse("admin:catalogue_importedwork_changelist"), {"of__id__exact": imported.pk})
    assert sorted(work.action for work in works.context["cl"].queryset) == ["changed", "drafted"]


@pytest.mark.parametrize("model", [Import, ImportedWork, Draft])
def test_lists_cost_the_same_with_more_rows(keeper, imported, model):
    address = reverse(f"admin:catalogue_{model._meta.model_name}_changelist")

    def queries():
        with CaptureQueriesContext(connection) as context:
            assert keeper.get(address).status_code == 200
        return len(context)

    queries()  # what a process asks once
    before = queries()
    row = model.objects.first()
    for _ in range(3):
        row.pk = None
        row.save(force_insert=True)
    assert queries() == before


def test_undoing_asks_first_and_then_does_it(keeper, imported):
    asked = undo(keeper, imported)
    assert asked.templates[0].name == "admin/catalogue/import/undo.html"
    assert Import.objects.get().undone_at is None
    done = undo(keeper, imported, confirmed="yes")
    imported.refresh_from_db()
    assert (imported.undone_by.username, imported.undone_at is not None) == ("keeper", True)
    assert Novel.objects.get().volumes == 8
    assert not Draft.objects.exists()
    assert [message.level_tag for message in done.context["messages"]] == ["success"]


def test_what_was_left_is_told(keeper, imported):
    Novel.objects.update(loaded="")
    done = undo(keeper, imported, confirmed="yes")
    assert [message.level_tag for message in done.context["messages"]] == ["success", "warning"]
    assert ImportedWork.objects.get(action="changed").left == "edited"
    again = undo(keeper, imported, confirmed="yes")
    assert [message.level_tag for message in again.context["messages"]] == ["warning"]


def test_who_may_only_look_cannot_undo(client, imported):
    looking = operator_with(client, "view_import")
    assert looking.get(reverse(LIST)).status_code == 200
    undo(looking, imported, confirmed="yes")
    assert Import.objects.get().undone_at is None
    allowed = get_user_model().objects.get(username="op")
    allowed.user_permissions.add(Permission.objects.get(codename="undo_import"))
    undo(looking, imported, confirmed="yes")
    assert Import.objects.get().undone_at is not None


def test_an_unfinished_work_is_completed_in_the_novels_form(keeper, imported):
    draft = Draft.objects.get()
    assert f"?draft={draft.pk}" in keeper.get(reverse("admin:catalogue_draft_changelist")).content.decode()
    address = f"{reverse('admin:catalogue_novel_add')}?draft={draft.pk}"
    data = posted(keeper.get(address))
    assert (data["title_ja"], data["title_en"], data["authors"]) == ("灯台の物語", "The Lighthouse", "夜あかり")
    data |= {"slug": "lighthouse", "title_ko": "등대의 이야기", "volumes": 3, "status": "ongoing"}
    data |= tagged()
    response = keeper.post(address, data)
    assert response.status_code == 302, response.context["errors"]
    novel = Novel.objects.get(slug="lighthouse")
    assert novel.novel_tags.count() == 6
    assert Name.objects.filter(novel=novel, text="등대", given=True).exists()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "0", "99999999999999999999999"])
def test_the_novels_form_stays_empty_without_such_a_work(keeper, imported, number):
    data = posted(keeper.get(f"{reverse('admin:catalogue_novel_add')}?draft={number}"))
    assert data["title_ja"] == ""


def posted(response):
    """What the page would post unchanged."""

    class Client:
        def get(self, address):
            return response

    return form_of(Client(), Novel(pk=1))
