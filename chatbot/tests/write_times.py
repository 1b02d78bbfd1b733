"""How long each write transaction of this thread holds the lock."""

import gc
import time
from contextlib import contextmanager

from django.db import connection
from django.db.transaction import Atomic

WRITING = ("INSERT", "UPDATE", "DELETE")


def _clock():
    # SQLite works in the thread itself, whose own time does not grow with what else the machine does.
    return time.thread_time() if connection.vendor == "sqlite" else time.perf_counter()


@contextmanager
def measured(monkeypatch):
    """Yields a list of the seconds of each write transaction: of atomic blocks, and of statements outside of them."""
    took, began = [], {}
    enter, leave = Atomic.__enter__, Atomic.__exit__

    def entered(block):
        is_outermost = not connection.in_atomic_block
        enter(block)
        if is_outermost:
            began["at"] = _clock()  # with the lock in hand

    def left(block, *error):
        leave(block, *error)
        if not connection.in_atomic_block and "at" in began:
            took.append(_clock() - began.pop("at"))

    def executed(execute, sql, *args):
        start = _clock()
        try:
            return execute(sql, *args)
        finally:
            if not connection.in_atomic_block and sql.startswith(WRITING):
                took.append(_clock() - start)

    # Thousands of tests leave a heap that no server has, and one walk over it takes half a second.
    gc.collect()
    gc.freeze()
    try:
        with monkeypatch.context() as patch, connection.execute_wrapper(executed):
            patch.setattr(Atomic, "__enter__", entered)
            patch.setattr(Atomic, "__exit__", left)
            yield took
    finally:
        gc.unfreeze()
