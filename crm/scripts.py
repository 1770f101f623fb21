"""Whether one of our own scripts asks, or a page."""

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """Say whether the answer is read by a script, which shows a refusal in its own way."""
    return "application/json" in request.headers.get("Accept", "")
