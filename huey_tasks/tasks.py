"""What the worker does. A task takes ids and delegates; the database says whether there is anything to do."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, on_startup, signal
from huey.signals import SIGNAL_INTERRUPTED

from chatbot.models import Conversation, Turn
from users.models import Pace

from . import heartbeat
from .models import Worker


@db_task()
def write_reply(turn_id):
    with heartbeat.holding(turn_id):
        if turn := Turn.objects.claim(turn_id, heartbeat.NAME):
            # Only here, so that the web process, which imports this module to enqueue, never loads the model's client.
            from chatbot import replies

            replies.write(turn)


@db_periodic_task(crontab(minute="*"))
def rescue():
    Turn.objects.rescue()
    Conversation.objects.purge()
    Pace.objects.forget()
    Worker.forget_gone()


@on_startup()
def begin_heartbeat():
    heartbeat.begin()


@signal(SIGNAL_INTERRUPTED)
def hand_over(signal, task):
    """The worker is told to end and the time to finish is over (`shutdown_timeout`). Called once for each task."""
    heartbeat.hand_over()
