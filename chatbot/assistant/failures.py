"""The ways a reply can fail, and what a reader is told. What exactly happened goes to the log and the operators."""

from django.utils.translation import gettext_lazy as _

from ..text.cleaning import storable
from ..text.masking import masked

QUOTA = "quota"
BUSY = "busy"
DOWN = "down"
SLOW = "slow"
CUT = "cut"
GARBLED = "garbled"
EMPTY = "empty"
REFUSED = "refused"
TOO_LONG = "too_long"
KEY = "key"
CREDIT = "credit"
LOST = "lost"
BROKEN = "broken"

WORDS = {
    QUOTA: _("Today's replies are all used up. Your words are kept here; ask again after midnight."),
    BUSY: _("The reading room is very crowded just now. Please try again in a little while."),
    DOWN: _("I could not reach the reading room. Please try again in a little while."),
    SLOW: _("The answer did not come in time. Please try again."),
    CUT: _("The answer broke off before its end. Please try again."),
    GARBLED: _("The answer arrived unreadable. Please try again."),
    EMPTY: _("No answer came, only an empty page. Please try again, perhaps in other words."),
    REFUSED: _("I cannot help with this one. Please ask in another way."),
    TOO_LONG: _("This conversation has grown too long to be read at once. Please begin a new one."),
    KEY: _("The reading room is locked on our side. The keepers have been told; please come back later."),
    CREDIT: _("The library's allowance is used up for now. The keepers have been told; please come back later."),
    LOST: _("The reply was lost on its way more than once. Please try again."),
    BROKEN: _("Something went wrong on our side. Please try again."),
}

CAUSES = {  # in few words, for operators
    QUOTA: _("No replies left that day"),
    BUSY: _("Model too busy"),
    DOWN: _("Model not reached"),
    SLOW: _("Model too slow"),
    CUT: _("Reply broken off"),
    GARBLED: _("Reply unreadable"),
    EMPTY: _("Empty reply"),
    REFUSED: _("Refused by the model"),
    TOO_LONG: _("Conversation too long"),
    KEY: _("Key not accepted"),
    CREDIT: _("Credit used up"),
    LOST: _("Lost with its worker"),
    BROKEN: _("Fault of ours"),
}


def cause(code: str) -> str:
    """A failure in few words; the code itself where another version has written one that is not known here."""
    return str(CAUSES.get(code, code))


class Failure(Exception):
    """A reply could not be written. `code` is one of the above; `detail` is for the log, never for a reader."""

    def __init__(self, code: str, detail: object = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, storable(masked(str(detail)))
