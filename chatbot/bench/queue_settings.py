"""The library's settings, and a task of the benchmark's own on its queue."""

from lightnovel.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "chatbot.bench"]  # noqa: F405
