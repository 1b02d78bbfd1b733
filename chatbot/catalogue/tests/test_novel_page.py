import re

import pytest
from django.utils import translation

from chatbot.catalogue.models import Name, Novel, NovelTag
from chatbot.catalogue.novel_page import NovelPage
from chatbot.tests.factories import make_novel, make_tag

ENGLISH = {"Accept-Language": "en"}


def page_of(client, slug, **headers):
    response = client.get(f"/novels/{slug}/", headers=headers or ENGLISH)
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_says_what_is_known(client, db):
    novel = make_novel(
        "lamp",
        "등불의 서고",
        title_ja="灯の書庫",
        title_en="The Lamplit Stacks",
        title_romaji="Hi no Shoko",
        authors=["灯火"],
        authors_en=["Tomoshibi"],
        illustrators=["絵師"],
        imprint="書庫文庫",
        year=2011,
        volumes=3,
        anime=True,
        editions={"ko": {"known": True, "publisher": "서고사"}, "en": {"known": False}},
    )
    Name.objects.create(novel=novel, text="등서고")
    body = page_of(client, "lamp")
    for words in (
        *(
            "The Lamplit Stacks",
            "등불의 서고",
            "灯の書庫",
            "Hi no Shoko",
            "Tomoshibi",
            "絵師",
            "書庫文庫",
            "2011",
            "3 volumes",
        ),
        *(
            "Completed",
            "Has an anime",
            "서고사",
            "none known",
            "등서고",
            "A quiet story that begins",
            'href="/?like=lamp"',
        ),
    ):
        assert words in body
    assert '<meta name="description" content="A quiet story that begins in an old library.">' in body
    assert 'alt="Drawn cover of The Lamplit Stacks"' in body


def test_the_page_is_in_the_readers_language(client, novel):
    assert "이하루" in page_of(client, novel.slug, **{"Accept-Language": "ko"})
    japanese = page_of(client, novel.slug, **{"Accept-Language": "ja"})
    assert "古い図書館から始まる静かな物語。" in japanese
    assert "이하루" not in japanese


def test_a_title_of_our_own_says_so(client, db):
    make_novel("sure")
    make_novel("unsure", title_ko_certain=False)
    assert "our translation" not in page_of(client, "sure")
    assert "our translation" in page_of(client, "unsure")


@pytest.mark.parametrize(
    ("edition", "state"),
    [
        ({"known": True, "publisher": "P"}, ("known", "P")),
        ({"known": True}, ("known", "")),
        ({"known": False, "publisher": ""}, ("none", "")),
        ({"known": None}, ("unsure", "")),
        ({}, ("unsure", "")),
    ],
)
def test_an_edition_is_known_or_not_or_uncertain(db, edition, state):
    page = NovelPage(make_novel("x", editions={"ko": edition} if edition else {}))
    assert page.editions[0][1:] == state


def test_warnings_stand_apart_and_folded(client, novel):
    NovelTag.objects.create(novel=novel, tag=make_tag("gore", group="warnings", label_en="Gore"), strength=1)
    page = NovelPage(novel)
    assert [[tag.slug for tag in tags] for _label, tags in page.tag_groups] == [["fantasy", "mystery"]]
    assert [tag.slug for tag in page.warnings] == ["gore"]
    body = page_of(client, novel.slug)
    assert body.index('<details class="work-warnings">') < body.index(">Gore<") < body.index("</details>")


def test_a_series_is_linked_both_ways_when_on_the_shelf(client, db):
    first = make_novel("first", title_ja="第一")
    second = make_novel(
        "second",
        title_ja="第二",
        related=[{"title_ja": "第一", "kind": "sequel"}, {"title_ja": "外", "kind": "side-story"}],
    )
    with translation.override("en"):
        assert [(str(kind), title, work) for kind, title, work in NovelPage(second).related] == [
            ("Sequel of", "第一", first),
            ("Side story of", "外", None),
        ]
        assert [(str(kind), work) for kind, _title, work in NovelPage(first).related] == [("Prequel of", second)]
    assert 'href="/novels/first/"' in page_of(client, "second")


def test_similar_works_share_what_the_work_is_about(db):
    novel = make_novel("me", tags=("fantasy", "mystery", "war"), kin=["親戚"])
    make_novel("same", tags=("fantasy", "mystery", "war"), renown=1)
    make_novel("half", tags=("mystery", "cooking"), renown=99)
    make_novel("kin", title_ja="親戚", tags=("horror",), renown=1)
    make_novel("stranger", tags=("music",), renown=100)
    similar = NovelPage(novel).similar
    assert [one.slug for one in similar] == ["kin", "same", "half"]
    assert [one.is_kin for one in similar] == [True, False, False]
    assert [[tag.slug for tag in one.shared_tags] for one in similar] == [
        [],
        ["fantasy", "mystery", "war"],
        ["mystery"],
    ]


def test_each_similar_work_says_why_it_stands_there(client, db):
    make_novel("me", tags=("fantasy", "war"), kin=["親戚"], authors=["筆"])
    make_novel("kin", title_ja="親戚", tags=("war",), authors=["他"])
    make_novel("mate", tags=("fantasy", "war"), authors=["筆"])
    make_novel("near", tags=("fantasy", "war"), authors=["他"])
    body = page_of(client, "me")
    for words in ("Set beside it by our cataloguer: war", "By the same author: ", "Close in what it is about: "):
        assert words in body


def test_a_series_is_listed_in_the_order_it_is_read(client, db):
    make_novel("late", "늦게 나온 앞 이야기", title_ja="前", year=2020, related=[{"title_ja": "本", "kind": "prequel"}])
    make_novel("main", title_ja="本", year=2010, related=[{"title_ja": "隣", "kind": "same-world"}])
    make_novel("side", title_ja="脇", year=2005, related=[{"title_ja": "本", "kind": "side-story"}])
    make_novel(
        "next",
        title_ja="続",
        year=2000,
        related=[{"title_ja": "本", "kind": "sequel"}, {"title_ja": "外", "kind": "prequel"}],
    )
    make_novel("neighbour", title_ja="隣")
    order = ["前", "本", "続", "脇", "外"]
    for slug in ("late", "main", "side", "next"):
        page = NovelPage(Novel.objects.get(slug=slug))
        assert [title for title, _work in page.reading_order] == order, slug
    assert page.reading_order[-1] == ("外", None)
    assert NovelPage(Novel.objects.get(slug="neighbour")).reading_order == []
    body = page_of(client, "main")
    assert '<li aria-current="true"><strong>' in body
    assert "not on our shelf" in body


def test_two_works_that_each_follow_the_other_are_still_listed(db):
    make_novel("a", title_ja="甲", year=2001, related=[{"title_ja": "乙", "kind": "sequel"}])
    b = make_novel("b", title_ja="乙", year=2002, related=[{"title_ja": "甲", "kind": "sequel"}])
    assert [title for title, _work in NovelPage(b).reading_order] == ["甲", "乙"]


def test_shops_are_searched_for_the_title_in_their_language(db, settings):
    settings.SHOPS = [
        {"language": code, "name": code, "search": f"https://{code}.example/?q={{title}}&x=1"}
        for code in ("ko", "ja", "en")
    ]
    novel = make_novel(
        "n", "빛 & 그림자", title_ja="光", title_en="A/B?", editions={"ko": {"known": True}, "en": {"known": False}}
    )
    with translation.override("en"):
        shops = [(str(language), shops) for language, shops in NovelPage(novel).shops]
    assert shops == [
        ("In Korean", [("ko", "https://ko.example/?q=%EB%B9%9B%20%26%20%EA%B7%B8%EB%A6%BC%EC%9E%90&x=1")]),
        ("In Japanese", [("ja", "https://ja.example/?q=%E5%85%89&x=1")]),
    ]


def test_a_link_to_a_shop_gives_nothing_away(client, novel):
    body = page_of(client, novel.slug)
    links = re.findall(r'<a class="tag" href="https://[^>]*>', body)
    assert len(links) >= 3
    assert all('rel="external noopener noreferrer nofollow"' in link for link in links)


def test_at_most_six_similar_works_and_never_the_work_or_its_series(db):
    novel = make_novel("me", title_ja="私", related=[{"title_ja": "前", "kind": "sequel"}])
    make_novel("before", title_ja="前")
    for number in range(8):
        make_novel(f"n{number}")
    similar = [one.slug for one in NovelPage(novel).similar]
    assert len(similar) == 6
    assert not {"me", "before"} & set(similar)


def test_unknown_works_are_404_and_posts_refused(client, novel):
    assert client.get("/novels/unknown/").status_code == 404
    assert client.get("/novels/%00/").status_code == 404
    assert client.post(novel.get_absolute_url()).status_code == 405


def test_a_page_is_escaped(client, db):
    make_novel(
        "evil",
        '<script>"x"</script>',
        title_en='<script>"x"</script>',
        authors=["<b>"],
        synopsis_en='"><script>y</script>',
    )
    body = page_of(client, "evil")
    assert '<script>"x"' not in body
    assert "<script>y" not in body
    assert "&lt;script&gt;" in body


def adaptation(**fields):
    season = {"title": "", "kind": "season", "number": 1, "year": 2016, "to_volume": 4, "sure": True, "note": ""}
    return season | fields


def told(body):
    """The rows of the section about the anime, each as its words."""
    section = body.split('id="about-anime"')[1].split("</section>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in re.findall(r"<div>(.*?)</div>", section, re.S)]


def test_a_page_says_up_to_which_volume_each_season_tells(client, db):
    title = {"ko": "붉은 전설", "en": "Legend of Crimson", "ja": "紅伝説"}
    make_novel(
        "lamp",
        anime=True,
        adaptations=[
            adaptation(),
            adaptation(number=2, year=2018, to_volume=6, sure=False, note="skips"),
            adaptation(kind="film", year=2019, to_volume=None, note="original", title=title),
            adaptation(kind="ova", year=2020, to_volume=None),
        ],
    )
    assert told(page_of(client, "lamp")) == [
        "Anime, season 1 (2016) up to volume 4",
        "Anime, season 2 (2018) perhaps up to volume 6 leaves out parts of the books",
        "Legend of Crimson (2019) a story that is not in the books",
    ]
    assert told(page_of(client, "lamp", **{"Accept-Language": "ko"})) == [
        "애니 1기 (2016) 4권까지",
        "애니 2기 (2018) 아마 6권까지 원작의 일부를 건너뜀",
        "붉은 전설 (2019) 원작에 없는 이야기",
    ]
    assert told(page_of(client, "lamp", **{"Accept-Language": "ja"})) == [
        "アニメ第1期 (2016) 4巻まで",
        "アニメ第2期 (2018) おそらく6巻まで 原作の一部を飛ばしている",
        "紅伝説 (2019) 原作にない物語",
    ]


@pytest.mark.parametrize("adaptations", [[], [adaptation(to_volume=None)]])
def test_a_page_is_silent_about_an_anime_of_which_nothing_is_known(client, db, adaptations):
    make_novel("lamp", anime=True, adaptations=adaptations)
    assert "The anime and the books" not in page_of(client, "lamp")


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(client, db, django_assert_num_queries, count):
    novel = make_novel(
        "me", tags=("fantasy", "mystery"), kin=["n0の物語"], related=[{"title_ja": "x", "kind": "sequel"}]
    )
    for number in range(count):
        make_novel(f"n{number}", tags=("fantasy", "mystery"))
        make_novel(f"s{number}", related=[{"title_ja": novel.title_ja, "kind": "sequel"}])
    with django_assert_num_queries(
        10
    ):  # the work, tags, names, volumes; revision, ties, related, series; similar, their tags
        client.get(novel.get_absolute_url(), headers=ENGLISH)


def step(slug, kind="main", **fields):
    title = {"ko": f"{slug} 책", "en": f"Book {slug}", "ja": f"{slug}の本"}
    return {"title": title, "slug": slug, "kind": kind, "after": None, "skip": False} | fields


def order_on(body):
    """The steps of the reading order on a page, each as its words."""
    section = body.split('id="about-order"')[1].split("</ol>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in re.findall(r"<li.*?>(.*?)</li>", section, re.S)]


def test_a_page_shows_in_which_order_a_series_is_read_and_what_can_be_skipped(client, db):
    order = [step("main"), step("gone", "side", after=2, skip=True), step("aside", "side", skip=True)]
    make_novel("main", reading_order=[*order, step("neighbour", "world", skip=True)])
    make_novel("aside")
    make_novel("neighbour")
    title = Novel.objects.get(slug="aside").title_en
    assert order_on(page_of(client, "main"))[1:3] == [
        "Book gone Side story after volume 2 can be skipped",
        f"{title} Side story can be skipped",
    ]
    assert len(order_on(page_of(client, "aside"))) == 4
    assert "건너뛰어도 됨" in page_of(client, "aside", **{"Accept-Language": "ko"})
    assert "about-order" not in page_of(client, "neighbour")
