"""`GET /metrics`, for whoever knows the token."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from crm.metrics import exposition

PLAIN = "text/plain; charset=utf-8"
UNSET = (
    "The metrics are off. Set METRICS_TOKEN to a long random text, and ask with the header\n"
    "Authorization: Bearer that-text\n"
)
WRONG = "Ask with the header “Authorization: Bearer …” and the text of METRICS_TOKEN.\n"


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Give all figures; 404 while no token is set, 401 without the right one."""
    if not settings.METRICS_TOKEN:
        return _said(UNSET, 404)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    is_right = constant_time_compare(token.strip(), settings.METRICS_TOKEN)
    if scheme.lower() != "bearer" or not is_right:
        answer = _said(WRONG, 401)
        answer["WWW-Authenticate"] = 'Bearer realm="metrics"'
        return answer
    return HttpResponse(exposition.text(), content_type=exposition.CONTENT_TYPE)


def _said(sentence: str, status: int) -> HttpResponse:
    answer = HttpResponse(sentence, content_type=PLAIN, status=status)
    # It says itself what is wrong: no line in the log each time somebody asks.
    setattr(answer, "_has_been_logged", True)  # noqa: B010 - Django's own mark, unknown to its types
    return answer
