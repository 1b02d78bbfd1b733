"""A conversation shared: frozen, without its reader, to be taken back, counted by people, gone on from by strangers."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from chatbot.models import Conversation, Pick, Share, Turn
from chatbot.sharing import card
from huey_tasks.sweeping import sweep
from users.models import DailyUse, TasteLine

from . import factories

pytestmark = pytest.mark.django_db
PERSON = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36"
CANDIDATE = {
    "id": 1,
    "slug": "lamplight",
    "titles": ["등불의 서고"],
    "reasons": [{"kind": "kin", "value": "snowfall", "tags": []}],
    "breaches": [],
    "caveats": [],
    "certainty": "likely",
}
WISH = {"required": ["fantasy"], "taste": {"dislikes": ["tag:romance"]}}


@pytest.fixture
def turn(reader, catalogue):
    return factories.make_turn(
        reader=reader,
        text="조용한 판타지 <b>추천</b>",
        reply="골라 봤어요.\n\n[[lamplight]] 밤에 읽기 좋아요.",
        candidates=[CANDIDATE],
        wish=WISH,
    )


@pytest.fixture
def visitor(client_of):
    return client_of(None)


@pytest.fixture
def client_of():
    from django.test import Client

    def make(reader):
        client = Client(headers={"User-Agent": PERSON})
        if reader:
            client.force_login(reader)
        return client

    return make


def share(client, conversation, turns, days=0):
    address = f"/conversations/{conversation.pk}/share/"
    response = client.post(address, {"turns": [turn.pk for turn in turns], "days": days})
    assert response.status_code == 302, response.content.decode()[:500]
    return Share.objects.latest("pk")


def words(response):
    return response.content.decode()


def test_a_stranger_reads_the_words_and_the_books_and_nothing_of_the_reader(logged_in, reader, turn, visitor):
    TasteLine.objects.create(
        reader=reader, kind="like", topic="tag:fantasy", tag=factories.make_tag("fantasy"), turn=turn
    )
    made = share(logged_in, turn.conversation, [turn])
    page = visitor.get(made.get_absolute_url())
    assert page.status_code == 200
    body = words(page)
    assert "조용한 판타지 &lt;b&gt;추천&lt;/b&gt;" in body
    assert "등불의 서고" in body
    assert "밤에 읽기 좋아요." in body
    for private in (reader.username, "눈 내리는 왕국", "understood", "lesson", "receipt", f'"{turn.pk}"'):
        assert private not in body
    kept = json.dumps(made.turns)
    for private in ("dislikes", "romance", "kin", "snowfall", reader.username):
        assert private not in kept


def test_search_engines_are_asked_to_leave_it_out_and_messengers_find_their_card(logged_in, turn, visitor):
    made = share(logged_in, turn.conversation, [turn])
    page = visitor.get(made.get_absolute_url())
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Cache-Control"] == "private, no-store"
    body = words(page)
    assert '<meta name="robots" content="noindex, nofollow">' in body
    assert f'<meta property="og:image" content="http://testserver{made.get_absolute_url()}card.png">' in body
    assert '<meta property="og:title" content="조용한 판타지 &lt;b&gt;추천&lt;/b&gt;">' in body
    assert "『등불의 서고』" in body
    picture = visitor.get(f"{made.get_absolute_url()}card.png")
    assert picture["Content-Type"] == "image/png"
    assert picture["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert picture.content.startswith(b"\x89PNG")
    assert picture.content[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")


def test_what_is_looked_at_is_what_is_shared(logged_in, reader, turn, visitor):
    private = factories.make_turn(
        turn.conversation, text="내 서가에 뭐 있어?", reply="세 편이 있어요.", reading={"parts": [{"act": "own_data"}]}
    )
    address = f"/conversations/{turn.conversation_id}/share/"
    preview = words(logged_in.get(address))
    assert preview.count("세 편이 있어요.") == 0  # what speaks of the reader is not ticked to begin with
    assert "밤에 읽기 좋아요." in preview
    wanted = logged_in.get(address, {"turns": [private.pk], "days": 7})
    assert wanted.context["chosen"] == [private]
    assert "세 편이 있어요." in words(wanted)
    assert "밤에 읽기 좋아요." not in words(wanted)
    assert not Share.objects.exists()
    talk = words(wanted).split('<article class="shared-talk">')[1].split("</article>")[0]
    made = share(logged_in, turn.conversation, wanted.context["chosen"], 7)
    behind = (
        words(visitor.get(made.get_absolute_url())).split('<article class="shared-talk">')[1].split("</article>")[0]
    )
    assert behind == talk
    assert timezone.now() + timedelta(days=6) < made.ends_at < timezone.now() + timedelta(days=8)


def test_a_turn_that_taught_something_of_the_reader_is_not_ticked(logged_in, reader, turn):
    TasteLine.objects.create(
        reader=reader, kind="like", topic="tag:fantasy", tag=factories.make_tag("fantasy"), turn=turn
    )
    page = logged_in.get(f"/conversations/{turn.conversation_id}/share/")
    assert page.context["chosen"] == []
    assert "checked" not in words(page)


def test_htmx_gets_the_preview_alone(logged_in, turn):
    address = f"/conversations/{turn.conversation_id}/share/"
    part = logged_in.get(address, {"turns": [turn.pk], "days": 0}, headers={"HX-Request": "true"})
    assert "<html" not in words(part)
    assert "밤에 읽기 좋아요." in words(part)


def test_the_copy_stays_as_it_was(logged_in, turn, visitor):
    made = share(logged_in, turn.conversation, [turn])
    Turn.objects.filter(pk=turn.pk).update(text="바뀐 말", reply="바뀐 답")
    turn.conversation.rename("바뀐 제목")
    body = words(visitor.get(made.get_absolute_url()))
    assert "바뀐" not in body


@pytest.mark.parametrize("data", [{}, {"turns": []}, {"turns": [987654]}, {"turns": ["x"]}, {"turns": ["1" * 400]}])
def test_nothing_is_shared_of_what_is_not_there(logged_in, turn, data):
    address = f"/conversations/{turn.conversation_id}/share/"
    assert logged_in.post(address, {"days": 0, **data}).status_code == 422
    assert logged_in.post(address, {"turns": [turn.pk], "days": "999"}).status_code == 422
    assert not Share.objects.exists()


def test_anothers_turns_cannot_be_shared(logged_in, turn, stranger):
    other = factories.make_turn(reader=stranger, reply="남의 답")
    address = f"/conversations/{turn.conversation_id}/share/"
    assert logged_in.post(address, {"turns": [other.pk], "days": 0}).status_code == 422
    assert logged_in.get(f"/conversations/{other.conversation_id}/share/").status_code == 404


def test_a_link_taken_back_leads_nowhere(logged_in, turn, visitor, stranger, client_of):
    made = share(logged_in, turn.conversation, [turn])
    assert client_of(stranger).post(f"/conversations/shares/{made.pk}/revoke/").status_code == 404
    assert logged_in.post(f"/conversations/shares/{made.pk}/revoke/").status_code == 302
    for address in (made.get_absolute_url(), f"{made.get_absolute_url()}card.png"):
        assert visitor.get(address).status_code == 404
    assert not Share.objects.exists()


def test_a_link_ends_by_itself_and_with_what_it_is_of(logged_in, reader, turn, visitor):
    ending, deleted, leaving = (share(logged_in, turn.conversation, [turn]) for _ in range(3))
    Share.objects.filter(pk=ending.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert visitor.get(ending.get_absolute_url()).status_code == 404
    turn.conversation.delete_soon()
    assert visitor.get(deleted.get_absolute_url()).status_code == 404
    turn.conversation.restore()
    assert visitor.get(deleted.get_absolute_url()).status_code == 200
    reader.leave()
    assert visitor.get(leaving.get_absolute_url()).status_code == 404
    sweep()
    assert not Share.objects.exists()


def test_a_link_that_ended_is_deleted(logged_in, turn):
    made = share(logged_in, turn.conversation, [turn], 1)
    Share.objects.filter(pk=made.pk).update(ends_at=timezone.now() - timedelta(days=2))
    sweep()
    assert not Share.objects.exists()


def test_people_are_counted_once_and_robots_and_the_reader_never(logged_in, turn, client_of):
    made = share(logged_in, turn.conversation, [turn])

    def views():
        made.refresh_from_db(fields=["views"])
        return made.views

    logged_in.get(made.get_absolute_url(), headers={"User-Agent": PERSON})
    for robot in (
        "Mozilla/5.0 (compatible; Googlebot/2.1)",
        "facebookexternalhit/1.1; kakaotalk-scrap/1.0",
        "Twitterbot/1.0",
        "Slackbot-LinkExpanding 1.0",
        "python-requests/2.34",
        "curl/8.9",
        "",
    ):
        client_of(None).get(made.get_absolute_url(), headers={"User-Agent": robot})
    client_of(None).get(made.get_absolute_url(), headers={"Sec-Purpose": "prefetch"})
    client_of(None).head(made.get_absolute_url())
    assert views() == 0
    one = client_of(None)
    one.get(made.get_absolute_url())
    one.get(made.get_absolute_url())
    assert views() == 1
    client_of(None).get(made.get_absolute_url())
    assert views() == 2
    assert "2" in words(logged_in.get("/conversations/shares/"))


def test_a_stranger_goes_on_in_an_account_of_their_own(logged_in, turn, stranger, client_of):
    made = share(logged_in, turn.conversation, [turn])
    address = f"{made.get_absolute_url()}continue/"
    to_login = client_of(None).post(address, headers={"Referer": f"http://testserver{made.get_absolute_url()}"})
    assert made.token in to_login["Location"]
    client = client_of(stranger)
    first, again = client.post(address), client.post(address)
    assert first["Location"] == again["Location"]
    own = stranger.conversations.get()
    assert first["Location"] == own.get_absolute_url()
    copied = own.turns.get()
    assert (copied.text, copied.reply, copied.wish) == (turn.text, turn.reply, {})
    assert list(Pick.objects.filter(turn=copied).values_list("novel__slug", flat=True)) == ["lamplight"]
    assert not DailyUse.objects.filter(reader=stranger).exists()
    assert "등불의 서고" in words(client.get(own.get_absolute_url()))
    asked = client.post(f"{own.get_absolute_url()}ask/", {"text": "더 밝은 걸로", "key": factories.uuid.uuid4()})
    assert asked.status_code == 302
    assert Conversation.objects.get(pk=turn.conversation_id).turns.count() == 1


def test_after_the_copy_is_deleted_one_may_go_on_again(logged_in, turn, stranger, client_of):
    made = share(logged_in, turn.conversation, [turn])
    client = client_of(stranger)
    first = client.post(f"{made.get_absolute_url()}continue/")["Location"]
    stranger.conversations.get().delete_soon()
    assert client.post(f"{made.get_absolute_url()}continue/")["Location"] != first


def test_the_reader_goes_back_to_the_talk_itself(logged_in, turn):
    made = share(logged_in, turn.conversation, [turn])
    assert logged_in.post(f"{made.get_absolute_url()}continue/")["Location"] == turn.conversation.get_absolute_url()


def test_a_temporary_talk_is_not_shared(logged_in, turn):
    Conversation.objects.filter(pk=turn.conversation_id).update(temporary=True)
    assert logged_in.get(f"/conversations/{turn.conversation_id}/share/").status_code == 404


def test_a_link_is_made_also_where_no_picture_can_be_drawn(logged_in, turn, visitor, monkeypatch):
    monkeypatch.setattr(card, "FONT", card.FONT.with_name("gone"))
    monkeypatch.setattr(card, "render_to_string", lambda *_: "<svg")
    made = share(logged_in, turn.conversation, [turn])
    assert visitor.get(f"{made.get_absolute_url()}card.png").status_code == 404
    assert "og:image" not in words(visitor.get(made.get_absolute_url()))


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_takes_the_same_queries_however_long(
    logged_in, reader, turn, number, visitor, django_assert_num_queries
):
    turns = [
        turn,
        *(
            factories.make_turn(turn.conversation, reply="[[lamplight]] 네.", candidates=[CANDIDATE])
            for _ in range(number)
        ),
    ]
    made = share(logged_in, turn.conversation, turns)
    visitor.get(made.get_absolute_url())
    with django_assert_num_queries(4):
        visitor.get(made.get_absolute_url())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("짧은 제목", ["짧은 제목"]),
        ("하렘 없이 잔잔한 이세계", ["하렘 없이", "잔잔한 이세계"]),
        ("図書館が出てくる話", ["図書館が出て", "くる話"]),
        ("가" * 40, ["가" * 7, "가" * 7, "가" * 6 + "…"]),
        ("", []),
    ],
)
def test_titles_are_broken_into_lines(text, lines):
    assert card.wrapped(text, 7.5 if "가가" in text or "하렘" in text else 6.5, 3) == lines
