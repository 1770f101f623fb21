"""How long pages take, by the name of their address: never by its path, which anybody invents."""

import time
from collections.abc import Callable

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Histogram, disable_created_metrics

from crm.metrics import folder

disable_created_metrics()
HERE = CollectorRegistry()
SECONDS = Histogram(
    "fieldfare_http_request_duration_seconds",
    "Time until a page was ready, by the name of its address, method and class of its status.",
    ("view", "method", "status"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
    registry=HERE,
)
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


class PageTimes:
    """Measure every page; static files are served before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if folder.is_off():
            raise MiddlewareNotUsed("There is no place for its figures.")
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        found = request.resolver_match
        SECONDS.labels(
            (found.view_name if found else "") or "none",
            request.method if request.method in METHODS else "other",
            f"{response.status_code // 100}xx",
        ).observe(seconds)
        return response
