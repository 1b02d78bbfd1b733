"""Asking: from the form to the turn, with and without htmx, and with whatever else arrives."""

import re
import uuid
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chatbot.models import Conversation, Turn

from . import factories

HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db


def send(client, text, conversation=None, key=None, htmx=False, **fields):
    url = reverse("chatbot:ask", args=[conversation.pk]) if conversation else reverse("chatbot:start")
    data = {"text": text, "key": key or uuid.uuid4(), **fields}
    return client.post(url, data, headers=HTMX if htmx else {})


@pytest.fixture
def conversation(reader):
    return factories.begin(reader, "첫 질문이에요").conversation


def test_the_first_page_shows_the_three_questions_and_the_ask_form(logged_in, catalogue):
    html = logged_in.get("/").content.decode()
    assert re.search(r"<form[^>]* data-ask ", html)
    assert '<textarea id="ask-text" name="text"' in html
    assert all(f'name="{name}"' in html for name in ("genres", "recent", "mood"))


def test_a_reader_who_has_asked_before_is_not_questioned_again(logged_in, conversation):
    html = logged_in.get("/").content.decode()
    assert 'name="genres"' not in html
    assert 'name="text"' in html


def test_a_visitor_is_welcomed_with_one_box_and_no_questions(client, catalogue):
    html = client.get("/").content.decode()
    assert re.search(r"<form[^>]* data-ask ", html)
    assert [name for name in ("genres", "recent", "mood") if f'name="{name}"' in html] == []


def test_asking_begins_a_conversation_and_leads_there(logged_in, reader):
    response = send(logged_in, "완결된 이세계물 추천해줘")
    conversation = Conversation.objects.get(reader=reader)
    assert (response.status_code, response["Location"]) == (302, conversation.get_absolute_url())
    turn = conversation.turns.get()
    assert (conversation.title, turn.text, turn.state, turn.language) == (
        "완결된 이세계물 추천해줘",
        "완결된 이세계물 추천해줘",
        "queued",
        "ko",
    )


def test_the_three_answers_become_one_ask(logged_in, reader, catalogue):
    send(logged_in, "", genres=["fantasy", "mystery"], recent="등불의 서고", mood="bright")
    assert Turn.objects.get().text == "좋아하는 장르: 판타지, 추리\n최근에 읽은 작품: 등불의 서고\n분위기: 밝은 편"


def test_each_question_can_be_skipped(logged_in, catalogue):
    send(logged_in, "", mood="dark")
    assert Turn.objects.get().text == "분위기: 어두운 편"


def test_all_questions_skipped_is_said_and_nothing_is_kept(logged_in, catalogue):
    response = send(logged_in, "", recent="")
    assert response.status_code == 422
    assert Conversation.objects.count() == 0


def test_an_unknown_chip_is_refused_in_words(logged_in, catalogue):
    response = send(logged_in, "뭐든지", genres=["no-such-genre"])
    assert response.status_code == 422
    assert Turn.objects.count() == 0


def test_with_htmx_the_turn_comes_back_with_a_fresh_key(logged_in, conversation):
    key = uuid.uuid4()
    response = send(logged_in, "그리고요", conversation, key=key, htmx=True)
    html = response.content.decode()
    turn = conversation.turns.get(key=key)
    assert response.status_code == 200
    assert f'data-turn="{turn.pk}" data-state="queued"' in html
    assert f'hx-get="/turns/{turn.pk}/?seen=' in html
    assert 'id="ask-key"' in html
    assert str(key) not in html


def test_without_javascript_the_same_form_leads_back_to_the_turn(logged_in, conversation):
    response = send(logged_in, "그리고요", conversation)
    turn = conversation.turns.last()
    assert response["Location"] == f"/conversations/{conversation.pk}/#turn-{turn.pk}"
    page = logged_in.get(f"/conversations/{conversation.pk}/").content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page


def test_a_finished_conversation_does_not_refresh_itself(logged_in, conversation):
    conversation.turns.get().stop()
    page = logged_in.get(conversation.get_absolute_url()).content.decode()
    assert "http-equiv" not in page
    assert "hx-trigger" not in page.split('id="turns"')[1].split("</ol>")[0]


@pytest.mark.parametrize("htmx", [True, False])
def test_sending_twice_makes_one_turn(logged_in, conversation, htmx):
    key = uuid.uuid4()
    for _ in range(2):
        assert send(logged_in, "그리고요", conversation, key=key, htmx=htmx).status_code in (200, 302)
    assert conversation.turns.count() == 2


def test_starting_twice_makes_one_conversation(logged_in):
    key = uuid.uuid4()
    first, second = send(logged_in, "판타지", key=key), send(logged_in, "판타지", key=key)
    assert first["Location"] == second["Location"]
    assert (Conversation.objects.count(), Turn.objects.count()) == (1, 1)


def test_the_same_key_with_other_words_is_another_turn_and_that_one_too_is_kept_once(logged_in, conversation):
    key = uuid.uuid4()
    for words in ("판타지요", "추리요", "추리요", "로맨스요", "판타지요"):
        assert send(logged_in, words, conversation, key=key).status_code == 302
    asked = conversation.turns.values_list("text", flat=True)
    assert list(asked) == ["첫 질문이에요", "판타지요", "추리요", "로맨스요"]


def test_a_page_that_was_left_begins_another_conversation_with_other_words(logged_in):
    key = uuid.uuid4()
    first, other, again = (send(logged_in, words, key=key)["Location"] for words in ("판타지", "추리", "추리"))
    assert first != other == again
    assert set(Conversation.objects.values_list("title", flat=True)) == {"판타지", "추리"}


def test_words_asked_again_after_their_conversation_was_deleted_are_asked_anew(logged_in):
    key = uuid.uuid4()
    send(logged_in, "판타지", key=key)
    Conversation.objects.get().delete_soon()
    response = send(logged_in, "판타지", key=key)
    assert logged_in.get(response["Location"]).status_code == 200


def test_an_edit_sent_again_with_other_words_loses_neither(logged_in, conversation):
    key, url = uuid.uuid4(), reverse("chatbot:edit", args=[conversation.turns.get().pk])
    for words in ("추리요", "로맨스요"):
        logged_in.post(url, {"text": words, "key": key})
    assert list(conversation.turns.values_list("text", flat=True)) == ["첫 질문이에요", "추리요", "로맨스요"]


@pytest.mark.parametrize("text", ["", "   \n ", "\x00", "\u200b\u202e", "\u3000"])
def test_nothing_to_read_is_a_clear_error(logged_in, conversation, text):
    response = send(logged_in, text, conversation, htmx=True)
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#ask-error"
    assert "읽고 싶은" in response.content.decode()
    assert conversation.turns.count() == 1


def test_4000_characters_pass_and_4001_do_not_with_the_words_kept(logged_in, conversation):
    assert send(logged_in, "가" * 4000, conversation).status_code == 302
    response = send(logged_in, "나" * 4001, conversation)
    html = response.content.decode()
    assert response.status_code == 422
    assert "나" * 4001 in html
    assert "4001" in html
    assert conversation.turns.count() == 2


def test_a_too_long_first_ask_keeps_its_words(logged_in):
    response = send(logged_in, "다" * 4001)
    assert response.status_code == 422
    assert "다" * 4001 in response.content.decode()
    assert Conversation.objects.count() == 0


def test_hostile_characters_are_cleaned_away(logged_in, conversation):
    send(logged_in, "무직\x00전생\u202e 같은 \u200b거", conversation)
    assert conversation.turns.last().text == "무직전생 같은 거"


def test_lone_surrogates_are_survived(logged_in, conversation):
    body = f"key={uuid.uuid4()}&text=%ED%A0%80%EB%AC%B4%EC%A7%81"
    response = logged_in.post(
        reverse("chatbot:ask", args=[conversation.pk]), body, content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 302
    assert conversation.turns.last().text.endswith("무직")


def test_a_megabyte_is_refused_before_it_is_read(logged_in, conversation):
    assert send(logged_in, "가" * 400_000, conversation).status_code == 400
    assert conversation.turns.count() == 1


@pytest.mark.parametrize("key", ["", "no-key", "\x00", "1" * 500])
def test_a_form_without_a_usable_key_is_refused_in_words(logged_in, conversation, key):
    response = logged_in.post(reverse("chatbot:ask", args=[conversation.pk]), {"text": "네", "key": key}, headers=HTMX)
    assert response.status_code == 422
    assert "다시" in response.content.decode()


def test_what_the_reader_writes_is_shown_as_text(logged_in, conversation):
    send(logged_in, "<script>alert(1)</script>", conversation)
    html = logged_in.get(conversation.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert(1)" not in html


def test_without_the_csrf_token_nothing_is_kept(reader, conversation):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    response = send(strict, "그리고요", conversation)
    assert response.status_code == 403
    assert "오래" in response.content.decode()
    assert '<textarea id="words" rows="6" readonly>그리고요</textarea>' in response.content.decode()
    assert conversation.turns.count() == 1


ROUTES = [
    ("conversation", "get"),
    ("ask", "post"),
    ("rename", "get"),
    ("rename", "post"),
    ("delete", "post"),
    ("restore", "post"),
    ("turn", "get"),
    ("stop", "post"),
    ("retry", "post"),
    ("edit", "get"),
    ("edit", "post"),
]


@pytest.mark.parametrize(("name", "method"), ROUTES)
@pytest.mark.parametrize("htmx", [True, False])
def test_strangers_get_404(client, stranger, conversation, name, method, htmx):
    client.force_login(stranger)
    turn = conversation.turns.get()
    pk = turn.pk if name in ("turn", "stop", "retry", "edit") else conversation.pk
    data = {"text": "훔쳐보기", "title": "내 것", "key": uuid.uuid4()} if method == "post" else {}
    response = getattr(client, method)(reverse(f"chatbot:{name}", args=[pk]), data, headers=HTMX if htmx else {})
    assert response.status_code == 404
    conversation.refresh_from_db()
    assert (conversation.title, conversation.turns.count(), conversation.turns.get().state) == (
        "첫 질문이에요",
        1,
        "queued",
    )


@pytest.mark.parametrize(("name", "method"), ROUTES)
def test_visitors_are_led_to_the_login(client, conversation, name, method):
    response = getattr(client, method)(reverse(f"chatbot:{name}", args=[1]))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/?like=lamplight", "/?like=lamplight"),
        ("http://testserver//elsewhere.example/", "/elsewhere.example/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_the_login_leads_back_to_the_page_of_a_form_and_not_to_where_it_was_sent(client, db, referer, back):
    data = {"text": "판타지", "account": "yes"}  # from the page of an account, whose session has ended
    response = client.post(reverse("chatbot:start"), data, headers={"Referer": referer})
    assert parse_qs(urlsplit(response["Location"]).query) == {"next": [back]}


@pytest.mark.parametrize("name", ["start", "ask", "delete", "restore", "stop", "retry"])
def test_what_changes_something_cannot_be_got(logged_in, conversation, name):
    arguments = [] if name == "start" else [conversation.pk]
    assert logged_in.get(reverse(f"chatbot:{name}", args=arguments)).status_code == 405


@pytest.mark.parametrize("pk", [0, 999_999, 2**63, 10**40])
def test_unknown_ids_are_404(logged_in, pk):
    assert logged_in.get(f"/conversations/{pk}/").status_code == 404
    assert logged_in.get(f"/turns/{pk}/", headers=HTMX).status_code == 404


@pytest.mark.parametrize("query", ["before=x", "before=-1", f"before={10**30}", "before=%00", "older=zz", "deleted=٣"])
def test_odd_addresses_show_the_page(logged_in, conversation, query):
    assert logged_in.get(f"{conversation.get_absolute_url()}?{query}").status_code == 200
    assert logged_in.get(f"/?{query}").status_code == 200


def test_over_quota_the_page_says_so_and_keeps_the_words(logged_in, conversation, settings):
    settings.DAILY_REPLIES = 1
    html = send(logged_in, "하나만 더요", conversation, htmx=True).content.decode()
    assert 'data-state="failed"' in html
    assert "하나만 더요" in html
    assert "자정" in html


def test_an_ask_reads_its_reader_once(logged_in, conversation):
    with CaptureQueriesContext(connection) as asked:
        send(logged_in, "그다음은요?", conversation, htmx=True)
    readers = [
        one["sql"] for one in asked if one["sql"].startswith('SELECT "users_user"."id", "users_user"."password"')
    ]
    assert len(readers) == 1
