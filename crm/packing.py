"""Pages go out compressed; nothing in front of the product needs to do it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

PACKED = ("text/html", "application/json")


class Packing(GZipMiddleware):
    """Compresses what people read; it pads at random, so that a length tells of no token.

    Files are left alone: they are compressed already, or flow as they are written.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Compress a page or fragment."""
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in PACKED:
            return response
        return super().process_response(request, response)
