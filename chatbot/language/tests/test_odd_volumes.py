import pytest

from chatbot.catalogue.tests.factories import known_shelf
from chatbot.language.acts import Act, Dialogue
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.digest import digest
from chatbot.language.wishes.preferences import odd_volume, read_preferences, without_progress
from chatbot.language.wishes.wish import understand
from chatbot.language.words.vocabulary import vocabulary

SHELF = known_shelf()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("오버로드 7.5권까지 읽었어", "7.5권"),
        ("오버로드 단편집 5권까지 봤어", "단편집 5권"),
        ("오버로드 SS 2권까지 읽었어", "SS 2권"),
        ("I've read up to volume 7.5 of Overlord", "volume 7.5"),
        ("I read the Overlord short story collection vol 1", "short story collection vol 1"),
        ("オーバーロード7.5巻まで読んだ", "7.5巻"),
        ("オーバーロードの短編集5巻まで読了", "短編集5巻"),
        ("오버로드 0권까지 읽었어", "0권"),
        ("오버로드 제0권 봤어", "제0권"),
        ("오버로드 6.25권 봤어", "6.25권"),
        ("오버로드 7½권까지 읽었어", "7.5권"),
        ("오버로드 단편집을 다섯 권까지 읽었어", "단편집을 다섯 권"),
        ("오버로드 사이드 스토리 2권까지 읽었어", "사이드 스토리 2권"),
        ("I read Overlord vol 0", "vol 0"),
        ("I have read the Overlord side stories up to volume 2", "side stories up to volume 2"),
        ("オーバーロードの0巻読んだ", "0巻"),
        ("オーバーロード６．５巻まで読んだ", "6.5巻"),
        ("オーバーロード短編集を5巻まで読んだ", "短編集を5巻"),
        ("オーバーロードの後日談2巻まで読んだ", "後日談2巻"),
    ],
)
def test_a_volume_beside_the_main_line_is_kept_as_said(text, said):
    assert odd_volume(text) == said
    parts = read_acts(text, Dialogue(), SHELF, understand([text], SHELF, "ko"), "ko").parts
    verdict = next(part for part in parts if part.act is Act.VERDICT)
    assert (verdict.works, verdict.detail["state"], verdict.detail["volume"]) == (("overlord",), "partly", said)


@pytest.mark.parametrize(
    "text", ["오버로드 7권까지 읽었어", "I read up to volume 7 of Overlord", "오버로드 7巻まで読んだ", "단편집 추천"]
)
def test_a_volume_of_the_main_line_is_none(text):
    assert odd_volume(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "I've read up to volume 7.5 of Overlord, recommend similar",
        "오버로드 단편집 5권까지 봤어. 비슷한 거",
        "オーバーロード7.5巻まで読んだ。似た本",
    ],
)
def test_it_is_no_number_of_volumes_wished_for(text):
    wish = understand([without_progress(text)], SHELF, "ko", with_hearts=True)
    assert (wish.count, wish.min_volumes, wish.max_volumes, wish.about) == (None, None, None, [])


@pytest.mark.parametrize(
    "text",
    [
        "오버로드 사이드 스토리 2권까지 읽었어",
        "오버로드 7½권까지 읽었어",
        "오버로드 10.5권 읽는 중이에요",
        "I'm on volume 10.5 of Overlord",
        "I've read the Overlord prequel up to volume 2",
        "オーバーロードの後日談2巻まで読んだ",
        "オーバーロード10.5巻を読んでいる",
    ],
)
def test_of_it_no_count_of_the_main_line_is_kept(text):
    assert not [one for one in read_preferences(text, vocabulary(SHELF)) if one.kind == "read_to"]


@pytest.mark.parametrize(
    "text", ["I read up to vol. 7 of Overlord", "I've read Overlord up to Vol. 7. Something like it?"]
)
def test_the_full_stop_of_an_abbreviation_ends_no_sentence(text):
    read = digest(text, vocabulary(SHELF)).in_place
    assert len(read) == len(text)
    [progress] = [one for one in read_preferences(read, vocabulary(SHELF)) if one.kind == "read_to"]
    assert (progress.topic.value, progress.volume) == ("overlord", 7)


@pytest.mark.parametrize(
    "text",
    [
        "오버로드 0권 재밌었어",
        "오버로드 제로 권이 좋았어",
        "オーバーロードゼロ巻が好き",
        "I loved volume zero of Overlord",
    ],
)
def test_a_volume_nought_refuses_nothing(text):
    assert "overlord" not in understand([text], SHELF, "ko").refused


@pytest.mark.parametrize(
    "text", ["하렘 0 작품 추천", "0 harem, isekai please", "ハーレム0の異世界もの", "100% fantasy with 0 harem"]
)
def test_none_as_a_figure_refuses(text):
    assert "harem" in understand([text], SHELF, "ko").unwanted


def test_finished_as_the_first_word_of_what_was_read_wishes_for_no_finished_series():
    for text in (
        "Finished the Overlord short stories, recommend similar",
        "Finished volume 7 of Overlord, similar please",
    ):
        assert understand([text], SHELF, "en").status == ""
