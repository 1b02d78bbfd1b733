"""Facts stated in replies: a false one is marked, a true one never is."""

import re

import pytest

from chatbot.assistant.grounding.facts import KnownWork, Mention, corrected, corrections_in
from chatbot.assistant.grounding.facts.people import is_one_of
from chatbot.catalogue.adaptations import Adaptation
from chatbot.text.folding import key

from .fact_sentences import FALSE, SILENT, STATING

SEASON = Adaptation({}, "season", 1, 2012, 4, True, "")
HARBOUR = KnownWork(
    slug="harbour",
    names=("조용한 항구", "The Quiet Harbour", "静かな港"),
    volumes=22,
    status="completed",
    year=2009,
    anime=True,
    imprint="電撃文庫",
    authors={"ko": ("카와무라 하루",), "en": ("Haru Kawamura",), "ja": ("川村春",)},
    illustrators=("深山静",),
    editions={"ko": True, "en": False},
    adaptations=(SEASON,),
)
SNOW = KnownWork(
    slug="snow",
    names=("눈의 도서관", "Library of Snow", "雪の図書館"),
    volumes=7,
    status="ongoing",
    year=2015,
    anime=False,
    imprint="GA文庫",
    authors={"ko": ("오노데라 미키",), "en": ("Miki Onodera",), "ja": ("小野寺幹",)},
    illustrators=("白石蓮",),
    editions={"ko": False, "en": True},
    adaptations=(Adaptation({}, "season", 1, 2018, 3, True, ""),),
)
PAUSED = KnownWork(
    slug="paused",
    names=("멈춘 시계", "The Stopped Clock", "止まった時計"),
    volumes=12,
    status="hiatus",
    year=2004,
    anime=True,
    imprint="ガガガ文庫",
    authors={"ko": ("하야시 쇼타",), "en": ("Shota Hayashi",), "ja": ("林翔太",)},
    illustrators=("青木空",),
    editions={"ko": True, "en": True},
    adaptations=(Adaptation({}, "season", 1, 2010, 6, True, ""),),
)
WORKS = (HARBOUR, SNOW, PAUSED)
BY_NAME = {name: work for work in WORKS for name in work.names}
AUTHORS = {key(name): name for work in WORKS for names in work.authors.values() for name in names}
PLACE = {"ko": 0, "en": 1, "ja": 2}
IMPRINTS = {
    "ko": {"電撃文庫": "전격문고", "GA文庫": "GA문고", "ガガガ文庫": "가가가 문고"},
    "en": {"電撃文庫": "Dengeki Bunko", "GA文庫": "GA Bunko", "ガガガ文庫": "Gagaga Bunko"},
    "ja": {name: name for name in ("電撃文庫", "GA文庫", "ガガガ文庫")},
}
WORDS = {
    "ko": {22: "스물두", 7: "일곱", 12: "열두", 25: "스물다섯", 10: "열", 15: "열다섯"},
    "en": {22: "twenty-two", 7: "seven", 12: "twelve", 25: "twenty-five", 10: "ten", 15: "fifteen"},
    "ja": {22: "二十二", 7: "七", 12: "十二", 25: "二十五", 10: "十", 15: "十五"},
}
STATED_STATUS = {"completed": "completed", "ongoing": "ongoing", "hiatus": "hiatus"}
AGREES = {"completed": {"completed"}, "ongoing": {"ongoing", "hiatus"}, "hiatus": {"hiatus"}}
STATED_FLAGS = {"anime": True, "no_anime": False, "ko": True, "no_ko": False, "en": True, "no_en": False}


def check(text, given=None):
    mentions = [
        Mention(found.start(), found.end(), BY_NAME.get(found[1])) for found in re.finditer("『([^』]*)』", text)
    ]
    return corrections_in([(text, mentions, given)], AUTHORS)


def sentences(language):
    """(kind, sentence, whether it is true) of each template and work, both ways where there are two."""
    for kind, templates in STATING[language].items():
        for template in templates:
            for number, work in enumerate(WORKS):
                yield from _of(kind, template, work, WORKS[number - 1], language)


def _of(kind, template, work, other, language):
    title = work.names[PLACE[language]]
    template = _with_particles(template, title)
    if kind == "volumes_done" and work.status != "completed":
        return
    if kind in STATED_STATUS:
        yield kind, template.format(t=title), work.status in AGREES[kind]
    elif kind in STATED_FLAGS:
        ours = work.anime if "anime" in kind else work.editions[kind[-2:]]
        yield kind, template.format(t=title), ours is STATED_FLAGS[kind]
    else:
        for truth, shown, shift in ((True, work, 0), (False, other, 3)):
            volumes, last = work.volumes + shift, work.adaptations[0].to_volume + shift
            yield (
                kind,
                template.format(
                    t=title,
                    v=volumes,
                    w=WORDS[language][volumes],
                    y=work.year + shift,
                    a=shown.authors[language][0],
                    d=shown.illustrators[0],
                    i=IMPRINTS[language][shown.imprint],
                    s=last,
                    n=last + 1,
                ),
                truth,
            )


def _with_particles(template, title):
    """Korean particles as they stand behind the title."""
    has_final = "가" <= title[-1] <= "힣" and (ord(title[-1]) - 0xAC00) % 28 > 0
    for both, final, open_ in (("은(는)", "은", "는"), ("을(를)", "을", "를"), ("이(가)", "이", "가")):
        template = template.replace(both, final if has_final else open_)
    return template


@pytest.mark.parametrize("language", STATING)
def test_of_true_sentences_none_is_marked_and_of_false_ones_nearly_all_are(language):
    judged = [(kind, said, true, bool(check(said))) for kind, said, true in sentences(language)]
    assert len(judged) + len(SILENT[language]) >= 300
    assert not [said for _, said, true, marked in judged if true and marked]
    false = [(kind, said, marked) for kind, said, true, marked in judged if not true]
    missed = [said for _, said, marked in false if not marked]
    assert len(missed) <= 0.05 * len(false), "\n".join(missed)


@pytest.mark.parametrize("language", SILENT)
def test_what_is_asked_doubted_or_said_of_something_else_states_nothing(language):
    title = HARBOUR.names[PLACE[language]]
    marked = {said: check(_with_particles(said, title).format(t=title)) for said in SILENT[language]}
    assert not {said: found for said, found in marked.items() if found}


@pytest.mark.parametrize("language", FALSE)
def test_other_words_for_it_are_found_too(language):
    title = HARBOUR.names[PLACE[language]]
    missed = [said for said in FALSE[language] if not check(_with_particles(said, title).format(t=title))]
    assert len(missed) <= 2, "\n".join(missed)


REPLY = "『조용한 항구』를 권해 드려요.\n\n이 작품은 지금까지 30권까지 나왔어요.\n\n보통 3권짜리 책은 하루면 읽어요."


def test_a_reply_on_one_work_speaks_of_it_over_empty_lines():
    assert [one.said for one in check(REPLY)] == ["30권"]
    two = REPLY.replace("권해 드려요.", "『눈의 도서관』보다 먼저 권해 드려요.")
    assert check(two) == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("하루 카와무라", "카와무라 하루"),
        ("Kawamura Haru", "Haru Kawamura"),
        ("川村 春", "川村春"),
        ("가와무라 하루", "카와무라 하루"),
    ],
)
def test_a_name_in_another_order_or_spelling_is_the_same_person(said, name):
    assert is_one_of(said, [name])


def test_names_in_other_scripts_tell_nothing():
    assert is_one_of("かわむらはる", ["川村春"]) is None
    assert is_one_of("Shota Hayashi", ["川村春"]) is None
    assert is_one_of("林翔太", ["川村春"]) is False


@pytest.mark.parametrize(
    "text",
    [
        "『눈의 도서관』과 나란히 놓고 싶은 책이에요. 끝까지 나와 있는 22권짜리 이야기거든요.",
        "『雪の図書館』に近い一冊です。全22巻で完結しています。",
        "It shares its mood with 『Library of Snow』. It is complete in 22 volumes.",
    ],
)
def test_a_reason_speaks_of_its_own_work_whatever_it_likens_it_to(text):
    start = text.index("『")
    stretch = (text, [Mention(start, text.index("』") + 1, SNOW)], HARBOUR)
    assert corrections_in([stretch], {}) == []
    (found,) = corrections_in([(text.replace("22", "5"), stretch[1], HARBOUR)], {})
    assert found.slug == "harbour"


@pytest.mark.parametrize(
    "text",
    [
        "『조용한 항구』는 읽으셨군요. 눈도는 전 7권이에요.",
        "『静かな港』は読まれたのですね。雪図は全7巻です。",
        "『The Quiet Harbour』 is a lovely story. It has 7 volumes, the snowy one.",
    ],
)
def test_what_is_true_of_another_work_that_may_be_meant_is_no_mistake(text):
    """Of the second work a short form is said that nothing here knows."""
    mention = next(Mention(found.start(), found.end(), HARBOUR) for found in re.finditer("『([^』]*)』", text))
    assert [one.slug for one in corrections_in([(text, [mention], None)], AUTHORS)] == ["harbour"]
    assert corrections_in([(text, [mention], None)], AUTHORS, [HARBOUR, SNOW]) == []
    named = text.replace("7", "9")
    assert corrections_in([(named, [mention], None)], AUTHORS, [HARBOUR, SNOW])


@pytest.mark.parametrize(
    "text",
    [
        "『눈의 도서관』을 재미있게 읽으셨군요. 완결된 학원물로 두 작품 골랐어요.",
        "『雪の図書館』の次に読むなら、完結した学園ものからこの三作品はいかがでしょう。",
        "After 『Library of Snow』, here come three of our finished school stories.",
    ],
)
def test_what_was_chosen_is_wished_for_and_no_statement(text):
    mention = Mention(text.index("『"), text.index("』") + 1, SNOW)
    assert corrections_in([(text, [mention], None)], {}) == []


@pytest.mark.parametrize(
    "text",
    [
        "『조용한 항구』는 완결이고 하렘은 아니에요.",
        "『静かな港』は完結していて、ハーレムではありません。",
        "『The Quiet Harbour』 is complete, and not a harem.",
    ],
)
def test_what_the_next_clause_denies_is_another_thing(text):
    mention = next(Mention(found.start(), found.end(), HARBOUR) for found in re.finditer("『([^』]*)』", text))
    assert corrections_in([(text, [mention], None)], {}) == []


@pytest.mark.parametrize(
    "text",
    [
        "그 책이 딱이에요. 두 권으로 완결됐고 『조용한 항구』를 쓴 사람의 책이에요.",
        "その本がぴったりです。全2巻で完結していて『静かな港』を書いた人の本です。",
        "That is the book. It has 2 volumes and 『The Quiet Harbour』's author wrote it.",
    ],
)
def test_what_is_said_before_the_name_of_an_earlier_work_of_its_author_is_not_of_that(text):
    mention = next(Mention(found.start(), found.end(), HARBOUR) for found in re.finditer("『([^』]*)』", text))
    assert corrections_in([(text, [mention], None)], {}) == []


def test_a_correction_stands_behind_its_words():
    (one,) = check("『조용한 항구』는 전 30권이에요.")
    kept = [one.as_json()]
    assert corrected("전 30권", kept) == "전 30권 (wrong; the catalogue says 22 volumes)"
    assert corrected("다른 말", kept) == "다른 말"
