import json
import time
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.tests.factories import make_catalogue, make_work, novel_row, shipped_shelf, write_lines
from chatbot.language.wishes.wish import understand
from chatbot.recommender.choosing import choose
from chatbot.recommender.descriptions import (
    PHRASES,
    Beside,
    described_in,
    find,
    index_of,
    meant,
    stem,
    synonyms,
    with_words,
)
from chatbot.recommender.told import with_description
from chatbot.text.phrasebook import LANGUAGES

DESCRIPTIONS = Path(__file__).with_name("descriptions.jsonl")


def told(ko="", en="", ja=""):
    return {"ko": ko, "en": en, "ja": ja}


@pytest.fixture(scope="module")
def shelf():
    return make_catalogue(
        make_work("station", synopses=told(en="Cats inhabit a derelict space station.")),
        make_work("inn", synopses=told(ko="남매가 산속에서 여관을 꾸려 간다.", ja="山奥で宿を営む。")),
        make_work("band", ["music"], synopses=told(ja="少女がバンドを組んで文化祭に出る。")),
        make_work("knight", synopses=told(en="A knight of the king guards a princess.", ko="왕을 지키는 사람.")),
        *(
            make_work(f"other{n}", ["slow-life"], renown=10, synopses=told("마을", "A village.", "村"))
            for n in range(8)
        ),
    )


def slugs(text, shelf, count=10):
    return [one.work.slug for one in find(text, shelf, count)]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("the one with a cat inhabiting some stations", "station"),
        ("산속 여관 하는 남매", "inn"),
        ("宿を営んでいる話", "inn"),
        ("文化祭でバンド", "band"),
    ],
)
def test_a_work_is_found_by_what_is_written_of_it(shelf, text, slug):
    assert slugs(text, shelf)[0] == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("고양이가 나오는 거", "station"),
        ("宇宙の猫", "station"),
        ("someone runs a hotel", "inn"),
        ("음악 하는 애들", "band"),
        ("신 말고 왕이 나오는 거", "knight"),
    ],
)
def test_a_concept_is_found_in_another_language_and_in_tags(shelf, text, slug):
    assert slugs(text, shelf)[0] == slug


def test_the_titles_tell_too(shelf):
    assert slugs("bandの物語", shelf)[0] == "band"


def test_what_is_taken_back_is_not_looked_for(shelf):
    assert slugs("not the knight, the one on a space station", shelf) == ["station"]
    assert "knight" in slugs("the knight on a space station", shelf)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("리제로 말고, 기사가 나오는 거", "기사가 나오는 거"),
        ("a maid, no wait, a butler", "a butler"),
        ("王子じゃなくて執事", "執事"),
        ("고양이가 우주에서 사는데 리제로 같은 거 말고", "고양이가 우주에서"),
        ("not a princess, her maid", "her maid"),
        ("a princess... no, the maid", "the maid"),
        ("오버로드 말고", "오버로드 말고"),
    ],
)
def test_words_are_taken_back_in_three_languages(said, left):
    assert meant(said).strip(" ,") == left


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("제목이 기억 안 나는데 죽으면 하루 전으로 돌아가는 거 뭐였지", "죽으면 하루 전으로 돌아가는"),
        ("여관 하는 남매 이야기 찾아 주세요", "여관 하는 남매 이야기"),
        ("what's that one where a girl is a spider, can't remember the title", "where a girl is a spider"),
        ("題名が思い出せないんですが、自動販売機になる話", "自動販売機になる話"),
        ("뭐더라", "뭐더라"),
    ],
)
def test_what_only_asks_for_the_work_is_no_part_of_its_description(said, left):
    assert left in meant(said)
    assert len(meant(said).strip(" 、,")) <= len(left) + 2


@pytest.mark.parametrize("text", ["좀 " * 300, "a " * 300, "what's that the " * 40, "題名が" * 200, "が" * 600])
def test_cleaning_takes_no_longer_than_the_text(text):
    began = time.process_time()
    meant(text)
    assert time.process_time() - began < 0.3


def test_every_pattern_finds_its_sentence():
    assert PHRASES.check() >= 5


def test_shares_are_parts_of_one_and_tell_who_stands_alone(shelf):
    found = find("cats on a derelict space station", shelf)
    assert found[0].is_sure
    assert sum(one.share for one in found) <= 1.0001
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert not find("a village", shelf)[0].is_sure


def test_equals_stand_by_renown_and_no_more_come_than_are_asked_for():
    works = [make_work(f"twin{n}", renown=n, synopses=told(en="A lighthouse keeper.")) for n in range(5)]
    others = [make_work(f"other{n}", renown=90, synopses=told(en="A village.")) for n in range(20)]
    assert slugs("lighthouse", make_catalogue(*works, *others), 3) == ["twin4", "twin3", "twin2"]


@pytest.mark.parametrize("text", ["", "  ", "??", "qwzx", "ㅋㅋㅋ", "🐱", "\ud83d", "a" * 10_000])
def test_words_that_tell_nothing_find_nothing(shelf, text):
    assert find(text, shelf) == []


def test_an_empty_catalogue_has_nothing_to_find():
    assert find("cats", make_catalogue()) == []


def test_works_are_counted_alike_in_one_batch_and_in_many(shelf, monkeypatch):
    whole = index_of(shelf).scores("a knight on a space station runs an inn")
    monkeypatch.setattr("chatbot.recommender.descriptions.BATCH", 3)
    parts = index_of(make_catalogue(*shelf.works)).scores("a knight on a space station runs an inn")
    assert np.allclose(whole, parts)


@pytest.mark.parametrize("words", ["cat cats", "run runs running", "story stories", "bake baker baking baked"])
def test_forms_of_an_english_word_have_one_stem(words):
    assert len({stem(word) for word in words.split()}) == 1


def test_every_ring_has_words_in_three_languages_each_once():
    rings = synonyms()
    assert len(rings) > 250
    for ring in rings:
        assert list(ring) == list(LANGUAGES)
        assert all(word for said in ring.values() for word in said)
        assert all(len(said) == len(set(said)) for said in ring.values())


@pytest.fixture(scope="module")
def described():
    return [json.loads(line) for line in DESCRIPTIONS.read_text(encoding="utf-8").splitlines()]


def test_the_shipped_works_are_found_by_their_readers_words(described):
    shelf = shipped_shelf()
    found = [slugs(one["text"], shelf, 5) for one in described]
    meant = [shelf.find(one["ja"]).slug for one in described]
    first = sum(one[:1] == [slug] for one, slug in zip(found, meant, strict=True))
    among = sum(slug in one for one, slug in zip(found, meant, strict=True))
    assert first / len(described) >= 0.85
    assert among / len(described) >= 0.92


@pytest.fixture(scope="module")
def shipped():
    return shipped_shelf()


@pytest.mark.parametrize(
    ("text", "language", "slug"),
    [
        ("주인공이 약사인 거 추천해 줘", "ko", "parallel-world-pharmacy"),
        ("여관 하는 소설 추천해 주세요", "ko", "kakuriyo-no-yadomeshi"),
        ("図書館で働く主人公の話", "ja", "library-war"),
        ("the hero is a blacksmith in a small village", "en", "fuguushoku-kajishi"),
    ],
)
def test_what_no_tag_says_of_the_story_weighs_in_choosing_and_is_a_reason(shipped, text, language, slug):
    wish = with_description(understand([text], shipped, language), text, shipped)
    assert wish.described
    assert not wish.is_vague
    found = {one.work.slug: one for one in choose(wish, shipped, count=8).candidates}
    assert slug in found
    assert "description" in {reason.kind for reason in found[slug].reasons}


@pytest.mark.parametrize(
    "text",
    [
        "나 오늘 너무 힘들었어",
        "재밌는 거 추천해 줘",
        "something good for my mother",
        "I never get to read fantasy, recommend me one",
        "回復したばかりなので軽いもの",
        "10巻以上ある長編ファンタジー",
        "",
    ],
)
def test_what_tells_of_the_reader_describes_no_story(shipped, text):
    assert described_in(text, shipped) == ""


def test_the_command_prints_hits_and_writes_what_was_found(db, tmp_path, capsys):
    rows = [novel_row("lamp"), novel_row("moon")]
    rows[1]["synopsis"] = {"ko": "달에 사는 토끼.", "en": "A rabbit on the moon.", "ja": "月の兎。"}
    load_catalogue(write_lines(tmp_path / "novels.jsonl", rows))
    lines = [
        {"lang": "en", "text": "a rabbit", "ja": rows[1]["titles"]["ja"]},
        {"lang": "ja", "text": "兎", "ja": "本棚にない本"},
        {"lang": "ko", "text": "토끼"},
    ]
    out = tmp_path / "out.json"
    call_command("find_by_description", write_lines(tmp_path / "lines.jsonl", lines), out=out)
    assert [one["found"][:1] for one in json.loads(out.read_text())] == [["moon"]] * 3
    said, complained = capsys.readouterr()
    assert "all  hit@1 0.500 (1 of 2)" in said
    assert "en   hit@1 1.000 (1 of 1)" in said
    assert "ja   hit@1 0.000 (0 of 1)" in said
    assert "3 descriptions" in said
    assert complained == "not on the shelf: 本棚にない本\n"


def test_a_file_that_cannot_be_read_is_one_clear_line(tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("find_by_description", tmp_path / "nowhere.jsonl")
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("find_by_description", write_lines(tmp_path / "lines.jsonl", [{"said": "?"}]))


def test_what_is_not_it_is_not_found(shelf):
    assert slugs("cats on a space station", shelf, 1) == ["station"]
    found = find("cats on a space station or a knight", shelf, beside=Beside(denied=["station"]))
    assert "station" not in [one.work.slug for one in found]
    assert sum(one.share for one in found) <= 1.0001


def test_what_is_remembered_beside_the_story_weighs():
    old = make_work("old", year=2001, volumes=9, synopses=told(en="A village with a witch."))
    new = make_work("new", ["music"], year=2020, volumes=1, synopses=told(en="A village with a witch."))
    others = [make_work(f"other{n}", ["slow-life"], synopses=told(en="A town.")) for n in range(8)]
    shelf = make_catalogue(old, new, *others)

    def first(**beside):
        return find("a village with a witch", shelf, 1, Beside(**beside))[0].work.slug

    assert (first(max_year=2010), first(min_year=2010)) == ("old", "new")
    assert first(max_volumes=1) == "new"
    assert (first(wanted=["music"]), first(refused=["music"])) == ("new", "old")


@pytest.mark.parametrize(
    ("text", "said"),
    [("a derelict station full of cats", "cats"), ("남매가 여관을 하는 이야기", "여관"), ("宿を営む話", "宿")],
)
def test_the_words_that_speak_for_a_work_are_told(text, said, shelf):
    (one,) = with_words(find(text, shelf, 1), text, shelf)
    assert said in one.said
