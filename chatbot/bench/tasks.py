"""A task that notes how long it took from the sending to its start. Only on the queue of `pickup.py`."""

import time

from django.conf import settings
from huey.contrib.djhuey import task


@task()
def note(sent):
    waited = time.monotonic() - sent
    with (settings.VAR_DIR / "pickups").open("a") as pickups:
        pickups.write(f"{waited}\n")
