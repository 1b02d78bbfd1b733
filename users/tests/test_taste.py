"""What the librarian has learned of a reader: learned from words, kept by hand, used in the next ask."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from chatbot import replies
from chatbot.catalogue.models import NovelTag, Tag
from chatbot.language.topics import Topic, TopicKind
from chatbot.language.wishes.preferences import Preference
from chatbot.models import Conversation, Turn
from chatbot.tests import factories
from huey_tasks.sweeping import sweep
from users import taste
from users.models import ShelfEntry, TasteLine
from users.shelf import editing

HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def harem(shelf):
    """The shelf, with a harem on it that is best known of all."""
    factories.make_tag(
        "harem", group="bonds", label_ko="하렘", label_ja="ハーレム", words={"ko": ["하렘"], "en": ["harem"]}
    )
    return factories.make_novel("garden", "장미의 정원", ("fantasy", "harem"), renown=99, authors=["作者二"])


@pytest.fixture
def shelf(db):
    return factories.make_catalogue()


def asked(reader, text):
    """A turn answered by the built-in librarian, as a worker would."""
    turn = factories.begin(reader, text)
    replies.write(Turn.objects.claim(turn.pk, "test-worker"))
    turn.refresh_from_db()
    assert turn.state == "done", turn.failure_detail
    return turn


def lines_of(reader):
    return [(line.kind, line.topic) for line in reader.taste.kept().order_by("topic")]


def tell(reader, kind, what, value="", **details):
    return taste.add(reader, Preference(kind, Topic(TopicKind(what), value), **details))


def offered(turn):
    return {candidate["slug"] for candidate in turn.candidates}


# --- Learning --------------------------------------------------------------------------------------------------------


def test_what_is_said_for_good_is_kept_with_the_words_it_came_from(reader, harem):
    turn = asked(reader, "안녕하세요. 난 하렘 싫어해. 판타지 추천해 주세요.")
    line = reader.taste.get()
    assert (line.kind, line.topic, line.turn, line.words) == ("dislike", "tag:harem", turn, "난 하렘 싫어해.")


def test_the_wish_of_one_ask_teaches_nothing(reader, harem):
    asked(reader, "오늘은 하렘 말고 판타지 추천해 주세요")
    assert lines_of(reader) == []


def test_a_turn_answered_twice_teaches_once(reader, harem):
    turn = asked(reader, "난 하렘 싫어해")
    taste.correct(reader.taste.get(), kind="like")
    Turn.objects.filter(pk=turn.pk).update(state="queued")
    replies.write(Turn.objects.claim(turn.pk, "test-worker"))
    assert lines_of(reader) == [("like", "tag:harem")]


def test_what_was_forgotten_is_not_learned_again_from_the_same_words(reader, harem):
    turn = asked(reader, "난 하렘 싫어해")
    taste.forget(reader.taste.get())
    again = turn.conversation.ask(turn.text, key=uuid.uuid4(), language="ko", replacing=turn)
    replies.write(Turn.objects.claim(again.pk, "test-worker"))
    assert lines_of(reader) == []
    asked(reader, "난 하렘 싫어해")
    assert lines_of(reader) == [("dislike", "tag:harem")]


def test_asked_again_the_line_belongs_to_the_turn_that_is_shown(reader, harem):
    turn = asked(reader, "난 하렘 싫어해")
    again = turn.conversation.ask(turn.text, key=uuid.uuid4(), language="ko", replacing=turn)
    replies.write(Turn.objects.claim(again.pk, "test-worker"))
    assert reader.taste.get().turn == again


def test_never_again_is_made_stronger_by_words_and_weaker_only_by_hand(reader, harem):
    asked(reader, "난 하렘 싫어해")
    asked(reader, "다시는 하렘 추천하지 마")
    asked(reader, "난 하렘 좋아해")
    assert lines_of(reader) == [("never", "tag:harem")]
    taste.correct(reader.taste.get(), kind="like")
    assert lines_of(reader) == [("like", "tag:harem")]


def test_a_reader_who_paused_it_all_is_not_learned_about(reader, harem):
    taste.pause_all(reader, True)
    asked(reader, "난 하렘 싫어해")
    assert lines_of(reader) == []


def test_one_reader_teaches_no_more_lines_than_there_is_room_for(reader, harem, monkeypatch):
    monkeypatch.setattr(taste, "MAX_LINES", 1)
    asked(reader, "난 하렘 싫어해. 난 추리 좋아해.")
    assert len(lines_of(reader)) == 1


# --- Used in the next ask --------------------------------------------------------------------------------------------


def test_a_dislike_lowers_and_yields_to_an_ask_for_it(reader, harem):
    assert next(iter(asked(reader, "판타지 추천해 주세요").candidates))["slug"] == "garden"
    other = factories.make_reader()
    tell(other, "dislike", "tag", "harem")
    assert asked(other, "판타지 추천해 주세요").candidates[0]["slug"] != "garden"
    today = asked(other, "오늘은 하렘 보고 싶어. 추천해 주세요")
    assert offered(today) >= {"garden"}
    assert "dislikes" not in today.wish.get("taste", {})


def test_a_like_leads_where_nothing_was_said(reader, shelf):
    tell(reader, "like", "tag", "mystery")
    turn = asked(reader, "책 추천해 주세요")
    assert turn.candidates[0]["slug"] in ("lamplight", "riddle")
    assert turn.picks.exists()
    assert not asked(reader, "안녕하세요").picks.exists()


def test_not_for_me_lowers_what_is_like_it(reader, harem):
    twin = factories.make_novel("bower", "덩굴의 정원", ("fantasy", "harem"), renown=98, authors=["作者三"])
    places = []
    for state in ("read", "not"):
        someone = factories.make_reader()
        ShelfEntry.objects.put(someone, harem, state)
        slugs = [one["slug"] for one in asked(someone, "판타지 추천해 주세요").candidates]
        assert "garden" not in slugs
        places.append(slugs.index(twin.slug))
    assert places[0] < places[1]


def test_having_read_is_no_liking(reader, harem):
    ShelfEntry.objects.put(reader, harem, "read")
    assert "wants" not in asked(reader, "판타지 추천해 주세요").wish.get("taste", {})
    ShelfEntry.objects.put(reader, harem, "want")
    assert asked(reader, "추리 추천해 주세요").wish["taste"]["wants"] == ["garden"]


@pytest.mark.parametrize(("what", "value"), [("tag", "harem"), ("author", "作者二"), ("work", "garden")])
def test_never_again_is_never_offered_however_it_is_asked_for(reader, harem, what, value):
    assert "garden" in offered(asked(reader, "하렘 나오는 판타지 추천해 주세요"))
    other = factories.make_reader()
    tell(other, "never", what, value)
    for text in ("판타지 추천해 주세요", "하렘 추천해 주세요", "장미의 정원 같은 하렘물 꼭 추천해 줘"):
        turn = asked(other, text)
        assert "garden" not in offered(turn)
        assert not turn.picks.filter(novel=harem).exists()


def test_never_again_takes_the_narrower_forms_of_a_tag_with_it(reader, shelf):
    factories.make_tag("war"), factories.make_tag("military")
    factories.make_novel("barracks", "병영", ("fantasy", "military"), renown=99)
    tell(reader, "never", "tag", "war")
    assert "barracks" not in offered(asked(reader, "판타지 추천해 주세요"))


def test_asked_for_what_is_never_to_be_offered_she_says_so_and_offers_the_rest(client, reader, harem):
    tell(reader, "never", "tag", "harem")
    turn = asked(reader, "하렘 추천해 주세요")
    assert turn.wish["taste"]["refused"] == ["tag:harem"]
    assert turn.picks.exists()
    assert "하렘" in turn.reply.split("[[")[0]
    client.force_login(reader)
    html = client.get(turn.conversation.get_absolute_url()).content.decode()
    told = html.split("data-refusals")[1].split("</p>")[0]
    assert "하렘" in told
    assert reverse("users:taste") in told


@pytest.mark.parametrize("paused", ["line", "all"])
def test_what_is_paused_is_not_used(reader, harem, paused):
    line = tell(reader, "never", "tag", "harem")
    if paused == "line":
        taste.pause(line, True)
    else:
        taste.pause_all(reader, True)
    assert "garden" in offered(asked(reader, "판타지 추천해 주세요"))
    if paused == "line":
        taste.pause(line, False)
    else:
        taste.pause_all(reader, False)
    assert "garden" not in offered(asked(reader, "판타지 더 추천해 주세요"))


def test_a_series_begun_is_not_offered_and_its_numbers_are_no_limit(reader, harem):
    turn = asked(reader, "장미의 정원 3권까지 읽었어. 판타지 추천해 주세요")
    assert reader.taste.get().volume == 3
    assert "max_volumes" not in turn.wish
    assert turn.wish["taste"]["read_to"] == {"garden": 3}
    assert "garden" not in offered(asked(reader, "다른 판타지 추천해 주세요"))


def test_little_japanese_brings_editions_in_the_readers_language_first(reader, shelf):
    factories.make_novel("abroad", "먼 나라", ("fantasy",), renown=72, editions={"ko": {"known": False}})
    factories.make_novel("athome", "우리 나라", ("fantasy",), renown=70, editions={"ko": {"known": True}})

    def order(turn):
        return [one["slug"] for one in turn.candidates if one["slug"] in ("abroad", "athome")]

    # Nobody knows that they read any Japanese.
    assert order(asked(factories.make_reader(), "판타지 추천해 주세요")) == ["athome", "abroad"]
    tell(reader, "level", "level", level="n5")
    assert order(asked(reader, "판타지 추천해 주세요")) == ["athome", "abroad"]
    fluent = factories.make_reader()
    tell(fluent, "level", "level", level="books")
    assert order(asked(fluent, "판타지 추천해 주세요")) == ["abroad", "athome"]


# --- Under the ask and the reply -----------------------------------------------------------------------------------


def test_what_came_from_the_taste_stands_apart_and_can_be_taken_back_here(client, reader, harem):
    tell(reader, "dislike", "tag", "harem")
    turn = asked(reader, "판타지 추천해 주세요")
    client.force_login(reader)
    html = client.get(turn.conversation.get_absolute_url()).content.decode()
    assert 'value="taste:dislikes:tag:harem"' in html
    url = reverse("chatbot:without", args=[turn.pk])
    client.post(url, {"part": "taste:dislikes:tag:harem"}, headers=HTMX)
    again = Turn.objects.get(replaces=turn)
    replies.write(Turn.objects.claim(again.pk, "test-worker"))
    again.refresh_from_db()
    assert "taste" not in again.wish
    assert again.candidates[0]["slug"] == "garden"
    assert lines_of(reader) == [("dislike", "tag:harem")]
    assert client.post(url, {"part": "taste:dislikes:tag:romance"}).status_code == 404


def test_a_reply_that_taught_something_says_so_with_the_way_back(client, reader, harem):
    turn = asked(reader, "다시는 하렘 추천하지 마")
    client.force_login(reader)
    html = client.get(turn.conversation.get_absolute_url()).content.decode()
    line = reader.taste.get()
    assert html.count(f'data-lesson="{line.pk}"') == 1
    url = reverse("users:change_taste", args=[line.pk])
    answer = client.post(url, {"do": "forget", "from": "reply"}, headers=HTMX).content.decode()
    assert 'value="restore"' in answer
    assert lines_of(reader) == []
    client.post(url, {"do": "restore", "from": "reply"}, headers=HTMX)
    assert lines_of(reader) == [("never", "tag:harem")]


# --- The page ---------------------------------------------------------------------------------------------------------


def page_of(client, **query):
    return client.get(reverse("users:taste"), query).content.decode()


def test_the_page_shows_each_line_with_its_words_and_the_turn_they_stand_in(client, reader, harem):
    turn = asked(reader, "난 하렘 싫어해")
    tell(reader, "like", "author", "作者二")
    client.force_login(reader)
    html = page_of(client)
    assert f'href="{turn.get_absolute_url()}"' in html
    assert "난 하렘 싫어해" in html
    assert "作者二" in html
    assert html.count("data-line=") == 2


@pytest.mark.parametrize(
    ("kind", "what", "details", "korean", "english"),
    [
        ("never", "harem", {}, "하렘 · 다시 권하지 않기", "harem · never to be offered again"),
        ("like", "author", {}, "作者二 · 좋아함", "作者二 · liked"),
        ("dislike", "work", {}, "『장미의 정원』 · 좋아하지 않음", "“The Tale of Garden” · disliked"),
        (
            "read_to",
            "work",
            {"volume": 7},
            "『장미의 정원』 · 7권까지 읽음",
            "“The Tale of Garden” · read up to volume 7",
        ),
        ("level", "", {"level": "n5"}, "일본어 · 초급(N5)", "Japanese · Beginner (N5)"),
    ],
)
def test_a_line_is_said_in_a_few_words(harem, kind, what, details, korean, english):
    topic = {
        "harem": {"tag": Tag.objects.get(slug="harem")},
        "author": {"author": "作者二"},
        "work": {"novel": harem},
        "": {},
    }[what]
    line = TasteLine(kind=kind, **topic, **details)
    for language, words in (("ko", korean), ("en", english)):
        with translation.override(language):
            assert line.in_words == words


def test_words_of_a_deleted_conversation_are_gone_with_it(client, reader, harem):
    turn = asked(reader, "난 하렘 싫어해")
    client.force_login(reader)
    turn.conversation.delete_soon()
    for _ in range(2):
        html = page_of(client)
        assert "난 하렘 싫어해" not in html
        assert html.count("data-line=") == 1
        Conversation.objects.filter(pk=turn.conversation_id).update(
            deleted_at=timezone.now() - timezone.timedelta(days=1)
        )
        sweep()
    assert reader.taste.get().turn is None


def test_an_empty_page_says_how_it_fills(client, reader):
    client.force_login(reader)
    assert "taste-empty" in page_of(client)


def test_lines_are_corrected_paused_forgotten_and_brought_back_without_javascript(client, reader, harem):
    line = tell(reader, "like", "tag", "harem")
    client.force_login(reader)
    url = reverse("users:change_taste", args=[line.pk])
    assert client.post(url, {"do": "correct", "kind": "never"}).status_code == 302
    assert lines_of(reader) == [("never", "tag:harem")]
    client.post(url, {"do": "pause"})
    assert not reader.taste.in_force().exists()
    client.post(url, {"do": "resume"})
    assert reader.taste.in_force().exists()
    gone = client.post(url, {"do": "forget"})
    assert 'name="do" value="restore"' in client.get(gone["Location"]).content.decode()
    client.post(url, {"do": "restore"})
    assert lines_of(reader) == [("never", "tag:harem")]


@pytest.mark.parametrize(
    "data",
    [{}, {"do": "burn"}, {"do": "correct"}, {"do": "correct", "kind": "level"}, {"do": "correct", "kind": "\x00"}],
)
def test_a_correction_that_says_nothing_changes_nothing(client, reader, harem, data):
    line = tell(reader, "like", "tag", "harem")
    client.force_login(reader)
    url = reverse("users:change_taste", args=[line.pk])
    assert client.post(url, data, headers=HTMX).status_code == 422
    assert client.post(url, data).status_code == 302
    assert lines_of(reader) == [("like", "tag:harem")]


def test_volume_and_level_are_corrected_in_their_own_fields(client, reader, harem):
    read, level = tell(reader, "read_to", "read_to", "garden", volume=3), tell(reader, "level", "level", level="n5")
    client.force_login(reader)
    for line, data in ((read, {"volume": 4, "kind": "never"}), (level, {"level": "n2", "kind": "never"})):
        client.post(reverse("users:change_taste", args=[line.pk]), {"do": "correct", **data})
        line.refresh_from_db()
    assert (read.kind, read.volume, level.kind, level.level) == ("read_to", 4, "level", "n2")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({"kind": "never", "topic": "tag:harem"}, ("never", "tag:harem")),
        ({"kind": "like", "topic": "work:garden"}, ("like", "work:garden")),
        ({"kind": "dislike", "topic": "author:作者二"}, ("dislike", "author:作者二")),
        ({"kind": "read_to", "topic": "read_to:garden", "volume": 2}, ("read_to", "read_to:garden")),
        ({"kind": "level", "topic": "level", "level": "n3"}, ("level", "level")),
    ],
)
def test_lines_are_added_by_hand_and_twice_is_once(client, reader, harem, data, line):
    client.force_login(reader)
    for _ in range(2):
        assert client.post(reverse("users:add_taste"), data).status_code == 302
    assert lines_of(reader) == [line]
    assert reader.taste.get().by_hand


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "never"},
        {"kind": "never", "topic": "tag:nothing"},
        {"kind": "never", "topic": "work:\x00"},
        {"kind": "never", "topic": "author:nobody"},
        {"kind": "never", "topic": "level"},
        {"kind": "love", "topic": "tag:harem"},
        {"kind": "level", "topic": "level"},
        {"kind": "level", "topic": "tag:harem", "level": "n3"},
        {"kind": "read_to", "topic": "read_to:garden"},
        {"kind": "read_to", "topic": "read_to:garden", "volume": "many"},
        {"kind": "never", "topic": "tag:" + "x" * 5000},
    ],
)
def test_what_is_not_on_the_shelf_cannot_be_told(client, reader, harem, data):
    client.force_login(reader)
    assert client.post(reverse("users:add_taste"), data, headers=HTMX).status_code == 422
    assert client.post(reverse("users:add_taste"), data).status_code == 302
    assert lines_of(reader) == []


@pytest.mark.parametrize("query", ["하렘", "harem", "장미", "作者二"])
def test_the_search_finds_tags_authors_and_works(client, reader, harem, query):
    client.force_login(reader)
    for found in (
        page_of(client, q=query),
        client.get(reverse("users:taste"), {"q": query}, headers=HTMX).content.decode(),
    ):
        assert {"tag:harem", "work:garden", "author:作者二"} & set(found.split('"'))


@pytest.mark.parametrize("query", ["없는 책", "\x00", "%", "'", "x" * 5000, " "])
def test_a_search_for_nothing_finds_nothing(client, reader, harem, query):
    client.force_login(reader)
    assert "taste-found" not in page_of(client, q=query)


def test_all_of_it_is_paused_and_used_again(client, reader):
    client.force_login(reader)
    for do, paused in (("pause", True), ("resume", False)):
        client.post(reverse("users:pause_taste"), {"do": do})
        reader.refresh_from_db()
        assert reader.taste_paused is paused


def test_strangers_see_and_change_nothing(client, reader, stranger, harem):
    line = tell(reader, "never", "tag", "harem")
    client.force_login(stranger)
    assert "data-line=" not in page_of(client)
    assert client.post(reverse("users:change_taste", args=[line.pk]), {"do": "forget"}).status_code == 404
    assert 'value="restore"' not in page_of(client, forgotten=line.pk)
    assert lines_of(reader) == [("never", "tag:harem")]


def test_visitors_are_led_to_the_login(client, reader, harem):
    line = tell(reader, "never", "tag", "harem")
    addresses = [reverse("users:taste"), reverse("users:add_taste"), reverse("users:pause_taste")]
    for address in [*addresses, reverse("users:change_taste", args=[line.pk])]:
        assert client.post(address, {"do": "forget"})["Location"].startswith("/accounts/login/")
    assert lines_of(reader) == [("never", "tag:harem")]


def test_changes_cannot_be_got(client, reader, harem):
    line = tell(reader, "never", "tag", "harem")
    client.force_login(reader)
    for address in (
        reverse("users:add_taste"),
        reverse("users:pause_taste"),
        reverse("users:change_taste", args=[line.pk]),
    ):
        assert client.get(address).status_code == 405
    assert client.post(reverse("users:taste")).status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_the_same_queries_however_much_is_known(
    client, reader, shelf, django_assert_num_queries, number
):
    for place in range(number):
        turn = factories.begin(reader, f"책 {place}")
        line = tell(reader, "like", "work", factories.make_novel(f"book-{place}").slug)
        TasteLine.objects.filter(pk=line.pk).update(turn=turn, by_hand=False, begins=0, ends=3)
    client.force_login(reader)
    client.get("/users/")
    with django_assert_num_queries(6):
        page_of(client)


@pytest.mark.parametrize(("number", "folded"), [(4, 0), (5, 2), (12, 9)])
def test_what_the_shelf_taught_is_folded_below_what_was_said(client, reader, shelf, english, number, folded):
    said = tell(reader, "like", "work", "lamplight")
    for place in range(number):
        novel = factories.make_novel(f"book-{place}")
        editing.change(reader, [novel.pk], {"state": "read", "rating": 10}, adds=True)
    client.force_login(reader)
    group = client.get("/users/taste/").context["groups"][0]
    assert group["open"][0] == said
    assert (len(group["open"]), len(group["folded"])) == (1 + number - folded, folded)
    assert (f"{folded} more from your shelf" in page_of(client)) is bool(folded)


def test_many_lines_are_paged(client, reader, shelf, monkeypatch):
    monkeypatch.setattr("users.views.LINES_A_PAGE", 2)
    for slug in ("lamplight", "snowfall", "harbour"):
        tell(reader, "like", "work", slug)
    client.force_login(reader)
    assert page_of(client).count("data-line=") == 2
    assert page_of(client, page=2).count("data-line=") == 1


def test_an_account_takes_its_taste_with_it(reader, harem):
    asked(reader, "난 하렘 싫어해. 『없는 책 이야기』 재밌게 읽었어.")
    reader.leave()
    sweep()
    assert TasteLine.objects.count() == 0


def test_a_work_that_leaves_the_shelf_takes_its_lines_with_it(reader, harem):
    tell(reader, "never", "work", "garden")
    NovelTag.objects.filter(novel=harem).delete()
    harem.delete()
    assert lines_of(reader) == []


# --- On the page of a work -------------------------------------------------------------------------------------------


def test_the_page_of_a_work_has_the_marks_for_readers_alone(client, reader, harem):
    url = harem.get_absolute_url()
    assert "mark-garden-read" not in client.get(url).content.decode()
    client.force_login(reader)
    html = client.get(url).content.decode()
    assert "mark-garden-read" in html
    assert 'value="author:作者二"' in html
    answer = client.post(reverse("users:add_taste"), {"kind": "never", "topic": "author:作者二"}, headers=HTMX)
    assert 'value="forget"' in answer.content.decode()


def test_the_page_of_a_work_shows_nothing_like_it_that_is_never_to_be_offered(client, reader, harem):
    client.force_login(reader)
    other = reverse("catalogue:novel", args=["harbour"])
    assert harem.get_absolute_url() in client.get(other).content.decode()
    for what, value in (("tag", "harem"), ("author", "作者二"), ("work", "garden")):
        line = tell(reader, "never", what, value)
        assert harem.get_absolute_url() not in client.get(other).content.decode()
        taste.forget(line)
