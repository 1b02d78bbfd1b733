from django.core.exceptions import BadRequest


class CharsetMiddleware:
    """Requests are in UTF-8, as browsers send them. Others can smuggle in half characters (UTF-7 can write lone
    surrogates) that no hash, cache key or database takes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.content_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
            raise BadRequest("The request is not in UTF-8.")
        return self.get_response(request)
