"""What a turn does: its acts, the works it speaks of, what is asked, and the words of it that wish."""

from dataclasses import replace

import pytest

from chatbot.catalogue.snapshot import CatalogueSnapshot
from chatbot.catalogue.tests.factories import labels, make_work
from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.learned import act_classifier, weights
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.turns.verdicts import UNDONE
from chatbot.language.wishes.wish import understand

SHELF = CatalogueSnapshot(
    1,
    (
        make_work("wolf", tags=("mystery",), titles={"ko": "늑대와 상인"}),
        make_work("tower", tags=("isekai",), titles={"ko": "탑의 기록자"}),
        make_work("lamp", tags=("horror",), titles={"ko": "등불의 서고"}),
    ),
    labels(),
)
PICKS = ("wolf", "tower", "lamp")
OFFERED = Dialogue(PICKS, PICKS, (Act.RECOMMEND,))
ABOUT_ONE = Dialogue(PICKS, ("tower",), (Act.ABOUT,))


START = Dialogue()


def read(text, dialogue=START, language="ko"):
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language)


@pytest.mark.parametrize(
    ("text", "works", "question"),
    [
        ("두 번째 거 몇 권이에요?", ("tower",), Question.VOLUMES),
        ("마지막 책은 완결 났어요?", ("lamp",), Question.STATUS),
        ("is the third one finished?", ("lamp",), Question.STATUS),
        ("who illustrated the first one?", ("wolf",), Question.ILLUSTRATOR),
        ("二番目のはどんな話ですか", ("tower",), Question.PLOT),
    ],
)
def test_a_question_is_asked_of_the_pick_pointed_at(text, works, question):
    part = read(text, OFFERED).parts[0]
    assert (part.act, part.works, part.questions) == (Act.ABOUT, works, (question,))


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("두 번째 거 완결 났어요?", ("lamp",)),
        ("how long is the last one?", ("lamp",)),
        ("一つ目は何巻までありますか", ("tower",)),
    ],
)
def test_where_nothing_was_offered_places_count_the_works_an_answer_named(text, works):
    assert read(text, Dialogue(spoken=("tower", "lamp"), acts=(Act.AUTHOR,))).works == works


@pytest.mark.parametrize("text", ["그거 애니 있어요?", "does it have an anime?", "それアニメはありますか"])
def test_it_is_what_was_spoken_of(text):
    assert read(text, ABOUT_ONE).works == ("tower",)


def test_a_named_work_is_asked_about_before_anything_was_offered():
    part = read("등불의 서고 몇 권이야?").parts[0]
    assert (part.act, part.works) == (Act.ABOUT, ("lamp",))


def test_a_title_that_is_not_on_the_shelf_is_not_replaced_by_what_was_spoken_of():
    part = read("달빛의 재봉사 몇 권이야?", ABOUT_ONE).parts[0]
    assert (part.works, part.detail["unknown"]) == ((), "달빛의 재봉사")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("유리성 연대기 XR 5권은 왜 안 나오나요?", "유리성 연대기 XR"),
        ("구름섬 토벌대 왜 연재가 끊겼어요?", "구름섬 토벌대"),
        ("月夜の仕立屋の5巻はいつ出ますか", "月夜の仕立屋"),
        ("月夜の仕立屋はなぜ止まったんですか", "月夜の仕立屋"),
        ("has Moonlight Tailors ended?", "Moonlight Tailors"),
        ("when does volume 5 of Tailor x Moon come out?", "Tailor x Moon"),
    ],
)
def test_a_title_nobody_has_is_named_where_its_next_volume_is_asked_for(text, title):
    part = read(text).parts[0]
    assert (part.works, part.detail.get("unknown")) == ((), title)


def test_the_season_belongs_to_the_question():
    part = read("애니 2기 다음은 몇 권부터 봐요?", ABOUT_ONE).parts[0]
    assert (part.questions, part.detail["season"]) == ((Question.AFTER_ANIME,), 2)


def test_a_turn_does_several_things():
    turn = read("두번째꺼 몇권임? 그리고 좀 더 짧은거 없나", OFFERED)
    assert (turn.acts, turn.wish_text) == ((Act.ABOUT, Act.RECOMMEND), "그리고 좀 더 짧은거 없나")


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("퇴근하고 너무 지쳤어요. 추리물 추천해 주세요", "추리물 추천해 주세요"),
        ("하렘은 빼고 이세계 추천해줘", "하렘은 빼고 이세계 추천해줘"),
        ("mystery without gore please", "mystery without gore please"),
        ("no horror, just mystery", "no horror, just mystery"),
    ],
)
def test_what_wishes_keeps_its_words(text, wished):
    assert read(text).wish_text == wished


@pytest.mark.parametrize("text", ["is it gory?", "이거 잔인해요?", "グロいですか"])
def test_a_question_of_what_is_in_a_book_wishes_for_nothing(text):
    turn = read(text, ABOUT_ONE)
    assert (turn.acts, turn.wish_text) == ((Act.ABOUT,), "")
    assert turn.parts[0].questions == (Question.WARNINGS,)


def test_two_works_are_compared_by_what_was_asked():
    part = read("늑대와 상인이랑 비교하면 뭐가 더 어두워?", ABOUT_ONE).parts[0]
    assert (part.act, set(part.works), part.detail) == (Act.COMPARE, {"wolf", "tower"}, {"by": "dark"})


def test_a_verdict_beside_a_wish():
    turn = read("not my thing. something lighter", ABOUT_ONE, "en")
    assert turn.acts == (Act.VERDICT, Act.RECOMMEND)
    assert (turn.parts[0].works, turn.parts[0].detail) == (("tower",), {"state": "not"})


def test_a_yes_takes_up_what_was_offered():
    more = Dialogue(PICKS, ("tower",), (Act.ABOUT,), proposed="similar")
    part = read("네 부탁드려요", more).parts[0]
    assert (part.act, part.works) == (Act.RECOMMEND, ("tower",))


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("오늘 날씨 어때?", Act.OFF_TOPIC),
        ("너 사람이야?", Act.SERVICE),
        ("내 서재 보여줘", Act.OWN_DATA),
        ("츤데레가 무슨 뜻이에요?", Act.DEFINITION),
        ("닥쳐 병신아", Act.ABUSE),
        ("ㅁㄴㅇㄹㅁㄴㅇㄹ", Act.GIBBERISH),
        ("죽고 싶어요", Act.DISTRESS),
        ("정말 고마워요", Act.THANKS),
        ("what is a light novel?", Act.DEFINITION),
        ("題名が思い出せない、豚になる話", Act.FIND),
    ],
)
def test_what_wants_no_books(text, act):
    assert read(text).acts == (act,)


def test_the_weights_belong_to_the_examples():
    assert weights.trained_from(act_classifier.WEIGHTS) == act_classifier.digest()


@pytest.mark.parametrize("lead", ["oh. ", "haha, ", "hm. "])
def test_what_only_leads_on_is_no_talk_of_its_own(lead):
    read = read_acts(f"{lead}who wrote the third one?", OFFERED, SHELF, understand([lead], SHELF, "en"), "en")
    assert read.acts == (Act.AUTHOR,)


def test_letters_that_ask_are_no_noise():
    assert read("tldr", ABOUT_ONE, "en").acts == (Act.ABOUT,)


@pytest.mark.parametrize("text", ["do any of these have an English release?", "have all of them been licensed?"])
def test_which_picks_are_so_is_asked_of_the_shelf(text):
    part = read(text, OFFERED, "en").parts[0]
    assert (part.act, part.works) == (Act.CATALOGUE, PICKS)


def test_a_no_before_a_complaint_declines_nothing():
    assert Act.NO not in read("no! that's not what I asked", OFFERED, "en").acts


def test_a_number_after_no_is_a_place():
    part = read("no. 1 bored me to death", OFFERED, "en").parts[0]
    assert (part.act, part.works) == (Act.VERDICT, ("wolf",))


@pytest.mark.parametrize(
    "text", ["사는 게 지쳐요", "honestly i dont see the point in getting up anymore", "もう死んでしまいたい"]
)
def test_quiet_despair_is_heard(text):
    assert read(text, Dialogue(acts=(Act.SMALL_TALK,))).acts == (Act.DISTRESS,)
    assert read(text, ABOUT_ONE).acts == (Act.DISTRESS,)


@pytest.mark.parametrize(
    "text", ["울고 싶은 날 읽을 책 추천해줘", "a book for a good cry please", "泣きたい夜に読む本"]
)
def test_a_wish_with_sadness_is_a_wish(text):
    turn = read(text)
    assert (turn.acts, turn.wish_text) == ((Act.RECOMMEND,), text)


def test_each_work_has_the_verdict_that_is_told_of_it():
    text = "늑대와 상인은 다 읽었고 탑의 기록자는 5권에서 하차. 등불의 서고는 최고였어"
    parts = [part for part in read(text, ABOUT_ONE).parts if part.act is Act.VERDICT]
    assert {slug: part.detail["state"] for part in parts for slug in part.works} == {
        "wolf": "read", "tower": "dropped", "lamp": "loved",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "『늑대와 상인』은 5권에서 하차, 『등불의 서고』는 정말 재밌게 읽었어",
        "『늑대와 상인』(3권에서 하차), 『등불의 서고』는 정말 좋았어",
        "dropped 『늑대와 상인』 at volume 5, but I loved 『등불의 서고』",
        "already read 『늑대와 상인』 (dropped it at volume 5) and 『등불의 서고』 (loved it)",
        "『늑대와 상인』は5巻で切った。『등불의 서고』は大好き",
    ],
)
def test_what_is_dropped_beside_what_is_loved_is_not_both(text):
    parts = [part for part in read(text, ABOUT_ONE).parts if part.act is Act.VERDICT]
    assert {slug: part.detail["state"] for part in parts for slug in part.works} == {"wolf": "dropped", "lamp": "loved"}


def test_to_have_seen_the_anime_is_no_verdict_on_the_book():
    parts = read("늑대와 상인 애니는 3기까지 봤고 탑의 기록자는 다 읽었어", ABOUT_ONE).parts
    assert {slug for part in parts if part.act is Act.VERDICT for slug in part.works} == {"tower"}


@pytest.mark.parametrize(
    "text",
    [
        "늑대와 상인은 손도 안 댔어", "그건 아직 못 읽었어요", "읽었다고 말한 적 없어요", "그거 책은 안 봤어",
        "haven't opened it yet", "I never told you I've read it", "not one I've read", "never touched the books",
        "それは一度も読んだことないです", "読んだとは言っていません", "まだ手をつけていない",
    ],
)  # fmt: skip
def test_what_was_not_read_is_not_heard_as_read(text):
    dialogue = replace(OFFERED, marked=("wolf",))
    (part,) = read(text, dialogue).parts
    assert (part.act, part.works, part.detail) == (Act.VERDICT, ("wolf",), {"state": "unread"})


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("읽은 책에서 지워 줘", "unlist"), ("읽음 체크 좀 풀어줘", "unlist"), ("읽었다고 기록하지 마", "unlist"),
        ("remove that from my read list please", "unlist"), ("don't mark it as read", "unlist"),
        ("読んだリストから消して", "unlist"), ("既読にしないでください", "unlist"), ("読んだ印を外して", "unlist"),
        ("취향이 아닌 책에서 빼 주세요", "unrefuse"), ("undo the mark", "unmark"), ("合わない本に入れないで", "unrefuse"),
        ("take it off my not for me list", "unrefuse"), ("찜 목록에서 빼 줘", "unwant"), ("take it off my wishlist", "unwant"),
        ("読みたい本から消して", "unwant"), ("本棚には入れないで", "unwant"),
    ],
)  # fmt: skip
def test_a_mark_is_to_go(text, state):
    (part,) = read(text, replace(ABOUT_ONE, marked=("wolf",))).parts
    assert (part.act, part.works, part.detail) == (Act.VERDICT, ("wolf",), {"state": state})


def test_the_mark_of_the_work_just_named_goes():
    parts = read("늑대와 상인은 애니로 봤어. 책은 안 읽었어", replace(ABOUT_ONE, marked=("tower", "wolf"))).parts
    assert [part.works for part in parts if part.detail.get("state") == "unread"] == [("wolf",)]


@pytest.mark.parametrize(
    "text",
    [
        "끝까지 못 읽었어", "두 권밖에 못 읽었어", "읽은 책은 빼고 추천해줘", "아직 안 읽은 거 추천해줘",
        "I never read much fantasy", "recommend something I haven't read", "3巻までしか読んでない",
        "まだ読んでないやつを教えて",
    ],
)  # fmt: skip
def test_what_was_begun_and_what_is_wished_for_take_no_mark_off(text):
    states = {part.detail.get("state") for part in read(text, replace(ABOUT_ONE, marked=("wolf",))).parts}
    assert not states & set(UNDONE)


@pytest.mark.parametrize("text", ["그저 그래", "meh", "微妙です", "재밌겠다", "looks interesting", "おもしろそう"])
def test_a_word_of_taste_alone_gives_no_place_on_the_shelf(text):
    assert not {part.detail.get("state") for part in read(text, ABOUT_ONE).parts} & {"read", "want", "not", "loved"}


@pytest.mark.parametrize(
    "text",
    ["may she read this one, she is nine", "should my kid read it", "is it read by many people", "이거 다들 읽어?"],
)
def test_who_may_read_it_does_not_say_that_it_was_read(text):
    assert Act.VERDICT not in read(text, ABOUT_ONE).acts


@pytest.mark.parametrize("text", ["하나도 안 땡겨", "not into any of these", "三冊とも好みじゃない"])
def test_all_found_bad_is_a_complaint_and_marks_nothing(text):
    assert read(text, OFFERED).acts == (Act.COMPLAINT,)


@pytest.mark.parametrize(
    "text", ["2번은 문장이 늘어지고 별로", "the second is too slow for me", "2番目は文体が合わなかった"]
)
def test_that_a_work_is_slow_is_no_complaint_about_the_reply(text):
    part = read(text, OFFERED).parts[0]
    assert (part.act, part.detail["state"]) == (Act.VERDICT, "not")


@pytest.mark.parametrize(
    "text",
    [
        "read 『탑의 기록자』 (dropped), 『늑대와 상인』 and 『등불의 서고』 (loved)",
        "『탑의 기록자』(하차), 『늑대와 상인』이랑 『등불의 서고』(최애) 읽음",
        "『탑의 기록자』(2巻で挫折)、『늑대와 상인』と『등불의 서고』(大好き)読んだ",
    ],
)
def test_a_remark_on_two_works_is_on_both(text):
    parts = [part for part in read(text, ABOUT_ONE).parts if part.act is Act.VERDICT]
    assert {slug: part.detail["state"] for part in parts for slug in part.works} == {
        "tower": "dropped", "wolf": "loved", "lamp": "loved",
    }  # fmt: skip


def test_a_title_in_a_wish_is_not_read():
    turn = read("늑대와 상인 같은 거 추천해줘. 탑의 기록자는 읽었어", ABOUT_ONE)
    told = {slug for part in turn.parts if part.act is Act.VERDICT for slug in part.works}
    assert turn.wishes
    assert "wolf" not in told


@pytest.mark.parametrize("text", ["비슷한 거 알려줘", "something similar please", "似たのを教えて"])
def test_the_like_of_what_was_spoken_of_is_wished_for(text):
    part = read(text, ABOUT_ONE).parts[0]
    assert (part.act, part.works) == (Act.RECOMMEND, ("tower",))


def test_nothing_is_looked_for_beside_what_is_explained():
    assert Act.FIND not in read("근데 라노벨이 그냥 소설이랑 뭐가 다른 거예요?", ABOUT_ONE).acts


def test_no_act_is_as_sure_as_a_plain_ask():
    asks = ("완결난 백합물 있나요?", "is there any BL?", "ネタバレなしで異世界もの教えて")
    assert all(read(ask).wish_text == ask for ask in asks)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("no mecha in these, right?", "en"),
        ("this isn't a war book is it", "en"),
        ("is there any slavery in them, the note puzzled me", "en"),
        ("the card says slavery, meaning what", "en"),
        ("설마 노예 나오는 거 아니지?", "ko"),
        ("노예 장면 나오나요?", "ko"),
        ("奴隷は出てこないですよね", "ja"),
        ("奴隷の描写ってありますか", "ja"),
    ],
)
def test_what_may_be_in_the_works_offered_is_asked_and_not_wished_for(text, language):
    read = read_acts(text, OFFERED, SHELF, understand([text], SHELF, language), language)
    assert (set(read.acts), read.wish_text) == ({Act.ABOUT}, "")
    assert read.parts[0].detail["tags"]


@pytest.mark.parametrize(("text", "language"), [("a mystery then", "en"), ("추리물은?", "ko"), ("じゃあSF", "ja")])
def test_another_kind_of_book_is_wished_for_after_a_question_about_one(text, language):
    assert Act.RECOMMEND in read_acts(text, ABOUT_ONE, SHELF, understand([text], SHELF, language), language).acts


@pytest.mark.parametrize(
    "text",
    [
        "잔인한 장면은 없나요?",
        "고어 장면이 있을까 봐 걱정이에요",
        "I'm nervous about gore scenes",
        "グロ描写がないか心配です",
    ],
)
def test_a_worry_about_what_was_offered_wishes_for_nothing(text):
    turn = read(text, OFFERED)
    assert (turn.acts, turn.wish_text) == ((Act.ABOUT,), "")


@pytest.mark.parametrize("text", ["물개장은 읽었어", "アザラシ荘は読んだよ"])
def test_what_is_said_of_a_name_nobody_knows_marks_no_other_work(text):
    part = read(text, ABOUT_ONE).parts[0]
    assert (part.act, part.works, part.detail["state"]) == (Act.VERDICT, (), "read")
    assert part.detail["unknown"] in text


@pytest.mark.parametrize("text", ["그건 읽었어", "1권까지는 읽었어", "昨日は読んだ", "それは読んだ"])
def test_what_points_or_tells_a_time_is_no_name(text):
    assert read(text, ABOUT_ONE).parts[0].works == ABOUT_ONE.spoken


def test_the_title_of_what_was_offered_complains_of_nothing_in_it():
    wolf = make_work("wolf", tags=("isekai",), titles={"en": "An Isekai of Wolves"})
    shelf = CatalogueSnapshot(1, (wolf, *SHELF.works[1:]), labels())
    text = "no, that's not what i meant, an isekai of wolves"
    turn = read_acts(text, OFFERED, shelf, understand([text], shelf, "en"), "en")
    assert not any(part.detail.get("tags") for part in turn.parts)
