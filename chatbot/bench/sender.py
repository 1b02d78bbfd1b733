"""Put tasks on the queue with pauses in between: `python -m chatbot.bench.sender TIMES FROM TO` (seconds)."""

import random
import sys
import time

import django

if __name__ == "__main__":
    django.setup()
    from .tasks import note

    times, shortest, longest = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    note(time.monotonic())  # opens the connection
    for _ in range(times):
        time.sleep(random.uniform(shortest, longest))
        note(time.monotonic())
    time.sleep(1)
