"""Answering a turn whole."""

from chatbot import replies
from chatbot.models import Turn


def answer(pk):
    if turn := Turn.objects.claim(pk, "bench"):
        replies.write(turn)


# Neither way had any text to show before the end.
replies._Draft._keep = lambda self: True
