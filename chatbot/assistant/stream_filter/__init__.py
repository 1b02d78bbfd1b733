"""What of a model's text is for the reader, while it streams.

Kept back before they are seen: a model's thoughts and the marks of its chat template (`marks`, `speech`), function
calls and data that it writes as text (`blocks`), keys that some servers repeat (`keys`), and our own instructions,
whoever asked for them (`instructions`). Tags lose their dress (`tags`), and what is said beside the reply is left out
(`asides`, by the words in `told`). What may become one of these waits until it has shown what it is.
"""

from .asides import Asides
from .blocks import Blocks
from .instructions import Instructions, Recited, Secret
from .keys import Keys
from .marks import Marks
from .speech import Speech
from .tags import Tags

__all__ = ["Recited", "Secret", "StreamFilter"]


class StreamFilter:
    """`take` and `rest` return what may be shown, however the text is cut.

    `voided`: all that was returned before must be taken back, for it was thought; what the call returned stands in its
    place. Whoever reads it sets it to False. `ended`: another speaker has begun; nothing more will come.

    Both raise Recited when the reply repeats our instructions. After that they return nothing, unless all of it turns
    out to have been thought: then `voided` is set, and the reply goes on.
    """

    def __init__(self, secret):
        self.secret, self.marks, self.speech = secret, Marks(), Speech()
        self.voided = self.given = False
        self._begin()

    @property
    def calls(self):
        return self.blocks.calls

    @property
    def ended(self):
        return self.speech.ended or self.asides.ended

    @property
    def withheld(self):
        """What was kept back: some of "thought", "template", "call", "shelf", "instructions"."""
        own = {"instructions"} if self.recited else set()
        own |= {"thought"} if self.asides.thought else set()
        own |= {"template"} if self.asides.ended else set()
        return self.speech.withheld | self.blocks.withheld | own

    def take(self, text):
        return self._shown(self.speech.take(self.marks.take(text)))

    def rest(self):
        pieces = self.speech.take(self.marks.rest()) + self.speech.rest()
        return self._shown(pieces, last=True)

    def _begin(self):
        self.blocks, self.tags, self.asides = Blocks(), Tags(), Asides()
        self.keys, self.instructions = Keys(), Instructions(self.secret)
        self.begun = self.recited = False

    def _shown(self, pieces, last=False):
        if self.speech.void:
            self.voided = self.voided or self.given or self.recited
            self.speech.void = self.given = False
            self._begin()
        if self.recited:
            return ""
        text = self.blocks.take(pieces)
        text += self.blocks.rest() if last else ""
        try:
            for stage in (self.tags, self.keys, self.instructions):
                text = stage.take(text) + (stage.rest() if last else "")
        except Recited as recited:
            self.recited = True
            # Of a recital nothing is taken back: that would make it one that was only thought.
            passed = self.asides.take(recited.passed)
            recited.passed = "" if self.asides.void else self._trimmed(passed)
            raise
        return self._trimmed(self._told(text, last))

    def _told(self, text, last):
        """Without what is said beside the reply."""
        text = self.asides.take(text)
        if last:
            fresh = self.asides.rest(called="call" in self.blocks.withheld)
            text = fresh if self.asides.void else text + fresh
        if self.asides.void:
            self.asides.void, self.voided, self.begun = False, self.voided or self.given, False
        return text

    def _trimmed(self, text):
        """Without the empty lines that a thought or a call leaves at the beginning."""
        if not self.begun:
            text = text.lstrip()
            self.begun = bool(text)
        self.given = self.given or self.begun
        return text
