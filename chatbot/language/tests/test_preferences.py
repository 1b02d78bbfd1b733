"""What is said for good, and what is only said for now: in three languages, more than forty sentences each."""

import pytest

from chatbot.catalogue.tests import factories
from chatbot.language.wishes import preferences
from chatbot.language.words.vocabulary import vocabulary

SHELF = factories.make_catalogue(
    *factories.known_shelf().works,
    factories.make_work(
        "sword-art-online",
        {"vrmmo": 3, "action": 2},
        titles={"ko": "소드 아트 온라인", "ja": "ソードアート・オンライン", "en": "Sword Art Online"},
        names=("SAO", "소아온"),
        authors=("川原礫",),
        author_names={"ko": ["카와하라 레키"], "en": ["Reki Kawahara"], "ja": ["川原礫"]},
        renown=100,
    ),
)

KO = """
난 하렘 싫어해 | dislike tag:harem
저는 하렘 정말 싫어해요. | dislike tag:harem
이세계는 정말 싫어해 | dislike tag:isekai
이세계는 질색이야 | dislike tag:isekai
BL은 취향이 아니에요 | dislike tag:bl
고어는 못 보겠어요 | dislike tag:gore
난 삼각관계 진짜 싫어 | dislike tag:love-triangle
전 원래 하렘이랑 이세계는 안 좋아해요 | dislike tag:harem; dislike tag:isekai
공포물은 나랑 안 맞아 | dislike tag:horror
제가 싫어하는 건 하렘이에요 | dislike tag:harem
하렘 싫어하는데 추천해 줄 만한 거 있어? | dislike tag:harem
카와하라 레키 책은 별로 안 좋아해 | dislike author:川原礫
다시는 이세계 추천하지 마 | never tag:isekai
다시는 하렘이랑 이세계는 추천하지 마세요 | never tag:harem; never tag:isekai
하렘은 두 번 다시 권하지 말아 주세요 | never tag:harem
앞으로 하렘물은 추천하지 말아줘 | never tag:harem
절대로 고어는 추천하지 말아요 | never tag:gore
앞으로는 하렘은 항상 빼 줘 | never tag:harem
오버로드는 다시는 추천하지 마 | never work:overlord
소아온 작가 책은 두 번 다시 권하지 마 | never author:川原礫
카와하라 레키 작품은 다시는 추천하지 말아줘 | never author:川原礫
판타지는 좋아하지만 하렘은 다시는 추천하지 마 | never tag:harem
하렘은 질색이야. 다시는 추천하지 마. | never tag:harem
하렘은 다시는 안 보고 싶어요 | dislike tag:harem
하렘물 좀 그만 추천해줘 | dislike tag:harem
오버로드 같은 거 절대 추천하지 마 | dislike work:overlord
추리물 좋아해요 | like tag:mystery
난 추리물을 정말 좋아해, 추천 부탁해 | like tag:mystery
제 취향은 슬로우 라이프예요 | like tag:slow-life
좋아하는 장르는 추리예요 | like tag:mystery
오버로드 재밌게 읽었어요. 비슷한 거 있나요? | like work:overlord
코노스바는 내 인생작이야 | like work:konosuba
오버로드 7권까지 읽었어 | read_to read_to:overlord 7
오버로드 7.5권까지 읽었어 | read_to read_to:overlord 7
소아온은 10권까지 봤어요. 다음엔 뭘 읽을까요? | read_to read_to:sword-art-online 10
무직전생 아직 3권까지밖에 못 읽었어 | read_to read_to:mushoku-tensei 3
늑대와 향신료 5권 읽는 중이에요 | read_to read_to:spice-and-wolf 4
일본어는 N2 정도 | level level n2
일본어 못 읽어요 | level level none
일본어는 초급이에요 | level level n5
원서 읽을 수 있어 | level level books
JLPT N1 있어요, 일본어로 읽어도 돼요 | level level n1
좋아하는 장르: 추리, 로맨스 | like tag:mystery; like tag:romance
오늘은 이세계 말고 |
이세계 말고 추천해줘 |
하렘 없는 이세계 추천해줘 |
하렘 빼고 완결된 걸로 |
이번엔 하렘 싫어 |
하렘 싫어해? |
하렘 나오는 이세계는 다시는 추천하지 마 |
하렘은 추천하지 마 |
다시 이세계 추천해줘 |
절대 후회 안 할 이세계 추천해줘 |
너무 어두운 건 싫어 |
제 친구는 하렘을 싫어해요 |
주인공이 하렘을 싫어하는 이야기 추천해줘 |
하렘 싫어하지 않아 |
밝은 게 좋아요 |
추리물이면 좋겠어요 |
이세계 좋아하는 사람 많아? |
오버로드 같은 거 추천해줘 |
오버로드 읽었어 |
10권까지 나온 추리물 |
7권까지 읽으면 재밌어져? |
일본어 공부하기 좋은 책 추천해줘 |
지금은 하렘 싫어 |
추천하지 마 |
다시는 추천하지 마 |
무슨 책이 좋아? |
이세계 싫어하는 사람도 볼만한 거 추천해줘 |
JLPT N2 공부 중인데 추천해줘 |
로맨스를 좋아하지만 오늘은 액션 |
앞으로 나올 신작 추천해줘 |
예전에는 하렘을 싫어했는데 지금은 괜찮아 |
"""

EN = """
I can't stand love triangles | dislike tag:love-triangle
I hate harem. | dislike tag:harem
I really don't like horror, sorry | dislike tag:horror
I'm not a fan of isekai | dislike tag:isekai
Gore is not my thing | dislike tag:gore
I don't enjoy tragedy at all | dislike tag:tearjerker
BL isn't for me | dislike tag:bl
I hate harem and love triangles | dislike tag:harem; dislike tag:love-triangle
I love mystery but I hate gore | like tag:mystery; dislike tag:gore
I don't like Reki Kawahara | dislike author:川原礫
never recommend me harem again | never tag:harem
Please never suggest isekai to me. | never tag:isekai
don't ever recommend me gore | never tag:gore
Don't recommend me Overlord ever again | never work:overlord
Please don't suggest harem anymore | never tag:harem
stop recommending isekai, I don't want to see it ever again | never tag:isekai
No more harem ever again please | never tag:harem
Never recommend anything by this author again, I mean SAO | never author:川原礫
Never again recommend me Reki Kawahara | never author:川原礫
I like mystery, but never recommend harem | never tag:harem
Harem is not for me. Never recommend it again. | never tag:harem
I never want to see harem again | dislike tag:harem
please stop giving me isekai stories | dislike tag:isekai
Never recommend anything like Overlord again | dislike work:overlord
I love mystery novels | like tag:mystery
I've always loved slow life stories | like tag:slow-life
I'm a huge fan of Overlord | like work:overlord
I really enjoyed Spice and Wolf | like work:spice-and-wolf
My favourite genre is mystery | like tag:mystery
Overlord is my favorite | like work:overlord
I've read SAO up to volume 10 | read_to read_to:sword-art-online 10
I have read Overlord through volume 7, what next? | read_to read_to:overlord 7
I'm on volume 5 of Spice and Wolf | read_to read_to:spice-and-wolf 4
I just finished volume 3 of Mushoku Tensei | read_to read_to:mushoku-tensei 3
I read the first 4 volumes of KonoSuba | read_to read_to:konosuba 4
my Japanese is beginner level | level level n5
I can't read Japanese | level level none
My Japanese is around N3 | level level n3
I can read novels in Japanese | level level books
I passed JLPT N2, so Japanese is fine | level level n2
no harem please |
something without isekai |
not isekai today |
I'm not in the mood for harem |
I don't want harem this time |
an isekai, not too dark |
Do you like harem? |
Do I hate harem? |
My friend hates harem |
a hero who hates harem |
I'd like a mystery |
I would love an isekai |
if you like mystery, what would you read? |
I feel like mystery tonight |
Don't recommend harem |
You never recommend isekai to me |
something I will never forget, a mystery |
I've never read an isekai again like that |
something like Overlord |
I read Overlord |
Should I read Overlord up to volume 10? |
a series with up to volume 10 out |
I want to learn Japanese with a mystery |
I don't hate harem |
Never recommend anything |
I used to hate romance but now I love it |
I don't mind harem |
my wife loves romance, what should I get her? |
Looking for a romance I will love |
what is the most loved mystery? |
"""

JA = """
ハーレムは苦手です | dislike tag:harem
私はハーレムが嫌いです。 | dislike tag:harem
ハーレムは無理 | dislike tag:harem
異世界はどうしても好きになれない | dislike tag:isekai
グロは受け付けません | dislike tag:gore
BLは地雷です | dislike tag:bl
ハーレムとBLが苦手なので、それ以外でお願いします | dislike tag:harem; dislike tag:bl
苦手なジャンルはホラーです | dislike tag:horror
三角関係は大嫌い | dislike tag:love-triangle
ミステリーは好きだけどグロは無理 | like tag:mystery; dislike tag:gore
ハーレムは二度と勧めないで | never tag:harem
もうハーレムは勧めないでください | never tag:harem
異世界は絶対におすすめしないで | never tag:isekai
今後ハーレムは一切紹介しないでください | never tag:harem
オーバーロードは二度と薦めないで | never work:overlord
川原礫の作品は二度と勧めないでください | never author:川原礫
SAOの作者の本はもう勧めないで | never author:川原礫
ハーレムとグロは二度と出さないで | never tag:harem; never tag:gore
ミステリーは好きですが、ハーレムは二度と勧めないでください | never tag:harem
ハーレムは無理。二度と勧めないで。 | never tag:harem
これからはハーレムは勧めなくていいです | never tag:harem
ハーレムは二度と見たくない | dislike tag:harem
グロいのは見られません | dislike tag:gore
オーバーロードみたいな話は二度と勧めないで | dislike work:overlord
ミステリーが好きです | like tag:mystery
推理ものが大好きなので、おすすめありますか | like tag:mystery
好きなジャンルはミステリーです | like tag:mystery
オーバーロードが面白かったです。似たのありますか | like work:overlord
このすばにハマった | like work:konosuba
転スラが大好き | like work:tensei-slime
狼と香辛料を6巻まで読んだ | read_to read_to:spice-and-wolf 6
狼と香辛料を6.5巻まで読んだ | read_to read_to:spice-and-wolf 6
オーバーロードは７巻まで読みました | read_to read_to:overlord 7
SAOは十巻まで読了 | read_to read_to:sword-art-online 10
無職転生、まだ3巻までしか読んでない | read_to read_to:mushoku-tensei 3
このすば5巻を読んでいます | read_to read_to:konosuba 4
日本語はN3くらい | level level n3
日本語は初級です | level level n5
日本語が読めません | level level none
原書も読めます | level level books
日本語はネイティブです | level level books
好きなジャンル：ミステリー | like tag:mystery
ハーレム以外で |
ハーレムなしの異世界をお願いします |
今日は異世界じゃないのがいい |
今回はハーレムは嫌い |
ハーレムは嫌いですか？ |
ハーレムは苦手じゃない |
ハーレムは嫌いではない |
友達はハーレムが嫌いです |
主人公がハーレムを嫌う話 |
ハーレムは勧めないで |
ハーレムものの異世界は二度と勧めないで |
異世界が好きな主人公の話 |
異世界が好きな人におすすめは？ |
暗すぎるのは苦手 |
オーバーロードみたいな話 |
オーバーロードを読んだ |
10巻までのミステリー |
7巻まで読めば面白くなりますか |
日本語の勉強になる本 |
二度と読めない名作をおすすめして |
絶対に面白いミステリーをおすすめして |
無理なく読めるミステリー |
もっと明るいのが読みたい |
来月N2を受けます |
恋愛が嫌いな人でも読めるのは？ |
オーバーロードが好きな友達に贈る本 |
異世界はもう飽きた |
二度と勧めないで |
今はハーレムが無理 |
"""


def rows(table):
    return [
        pytest.param(text.removesuffix(" |"), sorted(filter(None, expected.split("; "))), id=text)
        for text, _, expected in (line.partition(" | ") for line in table.strip().splitlines())
    ]


def told(one):
    parts = [one.kind, str(one.topic)]
    parts += [str(detail) for detail in (one.level, one.volume) if detail]
    return " ".join(parts)


def read(text, **context):
    return [told(one) for one in preferences.read_preferences(text, vocabulary(SHELF), **context)]


@pytest.mark.parametrize(("text", "expected"), rows(KO))
def test_korean(text, expected):
    assert sorted(read(text)) == expected


@pytest.mark.parametrize(("text", "expected"), rows(EN))
def test_english(text, expected):
    assert sorted(read(text)) == expected


@pytest.mark.parametrize(("text", "expected"), rows(JA))
def test_japanese(text, expected):
    assert sorted(read(text)) == expected


@pytest.mark.parametrize("table", [KO, EN, JA])
def test_the_tables_are_large_and_a_third_of_them_must_teach_nothing(table):
    learned = [bool(row.values[1]) for row in rows(table)]
    assert len(learned) >= 40
    assert learned.count(False) * 3 >= len(learned)


def test_without_a_title_it_is_the_work_the_conversation_is_about():
    for text in ("6권까지 읽었어", "I've read up to volume 6", "6巻まで読んだ"):
        assert read(text, named=["overlord"]) == ["read_to read_to:overlord 6"]
        assert read(text, last_picks=["konosuba"], named=["overlord"]) == ["read_to read_to:konosuba 6"]
        assert read(text) == read(text, named=["overlord", "konosuba"]) == []


def test_this_author_is_the_one_of_the_only_work_that_can_be_meant():
    for text in (
        "이 작가 책은 두 번 다시 권하지 마",
        "Never recommend this author again",
        "この作者は二度と勧めないで",
    ):
        assert read(text, last_picks=["sword-art-online"]) == ["never author:川原礫"]
        assert read(text, last_picks=["sword-art-online", "overlord"]) == read(text) == []


def test_the_place_of_the_words_is_in_the_text_as_it_was_sent():
    text = "안녕하세요!\n난 ﾊ 하렘 싫어해.   추천해 주세요."
    (one,) = preferences.read_preferences(text, vocabulary(SHELF))
    assert text[one.begins : one.ends].strip() == "난 ﾊ 하렘 싫어해."


def test_a_work_with_the_name_of_everything_teaches_no_more_than_a_dozen_lines():
    text = "\n".join(
        f"난 {word} 싫어해" for word in "하렘 이세계 고어 공포 추리 로맨스 전쟁 정치 음악 요리 스포츠 던전 학원".split()
    )
    assert len(read(text)) == preferences.MAX_PREFERENCES


@pytest.mark.parametrize(
    "text", ["", "\x00", "싫어해" * 1000, "never " * 800, "다시는 " * 900, "、" * 4000, "1권까지 " * 700]
)
def test_any_text_will_do(text):
    assert read(text) == []
