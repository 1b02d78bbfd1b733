import pytest

from chatbot.catalogue.tests.factories import known_shelf
from chatbot.language.wishes.hearts import MAX_HEARTS, MAX_WORDS, Heart, content_of, hearts_of
from chatbot.language.wishes.wish import read_ask, understand, wish_after
from chatbot.language.words.vocabulary import vocabulary

SHELF = known_shelf()
WORDS = vocabulary(SHELF)


def wish(*asks, language="ko"):
    return understand(list(asks), SHELF, language, with_hearts=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("겁쟁이가 주인공인 라노벨 추천해줘", "겁쟁이"),
        ("안경 쓴 여주인공이 나오는 거", "안경"),
        ("악역이 결국 이기는 이야기 보고 싶어", "악역이 결국 이기는 이야기"),
        ("불꽃을 다루는 마법사 판타지", "불꽃"),
        ("주인공이 우체부인 소설", "우체부"),
        ("a light novel where the hero is a total coward", "coward"),
        ("any books set in a lighthouse?", "lighthouse"),
        ("slow travel story with a talking animal companion", "talking animal companion"),
        ("set in the Taisho era please", "Taisho"),
        ("大正時代が舞台のラノベってある?", "大正時代"),
        ("眼鏡ヒロインが出てくる作品が読みたい", "眼鏡"),
        ("宿屋を経営する話を教えて", "宿屋"),
        ("猫が出てくる小説", "猫"),
        ("고양이 나오는 거", "고양이"),
        ("a story about a lighthouse keeper", "lighthouse keeper"),
    ],
)
def test_words_that_no_tag_stands_for_are_the_heart_of_a_wish(text, words):
    assert hearts_of(text, WORDS) == (Heart(words),)


@pytest.mark.parametrize(
    "text",
    [
        "재밌는 거 추천해 줘",
        "요즘 인기 있는 라노벨 아무거나 하나만 골라 주세요",
        "이세계물인데 하렘 없는 걸로",
        "5권 안으로 끝나는 감동적인 작품",
        "나 오늘 너무 힘들었어",
        "please recommend me something good to read",
        "an isekai that's finished, no harem",
        "the hero drops out of school",
        "I'm tired today, my friend told me about this place",
        "面白いラノベを教えてください",
        "5巻以内で完結している恋愛もの",
        "僕は大学生です",
        "大学生が主人公の恋愛もの",
        "仲を深める話",
        "え、双子の話って言ってなかった?笑",
        "私(38歳、母親業に疲れた)も読めるの",
        "まあ覚悟して読むわ",
        "図書館の人?入院中でヒマ、長くて完結、20巻くらい",
        "NOT ones where she gets back w the awful prince",
        "just had the worst shift, lost a patient. idk",
        "what about slime? he saw a bit of the cartoon",
        "it's for his bday",
        "a cozy fantasy with a cup of tea",
        "a detective story set in imperial China",
        "마인크래프트 좋아해요",
        "다시 일자리 찾아야 하는데 자신이 없네요",
        "내청코 주인공이 찐따의 대명사 아님? ㅋㅋㅋㅋ",
        "이거 보면 배고파짐? 밤에 볼건데 ㅋㅋㅋ",
        "",
    ],
)
def test_what_is_understood_and_what_only_asks_is_no_heart(text):
    assert hearts_of(text, WORDS) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("착각물은 지뢰예요", "착각"),
        ("'국뽕' 없는 전쟁물", "국뽕"),
        ("anything with schoolboys is out", "schoolboys"),
        ("no lighthouses please", "lighthouses"),
        ("鬱展開は地雷です", "鬱展開"),
    ],
)
def test_a_heart_that_is_refused_is_not_wished(text, words):
    found = [one for one in hearts_of(text, WORDS) if one.words.startswith(words)]
    assert not found or found[0].refused


def test_a_heart_holds_for_the_conversation_until_another_subject():
    asked = wish("겁쟁이가 주인공인 라노벨", "5권 이하로")
    assert (asked.about, asked.max_volumes) == (["겁쟁이"], 5)
    assert wish("겁쟁이가 주인공인 라노벨", "그럼 로맨스로").about == []


def test_a_heart_can_be_taken_back():
    assert wish("겁쟁이가 주인공인 라노벨").without("about", "겁쟁이").about == []


def test_a_heart_is_short_and_there_are_few():
    text = ". ".join(f"a story about a {word}{word}ian" for word in ("zorb", "quix", "blat", "vrom"))
    assert len(hearts_of(text, WORDS)) == MAX_HEARTS
    assert hearts_of("a story with " + "zorbian " * 20, WORDS) == ()
    assert all(len(one.words) <= MAX_WORDS + 10 for one in hearts_of(text, WORDS))


def test_words_are_looked_for_without_particles():
    assert content_of("악역이 결국 이기는") == (("악역", True), ("이기", False))
    assert content_of("大正時代") == (("大正", True),)


def test_it_is_kept_with_the_turn():
    ask = read_ask("안경 쓴 여주인공", "안경 쓴 여주인공", SHELF, "ko")
    assert wish_after([type(ask).from_json(ask.as_json())]).about == ["안경"]


@pytest.mark.parametrize(
    "text",
    ["甥へのプレゼント、13歳、残酷なのはダメ", "私(38歳、母親業に疲れた)も読めるのある?", "入院中でヒマ。完結した長編"],
)
def test_what_readers_tell_of_themselves_is_no_heart(text):
    assert hearts_of(text, WORDS) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("vegan protagonist", "vegan"),
        ("beekeeper protagonist fantasy", "beekeeper"),
        ("비건 주인공", "비건"),
        ("비건 주인공 나오는 거 추천해줘", "비건"),
        ("주인공이 양봉가인 거", "양봉가"),
        ("主人公がヴィーガンのやつ", "ヴィーガン"),
        ("養蜂家が主人公", "養蜂家"),
        ("養蜂家の主人公", "養蜂家"),
    ],
)
def test_what_a_lead_is_said_to_be_is_a_heart(text, words):
    assert [one.words for one in hearts_of(text, WORDS)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "strong heroine",
        "op mc",
        "멋진 주인공",
        "강한 여주인공",
        "평범한 주인공",
        "새로운 주인공",
        "主人公が強い",
        "普通の主人公",
    ],
)
def test_what_any_lead_may_be_is_none(text):
    assert hearts_of(text, WORDS) == ()
