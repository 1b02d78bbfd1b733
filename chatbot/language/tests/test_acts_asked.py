"""Questions that bring no books, whatever stands around them, and wishes that look like questions."""

import pytest

from chatbot.catalogue.snapshot import CatalogueSnapshot
from chatbot.catalogue.tests.factories import labels, make_work
from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

SHELF = CatalogueSnapshot(
    1,
    (
        make_work("wolf", tags=("mystery",), titles={"ko": "늑대와 상인", "en": "Wolf Merchant", "ja": "狼と商人"}),
        make_work(
            "tower", tags=("isekai",), titles={"ko": "탑의 서기관", "en": "Tower Recorder", "ja": "塔のきろくがかり"}
        ),
        make_work(
            "lamp", tags=("horror",), titles={"ko": "등불의 서고", "en": "Archive of Lanterns", "ja": "灯火の書庫"}
        ),
    ),
    labels(),
)
PICKS = ("wolf", "tower", "lamp")
START = Dialogue()
OFFERED = Dialogue(PICKS, PICKS, (Act.RECOMMEND,))
THANKED = Dialogue(PICKS, PICKS, (Act.THANKS,))
ELSEWHERE = Dialogue(PICKS, ("lamp",), (Act.ABOUT,))


def read(text, dialogue=START):
    language = "ko" if any("가" <= letter <= "힣" for letter in text) else "en" if text.isascii() else "ja"
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language)


def asked(text, dialogue=START):
    """The works and questions of the only part, which asks about works."""
    turn = read(text, dialogue)
    assert (turn.acts, turn.wish_text) == ((Act.ABOUT,), "")
    return turn.works, turn.parts[0].questions


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("늑대와 상인 요즘도 나와요?", Question.STATUS),
        ("what's going on with Wolf Merchant these days", Question.STATUS),
        ("狼と商人って今どうなってるの", Question.STATUS),
        ("늑대와 상인은 왜 안 나와요?", Question.NEXT_VOLUME),
        ("why did Wolf Merchant stop?", Question.NEXT_VOLUME),
        ("狼と商人、なんで新刊が出ないの", Question.NEXT_VOLUME),
        ("늑대와 상인 정주행하고 싶은데 외전도 필수로 봐야 되나요?", Question.ORDER),
        ("I want to get into Wolf Merchant, is the sequel required?", Question.ORDER),
        ("狼と商人を読みたいんだけど外伝も必須?", Question.ORDER),
    ],
)
def test_a_question_on_a_named_work_brings_no_books(text, question):
    works, questions = asked(text)
    assert "wolf" in works
    assert question in questions


@pytest.mark.parametrize(
    "text",
    [
        "호러 진짜 싫어하는데 늑대와 상인 저한테 맞을까요",
        "is Wolf Merchant for me if I can't stand horror?",
        "ホラーが苦手なんですけど狼と商人は楽しめますか",
    ],
)
def test_whether_a_work_suits_who_dislikes_a_thing_is_asked_of_that_thing(text):
    part = read(text).parts[0]
    assert (part.act, part.works, part.questions) == (Act.ABOUT, ("wolf",), (Question.CONTENT,))
    assert part.detail["tags"] == ["horror"]


@pytest.mark.parametrize(
    "text",
    [
        "애니가 이별 장면에서 끝나던데 소설은 몇 권까지 이어져요?",
        "the anime ended with them leaving town, how far do the novels go past that?",
        "アニメは別れの場面で終わったんですが、原作は何巻まで出てますか",
    ],
)
def test_a_question_on_a_work_that_is_not_named_has_no_work_and_brings_none(text):
    works, _ = asked(text)
    assert works == ()


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("아 잠깐 두 번째 거 몇 권이었죠?", "tower"),
        ("wait, how long was the second one?", "tower"),
        ("あ、さっきの二つ目は何巻?", "tower"),
        ("그리고 서기관은 몇 권이야?", "tower"),
        ("and the recorder one, how many volumes?", "tower"),
        ("きろくがかりのやつは何巻?", "tower"),
    ],
)
@pytest.mark.parametrize("dialogue", [OFFERED, THANKED, ELSEWHERE])
def test_an_offered_work_is_found_again_by_its_place_or_a_word_of_its_title(text, slug, dialogue):
    assert asked(text, dialogue) == ((slug,), (Question.VOLUMES,))


@pytest.mark.parametrize(
    "text",
    [
        "늑대와 상인 스포 없이 세 줄 요약",
        "sum up Wolf Merchant, no spoilers please",
        "狼と商人のあらすじ、ネタバレ抜きで頼む",
    ],
)
def test_no_spoilers_asks_for_no_ending(text):
    works, questions = asked(text)
    assert works == ("wolf",)
    assert not {Question.ENDING, Question.WARNINGS} & set(questions)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("추천이 하나같이 별로네", Act.COMPLAINT),
        ("하나도 마음에 드는 게 없어요", Act.COMPLAINT),
        ("your picks are garbage", Act.COMPLAINT),
        ("these are all awful", Act.COMPLAINT),
        ("おすすめが全部微妙", Act.COMPLAINT),
        ("どれもピンと来ない", Act.COMPLAINT),
        ("딱 제가 찾던 거예요", Act.THANKS),
        ("まさにこういうのを探してた", Act.THANKS),
        ("あああ", Act.GIBBERISH),
        ("ㅁㄴㅇㄹ", Act.GIBBERISH),
        ("asdf", Act.GIBBERISH),
    ],
)
def test_what_is_said_of_the_picks_wishes_for_nothing(text, act):
    assert read(text, OFFERED).acts == (act,)


@pytest.mark.parametrize(
    ("remembered", "wished"),
    [
        ("기사가 빵집을 물려받는 소설 있지 않았나요?", "기사가 빵집을 물려받는 소설 있나요?"),
        (
            "wasn't there a novel where a knight inherits a bakery?",
            "is there a novel where a knight inherits a bakery?",
        ),
        ("騎士がパン屋を継ぐ話あったよね", "騎士がパン屋を継ぐ話ってありますか"),
    ],
)
def test_a_plot_remembered_is_looked_for_and_a_plot_wished_for_is_chosen_by(remembered, wished):
    assert read(remembered).acts == (Act.FIND,)
    assert read(wished).acts == (Act.RECOMMEND,)


@pytest.mark.parametrize(
    "text",
    [
        "늑대와 상인 완결났어? 아니면 완결난 추리물 하나 추천해줘",
        "is Wolf Merchant finished? if not give me another mystery that is",
        "狼と商人って完結した?してないなら完結してるミステリーを教えて",
    ],
)
def test_a_question_and_a_wish_are_both_kept(text):
    assert read(text).acts == (Act.ABOUT, Act.RECOMMEND)


@pytest.mark.parametrize(
    "text",
    ["늑대와 상인 다 봤는데 다음엔 뭐 보지", "finished Wolf Merchant, now what", "狼と商人読み終わった、次なに読もう"],
)
def test_what_to_read_next_is_a_wish(text):
    assert Act.RECOMMEND in read(text).acts
    assert Act.ABOUT not in read(text).acts


@pytest.mark.parametrize("text", ["뭐부터 볼까", "which would you start with", "どっちから読もう"])
def test_works_of_different_turns_are_compared(text):
    part = read(text, Dialogue((), ("tower",), (Act.ABOUT,), earlier=("wolf",))).parts[0]
    assert (part.act, set(part.works)) == (Act.COMPARE, {"wolf", "tower"})


@pytest.mark.parametrize(
    "text",
    [
        "늑대와 상인 애니 어제 다 보고 울었어요. 저는 몇 권부터 보면 되죠?",
        "I finished the Wolf Merchant anime last night and cried. Which volume should I pick up?",
        "狼と商人のアニメを昨日見終わって泣きました。何巻から読めばいいですか",
    ],
)
def test_after_an_anime_the_volume_asked_for_is_where_it_goes_on(text):
    assert asked(text) == (("wolf",), (Question.AFTER_ANIME,))


@pytest.mark.parametrize("text", ["딱히 안 끌리네", "meh", "ピンと来ない"])
def test_of_several_picks_what_points_at_none_is_a_complaint(text):
    assert Act.VERDICT not in read(text, OFFERED).acts
    assert not read(text, OFFERED).wishes


@pytest.mark.parametrize(
    "text", ["시계탑에 귀신이 나왔어요", "there was a haunted clock tower", "時計塔に幽霊が出てきました"]
)
def test_more_that_is_remembered_is_looked_for(text):
    assert read(text, Dialogue(acts=(Act.FIND,))).acts == (Act.FIND,)


@pytest.mark.parametrize(
    "text",
    [
        "늑대와 상인 제대로 완결 난 거 맞나요? 저도 읽고는 싶은데 망설여져요",
        "is Wolf Merchant really finished? i want to read it but i'm not sure",
        "狼と商人ってちゃんと完結してますか?読みたいんですけど迷ってて",
    ],
)
def test_to_want_to_read_what_is_asked_about_asks_for_no_other_book(text):
    assert not read(text).wishes
