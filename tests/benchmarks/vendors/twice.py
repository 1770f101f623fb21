"""What was paid for twice: the same question, sent again, and answered again at a charge."""

import json
from collections import Counter
from collections.abc import Iterable

from tests.benchmarks.vendors.simulated import Record

# What costs, by vendor: the beginning of its path.
CHARGED = {
    "openai": "/v1/responses",
    "google_places": "/v1/places:search",
    "apollo": "/api/v1/mixed_",
    "hunter": "/v2/discover",
}


def paid(calls: dict[str, list[Record]]) -> int:
    """Count the calls of one run that were charged although the same had been charged before.

    The same is to OpenAI: what we say is the same question, or the same text; to the others the
    same address with the same body, page included.
    """
    return sum(_again(vendor, calls.get(vendor, [])) for vendor in CHARGED)


def _again(vendor: str, calls: Iterable[Record]) -> int:
    path = CHARGED[vendor]
    charged = [
        call
        for call in calls
        if call["method"] == "POST" and call["path"].startswith(path) and call["status"] == 200
        and not call["path"].endswith("/cancel")
    ]  # fmt: skip
    if vendor != "openai":
        return _over(json.dumps([call["path"], call["query"], call["json"]], sort_keys=True)
                     for call in charged)  # fmt: skip
    named = _over(call["json"].get("metadata", {}).get("inquiry", "") for call in charged)
    texts = _over(json.dumps(call["json"]["input"]) for call in charged)
    return max(named, texts)


def _over(names: Iterable[str]) -> int:
    """How many are there besides the first of each."""
    return sum(many - 1 for many in Counter(names).values())
