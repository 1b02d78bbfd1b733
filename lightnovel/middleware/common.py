from django.middleware import common


class CommonMiddleware(common.CommonMiddleware):
    """Django's, less the question by what name we are called where a balancer asks: it asks by an address that is not
    ours (a container's own), and gets nothing that depends on it."""

    def process_request(self, request):
        return None if request.path_info == "/healthz" else super().process_request(request)
