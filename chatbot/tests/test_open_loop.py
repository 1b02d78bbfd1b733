"""The bench's readers who come by chance."""

import asyncio
import time

from chatbot.bench import open_loop


class Patient:
    """A reader who is answered after so many seconds."""

    def __init__(self, seconds):
        self.seconds, self.asked = seconds, []

    async def read(self):
        self.asked.append(time.monotonic())
        await asyncio.sleep(self.seconds)
        return len(self.asked)


def test_nobody_waits_for_the_answers_of_others():
    readers = [Patient(0.5) for _ in range(100)]
    came = asyncio.run(open_loop.arrive(readers, 100, 0.3))
    times = sorted(asked for reader in readers for asked in reader.asked)
    assert len(came.sights) == len(times) > 5
    assert times[-1] - times[0] < 0.5  # before the first was answered
    assert came.turned_away == 0


def test_who_was_answered_asks_again():
    reader = Patient(0)
    came = asyncio.run(open_loop.arrive([reader], 30, 0.5))
    assert len(reader.asked) == len(came.sights) > 1


def test_whoever_finds_no_reader_left_is_counted():
    came = asyncio.run(open_loop.arrive([Patient(1)], 50, 0.4))
    assert len(came.sights) == 1
    assert came.turned_away > 0


def test_a_line_grows_where_those_who_come_later_wait_longer():
    assert open_loop.grows([0.1 * place for place in range(40)])
    assert not open_loop.grows([0.1, 0.4] * 20)
    assert not open_loop.grows([1.0, 0.9] * 20)
    assert not open_loop.grows([])
