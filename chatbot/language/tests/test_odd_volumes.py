import pytest

from chatbot.catalogue.tests.factories import known_shelf
from chatbot.language.act_reader import read_acts
from chatbot.language.acts import Act, Dialogue
from chatbot.language.preferences import odd_volume, without_progress
from chatbot.language.wish import understand

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


def test_finished_as_the_first_word_of_what_was_read_wishes_for_no_finished_series():
    assert understand(["Finished the Overlord short stories, recommend similar"], SHELF, "en").status == ""
