"""A question to Apollo."""

from typing import Any

from crm import http
from crm.credits import prices
from enrichment.contract import Asking, Unanswerable

SERVICE = "apollo"


def credits(many: int = 1) -> int:
    """Give what so many of its credits cost, in millionths of a pound."""
    return prices.vendor(SERVICE, "credit", many)


def ask(asking: Asking, method: str, path: str, *, charge: int, **sent: Any) -> dict[str, Any]:
    """Give what it says; `charge` is what that may cost: what is free may be sent again.

    Raises what `crm.outside.errors` holds, and Unanswerable.
    """
    if asking.key is None:
        raise Unanswerable("Apollo is asked with a key, and there is none.")
    said = http.call(asking.key, method, path, repeatable=not charge, **sent).json()
    if not isinstance(said, dict):
        sentence = "Apollo answered, but not with what was asked for."
        raise Unanswerable(sentence, cost_micros=charge)
    return said
