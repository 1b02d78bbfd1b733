from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control, patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect


class HtmxMiddleware:
    """Answers to htmx that a browser alone would handle wrongly, and private pages kept out of shared caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.htmx and response.status_code == 302 and self._to_login(response):
            response = self._login(request)
        patch_vary_headers(response, ["HX-Request"])
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    @staticmethod
    def _to_login(response):
        return urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)

    @staticmethod
    def _login(request):
        # Followed by htmx, the redirect would put the login page into a bubble; and the way back
        # has to lead to the page, not to the address of a poll.
        try:
            page = urlsplit(request.htmx.current_url_abs_path or "/")
        except ValueError:  # "http://[": no browser sends it
            page = urlsplit("/")
        query = urlencode({"next": page.path + (f"?{page.query}" if page.query else "")})
        return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
