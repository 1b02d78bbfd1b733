from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Group

from chatbot.tests.factories import make_reader
from users.models import DailyUse

from .conftest import PASSWORD
from .test_second_step import code_of


def log_in(client, login, password=PASSWORD, **fields):
    return client.post("/accounts/login/", {"login": login, "password": password, **fields})


def test_nobody_is_led_to_the_readers_login_and_back(client, keeper):
    login = client.get("/admin/", follow=True).redirect_chain[-1][0]
    assert login == "/accounts/login/?next=%2Fadmin%2F"
    assert log_in(client, "keeper", next="/admin/")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_admin_takes_no_password_of_its_own(client, keeper):
    response = client.post("/admin/login/", {"username": "keeper", "password": PASSWORD, "next": "/admin/"})
    assert urlsplit(response["Location"]).path == "/accounts/login/"
    assert "_auth_user_id" not in client.session


def test_a_reader_stays_outside(logged_in):
    assert logged_in.get("/admin/login/").status_code == 403
    assert logged_in.get("/admin/users/user/").status_code == 302


def test_the_second_step_holds_for_keepers_too(client, keeper):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(keeper, secret)
    log_in(client, "keeper", next="/admin/")
    assert client.get("/admin/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_guessing_a_keepers_password_is_limited(client, keeper):
    for _ in range(5):
        log_in(client, "keeper", "guess", next="/admin/")
    assert log_in(client, "keeper", next="/admin/").status_code == 200
    assert client.get("/admin/").status_code == 302


@pytest.fixture
def at_work(client, keeper):
    client.force_login(keeper)
    return client


def test_a_readers_page_shows_use_and_no_password(at_work, reader):
    DailyUse.objects.take(reader)
    page = at_work.get(f"/admin/users/user/{reader.pk}/change/").content.decode()
    assert reader.password not in page
    assert "id_password" not in page
    assert f"?reader__id__exact={reader.pk}" in page
    assert "daily_uses-0-used" not in page
    assert at_work.get("/admin/users/user/add/").status_code == 200


def test_readers_are_found_by_name(at_work, reader, stranger):
    found = at_work.get("/admin/users/user/?q=saebyeok").context["cl"].queryset
    assert list(found) == [reader]


def test_the_list_of_readers_takes_as_many_queries_for_one_as_for_three(at_work, django_assert_num_queries):
    at_work.get("/admin/users/user/")  # notes the device
    for readers in (1, 3):
        with django_assert_num_queries(8):
            assert len(at_work.get("/admin/users/user/").context["cl"].result_list) == readers
        make_reader(), make_reader()


def test_a_keeper_cannot_make_themselves_superuser(client, db):
    from django.contrib.auth.models import Permission

    keeper = make_reader("helper", is_staff=True)
    keeper.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user"]))
    client.force_login(keeper)
    url = f"/admin/users/user/{keeper.pk}/change/"
    assert client.get(url).status_code == 200
    client.post(url, {"username": "helper", "email": "", "timezone": "UTC", "is_active": "on", "is_superuser": "on"})
    keeper.refresh_from_db()
    assert (keeper.timezone, keeper.is_superuser) == ("UTC", False)


def test_secrets_of_the_second_step_are_not_shown(at_work, reader):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(reader, secret)
    factor = Authenticator.objects.get()
    page = at_work.get(f"/admin/mfa/authenticator/{factor.pk}/change/")
    assert page.status_code == 200
    assert "saebyeok" in page.content.decode()
    assert secret not in page.content.decode()


@pytest.mark.parametrize(
    ("language", "reviewers", "editors", "administrators"),
    [
        ("ko", "검토자", "장서 목록 편집자", "관리자"),
        ("ja", "レビュー担当者", "目録編集者", "管理者"),
        ("en", "Reviewers", "Catalogue editors", "Administrators"),
    ],
)
def test_groups_are_shown_in_the_operators_language(client, keeper, language, reviewers, editors, administrators):
    someone = make_reader("someone", is_staff=True)
    own = Group.objects.create(name="Night <shift>")
    someone.groups.add(own, Group.objects.get(name="Reviewers"))
    client.force_login(keeper)
    client.cookies["django_language"] = language
    listed = client.get("/admin/auth/group/").text
    assert all(f">{name}</a>" in listed for name in (reviewers, editors, administrators, "Night &lt;shift&gt;"))
    chosen = client.get(f"/admin/users/user/{someone.pk}/change/").text
    assert all(f">{name}</option>" in chosen for name in (reviewers, editors, administrators, "Night &lt;shift&gt;"))
    administrator = make_reader("administrator", is_staff=True)
    administrator.groups.add(Group.objects.get(name="Administrators"))
    client.force_login(administrator)
    read_only = client.get(f"/admin/users/user/{someone.pk}/change/").text
    assert f'<div class="readonly">{reviewers}, Night &lt;shift&gt;</div>' in read_only
    assert Group.objects.filter(name="Reviewers").exists()
