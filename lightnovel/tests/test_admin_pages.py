"""The admin's front page and lists: what is opened daily stands first, in the operator's language, and nothing is lost."""

import re
from datetime import datetime

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import DateTimeField
from django.urls import get_resolver
from django.utils import translation
from django.utils.formats import date_format

from chatbot.tests import factories
from users.models import User

pytestmark = pytest.mark.django_db


def shown(client, user, address="/admin/"):
    client.force_login(user)
    return client.get(address)


@pytest.fixture
def keeper(db):
    return factories.make_reader("keeper", is_staff=True, is_superuser=True)


def test_what_is_opened_daily_stands_first(client, keeper):
    page = shown(client, keeper)
    sections = [[one["model"]._meta.label for one in app["models"]] for app in page.context["app_list"]]
    assert [section[0] for section in sections[:4]] == [
        "chatbot.ReviewItem",
        "catalogue.Novel",
        "chatbot.PromptVersion",
        "users.User",
    ]
    ways = re.findall(
        r'<a[^>]* href="([^"]+)"', page.content.decode().split('<nav class="watch"')[1].split("</nav>")[0]
    )
    assert [way.split("?")[0] for way in ways[:5]] == [
        "/admin/chatbot/reviewitem/",
        "/admin/figures/",
        "/admin/chatbot/alert/",
        "/admin/tasks/",
        "/admin/catalogue/novel/",
    ]


def test_every_list_is_on_it_once(client, keeper):
    page = shown(client, keeper)
    listed = [one["model"] for app in page.context["app_list"] for one in app["models"]]
    hidden = {model for model, one in admin.site._registry.items() if not one.get_model_perms(page.wsgi_request)}
    assert len(listed) == len(set(listed))
    assert set(listed) == set(admin.site._registry) - hidden


def test_a_catalogue_editor_sees_no_empty_section(client):
    editor = factories.make_reader("editor", is_staff=True)
    editor.groups.add(Group.objects.get(name="Catalogue editors"))
    page = shown(client, editor)
    assert {one["model"]._meta.app_label for app in page.context["app_list"] for one in app["models"]} == {"catalogue"}
    assert len(page.context["app_list"]) == 1


def test_the_page_of_an_app_has_its_own_lists_alone(client, keeper):
    (app,) = shown(client, keeper, "/admin/mfa/").context["app_list"]
    assert [one["model"]._meta.label for one in app["models"]] == ["mfa.Authenticator"]


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_no_list_is_called_by_an_english_word(client, keeper, language):
    client.cookies["django_language"] = language
    page = shown(client, keeper)
    with translation.override(language):
        names = [app["name"] for app in page.context["app_list"]]
        names += [one["name"] for app in page.context["app_list"] for one in app["models"]]
        fields = [
            field.verbose_name for one in ("mfa.Authenticator", "usersessions.UserSession") for field in shown_in(one)
        ]
        assert [str(name) for name in [*names, *fields] if not re.search("[가-힣ぁ-ゖァ-ヺ一-鿿]", str(name))] == []


def shown_in(label):
    model = next(one for one in admin.site._registry if one._meta.label == label)
    return [model._meta.get_field(name) for name in admin.site._registry[model].list_display]


LISTS = ["users/user", "auth/group", "mfa/authenticator", "catalogue/novel", "chatbot/criterion", "chatbot/alertrule"]


@pytest.mark.parametrize("address", LISTS)
def test_a_list_tells_once_how_many_there_are(client, keeper, address):
    for language, told in {"ko": r"총 \d+건", "ja": r"全\d+件", "en": r"\d+ [a-z]"}.items():
        client.cookies["django_language"] = language
        page = shown(client, keeper, f"/admin/{address}/").content.decode()
        foot = page.split('<p class="paginator">')[1].split("</p>")[0]
        assert len(re.findall(told, foot)) == 1, foot


def test_a_searched_list_leads_back_to_all(client, keeper):
    def beside_the_search(address):
        return shown(client, keeper, address).content.decode().split('id="searchbar"')[1].split("</form>")[0]

    assert 'href="?"' in beside_the_search("/admin/users/user/?q=keep")
    assert 'href="?"' not in beside_the_search("/admin/users/user/")


def test_a_list_edited_in_place_keeps_its_button(client, keeper):
    foot = shown(client, keeper, "/admin/chatbot/criterion/").content.decode().split('<p class="paginator">')[1]
    assert 'name="_save"' in foot.split("</p>")[0]


@pytest.mark.parametrize(("language", "told"), [("ko", "오후 9:05"), ("ja", "21:05"), ("en", "9:05 p.m.")])
def test_a_time_is_told_as_its_readers_write_it(language, told):
    with translation.override(language):
        written = date_format(datetime(2026, 11, 30, 21, 5), "DATETIME_FORMAT")
    assert written.endswith(told)


def asked_by_columns():
    """Each list of the admin by conditions on its columns that only the database finds to be none."""
    assert get_resolver().url_patterns  # with which the admin is loaded
    for model in admin.site._registry:
        names = ["pk__in"]
        for field in model._meta.fields:
            names += [field.name, f"{field.name}__range"]
            if isinstance(field, DateTimeField):
                names.append(f"{field.name}__year")
        address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        yield pytest.param(address, names, id=model._meta.label)


@pytest.mark.parametrize(("address", "names"), list(asked_by_columns()))
def test_a_condition_that_fits_no_column_leads_to_the_whole_list(client, keeper, address, names):
    client.force_login(keeper)
    for name in names:
        answer = client.get(address, {name: "9" * 30})
        assert answer.status_code in (200, 302, 400, 403), name
        if answer.status_code == 302:
            assert answer.url == f"{address}?e=1"


def test_so_does_an_action_on_what_cannot_be_there(client, keeper):
    client.force_login(keeper)
    group = "/admin/auth/group/"
    answer = client.post(group, {"action": "delete_selected", "_selected_action": "9" * 30, "index": "0"})
    # SQLite cannot hold such a number, so that the list is shown anew; PostgreSQL finds nobody by it.
    assert answer.status_code == 200 or (answer.status_code, answer.url) == (302, f"{group}?e=1")


def test_what_breaks_for_another_reason_is_not_hidden(client, keeper, monkeypatch):
    def broken(*args, **kwargs):
        raise ValueError("ours")

    monkeypatch.setattr(type(admin.site._registry[User]), "get_queryset", broken)
    client.force_login(keeper)
    with pytest.raises(ValueError, match="ours"):
        client.get("/admin/users/user/", {"username": "x"})
