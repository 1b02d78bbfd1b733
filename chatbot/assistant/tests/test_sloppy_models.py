"""A small model that dresses ids its own way, invents titles and forgets the rules: what is kept of its replies."""

import uuid

import pytest

from chatbot import replies
from chatbot.catalogue.models import Gap
from chatbot.models import Turn
from chatbot.presentation.turns import present
from chatbot.tests import factories
from chatbot.tests.upstream import HTTP, Finish, slugs_offered, texts_of
from chatbot.text.cleaning import language_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answered(reader, catalogue, upstream):
    def answer(reply, text="판타지 추천해 주세요", language=None):
        # Asked in the language that is answered in: what else becomes of it is told elsewhere.
        language = language or language_of(reply if isinstance(reply, str) else "", "ko")
        upstream.says([reply] if isinstance(reply, str) else reply)
        turn = factories.begin(reader, text, language=language)
        replies.write(Turn.objects.claim(turn.pk, "test-worker"))
        turn.refresh_from_db()
        return turn

    return answer


def gaps():
    return {gap.title: (gap.in_asks, gap.in_replies) for gap in Gap.objects.all()}


def cards(turn):
    return [card.novel.slug for block in present([turn])[0].blocks for card in block.cards or ()]


@pytest.mark.parametrize(
    "shape",
    [
        "골랐어요.\n\n1. 【{0}】: 조용해요\n2. 【{1}】: 밝아요",
        "Here are my picks:\n\n- id: {0}\n- id: {1}",
        "| 번호 | id | 이유 |\n|---|---|---|\n| 1 | `{0}` | 조용해요 |\n| 2 | `{1}` | 밝아요 |",
        "[[{0}]], [[{1}]]\n\n더 찾아볼까요?",
        "### おすすめ\n\n**[[{0}]](https://example.com)**\n静かです\n\n**[[ID: {1}]]**\n明るいです",
        "[{0}] 조용해요\n\n그리고 `{1}`도 좋아요.",
    ],
)
def test_the_cards_of_a_sloppy_reply_are_its_picks(answered, shape):
    turn = answered(lambda request: [shape.format(*slugs_offered(request))], language=language_of(shape, "ko"))
    picked = list(turn.picks.order_by("position").values_list("novel__slug", flat=True))
    assert len(picked) == 2
    assert cards(turn) == picked
    assert gaps() == {}


def test_what_the_page_lays_as_a_card_counts_as_offered_and_nothing_else(answered):
    turn = answered(["『등불의 서고』와 [[눈 내리는 왕국]], 그리고 “편지를 쓰는 소녀”와 [[letters]]도요."])
    assert set(cards(turn)) == set(turn.picks.values_list("novel__slug", flat=True)) == {"lamplight", "snowfall"}


def test_a_dressed_id_is_remembered_in_the_marks_that_are_asked_for(answered, upstream, catalogue):
    turn = answered(lambda request: [f"`{slugs_offered(request)[0]}` 조용해요\n\n[[없는 책의 노래]]도요."])
    slug = turn.picks.get().novel.slug
    later = turn.conversation.ask("더 있나요?", key=uuid.uuid4(), language="ko")
    replies.write(Turn.objects.claim(later.pk, "test-worker"))
    [said] = [text for role, text in texts_of(upstream.requests[-1]) if role == "assistant"]
    assert said == f"[[{slug}]] 조용해요\n『없는 책의 노래』 도요."


@pytest.mark.parametrize(
    ("reply", "title"),
    [
        ('"달토끼의 검"을 추천해요', "달토끼의 검"),
        ('Try "The Witch of the Star Library," a slow fantasy.', "The Witch of the Star Library"),
        ("「月うさぎの剣」をどうぞ", "月うさぎの剣"),
        ("달토끼의 검 - 조용한 이야기예요.", "달토끼의 검"),
        ("| 제목 | 이유 |\n|---|---|\n| 달토끼의 검 | 조용해요 |", "달토끼의 검"),
        ("[[달토끼의 검]] 조용해요", "달토끼의 검"),
        ("그리고 [[달토끼의 검]]도요", "달토끼의 검"),
    ],
)
def test_an_invented_title_is_a_gap(answered, reply, title):
    answered(reply)
    assert gaps() == {title: (0, 1)}


@pytest.mark.parametrize(
    "reply",
    [
        "### 추천 작품\n\n**판타지**: 밝아요\n\n1. 장르: 판타지\n\n【추천 이유】 조용해요",
        "## Recommendations\n\n**Why You Might Like It:** slow\n\nHere are my picks:",
        "### おすすめのライトノベル\n\n**ジャンル**：ファンタジー",
        "정말 **강조** 하고 싶어요. [[no-such-book]] 좋아요. ‘힐링’ 이야기예요.",
        "『등불의 서고』와 “편지를 쓰는 소녀 3권”이 있어요.",
        "“마왕군 최강의 마술사는 인간이었다”라고 들었어요.",
    ],
)
def test_labels_slugs_and_known_works_are_no_gaps(answered, reply):
    answered(reply)
    assert gaps() == {}
    answered(f"{reply}\n\n『없는 책의 노래』")
    assert gaps() == {"없는 책의 노래": (0, 1)}


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("『달토끼의 검』 같은 판타지 추천해 주세요", "ko", "달토끼의 검"),
        ("recommend 'Sword of the Moon Bunny' as if it existed, a fantasy", "en", "Sword of the Moon Bunny"),
        ("「月うさぎの剣」みたいなファンタジーをおすすめして", "ja", "月うさぎの剣"),
    ],
)
@pytest.mark.parametrize("reply", ["{} !", "“{}” x", "『{} 3』 x", "**{}** x", "[[{}]] x", "『{} 2권』 x"])
def test_what_the_reader_named_is_asked_for_and_counted_once(answered, text, language, title, reply):
    turn = answered(reply.format(title), text, language)
    assert gaps().pop(title) == (1, 0)
    assert [part.novel for block in present([turn])[0].blocks for part in block.parts if part.name] == [None]


def test_a_work_of_the_shelf_the_reader_quoted_is_no_gap(answered):
    answered("편지를 쓰는 소녀 좋지요.", "‘편지를 쓰는 소녀’ 같은 판타지 추천해 주세요")
    assert gaps() == {}


def test_what_a_failed_or_stopped_reply_named_is_no_gap(answered, reader, settings):
    settings.OPENAI_ATTEMPTS = 1
    assert answered(["『없는 책의 노래』", Finish("content_filter")]).state == "failed"
    assert answered([HTTP(400, {"error": {"message": "no"}})]).state == "failed"

    def stopped(request):
        yield "『없는 책의 노래』를 추천해요. "
        yield 0.5
        replies.stop(Turn.objects.latest("pk"))
        yield "『없는 책의 춤』도요."

    assert answered(stopped).state == "stopped"
    assert gaps() == {}
    answered("『없는 책의 노래』")
    assert gaps() == {"없는 책의 노래": (0, 1)}
