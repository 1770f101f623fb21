"""Hunter: discovery, addresses of a domain, finder, verifier, enrichment, account."""

import re
import threading
from collections import Counter
from functools import cached_property
from typing import Any

from tests.simulators import world
from tests.simulators.core import Call, Fault, Handler, Reply, Simulator
from tests.simulators.limits import Window
from tests.simulators.prospects import clearbit_forms, discovery, judging
from tests.simulators.prospects import hunter_forms as forms
from tests.simulators.prospects.finding import named, of_email, of_profile
from tests.simulators.prospects.knowledge import Knowledge
from tests.simulators.prospects.purse import Purse
from tests.simulators.truth.figures import figure
from tests.simulators.truth.hearsay import Told
from tests.simulators.world import Organisation

# endpoint: calls of one key in a second and in a minute; the others as "".
LIMITS = {"email-verifier": (10, 300), "discover": (5, 50), "": (15, 500)}
PRICES = {
    "domain-search": 1, "email-finder": 1, "email-verifier": 0.5, "companies/find": 1,
    "people/find": 1, "combined/find": 2,
}  # fmt: skip
FREE = {"email-count"}  # asks for no key


def problem(status: int, id_: str, details: str) -> Reply:
    return Reply(status, {"errors": [{"id": id_, "code": status, "details": details}]})


def no_user() -> Reply:
    return problem(401, "authentication_failed", "No user found for the API key supplied")


def used_up() -> Reply:
    words = "You have reached the limit of credits of your billing period."
    return problem(429, "too_many_requests", words)


class Hunter(Simulator):
    """Faults of its own: `revoked`, `quota` (429: credits used up), `limit` (403: too fast),
    `objected` (451), `processing` (202).
    """

    name = "hunter"
    latency = 0.3
    root = "/v2/"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.windows = {
            endpoint: (Window(self.clock, second, 1), Window(self.clock, minute, 60))
            for endpoint, (second, minute) in LIMITS.items()
        }
        self.purse = Purse(self.keys, 10_000)
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()

    @cached_property
    def knowledge(self) -> Knowledge:
        return Knowledge(world.population(self.seed), "hunter", 0.6)

    def routes(self) -> list[tuple[str, str, Handler]]:
        rows: list[tuple[str, str, Handler]] = [
            ("POST", "discover", self.discover),
            ("GET", "domain-search", self.domain_search),
            ("GET", "email-finder", self.email_finder),
            ("GET", "email-verifier", self.email_verifier),
            ("GET", "email-count", self.email_count),
            ("GET", "companies/find", self.company),
            ("GET", "people/find", self.person),
            ("GET", "combined/find", self.combined),
            ("GET", "account", self.account),
        ]
        return [(method, self.root + path, do) for method, path, do in rows]

    def endpoint(self, call: Call) -> str:
        return call.path.removeprefix(self.root)

    def key_of(self, call: Call) -> str:
        bearer = call.headers.get("authorization", "").removeprefix("Bearer ").strip()
        return call.headers.get("x-api-key", "") or bearer or call.value("api_key")

    def admit(self, call: Call) -> Reply | None:
        endpoint = self.endpoint(call)
        if endpoint not in FREE and (not call.key or call.key in self.keys.revoked):
            return no_user()
        for window in self.windows.get(endpoint, self.windows[""]):
            if window.wait(call.key):
                self.tally.breach()
                return self.too_fast()
        if endpoint in PRICES and self.purse.left(call.key) < PRICES[endpoint]:
            return used_up()
        return None

    def pay(self, call: Call) -> None:
        """Only an answer that says something costs."""
        price = PRICES[self.endpoint(call)]
        self.purse.pay(call.key, price)
        self.tally.bill("credits", price)

    def slow(self, what: str, times: int) -> bool:
        """Whether so many calls for the same are answered before the work is done."""
        with self._lock:
            self._asked[what] += 1
            return self._asked[what] <= times

    def too_fast(self) -> Reply:
        return problem(403, "rate_limit_exceeded", "You have reached the rate limit.")

    def failure(self, status: int, call: Call) -> Reply:
        if status == 429:
            return used_up()
        return problem(status, "not_found" if status == 404 else "server_error", "No luck.")

    def fault(self, fault: Fault, call: Call) -> Reply | None:
        replies = {
            "revoked": no_user(),
            "quota": used_up(),
            "limit": self.too_fast(),
            "objected": objection(),
            "processing": processing(),
        }
        return replies.get(fault.kind)

    # The endpoints.

    def discover(self, call: Call) -> Reply:
        given = call.json if isinstance(call.json, dict) else {}
        if wrong := discovery.wrong(given):
            return problem(400, "wrong_params", wrong)
        found = discovery.found(self.knowledge, given)
        start, size = int(given.get("offset", 0)), int(given.get("limit", 100))
        rows = [forms.discovered(one) for one in found[start : start + size]]
        meta = {"results": len(found), "limit": size, "offset": start, "filters": given}
        return Reply(200, {"data": rows, "meta": meta})

    def asked_for(self, call: Call) -> Organisation | None:
        if domain := call.value("domain"):
            return self.knowledge.of_domain(domain)
        return self.knowledge.of_name(call.value("company"))

    def domain_search(self, call: Call) -> Reply:
        if not call.value("domain") and not call.value("company"):
            return problem(400, "wrong_params", "You are missing the domain parameter")
        size, start = call.value("limit", "10"), call.value("offset", "0")
        if not size.isdigit() or not start.isdigit() or not 1 <= int(size) <= 100:
            return problem(400, "pagination_error", "The limit must be between 1 and 100")
        one = self.asked_for(call)
        emails = self.filtered(forms.listed(one), call) if one else []
        page = emails[int(start) : int(start) + int(size)]
        if page:
            self.pay(call)
        data = forms.domain_search(one, page) if one else judging.unknown(call.value("domain"))
        meta = {
            "results": len(emails),
            "limit": int(size),
            "offset": int(start),
            "params": {
                name: call.value(name) or None
                for name in ("domain", "company", "type", "seniority", "department")
            },
        }
        return Reply(200, {"data": data, "meta": meta})

    def filtered(self, emails: list[dict[str, Any]], call: Call) -> list[dict[str, Any]]:
        for name in ("type", "seniority", "department"):
            if wanted := {value for value in call.value(name).split(",") if value}:
                emails = [email for email in emails if email[name] in wanted]
        for name in filter(None, call.value("required_field").split(",")):
            field = {"full_name": "last_name"}.get(name, name)
            emails = [email for email in emails if email.get(field)]
        return emails

    def email_finder(self, call: Call) -> Reply:
        full = call.value("full_name") or f"{call.value('first_name')} {call.value('last_name')}"
        first, _, last = full.strip().partition(" ")
        if not (call.value("domain") or call.value("company")):
            return problem(400, "wrong_params", "You are missing the domain parameter")
        if not first or not last:
            return problem(400, "wrong_params", "You are missing the full_name parameter")
        one = self.asked_for(call)
        if self.slow(f"{full}@{one.id if one else ''}", figure("find" + full) % 10 == 0):
            return processing()
        who = named(one, "hunter", full) if one else None
        found = judging.guess(one, who, first, last)
        if found["email"] and judging.objects(found["email"]):
            return objection()
        if found["email"]:
            self.pay(call)
        params = {"first_name": first, "last_name": last, "domain": call.value("domain") or None}
        return Reply(200, {"data": found, "meta": {"params": params}})

    def email_verifier(self, call: Call) -> Reply:
        email = call.value("email").strip().lower()
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email) or len(email) > 254:
            return problem(400, "invalid_email", "The email parameter is not an email address")
        if judging.objects(email):
            return objection()
        if self.slow(email, figure("slow" + email) % 4 - 1):
            return processing()
        self.pay(call)
        found = judging.verdict(self.knowledge.population, email)
        return Reply(200, {"data": found, "meta": {"params": {"email": email}}})

    def email_count(self, call: Call) -> Reply:
        if not call.value("domain") and not call.value("company"):
            return problem(400, "wrong_params", "You are missing the domain parameter")
        one = self.asked_for(call)
        data = forms.counted(self.filtered(forms.listed(one), call) if one else [])
        params = {name: call.value(name) or None for name in ("domain", "company", "type")}
        return Reply(200, {"data": data, "meta": {"params": params}})

    def company(self, call: Call) -> Reply:
        if not call.value("domain"):
            return problem(400, "wrong_params", "You are missing the domain parameter")
        one = self.knowledge.of_domain(call.value("domain"))
        if one is None:
            return problem(404, "not_found", "No company was found for this domain")
        self.pay(call)
        if call.value("clearbit_format"):
            return Reply(200, clearbit_forms.company(one))
        return Reply(200, {"data": forms.company(one), "meta": {"domain": one.domain}})

    def whom(self, call: Call) -> tuple[Organisation, Told] | Reply:
        """The person asked for by address or profile, or why there is none."""
        email, profile = call.value("email").strip().lower(), call.value("linkedin_handle")
        if not email and not profile:
            return problem(400, "wrong_params", "You are missing the email parameter")
        if email and judging.objects(email):
            return objection()
        found = of_email(self.knowledge, "hunter", email) if email else None
        found = found or (of_profile(self.knowledge, "hunter", profile) if profile else None)
        return found or problem(404, "not_found", "No person was found for this email address")

    def person(self, call: Call) -> Reply:
        found = self.whom(call)
        if isinstance(found, Reply):
            return found
        self.pay(call)
        if call.value("clearbit_format"):
            return Reply(200, clearbit_forms.person(*found))
        return Reply(200, {"data": forms.person(*found), "meta": {"email": found[1].email}})

    def combined(self, call: Call) -> Reply:
        found = self.whom(call)
        domain = call.value("email").strip().lower().partition("@")[2]
        one = self.knowledge.of_domain(domain) if domain else None
        if isinstance(found, Reply) and (found.status != 404 or one is None):
            return found
        self.pay(call)
        plain = not call.value("clearbit_format")
        person = None if isinstance(found, Reply) else forms.person(*found)
        both = {"person": person, "company": forms.company(one) if one else None}
        return Reply(200, {"data": both, "meta": {"email": call.value("email")}} if plain else both)

    def account(self, call: Call) -> Reply:
        used = self.purse.credits - self.purse.left(call.key)
        counts = {"used": used, "available": self.purse.credits}
        data = {
            "first_name": "Robin",
            "last_name": "Whitaker",
            "email": "robin@fieldfare.example",
            "plan_name": "Growth",
            "plan_level": 2,
            "reset_date": forms.reset_date(),
            "team_id": 1,
            "calls": {"used": int(used), "available": int(self.purse.credits)},
            "requests": {"searches": counts, "verifications": counts, "credits": counts},
        }
        return Reply(200, {"data": data})


def objection() -> Reply:
    words = "The person behind this email address asked us to stop processing it."
    return problem(451, "claimed_email", words)


def processing() -> Reply:
    return Reply(202, {"data": {}, "meta": {"message": "The verification is still in progress."}})
