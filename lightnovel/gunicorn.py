"""How the web process serves. Threads, because a poll mostly waits for the database."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 8
preload_app = True
keepalive = 30
timeout = 30
graceful_timeout = 10
limit_request_line = 8190
loglevel = "warning"
accesslog = None
