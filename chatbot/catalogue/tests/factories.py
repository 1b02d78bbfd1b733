"""A small shelf for tests: in memory for understanding and choosing, in the database for loading and the admin."""

import json
from itertools import count

from chatbot.catalogue.adaptations import adaptations_from
from chatbot.catalogue.arcs import arcs_from
from chatbot.catalogue.loading import BESIDE, NOVELS, PREMISES, TAGS
from chatbot.catalogue.reading_orders import steps_from
from chatbot.catalogue.snapshot import CatalogueSnapshot, Label, Work
from chatbot.text.folding import without_subtitle

numbers = count(1)


def make_work(slug, tags=("fantasy",), **fields):
    """A work in memory. `tags` is a mapping to strengths, or slugs, all of strength 2."""
    titles = {"ko": f"{slug} 이야기", "en": f"The Tale of {slug.title()}", "ja": f"{slug}の物語", "romaji": ""}
    titles |= fields.pop("titles", {})
    names = tuple(title for title in titles.values() if title) + tuple(fields.pop("names", ()))
    fields = {
        "pk": next(numbers),
        "authors": (f"{slug}の作者",),
        "year": 2015,
        "volumes": 8,
        "status": "completed",
        "anime": False,
        "renown": 50,
        "tone": 0,
        "synopses": {"ko": "", "en": "", "ja": ""},
        "editions": {},
        "related": (),
        "kin": (),
        **fields,
    }
    tags = dict(tags) if isinstance(tags, dict) else dict.fromkeys(tags, 2)
    return Work(slug=slug, titles=titles, names=names, tags=tags, **fields)


def labels():
    """The shipped tags."""
    rows = [json.loads(line) for line in TAGS.read_text(encoding="utf-8").splitlines()]
    return {row["slug"]: Label(row["slug"], row["group"], row["labels"], row["words"]) for row in rows}


LABELS = labels()


def make_catalogue(*works):
    works = sorted(works, key=lambda work: (-work.renown, work.slug))
    return CatalogueSnapshot(next(numbers), tuple(works), LABELS)


def shipped_shelf():
    """The shipped works in memory, by the names their lines give and by their titles without a subtitle."""
    works = []
    lines = NOVELS.with_name(PREMISES).read_text(encoding="utf-8").splitlines()
    premises = {row.pop("slug"): row for row in map(json.loads, lines)}
    notes, arcs = (
        {row["slug"]: row[name] for row in map(json.loads, NOVELS.with_name(BESIDE[name]).open(encoding="utf-8"))}
        for name in ("notes", "arcs")
    )
    for row in map(json.loads, NOVELS.read_text(encoding="utf-8").splitlines()):
        fields = {name: row[name] for name in ("year", "volumes", "status", "anime", "renown", "tone", "editions")}
        works.append(
            make_work(
                row["slug"],
                row["tags"],
                titles=row["titles"],
                names=[*row["names"], *filter(None, map(without_subtitle, row["titles"].values()))],
                authors=tuple(row["authors"]),
                synopses=row["synopsis"],
                premises=premises.get(row["slug"], {}),
                notes=notes.get(row["slug"], {}),
                arcs=arcs_from(arcs.get(row["slug"], [])),
                related=tuple((other["title_ja"], other["kind"]) for other in row["related"]),
                kin=tuple(row["kin"]),
                adaptations=adaptations_from(row.get("adaptations", [])),
                reading_order=steps_from(row.get("reading_order", [])),
                **fields,
            )
        )
    return make_catalogue(*works)


def known_shelf():
    """Works readers name in their asks, with the names they use."""
    return make_catalogue(
        make_work(
            "mushoku-tensei",
            {"isekai": 3, "reincarnation": 3, "fantasy": 3},
            titles={
                "ko": "무직전생 ~이세계에 갔으면 최선을 다한다~",
                "ja": "無職転生 〜異世界行ったら本気だす〜",
                "en": "Mushoku Tensei: Jobless Reincarnation",
            },
            names=("무직전생", "無職転生", "Mushoku Tensei"),
            renown=97,
        ),
        make_work(
            "re-zero",
            {"isekai": 3, "time-loop": 3, "dark": 2},
            titles={"ko": "Re: 제로부터 시작하는 이세계 생활", "ja": "Re:ゼロから始める異世界生活", "en": "Re:ZERO"},
            names=("리제로", "リゼロ", "ReZero"),
            renown=96,
        ),
        make_work(
            "overlord",
            {"isekai": 3, "dark": 3, "overpowered": 3},
            titles={"ko": "오버로드", "ja": "オーバーロード", "en": "Overlord"},
            names=("オバロ",),
            renown=95,
        ),
        make_work(
            "konosuba",
            {"isekai": 3, "comedy": 3, "absurd": 2},
            titles={"ko": "이 멋진 세계에 축복을!", "ja": "この素晴らしい世界に祝福を!", "en": "KonoSuba"},
            names=("코노스바", "このすば"),
            renown=94,
        ),
        make_work(
            "tensei-slime",
            {"isekai": 3, "non-human-lead": 3},
            titles={"ko": "전생했더니 슬라임이었던 건에 대하여", "ja": "転生したらスライムだった件", "en": "Tensura"},
            names=("전생슬", "転スラ"),
            renown=93,
        ),
        make_work(
            "spice-and-wolf",
            {"economics": 3, "romance": 2, "adventure": 2},
            titles={"ko": "늑대와 향신료", "ja": "狼と香辛料", "en": "Spice and Wolf"},
            renown=92,
        ),
        make_work(
            "honzuki",
            {"crafting": 3, "isekai": 3, "female-lead": 2},
            titles={"ko": "책벌레의 하극상", "ja": "本好きの下剋上", "en": "Ascendance of a Bookworm"},
            renown=91,
        ),
        make_work("eighty-six", ("war", "mecha"), titles={"ko": "86 -에이티식스-", "ja": "86", "en": "86"}, year=2017),
        make_work("another", ("horror", "mystery"), titles={"ko": "어나더", "ja": "Another", "en": "Another"}),
        make_work("plain", ("slice-of-life",), synopses={"ko": "", "en": "He moves to another town.", "ja": ""}),
        make_work("newest", ("sf",), year=2024),
    )


def novel_row(slug, **fields):
    """One line of novels.jsonl as a dict."""
    number = next(numbers)
    return {
        "slug": slug,
        "titles": {
            "ko": f"{slug} 이야기",
            "ja": f"{slug}の物語",
            "en": f"Tale {slug}",
            "romaji": f"Monogatari {number}",
        },
        "ko_certain": True,
        "names": [],
        "authors": ["作者"],
        "authors_ko": ["작자"],
        "authors_en": ["Author"],
        "illustrators": [],
        "imprint": "文庫",
        "year": 2015,
        "volumes": 5,
        "status": "completed",
        "anime": False,
        "renown": 50,
        "tone": 0,
        "tags": {"fantasy": 3, "adventure": 2},
        "synopsis": {"ko": "조용한 이야기.", "en": "A quiet story.", "ja": "静かな物語。"},
        "editions": {"ko": {"known": True, "publisher": ""}, "en": {"known": None, "publisher": ""}},
        "related": [],
        "kin": [],
        **fields,
    }


def write_lines(path, rows):
    """`rows`, dicts or raw lines, as a file of lines."""
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
