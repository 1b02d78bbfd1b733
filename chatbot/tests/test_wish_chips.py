"""What was understood is shown, and each part can be taken back."""

import uuid

import pytest
from django.urls import reverse

from chatbot.catalogue.models import Revision
from chatbot.language.wishes.wish import Wish
from chatbot.models import Turn

from . import factories

HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answered(reader, catalogue, work):
    turn = factories.begin(reader, "판타지인데 로맨스는 빼고 추천해 주세요")
    work()
    turn.refresh_from_db()
    return turn


def parts_of(client, turn):
    html = client.get(turn.conversation.get_absolute_url()).content.decode()
    return [piece.split('"')[0] for piece in html.split('name="part" value="')[1:]]


def take_back(client, turn, part, htmx=True):
    url = reverse("chatbot:without", args=[turn.pk])
    return client.post(url, {"part": part}, headers=HTMX if htmx else {})


def test_what_was_understood_stands_under_the_ask(logged_in, answered):
    assert parts_of(logged_in, answered) == ["required:fantasy", "unwanted:romance"]


def test_taking_a_part_back_asks_again_without_it(logged_in, answered, work):
    offered = {pick.novel.slug for pick in answered.picks.all()}
    assert "snowfall" not in offered
    response = take_back(logged_in, answered, "unwanted:romance")
    again = answered.conversation.turns.get(hidden=False)
    assert f'data-turn="{again.pk}"' in response.content.decode()
    work()
    again.refresh_from_db()
    assert (again.text, again.waived) == (answered.text, ["unwanted:romance"])
    assert parts_of(logged_in, again) == ["required:fantasy"]
    assert [pick.novel.slug for pick in again.picks.all()] == ["snowfall"]


def test_a_publisher_and_an_illustrator_are_chips_and_can_be_taken_back(logged_in, reader, catalogue, work):
    catalogue[0].imprint, catalogue[1].illustrators = "電撃文庫", ["黒星紅白"]
    for novel in catalogue:
        novel.save()
    Revision.advance()
    turn = factories.begin(reader, "전격문고 작품 추천해줘")
    work()
    turn.refresh_from_db()
    assert parts_of(logged_in, turn) == ["published:電撃文庫"]
    assert [pick.novel.slug for pick in turn.picks.all()] == [catalogue[0].slug]
    html = logged_in.get(turn.conversation.get_absolute_url()).content.decode()
    assert html.count("전격문고에서 나온 책") >= 2  # the chip, and the receipt of the pick
    later = turn.conversation.ask("쿠로보시 코우하쿠가 그린 걸로", key=uuid.uuid4(), language="ko")
    work()
    assert parts_of(logged_in, later)[1:] == ["published:電撃文庫", "drawn_by:黒星紅白"]
    take_back(logged_in, later, "published:電撃文庫")
    work()
    again = later.conversation.turns.filter(hidden=False).latest("pk")
    assert (again.wish.get("published"), again.wish["drawn_by"]) == (None, ["黒星紅白"])


def test_what_was_taken_back_stays_so_until_it_is_said_again(logged_in, answered, work):
    take_back(logged_in, answered, "unwanted:romance")
    work()
    later = answered.conversation.ask("다른 거 더 있나요", key=uuid.uuid4(), language="ko")
    work()
    assert "unwanted:romance" not in parts_of(logged_in, later)
    said_again = answered.conversation.ask("로맨스는 빼고요", key=uuid.uuid4(), language="ko")
    work()
    said_again.refresh_from_db()
    assert "romance" in said_again.wish["unwanted"]


def test_taking_back_twice_asks_once(logged_in, answered):
    take_back(logged_in, answered, "unwanted:romance")
    take_back(logged_in, answered, "unwanted:romance", htmx=False)
    assert answered.conversation.turns.count() == 2


@pytest.mark.parametrize("part", ["", "unwanted:harem", "no:such", "required:" + "x" * 500, "\x00"])
def test_what_was_not_understood_cannot_be_taken_back(logged_in, answered, part):
    assert take_back(logged_in, answered, part).status_code == 404
    assert answered.conversation.turns.count() == 1


def test_strangers_take_nothing_back(client, stranger, answered):
    client.force_login(stranger)
    assert take_back(client, answered, "unwanted:romance").status_code == 404
    assert logged_out_count(answered) == 1


def logged_out_count(turn):
    return Turn.objects.filter(conversation=turn.conversation).count()


def test_more_like_this_asks_in_the_same_conversation(logged_in, answered, work):
    picked = answered.picks.first().novel
    url = reverse("chatbot:more", args=[answered.pk])
    for _ in range(2):
        response = logged_in.post(url, {"novel": picked.slug}, headers=HTMX)
    assert f"『{picked.title_ko}』" in response.content.decode()
    asked = answered.conversation.turns.last()
    assert answered.conversation.turns.count() == 2
    work()
    asked.refresh_from_db()
    assert asked.wish["liked"] == [picked.slug]


@pytest.mark.parametrize("slug", ["", "no-such-book", "letters", "\x00"])
def test_more_like_something_never_offered_is_404(logged_in, answered, slug):
    assert logged_in.post(reverse("chatbot:more", args=[answered.pk]), {"novel": slug}).status_code == 404


def test_a_part_that_was_only_inferred_is_shown_and_told_as_unsure(logged_in, reader, catalogue, work):
    turn = factories.begin(reader, "판타지 추천해 주세요. 가능하면 완결된 걸로")
    work()
    html = logged_in.get(turn.conversation.get_absolute_url()).content.decode()
    said, hoped = (piece.split("</button>")[0] for piece in html.split('<button class="understood-part')[1:3])
    assert 'value="required:fantasy"' in said
    assert "understood-doubt" not in said
    assert hoped.startswith(" unsure")
    assert 'value="status:completed"' in hoped
    assert 'understood-doubt" aria-hidden="true">?<' in hoped


def test_a_subject_stands_in_the_words_of_the_reader_and_can_be_taken_back(logged_in, answered):
    Turn.objects.filter(pk=answered.pk).update(wish={"about": ["cat"], "not_about": ["elf"]})
    html = logged_in.get(answered.conversation.get_absolute_url()).content.decode()
    assert ">고양이<" in html.replace("\n", "")
    assert "엘프 제외" in html
    assert parts_of(logged_in, answered) == ["about:cat", "not_about:elf"]


def test_whom_it_is_for_is_a_chip_and_taken_back(logged_in, reader, catalogue, work):
    turn = factories.begin(reader, "초등 6학년 딸이 읽을 판타지 추천해 주세요")
    work()
    assert "audience:child" in parts_of(logged_in, turn)
    assert "아이가 읽을 책" in logged_in.get(turn.conversation.get_absolute_url()).content.decode()
    take_back(logged_in, turn, "audience:child")
    again = turn.conversation.turns.get(hidden=False)
    work()
    again.refresh_from_db()
    assert "audience" not in again.wish
    # Who says it again means it again.
    later = again.conversation.ask("초등 6 딸이 읽을 다른 책도 추천해 주세요", key=uuid.uuid4(), language="ko")
    work()
    later.refresh_from_db()
    assert later.wish["audience"] == "child"


def test_of_the_taste_the_first_parts_are_shown_and_how_many_more_there_are(logged_in, reader, catalogue, work):
    turn = factories.begin(reader, "판타지 추천해 주세요")
    work()
    turn.refresh_from_db()
    turn.wish["taste"] = {"likes": [f"author:작가{number}" for number in range(5)]}
    turn.save()
    html = logged_in.get(turn.conversation.get_absolute_url()).content.decode()
    assert len([part for part in parts_of(logged_in, turn) if part.startswith("taste:")]) == 3
    assert "+2" in html[html.index("data-more") :][:40]


def test_no_chip_says_what_another_has_said():
    wish = Wish(any_of=[["bittersweet", "tearjerker"]], leaning=[["bittersweet"]])
    assert [str(part) for part in wish.parts()] == ["any_of:bittersweet+tearjerker"]
    assert wish.without("any_of", "bittersweet+tearjerker").parts() == []
