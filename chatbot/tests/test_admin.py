"""Operators look through conversations: found, filtered, read as the reader saw them, never written."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from chatbot.admin.read_only import BoundedPaginator
from chatbot.admin.wish_words import LABELS
from chatbot.language.wishes.wish import Wish
from chatbot.models import Conversation, Pick, Turn
from huey_tasks.sweeping import sweep

from . import factories
from .factories import make_turn

CONVERSATIONS = "/admin/chatbot/conversation/"
TURNS = "/admin/chatbot/turn/"
LIST_QUERIES = 6
TRANSCRIPT_QUERIES = 17


@pytest.fixture
def operator_client(client, db):
    """Staff who may look at conversations and turns, and may do nothing else."""
    operator = factories.make_reader("operator", is_staff=True)
    operator.user_permissions.set(Permission.objects.filter(codename__in=["view_conversation", "view_turn"]))
    client.force_login(operator)
    factories.give_reason(client)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def candidate(novel, score=1.0, reasons=(), breaches=()):
    return {"pk": novel.pk, "slug": novel.slug, "score": score, "reasons": list(reasons), "breaches": list(breaches)}


def found(client, url=CONVERSATIONS, **params):
    """Ids in a changelist, in its order."""
    response = client.get(url, params)
    assert response.status_code == 200, response
    return [row.pk for row in response.context["cl"].result_list]


def transcript_of(conversation):
    return reverse("admin:chatbot_conversation_change", args=[conversation.pk])


def page_of(client, conversation, **params):
    response = client.get(transcript_of(conversation), params)
    assert response.status_code == 200
    return response.content.decode()


# --- Who may come in -------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["list", "transcript", "delete", "history", "turns", "turn"])
def test_strangers_and_readers_are_kept_out(client, page):
    turn = make_turn(text="비밀스러운 이야기")
    url = {
        "list": CONVERSATIONS,
        "transcript": transcript_of(turn.conversation),
        "delete": f"{CONVERSATIONS}{turn.conversation_id}/delete/",
        "history": f"{CONVERSATIONS}{turn.conversation_id}/history/",
        "turns": TURNS,
        "turn": f"{TURNS}{turn.pk}/change/",
    }[page]
    for visitor in (None, turn.reader, factories.make_reader()):
        if visitor:
            client.force_login(visitor)
        response = client.get(url)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("admin:login"))


@pytest.mark.django_db
@pytest.mark.parametrize("url", [CONVERSATIONS, TURNS])
def test_staff_without_the_permission_do_not_read_conversations(client, url):
    turn = make_turn()
    client.force_login(factories.make_reader(is_staff=True))
    assert client.get(url).status_code == 403
    assert client.get(transcript_of(turn.conversation)).status_code == 403
    assert client.get(f"{TURNS}{turn.pk}/change/").status_code == 403


def test_operators_neither_add_nor_change_nor_delete(operator_client):
    turn = make_turn(text="그대로 있어야 할 말")
    conversation = turn.conversation
    assert operator_client.get(f"{CONVERSATIONS}add/").status_code == 403
    assert operator_client.get(f"{TURNS}add/").status_code == 403
    assert operator_client.post(transcript_of(conversation), {"title": "바뀐 제목"}).status_code == 405
    assert operator_client.post(f"{CONVERSATIONS}{conversation.pk}/delete/", {"post": "yes"}).status_code == 403
    assert operator_client.post(f"{TURNS}{turn.pk}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [conversation.pk], "post": "yes"}
    operator_client.post(CONVERSATIONS, chosen)
    assert Conversation.objects.get().title == conversation.title
    assert Turn.objects.get().text == "그대로 있어야 할 말"
    assert "delete" not in page_of(operator_client, conversation).lower()


def test_even_superusers_change_nothing(admin_client):
    turn = make_turn()
    assert admin_client.get(f"{CONVERSATIONS}add/").status_code == 403
    assert admin_client.post(transcript_of(turn.conversation), {"title": "바뀐 제목"}).status_code == 405
    assert admin_client.post(f"{TURNS}{turn.pk}/change/", {"text": "바뀐 말"}).status_code in {302, 405}
    assert Turn.objects.get().text == turn.text


def test_superusers_delete_after_a_question_and_all_goes_with_it(admin_client):
    novel = factories.make_novel("lamplight")
    turn = make_turn()
    Pick.objects.create(turn=turn, novel=novel, position=1)
    other = make_turn()
    url = f"{CONVERSATIONS}{turn.conversation_id}/delete/"
    question = admin_client.get(url)
    assert dict(question.context["model_count"]) == {"대화": 1, "문답": 1, "추천작": 1}
    assert Conversation.objects.count() == 2
    assert admin_client.post(url, {"post": "yes"}).status_code == 302
    assert Conversation.objects.exclude(deleted_at=None).get() == turn.conversation
    assert not Conversation.objects.restorable().exists()
    sweep()
    assert [one.pk for one in Conversation.objects.all()] == [other.conversation_id]
    assert [one.pk for one in Turn.objects.all()] == [other.pk]
    assert not Pick.objects.exists()


def test_a_reader_can_be_deleted_with_their_conversations(admin_client):
    turn = make_turn()
    url = reverse("admin:users_user_delete", args=[turn.reader_id])
    assert admin_client.post(url, {"post": "yes"}).status_code == 302
    sweep()
    assert not Turn.objects.exists()


# --- The list --------------------------------------------------------------------------------


def test_the_list_tells_what_a_conversation_has_come_to(operator_client):
    turn = make_turn(text="판타지 추천해 주세요")
    make_turn(turn.conversation, hidden=True)
    make_turn(turn.conversation, state="failed", voice="chatgpt")
    page = operator_client.get(CONVERSATIONS).content.decode()
    for field, words in {
        "title": "판타지 추천해 주세요",
        "reader": turn.reader.username,
        "turn_count": "2",
        "last_state": "Failed",
        "last_voice": "ChatGPT",
    }.items():
        cell = page.split(f"field-{field}")[1].split("</t")[0]
        assert words in cell


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_many_as_for_one(operator_client, rows, django_assert_num_queries):
    for _ in range(rows):
        turn = make_turn()
        make_turn(turn.conversation)
    operator_client.get(CONVERSATIONS)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(found(operator_client)) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_turns_asks_as_often_for_many_as_for_one(operator_client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_turn()
    operator_client.get(TURNS)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(found(operator_client, TURNS)) == rows


def test_counting_stops_at_the_limit(operator_client, monkeypatch):
    for _ in range(4):
        make_turn()
    monkeypatch.setattr(BoundedPaginator, "LIMIT", 3)
    response = operator_client.get(CONVERSATIONS)
    assert response.context["cl"].result_count == 3
    assert "the first 3 conversations" in response.content.decode()


def test_deleted_conversations_are_left_out_everywhere(operator_client):
    turn, kept = make_turn(text="지운 이야기"), make_turn()
    Conversation.objects.filter(pk=turn.conversation_id).update(deleted_at=timezone.now())
    assert found(operator_client) == [kept.conversation_id]
    assert found(operator_client, TURNS) == [kept.pk]
    assert operator_client.get(transcript_of(turn.conversation)).status_code == 404
    assert operator_client.get(f"{TURNS}{turn.pk}/change/").status_code == 404


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("슬로우", "title"), ("kimsae", "name"), ("모험담", "ask"), ("静かな", "reply"), ("ARIA", "ask"),
        ("모험담 aria", "ask"), ("모험담 静かな", None), ("없는말", None), ("100%", None), ("_", None),
    ],
)  # fmt: skip
def test_search_looks_at_titles_names_asks_and_replies(operator_client, words, hit):
    made = {
        "title": make_turn(text="슬로우 라이프 이야기"),
        "name": make_turn(reader=factories.make_reader("kimsaebyeok")),
        "ask": make_turn(),
        "reply": make_turn(),
    }
    Turn.objects.filter(pk=made["ask"].pk).update(text="Aria의 모험담 같은 것")
    Turn.objects.filter(pk=made["reply"].pk).update(reply="とても静かな物語です。")
    Turn.objects.filter(pk=made["title"].pk).update(text="다른 말")
    assert found(operator_client, q=words) == ([made[hit].conversation_id] if hit else [])


def test_search_finds_decomposed_korean(operator_client):
    turn = make_turn(text="이세계 이야기")
    make_turn()
    assert found(operator_client, q="이세계") == [turn.conversation_id]  # typed as single jamo


@pytest.mark.parametrize("words", ["\x00", "x" * 60_000, "a " * 3000, "'; --", "\u202e\u200b", "\\", '"', "😀"])
@pytest.mark.parametrize("url", [CONVERSATIONS, TURNS])
def test_hostile_searches_break_nothing(operator_client, url, words):
    make_turn()
    assert operator_client.get(url, {"q": words}).status_code == 200


def test_filters_by_state_and_voice_look_at_any_turn(operator_client):
    mixed = make_turn(state="failed", voice="chatgpt", failure="cut")
    make_turn(mixed.conversation, state="done", voice="librarian")
    plain = make_turn(state="done", voice="librarian")
    assert found(operator_client, state="failed") == [mixed.conversation_id]
    assert found(operator_client, state="done") == [plain.conversation_id, mixed.conversation_id]
    assert found(operator_client, voice="chatgpt") == [mixed.conversation_id]
    assert found(operator_client, voice="chatgpt", state="queued") == []


def test_filter_by_reader(operator_client):
    mine, other = make_turn(), make_turn()
    assert found(operator_client, reader=mine.reader_id) == [mine.conversation_id]
    assert found(operator_client, reader__id__exact=other.reader_id) == [other.conversation_id]
    page = operator_client.get(CONVERSATIONS).content.decode()
    assert f'<option value="{mine.reader_id}"' not in page  # no list of all readers


def test_filter_by_day(operator_client):
    noon = timezone.localtime().replace(hour=12, minute=0)
    made = {}
    for days in (0, 1, 8, 40):
        turn = make_turn()
        at = noon - timedelta(days=days)
        Conversation.objects.filter(pk=turn.conversation_id).update(updated_at=at)
        Turn.objects.filter(pk=turn.pk).update(queued_at=at, finished_at=at)
        made[days] = turn
    waiting = make_turn(state="queued", finished_at=None)
    yesterday = (noon - timedelta(days=1)).date().isoformat()
    assert found(operator_client, day=yesterday) == [made[1].conversation_id]
    week = {waiting.conversation_id, made[0].conversation_id, made[1].conversation_id}
    assert set(found(operator_client, day="7")) == week
    assert len(found(operator_client, day="30")) == 4
    assert found(operator_client, TURNS, day=yesterday) == [made[1].pk]
    assert found(operator_client, TURNS, day=noon.date().isoformat()) == [made[0].pk]


@pytest.mark.parametrize(
    "query",
    ["day=soon", "day=0001-01-01", "day=9999-12-31", "day=-", "reader=x", "reader=99999", "reader=\x00", "nonsense=1"],
)
def test_a_filter_that_makes_no_sense_leads_back_to_the_list(operator_client, query):
    make_turn()
    response = operator_client.get(f"{CONVERSATIONS}?{query}")
    assert (response.status_code, response["Location"]) == (302, f"{CONVERSATIONS}?e=1")


@pytest.mark.parametrize("query", ["state=x", "voice=%00", "p=x", "p=999", "o=9.9", "all=", "day=", "reader="])
def test_other_nonsense_shows_a_list(operator_client, query):
    make_turn()
    assert operator_client.get(f"{CONVERSATIONS}?{query}", follow=True).status_code == 200


def test_failures_are_found_in_the_list_of_turns(operator_client):
    cut = make_turn(state="failed", failure="cut", failure_detail="stream ended without a finish reason")
    slow = make_turn(state="failed", failure="slow")
    make_turn()
    assert found(operator_client, TURNS, failure="any") == [slow.pk, cut.pk]
    assert found(operator_client, TURNS, failure="cut") == [cut.pk]
    assert found(operator_client, TURNS, q="finish reason") == [cut.pk]


def test_a_turn_leads_to_its_place_in_the_transcript(operator_client):
    turn = make_turn()
    response = operator_client.get(f"{TURNS}{turn.pk}/change/")
    assert response["Location"] == f"{transcript_of(turn.conversation)}?turn={turn.pk}#turn-{turn.pk}"


# --- The transcript --------------------------------------------------------------------------


@pytest.fixture
def answered(db):
    """A turn of the ChatGPT voice: two candidates given, one picked, one pointed at that was not given."""
    given = factories.make_novel("lamplight", "등불의 서고")
    unpicked = factories.make_novel("snowfall", "눈 내리는 왕국")
    asked = timezone.now() - timedelta(minutes=5)
    turn = make_turn(
        text="판타지 <b>추천</b>",
        reply="이 책은 어떠세요?\n[[lamplight]] 조용한 판타지예요.\n[[harbour]] 받지 않은 책이에요.\n\n『없는 책의 노래』도 있대요.",
        state="done",
        voice="chatgpt",
        model="test-model",
        prompt_version="p-17",
        tokens_in=2310,
        tokens_out=412,
        claims=2,
        attempts=3,
        worker="host:1:abc",
        wish={"liked": ["snowfall"], "wanted": {"fantasy": 0.8}, "max_volumes": 10, "anime": False, "later": ["x"]},
        candidates=[
            candidate(given, 4.25, [{"kind": "tag", "value": "fantasy", "tags": []}]),
            candidate(
                unpicked,
                1.5,
                [{"kind": "kin", "value": "lamplight", "tags": ["fantasy"]}],
                [{"kind": "volumes", "value": 13, "tags": []}],
            ),
        ],
        queued_at=asked,
        started_at=asked + timedelta(milliseconds=120),
        first_text_at=asked + timedelta(milliseconds=1354),
        finished_at=asked + timedelta(milliseconds=6789),
    )
    Pick.objects.create(turn=turn, novel=given, position=1)
    return turn


def test_the_transcript_reads_like_the_chat(operator_client, answered):
    page = page_of(operator_client, answered.conversation)
    assert f'id="turn-{answered.pk}"' in page
    assert "판타지 &lt;b&gt;추천&lt;/b&gt;" in page
    assert page.count("data-novel=") == 1
    assert 'data-novel="lamplight"' in page
    assert "조용한 판타지예요." in page
    assert page.count("data-unverified") == 2


def test_the_transcript_neither_polls_nor_has_the_readers_tools(operator_client, answered):
    make_turn(answered.conversation, state="queued", voice="")
    page = page_of(operator_client, answered.conversation)
    for trace in ("hx-", "data-turn", "data-stop", "data-retry", "data-edit", "data-copy", "/edit/", "/retry/"):
        assert trace not in page


def test_beside_a_turn_stands_how_it_came_about(operator_client, answered):
    page = page_of(operator_client, answered.conversation)
    facts = page.split('class="evidence"')[1].split("</aside>")[0]
    for fact in ("Done", "ChatGPT", "test-model", "p-17", "120 ms", "1234 ms", "5435 ms", "6789 ms", "2310 / 412"):
        assert fact in facts
    assert "host:1:abc" in facts
    assert "Candidates: 2 given, 1 picked" in facts


def test_evidence_is_computed_from_what_was_kept(operator_client, answered):
    response = operator_client.get(transcript_of(answered.conversation), headers={"Accept-Language": "ko"})
    (reviewed,) = response.context["turns"]
    evidence = reviewed.evidence
    assert [(one.slug, one.score, one.picked) for one in evidence.given] == [
        ("lamplight", 4.25, True),
        ("snowfall", 1.5, False),
    ]
    assert [reason.kind for reason in evidence.given[1].breaches] == ["volumes"]
    assert evidence.strays == ["harbour"]
    assert evidence.unverified == ["없는 책의 노래"]
    assert [values for _, values in evidence.wish][:3] == [["눈 내리는 왕국"], ["fantasy 0.8"], [10]]
    assert [ms for _, ms in evidence.waits] == [120, 1234, 5435, 6789]


def test_every_part_of_a_wish_has_words_for_operators():
    assert {part.name for part in fields(Wish)} <= LABELS.keys()


def test_a_wish_is_told_in_words(operator_client, answered):
    wish = Wish(
        any_of=[["fantasy", "mystery"]],
        about=["cooking"],
        anything=True,
        sure={"max_volumes:5": 0.7},
        taste={"likes": ["tag:fantasy", "author:作者"], "read_to": {"lamplight": 3}, "edition": "ko"},
    )
    Turn.objects.filter(pk=answered.pk).update(wish=wish.as_json())
    response = operator_client.get(transcript_of(answered.conversation), headers={"Accept-Language": "en"})
    (reviewed,) = response.context["turns"]
    assert [(str(label), [str(value) for value in values]) for label, values in reviewed.evidence.wish] == [
        ("Must carry one of", ["fantasy / mystery"]),
        ("About", ["cooking"]),
        ("Leaves the choice to the librarian", ["Yes"]),
        ("How sure, where it was not said plainly", ["max_volumes:5 0.7"]),
        ("Added by the standing taste", ["Likes: fantasy, 作者", "Read so far: lamplight 3", "Edition in: ko"]),
    ]


def test_operators_see_how_the_model_called_and_what_was_made_of_it(operator_client, answered):
    said = '{"required": ["mystery"], "x": "<script>"}'
    heard = {"required": ["fantasy"], "liked": ["snowfall"]}
    call = {"said": said, "told": {"required": ["mystery"]}, "dropped": ["x"], "fault": "", "heard": heard}
    failed = {"said": "{", "told": {}, "dropped": [], "fault": "not JSON, or broken off", "heard": {}}
    Turn.objects.filter(pk=answered.pk).update(calls=[call, failed])
    page = page_of(operator_client, answered.conversation)
    first, second = page.split('class="call"')[1:]
    assert "{&quot;required&quot;: [&quot;mystery&quot;], &quot;x&quot;: &quot;&lt;script&gt;&quot;}" in first
    assert "눈 내리는 왕국" in first or "The Tale of Snowfall" in first
    assert ">mystery<" in first
    assert "Left out: x" in first
    assert "not JSON, or broken off" in second.split("</details>")[0]


def test_what_was_later_taken_off_the_shelf_is_still_named(operator_client, answered):
    answered.picks.get().novel.delete()
    page = page_of(operator_client, answered.conversation)
    assert "no longer on the shelf" in page
    assert "data-novel=" not in page


def test_a_failed_turn_tells_the_reader_s_words_and_ours(operator_client):
    turn = make_turn(state="failed", failure="busy", failure_detail="429 <script>alert(1)</script>")
    page = page_of(operator_client, turn.conversation)
    assert "The reading room is very crowded just now." in page
    assert "429 &lt;script&gt;" in page
    assert "<strong>Model too busy</strong>" in page
    listed = operator_client.get(TURNS, {"failure": "any"}).content.decode()
    assert listed.count("Model too busy") == 2  # the filter and the row


def test_turns_in_every_state_are_shown(operator_client):
    turn = make_turn(state="running", reply="쓰는 중이에")
    for state in ("queued", "queued", "done", "failed", "stopped"):
        make_turn(turn.conversation, state=state, voice="")
    page = page_of(operator_client, turn.conversation)
    assert [page.count(f'class="state {state}"') for state in Turn.State.values] == [2, 1, 1, 1, 1]


def test_replaced_turns_are_folded_and_open_when_sought(operator_client):
    replaced = make_turn(text="처음 물은 말", hidden=True)
    make_turn(replaced.conversation, replaces=replaced)
    page = page_of(operator_client, replaced.conversation)
    assert page.count('<details class="replaced">') == 1
    assert f"?turn={replaced.pk}#turn-{replaced.pk}" in page.split("In place of")[1]
    assert (
        page_of(operator_client, replaced.conversation, turn=replaced.pk).count('<details class="replaced" open>') == 1
    )


def test_long_conversations_come_in_pages_of_fifty_the_last_first(operator_client):
    first = make_turn()
    Turn.objects.bulk_create(
        Turn(conversation=first.conversation, reader=first.reader, text="또", state="done") for _ in range(119)
    )
    pks = list(first.conversation.turns.values_list("pk", flat=True))

    def shown(**params):
        response = operator_client.get(transcript_of(first.conversation), params)
        return [reviewed.turn.pk for reviewed in response.context["turns"]]

    assert shown() == pks[100:]
    assert shown(p=1) == pks[:50]
    assert shown(turn=pks[49]) == pks[:50]
    assert shown(turn=pks[50]) == pks[50:100]
    for nonsense in ({"p": "x"}, {"p": "999"}, {"turn": "x"}, {"turn": "9" * 30}):
        assert shown(**nonsense) in (pks[100:], pks[:50])


@pytest.mark.parametrize("turns", [1, 3])
def test_a_transcript_asks_as_often_for_many_turns_as_for_one(
    operator_client, answered, turns, django_assert_num_queries
):
    for _ in range(turns - 1):
        again = make_turn(
            answered.conversation, reply=answered.reply, candidates=answered.candidates, wish=answered.wish
        )
        Pick.objects.create(turn=again, novel_id=answered.candidates[0]["pk"], position=1)
    page_of(operator_client, answered.conversation)
    with django_assert_num_queries(TRANSCRIPT_QUERIES):
        page_of(operator_client, answered.conversation)


@pytest.mark.parametrize("pk", ["0", "999999", "x", "9" * 40, "%00", "-1", "1_2F"])
def test_unknown_conversations_and_turns_are_404(operator_client, pk):
    make_turn()
    assert operator_client.get(f"{CONVERSATIONS}{pk}/change/").status_code == 404
    assert operator_client.get(f"{TURNS}{pk}/change/").status_code == 404


@pytest.mark.parametrize("language", ["ko", "en", "ja"])
def test_the_pages_stand_in_three_languages(operator_client, answered, language):
    for url in ("/admin/", CONVERSATIONS, TURNS, transcript_of(answered.conversation)):
        response = operator_client.get(url, headers={"Accept-Language": language})
        assert response.status_code == 200
        assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("url", ["/admin/", CONVERSATIONS, TURNS, "transcript"])
def test_pages_carry_no_inline_style_and_no_inline_script(operator_client, answered, url):
    if url == "transcript":
        url = transcript_of(answered.conversation)
    page = operator_client.get(url).content.decode()
    assert "<style" not in page
    assert "<script>" not in page
    assert ' style="' not in page
    assert " onclick=" not in page


def test_conversations_and_turns_are_registered():
    assert site.is_registered(Conversation)
    assert site.is_registered(Turn)
