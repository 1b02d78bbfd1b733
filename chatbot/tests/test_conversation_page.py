"""The conversation as a page: polling, stopping, asking again, editing, renaming, deleting, paging."""

import re
import uuid

import pytest
from django.urls import reverse

from chatbot.assistant import failures
from chatbot.models import Conversation, Turn

from . import factories

HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn(reader, catalogue):
    return factories.begin(reader, "판타지 추천해 주세요")


@pytest.fixture
def running(turn):
    return Turn.objects.claim(turn.pk, "one")


def poll(client, turn, seen=""):
    return client.get(reverse("chatbot:turn", args=[turn.pk]), {"seen": seen}, headers=HTMX)


def post(client, name, turn, htmx=True, **data):
    return client.post(reverse(f"chatbot:{name}", args=[turn.pk]), data, headers=HTMX if htmx else {})


def test_an_unchanged_poll_is_204(logged_in, running):
    running.refresh_from_db()
    assert poll(logged_in, running, running.etag()).status_code == 204
    running.progress(reply="조금")
    response = poll(logged_in, running, running.etag())
    assert response.status_code == 200
    assert "조금" in response.content.decode()


def test_text_is_there_before_the_end_and_polling_goes_on(logged_in, running):
    running.progress(reply="첫 문장이에요.", phase="writing")
    html = poll(logged_in, running).content.decode()
    assert 'data-state="running"' in html
    assert "첫 문장이에요." in html
    assert "data-poll" in html


def test_a_finished_turn_carries_no_trigger(logged_in, running):
    running.finish(reply="다 됐어요.")
    html = poll(logged_in, running).content.decode()
    assert 'data-state="done"' in html
    assert "다 됐어요." in html
    assert "data-poll" not in html
    assert "hx-trigger" not in html


def test_a_failed_turn_answers_200_with_plain_words(logged_in, running):
    running.fail(failures.KEY, "HTTP 401 Incorrect API key provided: sk-abc123")
    response = poll(logged_in, running)
    html = response.content.decode()
    assert response.status_code == 200
    assert 'data-state="failed"' in html
    assert "sk-abc123" not in html
    assert "401" not in html


def test_the_quota_shown_is_renewed_when_a_turn_ends(logged_in, running):
    assert 'id="quota"' not in poll(logged_in, running).content.decode()
    running.fail(failures.DOWN)
    assert "30/30" in poll(logged_in, running).content.decode().split('id="quota"')[1]


def test_a_poll_opened_as_a_page_leads_to_the_conversation(logged_in, turn):
    response = logged_in.get(reverse("chatbot:turn", args=[turn.pk]))
    assert response["Location"] == turn.get_absolute_url()


def test_the_place_in_line_is_told(logged_in, turn, stranger):
    factories.begin(stranger)
    waiting = turn.conversation.ask("그리고요", key=uuid.uuid4(), language="ko")
    assert "2" in poll(logged_in, waiting).content.decode().split("data-status")[1][:400]


def test_a_poll_costs_few_queries(logged_in, running, django_assert_num_queries):
    running.refresh_from_db()
    poll(logged_in, running)  # the first request of a session also enters it in the list of sessions
    with django_assert_num_queries(3):
        poll(logged_in, running, running.etag())


def test_stopping_keeps_what_was_written_and_its_picks(logged_in, running, catalogue):
    given = [{"pk": catalogue[0].pk, "slug": "lamplight", "score": 1, "reasons": [], "breaches": []}]
    running.progress(reply="골라 봤어요.\n\n[[lamplight]] 차분해요", candidates=given)
    assert post(logged_in, "stop", running).status_code == 204
    html = poll(logged_in, running).content.decode()
    assert 'data-state="stopped"' in html
    assert 'data-novel="lamplight"' in html
    assert [pick.novel.slug for pick in running.picks.all()] == ["lamplight"]


def test_stopping_twice_or_too_late_changes_nothing(logged_in, running):
    running.finish(reply="다 됐어요.")
    assert post(logged_in, "stop", running).status_code == 204
    assert post(logged_in, "stop", running, htmx=False).status_code == 302
    assert 'data-state="done"' in poll(logged_in, running).content.decode()


def test_asking_again_after_a_failure_makes_one_new_turn(logged_in, running):
    running.fail(failures.DOWN)
    for _ in range(2):
        html = post(logged_in, "retry", running).content.decode()
    new = running.conversation.turns.get(hidden=False)
    assert new.text == running.text
    assert f'data-turn="{new.pk}" data-state="queued"' in html


def test_a_turn_still_being_written_is_not_asked_again(logged_in, running):
    html = post(logged_in, "retry", running).content.decode()
    assert f'data-turn="{running.pk}" data-state="running"' in html
    assert running.conversation.turns.count() == 1


def test_editing_shows_the_words_and_asks_anew(logged_in, running):
    running.finish(reply="다 됐어요.")
    html = logged_in.get(reverse("chatbot:edit", args=[running.pk]), headers=HTMX).content.decode()
    assert "판타지 추천해 주세요</textarea>" in html
    response = post(logged_in, "edit", running, text="추리 소설로 바꿀게요", key=uuid.uuid4())
    assert response["HX-Retarget"] == "#turns"
    shown = running.conversation.turns.get(hidden=False)
    assert (shown.text, shown.replaces_id) == ("추리 소설로 바꿀게요", running.pk)
    assert "판타지 추천해 주세요" in response.content.decode()


def test_editing_a_running_turn_stops_it_first(logged_in, running):
    post(logged_in, "edit", running, text="다시 물을게요", key=uuid.uuid4(), htmx=False)
    running.refresh_from_db()
    assert (running.state, running.hidden) == ("stopped", True)


def test_an_empty_edit_is_refused_and_changes_nothing(logged_in, running):
    running.finish(reply="다 됐어요.")
    response = post(logged_in, "edit", running, text=" ", key=uuid.uuid4())
    assert response.status_code == 422
    assert running.conversation.turns.count() == 1


def test_renaming(logged_in, turn):
    url = reverse("chatbot:rename", args=[turn.conversation_id])
    assert logged_in.post(url, {"title": "  겨울에 읽을 것\u202e "}).status_code == 302
    assert Conversation.objects.get().title == "겨울에 읽을 것"
    assert logged_in.post(url, {"title": " "}).status_code == 422
    assert logged_in.post(url, {"title": "가" * 81}).status_code == 422
    assert Conversation.objects.get().title == "겨울에 읽을 것"


def test_deleting_offers_to_undo(logged_in, turn):
    conversation = turn.conversation
    response = logged_in.post(reverse("chatbot:delete", args=[conversation.pk]), follow=True)
    assert conversation.title in response.content.decode()
    assert logged_in.get(conversation.get_absolute_url()).status_code == 404
    logged_in.post(reverse("chatbot:restore", args=[conversation.pk]))
    assert logged_in.get(conversation.get_absolute_url()).status_code == 200


def test_the_history_shows_own_conversations_only(logged_in, turn, stranger):
    factories.begin(stranger, "남의 이야기")
    html = logged_in.get("/").content.decode()
    assert "판타지 추천해 주세요" in html
    assert "남의 이야기" not in html


def many_turns(conversation, number):
    Turn.objects.bulk_create(
        Turn(conversation=conversation, reader=conversation.reader, text=f"질문 {n:03}", reply="답", state="done")
        for n in range(number)
    )


def test_a_long_conversation_opens_at_its_end_and_loads_back(logged_in, turn):
    many_turns(turn.conversation, 45)
    html = logged_in.get(turn.conversation.get_absolute_url()).content.decode()
    assert "질문 044" in html
    assert "질문 025" in html
    assert "질문 024" not in html
    first = turn.conversation.turns.get(text="질문 025")
    earlier = logged_in.get(f"{turn.conversation.get_absolute_url()}?before={first.pk}", headers=HTMX).content.decode()
    assert "질문 024" in earlier
    assert "질문 005" in earlier
    assert "<html" not in earlier


def test_the_page_takes_the_same_queries_however_long(logged_in, turn, django_assert_num_queries):
    turn.stop()
    many_turns(turn.conversation, 1)
    logged_in.get("/")  # the first request of a session also enters it in the list of sessions
    with django_assert_num_queries(7):
        logged_in.get(turn.conversation.get_absolute_url())
    many_turns(turn.conversation, 60)
    with django_assert_num_queries(7):
        logged_in.get(turn.conversation.get_absolute_url())


def test_private_pages_are_not_kept_by_shared_caches(logged_in, turn):
    response = logged_in.get(turn.conversation.get_absolute_url())
    assert "private" in response["Cache-Control"]
    assert "HX-Request" in response["Vary"]


def finished(turn, reply):
    Turn.objects.claim(turn.pk, "one").finish(reply=reply)
    return turn


def ask_in(conversation, text, replacing=None):
    turn = conversation.ask(text, key=uuid.uuid4(), language="ko", replacing=replacing)
    return finished(turn, f"{text}에 대한 답")


def replies_of(html):
    return re.findall(r"([^\s<>]+)에 대한 답", html)


def way_back(html):
    return re.findall(r'href="(/conversations/\d+/\?version=\d+)"', html)


def test_what_an_edit_replaced_can_still_be_read_and_not_gone_on_with(logged_in, reader):
    first = factories.begin(reader, "처음")
    conversation = finished(first, "처음에 대한 답").conversation
    second, third = ask_in(conversation, "둘째"), ask_in(conversation, "셋째")
    corrected = ask_in(conversation, "셋째고침", replacing=third)
    ask_in(conversation, "처음고침", replacing=first)
    page = logged_in.get(conversation.get_absolute_url()).content.decode()
    assert replies_of(page) == ["처음고침"]
    [address] = way_back(page)
    kept = logged_in.get(address).content.decode()
    assert replies_of(kept) == ["처음", "둘째", "셋째고침"]
    assert f'href="{conversation.get_absolute_url()}#turn-' in kept
    talk = kept.split('<ol class="turns">')[1].split("</ol>")[0]
    assert "<form" not in talk
    assert "/edit/" not in talk
    # From there on to what had been replaced before.
    assert way_back(talk) == [f"{conversation.get_absolute_url()}?version={corrected.pk}"]
    assert replies_of(logged_in.get(way_back(talk)[0]).content.decode()) == ["셋째"]
    assert second.pk < third.pk


def test_the_answer_before_a_part_was_taken_back_can_still_be_read(logged_in, reader):
    first = finished(factories.begin(reader, "처음"), "처음에 대한 답")
    conversation = first.conversation
    ask_in(conversation, "둘째")
    again = conversation.ask("처음", key=uuid.uuid4(), language="ko", replacing=first, dismissed=["tag:fantasy"])
    finished(again, "새로 쓴 글")
    [address] = way_back(logged_in.get(conversation.get_absolute_url()).content.decode())
    assert replies_of(logged_in.get(address).content.decode()) == ["처음"]


def test_there_is_no_way_back_to_a_reply_that_never_was(logged_in, reader):
    first = factories.begin(reader, "처음")
    first.stop()
    ask_in(first.conversation, "처음", replacing=first)
    assert way_back(logged_in.get(first.conversation.get_absolute_url()).content.decode()) == []


@pytest.mark.parametrize("version", ["0", "x", "-1", "9" * 30, "٣"])
def test_a_version_that_is_none_shows_the_conversation(logged_in, reader, version):
    turn = finished(factories.begin(reader, "처음"), "처음에 대한 답")
    page = logged_in.get(turn.conversation.get_absolute_url(), {"version": version})
    assert 'id="turns"' in page.content.decode()


def test_an_ask_brings_what_the_page_has_not_shown_and_nothing_else(logged_in, reader):
    first = finished(factories.begin(reader, "처음"), "처음에 대한 답")
    lost = ask_in(first.conversation, "둘째")

    def sent(after):
        data = {"text": "셋째", "key": uuid.uuid4(), "after": after}
        html = logged_in.post(f"{first.conversation.get_absolute_url()}ask/", data, headers=HTMX)
        assert "asked" in html["HX-Trigger"]
        return re.findall(r'data-turn="(\d+)"', html.content.decode())

    new = sent(first.pk)
    assert new == [str(lost.pk), str(first.conversation.turns.last().pk)]
    assert sent("x") == [str(first.conversation.turns.last().pk)]
