"""How a web process ends: nobody is held back by it."""

import signal

import pytest

from chatbot.long_polling import long_poll


@pytest.fixture
def config(monkeypatch):
    monkeypatch.setenv("DATABASE_POOL", "3")
    from lightnovel import gunicorn

    monkeypatch.setattr(long_poll, "ending", False)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)}
    yield gunicorn
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
def test_a_process_told_to_end_lets_held_polls_go(config, number):
    told = []
    signal.signal(number, lambda number, frame: told.append(number))
    config.post_worker_init(worker=None)
    assert not long_poll.ending
    signal.raise_signal(number)
    assert long_poll.ending
    assert told == [number]


def test_there_are_threads_for_all_that_may_be_held_and_for_others(config):
    from chatbot import long_polling_policy as policy

    assert config.threads >= policy.MAX_HELD + 8
