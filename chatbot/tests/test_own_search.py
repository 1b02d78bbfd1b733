"""Talks found again: words of both sides, works offered, any two syllables, initial consonants; one's own only."""

import pytest
from django.db import connection

from chatbot import own_search
from chatbot.models import MAX_PINNED, Conversation, Turn

from .factories import make_turn

pytestmark = pytest.mark.django_db


def hits(reader, query, before=None):
    return [hit.turn.pk for hit in own_search.find(reader, query, before).hits]


def marked(pieces):
    return [words for words, is_hit in pieces if is_hit]


@pytest.mark.parametrize(
    ("query", "text", "reply"),
    [
        ("회귀", "시간을 회귀하는 이야기", "네."),
        ("귀하", "시간을 회귀하는 이야기", "네."),
        ("다크판타지", "다크 판타지로 골라 줘", "네."),
        ("무거운 다크판타지", "다크  판타지로 골라 줘", "무거운 것으로요."),
        ("ㅎㄱ", "시간을 회귀하는 이야기", "네."),
        ("ㅅㄱㅇ", "시간은 많아요", "네."),
        ("등불 온실", "온실이 나오는 걸로", "등불을 켜 둘게요."),
        ("もふ", "獣人と旅", "モフモフな仲間が出ます。"),
        ("ﾊｰﾚﾑ", "ハーレム以外で", "はい。"),
        ("SLOW life", "a slow Life, please", "Of course."),
        ("猫", "猫と暮らす話", "はい。"),
    ],
)
def test_words_of_both_sides_are_found_by_any_two_syllables_or_initial_consonants(reader, query, text, reply):
    wanted = make_turn(reader=reader, text=text, reply=reply)
    make_turn(reader=reader, text="전혀 다른 말", reply="아무것도요.")
    found = own_search.find(reader, query)
    assert [hit.turn.pk for hit in found.hits] == [wanted.pk]
    assert marked(found.hits[0].asked) + marked(found.hits[0].told)


def test_spaces_within_a_word_are_found_from_its_beginning_on(reader):
    make_turn(reader=reader, text="초다크 판타지", reply="다크한 판타지")
    assert not own_search.find(reader, "다크판타지").hits
    wanted = make_turn(reader=reader, text="검은 숲의 책", reply="네.")
    Conversation.objects.filter(pk=wanted.conversation_id).update(title="다크 판타지 모음")
    found = own_search.find(reader, "다크판타지")
    assert [conversation.pk for conversation, _pieces in found.titled] == [wanted.conversation_id]


def test_hits_are_marked_where_they_stand(reader):
    make_turn(reader=reader, text="ＳＦ는 빼고 마녀 이야기", reply="**마녀**가 나오는 것으로 골랐어요.")
    (hit,) = own_search.find(reader, "마녀 sf").hits
    assert marked(hit.asked) == ["ＳＦ", "마녀"]
    assert marked(hit.told) == ["마녀"]


def test_a_book_is_found_by_any_of_its_names_where_it_was_offered(reader, catalogue):
    offered = make_turn(reader=reader, text="아무거나", reply="[[lamplight]] 조용해요.")
    make_turn(reader=reader, text="아무거나", reply="[[harbour]] 바다예요.")
    for name in ("등불의 서고", "ㄷㅂㅇ ㅅㄱ", "lamplightの物語", "The Tale of Lamplight"):
        found = own_search.find(reader, name)
        assert [hit.turn.pk for hit in found.hits] == [offered.pk], name
        assert [novel.slug for novel in found.hits[0].works] == ["lamplight"]


def test_a_mark_is_shown_as_its_title(reader, catalogue):
    make_turn(reader=reader, text="네", reply="[[lamplight]] 조용한 서고예요.")
    (hit,) = own_search.find(reader, "조용한").hits
    assert "『등불의 서고』" in "".join(words for words, _ in hit.told)


def test_nobody_finds_what_others_said(reader, stranger):
    make_turn(reader=stranger, text="비밀의 온실")
    own = make_turn(reader=reader, text="비밀의 화원")
    assert hits(reader, "비밀의") == [own.pk]
    assert hits(reader, "온실") == []


def test_what_is_deleted_or_replaced_is_not_found_and_what_is_put_away_is(reader):
    kept, deleted, hidden = (make_turn(reader=reader, text="달빛 찻집") for _ in range(3))
    deleted.conversation.delete_soon()
    Turn.objects.filter(pk=hidden.pk).update(hidden=True)
    kept.conversation.archive()
    assert hits(reader, "달빛") == [kept.pk]


def test_a_conversation_is_found_by_its_own_name(reader):
    turn = make_turn(reader=reader, text="뭐든")
    turn.conversation.rename("비 오는 날 읽을 것")
    ((found, pieces),) = own_search.find(reader, "ㅇㄴ 날").titled
    assert found == turn.conversation
    assert marked(pieces)


def test_hits_come_in_pages(reader, monkeypatch):
    monkeypatch.setattr(own_search, "PAGE", 2)
    monkeypatch.setattr(own_search, "BATCH", 3)
    turns = [make_turn(reader=reader, text="같은 말").pk for _ in range(5)][::-1]
    first = own_search.find(reader, "같은")
    assert [hit.turn.pk for hit in first.hits] == turns[:2]
    assert hits(reader, "같은", int(first.older)) == turns[2:4]
    assert hits(reader, "같은", turns[3]) == turns[4:]


@pytest.mark.parametrize("query", ["", " ", "!?", "\x00", "ㅋ" * 500, "%_'\"*", "( OR", "'; DROP TABLE", "\ud7ff가"])
def test_whatever_is_looked_for_breaks_nothing(logged_in, reader, query):
    make_turn(reader=reader, text="그대로 있는 말")
    assert logged_in.get("/conversations/find/", {"q": query}).status_code == 200


def test_the_page_leads_to_the_turn(logged_in, reader):
    conversation = make_turn(reader=reader, text="처음").conversation
    turns = [make_turn(conversation) for _ in range(40)]
    Turn.objects.filter(pk=turns[3].pk).update(text="깊이 묻힌 말")
    page = logged_in.get("/conversations/find/", {"q": "묻힌"}).content.decode()
    link = f"/conversations/{conversation.pk}/?turn={turns[3].pk}#turn-{turns[3].pk}"
    assert link in page
    assert "<mark>묻힌</mark>" in page
    shown = logged_in.get(link).content.decode()
    assert f'id="turn-{turns[3].pk}"' in shown
    assert "가장 최근 대화로" in shown
    assert f'id="turn-{turns[39].pk}"' not in shown


def test_htmx_gets_the_hits_alone(logged_in, reader):
    make_turn(reader=reader, text="찾는 말")
    body = logged_in.get("/conversations/find/", {"q": "찾는"}, headers={"HX-Request": "true"}).content.decode()
    assert "<mark>찾는</mark>" in body
    assert "<html" not in body


@pytest.mark.parametrize("number", [2, 30])
def test_it_costs_as_many_queries_for_much_as_for_little(reader, catalogue, number, django_assert_num_queries):
    for _ in range(number):
        make_turn(reader=reader, text="같은 말", reply="[[lamplight]] 좋아요.")
    own_search.find(reader, "좋아요")
    with django_assert_num_queries(15 if connection.vendor == "postgresql" else 13):
        own_search.find(reader, "좋아요")


# --- Pinned, and put away ----------------------------------------------------------------------


def listed(client):
    history = client.get("/").context["history"]
    return [one.pk for one in history.pinned], [one.pk for _, day in history.days for one in day]


def test_what_is_pinned_stands_above_and_what_is_put_away_in_no_list(logged_in, reader):
    one, two, three = (make_turn(reader=reader).conversation for _ in range(3))
    assert logged_in.post(f"/conversations/{one.pk}/pin/").status_code == 302
    logged_in.post(f"/conversations/{two.pk}/archive/")
    assert listed(logged_in) == ([one.pk], [three.pk])
    assert two.title in logged_in.get("/conversations/archived/").content.decode()
    logged_in.post(f"/conversations/{one.pk}/pin/", {"do": "undo"})
    logged_in.post(f"/conversations/{two.pk}/archive/", {"do": "undo"})
    assert listed(logged_in) == ([], [three.pk, two.pk, one.pk])


def test_who_puts_a_conversation_away_is_told_where_it_went(logged_in, reader):
    conversation = make_turn(reader=reader).conversation
    away = logged_in.post(f"/conversations/{conversation.pk}/archive/", follow=True)
    back = logged_in.post(f"/conversations/{conversation.pk}/archive/", {"do": "undo"}, follow=True)
    assert [len(list(page.context["messages"])) for page in (away, back)] == [1, 1]


def test_what_is_put_away_is_pinned_no_more_and_the_other_way_round(reader):
    conversation = make_turn(reader=reader).conversation
    conversation.pin()
    conversation.archive()
    assert (conversation.pinned_at, conversation.archived_at is not None) == (None, True)
    conversation.pin()
    assert (conversation.pinned_at is not None, conversation.archived_at) == (True, None)


def test_the_top_has_room_for_some(logged_in, reader):
    conversations = [make_turn(reader=reader).conversation for _ in range(MAX_PINNED + 1)]
    for conversation in conversations:
        logged_in.post(f"/conversations/{conversation.pk}/pin/")
    assert reader.conversations.pinned().count() == MAX_PINNED
    assert str(MAX_PINNED) in logged_in.get("/").content.decode()


def test_the_list_is_read_by_its_own_index(reader):
    if connection.vendor != "sqlite":
        pytest.skip("small tables are read whole there")
    for rows in (reader.conversations.listed().order_by("-updated_at", "-pk"), reader.conversations.pinned()):
        assert "_conversations" in rows.explain()
    assert "temporary_conversations" in Conversation.objects.run_out().explain()
