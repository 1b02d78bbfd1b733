import json

from django.core.management import call_command

from chatbot.management.commands.benchmark_choosing import KINDS, made_up


def test_every_kind_of_ask_is_measured_on_a_made_up_catalogue(tmp_path, capsys):
    call_command("benchmark_choosing", works=60, asks=1, out=tmp_path / "out.json")
    figures = json.loads((tmp_path / "out.json").read_text())
    assert set(figures["kinds"]) == set(KINDS)
    for name in ("understand", "choose", "both"):
        assert 0 < figures["all"][name]["p50"] <= figures["all"][name]["p95"]
    assert "60 works made" in capsys.readouterr().out


def test_the_made_up_catalogue_is_the_same_each_time_and_like_a_real_one():
    one, other = made_up(300), made_up(300)
    assert [work.names for work in one.works] == [work.names for work in other.works]
    assert sum(bool(one.find(title)) for work in one.works for title in work.kin) > 1000
    together = [work for work in one.works if {"isekai", "fantasy"} <= set(work.tags)]
    assert len(together) > 30
    assert len({len(work.tags) for work in one.works}) > 5
    assert any(work.related for work in one.works)
