"""The built-in librarian: what she says to which ask, in three languages."""

import re
from dataclasses import replace

import pytest

from chatbot.assistant import Brief, Text, grounding, librarian, phrases
from chatbot.assistant.librarian import explanation
from chatbot.assistant.librarian.reply import short_title
from chatbot.catalogue.facts import facts_of
from chatbot.catalogue.snapshot import CatalogueSnapshot, Label, Work
from chatbot.language.acts import Act, ActPart, Dialogue
from chatbot.language.names import focus
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import Wish
from chatbot.recommender.candidates import Candidate, LeftOut, Reason
from chatbot.text.folding import key

LANGUAGES = ("ko", "ja", "en")
KO = phrases.of("ko")
GROUPS = {
    "isekai": "setting",
    "academy": "setting",
    "fantasy": "genre",
    "romcom": "genre",
    "economics": "genre",
    "slow-life": "genre",
    "villainess": "hero",
    "female-lead": "hero",
    "harem": "bonds",
    "cozy": "tone",
    "dark": "tone",
    "serious": "tone",
    "gore": "warnings",
    "dragons": "traits",
    "world-building": "traits",
}


def make_work(slug, ko_title, *, tags=None, names=(), **fields):
    titles = {"ko": ko_title, "ja": f"{slug}の物語", "en": f"The Tale of {slug.title()}", "romaji": ""}
    titles |= fields.pop("titles", {})
    fields = {
        "authors": ("支倉凍砂",),
        "year": 2015,
        "volumes": 7,
        "status": "completed",
        "anime": True,
        "renown": 60,
        "tone": 0,
        "synopses": {
            "ko": "등불 아래에서 시작되는 이야기.",
            "ja": "灯りの下で始まる話。",
            "en": "It begins under a lamp.",
        },
        "editions": {"ko": {"known": True}, "en": {"known": None}},
        "related": (),
        "kin": (),
        **fields,
    }
    names = tuple(name for name in (*titles.values(), *names) if name)
    return Work(pk=abs(hash(slug)), slug=slug, titles=titles, names=names, tags=tags or {"fantasy": 2}, **fields)


WORKS = (
    make_work(
        "wolf",
        "늑대와 향신료",
        tags={"economics": 3, "fantasy": 2, "world-building": 2},
        titles={"ja": "狼と香辛料", "en": "Spice and Wolf"},
    ),
    make_work(
        "jobless",
        "무직전생 ~이세계에 갔으면 최선을 다한다~",
        tags={"isekai": 3, "fantasy": 2},
        names=("무직전생", "無職転生", "Mushoku Tensei"),
        titles={"ja": "無職転生 〜異世界行ったら本気だす〜", "en": "Mushoku Tensei: Jobless Reincarnation"},
        volumes=26,
    ),
    make_work("lamp", "등불의 서고", tags={"isekai": 3, "slow-life": 3, "cozy": 2, "dragons": 2}),
    make_work(
        "harbour", "항구의 마녀", tags={"isekai": 2, "economics": 3, "female-lead": 3}, volumes=12, status="ongoing"
    ),
    make_work("class", "교실의 용", tags={"academy": 3, "romcom": 3, "world-building": 2}, volumes=1, year=2021),
    make_work("rose", "장미 저택", tags={"villainess": 3, "female-lead": 3, "isekai": 2}, anime=False),
    make_work("night", "밤의 기사", tags={"dark": 3, "gore": 3, "fantasy": 3, "serious": 2}, tone=-2),
)
LABELS = {slug: Label(slug, group, {"ko": slug, "ja": slug, "en": slug}, {}) for slug, group in GROUPS.items()}
SHELF = CatalogueSnapshot(1, WORKS, LABELS)
OTHERS = ("lamp", "harbour", "class", "rose", "night")


def offer(slug, *reasons, breaches=()):
    return Candidate(SHELF.by_slug[slug], 1.0, tuple(reasons), tuple(breaches))


def make_brief(language="ko", ask="이세계 추천해 주세요", candidates=(), turn=1, catalogue=SHELF, **fields):
    wish = fields.pop("wish", Wish())
    acts = read_acts(ask, Dialogue(), catalogue, wish, language)
    facts = {slug: facts_of(catalogue.by_slug[slug], catalogue) for slug in acts.works}
    fields = {"parts": acts.parts, "facts": facts} | fields
    return Brief(
        language=language, ask=ask, wish=wish, candidates=list(candidates), catalogue=catalogue, turn=turn, **fields
    )


def reply(*args, **fields):
    return "".join(event.text for event in librarian.write(make_brief(*args, **fields)))


def picks(text):
    return [block for block in grounding.read(text) if isinstance(block, grounding.PickLine)]


def every_reason(tag="isekai"):
    """Candidates that between them give every kind of reason."""
    return [
        offer("lamp", Reason("tag", tag), Reason("status", "completed"), Reason("volumes", 7)),
        offer("harbour", Reason("kin", "wolf", ("economics", "isekai")), Reason("status", "ongoing")),
        offer("class", Reason("author", "wolf"), Reason("year", 2021), Reason("volumes", 1)),
        offer("rose", Reason("series", "jobless", ()), Reason("anime", False), Reason("edition", "ko")),
        offer("night", Reason("tone", "dark"), Reason("renown", 60)),
    ]


def all_alike(*reasons):
    return [offer(slug, *reasons) for slug in OTHERS]


# --- Picks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pick_is_a_line_grounding_reads_and_a_candidate_given(language):
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0}, liked=["wolf"], count=5)
    found = picks(reply(language, candidates=every_reason(), wish=wish))
    assert [pick.slug for pick in found] == list(OTHERS)
    assert all(len(pick.reason) >= 15 for pick in found)


@pytest.mark.parametrize(("count", "offered"), [(None, 3), (1, 1), (2, 2), (5, 5), (9, 5)])
def test_as_many_picks_as_asked_for_three_unless_said_and_never_more_than_five(count, offered):
    found = picks(reply(candidates=every_reason(), wish=Wish(wanted={"isekai": 1.0}, count=count)))
    assert len(found) == offered


def test_fewer_picks_than_asked_for_are_owned_up_to():
    wish = Wish(wanted={"isekai": 1.0}, count=3)
    assert any(sentence in reply(candidates=every_reason()[:2], wish=wish) for sentence in KO.variants["fewer"])
    assert not any(sentence in reply(candidates=every_reason()[:3], wish=wish) for sentence in KO.variants["fewer"])


def test_a_liked_work_is_named_by_its_short_title_in_the_readers_language():
    wish = Wish(liked=["jobless"])
    for language, title in {"ko": "『무직전생』", "ja": "『無職転生』", "en": "『Mushoku Tensei』"}.items():
        assert title in reply(language, candidates=every_reason(), wish=wish).split("\n")[0]


def test_a_title_keeps_its_subtitle_where_the_short_one_would_name_another_work():
    first = make_work("first", "성")
    second = make_work("second", "성 ~두 번째 밤~")
    catalogue = CatalogueSnapshot(1, (first, second), {})
    assert short_title(second, catalogue, "ko") == "성 ~두 번째 밤~"
    zero = make_work("zero", "Re: 제로부터 시작하는 이세계 생활")
    assert short_title(zero, CatalogueSnapshot(1, (zero,), {}), "ko") == "Re: 제로부터 시작하는 이세계 생활"


def test_titles_she_names_resolve_on_the_shelf():
    wish = Wish(liked=["jobless", "wolf"], wanted={"isekai": 1.0})
    for language in LANGUAGES:
        text = reply(language, candidates=every_reason(), wish=wish)
        named = [one for one in grounding.names_in(text) if not one.slug]
        assert named
        assert all(SHELF.find(one.name) for one in named), (language, named)


def test_the_opening_tells_what_was_understood():
    wish = Wish(
        required=["isekai"],
        wanted={"isekai": 1.0},
        unwanted=["harem"],
        status="completed",
        max_volumes=10,
        min_year=2010,
    )
    korean = reply(candidates=every_reason(), wish=wish).split("\n")[0]
    assert "하렘은 빼고 2010년 이후에 나온, 10권을 넘지 않고 완결된 이세계물" in korean
    japanese = reply("ja", candidates=every_reason(), wish=wish).split("\n")[0]
    assert "ハーレムは外して、2010年以降に出た、10巻以内で完結した異世界もの" in japanese
    english = reply("en", candidates=every_reason(), wish=wish).split("\n")[0]
    assert "finished isekai stories of 10 volumes or fewer from 2010 or later without harems" in english


@pytest.mark.parametrize(
    ("tags", "kinds"),
    [
        (["romcom", "academy"], ("학원 러브 코미디", "学園ラブコメ", "school romantic comedies")),
        (
            ["serious", "dark", "fantasy"],
            ("진지하고 어두운 판타지", "シリアスで暗いファンタジー", "serious dark fantasies"),
        ),
        (["female-lead"], ("여주인공이 이끄는 이야기", "女性が主人公の物語", "stories with a female lead")),
        (
            ["female-lead", "harem", "academy"],
            (
                "여주인공이 이끄는 하렘 학원물",
                "女性が主人公のハーレム学園もの",
                "harem school stories with a female lead",
            ),
        ),
        (
            ["dragons", "female-lead"],
            (
                "드래곤이 나오는, 여주인공이 이끄는 이야기",
                "竜の出てくる、女性が主人公の物語",
                "stories with dragons and a female lead",
            ),
        ),
        (["villainess"], ("악역영애물", "悪役令嬢もの", "villainess stories")),
    ],
)
def test_tags_make_the_kind_of_book_a_reader_would_say(tags, kinds):
    wish = Wish(required=tags, wanted=dict.fromkeys(tags, 1.0))
    for language, kind in zip(LANGUAGES, kinds, strict=True):
        assert kind in reply(language, candidates=every_reason(), wish=wish).split("\n")[0].lower()


def test_either_of_two_genres_is_told_as_either():
    wish = Wish(any_of=[["slow-life", "romcom"]], wanted={"slow-life": 1.0, "romcom": 1.0})
    openings = [reply(language, candidates=every_reason(), wish=wish).split("\n")[0] for language in LANGUAGES]
    assert "슬로우 라이프물이나 러브 코미디" in openings[0]
    assert "スローライフものかラブコメ" in openings[1]
    assert "slow-life stories or romantic comedies" in openings[2].lower()


def test_a_narrower_tag_refused_with_a_wider_one_is_not_listed():
    wish = Wish(unwanted=["romance", "romcom", "harem"])
    assert "로맨스는 빼고 " in reply(candidates=every_reason(), wish=wish)


def test_a_heavy_warning_nobody_asked_about_is_told():
    text = reply(candidates=[offer("night", Reason("tag", "fantasy"))], wish=Wish(wanted={"fantasy": 1.0}, count=1))
    assert "잔혹한 묘사" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "reasons", [(Reason("status", "completed"), Reason("tag", "fantasy")), (Reason("tone", "dark"),)]
)
def test_a_full_warning_is_told_whatever_else_there_is_to_say(language, reasons):
    breaches = (Reason("status", "completed"),)
    told = phrases.of(language).tags["gore"].thing
    for broken in ((), breaches):
        candidate = replace(offer("night", *reasons), breaches=broken)
        text = reply(
            candidates=[candidate], wish=Wish(status="ongoing", count=1), relaxed=bool(broken), language=language
        )
        assert told in text


@pytest.mark.parametrize(
    ("language", "named"), [("ko", "후회남"), ("en", "regretful male lead"), ("ja", "後悔ヒーロー")]
)
def test_a_heart_of_the_wish_that_the_shelf_does_not_mark_is_owned_up_to(language, named):
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0}, about=["regretful-lover"])
    opening = reply(language, wish=wish, candidates=every_reason()).split("\n\n")[0]
    assert opening.count(named) == 1


@pytest.mark.parametrize("who", ["child", "teen", "elder", "gift"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_whom_it_is_for_is_told_at_the_beginning(language, who):
    said = phrases.of(language).variants[f"circumstances.{who}"]
    text = reply(candidates=every_reason(), wish=Wish(audience=who), language=language)
    assert any(sentence in text.split("\n")[0] for sentence in said)


def test_a_minor_comes_before_the_state_and_an_ask_for_the_heavy_before_both():
    said = KO.variants
    opening = reply(candidates=every_reason(), wish=Wish(audience="child", gentle="ill")).split("\n")[0]
    assert any(one in opening for one in said["circumstances.child"])
    opening = reply(candidates=every_reason(), wish=Wish(audience="elder", gentle="ill")).split("\n")[0]
    assert any(one in opening for one in said["circumstances.ill"])
    asked = Wish(audience="child", wanted={"gore": 1.0}, required=["gore"])
    opening = reply(candidates=every_reason(), wish=asked).split("\n")[0]
    assert not any(one in opening for one in said["circumstances.child"])


def test_picks_without_an_edition_in_the_readers_language_are_told():
    def ends(language, **wish):
        candidates = [offer("wolf", Reason("tag", "fantasy"))]
        return reply(candidates=candidates, wish=Wish(wanted={"fantasy": 1.0}, count=1, **wish), language=language)

    assert "an English edition" in ends("en")
    assert "한국어판" not in ends("ko")
    assert "英語版" not in ends("ja")
    # Who reads Japanese, or asked for an edition, knows.
    assert "an English edition" not in ends("en", taste={"level": "n1"})


# --- Variety -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "reasons",
    [
        (Reason("tag", "isekai"), Reason("status", "completed")),
        (Reason("kin", "wolf", ("fantasy",)), Reason("anime", True)),
        (Reason("kin", "wolf"),),
        (Reason("author", "wolf"), Reason("year", 2015)),
        (Reason("series", "wolf"), Reason("edition", "ko")),
        (Reason("tone", "bright"), Reason("volumes", 7)),
        (Reason("renown", 60),),
        (),
    ],
)
def test_no_frame_comes_twice_in_a_reply_even_when_every_work_has_the_same_reasons(language, reasons, monkeypatch):
    used = []
    told = explanation.Explanation._tell

    def tell(self, sentence):
        used.append(sentence.frame)
        return told(self, sentence)

    monkeypatch.setattr(explanation.Explanation, "_tell", tell)
    for turn in range(40):
        used.clear()
        wish = Wish(liked=["wolf"], wanted={"isekai": 1.0}, count=5)
        text = reply(language, candidates=all_alike(*reasons), wish=wish, turn=turn)
        assert len(used) == len(set(used)) >= 5
        reasons_given = [pick.reason for pick in picks(text)]
        assert len(set(reasons_given)) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_reason_has_at_least_three_frames_and_openings_and_closings_four(language):
    say = phrases.of(language)
    for name, frames in say.variants.items():
        if name.startswith("frames."):
            assert len(set(frames)) == len(frames) >= 3, name
        if name.startswith("openings."):
            assert len(set(frames)) >= 4, name
    for name in ("closings", "closings_one", "greetings", "thanks", "ask_back"):
        assert len(say.variants[name]) >= 4, name


def test_the_same_turn_reads_the_same_and_other_turns_differ():
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0})
    replies = [reply(candidates=every_reason(), wish=wish, turn=turn) for turn in (1, 1, 2, 3, 4, 5, 6, 7)]
    assert replies[0] == replies[1]
    assert len(set(replies[1:])) > 4


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_no_three_sentences_in_a_row_end_alike(language):
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0}, liked=["wolf"], count=5)
    for turn in range(60):
        text = reply(language, candidates=every_reason(), wish=wish, turn=turn)
        ends = [end[-2:] for end in re.findall(r"[^.。?!\s][^.。?!]*(?=[.。?!])", text)]
        assert not any(a == b == c for a, b, c in zip(ends, ends[1:], ends[2:], strict=False)), text


@pytest.mark.parametrize(("language", "most", "longest"), [("ko", 900, 170), ("ja", 900, 170), ("en", 1700, 320)])
def test_replies_stay_short(language, most, longest):
    wish = Wish(
        required=["isekai"], wanted={"isekai": 1.0}, liked=["jobless", "wolf"], unwanted=["harem", "gore"], count=5,
        status="completed", max_volumes=10,
    )  # fmt: skip
    for turn in range(40):
        text = reply(language, candidates=every_reason(), wish=wish, turn=turn)
        assert len(text) <= most
        assert max(len(pick.reason) for pick in picks(text)) <= longest


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_slot_particle_or_mark_is_left_open(language):
    wish = Wish(wanted={"isekai": 1.0}, liked=["wolf"], unwanted=["harem"], unknown_titles=["없는 책"], count=5)
    for turn in range(40):
        text = reply(language, candidates=every_reason(), wish=wish, turn=turn)
        assert not re.search(r"[{}]|\[(?!\[)[^\[\]]+\](?!\])|\*\*|\s\s(?!\S)| [.,。、]", text.replace("\n\n", "\n")), (
            text
        )


def test_every_tag_of_the_vocabulary_has_words_in_every_language():
    assert KO.tags.keys() == phrases.of("ja").tags.keys() == phrases.of("en").tags.keys()
    for language in LANGUAGES:
        for slug, words in phrases.of(language).tags.items():
            assert words.thing, slug
            assert words.mod, slug


def test_a_tag_the_phrases_do_not_know_is_told_by_its_label():
    label = Label("librarians", "hero", {"ko": "사서", "ja": "司書", "en": "Librarians"}, {})
    catalogue = CatalogueSnapshot(1, WORKS, LABELS | {"librarians": label})
    wish = Wish(required=["librarians"], wanted={"librarians": 1.0})
    assert "사서 요소가 있는 이야기" in reply(candidates=every_reason("librarians"), wish=wish, catalogue=catalogue)


# --- Nothing fits --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "blocked", "breach"),
    [
        ("ko", "10권 이하", "12권"),
        ("ja", "10巻以内", "12巻"),
        ("en", "10 volumes or fewer", "12 volumes"),
    ],
)
def test_relaxed_replies_name_what_stands_in_the_way_and_what_each_pick_breaches(language, blocked, breach):
    candidate = offer("harbour", Reason("tag", "isekai"), breaches=[Reason("volumes", 12)])
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0}, max_volumes=10)
    text = reply(language, candidates=[candidate], wish=wish, relaxed=True, blocked_by=[Reason("volumes", (None, 10))])
    assert blocked in text.split("\n")[0]
    assert breach in picks(text)[0].reason


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "breach",
    [
        Reason("tag", "romcom", ("romcom",)),
        Reason("status", "ongoing"),
        Reason("volumes", 12),
        Reason("year", 2015),
        Reason("edition", "en"),
        Reason("anime", True),
        Reason("tone", "dark"),
        Reason("published", "電撃文庫"),
        Reason("drawn_by", "画家"),
        Reason("unheard-of", None),
    ],
)
def test_each_kind_of_breach_can_be_told_alone_and_with_another(language, breach):
    wish = Wish(required=["romcom"], status="completed", max_volumes=3, max_year=2000, edition="en", anime=False)
    for breaches in ([breach], [breach, Reason("tag", "dark", ("dark",))]):
        text = reply(
            language,
            candidates=[offer("harbour", Reason("tag", "isekai"), breaches=breaches)],
            wish=wish,
            relaxed=True,
            blocked_by=[breach],
        )
        assert len(picks(text)) == 1
        assert not re.search(r"[{}]|\[(?!\[)[은을이가와]", text)


@pytest.mark.parametrize(
    ("language", "ask", "asked", "refused", "missing"),
    [
        ("ko", "전격문고 말고", "전격문고에서 나온 ", "전격문고는 빼고", "전격문고 조건"),
        (
            "en",
            "not Dengeki Bunko",
            "from Dengeki Bunko",
            "without books from Dengeki Bunko",
            "books from Dengeki Bunko",
        ),
        ("ja", "電撃文庫以外で", "電撃文庫から出た", "電撃文庫は外して", "電撃文庫"),
    ],
)
def test_who_is_to_have_published_it_is_told_and_who_is_not(language, ask, asked, refused, missing):
    candidates = [offer("lamp", Reason("published", "電撃文庫"))]
    assert asked in reply(language, candidates=candidates, wish=Wish(published=["電撃文庫"]))
    shelf = CatalogueSnapshot(2, (*WORKS, make_work("house", "집", imprint="電撃文庫")), LABELS)
    fields = {"ask": ask, "candidates": [offer("lamp")], "catalogue": shelf}
    assert refused in reply(language, wish=Wish(not_published=["電撃文庫"]), **fields)
    breach = Reason("published", "電撃文庫")
    fields = {"wish": Wish(published=["電撃文庫"]), "relaxed": True, "blocked_by": [breach]}
    text = reply(language, candidates=[offer("lamp", breaches=[breach])], **fields)
    assert missing in text
    assert asked not in text or language == "en"


def test_any_of_several_missing_tags_is_told_by_those_the_reader_named():
    breach = Reason("tag", "cozy", ("cozy", "slow-life", "heartwarming"))
    wish = Wish(any_of=[["cozy", "slow-life", "heartwarming"]], wanted={"slow-life": 1.0, "cozy": 0.5})
    text = reply(candidates=[offer("night", breaches=[breach])], wish=wish, relaxed=True, blocked_by=[breach])
    assert "슬로우 라이프 조건까지" in text
    assert text.count("슬로우 라이프") == 1  # said once for all of them


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_shelf_is_admitted_and_something_to_loosen_suggested(language):
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0}, max_volumes=1)
    text = reply(language, wish=wish, blocked_by=[Reason("volumes", (None, 1))])
    assert picks(text) == []
    assert phrases.of(language).part("loosen.volumes") in text


def test_an_empty_shelf_with_nothing_in_the_way_still_gets_an_answer():
    assert KO.part("loosen.any") in reply(wish=Wish(wanted={"isekai": 1.0}))


# --- Little said ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "ask"), [("ko", "gore 없는 거"), ("en", "isekai without gore"), ("ja", "goreなしで")]
)
def test_what_was_left_out_for_what_this_ask_refuses_is_named(language, ask):
    fields = {
        "wish": Wish(required=["isekai"], unwanted=["gore"]),
        "candidates": [offer(slug, Reason("tag", "isekai")) for slug in ("lamp", "harbour", "rose")],
        "left_out": [LeftOut(SHELF.by_slug["night"], ("gore",))],
    }
    told = reply(language, ask=ask, **fields)
    assert SHELF.by_slug["night"].titles[language] in told
    assert [pick.slug for pick in picks(told)] == ["lamp", "harbour", "rose"]
    assert SHELF.by_slug["night"].titles[language] not in reply(language, ask="!", **fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_told_too_little_she_asks_back_and_offers_nothing(language):
    text = reply(language, ask="추천", candidates=every_reason())
    assert picks(text) == []
    assert any(question in text for question in phrases.of(language).variants["ask_back"])


@pytest.mark.parametrize(
    ("language", "ask"),
    [
        ("ko", "안녕하세요!"),
        ("ko", "사서님 안녕~"),
        ("ja", "こんにちは"),
        ("en", "Hi there :)"),
        ("en", "good evening"),
    ],
)
def test_a_greeting_is_greeted(language, ask):
    text = reply(language, ask=ask, candidates=every_reason())
    assert text.startswith(phrases.of(language).variants["greetings"])
    assert picks(text) == []


@pytest.mark.parametrize(
    ("language", "ask"),
    [
        ("ko", "고마워ㅎㅎ"),
        ("ko", "정말 감사합니다!"),
        ("ja", "ありがとうございます。"),
        ("en", "Thank you so much!"),
        ("en", "thx"),
    ],
)
def test_thanks_are_answered_with_thanks_even_when_the_wish_still_holds(language, ask):
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0})
    assert reply(language, ask=ask, candidates=every_reason(), wish=wish) in phrases.of(language).variants["thanks"]


@pytest.mark.parametrize(
    "ask",
    [
        "고마워, 하나만 더 추천해줘",
        "안녕하세요 이세계물 추천해 주세요",
        "hello, something cozy please",
        "감사합니다라는 책",
    ],
)
def test_a_wish_with_a_greeting_or_thanks_in_it_is_still_a_wish(ask):
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0})
    assert len(picks(reply(ask=ask, candidates=every_reason(), wish=wish))) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_she_introduces_herself_once(language):
    say = phrases.of(language)
    ask = {"ko": "안녕", "ja": "こんにちは", "en": "hello"}[language]
    again = reply(language, ask=ask, history=[("hi", "hello")])
    assert again.startswith(say.variants["greetings_again"])
    assert not any(greeting in again for greeting in say.variants["greetings"])


@pytest.mark.parametrize(
    ("language", "ask"), [("ko", "너 AI야?"), ("ja", "あなたは人間ですか？"), ("en", "Are you a robot?")]
)
def test_asked_who_she_is_she_says_that_she_is_not_a_person(language, ask):
    text = reply(language, ask=ask)
    assert text in phrases.of(language).variants["service.person-librarian"]


@pytest.mark.parametrize(
    ("language", "ask"),
    [("ko", "오늘 날씨 어때?"), ("ko", "파이썬 코드 짜줘"), ("ja", "明日の天気は？"), ("en", "write me some python")],
)
def test_another_trades_work_is_declined_in_a_sentence(language, ask):
    assert reply(language, ask=ask) in phrases.of(language).variants["elsewhere"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_not_on_the_shelf_is_admitted_and_asked_about(language):
    text = reply(language, wish=Wish(unknown_titles=["달빛 고양이"]))
    assert "『달빛 고양이』" in text
    assert text.endswith(phrases.of(language).variants["unknown_alone"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_not_on_the_shelf_does_not_keep_the_rest_from_being_answered(language):
    wish = Wish(unknown_titles=["달빛 고양이"], required=["isekai"], wanted={"isekai": 1.0})
    text = reply(language, candidates=every_reason(), wish=wish)
    assert "『달빛 고양이』" in text.split("\n")[0]
    assert len(picks(text)) == 3


# --- Facts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "ask", "answer"),
    [
        ("ko", "무직전생 몇 권까지 나왔어?", "26권"),
        ("ko", "늑대와 향신료 완결 났어?", "완결"),
        ("ko", "늑대와 향신료 작가 누구야?", "支倉凍砂"),
        ("ko", "늑대와 향신료는 언제 나온 책이야?", "2015년"),
        ("ko", "늑대와 향신료 정발됐어?", "한국어판"),
        ("ko", "장미 저택 애니 있어?", "애니메이션"),
        ("ko", "늑대와 향신료는 어떤 내용이야?", "등불 아래에서 시작되는 이야기."),
        ("ja", "無職転生は何巻まで出てますか？", "26巻"),
        ("ja", "狼と香辛料はどんな話？", "灯りの下で始まる話。"),
        ("en", "Who wrote Spice and Wolf?", "支倉凍砂"),
        ("en", "Is Spice and Wolf finished?", "7 volumes"),
        ("en", "What is Spice and Wolf about?", "It begins under a lamp."),
    ],
)
def test_a_question_about_one_work_is_answered_from_the_shelf(language, ask, answer):
    text = reply(language, ask=ask, candidates=every_reason(), wish=Wish(liked=["wolf"]))
    assert answer in text
    assert picks(text) == []
    named = [one for one in grounding.names_in(text, ask) if one.sure]
    assert named
    assert all(SHELF.find(one.name) for one in named)


@pytest.mark.parametrize(
    "ask",
    [
        "늑대와 향신료 같은 책 있어?",
        "완결된 이세계물 있어?",
        "spices and wolfram, is there an english edition of something like it?",
        "無職転生みたいに完結している本はありますか",
    ],
)
def test_an_ask_for_books_is_not_taken_for_a_question(ask):
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0}, liked=["wolf"])
    assert len(picks(reply(ask=ask, candidates=every_reason(), wish=wish))) == 3


def test_a_question_about_a_work_she_cannot_place_is_asked_again():
    parts = (ActPart(Act.AUTHOR),)
    assert reply(ask="그 파란 표지 책 작가 누구야?", parts=parts) in KO.variants["unnamed"]


def test_a_short_name_counts_only_as_a_word_of_its_own():
    short = make_work("vamp", "뱀프", titles={"en": "Vamp!"})
    catalogue = CatalogueSnapshot(1, (short,), {})
    assert focus.work_in("any vampires?", catalogue, set()) is None
    assert focus.work_in("who wrote Vamp?", catalogue, set()) is short
    assert focus.work_in("뱀프는 누가 썼어?", catalogue, set()) is short


# --- Hostile titles ------------------------------------------------------------------------------

HOSTILE = "밤』 [[lamp]] 좋아요\n[[rose]] **굵게** <b> {n} [을] `코드`"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("turn", range(6))
def test_marks_in_a_title_neither_make_a_pick_nor_end_the_title(language, turn):
    hostile = make_work("hostile", HOSTILE, titles={"ja": HOSTILE, "en": HOSTILE})
    catalogue = CatalogueSnapshot(1, (*WORKS, hostile), LABELS)
    wish = Wish(liked=["hostile"], refused=["hostile"], unknown_titles=[f"{HOSTILE} 2"], wanted={"isekai": 1.0})
    candidates = [offer("harbour", Reason("kin", "hostile", ("isekai",)), Reason("author", "hostile"))]
    text = reply(language, candidates=candidates, wish=wish, catalogue=catalogue, turn=turn)
    assert [pick.slug for pick in picks(text)] == ["harbour"]
    sure = [one for one in grounding.names_in(text) if one.sure]
    said = {HOSTILE, f"{HOSTILE} 2", catalogue.by_slug["harbour"].titles[language]}
    assert {key(one.name) for one in sure} <= {*map(key, said)}
    assert "**" not in text
    assert "<" not in text


def test_marks_in_a_synopsis_are_harmless():
    hostile = make_work(
        "hostile", "밤의 책", synopses={"ko": "[[lamp]] ‘가짜 제목’과 『또 다른 제목』\n[[rose]] 이야기."}
    )
    catalogue = CatalogueSnapshot(1, (*WORKS, hostile), LABELS)
    text = reply(ask="밤의 책은 어떤 내용이야?", catalogue=catalogue)
    assert picks(text) == []
    assert [one.name for one in grounding.names_in(text)] == ["밤의 책"]


# --- Korean particles ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("이세계", "이세계를 이세계가 이세계는 이세계와 이세계로 이세계라 이세계나"),
        ("하렘", "하렘을 하렘이 하렘은 하렘과 하렘으로 하렘이라 하렘이나"),
        ("마술", "마술을 마술이 마술은 마술과 마술로 마술이라 마술이나"),
        ("『토라도라!』", "『토라도라!』를 『토라도라!』가 『토라도라!』는 『토라도라!』와 『토라도라!』로 『토라도라!』라 『토라도라!』나"),
        ("『책벌레의 하극상』", "『책벌레의 하극상』을 『책벌레의 하극상』이 『책벌레의 하극상』은 『책벌레의 하극상』과 『책벌레의 하극상』으로 『책벌레의 하극상』이라 『책벌레의 하극상』이나"),
        ("SF", "SF를 SF가 SF는 SF와 SF로 SF라 SF나"),
        ("BL", "BL을 BL이 BL은 BL과 BL로 BL이라 BL이나"),
        ("『86』", "『86』을 『86』이 『86』은 『86』과 『86』으로 『86』이라 『86』이나"),
        ("『7』", "『7』을 『7』이 『7』은 『7』과 『7』로 『7』이라 『7』이나"),
        ("Online", "Online을 Online이 Online은 Online과 Online으로 Online이라 Online이나"),
        ("Zero", "Zero를 Zero가 Zero는 Zero와 Zero로 Zero라 Zero나"),
        ("！？", "！？를 ！？가 ！？는 ！？와 ！？로 ！？라 ！？나"),
    ],
)  # fmt: skip
def test_korean_particles_fit_the_word_before_them(word, forms):
    particles = ("을", "이", "은", "와", "으로", "이라", "이나")
    assert " ".join(KO.finish(f"{word}[{particle}]") for particle in particles) == forms


def test_things_are_listed_as_each_language_lists_them():
    assert [KO.listing(["하렘", "이세계", "추방"][:n]) for n in (0, 1, 2, 3)] == [
        "", "하렘", "하렘과 이세계", "하렘, 이세계와 추방",
    ]  # fmt: skip
    assert [phrases.of("ja").listing(["甲", "乙", "丙"][:n]) for n in (0, 1, 2, 3)] == [
        "",
        "甲",
        "甲と乙",
        "甲、乙、丙",
    ]
    assert [phrases.of("en").listing(["a", "b", "c"][:n]) for n in (0, 1, 2, 3)] == ["", "a", "a and b", "a, b and c"]


# --- As a voice ----------------------------------------------------------------------------------


def test_she_writes_text_a_paragraph_at_a_time():
    events = list(librarian.write(make_brief(candidates=every_reason(), wish=Wish(wanted={"isekai": 1.0}))))
    assert len(events) == 5
    assert all(isinstance(event, Text) for event in events)
    assert librarian.NAME == "librarian"
    assert librarian.model_name() == ""


def test_a_language_she_does_not_speak_is_answered_in_english():
    assert reply("fr", ask="hello").startswith(phrases.of("en").variants["greetings"])


def test_works_and_tags_that_have_left_the_shelf_do_not_break_a_reply():
    wish = Wish(
        liked=["gone"], refused=["gone"], required=["gone-tag"], unwanted=["gone-tag"], wanted={"gone-tag": 1.0}
    )
    candidates = [
        offer("lamp", Reason("kin", "gone", ("isekai",)), Reason("author", "gone"), Reason("tag", "gone-tag"))
    ]
    for language in LANGUAGES:
        assert len(picks(reply(language, candidates=candidates, wish=wish))) == 1


@pytest.mark.parametrize(
    ("language", "ask", "listener"),
    [
        ("ko", "요즘 너무 힘들어서 죽고 싶어요", "109"),
        ("ko", "살기 싫다", "109"),
        ("en", "I want to die", "988"),
        ("ja", "もう死にたいです", "0120-279-338"),
    ],
)
def test_to_someone_in_distress_she_names_who_listens_and_offers_no_books(language, ask, listener):
    said = reply(language, ask=ask, candidates=every_reason(), wish=Wish(wanted={"isekai": 1.0}))
    assert listener in said
    assert picks(said) == []


@pytest.mark.parametrize(
    "ask",
    [
        "자살 소재는 빼고 추천해줘",
        "죽고 싶어하는 주인공이 나오는 소설",
        "no suicide please",
        "死にたいと願う主人公の話",
    ],
)
def test_a_dark_book_is_not_taken_for_distress(ask):
    assert len(picks(reply(ask=ask, candidates=every_reason(), wish=Wish(wanted={"isekai": 1.0})))) == 3


# --- The step aside --------------------------------------------------------------------------------------------------


def with_an_aside():
    serendipity = Candidate(
        SHELF.by_slug["rose"], 1.0, (Reason("aside", "villainess"), Reason("kin", "wolf")), serendipity=True
    )
    return [*(offer(slug, Reason("tag", "isekai")) for slug in ("lamp", "harbour", "class", "night")), serendipity]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_aside_comes_last_and_is_called_one(language):
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0})
    offered = picks(reply(language, candidates=with_an_aside(), wish=wish))
    assert [pick.slug for pick in offered] == ["lamp", "harbour", "class", "rose"]
    said = (
        "결이 조금",
        "쪽에서도",
        "조금 벗어난",
        "毛色の違う",
        "ほうからも",
        "少し離れた",
        "different",
        "further off",
        "the path",
    )
    assert [any(words in pick.reason for words in said) for pick in offered] == [False, False, False, True]


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (3, 3), (4, 4), (5, 5)])
def test_a_step_aside_is_within_what_was_asked_for_and_not_in_a_short_list(count, expected):
    text = reply(candidates=with_an_aside(), wish=Wish(required=["isekai"], wanted={"isekai": 1.0}, count=count))
    slugs = [pick.slug for pick in picks(text)]
    assert len(slugs) == expected
    assert ("rose" in slugs) is (count > 3)


PREMISES = {
    "ko": "변방의 이발사가 되살아난 마왕을 손님으로 맞는",
    "en": "a village barber takes the risen demon lord as a customer",
    "ja": "辺境の床屋がよみがえった魔王を客に迎える",
}


def premised(language, *reasons, others=("harbour", "class")):
    """The reply that offers works which have a premise, one another than the next."""
    works = [replace(work, premises={code: f"{work.slug} {text}" for code, text in PREMISES.items()}) for work in WORKS]
    catalogue = CatalogueSnapshot(2, tuple(works), LABELS)
    candidates = [Candidate(catalogue.by_slug[slug], 1.0, tuple(reasons)) for slug in ("lamp", *others)]
    wish = Wish(required=["isekai"], wanted={"isekai": 1.0}, described="요리사가 나오는 거")
    return reply(language, candidates=candidates, catalogue=catalogue, wish=wish)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "reason",
    [
        Reason("tag", "isekai"),
        Reason("kin", "wolf", ("economics",)),
        Reason("author", "wolf"),
        Reason("series", "wolf"),
        Reason("description", "요리사가 나오는 거"),
        Reason("aside", "dragons"),
        Reason("renown", 60),
    ],
)
def test_a_reason_tells_the_premise_whatever_ties_the_book_to_its_reader(language, reason):
    offered = picks(premised(language, reason))
    assert [PREMISES[language] in one.reason for one in offered] == [True] * 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_asked_is_told_once_and_no_two_reasons_are_alike(language):
    offered = [one.reason.replace(PREMISES[language], "") for one in picks(premised(language, Reason("tag", "isekai")))]
    thing = phrases.of(language).tags["isekai"].thing
    assert [thing in text for text in offered][1:] == [False, False]  # the opening names it
    frames = [re.sub("lamp|harbour|class", "", text) for text in offered]
    assert len(set(frames)) == 3


# --- What is not met -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_third_pick_that_lacks_what_two_have_is_not_offered_unless_so_many_were_asked_for(language):
    wish = Wish(leaning=[["world-building"]], wanted={"world-building": 0.7})
    lacking = replace(offer("harbour").work, tags={"isekai": 2})
    having = [replace(offer(slug).work, tags={"world-building": 3}) for slug in ("lamp", "class")]
    candidates = [Candidate(work, 1.0) for work in (*having, lacking)]
    two, three = (reply(language, candidates=candidates, wish=replace(wish, count=count)) for count in (None, 3))
    assert [one.slug for one in picks(two)] == ["lamp", "class"]
    assert len(picks(three)) == 3
    fewer = phrases.of(language).variants["fewer"]
    assert any(one in two for one in fewer)
    assert not any(one in three for one in fewer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_none_of_the_picks_has_is_told_once(language):
    say = phrases.of(language)
    wish = Wish(leaning=[["world-building"]], wanted={"world-building": 0.7}, flavours=["sweet"])
    works = [replace(offer(slug).work, tags={"isekai": 2}) for slug in ("lamp", "class", "harbour")]
    text = reply(language, candidates=[Candidate(work, 1.0) for work in works], wish=wish)
    assert len(picks(text)) == 3
    assert text.count(say.tags["world-building"].thing) >= 1
    heads = [re.split(r"\{things\}(?:\[.\])?", frame)[-1] for frame in say.variants["unmet.none"]]
    assert sum(text.count(head) for head in heads) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_book_is_of_the_kind_no_tag_says_is_told_in_other_words_each_time(language):
    say = phrases.of(language)
    works = [replace(offer(slug).work, tags={"romance": 3}, tone=2) for slug in ("lamp", "class", "harbour")]
    works = [replace(work, premises={language: "PREMISE"}) for work in works]
    reason = Reason("flavour", "sweet")
    candidates = [Candidate(work, 1.0, (reason,)) for work in works]
    text = reply(language, candidates=candidates, wish=Wish(flavours=["sweet"]))
    assert [text.count(one) for one in say.variants["why.sweet"]] == [1, 1, 1]
    assert text.count("PREMISE") == 3


# --- What a reason says of the wish --------------------------------------------------------------

PREMISES = {"ko": "등대지기가 배를 기다리는", "en": "a lighthouse keeper waits for a ship", "ja": "灯台守が船を待つ"}
PEOPLE = {
    "ko": "이레네는 아무도 못 말리는 등대지기예요. 말이 적어요.",
    "en": "Irene keeps her lamp whatever comes. She says little.",
    "ja": "イレーネは何があっても灯を守る人です。口数は少ないです。",
}


def shelf_with_notes(**notes):
    work = make_work("keeper", "등대지기", tags={"female-lead": 3}, premises=PREMISES, notes=notes)
    return CatalogueSnapshot(2, (*WORKS, work), LABELS)


def reason_of_keeper(language, **notes):
    shelf = shelf_with_notes(**notes)
    candidate = Candidate(shelf.by_slug["keeper"], 1.0, (Reason("tag", "female-lead"),))
    wish = Wish(required=["female-lead"], wanted={"female-lead": 1.0})
    (pick,) = picks(reply(language, ask="여주인공 이야기", candidates=[candidate], wish=wish, catalogue=shelf))
    return pick.reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_says_what_the_notes_tell_of_the_very_thing(language):
    first, second = (re.split(r"(?<=[.。])\s?", PEOPLE[language])[place] for place in (0, 1))
    reason = reason_of_keeper(language, people=PEOPLE)
    assert first in reason
    assert second not in reason


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_notes_the_opening_is_not_said_again(language):
    thing = phrases.of(language).tags["female-lead"].thing
    assert thing not in reason_of_keeper(language)


@pytest.mark.parametrize(
    ("language", "ask", "word"),
    [
        ("ko", "비건 주인공", "비건"),
        ("en", "vegan protagonist", "vegan"),
        ("ja", "主人公がヴィーガンのやつ", "ヴィーガン"),
    ],
)
def test_where_nothing_tells_of_the_one_thing_asked_for_no_book_is_offered_by_chance(language, ask, word):
    text = reply(language, ask=ask, candidates=all_alike(Reason("renown", 60)), wish=Wish(untold=[word]))
    assert word in text
    assert picks(text) == []


def test_beside_more_that_was_asked_for_books_come_all_the_same():
    wish = Wish(untold=["비건"], required=["fantasy"], wanted={"fantasy": 1.0})
    text = reply("ko", ask="비건 주인공 판타지", candidates=all_alike(Reason("tag", "fantasy")), wish=wish)
    assert "비건" in text
    assert picks(text)


# --- Said once, and of the right book ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_some_have_is_said_once_after_all_of_them(language):
    say = phrases.of(language)
    having, lacking = ([replace(offer(slug).work, tags=tags) for slug in slugs] for slugs, tags in (
        (("lamp",), {"isekai": 2, "world-building": 3}), (("class", "harbour"), {"isekai": 2}),
    ))  # fmt: skip
    wish = Wish(leaning=[["world-building"]], wanted={"world-building": 0.7}, count=3)
    text = reply(language, candidates=[Candidate(work, 1.0) for work in (*having, *lacking)], wish=wish)
    last = text.split("\n\n")[-1]
    assert say.tags["world-building"].thing in last
    assert not any(say.tags["world-building"].thing in one.reason for one in picks(text)[1:])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("said", "cited"), [("", False), ("{title}!", True)])
def test_a_book_that_came_from_here_is_not_called_the_readers_taste(language, said, cited):
    title = SHELF.by_slug["wolf"].titles[language]
    history = [(said.format(title=title) or "...", f"『{title}』 ..."), ("...", "...")]
    wish = Wish(liked=["wolf"], wanted={"economics": 1.0}, sure={"liked:wolf": 0.7})
    text = reply(language, candidates=all_alike(Reason("kin", "wolf", ("economics",))), wish=wish, history=history)
    assert (title in text) == cited


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_long_each_book_is_is_told_where_length_was_asked_for_and_a_series_that_broke_off_always(language):
    broken = replace(offer("lamp").work, status="hiatus", volumes=9)
    candidates = [Candidate(broken, 1.0), offer("rose", Reason("tag", "isekai"))]
    for wish in (Wish(required=["isekai"], wanted={"isekai": 1.0}, max_volumes=20), Wish(wanted={"isekai": 1.0})):
        first, second = picks(reply(language, candidates=candidates, wish=wish))
        assert "9" in first.reason
        assert ("7" in second.reason) == bool(wish.max_volumes)


def test_a_yes_or_no_goes_on_with_a_small_letter():
    english = phrases.of("en")
    assert english.led("no", "It is not finished.") == "No, it is not finished."
    assert english.led("yes", "『Another』 is.") == "Yes, 『Another』 is."
