from django.contrib import admin
from django.urls import include, path

from . import installable, views

admin.autodiscover()

urlpatterns = [
    path("", include("chatbot.urls")),
    path("novels/", include("chatbot.catalogue.urls")),
    path("accounts/", include("allauth.urls")),
    path("users/", include("users.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("theme/", views.theme, name="theme"),
    path("healthz", views.healthz, name="healthz"),
    path("manifest.webmanifest", installable.manifest, name="manifest"),
    path("sw.js", installable.service_worker, name="service_worker"),
    path("offline/", installable.offline, name="offline"),
    path("robots.txt", views.robots, name="robots"),
    path("admin/", admin.site.urls),
]

handler400 = "lightnovel.views.bad_request"
handler403 = "lightnovel.views.permission_denied"
handler404 = "lightnovel.views.page_not_found"
handler429 = "lightnovel.views.too_many_requests"
handler500 = "lightnovel.views.server_error"
