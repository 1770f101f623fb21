"""What a person is told who comes for something that has become another or is there no longer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views import defaults

from crm import going
from crm.scripts import wants_json

SAFE = ("GET", "HEAD")


class Gone(Http404):
    """It was there; at `url`, if there is one, stands what it has become."""

    def __init__(self, said: str, url: str = "") -> None:
        super().__init__(said)
        self.url = url


def answer(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 404 (`handler404`); whoever only looks is led on to what it has become."""
    if not isinstance(exception, Gone):
        return defaults.page_not_found(request, exception)
    said = str(exception)
    if exception.url and request.method in SAFE:
        messages.info(request, said)
        return going.to(request, exception.url)
    if wants_json(request):
        return JsonResponse({"message": said}, status=410)
    if request.headers.get("HX-Request"):
        return HttpResponse(said, status=410, content_type="text/plain")
    return render(request, "410.html", {"said": said, "url": exception.url}, status=410)
