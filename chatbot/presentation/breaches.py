"""The words of a breach: what a pick does not keep."""

from django.utils.translation import gettext as _

from .reasons import ReasonLine


class BreachLine(ReasonLine):
    """Says what the work is instead, as a reason does; of a tag, that it is not as asked."""

    @property
    def words(self) -> str:
        return _("Tag not as asked: %(tag)s") % {"tag": self.label} if self.kind == "tag" else super().words
