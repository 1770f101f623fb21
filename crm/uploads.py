"""Files that people send: no more of them is written down than any page takes."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from crm.tenants.permissions import Permission, may

# Of all files of a request: a little more than the largest, so that the form can say what is too
# much.
MOST_BYTES = 10_500_000
MARK = "upload_was_cut"
# What a page takes more of, and from whom.
LARGER = "takes_larger_files"
View = TypeVar("View", bound=Callable[..., Any])


def takes(most: int, by: Permission) -> Callable[[View], View]:
    """Have a page take up to so many bytes from those who may do this; outermost at its view."""

    def mark(view: View) -> View:
        setattr(view, LARGER, (most, by))
        return view

    return mark


def _most(request: HttpRequest | None) -> int:
    # Files are read before the view is asked, and before anybody knows whether it lets them in.
    match = getattr(request, "resolver_match", None)
    most, by = getattr(match and match.func, LARGER, (MOST_BYTES, None))
    if by is not None and not may(getattr(request, "membership", None), by):
        return MOST_BYTES
    return int(most)


class Bounded(FileUploadHandler):
    """Stands before Django's own: stops at what is too much, and lets the form say so.

    Each request has a handler of its own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = 0
        self.most = _most(self.request)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.taken += len(raw_data)
        if self.taken > self.most:
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
