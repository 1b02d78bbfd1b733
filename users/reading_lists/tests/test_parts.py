"""A list that names a part of a work has read that part, and never the work."""

import pytest

from chatbot.catalogue.models import Name, Novel, Revision
from chatbot.tests import factories
from users.models import ShelfEntry
from users.reading_lists import formats
from users.reading_lists.catalogue_index import CatalogueIndex
from users.reading_lists.lines import Line
from users.reading_lists.matching import Reason, Verdict, match
from users.reading_lists.parts import has_other_words
from users.reading_lists.views import answer

from . import files
from .conftest import bring, keep

pytestmark = pytest.mark.django_db
MATCHED, DOUBTFUL, MISSING = Verdict.MATCHED, Verdict.DOUBTFUL, Verdict.MISSING
PASTED = {"format": formats.Format.PASTED, "stateless": "read"}


def arc(ko, en, ja, first, last, *names):
    return {"title": {"ko": ko, "en": en, "ja": ja}, "names": list(names), "from": first, "to": last}


ARCS = [
    arc("거짓 등불", "Niselight", "偽灯", 4, 5, "Nisetomo"),
    arc("제3부 항구의 딸", "Part 3: Daughter of the Harbour", "第三部 港の娘", 8, 12),
    arc("겨울의 끝", "Winter's End", "冬の終わり", 18, 20),
]


@pytest.fixture
def lanterns(catalogue):
    """A series of 20 volumes that is one work; one of its parts is a name of the work too. Windows has three volumes."""
    factories.make_novel("windows", "창의 경계", title_ja="窓の境界", volumes=3)
    novel = factories.make_novel(
        "lanterns", "등롱 시리즈", names=["灯籠", "偽灯", "Lanterns"], title_ja="〈灯籠〉シリーズ", title_en="Lantern Series",
        authors=["西尾灯"], authors_en=["Akari Nishio"], volumes=20, arcs=ARCS, renown=90,
    )  # fmt: skip
    return novel


def found(title, **fields):
    index = CatalogueIndex()
    told = match(index, Line(1, title=title, **fields))
    slugs = [index.works[pk].slug for pk in told.works]
    return told.verdict.value, slugs, told.part and told.part.first, told.volume


@pytest.mark.parametrize(
    ("title", "verdict", "first", "volume"),
    [
        ("偽灯", MATCHED, 4, 5),  # a name of the work, and of a part of it
        ("偽灯(上)", DOUBTFUL, 4, 4),
        ("偽灯〈下〉", DOUBTFUL, 4, 5),
        ("偽灯 下", DOUBTFUL, 4, 5),
        ("거짓 등불", DOUBTFUL, 4, 5),
        ("거짓 등불 상", DOUBTFUL, 4, 4),
        ("거짓 등불 (하)", DOUBTFUL, 4, 5),
        ("거짓 등불 2권", DOUBTFUL, 4, 5),
        ("Niselight", DOUBTFUL, 4, 5),
        ("Nisetomo, Vol. 1", DOUBTFUL, 4, 4),
        ("Niselight, Part 2", DOUBTFUL, 4, 5),
        ("Niselight Part I", DOUBTFUL, 4, 4),
        ("灯籠 第三部 港の娘", DOUBTFUL, 8, 12),
        ("灯籠 第三部 港の娘 2", DOUBTFUL, 8, 9),
        ("등롱 시리즈 제3부 항구의 딸 9권", DOUBTFUL, 8, 9),
        ("Lanterns: Part 3, Vol. 5", DOUBTFUL, 8, 12),
        ("Lanterns Part 3", DOUBTFUL, 8, 12),
        ("冬の終わり", DOUBTFUL, 18, 20),
    ],
)
def test_a_part_whose_volumes_are_known_is_those_volumes(lanterns, title, verdict, first, volume):
    assert found(title) == (verdict, ["lanterns"], first, volume)


@pytest.mark.parametrize(
    ("title", "volume"), [("窓の境界 上", 1), ("窓の境界（中）", 2), ("窓の境界 下", 3), ("창의 경계 (하)", 3)]
)
def test_thirds_of_a_short_work_are_its_volumes(lanterns, title, volume):
    assert found(title) == (DOUBTFUL, ["windows"], 1, volume)


@pytest.mark.parametrize(
    ("title", "slug", "volume"),
    [
        ("灯籠〈上弦〉", "lanterns", None),
        ("Lanterns: The Undead King", "lanterns", None),
        ("Lantern Series ~Another Night~", "lanterns", None),
        ("눈 내리는 왕국 여름편", "snowfall", None),
        ("Lantern Series Zero", "lanterns", None),
    ],
)
def test_a_part_that_nobody_knows_is_one_still(lanterns, title, slug, volume):
    assert found(title) == (DOUBTFUL, [slug], 0, volume)


@pytest.mark.parametrize(
    ("title", "volume"),
    [
        ("灯籠", None), ("Lantern Series", None), ("Lanterns 7", 7), ("등롱 시리즈 11권", 11), ("Snow Kingdm", None),
        ("눈내리는 왕국", None), ("窓の境界", None), ("〈灯籠〉シリーズ 3", 3),
    ],
)  # fmt: skip
def test_the_work_itself_spelt_somehow_is_no_part(lanterns, title, volume):
    _verdict, slugs, part, told = found(title)
    assert (len(slugs), part, told) == (1, None, volume)


@pytest.mark.parametrize("title", ["Part 3", "港", "上", "Harbour", "제3부"])
def test_a_part_is_not_known_by_what_any_work_has(lanterns, title):
    assert found(title)[:2] == (MISSING, [])


def test_a_part_by_another_author_is_not_ours(lanterns):
    assert found("Niselight", authors="Jane Austen")[0] == MISSING
    assert found("Niselight", authors="Akari Nishio")[:2] == (DOUBTFUL, ["lanterns"])


def test_a_part_that_is_a_work_of_its_own_is_that_work(lanterns):
    factories.make_novel("niselight", "따로 나온 등불", title_en="Niselight", title_ja="別の灯")
    assert found("Niselight") == (MATCHED, ["niselight"], None, None)


def test_other_words_are_not_other_spellings():
    assert has_other_words("The Sigh of Lamps", ["The Melancholy of Lamps"])
    assert has_other_words("灯籠の溜息", ["灯籠の憂鬱"])
    assert has_other_words("등불의 소실", ["등불의 우울"])
    assert not has_other_words("The Rise of the Lamp", ["The Rising of the Lamp"])
    assert not has_other_words("어서오세요 등불 교실에", ["어서 오세요 등불의 교실에"])
    assert not has_other_words("灯籠の憂欝", ["灯籠の憂鬱"])


@pytest.mark.parametrize(
    ("lines", "state", "volumes"),
    [
        ("偽灯", "reading", 5),
        ("冬の終わり", "reading", 20),  # the last volumes are not all of them
        ("灯籠〈上弦〉", "reading", None),
        ("偽灯\n灯籠", "read", 5),
        ("窓の境界 上", "reading", 1),
        ("窓の境界 上\n窓の境界 下", "read", 3),
        ("灯籠", "read", None),
    ],
)
def test_a_part_does_not_make_the_work_read(reader, lanterns, lines, state, volumes):
    brought = bring(reader, lines.encode(), **PASTED)
    for doubt in brought.works.filter(verdict=DOUBTFUL):
        (slug,) = Novel.objects.filter(pk__in=doubt.candidates).values_list("slug", flat=True)
        answer(doubt, "choose", slug)
    keep(brought)
    assert list(reader.shelf_entries.values_list("state", "volumes_read")) == [(state, volumes)]


def test_a_part_remembered_from_an_earlier_list_is_one_still(reader, lanterns):
    first = bring(reader, "灯籠〈上弦〉".encode(), **PASTED)
    answer(first.works.get(), "choose", "lanterns")
    keep(first)
    ShelfEntry.objects.all().delete()
    again = bring(reader, "灯籠〈上弦〉".encode(), **{**PASTED, "stateless": "read"})
    assert again.works.get().reason == Reason.SAID_BEFORE
    assert again.works.get().said[0]["part"] == 0


def test_volumes_that_a_list_counts_are_those_of_the_part(reader, lanterns):
    rows = [
        {"id": 1, "title": "Niselight", "volumes": 2, "read": 2, "status": "Completed"},
        {"id": 2, "title": "Lanterns: Another Night", "volumes": 2, "read": 2, "status": "Completed"},
        {"id": 3, "title": "Snow Kingdom: The Whole of It", "volumes": 5, "read": 5, "status": "Completed"},
    ]
    brought = bring(reader, files.mal(*rows))
    told = {work.title: work.said[0] for work in brought.works.all()}
    assert {title: (one.get("part"), one.get("volumes_read")) for title, one in told.items()} == {
        "Niselight": (4, 5), "Lanterns: Another Night": (0, None), "Snow Kingdom: The Whole of It": (None, 5),
    }  # fmt: skip


def test_a_part_of_one_work_says_nothing_of_another_that_it_is_said_to_be(reader, lanterns):
    brought = bring(reader, "偽灯 上".encode(), **PASTED)
    answer(brought.works.get(), "choose", "letters")
    keep(brought)
    assert list(reader.shelf_entries.values_list("novel__slug", "state", "volumes_read")) == [("letters", "read", None)]


def test_a_perhaps_is_told_before_it_is_kept(logged_in, reader, lanterns):
    brought = bring(reader, "灯籠〈上弦〉\n偽灯 読了".encode(), **PASTED)
    logged_in.cookies["django_language"] = "en"
    page = logged_in.get(brought.get_absolute_url() + "?verdict=doubtful").text
    assert "perhaps only a part of it" in page
    page = logged_in.get(brought.get_absolute_url() + "?verdict=matched").text
    assert ("perhaps only a part of it" in page, "up to volume 5" in page) == (False, True)


def test_half_a_name_of_no_work_stays_missing(lanterns):
    Name.objects.create(novel=lanterns, text="Nobody's")
    Revision.advance()
    assert found("세상")[0] == MISSING
    assert found("最上 下")[0] == MISSING
