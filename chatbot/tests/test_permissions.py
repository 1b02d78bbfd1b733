"""Which group gets which page of the admin, and may do what there."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from chatbot.models import Criterion, Look, Review, ReviewItem, ReviewRule, Turn
from chatbot.review.models import Why
from chatbot.tests import factories
from users.models import User

pytestmark = pytest.mark.django_db
WHO = ("nobody", "reader", "Reviewers", "Catalogue editors", "Administrators")

# What is opened or pressed | nobody, a reader, a reviewer, a catalogue editor, an administrator. An operator's page
# leads those who are no operators to the login (302). Readers, who take their conversations along,
# are deleted by superusers alone. They press one after another: what one holds, another does not get.
TABLE = """
GET /admin/                                       | 302 302 200 200 200
GET /admin/latency/                               | 302 302 200 200 200
GET /admin/chatbot/conversation/                  | 302 302 200 403 200
GET /admin/chatbot/conversation/{conversation}/change/  | 302 302 200 403 200
POST /admin/chatbot/conversation/{conversation}/delete/ | 302 302 403 403 403
GET /admin/chatbot/turn/                          | 302 302 200 403 200
POST /admin/chatbot/turn/export/ form=jsonl       | 302 302 403 403 200
POST /admin/chatbot/turn/export/ form=jsonl&personal=on | 302 302 403 403 200
GET /admin/chatbot/reviewitem/                    | 302 302 200 403 200
GET /admin/chatbot/reviewitem/{item}/change/      | 302 302 200 403 200
POST /admin/chatbot/reviewitem/{item}/change/ do=skip | 302 302 302 403 302
POST /admin/chatbot/reviewitem/{item}/change/ do=draft | 302 302 302 403 302
POST /admin/chatbot/reviewitem/next/              | 302 302 302 403 302
POST /admin/chatbot/reviewitem/{item}/renew/      | 302 302 204 403 409
GET /admin/chatbot/look/                          | 302 302 403 403 200
GET /admin/chatbot/look/reason/                   | 302 302 200 403 200
GET /admin/chatbot/retentionday/                  | 302 302 403 403 200
GET /admin/chatbot/reviewrule/                    | 302 302 403 403 200
POST /admin/chatbot/reviewrule/{rule}/change/ why=thumb&weight=1 | 302 302 403 403 302
POST /admin/chatbot/criterion/{criterion}/delete/ post=yes | 302 302 403 403 302
GET /admin/users/user/                            | 302 302 403 403 200
GET /admin/users/user/{reader}/change/            | 302 302 403 403 200
POST /admin/users/user/{reader}/change/           | 302 302 403 403 200
POST /admin/users/user/{reader}/delete/ post=yes  | 302 302 403 403 403
GET /admin/catalogue/novel/                       | 302 302 200 200 200
GET /admin/catalogue/novel/{novel}/change/        | 302 302 200 200 200
POST /admin/catalogue/novel/{novel}/change/       | 302 302 403 200 200
POST /admin/catalogue/novel/{novel}/delete/ post=yes | 302 302 403 302 302
GET /admin/catalogue/gap/                         | 302 302 403 200 200
GET /admin/catalogue/import/                      | 302 302 403 200 200
GET /admin/catalogue/draft/                       | 302 302 403 200 200
GET /admin/catalogue/tag/                         | 302 302 200 200 200
GET /admin/huey_tasks/letter/                     | 302 302 403 403 200
GET /admin/auth/group/                            | 302 302 403 403 403
GET /admin/account/emailaddress/                  | 302 302 403 403 403
GET /admin/mfa/authenticator/                     | 302 302 403 403 403
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in TABLE.strip().splitlines()]


@pytest.fixture
def people(db):
    clients = {}
    for who in WHO:
        clients[who] = Client()
        if who != "nobody":
            user = User.objects.create(username=f"one of {who}", is_staff=who != "reader")
            user.groups.set(Group.objects.filter(name=who))
            clients[who].force_login(user)
            factories.give_reason(clients[who])
    return clients


@pytest.fixture
def place(reader, catalogue):
    turn = factories.make_turn(reader=reader)
    return {
        "conversation": turn.conversation_id,
        "item": ReviewItem.objects.note(turn, [(Why.FAILED, 1)]).pk,
        "rule": ReviewRule.objects.get(why="thumb").pk,
        "criterion": Criterion.objects.first().pk,
        "reader": reader.pk,
        "novel": catalogue[0].pk,
    }


@pytest.mark.parametrize(("asked", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_each_group_gets_what_is_its_own(people, place, asked, expected):
    method, address, *fields = asked.format(**place).split(" ")
    data = dict(field.split("=") for field in fields[0].split("&")) if fields else {}
    told = []
    for who in WHO:
        response = getattr(people[who], method.lower())(address, data)
        told.append(str(response.status_code))
        if response.streaming:
            b"".join(response)
    assert told == expected.split()


def test_a_reviewer_changes_no_reader_and_no_reply(people, place, reader):
    before = User.objects.filter(pk=reader.pk).values().get(), Turn.objects.values().get()
    page = reverse("admin:users_user_change", args=[reader.pk])
    people["Reviewers"].post(page, {"username": "other", "is_staff": "on", "is_superuser": "on"})
    assert (User.objects.filter(pk=reader.pk).values().get(), Turn.objects.values().get()) == before


@pytest.mark.parametrize("who", ["Reviewers", "Administrators"])
def test_no_page_shows_a_key(people, place, settings, who):
    settings.OPENAI_API_KEY = "sk-test-0123456789abcdef"
    settings.OPENAI_BASE_URL = "https://user:hidden-word@model.example/v1"
    for asked, _expected in ROWS:
        method, address, *_fields = asked.format(**place).split(" ")
        if method == "GET":
            page = people[who].get(address).content.decode()
            assert "0123456789abcdef" not in page, address
            assert "hidden-word" not in page, address


def test_reviewers_take_no_personal_data_even_by_the_address(people, place):
    Turn.objects.update(text="메일은 mina@example.com")
    shown = people["Reviewers"].get(f"/admin/chatbot/conversation/{place['conversation']}/change/?personal")
    assert shown.status_code == 200
    assert "mina@example.com" not in shown.content.decode()
    assert not Look.objects.filter(unmasked=True).exists()


def test_reviews_of_who_left_stay_without_a_name_and_those_of_ones_turns_go(people, place, reader):
    reviewer = factories.make_reader("leaving-reviewer", is_staff=True)
    item = ReviewItem.objects.get(pk=place["item"])
    Review.objects.create(item=item, reviewer=reviewer)
    Look.objects.create(operator=reviewer, reader=reader, conversation_id=place["conversation"])
    reviewer.delete()
    assert Review.objects.get().reviewer is None
    assert Look.objects.get().operator is None
    reader.delete()
    for model in (Review, ReviewItem, Look, Turn):
        assert not model.objects.exists(), model
