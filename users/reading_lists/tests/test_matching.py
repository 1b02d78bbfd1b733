"""Ids first, then ISBN, then names with the author; what is not sure is asked."""

import pytest

from chatbot.catalogue.models import Novel, Revision
from users.reading_lists.catalogue_index import CatalogueIndex
from users.reading_lists.lines import Line
from users.reading_lists.matching import Reason, Verdict, match

from .conftest import ISBNS

pytestmark = pytest.mark.django_db
MATCHED, DOUBTFUL, MISSING, NOT_NOVEL = Verdict.MATCHED, Verdict.DOUBTFUL, Verdict.MISSING, Verdict.NOT_NOVEL
UNKNOWN_ISBN = "9780316339179"


@pytest.fixture
def found(catalogue):
    def ask(title="", remembered=None, corrected=frozenset(), **fields):
        index = CatalogueIndex()
        told = match(index, Line(1, title=title, **fields), remembered, corrected)
        return told.verdict, told.reason, [index.works[pk].slug for pk in told.works]

    return ask


def test_an_id_is_believed_where_the_title_does_not_plainly_disagree(found):
    assert found("Lamp Stories", ids={"mal": "70261"}) == (MATCHED, Reason.ID, ["lamplight"])
    assert found("Лампа", ids={"mal": "70261"}) == (MATCHED, Reason.ID, ["lamplight"])
    assert found("Something Else", ids={"mal": "70261"}) == (DOUBTFUL, Reason.ID_AND_TITLE, ["lamplight"])
    assert found("Snow Kingdom", ids={"mal": "70261"}) == (DOUBTFUL, Reason.ID_AND_TITLE, ["lamplight", "snowfall"])
    assert found("Something Else", {"mal:70261": None}, ids={"mal": "70261"}) == (MISSING, Reason.SAID_BEFORE, [])


def test_the_number_of_a_novel_under_a_manga_is_asked(found):
    assert found("Lamp Tales", ids={"anilist": "85470"}, kind="manga") == (
        DOUBTFUL, Reason.ID_AND_TITLE, ["lamplight"],
    )  # fmt: skip


def test_what_a_list_calls_a_novel_is_never_called_its_manga(found):
    assert found("Lamp Tales", ids={"anilist": "5"}, kind="novel") == (DOUBTFUL, Reason.OTHER_NUMBER, ["lamplight"])


@pytest.mark.parametrize(
    "title",
    [
        "만화 등불의 서고", "만화: 등불의 서고 3권", "등불의 서고 웹툰", "코믹스판 등불의 서고", "漫画 灯の物語", "漫画『灯の物語』",
        "コミカライズ 灯の物語 2巻", "マンガ：灯の物語", "manga: Lamp Tales", "Manga Lamp Tales vol 3", "Lamp Tales manga",
    ],
)  # fmt: skip
def test_a_manga_that_is_called_so_before_or_behind_its_title_is_not_the_novel(found, title):
    assert found(title) == (NOT_NOVEL, Reason.MANGA, ["lamplight"])


@pytest.mark.parametrize("title", ["만화가의 등불", "漫画家の灯", "Mangaka Tales"])
def test_a_novel_about_manga_is_none(found, title):
    assert found(title)[0] in (MISSING, DOUBTFUL)


def test_a_title_so_short_that_any_book_may_bear_it_is_asked_without_its_author(found, catalogue, also_called):
    also_called("snowfall", "Babel")
    also_called("letters", "紅")
    Novel.objects.update(renown=40)
    Revision.advance()
    assert found("Babel") == (DOUBTFUL, Reason.SHORT_TITLE, ["snowfall"])
    assert found("紅") == (DOUBTFUL, Reason.SHORT_TITLE, ["letters"])
    assert found("Babel", authors="Fuse")[0] == MATCHED
    Novel.objects.update(renown=90)
    Revision.advance()
    assert found("Babel") == (MATCHED, Reason.TITLE, ["snowfall"])


def test_marks_alone_are_not_called_a_number(found):
    assert found(";;;;") == (MISSING, Reason.UNKNOWN, [])
    assert found("", ids={"anilist": "85470"}) == (MATCHED, Reason.ID, ["lamplight"])


def test_a_number_alone_that_nobody_knows_is_missing(found):
    assert found("", ids={"anilist": "1"}) == (MISSING, Reason.UNKNOWN_ID, [])


@pytest.mark.parametrize(
    "title",
    ["Lamp Tales", "灯の物語 3 (MF文庫J)", "등불의 서고 2권", "ＬＡＭＰ　ＴＡＬＥＳ", "Tomoshibi no Monogatari"],
)
def test_a_title_in_any_language_is_found(found, title):
    assert found(title) == (MATCHED, Reason.TITLE, ["lamplight"])


@pytest.mark.parametrize(
    "author",
    [
        "Tappei Nagatsuki",
        "Nagatsuki, Tappei",
        "長月 達平 / 大塚真一郎",
        "나가츠키 탓페이 지음",
        "Tappei Nagatsuki, Shinichirou Otsuka",
    ],
)
def test_the_author_agrees_in_any_order_and_script(found, author):
    assert found("Lamp Tales, Vol. 2", authors=author) == (MATCHED, Reason.TITLE_AND_AUTHOR, ["lamplight"])


def test_another_author_makes_it_doubtful(found):
    assert found("Lamp Tales", authors="Jane Austen") == (DOUBTFUL, Reason.AUTHOR_DIFFERS, ["lamplight"])


def test_an_author_in_a_script_we_do_not_know_says_nothing(found):
    assert found("Lamp Tales", authors="Тацухира") == (MATCHED, Reason.TITLE, ["lamplight"])


def test_an_isbn_finds_the_work_under_whatever_title(found):
    assert found("Lamp Tales 2: The Cold Lamp", isbn=ISBNS[1]) == (MATCHED, Reason.ISBN, ["lamplight"])


def test_a_title_is_not_believed_against_an_isbn(found):
    assert found("Lamp Tales, Vol. 2", isbn=UNKNOWN_ISBN, authors="Tappei Nagatsuki") == (
        DOUBTFUL, Reason.ISBN_DIFFERS, ["lamplight"],
    )  # fmt: skip
    assert found("Lamp Tales", isbn=UNKNOWN_ISBN) == (DOUBTFUL, Reason.ISBN_DIFFERS, ["lamplight"])
    assert found("Snow Kingdom", isbn=ISBNS[0]) == (DOUBTFUL, Reason.ISBN_AND_TITLE, ["lamplight", "snowfall"])


def test_an_isbn_says_nothing_where_we_know_none_for_that_volume_or_language(found):
    assert found("Lamp Tales, Vol. 6", isbn=UNKNOWN_ISBN) == (MATCHED, Reason.TITLE, ["lamplight"])
    assert found("灯の物語 2", isbn="9784040638041") == (MATCHED, Reason.TITLE, ["lamplight"])
    assert found("Snow Kingdom", isbn=UNKNOWN_ISBN, authors="Fuse") == (MATCHED, Reason.TITLE_AND_AUTHOR, ["snowfall"])


def test_where_the_list_numbered_too_a_title_is_doubtful(found):
    assert found("Snow Kingdom", ids={"mal": "5"}) == (DOUBTFUL, Reason.NOVEL_OR_MANGA, ["snowfall"])
    assert found("Snow Kingdom", ids={"anilist": "5"}, kind="novel") == (MATCHED, Reason.TITLE, ["snowfall"])


@pytest.mark.parametrize(
    "author", ["Tappei Nagatuki", "Nagatsuki Tappéi", "나가쓰키 다쓰페이 옮김 나가쓰키 닷페이", "나가츠키 탓페이"]
)
def test_an_author_is_known_in_another_spelling(found, author):
    assert found("Lamp Tales", authors=author) == (MATCHED, Reason.TITLE_AND_AUTHOR, ["lamplight"])


@pytest.mark.parametrize(
    "title",
    [
        "Lamp Tales by Tappei Nagatsuki",
        "등불의 서고 - 나가츠키 탓페이",
        "등불의 서고 3권까지, 나가츠키 탓페이 지음",
        "灯の物語／長月達平",
    ],
)
def test_an_author_behind_the_title_agrees(found, title):
    verdict, _reason, works = found(title)
    assert (verdict, works) == (MATCHED, ["lamplight"])


@pytest.mark.parametrize("title", ["Lamp Tales by Jane Austen", "등불의 서고 - 겨울", "灯の物語／別冊"])
def test_words_behind_the_title_that_are_no_author_make_it_doubtful(found, title):
    assert found(title) == (DOUBTFUL, Reason.PART_OF_TITLE, ["lamplight"])


def test_a_side_story_told_with_its_author_is_not_taken_for_the_work(found):
    assert found("Lamp Tales, Winter", authors="Tappei Nagatsuki")[0] == DOUBTFUL


def test_a_manga_with_the_isbn_of_another_novel_is_asked(found):
    assert found("Something Else (manga)", isbn=ISBNS[1]) == (DOUBTFUL, Reason.ISBN_AND_TITLE, ["lamplight"])


def test_another_number_at_the_same_site_is_the_manga(found):
    assert found("Lamp Tales", ids={"mal": "789"}) == (NOT_NOVEL, Reason.OTHER_ID, ["lamplight"])


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Lamp Tales, Vol. 1 (manga)", ""),
        ("灯の物語 3 (MFコミックス)", ""),
        ("등불의 서고 (코믹)", ""),
        ("Lamp Tales", "manga"),
    ],
)
def test_the_manga_of_a_novel_is_not_the_novel(found, title, kind):
    assert found(title, kind=kind) == (NOT_NOVEL, Reason.MANGA, ["lamplight"])


def test_a_volume_that_a_finished_work_has_not_is_asked_where_its_isbn_is_unknown(found):
    assert found("A Girl Who Writes, Vol. 3", isbn=UNKNOWN_ISBN, authors="Kana Akatsuki") == (
        DOUBTFUL, Reason.ISBN_DIFFERS, ["letters"],
    )  # fmt: skip
    assert found("A Girl Who Writes, Vol. 1", isbn=UNKNOWN_ISBN)[0] == MATCHED


def test_where_a_list_numbered_a_title_alone_is_asked(found):
    assert found("Lamp Tales", numbered=True) == (DOUBTFUL, Reason.NOVEL_OR_MANGA, ["lamplight"])
    assert found("Lamp Tales", numbered=True, kind="novel")[0] == MATCHED


def test_the_imprint_that_a_shop_writes_behind_the_title_is_cut_off(found, catalogue):
    Novel.objects.filter(slug="snowfall").update(imprint="アリアンローズ")
    Revision.advance()
    assert found("灯の物語4 (アリアンローズ)", authors="長月達平") == (MATCHED, Reason.TITLE_AND_AUTHOR, ["lamplight"])
    assert found("灯の物語4 (よその物語)", authors="長月達平")[0] == DOUBTFUL


@pytest.mark.parametrize("title", ["Lmap Tales", "Lamp Tals", "Lanp Tales", "灯の物話"])
def test_one_slip_of_the_pen_is_asked_even_in_a_short_title(found, title):
    assert found(title) == (DOUBTFUL, Reason.NEARLY, ["lamplight"])


def test_an_answer_to_a_doubt_does_not_touch_what_is_sure(found):
    said = {"lamptales": None}
    assert found("Lamp Tales, Vol. 2", said, authors="Tappei Nagatsuki")[0] == MATCHED
    assert found("Lamp Tales, Vol. 2", said, authors="Tappei Nagatsuki", isbn=UNKNOWN_ISBN) == (
        MISSING, Reason.SAID_BEFORE, [],
    )  # fmt: skip
    assert found("Lamp Tales", said, corrected={"lamptales"}) == (MISSING, Reason.SAID_BEFORE, [])


def test_a_number_in_the_title_of_a_whole_work_is_no_volume(catalogue):
    index = CatalogueIndex()
    told = match(index, Line(1, title="Lamp Tales: 300", ids={"mal": "70261"}, numbered=True))
    assert (told.reason, told.volume) == (Reason.ID, None)
    assert match(index, Line(1, title="Lamp Tales 3", ids={"mal": "70261"})).volume == 3


def test_an_anime_is_none_either(found):
    assert found("Lamp Tales", kind="anime") == (NOT_NOVEL, Reason.ANIME, [])


def test_a_title_of_several_works_asks_for_its_author(found, also_called):
    also_called("snowfall", "Lamp Tales")
    verdict, reason, works = found("Lamp Tales")
    assert (verdict, reason, set(works)) == (DOUBTFUL, Reason.SEVERAL, {"lamplight", "snowfall"})
    assert found("Lamp Tales", authors="Fuse") == (MATCHED, Reason.TITLE_AND_AUTHOR, ["snowfall"])


def test_a_part_of_a_title_needs_its_author(found):
    assert found("Lamp Tales 3: Into the Cellar") == (DOUBTFUL, Reason.PART_OF_TITLE, ["lamplight"])
    assert found("Lamp Tales 3: Into the Cellar", authors="Tappei Nagatsuki") == (
        MATCHED, Reason.TITLE_AND_AUTHOR, ["lamplight"],
    )  # fmt: skip


def test_a_side_story_by_the_same_author_is_not_the_work(found):
    assert found("Lamp Tales: Short Stories", authors="Tappei Nagatsuki") == (
        DOUBTFUL,
        Reason.PART_OF_TITLE,
        ["lamplight"],
    )


def test_a_volume_called_by_its_own_name_is_found_by_its_series(found):
    told = {"series": "Lamp Tales (#2.0)", "authors": "Tappei Nagatsuki"}
    assert found("The Cold Lamp", **told) == (MATCHED, Reason.TITLE_AND_AUTHOR, ["lamplight"])
    assert found("The Cold Lamp", series="Lamp Tales (#2.0)") == (DOUBTFUL, Reason.PART_OF_TITLE, ["lamplight"])


def test_a_title_that_is_nearly_so_is_asked(found):
    assert found("Girl Who Writes") == (DOUBTFUL, Reason.NEARLY, ["letters"])
    assert found("등불의 서가") == (DOUBTFUL, Reason.NEARLY, ["lamplight"])
    assert found("Pride and Prejudice", authors="Jane Austen") == (MISSING, Reason.UNKNOWN, [])


def test_what_the_reader_answered_before_is_not_asked_again(found, catalogue):
    assert found("Girl Who Writes", {"girlwhowrites": catalogue["letters"].pk}) == (
        MATCHED, Reason.SAID_BEFORE, ["letters"],
    )  # fmt: skip
    assert found("Girl Who Writes", {"girlwhowrites": None}) == (MISSING, Reason.SAID_BEFORE, [])


def test_ids_that_belong_to_two_works_are_asked(found, catalogue):
    catalogue["snowfall"].external_ids = {"anilist": "9"}
    catalogue["snowfall"].save()
    verdict, reason, works = found("Lamp Tales", ids={"mal": "70261", "anilist": "9"})
    assert (verdict, reason, set(works)) == (DOUBTFUL, Reason.IDS_DIFFER, {"lamplight", "snowfall"})
