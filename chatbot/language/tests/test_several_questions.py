"""Every question of a message is read: those in one breath, beside a wish, on several works; and complaints bring no
books by themselves."""

import pytest

from chatbot.catalogue.snapshot import CatalogueSnapshot
from chatbot.catalogue.tests.factories import labels, make_work
from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.tests.test_acts import OFFERED
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

SHELF = CatalogueSnapshot(
    1,
    (
        make_work("wolf", tags=("mystery",), titles={"ko": "늑대와 상인", "en": "Wolf and Merchant", "ja": "狼と商人"}),
        make_work("tower", tags=("isekai",), titles={"ko": "탑의 기록자"}),
        make_work("lamp", tags=("horror",), titles={"ko": "등불의 서고"}),
    ),
    labels(),
)

VOLUMES, STATUS, ANIME, CONTENT = Question.VOLUMES, Question.STATUS, Question.ANIME, Question.CONTENT
AFTER, ILLUSTRATOR, EDITION = Question.AFTER_ANIME, Question.ILLUSTRATOR, Question.EDITION


def read(text, language, dialogue=None):
    return read_acts(text, dialogue or Dialogue(), SHELF, understand([text], SHELF, language), language)


def asked(text, language, dialogue=None):
    """What is asked, and whether who wrote it is."""
    parts = read(text, language, dialogue).parts
    questions = {question for part in parts for question in part.questions}
    return questions | ({Act.AUTHOR} if any(part.act is Act.AUTHOR for part in parts) else set())


@pytest.mark.parametrize(
    ("text", "language", "questions"),
    [
        ("늑대와 상인 몇 권까지 있고 애니는 나왔어?", "ko", {VOLUMES, ANIME}),
        ("how many volumes is Wolf and Merchant and has it an anime?", "en", {VOLUMES, ANIME}),
        ("狼と商人は何巻まで出てて アニメはある？", "ja", {VOLUMES, ANIME}),
        ("늑대와 상인 하렘 있어? 완결은? 작가는?", "ko", {CONTENT, STATUS, Act.AUTHOR}),
        ("is there romance in Wolf and Merchant, is it finished, who wrote it", "en", {CONTENT, STATUS, Act.AUTHOR}),
        ("狼と商人は恋愛ある？完結してる？作者は？", "ja", {CONTENT, STATUS, Act.AUTHOR}),
        ("늑대와 상인 애니 2기 다음 몇 권부터고 총 몇 권이야?", "ko", {AFTER, VOLUMES}),
        ("늑대와 상인 그림 누가 그렸고 정발은 됐어?", "ko", {ILLUSTRATOR, EDITION}),
        ("who illustrated Wolf and Merchant and is it out in english?", "en", {ILLUSTRATOR, EDITION}),
        ("狼と商人のイラストは誰で英訳はある？", "ja", {ILLUSTRATOR, EDITION}),
    ],
)
def test_what_is_asked_in_one_breath_is_all_read(text, language, questions):
    assert questions <= asked(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("늑대와 상인 완결났어? 그리고 작가는 누구야?", "ko"),
        ("is Wolf and Merchant finished? and then who is the author?", "en"),
        ("狼と商人は完結した？それと作者は誰？", "ja"),
    ],
)
def test_a_conjunction_is_no_title(text, language):
    parts = read(text, language).parts
    assert not any("unknown" in part.detail for part in parts)
    assert {part.works for part in parts} == {("wolf",)}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("늑대와 상인 끝났나? 비슷한 것도 추천해 줘", "ko"),
        ("is Wolf and Merchant done? and recommend something like it", "en"),
        ("狼と商人は終わった？似たのもおすすめして", "ja"),
        ("늑대와 상인 완결이야? 이거 좋아하면 또 뭐 읽을까", "ko"),
        ("is Wolf and Merchant finished? if i liked it what else is there", "en"),
        ("狼と商人は完結した？これ好きなら次は何がいい？", "ja"),
    ],
)
def test_a_wish_beside_a_question_goes_by_the_same_work(text, language):
    parts = read(text, language).parts
    assert [(part.act, part.works) for part in parts] == [(Act.ABOUT, ("wolf",)), (Act.RECOMMEND, ("wolf",))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("늑대와 상인 애니 1기까지 봤는데 몇 권부터 보면 돼?", "ko"),
        ("after season 1 of the Wolf and Merchant anime which volume do i start with?", "en"),
        ("狼と商人のアニメ1期の続きは何巻から？", "ja"),
    ],
)
def test_one_question_of_two_halves_is_not_cut(text, language):
    parts = read(text, language).parts
    assert [(part.act, AFTER in part.questions) for part in parts] == [(Act.ABOUT, True)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("왜 자꾸 하렘만 추천해?", "ko"),
        ("why do you keep giving me harems", "en"),
        ("なんでハーレムばっかりなの", "ja"),
        ("왜 이렇게 뻔한 것만 보여 줘?", "ko"),
        ("you recommend the same stuff every time", "en"),
        ("さっきから同じのばっかりじゃん", "ja"),
    ],
)
def test_a_complaint_wishes_for_no_books(text, language):
    told = read(text, language, OFFERED)
    assert told.acts == (Act.COMPLAINT,)
    assert not told.wishes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("하렘 싫다고 했는데 왜 두 번째는 하렘이야", "ko"),
        ("i said no harem and the second one is a harem", "en"),
        ("ハーレム嫌いって言ったのになんで二つ目ハーレムなの", "ja"),
    ],
)
def test_what_is_refused_again_names_the_work_and_wishes_without_it(text, language):
    told = read(text, language, OFFERED)
    complaint = next(part for part in told.parts if part.act is Act.COMPLAINT)
    assert complaint.works == OFFERED.last_picks[1:2]
    assert (complaint.detail["tags"], complaint.detail["refused"]) == (["harem"], ["harem"])
    assert told.wishes
    assert told.wish_text == ""  # what was said again refuses; it asks for nothing
