"""Things done in the same instant, each by a thread with a database connection of its own."""

import threading

from django.db import connections


def at_once(*calls):
    """What each of `calls` returned, or the exception it raised."""
    start, came = threading.Barrier(len(calls)), [None] * len(calls)

    def go(place, call):
        try:
            start.wait()
            came[place] = call()
        except Exception as error:
            came[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came
