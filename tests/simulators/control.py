"""The small interface by which a test steers a simulator over HTTP."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tests.simulators.faults import Fault
from tests.simulators.messages import Call, Reply

if TYPE_CHECKING:
    from tests.simulators.core import Simulator

PREFIX = "/_control/"


def answer(simulator: "Simulator", call: Call) -> Reply:
    subject = call.path.removeprefix(PREFIX)
    handler = HANDLERS.get((call.method, subject))
    if handler is None:
        return Reply(404, {"error": f"There is no {call.method} of {subject} here."})
    try:
        return Reply(200, handler(simulator, call.json))
    except (TypeError, ValueError) as error:
        return Reply(400, {"error": str(error)})


def set_faults(simulator: "Simulator", given: Any) -> Any:
    """Add one fault or a list of them."""
    faults = given if isinstance(given, list) else [given]
    simulator.faults.extend([Fault.read(fault) for fault in faults])
    return faults_left(simulator, None)


def faults_left(simulator: "Simulator", _: Any) -> Any:
    return [asdict(fault) for fault in simulator.faults.left()]


def clear_faults(simulator: "Simulator", _: Any) -> Any:
    simulator.faults.clear()
    return []


def calls(simulator: "Simulator", _: Any) -> Any:
    return simulator.calls()


def forget(simulator: "Simulator", _: Any) -> Any:
    simulator.forget()
    return []


def stats(simulator: "Simulator", _: Any) -> Any:
    return simulator.stats()


def set_keys(simulator: "Simulator", given: Any) -> Any:
    given = given or {}
    simulator.keys.set(given.get("revoked", ()), given.get("exhausted", ()))
    return {
        "revoked": sorted(simulator.keys.revoked),
        "exhausted": sorted(simulator.keys.exhausted),
    }


def time(simulator: "Simulator", _: Any) -> Any:
    return {"now": simulator.clock.now(), "speed": simulator.clock.speed}


def move_time(simulator: "Simulator", given: Any) -> Any:
    """Let `advance` simulated seconds pass at once, for all who share the clock."""
    simulator.clock.advance(float((given or {}).get("advance", 0)))
    return time(simulator, None)


HANDLERS = {
    ("POST", "faults"): set_faults,
    ("GET", "faults"): faults_left,
    ("DELETE", "faults"): clear_faults,
    ("GET", "calls"): calls,
    ("DELETE", "calls"): forget,
    ("GET", "stats"): stats,
    ("POST", "keys"): set_keys,
    ("GET", "clock"): time,
    ("POST", "clock"): move_time,
}
