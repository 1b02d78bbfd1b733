"""The queue of replies as conversations see it (`settings.REPLY_QUEUE`)."""

from . import tasks
from .tasks import write_reply

LOOKED_AT = 1000  # tasks of the queue


def enqueue(turn_id, *, first=False):
    write_reply(turn_id, priority=1 if first else None)


def pending_count():
    """How many replies wait among the first tasks of the queue; letters and sweeps beside them say nothing of a turn."""
    return sum(isinstance(task, write_reply.task_class) for task in write_reply.huey.pending(LOOKED_AT))


def sweep():
    tasks.sweep()


def work_on_list(pk):
    tasks.work_on_list(pk)


def review_again():
    tasks.review_again()


def make_takeouts():
    tasks.make_takeouts()


def work_on_upload(pk):
    tasks.work_on_upload(pk)
