from django.contrib.admin.apps import AdminConfig


class LibraryAdminConfig(AdminConfig):
    default_site = "lightnovel.admin.LibraryAdminSite"
