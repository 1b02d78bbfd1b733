"""Denials of what readers are warned of, as people say them: none of them ever becomes a wish for it."""

import pytest

from chatbot.catalogue.tests.factories import known_shelf
from chatbot.language.tag_relations import WARNINGS, implied_by
from chatbot.language.wishes.wish import understand

SHELF = known_shelf()


def read(*asks):
    """(wanted, refused): tags that the asks want, and those they refuse by name."""
    wish = understand(asks, SHELF, "ko")
    implied = set(implied_by(wish.unwanted))
    return " ".join(sorted(wish.named_tags)), " ".join(sorted(tag for tag in wish.unwanted if tag not in implied))


REFUSALS = (
    ("야하거나 잔인한 건 안 됩니다", "", "gore sexual-content"),
    ("야하고 잔인한 걸 골라주시면 어떡해요. 그런 거 없는 걸로", "", "gore sexual-content"),
    ("잔인한 건 안 돼요", "", "gore"),
    ("잔인한 건 안되고요", "", "gore"),
    ("야한 건 곤란해요", "", "sexual-content"),
    ("야한 건 안 봐요", "", "sexual-content"),
    ("잔인한 건 피하고 싶어요", "", "gore"),
    ("잔인한 건 좀 그래요", "", "gore"),
    ("잔인한 건 좀 그렇네요", "", "gore"),
    ("야한 내용은 빼 주세요", "", "sexual-content"),
    ("성적인 내용은 절대 안 됩니다", "", "sexual-content"),
    ("잔혹한 묘사가 있으면 안 됩니다", "", "gore"),
    ("잔인한 장면 나오면 안 돼요", "", "gore"),
    ("노예 나오는 건 안 돼요", "", "slavery"),
    ("하렘은 안 됩니다", "", "harem"),
    ("근친은 곤란합니다", "", "siblings"),
    ("하렘은 사양할게요", "", "harem"),
    ("하렘은 사절입니다", "", "harem"),
    ("야한 건 삼가 주세요", "", "sexual-content"),
    ("야하지 않은 걸로", "", "sexual-content"),
    ("잔인하지 않아야 해요", "", "gore"),
    ("잔인하면 안 돼요", "", "gore"),
    ("야하면 곤란해요", "", "sexual-content"),
    ("야한 장면이 없어야 합니다", "", "sexual-content"),
    ("잔인한 건 못 봐요", "", "gore"),
    ("잔인한 거 못 보는 애예요", "", "gore"),
    ("야한 거 왜 줘요", "", "sexual-content"),
    ("왜 야한 걸 추천해요", "", "sexual-content"),
    ("왜 자꾸 하렘을 추천해 주세요", "", "harem"),
    ("하렘을 추천하시면 어떡합니까", "", "harem"),
    ("노예 나오는 걸 주시면 안 되죠", "", "slavery"),
    ("애가 볼 건데 야한 건 아니죠", "", "sexual-content"),
    ("아이 책인데 잔인한 걸 주면 어떡해", "", "gore"),
    ("야한 거 싫다니까요", "", "sexual-content"),
    ("성적인 건 빼고요", "", "sexual-content"),
    ("야한 건 됐어요", "", "sexual-content"),
    ("잔인한 건 말고요", "", "gore"),
    ("잔인한 건 허용 안 해요", "", "gore"),
    ("잔인한 건 금지", "", "gore"),
    ("야한 건 금물이에요", "", "sexual-content"),
    ("잔인한 묘사는 자제해 주세요", "", "gore"),
    ("고어는 무리예요", "", "gore"),
    ("고어는 힘들어요", "", "gore"),
    ("하렘은 별로예요", "", "harem"),
    ("하렘물 사양", "", "harem"),
    ("판타지인데 야한 건 안 되고 잔인한 것도 안 돼요", "fantasy", "gore sexual-content"),
    ("초5 아들 판타지, 야하거나 잔인한 건 안 됩니다", "", "fantasy gore sexual-content"),
    ("학원물이면 좋고 하렘은 곤란해요", "academy", "harem"),
    ("야하거나 잔인한 거 없었으면 합니다", "", "gore sexual-content"),
    ("잔인한 부분은 없어야 해요", "", "gore"),
    ("그런 야한 책은 안 됩니다", "", "sexual-content"),
    ("야한 책을 애한테 어떻게 줘요", "", "sexual-content"),
    ("여동생물은 안 읽습니다", "", "siblings"),
    ("노예 소재는 거부감이 있어요", "", "slavery"),
    ("노예 소재는 불편해요", "", "slavery"),
    ("야한 건 원치 않습니다", "", "sexual-content"),
    ("야한 걸 원한 게 아니에요", "", "sexual-content"),
    ("야한 거 달라고 한 적 없어요", "", "sexual-content"),
    ("잔인한 건 아이한테 안 맞아요", "", "gore"),
    ("잔인한 건 아이가 보기엔 그래요", "", "gore"),
    ("잔인한 장면은 애가 무서워해요", "", "gore"),
    ("must not have sexual content", "", "sexual-content"),
    ("must not have any gore", "", "gore"),
    ("nothing sexual or cruel", "", "gritty sexual-content"),
    ("nothing sexual or cruel please", "", "gritty sexual-content"),
    ("can't have gore", "", "gore"),
    ("cant have gore in it", "", "gore"),
    ("no gore allowed", "", "gore"),
    ("no sexual content allowed", "", "sexual-content"),
    ("gore is not allowed", "", "gore"),
    ("why would you give me gore", "", "gore"),
    ("why would you give me something with slavery", "", "slavery"),
    ("why are you recommending harem", "", "harem"),
    ("gore isn't ok", "", "gore"),
    ("gore is not okay", "", "gore"),
    ("gore is out of the question", "", "gore"),
    ("he can't read anything with gore", "", "gore"),
    ("she's not allowed gore", "", "gore"),
    ("sexual stuff is a no", "", "sexual-content"),
    ("it should not be violent", "", "gore"),
    ("it shouldn't be gory", "", "gore"),
    ("it mustn't be gory", "", "gore"),
    ("it cannot be sexual", "", "sexual-content"),
    ("fantasy, must not be gory or sexual", "fantasy", "gore sexual-content"),
    ("fantasy for my son, nothing gory", "fantasy", "gore"),
    ("please avoid gore", "", "gore"),
    ("I'd prefer to avoid slavery", "", "slavery"),
    ("avoiding harem please", "", "harem"),
    ("I want to stay away from gore", "", "gore"),
    ("steer clear of slavery please", "", "slavery"),
    ("keep it free of gore", "", "gore"),
    ("has to be gore free", "", "gore"),
    ("as long as there's no gore", "", "gore"),
    ("without any gore or sexual stuff", "", "gore sexual-content"),
    ("I can't do gore", "", "gore"),
    ("I don't do harem", "", "harem"),
    ("don't give me harem", "", "harem"),
    ("who gives gore to a kid", "", "gore"),
    ("how could you give a child gore", "", "gore"),
    ("I never asked for gore", "", "gore"),
    ("that's not appropriate, gore for a kid?", "", "gore"),
    ("gore won't do", "", "gore"),
    ("harem won't work for us", "", "harem"),
    ("not comfortable with slavery", "", "slavery"),
    ("uncomfortable with slavery", "", "slavery"),
    ("slavery makes me uncomfortable", "", "slavery"),
    ("rather not have harem", "", "harem"),
    ("incest is a dealbreaker", "", "siblings"),
    ("incest is a hard no", "", "siblings"),
    ("no way to incest", "", "siblings"),
    ("absolutely no incest", "", "siblings"),
    ("zero gore", "", "gore"),
    ("gore is forbidden", "", "gore"),
    ("we don't allow sexual content", "", "sexual-content"),
    ("sexual content is unacceptable", "", "sexual-content"),
    ("グロはダメです", "", "gore"),
    ("グロいのはだめです", "", "gore"),
    ("エッチなのはダメです", "", "sexual-content"),
    ("エロいのは困ります", "", "sexual-content"),
    ("グロいのは困る", "", "gore"),
    ("残酷なのは無理", "", "gore"),
    ("残酷なのは無理です", "", "gore"),
    ("グロは無理なので", "", "gore"),
    ("グロのないもので", "", "gore"),
    ("残酷な描写のないもので", "", "gore"),
    ("性的な描写のないものをお願いします", "", "sexual-content"),
    ("なんでグロを勧めるの", "", "gore"),
    ("なんでエロいのを勧めるんですか", "", "sexual-content"),
    ("なぜ奴隷ものを薦めるの", "", "slavery"),
    ("どうしてハーレムなんか出すの", "", "harem"),
    ("ハーレムはちょっと…", "", "harem"),
    ("ハーレムは遠慮します", "", "harem"),
    ("ハーレムはご遠慮ください", "", "harem"),
    ("グロは避けたいです", "", "gore"),
    ("グロは避けてください", "", "gore"),
    ("エロいのは控えてほしい", "", "sexual-content"),
    ("残酷なのは見せたくない", "", "gore"),
    ("エッチなのは読ませたくないです", "", "sexual-content"),
    ("エロやグロはいけません", "", "gore sexual-content"),
    ("エロとかグロは禁止", "", "gore sexual-content"),
    ("エロ禁止", "", "sexual-content"),
    ("グロNG", "", "gore"),
    ("グロはNGで", "", "gore"),
    ("グロいのはNGです", "", "gore"),
    ("奴隷は勘弁して", "", "slavery"),
    ("奴隷は勘弁してください", "", "slavery"),
    ("奴隷ものはやめてください", "", "slavery"),
    ("グロいのはやめて", "", "gore"),
    ("ハーレムは抜きで", "", "harem"),
    ("エロなしで", "", "sexual-content"),
    ("エロは不要", "", "sexual-content"),
    ("エロはいらない", "", "sexual-content"),
    ("エロは結構です", "", "sexual-content"),
    ("グロいものを子供に勧めないで", "", "gore"),
    ("子供にグロいのを勧めるなんて", "", "gore"),
    ("エロくないやつ", "", "sexual-content"),
    ("グロくないので", "", "gore"),
    ("グロくてはいけません", "", "gore"),
    ("グロいと困ります", "", "gore"),
    ("残酷なシーンがあると困ります", "", "gore"),
    ("残酷なシーンがあってはダメ", "", "gore"),
    ("近親ものは受け付けない", "", "siblings"),
    ("近親ものは論外", "", "siblings"),
    ("ファンタジーで、エロやグロはダメです", "fantasy", "gore sexual-content"),
    ("小5の息子に。エロとグロは困ります", "", "gore sexual-content"),
    ("グロは読めません", "", "gore"),
    ("グロは見られない", "", "gore"),
    ("グロは苦手です", "", "gore"),
    ("エッチなのを頼んだ覚えはない", "", "sexual-content"),
    ("エッチなのを選んでどうするんですか", "", "sexual-content"),
    ("グロいの選ばないでください", "", "gore"),
    ("そんなグロいのじゃなくて", "", "gore"),
    ("ハーレムは好みません", "", "harem"),
)  # fmt: skip


@pytest.mark.parametrize(("ask", "wanted", "refused"), REFUSALS, ids=[row[0] for row in REFUSALS])
def test_a_refusal_is_no_wish(ask, wanted, refused):
    assert read(ask) == (wanted, refused)


@pytest.mark.parametrize(
    ("ask", "wanted", "refused"),
    [
        ("잔인한 거 없나요?", "gore", ""),
        ("잔인한 거 아니면 안 봐", "gore", ""),
        ("아니 잔인한 거 달라고", "gore", ""),
        ("하렘 없는 잔인한 거", "gore", "harem"),
        ("노예 말고 잔인한 거 줘", "gore", "slavery"),
        ("why not gore", "gore", ""),
        ("can't get enough gore", "gore", ""),
        ("not afraid of gore, give me gore", "gore", ""),
        ("not isekai but gory", "gore", "isekai"),
        ("グロいのない?", "gore", ""),
        ("グロい話が読みたい", "gore", ""),
        ("異世界以外でグロいやつ", "gore", "isekai"),
    ],
)
def test_a_wish_beside_a_denial_of_something_else_stays_one(ask, wanted, refused):
    assert read(ask) == (wanted, refused)


@pytest.mark.parametrize(
    ("ask", "refused"),
    [
        ("요즘 다 이세계야. 아닌 거 줘", "isekai"),
        ("맨날 하렘만 나오네. 그런 거 말고", "harem"),
        ("또 학원물이네요. 그런 거 없는 걸로요", "academy"),
        ("ugh. everything's isekai nowadays. give me something that isn't", "isekai"),
        ("too much harem these days. one without that please", "harem"),
        ("it's all academy stories lately. something that isn't, please", "academy"),
        ("最近異世界ばっかり。そうじゃないのを", "isekai"),
        ("ハーレムばかりですね。そういうのじゃないやつ", "harem"),
        ("学園ものが多いですね。そうじゃないやつ", "academy"),
    ],
)
def test_something_that_is_not_refuses_what_was_named_before(ask, refused):
    assert read(ask) == ("", refused)


@pytest.mark.parametrize(
    "ask",
    [
        "초5 아들이 볼 건데 잔인한 건 아이가 보기엔 그래요",
        "for my 10-year-old son, gore?",
        "10歳の息子に贈る本、グロいの",
    ],
)
def test_nothing_that_readers_are_warned_of_is_asked_for_for_a_child(ask):
    wanted, refused = read(ask)
    assert not {*wanted.split()} & {*WARNINGS}
    assert "gore" in refused


@pytest.mark.parametrize(
    "ask", ["아무도 안 죽는 걸로 감동적인 거", "사람 죽는 건 싫어요", "a tearjerker where nobody dies", "where everyone lives",
            "人死なないやつで泣けるのがいい", "誰も死なない話"],
)  # fmt: skip
def test_that_nobody_dies_refuses_death(ask):
    assert understand([ask], SHELF, "ko").not_about == ["death"]


@pytest.mark.parametrize("ask", ["finished overlord. what next", "Finished Overlord. something new"])
def test_finished_before_a_name_says_that_it_was_read(ask):
    wish = understand([ask], SHELF, "en")
    assert (wish.status, wish.read) == ("", ["overlord"])


def test_what_was_read_is_no_feature_of_a_wish():
    assert understand(["나 슬라임은 당연히 봤지. 주인공이 검인 거"], SHELF, "ko").about == []
