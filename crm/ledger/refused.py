"""Why a request is refused, said where it is known and written down once all is rolled back."""

from django.http import HttpRequest

MARK = "refused_because"


def say(request: HttpRequest, why: str) -> None:
    """Have the request written down as refused, whatever page answers it."""
    setattr(request, MARK, why)


def said(request: HttpRequest) -> str:
    """Give the reason, or nothing where the request was not refused."""
    return str(getattr(request, MARK, ""))
