"""How far a reader is with works: by their shelf, and by what they said. Nothing behind it is told to them.

Whichever of the two was set last holds for both, so that the larger one is the later: see `settle` and `taste`.
"""

from ..models import ShelfEntry, TasteLine


def read_to(reader_id, novel_ids):
    """{novel id: the last volume read}, of those of which it is known. Holds while taste is paused: who is paused wants
    no ending told either. Two queries."""
    told = dict(
        TasteLine.objects.kept()
        .filter(reader_id=reader_id, kind=TasteLine.Kind.READ_TO, novel__in=novel_ids)
        .values_list("novel_id", "volume")
    )
    shelved = ShelfEntry.objects.filter(reader_id=reader_id, novel__in=novel_ids).exclude(volumes_read=None)
    for novel_id, volumes in shelved.values_list("novel_id", "volumes_read"):
        told[novel_id] = max(volumes, told.get(novel_id) or 0)
    return told


def standing_of(reader_id, novel):
    """(the reader's entry on `novel` or None, the last volume they have read or None). Two queries."""
    entry = ShelfEntry.objects.filter(reader_id=reader_id, novel=novel).first()
    said = TasteLine.objects.kept().filter(reader_id=reader_id, kind=TasteLine.Kind.READ_TO, novel=novel)
    known = [said.values_list("volume", flat=True).first(), entry and entry.volumes_read]
    return entry, max((volume for volume in known if volume is not None), default=None)


def settle(reader, novel_ids, volumes):
    """The shelf was told how far the reader is: what they said of it before follows."""
    if not novel_ids:
        return
    said = reader.taste.kept().filter(kind=TasteLine.Kind.READ_TO, novel__in=novel_ids)
    if volumes:
        said.update(volume=volumes)
    else:
        said.delete()
