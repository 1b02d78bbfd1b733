"""What a turn asks or wishes beside a laugh or thanks, of whom, of what is not on the shelf, and where to begin."""

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, ActPart, Dialogue, Question
from chatbot.language.asking.asked import volumes_in
from chatbot.language.names.focus import says_similar
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.question_left import question_left
from chatbot.language.wishes.wish import understand
from chatbot.language.words.clauses import Clause, clauses_of, without
from chatbot.language.words.laughter import without_laughter
from chatbot.language.words.vocabulary import vocabulary

PRINCE = {"ko": "천재 왕자의 적자 국가", "en": "The Prince's Guide", "ja": "天才王子の赤字国家"}
SHELF = make_catalogue(
    make_work("tower", titles={"ko": "탑의 기록자", "en": "Keeper of the Tower", "ja": "塔の記録者"}),
    make_work("lamp", titles={"ko": "등불의 서고", "en": "Lamplit Archive", "ja": "灯火の書庫"}),
    make_work("prince", {"genius": 3}, titles=PRINCE),
    make_work("kin", titles={"ko": "물의 기사", "en": "Knight of Water", "ja": "水の騎士"}, authors=("森宮秀之",)),
)
TOLD = Dialogue(spoken=("tower",), acts=(Act.ABOUT,), asked=(ActPart(Act.ABOUT, "", ("tower",), (Question.STATUS,)),))
OFFERED = Dialogue(last_picks=("tower", "lamp"), spoken=("tower", "lamp"), acts=(Act.RECOMMEND,))


def read(text, language, dialogue=None):
    return read_acts(text, dialogue or Dialogue(), SHELF, understand([text], SHELF, language), language)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("탑의 기록자 ㅋㅋ 완결남?", "탑의 기록자. 완결남?"),
        ("my friend told me about these lol where do i start", "my friend told me about these. where do i start"),
        ("読んだことないんだけどw 何から読めばいい", "読んだことないんだけど. 何から読めばいい"),
        ("虫はだめなんです笑 あと百合も", "虫はだめなんです. あと百合も"),
        ("ありがとう笑 これ完結した？", "ありがとう. これ完結した？"),
        ("thanks lol, is it finished?", "thanks lol, is it finished?"),
        ("슬라임 ㅋㅋ 몇 권", "슬라임 몇 권"),
        ("草薙の剣の話ある", "草薙の剣の話ある"),
        ("the lollipop girl", "the lollipop girl"),
        ("笑える話ある", "笑える話ある"),
    ],
)
def test_a_laugh_within_a_turn_ends_a_sentence(text, said):
    assert without_laughter(text) == said


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("고마워요 ㅎㅎ 탑의 기록자는 완결났어요?", "ko"),
        ("ㅋㅋㅋㅋ 탑의 기록자 완결났음?", "ko"),
        ("이거 완결났나요, 탑의 기록자", "ko"),
        ("ty!! lol is it finished, Keeper of the Tower", "en"),
        ("lol thanks. is Keeper of the Tower finished?", "en"),
        ("ありがとう笑 塔の記録者って完結した？", "ja"),
        ("草 塔の記録者は完結してますか", "ja"),
    ],
)
def test_what_is_asked_beside_a_laugh_or_thanks_is_read(text, language):
    asked = [part for part in read(text, language).parts if part.act is Act.ABOUT]
    assert [(part.works, part.questions) for part in asked] == [(("tower",), (Question.STATUS,))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("나 중2인데 라노벨 처음 읽어봐 뭐부터 보면됨?", "ko"),
        ("입문작 추천해달란 말임", "ko"),
        ("라노벨 뭐부터 읽어야 돼요?", "ko"),
        ("초보자한테 좋은 거 있어요?", "ko"),
        ("ive only ever seen anime, where do i start", "en"),
        ("where do i start", "en"),
        ("never read a light novel. what should i start with?", "en"),
        ("any good starter series?", "en"),
        ("何から読めばいいですか", "ja"),
        ("初心者向けのラノベありますか", "ja"),
        ("ラノベ読んだことないんだけど、最初は何がいい？", "ja"),
    ],
)
def test_who_asks_where_to_begin_wishes_for_books(text, language):
    assert read(text, language).acts == (Act.RECOMMEND,)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("라노벨은 처음인데 뭐부터 읽어야 돼요?", "ko"),
        ("i'm new to light novels, where do i start?", "en"),
        ("ラノベは初めてです。何から読めばいい？", "ja"),
    ],
)
def test_who_is_new_wishes_for_books_whatever_was_spoken_of(text, language):
    assert read(text, language, TOLD).acts == (Act.RECOMMEND,)
    assert question_left(text, read(text, language, TOLD).parts, vocabulary(SHELF)) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [("뭐부터 읽어야 돼요?", "ko"), ("where do i start?", "en"), ("何から読めばいい？", "ja")],
)
def test_of_the_work_that_is_spoken_of_its_order_is_asked(text, language):
    part = read(text, language, TOLD).parts[0]
    assert (part.act, part.works, part.questions) == (Act.ABOUT, ("tower",), (Question.ORDER,))


@pytest.mark.parametrize(
    ("text", "language", "titles"),
    [
        ("사슴의 왕 시리즈 국내 정발된거 순서좀", "ko", "사슴의 왕"),
        ("재벌집이라고. 재벌집 막내아들 그거", "ko", "재벌집 막내아들"),
        ("나혼렙이나 해리포터도 없음?", "ko", ["나혼렙", "해리포터"]),
        ("forget it. you got the deer king? whats the first one called", "en", "the deer king"),
        ("do you have Harry Potter", "en", "Harry Potter"),
        ("is the deer king finished?", "en", "the deer king"),
        ("鹿の王ってありますか？", "ja", "鹿の王"),
        ("鹿の王は全部で何巻？", "ja", "鹿の王"),
    ],
)
def test_a_famous_work_that_is_not_here_is_what_is_asked_of(text, language, titles):
    for dialogue in (Dialogue(), TOLD):
        part = read(text, language, dialogue).parts[0]
        assert (part.act, part.works, part.detail["unknown"]) == (Act.ABOUT, (), titles)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("이영도 책 뭐 있어요 그럼", "ko"),
        ("got any books by Tolkien?", "en"),
        ("トールキンの本ある？", "ja"),
    ],
)
def test_who_wrote_none_of_the_shelf_is_an_author_all_the_same(text, language):
    part = read(text, language).parts[0]
    assert part.act is Act.AUTHOR
    assert part.detail["author"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("사슴의 왕 같은 거 추천해줘", "ko"),
        ("사슴의 왕 재밌게 봤어요. 비슷한 거 있어요?", "ko"),
        ("i loved harry potter. what do you have?", "en"),
        ("something like the deer king?", "en"),
        ("鹿の王みたいなのある？", "ja"),
    ],
)
def test_who_wants_the_like_of_a_work_that_is_not_here_wishes_for_books(text, language):
    assert Act.RECOMMEND in read(text, language).acts


@pytest.mark.parametrize(
    ("text", "language", "who"),
    [
        ("진시 말고 리하쿠 ㅋㅋ 걔 나중에 어케됨", "ko", "리하쿠"),
        ("?? 리하쿠 어케되냐고", "ko", "리하쿠"),
        ("리하쿠는 마지막에 돌아와?", "ko", "리하쿠"),
        ("what happens to Lihaku later?", "en", "Lihaku"),
        ("does the sister come back in the end?", "en", "the sister"),
        ("姉夫婦って最後帰ってくるの？ネタバレでいいから教えて", "ja", "姉夫婦"),
        ("リハクは結局どうなるの？", "ja", "リハク"),
    ],
)
def test_what_becomes_of_somebody_is_asked_of_the_work_that_is_spoken_of(text, language, who):
    part = read(text, language, TOLD).parts[0]
    assert (part.act, part.works, part.questions) == (Act.ABOUT, ("tower",), (Question.ENDING,))
    assert part.detail["who"] == who


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("그건 결말이 어떻게 돼요?", "ko"),
        ("주인공 나중에 어떻게 돼요?", "ko"),
        ("what happens to it in the end?", "en"),
        ("主人公は最後どうなるの？", "ja"),
    ],
)
def test_of_nobody_in_particular_the_end_is_asked(text, language):
    assert all("who" not in part.detail for part in read(text, language, TOLD).parts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("???? 뭘 말했는데요", "ko"),
        ("무슨 소리예요", "ko"),
        ("wdym", "en"),
        ("i dont understand", "en"),
        ("what did you say??", "en"),
        ("何を言ったの？", "ja"),
        ("意味がわからない", "ja"),
    ],
)
def test_who_did_not_understand_is_told_again(text, language):
    part = read(text, language, TOLD).parts[0]
    assert (part.act, part.detail.get("kind")) == (Act.COMPLAINT, "unclear")
    assert all(one.detail.get("kind") != "unclear" for one in read(text, language).parts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("에키드나 나오는 편이 몇권임?", "ko"),
        ("몇권부터 몇권?", "ko"),
        ("둘이 만나는 장면은 몇 권이야?", "ko"),
        ("the volume where Echidna shows up, which is it?", "en"),
        ("エキドナが出てくる巻は何巻？", "ja"),
        ("何巻から何巻？", "ja"),
    ],
)
def test_a_phrase_is_no_title(text, language):
    part = read(text, language, TOLD).parts[0]
    assert (part.act, part.works) == (Act.ABOUT, ("tower",))
    assert "unknown" not in part.detail


def test_the_author_before_a_title_is_no_part_of_it():
    assert read("森宮の水の騎士は何巻？", "ja").works == ("kin",)
    assert read("古橋のブラックロッドってどんな本だっけ", "ja").parts[0].detail["unknown"] == "ブラックロッド"
    assert read("月夜の仕立屋ってどんな本だっけ", "ja").parts[0].detail["unknown"] == "月夜の仕立屋"


@pytest.mark.parametrize(
    ("text", "language", "similar"),
    [
        ("whats the tower one like?", "en", False),
        ("what's it like", "en", False),
        ("something like the tower one?", "en", True),
        ("what is like it?", "en", True),
        ("그건 어떤 느낌이야?", "ko", False),
        ("그런 느낌 또 있어?", "ko", True),
        ("どんな感じ？", "ja", False),
        ("そんな感じのある？似た感じ", "ja", True),
    ],
)
def test_how_a_book_is_asks_for_no_other(text, language, similar):
    assert says_similar(text) is similar


def test_each_question_of_a_turn_is_read():
    turn = read("Keeper of the Tower whats it like then. and who wrote it", "en")
    assert [(part.act, part.works) for part in turn.parts] == [(Act.ABOUT, ("tower",)), (Act.AUTHOR, ("tower",))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("그걸로 할게!! 순서대로 봐야됨?", "ko"),
        ("ok ill take that one!! do i need to read em in order", "en"),
        ("それにします！順番に読まないとだめ？", "ja"),
    ],
)
def test_who_settles_on_a_book_and_asks_of_it_wants_no_others(text, language):
    one = Dialogue(last_picks=("tower", "lamp"), spoken=("tower",), acts=(Act.ABOUT,))
    verdict, question = read(text, language, one).parts
    assert (verdict.act, verdict.works, verdict.detail["state"]) == (Act.VERDICT, ("tower",), "want")
    assert (question.act, question.works, question.questions) == (Act.ABOUT, ("tower",), (Question.ORDER,))


def test_which_of_several_is_settled_on_is_asked_first():
    turn = read("ok ill take that one!! do i need to read em in order", "en", OFFERED)
    assert [(part.act, part.works) for part in turn.parts] == [(Act.VERDICT, ())]


def test_what_stands_behind_another_stretch_is_whole():
    text = "I'll take it. is it done?"
    assert [*without(clauses_of(text), [Clause("I'll take it.", 0, 13)])] == [Clause("is it done?", 14, 25)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("그럼 3권 이내 코미디", "ko"),
        ("완결된 판타지 5권 이하", "ko"),
        ("then a comedy, 3 volumes max", "en"),
        ("じゃあ3巻以内のコメディ", "ja"),
    ],
)
def test_a_kind_of_book_within_limits_is_a_wish(text, language):
    assert read(text, language, TOLD).acts == (Act.RECOMMEND,)


@pytest.mark.parametrize(
    ("text", "language", "dialogue"),
    [
        ("天才王子ってアニメやってたやつか。あれ完結した？", "ja", Dialogue()),
        ("だから天才王子のほうだって!!", "ja", TOLD),
        ("아니 천재 왕자 말이야", "ko", TOLD),
    ],
)
def test_the_beginning_of_a_title_at_the_head_is_what_is_meant(text, language, dialogue):
    part = read(text, language, dialogue).parts[0]
    assert (part.act, part.works, part.questions) == (Act.ABOUT, ("prince",), (Question.STATUS,))
    assert "tags" not in part.detail


@pytest.mark.parametrize(
    ("text", "volumes"),
    [
        ("電撃で上下巻じゃなかった？", 2),
        ("上中下巻でしたっけ", 3),
        ("상하권 아니었나?", 2),
        ("wasn't it two volumes?", 2),
        ("12권이었나?", 12),
        ("몇 권이야?", None),
    ],
)
def test_a_number_of_volumes_may_be_said_in_words(text, volumes):
    assert volumes_in(text) == volumes
