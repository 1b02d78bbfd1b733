"""Publishers and illustrators as readers call them: who is to have made a book, who is not, and what is no wish at all."""

import json

import pytest

from chatbot.catalogue.loading import NOVELS
from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, Dialogue
from chatbot.language.names import makers
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.maker_wishes import MAKERS
from chatbot.language.wishes.wish import understand


def shipped(row):
    names = {"ko": row["authors_ko"], "en": row["authors_en"], "ja": row["authors"]}
    return make_work(row["slug"], row["tags"], titles=row["titles"], names=row["names"], renown=row["renown"],
                     authors=row["authors"], author_names=names, imprint=row["imprint"],
                     illustrators=row["illustrators"], editions=row["editions"])  # fmt: skip


SHELF = make_catalogue(*(shipped(json.loads(line)) for line in NOVELS.read_text(encoding="utf-8").splitlines()))
WOLF = "spice-and-wolf"
NOTHING_SAID = Dialogue()
OF_WOLF = Dialogue((), (WOLF,), (Act.ABOUT,))
OFFERED = Dialogue((WOLF, "toradora"), (WOLF, "toradora"), (Act.RECOMMEND,))


def made(text, language):
    """What one ask wants of publishers and illustrators, by the names of MAKERS."""
    wish = understand([text], SHELF, language)
    return {name: said for name in MAKERS if (said := getattr(wish, name))}


def read(text, language, dialogue=NOTHING_SAID):
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language)


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("전격문고 작품 추천해줘", "ko", "電撃文庫"),
        ("가가가 문고 러브코미디", "ko", "ガガガ文庫"),
        ("MF문고J 추천", "ko", "MF文庫J"),
        ("패미통문고 이세계", "ko", "ファミ通文庫"),
        ("카도카와 스니커 문고에서 나온 판타지", "ko", "角川スニーカー文庫"),
        ("스니커 작품 추천", "ko", "角川スニーカー文庫"),
        ("후지미 판타지아 책", "ko", "富士見ファンタジア文庫"),
        ("오버랩에서 나온 거", "ko", "オーバーラップ"),
        ("노블엔진에서 나온 거", "ko", "영상출판미디어"),
        ("대원씨아이에서 나온 거 있어?", "ko", "대원씨아이"),
        ("L노벨 판타지 뭐 있어", "ko", "디앤씨미디어"),
        ("yen press titles", "en", "Yen Press"),
        ("something funny, no harem, Yen Press if possible", "en", "Yen Press"),
        ("j-novel club recs", "en", "J-Novel Club"),
        ("anything from seven seas?", "en", "Seven Seas"),
        ("a romance from Dengeki Bunko", "en", "電撃文庫"),
        ("does yen press have good isekai?", "en", "Yen Press"),
        ("電撃文庫でおすすめ", "ja", "電撃文庫"),
        ("電撃の作品", "ja", "電撃文庫"),
        ("ガガガ文庫のラブコメ", "ja", "ガガガ文庫"),
        ("富士見から出てるファンタジー", "ja", "富士見ファンタジア文庫"),
        ("ＭＦ文庫Ｊのおすすめ", "ja", "MF文庫J"),
    ],
)
def test_books_of_a_publisher_are_wished_for_as_readers_call_it(text, language, name):
    assert made(text, language) == {"published": [name]}
    assert read(text, language).acts == (Act.RECOMMEND,)


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("MF문고J 말고", "ko", "MF文庫J"),
        ("소미미디어 책은 빼줘", "ko", "소미미디어"),
        ("no J-Novel Club please", "en", "J-Novel Club"),
        ("anything but Yen Press", "en", "Yen Press"),
        ("MF文庫J以外で", "ja", "MF文庫J"),
        ("ガガガ文庫は除いて", "ja", "ガガガ文庫"),
    ],
)
def test_a_publisher_is_refused(text, language, name):
    assert made(text, language) == {"not_published": [name]}
    (part,) = read(text, language, OFFERED).parts
    assert (part.act, part.detail) == (Act.RECOMMEND, {"not_published": [name], "renewed": True})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("삽화가가 abec인 작품", "ko"),
        ("abec이 그린 거", "ko"),
        ("something with art by abec", "en"),
        ("novels abec illustrated", "en"),
        ("イラストがabecの作品", "ja"),
        ("abecさんの絵の本", "ja"),
    ],
)
def test_books_of_an_illustrator_are_wished_for(text, language):
    assert made(text, language) == {"drawn_by": ["abec"]}
    assert understand([text], SHELF, language).about == []  # that it is of pictures is said of no story


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("늑대와 향신료랑 같은 일러스트레이터 작품", "ko"),
        ("늑대와 향신료 일러레 다른 작품", "ko"),
        ("same artist as Spice and Wolf", "en"),
        ("more by the illustrator of Spice and Wolf", "en"),
        ("狼と香辛料と同じ絵師の作品", "ja"),
        ("狼と香辛料の絵師さんの他の本", "ja"),
    ],
)
def test_the_illustrator_of_a_work_is_meant_and_not_the_work(text, language):
    wish = understand([text], SHELF, language)
    assert (wish.drawn_by, wish.liked, wish.read) == (["文倉十"], [], [WOLF])
    assert read(text, language).acts == (Act.RECOMMEND,)


@pytest.mark.parametrize(
    ("text", "language"),
    [("이 삽화가 다른 작품", "ko"), ("more by this illustrator", "en"), ("この絵師さんの他の作品", "ja")],
)
def test_this_illustrator_is_that_of_the_work_spoken_of(text, language):
    (part,) = read(text, language, OF_WOLF).parts
    assert (part.act, part.works, part.detail) == (Act.RECOMMEND, (), {"drawn_by": ["文倉十"]})


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("is it from Dengeki Bunko?", "en"),
        ("did Yen Press publish it?", "en"),
        ("did abec draw it?", "en"),
        ("who is this illustrator?", "en"),
        ("전격문고에서 나왔어?", "ko"),
        ("이거 전격문고 책이야?", "ko"),
        ("abec이 그린 거야?", "ko"),
        ("이 삽화가 누구야?", "ko"),
        ("電撃文庫から出てますか？", "ja"),
        ("電撃文庫の本ですか？", "ja"),
        ("この絵師は誰？", "ja"),
    ],
)
def test_what_is_asked_of_a_work_is_no_wish(text, language):
    assert made(text, language) == {}
    assert not read(text, language, OF_WOLF).wishes


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("전격 마법 나오는 판타지", "ko"),
        ("히어로 나오는 작품", "ko"),
        ("일러스트가 예쁜 작품", "ko"),
        ("스니커즈 신은 주인공", "ko"),
        ("a story on the seven seas", "en"),
        ("a dark horse protagonist", "en"),
        ("a yen for revenge", "en"),
        ("good art please", "en"),
        ("電撃の魔法が出る話", "ja"),
        ("絵を描く主人公", "ja"),
        ("竹の子の絵が出てくる話", "ja"),
    ],
)
def test_a_word_of_every_day_names_nobody(text, language):
    assert made(text, language) == {}


def test_nothing_else_is_heard_in_a_name():
    for text, language in (("후지미 판타지아 책", "ko"), ("Seven Seas Entertainment releases", "en"),
                           ("富士見ファンタジア文庫のおすすめ", "ja")):  # fmt: skip
        wish = understand([text], SHELF, language)
        assert (wish.asked_tags, wish.liked, wish.about, wish.count) == (set(), [], [], None)


def test_several_publishers_are_alternatives_and_other_wishes_stand_beside_them():
    wish = understand(["전격문고랑 MF문고 중에서 완결된 러브코미디"], SHELF, "ko")
    assert (wish.published, wish.required, wish.status) == (["電撃文庫", "MF文庫J"], ["romcom"], "completed")


def test_a_publisher_narrows_a_wish_and_holds_until_another_is_named_or_the_subject_changes():
    narrowed = understand(["a finished romance", "from Yen Press"], SHELF, "en")
    assert (narrowed.published, narrowed.required, narrowed.status) == (["Yen Press"], ["romance"], "completed")
    other = understand(["전격문고 로맨스", "가가가문고로"], SHELF, "ko")
    assert (other.published, other.required) == (["ガガガ文庫"], ["romance"])
    anew = understand(["電撃文庫のラブコメ", "ミステリを教えて"], SHELF, "ja")
    assert (anew.published, anew.required) == ([], ["mystery"])


@pytest.mark.parametrize(
    ("first", "then", "language"),
    [
        ("전격문고 작품 추천해 줘", "전격 아니어도 되니까 밝은 거", "ko"),
        ("something from Yen Press", "anything shorter? can be any publisher", "en"),
        ("電撃文庫の作品を教えて", "電撃以外でもいいから明るいのない？", "ja"),
    ],
)
def test_a_publisher_may_no_longer_matter(first, then, language):
    assert understand([first], SHELF, language).published
    assert not understand([first, then], SHELF, language).published


def test_a_refusal_of_a_publisher_lasts_until_its_books_are_asked_for():
    assert understand(["MF문고J 말고", "미스터리 추천"], SHELF, "ko").not_published == ["MF文庫J"]
    wish = understand(["MF문고J 말고", "MF문고J 추천해줘"], SHELF, "ko")
    assert (wish.published, wish.not_published) == (["MF文庫J"], [])
    turned = understand(["Yen Press titles", "no Yen Press please"], SHELF, "en")
    assert (turned.published, turned.not_published) == ([], ["Yen Press"])


def test_each_part_is_told_and_taken_back():
    wish = understand(["전격문고 작품, abec이 그린 거, MF문고J 말고"], SHELF, "ko")
    said = [("published", "電撃文庫"), ("not_published", "MF文庫J"), ("drawn_by", "abec")]
    assert [tuple(part) for part in wish.parts()] == said
    for kind, name in said:
        assert (kind, name) not in [tuple(part) for part in wish.without(kind, name).parts()]


@pytest.mark.parametrize(
    ("text", "language"),
    [("노블엔진 목록 보여줘", "ko"), ("list everything from Dengeki Bunko", "en"), ("ガガガ文庫の一覧", "ja")],
)
def test_a_list_of_a_publisher_is_of_it_alone(text, language):
    (part,) = read(text, language).parts
    assert (part.act, part.detail["published"]) == (Act.CATALOGUE, *made(text, language)["published"])


def test_every_name_of_the_data_is_of_the_catalogue():
    works = makers.works_of(SHELF)["published"]
    assert [name for name in makers.PUBLISHERS if name not in works] == []
    own = {work.imprint for work in SHELF.works}
    own |= {(edition or {}).get("publisher", "") for work in SHELF.works for edition in work.editions.values()}
    assert [one for name in makers.PUBLISHERS for one in makers.publishers_of(name) if one not in own] == []


def test_a_house_has_the_works_of_all_its_imprints():
    works = makers.works_of(SHELF)["published"]
    assert {*works["GA文庫"], *works["GAノベル"]} == {*works["GA"]}
    assert {*works["電撃文庫"]} < {*works["KADOKAWA"]}
