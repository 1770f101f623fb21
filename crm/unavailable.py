"""What a person is told when the database takes nothing in, or does not answer."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults

from crm.work import trouble

NO_ROOM = (
    "There is no room left to save anything",
    "The disk of the database is full. What you did last was not saved; all that was saved before"
    " is there.",
    "Tell whoever looks after this installation: room must be made on that disk. Then go back and"
    " do it once more. Runs that wait go on by themselves.",
)
AWAY = (
    "The database does not answer",
    "What you did last may not have been saved; all that was saved before is there.",
    "It is usually back within a minute. Then go back, look whether your change is there, and do"
    " it once more if not. If it stays away, tell whoever looks after this installation.",
)
SECONDS_TO_COME_BACK = 30


def answer(request: HttpRequest) -> HttpResponse:
    """Answer for an error that nobody caught (`handler500`), without asking the database."""
    error = sys.exc_info()[1]
    if error is not None and trouble.is_without_room(error):
        return _unavailable(request, *NO_ROOM)
    if error is not None and trouble.is_away(error):
        return _unavailable(request, *AWAY)
    return defaults.server_error(request)


def _unavailable(request: HttpRequest, title: str, saved: str, advice: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        said = HttpResponse(f"{title}. {saved}", content_type="text/plain")
    else:
        # Without the request, so that nothing is looked up for it.
        page = loader.get_template("503.html")
        said = HttpResponse(page.render({"title": title, "saved": saved, "advice": advice}))
    said.status_code = 503
    said["Retry-After"] = str(SECONDS_TO_COME_BACK)
    return said
