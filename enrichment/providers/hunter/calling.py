"""A question to Hunter: sent once, looked for again while Hunter works on it."""

from typing import Any

from crm import http
from crm.credits import prices
from enrichment.contract import Answer, Asking, NotYet, Unanswerable

SERVICE = "hunter"
ACCEPTED = 202
# It wants to be asked the same again, and is done within a minute.
SECONDS, MOST_LOOKS = 3.0, 20
TOO_LONG = "Hunter was still working on it after a minute."


def credit() -> int:
    """Give what one of its credits costs, in millionths of a pound."""
    return prices.vendor(SERVICE, "credit")


def ask(asking: Asking, path: str, query: dict[str, Any]) -> dict[str, Any] | Answer | NotYet:
    """Give what it says; NotYet while it works on it, an Answer where that takes too long.

    Raises what `crm.outside.errors` holds, and Unanswerable.
    """
    if asking.key is None:
        raise Unanswerable("Hunter is asked with a key, and there is none.")
    answer = http.call(asking.key, "GET", path, query=query, repeatable=False)
    if answer.status == ACCEPTED:
        return _later(asking)
    said = answer.json()
    data = said.get("data") if isinstance(said, dict) else None
    if not isinstance(data, dict):
        raise unreadable("not with what was asked for")
    return data


def unreadable(how: str) -> Unanswerable:
    """Give the error of an answer that says nothing which can be used, and is charged for."""
    return Unanswerable(f"Hunter answered, but {how}.", cost_micros=credit())


def _later(asking: Asking) -> Answer | NotYet:
    """Count the looks in the ticket: Hunter gives none."""
    looks = int(asking.ticket) if asking.ticket.isdecimal() else 0
    if looks >= MOST_LOOKS:
        return Answer(why_nothing=TOO_LONG)
    asking.keep(f"{looks + 1}")
    return NotYet(SECONDS)
