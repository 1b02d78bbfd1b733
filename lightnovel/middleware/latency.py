import json
import logging
import time

logger = logging.getLogger("latency")


class LatencyMiddleware:
    """Times every request: told to the browser in `Server-Timing`, kept as a line of JSON in var/log/latency.jsonl.

    A line holds the route (its pattern, never the address with its ids), method, status and milliseconds.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        duration = (time.perf_counter() - start) * 1000
        response["Server-Timing"] = f"app;dur={duration:.1f}"
        match = request.resolver_match
        line = {
            "at": round(time.time(), 3),
            "route": match.route if match else "",
            "name": match.view_name if match else "",
            "method": request.method if request.method in {"GET", "POST", "HEAD"} else "OTHER",
            "status": response.status_code,
            "ms": round(duration, 2),
        }
        logger.info(json.dumps(line))
        return response
