import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.urls import reverse

from chatbot.catalogue import search
from chatbot.catalogue.loading import load_catalogue
from chatbot.catalogue.models import Name, Novel, Revision, Spelling
from chatbot.catalogue.search import Tier
from chatbot.tests.factories import make_novel
from chatbot.text import spelling

from .factories import novel_row, write_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue():
    make_novel(
        "mushoku",
        "무직전생 ~이세계에 갔으면 최선을 다한다~",
        title_ja="無職転生 〜異世界行ったら本気だす〜",
        title_en="Mushoku Tensei: Jobless Reincarnation",
        names=["무직전생", "無職転生", "むしょくてんせい"],
        authors=["理不尽な孫の手"],
        authors_ko=["리후진나 마고노테"],
        renown=97,
    )
    make_novel(
        "wolf",
        "늑대와 향신료",
        title_ja="狼と香辛料",
        title_en="Spice and Wolf",
        names=["Ōkami to Kōshinryō"],
        authors=["支倉凍砂"],
        authors_en=["Isuna Hasekura"],
        renown=92,
    )
    make_novel(
        "konosuba",
        "이 멋진 세계에 축복을!",
        title_ja="この素晴らしい世界に祝福を!",
        title_en="KonoSuba",
        names=["코노스바", "このすば"],
        renown=94,
    )
    make_novel("overlord", "오버로드", title_ja="オーバーロード", title_en="Overlord", renown=95)
    make_novel("bookworm", "책벌레의 하극상", title_ja="本好きの下剋上", title_en="Ascendance of a Bookworm", renown=91)
    make_novel("tanya", "유녀전기", title_ja="幼女戦記", title_en="Youjo Senki", renown=90)
    make_novel("tsundere", "츤데레의 밤", title_ja="ツンデレの夜", title_en="Shizuka na Tsuki", renown=10)
    make_novel("albeler", "알벨러", title_ja="アルベラー", title_en="Albeler", renown=5)


def slugs(query, **options):
    return [novel.slug for novel in search.find(query, **options)]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("무직전생", "mushoku"),
        ("무 직 전 생", "mushoku"),
        ("無職転生", "mushoku"),
        ("ＫＯＮＯＳＵＢＡ", "konosuba"),
        ("コノスバ", "konosuba"),
        ("ｺﾉｽﾊﾞ", "konosuba"),
        ("このすば", "konosuba"),
        ("konosuva", "konosuba"),
        ("オバロド", "overlord"),
        ("むしょくてんせい", "mushoku"),
        ("mushokutensei", "mushoku"),
        ("musyoku tensei", "mushoku"),
        ("okami to koshinryo", "wolf"),
        ("ookami to koushinryou", "wolf"),
        ("Ōkami to Kōsinryō", "wolf"),
        ("Yōjo Senki", "tanya"),
        ("yojo senki", "tanya"),
        ("sizuka na tuki", "tsundere"),
        ("ツンデレの夜", "tsundere"),
        ("ㅁㅈㅈㅅ", "mushoku"),
        ("ㅁ직전ㅅ", "mushoku"),
        ("ㄴㄷㅇㅎㅅㄹ", "wolf"),
        ("dhqjfhem", "overlord"),
        ("dkfqpffj", "albeler"),
        ("ㅏㅐㅜㅐ녀ㅠㅁ", "konosuba"),
    ],
)
def test_every_spelling_of_a_name_is_that_name(catalogue, query, slug):
    assert list(search.ranked(query).values())[:1] == [Tier.EXACT]
    assert slugs(query)[:1] == [slug]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("무직전셍", "mushoku"),  # a vowel
        ("무짇전생", "mushoku"),  # a final
        ("무진전생", "mushoku"),
        ("오바로드", "overlord"),
        ("overlrod", "overlord"),  # two letters swapped
        ("overlod", "overlord"),  # one missed
        ("overlorrd", "overlord"),  # one twice
        ("ovarlord", "overlord"),
        ("このすぱ", "konosuba"),
        ("このすすば", "konosuba"),
        ("無職転性", "mushoku"),
        ("幼女戦期", "tanya"),
        ("책벌래", "bookworm"),  # in the first word only
        ("첵벌레", "bookworm"),
        ("isuna hasekuru", "wolf"),
        ("dkfqpfj", "albeler"),  # on the other layout
    ],
)
def test_one_typo_is_forgiven(catalogue, query, slug):
    assert search.ranked(query) == {Novel.objects.get(slug=slug).pk: Tier.NEARLY}


@pytest.mark.parametrize(
    "query", ["무진전셍", "오바루드", "ovarlrod", "없는 책", "ㅋㅋㅋㅋ", "ㅁ직정ㅅ", "wlof", "qzxqzx"]
)
def test_what_is_too_far_from_every_name_finds_nothing(catalogue, query):
    assert slugs(query) == []


@pytest.mark.parametrize(
    ("query", "slug", "tier"),
    [
        ("무직", "mushoku", Tier.BEGINS),
        ("무직ㅈ", "mushoku", Tier.BEGINS),  # while the next syllable is being typed
        ("무지", "mushoku", Tier.BEGINS),
        ("musho", "mushoku", Tier.BEGINS),
        ("오バ", "overlord", None),
        ("ㅁㅈㅈ", "mushoku", Tier.BEGINS),
        ("향신료", "wolf", Tier.CONTAINS),
        ("ㅎㅅㄹ", "wolf", Tier.CONTAINS),
        ("香辛", "wolf", Tier.CONTAINS),
        ("reincarnat", "mushoku", Tier.CONTAINS),
        ("suba", "konosuba", Tier.CONTAINS),
        ("hasekura", "wolf", Tier.AUTHOR),
        ("支倉", "wolf", Tier.AUTHOR),
        ("孫の手", "mushoku", Tier.AUTHOR),
        ("마고노테", "mushoku", Tier.AUTHOR),
    ],
)
def test_parts_of_names_and_authors_are_found_where_they_stand(catalogue, query, slug, tier):
    found = search.ranked(query)
    assert found == ({Novel.objects.get(slug=slug).pk: tier} if tier is not None else {})


def test_exact_comes_before_beginning_before_author_before_inside_before_a_typo():
    make_novel("inside", "조용한 달빛정원", renown=99)
    make_novel("typo", "달빛정윈", renown=98)
    make_novel("written", "다른 책", authors_ko=["달빛정원"], renown=97)
    make_novel("known", "달빛정원의 밤", renown=60)
    make_novel("begins", "달빛정원사", renown=50)
    make_novel("exact", "달빛 정원", renown=1)
    assert slugs("달빛정원") == ["exact", "known", "begins", "written", "inside"]
    Novel.objects.filter(slug__in=["exact", "known", "begins", "written"]).delete()
    assert slugs("달빛정원") == ["inside", "typo"]


def test_a_limit_keeps_the_best(catalogue):
    assert slugs("이", limit=1) == ["konosuba"]
    assert slugs("이", limit=0) == []


def test_common_beginnings_give_the_best_known_works(monkeypatch):
    for number in range(12):
        make_novel(f"n{number}", f"달빛 {number}", renown=10 + number * 7 % 12)
    make_novel("inside", "늦은 달빛", renown=99)
    expected = slugs("달빛", limit=4)
    assert expected == ["n5", "n10", "n3", "n8"]
    # The same by asking work after work, as is done where more match than are worth fetching.
    monkeypatch.setattr(search, "CROWD", 0)
    assert slugs("달빛", limit=4) == expected
    assert slugs("달빛 5", limit=4) == ["n5"]
    assert slugs("달빛", limit=13)[-1] == "inside"


def test_a_search_may_be_among_some_works_only(catalogue):
    late = Novel.objects.filter(renown__lt=95)
    assert slugs("무직전생") == ["mushoku"]
    assert slugs("무직전생", among=late) == []
    assert slugs("늑대", among=late) == ["wolf"]
    assert slugs("무직전셍", among=late) == []


@pytest.mark.parametrize(
    "query",
    [
        None, "", " ", "\x00", "%", "_", "\\", "'", '"', "--", "\ud800", "\ud83d\ude00", "％", "゛", "ー", "っ",
        "무직\x00전생\ud800", "가" * 10_000, "a" * 10_000, "ﷺ" * 5000, "ㅁ" * 10_000, "ㅏ" * 10_000, "の" * 10_000,
        "\u0301" * 10_000, "a" * 40 + "b", "٣", "ß" * 200, "𓀀𓀀𓀀𓀀𓀀𓀀", "１０" * 30,
    ],
)  # fmt: skip
def test_anything_may_be_asked(catalogue, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        found = slugs(query)
    assert set(found) <= {"mushoku"}


@pytest.mark.parametrize("query", ["%", "100%", "a_b", "a\\b"])
def test_wildcards_are_letters_like_any_other(query):
    make_novel("plain", "aXb 1000", title_en="aXb 1000")
    assert slugs(query) == (["plain"] if query == "100%" else [])  # the mark is no letter, so 100 is left


def test_names_of_any_content_can_be_put_on_the_shelf():
    make_novel("odd", "ﷺ" * 250, title_ja="ー", title_en="!?", authors=["", "字" * 5000, "゛"])
    Novel.objects.filter(slug="odd").update(authors_ko=["이하루", 3, None], authors_en={"a": 1})
    search.index(Novel.objects.values_list("pk", flat=True))
    assert slugs("이하루") == ["odd"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count, django_assert_num_queries):
    for number in range(count):
        make_novel(f"n{number}", f"달빛 정원 {number}")
    with django_assert_num_queries(3):  # how many spellings, the best of them, their novels
        assert len(search.find("달빛")) == count
    with django_assert_num_queries(4):  # and typos, as nothing begins so
        assert len(search.find("정원")) == count


def test_indexing_again_changes_nothing(catalogue):
    before = sorted(Spelling.objects.values_list("novel", "kind", "form"))
    search.index(Novel.objects.values_list("pk", flat=True))
    assert sorted(Spelling.objects.values_list("novel", "kind", "form")) == before


def test_a_deleted_novel_takes_its_spellings_with_it(catalogue):
    Novel.objects.all().delete()
    assert Spelling.objects.count() == 0


def test_loading_indexes_what_it_adds_and_changes(tmp_path):
    file = tmp_path / "novels.jsonl"
    row = novel_row("lamp", names=["등불"], authors_ko=["이하루"])
    write_lines(file, [row])
    load_catalogue(file)
    assert slugs("ㄷㅂ") == slugs("이하루") == ["lamp"]
    write_lines(file, [row | {"names": ["촛불"], "authors_ko": ["박나무"]}])
    load_catalogue(file)
    assert slugs("촛불") == slugs("박나무") == ["lamp"]
    assert slugs("등불") == slugs("이하루") == []


def test_a_shelf_from_before_the_index_is_indexed_by_the_next_loading(tmp_path):
    file = tmp_path / "novels.jsonl"
    write_lines(file, [novel_row("lamp", names=["등불"]), novel_row("moon", names=["달빛"])])
    load_catalogue(file)
    Novel.objects.filter(slug="moon").update(loaded="")  # an operator's, which the loading keeps
    Spelling.objects.all().delete()
    Revision.objects.update(spelled="", digest="")
    load_catalogue(file)
    assert (slugs("등불"), slugs("달빛")) == (["lamp"], ["moon"])


@pytest.fixture
def operator(client):
    client.force_login(get_user_model().objects.create_superuser("keeper", password="lamp-and-shelf-7"))
    return client


def test_operators_changes_are_found_at_once(operator):
    from .test_admin import form_of

    novel = make_novel("lamp", "등불", names=["램프"], authors_ko=["이하루"])
    address = reverse("admin:catalogue_novel_change", args=[novel.pk])
    data = form_of(operator, novel) | {"title_ko": "촛불", "names-0-text": "양초", "authors_ko": '["박나무"]'}
    response = operator.post(address, data)
    assert response.status_code == 302, response.context["errors"]
    assert slugs("촛불") == slugs("양초") == slugs("박나무") == ["lamp"]
    assert slugs("등불") == slugs("램프") == slugs("이하루") == []
    novel = Novel.objects.get()
    operator.post(address, form_of(operator, novel) | {"names-0-DELETE": "on"})
    assert slugs("양초") == []


def test_operators_search_by_any_spelling_or_slug(operator, catalogue):
    def listed(query):
        response = operator.get(reverse("admin:catalogue_novel_changelist"), {"q": query})
        return [novel.slug for novel in response.context["cl"].queryset]

    assert listed("ㅁㅈㅈㅅ") == listed("무직전셍") == listed("musyoku") == ["mushoku"]
    assert listed("bookw") == ["bookworm"]
    assert listed("%") == listed("없는 책") == []


def test_deleting_asks_about_novels_and_names_not_about_their_spellings(operator, catalogue):
    novel = Novel.objects.get(slug="wolf")
    body = operator.get(reverse("admin:catalogue_novel_delete", args=[novel.pk])).content.decode()
    assert "늑대와 향신료" in body
    assert "Spelling" not in body
    assert "spelling" not in body
    assert novel.spellings.count() > 30


def test_a_readers_search_goes_with_the_other_filters(client, catalogue):
    Novel.objects.filter(slug="overlord").update(status="ongoing")
    make_novel("later", "오버로드 외전", renown=40)

    def browsed(**query):
        return [novel.slug for novel in client.get("/novels/", query).context["page"]]

    assert browsed(q="오버로드") == ["overlord", "later"]
    assert browsed(q="오버로드", status="completed") == ["later"]
    assert browsed(q="ㅇㅂㄹㄷ", sort="title") == ["overlord", "later"]
    assert browsed(q="무직전셍") == ["mushoku"]
    assert browsed(q="없는 책") == []


def test_romaji_is_told_from_english():
    assert spelling.is_romaji("Mushoku Tensei")
    assert spelling.is_romaji("Ichioku-nen Button wo Renda shita Ore wa")
    assert not spelling.is_romaji("Spice and Wolf")
    assert not spelling.is_romaji("무직전생")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("lamp", "lamp", True),
        ("lamp", "lamb", True),
        ("lamp", "lam", True),
        ("lamp", "clamp", True),
        ("lamp", "lmap", True),
        ("lamp", "lamps!", False),
        ("lamp", "palm", False),
        ("lamp", "limb", False),
        ("ab", "ba", True),
        ("", "a", True),
        ("", "ab", False),
    ],
)
def test_one_letter_is_the_difference(one, other, expected):
    assert spelling.differ_by_one(one, other) is spelling.differ_by_one(other, one) is expected


def test_the_benchmark_measures_in_a_database_of_its_own(monkeypatch, capsys):
    """In this process only its catalogue: the command puts its own database in the place of the default one."""
    from chatbot.catalogue.management.commands import benchmark_search

    pks = benchmark_search._shelve(0, 40)
    search.index(pks)
    assert Name.objects.count() > 150
    benchmark_search.Command().measure(queries=5, limit=10)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(benchmark_search.KINDS) + 1
    assert all("p95" in line for line in lines)


def test_the_shipped_catalogue_is_found_by_the_names_readers_use():
    call_command("load_catalogue", verbosity=0)
    for query, slug in {
        "ㅁㅈㅈㅅ": "mushoku-tensei",
        "전생슬": "tensei-slime",
        "konosuba": "konosuba",
        "ダンまち": "danmachi",
        "SAO": "sword-art-online",
        "sao": "sword-art-online",
    }.items():
        assert slugs(query, limit=1) == [slug]
