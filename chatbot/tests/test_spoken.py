"""Works a reply speaks of stand below its words as small cards."""

import re

import pytest
from django.urls import reverse

from chatbot.models import Turn
from chatbot.presentation.turns import present
from users.models import ShelfEntry

from . import factories

HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db


def speaking_of(reader, *slugs, **fields):
    fields = {"reply": "『등불의 서고』는 5권으로 끝났어요.", "reading": {"spoken": [*slugs]}, **fields}
    return factories.make_turn(reader=reader, **fields)


def page_of(client, turn):
    return client.get(turn.conversation.get_absolute_url()).content.decode()


def cards(page):
    return re.findall(r'<article class="spoken".*?</article>', page, re.S)


def test_a_work_spoken_of_stands_there_with_what_its_reader_says_of_it(logged_in, reader, catalogue):
    ShelfEntry.objects.put(reader, catalogue[0], "read")
    turn = speaking_of(reader, "lamplight", "snowfall")
    first, second = cards(page_of(logged_in, turn))
    for words in ("등불의 서고", "lamplightの物語", "作者", "5권", "완결"):
        assert words in first
    assert first.count('aria-pressed="true"') == 1
    assert 'aria-pressed="true"' not in second


def test_a_work_that_is_offered_is_not_shown_twice(logged_in, reader, catalogue):
    candidate = {"pk": catalogue[0].pk, "slug": "lamplight", "score": 1, "reasons": [], "breaches": []}
    turn = speaking_of(reader, "lamplight", reply="[[lamplight]] 차분해요.", candidates=[candidate])
    assert cards(page_of(logged_in, turn)) == []


def test_one_that_is_only_turned_away_from_has_no_card(logged_in, reader, catalogue):
    assert cards(page_of(logged_in, speaking_of(reader, "lamplight", wish={"refused": ["lamplight"]}))) == []
    asked = {"spoken": ["lamplight"], "parts": [{"act": "about", "works": ["lamplight"]}]}
    turn = speaking_of(reader, reading=asked, wish={"refused": ["lamplight"]})
    assert len(cards(page_of(logged_in, turn))) == 1


def test_one_that_has_left_the_catalogue_is_passed_over(logged_in, reader, catalogue):
    assert len(cards(page_of(logged_in, speaking_of(reader, "gone", "riddle")))) == 1


def test_they_wait_until_the_words_are_all_there(logged_in, reader, catalogue):
    turn = Turn.objects.claim(factories.begin(reader).pk, "one")
    turn.progress(reading={"spoken": ["lamplight"]}, reply="『등불의 서고』는")
    url = reverse("chatbot:turn", args=[turn.pk])
    assert cards(logged_in.get(url, {"seen": ""}, headers=HTMX).content.decode()) == []
    turn.finish(reply="『등불의 서고』는 5권으로 끝났어요.", picks=[])
    assert len(cards(logged_in.get(url, {"seen": ""}, headers=HTMX).content.decode())) == 1


@pytest.mark.parametrize("count", [1, 5])
def test_they_cost_as_many_queries_for_many_as_for_one(reader, catalogue, count, django_assert_num_queries):
    turn = speaking_of(reader, *(novel.slug for novel in catalogue[:count]))
    present([turn])  # the novels are in the cache now
    with django_assert_num_queries(4):  # names, revision, refusals, marks
        [presented] = present([turn])
        assert len(presented.spoken) == count


def test_marks_of_a_work_shown_twice_on_a_page_are_told_apart(logged_in, reader, catalogue):
    turn = speaking_of(reader, "lamplight")
    page = page_of(logged_in, turn)
    assert f'id="mark-{turn.pk}-lamplight-read"' in page
    url = reverse("users:put_on_shelf", args=["lamplight"])
    marked = logged_in.post(url, {"state": "read", "place": turn.pk}, headers=HTMX).content.decode()
    assert f'id="mark-{turn.pk}-lamplight-read"' in marked
    assert f'name="place" value="{turn.pk}"' in marked
    assert 'id="mark-lamplight-read"' in logged_in.post(url, {"state": "read"}, headers=HTMX).content.decode()
    assert logged_in.post(url, {"state": "read", "place": '"><b>'}, headers=HTMX).status_code == 400


def test_operators_see_them_without_marks(client, reader, catalogue):
    turn = speaking_of(reader, "lamplight")
    client.force_login(factories.make_reader(is_staff=True, is_superuser=True))
    factories.give_reason(client)
    page = client.get(reverse("admin:chatbot_conversation_change", args=[turn.conversation_id])).content.decode()
    [card] = cards(page)
    assert "mark-" not in card
