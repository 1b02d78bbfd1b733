from django.http import Http404
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise knows its files from the start. One that somebody has taken away since is not found, and no error."""

    @staticmethod
    def serve(static_file, request):
        try:
            return WhiteNoiseMiddleware.serve(static_file, request)
        except FileNotFoundError as error:
            raise Http404(request.path_info) from error
