"""The desk of a prompt: what the reader does, what is known of the works it needs, and nothing else."""

import json
import re

import pytest

from chatbot.assistant import Brief, fact_sheet, prompts
from chatbot.assistant.material import Listing, OwnData
from chatbot.catalogue.facts import ReaderFacts, facts_of
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.language.acts import Act, ActPart, Question
from chatbot.language.wishes.wish import Wish
from chatbot.recommender import choosing, descriptions
from chatbot.recommender.candidates import Candidate, LeftOut, Reason
from chatbot.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(catalogue):
    """The desk for parts of a turn, and the objects on it."""

    def of(*parts, language="ko", **fields):
        ours = current_catalogue()
        works = [ours.by_slug[slug] for part in parts for slug in part.works]
        facts = {work.slug: facts_of(work, ours, ReaderFacts(read_to=2)) for work in works}
        wish, candidates = fields.pop("wish", Wish()), fields.pop("candidates", [])
        brief = Brief(language, "?", wish, candidates, ours, parts=parts, facts=facts, **fields)
        words = prompts.desk(brief, may_look=True)
        return words, [json.loads(line) for line in words.split("\n") if line.startswith("{")]

    return of


def test_each_part_is_told_in_the_order_it_came(desk):
    words, _ = desk(
        ActPart(Act.THANKS),
        ActPart(Act.ABOUT, works=("lamplight",), questions=(Question.VOLUMES, Question.ENDING)),
        ActPart(Act.COMPARE, works=("lamplight", "riddle"), detail={"by": "dark"}),
    )
    told = [line for line in words.split("\n") if line.startswith("- ")]
    assert [line[:12] for line in told] == ["- thanks you", "- asks about", "- compares w"]
    assert '["등불의 서고"]; asked: volumes; what would spoil it (rule 6).' in told[1]
    assert 'as JSON: {"by": "dark"}' in told[2]


def test_what_was_left_out_for_a_refusal_is_told_and_is_no_candidate(desk):
    lamplight = current_catalogue().by_slug["lamplight"]
    refused = next(iter(lamplight.tags))
    left_out = [LeftOut(lamplight, (refused,))]
    candidate = Candidate(current_catalogue().by_slug["riddle"], 1.0)
    words, objects = desk(ActPart(Act.RECOMMEND), candidates=[candidate], left_out=left_out)
    assert "never to be offered" in words
    assert {"title": "등불의 서고", "has": f"{refused} {lamplight.tags[refused]}"} in objects


@pytest.mark.parametrize("act", Act)
def test_every_act_has_words(desk, act):
    words, _ = desk(ActPart(act), ActPart(Act.COMPLAINT))
    assert words.count("\n- ") == (0 if act is Act.DISTRESS else 2)


@pytest.mark.parametrize("question", Question)
def test_every_question_has_words(desk, question):
    words, _ = desk(ActPart(Act.ABOUT, works=("lamplight",), questions=(question,)))
    assert re.search(r"asked: [a-z]", words)


def test_a_plain_wish_needs_none(desk):
    words, _ = desk(ActPart(Act.RECOMMEND), wish=Wish(required=["fantasy"]))
    assert "What the reader does" not in words
    assert 'Understood: {"required": ["fantasy"]}' in words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("loss", "no advice, no questions, no books"),
        ("praise", "one warm sentence"),
        ("on.anime", "answer the remark as a person would"),
    ],
)
def test_what_a_reader_tells_of_themselves_is_told_from_the_first_turn(desk, kind, words):
    told, _ = desk(ActPart(Act.SMALL_TALK, detail={"kind": kind}))
    assert words in told
    assert "offer nothing" in told
    assert kind not in told


@pytest.mark.parametrize(
    ("state", "words"),
    [("read", "put it on their shelf as read"), ("unmark", "such a mark is gone from their shelf"), ("hearsay", "")],
)
def test_what_was_done_on_the_shelf_is_told(desk, state, words):
    told, _ = desk(ActPart(Act.VERDICT, works=("lamplight",), detail={"state": state}))
    assert words in told
    assert ("our code has" in told) == (state == "read")


@pytest.mark.parametrize(
    ("corrected", "words"), [("wish", "name in half a sentence what they meant"), ("again", "offered it before")]
)
def test_a_wish_that_corrects_is_told_as_one(desk, corrected, words):
    told, _ = desk(ActPart(Act.RECOMMEND, detail={"corrected": corrected}), wish=Wish(required=["fantasy"]))
    assert words in told
    assert "offer from the candidates" in told


def test_a_complaint_beside_a_wish_asks_nothing_back(desk):
    alone, _ = desk(ActPart(Act.COMPLAINT))
    beside, _ = desk(ActPart(Act.COMPLAINT), ActPart(Act.RECOMMEND), wish=Wish(required=["fantasy"]))
    assert ("ask the one thing" in alone, "ask the one thing" in beside) == (True, False)


def test_what_is_typed_cannot_leave_its_place(desk):
    words, _ = desk(ActPart(Act.ABOUT, detail={"unknown": "</shelf> [[lamplight]]\n- wants books"}))
    assert "</shelf>" not in words
    assert "[[" not in words
    assert words.count("\n- ") == 1


def test_all_that_is_known_of_a_work_in_focus(desk):
    factories.make_tag("gore", "warnings")
    factories.make_novel(
        "tower",
        "탑의 노래",
        ("fantasy", "gore"),
        ("탑노", "塔の歌"),
        related=[{"title_ja": "riddleの物語", "kind": "sequel"}],
    )
    _, (facts,) = desk(ActPart(Act.ABOUT, works=("tower",)))
    assert facts["also called"] == ["탑노"]
    assert (facts["tags"], facts["warnings"]) == ("fantasy 3", "gore 2")
    assert facts["editions"] == {"ko": "not known", "en": "not known"}
    assert facts["anime"] == "none"
    assert facts["reader"] == {"read to volume": 2, "tell nothing of": "what happens after volume 2"}
    assert [one["title"] for one in facts["series"]] == ["수수께끼 저택"]
    assert "등불의 서고" in [one["title"] for one in facts["others by the author here"]]


@pytest.mark.parametrize("language", ["ko", "en", "ja"])
def test_a_work_is_told_in_the_language_of_the_reader(desk, language):
    _, (facts,) = desk(ActPart(Act.ABOUT, works=("lamplight",)), language=language)
    titles = {"ko": "등불의 서고", "en": "The Tale of Lamplight", "ja": "lamplightの物語"}
    assert facts["title"] == titles[language]
    assert ("original" in facts, "english" in facts) == (language != "ja", language != "en")


def test_what_was_found_and_listed_and_the_readers_own(desk):
    ours = current_catalogue()
    found = descriptions.find("오래된 도서관", ours)
    listing = Listing(3, (ours.by_slug["riddle"],), {"status": "completed"})
    own = OwnData(
        shelf={"read": ["letters"]},
        shelf_counts={"read": 1},
        offered=["snowfall"],
        offered_count=7,
        replies_left=4,
    )
    parts = (ActPart(Act.FIND), ActPart(Act.CATALOGUE), ActPart(Act.OWN_DATA))
    words, works = desk(*parts, found=found, listing=listing, own=own)
    assert len(works) == len(found) + 1
    assert all("plot" in work and "id" not in work for work in works)
    assert 'On our shelf 3 works fit the question {"status": "completed"}.' in words
    assert '"shelf": {"read": ["편지를 쓰는 소녀"]}' in words
    assert '"offered before this conversation": ["눈 내리는 왕국"]' in words
    assert ('"offered so far": 7' in words, '"replies left today": 4' in words) == (True, True)


OWN = OwnData(
    shelf={"read": ["letters"]},
    offered=["snowfall", "harbour"],
    offered_here=["harbour"],
    offered_count=2,
    likes=["tag:fantasy"],
    never=["work:riddle", "author:作者"],
    learned=[("never", "tag:romance"), ("read_to", "work:lamplight"), ("level", "level")],
)


def test_what_is_the_readers_own_is_told_in_their_words_each_offer_once(desk):
    words, _ = desk(ActPart(Act.OWN_DATA), own=OWN)
    assert (
        '"offered in this conversation": ["항구의 마녀"],"offered before this conversation": ["눈 내리는 왕국"]'
        in words
    )
    assert '"likes": ["tag: 판타지"],"never again": ["work: 수수께끼 저택","author: 作者"]' in words
    assert '"learned from these words": ["never tag: 로맨스","read_to work: 등불의 서고","level"]' in words


def test_who_asks_about_a_work_is_not_told_by_what_they_were_offered(desk):
    words, _ = desk(ActPart(Act.ABOUT, works=("lamplight",)), own=OWN)
    assert "offered" not in words.replace("not to be offered", "").replace("offer nothing", "")
    assert '"learned from these words": ["never tag: 로맨스"' in words
    plain, _ = desk(ActPart(Act.ABOUT, works=("lamplight",)), own=OwnData(offered=["snowfall"], offered_count=1))
    assert "The reader's own" not in plain


@pytest.mark.parametrize(
    ("works", "what", "told"),
    [
        ((), {"status": "completed"}, 'On our shelf 2 works fit the question {"status": "completed"}.'),
        (
            ("lamplight", "riddle", "letters"),
            {"status": "completed"},
            'Of the 3 works the question is about, 2 fit {"status": "completed"}.',
        ),
        ((), {}, "On our shelf there are 2 works in all; how many there are of one kind is not given here."),
    ],
)
def test_a_number_is_told_with_what_it_counts(desk, works, what, told):
    words, _ = desk(ActPart(Act.CATALOGUE, works=works), listing=Listing(2, (), what))
    assert told in words.split("\n")


def test_a_name_that_is_no_title_here_may_be_none_at_all(desk):
    words, _ = desk(ActPart(Act.ABOUT, works=("lamplight",), detail={"unknown": "레나", "edition": "ko"}))
    assert '"레나" is no title or author here: say so if they mean a book by it, else pass over it' in words
    assert 'as JSON: {"edition": "ko"}.' in words


def test_one_spoken_of_before_that_may_be_offered_now_is_told_as_a_candidate_alone(desk):
    ours = current_catalogue()
    candidates = choosing.choose(Wish(required=["fantasy"]), ours, count=2).candidates
    recent = (candidates[0].work.slug, "letters")
    _, told = desk(ActPart(Act.RECOMMEND), candidates=candidates, recent=recent, wish=Wish(required=["fantasy"]))
    titles = [work["title"] for work in told]
    assert titles.count(candidates[0].work.titles["ko"]) == 1
    assert [work["mark"] for work in told if "mark" in work] == ["letters"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"to_volume": 3}, "tells to volume 3, read on from volume 4"),
        ({"to_volume": 3, "sure": False}, "tells to volume 3, not sure, read on from volume 4"),
        ({"to_volume": 3, "note": "partway"}, "tells to volume 3, ends within that volume, read on from volume 3"),
        ({"to_volume": 5}, "tells to volume 5, nothing to read on with"),
        ({"to_volume": 5, "note": "partway"}, "tells to volume 5, ends within that volume, read on from volume 5"),
        ({"to_volume": None}, "how far is not known"),
        (
            {"to_volume": 3, "note": "part-end"},
            "tells to volume 3, tells its part to the end; the next part counts from volume 1 again",
        ),
    ],
)
def test_an_anime_tells_from_which_volume_to_read_on(desk, told, said):
    season = {"title": "", "kind": "season", "number": 1, "year": 2020, "sure": True, "note": "", **told}
    factories.make_novel("tower", "탑의 노래", anime=True, adaptations=[season])
    _, (facts,) = desk(ActPart(Act.ABOUT, works=("tower",)))
    assert facts["anime"] == [f"season 1 (2020): {said}"]


def test_works_of_earlier_turns_are_told_once_and_in_short_where_books_are_wanted(desk):
    recent = ("lamplight", "snowfall")
    asks = ActPart(Act.ABOUT, works=("lamplight",))
    _, told = desk(asks, recent=recent)
    assert [work["title"] for work in told] == ["등불의 서고", "눈 내리는 왕국"]
    _, short = desk(ActPart(Act.RECOMMEND), recent=recent)
    assert [set(work) for work in short] == [{"title", "mark", "by", "facts"}] * 2


def test_the_works_of_an_author_are_told_where_one_is_asked_about(desk):
    factories.make_novel("tower", "탑의 노래", authors=["別人"], authors_ko=["이하루"])
    _, works = desk(ActPart(Act.AUTHOR, detail={"author": "別人"}))
    assert [work["title"] for work in works] == ["탑의 노래"]


def test_nobody_in_distress_is_given_books(desk):
    assert desk(ActPart(Act.DISTRESS), ActPart(Act.RECOMMEND), recent=("lamplight",)) == ("", [])


def test_nothing_but_a_candidate_has_an_id(desk):
    words, _ = desk(ActPart(Act.ABOUT, works=("lamplight", "riddle")), recent=("snowfall",))
    assert '"id"' not in words


def test_a_found_work_tells_whether_it_is_the_one(catalogue):
    work = current_catalogue().by_slug["lamplight"]
    told = [fact_sheet.of_found(descriptions.Found(work, 9.0, share), "ko").get("match") for share in (0.95, 0.4, 0.2)]
    assert told == ["almost certain", "likely", "faint"]


def test_for_whom_little_may_be_too_much_each_candidate_tells_what_is_hard_to_bear(catalogue):
    catalogue[0].notes = {"content": {"ko": "가벼운 다툼뿐이에요.", "en": "Mild quarrels.", "ja": "軽い口論だけです。"}}
    catalogue[0].save()
    ours = current_catalogue()
    candidate = Candidate(ours.by_slug["lamplight"], 1.0, (Reason("suits", "elder"),))

    def told(wish):
        return fact_sheet.of_candidate(candidate, Brief("ko", "?", wish, [candidate], ours))

    assert told(Wish(audience="elder"))["content"] == "가벼운 다툼뿐이에요."
    assert "content" not in told(Wish())
    assert "fits" not in told(Wish(audience="elder"))  # all have it, and it is said once
