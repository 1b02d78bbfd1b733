import os

import django
from celery import Celery

django.setup()
app = Celery("before", broker=os.environ["REDIS_URL"])
app.conf.update(task_ignore_result=True, broker_connection_retry_on_startup=True, worker_hijack_root_logger=False)


@app.task
def write_reply(pk):
    from django.db import close_old_connections

    from . import answering

    close_old_connections()
    answering.answer(pk)
