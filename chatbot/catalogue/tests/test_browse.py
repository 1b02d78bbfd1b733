import re

import pytest
from django.urls import reverse
from django.utils import translation

from chatbot.tests.factories import make_catalogue, make_novel, make_tag

URL = "/novels/"


def slugs(response):
    """Works of the grid, in order."""
    return re.findall(r'<li class="tile">\s*<a href="/novels/([\w-]+)/"', response.content.decode())


@pytest.fixture
def catalogue(db):
    return make_catalogue()


def test_everyone_sees_the_shelf_best_known_first(client, catalogue):
    assert slugs(client.get(URL)) == ["lamplight", "snowfall", "harbour", "letters", "riddle"]


def test_tags_are_wanted_together_and_unwanted_alone(client, catalogue):
    assert slugs(client.get(URL, {"tag": ["fantasy", "romance"]})) == ["snowfall"]
    assert slugs(client.get(URL, {"tag": "fantasy", "without": "romance"})) == ["lamplight", "harbour"]
    assert slugs(client.get(URL, {"without": ["fantasy", "mystery"]})) == ["letters"]


@pytest.mark.parametrize("field", ["tag", "without"])
def test_any_number_of_tags_may_be_asked_for(client, db, field):
    names = [f"tag{number:02}" for number in range(120)]
    make_novel("all", tags=names)
    make_novel("twelve", tags=names[:12])
    make_novel("none", tags=["other"])
    response = client.get(URL, {field: names})
    assert response.status_code == 200
    # The first twelve count, and the page says so.
    assert sorted(slugs(response)) == (["all", "twelve"] if field == "tag" else ["none"])
    assert "12" in " ".join(message for _, message in response.context["form"].problems)


def test_facts_narrow_the_shelf(client, db):
    make_novel("old", year=1999, volumes=2, status="ongoing", anime=True, renown=9)
    make_novel("new", year=2020, volumes=12, editions={"ko": {"known": True, "publisher": ""}, "en": {"known": None}})
    make_novel("other", year=2010, volumes=7, status="hiatus", editions={"ko": {"known": False}, "en": {"known": True}})
    assert slugs(client.get(URL, {"status": "ongoing"})) == ["old"]
    assert slugs(client.get(URL, {"year_from": 2010})) == ["new", "other"]
    assert slugs(client.get(URL, {"year_to": 2010})) == ["other", "old"]
    assert slugs(client.get(URL, {"year_from": 2000, "year_to": 2015})) == ["other"]
    assert slugs(client.get(URL, {"volumes": 7})) == ["other", "old"]
    assert slugs(client.get(URL, {"anime": "on"})) == ["old"]
    assert slugs(client.get(URL, {"edition": "ko"})) == ["new"]
    assert slugs(client.get(URL, {"edition": "en"})) == ["other"]


def test_the_order_is_the_readers(client, db):
    make_novel("bee", "나", year=2001, volumes=9, renown=50, title_en="B", title_ja="ア")
    make_novel("ant", "다", year=2020, volumes=1, renown=40, title_en="A", title_ja="ウ")
    make_novel("cat", "가", year=2010, volumes=4, renown=30, title_en="C", title_ja="イ")
    assert slugs(client.get(URL, {"sort": "renown"})) == ["bee", "ant", "cat"]
    assert slugs(client.get(URL, {"sort": "newest"})) == ["ant", "cat", "bee"]
    assert slugs(client.get(URL, {"sort": "volumes"})) == ["ant", "cat", "bee"]
    for language, order in (("ko", "cat bee ant"), ("en", "ant bee cat"), ("ja", "bee cat ant")):
        headers = {"Accept-Language": language}
        assert slugs(client.get(URL, {"sort": "title"}, headers=headers)) == order.split()


@pytest.mark.parametrize("name", ["눈 내리는 왕국", "눈내리는왕국", "내리는", "SNOWFALL", "ＳＮＯＷ", "snowfallの物語"])
def test_any_name_finds_the_work(client, catalogue, name):
    assert slugs(client.get(URL, {"q": name})) == ["snowfall"]


def test_nicknames_and_authors_find_the_work_and_exact_names_come_first(client, catalogue):
    make_novel("tale", "등불", renown=5)
    make_novel(
        "quiet",
        renown=95,
        names=["콰이어트"],
        authors=["灯火まこと"],
        authors_ko=["등불 마코토"],
        authors_en=["Makoto Tomoshibi"],
    )
    assert slugs(client.get(URL, {"q": "등불"})) == ["tale", "lamplight", "quiet"]
    assert slugs(client.get(URL, {"q": "makototomoshibi"})) == ["quiet"]
    assert slugs(client.get(URL, {"q": "콰이어트"})) == ["quiet"]


@pytest.mark.parametrize(
    "query",
    [
        "tag=nonsense",
        "without=%00",
        "tag=%ED%A0%80",
        "status=lost",
        "year_from=abc",
        "year_to=" + "9" * 5000,
        "volumes=-1",
        "volumes=1e9",
        "edition=xx",
        "sort=%27%3B--",
        "q=%00",
        "q=" + "가" * 200,
        "q=%21%21",
    ],
)
def test_what_is_not_understood_is_told_and_left_out(client, catalogue, query):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    assert len(response.context["form"].problems) == 1
    assert "shelf-problems" in response.content.decode()
    assert len(slugs(response)) == 5


def test_years_the_wrong_way_round_keep_the_first(client, catalogue):
    response = client.get(URL, {"year_from": 2010, "year_to": 2000})
    assert len(slugs(response)) == 5
    assert len(response.context["form"].problems) == 1


def test_one_unknown_tag_leaves_the_known_ones(client, catalogue):
    response = client.get(URL, {"tag": ["nonsense", "mystery"]})
    assert slugs(response) == ["lamplight", "riddle"]
    assert len(response.context["form"].problems) == 1


@pytest.mark.parametrize("page", ["0", "-1", "99", "abc", "9" * 5000, "\x00", "1e5"])
def test_pages_that_are_not_there_lead_to_ones_that_are(client, catalogue, page):
    response = client.get(URL, {"page": page})
    assert response.status_code == 200
    assert len(slugs(response)) == 5


def test_pages_keep_the_filters(client, db):
    for number in range(30):
        make_novel(f"n{number:02}", renown=90 - number)
    make_novel("hidden", tags=("horror",))
    first = client.get(URL, {"tag": "fantasy", "sort": "renown"})
    assert len(slugs(first)) == 24
    assert first.context["next"] == "?tag=fantasy&page=2"
    second = client.get(URL + first.context["next"])
    assert slugs(second) == [f"n{number:02}" for number in range(24, 30)]
    assert (second.context["previous"], second.context["next"]) == ("?tag=fantasy&page=1", "")


def test_each_filter_can_be_taken_off_by_a_link(client, catalogue):
    response = client.get(URL, {"tag": "fantasy", "without": "romance", "volumes": 9})
    assert [(str(words), excludes, address) for words, excludes, address in response.context["form"].chosen] == [
        ("판타지", False, "?without=romance&volumes=9"),
        ("로맨스", True, "?tag=fantasy&volumes=9"),
        (f"{response.context['form'].fields['volumes'].label}: 9", False, "?tag=fantasy&without=romance"),
    ]


def test_the_folded_filters_are_counted_and_nothing_else(client, catalogue):
    query = {"q": "눈", "sort": "newest", "tag": ["fantasy", "romance"], "without": "mystery", "volumes": 9}
    assert client.get(URL, query).context["form"].filters_in_force == 4
    assert client.get(URL, {"q": "눈", "sort": "newest"}).context["form"].filters_in_force == 0


@pytest.mark.parametrize(
    ("query", "opens"), [({"volumes": "many"}, True), ({"volumes": 9}, False), ({"q": "!!"}, False)]
)
def test_the_filters_are_folded_unless_one_of_them_is_wrong(client, catalogue, query, opens):
    assert ('<details class="shelf-filters" open>' in client.get(URL, query).content.decode()) is opens


def test_htmx_gets_the_grid_alone_and_the_address_to_keep(client, catalogue):
    response = client.get(
        URL, {"q": "", "tag": "fantasy", "status": "", "sort": "renown"}, headers={"HX-Request": "true"}
    )
    assert "<html" not in response.content.decode()
    assert slugs(response) == ["lamplight", "snowfall", "harbour"]
    assert response["HX-Push-Url"] == "/novels/?tag=fantasy"
    assert 'id="shelf-count"' in response.content.decode()
    assert 'id="filter-tally" hx-swap-oob="true"' in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_going_back_gets_the_whole_page(client, catalogue):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(URL, headers=headers).content.decode()


def test_an_empty_shelf_says_what_to_do_next(client, catalogue):
    body = client.get(URL, {"q": "없는 책"}).content.decode()
    assert slugs(client.get(URL, {"q": "없는 책"})) == []
    assert 'class="shelf-empty"' in body
    assert 'href="/"' in body


def test_names_are_escaped(client, db):
    make_novel("evil", "<script>alert(1)</script>", authors=["<b>x</b>"])
    body = client.get(URL, {"q": "<script>alert"}).content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert" in body
    assert "<b>x</b>" not in body


def test_posting_is_refused(client, db):
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(client, db, django_assert_num_queries, count):
    for number in range(count):
        make_novel(f"n{number}", tags=("fantasy", "romance"))
    make_tag("unused")
    with django_assert_num_queries(3):  # tags, count, novels
        assert len(slugs(client.get(URL, {"tag": "fantasy"}))) == count
    with django_assert_num_queries(5):  # and what is so called: whether few, and which
        assert len(slugs(client.get(URL, {"q": "物語"}))) == count


def test_addresses_are_stable():
    with translation.override("en"):
        assert reverse("catalogue:browse") == "/novels/"
        assert reverse("catalogue:novel", args=["x"]) == "/novels/x/"
        assert reverse("catalogue:cover", args=["x"]) == "/novels/x/cover.svg"
