"""A simulated vendor: a small HTTP server on loopback with a table of routes."""

import re
import threading
import traceback
from collections.abc import Callable
from typing import Any

from tests.simulators import control, spoiling, wire
from tests.simulators.clock import Clock
from tests.simulators.faults import ENDLESS, HUGE, STATUSES, Fault, Faults
from tests.simulators.keys import Keys
from tests.simulators.messages import Call, Reply, page
from tests.simulators.tally import Tally

__all__ = ["Call", "Fault", "Reply", "Simulator", "page"]

Handler = Callable[[Call], Reply]


class Simulator:
    """The parts that all vendors share; a vendor says what is its own.

    A vendor sets `name` and `latency`, gives its `routes`, and where it differs
    overrides `key_of`, `admit`, `failure` and `fault`.
    """

    name = ""
    latency = 0.0  # simulated seconds before any answer

    def __init__(self, clock: Clock | None = None, port: int = 0, seed: int = 0) -> None:
        self.clock = clock or Clock()
        self.seed = seed
        self.faults = Faults(self.name)
        self.keys = Keys()
        self.tally = Tally()
        self._table = [(method, compile_(route), route, do) for method, route, do in self.routes()]
        self._server = wire.Server(port, self.answer)

    # What a vendor says of itself.

    def routes(self) -> list[tuple[str, str, Handler]]:
        """(method, "/path/{part}/{*rest}", handler); method "*" means any; the first match wins."""
        raise NotImplementedError

    def key_of(self, call: Call) -> str:
        """The key a call carries; "" when there is none."""
        return ""

    def admit(self, call: Call) -> Reply | None:
        """The refusal of a call for its key or its rate; None lets it in."""
        return None

    def failure(self, status: int, call: Call) -> Reply:
        """How this vendor words an error that has nothing to do with the call."""
        return Reply(status, {"error": {"code": status, "message": "Something went wrong."}})

    def fault(self, fault: Fault, call: Call) -> Reply | None:
        """The answer to a fault of the vendor's own kind; None: the handler reads `call.fault`."""
        return None

    def unknown(self, call: Call) -> Reply:
        """No route fits."""
        return self.failure(404, call)

    def steer(self, given: dict[str, Any]) -> dict[str, Any]:
        """Change what a vendor lets tests change while it runs, and say how it stands."""
        raise ValueError(f"There is nothing to steer at {self.name}.")

    def warm(self) -> None:
        """Do beforehand what would keep the first caller waiting."""

    # The life of a server.

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Simulator":
        threading.Thread(target=self._server.serve, name=self.name, daemon=True).start()
        return self

    def stop(self) -> None:
        self._server.stop()

    # What tests ask.

    def calls(self, path: str = "") -> list[dict[str, Any]]:
        """The records of the calls whose path begins so, oldest first."""
        return [call for call in self.tally.calls() if call["path"].startswith(path)]

    def stats(self) -> dict[str, Any]:
        return self.tally.stats()

    def forget(self) -> None:
        """Forget calls and counts."""
        self.tally.forget()

    # How a call is answered.

    def answer(self, call: Call) -> Reply:
        call.at = self.clock.now()
        if call.path.startswith(control.PREFIX):
            return control.answer(self, call)
        self.tally.begin()
        reply = Reply(500)
        try:
            reply = self._guarded(call)
        finally:
            route = call.route or call.path
            self.tally.end(f"{call.method} {route}", call.record(reply.status))
        return reply

    def _guarded(self, call: Call) -> Reply:
        try:
            return self._answer(call)
        except Exception:
            self.tally.broke()
            return Reply(500, None, {}, traceback.format_exc().encode(), "text/plain")

    def _answer(self, call: Call) -> Reply:
        handler = self._find(call)
        call.key = self.key_of(call)
        fault = call.fault = self.faults.take(call.method, call.path, call.host)
        if fault and (reply := self._spoil(fault, call)):
            return reply
        if fault and fault.kind == "hang":
            self.clock.sleep(ENDLESS if fault.seconds is None else fault.seconds)
        refused = self.admit(call)
        self.clock.sleep(self.latency)
        reply = refused or (handler(call) if handler else self.unknown(call))
        return damaged(reply, fault) if fault else reply

    def _find(self, call: Call) -> Handler | None:
        for method, pattern, route, handler in self._table:
            if method in ("*", call.method) and (found := pattern.fullmatch(call.path)):
                call.route, call.parts = route, found.groupdict()
                return handler
        return None

    def _spoil(self, fault: Fault, call: Call) -> Reply | None:
        """The answer of a fault that keeps the handler from seeing the call."""
        if status := STATUSES.get(fault.kind):
            reply = self.failure(status, call)
            if fault.kind == "429":
                wait = 1 if fault.seconds is None else fault.seconds
                reply.headers["Retry-After"] = f"{wait:g}"
            return reply
        if fault.kind == "content-type":
            return page("<!doctype html><title>Sign in</title><p>Please sign in to the network.")
        if fault.kind == "huge":
            body = b'"' + b"a" * 65_533 + b'",'
            return Reply(200, None, {}, body, manner="huge", length=HUGE)
        if fault.kind in ("cut", "malformed", "hang"):
            return None
        return self.fault(fault, call)


def compile_(route: str) -> re.Pattern[str]:
    """ "/v1/things/{id}" as an expression; {*rest} takes slashes too."""
    expression = ""
    for piece in re.split(r"(\{\*?\w+\})", route):
        if piece.startswith("{*"):
            expression += f"(?P<{piece[2:-1]}>.*)"
        elif piece.startswith("{"):
            expression += f"(?P<{piece[1:-1]}>[^/]+)"
        else:
            expression += re.escape(piece)
    return re.compile(expression)


def damaged(reply: Reply, fault: Fault) -> Reply:
    """A finished answer that comes to harm on its way."""
    if fault.kind == "cut":
        reply.manner = "cut"
    if fault.kind in spoiling.KINDS and reply.json is not None:
        reply.json = spoiling.KINDS[fault.kind](reply.json)
    if fault.kind == "malformed":
        whole = reply.payload()
        half = whole[: len(whole) // 2].rstrip(b"]}") or b"{"
        return Reply(200, None, reply.headers, half, "application/json")
    return reply
