from urllib.parse import quote

import pytest

from chatbot.tests.factories import begin
from users.sessions import SessionStore

from .conftest import PASSWORD


def poll(client, turn, page):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    return client.get(f"/turns/{turn.pk}/?seen=1", headers=headers)


def test_a_poll_after_the_session_expired_sends_the_page_to_the_login(logged_in, reader):
    turn = begin(reader)
    page = f"/conversations/{turn.conversation_id}/?older=3"
    assert "HX-Redirect" not in poll(logged_in, turn, page)
    logged_in.session.flush()
    response = poll(logged_in, turn, page)
    assert (response.status_code, response.content) == (200, b"")
    assert response["HX-Redirect"] == f"/accounts/login/?next={quote(page, safe='')}"


def test_the_login_then_leads_back_to_the_conversation(client, reader):
    turn = begin(reader)
    page = f"/conversations/{turn.conversation_id}/"
    login = poll(client, turn, page)["HX-Redirect"]
    assert client.get(login).context["redirect_field_value"] == page
    response = client.post(login, {"login": "saebyeok", "password": PASSWORD, "next": page})
    assert response["Location"] == page
    assert client.get(page).status_code == 200


def test_a_stranger_who_logs_in_there_finds_nothing(client, reader, stranger):
    turn = begin(reader)
    page = f"/conversations/{turn.conversation_id}/"
    response = client.post("/accounts/login/", {"login": "stranger", "password": PASSWORD, "next": page})
    assert client.get(response["Location"]).status_code == 404


def test_a_page_elsewhere_is_not_where_the_login_leads(client, reader):
    turn = begin(reader)
    headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/steal"}
    response = client.get(f"/turns/{turn.pk}/", headers=headers)
    assert response["HX-Redirect"] == "/accounts/login/?next=%2F"


def test_an_address_no_browser_has_leads_to_the_front(client, reader):
    turn = begin(reader)
    for page in ("http://[", "javascript:alert(1)", "http://testserver//evil.example/x"):
        headers = {"HX-Request": "true", "HX-Current-URL": page}
        response = client.get(f"/turns/{turn.pk}/", headers=headers)
        assert (response.status_code, response["HX-Redirect"][:22]) == (200, "/accounts/login/?next=")
        assert "evil" not in response["HX-Redirect"]


@pytest.mark.parametrize("key", ["abc\x00defghijkl", "ünïcödé-key", "'; drop table"])
def test_a_session_cookie_that_cannot_be_a_key_is_no_session(key):
    assert SessionStore(key).session_key is None


def test_without_htmx_the_login_is_an_ordinary_redirect(client, reader):
    turn = begin(reader)
    response = client.get(f"/conversations/{turn.conversation_id}/")
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next=/conversations/{turn.conversation_id}/"
