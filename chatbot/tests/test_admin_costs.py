"""Prices, spending and alerts in the admin: who may do what, and what a rule in effect does not allow."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone

from chatbot.costs import pricing
from chatbot.models import Alert, AlertRule, DailyCost, PriceRule
from chatbot.tests import factories

pytestmark = pytest.mark.django_db

PRICES = "/admin/chatbot/pricerule/"
SPENDING = "/admin/chatbot/dailycost/"
RULES = "/admin/chatbot/alertrule/"
ALERTS = "/admin/chatbot/alert/"
PAGES = [PRICES, f"{PRICES}add/", SPENDING, RULES, f"{RULES}add/", ALERTS, "/admin/tasks/"]
QUERIES = {PRICES: 6, SPENDING: 6, RULES: 7, ALERTS: 5}


@pytest.fixture(autouse=True)
def _groups(db):
    PriceRule.objects.all().delete()
    AlertRule.objects.all().delete()


@pytest.fixture
def keeper(client):
    client.force_login(factories.make_reader("keeper", is_staff=True, is_superuser=True))
    client.cookies["django_language"] = "en"
    return client


def price(days=0, model="gpt-6-luna", **prices):
    prices = {"read": 1, "cached": "0.1", "cache_written": 1, "written": 5, **prices}
    return PriceRule.objects.create(model=model, valid_from=timezone.localdate() + timedelta(days=days), **prices)


def form(days=0, **fields):
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    prices = {"read": "1", "cached": "0.1", "cache_written": "1.25", "written": "5"}
    return {"model": "gpt-6-luna", "valid_from": day, **prices, **fields}


def alert_rule(**fields):
    fields = {"measure": "failed", "threshold": 20, "window": 15, **fields}
    return AlertRule.objects.create(**fields)


# --- Who may see it --------------------------------------------------------------------------


def somebody(who):
    if who == "nobody":
        return Client()
    staff = who not in ("reader",)
    user = factories.make_reader(is_staff=staff, is_superuser=who == "superuser")
    if who in ("Reviewers", "Catalogue editors", "Administrators"):
        user.groups.add(Group.objects.get(name=who))
    if who == "viewer":
        names = ["view_pricerule", "view_dailycost", "view_alertrule", "view_alert", "view_worker"]
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("nobody", [302] * 7),
        ("reader", [302] * 7),
        ("operator without permissions", [403] * 7),
        ("Reviewers", [403] * 7),
        ("Catalogue editors", [403] * 7),
        ("viewer", [200, 403, 200, 200, 403, 200, 200]),
        ("Administrators", [200] * 7),
        ("superuser", [200] * 7),
    ],
)
def test_who_may_open_the_pages(who, statuses):
    client = somebody(who)
    assert [client.get(page).status_code for page in PAGES] == statuses


@pytest.mark.parametrize("who", ["Reviewers", "viewer", "operator without permissions"])
def test_who_may_only_look_changes_nothing(who):
    coming, rule = price(days=3), alert_rule()
    client = somebody(who)
    for address, data in [
        (f"{PRICES}add/", form(model="other")),
        (f"{PRICES}{coming.pk}/change/", form(days=9)),
        (f"{PRICES}{coming.pk}/delete/", {"post": "yes"}),
        (f"{RULES}{rule.pk}/delete/", {"post": "yes"}),
        (f"{RULES}add/", {"measure": "down", "threshold": 1, "window": 1, "least": 1, "again_after": 0}),
    ]:
        assert client.post(address, data).status_code == 403
    assert list(PriceRule.objects.values_list("model", "valid_from")) == [(coming.model, coming.valid_from)]
    assert AlertRule.objects.get() == rule


def test_alerts_on_the_front_page_are_for_who_may_see_them():
    Alert.objects.create(rule=alert_rule(), kind="above", value=40.0, turns=10)
    for who, sees in [("Reviewers", False), ("viewer", True)]:
        client = somebody(who)
        client.cookies["django_language"] = "en"
        page = client.get("/admin/").content.decode()
        assert ("40%, at most 20%" in page) is sees
        assert (SPENDING in page) is sees


# --- Prices ----------------------------------------------------------------------------------


def test_a_price_is_entered_and_holds_at_once(keeper, settings):
    assert keeper.post(f"{PRICES}add/", form()).status_code == 302
    assert pricing.price_of("gpt-6-luna").cached == PriceRule.objects.get().cached
    pricing.reread()


@pytest.mark.parametrize(
    "fields",
    [
        {"days": -1},
        {"read": "-1"},
        {"written": "1000001"},
        {"read": "nan"},
        {"model": "gpt 6"},
        {"model": "*luna"},
        {"model": "gpt-6\x00"},
        {"model": ""},
        {"valid_from": "soon"},
    ],
)
def test_what_cannot_be_a_price_is_said(keeper, fields):
    answer = keeper.post(f"{PRICES}add/", form(**fields))
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not PriceRule.objects.exists()


@pytest.mark.parametrize(("days", "status"), [(-30, 403), (0, 403), (1, 302)])
def test_a_rule_in_effect_stays_as_it_is(keeper, days, status):
    rule = price(days)
    page = keeper.get(f"{PRICES}{rule.pk}/change/").content.decode()
    assert ('name="read"' in page) is (status == 302)
    assert keeper.post(f"{PRICES}{rule.pk}/change/", form(days=2, read="9")).status_code == status
    rule.refresh_from_db()
    assert rule.read == (9 if status == 302 else 1)
    assert keeper.post(f"{PRICES}{price(days).pk}/delete/", {"post": "yes"}).status_code == status


def test_rules_are_not_deleted_by_the_handful(keeper):
    rule = price(-1)
    keeper.post(PRICES, {"action": "delete_selected", "_selected_action": [rule.pk], "post": "yes"})
    assert PriceRule.objects.get() == rule


def test_the_desk_shows_what_a_reply_cost(keeper):
    factories.give_reason(keeper)
    turn = factories.make_turn(cost=426, tokens_in=4200, tokens_out=380)
    page = keeper.get(f"/admin/chatbot/conversation/{turn.conversation_id}/change/").content.decode()
    assert "<dt>Cost</dt><dd>0.000426</dd>" in page
    free = factories.make_turn()
    page = keeper.get(f"/admin/chatbot/conversation/{free.conversation_id}/change/").content.decode()
    assert "<dt>Cost</dt>" not in page


# --- Spending and alerts ---------------------------------------------------------------------


def test_spending_is_shown_by_day_model_and_voice(keeper):
    today = timezone.localdate()
    for days, cost in [(0, 1_250_000), (6, 250_000), (7, 500_000), (30, 9_000_000)]:
        day = today - timedelta(days=days)
        DailyCost.objects.add(day=day, model="gpt-6-luna", voice="chatgpt", replies=1234, cost=cost, assumed=cost // 2)
    page = keeper.get(SPENDING).content.decode()
    for words in ("1.2500", "1.5000", "2.0000", "1,234", "0.6250", "ChatGPT"):
        assert words in page
    assert page.count('class="field-day') == 4
    assert keeper.get(f"{SPENDING}?day=7").content.decode().count('class="field-day') == 2
    assert keeper.get(f"{SPENDING}?day={today - timedelta(days=7)}").content.decode().count('class="field-day') == 1
    assert keeper.get(f"{SPENDING}?voice=librarian").content.decode().count('class="field-day') == 0
    assert keeper.get(f"{SPENDING}?day=%00").status_code == 302
    row = DailyCost.objects.first()
    assert keeper.post(f"{SPENDING}{row.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("measure", "chosen"),
    [("failed", "failure=any"), ("down", "thumb=down"), ("whole", "took=whole-20"), ("spending", "day=")],
)
def test_an_alert_leads_to_its_rule_and_to_the_replies(measure, chosen):
    rule = alert_rule(measure=measure, threshold=20)
    Alert.objects.create(rule=rule, kind="above", value=40.0)
    operator = somebody("superuser")
    page = operator.get(ALERTS).content.decode()
    assert f'href="{RULES}{rule.pk}/change/"' in page
    address = html.unescape(re.search(r'href="(/admin/chatbot/turn/[^"]+)"', page)[1])
    assert chosen in address
    assert operator.get(address).status_code == 200


@pytest.mark.parametrize("page", [PRICES, SPENDING, RULES, ALERTS])
def test_a_list_asks_as_often_for_three_rows_as_for_one(keeper, page, django_assert_num_queries):
    keeper.get(page)  # the session's own queries come with the first page
    for number in range(3):
        price(model=f"model-{number}")
        rule = alert_rule(window=10 + number)
        Alert.objects.create(rule=rule, kind="above", value=40.0)
        DailyCost.objects.add(day=timezone.localdate(), model=f"model-{number}", voice="chatgpt", replies=1)
        if number in (0, 2):
            with django_assert_num_queries(QUERIES[page]):
                assert keeper.get(page).status_code == 200


def test_a_rule_shows_what_it_measures_now(keeper):
    alert_rule(threshold=20)
    reader = factories.make_reader()
    for state in ("done", "done", "done", "failed"):
        factories.make_turn(reader=reader, state=state)
    page = keeper.get(RULES).content.decode()
    assert "25% <" in page
    assert "of 4" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"threshold": "101"},
        {"threshold": "-1"},
        {"window": "0"},
        {"window": "1441"},
        {"again_after": "10081"},
        {"measure": "mood"},
        {"no_data": "x"},
        {"least": "-1"},
    ],
)
def test_what_cannot_be_a_rule_is_said(keeper, fields):
    data = {"measure": "failed", "threshold": "20", "window": "15", "least": "10", "again_after": "60"}
    answer = keeper.post(f"{RULES}add/", {**data, "no_data": "never", "is_on": "on", **fields})
    assert answer.status_code == 200
    assert not AlertRule.objects.exists()
    assert keeper.post(f"{RULES}add/", {**data, "no_data": "never", "is_on": "on"}).status_code == 302
