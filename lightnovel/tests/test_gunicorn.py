"""How a web process ends: nobody is held back by it."""

import signal

import pytest

from chatbot.long_polling import watch


@pytest.fixture
def config(monkeypatch):
    monkeypatch.setenv("DATABASE_POOL", "3")
    from lightnovel import gunicorn

    monkeypatch.setattr(watch, "ending", False)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)}
    yield gunicorn
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
def test_a_process_told_to_end_lets_held_polls_go(config, number):
    told = []
    signal.signal(number, lambda number, frame: told.append(number))
    config.post_worker_init(worker=None)
    assert not watch.ending
    signal.raise_signal(number)
    assert watch.ending
    assert told == [number]


def test_there_are_threads_for_all_that_may_be_held_and_for_others(config):
    from chatbot import long_polling as module

    assert config.threads >= module.MOST + 8
