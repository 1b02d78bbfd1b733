import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.models import FactMark, Gap, Novel, Volume
from chatbot.catalogue.search import find
from chatbot.catalogue.tests.factories import novel_row, write_lines
from chatbot.catalogue.tests.test_admin import form_of, tagged

pytestmark = pytest.mark.django_db
LIST = ("novel", "volume", "gap", "factmark", "change", "upload", "import", "draft", "tag")


@pytest.fixture
def lamp(tmp_path):
    load_catalogue(write_lines(tmp_path / "novels.jsonl", [novel_row("lamp", names=["램프"]), novel_row("moon")]))
    return Novel.objects.get(slug="lamp")


def somebody(name, group="Catalogue editors"):
    user = get_user_model().objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor():
    return somebody("editor")


def address(name, *args):
    return reverse(f"admin:catalogue_{name}", args=args)


# --- Checks ---


def test_the_form_shows_remarks_at_their_fields(editor, lamp):
    Novel.objects.filter(pk=lamp.pk).update(synopsis_en="")
    page = editor.get(address("novel_change", lamp.pk))
    content = page.content.decode()
    assert 'id="at-synopsis_en"' in content
    place = content.split('id="at-synopsis_en"')[1].split("</span>")[0]
    assert "is-warning" in place
    assert "is-warning" not in content.split('id="at-synopsis_ko"')[1].split("</span>")[0]


def test_live_checks_answer_with_the_places_of_the_fields_and_save_nothing(editor, lamp):
    data = form_of(editor, lamp) | {"year": "2999", "synopsis_en": "", "title_ko": ""}
    answer = editor.post(address("novel_checks_of", lamp.pk), data, headers={"HX-Request": "true"})
    content = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="at-year" hx-swap-oob="true"' in content
    assert "is-error" in content.split('id="at-year"')[1].split('id="at-')[0]
    assert "is-warning" in content.split('id="at-synopsis_en"')[1].split('id="at-')[0]
    # What is merely not filled in yet is no error before it is sent.
    assert "is-error" not in content.split('id="at-title_ko"')[1].split('id="at-')[0]
    assert Novel.objects.get(pk=lamp.pk).year == 2015


def test_live_checks_of_a_new_work(editor, lamp):
    data = {"title_ja": "lampの物語", "novel_tags-TOTAL_FORMS": 0, "novel_tags-INITIAL_FORMS": 0}
    data |= {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
    content = editor.post(address("novel_checks"), data).content.decode()
    assert address("novel_change", lamp.pk) in content.split('id="at-title_ja"')[1].split('id="at-')[0]


def test_live_checks_need_the_right_and_post(editor, lamp):
    assert editor.get(address("novel_checks")).status_code == 405
    assert editor.post(address("novel_checks_of", 4711)).status_code == 404
    reviewer = somebody("reviewer", "Reviewers")
    assert reviewer.post(address("novel_checks")).status_code == 403
    assert reviewer.post(address("novel_checks_of", lamp.pk)).status_code == 403
    assert Client().post(address("novel_checks")).status_code == 302


def test_errors_stop_saving_and_warnings_do_not(editor, lamp):
    data = form_of(editor, lamp)
    stopped = editor.post(address("novel_change", lamp.pk), data | {"authors": "", "volumes": 9})
    assert stopped.status_code == 200
    assert set(stopped.context["adminform"].form.errors) == {"authors"}
    assert Novel.objects.get(pk=lamp.pk).volumes == 5
    saved = editor.post(address("novel_change", lamp.pk), data | {"synopsis_en": "", "volumes": 9}, follow=True)
    assert Novel.objects.get(pk=lamp.pk).volumes == 9
    assert "warning" in [message.level_tag for message in saved.context["messages"]]


@pytest.mark.parametrize("authors", ["作者\r\n別人\r\n", '["作者", "別人"]', " 作者 \n\n別人"])
def test_names_are_written_one_a_line(editor, lamp, authors):
    assert form_of(editor, lamp)["authors"] == "作者"
    assert (
        editor.post(address("novel_change", lamp.pk), form_of(editor, lamp) | {"authors": authors}).status_code == 302
    )
    assert Novel.objects.get(pk=lamp.pk).authors == ["作者", "別人"]


# --- Two editors ---


def test_a_save_on_an_outdated_form_is_told_and_loses_nothing(editor, lamp):
    mine = form_of(editor, lamp)
    other = somebody("other")
    theirs = form_of(other, lamp) | {"volumes": 6, "imprint": "新文庫"}
    assert other.post(address("novel_change", lamp.pk), theirs).status_code == 302

    typed = mine | {"volumes": 7, "title_ko": "등불 이야기"}
    told = editor.post(address("novel_change", lamp.pk), typed)
    form = told.context["adminform"].form
    assert told.status_code == 200
    assert "other" in " ".join(form.non_field_errors())
    assert set(form.errors) == {"__all__", "volumes"}
    assert "6" in form.errors["volumes"][0]
    assert Novel.objects.get(pk=lamp.pk).title_ko == "lamp 이야기"
    # What was typed stands there still, and what was left alone is what the other one made of it.
    values = {name: form[name].value() for name in ("volumes", "title_ko", "imprint")}
    assert values == {"volumes": "7", "title_ko": "등불 이야기", "imprint": "新文庫"}

    again = typed | {"seen": form["seen"].value(), "imprint": form["imprint"].value()}
    assert editor.post(address("novel_change", lamp.pk), again).status_code == 302
    novel = Novel.objects.get(pk=lamp.pk)
    assert (novel.volumes, novel.title_ko, novel.imprint) == (7, "등불 이야기", "新文庫")


def test_two_who_say_the_same_are_not_held_up(editor, lamp):
    mine = form_of(editor, lamp) | {"volumes": 6}
    somebody("other").post(address("novel_change", lamp.pk), mine)
    assert editor.post(address("novel_change", lamp.pk), mine).status_code == 302


def test_changed_tags_are_told_too(editor, lamp):
    mine = form_of(editor, lamp) | {"volumes": 7}
    somebody("other").post(address("novel_change", lamp.pk), mine | {"volumes": 5, "novel_tags-0-strength": 1})
    told = editor.post(address("novel_change", lamp.pk), mine)
    assert len(told.context["adminform"].form.non_field_errors()) == 2


# --- Gaps ---


def test_a_gap_becomes_a_work_that_is_found_by_what_readers_called_it(editor, lamp):
    gap = Gap.objects.create(key="별빛도서관", title="별빛 도서관", readers=3, in_asks=4)
    start = f"{address('novel_add')}?gap={gap.pk}"
    page = editor.get(start)
    assert page.context["adminform"].form["title_ko"].value() == "별빛 도서관"
    assert "별빛 도서관" in page.content.decode()
    data = {
        **{
            name: value for name, value in form_of(editor, lamp).items() if not name.startswith(("novel_tags", "names"))
        },
        **tagged(),
        **{f"names-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")},
        "slug": "starlight",
        "title_ko": "별빛 도서관의 마녀",
        "title_ja": "星明かりの図書館",
        "title_en": "Starlight Library",
        "title_romaji": "",
        "seen": "",
    }
    response = editor.post(start, data)
    assert response.status_code == 302, response.context["errors"]
    gap.refresh_from_db()
    assert (gap.state, gap.novel.slug) == ("created", "starlight")
    assert find("별빛 도서관")[0] == gap.novel
    assert gap.novel.names.filter(text="별빛 도서관", given=True).exists()


def test_a_gap_that_is_on_the_shelf_is_tied_to_its_work(editor, lamp):
    gap = Gap.objects.create(key="등불이야기", title="등불 이야기")
    data = {"state": "open", "novel": lamp.pk}
    assert editor.post(address("gap_change", gap.pk), data).status_code == 302
    gap.refresh_from_db()
    assert (gap.state, gap.novel) == ("created", lamp)
    assert find("등불 이야기") == [lamp]


# --- Marks ---


def test_marks_stand_beside_the_work_and_are_closed(editor, lamp):
    FactMark.objects.note(lamp.pk, "volumes", source="reply", turn_id=1, said="7권", shelf=5)
    FactMark.objects.note(lamp.pk, "status", source="reply", turn_id=1, said="연재", shelf="completed")
    volumes, status = FactMark.objects.order_by("pk")
    listed = editor.get(address("factmark_changelist")).content.decode()
    assert f"{address('novel_change', lamp.pk)}#id_volumes" in listed
    assert editor.get(address("factmark_change", volumes.pk)).url == f"{address('novel_change', lamp.pk)}#id_volumes"
    assert editor.post(address("factmark_close", status.pk), {"state": "right"}).status_code == 302
    # Saving the field mends it.
    editor.post(address("novel_change", lamp.pk), form_of(editor, lamp) | {"volumes": 7})
    states = {mark.field: (mark.state, mark.closed_by.username) for mark in FactMark.objects.all()}
    assert states == {"volumes": ("mended", "editor"), "status": ("right", "editor")}


def test_a_mark_opens_again_only_where_the_shelf_says_something_new(lamp):
    def note(turn, shelf):
        FactMark.objects.note(lamp.pk, "volumes", source="reply", turn_id=turn, said="7권", shelf=shelf)
        return FactMark.objects.get()

    note(1, 5), note(1, 5)
    assert note(2, 5).times == 2
    FactMark.objects.all().close("right", None)
    assert note(3, 5).state == "right"
    assert note(4, 6).state == "open"


def test_marks_are_closed_with_the_right_only(lamp):
    FactMark.objects.note(lamp.pk, "volumes", source="reply", turn_id=1, said="7권", shelf=5)
    mark = FactMark.objects.get()
    assert somebody("reviewer", "Reviewers").post(address("factmark_close", mark.pk)).status_code == 403
    assert FactMark.objects.open().exists()
    assert somebody("editor2").get(address("factmark_close", mark.pk)).status_code == 405


# --- Permissions ---


def test_editors_keep_the_catalogue_and_see_no_conversation(editor, lamp):
    Gap.objects.create(key="등불", title="등불", examples=[4711])
    assert [editor.get(address(f"{model}_changelist")).status_code for model in LIST] == [200] * len(LIST)
    assert "4711" not in editor.get(address("gap_changelist")).content.decode()
    assert editor.get(address("upload_add")).status_code == 200
    for model in ("conversation", "turn", "reviewitem"):
        assert editor.get(reverse(f"admin:chatbot_{model}_changelist")).status_code == 403


def test_reviewers_see_works_only(lamp):
    reviewer = somebody("reviewer", "Reviewers")
    statuses = {model: reviewer.get(address(f"{model}_changelist")).status_code for model in LIST}
    assert statuses == {**dict.fromkeys(LIST, 403), "novel": 200, "tag": 200}
    assert reviewer.get(address("novel_change", lamp.pk)).status_code == 200
    assert reviewer.get(address("novel_history", lamp.pk)).status_code == 200
    assert reviewer.post(address("novel_change", lamp.pk), {}).status_code == 403
    assert reviewer.get(address("upload_add")).status_code == 403


def test_a_list_of_works_does_not_ask_for_each(editor, lamp, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries():
        with CaptureQueriesContext(connection) as context:
            assert editor.get(address("novel_changelist")).status_code == 200
        return len(context)

    Novel.objects.filter(slug="moon").delete()
    queries()
    one = queries()
    for name in ("a", "b"):
        Novel.objects.create(
            slug=name, title_ko=name, title_ja=name, title_en=name, year=2015, volumes=1, status="ongoing"
        )
    assert queries() == one


def test_the_volumes_of_a_work_are_reached_from_it(editor, lamp):
    Volume.objects.create(novel=lamp, number="0001", language="ja", format="print")
    listed = editor.get(address("volume_changelist"), {"novel__id__exact": lamp.pk})
    assert listed.status_code == 200
    assert len(listed.context["cl"].queryset) == 1
