from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control, patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect


class HtmxMiddleware:
    """Answers to htmx that a browser alone would handle wrongly, the way back from the login, and private pages kept
    out of shared caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 302 and self._sends_away(response):
            if request.htmx:
                response = HttpResponseClientRedirect(self._login(request))
            elif request.method == "POST":
                response["Location"] = self._login(request)
        patch_vary_headers(response, ["HX-Request"])
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    @staticmethod
    def _sends_away(response):
        """Whether a page that only readers see leads to the login, and from there back to itself."""
        location = urlsplit(response["Location"])
        return location.path == resolve_url(settings.LOGIN_URL) and "next" in parse_qs(location.query)

    @staticmethod
    def _login(request):
        # Followed by htmx, the redirect would put the login page into a bubble; and the way back has to lead to the
        # page the reader sees, not to that of a poll or of a form, where there is nothing to get.
        try:
            address = request.htmx.current_url_abs_path if request.htmx else request.headers.get("Referer")
            page = urlsplit(address or "/")
        except ValueError:  # "http://[": no browser sends it
            page = urlsplit("/")
        path = f"/{page.path.lstrip('/')}"  # two slashes would lead to another host
        query = urlencode({"next": path + (f"?{page.query}" if page.query else "")})
        return f"{resolve_url(settings.LOGIN_URL)}?{query}"
