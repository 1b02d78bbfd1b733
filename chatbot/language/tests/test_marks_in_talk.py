"""Marks that a turn in the middle of a talk sets on the reader's shelf, wants of books, and what it leaves alone."""

import pytest

from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

PICKS = ("mahou-shoujo-ikusei-keikaku", "battle-royale", "fate-zero")
LIST = Dialogue(PICKS, PICKS, (Act.RECOMMEND,))
KONOSUBA = Dialogue((), ("konosuba",), (Act.ABOUT,))
COOKING = Dialogue((), ("campfire-cooking-in-another-world",), (Act.ABOUT, Act.VERDICT))
APOTHECARY = Dialogue((), ("kusuriya-no-hitorigoto",), (Act.ABOUT,), earlier=("raven-of-the-inner-palace",))


@pytest.fixture(scope="module")
def shelf():
    return shipped_shelf()


def read(text, language, shelf, dialogue):
    wish = understand([text], shelf, language, last_picks=dialogue.last_picks)
    return read_acts(text, dialogue, shelf, wish, language)


def marks(turn):
    states = [(part.works, part.detail.get("state")) for part in turn.parts if part.act is Act.VERDICT]
    return {slug: state for works, state in states for slug in works if state}


@pytest.mark.parametrize(
    ("text", "language", "work"),
    [
        ("마육계 ㄱㄱ 그거 몇권까지 나옴?", "ko", PICKS[0]),
        ("마육계 고고", "ko", PICKS[0]),
        ("걍 두번째 거로", "ko", PICKS[1]),
        ("I'll go with the second one", "en", PICKS[1]),
        ("二番目にします", "ja", PICKS[1]),
    ],
)
def test_what_is_settled_on_is_wanted(text, language, work, shelf):
    assert marks(read(text, language, shelf, LIST)) == {work: "want"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("판타지 ㄱㄱ", "ko"),
        ("추천 ㄱㄱ", "ko"),
        ("걍 그걸로", "ko"),
        ("longer is fine, ill just get the first couple", "en"),
        ("처음 몇 권만 살게요", "ko"),
        ("最初の数冊だけ買います", "ja"),
        ("성폭력은 빼줘 그건 못봄", "ko"),
        ("i already read that", "en"),
        ("그거 이미 읽었어", "ko"),
    ],
)
def test_what_is_of_none_of_them_marks_nothing(text, language, shelf):
    assert marks(read(text, language, shelf, LIST)) == {}


@pytest.mark.parametrize(
    ("text", "language", "dialogue", "wanted"),
    [
        ("dont say combatants i already read that", "en", KONOSUBA, {"combatants-will-be-dispatched": "read"}),
        ("don't recommend combatants again", "en", KONOSUBA, {}),
        ("cant read that, its in japanese", "en", KONOSUBA, {}),
        ("i never marked that as not for me, I want it", "en", COOKING,
         {"campfire-cooking-in-another-world": "want"}),
        ("i never marked it as read", "en", COOKING, {"campfire-cooking-in-another-world": "unlist"}),
        ("合わないなんて言ってない", "ja", COOKING, {"campfire-cooking-in-another-world": "unrefuse"}),
        ("薬屋やめて", "ja", APOTHECARY, {"kusuriya-no-hitorigoto": "unwant"}),
        ("やっぱり薬屋やめて後宮の烏にします！", "ja", APOTHECARY,
         {"kusuriya-no-hitorigoto": "unwant", "raven-of-the-inner-palace": "want"}),
        ("약사의 혼잣말은 안 볼게요", "ko", APOTHECARY, {"kusuriya-no-hitorigoto": "unwant"}),
        ("異世界はやめて", "ja", APOTHECARY, {}),
        ("i never said i read re zero??", "en", KONOSUBA, {"re-zero": "unread"}),
    ],
)  # fmt: skip
def test_marks_said_of_a_work(text, language, dialogue, wanted, shelf):
    assert marks(read(text, language, shelf, dialogue)) == wanted


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("dont put stuff on my shelf i didnt ask", "en"),
        ("stop adding things to my list", "en"),
        ("맘대로 서재에 넣지 마세요", "ko"),
        ("勝手に棚に入れないで", "ja"),
    ],
)
def test_the_last_mark_goes_where_nobody_asked_for_it(text, language, shelf):
    marked = Dialogue(spoken=("konosuba",), acts=(Act.ABOUT,), marked=("kieli",), mark="want")
    assert marks(read(text, language, shelf, marked)) == {"kieli": "unmark"}


@pytest.mark.parametrize(
    ("text", "language", "named"),
    [
        ("바시소는 형이 추천해서 다 봄. 전투원도 애니 봤는데 노잼이었음", "ko", {"baka-to-test": "read"}),
        ("バカテスは読んだわw陰実もアニメ見た", "ja", {"baka-to-test": "read"}),
        ("아이리스는 읽었고 울었다", "ko", {"iris-on-rainy-days": "read"}),
    ],
)
def test_the_anime_of_one_is_no_verdict_on_the_other(text, language, named, shelf):
    picks = ("baka-to-test", "iris-on-rainy-days", "kage-no-jitsuryokusha")
    assert marks(read(text, language, shelf, Dialogue(picks, picks, (Act.RECOMMEND,)))) == named


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("눈물나는쪽이요!", "ko"),
        ("泣けるほうです", "ja"),
        ("the tearjerker kind", "en"),
        ("비슷한거 뭐봄?", "ko"),
        ("またリゼロみたいな死に戻り系ほかにあったら教えて", "ja"),
        ("短くて1冊で終わるやつ1つだけ選んで", "ja"),
        ("짧고 웃긴 거 딱 하나만 골라줘", "ko"),
        ("go", "en"),
        ("もっと普通の現代ので、大人が主人公のやつある？", "ja"),
        ("何か出せます？", "ja"),
        ("what you got", "en"),
    ],
)
def test_books_are_wanted(text, language, shelf):
    assert read(text, language, shelf, LIST).wishes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("is the second stopped?", "en"),
        ("which of the two should I buy", "en"),
        ("その作者の他の作品は？", "ja"),
        ("그 작가 다른 책도 썼나요?", "ko"),
        ("i never said i read fate zero??", "en"),
    ],
)
def test_no_books_are_wanted(text, language, shelf):
    assert not read(text, language, shelf, LIST).wishes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("isnt there one where a guy turns into a sword and theres a cat girl", "en"),
        ("no not those. isn't there one where a girl turns into a spider", "en"),
        ("これはマジでうろ覚え。男の子が毎日記憶なくす女の子と図書室？で会うやつ", "ja"),
        ("이건 진짜 가물가물한데 남자가 고양이가 되는 거였어요", "ko"),
    ],
)
def test_another_remembered_book_is_looked_for(text, language, shelf):
    assert Act.FIND in read(text, language, shelf, LIST).acts


def test_how_many_are_asked_of_the_one_told_of(shelf):
    part = read("how many are there", "en", shelf, KONOSUBA).parts[0]
    assert (part.act, part.works, part.questions) == (Act.ABOUT, ("konosuba",), (Question.VOLUMES,))
    assert read("how many books do you have?", "en", shelf, KONOSUBA).acts == (Act.CATALOGUE,)


@pytest.mark.parametrize(
    ("text", "language", "acts"),
    [
        ("카즈마 팬티 스틸 처음 당한사람 누구게?", "ko", Act.ABUSE),
        ("any boobs on the cover lol", "en", Act.ABUSE),
        ("뭔말인지 모르겠어요;; 몇 권이에요?", "ko", Act.DEFINITION),
        ("[書架では11巻]ってなに？", "ja", Act.DEFINITION),
    ],
)
def test_what_nobody_said(text, language, acts, shelf):
    assert acts not in read(text, language, shelf, KONOSUBA).acts


def test_what_was_forgotten_to_say_corrects_nothing(shelf):
    turn = read("クリスクロスは中学で読んだよ。あと言い忘れたけど、タイムリープものは好き。", "ja", shelf,
                Dialogue(("criss-cross-takahata",), ("criss-cross-takahata",), (Act.RECOMMEND,)))  # fmt: skip
    assert marks(turn) == {"criss-cross-takahata": "read"}
    assert not any(part.detail.get("corrected") for part in turn.parts)


@pytest.mark.parametrize(
    ("text", "language"), [("yes obviously", "en"), ("네 당연하죠", "ko"), ("はい、もちろん", "ja")]
)
def test_yes_to_another_look(text, language, shelf):
    turned_down = Dialogue(PICKS, PICKS, (Act.COMPLAINT, Act.RECOMMEND))
    assert read(text, language, shelf, turned_down).wishes
    assert read(text, language, shelf, LIST).acts == (Act.YES,)
