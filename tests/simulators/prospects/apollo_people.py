"""Apollo's enrichment of people and companies: who is meant, what it costs, what comes later."""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.simulators.messages import Call, Reply
from tests.simulators.prospects import apollo_forms as forms
from tests.simulators.prospects.apollo_matching import Match, match
from tests.simulators.truth import presence
from tests.simulators.truth.figures import figure
from tests.simulators.world import Organisation

if TYPE_CHECKING:
    from tests.simulators.apollo import Apollo

ENRICHED = ("domain", "website", "linkedin_url", "name")
AT_ONCE = 10
PERSON, MOBILE = 1, 8  # credits
PHONE_SECONDS = 20  # simulated: how long the search for a telephone number takes
KEPT_DAYS = 30
WITHOUT = 12  # one person in so many is known without anything that costs
TRUE = ("true", "1", True)


@dataclass(frozen=True)
class Pending:
    """A search for telephone numbers that was begun."""

    key: str
    ready: float
    result: dict[str, Any]


class People:
    def __init__(self, apollo: "Apollo") -> None:
        self.apollo = apollo
        self._pending: dict[int, Pending] = {}
        self._lock = threading.Lock()

    # Companies.

    def organisation(self, given: Mapping[str, Any]) -> Organisation | None:
        known = self.apollo.knowledge
        if domain := given.get("domain") or given.get("website"):
            return known.of_domain(str(domain))
        if profile := given.get("linkedin_url"):
            label = str(profile).rstrip("/").rpartition("/")[2]
            one = known.of_domain(f"{label}.example")
            return one if one and presence.networks(one).get("linkedin") else None
        return known.of_name(str(given["name"])) if given.get("name") else None

    def organisations(self, call: Call) -> Reply:
        body = call.json if isinstance(call.json, dict) else {}
        domains = call.query.get("domains[]", []) or body.get("domains") or []
        details = body.get("details") or [{"domain": domain} for domain in domains]
        if not details:
            return failed("INVALID_REQUEST", "invalid request, missing domains")
        if len(details) > AT_ONCE:
            return failed("RECORD_LIMIT_EXCEEDED", "domain count cannot be more than 10")
        found = [one for each in details if (one := self.organisation(each))]
        unique = {one.id: one for one in found}
        if self.apollo.purse.left(call.key) < len(unique):
            return no_credits()
        self.apollo.pay(call, len(unique))
        answer = {
            "status": "success",
            "error_code": None,
            "error_message": None,
            "total_requested_records": len(details) if body.get("details") else None,
            "total_requested_domains": None if body.get("details") else len(details),
            "unique_enriched_records": len(unique),
            "missing_records": len(details) - len(found),
            "organizations": [forms.enriched(one) for one in unique.values()],
        }
        return Reply(200, answer)

    # People.

    def one(self, call: Call) -> Reply:
        given = details_of(call)
        if (refused := self.refused(call, given)) is not None:
            return refused
        found = match(self.apollo.knowledge, given)
        self.apollo.pay(call, self.price(found, given))
        answer: dict[str, Any] = {"person": shown(found) if found else None}
        if wants_phone(given):
            answer["request_id"] = self.begin(call, [found] if found else [])
        return Reply(200, answer)

    def several(self, call: Call) -> Reply:
        body = call.json if isinstance(call.json, dict) else {}
        rows = body.get("details")
        if not isinstance(rows, list) or not rows:
            return failed("INVALID_REQUEST", "invalid request, missing details")
        if len(rows) > AT_ONCE:
            return failed("RECORD_LIMIT_EXCEEDED", "cannot enrich more than 10 in a single request")
        given = details_of(call)
        if (refused := self.refused(call, given)) is not None:
            return refused
        found = [match(self.apollo.knowledge, row) for row in rows]
        unique = {(one.id, who.number): (one, who) for one, who in filter(None, found)}
        prices = [self.price(each, given) for each in unique.values()]
        self.apollo.pay(call, sum(prices))
        answer: dict[str, Any] = {
            "status": "success",
            "error_code": None,
            "error_message": None,
            "total_requested_enrichments": len(rows),
            "unique_enriched_records": sum(price > 0 for price in prices),
            "missing_records": found.count(None),
            "credits_consumed": sum(prices),
            "matches": [shown(each) if each else None for each in found],
        }
        if wants_phone(given) and unique:
            answer["request_id"] = self.begin(call, list(unique.values()))
            answer["phone_enrichment"] = {
                "status": "pending",
                "message": "Phone enrichment is processing asynchronously.",
            }
        return Reply(200, answer)

    def refused(self, call: Call, given: Mapping[str, Any]) -> Reply | None:
        if wants_phone(given) and not given.get("webhook_url"):
            message = "Please add a valid 'webhook_url' parameter when using 'reveal_phone_number'"
            return Reply(400, {"error": message})
        least = PERSON + (MOBILE if wants_phone(given) else 0)
        return no_credits() if self.apollo.purse.left(call.key) < least else None

    def price(self, found: Match | None, given: Mapping[str, Any]) -> int:
        """Nothing for a miss, or for somebody of whom nothing is known that costs."""
        if found is None:
            return 0
        mobile = MOBILE if wants_phone(given) and found[1].who.mobile else 0
        return (PERSON if costs(found) else 0) + mobile

    # Telephone numbers come later.

    def begin(self, call: Call, found: list[Match]) -> int:
        """The number of the request under which the result can be fetched; often a negative one."""
        now = self.apollo.clock.now()
        with self._lock:
            number = figure(f"request{len(self._pending)}{now}") * 30_011 - 2**62
        rows = [forms.phones(*each) for each in found]
        enriched = sum(row["status"] == "success" for row in rows)
        result = {
            "status": "success",
            "total_requested_enrichments": len(found),
            "unique_enriched_records": enriched,
            "missing_records": len(found) - enriched,
            "credits_consumed": enriched * MOBILE,
            "people": rows,
        }
        with self._lock:
            self._pending[number] = Pending(call.key, now + PHONE_SECONDS, result)
        return number

    def result(self, call: Call) -> Reply:
        written = call.parts["id"]
        if not re.fullmatch(r"-?\d{1,19}", written):
            return Reply(400, {"error_code": "invalid_request_id"})
        pending = self._pending.get(int(written))
        if pending is None or pending.key != call.key:
            return Reply(404, {"error_code": "request_id_unknown"})
        late = self.apollo.clock.now() - pending.ready
        if late < 0:
            wait = self.apollo.clock.real(-late)
            return Reply(404, {"error_code": "result_pending", "retry_after_seconds": wait})
        if late > KEPT_DAYS * 86_400:
            return Reply(410, {"error_code": "request_id_expired"})
        answer = {
            "request_id": written,
            "webhook_status": "success",
            "request_type": "phone",
            "failure_reason": None,
            "webhook_result": pending.result,
        }
        return Reply(200, answer)


def details_of(call: Call) -> dict[str, Any]:
    """Parameters of the query, and of a JSON body."""
    given: dict[str, Any] = {name: values[-1] for name, values in call.query.items()}
    body = call.json if isinstance(call.json, dict) else {}
    return given | {name: value for name, value in body.items() if name != "details"}


def wants_phone(given: Mapping[str, Any]) -> bool:
    return given.get("reveal_phone_number") in TRUE


def costs(found: Match) -> bool:
    return bool(found[1].email) and figure(f"locked{found[0].id}{found[1].number}") % WITHOUT != 0


def shown(found: Match) -> dict[str, Any]:
    return forms.person(*found, shown=costs(found))


def failed(code: str, message: str) -> Reply:
    return Reply(400, {"status": "failed", "error_code": code, "error_message": message})


def no_credits() -> Reply:
    return Reply(422, {"error": "Insufficient credits. Please upgrade your plan."})
