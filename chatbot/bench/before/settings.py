from lightnovel.settings import *  # noqa: F403

ROOT_URLCONF = "chatbot.bench.before.urls"
# "inline" or "celery"
ANSWERED_BY = env.str("ANSWERED_BY")  # noqa: F405
REPLY_QUEUE = "chatbot.bench.before.queue"
