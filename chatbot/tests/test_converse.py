import json

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from chatbot.catalogue.tests.factories import write_lines
from chatbot.models import Conversation, Turn
from users.models import DailyUse

pytestmark = pytest.mark.django_db


@pytest.fixture
def converse(tmp_path, catalogue):
    def run(*talks, **options):
        out = tmp_path / "out.json"
        call_command("converse", write_lines(tmp_path / "talks.jsonl", talks), out=out, **options)
        return json.loads(out.read_text(encoding="utf-8"))

    return run


def talk(lang, *said):
    return {"lang": lang, "turns": [{"say": text} for text in said]}


def test_each_turn_tells_its_reply_its_picks_and_the_works_it_speaks_of(converse):
    first, second = converse(
        talk("ko", "판타지 추천해줘", "『등불의 서고』는 몇 권이야?"), talk("en", "a mystery please")
    )
    assert [list(turn) for turn in first["turns"]] == [["act", "acts", "reply", "picks", "works", "state"]] * 2
    offered, told = first["turns"]
    assert offered["state"] == told["state"] == "done"
    assert set(offered["picks"]) == {"lamplight", "snowfall", "harbour"}
    assert offered["works"] == offered["picks"]
    assert "『등불의 서고』" in offered["reply"]
    assert (told["picks"], told["works"]) == ([], ["lamplight"])
    assert "5권" in told["reply"]
    assert "“The Tale of Riddle”" in second["turns"][0]["reply"]


def test_each_talk_is_by_a_new_reader(converse):
    first, second = converse(talk("ko", "판타지 추천해줘"), talk("ko", "판타지 추천해줘"))
    assert set(first["turns"][0]["picks"]) == set(second["turns"][0]["picks"])


def test_the_readers_it_made_are_gone_and_others_stay(converse, stranger):
    converse(talk("ko", "판타지 추천해줘"))
    assert list(get_user_model().objects.all()) == [stranger]
    assert not Conversation.objects.exists()


def test_they_stay_where_that_is_asked_for(converse):
    converse(talk("ko", "판타지 추천해줘"), keep=True)
    assert Turn.objects.get().state == "done"


def test_no_quota_holds_it_up_and_no_queue_is_told(converse, settings, monkeypatch):
    settings.DAILY_REPLIES = 1
    monkeypatch.setattr("huey_tasks.queue.enqueue", lambda *_args, **_kept: pytest.fail("a worker was told"))
    held = converse(talk("ko", "판타지 추천해줘", "더 있어?", "다른 건?"), keep=True)
    assert [turn["state"] for turn in held[0]["turns"]] == ["done"] * 3
    assert settings.DAILY_REPLIES == 1
    assert DailyUse.objects.get().used == 3


@pytest.mark.parametrize("line", ["no JSON", '{"lang": "ko"}', '{"lang": "fr", "turns": []}', '{"lang": "ko", "turns": [{"say": " "}]}'])  # fmt: skip
def test_a_file_that_holds_no_talks_is_one_clear_line(tmp_path, line):
    path = tmp_path / "talks.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("converse", path)
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("converse", tmp_path / "nowhere.jsonl")
