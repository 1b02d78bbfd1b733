"""How the web process serves. Threads, because a poll mostly waits: for the database, or held until there is something
to answer (chatbot/long_polling.py)."""

import os
import resource
import signal
import sys

from chatbot.long_polling_policy import MAX_HELD

# Unless it is said otherwise: held polls need none.
os.environ.setdefault("DATABASE_POOL", "16")

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "lightnovel.buffering.BufferingWorker"
# Those that may be held and eight that serve. Each begins when it is first needed.
threads = MAX_HELD + 8
# Open at once: those who are served, kept alive, or still send (lightnovel/buffering.py). Each is an open file.
worker_connections = 2000
files, most = resource.getrlimit(resource.RLIMIT_NOFILE)
if files != resource.RLIM_INFINITY:
    wanted = 8192 if most == resource.RLIM_INFINITY else min(8192, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(files, wanted), most))
preload_app = True
# Longer than balancers keep a connection to us, mostly 60 s: one that we close first they may just be using.
keepalive = int(os.environ.get("KEEP_ALIVE") or 75)
timeout = 30
graceful_timeout = 10
limit_request_line = 8190
loglevel = "warning"
accesslog = None


def post_worker_init(worker):
    """Held polls are let go when the process is told to end, or it would wait for them."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, _letting_go(signal.getsignal(number)))


def _letting_go(handler):
    def end(number, frame):
        # Not imported, as this is a signal handler; where it is not loaded, nobody is held.
        if module := sys.modules.get("chatbot.long_polling"):
            module.long_poll.ending = True
        handler(number, frame)

    return end
