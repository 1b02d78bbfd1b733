"""Operators see conversations with personal data hidden, and readers see that they were opened."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from chatbot.models import Look, ReviewItem
from chatbot.review.models import Why
from chatbot.tests import factories

pytestmark = pytest.mark.django_db
REASON = "/admin/chatbot/look/reason/"
SAID = "제 번호는 010-1234-5678이고 86은 12권까지 읽었어요"


@pytest.fixture
def turn(reader):
    return factories.make_turn(reader=reader, text=SAID, reply="mina@example.com으로 답할 수는 없어요.")


@pytest.fixture
def operator(db):
    operator = factories.make_reader("operator", is_staff=True)
    codenames = ["view_conversation", "view_turn", "view_reviewitem", "add_review"]
    operator.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return operator


@pytest.fixture
def looking(client, operator):
    client.force_login(operator)
    factories.give_reason(client)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ko"
    return client


def pages(turn):
    item = ReviewItem.objects.note(turn, [(Why.FAILED, 1)])
    return [
        reverse("admin:chatbot_conversation_change", args=[turn.conversation_id]),
        reverse("admin:chatbot_conversation_changelist"),
        reverse("admin:chatbot_turn_changelist"),
        reverse("admin:chatbot_reviewitem_changelist"),
        reverse("admin:chatbot_reviewitem_change", args=[item.pk]),
    ]


def test_personal_data_is_hidden_wherever_operators_read(looking, turn):
    for page in pages(turn):
        text = looking.get(page, {"personal": ""} if "change/" in page else {}).content.decode()
        assert "010-1234-5678" not in text, page
        assert "mina@example.com" not in text, page
        assert "〔전화번호〕" in text, page
    turn.refresh_from_db()
    assert turn.text == SAID  # only hidden


def test_it_is_shown_to_who_may_see_it_and_asks_and_that_is_written_down(looking, operator, turn):
    operator.user_permissions.add(Permission.objects.get(codename="see_personal_data"))
    page = pages(turn)[0]
    assert "010-1234-5678" not in looking.get(page).content.decode()
    text = looking.get(page, {"personal": ""}).content.decode()
    assert "010-1234-5678" in text
    assert "86은 12권까지" in text
    assert sorted(Look.objects.values_list("unmasked", flat=True)) == [False, True]


def test_a_reader_sees_each_look_and_no_other_readers(looking, client, reader, stranger, turn):
    for _ in range(2):
        looking.get(pages(turn)[0])
    assert Look.objects.count() == 1  # of one hour
    client.force_login(reader)
    assert turn.conversation.title in client.get(reverse("users:looks")).content.decode()
    client.force_login(stranger)
    assert turn.conversation.title not in client.get(reverse("users:looks")).content.decode()


def test_the_looks_go_with_the_conversation(looking, turn):
    looking.get(pages(turn)[0])
    turn.conversation.delete()
    assert not Look.objects.exists()


# --- Why --------------------------------------------------------------------------------------------------------------


def test_a_reason_is_asked_once_a_session_before_anything_is_shown(client, operator, turn):
    client.force_login(operator)
    for page in (pages(turn)[0], pages(turn)[-1]):
        response = client.get(page)
        assert response.status_code == 302
        assert response["Location"].startswith(f"{REASON}?next=")
    assert not Look.objects.exists()
    asked = client.get(pages(turn)[0], {"turn": turn.pk})["Location"]
    onward = client.post(asked, {"why": "report", "words": "A reader wrote to us", "next": f"{pages(turn)[0]}?turn=1"})
    assert onward["Location"] == f"{pages(turn)[0]}?turn=1"
    assert client.get(onward["Location"]).status_code == 200
    assert client.get(pages(turn)[-1]).status_code == 200
    assert Look.objects.values_list("why", "words").get() == ("report", "A reader wrote to us")


def test_something_else_needs_words_and_the_list_holds(client, operator):
    client.force_login(operator)
    for sent in ({"why": "other", "words": " "}, {"why": "export"}, {}, {"why": "quality", "words": "x" * 201}):
        assert client.post(REASON, sent).status_code == 422
    assert "look_reason" not in client.session


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1", ""])
def test_it_leads_nowhere_but_here(client, operator, onward):
    client.force_login(operator)
    assert client.post(REASON, {"why": "quality", "words": "", "next": onward})["Location"] == "/admin/"


def test_a_reader_sees_why(looking, client, reader, turn):
    factories.give_reason(looking, "safety", "<b>Worried</b>")
    looking.get(pages(turn)[0])
    client.force_login(reader)
    page = client.get(reverse("users:looks"), headers={"accept-language": "en"}).content.decode()
    assert "Somebody may be in danger: &lt;b&gt;Worried&lt;/b&gt;" in page


def test_a_verdict_that_is_sent_is_not_held_up_by_the_question(client, operator, turn):
    desk = pages(turn)[-1]
    client.force_login(operator)
    assert client.post(desk, {"do": "flag", "flag": "look at this"})["Location"] == desk
    assert ReviewItem.objects.get().flag == "look at this"


def test_who_looked_is_listed_for_administrators_with_titles_masked(client, operator, reader, turn):
    turn.conversation.rename(SAID)
    Look.objects.note(operator, turn.conversation, why="quality")
    administrator = factories.make_reader("administrator", is_staff=True)
    administrator.groups.add(Group.objects.get(name="Administrators"))
    client.force_login(administrator)
    page = client.get("/admin/chatbot/look/", {"why": "quality"}).content.decode()
    assert "operator" in page
    assert "010-1234-5678" not in page
    assert client.get("/admin/chatbot/look/", {"why": "safety"}).context["cl"].result_count == 0
    client.force_login(operator)
    assert client.get("/admin/chatbot/look/").status_code == 403
