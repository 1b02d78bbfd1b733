"""The pages of versions: what may be saved, who may switch, and how each version fared."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.utils import timezone

from chatbot.assistant.instructions import MAX_RULES, RULES, SHIPPED, VERSION
from chatbot.models import PromptVersion, Turn
from chatbot.prompting import figures
from chatbot.tests import factories

pytestmark = pytest.mark.django_db
LIST = "/admin/chatbot/promptversion/"
LIST_QUERIES = 10


@pytest.fixture
def shipped(db):
    return PromptVersion.objects.keep_shipped()[0]


@pytest.fixture
def keeper(client):
    keeper = factories.make_reader("keeper", is_staff=True)
    keeper.groups.add(Group.objects.get(name="Administrators"))
    client.force_login(keeper)
    client.cookies["django_language"] = "en"
    return keeper


def version(name="plain", rules=RULES + "\nBe plain.", **fields):
    return PromptVersion.objects.create(name=name, persona=SHIPPED.persona, rules=rules, **fields)


def written(client, **fields):
    data = {"name": "plain", "labels": "", "notes": "", "persona": SHIPPED.persona, "rules": RULES + "\nBe plain."}
    return client.post(f"{LIST}add/", data | fields)


def test_a_version_is_written_from_the_one_in_force_and_put_in_force(client, keeper, shipped):
    page = client.get(f"{LIST}add/").content.decode()
    assert "Rules, in order of weight:" in page
    assert written(client).status_code == 302
    plain = PromptVersion.objects.get(name="plain")
    assert (plain.author, plain.is_active) == (keeper, False)
    assert plain.rules.replace("\r\n", "\n") == RULES + "\nBe plain."
    assert client.post(f"{LIST}{plain.pk}/activate/")["Location"] == LIST
    assert PromptVersion.objects.active().get() == plain
    page = client.get(LIST).content.decode()
    assert f"Go back to version {VERSION}" in page
    client.post(f"{LIST}{shipped.pk}/activate/")
    assert PromptVersion.objects.active().get() == shipped
    assert LogEntry.objects.filter(change_message="put in force").count() == 2


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"rules": RULES.replace("{crisis}", "")}, "“{crisis}” is missing"),
        ({"rules": RULES.replace("[[some-id]]", "the id")}, "“[[some-id]]” is missing"),
        ({"rules": RULES.replace("<ask>", "")}, "“&lt;ask&gt;” is missing"),
        ({"rules": RULES + " {reader}"}, "“{reader}” names nothing that is filled in"),
        ({"rules": RULES + " }"}, "“}” names nothing that is filled in"),
        ({"rules": RULES + " <|im_start|>"}, "“&lt;|” may be taken for another speaker"),
        ({"rules": RULES + "가" * MAX_RULES}, f"up to {MAX_RULES} characters"),
        ({"rules": "Be kind. [[some-id]] {crisis} <shelf> <ask>"}, "at least 600 characters"),
        ({"persona": "You are {name}."}, "“{name}” names nothing"),
        ({"persona": ""}, "This field is required"),
        ({"name": "a b"}, "make a name"),
        ({"name": VERSION}, "already exists"),
        ({"rules": RULES}, f"Version {VERSION} says the same"),
    ],
)
def test_what_would_break_replies_is_not_saved(client, keeper, shipped, fields, told):
    answer = written(client, **fields)
    assert (answer.status_code, told in answer.content.decode()) == (200, True)
    assert PromptVersion.objects.count() == 1


def test_what_a_version_says_never_changes(client, keeper, shipped):
    fields = {"name": "other", "labels": "kept", "notes": "why", "persona": "Another.", "rules": RULES * 2}
    assert client.post(f"{LIST}{shipped.pk}/change/", fields).status_code == 302
    shipped.refresh_from_db()
    assert (shipped.name, shipped.persona, shipped.rules) == (VERSION, SHIPPED.persona, RULES)
    assert (shipped.labels, shipped.notes) == ("kept", "why")
    assert client.post(f"{LIST}{shipped.pk}/delete/", {"post": "yes"}).status_code == 403


def test_reviewers_see_versions_and_switch_none(client, shipped):
    reviewer = factories.make_reader("reviewer", is_staff=True)
    reviewer.groups.add(Group.objects.get(name="Reviewers"))
    client.force_login(reviewer)
    assert client.get(LIST).status_code == 200
    assert client.get(f"{LIST}{shipped.pk}/change/").status_code == 200
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{version().pk}/activate/").status_code == 403
    assert PromptVersion.objects.active().get() == shipped


def answered(name, ms=1000, **fields):
    end = timezone.now()
    begin = end - timezone.timedelta(milliseconds=ms)
    fields = {"voice": "chatgpt", "prompt_version": name, "queued_at": begin, "first_text_at": end, **fields}
    return factories.make_turn(finished_at=end, **fields)


def test_figures_are_of_the_version_and_as_counted_by_hand(shipped):
    plain = version()
    answered(VERSION, 1000, thumb="up", tokens_in=100, tokens_out=10, cost=200)
    answered(
        VERSION, 2000, thumb="down", tokens_in=300, tokens_out=30, cost=600, corrections=[{"slug": "x"}], unverified=2
    )
    answered(VERSION, 3000, thumb="up", unverified=1)
    answered(VERSION, 9000, state=Turn.State.FAILED, failure="busy")
    answered(VERSION, 4000, voice="librarian", stand_in="recited", tokens_in=500)
    answered(VERSION, 5000, voice="librarian")  # hers by chance of the name
    answered("plain", 500)
    found = figures.figures_of([shipped, plain])
    one = found[VERSION]
    assert (one.turns, one.up, one.down, one.satisfied) == (5, 2, 1, 67)
    assert (one.failed, one.stood_in, one.wrong_facts, one.unverified, one.grounded) == (1, 1, 1, 2, 60)
    assert (one.first_text.p50, one.first_text.p95) == (2000, 4000)
    assert (one.tokens_in, one.tokens_out, one.cost) == (200, 20, (200 + 600) / 2 / 1_000_000)
    assert (found["plain"].turns, found["plain"].satisfied, found["plain"].whole.p50) == (1, None, 500)


def test_only_the_latest_are_counted(shipped, monkeypatch):
    monkeypatch.setattr(figures, "LATEST", 3)
    for _ in range(5):
        answered(VERSION)
    assert figures.figures_of([shipped])[VERSION].turns == 3


def test_the_list_asks_as_much_for_one_version_as_for_three(client, keeper, shipped, django_assert_num_queries):
    client.get(LIST)
    answered(VERSION)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)
    for name in ("a", "b"):
        version(name, RULES + name)
        answered(name), answered(name)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)


def test_hostile_numbers_break_nothing(client, keeper, shipped):
    assert client.get(f"{LIST}add/?from=99999999999999999999").status_code == 200
    assert client.get(f"{LIST}add/?from=%00").status_code == 200
    assert client.post(f"{LIST}4711/activate/").status_code == 404
