"""Telling a worker that rows wait. The rows are the truth, and each worker looks for them by itself every minute, so what
is told may be lost. That costs somebody a minute and nothing else.
"""

import logging
from functools import partial
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)


def tell_worker(task: str, *args: Any) -> None:
    """Once the rows can be seen, put `task` of the queue's module (`settings.REPLY_QUEUE`) on the queue."""
    transaction.on_commit(partial(_tell, task, *args))


def _tell(task: str, *args: Any) -> None:
    try:
        getattr(import_module(settings.REPLY_QUEUE), task)(*args)
    except Exception:
        logger.exception("no worker could be told of %s%s; each will look by itself", task, args or "")
