"""The instructions in force, as every reply asks for them."""

from datetime import datetime
from functools import lru_cache

from ..assistant.instructions import SHIPPED, Instructions
from .models import PromptVersion

KEPT = 8  # versions whose text a process keeps


def active_instructions() -> Instructions:
    """What a reply that begins now is written by. One query, of a few bytes: the text of a row never changes and is read
    once. What ships with the release, where the database has no version yet."""
    active = PromptVersion.objects.active().values_list("pk", "created_at").first()
    return _instructions(*active) if active else SHIPPED


@lru_cache(maxsize=KEPT)
def _instructions(pk: int, created_at: datetime) -> Instructions:
    """`created_at` tells rows apart that had the same number in two databases: one that is restored, say."""
    instructions: Instructions = PromptVersion.objects.get(pk=pk).instructions
    return instructions
