"""The words of a breach: what a pick does not keep."""

from django.utils.translation import gettext as _

from .reasons import ReasonLine


class BreachLine(ReasonLine):
    """Says what the work is instead, as a reason does; of a tag, that it is not as asked, of an author, that they are not
    the one asked for."""

    @property
    def words(self) -> str:
        if self.kind == "by":
            return _("Another author")
        return _("Tag not as asked: %(tag)s") % {"tag": self.label} if self.kind == "tag" else super().words
