from allauth.account.decorators import secure_admin_login
from django.contrib import admin


class LibraryAdminSite(admin.AdminSite):
    # Staff log in where everybody does, so the same limits and second factors hold.
    login = secure_admin_login(admin.AdminSite.login)
