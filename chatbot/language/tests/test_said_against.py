"""What is said against the books there are orders none of it, drops no condition, and brings others."""

import pytest

from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.acts import Act, Dialogue
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

PICKS = ("toradora", "my-happy-marriage", "nonbiri-vrmmo-ki")
SAD = ("parasite-in-love", "three-days-of-happiness", "hell-mode")


@pytest.fixture(scope="module")
def shelf():
    return shipped_shelf()


def read(text, language, shelf, picks=PICKS):
    wish = understand([text], shelf, language, last_picks=picks)
    return read_acts(text, Dialogue(picks, picks, (Act.RECOMMEND,)), shelf, wish, language)


def wished(turn, shelf, language):
    return understand([turn.wish_text], shelf, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ㄴㄴ 토라도라 개옛날거잖아 최근꺼 ㄱㄱ 2020년 이후로", "ko"),
        ("actually no, forget toradora. back to female lead fantasy, not isekai", "en"),
        ("いや、とらドラは古いじゃん。最近のにする", "ja"),
    ],
)
def test_who_turns_from_a_book_settles_on_none(text, language, shelf):
    assert not [part for part in read(text, language, shelf).parts if part.detail.get("state") == "want"]


@pytest.mark.parametrize(
    ("text", "language", "tag"),
    [
        ("벌레가 징그러운지 물어본 건데 잔인한지요. 그냥 눈물 나는 로맨스로 주세요", "ko", "gore"),
        ("i was asking if the bugs are gory! whatever, give me a tearjerker romance", "en", "gore"),
        ("虫がグロいかって話！もういいや、泣ける恋愛で1冊完結ちょうだい", "ja", "gore"),
    ],
)
def test_what_only_says_a_question_again_is_no_wish(text, language, tag, shelf):
    turn = read(text, language, shelf, SAD)
    assert turn.wishes
    assert tag not in wished(turn, shelf, language).asked_tags
    assert "romance" in wished(turn, shelf, language).asked_tags


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("브이알은 게임 얘기라 아니야. 훨씬 잔잔한 걸로 주세요", "ko"),
        ("the vr one is a gaming story so that's not it. give me something cozy", "en"),
        ("VRMMOはゲームの話だからちがうな。もっとほっとするやつがいい", "ja"),
    ],
)
def test_what_a_book_is_and_is_not_to_be_is_left_out(text, language, shelf):
    turn = read(text, language, shelf)
    assert "gaming" in turn.parts[0].detail["refused"]
    assert "gaming" not in wished(turn, shelf, language).asked_tags


@pytest.mark.parametrize(
    ("text", "language", "picks"),
    [
        ("토라도라?? 연애는 싫다니까. 판타지로 주세요", "ko", PICKS),
        ("행복한 결혼이 왜나와. 아저씨 나오는 판타지로 주세요", "ko", PICKS),
        ("toradora?? i dont want a love story. give me a fantasy", "en", PICKS),
        ("toradora? really? no. give me a fantasy", "en", PICKS),
        ("とらドラ？？恋愛はいらない。ファンタジーをください", "ja", PICKS),
    ],
)
def test_a_book_that_is_wondered_at_is_refused(text, language, picks, shelf):
    turn = read(text, language, shelf, picks)
    refused = [slug for part in turn.parts for slug in part.detail.get("without", ())]
    assert len(refused) == 1
    assert refused[0] in picks
    assert turn.wishes
    assert not {"marriage", "bright"} & {*wished(turn, shelf, language).asked_tags}


def test_a_book_that_is_only_asked_about_is_not_refused(shelf):
    assert not read("toradora?? is that the one with the tiger?", "en", shelf).wishes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("술집 얘기를 초5한테요..? 모험하는 걸로 주세요", "ko"),
        ("a cooking story for an 11 year old?? give me an adventure", "en"),
        ("居酒屋の話を小5にですか？冒険のがいいです", "ja"),
    ],
)
def test_what_is_not_for_a_child_refuses_that_book_and_nothing_else(text, language, shelf):
    turn = read(text, language, shelf, ("isekai-izakaya-nobu", "bofuri", "fortune-quest"))
    assert [slug for part in turn.parts for slug in part.detail.get("without", ())] == ["isekai-izakaya-nobu"]
    assert not [tag for part in turn.parts for tag in part.detail.get("refused", ())]


@pytest.mark.parametrize(
    ("text", "language", "picks"),
    [
        ("성녀는 여자잖아. 판타지로 주세요", "ko", ("the-saints-magic-power-is-omnipotent", "bofuri")),
        ("終末は5巻で終わってるよね？戦記がいい", "ja", ("sukasuka", "bofuri")),
    ],
)
def test_a_word_of_a_title_is_no_fault_of_the_book(text, language, picks, shelf):
    turn = read(text, language, shelf, picks)
    assert not [
        one for part in turn.parts for name in ("refused", "refused_about") for one in part.detail.get(name, ())
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("아저씨가 주인공인 이세계물", "ko"),
        ("남자 30대 이상 판타지", "ko"),
        ("a middle-aged man in another world", "en"),
        ("fantasy about a guy in his thirties", "en"),
        ("a dad in his forties as the lead, isekai", "en"),
        ("おっさんが主人公の異世界もの", "ja"),
        ("中年男が主人公のファンタジー", "ja"),
    ],
)
def test_a_man_who_is_asked_for_is_no_heroine(text, language, shelf):
    wish = understand([text], shelf, language)
    assert "adult-lead" in wish.asked_tags
    assert "female-lead" in wish.unwanted


def test_a_grown_woman_stays_a_heroine(shelf):
    assert "female-lead" not in understand(["성인 여성이 주인공인 판타지"], shelf, "ko").unwanted


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("한국에 없는 거 빼고요, 판타지로", "ko"),
        ("fantasy, skip the ones that aren't in english", "en"),
    ],
)
def test_who_leaves_out_what_cannot_be_had_needs_an_edition(text, language, shelf):
    assert understand([text], shelf, language).edition == language


@pytest.mark.parametrize(
    ("text", "language", "picks"),
    [
        ("셋다 읽은지 10년도 넘었지 ㅋㅋ 남들 잘 모르는걸로 부탁해", "ko", PICKS),
        ("토라도라는 애들 나오는거잖아; 행복한 결혼은 읽었음", "ko", PICKS),
        ("하렘이잖아. 토라도라는 읽었음", "ko", PICKS),
        ("that one is a romance lol. toradora i've read", "en", PICKS),
        ("VRMMOは主人公が悪役じゃん。とらドラは既読", "ja", PICKS),
        ("위로되는거 하나만 더 추천해주면 그거 읽고 잘게요", "ko", PICKS),
        ("ほっとするのをもう一冊だけ教えて", "ja", PICKS),
        ("狼と香辛料は短編集じゃないよね？ 明るい短編連作で、電撃じゃないレーベルも含めて", "ja",
         ("gakuen-kino", "spice-and-wolf", "alison")),
    ],
)  # fmt: skip
def test_books_come_to_who_asks_to_choose_again(text, language, picks, shelf):
    assert read(text, language, shelf, picks).wishes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("게임은 말고.. 잔잔한 여행 이야기로 주세요. 키노의 여행 같은거?", "ko"),
        ("no games. give me a quiet journey. like Kino's Journey?", "en"),
        ("ゲームはなしで、静かな旅の話をください。キノの旅みたいな？", "ja"),
    ],
)
def test_what_it_is_to_be_like_is_not_held_against_the_books_offered(text, language, shelf):
    turn = read(text, language, shelf)
    assert Act.COMPARE not in turn.acts
    assert turn.wishes


def test_a_work_given_up_is_the_one_whose_clause_says_so(shelf):
    turn = read("arifureta i dropped it cuz harem cringe. hows hell mode, how many vols?", "en", shelf, SAD)
    dropped = [part.works for part in turn.parts if part.detail.get("state") == "dropped"]
    assert dropped == [("arifureta",)]
