"""What readers say of a reply: a thumb, and what was missing."""

import pytest
from django.urls import reverse

from chatbot.models import Turn
from chatbot.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn(reader):
    turn = factories.begin(reader, "하렘 없는 판타지")
    Turn.objects.filter(pk=turn.pk).update(state=Turn.State.DONE, reply="이 책은 어떠세요?")
    turn.refresh_from_db()
    return turn


def send(client, turn, htmx=True, **data):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse("chatbot:feedback", args=[turn.pk]), data, headers=headers)


def test_a_thumb_is_kept_and_shown_and_taken_back_by_the_same_button(logged_in, turn):
    page = send(logged_in, turn, thumb="up").content.decode()
    turn.refresh_from_db()
    assert turn.thumb == Turn.Thumb.UP
    assert turn.thumb_at
    assert page.count('aria-pressed="true"') == 1
    assert 'name="thumb" value=""' in page
    send(logged_in, turn, thumb="")
    turn.refresh_from_db()
    assert (turn.thumb, turn.thumb_at) == ("", None)


def test_a_thumb_down_may_say_what_was_missing_and_a_thumb_up_forgets_it(logged_in, turn):
    assert "물어본 것과 달라요" in send(logged_in, turn, thumb="down").content.decode()
    page = send(logged_in, turn, thumb="down", shortcoming="ask", words=" 두 번째 책을\x00 물었어요 ").content.decode()
    turn.refresh_from_db()
    assert (turn.thumb, turn.shortcoming, turn.thumb_words) == ("down", "ask", "두 번째 책을 물었어요")
    assert "<details" not in page
    send(logged_in, turn, thumb="up")
    turn.refresh_from_db()
    assert (turn.thumb, turn.shortcoming, turn.thumb_words) == ("up", "", "")


@pytest.mark.parametrize("wrong", [{"thumb": "sideways"}, {"thumb": "down", "words": "말" * 301}])
def test_what_cannot_be_taken_changes_nothing_and_loses_no_word(logged_in, turn, wrong):
    turn.judge(Turn.Thumb.DOWN, "fact", "전에 쓴 말")
    answer = send(logged_in, turn, **wrong)
    assert answer.status_code == 422
    assert wrong.get("words", "") in answer.content.decode()
    turn.refresh_from_db()
    assert (turn.thumb, turn.shortcoming, turn.thumb_words) == ("down", "fact", "전에 쓴 말")


def test_without_script_the_page_comes_back_to_the_turn(logged_in, turn):
    assert send(logged_in, turn, htmx=False, thumb="up")["Location"] == turn.get_absolute_url()
    page = logged_in.get(turn.conversation.get_absolute_url()).content.decode()
    assert page.count('aria-pressed="true"') == 1


@pytest.mark.parametrize("state", [Turn.State.QUEUED, Turn.State.RUNNING, Turn.State.FAILED, Turn.State.STOPPED])
def test_only_a_whole_reply_is_judged(logged_in, turn, state):
    Turn.objects.filter(pk=turn.pk).update(state=state)
    assert send(logged_in, turn, thumb="up").status_code == 404
    assert "/feedback/" not in logged_in.get(turn.conversation.get_absolute_url()).content.decode()


def test_a_stranger_judges_nothing(client, stranger, turn):
    client.force_login(stranger)
    assert send(client, turn, thumb="up").status_code == 404


def test_operators_find_what_readers_missed(admin_client, turn):
    factories.give_reason(admin_client)
    turn.judge(Turn.Thumb.DOWN, "fact", "작가가 틀렸어요")
    other = factories.begin(turn.reader, "다른 이야기")
    listed = admin_client.get(reverse("admin:chatbot_turn_changelist"), {"thumb": "down"}).content.decode()
    assert f"/{turn.pk}/change/" in listed
    assert f"/{other.pk}/change/" not in listed
    of_conversations = admin_client.get(reverse("admin:chatbot_conversation_changelist"), {"thumb": "down"})
    assert list(of_conversations.context["cl"].queryset) == [turn.conversation]
    transcript = admin_client.get(reverse("admin:chatbot_conversation_change", args=[turn.conversation_id]))
    assert "작가가 틀렸어요" in transcript.content.decode()
