"""Writing down what becomes of works, and finding what one of them was before.

Only what differs is kept, so that a work has its history in one table, tags and names included, and a bulk of works
costs one insert. A state of the past is the row of today with the differences since then taken back.
"""

from ..loading import row_of
from ..models import Novel
from .differences import differences, flat, nested
from .models import Change

MAX_STEPS = 2000  # changes that are taken back to find an earlier state


def whole(pk):
    """The novel with all that `row_of` reads, or None."""
    return Novel.objects.with_tags().prefetch_related("names").filter(pk=pk).first()


def note(novel, before, after, *, how, by=None):
    """Write down that the line `before` has become `after`; nothing where they are alike. None: it was not there."""
    if how == Change.How.ADDED:
        changed = {}
    elif not (changed := differences(before, after)):
        return None
    return Change.objects.create(novel=novel, slug=novel.slug, how=how, by=by, differences=changed)


def note_deleted(novels, by):
    """To be called before they go."""
    gone = [Change(slug=slug, how=Change.How.DELETED, by=by) for slug in novels.values_list("slug", flat=True)]
    Change.objects.bulk_create(gone, batch_size=500)


def latest(novel_id):
    """The number of the last change of a work, by which a form knows whether it is outdated."""
    changes = Change.objects.filter(novel=novel_id)
    return changes.order_by("-pk").values_list("pk", flat=True).first() or 0


def since(novel_id, number):
    """The changes of a work behind the one of `number`, the oldest first."""
    changes = Change.objects.filter(novel=novel_id, pk__gt=number).select_related("by").order_by("pk")
    return list(changes[:MAX_STEPS])


def before(change):
    """The line of the work as it was before `change`. None where the work is gone."""
    if (novel := whole(change.novel_id)) is None:
        return None
    fields = flat(row_of(novel))
    later = Change.objects.filter(novel=novel, pk__gte=change.pk).order_by("-pk").values_list("differences", flat=True)
    for one in later[:MAX_STEPS]:
        fields |= {name: was for name, (was, _is) in one.items() if name in fields}
    return nested(fields)
