"""A pytest plugin: each test begins in the site's language and with nothing kept in the process, as its database is one
of its own."""

import pytest


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch):
    from django.utils import translation

    from chatbot.catalogue import copies, series, shelf

    # A page asked for in another language leaves it to the thread.
    translation.deactivate()
    # Revisions begin anew with each database, and what is kept is kept by its revision.
    monkeypatch.setattr(shelf, "_current", None)
    copies._kept.cache_clear()
    series._ties.cache_clear()
