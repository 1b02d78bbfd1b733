"""Headers that browsers heed and Django has no setting for."""

# What a page of ours may use: passkeys and the clipboard. The rest stays shut, also for whatever gets into a page.
ALLOWED = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
SHUT = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
HEADERS = {
    "Permissions-Policy": ", ".join([*(f"{name}=(self)" for name in ALLOWED), *(f"{name}=()" for name in SHUT)]),
    "Cross-Origin-Resource-Policy": "same-origin",
}
# It says what a document may use. A page loads eighteen style sheets and scripts, and covers, which are none and would
# each bring it; one that is opened by itself may use nothing, by its own policy.
OF_DOCUMENTS = "Permissions-Policy"
NO_DOCUMENTS = ("text/css", "text/javascript", "application/javascript", "image/")


class HeadersMiddleware:
    """On every answer: pages, partials, static files, errors."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_document = not response.get("Content-Type", "").startswith(NO_DOCUMENTS)
        for name, value in HEADERS.items():
            if is_document or name != OF_DOCUMENTS:
                response.headers.setdefault(name, value)
        return response
