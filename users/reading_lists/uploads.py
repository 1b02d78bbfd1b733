"""A file that is too large is not taken in to its end, and its reader is told so on the page."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from .unpacking import MAX_UPLOAD


class BoundedUpload(FileUploadHandler):
    """First of the handlers: counts what comes in. Sets `too_large` on the request."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data, start):
        self.taken += len(raw_data)
        if self.taken > MAX_UPLOAD:
            self.request.too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None
