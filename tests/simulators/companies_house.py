"""Companies House's public data API, as its documents and its users describe it."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from tests.simulators.companies import control, forms, history, officers, pledges
from tests.simulators.companies.codes import etag, opened
from tests.simulators.companies.door import admitted, key_of
from tests.simulators.companies.register import Company, Register, register, tokens
from tests.simulators.core import Call, Handler, Reply, Simulator
from tests.simulators.limits import Window

PAGE = 20
LONGEST_PAGE = 100
LARGEST = 5_000
FARTHEST = 10_000  # an advanced search cannot be read beyond here
STATUSES = {
    *("active", "dissolved", "open", "closed", "converted-closed", "receivership"),
    *("administration", "liquidation", "insolvency-proceedings", "voluntary-arrangement"),
    *("registered", "removed"),
}


class Refused(Exception):
    """A parameter that makes no sense."""


class CompaniesHouse(Simulator):
    name = "companies_house"
    latency = 0.15

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.window = Window(self.clock, 600, 300)

    @property
    def register(self) -> Register:
        return register(self.seed)

    def warm(self) -> None:
        self.register.warm()

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("GET", "/advanced-search/companies", self.advanced),
            ("GET", "/search/companies", self.search),
            ("GET", "/company/{number}", self.profile),
            ("GET", "/company/{number}/officers", self.officers),
            ("GET", "/officers/{id}/appointments", self.appointments),
            ("GET", "/company/{number}/persons-with-significant-control", self.controllers),
            ("GET", "/company/{number}/charges", self.charges),
            ("GET", "/company/{number}/insolvency", self.insolvency),
            ("GET", "/company/{number}/filing-history", self.filings),
            ("GET", "/company/{number}/filing-history/{id}", self.filing),
        ]

    def key_of(self, call: Call) -> str:
        return key_of(call)

    def admit(self, call: Call) -> Reply | None:
        return admitted(self, self.window, call)

    def failure(self, status: int, call: Call) -> Reply:
        if status == 404:
            return Reply(404, {"errors": [{"error": "resource-not-found", "type": "ch:service"}]})
        if status == 429:
            return Reply(429, body=b"", content_type="text/plain")
        number = hashlib.sha1(f"{call.target}{call.at}".encode()).hexdigest()[:12]
        return Reply(status, {"exception_id": number, "error": "Internal server error"})

    # Searches.

    def advanced(self, call: Call) -> Reply:
        try:
            wanted = conditions(call)
            size = whole(call, "size", PAGE, least=1, most=LARGEST)
            start = whole(call, "start_index", 0, least=0)
        except Refused:
            return Reply(400, body=b"")
        if start >= FARTHEST:
            return self.failure(500, call)
        pool = self.register.likely(
            several(call, "sic_codes"),
            set(tokens(call.value("location"))),
            set(tokens(call.value("company_name_includes"))),
        )
        found = sorted(
            (one for one in pool if all(holds(one) for holds in wanted)),
            key=lambda one: one.number,
        )
        items = [forms.advanced_item(one) for one in found[start : min(start + size, FARTHEST)]]
        if not items:
            return Reply(404, body=b"")
        answer = {
            "etag": etag(call.target),
            "top_hit": forms.advanced_item(found[0]),
            "items": items,
            "kind": "search#advanced-search",
            "hits": len(found),
        }
        return Reply(200, answer)

    def search(self, call: Call) -> Reply:
        text = call.value("q")
        try:
            size = min(LONGEST_PAGE, whole(call, "items_per_page", PAGE, least=0) or PAGE)
            start = whole(call, "start_index", 0, least=0)
        except Refused:
            return Reply(400, body=b"")
        if not text.strip():
            return Reply(400, {"errors": [{"error": "invalid-query", "type": "ch:service"}]})
        found = self.register.named(text)
        if "active-companies" in call.value("restrictions"):
            found = [one for one in found if one.status == "active"]
        if start >= max(len(found), 1) and start:
            return Reply(
                416, {"errors": [{"error": "range-not-satisfiable", "type": "ch:service"}]}
            )
        answer = {
            "kind": "search#companies",
            "items": [forms.search_item(one) for one in found[start : start + size]],
            "items_per_page": size,
            "page_number": start // size + 1,
            "start_index": start,
            "total_results": len(found),
        }
        return Reply(200, answer)

    # One company.

    def about(self, call: Call, tell: Callable[[Company], dict[str, Any] | None]) -> Reply:
        number = call.parts["number"]
        if len(number) != 8:
            return self.failure(500, call)
        company = self.register.by_number(number.upper())
        if company is None:
            error = {"type": "ch:service", "error": "company-profile-not-found"}
            return Reply(404, {"errors": [error]})
        told = tell(company)
        return self.failure(404, call) if told is None else Reply(200, told)

    def profile(self, call: Call) -> Reply:
        return self.about(call, forms.profile)

    def officers(self, call: Call) -> Reply:
        start, size = self.page(call, 35)
        return self.about(call, lambda company: officers.listed(company, start, size))

    def appointments(self, call: Call) -> Reply:
        start, size = self.page(call, 35)
        place = opened(call.parts["id"])
        company = self.register.by_number(place[0]) if place else None
        found = officers.directing(company) if company else []
        who = next((who for who in found if place and who.number == place[1]), None)
        if company is None or who is None:
            return self.failure(404, call)
        world_ = self.register.population
        return Reply(200, officers.appointments(company, who, world_, start, size))

    def controllers(self, call: Call) -> Reply:
        start, size = self.page(call, 25)
        return self.about(call, lambda company: control.listed(company, start, size))

    def charges(self, call: Call) -> Reply:
        return self.about(call, pledges.charges)

    def insolvency(self, call: Call) -> Reply:
        return self.about(call, pledges.insolvency)

    def filings(self, call: Call) -> Reply:
        start, size = self.page(call, 25)
        categories = set(several(call, "category"))
        return self.about(call, lambda company: history.listed(company, start, size, categories))

    def filing(self, call: Call) -> Reply:
        wanted = call.parts["id"]

        def tell(company: Company) -> dict[str, Any] | None:
            every = history.every(company)
            return next((item for item in every if item["transaction_id"] == wanted), None)

        return self.about(call, tell)

    def page(self, call: Call, usual: int) -> tuple[int, int]:
        start, size = call.value("start_index", "0"), call.value("items_per_page", str(usual))
        return (
            int(start) if start.isdigit() else 0,
            min(LONGEST_PAGE, int(size)) if size.isdigit() and int(size) else usual,
        )


def several(call: Call, name: str) -> list[str]:
    """A list given by commas, by the same key again, or by both."""
    given = [value for part in call.query.get(name, []) for value in part.split(",")]
    return [value.strip() for value in given if value.strip()]


def whole(call: Call, name: str, otherwise: int, least: int, most: int | None = None) -> int:
    given = call.value(name)
    if not given:
        return otherwise
    if not given.isdigit() or int(given) < least or (most is not None and int(given) > most):
        raise Refused(name)
    return int(given)


def conditions(call: Call) -> list[Callable[[Company], bool]]:
    """What the parameters of an advanced search ask of a company; all words must be there."""
    found: list[Callable[[Company], bool]] = []
    if words := set(tokens(call.value("company_name_includes"))):
        found.append(lambda one: words <= one.name_tokens)
    if unwanted := set(tokens(call.value("company_name_excludes"))):
        found.append(lambda one: not unwanted & one.name_tokens)
    if where := set(tokens(call.value("location"))):
        found.append(lambda one: where <= one.address_tokens)
    if statuses := set(several(call, "company_status")):
        if statuses - STATUSES:
            raise Refused("company_status")
        found.append(lambda one: one.status in statuses)
    if kinds := set(several(call, "company_type")):
        found.append(lambda one: one.kind in kinds)
    if several(call, "company_subtype"):
        found.append(lambda one: False)
    found.extend(span(call, "incorporated", lambda one: one.created))
    found.extend(span(call, "dissolved", lambda one: one.ceased))
    return found


def span(
    call: Call, name: str, day_of: Callable[[Company], str]
) -> Iterable[Callable[[Company], bool]]:
    """From one day to another, both included."""
    since, until = day(call, f"{name}_from"), day(call, f"{name}_to")
    if since:
        yield lambda one: day_of(one) >= since
    if until:
        yield lambda one: "" < day_of(one) <= until


def day(call: Call, name: str) -> str:
    given = call.value(name)
    try:
        return date.fromisoformat(given).isoformat() if given else ""
    except ValueError as error:
        raise Refused(name) from error
