"""Where operators review what was said: read here, never written.

What a reader has deleted is left out at once, even while it can still be brought back: they wanted it gone.
"""

from .alerts import AlertAdmin, AlertRuleAdmin
from .conversations import ConversationAdmin
from .costs import DailyCostAdmin, PriceRuleAdmin
from .looks import LookAdmin
from .prompts import PromptVersionAdmin
from .regressions import RegressionCaseAdmin
from .retention import RetentionDayAdmin
from .review import CriterionAdmin, ReviewItemAdmin, ReviewRuleAdmin
from .turns import TurnAdmin

__all__ = [
    "AlertAdmin",
    "AlertRuleAdmin",
    "ConversationAdmin",
    "CriterionAdmin",
    "DailyCostAdmin",
    "LookAdmin",
    "PriceRuleAdmin",
    "PromptVersionAdmin",
    "RegressionCaseAdmin",
    "RetentionDayAdmin",
    "ReviewItemAdmin",
    "ReviewRuleAdmin",
    "TurnAdmin",
]
