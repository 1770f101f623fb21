"""The cheapest call by which each service shows that it takes a key, and what its answer says.

None of them costs anything: lists of models, an account, the ids of places, the form of a number.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings

from crm import http
from crm.ai.listed import Model, listed
from crm.keys.standing import day
from crm.keys.what import OPENAI
from crm.look.formats import duration, thousands
from crm.outside.errors import NotAccepted, NotThere, Outside, Refused
from crm.outside.key import Key

# Digits of a number of credits.
LONGEST = 16


@dataclass(frozen=True)
class Told:
    """What came of it in words. `until` is when an account that is empty has credit again.

    Not every service lets one know about its credit, and only one has `models`. `lacks_ours` says
    that ours is not among them: the key is taken, and of no use.
    """

    words: str
    is_empty: bool = False
    until: datetime | None = None
    knows_credit: bool = False
    models: Sequence[Model] | None = None
    lacks_ours: bool = False


@dataclass(frozen=True)
class Call:
    """`read` makes words of the JSON that came, and of the seconds that it took.

    `refusals` are those that show, too, that the key was taken: they are about the question.
    """

    method: str
    path: str
    read: Callable[[Any, float], Told]
    query: dict[str, str] | None = None
    json: dict[str, Any] | None = None
    headers: dict[str, str] | None = None
    refusals: tuple[type[Outside], ...] = ()


def ask(key: Key, *, deadline: float) -> Told:
    """Make the call; raises what the door raises."""
    if key.service == OPENAI:
        return _openai(listed(key, deadline=deadline))
    call = CALLS[key.service]
    began = time.monotonic()
    try:
        answer = http.call(
            key, call.method, call.path, query=call.query, json=call.json, headers=call.headers,
            deadline=deadline,
        )  # fmt: skip
    except call.refusals:
        return call.read(None, time.monotonic() - began)
    return call.read(answer.json(), answer.seconds)


def _openai(models: Sequence[Model]) -> Told:
    ours = settings.OPENAI_MODEL
    many = "1 model" if len(models) == 1 else f"{len(models)} models"
    if any(model.id == ours for model in models):
        return Told(f"Works: {many}; {ours} is among them.", models=models)
    said = f"The key works, but {ours} is not among its {many}."
    return Told(said, models=models, lacks_ours=True)


def _companies_house(said: Any, seconds: float) -> Told:
    return Told(f"Works: the register answered in {duration(seconds)}.")


def _places(said: Any, seconds: float) -> Told:
    return Told(f"Works: the map answered in {duration(seconds)}.")


def _apollo(said: Any, seconds: float) -> Told:
    searches = _dig(said, '["api/v1/mixed_companies", "search"]', "day")
    left, most = _dig(searches, "left_over"), _dig(searches, "limit")
    if not (isinstance(left, int) and isinstance(most, int)):
        return Told(f"Works: Apollo answered in {duration(seconds)}.")
    return Told(f"Works: {thousands(left)} of {thousands(most)} searches are left today.")


def _hunter(said: Any, seconds: float) -> Told:
    requests, renewed = _dig(said, "data", "requests"), _day(_dig(said, "data", "reset_date"))
    credit = _dig(requests, "credits") or _dig(requests, "searches")
    used, most = _dig(credit, "used"), _dig(credit, "available")
    until = datetime(renewed.year, renewed.month, renewed.day, tzinfo=UTC) if renewed else None
    then = f", renewed on {day(until)}" if until else ""
    if not (isinstance(used, (int, float)) and isinstance(most, (int, float))):
        return Told(f"Works: Hunter answered in {duration(seconds)}.")
    left = int(max(0, most - used))
    if left == 0:
        ends = f" until {day(until)}" if until else ""
        return Told(f"Out of credit{ends}: all {thousands(int(most))} are used.", True, until, True)
    words = f"Works: {thousands(left)} of {thousands(int(most))} credits are left{then}."
    return Told(words, knows_credit=True)


def _zerobounce(said: Any, seconds: float) -> Told:
    """A key that they do not know has -1 credits."""
    left = str(_dig(said, "Credits")).strip()
    if left.startswith("-"):
        raise Refused("ZeroBounce does not know this key.", kind="key")
    if not (left.isascii() and left.isdigit() and len(left) < LONGEST):
        return Told(f"Works: ZeroBounce answered in {duration(seconds)}.")
    if int(left) == 0:
        return Told("Out of credit: all are used.", is_empty=True, knows_credit=True)
    return Told(f"Works: {thousands(int(left))} credits are left.", knows_credit=True)


def _twilio(said: Any, seconds: float) -> Told:
    return Told(f"Works: Twilio answered in {duration(seconds)}.")


def _clearbit(said: Any, seconds: float) -> Told:
    return Told(f"Works: Clearbit answered in {duration(seconds)}.")


def _dig(said: Any, *names: str) -> Any:
    """Go down by these names as far as they lead; else None."""
    for name in names:
        said = said.get(name) if isinstance(said, dict) else None
    return said


def _day(said: Any) -> date | None:
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        return None


CALLS = {
    "companies_house": Call(
        "GET",
        "/search/companies",
        _companies_house,
        query={"q": "a", "items_per_page": "1"},
    ),
    # Whoever asks for ids alone pays nothing.
    "google_places": Call(
        "POST",
        "/places:searchText",
        _places,
        json={"textQuery": "post office in Leicester", "pageSize": 1, "regionCode": "GB"},
        headers={"X-Goog-FieldMask": "places.id"},
    ),
    "apollo": Call("POST", "/usage_stats/api_usage_stats", _apollo),
    "hunter": Call("GET", "/account", _hunter),
    "zerobounce": Call("GET", "/getcredits", _zerobounce),
    # Whether a number is well formed is free; what they know of it would cost. Ofcom gives this
    # one to nobody.
    "twilio": Call("GET", "/PhoneNumbers/+442079460000", _twilio),
    # They look at the key first, and then at a question without a domain, which is charged nothing.
    "clearbit": Call("GET", "/companies/find", _clearbit, refusals=(NotAccepted, NotThere)),
}
