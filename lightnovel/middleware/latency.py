import json
import logging
import time

from django.conf import settings

logger = logging.getLogger("latency")
trouble = logging.getLogger(__name__)

METHODS = {"GET", "HEAD", "POST"}


class LatencyMiddleware:
    """Times every request: told to the browser in `Server-Timing`, kept as a line of JSON in var/log/latency.jsonl. Of a
    style sheet or a script, of which a page loads eighteen, nobody is told.

    A line holds the route (its pattern, never the address with its ids), method, status and milliseconds. For a
    streamed answer they end where its first byte is ready.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        # A poll that is held until there is something to answer is not slow.
        duration = round((time.perf_counter() - start - getattr(request, "held", 0)) * 1000, 2)
        try:
            if not _is_static(request):
                told = response.get("Server-Timing")
                response["Server-Timing"] = f"{told}, app;dur={duration:.1f}" if told else f"app;dur={duration:.1f}"
            logger.info(json.dumps(self._line(request, response, duration)))
        except Exception:
            # The answer is there; a full disk is no reason to withhold it.
            trouble.exception("a request's time could not be kept")
        return response

    @staticmethod
    def _line(request, response, duration):
        match = request.resolver_match
        # Static files are answered before any route is looked for; null: the address leads nowhere.
        unrouted = "static/" if _is_static(request) else None
        return {
            "at": round(time.time(), 3),
            "route": match.route if match else unrouted,
            "name": match.view_name if match else "",
            "method": request.method if request.method in METHODS else "OTHER",
            "status": response.status_code,
            "ms": duration,
        }


def _is_static(request):
    return request.path_info.startswith(settings.STATIC_URL)
