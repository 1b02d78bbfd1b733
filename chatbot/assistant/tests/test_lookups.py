"""The functions that tell facts, works in focus, and turns whose act the model reads otherwise: over the real wires."""

import json
import re

import pytest

from chatbot.assistant import chatgpt, lookups
from chatbot.assistant.instructions import SHIPPED
from chatbot.assistant.prompts import secret
from chatbot.assistant.stream_filter import StreamFilter, written_calls
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.language.wishes.wish import Wish
from chatbot.presentation.turns import present
from chatbot.tests import factories
from chatbot.tests.upstream import Finish, calls, calls_of, last_of, slugs_offered, texts_of, tools_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("api")]

ANSWER = ["『등불의 서고』는 다섯 권으로 끝난 이야기예요."]


@pytest.fixture
def talk(conversing, upstream):
    """Ask in one conversation, each turn answered by its scripts."""

    def say(text, *scripts):
        upstream.says(*scripts)
        return conversing(text)

    return say


def objects_in(text):
    return [json.loads(line) for line in text.split("\n") if line.startswith("{")]


def looks_up(*names, **more):
    return list(calls({"names": list(names)}, name="look_up_works", **more))


def finds(text, **more):
    return list(calls({"text": text}, name="find_by_description", **more))


def made(name, arguments, index):
    """A whole call, one of several in an answer."""
    function = {"name": name, "arguments": json.dumps(arguments, ensure_ascii=False)}
    return {"tool_calls": [{"index": index, "id": f"call_{index}", "type": "function", "function": function}]}


# --- What it is given unasked -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["등불의 서고 3권까지 봤는데 레나는 결국 누구랑 이어져?", "등불의 서고 표지에 있는 사람은 누구야?"]
)
def test_a_work_that_the_words_name_is_told_whatever_they_were_read_as(talk, upstream, text):
    turn = talk(text, ANSWER)
    told = [work["title"] for work in objects_in(last_of(upstream.requests[0], "user") + desk_of(upstream.requests[0]))]
    assert told[0] == "등불의 서고"
    assert turn.reading["spoken"] == ["lamplight"]


def desk_of(request):
    return "\n".join(text for role, text in texts_of(request) if role == "developer")


# --- Looking works up ----------------------------------------------------------------------------------------------


def test_facts_come_back_in_the_same_exchange(talk, upstream):
    turn = talk("안녕하세요", looks_up("등불의 서고"), ANSWER)
    assert (turn.state, turn.reply, turn.attempts) == ("done", ANSWER[0], 2)
    first, second = upstream.requests
    assert texts_of(second)[: len(texts_of(first))] == texts_of(first)
    ((ident, name, arguments),) = calls_of(second)
    assert (ident, name, json.loads(arguments)) == ("call_a", "look_up_works", {"names": ["등불의 서고"]})
    (facts,) = objects_in(last_of(second, "tool"))
    assert (facts["title"], facts["volumes"], facts["status"], facts["by"]) == ("등불의 서고", 5, "completed", "作者")
    assert slugs_offered(second) == []


def test_an_author_is_looked_up_too(talk, upstream):
    factories.make_novel("tower", "탑의 노래", authors=["別人"], authors_ko=["이하루"])
    factories.make_novel("bridge", "다리 위의 밤", authors=["別人"], authors_ko=["이하루"])
    talk("안녕하세요", looks_up("이하루"), ANSWER)
    (facts,) = objects_in(last_of(upstream.requests[1], "tool"))
    assert facts["author"] == "이하루"
    assert {work["title"] for work in facts["works here"]} == {"탑의 노래", "다리 위의 밤"}


def test_what_is_not_here_is_said_to_be_just_that(talk, upstream):
    talk("안녕하세요", looks_up("세상에 없는 책", "등불의 서고"), ANSWER)
    missing, known = objects_in(last_of(upstream.requests[1], "tool"))
    assert missing == {"name": "세상에 없는 책", "facts": "not on our shelf"}
    assert known["title"] == "등불의 서고"


def test_a_part_of_a_name_finds_the_works_that_have_it(talk, upstream):
    factories.make_novel("tower", "탑의 노래와 새벽")
    factories.make_novel("bridge", "다리 위의 새벽까지")
    talk("안녕하세요", looks_up("의 새벽"), ANSWER)
    (told,) = objects_in(last_of(upstream.requests[1], "tool"))
    assert [work["title"] for work in told["may be one of"]] == ["다리 위의 새벽까지"]


def test_a_work_that_was_looked_up_and_named_is_one_spoken_of(talk):
    turn = talk("안녕하세요", looks_up("등불의 서고", "항구의 마녀"), ANSWER)
    assert turn.reading["spoken"] == ["lamplight"]
    assert [one.novel.slug for one in present([turn])[0].spoken] == ["lamplight"]
    assert not turn.picks.exists()


def test_operators_see_what_was_looked_up(talk):
    turn = talk("안녕하세요", looks_up("등불의 서고", "없는 책"), ANSWER)
    (call,) = turn.calls
    assert (call["name"], call["works"], call["fault"], call["told"]) == ("look_up_works", ["lamplight"], "", {})
    assert json.loads(call["said"]) == {"names": ["등불의 서고", "없는 책"]}


def test_the_admin_page_tells_of_it(talk, client):
    turn = talk("안녕하세요", looks_up("등불의 서고"), ANSWER)
    client.force_login(factories.make_reader("operator", is_staff=True, is_superuser=True))
    factories.give_reason(client)
    page = client.get(f"/admin/chatbot/conversation/{turn.conversation_id}/change/", follow=True).content.decode()
    assert "<code>look_up_works</code>: " in page


# --- Finding by a description --------------------------------------------------------------------------------------


def test_a_description_finds_works(talk, upstream):
    factories.make_novel("barber", "마왕의 이발사", synopsis_ko="변방의 이발사가 되살아난 마왕의 머리를 자르게 된다.")
    turn = talk("안녕하세요", finds("이발사가 마왕 머리를 자르는 이야기"), ["『마왕의 이발사』 아닌가요?"])
    found = objects_in(last_of(upstream.requests[1], "tool"))
    assert found[0]["title"] == "마왕의 이발사"
    assert "이발사" in found[0]["plot"]
    assert len(found) <= lookups.MAX_FOUND
    assert turn.reading["spoken"] == ["barber"]
    assert turn.calls[0]["works"][0] == "barber"


# --- Several calls -------------------------------------------------------------------------------------------------


def test_several_calls_of_one_answer_are_all_answered(talk, upstream):
    both = [
        made("look_up_works", {"names": ["등불의 서고"]}, 0),
        made("look_on_shelf", {"required": ["mystery"]}, 1),
        Finish("tool_calls"),
    ]
    turn = talk("수사하는 이야기", both, ["[[riddle]] 수수께끼가 좋아요."])
    second = upstream.requests[1]
    assert [name for _, name, _ in calls_of(second)] == ["look_up_works", "look_on_shelf"]
    results = [text for role, text in texts_of(second) if role == "tool"]
    assert ["등불의 서고" in results[0], "These replace" in results[1]] == [True, True]
    assert [pick.novel.slug for pick in turn.picks.all()] == ["riddle"]
    assert turn.attempts == 2


def test_an_unreadable_call_beside_one_that_can_be_read_is_left_out(talk, upstream):
    both = [made("read_file", {"path": "/etc/passwd"}, 0), made("look_up_works", {"names": ["등불의 서고"]}, 1)]
    turn = talk("안녕하세요", [*both, Finish("tool_calls")], ANSWER)
    assert [name for _, name, _ in calls_of(upstream.requests[1])] == ["look_up_works"]
    assert [bool(call["fault"]) for call in turn.calls] == [True, False]


def test_no_more_calls_are_carried_out_than_a_reply_may_make(talk, upstream):
    many = [made("look_up_works", {"names": ["등불의 서고"]}, place) for place in range(8)]
    turn = talk("안녕하세요", [*many, Finish("tool_calls")], ANSWER)
    assert len(calls_of(upstream.requests[1])) == chatgpt.MAX_CALLS
    assert upstream.requests[1]["tool_choice"] == "none"
    assert [call["fault"] for call in turn.calls] == [""] * chatgpt.MAX_CALLS + ["called too often"] * 2


def test_rounds_of_calls_come_to_an_end(talk, upstream):
    turn = talk("안녕하세요", *[looks_up("등불의 서고")] * chatgpt.MAX_ROUNDS, ANSWER)
    assert turn.reply == ANSWER[0]
    assert [request["tool_choice"] for request in upstream.requests] == ["auto"] * chatgpt.MAX_ROUNDS + ["none"]


# --- Hostile arguments ---------------------------------------------------------------------------------------------

HOSTILE = {
    "no names": {},
    "a number": {"names": 5},
    "nothing in it": {"names": ["", " ", None, {}]},
    "lists in a list": {"names": [["x"]]},
}


@pytest.mark.parametrize("arguments", HOSTILE.values(), ids=HOSTILE)
def test_what_names_nothing_is_no_call(talk, upstream, arguments):
    turn = talk("안녕하세요", list(calls(arguments, name="look_up_works")), ANSWER)
    assert (turn.state, turn.reply) == ("done", ANSWER[0])
    assert turn.calls[0]["fault"]
    assert tools_of(upstream.requests[1]) == []


def test_arguments_are_cleaned_and_bounded(talk, upstream):
    names = ["등불의\u0000 서고</shelf>", "[[lamplight]]", *("가" * 5000 for _ in range(40))]
    talk("안녕하세요", list(calls({"names": names[:2], "colour": "red"}, name="look_up_works")), ANSWER)
    result = last_of(upstream.requests[1], "tool")
    assert result.count("</shelf>") == 1
    assert "[[" not in result


def test_a_long_list_of_names_is_cut(reader, catalogue):
    brief = chatgpt.Brief("ko", "?", Wish(), [], current_catalogue())
    call = lookups.parse("look_up_works", {"names": [f"이름 {number}" for number in range(40)]}, brief)
    assert len(call.asked) == lookups.MAX_ASKED
    assert len(lookups.parse("find_by_description", {"text": "가" * 5000}, brief).asked[0]) <= lookups.MAX_TEXT


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize(
    "written",
    [
        '<tool_call>{"name": "look_up_works", "arguments": {"names": ["등불의 서고"]}}</tool_call>',
        '```json\n{"name": "look_up_works", "arguments": {"names": ["등불의 서고"]}}\n```',
        'look_up_works({"names": ["등불의 서고"]})',
    ],
)
def test_a_call_written_as_text_is_known_by_its_name(written, size):
    stream = StreamFilter(secret(SHIPPED))
    shown = "".join(stream.take(written[place : place + size]) for place in range(0, len(written), size))
    assert (shown + stream.rest()).strip() == ""
    assert stream.calls.named == [("look_up_works", {"names": ["등불의 서고"]})]


def test_a_written_call_names_the_first_function_it_speaks_of():
    assert written_calls.name_in("find_by_description then look_up_works") == "find_by_description"
    assert written_calls.name_in('{"required": []}') == "look_on_shelf"


def test_who_only_writes_calls_out_gets_the_facts_in_the_next_prompt(talk, upstream):
    written = ['<tool_call>{"name": "look_up_works", "arguments": {"names": ["등불의 서고"]}}</tool_call>']
    turn = talk("안녕하세요", written, ANSWER)
    assert turn.reply == ANSWER[0]
    assert tools_of(upstream.requests[1]) == []
    told = "\n".join(text for role, text in texts_of(upstream.requests[1]) if role != "system")
    assert [facts["title"] for facts in objects_in(told)] == ["등불의 서고"]


# --- Acts and the works in focus -----------------------------------------------------------------------------------


def test_a_question_is_told_in_words_and_by_all_facts(talk, upstream):
    factories.make_novel(
        "tower",
        "탑의 노래",
        ("fantasy",),
        illustrators=["絵師"],
        editions={"ko": {"known": True, "publisher": "새벽출판"}, "en": {"known": None, "publisher": ""}},
        anime=True,
        adaptations=[
            {"title": "", "kind": "season", "number": 2, "year": 2020, "to_volume": 5, "sure": False, "note": "skips"}
        ],
    )
    talk("『탑의 노래』 몇 권이에요?", ANSWER)
    words = "\n".join(text for role, text in texts_of(upstream.requests[0]) if role != "system")
    assert 'asks about a work; of ["탑의 노래"]; asked: volumes' in words
    assert "offer nothing" in words
    (facts,) = objects_in(words)
    assert facts["illustrated by"] == "絵師"
    assert facts["editions"] == {"ko": "새벽출판", "en": "not known"}
    assert facts["anime"] == ["season 2 (2020): tells to volume 5, not sure, leaves out parts of the books"]
    assert facts["warnings"] == "none noted"


def test_a_work_in_focus_that_is_marked_is_a_title_and_no_card(talk):
    turn = talk("『등불의 서고』 몇 권이에요?", ["[[lamplight]] 다섯 권으로 끝났어요."])
    assert not turn.picks.exists()
    (presented,) = present([turn])
    assert not [card for block in presented.blocks for card in block.cards or ()]
    assert [one.novel.slug for one in presented.spoken] == ["lamplight"]


def test_works_of_earlier_turns_are_told_when_the_turn_only_talks(talk, upstream):
    first = talk("판타지 추천해 주세요", ["[[lamplight]] 차분해요.\n\n[[snowfall]] 눈이 와요."])
    assert first.picks.count() == 2
    for said in ("고마워요", "안녕하세요"):
        before = len(upstream.requests)
        talk(said, ["네, 언제든 오세요."])
        words = "\n".join(text for role, text in texts_of(upstream.requests[before]) if role != "system")
        facts = objects_in(words)
        assert [one["title"] for one in facts] == ["등불의 서고", "눈 내리는 왕국"]
        assert all({"by", "facts", "plot"} <= set(one) for one in facts)


def test_who_is_in_distress_gets_no_books(talk, upstream):
    talk("판타지 추천해 주세요", ["[[lamplight]] 차분해요."])
    talk("죽고 싶어요", ["많이 힘드셨겠어요. 109에서 언제든 들어 드려요."])
    assert texts_of(upstream.requests[-1])[-1] == ("user", "죽고 싶어요")


# --- A turn whose act the model reads otherwise --------------------------------------------------------------------


def test_a_question_may_turn_out_to_be_a_wish(talk, upstream):
    picks = ["[[riddle]] 수수께끼가 좋아요."]
    turn = talk("『등불의 서고』 작가가 누구예요?", list(calls({"required": ["mystery"]})), picks)
    assert [pick.novel.slug for pick in turn.picks.all()] == ["riddle"]
    assert turn.wish["required"] == ["mystery"]
    assert {"riddle"} <= {one["slug"] for one in turn.candidates}
    assert turn.reading["wish"] == turn.text
    assert [part["act"] for part in turn.reading["parts"]][-1] == "recommend"


def test_a_wish_with_nothing_in_it_gives_candidates_to_a_turn_without(talk, upstream):
    turn = talk("안녕하세요", list(calls({})), ["[[lamplight]] 차분해요."])
    assert turn.candidates
    assert [pick.novel.slug for pick in turn.picks.all()] == ["lamplight"]


def test_a_wish_may_turn_out_to_be_a_question(talk):
    answer = ["판타지는 마법이나 다른 세계가 나오는 이야기를 말해요."]
    turn = talk("판타지 추천이라는 게 뭐예요?", answer)
    assert (turn.state, turn.reply) == ("done", answer[0])
    assert not turn.picks.exists()


# --- What a model put right ------------------------------------------------------------------------------------------


def understood(request):
    (told,) = re.findall(r"^Understood[^:]*: (\{.*\})$", "\n".join(text for _, text in texts_of(request)), re.MULTILINE)
    return json.loads(told)


def looks(**arguments):
    return list(calls(arguments, name="look_on_shelf"))


def test_what_was_put_right_is_not_misread_again(talk, upstream):
    talk("판타지 추천해 주세요", looks(misread=["fantasy"], unwanted=["romance"], count=2), ANSWER)
    talk("더 추천해 주세요", ANSWER)
    wish = understood(upstream.requests[-1])
    assert "fantasy" not in wish.get("required", [])
    assert wish["unwanted"] == ["romance"]
    assert "count" not in wish


def test_what_the_reader_says_since_counts_more(talk, upstream):
    talk("판타지 추천해 주세요", looks(misread=["fantasy"], unwanted=["romance"]), ANSWER)
    talk("로맨스 판타지로 다시 추천해 주세요", ANSWER)
    wish = understood(upstream.requests[-1])
    assert {"fantasy", "romance"} <= {*wish["required"]}
    assert "romance" not in wish.get("unwanted", [])
