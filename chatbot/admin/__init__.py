"""Where operators review what was said: read here, never written.

What a reader has deleted is left out at once, even while it can still be brought back: they wanted it gone.
"""

from .conversations import ConversationAdmin
from .turns import TurnAdmin

__all__ = ["ConversationAdmin", "TurnAdmin"]
