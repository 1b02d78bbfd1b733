"""The words of a breach: what a pick does not keep."""

from django.utils.translation import gettext as _

from .reasons import ReasonLine


class BreachLine(ReasonLine):
    """Says what the work is instead, as a reason does; of a tag, that it is not as asked, of an author, a publisher or an
    illustrator, that they are not the one asked for."""

    @property
    def words(self) -> str:
        others = {"by": _("Another author"), "published": _("Another publisher"), "drawn_by": _("Another illustrator")}
        if self.kind in others:
            return others[self.kind]
        return _("Tag not as asked: %(tag)s") % {"tag": self.label} if self.kind == "tag" else super().words
