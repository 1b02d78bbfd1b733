import json
import time
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from chatbot import covers
from chatbot.catalogue.loading import NOVELS
from chatbot.catalogue.models import NovelTag
from chatbot.covers import lettering, palettes
from chatbot.tests.factories import make_novel, make_tag

HOSTILE = {
    "script": '<script>alert("1")</script>',
    "quotes": "\"'><svg onload='alert(1)'>&amp;",
    "emoji": "👩‍👩‍👧 ドラゴン🐉と暮らす🏠日々 🇰🇷",
    "long": "異世界に転生したら" * 28,
    "long-words": "가나다라마바사아자차카타파하" * 18,
    "long-latin": "Pneumonoultramicroscopicsilicovolcanoconiosis" * 5,
    "spaces": "   ",
    "controls": "a\x00b\x1bc\x7f\ud800d\u202ee\ufffe",
    "marks": "「（〜ー…！？」、。",
    "one": "界",
}


def svg(work, language=None):
    from django.template.loader import get_template

    return get_template("catalogue/cover.svg").render(covers.sheet(work, language))


def shipped():
    with open(NOVELS, encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            yield covers.Subject(
                slug=one["slug"],
                title_ja=one["titles"]["ja"],
                title_ko=one["titles"]["ko"],
                authors=tuple(one["authors"]),
                authors_ko=tuple(one["authors_ko"]),
                tone=one["tone"],
                tags=one["tags"],
            )


def without_lettering(sheet):
    return repr((sheet["layers"], sheet["gradients"], sheet["clips"], sheet["tile"]))


def test_every_shipped_work_has_a_cover_like_no_other():
    pictures, sizes, layouts, drawn = set(), [], set(), set()
    for work in shipped():
        sheet = covers.sheet(work)
        text = svg(work)
        ElementTree.fromstring(text)
        pictures.add(without_lettering(sheet))
        sizes.append(len(text.encode()))
        layouts.add(sheet["layout"])
        drawn.add(sheet["motif"])
    assert len(pictures) == len(sizes) > 0
    assert max(sizes) < 12_000
    if len(sizes) >= 150:
        assert len(layouts) == 16
        assert len(drawn) >= 40


def test_drawing_is_quick():
    works = list(shipped())[:100]
    svg(works[0])
    start = time.process_time()
    for work in works:
        svg(work)
    assert (time.process_time() - start) / len(works) < 0.02  # about 2 ms where nothing else runs


def test_a_work_keeps_its_cover(novel):
    assert covers.draw(novel) == covers.draw(novel)


def test_the_lettering_follows_the_language_asked_for(novel):
    def lettered(language):
        tree = ElementTree.fromstring(covers.draw(novel, language))
        return "".join("".join(group.itertext()) for group in tree if group.get("lang")).replace(" ", "")

    assert "등불의서고" in lettered("ko")
    assert "lamplightの物語" in lettered("ja")
    assert covers.draw(novel, "xx") == covers.draw(novel)


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("authors", [(), ("<b>作者</b>" * 30,)], ids=["nobody", "long author"])
def test_hostile_titles_are_safe(title, authors):
    for number in range(24):  # enough slugs to come by every layout
        work = covers.Subject(f"w{number}", title, title, authors, authors, number % 5 - 2, {"fantasy": 3})
        for language in ("ko", "ja"):
            text = svg(work, language)
            tree = ElementTree.fromstring(text)
            tags = {node.tag.split("}")[1] for node in tree.iter()}
            assert tags <= {
                *("svg", "defs", "linearGradient", "stop", "clipPath", "path", "g", "use", "text"),
                *("pattern", "filter", "feTurbulence", "feColorMatrix"),
            }
            assert not any(name == "style" or name.startswith("on") for node in tree.iter() for name in node.attrib)
            assert len(text.encode()) < 30_000


def test_lettering_stays_on_the_page():
    for work in shipped():
        for block in covers.sheet(work)["blocks"]:
            for text in block.texts:
                assert -4 <= float(text.x) <= 404, (work.slug, text)
                assert 0 <= float(text.y) <= 604, (work.slug, text)


def test_subtitles_are_told_from_titles():
    assert lettering.split_title("無職転生 ～異世界行ったら本気だす～") == ("無職転生", "異世界行ったら本気だす")
    assert lettering.split_title("무직전생 ~이세계에 갔으면 최선을 다한다~") == (
        "무직전생",
        "이세계에 갔으면 최선을 다한다",
    )
    assert lettering.split_title("Re:ゼロから始める異世界生活") == ("Re:ゼロから始める異世界生活", "")


def test_columns_never_begin_with_a_mark_that_may_not():
    row = lettering.cells("ようこそ、ラブコメの「教室」へっ！？")
    for count in range(2, 7):
        for column in lettering.columns(row, count):
            assert column[0][0][0] not in lettering.NOT_FIRST
            assert column[-1][0][-1] not in lettering.NOT_LAST


def test_ink_can_be_read_on_every_palette():
    grounds = [colours[0] for rows in palettes.BY_TONE.values() for colours in rows]
    grounds += [colours[0] for rows in palettes.BY_TAG.values() for _tones, colours in rows]
    for ground in grounds:
        assert palettes.contrast(palettes.readable(ground, "#777777"), ground) >= 4.5


def test_a_stamped_cover_may_be_kept_for_a_year(client, novel):
    response = client.get(novel.cover_url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert set(response["Content-Security-Policy"].split("; ")) == {"default-src 'none'", "frame-ancestors 'none'"}
    assert response.content.decode() == covers.draw(novel)


@pytest.mark.parametrize("query", ["", "?v=", "?v=00000000", "?v=%00&lang=%ED%A0%80"])
def test_a_cover_with_another_stamp_is_not_kept_for_long(client, novel, query):
    response = client.get(reverse("catalogue:cover", args=[novel.slug]) + query)
    assert response.status_code == 200
    assert response["Cache-Control"] == "public, max-age=300"


def test_an_unchanged_cover_answers_304(client, novel):
    etag = client.get(novel.cover_url)["ETag"]
    assert client.get(novel.cover_url, headers={"If-None-Match": etag}).status_code == 304
    NovelTag.objects.create(novel=novel, tag=make_tag("dragons"), strength=3)
    make_novel("other")
    assert client.get(novel.cover_url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_unknown_works_have_no_cover(client, novel):
    assert client.get("/novels/unknown/cover.svg").status_code == 404
    assert client.post(novel.cover_url).status_code == 405


def test_a_cover_takes_two_queries(client, novel, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(novel.cover_url)
