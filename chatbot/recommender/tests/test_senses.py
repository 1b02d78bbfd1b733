import numpy as np
import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work, shipped_shelf
from chatbot.recommender import senses
from chatbot.recommender.senses import SHIPPED, Senses, digest_of, senses_of, write


def told(ko="", en="", ja=""):
    return {"ko": ko, "en": en, "ja": ja}


@pytest.fixture
def own_file(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    return senses.own_file()


def test_every_shipped_work_has_its_vector():
    kept = senses._kept(SHIPPED)
    assert {digest_of(work) for work in shipped_shelf().works} == set(kept), "manage.py embed_synopses --out …"


def test_what_means_the_same_is_near_in_any_language(own_file):
    works = [
        make_work("cook", synopses=told(en="A young chef opens a restaurant.")),
        make_work("war", synopses=told(ja="兵士たちが塹壕で戦う。")),
    ]
    for text in ("요리사가 식당을 여는 이야기", "料理人が店を開く", "a cook and his diner"):
        near = Senses(works).likeness(text)
        assert near[0] > near[1]


def test_a_changed_synopsis_is_another_work_and_one_without_a_synopsis_none():
    one = make_work("one", synopses=told(en="A cat."))
    assert digest_of(one) == digest_of(make_work("other", synopses=told(en="A cat.")))
    assert digest_of(one) != digest_of(make_work("one", synopses=told(en="A cat."), premises={"en": "a cat sleeps"}))
    assert digest_of(make_work("bare", synopses=told())) == 0


def test_of_many_unknown_works_only_so_many_are_computed_at_once(own_file, monkeypatch):
    monkeypatch.setattr(senses, "MAX_AT_ONCE", 2)
    works = [make_work(f"w{n}", synopses=told(en=f"The {n}th door.")) for n in range(4)]
    assert len(Senses(works).rows) == 2
    assert write(works, own_file) == 4
    assert write(works, own_file) == 0
    assert len(Senses(works).rows) == 4


def test_a_file_that_cannot_be_read_is_as_none(own_file, caplog):
    own_file.write_bytes(b"no archive")
    assert senses._kept(own_file) == {}
    assert "by their words alone" in caplog.text


def test_a_catalogue_of_nothing_is_near_to_nothing():
    assert not np.any(senses_of(make_catalogue()).likeness("a cat"))
