"""What of the catalogue was marked as wrong in conversations, told to who keeps it: never in a reader's own words."""

from .catalogue.models import FactMark, Novel
from .text import personal_data

FIELDS = {  # of a kind of correction
    "volumes": "volumes",
    "status": "status",
    "year": "year",
    "author": "authors",
    "illustrator": "illustrators",
    "imprint": "imprint",
    "anime": "anime",
    "edition": "editions",
    "season": "adaptations",
}
GROUNDED = "Grounded"  # the criterion that asks whether the facts are those of the catalogue
MAX_WORKS = 3  # of one reply; where it speaks of more, nobody knows which one is meant
Source = FactMark.Source


def note_corrections(turns):
    """Mark what the replies of `turns` state otherwise than their rows. Two queries and one a mark."""
    said = [(turn, one) for turn in turns for one in turn.corrections if one.get("kind") in FIELDS and one.get("slug")]
    novels = dict(Novel.objects.filter(slug__in={one["slug"] for _turn, one in said}).values_list("slug", "pk"))
    for turn, one in said:
        if pk := novels.get(one["slug"]):
            FactMark.objects.note(
                pk,
                FIELDS[one["kind"]],
                source=Source.REPLY,
                turn_id=turn.pk,
                said=personal_data.mask(str(one.get("said", ""))),
                shelf=one.get("catalogue"),
            )


def note_thumb(turn):
    """Mark the works of a reply in which, a reader says, something is wrong."""
    for pk in _works_of(turn):
        FactMark.objects.note(pk, "", source=Source.READER, turn_id=turn.pk)


def note_verdict(review, criteria):
    """Mark the works of a reply that a reviewer found not grounded, with the notes. `criteria`: {id: name}."""
    failed = any(criteria.get(int(pk)) == GROUNDED and score == 0 for pk, score in review.scores.items())
    if failed and review.submitted_at:
        for pk in _works_of(review.item.turn):
            said = personal_data.mask(review.notes)
            FactMark.objects.note(pk, "", source=Source.REVIEWER, turn_id=review.item.turn_id, said=said)


def _works_of(turn):
    """Keys of the works a reply offers and speaks of; none where these are many."""
    spoken = Novel.objects.filter(slug__in=turn.reading.get("spoken", ())).values_list("pk", flat=True)
    pks = {*turn.picks.values_list("novel_id", flat=True), *spoken}
    return sorted(pks) if len(pks) <= MAX_WORKS else []
