"""Parts of a taste and of a wish, and the texts in which they are kept."""

import json

import pytest

from chatbot.language.topics import Confidence, Topic, TopicKind, WishPart


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("tag:harem", Topic.tag("harem")),
        ("work:overlord", Topic.work("overlord")),
        ("author:丸山: くがね", Topic.author("丸山: くがね")),
        ("read_to:overlord", Topic.read_to("overlord")),
        ("level", Topic.level()),
    ],
)
def test_a_topic_is_read_back_from_its_text(text, topic):
    assert (Topic.parse(text), str(topic)) == (topic, text)


@pytest.mark.parametrize("text", ["", "harem", ":harem", "tags:harem", "Tag:harem"])
def test_a_text_that_is_no_topic_is_refused(text):
    with pytest.raises(ValueError, match="TopicKind"):
        Topic.parse(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("required:isekai", WishPart("required", "isekai")),
        ("min_volumes:3", WishPart("min_volumes", "3")),
        ("any_of:cozy+heartwarming", WishPart.of_tags("any_of", ["cozy", "heartwarming"])),
        ("taste:likes:tag:war", WishPart.of_taste("likes", Topic.tag("war"))),
        ("taste:dislikes:author:作者: 甲", WishPart.of_taste("dislikes", Topic.author("作者: 甲"))),
        ("taste:level:level", WishPart.of_taste("level", Topic.level())),
        ("kept before its field was dropped", WishPart("kept before its field was dropped", "")),
    ],
)
def test_a_part_of_a_wish_is_read_back_from_its_text(text, part):
    assert WishPart.parse(text) == part
    assert WishPart.parse(str(part)) == part


def test_a_part_knows_its_tags():
    assert WishPart.parse("any_of:cozy+heartwarming").tags == ["cozy", "heartwarming"]
    assert WishPart.parse("required:isekai").tags == ["isekai"]


def test_a_kind_is_written_as_its_value():
    assert [f"{kind}" for kind in TopicKind] == ["tag", "work", "author", "read_to", "level"]


def test_how_sure_a_part_is_stays_a_plain_number_where_it_is_kept():
    assert json.dumps([one.value for one in Confidence]) == "[1.0, 0.7, 0.4]"
