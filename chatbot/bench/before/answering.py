"""Answering a turn whole."""

from chatbot import drafting, replies
from chatbot.models import Turn


def answer(pk):
    if turn := Turn.objects.claim(pk, "bench"):
        replies.write(turn)


# Neither way had any text to show before the end.
drafting.Draft._keep = lambda self: True
