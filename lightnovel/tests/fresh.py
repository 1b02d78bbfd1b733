"""A pytest plugin: each test begins in the site's language and with nothing kept in the process, as its database is one
of its own."""

import uuid

import pytest


def pytest_collection_modifyitems(config, items):
    """On another database than the usual one, only what asks a database is worth asking again."""
    from django.conf import settings

    if settings.ON_POSTGRES:
        asks = [
            item
            for item in items
            if {"db", "transactional_db"} & set(item.fixturenames) or item.get_closest_marker("django_db")
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(asks)])
        items[:] = asks


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    from django.utils import translation

    from chatbot.assistant.wire import parts
    from chatbot.catalogue import novel_cache, series, snapshot

    # A page asked for in another language leaves it to the thread.
    translation.deactivate()
    # Revisions begin anew with each database, and what is kept is kept by its revision.
    monkeypatch.setattr(snapshot, "_current", None)
    # The cache is not emptied between tests, and the next one's server may get this one's port.
    monkeypatch.setattr(parts, "PREFIX", f"test-{uuid.uuid4().hex}")
    monkeypatch.setattr(parts, "_known", {})
    novel_cache._kept.cache_clear()
    series._ties.cache_clear()
