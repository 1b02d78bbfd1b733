"""Turns as a file: what is in it, who may take it out, what is masked, and that it is written down."""

import csv
import io
import json

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chatbot import turn_export
from chatbot.models import Look, Pick, Review, ReviewItem, Turn
from chatbot.review.models import Why
from chatbot.tests import factories

pytestmark = pytest.mark.django_db
EXPORT = "/admin/chatbot/turn/export/"
SAID = "제 번호는 010-1234-5678이에요"
QUERIES_A_PAGE = 9


@pytest.fixture
def turn(reader, catalogue):
    turn = factories.make_turn(
        reader=reader,
        text=SAID,
        reply="=골라 봤어요.\n\n[[lamplight]] 밤에 읽기 좋아요.",
        candidates=[{"pk": catalogue[0].pk, "slug": "lamplight", "score": 1, "reasons": [], "breaches": []}],
        wish={"unknown_titles": ["mina@example.com의 책"]},
    )
    Pick.objects.create(turn=turn, novel=catalogue[0], position=1, reason="밤에 읽기 좋아요.")
    return turn


@pytest.fixture
def exporter(client, db):
    operator = factories.make_reader("exporter", is_staff=True)
    operator.user_permissions.set(Permission.objects.filter(codename__in=["view_turn", "export_turns"]))
    client.force_login(operator)
    client.operator = operator
    return client


def taken_out(client, form="jsonl", filters="", **fields):
    response = client.post(f"{EXPORT}{filters}", {"form": form, **fields})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "attachment" in response["Content-Disposition"]
    return b"".join(response).decode()


def correct(turn, words, **fields):
    item, _new = ReviewItem.objects.get_or_create(turn=turn, defaults={"why": [Why.THUMB], "weight": 1})
    reviewer = factories.make_reader()
    review = Review.objects.create(item=item, reviewer=reviewer)
    review.keep(scores={"1": 0}, notes="", corrected=words, submit=True, **fields)


def test_json_lines_hold_the_evidence_with_personal_data_masked(exporter, turn):
    correct(turn, "『등불의 서고』부터 읽어 보세요.")
    [line] = taken_out(exporter).splitlines()
    told = json.loads(line)
    assert told["text"] in {"제 번호는 〔전화번호〕이에요", "제 번호는 〔phone number〕이에요"}
    assert "010-1234" not in line
    assert "mina@example.com" not in line
    assert told["candidates"][0]["slug"] == "lamplight"
    assert told["picks"] == [{"slug": "lamplight", "reason": "밤에 읽기 좋아요."}]
    assert told["review"]["verdicts"][0]["corrected"] == "『등불의 서고』부터 읽어 보세요."
    assert "saebyeok" not in line


def test_a_table_carries_no_formula(exporter, turn):
    rows = list(csv.DictReader(io.StringIO(taken_out(exporter, "csv").removeprefix("\ufeff"))))
    [row] = rows
    assert row["reply"].startswith("'=골라 봤어요.")
    assert "『등불의 서고』 밤에" in row["reply"]
    assert row["picks"] == "lamplight"


def test_messages_give_what_was_corrected_before_what_was_said(exporter, turn):
    second = factories.make_turn(turn.conversation, text="더 밝은 건?", reply="이건 어때요?")
    correct(second, "밝은 책이에요.")
    correct(second, "더 밝은 책이에요.", is_resolution=True)
    correct(second, "나중에 온 다른 말.")
    first, later = (json.loads(line)["messages"] for line in taken_out(exporter, "messages").splitlines())
    assert [one["role"] for one in first] == ["system", "user", "assistant"]
    assert first[1]["content"].startswith("<shelf>\n[[lamplight]]\n</shelf>\n<ask>\n")
    assert "010-1234-5678" not in first[1]["content"]
    assert first[2]["content"].endswith("[[lamplight]] 밤에 읽기 좋아요.")
    assert [one["role"] for one in later] == ["system", "user", "assistant", "user", "assistant"]
    assert later[-1]["content"] == "더 밝은 책이에요."


def test_messages_leave_out_what_is_not_worth_learning(exporter, turn):
    factories.make_turn(turn.conversation, state="failed", failure="down", reply="반쯤")
    factories.make_turn(turn.conversation, reply="별로인 답", thumb="down")
    factories.make_turn(turn.conversation, reply="지난 답", hidden=True)
    mended = factories.make_turn(turn.conversation, reply="별로인 답", thumb="down")
    correct(mended, "고친 답이에요.")
    told = [json.loads(line)["messages"][-1]["content"] for line in taken_out(exporter, "messages").splitlines()]
    assert told == [turn.reply, "고친 답이에요."]


def test_the_filters_of_the_list_hold(exporter, turn):
    failed = factories.make_turn(turn.conversation, state="failed", failure="down")
    assert [json.loads(line)["id"] for line in taken_out(exporter, filters="?state=failed").splitlines()] == [failed.pk]
    assert taken_out(exporter, filters="?q=없는말").splitlines() == []


def test_each_conversation_is_a_look_that_its_reader_sees_once(exporter, client, turn, reader):
    factories.make_turn(turn.conversation)
    for _ in range(2):
        taken_out(exporter)
    [look] = Look.objects.all()
    assert (look.why, look.reader, look.operator, look.unmasked) == ("export", reader, exporter.operator, False)
    client.force_login(reader)
    page = client.get("/users/looks/", headers={"accept-language": "en"}).content.decode()
    assert "Taken out in an export" in page


def test_personal_data_needs_its_own_permission_and_is_written_down(exporter, turn):
    assert exporter.post(EXPORT, {"form": "jsonl", "personal": "on"}).status_code == 403
    assert not Look.objects.exists()
    exporter.operator.user_permissions.add(Permission.objects.get(codename="see_personal_data"))
    assert SAID in taken_out(exporter, personal="on")
    assert list(Look.objects.values_list("unmasked", flat=True)) == [True]


def test_who_may_only_read_takes_nothing_out(client, turn):
    reviewer = factories.make_reader("reviewer", is_staff=True)
    reviewer.groups.add(Group.objects.get(name="Reviewers"))
    client.force_login(reviewer)
    assert client.get("/admin/chatbot/turn/").status_code == 200
    assert b"export-form" not in client.get("/admin/chatbot/turn/").content
    assert client.post(EXPORT, {"form": "jsonl"}).status_code == 403


def test_only_forms_there_are(exporter, turn):
    assert exporter.post(EXPORT, {"form": "exe"}).status_code == 404
    assert exporter.get(EXPORT).status_code == 405


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_page_costs_as_much_with_one_turn_as_with_three(turn, reader, form):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            "".join(turn_export.write(Turn.objects.all(), form, reader))
        return len(asked)

    correct(turn, "고친 답")
    first = queries()
    for _ in range(2):
        correct(factories.make_turn(turn.conversation, reply="답"), "고친 답")
    assert queries() <= first <= QUERIES_A_PAGE


def test_pages_follow_each_other(turn, monkeypatch):
    monkeypatch.setattr(turn_export, "PAGE", 2)
    made = [turn, *(factories.make_turn(turn.conversation) for _ in range(4))]
    told = "".join(turn_export.write(Turn.objects.order_by("-pk"), "jsonl")).splitlines()
    assert [json.loads(line)["id"] for line in told] == [one.pk for one in made]


def test_the_command_writes_a_new_file_and_no_other(turn, tmp_path, capsys):
    out = tmp_path / "turns.csv"
    call_command("export_turns", form="csv", out=out)
    assert out.read_text(encoding="utf-8").startswith("\ufeffid,conversation,")
    with pytest.raises(CommandError, match="File exists"):
        call_command("export_turns", form="csv", out=out)
    factories.make_turn(turn.conversation, state="failed")
    call_command("export_turns", "--state", "failed", "--since", "2020-01-01")
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert Look.objects.get().operator is None
