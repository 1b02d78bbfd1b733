"""What makes the library an app on a phone: the manifest, and a service worker that keeps nothing but one page to show
while the line is down. No page of a reader is ever put into its cache."""

import hashlib

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

NIGHT = "#15110e"
ICONS = (("img/icon-192.png", "192x192", "any"), ("img/icon-512.png", "512x512", "any"))
ICONS += (("img/icon-maskable-512.png", "512x512", "maskable"),)
OFFLINE_FILES = ("css/offline.css", "js/offline.js")


@require_safe
def manifest(request):
    told = {
        "id": "/",
        "name": _("The light-novel librarian"),
        "short_name": _("Librarian"),
        "description": _("Light novels that exist, fit you and are new to you, each with its reason."),
        "lang": (get_language() or "ko")[:2],
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": NIGHT,
        "theme_color": NIGHT,
        "icons": [
            {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for path, sizes, purpose in ICONS
        ],
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/manifest+json; charset=utf-8"
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def service_worker(request):
    """Another language or another release is another worker: browsers compare its bytes."""
    files = [static(path) for path in OFFLINE_FILES]
    version = hashlib.blake2s(f"{get_language()} {files}".encode(), digest_size=6).hexdigest()
    context = {"files": files, "version": version}
    response = render(request, "installable/sw.js", context, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request):
    """Shown while the line is down. The same for everybody: it is kept in the browser."""
    html = render(request, "installable/offline.html")
    html["Cache-Control"] = "no-cache"
    return HttpResponse(html.content, headers=dict(html.items()))
