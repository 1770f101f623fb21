"""What was paid for twice while organisations were enriched, by the vendors' own records."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.benchmarks.vendors.simulated import Record

Calls = Mapping[str, Sequence[Record]]
# What costs, by vendor: the method, and the beginning of the path.
CHARGED = {
    "hunter": ("GET", "/v2/"),
    "apollo": ("GET", "/api/v1/organizations/enrich"),
    "zerobounce": ("GET", "/v2/validate"),
    "twilio": ("GET", "/v2/PhoneNumbers/"),
    "clearbit": ("GET", "/v2/companies/"),
}
REVEALED = ("POST", "/api/v1/people/bulk_match")
QUESTIONS = ("POST", "/v1/responses")
# A search for ids alone is free, a look at a place is not: the first of a search are looked at.
SEARCHES, LOOKS = ("POST", "/v1/places:searchText"), ("GET", "/v1/places/")
MOST_LOOKS = 2


def paid(calls: Calls) -> dict[str, int]:
    """Count by vendor the questions that were answered at a charge although they had been before.

    The same is the same address with the same query and body; of a model, the same form about the
    same organisation, or the same text; of Apollo each person who is revealed. A place may be
    looked at once for each search that shows it, however often that was sent.
    """
    found = {
        vendor: _over(map(_named, _answered(calls, vendor, of))) for vendor, of in CHARGED.items()
    }
    found["apollo"] += _over(_people(_answered(calls, "apollo", REVEALED)))
    questions = list(_answered(calls, "openai", QUESTIONS))
    found["openai"] = max(_over(map(_about, questions)), _over(map(_text, questions)))
    found["google_places"] = _looks_over(calls)
    return {vendor: many for vendor, many in found.items() if many}


def repeated(calls: Calls) -> list[str]:
    """Name the calls of that kind that were answered more than once, with the moments.

    A place that several searches show is among them.
    """
    found: dict[str, list[float]] = defaultdict(list)
    for vendor, of in (*CHARGED.items(), ("google_places", LOOKS)):
        for call in _answered(calls, vendor, of):
            found[f"{vendor}: {_named(call)}"].append(call["at"])
    for call in _answered(calls, "openai", QUESTIONS):
        found[f"openai: {_about(call)}"].append(call["at"])
    return [f"{name} at {moments}" for name, moments in found.items() if len(moments) > 1]


def _answered(calls: Calls, vendor: str, of: tuple[str, str]) -> Iterator[Record]:
    method, path = of
    for call in calls.get(vendor, ()):
        if call["method"] == method and call["path"].startswith(path) and call["status"] == 200:
            yield call


def _named(call: Record) -> str:
    return json.dumps([call["path"], call["query"], call["json"]], sort_keys=True)


def _about(call: Record) -> str:
    body: dict[str, Any] = call["json"]
    form = body.get("text", {}).get("format", {}).get("name", "")
    return f"{form} of {body.get('metadata', {}).get('subject', '')}"


def _text(call: Record) -> str:
    return json.dumps([call["json"].get("instructions"), call["json"]["input"]])


def _people(calls: Iterable[Record]) -> Iterator[str]:
    for call in calls:
        for each in call["json"].get("details", ()):
            yield json.dumps(each, sort_keys=True)


def _looks_over(calls: Calls) -> int:
    """How many looks at places are there besides one for each search that shows the place."""
    answered = _answered(calls, "google_places", SEARCHES)
    searches = {_named(call): call["shown"][:MOST_LOOKS] for call in answered}
    shown = Counter(place for places in searches.values() for place in places)
    looks = Counter(call["path"] for call in _answered(calls, "google_places", LOOKS))
    return sum(
        max(0, many - max(1, shown[path.removeprefix(LOOKS[1])])) for path, many in looks.items()
    )


def _over(names: Iterable[str]) -> int:
    """How many are there besides the first of each."""
    return sum(many - 1 for many in Counter(names).values())
