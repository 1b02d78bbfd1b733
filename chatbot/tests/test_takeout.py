"""What readers take out: conversations as text, picks as a list, all of it as one archive."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from chatbot.models import Pick, Takeout, TakeoutPart
from chatbot.takeout import archive
from huey_tasks.sweeping import sweep
from users.models import ShelfEntry

from . import factories
from .test_sharing import CANDIDATE

pytestmark = pytest.mark.django_db


@pytest.fixture
def turn(reader, catalogue):
    turn = factories.make_turn(
        reader=reader,
        text="조용한 판타지\n추천",
        reply="**골라** 봤어요.\n\n[[lamplight]] 밤에 읽기 좋아요.",
        candidates=[CANDIDATE],
    )
    Pick.objects.create(turn=turn, novel=catalogue[0], position=1, reason="밤에 읽기 좋아요.")
    return turn


def body(response):
    return b"".join(response).decode() if response.streaming else response.content.decode()


def exported(client, turn, form):
    response = client.get(f"/conversations/{turn.conversation_id}/export/", {"form": form})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store"
    return body(response)


def test_a_conversation_as_markdown(logged_in, turn):
    text = exported(logged_in, turn, "md")
    assert text.startswith("# 조용한 판타지\n")
    assert (
        "> 조용한 판타지\n> 추천\n\n골라 봤어요.\n\n- **『등불의 서고』** · lamplightの物語 · 作者\n  밤에 읽기 좋아요.\n"
        in text
    )


def test_a_conversation_as_plain_text(logged_in, turn):
    text = exported(logged_in, turn, "txt")
    assert "조용한 판타지\n추천\n" in text
    assert "・『등불의 서고』 lamplightの物語 · 作者\n  밤에 읽기 좋아요." in text
    assert "[[" not in text


def test_a_conversation_as_json_loads(logged_in, turn):
    factories.make_turn(turn.conversation, text='따옴표 " 와 \\', state="failed", failure="down")
    told = json.loads(exported(logged_in, turn, "json"))
    assert told["title"] == "조용한 판타지"
    first, second = told["turns"]
    assert first["ask"] == "조용한 판타지\n추천"
    assert first["reply"][0] == {"text": "골라 봤어요."}
    assert first["reply"][1]["slug"] == "lamplight"
    assert (second["ask"], second["state"], second["reply"]) == ('따옴표 " 와 \\', "failed", [])


def test_only_ones_own_and_only_forms_there_are(logged_in, turn, stranger):
    other = factories.make_turn(reader=stranger)
    for page in ("export", "picks", "share"):
        assert logged_in.get(f"/conversations/{other.conversation_id}/{page}/").status_code == 404
    assert logged_in.get(f"/conversations/{turn.conversation_id}/export/", {"form": "exe"}).status_code == 404


def test_a_long_conversation_comes_whole(logged_in, turn, monkeypatch):
    monkeypatch.setattr("chatbot.takeout.transcripts.BATCH", 3)
    for number in range(7):
        factories.make_turn(turn.conversation, text=f"{number}번째 말", reply="네.")
    text = exported(logged_in, turn, "txt")
    assert [text.count(f"{number}번째 말") for number in range(7)] == [1] * 7


def test_ticked_picks_are_saved_as_text(logged_in, turn, catalogue):
    Pick.objects.create(turn=turn, novel=catalogue[2], position=2)
    address = f"/conversations/{turn.conversation_id}/picks/"
    page = body(logged_in.get(address))
    assert "등불의 서고" in page
    assert "항구의 마녀" in page
    text = body(logged_in.get(address, {"save": "1", "pick": ["lamplight", "riddle"]}))
    assert text == "조용한 판타지\n\n1. 등불의 서고\n   lamplightの物語\n   作者\n   밤에 읽기 좋아요.\n"
    none = logged_in.get(address, {"save": "1"})
    assert none.status_code == 422


# --- All of it ---------------------------------------------------------------------------------


def packed(client, reader):
    assert client.post("/conversations/takeout/").status_code == 302
    archive.make_waiting()
    takeout = reader.takeouts.get()
    response = client.get(f"/conversations/takeout/{takeout.pk}.zip")
    assert response["Content-Type"] == "application/zip"
    data = b"".join(response)
    assert len(data) == int(response["Content-Length"]) == takeout.size
    return zipfile.ZipFile(io.BytesIO(data))


def test_everything_of_ones_own_is_in_one_archive(logged_in, reader, turn, catalogue, stranger, monkeypatch):
    monkeypatch.setattr("chatbot.takeout.models.PART", 1000)
    factories.make_turn(reader=stranger, text="남의 말")
    temporary = factories.make_turn(reader=reader, text="잠깐 한 말")
    temporary.conversation.__class__.objects.filter(pk=temporary.conversation_id).update(temporary=True)
    ShelfEntry.objects.record(reader, catalogue[0], state="read", rating=9, note="좋았다")
    reader.taste.create(kind="like", topic="tag:fantasy", tag=factories.make_tag("fantasy"))
    found = packed(logged_in, reader)
    assert found.testzip() is None
    assert json.loads(found.read("looks.json")) == json.loads(found.read("reading-lists.json")) == []
    names = found.namelist()
    assert [name for name in names if not name.startswith("conversations/")] == [
        "README.txt", "account.json", "taste.json", "shelf.csv", "shelf-myanimelist.xml", "reading-lists.json",
        "looks.json",
    ]  # fmt: skip
    assert [name for name in names if name.startswith("conversations/")] == [
        f"conversations/00001 조용한 판타지.{form}" for form in ("md", "txt", "json")
    ]
    assert json.loads(found.read("account.json"))["name"] == reader.username
    assert json.loads(found.read("taste.json"))[0]["topic"] == "tag:fantasy"
    assert "lamplight" in found.read("shelf.csv").decode()
    whole = b"".join(found.read(name) for name in names).decode()
    assert "남의 말" not in whole
    assert "잠깐 한 말" not in whole
    assert "임시 대화는 들어 있지 않아요" in found.read("README.txt").decode()
    assert "임시 대화는 들어 있지 않아요" in logged_in.get("/conversations/takeout/").content.decode()


def test_the_page_tells_what_the_file_for_my_anime_list_leaves_out(logged_in, reader, catalogue):
    address = "/conversations/takeout/"
    known, unknown = catalogue[:2]
    type(known).objects.filter(pk=known.pk).update(external_ids={"mal": "7"})
    ShelfEntry.objects.put(reader, known, "read")
    assert "MyAnimeList 번호를 몰라" not in logged_in.get(address).content.decode()
    ShelfEntry.objects.put(reader, unknown, "want")
    page = logged_in.get(address).content.decode()
    assert "작품 가운데 1개는 MyAnimeList 번호를 몰라" in page
    assert "그런 상태가 없어요" not in page
    ShelfEntry.objects.put(reader, known, "not")
    assert "작품 1개는 MyAnimeList용 파일에서 빠져요" in logged_in.get(address).content.decode()


def test_an_archive_is_its_readers_alone(logged_in, reader, turn, stranger, client):
    packed(logged_in, reader)
    pk = reader.takeouts.get().pk
    client.force_login(stranger)
    assert client.get(f"/conversations/takeout/{pk}.zip").status_code == 404


def test_asked_for_twice_it_is_made_once_and_a_new_one_takes_the_place_of_the_old(logged_in, reader, turn):
    first, again = Takeout.objects.request(reader), Takeout.objects.request(reader)
    assert first == again
    archive.make_waiting()
    assert Takeout.objects.request(reader) != first
    assert reader.takeouts.count() == 1


def test_one_that_cannot_be_made_is_given_up_and_can_be_asked_for_again(logged_in, reader, turn, monkeypatch):
    def broken(_takeout):
        raise RuntimeError

    monkeypatch.setattr(archive, "make", broken)
    takeout = Takeout.objects.request(reader)
    for _ in range(4):
        archive.make_waiting()
        Takeout.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    takeout.refresh_from_db()
    assert (takeout.attempts, takeout.has_failed) == (3, True)
    assert "다시" in body(logged_in.get("/conversations/takeout/"))
    assert Takeout.objects.request(reader) != takeout


def test_archives_go_after_a_week_and_with_the_account(logged_in, reader, turn):
    packed(logged_in, reader)
    Takeout.objects.update(
        requested_at=timezone.now() - timedelta(days=8), finished_at=timezone.now() - timedelta(days=8)
    )
    assert logged_in.get(f"/conversations/takeout/{reader.takeouts.get().pk}.zip").status_code == 404
    sweep()
    assert not TakeoutPart.objects.exists()
    Takeout.objects.request(reader)
    reader.leave()
    archive.make_waiting()
    sweep()
    assert not Takeout.objects.exists()


@pytest.mark.parametrize(
    ("title", "name"),
    [("a/b\\c:d", "a b c d"), ("...", "conversation"), ("말 " * 60, ("말 " * 30).strip()), ("", "conversation")],
)
def test_titles_become_names_of_files(title, name):
    assert archive.file_name(title) == name
