"""On the desk: a replay beside the reply of then, and a case made of a correction."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from chatbot.costs import pricing
from chatbot.costs.models import PriceRule
from chatbot.models import Criterion, Look, RegressionCase, Replay, Review, ReviewItem, Turn
from chatbot.review import working
from chatbot.review.models import Why
from chatbot.tests import factories

pytestmark = pytest.mark.django_db
QUEUE, CASES = "/admin/chatbot/reviewitem/", "/admin/chatbot/regressioncase/"
HTMX = {"HTTP_HX_REQUEST": "true"}


def operator(client, group="Reviewers"):
    someone = factories.make_reader(group.lower().replace(" ", ""), is_staff=True)
    if group != "Nobodies":
        someone.groups.add(Group.objects.get(name=group))
    client.force_login(someone)
    client.cookies["django_language"] = "en"
    factories.give_reason(client)
    return someone


@pytest.fixture
def reviewer(client):
    return operator(client)


@pytest.fixture
def item(conversing):
    turn = conversing("판타지 추천해 주세요. 제 번호는 010-1234-5678 이에요")
    return ReviewItem.objects.note(turn, [(Why.THUMB, 50)])


def correct(item, words="어떤 판타지를 좋아하세요?"):
    review = Review.objects.create(item=item, reviewer=factories.make_reader())
    review.keep(scores={}, notes="", corrected=words, submit=True)
    return review


def asked(client, item, **fields):
    data = {"voice": "librarian", "prompt": "", "books": "anew", **fields}
    return client.post(f"{QUEUE}{item.pk}/replay/", data)


def test_a_replay_is_asked_for_polled_and_stands_beside_the_reply(client, reviewer, item):
    desk = client.get(f"{QUEUE}{item.pk}/change/").content.decode()
    assert 'target="_blank"' in desk  # words on the desk are not lost
    page = asked(client, item)["Location"]
    replay = Replay.objects.get()
    assert (replay.turn, replay.asked_by) == (item.turn, reviewer)
    waiting = client.get(page, **HTMX).content.decode()
    assert 'hx-trigger="load delay:1s"' in waiting
    working.work()
    made = client.get(page, **HTMX).content.decode()
    assert "hx-get" not in made
    assert "<html" not in made
    assert "Both replies say the same, word for word." in made
    whole = client.get(page).content.decode()
    assert "010-1234-5678" not in whole
    assert "〔phone number〕" in whole
    assert Look.objects.filter(operator=reviewer, conversation=item.turn.conversation).exists()


def test_what_differs_is_marked(client, reviewer, item):
    replay = Replay.objects.get(pk=asked(client, item)["Location"].rstrip("/").rsplit("/", 1)[1])
    working.work()
    Replay.objects.update(reply="<b>전혀</b> 다른 답이에요. lamp@example.com", picks=[], failure_detail="")
    page = client.get(f"{QUEUE}{item.pk}/replays/{replay.pk}/").content.decode()
    assert "<ins" in page
    assert "<del" in page
    assert "<b>전혀</b>" not in page
    assert "lamp@example.com" not in page


def test_nonsense_is_refused_in_words(client, reviewer, item):
    for fields in ({"voice": "oracle"}, {"prompt": "never-was"}, {"books": "all"}, {"voice": ""}):
        answer = asked(client, item, **fields)
        assert answer["Location"] == f"{QUEUE}{item.pk}/change/"
    assert "Choose a voice" in client.get(f"{QUEUE}{item.pk}/change/").content.decode()
    assert not Replay.objects.exists()
    other = ReviewItem.objects.note(factories.make_turn(), [(Why.FAILED, 1)])
    replay = Replay.objects.ask(item.turn, asked_by=None, with_voice="librarian")
    assert client.get(f"{QUEUE}{other.pk}/replays/{replay.pk}/").status_code == 404


def test_a_deleted_conversation_is_replayed_by_nobody(client, reviewer, item):
    page = asked(client, item)["Location"]
    item.turn.conversation.delete_soon()
    assert client.get(page).status_code == 404
    assert asked(client, item).status_code == 404


def test_a_correction_becomes_a_case_by_a_press(client, reviewer, item):
    desk = f"{QUEUE}{item.pk}/change/"
    assert "Make the correction a regression case" not in client.get(desk).content.decode()
    assert client.post(f"{QUEUE}{item.pk}/case/")["Location"] == desk
    assert "Submit a corrected reply first" in client.get(desk).content.decode()
    correct(item)
    assert "Make the correction a regression case" in client.get(desk).content.decode()
    page = client.post(f"{QUEUE}{item.pk}/case/")["Location"]
    case = RegressionCase.objects.get()
    assert (page, case.author, case.is_waiting) == (f"{CASES}{case.pk}/change/", reviewer, True)
    assert client.post(f"{QUEUE}{item.pk}/case/")["Location"] == page
    working.work()
    told = client.get(page).content.decode()
    assert "Offers books" in told
    assert "010-1234-5678" not in told
    assert "Regression case" in client.get(desk).content.decode()
    listed = client.get(CASES, {"passed": "no"}).content.decode()
    assert "Offers books" in listed


def test_a_correction_becomes_a_case_as_it_is_submitted(client, reviewer, item):
    scores = {f"score-{one.pk}": "1" for one in Criterion.objects.all()}
    sent = {**scores, "do": "submit", "corrected": "", "case": "on"}
    client.post(f"{QUEUE}{item.pk}/change/", sent)
    assert not RegressionCase.objects.exists()
    client.post(f"{QUEUE}{item.pk}/change/", {**sent, "corrected": "어떤 판타지를 좋아하세요?"})
    case = RegressionCase.objects.get()
    assert (case.author, case.is_waiting) == (reviewer, True)
    assert f'<a href="{CASES}{case.pk}/change/">' in client.get(QUEUE).content.decode()


def test_what_a_case_expects_is_mended_and_tried_again(client, reviewer, item):
    correct(item)
    page = client.post(f"{QUEUE}{item.pk}/case/")["Location"]
    mended = {"name": "차분한 판타지", "is_on": "on", "offers": "some", "must_name": "lamplight", "must_not_name": ""}
    assert client.post(page, mended).status_code == 302
    case = RegressionCase.objects.get()
    assert (case.words, case.offers, case.must_name) == (case.words, "some", "lamplight")
    client.post(f"{CASES}try/")
    working.work()
    case.refresh_from_db()
    assert (case.passed, case.differences) == (True, [])
    client.post(CASES, {"action": "try_again", "_selected_action": [case.pk]})
    case.refresh_from_db()
    assert case.is_waiting
    assert client.post(f"{CASES}{case.pk}/delete/", {"post": "yes"}).status_code == 403


def test_who_may_not_sees_and_does_nothing(client, item):
    correct(item)
    replay = Replay.objects.ask(item.turn, asked_by=None, with_voice="librarian")
    operator(client, "Nobodies")
    assert asked(client, item).status_code == 403
    assert client.post(f"{QUEUE}{item.pk}/case/").status_code == 403
    assert client.get(f"{QUEUE}{item.pk}/replays/{replay.pk}/").status_code == 403
    assert client.get(CASES).status_code == 403
    assert client.post(f"{CASES}try/").status_code == 403
    operator(client, "Catalogue editors")
    assert asked(client, item).status_code == 403
    assert (Replay.objects.count(), RegressionCase.objects.count()) == (1, 0)


def test_the_list_asks_as_much_for_one_case_as_for_three(client, reviewer, django_assert_num_queries):
    def make():
        turn = factories.make_turn()
        RegressionCase.objects.create(turn=turn, name="…", words="…", language="ko", author=reviewer)

    make()
    client.get(CASES)
    with django_assert_num_queries(6):
        client.get(CASES)
    make(), make()
    with django_assert_num_queries(6):
        client.get(CASES)


def test_a_case_of_an_old_turn_is_shown_without_it(client, reviewer, item):
    correct(item)
    page = client.post(f"{QUEUE}{item.pk}/case/")["Location"]
    Turn.objects.all().delete()
    assert client.get(page).status_code == 200


def choices(client, item):
    page = client.get(f"{QUEUE}{item.pk}/change/").text
    field = page.partition('<select name="model"')[2].partition("</select>")[0]
    return re.findall(r'<option value="([^"]*)"', field)


def test_a_model_with_a_price_can_be_chosen(client, reviewer, item, upstream, settings):
    today = timezone.localdate()
    prices = {"read": 1, "cached": 1, "cache_written": 1, "written": 1}
    for model in ("gpt-7-*", "gpt-6-luna", "gpt-6.1-terra", "gpt-5.5"):
        PriceRule.objects.create(model=model, valid_from=today, **prices)
    PriceRule.objects.create(model="later", valid_from=today + timedelta(days=1), **prices)
    settings.OPENAI_MODEL = "gpt-5.5"
    pricing.reread()
    offered = choices(client, item)
    assert offered[0] == ""
    assert "The one that is set (gpt-5.5)" in client.get(f"{QUEUE}{item.pk}/change/").text
    assert {"gpt-6-luna", "gpt-6.1-terra"} < set(offered)
    assert not {"gpt-5.5", "gpt-7-*", "later"} & set(offered)
    page = asked(client, item, voice="chatgpt", model="gpt-6.1-terra")["Location"]
    replay = Replay.objects.get()
    assert (replay.with_voice, replay.model, replay.is_waiting) == ("chatgpt", "gpt-6.1-terra", True)
    working.work()
    assert "gpt-6.1-terra" in client.get(page).text
    assert upstream.requests[-1]["model"] == "gpt-6.1-terra"
    assert asked(client, item, voice="librarian", model="gpt-6.1-terra").status_code == 302
    assert Replay.objects.latest("pk").model == ""


@pytest.mark.parametrize("model", ["gpt-9", "gpt-7-*", "test-model; x"])
def test_a_model_without_a_price_is_refused(client, reviewer, item, upstream, model):
    assert asked(client, item, voice="chatgpt", model=model)["Location"] == f"{QUEUE}{item.pk}/change/"
    assert not Replay.objects.exists()


def test_without_a_server_there_is_no_model_to_choose(client, reviewer, item):
    assert choices(client, item) == []
    asked(client, item, model="gpt-6-luna")
    assert Replay.objects.get().model == ""
