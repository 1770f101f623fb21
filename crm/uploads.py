"""Files that people send: no more of them is written down than any page takes."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

# Of all files of a request: a little more than the largest, so that the form can say what is too
# much.
MOST_BYTES = 10_500_000
MARK = "upload_was_cut"


class Bounded(FileUploadHandler):
    """Stands before Django's own: stops at what is too much, and lets the form say so.

    Each request has a handler of its own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.taken += len(raw_data)
        if self.taken > MOST_BYTES:
            setattr(self.request, MARK, True)
            # The rest is read and thrown away: a browser shows no answer before it has sent all.
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to whoever comes next."""


def was_cut(request: HttpRequest) -> bool:
    """Say whether the files of this request were too large to be taken."""
    # That is known once they were read.
    request.FILES  # noqa: B018
    return getattr(request, MARK, False)
