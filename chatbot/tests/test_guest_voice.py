"""Who answers guests."""

import pytest

from chatbot import replies
from chatbot.models import Turn

from . import factories

pytestmark = pytest.mark.django_db


def answered(reader):
    turn = factories.begin(reader)
    replies.write(Turn.objects.claim(turn.pk, "one"))
    turn.refresh_from_db()
    return turn


@pytest.mark.parametrize("voice", ["librarian", "chatgpt"])
def test_guests_are_answered_by_the_voice_set_for_them(catalogue, settings, upstream, voice):
    upstream.says(["[[lamplight]] 조용한 서고에서 시작되는 이야기예요."])
    settings.GUEST_VOICE = voice
    turn = answered(factories.make_guest())
    assert (turn.state, turn.voice) == ("done", voice)
    assert bool(upstream.requests) == (voice == "chatgpt")


def test_readers_with_an_account_are_answered_by_the_model_as_before(catalogue, upstream, reader):
    upstream.says(["[[lamplight]] 조용한 서고에서 시작되는 이야기예요."])
    assert answered(reader).voice == "chatgpt"


def test_what_the_built_in_librarian_tells_a_guest_costs_nothing_of_the_budget(catalogue, settings, upstream):
    settings.DAILY_BUDGET = 0.000001
    turn = answered(factories.make_guest())
    assert (turn.voice, turn.over_budget) == ("librarian", False)


def test_a_page_says_who_answers_a_guest(client, catalogue, upstream):
    client.cookies["django_language"] = "en"
    assert "The built-in librarian answers here." in client.get("/").content.decode()
    turn = factories.begin(factories.make_guest(client))
    assert "The built-in librarian answers here." in client.get(turn.conversation.get_absolute_url()).content.decode()
