"""When a worker takes the next task: while it keeps up with those it has.

Many threads are of use while models think, and a burden when there is more to do than the processor can: new replies
would slow down those that are being written. So whoever would take the next one first sees whether it wakes from short
naps in time (a measure of how busy the processor is); if not, it takes nothing yet.
"""

import time

MIN_RUNNING = 4  # tasks a worker does at once without asking itself whether it keeps up
PROBES = 6  # naps it has to wake from in time before it takes one more
# Seconds: who means to sleep the one and sleeps the other waits too long for its turn to run. Fewer naps let more
# replies begin than keep up with the model; naps that must be in time to 4 ms let readers wait in line before a
# processor that has time (measured, chatbot/bench/README.md).
NAP, LATE = 0.005, 0.020


def keeps_up(running: int, patience: float) -> bool:
    """Whether one more task beside `running` ones would harm nobody, tried for at most `patience` seconds."""
    end = time.monotonic() + patience
    while running >= MIN_RUNNING and any(_woke_late() for _ in range(PROBES)):
        if time.monotonic() > end:
            return False
    return True


def _woke_late() -> bool:
    lay_down = time.monotonic()
    time.sleep(NAP)
    return time.monotonic() - lay_down > LATE
