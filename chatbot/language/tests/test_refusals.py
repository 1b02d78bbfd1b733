"""Refusals, half refusals and what only looks like one, as people type them: a kind a table, each in three languages."""

import time

import pytest

from chatbot.catalogue.tests.factories import known_shelf
from chatbot.language.tag_relations import implied_by
from chatbot.language.wishes.wish import understand

SHELF = known_shelf()


def read(ask):
    """(wanted, refused): tags the ask asks for, softly or not, and those it refuses by name."""
    wish = understand([ask], SHELF, "ko")
    implied = set(implied_by(wish.unwanted))
    return set(wish.named_tags), {tag for tag in wish.unwanted if tag not in implied}


def tags(text):
    return set(text.split())


def table(*rows):
    return pytest.mark.parametrize(("ask", "wanted", "refused"), rows, ids=[row[0] for row in rows])


@table(
    ("환생물 이제 토나옴 학원물로 줘", "academy", "reincarnation"),
    ("하렘 ㅅㄹ 추리나 줘", "mystery", "harem"),
    ("하렘은 나오면 바로 덮음. 요리물 추천", "cooking", "harem"),
    ("여동생물이면 거르고 봄, 던전물 ㄱㄱ", "dungeon", "siblings"),
    ("노예 나오면 그냥 하차함. 모험물", "adventure", "slavery"),
    ("근친 ㄴ 노예 ㄴ 로맨스 ㅇ", "romance", "siblings slavery"),
    ("이세계는 꼴도 보기 싫고 추리가 땡겨", "mystery", "isekai"),
    ("삼각관계는 볼 때마다 현타 와. 우주 나오는 거", "space", "love-triangle"),
    ("하렘 나올 때마다 토할 것 같아 미스터리로", "mystery", "harem"),
    ("정치물은 졸려서 패스, 액션으로", "action", "politics"),
    ("노예물만은 좀.. 상인 나오는 경제물", "economics", "slavery"),
    ("i'd rather eat glass than read another harem. give me a mystery", "mystery", "harem"),
    ("miss me with that academy crap, got any space opera", "space", "academy"),
    ("the moment a love triangle shows up i'm out. cooking stuff please", "cooking", "love-triangle"),
    ("harem plots can go in the trash. mystery please", "mystery", "harem"),
    ("slavery makes me gag. adventure pls", "adventure", "slavery"),
    ("yet another academy? pass. something in space", "space", "academy"),
    ("academy is done to death, war story please", "war", "academy"),
    ("学園ものはもう腹いっぱい。宇宙ものを", "space", "academy"),
    ("ハーレムが出てきたら即閉じる。推理ものが読みたい", "mystery", "harem"),
    ("奴隷ものは今ちょっと…。料理ものください", "cooking", "slavery"),
    ("政治ものは眠くなるので冒険もので", "adventure", "politics"),
    ("三角関係は見飽きた、音楽もの希望", "music", "love-triangle"),
    ("飽きた、異世界は。推理ものがいい", "mystery", "isekai"),
)  # fmt: skip
def test_disgust_and_boredom_refuse(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@table(
    ("하렘 ㄱㅊ 추리 있으면 줘", "mystery", ""),
    ("하렘 싫다고 한 적 없음. 추리나 줘", "mystery", ""),
    ("삼각관계까진 봐줌. 요리물 추천", "cooking", ""),
    ("하렘은 그냥 그러려니 함 모험물 줘", "adventure", ""),
    ("고어는 양념 정도면 괜찮고 추리로", "mystery", ""),
    ("하렘이 싫은 건 아닌데 추리가 더 좋아", "mystery", ""),
    ("it's not that i hate harem, i just want a mystery", "mystery", ""),
    ("nothing against harem. a mystery please", "mystery", ""),
    ("harem eh, mystery yes please", "mystery", ""),
    ("mystery please, romance in small doses", "mystery", ""),
    ("gore doesn't faze me. i want a war story", "war", ""),
    ("i could take or leave harem, cooking is the point", "cooking", ""),
    ("ハーレムが嫌いというわけではないけど、推理ものが読みたい", "mystery", ""),
    ("ハーレムは好きでも嫌いでもない。推理ものが読みたい", "mystery", ""),
    ("三角関係でも何でもこい、料理もの希望", "cooking", ""),
    ("グロくても構いません。推理ものを", "mystery", ""),
    ("ロボットは出なくていい、宇宙ものを", "space", ""),
    ("年の差は大人同士なら可。料理ものを", "cooking", ""),
)  # fmt: skip
def test_what_is_borne_or_whose_refusal_is_denied_is_neither(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@table(
    ("추리 아니면 안 봄", "mystery", ""),
    ("로맨스 없으면 못 읽어", "romance", ""),
    ("먼치킨 지겹다 하면서도 또 찾게 되네", "overpowered", ""),
    ("yuri or bust", "yuri", ""),
    ("never said i didn't want romance", "romance", ""),
    ("恋愛なしじゃ物足りない", "romance", ""),
    ("百合しか勝たん", "yuri", ""),
    ("百合は平気です、むしろ大好き", "yuri", ""),
)  # fmt: skip
def test_two_noes_and_only_this_ask_for_it(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@table(
    ("하렘보단 추리", "mystery", "harem"),
    ("전쟁보다는 요리", "cooking", ""),
    ("mystery over harem any day", "mystery", "harem"),
    ("cooking over war any day", "cooking", ""),
    ("ハーレムより推理もの", "mystery", "harem"),
    ("戦争より料理もの", "cooking", ""),
)  # fmt: skip
def test_what_something_is_preferred_to_is_refused_where_many_refuse_it(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@table(
    ("하렘 싫음 단 개그물이면 봐줌", "comedy", "harem"),
    ("no harem unless it's comedy", "comedy", "harem"),
    ("no academy unless it's mystery", "academy mystery", ""),
    ("ハーレムはNG、ただしコメディなら許す", "comedy", "harem"),
)  # fmt: skip
def test_an_exception_is_welcome(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@table(
    ("친구가 하렘물 추천해줬는데 나는 추리가 좋아", "mystery", ""),
    ("my sister loves vampires but i want a mystery", "mystery", ""),
    ("a coworker told me to try slavery stuff, no idea why. mystery please", "mystery", ""),
    ("友達がハーレムもの勧めてくるけど、私は推理ものが読みたい", "mystery", ""),
    ('띠지에 "눈물의 로맨스" 라고 적혀 있던데 난 추리가 좋아', "mystery", ""),
    ("they sold it to me as 'a cozy dungeon story'. i want a mystery", "mystery", ""),
    ("帯に「ハーレムの決定版」と書いてあった。推理ものがいい", "mystery", ""),
    ("이거 많이 잔인한가요? 추리물 좋아해요", "mystery", ""),
    ("오버로드는 잔인해요? 추리물 좋아해요", "mystery", ""),
    ("is Overlord gory? anyway, a mystery please", "mystery", ""),
    ("is there slavery in any of these? a mystery please", "mystery", ""),
    ("オーバーロードってグロいですか？推理ものを探してます", "mystery", ""),
    ("これってハーレムですか？推理ものを探してます", "mystery", ""),
    ("학교에서 너무 시달려서 우주 나오는 거 보고 싶어", "space", ""),
    ("drained from school, take me to space", "space", ""),
    ("学校で疲れたので宇宙ものが読みたい", "space", ""),
    ("초등학생 막내가 읽을 요리 이야기", "cooking", ""),
    ("小学生の次男に読ませたい料理もの", "cooking", ""),
)  # fmt: skip
def test_what_is_said_beside_the_wish_asks_for_nothing(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@table(
    ("좋아하는 장르는 판타지, 추리, SF", "fantasy mystery sf", ""),
    ("my favorite genres are fantasy, mystery, sci-fi", "fantasy mystery sf", ""),
    ("好きなジャンルはファンタジー、ミステリー、SF", "fantasy mystery sf", ""),
)  # fmt: skip
def test_a_list_of_likes_is_a_list_of_alternatives(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))
    assert not understand([ask], SHELF, "ko").required


@table(
    ("요리물인데 느끼하진 않은 거", "cooking", ""),
    ("more mystery less romance", "mystery", ""),
    ("전쟁은 배경 정도로만 있는 요리물", "cooking", ""),
    ("cooking, war only as a backdrop", "cooking", ""),
    ("戦争は背景程度で、料理もの希望", "cooking", ""),
    ("学園ものは卒業したので宇宙ものを", "space", "academy"),
    ("an actually evil villain protagonist, not edgy", "antihero", ""),
    ("오버로드는 너무 암울ㅠㅠ 요리물로", "cooking", ""),
    ("can't stand childhood friends always losing", "childhood-friend", ""),
)  # fmt: skip
def test_what_belongs_to_another_clause_or_is_a_quantity(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@pytest.mark.parametrize(
    ("ask", "wanted", "less"),
    [
    ("연애는 좀 적었으면 좋겠고 모험 위주로", "adventure", "romance"),
    ("more adventure less romance", "adventure", "romance"),
    ("恋愛は少なめで冒険もの", "adventure", "romance"),
    ("액션보단 두뇌싸움", "mind-games", "action"),
    ("I'd rather have politics than action", "politics", "action"),
    ("アクションより頭脳戦", "mind-games", "action"),
    ],
)  # fmt: skip
def test_of_what_is_mildly_refused_little_is_wanted_and_nothing_is_left_out(ask, wanted, less):
    wish = understand([ask], SHELF, "ko")
    assert (set(wish.named_tags), wish.less, wish.unwanted) == (tags(wanted), [less], [])


def test_what_is_asked_for_again_is_welcome_and_a_refusal_outlasts_a_mild_one():
    assert understand(["less romance, adventure", "a romance please"], SHELF, "en").less == []
    assert understand(["no romance, adventure", "well, less romance"], SHELF, "en").less == []


@table(
    ("순애 추천", "romance", "harem"),
    ("히로인 한 명인 러브코미디", "romance romcom", "harem"),
    ("one couple, slow burn", "romance slow-burn", "harem"),
    ("純愛ものが読みたい", "romance", "harem"),
    ("순애도 좋고 하렘도 좋아", "romance harem", ""),
)  # fmt: skip
def test_who_asks_for_one_couple_wants_no_harem(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@pytest.mark.parametrize(
    ("ask", "bounds"),
    [
        ("3권에서 안 끝나는 거", (4, None, None)),
        ("3巻で終わらないやつ", (4, None, None)),
        ("짧은 에피소드식으로 된 거", (None, None, None)),
        ("short chapters please", (None, None, None)),
        ("짧은 거 추천", (None, 5, None)),
        ("just one couple", (None, None, None)),
        ("one other series please", (None, None, None)),
    ],
)
def test_what_is_no_length_and_no_count(ask, bounds):
    wish = understand([ask], SHELF, "ko")
    assert (wish.min_volumes, wish.max_volumes, wish.count) == bounds


@pytest.mark.parametrize(
    ("ask", "anything"),
    [
        ("오버로드는 진짜 명작", False),
        ("오버로드 갓작이었어", False),
        ("オーバーロードは本当に名作", False),
        ("i'll read whatever you have on dragons", False),
        ("whatever", True),
        ("명작 추천해줘", True),
    ],
)
def test_praise_of_a_work_leaves_nothing_open(ask, anything):
    assert understand([ask], SHELF, "ko").anything is anything


@pytest.mark.parametrize(
    "ask", ["『주인공이 저』 이런 거 말고", "ホラーを「持ってきてはダメ」", '"주인공이 최강" 이라고 하던데']
)
def test_what_is_said_in_quotes_is_no_title(ask):
    assert not understand([ask], SHELF, "ko").unknown_titles


@pytest.mark.parametrize(
    "piece",
    [
        "하렘 싫고 ",
        "zombies, no gore, ",
        "ハーレムは無理、",
        "친구가 하렘 ",
        "is it (gory ",
        "『",
        "너무 어두 ",
        "romance unless ",
    ],
)
def test_the_time_to_read_grows_with_the_text_alone(piece):
    def took(times):
        began = time.process_time()
        understand([f"{times}{piece * times}"], SHELF, "ko")
        return time.process_time() - began

    took(3)
    short, long = min(took(20), took(21)), min(took(80), took(81))
    assert long < max(short, 0.002) * 16


@table(
    ("동생이 백합 좋아하는데 난 별로. 우주 나오는 거", "space", "yuri"),
    ("my cousin loves mecha, i don't. a mystery please", "mystery", "mecha"),
    ("妹は百合が好きだけど私は苦手。宇宙もので", "space", "yuri"),
    ("언니는 공포 싫어하는데 나는 좋아", "horror", ""),
    ("my wife hates mecha but i love it", "mecha", ""),
    ("友達は百合が苦手だけど私は好き", "yuri", ""),
    ("동생이 백합 좋아하니까 선물로", "yuri", ""),
    ("妹が百合好きなのでプレゼントに", "yuri", ""),
)  # fmt: skip
def test_of_two_tastes_the_readers_own_counts(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@table(
    ("주인공들이 다 로봇 같음. 추리로", "mystery", ""),
    ("괴물처럼 차가운 주인공 나오는 모험", "adventure", ""),
    ("leads who act like robots bore me. a mystery", "mystery", ""),
    ("ロボットみたいな主人公は飽きた。ミステリーで", "mystery", ""),
    ("로봇 나오는 거", "mecha", ""),
    ("something with robots", "mecha", ""),
    ("ロボットもの", "mecha", ""),
)  # fmt: skip
def test_what_somebody_is_only_likened_to_is_no_wish(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@table(
    ("여주가 답답한 거 싫어 로맨스로", "romance", ""),
    ("female leads who are whiny bore me, romance", "romance", ""),
    ("女主人公がウザいのは無理、恋愛で", "romance", ""),
    ("여주는 싫어 로맨스로", "romance", "female-lead"),
    ("dragons, but no dragon girls", "dragons", ""),
    ("드래곤 소녀 말고 진짜 드래곤", "dragons", ""),
    ("竜娘じゃなくて本物の竜", "dragons", ""),
)  # fmt: skip
def test_a_trait_or_a_girl_refused_refuses_no_leads_and_no_beings(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@pytest.mark.parametrize(
    ("ask", "less"),
    [
        ("로맨스 없어도 되는데 정치물로", ["romance"]),
        ("politics, romance doesn't need to be there", ["romance"]),
        ("恋愛は出なくていい、政治もの", ["romance"]),
        ("정치물, 로맨스가 메인만 아니면 됨", ["romance"]),
        ("romance is ok but keep it minimal, politics", ["romance"]),
        ("政治もの、恋愛がメインでなければいい", ["romance"]),
        ("로맨스가 꼭 있을 필요는 없어요 정치물", []),
        ("politics, romance is optional", []),
        ("政治もの、恋愛はあってもなくてもいい", []),
    ],
)
def test_what_may_be_missing_is_a_little_unwelcome_unless_either_will_do(ask, less):
    wish = understand([ask], SHELF, "ko")
    assert (wish.asked_tags, wish.less, wish.unwanted) == ({"politics"}, less, [])


@pytest.mark.parametrize(
    "ask",
    ["오버로드 0권 재밌었어", "I loved Overlord vol 0", "オーバーロード0巻面白かった"],
)
def test_a_volume_zero_refuses_nothing(ask):
    wish = understand([ask], SHELF, "ko")
    assert (wish.liked, wish.refused) == (["overlord"], [])


@pytest.mark.parametrize(
    "ask",
    [
        "친구가 오버로드 추천하던데 난 어두운 건 별로",
        "my friend recommended Overlord but i don't do dark",
        "友達がオーバーロードを勧めるけど暗いのはちょっと",
    ],
)
def test_a_work_that_only_others_praise_is_not_liked(ask):
    assert understand([ask], SHELF, "ko").liked == []


@pytest.mark.parametrize(
    "ask",
    [
        "2권만에 먼치킨 되는 거 말고",
        "리제로 단편집까지 다 봤어",
        "リゼロの短編集も全部読んだ",
        "I read the Re:Zero short stories too",
    ],
)
def test_no_limit_is_read_from_how_fast_or_how_far(ask):
    wish = understand([ask], SHELF, "ko")
    assert (wish.count, wish.max_volumes) == (None, None)


@table(
    ("감성적인 거", "bittersweet", ""),
    ("통쾌한 거", "overpowered", ""),
    ("느와르 분위기", "gritty", ""),
    ("angsty", "bittersweet", ""),
    ("unputdownable", "suspense", ""),
    ("warm and fuzzy", "heartwarming", ""),
    ("胸熱な展開", "action", ""),
    ("一気読みできるやつ", "suspense", ""),
    ("てぇてぇ", "heartwarming", ""),
)  # fmt: skip
def test_a_mood_is_understood_as_readers_name_it(ask, wanted, refused):
    assert read(ask) == (tags(wanted), tags(refused))


@table(
    ("짜증나는 여주 극혐, 추리물로", "mystery", ""),
    ("나약한 남주 말고 강한 판타지 주인공", "fantasy", ""),
    ("no bratty heroines. A mystery please", "mystery", ""),
    ("whiny female leads drive me mad, fantasy", "fantasy", ""),
    ("うじうじした女主人公は無理、ミステリーで", "mystery", ""),
    ("女主人公は無理、ミステリーで", "mystery", "female-lead"),
    ("여주 극혐, 추리물로", "mystery", "female-lead"),
)
def test_a_poor_kind_of_a_lead_refuses_no_leads(ask, wanted, refused):
    found = read(ask)
    assert found[0] >= tags(wanted)
    assert ("female-lead" in found[1]) == ("female-lead" in refused)
    assert "female-lead" not in found[0]


@table(
    ("목욕 장면 같은 야한 건 곤란해요, 추리물로", "mystery", "sexual-content"),
    ("gore would be a problem for her, a mystery please", "mystery", "gore"),
    ("グロいのは困ります、ミステリーで", "mystery", "gore"),
    ("하렘은 너무 과해요, 학원물로", "academy", "harem"),
    ("I don't like harems, loops or slavery. A mystery please", "mystery", "harem slavery"),
    ("no harem, tropes or slavery, mystery please", "mystery", "harem slavery"),
)
def test_what_is_a_problem_is_refused(ask, wanted, refused):
    found = read(ask)
    assert found[0] >= tags(wanted)
    assert found[1] >= tags(refused)
    assert not found[0] & tags(refused)


@pytest.mark.parametrize(
    "ask", ["전쟁 말고 줄거리도 좀 있어?", "besides the cooking is there any story?", "料理以外にストーリーもある?"]
)
def test_who_asks_for_a_plot_besides_refuses_nothing(ask):
    assert read(ask)[1] == set()


@pytest.mark.parametrize(
    "ask",
    [
        "학교에서 깨지고 왔어, 추리물 추천해 줘",
        "지옥 같은 하루였어. 추리물 추천해 줘",
        "got yelled at by my boss, a mystery please",
        "work was a war today, a mystery please",
        "職場で詰められた。ミステリーが読みたい",
        "地獄みたいな一日だった。ミステリーが読みたい",
    ],
)
def test_a_readers_day_asks_for_no_such_story(ask):
    assert read(ask) == ({"mystery"}, set())


@pytest.mark.parametrize(
    "ask",
    [
        "요즘 판타지는 물려서 추리물로",
        "fed up with recent fantasy, a mystery please",
        "最近のファンタジーは飽きた、ミステリーで",
    ],
)
def test_a_complaint_of_the_recent_asks_for_no_year(ask):
    wish = understand([ask], SHELF, "ko")
    assert (wish.min_year, wish.unwanted[:1]) == (None, ["fantasy"])
