"""ZeroBounce: verdicts on e-mail addresses, one by one and in batches."""

import threading
from collections import Counter, defaultdict, deque
from functools import cached_property
from typing import Any

from tests.simulators import world
from tests.simulators.core import Call, Fault, Handler, Reply, Simulator
from tests.simulators.limits import Window
from tests.simulators.prospects.purse import Purse
from tests.simulators.truth.figures import figure
from tests.simulators.verdicts import emails
from tests.simulators.world import Population

# endpoint: calls of one key, and in how many seconds.
LIMITS = {"validate": (80_000, 10), "validatebatch": (30, 60), "getcredits": (80_000, 3_600)}
# What makes them close the door for an hour: so many of a kind in so many seconds.
SHIELD = {"bad request": (100, 60), "no such path": (100, 120), "bad key": (200, 3_600)}
CLOSED = 3_600
BATCH = 200
NO_CREDITS = "Invalid API key or your account ran out of credits"


class ZeroBounce(Simulator):
    """A verdict is always a 200, and so is a bad key; who errs too often is shut out (403).

    Faults of its own: `shield` (403), `revoked` and `quota` (an error inside a 200), `520`,
    `unknown` (they could not find out: no charge).
    """

    name = "zerobounce"
    latency = 0.4
    root = "/v2/"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.windows = {
            endpoint: Window(self.clock, limit, seconds)
            for endpoint, (limit, seconds) in LIMITS.items()
        }
        self.purse = Purse(self.keys, 10_000)
        self._asked: Counter[str] = Counter()
        self._wrong: dict[str, deque[float]] = defaultdict(deque)
        self._closed_until = 0.0
        self._lock = threading.Lock()

    @cached_property
    def population(self) -> Population:
        return world.population(self.seed)

    def warm(self) -> None:
        world.population(self.seed)

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("GET", self.root + "validate", self.validate),
            ("POST", self.root + "validatebatch", self.batch),
            ("GET", self.root + "getcredits", self.credits),
        ]

    def key_of(self, call: Call) -> str:
        body = call.json if isinstance(call.json, dict) else {}
        return call.value("api_key") or str(body.get("api_key") or "")

    def admit(self, call: Call) -> Reply | None:
        if self.clock.now() < self._closed_until:
            return Reply(403, body=b"", content_type="text/html")
        if not call.route:
            self.wrong("no such path")
        window = self.windows.get(call.path.removeprefix(self.root))
        if window and window.wait(call.key):
            self.tally.breach()
            return self.failure(429, call)
        return None

    def wrong(self, what: str) -> None:
        """Remember a mistake, and shut the door after too many."""
        most, seconds = SHIELD[what]
        now = self.clock.now()
        with self._lock:
            lately = self._wrong[what]
            lately.append(now)
            while lately and lately[0] <= now - seconds:
                lately.popleft()
            if len(lately) >= most:
                lately.clear()
                self._closed_until = now + CLOSED
                self.tally.breach()

    def failure(self, status: int, call: Call) -> Reply:
        return Reply(status, {"error": "Something went wrong."})

    def fault(self, fault: Fault, call: Call) -> Reply | None:
        if fault.kind == "shield":
            return Reply(403, body=b"", content_type="text/html")
        if fault.kind in ("revoked", "quota"):
            return Reply(200, {"error": NO_CREDITS})
        return Reply(520, body=b"", content_type="text/html") if fault.kind == "520" else None

    def good(self, call: Call) -> bool:
        return bool(call.key) and call.key not in self.keys.revoked

    # The endpoints.

    def validate(self, call: Call) -> Reply:
        email = call.value("email").strip()
        if not call.key or not email:
            self.wrong("bad request")
            return Reply(400, {"error": "Missing parameter: api_key or email"})
        if not self.good(call):
            self.wrong("bad key")
            return Reply(200, {"error": NO_CREDITS})
        if self.purse.left(call.key) < 1:
            return Reply(200, {"error": NO_CREDITS})
        self.clock.sleep(figure("slow" + email) % 30 / 10)
        return Reply(200, self.verdict(call, email))

    def verdict(self, call: Call, email: str) -> dict[str, Any]:
        with self._lock:
            asked = self._asked[email]
            self._asked[email] += 1
        found = emails.judged(self.population, email, asked)
        if call.fault and call.fault.kind == "unknown":
            found = ("unknown", "timeout_exceeded")
        if found[0] != "unknown" and not emails.free(email):
            self.purse.pay(call.key, 1)
            self.tally.bill("credits")
        return emails.form(self.population, email, found, self.clock.now())

    def batch(self, call: Call) -> Reply:
        body = call.json if isinstance(call.json, dict) else {}
        rows = body.get("email_batch")
        if not isinstance(rows, list) or not 1 <= len(rows) <= BATCH:
            self.wrong("bad request")
            return Reply(400, {"error": f"The batch must have 1 to {BATCH} addresses."})
        if not self.good(call):
            self.wrong("bad key")
            return self.batch_error("all", NO_CREDITS)
        if self.purse.left(call.key) < len(rows):
            return self.batch_error("all", NO_CREDITS)
        found, errors = [], []
        for row in rows:
            email = str((row or {}).get("email_address") or "").strip()
            if email:
                found.append(self.verdict(call, email))
            else:
                errors.append({"error": "Missing email_address", "email_address": email})
        return Reply(200, {"email_batch": found, "errors": errors})

    def batch_error(self, address: str, message: str) -> Reply:
        return Reply(
            200, {"email_batch": [], "errors": [{"error": message, "email_address": address}]}
        )

    def credits(self, call: Call) -> Reply:
        if not self.good(call):
            self.wrong("bad key")
            return Reply(200, {"Credits": "-1"})
        return Reply(200, {"Credits": str(int(self.purse.left(call.key)))})
