"""Clearbit's enrichment of companies and people, as it still answers for keys of before 2024."""

import base64
import binascii
import re
import threading
from functools import cached_property
from typing import Any

from tests.simulators import world
from tests.simulators.core import Call, Fault, Handler, Reply, Simulator
from tests.simulators.limits import Window
from tests.simulators.prospects import clearbit_forms as forms
from tests.simulators.prospects.finding import of_email
from tests.simulators.prospects.knowledge import Knowledge
from tests.simulators.prospects.purse import Purse
from tests.simulators.truth import mail
from tests.simulators.truth.figures import figure

PER_MINUTE = 600
QUEUED = 5  # one lookup in so many is fresh enough to be answered at once
LEAST, SPREAD = 3, 40  # simulated seconds until a queued one is there
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)


def problem(status: int, kind: str, message: str) -> Reply:
    return Reply(status, {"error": {"type": kind, "message": message}})


def queued() -> Reply:
    """The lookup has been queued: come again later. There is no body."""
    return Reply(202, body=b"")


class Clearbit(Simulator):
    """What has not been looked up lately is queued: 202, until it is there (or not: 404).

    Faults of its own: `revoked`, `quota` (402), `queued` (202, whatever is asked).
    """

    name = "clearbit"
    latency = 0.3

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.window = Window(self.clock, PER_MINUTE, 60)
        self.purse = Purse(self.keys, 10_000)
        self._ready: dict[str, float] = {}  # what is looked up: when it is there
        self._paid: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    @cached_property
    def knowledge(self) -> Knowledge:
        return Knowledge(world.population(self.seed), "clearbit", 0.5)

    def warm(self) -> None:
        world.population(self.seed)

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("GET", "/v2/companies/find", self.company),
            ("GET", "/v2/people/find", self.person),
            ("GET", "/v2/combined/find", self.combined),
        ]

    def key_of(self, call: Call) -> str:
        """The user name of HTTP Basic, or a bearer token."""
        scheme, _, coded = call.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return coded.strip()
        try:
            return base64.b64decode(coded, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            return ""

    def admit(self, call: Call) -> Reply | None:
        if not call.key:
            message = "Authentication is required for this action. Sign up at https://clearbit.com"
            return self.told(call, problem(401, "auth_required", message))
        if call.key in self.keys.revoked:
            return self.told(call, problem(401, "auth_invalid", "Invalid API key provided."))
        if self.window.wait(call.key):
            self.tally.breach()
            return self.told(call, self.failure(429, call))
        if self.purse.left(call.key) < 1:
            return self.told(call, over_quota())
        return None

    def told(self, call: Call, reply: Reply) -> Reply:
        """With the headers that tell what is left."""
        reply.headers |= {
            "x-api-version": "2019-12-19",
            "x-ratelimit-limit": str(PER_MINUTE),
            "x-ratelimit-remaining": str(self.window.left(call.key)),
            "x-ratelimit-reset": str(int(self.clock.now()) + 60),
        }
        return reply

    def failure(self, status: int, call: Call) -> Reply:
        kinds = {429: "rate_limit", 404: "unknown_route"}
        return problem(status, kinds.get(status, "api_error"), "That did not work.")

    def fault(self, fault: Fault, call: Call) -> Reply | None:
        replies = {
            "revoked": problem(401, "auth_invalid", "Invalid API key provided."),
            "quota": over_quota(),
            "queued": queued(),
        }
        return replies.get(fault.kind)

    # The endpoints.

    def company(self, call: Call) -> Reply:
        domain = call.value("domain").strip().lower()
        if not DOMAIN.fullmatch(domain):
            return self.told(call, problem(422, "domain_invalid", "Invalid domain."))
        one = self.knowledge.of_domain(domain)
        answer = forms.company(one) if one else None
        return self.looked_up(call, domain, answer, "Unknown company.")

    def person(self, call: Call) -> Reply:
        email = call.value("email").strip().lower()
        if not EMAIL.fullmatch(email):
            return self.told(call, problem(422, "email_invalid", "Invalid email address."))
        return self.looked_up(call, email, self.about(email), "Unknown person.")

    def combined(self, call: Call) -> Reply:
        email = call.value("email").strip().lower()
        if not EMAIL.fullmatch(email):
            return self.told(call, problem(422, "email_invalid", "Invalid email address."))
        one = self.knowledge.of_domain(email.rpartition("@")[2])
        person, company = self.about(email), forms.company(one) if one else None
        answer = {"person": person, "company": company} if person or company else None
        return self.looked_up(call, email, answer, "Unknown person.")

    def about(self, email: str) -> dict[str, Any] | None:
        if email.rpartition("@")[2] in mail.WEBMAIL:
            return forms.webmail_person(email) if figure("clearbit" + email) % 3 == 0 else None
        found = of_email(self.knowledge, "clearbit", email)
        return forms.person(*found) if found else None

    def looked_up(self, call: Call, what: str, answer: Any, unknown: str) -> Reply:
        """The answer, when it is there; what is asked for a second time costs nothing."""
        with self._lock:
            first = (call.key, what) not in self._paid
            self._paid.add((call.key, what))
        if first:
            self.purse.pay(call.key, 1)
            self.tally.bill("lookups")
        cached = call.value("cached") == "true"
        if not cached and self.wait(what) > self.clock.now():
            return self.told(call, queued())
        reply = Reply(200, answer) if answer else problem(404, "unknown_record", unknown)
        return self.told(call, reply)

    def wait(self, what: str) -> float:
        """When a lookup that was begun is done; some had been done before."""
        drawn = figure("clearbit queue" + what)
        if drawn % QUEUED == 0:
            return 0.0
        with self._lock:
            return self._ready.setdefault(what, self.clock.now() + LEAST + drawn % SPREAD)


def over_quota() -> Reply:
    return problem(402, "over_quota", "Your account is over its quota for this month.")
