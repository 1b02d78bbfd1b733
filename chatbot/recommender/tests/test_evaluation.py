import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.tests.factories import make_catalogue, make_work, novel_row, shipped_shelf, write_lines
from chatbot.recommender import evaluation
from chatbot.recommender.evaluation import METHODS, STEPS, faults, measure, read_pairs


@pytest.fixture
def loaded(db, tmp_path):
    rows = [novel_row(f"lamp{n}", tags={"fantasy": 3, "cozy": 1}) for n in range(4)] + [
        novel_row("war", tags={"war": 3})
    ]
    load_catalogue(write_lines(tmp_path / "novels.jsonl", rows))
    return tmp_path


def test_each_condition_of_an_ask_is_checked():
    work = make_work("work", ["fantasy", "gore"], volumes=9, year=2010, status="ongoing")
    liked = make_work("liked", ["sf"])
    catalogue = make_catalogue(
        work, liked, *(make_work(f"good{n}", ["sf", "cozy"], volumes=3, year=2020) for n in range(3))
    )
    ask = {
        "ask": "", "picks": 3, "tags_all": ["sf"], "tags_any": ["cozy"], "tags_none": ["gore"], "status": "completed",
        "max_volumes": 5, "min_year": 2015, "like": ["likedの物語"],
    }  # fmt: skip
    broken = ["tags_all", "tags_any", "tags_none", "status", "max_volumes", "min_year", "like"]
    assert faults(ask, [work], catalogue) == ["1 picks of 3"] + [f"work: {name}" for name in broken]
    assert faults(ask, [one for one in catalogue.works if one.slug.startswith("good")], catalogue) == []


def test_the_edition_the_anime_and_how_many_are_checked():
    adapted = make_work("adapted", ["sf"], anime=True, editions={"ko": {"known": True}})
    plain = make_work("plain", ["sf"])
    catalogue = make_catalogue(adapted, plain)
    ask = {"ask": "", "picks": 1, "count": 1, "anime": True, "edition": "ko"}
    assert faults(ask, [adapted], catalogue) == []
    assert faults(ask, [plain], catalogue) == ["plain: anime", "plain: edition"]
    assert faults(ask, [adapted, adapted], catalogue) == ["2 picks, 1 asked for"]


def test_no_more_picks_are_asked_for_than_the_shelf_has():
    catalogue = make_catalogue(make_work("one", ["sf"]), make_work("two", ["yuri"]))
    assert faults({"ask": "", "picks": 3, "tags_all": ["sf"]}, [catalogue.by_slug["one"]], catalogue) == []


def test_asks_are_evaluated_and_their_picks_written(loaded, capsys):
    asks = write_lines(
        loaded / "asks.jsonl",
        [
            {"lang": "ko", "ask": "판타지 추천", "picks": 3, "tags_all": ["fantasy"]},
            {"lang": "en", "ask": "war stories", "picks": 1, "tags_all": ["mecha", "war"], "tags_none": ["war"]},
            {"lang": "ko", "ask": "안녕", "asks_back": True},
        ],
    )
    call_command("evaluate_asks", str(asks), out=loaded / "out.json")
    out = capsys.readouterr().out
    assert "failed  war stories" in out
    assert "2 of 3 asks passed (ko 2 of 2, en 0 of 1)" in out
    first, second, _ = json.loads((loaded / "out.json").read_text(encoding="utf-8"))
    assert first["ask"] == "판타지 추천"
    assert len(first["picks"]) == 4
    assert first["nearest"] == []
    assert second["picks"] == ["war"]


def test_what_is_offered_with_a_breach_named_is_no_pick(loaded, capsys):
    asks = write_lines(loaded / "asks.jsonl", [{"lang": "en", "ask": "war stories with mecha", "picks": 1}])
    call_command("evaluate_asks", str(asks), out=loaded / "out.json")
    (answer,) = json.loads((loaded / "out.json").read_text(encoding="utf-8"))
    assert answer["picks"] == []
    assert "war" in answer["nearest"]


def test_pairs_are_measured_beside_the_baselines(loaded, capsys):
    pairs = loaded / "pairs.csv"
    pairs.write_text("src_ja,dst_ja\nlamp0の物語,lamp1の物語\nlamp0の物語,없는 작품\n", encoding="utf-8")
    call_command("evaluate_recommender", str(pairs), out=loaded / "out.json")
    assert "1 first works, 1 pairs on the shelf" in capsys.readouterr().out
    figures = json.loads((loaded / "out.json").read_text())
    assert set(figures) == {"random", "popularity", "tags and popularity", "ours"}
    assert figures["ours"]["recall"] == [1.0, 1.0, 1.0]


def test_the_steps_show_what_each_kind_of_evidence_brings(loaded, capsys):
    pairs = loaded / "pairs.csv"
    pairs.write_text("src_ja,dst_ja\nlamp0の物語,lamp1の物語\nlamp0の物語,없는 작품\n", encoding="utf-8")
    call_command("evaluate_recommender", str(pairs), steps=True, out=loaded / "out.json")
    said = capsys.readouterr().out
    figures = json.loads((loaded / "out.json").read_text())
    assert list(figures)[:4] == ["random", "popularity", "tags and popularity", "tags by strength"]
    assert list(figures)[-1] == "+ author, tone"
    assert "the 1 pairs whose second work is not on the shelf counted as missed: recall@10 0.500" in said


def test_the_last_step_is_what_is_used():
    works = [make_work(f"w{n}", ["sf", "war"][: 1 + n % 2], kin=(f"w{n // 2}の物語",)) for n in range(30)]
    catalogue = make_catalogue(*works)
    assert list(STEPS.values())[-1](catalogue, "w3") == METHODS["ours"](catalogue, "w3")
    assert STEPS["tags by strength"](catalogue, "w3") != METHODS["ours"](catalogue, "w3")


def test_what_is_measured_is_a_mean_within_its_interval():
    works = [make_work(f"w{n}", ["sf"] if n < 4 else ["yuri"]) for n in range(30)]
    results = measure({"w0": {"w1", "w2"}, "w5": {"w6"}}, make_catalogue(*works))
    for measures in results.values():
        for mean, low, high in measures.values():
            assert 0 <= low <= mean <= high <= 1


def test_pairs_off_the_shelf_are_left_out(tmp_path):
    catalogue = make_catalogue(make_work("one"), make_work("two"))
    path = tmp_path / "pairs.csv"
    path.write_text("src_ja,dst_ja\noneの物語,twoの物語\noneの物語,oneの物語\nx,twoの物語\n", encoding="utf-8")
    assert read_pairs(path, catalogue) == {"one": {"two"}}


@pytest.mark.parametrize("command", ["evaluate_asks", "evaluate_recommender"])
def test_a_missing_file_is_one_clear_line(loaded, command):
    with pytest.raises(CommandError, match="Cannot read"):
        call_command(command, str(loaded / "nowhere"))


def test_the_shipped_shelf_answers_what_readers_ask():
    catalogue = shipped_shelf()
    asks = evaluation.read_asks(Path(__file__).with_name("asks_with_conditions.jsonl"))
    passed = Counter()
    for ask in asks:
        wish, choice = evaluation.answer(ask, catalogue)
        works = evaluation.picks_of(choice)
        passed[ask["lang"]] += wish.is_vague if ask.get("asks_back") else not faults(ask, works, catalogue)
    for language, asked in Counter(ask["lang"] for ask in asks).items():
        assert passed[language] >= 0.96 * asked
