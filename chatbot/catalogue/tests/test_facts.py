"""What is known of a work, gathered in one place."""

from chatbot.catalogue.facts import ReaderFacts, facts_of
from chatbot.catalogue.reading_orders import Step

from .factories import make_catalogue, make_work


def step(slug, kind="main", after=None):
    return Step({"ko": slug, "en": slug, "ja": slug}, slug, kind, after, kind != "main")


def test_what_kin_share_is_what_is_strong_in_both_and_no_warning():
    mine = make_work("mine", {"fantasy": 3, "war": 2, "gore": 3, "music": 1}, kin=("otherの物語", "ないもの"))
    other = make_work("other", {"fantasy": 2, "war": 3, "gore": 3, "music": 3})
    facts = facts_of(mine, make_catalogue(mine, other))
    assert facts.kin == (other,)
    assert set(facts.shared["other"]) == {"fantasy", "war"}


def test_warnings_are_apart_from_what_a_work_is_about_and_the_strongest_come_first():
    work = make_work("mine", {"music": 1, "gore": 1, "fantasy": 3, "slavery": 2})
    facts = facts_of(work, make_catalogue(work))
    assert list(facts.tags.items()) == [("fantasy", 3), ("music", 1)]
    assert list(facts.warnings.items()) == [("slavery", 2), ("gore", 1)]


def test_works_of_a_series_share_its_order_and_a_neighbour_sees_it_too():
    order = (step("main"), step("later"), step("aside", "side", 2), step("near", "world"))
    main = make_work("main", related=(("asideの物語", "main-story"),), reading_order=order)
    aside = make_work("aside")
    later = make_work("later", related=(("mainの物語", "sequel"),))
    near = make_work("near", reading_order=(step("near"), step("main", "world")))
    catalogue = make_catalogue(main, aside, later, near)
    assert facts_of(main, catalogue).order == facts_of(aside, catalogue).order == order
    assert facts_of(near, catalogue).order == near.reading_order
    assert [member.work for member in facts_of(main, catalogue).series] == [later, aside]


def test_of_a_reader_only_what_is_given_is_known():
    work = make_work("mine")
    catalogue = make_catalogue(work)
    assert not facts_of(work, catalogue).reader.is_offered
    assert facts_of(work, catalogue, ReaderFacts(state="read", read_to=3, said="…")).reader.is_offered
