"""A model that states wrong facts: what differs is marked, counted, and not remembered as true."""

import time
import uuid

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from chatbot import fact_check, replies
from chatbot.assistant.grounding import facts
from chatbot.catalogue.models import Novel
from chatbot.models import Turn
from chatbot.presentation.plain_text import plain_text
from chatbot.presentation.turns import present
from chatbot.tests import factories
from chatbot.tests.upstream import texts_of

pytestmark = pytest.mark.django_db(transaction=True)

ASKS = {
    "ko": "판타지 추천해 주세요",
    "en": "Please recommend me a fantasy",
    "ja": "ファンタジーをおすすめしてください",
}
TITLES = {"ko": "등불의 서고", "en": "The Tale of Lamplight", "ja": "lamplightの物語"}
# Of a work of five volumes, completed, begun in 2015, without an anime.
LIES = {
    "ko": "전 22권으로 이어지는 차분한 이야기예요. 2009년에 첫 권이 나왔어요. 애니메이션도 있어요.",
    "en": "It has 22 volumes. It was first published in 2009. It has an anime too.",
    "ja": "全22巻の静かな物語です。2009年に始まりました。アニメもあります。",
}
TRUTHS = {
    "ko": "전 5권으로 완결된 차분한 이야기예요. 2015년에 첫 권이 나왔어요. 애니메이션은 아직 없어요.",
    "en": "It is complete in five volumes. It was first published in 2015. It has no anime.",
    "ja": "全5巻で完結した静かな物語です。2015年に始まりました。アニメはまだありません。",
}
MARKS = {
    "ko": ("22권[서가에는 5권]", "2009년[서가에는 2015년 시작]", "애니메이션도 있어요[서가에는 애니메이션 없음]"),
    "en": (
        "22 volumes[on our shelf: 5 volumes]",
        "2009[on our shelf: begun in 2015]",
        "has an anime[on our shelf: no anime]",
    ),
    "ja": ("22巻[書架では5巻]", "2009年[書架では2015年開始]", "アニメもあります[書架ではアニメなし]"),
}


def answered(reader, upstream, words, language="ko", conversation=None):
    upstream.says([words])
    if conversation:
        turn = conversation.ask(ASKS[language], key=uuid.uuid4(), language=language)
    else:
        turn = factories.begin(reader, ASKS[language], language=language)
    replies.write(Turn.objects.claim(turn.pk, "test-worker"))
    turn.refresh_from_db()
    assert turn.state == "done", turn.failure_detail
    return turn


def shown(turn, language="ko"):
    with override(language):
        (presented,) = present([turn])
        html = render_to_string("chatbot/turn/_reply.html", {"presented": presented})
        return html, plain_text(presented)


def kinds(turn):
    return [(one["slug"], one["kind"]) for one in turn.corrections]


@pytest.mark.parametrize("language", LIES)
@pytest.mark.parametrize("frame", ["reason", "prose"])
def test_wrong_facts_are_marked_in_place(reader, catalogue, upstream, language, frame):
    told = f"[[lamplight]] {LIES[language]}" if frame == "reason" else f"『{TITLES[language]}』 — {LIES[language]}"
    turn = answered(reader, upstream, told, language)
    assert kinds(turn) == [("lamplight", "volumes"), ("lamplight", "year"), ("lamplight", "anime")]
    html, copied = shown(turn, language)
    assert html.count("data-differs") == 3
    for mark in MARKS[language]:
        said, fact = mark.rstrip("]").split("[")
        assert mark in copied
        assert f"{said}<span" in html
        assert f"[{fact}]" in html


@pytest.mark.parametrize("language", TRUTHS)
def test_true_facts_are_not_marked(reader, catalogue, upstream, language):
    turn = answered(reader, upstream, f"[[lamplight]] {TRUTHS[language]}", language)
    assert turn.corrections == []
    assert "data-differs" not in shown(turn, language)[0]


def test_the_mark_speaks_the_language_of_the_reply_whatever_that_of_the_page(reader, catalogue, upstream):
    turn = answered(reader, upstream, f"[[lamplight]] {LIES['ko']}")
    assert "22권[서가에는 5권]" in shown(turn, "en")[1]
    assert "22권[서가에는 5권]" in shown(turn, "ja")[1]


def test_a_row_mended_later_changes_no_mark(reader, catalogue, upstream):
    turn = answered(reader, upstream, "[[lamplight]] 전 22권이에요.")
    Novel.objects.filter(slug="lamplight").update(volumes=22)
    turn.refresh_from_db()
    assert "22권[서가에는 5권]" in shown(turn)[1]


def test_the_same_words_are_marked_only_where_they_are_wrong(reader, catalogue, upstream):
    Novel.objects.filter(slug="snowfall").update(volumes=22)
    factories.Revision.advance()
    turn = answered(reader, upstream, "『눈 내리는 왕국』은 전 22권이에요.\n\n『등불의 서고』는 전 22권이에요.")
    assert [(one["slug"], one["nth"]) for one in turn.corrections] == [("lamplight", 1)]
    copied = shown(turn)[1]
    assert copied.count("22권[서가에는 5권]") == 1
    assert "『등불의 서고』는 전 22권[서가에는 5권]이에요." in copied


def test_an_author_in_bold_is_marked_behind_the_bold(reader, catalogue, upstream):
    Novel.objects.filter(slug="lamplight").update(authors=["川村春"], authors_en=["Haru Kawamura"])
    factories.Revision.advance()
    turn = answered(
        reader, upstream, "『The Tale of Lamplight』 was written by **Shota Hayashi** in a cold winter.", "en"
    )
    assert kinds(turn) == [("lamplight", "author")]
    assert "Haru Kawamura" in shown(turn, "en")[1]


def test_what_the_catalogue_does_not_know_is_not_marked(reader, catalogue, upstream):
    Novel.objects.filter(slug="lamplight").update(editions={"en": {"known": None}}, illustrators=[])
    factories.Revision.advance()
    told = "『등불의 서고』는 영어판도 나와 있어요. 일러스트는 abec예요. 『없는 책 이야기』는 전 30권이에요."
    assert answered(reader, upstream, told).corrections == []


def test_a_reply_that_is_stopped_is_checked_too(reader, catalogue):
    turn = factories.begin(reader)
    claimed = Turn.objects.claim(turn.pk, "test-worker")
    candidate = {"pk": catalogue[0].pk, "slug": "lamplight", "score": 1, "reasons": [], "breaches": []}
    claimed.progress(reply="[[lamplight]] 전 22권으로 이어지는 이야기예요.", candidates=[candidate])
    assert replies.stop(turn)
    turn.refresh_from_db()
    assert kinds(turn) == [("lamplight", "volumes")]
    assert "22권[서가에는 5권]" in shown(turn)[1]


def test_a_check_that_breaks_loses_no_reply(reader, catalogue, upstream, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise RuntimeError("out of order")

    monkeypatch.setattr(facts, "corrections_in", broken)
    turn = answered(reader, upstream, f"[[lamplight]] {LIES['ko']}")
    assert turn.picks.count() == 1
    assert turn.corrections == []
    assert "were not checked" in caplog.text


def test_the_model_remembers_what_the_catalogue_says(reader, catalogue, upstream):
    first = answered(reader, upstream, "[[lamplight]] 전 22권이에요.")
    answered(reader, upstream, "네, 그래요. 더 찾아볼까요?", conversation=first.conversation)
    remembered = [text for role, text in texts_of(upstream.requests[-1]) if role == "assistant"]
    assert "22권 (wrong; the catalogue says 5 volumes)" in "\n".join(remembered)


@pytest.mark.parametrize(
    "kept", [[{}], [{"said": 5}], [{"said": "22권", "nth": 0, "kind": "x", "catalogue": {"ko": ["<b>"]}}]]
)
def test_whatever_is_kept_can_be_shown(reader, catalogue, kept):
    turn = factories.make_turn(reader=reader, reply="전 22권이에요.", corrections=kept)
    assert "<b>" not in shown(turn)[0]


HOSTILE = {
    "numbers": "22권 완결 " * 1200,
    "titles": "『등불의 서고』는 전 22권이에요. " * 500,
    "one sentence": "『등불의 서고』는 " + "전 22권, " * 1500,
    "brackets": "『" * 6000 + "등불의 서고" + "』" * 5000,
    "letters": "a" * 12000,
    "spaces": "전 " + " " * 11000 + "22권",
    "years": "2009 " * 2400,
    "authors": "written by " + "Aa " * 3900,
    "japanese": "作者は" + "あ" * 11000,
    "is": "is " * 4000 + "complete",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_replies_are_read_in_time(catalogue, reader, name):
    turn = factories.make_turn(reader=reader, candidates=[{"slug": "lamplight", "titles": ["등불의 서고"]}])
    reply = HOSTILE[name][:12_000]
    fact_check.corrections_of(turn, "x", None)  # loads the patterns
    started = time.process_time()
    found = fact_check.corrections_of(turn, reply, None)
    assert time.process_time() - started < 2
    assert len(found) <= facts.corrections.MAX_CORRECTIONS


def test_operators_find_count_and_read_them(admin_client, reader, catalogue, upstream):
    factories.give_reason(admin_client)
    wrong = answered(reader, upstream, f"[[lamplight]] {LIES['ko']}")
    answered(reader, upstream, f"[[snowfall]] {TRUTHS['ko']}")
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    listed = admin_client.get("/admin/chatbot/turn/", {"wrong_fact": "yes"})
    assert [one.pk for one in listed.context["cl"].result_list] == [wrong.pk]
    assert '<td class="field-wrong_facts">3</td>' in listed.content.decode()
    page = admin_client.get(f"/admin/chatbot/conversation/{wrong.conversation_id}/change/").content.decode()
    told = page[page.index("data-wrong-facts") :]
    assert "volumes: <q>22권</q> → 5 volumes" in told
    assert "anime: <q>애니메이션도 있어요</q> → no anime" in told
