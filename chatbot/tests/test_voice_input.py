"""What a voice was given: kept as it was sent, for operators, and gone with what it belongs to."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chatbot import replies, retention, voice_input
from chatbot.assistant import Given
from chatbot.models import Conversation, ReviewItem, Turn, VoiceInput
from chatbot.review.models import Why
from chatbot.tests import factories
from chatbot.tests.upstream import HTTP, Finish, Thought, calls, recommends
from huey_tasks import sweeping

pytestmark = pytest.mark.django_db(transaction=True)

ASKS = {
    "ko": "제 번호는 010-2345-6789예요. 하렘 없는 판타지 추천해 주세요",
    "en": "My number is 010-2345-6789. A fantasy without a harem, please",
    "ja": "電話は090-1234-5678です。ハーレムのないファンタジーをお願いします",
}
SAYS = {
    "ko": "마법이 있는 조용한 이야기를 골라 보았어요. 천천히 읽어 보세요.",
    "en": "I have chosen a quiet story with magic in it. I hope that you will enjoy it.",
    "ja": "魔法のある静かな物語を選んでみました。ゆっくり読んでみてくださいね。",
}
NUMBERS = {"ko": "010-2345-6789", "en": "010-2345-6789", "ja": "090-1234-5678"}


@pytest.fixture
def answered(reader, catalogue):
    def write(text=ASKS["ko"], language="ko"):
        turn = Turn.objects.claim(factories.begin(reader, text, language).pk, "test-worker")
        replies.write(turn)
        turn.refresh_from_db()
        return turn

    return write


@pytest.fixture
def at_desk(client):
    operator = factories.make_reader("keeper", is_staff=True)
    codenames = ["view_conversation", "view_turn", "view_reviewitem", "add_review", "change_review"]
    operator.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(operator)
    factories.give_reason(client)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client, operator


def kept(turn):
    return [one for row in turn.voice_inputs.order_by("pk") for one in voice_input.requests_in(bytes(row.packed))]


def test_each_request_is_kept_as_it_was_sent(answered, upstream, api):
    """With a failure that passes, a call, and the reply: three requests."""
    busy = [HTTP(500, {"error": {"message": "try again later"}})]
    upstream.says(busy, [*calls({"required": ["fantasy"]})], recommends)
    turn = answered()
    assert turn.state == "done"
    found = kept(turn)
    assert [one["request"] for one in found] == upstream.requests
    assert found[0]["because"] == ""
    assert "500" in found[1]["because"]
    assert found[2]["because"] == "look_on_shelf"
    assert turn.voice_inputs.count() == 1


@pytest.mark.parametrize("language", ASKS)
def test_the_built_in_librarians_material_is_kept(answered, language):
    turn = answered(ASKS[language], language)
    [one] = kept(turn)
    assert [part["act"] for part in one["request"]["parts"]] == ["recommend"]
    assert one["because"] == ""


def test_who_stands_in_has_material_of_her_own(answered, upstream):
    upstream.says([Finish()])
    turn = answered()
    assert turn.stand_in == "empty"
    *asked, last = kept(turn)
    assert [one["request"] for one in asked] == upstream.requests
    assert last["because"] == "empty"
    assert "parts" in last["request"]


def test_a_reply_that_failed_or_was_stopped_keeps_what_was_sent(answered, upstream, monkeypatch):
    upstream.says([HTTP(401, {"error": {"message": "no such key"}})])
    failed = answered()
    assert failed.state == "failed"
    assert len(kept(failed)) == 1

    def stops(request):
        replies.stop(Turn.objects.get(state="running"))
        yield 1.0

    upstream.says(stops)
    stopped = answered()
    assert stopped.state == "stopped"
    assert len(kept(stopped)) == 1


def test_keeping_takes_one_statement(catalogue, monkeypatch):
    def statements():
        turn = Turn.objects.claim(factories.begin(factories.make_reader(), "판타지 추천해 주세요").pk, "test-worker")
        with CaptureQueriesContext(connection) as captured:
            replies.write(turn)
        return [query["sql"] for query in captured]

    statements()  # what is loaded once
    with_input = statements()
    monkeypatch.setattr(voice_input, "keep", lambda turn, given: None)
    without = statements()
    assert sum("chatbot_voiceinput" in sql for sql in with_input) == 1
    assert len(with_input) == len(without) + 1


def test_a_reply_does_without_when_it_cannot_be_kept(answered, upstream):
    """Its reader deletes the account while it is written."""

    def vanishes(request):
        Turn.objects.all().delete()
        yield "여기 있어요."

    turn = Turn.objects.claim(
        factories.begin(factories.make_reader("leaver"), "판타지 추천해 주세요").pk, "test-worker"
    )
    upstream.says(vanishes)
    replies.write(turn)
    assert not VoiceInput.objects.exists()
    assert not Turn.objects.exists()


def test_thoughts_that_nobody_can_read_and_texts_without_end_are_cut(answered):
    thought = {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "x" * 90_000}
    said = {"role": "user", "content": "가" * 50_000}
    first = {"model": "m", "input": [said]}
    given = [Given(first), Given({**first, "input": [said, thought]}, "look_up_works")]
    one, two = voice_input.requests_in(voice_input.pack(given))
    assert one["request"]["input"] == two["request"]["input"][:1]
    assert one["request"]["input"][0]["content"] == "가" * 20_000 + "… (+30000)"
    assert two["request"]["input"][1] == {**thought, "encrypted_content": "… (+90000)"}


def test_of_requests_without_end_the_first_are_kept():
    many = [Given({"model": "m", "messages": [{"role": "user", "content": f"{n}" * 9_000}]}, f"{n}") for n in range(99)]
    packed = voice_input.pack(many)
    found = voice_input.requests_in(packed)
    assert len(found) == 99
    whole = [one for one in found if "request" in one]
    assert 20 < len(whole) < 99
    assert [one["request"] for one in whole] == [one.request for one in many[: len(whole)]]
    assert {one["left_out"] for one in found[len(whole) :]} == {True}
    assert len(json.dumps(whole)) <= voice_input.MAX_ALL


def test_words_that_no_encoding_has_are_kept_all_the_same():
    [one] = voice_input.requests_in(
        voice_input.pack([Given({"messages": [{"role": "user", "content": "a\ud800\0b"}]})])
    )
    assert one["request"]["messages"][0]["content"] == "a?\0b"


@pytest.mark.parametrize("language", ASKS)
@pytest.mark.parametrize("page", ["desk", "transcript"])
def test_operators_see_it_masked(answered, upstream, api, at_desk, language, page):
    client, operator = at_desk
    upstream.says([SAYS[language]])
    turn = answered(ASKS[language], language)
    item = ReviewItem.objects.note(turn, [(Why.SLOW, 1)])
    address = {
        "desk": f"/admin/chatbot/reviewitem/{item.pk}/change/",
        "transcript": f"/admin/chatbot/conversation/{turn.conversation_id}/change/?turn={turn.pk}",
    }[page]
    assert NUMBERS[language] in json.dumps(kept(turn), ensure_ascii=False)
    shown = client.get(address).content.decode()
    assert "What the voice was given (1)" in shown
    assert "Candidates for this ask, one JSON object a line" in shown
    assert "look_on_shelf" in shown
    assert NUMBERS[language] not in shown
    operator.user_permissions.add(Permission.objects.get(codename="see_personal_data"))
    assert NUMBERS[language] in client.get(address, {"personal": "1", "turn": turn.pk}).content.decode()


def test_what_was_the_same_is_not_shown_twice(answered, upstream, at_desk):
    upstream.says([*calls({"required": ["fantasy"]})], recommends)
    turn = answered()
    page = at_desk[0].get(f"/admin/chatbot/conversation/{turn.conversation_id}/change/?turn={turn.pk}").content.decode()
    assert "What the voice was given (2)" in page
    assert "Messages as in the one before, not shown again: " in page
    assert page.count("&lt;/ask&gt;") == 2  # in the line that unfolds, and below it


def test_of_another_conversation_nothing_is_shown(answered, at_desk):
    turn, other = answered(), answered()
    page = (
        at_desk[0].get(f"/admin/chatbot/conversation/{other.conversation_id}/change/?turn={turn.pk}").content.decode()
    )
    assert "What the voice was given" not in page


def test_it_goes_when_its_time_is_over(answered, settings):
    settings.KEEP_EVIDENCE_DAYS = 30
    old, young = answered(), answered()
    Turn.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=31))
    assert retention.carry_out()
    assert list(VoiceInput.objects.values_list("turn", flat=True)) == [young.pk]
    assert retention.RetentionDay.objects.get().evidence == 1


def test_it_goes_with_its_conversation(answered):
    Conversation.objects.filter(pk=answered().conversation_id).delete_for_good()
    assert VoiceInput.objects.exists()
    while not sweeping.sweep():
        pass
    assert not VoiceInput.objects.exists()


def test_thoughts_sent_back_are_in_the_request_that_sent_them(answered, upstream, settings):
    settings.OPENAI_API = "chat"
    upstream.says([Thought("조용한 것을 찾자"), *calls({"required": ["fantasy"]})], recommends)
    assert [one["request"] for one in kept(answered())] == upstream.requests
