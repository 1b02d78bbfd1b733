"""Lists refused as a whole, wishes that are qualified, and numbers that are no length of a series."""

import pytest

from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.wishes.wish import understand

SHELF = shipped_shelf()


def wish(language, *turns):
    return understand(turns, SHELF, language)


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        (
            "ja",
            "異世界転生、チート、ハーレム、追放ざまぁ、悪役令嬢、学園ラブコメは全部お断り",
            "isekai harem villainess romcom",
        ),
        ("ja", "異世界、ハーレム、学園、どれもいらない", "isekai harem academy"),
        ("ja", "全部勘弁してほしいのは異世界、ハーレム、学園", "isekai harem academy"),
        ("ja", "異世界、ハーレム、ロボットは全部パス", "isekai harem mecha"),
        ("ko", "이세계, 하렘, 학원물 다 사절이요", "isekai harem academy"),
        ("ko", "이세계, 로맨스, 학원물 전부 금지", "isekai romance academy"),
        ("ko", "이세계, 하렘, 학원물 다 노노. 완결로", "isekai harem academy"),
        ("ko", "전부 거르는 건 이세계, 하렘, 학원물", "isekai harem academy"),
        ("en", "isekai, harem, school life: all out", "isekai harem academy"),
        ("en", "isekai, harem, romance, none of that please", "isekai harem romance"),
        ("en", "isekai, mecha, romance: hard pass", "isekai mecha romance"),
        ("en", "Hard pass: isekai, school, romance", "isekai academy romance"),
    ],
)
def test_a_list_is_refused_as_a_whole(language, text, refused):
    found = wish(language, text)
    assert {*refused.split()} <= {*found.unwanted}
    assert not found.required


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("ja", "異世界転生、チート、ハーレムは全部好き", "isekai"),
        ("ko", "이세계, 판타지 다 좋아", "fantasy"),
        ("en", "isekai, war, romance, all out fun", "war"),
    ],
)
def test_a_list_that_is_liked_is_not_refused(language, text, wanted):
    found = wish(language, text)
    assert wanted in found.asked_tags
    assert wanted not in found.unwanted


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("ja", "高校生の恋愛とか今の俺には眩しすぎる", "academy"),
        ("ja", "いや怪談でしょ、寝れなくなるから無理w", "horror"),
        ("ko", "그건 공포잖아, 잠 못 자니까 패스", "horror"),
        ("ko", "정치얘기 피곤해요", "politics"),
        ("ko", "전쟁쪽도 됐고 추리로", "war"),
        ("en", "Horror would keep me up at night", "horror"),
    ],
)
def test_idioms_refuse(language, text, refused):
    assert refused in wish(language, text).unwanted


def test_a_book_that_sounds_rough_is_refused_unless_it_tempts():
    assert wish("en", "Mardock Scramble sounds rough").refused == ["mardock-scramble"]
    assert wish("en", "Mardock Scramble sounds rough but I want to try it").liked == ["mardock-scramble"]


@pytest.mark.parametrize("text", ["funny, but not stupid funny", "make it something funny. but not stupid funny"])
def test_a_poor_joke_is_refused_and_no_comedy(text):
    found = wish("en", text)
    assert "comedy" in found.named_tags
    assert not {"comedy", "romcom", "absurd"} & {*found.unwanted, *found.less}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a smart girl in a palace, no romance slop"),
        ("ko", "추리로, 싸구려 로맨스는 싫어"),
        ("ja", "推理もの、恋愛だらけのはいらない"),
    ],
)
def test_a_poor_romance_leaves_a_good_one_welcome(language, text):
    found = wish(language, text)
    assert "romance" not in found.unwanted
    assert found.less == ["romance"]


def test_what_is_often_refused_is_refused_of_any_kind():
    assert "harem" in wish("en", "no dumb harem").unwanted


@pytest.mark.parametrize(
    ("language", "text"), [("en", "those arent funny u said so urself"), ("ja", "全然笑えないんだけど")]
)
def test_a_mood_that_books_lack_is_not_refused(language, text):
    assert "comedy" not in wish(language, text).unwanted


@pytest.mark.parametrize(
    ("language", "text", "tag"),
    [
        ("ja", "下ネタ歓迎", "sexual-content"),
        ("ko", "개그물, 야한 농담 환영", "sexual-content"),
        ("ko", "이세계 괜찮으니까 추리로", "isekai"),
    ],
)
def test_what_is_welcome_or_allowed_is_not_required(language, text, tag):
    assert tag not in wish(language, text).required


def test_a_reader_may_be_gloomy_and_a_book_too():
    assert not wish("ko", "우울한데 달달한 건 싫다").brightness
    assert not wish("ko", "여친이랑 헤어져서 우울함.. 로맨스로").brightness
    assert wish("ko", "우울한데 재밌는 거").brightness == -1
    assert wish("ko", "우울함 가득한 소설").brightness == -1


def test_low_fantasy_is_no_city():
    assert wish("en", "low fantasy please").required == ["fantasy"]
    assert wish("en", "modern fantasy please").required == ["urban-fantasy"]


def test_each_item_with_its_own_verdict_leaves_the_one_without_asked_for():
    found = wish("ko", "어른 주인공, 고딩 싫음, 무거운거 싫음")
    assert found.required == ["adult-lead"]
    assert {"academy", "serious"} <= {*found.unwanted}
    assert wish("ko", "판타지, 로맨스 싫음, 무거운거 싫음").required == ["fantasy"]
    assert {"harem", "slavery"} <= {*wish("ko", "하렘, 노예 싫음").unwanted}
    assert wish("ja", "大人主人公、高校生は嫌、重いのも嫌").required == ["adult-lead"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "need a bday gift for my niece. like 2 or 3 books max"),
        ("en", "my niece likes fantasy. i can get her 2 or 3 books max"),
        ("ja", "甥っ子に冒険もの。1〜3巻セットであげたいです"),
        ("ko", "조카한테 1~3권만 사주려고요, 판타지로"),
    ],
)
def test_how_many_are_bought_is_no_length(language, text):
    found = wish(language, text)
    assert (found.min_volumes, found.max_volumes) == (None, None)


@pytest.mark.parametrize(
    ("language", "text", "most"),
    [
        ("en", "gift for my niece, a fantasy of at most 5 volumes", 5),
        ("ko", "조카한테 줄 3권 이하 판타지", 3),
        ("ja", "甥っ子に3巻までの冒険もの", 3),
    ],
)
def test_a_gift_may_have_a_length(language, text, most):
    assert wish(language, text).max_volumes == most


@pytest.mark.parametrize(
    ("language", "first", "then", "most"),
    [
        ("ko", "한권짜리 로맨스로", "두세권도 ㅇㅋ", 3),
        ("ja", "1巻完結の恋愛もの", "2、3巻でもいいです", 3),
        ("en", "a romance, 2 volumes at most", "3 volumes is fine too", 3),
        ("ko", "10권 이하 로맨스로", "두세권도 ㅇㅋ", 10),
        ("en", "fantasy, 5 volumes at most", "longer is fine, I'll just get the first couple", None),
        ("ja", "冒険もので3巻まで", "続きが出てるシリーズの1〜3巻だけあげるっていう意味でした", None),
    ],
)
def test_a_limit_rises_or_falls_away(language, first, then, most):
    assert wish(language, first, then).max_volumes == most


@pytest.mark.parametrize(
    ("language", "first", "then"),
    [
        ("ja", "完結済みのラブコメ", "完結の条件は外していいよ"),
        ("ko", "완결된 럽코", "완결 조건은 빼도 돼"),
        ("en", "a finished romcom", "ok drop the finished rule"),
    ],
)
def test_a_condition_taken_back_leaves_the_rest(language, first, then):
    found = wish(language, first, then)
    assert found.status == ""
    assert found.required == ["romcom"]


def test_what_made_books_famous_is_not_asked_for():
    found = wish("ja", "アニメ化済みの超有名どころはいらん")
    assert found.anime is None
    assert found.less_known


def test_short_stories_are_no_short_series():
    found = wish("ja", "泣ける短編")
    assert (found.max_volumes, found.about) == (None, ["episodic"])
    assert wish("ja", "短めの恋愛もの").max_volumes == 5


@pytest.mark.parametrize(
    ("language", "text"),
    [("ja", "会社の子が好きって言ってました"), ("ko", "회사 후배가 좋다고 하던데"), ("en", "someone at work likes it")],
)
def test_a_colleague_is_no_subject(language, text):
    assert not wish(language, text).required


def test_an_author_called_teacher_is_no_subject():
    assert not wish("ja", "暁先生なにしてんの").about
    assert wish("ja", "先生が主人公の学園もの").about == ["teacher"]


@pytest.mark.parametrize(
    ("language", "text", "slug"),
    [
        ("en", "Spice and wolf was the one i loved most, the haggling", "spice-and-wolf"),
        ("en", "i laughed at konosuba", "konosuba"),
        ("ja", "このすばで爆笑した", "konosuba"),
        ("ko", "코노스바 보고 빵터짐", "konosuba"),
    ],
)
def test_praise_takes_many_forms(language, text, slug):
    found = wish(language, text)
    assert found.liked == [slug]
    assert found.sureness("liked", slug) == 1
