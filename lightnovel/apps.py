from django.contrib.admin.apps import SimpleAdminConfig


class LibraryAdminConfig(SimpleAdminConfig):
    """The admin without its pages: `urls.py` loads them, so that commands and the worker, which show none, start sooner."""

    default_site = "lightnovel.admin.LibraryAdminSite"
