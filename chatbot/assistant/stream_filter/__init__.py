"""What of a model's text is for the reader, while it streams.

A text passes these stages, each of which sees it in chunks of any size:

- `special_tokens` cuts it at the tokens of chat templates and the tags of thoughts;
- `channels` tells from them who speaks to whom: the reader, the model to itself (thoughts), a function, another speaker;
- `data_blocks` takes out function calls (`written_calls`) and JSON (`json_replies`) that are written as text;
- `markup` strips tags and escapes;
- `api_keys` masks keys that some servers repeat;
- `prompt_leaks` stops a reply that repeats our instructions;
- `commentary` leaves out what is said beside the reply, by `commentary_patterns`.

What may become one of these waits until it has shown what it is.
"""

from .api_keys import ApiKeyMask
from .channels import ChannelParser
from .commentary import CommentaryFilter
from .data_blocks import DataBlocks
from .markup import MarkupStripper
from .prompt_leaks import PromptLeakGuard, Recited, Secret
from .special_tokens import SpecialTokenSplitter
from .written_calls import WrittenCalls

__all__ = ["Recited", "Secret", "StreamFilter"]


class StreamFilter:
    """`take` and `rest` return what may be shown, however the text is cut.

    `voided`: all that was returned before must be taken back, for it was thought; what the call returned stands in its
    place. Whoever reads it sets it to False. `ended`: another speaker has begun; nothing more will come.

    Both raise Recited when the reply repeats our instructions. After that they return nothing, unless all of it turns
    out to have been thought: then `voided` is set, and the reply goes on.
    """

    def __init__(self, secret: Secret) -> None:
        self.secret, self.tokens, self.channels = secret, SpecialTokenSplitter(), ChannelParser()
        self.voided = self.given = False
        self._begin()

    @property
    def calls(self) -> WrittenCalls:
        return self.blocks.calls

    @property
    def ended(self) -> bool:
        return self.channels.ended or self.commentary.ended

    @property
    def withheld(self) -> set[str]:
        """What was kept back: some of "thought", "template", "call", "shelf", "instructions"."""
        own = {"instructions"} if self.recited else set()
        own |= {"thought"} if self.commentary.thought else set()
        own |= {"template"} if self.commentary.ended else set()
        return self.channels.withheld | self.blocks.withheld | own

    def take(self, text: str) -> str:
        return self._shown(self.channels.take(self.tokens.take(text)))

    def rest(self) -> str:
        pieces = self.channels.take(self.tokens.rest()) + self.channels.rest()
        return self._shown(pieces, last=True)

    def _begin(self):
        self.blocks, self.markup, self.commentary = DataBlocks(), MarkupStripper(), CommentaryFilter()
        self.keys, self.leaks = ApiKeyMask(), PromptLeakGuard(self.secret)
        self.begun = self.recited = False

    def _shown(self, pieces, last=False):
        if self.channels.void:
            self.voided = self.voided or self.given or self.recited
            self.channels.void = self.given = False
            self._begin()
        if self.recited:
            return ""
        text = self.blocks.take(pieces)
        text += self.blocks.rest() if last else ""
        try:
            for stage in (self.markup, self.keys, self.leaks):
                text = stage.take(text) + (stage.rest() if last else "")
        except Recited as recited:
            self.recited = True
            # Of a recital nothing is taken back: that would make it one that was only thought.
            passed = self.commentary.take(recited.passed)
            recited.passed = "" if self.commentary.void else self._trimmed(passed)
            raise
        return self._trimmed(self._told(text, last))

    def _told(self, text, last):
        """Without what is said beside the reply."""
        text = self.commentary.take(text)
        if last:
            fresh = self.commentary.rest(called="call" in self.blocks.withheld)
            text = fresh if self.commentary.void else text + fresh
        if self.commentary.void:
            self.commentary.void, self.voided, self.begun = False, self.voided or self.given, False
        return text

    def _trimmed(self, text):
        """Without the empty lines that a thought or a call leaves at the beginning."""
        if not self.begun:
            text = text.lstrip()
            self.begun = bool(text)
        self.given = self.given or self.begun
        return text
