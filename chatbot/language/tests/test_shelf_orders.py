"""Which works a turn marks on the shelf and as what; what it only plans, asks or tells of others marks none."""

from dataclasses import replace

import pytest

from chatbot.catalogue.snapshot import CatalogueSnapshot
from chatbot.catalogue.tests.factories import labels, make_work
from chatbot.language.acts import Act, Dialogue
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.turns.shelf_orders import drop_reasons, half_stars
from chatbot.language.wishes.wish import understand

SHELF = CatalogueSnapshot(
    1,
    (
        make_work("wolf", tags=("mystery",), titles={"ko": "늑대와 상인", "en": "Wolf Merchant", "ja": "狼と商人"}),
        make_work(
            "tower", tags=("isekai",), titles={"ko": "탑의 기록자", "en": "Tower Chronicler", "ja": "塔の記録者"}
        ),
        make_work("lamp", tags=("horror",), titles={"ko": "등불의 서고", "en": "Lamplit Stacks", "ja": "灯火の書庫"}),
    ),
    labels(),
)
PICKS = ("wolf", "tower", "lamp")
START = Dialogue()
OFFERED = Dialogue(PICKS, PICKS, (Act.RECOMMEND,))
READ = Dialogue(spoken=("wolf",), acts=(Act.VERDICT,), marked=("wolf",), mark="read")
REFUSED = replace(READ, mark="not")
WANTED = replace(READ, mark="want")


def parts(text, dialogue, language):
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language).parts


def told(text, dialogue, language):
    """Slug to what is said of it."""
    return {
        slug: part.detail.get("state")
        for part in parts(text, dialogue, language)
        if part.act is Act.VERDICT
        for slug in part.works
    }


@pytest.mark.parametrize(
    ("text", "language", "dialogue", "states"),
    [
        ("늑대와 상인 다 읽었다고 서재에 넣어 주세요", "ko", START, {"wolf": "read"}),
        ("mark Wolf Merchant as finished", "en", START, {"wolf": "read"}),
        ("狼と商人を既読に登録して", "ja", START, {"wolf": "read"}),
        ("늑대와 상인이랑 탑의 기록자는 읽은 책으로 옮겨줘", "ko", START, {"wolf": "read", "tower": "read"}),
        ("move Wolf Merchant and Tower Chronicler to read", "en", START, {"wolf": "read", "tower": "read"}),
        ("狼と商人と塔の記録者を読んだ本に移して", "ja", START, {"wolf": "read", "tower": "read"}),
        # Beside a name "all" is said of its volumes, and not of what was offered.
        ("늑대와 상인은 다 읽었고 8점", "ko", OFFERED, {"wolf": "read"}),
        ("늑대와 상인 다 읽었어 책장에 넣어줘", "ko", OFFERED, {"wolf": "read"}),
        ("I read all of Wolf Merchant, 8/10, shelve it", "en", OFFERED, {"wolf": "read"}),
        ("狼と商人は全部読んだ、8点", "ja", OFFERED, {"wolf": "read"}),
        ("다 읽은 책으로 표시해줘", "ko", OFFERED, {"wolf": "read", "tower": "read", "lamp": "read"}),
        ("1번은 읽음 처리하고 나머지 2번은 찜해줘", "ko", OFFERED, {"wolf": "read", "tower": "want"}),
        ("put 1 on my read list and add 2 to my wishlist", "en", OFFERED, {"wolf": "read", "tower": "want"}),
        ("1番は既読にして、2番は読みたい本に追加して", "ja", OFFERED, {"wolf": "read", "tower": "want"}),
        ("1,2번 찜해줘", "ko", OFFERED, {"wolf": "want", "tower": "want"}),
        ("셋째는 안 맞는 책으로 넣어줘", "ko", OFFERED, {"lamp": "not"}),
        ("list the third as not for me", "en", OFFERED, {"lamp": "not"}),
        ("三つ目は合わない本に入れて", "ja", OFFERED, {"lamp": "not"}),
        ("세 번째만 빼고 싹 다 읽었어", "ko", OFFERED, {"wolf": "read", "tower": "read"}),
        ("i have read all of them but the third", "en", OFFERED, {"wolf": "read", "tower": "read"}),
        ("三つ目以外はもう読みました", "ja", OFFERED, {"wolf": "read", "tower": "read"}),
        ("탑의 기록자 읽고 싶어요", "ko", START, {"tower": "want"}),
        ("i'd love to read Tower Chronicler", "en", START, {"tower": "want"}),
        ("塔の記録者読みたいです", "ja", START, {"tower": "want"}),
        ("등불의 서고 완독, 별점은 4.5", "ko", START, {"lamp": "read"}),
        ("Lamplit Stacks is a 4/5 for me, all read", "en", START, {"lamp": "read"}),
        ("灯火の書庫は星3つ", "ja", START, {"lamp": "read"}),
    ],
)
def test_each_work_gets_the_mark_that_is_ordered(text, language, dialogue, states):
    assert told(text, dialogue, language) == states
    assert Act.RECOMMEND not in {part.act for part in parts(text, dialogue, language)}


@pytest.mark.parametrize(
    ("text", "language", "states"),
    [
        ("아니 그거 말고 탑의 기록자", "ko", {"wolf": "unmark", "tower": "read"}),
        ("잘못 눌렀어요, 탑의 기록자예요", "ko", {"wolf": "unmark", "tower": "read"}),
        ("sorry, wrong one, i meant Tower Chronicler", "en", {"wolf": "unmark", "tower": "read"}),
        ("no, i dropped Tower Chronicler, not Wolf Merchant", "en", {"wolf": "unmark", "tower": "dropped"}),
        ("いや、狼と商人じゃなくて塔の記録者です", "ja", {"wolf": "unmark", "tower": "read"}),
        ("間違えました、塔の記録者のほうです", "ja", {"wolf": "unmark", "tower": "read"}),
    ],
)
def test_a_mark_set_by_mistake_moves_to_the_work_that_was_meant(text, language, states):
    assert told(text, READ, language) == states


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("That's not an answer to what I asked. Forget it. Who wrote Wolf Merchant?", "en"),
        ("no no I meant a different series after Wolf Merchant! similar but happier", "en"),
        ("not what i asked lol. how long is Tower Chronicler", "en"),
        ("forget it. is Tower Chronicler finished?", "en"),
        ("i meant who wrote Tower Chronicler?", "en"),
        ("怪談じゃないやつと言ったんだ。塔の記録者ってのはどうなんだ、作者は？", "ja"),
        ("そうじゃなくて、狼と商人の次に読む別のシリーズ", "ja"),
        ("ホラーじゃないって。塔の記録者が気になる", "ja"),
        ("もういい。狼と商人の作者は？", "ja"),
        ("그 말이 아니라, 늑대와 상인 다음에 읽을 다른 시리즈요", "ko"),
        ("공포 아니라, 탑의 기록자 어때?", "ko"),
        ("아니 됐고, 늑대와 상인 작가 누구야", "ko"),
        ("아니 그거 말고, 탑의 기록자는 완결이야?", "ko"),
    ],
)
@pytest.mark.parametrize("dialogue", [READ, WANTED])
def test_what_puts_an_answer_right_touches_no_mark(text, language, dialogue):
    assert told(text, dialogue, language) == {}


def test_another_book_wished_for_is_no_correction():
    assert told("늑대와 상인 말고 다른 거 추천해줘", READ, "ko") == {}


@pytest.mark.parametrize(
    ("text", "language", "state"),
    [
        ("별로라고 한 적 없는데요", "ko", "unrefuse"),
        ("i never said i disliked it", "en", "unrefuse"),
        ("合わないとは言ってないです", "ja", "unrefuse"),
        ("다시 생각해보니 재밌었어", "ko", "loved"),
        ("actually i liked it", "en", "loved"),
        ("やっぱり面白かったよ", "ja", "loved"),
    ],
)
def test_a_refusal_that_was_none_is_taken_back(text, language, state):
    assert told(text, REFUSED, language) == {"wolf": state}


@pytest.mark.parametrize(
    ("text", "language", "state"),
    [
        ("늑대와 상인 다 읽으면 감상 말해줄게", "ko", "later"),
        ("once i finish Wolf Merchant i'll tell you", "en", "later"),
        ("狼と商人読み終わったらまた来ます", "ja", "later"),
        ("누나가 늑대와 상인 다 읽었대", "ko", "hearsay"),
        ("my sister has read Wolf Merchant", "en", "hearsay"),
        ("姉が狼と商人を全部読んだって", "ja", "hearsay"),
        ("늑대와 상인 지금 읽고 있어요", "ko", "reading"),
        ("i'm still reading Wolf Merchant", "en", "reading"),
        ("狼と商人は今読んでるところです", "ja", "reading"),
        ("늑대와 상인 4권까지 읽었어요", "ko", "partly"),
        ("read Wolf Merchant up to volume 4", "en", "partly"),
        ("狼と商人は4巻まで読みました", "ja", "partly"),
        ("늑대와 상인 집에 전권 있어요", "ko", "owned"),
        ("i own Wolf Merchant", "en", "owned"),
        ("狼と商人は全巻持ってます", "ja", "owned"),
        ("늑대와 상인 찜 목록에 넣지 마", "ko", "unwant"),
        ("don't add Wolf Merchant to my list", "en", "unwant"),
        ("狼と商人は本棚に入れないで", "ja", "unwant"),
    ],
)
def test_what_was_not_finished_by_the_reader_is_told_apart(text, language, state):
    assert told(text, START, language) == {"wolf": state}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("내가 늑대와 상인 읽었다고 했었나", "ko"),
        ("did i tell you i read Wolf Merchant?", "en"),
        ("狼と商人読んだって言ったっけ", "ja"),
        ("늑대와 상인 읽어야 할까?", "ko"),
        ("should i read Wolf Merchant?", "en"),
        ("狼と商人って読んだほうがいい？", "ja"),
    ],
)
def test_a_question_marks_nothing(text, language):
    assert told(text, START, language) == {}


@pytest.mark.parametrize(
    ("text", "language", "acts"),
    [
        ("2번 담아주고 1번은 애니 있어?", "ko", [Act.VERDICT, Act.ABOUT]),
        ("save number 2, and does the first have an anime?", "en", [Act.VERDICT, Act.ABOUT]),
        ("2番は本棚に入れて、1番ってアニメある？", "ja", [Act.VERDICT, Act.ABOUT]),
    ],
)
def test_what_is_asked_beside_an_order_is_answered(text, language, acts):
    found = parts(text, OFFERED, language)
    assert [part.act for part in found] == acts
    assert [part.works for part in found] == [("tower",), ("wolf",)]


@pytest.mark.parametrize(
    ("text", "language"),
    [("1번을 읽는 중으로 해줘", "ko"), ("set the first to currently reading", "en"), ("1番を読書中にして", "ja")],
)
def test_what_is_being_read_is_ordered_as_such(text, language):
    (part,) = parts(text, OFFERED, language)
    assert (part.works, part.detail) == (("wolf",), {"state": "reading", "ordered": True})


def test_a_title_that_is_not_here_is_not_marked():
    (part,) = parts("「달빛의 재봉사」 읽은 책에 넣어 줘", START, "ko")
    assert (part.works, part.detail["unknown"]) == ((), "달빛의 재봉사")


@pytest.mark.parametrize(
    ("text", "language", "state"),
    [
        ("1번은 보류로 해줘", "ko", "hold"),
        ("put the first on hold", "en", "hold"),
        ("1番を中断中にして", "ja", "hold"),
        ("1번 하차 처리해줘", "ko", "dropped"),
        ("mark the first as dropped", "en", "dropped"),
        ("1番を挫折した本に入れて", "ja", "dropped"),
    ],
)
def test_each_place_on_the_shelf_can_be_ordered(text, language, state):
    (part,) = parts(text, OFFERED, language)
    assert (part.works, part.detail.get("state")) == (("wolf",), state)


@pytest.mark.parametrize(
    ("words", "half"),
    [
        ("별 4개", 8),
        ("별 네 개 반", 9),
        ("별점 4.5", 9),
        ("5점 만점에 4점", 8),
        ("8점", 8),
        ("4점", None),
        ("0점", None),
        ("7/10", 7),
        ("four and a half stars", 9),
        ("星四つ半", 9),
        ("★★★", 6),
        ("", None),
    ],
)
def test_points_become_half_stars_only_where_it_is_clear_how_many(words, half):
    assert half_stars(words) == half


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("전개가 느리고 하렘이라 하차했어", ["slow", "romance"]),
        ("dropped it, too dark", ["dark"]),
        ("主人公が無理で切った", ["characters"]),
        ("그냥 하차했어", []),
    ],
)
def test_why_a_work_was_dropped_is_heard(text, reasons):
    assert drop_reasons(text) == reasons
