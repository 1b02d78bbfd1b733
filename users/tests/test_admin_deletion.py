"""Operators delete accounts and conversations: asked with counts, out of sight at once, gone by the worker."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from chatbot.catalogue.desk.models import FactMark
from chatbot.models import Conversation, Pick, Turn
from chatbot.review.models import Look, ReviewItem
from chatbot.tests import factories
from huey_tasks.sweeping import sweep
from users.models import ShelfEntry, User

READERS = reverse("admin:users_user_changelist")
LISTS = [READERS, reverse("admin:chatbot_conversation_changelist"), reverse("admin:chatbot_turn_changelist")]


@pytest.fixture
def at_work(client, keeper):
    client.force_login(keeper)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def leaver(db):
    reader = factories.make_reader("leaver", email="leaver@example.com")
    EmailAddress.objects.create(user=reader, email="leaver@example.com", verified=True, primary=True)
    turn = factories.make_turn(reader=reader, text="떠나는 말")
    novel = factories.make_novel("lamp")
    Pick.objects.create(turn=turn, novel=novel, position=1)
    ShelfEntry.objects.put(reader, novel, "want")
    return reader


def delete_page(reader):
    return reverse("admin:users_user_delete", args=[reader.pk])


def test_the_question_counts_what_goes_and_names_none_of_it(at_work, leaver):
    page = at_work.get(delete_page(leaver))
    counts = dict(page.context["model_count"])
    assert {counts[name] for name in ("conversations", "turns", "picks", "shelf entries", "email addresses")} == {1}
    assert "떠나는 말" not in page.content.decode()


def test_the_question_takes_as_many_queries_for_one_turn_as_for_three(at_work, leaver, django_assert_num_queries):
    at_work.get(READERS)
    for _ in range(2):
        with django_assert_num_queries(48):
            at_work.get(delete_page(leaver))
        conversation = Conversation.objects.filter(reader=leaver).get()
        factories.make_turn(conversation), factories.make_turn(conversation)


def test_what_operators_looked_at_and_review_goes_with_its_owner(at_work, leaver, keeper):
    turn = Turn.objects.get()
    Look.objects.note(keeper, turn.conversation, why=Look.Reason.QUALITY)
    ReviewItem.objects.create(turn=turn, weight=1)
    FactMark.objects.create(novel=turn.picks.get().novel, source=FactMark.Source.READER)
    owners = [turn.picks.get().novel, turn, turn.conversation, leaver]
    for one in owners:
        url = reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_delete", args=[one.pk])
        assert dict(at_work.get(url).context["perms_lacking"] or {}) == {}
    assert at_work.post(delete_page(leaver), {"post": "yes"}).status_code == 302
    sweep()
    assert (Look.objects.count(), ReviewItem.objects.count(), Turn.objects.count()) == (0, 0, 0)


def test_a_closed_account_is_in_no_list_and_its_name_and_address_are_free(at_work, leaver, client):
    waiting = factories.begin(leaver)
    before = [at_work.get(url).content.decode() for url in LISTS]
    assert all("leaver" in page for page in before)
    assert at_work.post(delete_page(leaver), {"post": "yes"}).status_code == 302
    at_work.get("/admin/")  # where the message is read
    for url in LISTS:
        assert "leaver" not in at_work.get(url).content.decode()
    assert LogEntry.objects.get().object_repr == "leaver"
    waiting.refresh_from_db()
    assert waiting.state == "stopped"
    assert not EmailAddress.objects.exists()
    again = factories.make_reader("leaver", email="leaver@example.com")
    sweep()
    assert [reader.pk for reader in User.objects.filter(is_staff=False)] == [again.pk]
    assert (Turn.objects.count(), Conversation.objects.count(), ShelfEntry.objects.count()) == (0, 0, 0)


def test_all_of_a_list_are_deleted_up_to_the_newest_that_was_asked_about(at_work, leaver, keeper):
    User.objects.bulk_create(User(username=f"r{n}") for n in range(300))
    chosen = {"action": "delete_selected", "select_across": "1", "index": "0", "_selected_action": [leaver.pk]}
    page = at_work.post(f"{READERS}?is_staff__exact=0", chosen)
    html = page.content.decode()
    assert dict(page.context["model_count"])["readers"] == 301
    assert "and 251 more" in html
    assert html.count("<input") < 20
    late = factories.make_reader("late")
    confirmed = {**chosen, "post": "yes", "newest": str(page.wsgi_request.newest)}
    assert at_work.post(f"{READERS}?is_staff__exact=0", confirmed).status_code == 302
    assert set(User.objects.filter(leaving_at=None)) == {keeper, late}
    assert LogEntry.objects.count() == 301


def test_a_selection_is_deleted_after_its_question(at_work, leaver, stranger, keeper):
    chosen = {"action": "delete_selected", "_selected_action": [leaver.pk]}
    assert f'value="{leaver.pk}"' in at_work.post(READERS, chosen).content.decode()
    assert User.objects.filter(leaving_at=None).count() == 3
    at_work.post(READERS, {**chosen, "post": "yes"})
    assert set(User.objects.filter(leaving_at=None)) == {keeper, stranger}


def test_who_may_delete_readers_may_delete_no_operator(client, keeper, db):
    helper = factories.make_reader("helper", is_staff=True)
    helper.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "delete_user"]))
    client.force_login(helper)
    assert client.post(delete_page(keeper), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [keeper.pk], "post": "yes"}
    assert client.post(READERS, chosen).status_code == 403
    assert User.objects.filter(pk=keeper.pk, leaving_at=None).exists()


def test_an_operator_who_deletes_a_conversation_leaves_no_way_back(at_work, leaver, client):
    conversation = Conversation.objects.get()
    at_work.post(reverse("admin:chatbot_conversation_delete", args=[conversation.pk]), {"post": "yes"})
    client.force_login(leaver)
    assert client.post(reverse("chatbot:restore", args=[conversation.pk])).status_code == 404
    assert client.get(f"/?deleted={conversation.pk}").context["deleted"] is None
    sweep()
    assert not Turn.objects.exists()
