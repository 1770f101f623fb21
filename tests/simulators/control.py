"""The small interface by which a test steers a simulator over HTTP."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tests.simulators import world
from tests.simulators.faults import Fault
from tests.simulators.messages import Call, Reply
from tests.simulators.pages import shown
from tests.simulators.truth import whole
from tests.simulators.world import Organisation, Population

if TYPE_CHECKING:
    from tests.simulators.core import Simulator

PREFIX = "/_control/"


def answer(simulator: "Simulator", call: Call) -> Reply:
    subject = call.path.removeprefix(PREFIX)
    handler = HANDLERS.get((call.method, subject))
    if handler is None:
        return Reply(404, {"error": f"There is no {call.method} of {subject} here."})
    try:
        return Reply(200, handler(simulator, given_by(call)))
    except (TypeError, ValueError) as error:
        return Reply(400, {"error": str(error)})


def given_by(call: Call) -> Any:
    """The body, else what the query says."""
    if call.json is not None or not call.query:
        return call.json
    return {name: values[-1] for name, values in call.query.items()}


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


def credits(simulator: "Simulator", given: Any) -> Any:
    """Let a key have `left` credits from now on; without `left` say how many it has."""
    purse, given = getattr(simulator, "purse", None), given or {}
    if purse is None:
        raise ValueError(f"{simulator.name} counts no credits.")
    key = str(given["key"]) if "key" in given else ""
    if "left" in given:
        purse.leave(key, float(given["left"]))
    return {"key": key, "left": purse.left(key)}


def steer(simulator: "Simulator", given: Any) -> Any:
    return simulator.steer(given or {})


def truth(simulator: "Simulator", given: Any) -> Any:
    """What is true of the organisation of an `id`, a `domain` or a `number`, and what of it a
    polite reader finds on its site.
    """
    one = wanted(world.population(simulator.seed), given or {})
    return whole.as_json(one, simulator.seed) | {"site": shown.expected(one)}


def wanted(population: Population, given: dict[str, Any]) -> Organisation:
    found = None
    if domain := given.get("domain"):
        found = population.by_domain(str(domain))
    elif number := given.get("number"):
        found = population.by_number(str(number))
    elif str(given.get("id", "")).lstrip("n").isdigit():
        index = int(str(given["id"]).lstrip("n"))
        found = population.at(index) if index < len(population) else None
    if found is None:
        raise ValueError("Nobody in the world has this id, domain or number.")
    return found


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
    ("GET", "credits"): credits,
    ("POST", "credits"): credits,
    ("POST", "steer"): steer,
    ("GET", "truth"): truth,
    ("GET", "clock"): time,
    ("POST", "clock"): move_time,
}
