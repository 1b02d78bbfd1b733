import json
import random
import resource
import statistics
import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand

from chatbot.catalogue.loading import NOVELS, TAGS

from ...catalogue.snapshot import CatalogueSnapshot, Label, Work
from ...language.wishes.wish import understand
from ...language.words.subjects import works_about
from ...language.words.vocabulary import vocabulary
from ...recommender.choosing import choose
from ...recommender.features import features_of
from ...recommender.pick_counts import CANDIDATES

LANGUAGES = ("ko", "en", "ja")
MAX_OFFERED = 2_000


class Command(BaseCommand):
    help = (
        "Measure understanding and choosing with a large made-up catalogue, held in memory only: works crossed from two "
        "shipped ones that are kin, so that tags come together as they really do."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--works", type=int, default=100_000)
        parser.add_argument("--asks", type=int, default=40, help="of each kind, in each language")
        parser.add_argument("--json", dest="out", type=Path, help="write the figures here")

    def handle(self, *, works, asks, out, **options):
        figures = {"works": works, "megabytes_before": _megabytes()}
        catalogue, figures["shelf_seconds"] = _timed(lambda: made_up(works))
        for name, make in (("subjects", works_about), ("vocabulary", vocabulary), ("index", features_of)):
            _, figures[f"{name}_seconds"] = _timed(lambda make=make: make(catalogue))
            figures[f"megabytes_with_{name}"] = _megabytes()
        self.stdout.write(
            f"{works:,} works made in {figures['shelf_seconds']:.1f} s; subjects {figures['subjects_seconds']:.1f} s, "
            f"vocabulary {figures['vocabulary_seconds']:.1f} s, index {figures['index_seconds']:.1f} s; "
            f"{figures['megabytes_with_index']} MB at most"
        )
        figures["kinds"] = {kind: self.measure(kind, ask, catalogue, asks) for kind, ask in KINDS.items()}
        everything = [one for kind in figures["kinds"].values() for one in kind.pop("took")]
        figures["all"] = self.tell("all", everything)
        for kind in figures["kinds"].values():
            kind.pop("picks")
        if out:
            out.write_text(json.dumps(figures, indent=1), encoding="utf-8")

    def measure(self, kind, ask, catalogue, asks):
        chance, took, picks = random.Random(kind), [], 0  # noqa: S311
        for number in range(asks * len(LANGUAGES)):
            language = LANGUAGES[number % len(LANGUAGES)]
            said = ask(chance, catalogue, language)
            offered = frozenset(
                work.pk for work in chance.sample(catalogue.works, min(MAX_OFFERED, len(catalogue.works) // 4))
            )
            wish, *understood = _clocked(lambda said=said, language=language: understand(said, catalogue, language))
            choice, *chosen = _clocked(
                lambda wish=wish, offered=offered: choose(wish, catalogue, offered=offered, count=CANDIDATES)
            )
            took.append((understood, chosen))
            picks += bool(choice.candidates)
        return {**self.tell(kind, took, f"{picks} of {len(took)} answered"), "took": took, "picks": picks}

    def tell(self, kind, took, remark=""):
        """Print and return the percentiles of pairs (understood, chosen), each (milliseconds waited, worked)."""
        figures = {}
        for name, times in (
            ("understand", [one for one, _ in took]),
            ("choose", [one for _, one in took]),
            ("both", [(one[0] + other[0], one[1] + other[1]) for one, other in took]),
        ):
            waited, worked = ([time[place] for time in times] for place in (0, 1))
            figures[name] = {
                "p50": statistics.median(waited), "p95": _p95(waited), "worked_p50": statistics.median(worked),
                "worked_p95": _p95(worked), "most": max(waited),
            }  # fmt: skip
        said = "  ".join(f"{name} {one['p50']:5.1f} {one['p95']:6.1f}" for name, one in figures.items())
        self.stdout.write(
            f"{kind:22} p50, p95 in ms: {said}  (own work {figures['both']['worked_p95']:.1f})  {remark}".rstrip()
        )
        return figures


def _p95(times):
    return statistics.quantiles(times, n=20)[-1]


def _timed(make):
    began = time.perf_counter()
    return make(), time.perf_counter() - began


def _clocked(call):
    """(what `call` returns, milliseconds it took, milliseconds of this process's own work)."""
    began = time.perf_counter(), time.process_time()
    found = call()
    return found, 1000 * (time.perf_counter() - began[0]), 1000 * (time.process_time() - began[1])


def _megabytes():
    """The most memory this process has held."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


# --- The made-up catalogue ------------------------------------------------------------------------------------------


def made_up(count):
    """A shelf of `count` works. Each is a cross of a shipped work and one of its kin."""
    chance = random.Random(count)  # noqa: S311
    shipped = [json.loads(line) for line in NOVELS.read_text(encoding="utf-8").splitlines()]
    by_title = {row["titles"]["ja"]: row for row in shipped}
    works, of_parent = [], {}
    for number in range(count):
        one = chance.choice(shipped)
        near = [by_title[title] for title in one["kin"] if title in by_title]
        work = _crossed(chance, number, one, chance.choice(near or shipped), chance.choice(shipped))
        works.append(work)
        of_parent.setdefault(one["slug"], []).append(work)
    families = {
        row["slug"]: [
            work
            for title in (row["titles"]["ja"], *row["kin"])
            if title in by_title
            for work in of_parent.get(by_title[title]["slug"], ())
        ]
        for row in shipped
    }
    for parent, children in of_parent.items():
        for work in children:
            _tie(chance, work, families[parent], children)
    works.sort(key=lambda work: (-work.renown, work.slug))
    rows = [json.loads(line) for line in TAGS.read_text(encoding="utf-8").splitlines()]
    labels = {row["slug"]: Label(row["slug"], row["group"], row["labels"], row["words"]) for row in rows}
    return CatalogueSnapshot(1, tuple(works), labels)


def _other_names(chance, one, third):
    """A name beside the titles, where both works have one."""
    if one["names"] and third["names"]:
        yield _spliced(chance, one["names"][0], third["names"][-1])


def _crossed(chance, number, one, other, third):
    titles = {
        code: _spliced(chance, one["titles"][code] or one["titles"]["en"], third["titles"][code] or "2")
        for code in (*LANGUAGES, "romaji")
    }
    names = [*titles.values(), *_other_names(chance, one, third)]
    inherited = {tag: level for tag, level in one["tags"].items() if chance.random() < 0.75}
    inherited |= {tag: level for tag, level in other["tags"].items() if chance.random() < 0.35}
    authors = (f"{_spliced(chance, one['authors'][0], third['authors'][0])}{number % 40 or ''}",)
    return Work(
        pk=number + 1,
        slug=f"work-{number}",
        titles=titles,
        names=tuple(dict.fromkeys(names)),
        authors=authors,
        author_names=dict.fromkeys(LANGUAGES, authors),
        year=min(2025, max(1975, one["year"] + chance.randint(-4, 4))),
        volumes=max(1, one["volumes"] + chance.randint(-5, 5)),
        status=chance.choice((one, other))["status"],
        anime=one["anime"] and chance.random() < 0.3,
        # Few are well known, most are not.
        renown=int(1 + 99 * chance.random() ** 3),
        tone=max(-2, min(2, one["tone"] + chance.randint(-1, 1))),
        tags={tag: max(1, min(3, level - (chance.random() < 0.2))) for tag, level in inherited.items()},
        synopses={code: _spliced(chance, one["synopsis"][code], other["synopsis"][code], 3000) for code in LANGUAGES},
        editions=chance.choice((one, third))["editions"],
        related=(),
        kin=(),
    )


def _spliced(chance, one, other, longest=250):
    """The beginning of `one` and the end of `other`, between words where there are any."""
    mark = " " if " " in one + other else ""
    one, other = (text.split() if mark else list(text) for text in (one, other))
    return mark.join(one[: chance.randint(1, max(1, len(one)))] + other[chance.randrange(max(1, len(other))) :])[
        :longest
    ]


def _tie(chance, work, family, siblings):
    """Give `work` its kin, the better known ones more often, and now and then a sequel or a shared world."""
    drawn = {other.slug: other for other in chance.choices(family, k=chance.randint(10, 24)) if other is not work}
    kin = sorted(drawn.values(), key=lambda other: -other.renown * chance.random())[:14]
    related = ()
    if chance.random() < 0.06:
        related = ((chance.choice(siblings).titles["ja"], chance.choice(["sequel", "side-story", "same-world"])),)
    # Works never change once made; these are still being made.
    object.__setattr__(work, "kin", tuple(other.titles["ja"] for other in kin))
    object.__setattr__(work, "related", related)


# --- Asks of every kind ---------------------------------------------------------------------------------------------


def _title(chance, catalogue, language):
    work = catalogue.works[int(len(catalogue.works) * chance.random() ** 2)]
    return work.titles[language]


def _tag(chance, catalogue, language):
    return chance.choice([label.labels[language] for label in catalogue.labels.values() if label.group != "warnings"])


def _said(chance, catalogue, language, frames, **slots):
    frame = chance.choice(frames[language])
    values = {
        "t1": _title(chance, catalogue, language), "t2": _title(chance, catalogue, language), "t3": _title(chance, catalogue, language),
        "a": _tag(chance, catalogue, language), "b": _tag(chance, catalogue, language), "c": _tag(chance, catalogue, language),
        "n": chance.randint(3, 20), "y": chance.randint(1990, 2022), **slots,
    }  # fmt: skip
    return frame.format(**values)


VAGUE = {
    "ko": ["재미있는 책 추천해 주세요 {n}", "뭐 읽을까요? {n}번째 질문이에요"],
    "en": ["recommend me something good, {n}", "what should I read next? {y}"],
    "ja": ["おすすめを教えてください {n}", "何を読めばいいですか {y}"],
}
LIKED = {
    "ko": ["『{t1}』 재미있게 읽었어요. 비슷한 거 추천해 주세요", "{t1} 같은 소설 있나요?"],
    "en": ["I loved {t1}, anything similar?", "something like “{t1}” please"],
    "ja": ["『{t1}』が好きです。似た作品はありますか", "{t1}みたいな作品を教えて"],
}
SEVERAL = {
    "ko": ["『{t1}』, 『{t2}』, 『{t3}』 다 좋았어요. {a} 느낌으로 {n}권 이하 추천해 주세요"],
    "en": ["I enjoyed “{t1}”, “{t2}” and “{t3}”. Something with {a}, under {n} volumes?"],
    "ja": ["『{t1}』『{t2}』『{t3}』が好きでした。{a}で{n}巻以内の作品はありますか"],
}
TAGGED = {
    "ko": ["{a} 나오는 {b} 소설 추천해 주세요", "{a} 좋아하는데 {b} 없는 걸로"],
    "en": ["a novel with {a} and {b}", "{a}, but no {b} please"],
    "ja": ["{a}で{b}の作品が読みたい", "{a}が好き、{b}なしで"],
}
MANY = {
    "ko": ["{a}, {b} 있고 {c} 없는, 완결된 {n}권 이하, {y}년 이후, 애니화된 작품으로 정발된 것 추천"],
    "en": ["completed, {a} with {b}, no {c}, at most {n} volumes, after {y}, with an anime, officially in English"],
    "ja": ["{a}と{b}があって{c}なし、完結済みで{n}巻以内、{y}年以降、アニメ化された作品"],
}
IMPOSSIBLE = {
    "ko": ["{a}이면서 {b}이고 {c}인 완결작, {y}년 이전에 나온 1권짜리, 애니화된 것만"],
    "en": ["{a} and {b} and {c}, completed in 1 volume, before 1980, with an anime, in Korean"],
    "ja": ["{a}と{b}と{c}が全部ある、1980年以前の1巻完結、アニメ化済みだけ"],
}
LESS_KNOWN = {
    "ko": ["잘 알려지지 않은 {a} 숨은 명작, 『{t1}』 말고"],
    "en": ["hidden gems with {a}, not “{t1}”"],
    "ja": ["『{t1}』以外で、{a}の隠れた名作"],
}

KINDS = {
    "vague": lambda chance, catalogue, code: [_said(chance, catalogue, code, VAGUE)],
    "one work liked": lambda chance, catalogue, code: [_said(chance, catalogue, code, LIKED)],
    "three works and more": lambda chance, catalogue, code: [_said(chance, catalogue, code, SEVERAL)],
    "tags": lambda chance, catalogue, code: [_said(chance, catalogue, code, TAGGED)],
    "many constraints": lambda chance, catalogue, code: [_said(chance, catalogue, code, MANY)],
    "impossible": lambda chance, catalogue, code: [_said(chance, catalogue, code, IMPOSSIBLE)],
    "less known": lambda chance, catalogue, code: [_said(chance, catalogue, code, LESS_KNOWN)],
    "four asks in a row": lambda chance, catalogue, code: [
        _said(chance, catalogue, code, frames) for frames in (LIKED, TAGGED, LESS_KNOWN, TAGGED)
    ],
}
