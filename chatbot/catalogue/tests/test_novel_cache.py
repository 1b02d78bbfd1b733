"""Novels and tags kept in the process: asked for once, and anew when the catalogue has changed."""

import pytest

from chatbot.catalogue import novel_cache
from chatbot.catalogue.models import Novel, Revision
from chatbot.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(db):
    return factories.make_catalogue()


def test_what_is_kept_costs_one_small_query(catalogue, django_assert_num_queries):
    with django_assert_num_queries(4):  # the revision, novels, their tags, all tags
        novel_cache.get_many({"lamplight", "letters"}, {"fantasy"})
    with django_assert_num_queries(1):
        novels, tags = novel_cache.get_many({"lamplight"}, {"mystery"})
    assert [one.tag.slug for one in novels["lamplight"].novel_tags.all()] == ["fantasy", "mystery"]
    assert tags["mystery"].label_ko == "추리"


def test_a_change_is_seen_at_once(catalogue):
    novel_cache.get_many({"lamplight"}, set())
    Novel.objects.filter(slug="lamplight").update(title_ko="새 등불의 서고")
    Revision.advance()
    assert novel_cache.get_many({"lamplight"}, set())[0]["lamplight"].title_ko == "새 등불의 서고"


def test_what_there_is_not_is_left_out(catalogue):
    assert novel_cache.get_many({"no-such-book"}, {"no-such-tag"}) == ({}, {})


def test_no_more_than_so_many_are_kept(catalogue, monkeypatch):
    monkeypatch.setattr(novel_cache, "MAX_NOVELS", 1)
    for slugs in ({"lamplight", "letters"}, {"snowfall", "harbour"}, {"lamplight", "riddle", "letters"}):
        assert novel_cache.get_many(slugs, set())[0].keys() == slugs
    assert len(novel_cache._kept(Revision.current())[0]) == 3
