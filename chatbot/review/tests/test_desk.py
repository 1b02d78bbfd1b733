"""The desk: from the queue to a verdict, by reviewers and nobody else."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from chatbot.catalogue.gaps import Gap
from chatbot.models import Criterion, Review, ReviewItem, Turn
from chatbot.review.models import Why
from chatbot.tests import factories

pytestmark = pytest.mark.django_db
QUEUE = "/admin/chatbot/reviewitem/"
DESK_QUERIES = 34


def reviewer_named(name):
    reviewer = factories.make_reader(name, is_staff=True)
    codenames = ["view_conversation", "view_turn", "view_reviewitem", "add_review", "change_review"]
    reviewer.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return reviewer


@pytest.fixture
def reviewer(db):
    return reviewer_named("reviewer")


@pytest.fixture
def at_desk(client, reviewer):
    client.force_login(reviewer)
    factories.give_reason(client)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ko"
    return client


@pytest.fixture
def criteria(db):
    Criterion.objects.all().delete()
    return [
        Criterion.objects.create(name="Grounded", description="Everything it says of books stands in the catalogue."),
        Criterion.objects.create(name="Charm", description="…", kind="scale", is_required=False, position=1),
    ]


@pytest.fixture
def queued(reader):
    def make(text="하렘 없는 판타지", weight=10):
        turn = factories.begin(reader, text)
        Turn.objects.filter(pk=turn.pk).update(state=Turn.State.DONE, reply="네, 찾아볼게요.")
        return ReviewItem.objects.note(turn, [(Why.FAILED, weight)])

    return make


def desk_of(item):
    return reverse("admin:chatbot_reviewitem_change", args=[item.pk])


def verdict(criteria, grounded="1", **more):
    return {f"score-{criteria[0].pk}": grounded, "notes": "", "corrected": "", "do": "submit", **more}


def test_the_weightiest_comes_first_and_a_verdict_leads_to_the_next(at_desk, reviewer, queued, criteria):
    light, heavy = queued("가벼운 질문"), queued("무거운 질문", weight=99)
    answer = at_desk.post(f"{QUEUE}next/")
    assert answer["Location"] == desk_of(heavy)
    page = at_desk.get(desk_of(heavy)).content.decode()
    assert "무거운 질문" in page
    assert "근거가 있어요" in page  # a shipped criterion in the operator's language
    answer = at_desk.post(desk_of(heavy), verdict(criteria, notes="좋은 답"))
    assert answer["Location"] == desk_of(light)
    assert f'<a href="{desk_of(heavy)}">' in at_desk.get(desk_of(light)).content.decode()  # it was kept
    heavy.refresh_from_db()
    assert (heavy.state, heavy.claimed_by) == (ReviewItem.State.REVIEWED, None)
    assert Review.objects.get(item=heavy).scores == {str(criteria[0].pk): 1}


def test_what_is_required_is_asked_for_and_no_word_is_lost(at_desk, queued, criteria):
    item = queued()
    answer = at_desk.post(desk_of(item), {"do": "submit", "notes": "적어 둔 말", "corrected": "고친 답"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "적어 둔 말" in page
    assert "고친 답" in page
    assert not Review.objects.exists()


def test_a_draft_may_be_incomplete(at_desk, queued, criteria):
    item = queued()
    at_desk.post(desk_of(item), {"do": "draft", "notes": "나중에 이어서"})
    item.refresh_from_db()
    assert item.state == ReviewItem.State.OPEN
    assert "나중에 이어서" in at_desk.get(desk_of(item)).content.decode()


def test_what_others_found_is_hidden_until_ones_own_is_in(at_desk, queued, criteria):
    item = queued()
    other = Review.objects.create(item=item, reviewer=reviewer_named("other"))
    corrected = "여기로 물어보세요: mina@example.com"
    other.keep(scores={str(criteria[0].pk): 0}, notes="저는 아니라고 봐요", corrected=corrected, submit=True)
    assert "저는 아니라고 봐요" not in at_desk.get(desk_of(item)).content.decode()
    at_desk.post(desk_of(item), verdict(criteria))
    page = at_desk.get(desk_of(item)).content.decode()
    assert "저는 아니라고 봐요" in page
    assert "<dt>근거가 있어요</dt><dd>아니요</dd>" in page
    assert "여기로 물어보세요: 〔이메일 주소〕" in page
    assert "mina@example.com" not in page
    at_desk.post(desk_of(item), verdict(criteria, settles="on"))
    assert list(Review.objects.filter(is_resolution=True).values_list("reviewer__username", flat=True)) == ["reviewer"]
    assert "결론" in at_desk.get(desk_of(item)).content.decode()
    other.keep(scores={str(criteria[0].pk): 0}, notes="", corrected="", submit=True, is_resolution=True)
    assert list(Review.objects.filter(is_resolution=True)) == [other]


def test_what_ones_verdict_was_before_is_shown_whole(at_desk, queued, criteria):
    item = queued()
    at_desk.post(desk_of(item), verdict(criteria, notes="처음 메모", corrected="처음 고친 답"))
    at_desk.post(desk_of(item), verdict(criteria, grounded="0", notes="나중 메모"))
    page = at_desk.get(desk_of(item)).content.decode()
    assert "<dt>근거가 있어요</dt><dd>예</dd>" in page
    assert "처음 메모" in page
    assert "처음 고친 답" in page


def test_the_queue_shows_what_nobody_has_seen_unless_more_is_asked_for(at_desk, queued):
    accepted, light, heavy = queued(weight=99), queued(), queued(weight=20)
    ReviewItem.objects.filter(pk=accepted.pk).accept()

    def listed(**chosen):
        return [item.pk for item in at_desk.get(QUEUE, chosen).context["cl"].result_list]

    assert listed() == [heavy.pk, light.pk]
    assert listed(state="accepted") == [accepted.pk]
    assert listed(state="all") == [heavy.pk, light.pk, accepted.pk]  # the latest first


def test_the_queue_leads_to_what_readers_lists_named_in_vain(at_desk, reviewer, reader):
    Gap.objects.count_listed(reader_id=reader.pk, titles=["처음 듣는 이야기", "두 번째 이야기"])
    Gap.objects.count_names(reader_id=reader.pk, turn_id=1, asked=["물어본 이야기"])
    assert "named_in_lists" not in at_desk.get(QUEUE).context

    reviewer.user_permissions.add(Permission.objects.get(codename="view_gap"))
    page = at_desk.get(QUEUE)
    assert page.context["named_in_lists"] == 2
    assert "/admin/catalogue/gap/?state__exact=open" in page.content.decode()


def test_two_reviewers_do_not_judge_the_same_reply_at_once(at_desk, client, queued, criteria):
    item = queued()
    other = reviewer_named("other")
    assert ReviewItem.objects.claim(item.pk, other)
    answer = at_desk.post(desk_of(item), verdict(criteria, notes="내가 쓴 말"))
    assert answer.status_code == 422
    assert "내가 쓴 말" in answer.content.decode()
    assert at_desk.post(f"{QUEUE}{item.pk}/renew/").status_code == 409
    item.refresh_from_db()
    item.release()
    assert at_desk.post(f"{QUEUE}{item.pk}/renew/").status_code == 204


def test_skipped_flagged_accepted(at_desk, queued, criteria):
    first, second = queued(weight=20), queued()
    assert at_desk.post(desk_of(first), {"do": "skip"})["Location"] == desk_of(second)
    at_desk.post(desk_of(second), {"do": "flag", "flag": "다른 분도 봐 주세요"})
    listed = at_desk.get(QUEUE, {"flagged": "yes"}).context["cl"].result_list
    assert [item.pk for item in listed] == [second.pk]
    at_desk.post(QUEUE, {"action": "accept", "_selected_action": [first.pk, second.pk]})
    assert set(ReviewItem.objects.values_list("state", flat=True)) == {ReviewItem.State.ACCEPTED}
    assert at_desk.post(f"{QUEUE}next/")["Location"] == QUEUE


def test_operators_who_may_not_review_only_read(client, queued, criteria):
    item = queued()
    looker = factories.make_reader("looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__in=["view_reviewitem"]))
    client.force_login(looker)
    page = client.get(desk_of(item)).content.decode()
    assert "data-desk" not in page
    assert client.post(desk_of(item), verdict(criteria)).status_code == 403
    assert client.post(f"{QUEUE}next/").status_code == 403
    assert client.post(f"{QUEUE}{item.pk}/renew/").status_code == 403
    item.refresh_from_db()
    assert item.claimed_by is None


def test_the_desk_asks_as_much_however_long_the_talk(at_desk, queued, criteria, django_assert_max_num_queries):
    item = queued()
    for number in range(8):
        turn = factories.make_turn(item.turn.conversation, text=f"질문 {number}")
    item = ReviewItem.objects.note(turn, [(Why.FAILED, 5)])
    with django_assert_max_num_queries(DESK_QUERIES):
        at_desk.get(desk_of(item))


def test_groups_are_there_and_a_reviewer_changes_no_reader(db):
    groups = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    assert {"Reviewers", "Catalogue editors", "Administrators"} <= groups.keys()
    assert "add_review" in groups["Reviewers"]
    assert not groups["Reviewers"] & {"change_user", "view_user", "delete_conversation", "change_novel"}
    assert "change_novel" in groups["Catalogue editors"]


def test_the_way_back_leads_through_what_was_left(at_desk, queued, criteria):
    items = [queued("첫째", 30), queued("둘째", 20), queued("셋째", 10)]

    def previous(item):
        return at_desk.get(desk_of(item)).context["previous"]

    assert previous(items[0]) == ""
    at_desk.post(desk_of(items[0]), verdict(criteria))
    at_desk.post(desk_of(items[1]), {"do": "skip"})
    assert previous(items[2]) == desk_of(items[1])
    assert previous(items[1]) == desk_of(items[0])
    assert previous(items[0]) == ""
    assert f'href="{desk_of(items[1])}" data-key="p"' in at_desk.get(desk_of(items[2])).content.decode()


def test_the_keys_are_told_on_the_desk(at_desk, queued, criteria):
    page = at_desk.get(desk_of(queued())).content.decode()
    for key in ("?", "g", "d", "s", "f", "o", "c", "Enter"):
        assert f'data-key="{key}"' in page, key
