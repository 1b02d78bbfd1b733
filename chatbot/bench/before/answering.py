"""Answering a turn whole, and telling Celery instead of Huey."""

from django.conf import settings

from chatbot import models, replies
from chatbot.models import Turn


def answer(pk):
    if turn := Turn.objects.claim(pk, "bench"):
        replies.write(turn)


def _tell(turn, **options):
    if settings.ANSWERED_BY == "celery":
        from .celery import write_reply

        write_reply.delay(turn.pk)


models.enqueue = _tell
# Neither way had any text to show before the end.
replies._Draft._keep = lambda self: True
