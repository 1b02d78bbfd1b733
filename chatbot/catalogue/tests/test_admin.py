import json

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.models import Novel, Revision, Tag

from .factories import novel_row, write_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = write_lines(tmp_path / "novels.jsonl", [novel_row("lamp", names=["램프"]), novel_row("moon")])
    load_catalogue(path)
    return path


@pytest.fixture
def operator(client):
    client.force_login(get_user_model().objects.create_superuser("keeper", password="lamp-and-shelf-7"))
    return client


def form_of(operator, novel):
    """What the change page would post unchanged."""
    response = operator.get(reverse("admin:catalogue_novel_change", args=[novel.pk]))
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value is None or value is False else value
            if bound.field.show_hidden_initial:
                data[bound.html_initial_name] = data[bound.html_name]
    return data


def tagged(number=6):
    """What a work's form posts of its tags: `number` new ones."""
    tags = [Tag.objects.get_or_create(slug=f"tag-{n}", defaults={"group": Tag.Group.GENRE})[0] for n in range(number)]
    fields = {"novel_tags-TOTAL_FORMS": number, "novel_tags-INITIAL_FORMS": 0}
    for place, tag in enumerate(tags):
        fields |= {f"novel_tags-{place}-tag": tag.pk, f"novel_tags-{place}-strength": 2}
    return fields


def test_operators_only(client, file):
    assert client.get(reverse("admin:catalogue_novel_changelist")).status_code == 302


@pytest.mark.parametrize("name", ["램 프", "LAMP 이야기", "lampの物語"])
def test_a_novel_is_found_by_any_spelling_of_any_name(operator, file, name):
    response = operator.get(reverse("admin:catalogue_novel_changelist"), {"q": name})
    assert [novel.slug for novel in response.context["cl"].queryset] == ["lamp"]


@pytest.mark.parametrize("query", [{"status": "completed"}, {"tone": "0"}, {"anime": "0"}, {"tag": "fantasy"}])
def test_the_filters_find_what_they_should(operator, file, query):
    response = operator.get(reverse("admin:catalogue_novel_changelist"), query)
    assert len(response.context["cl"].queryset) == 2


def test_a_tag_filter_leaves_the_others_out(operator, file):
    response = operator.get(reverse("admin:catalogue_novel_changelist"), {"tag": "mecha"})
    assert list(response.context["cl"].queryset) == []


def test_a_change_makes_the_shelf_new_and_the_row_the_operators(operator, file):
    novel = Novel.objects.get(slug="lamp")
    before = Revision.current()
    data = form_of(operator, novel) | {"volumes": 12, "title_ko": "등불의 서고"}
    response = operator.post(reverse("admin:catalogue_novel_change", args=[novel.pk]), data)
    assert response.status_code == 302, response.context["errors"]
    novel.refresh_from_db()
    assert (novel.volumes, novel.loaded) == (12, "")
    assert Revision.current() == before + 1
    assert Novel.objects.named("등불의 서고").get() == novel
    assert not Novel.objects.named("lamp 이야기").exists()
    assert Novel.objects.named("램프").get() == novel


def test_saving_without_a_change_leaves_the_row_to_the_file(operator, file):
    novel = Novel.objects.get(slug="lamp")
    operator.post(reverse("admin:catalogue_novel_change", args=[novel.pk]), form_of(operator, novel))
    assert Novel.objects.get(pk=novel.pk).loaded == novel.loaded != ""


def test_the_form_says_what_is_wrong_in_what_the_anime_tells(operator, file):
    novel = Novel.objects.get(slug="lamp")
    address = reverse("admin:catalogue_novel_change", args=[novel.pk])
    season = {"title": "", "kind": "season", "number": 1, "year": 2016, "to_volume": 3, "sure": True, "note": ""}
    data = form_of(operator, novel) | {"anime": "on"}
    response = operator.post(address, data | {"adaptations": json.dumps([season | {"kind": "stage"}])})
    assert response.status_code == 200
    [[said]] = response.context["errors"]
    assert "kind" in said
    response = operator.post(address, data | {"adaptations": json.dumps([season])})
    assert response.status_code == 302, response.context["errors"]
    novel.refresh_from_db()
    assert novel.adaptations == [season]


def test_a_name_the_novel_has_already_is_refused(operator, file):
    novel = Novel.objects.get(slug="lamp")
    data = form_of(operator, novel) | {"names-1-text": "램 프", "names-TOTAL_FORMS": 2}
    response = operator.post(reverse("admin:catalogue_novel_change", args=[novel.pk]), data)
    assert response.status_code == 200
    assert novel.names.filter(given=True).count() == 1


def test_deleting_a_novel_makes_the_shelf_new(operator, file):
    before = Revision.current()
    novel = Novel.objects.get(slug="moon")
    operator.post(reverse("admin:catalogue_novel_delete", args=[novel.pk]), {"post": "yes"})
    assert Revision.current() > before


def test_changing_a_tag_makes_the_shelf_new(operator, file):
    tag = Tag.objects.get(slug="fantasy")
    before = Revision.current()
    address = reverse("admin:catalogue_tag_change", args=[tag.pk])
    form = operator.get(address).context["adminform"].form
    data = {bound.html_name: bound.value() for bound in form} | {"label_en": "Fantasies"}
    assert operator.post(address, data).status_code == 302
    assert Revision.current() == before + 1
    tag.refresh_from_db()
    assert (tag.label_en, tag.loaded) == ("Fantasies", "")
