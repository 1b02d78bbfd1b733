"""A pytest plugin: each test begins in the site's language and with nothing kept in the process, as its database is one
of its own."""

import uuid

import pytest

CLOCKS = {"time", "threading", "subprocess", "socket", "ThreadPoolExecutor", "measured"}
# What these say is made from the catalogue's snapshot, which is the same whatever database it was read from.
FROM_THE_SNAPSHOT = ("chatbot/language/", "chatbot/recommender/", "chatbot/assistant/")
LASTING = ("django_content_type", "auth_permission")
MORE_TRIES = pytest.mark.flaky(reruns=2, reruns_delay=1)


def pytest_collection_modifyitems(config, items):
    """Tests that wait or measure by a clock are tried up to three times, as other work of the machine may hold up any one
    run; what is too slow or hangs fails thrice. On another database than the usual one, only what asks a database is
    worth asking again, and not how a reply is read, chosen and worded.
    """
    from django.conf import settings

    for item in items:
        drives_processes = item.get_closest_marker("browser") or item.get_closest_marker("machines")
        if drives_processes or CLOCKS & vars(item.module).keys():
            item.add_marker(MORE_TRIES)
    if settings.ON_POSTGRES:
        asks = [
            item
            for item in items
            if ({"db", "transactional_db"} & set(item.fixturenames) or item.get_closest_marker("django_db"))
            and not item.nodeid.startswith(FROM_THE_SNAPSHOT)
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(asks)])
        items[:] = asks


@pytest.fixture(autouse=True, scope="session")
def _rows_alone_are_flushed():
    """A test that commits has all tables emptied behind it. What Django would make anew then is always the same, and a
    fifth of a second's work: it stays where it is."""
    from django.core.management.commands import flush

    def sql_flush(style, connection, **kept):
        named = connection.introspection.django_table_names(only_existing=True, include_views=False)
        return connection.ops.sql_flush(style, [table for table in named if table not in LASTING], **kept)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", sql_flush)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: None)
        yield


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    from django.utils import translation

    from chatbot.assistant.wire import parts
    from chatbot.catalogue import novel_cache, series, snapshot
    from chatbot.costs import pricing

    # A page asked for in another language leaves it to the thread.
    translation.deactivate()
    # Revisions begin anew with each database, and what is kept is kept by its revision.
    monkeypatch.setattr(snapshot, "_current", None)
    monkeypatch.setattr(pricing, "_kept", None)
    # The cache is not emptied between tests, and the next one's server may get this one's port.
    monkeypatch.setattr(parts, "PREFIX", f"test-{uuid.uuid4().hex}")
    monkeypatch.setattr(parts, "_known", {})
    novel_cache._kept.cache_clear()
    series._ties.cache_clear()
