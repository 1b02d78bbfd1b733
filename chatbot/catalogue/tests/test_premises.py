import json

import pytest
from django.core.exceptions import ValidationError

from chatbot.catalogue.loading import NOVELS, PREMISES, export_rows, load_catalogue
from chatbot.catalogue.models import Novel
from chatbot.catalogue.premises import check_premise
from chatbot.catalogue.tests.factories import novel_row, write_lines

ROWS = [json.loads(line) for line in NOVELS.with_name(PREMISES).read_text(encoding="utf-8").splitlines()]


def test_every_shipped_work_has_one_in_three_languages():
    slugs = {json.loads(line)["slug"] for line in NOVELS.read_text(encoding="utf-8").splitlines()}
    assert slugs == {row["slug"] for row in ROWS}
    for row in ROWS:
        check_premise({code: row[code] for code in ("ko", "en", "ja")})


def test_each_can_stand_where_sentences_put_it():
    for row in ROWS:
        assert row["ko"][-1] in "는던한된인", row["slug"]
        assert row["ja"][-1] in "うくぐすつぬぶむるたい", row["slug"]
    for code in ("ko", "en", "ja"):
        assert len({row[code] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    "value",
    [[], {"fr": "un chat"}, {"ko": ""}, {"en": "A cat. A dog"}, {"ja": "『猫』の"}, {"ko": "가" * 61}, {"ko": 1}],
)
def test_what_no_sentence_can_be_made_with_is_refused(value):
    with pytest.raises(ValidationError):
        check_premise(value)


def test_one_is_loaded_from_beside_the_novels_and_exported_with_its_work(db, tmp_path):
    file = write_lines(
        tmp_path / "novels.jsonl", [novel_row("lamp"), novel_row("moon", premise={"en": "a rabbit sings"})]
    )
    write_lines(tmp_path / PREMISES, [{"slug": "lamp", "en": "a lamp talks"}, {"slug": "moon", "en": "not this"}])
    load_catalogue(file)
    assert Novel.objects.get(slug="lamp").premise == {"en": "a lamp talks"}
    assert {row["slug"]: row["premise"] for row in export_rows()} == {
        "lamp": {"en": "a lamp talks"},
        "moon": {"en": "a rabbit sings"},
    }
