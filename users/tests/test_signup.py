import pytest
from allauth.account.adapter import get_adapter
from django.db import IntegrityError

from users.models import User

from .conftest import PASSWORD


def sign_up(client, username, **fields):
    data = {"username": username, "email": "", "password1": PASSWORD, "password2": PASSWORD, **fields}
    return client.post("/accounts/signup/", data)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("새벽", "새벽"),
        ("\u1109\u1162\u1107\u1167\u11a8", "새벽"),
        ("夜の図書館", "夜の図書館"),
        ("ﾗﾝﾌﾟ", "ランプ"),
        ("Ａｌｉｃｅ", "alice"),
        ("Élise", "élise"),
        ("  mina.k-2+x_y  ", "mina.k-2+x_y"),
        ("สมชาย", "สมชาย"),
        ("นํ้า", "นํ้า"),
        ("नमस्ते_हिन्दी", "नमस्ते_हिन्दी"),
        ("ශ්\u200dරී", "ශ්රී"),
        ("می\u200cخواهم", "میخواهم"),
        ("ខ្មែរ", "ខ្មែរ"),
        ("Ёлка", "ёлка"),
    ],
)
def test_names_of_any_script_are_kept_in_one_form(client, db, typed, kept):
    response = sign_up(client, typed)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert list(User.objects.values_list("username", flat=True)) == [kept]
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "a", "new\x00name", "new\nname", "\u202emina", "mi\u200bna", "mi\u00adna", "\u3164\u3164", "\ufeffmina",
        "mi na", "me@example.com", "<b>mina</b>", "..", "😀😀", "\ufffd\ufffd", "ﷺ" * 20, "가" * 151,
        "\u0e31\u0e31", "_\u0301a", "a" + "\u0324" * 6, "mi\u034fna", "葛\U000e0100葛", "paп\u0430", "αlex",
    ],
)  # fmt: skip
def test_names_that_deceive_or_break_are_refused(english, db, name):
    response = sign_up(english, name)
    assert response.status_code == 200
    assert "username" in response.context["form"].errors
    assert User.objects.count() == 0


def test_a_name_is_taken_whatever_its_case_or_width(english, reader):
    for name in ("saebyeok", "SaeByeok", "ｓａｅｂｙｅｏｋ"):
        response = sign_up(english, name)
        assert response.context["form"].errors["username"] == [
            "Somebody else already has this name. Please choose another."
        ]
    User.objects.create_user("ÉLISE")
    assert "username" in sign_up(english, "élise").context["form"].errors
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    ("taken", "typed"),
    [
        ("сосо", "coco"),
        ("coco", "сосо"),
        ("оо7", "oo7"),
        ("νο", "vo"),
        ("vo", "νο"),
        ("mina", "mına"),
        ("ロリ", "口リ"),
        ("oo7", "օօ7"),
        ("սոօ", "uno"),
        ("uno", "uոo"),
    ],
)
def test_a_name_that_looks_like_anothers_is_taken(english, db, taken, typed):
    sign_up(english, taken)
    english.post("/accounts/logout/")
    assert "username" in sign_up(english, typed).context["form"].errors
    assert User.objects.get().username == taken


def test_letters_drawn_alike_do_not_hinder_other_names(english, db):
    for name in ("мина", "mina", "μίνα", "カ行", "二人", "ニ人目"):
        sign_up(english, name)
        english.post("/accounts/logout/")
    assert User.objects.count() == 6


def test_a_name_taken_between_check_and_save_is_said_plainly(english, reader, monkeypatch):
    monkeypatch.setattr("users.adapters.AccountAdapter.clean_username", lambda self, name, shallow=False: name)
    response = sign_up(english, "saebyeok")
    assert (response.status_code, response["Location"]) == (302, "/accounts/signup/")
    assert "Somebody else already has this name." in english.get("/accounts/signup/").content.decode()
    assert User.objects.count() == 1


def test_the_database_itself_keeps_names_apart(reader):
    with pytest.raises(IntegrityError):
        User.objects.create_user("SAEBYEOK")


@pytest.mark.parametrize(
    ("told", "kept"),
    [("Europe/London", "Europe/London"), (None, "Asia/Seoul"), ("Mars/Olympus", "Asia/Seoul"), ("../x", "Asia/Seoul")],
)
def test_the_time_zone_is_the_browsers_where_it_tells_one(client, db, told, kept):
    if told:
        client.cookies["zone"] = told
    assert 'src="/static/js/zone' in client.get("/accounts/signup/").content.decode()
    sign_up(client, "somebody")
    assert User.objects.get(username="somebody").timezone == kept


def test_an_email_is_optional_and_kept(client, db):
    sign_up(client, "mina", email="Mina@Example.com")
    assert User.objects.get().email == "mina@example.com"


def test_an_email_in_use_is_refused(english, db):
    User.objects.create_user("reader1", "mina@example.com")
    response = sign_up(english, "mina", email="mina@example.com")
    assert list(response.context["form"].errors) == ["email"]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", "short"), ("12345678901", "12345678901"), (PASSWORD, "another"), ("pass\x00word-x7", "pass\x00word-x7")],
)
def test_weak_broken_or_mistyped_passwords_are_refused(client, db, password, again):
    response = sign_up(client, "mina", password1=password, password2=again)
    assert response.status_code == 200
    assert User.objects.count() == 0


def test_a_megabyte_is_refused(client, db):
    assert sign_up(client, "x" * 1_000_000).status_code == 400
    assert User.objects.count() == 0


def test_half_characters_are_refused(client, db):
    # %ED%A0%80 is a lone surrogate in broken UTF-8; UTF-7 can write one, too.
    body = "username=%ED%A0%80%ED%A0%80&password1=lamp-and-shelf-7&password2=lamp-and-shelf-7"
    response = client.generic("POST", "/accounts/signup/", body, "application/x-www-form-urlencoded")
    assert list(response.context["form"].errors) == ["username"]
    part = '--B\r\nContent-Disposition: form-data; name="{}"\r\n\r\n+2AA-\r\n'
    body = "".join(part.format(name) for name in ("username", "login", "password", "password1")) + "--B--\r\n"
    for url in ("/accounts/signup/", "/accounts/login/"):
        response = client.generic("POST", url, body, "multipart/form-data; boundary=B; charset=utf-7")
        assert response.status_code == 400
    assert User.objects.count() == 0


def test_errors_and_hints_are_tied_to_their_fields(english, db):
    page = sign_up(english, "").content.decode()
    assert 'aria-describedby="id_username_helptext id_username_error"' in page
    assert 'id="id_username_helptext"' in page
    assert '<ul class="errorlist" id="id_username_error">' in page
    assert 'placeholder="' not in page
    assert 'autocomplete="new-password"' in page
    assert 'autocomplete="username"' in page


def test_errors_are_in_the_readers_language(client, db):
    client.cookies["django_language"] = "ja"
    assert "このフィールドは必須です。" in sign_up(client, "").content.decode()


def test_a_nickname_from_another_service_keeps_its_script(rf, reader):
    adapter = get_adapter()
    assert adapter.generate_unique_username(["별이 좋아"]) == "별이좋아"
    assert adapter.generate_unique_username(["夜@example.jp", "ランプ"]) == "ランプ"
    assert adapter.generate_unique_username(["saebyeok"]) != "saebyeok"


def test_signing_up_without_a_token_is_refused(db):
    from django.test import Client

    assert sign_up(Client(enforce_csrf_checks=True), "mina").status_code == 403
    assert User.objects.count() == 0
