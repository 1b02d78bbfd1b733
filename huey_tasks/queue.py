"""The queue of replies as conversations see it (`settings.REPLY_QUEUE`)."""

from .tasks import write_reply


def enqueue(turn_id, *, first=False):
    write_reply(turn_id, priority=1 if first else None)


def pending_count():
    return write_reply.huey.pending_count()
