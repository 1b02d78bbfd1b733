import pytest

from chatbot.catalogue.models import Name, Novel, Revision
from chatbot.catalogue.volumes import Volume, sortable
from chatbot.tests import factories
from users.models import ListFile, ReadingList
from users.reading_lists import formats, unpacking, work

READING = ReadingList.State.READING

# Lamplight is known with its numbers elsewhere and its English ISBNs, snowfall without; letters is one volume.
ISBNS = ("9780316272247", "9781975309732", "9781975309749")


@pytest.fixture
def catalogue(db):
    lamplight = factories.make_novel(
        "lamplight", "등불의 서고", names=["Lamp Tales", "Tomoshibi no Monogatari"], title_ja="灯の物語",
        authors=["長月達平"], authors_en=["Tappei Nagatsuki"], authors_ko=["나가츠키 탓페이"], volumes=7, status="ongoing",
        external_ids={"mal": "70261", "anilist": "85470"},
    )  # fmt: skip
    for number, isbn in enumerate(ISBNS, 1):
        Volume.objects.create(novel=lamplight, number=sortable(str(number)), language="en", format="print", isbn13=isbn)
    factories.make_novel(
        "snowfall", "눈 내리는 왕국", title_en="Snow Kingdom", authors=["伏瀬"], authors_en=["Fuse"],
        authors_ko=["후세"], volumes=5,
    )  # fmt: skip
    factories.make_novel(
        "letters", "편지를 쓰는 소녀", title_en="A Girl Who Writes", authors=["暁佳奈"],
        authors_en=["Kana Akatsuki"], authors_ko=["아카츠키 카나"], volumes=1,
    )  # fmt: skip
    return {novel.slug: novel for novel in Novel.objects.all()}


@pytest.fixture
def also_called(catalogue):
    """Give a work another name."""

    def call(slug, name):
        Name.objects.create(novel=catalogue[slug], text=name)
        Revision.advance()

    return call


def bring(reader, data, go_on=True, **fields):
    """A list as the page takes it in; read, unless `go_on` is off."""
    data = unpacking.unpack(data)
    form, encoding = (fields.pop("format"), "utf-8-sig") if "format" in fields else formats.recognise(data)
    made = ReadingList.objects.create(reader=reader, format=form, encoding=encoding, state=READING, **fields)
    ListFile.objects.create(of=made, data=data)
    if go_on:
        work.go_on(made.pk)
        made.refresh_from_db()
    return made


def keep(brought, state=ReadingList.State.READY):
    assert brought.move(state, ReadingList.State.KEEPING, failure="")
    work.go_on(brought.pk)
    brought.refresh_from_db()
    return brought
