"""What is named and not on the shelf is counted by readers, bounded, and filled with one click."""

import pytest
from django.urls import reverse

from chatbot import replies
from chatbot.catalogue import gaps
from chatbot.catalogue.models import Gap, Naming, Novel
from chatbot.models import Turn
from chatbot.tests import factories
from huey_tasks.sweeping import sweep

from .test_admin import tagged

pytestmark = pytest.mark.django_db(transaction=True)


def count(reader, turn=1, asked=(), replied=()):
    Gap.objects.count_names(reader_id=reader.pk, turn_id=turn, asked=asked, replied=replied)


@pytest.fixture
def reader(db):
    return factories.make_reader()


@pytest.fixture
def keeper(client):
    keeper = factories.make_reader("keeper", is_staff=True, is_superuser=True)
    client.force_login(keeper)
    return client


def test_one_title_in_many_spellings_is_one_gap(reader):
    count(reader, 1, asked=["없는 책 이야기"])
    count(factories.make_reader(), 2, asked=["없는책이야기!"])
    gap = Gap.objects.get()
    assert (gap.title, gap.readers, gap.in_asks, gap.in_replies, gap.examples) == ("없는 책 이야기", 2, 2, 0, [1, 2])


def test_a_turn_counts_once_and_a_reader_weighs_once(reader):
    for turn in (1, 1, 2, 3, 3):
        count(reader, turn, asked=["Paper Dragon"])
    gap = Gap.objects.get()
    assert (gap.readers, gap.in_asks) == (1, 3)


def test_what_only_replies_name_weighs_nothing_until_a_reader_names_it(reader):
    count(reader, 1, replied=["Paper Dragon"])
    gap = Gap.objects.get()
    assert (gap.readers, gap.in_asks, gap.in_replies) == (0, 0, 1)
    count(reader, 2, asked=["Paper Dragon"])
    gap.refresh_from_db()
    assert (gap.readers, gap.in_asks, gap.in_replies) == (1, 1, 1)


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "!",
        "x",
        "\x00\x01",
        "가" * 121,
        "https://spam.example/buy",
        "ㅋㅋㅋㅋㅋㅋ",
        "<b>책</b>",
        "12345",
        "a@b.c",
        "{{7*7}}",
    ],
)
def test_junk_is_no_title(reader, junk):
    count(reader, 1, asked=[junk], replied=[junk])
    assert not Gap.objects.exists()


def test_invisible_characters_make_no_other_title(reader):
    count(reader, 1, asked=["없는\u200b 책\u202e 하나\x07"])
    assert Gap.objects.get().title == "없는 책 하나"


def test_one_reader_cannot_flood_it(reader, monkeypatch):
    monkeypatch.setattr(gaps, "MAX_PER_DAY", 3)
    count(reader, 1, asked=[f"Made Up Book {letter}" for letter in "abcdefghijkl"])
    assert Gap.objects.count() == 3
    count(reader, 2, asked=["Another Made Up Book"])
    assert Gap.objects.count() == 3
    count(factories.make_reader(), 3, asked=["Another Made Up Book"])
    assert Gap.objects.count() == 4


def test_a_turn_brings_a_handful_at_most(reader):
    count(reader, 1, asked=[f"Made Up Book {letter}" for letter in "abcdefghijkl"])
    assert Gap.objects.count() == gaps.MAX_PER_TURN


def test_examples_stay_few(reader):
    for turn in range(1, 20):
        count(reader, turn, asked=["Paper Dragon"])
    assert Gap.objects.get().examples == list(range(20 - gaps.EXAMPLES, 20))


def test_an_account_takes_its_namings_with_it(reader):
    count(reader, 1, asked=["Paper Dragon"])
    reader.leave()
    sweep()
    assert not Naming.objects.exists()
    assert Gap.objects.get().readers == 1


def test_a_turn_counts_what_its_reader_and_its_reply_name(reader):
    factories.make_catalogue()
    turn = factories.begin(reader, "『없는 책 이야기』 재밌게 읽었어요. 판타지 추천해 주세요.")
    turn = Turn.objects.claim(turn.pk, "test-worker")
    replies.write(turn)
    assert [(gap.title, gap.readers, gap.examples) for gap in Gap.objects.all()] == [("없는 책 이야기", 1, [turn.pk])]


def test_operators_see_what_most_readers_named_first(keeper, reader):
    count(reader, 1, asked=["Lonely Book", "Wanted Book"])
    count(factories.make_reader(), 2, asked=["Wanted Book"])
    html = keeper.get(reverse("admin:catalogue_gap_changelist")).content.decode()
    assert 0 < html.index("Wanted Book") < html.index("Lonely Book")
    assert f"{reverse('admin:catalogue_novel_add')}?gap={Gap.objects.get(key='wantedbook').pk}" in html


def test_hostile_titles_are_only_text(keeper, reader):
    Gap.objects.create(key="k", title="<script>alert(1)</script>")
    html = keeper.get(reverse("admin:catalogue_gap_changelist")).content.decode()
    assert "<script>alert(1)" not in html


@pytest.mark.parametrize(
    ("title", "field"), [("없는 책", "title_ko"), ("無い本の話", "title_ja"), ("Paper Dragon", "title_en")]
)
def test_one_click_begins_the_novel_with_the_name(keeper, reader, title, field):
    count(reader, 1, asked=[title])
    form = keeper.get(reverse("admin:catalogue_novel_add"), {"gap": Gap.objects.get().pk}).context["adminform"].form
    assert form.initial[field] == title


def test_the_novel_made_fills_the_gap(keeper, reader):
    count(reader, 1, asked=["Paper Dragon"])
    gap = Gap.objects.get()
    data = {
        "slug": "paper-dragon", "title_ko": "종이 용", "title_ja": "紙の竜", "title_en": "Paper Dragon", "authors": '["作者"]',
        "authors_ko": "[]", "authors_en": "[]", "illustrators": "[]", "year": 2020, "volumes": 3, "status": "ongoing",
        "renown": 30, "tone": 0, "editions": "{}", "related": "[]", "kin": "[]",
        **tagged(), "names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0,
    }  # fmt: skip
    address = f"{reverse('admin:catalogue_novel_add')}?gap={gap.pk}"
    refused = keeper.post(address, data | tagged(5))
    assert refused.status_code == 200
    assert any("6" in error for error in refused.context["errors"])
    assert not Novel.objects.exists()
    response = keeper.post(address, data)
    assert response.status_code == 302, response.context["errors"]
    gap.refresh_from_db()
    assert (gap.state, gap.novel) == ("created", Novel.objects.get())


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 30, "\x00"])
def test_a_gap_that_is_not_there_changes_nothing(keeper, number):
    assert keeper.get(reverse("admin:catalogue_novel_add"), {"gap": number}).status_code == 200


def test_gaps_are_ignored_and_opened_again(keeper, reader):
    count(reader, 1, asked=["Paper Dragon"])
    for action, state in (("ignore", "ignored"), ("open_again", "open")):
        keeper.post(
            reverse("admin:catalogue_gap_changelist"), {"action": action, "_selected_action": [Gap.objects.get().pk]}
        )
        assert Gap.objects.get().state == state


def test_readers_do_not_see_gaps(client, reader):
    client.force_login(reader)
    assert client.get(reverse("admin:catalogue_gap_changelist")).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_however_long(keeper, reader, django_assert_num_queries, number):
    count(reader, 1, asked=[f"Made Up Book {letter}" for letter in "abc"[:number]])
    keeper.get(reverse("admin:catalogue_gap_changelist"))
    with django_assert_num_queries(5):
        keeper.get(reverse("admin:catalogue_gap_changelist"))
