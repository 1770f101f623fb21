"""Apollo: search of companies and people, enrichment, usage."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from tests.simulators import world
from tests.simulators.core import Call, Fault, Handler, Reply, Simulator
from tests.simulators.limits import Window
from tests.simulators.prospects import apollo_forms as forms
from tests.simulators.prospects import apollo_ids as ids
from tests.simulators.prospects.apollo_asked import Asked, fits, fits_person
from tests.simulators.prospects.apollo_people import ENRICHED, People, no_credits
from tests.simulators.prospects.knowledge import Knowledge
from tests.simulators.prospects.purse import Purse
from tests.simulators.truth.hearsay import told
from tests.simulators.world import Organisation

SPANS = {"minute": 60, "hour": 3_600, "day": 86_400}
LEFT_HEADERS = {
    "minute": "x-minute-requests-left",
    "hour": "x-hourly-requests-left",
    "day": "x-24-hour-requests-left",
}
# endpoint: calls of one key in a minute, an hour and a day.
LIMITS = {
    "mixed_companies/search": (200, 6_000, 50_000),
    "mixed_people/api_search": (200, 6_000, 50_000),
    "organizations/enrich": (1_000, 6_000, 50_000),
    "organizations/bulk_enrich": (500, 3_000, 25_000),
    "people/match": (1_000, 6_000, 50_000),
    "people/bulk_match": (500, 3_000, 25_000),
    "webhook_result/{id}": (200, 6_000, 50_000),
    "usage_stats/credit_usage_stats": (200, 400, 2_000),
    "usage_stats/api_usage_stats": (200, 400, 2_000),
}
FARTHEST_PAGE = 500
INVALID_KEY = (
    b"Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate."
)


class Apollo(Simulator):
    """Faults of its own: `revoked`, `plan` (the plan or the key's scope lacks the endpoint),
    `quota` (no credits left).
    """

    name = "apollo"
    latency = 0.3
    root = "/api/v1/"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.windows = {
            endpoint: {
                span: Window(self.clock, limit, SPANS[span])
                for span, limit in zip(SPANS, limits, strict=True)
            }
            for endpoint, limits in LIMITS.items()
        }
        self.purse = Purse(self.keys, 10_000)
        self.matching = People(self)

    @cached_property
    def knowledge(self) -> Knowledge:
        return Knowledge(world.population(self.seed), "apollo", 0.7)

    def routes(self) -> list[tuple[str, str, Handler]]:
        rows: list[tuple[str, str, Handler]] = [
            ("POST", "mixed_companies/search", self.companies),
            ("POST", "mixed_people/api_search", self.people),
            ("GET", "organizations/enrich", self.enrich),
            ("POST", "organizations/bulk_enrich", self.enrich_many),
            ("POST", "people/match", self.match),
            ("POST", "people/bulk_match", self.match_many),
            ("GET", "webhook_result/{id}", self.result),
            ("POST", "usage_stats/api_usage_stats", self.usage),
            ("POST", "usage_stats/credit_usage_stats", self.credit_usage),
        ]
        return [(method, self.root + path, self.metered(do)) for method, path, do in rows]

    def metered(self, handler: Handler) -> Handler:
        """The handler's answer with the headers that tell what is left."""

        def answer(call: Call) -> Reply:
            reply = handler(call)
            for span, window in self.windows[self.endpoint(call)].items():
                reply.headers[LEFT_HEADERS[span]] = str(window.left(call.key))
            return reply

        return answer

    def endpoint(self, call: Call) -> str:
        return call.route.removeprefix(self.root)

    def key_of(self, call: Call) -> str:
        bearer = call.headers.get("authorization", "").removeprefix("Bearer ").strip()
        return call.headers.get("x-api-key", "") or bearer

    def admit(self, call: Call) -> Reply | None:
        if not call.key or call.key in self.keys.revoked:
            return Reply(401, body=INVALID_KEY, content_type="text/plain; charset=utf-8")
        for span, window in self.windows.get(self.endpoint(call), {}).items():
            if wait := window.wait(call.key):
                self.tally.breach()
                reply = self.too_many(call, span, window.limit)
                reply.headers["retry-after"] = str(self.clock.real(wait))
                return reply
        return None

    def too_many(self, call: Call, span: str = "minute", limit: int = 200) -> Reply:
        message = (
            f"The maximum number of api calls allowed for {call.path.strip('/')} is {limit} times "
            f"per {span}. Please upgrade your plan from "
            "https://app.apollo.io/#/settings/plans/upgrade."
        )
        return Reply(429, {"message": message})

    def failure(self, status: int, call: Call) -> Reply:
        if status == 429:
            return self.too_many(call)
        return Reply(status, {"error": "Something went wrong."})

    def fault(self, fault: Fault, call: Call) -> Reply | None:
        if fault.kind == "revoked":
            return Reply(401, body=INVALID_KEY, content_type="text/plain; charset=utf-8")
        if fault.kind == "plan":
            message = (
                f"This API key is not authorized to access {call.path.strip('/')}. Request an API "
                "key from your administrator that includes this endpoint in its configured scope."
            )
            return Reply(403, {"error": message, "error_code": "API_INACCESSIBLE"})
        return no_credits() if fault.kind == "quota" else None

    # The endpoints.

    def companies(self, call: Call) -> Reply:
        if self.purse.left(call.key) < 1:
            return no_credits()
        asked = Asked(call)
        found = [one for one in self.found(asked) if fits(one, asked)]
        self.pay(call, 1)
        page = found[asked.start : asked.start + asked.size]
        answer = {
            "breadcrumbs": asked.breadcrumbs(),
            "partial_results_only": False,
            "has_join": False,
            "disable_eu_prospecting": False,
            "partial_results_limit": 10_000,
            "pagination": {
                "page": asked.page,
                "per_page": asked.size,
                "total_entries": len(found),
                "total_pages": -(-len(found) // asked.size),
            },
            "accounts": [],
            "organizations": [forms.organisation(one) for one in page],
            "model_ids": [ids.of_organisation(one) for one in page],
            "num_fetch_result": None,
            "derived_params": {},
        }
        return Reply(200, answer)

    def found(self, asked: Asked) -> Iterator[Organisation]:
        """Those at the places and of the words asked for, or with the domains or ids given."""
        named = [
            self.knowledge.of_domain(name) for name in asked.all("q_organization_domains_list")
        ]
        ids = [ids.index_of(id_) for id_ in asked.all("organization_ids")]
        if named or ids:
            population = self.knowledge.population
            named += [population.at(at) for at in ids if at is not None and at < len(population)]
            yield from (one for one in named if one)
            return
        where = asked.all("organization_locations") or asked.all("person_locations")
        name = bool(asked.one("q_organization_name"))
        yield from self.knowledge.search(where, asked.all("q_organization_keyword_tags"), name)

    def people(self, call: Call) -> Reply:
        asked = Asked(call)
        if asked.page > FARTHEST_PAGE:
            return Reply(422, {"error": "Invalid parameters"})
        found = [
            (one, who)
            for one in self.found(asked)
            if fits(one, asked)
            for who in told(one, "apollo")
            if who.current and fits_person(who, asked)
        ]
        page = found[asked.start : asked.start + asked.size]
        answer = {
            "total_entries": len(found),
            "people": [forms.found(one, who) for one, who in page],
        }
        return Reply(200, answer)

    def pay(self, call: Call, credits: float) -> None:
        if credits:
            self.purse.pay(call.key, credits)
            self.tally.bill("credits", credits)

    def enrich(self, call: Call) -> Reply:
        if self.purse.left(call.key) < 1:
            return no_credits()
        given = {name: call.value(name) for name in ENRICHED}
        if not any(given.values()):
            return Reply(422, {"error": "Required parameter 'domain' missing"})
        one = self.matching.organisation(given)
        if one is None:
            return Reply(200, {"organization": None})
        self.pay(call, 1)
        return Reply(200, {"organization": forms.enriched(one)})

    def enrich_many(self, call: Call) -> Reply:
        return self.matching.organisations(call)

    def match(self, call: Call) -> Reply:
        return self.matching.one(call)

    def match_many(self, call: Call) -> Reply:
        return self.matching.several(call)

    def result(self, call: Call) -> Reply:
        return self.matching.result(call)

    def credit_usage(self, call: Call) -> Reply:
        left = self.purse.left(call.key)
        limit = self.purse.credits
        counts = {"limit": limit, "consumed": limit - left, "left_over": left}
        return Reply(200, {"credit_usage_stats": {"lead_credit": counts}})

    def usage(self, call: Call) -> Reply:
        answer = {}
        for endpoint, windows in self.windows.items():
            controller, _, action = endpoint.rpartition("/")
            answer[f'["api/v1/{controller}", "{action}"]'] = {
                span: {
                    "limit": window.limit,
                    "consumed": window.limit - window.left(call.key),
                    "left_over": window.left(call.key),
                }
                for span, window in windows.items()
            }
        return Reply(200, answer)
