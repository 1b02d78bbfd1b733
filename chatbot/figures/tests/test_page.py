"""The page of figures: its numbers against numbers reckoned by hand, and that each leads to the rows it counts."""

import re

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from chatbot.catalogue.models import Gap
from chatbot.figures.models import DayFigures
from chatbot.figures.panels import Panels
from chatbot.figures.report import report
from chatbot.models import Criterion, Pick, Review, ReviewItem
from chatbot.tests import factories
from chatbot.text.folding import key

from .days import at, day, ended, rolled

pytestmark = pytest.mark.django_db
PAGE = "/admin/figures/"
TURNS, ITEMS = "/admin/chatbot/turn/", "/admin/chatbot/reviewitem/"


@pytest.fixture
def keeper(client):
    client.force_login(factories.make_reader("keeper", is_staff=True, is_superuser=True))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def reviewer(client):
    reader = factories.make_reader("reviewer", is_staff=True)
    reader.groups.add(Group.objects.get(name="Reviewers"))
    client.force_login(reader)
    return client


@pytest.fixture(autouse=True)
def in_english():
    from django.utils import translation

    with translation.override("en"):
        yield


def table(panels, id):
    """The rows of a panel as texts, its head first."""
    (panel,) = [one for one in panels.panels() if one.id == id]
    return [panel.table.head, *([row.head.text, *(cell.text for cell in row.cells)] for row in panel.table.rows)]


def week():
    """Five turns of this week: two a day ago, two three days ago, and one today that failed; one of a month ago."""
    one, other, guest = factories.make_reader(), factories.make_reader(), factories.make_guest()
    ended(at(1, "10:00:00"), reader=one, thumb="up", cost=1_500_000, tokens_in=1000, tokens_out=50, first=1, whole=2)
    ended(at(1, "11:00:00"), reader=one, thumb="down", corrections=[{"slug": "a"}], cost=500_000, first=3, whole=9)
    ended(at(3), reader=other, thumb="up", first=2, whole=4)
    ended(at(3), reader=guest, state="stopped", first=2, whole=4)
    ended(at(0, "00:00:00"), reader=one, state="failed", failure="down", first_text_at=None)
    ended(at(20), reader=other)
    rolled()
    return Panels(report("7"))


def test_the_tiles_of_a_week_reckoned_by_hand():
    tiles = {tile.name: (tile.value, tile.detail) for tile in week().tiles()}
    assert tiles == {
        "Turns": ("5", ""),
        "Readers a day": ("0.6", "0.1 of them guests"),  # one, two and one, in seven days
        "Failed": ("20%", "1 of 5"),
        "First text, p50": ("2.0 s", "p95 3.1 s"),  # of 1, 2, 2 and 3 seconds, within five per cent
        "Thumbs up": ("67%", "2 of 3"),
        "Cost": ("2.00", "0.40 a turn"),
    }


def test_the_tables_of_a_week_reckoned_by_hand():
    panels = week()
    names = [f"{timezone.localdate() - timezone.timedelta(days=ago):%B} {day(ago).day}" for ago in range(7)]
    assert table(panels, "turns") == [
        ["Day", "Turns", "Done", "Stopped", "Failed", "Readers"],
        ["Together", "5", "3", "1", "1", "–"],
        [names[0], "1", "0", "0", "1", "1"],
        [names[1], "2", "2", "0", "0", "1"],
        [names[2], "0", "0", "0", "0", "0"],
        [names[3], "2", "1", "1", "0", "2"],
        *([name, "0", "0", "0", "0", "0"] for name in names[4:]),
    ]
    assert table(panels, "failures") == [["Cause", "Turns", "of all turns"], ["Model not reached", "1", "20%"]]
    assert table(panels, "thumbs")[1:4] == [
        ["Together", "2", "1", "67%"],
        [names[0], "0", "0", "–"],
        [names[1], "1", "1", "50%"],
    ]
    assert table(panels, "doubtful")[1] == ["Together", "0", "0%", "1", "33%"]
    assert table(panels, "cost")[3] == [names[1], "2.00", "1.00"]
    assert table(panels, "tokens")[1] == ["Together", "1,000", "50"]
    # Of 2, 9 and 4 seconds, within five per cent: the stopped and the failed one ended when they liked.
    assert table(panels, "whole")[1] == ["Together", "3", "4.2 s", "9.0 s"]


def test_a_month_holds_what_a_week_does_not():
    week()
    assert [Panels(report(period)).turns for period in ("today", "7", "30", "90")] == [1, 5, 6, 6]


def test_a_quarter_is_shown_by_weeks_and_readers_as_a_days_mean():
    week()
    quarter = report("90")
    assert [(slot.last - slot.first).days + 1 for slot in quarter.slots] == [6] + [7] * 12
    assert (quarter.slots[0].first, quarter.slots[-1].last) == (day(89), day(0))
    assert quarter.slots[-1].readers == pytest.approx(4 / 7)
    assert table(Panels(quarter), "turns")[0][-1] == "Readers a day"


def test_today_is_shown_by_the_hour():
    ended(at(0, "00:00:00"))
    rolled()
    today = report("today")
    assert [slot.hour for slot in today.slots] == list(range(timezone.localtime().hour + 1))
    assert table(Panels(today), "turns")[-1] == ["00:00", "1", "1", "0", "0", "1"]


def rows_at(client, href):
    page = client.get(href)
    assert page.status_code == 200, (href, page.get("Location"))
    return page.context["cl"].queryset.count()


def test_each_number_leads_to_as_many_rows(keeper):
    novel = factories.make_novel("lamp")
    factories.make_tag("cozy", label_en="Cozy")
    for n in range(3):
        wish = {"wanted": {"cozy": 1.0}, "unwanted": ["gore"]}
        turn = ended(at(n), thumb="down" if n else "up", wish=wish, unverified=2 * (n % 2))
        Pick.objects.create(turn=turn, novel=novel, position=1)
        ReviewItem.objects.note(turn, [("name", 20)])
    ended(at(1), wish={"unwanted": ["cozy"]}, corrections=[{"slug": "a"}])
    ended(at(2), state="failed", failure="slow")
    ended(at(2), state="failed", failure="down").conversation.delete_soon()
    ended(at(40), thumb="up", wish={"wanted": {"cozy": 1.0}})
    rolled()
    checked = set()
    for period in ("today", "7", "30", "90"):
        for panel in Panels(report(period)).panels():
            if panel.id in {"wait", "first", "whole", "cost", "tokens", "verdicts"}:
                continue  # their numbers are no numbers of rows
            for row in panel.table.rows:
                for cell in row.cells:
                    if "?" in cell.href and not (period == "today" and row.head.text.endswith(":00")):
                        assert rows_at(keeper, cell.href) == int(cell.text), (panel.title, cell)
                        checked.add((panel.id, period))
    assert {id for id, _period in checked} == {"turns", "thumbs", "doubtful", "failures", "tags", "works"}
    assert {period for _id, period in checked} == {"today", "7", "30", "90"}


def test_the_slow_ones_are_those_from_the_p95_on(keeper):
    for seconds in range(1, 41):
        ended(at(1), whole=seconds, first=0.5)
    rolled()
    panels = Panels(report("7"))
    (panel,) = [one for one in panels.panels() if one.id == "whole"]
    slow = panel.table.rows[0].cells[2]
    # The 38th of 40 took 38 seconds; its bucket goes from 35.7 to 39.3.
    assert (slow.text, rows_at(keeper, slow.href)) == ("37 s", 5)
    assert rows_at(keeper, f"{TURNS}?took=whole-38") == 3
    assert rows_at(keeper, f"{TURNS}?took=first-0.6") == 0
    assert rows_at(keeper, f"{TURNS}?took=wait-1") == 40


def test_works_lead_to_their_turns_also_where_they_are_many(keeper, monkeypatch):
    lamp, snow = factories.make_novel("lamp"), factories.make_novel("snow")
    for novel in (lamp, lamp, snow):
        Pick.objects.create(turn=ended(at(1)), novel=novel, position=1)
    assert rows_at(keeper, f"{TURNS}?work={lamp.pk}") == 2
    monkeypatch.setattr("chatbot.admin.filters.MAX_FEW", 1)
    assert rows_at(keeper, f"{TURNS}?work={lamp.pk}&day=7") == 2


@pytest.mark.parametrize(
    "query",
    ["took=whole", "took=whole-1e9", "took=end-3", "took=whole-٣", "work=lamp", "work=9" * 30, "day=2026-01-01..x",
     "day=..", "day=2026-01-01..2026-01-02..2026-01-03"],
)  # fmt: skip
def test_what_is_no_filter_leads_back_to_the_list(keeper, query):
    page = keeper.get(f"{TURNS}?{query}")
    assert (page.status_code, page.get("Location")) == (302, f"{TURNS}?e=1")


def test_strange_words_find_nothing_and_break_nothing(keeper):
    ended(at(1), wish={"wanted": {"cozy": 1.0}})
    assert rows_at(keeper, f"{TURNS}?tag=%00cozy%22%25_") == 0
    assert rows_at(keeper, f"{TURNS}?tag=cozy") == 1
    assert rows_at(keeper, f"{ITEMS}?why=%00nothing") == 0


def test_what_is_to_be_reviewed_is_found_by_its_reason_and_day(keeper):
    ReviewItem.objects.note(ended(at(1)), [("name", 20), ("slow", 10)])
    ReviewItem.objects.note(ended(at(2)), [("slow", 10)])
    counts = [rows_at(keeper, f"{ITEMS}?{query}") for query in ("why=name", "why=slow", f"why=slow&day={day(2)}")]
    assert counts == [1, 2, 1]


def test_works_titles_and_verdicts(keeper):
    reader, novel = factories.make_reader(), factories.make_novel("lamp", title_en="Lamp")
    turn = ended(at(1), reader=reader, wish={"unknown_titles": ["Never Written", "On The Shelf By Now"]})
    Pick.objects.create(turn=turn, novel=novel, position=1)
    Gap.objects.create(key=key("Never Written"), title="Never Written", readers=4)
    Gap.objects.create(key=key("On The Shelf By Now"), title="On The Shelf By Now", state="created")
    passed, scale = Criterion.objects.create(name="Sound"), Criterion.objects.create(name="Warm", kind="scale")
    item = ReviewItem.objects.note(turn, [("random", 5)])
    review = Review.objects.create(item=item, reviewer=reader)
    review.keep(scores={str(passed.pk): 1, str(scale.pk): 4}, notes="", corrected="", submit=True)
    rolled()
    panels = Panels(report("30"))
    assert table(panels, "works")[1:] == [["Lamp", "1", "0", "0", "0"]]
    assert table(panels, "titles")[1:] == [["Never Written", "1", "4"]]
    assert table(panels, "verdicts")[1:] == [["Sound", "100%", "1"], ["Warm", "4.0 of 5", "1"]]
    assert rows_at(keeper, panels.to_items(why="random", state="reviewed")) == 1


@pytest.mark.parametrize("period", ["today", "7", "30", "90"])
def test_the_page_asks_as_much_with_many_days_as_with_one(keeper, django_assert_num_queries, period):
    keeper.get(PAGE)
    for turns in (1, 3):
        for _ in range(turns):
            turn = ended(at(0, "00:00:00"), wish={"wanted": {"cozy": 1.0}, "unknown_titles": ["Never Written"]})
            Pick.objects.create(turn=turn, novel=factories.make_novel(f"work{turn.pk}"), position=1)
        Gap.objects.get_or_create(key=key("Never Written"), title="Never Written")
        rolled()
        with django_assert_num_queries(7):
            page = keeper.get(f"{PAGE}?period={period}")
        assert page.status_code == 200


def test_the_page_shows_charts_without_styles_or_scripts_of_its_own(keeper):
    week()
    page = keeper.get(PAGE).content.decode()
    assert page.count('<svg class="chart"') == 8  # turns, three waits, thumbs, doubtful ones, cost, tokens
    assert " style=" not in page
    charts = re.findall(r'<svg class="chart".*?</svg>', page, re.S)
    assert all('aria-hidden="true"' in chart for chart in charts)
    assert all(link.count('tabindex="-1"') == 1 for chart in charts for link in re.findall(r"<a [^>]*>", chart))


def test_a_title_is_text_and_no_markup(keeper):
    hostile = '<script>alert("x")</script>'
    ended(at(1), wish={"unknown_titles": [hostile]})
    Gap.objects.create(key=key(hostile), title=hostile)
    rolled()
    page = keeper.get(PAGE).content.decode()
    assert "&lt;script&gt;alert" in page
    assert hostile not in page


def test_what_is_not_counted_yet_is_said(keeper):
    page = keeper.get(PAGE).content.decode()
    assert "Today has not been counted yet" in page
    assert "7 days are still to be counted" in page
    rolled()
    DayFigures.objects.filter(day=day(3)).delete()
    page = keeper.get(PAGE).content.decode()
    assert "Counted up to" in page
    assert "1 day is still to be counted" in page


def test_reviewers_may_look_and_find_no_way_to_what_they_may_not_see(reviewer):
    ended(at(1), wish={"unknown_titles": ["Never Written"]})
    Gap.objects.create(key=key("Never Written"), title="Never Written")
    rolled()
    page = reviewer.get(PAGE).content.decode()
    assert "Never Written" in page
    assert "/admin/catalogue/gap/" not in page
    assert PAGE in reviewer.get("/admin/").content.decode()


def test_operators_without_turns_and_readers_may_not_look(client):
    operator = factories.make_reader("editor", is_staff=True)
    operator.groups.add(Group.objects.get(name="Catalogue editors"))
    client.force_login(operator)
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/admin/").content.decode()
    client.force_login(factories.make_reader())
    assert client.get(PAGE).status_code == 302
    client.logout()
    assert client.get(PAGE).status_code == 302


def test_any_other_period_is_the_usual_one_and_nothing_is_posted(keeper):
    assert keeper.get(f"{PAGE}?period=%00../90").context["period"] == "7"
    assert keeper.post(PAGE).status_code == 405
