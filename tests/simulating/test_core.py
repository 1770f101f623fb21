"""What all simulators share: faults, records, keys, time."""

import threading
import time
from collections.abc import Iterator
from http.client import IncompleteRead

import pytest

from tests.simulating.calling import ask
from tests.simulators.clock import Clock
from tests.simulators.core import Call, Handler, Reply, Simulator
from tests.simulators.limits import Window


class Greeter(Simulator):
    name = "greeter"

    def routes(self) -> list[tuple[str, str, Handler]]:
        return [
            ("GET", "/greet/{who}", self.greet),
            ("GET", "/slow", self.slow),
            ("GET", "/broken", self.broken),
        ]

    def key_of(self, call: Call) -> str:
        return call.headers.get("x-api-key", "")

    def greet(self, call: Call) -> Reply:
        self.tally.bill("greetings")
        return Reply(200, {"hello": call.parts["who"], "times": 12})

    def slow(self, call: Call) -> Reply:
        self.clock.sleep(60)
        return Reply(200, {})

    def broken(self, call: Call) -> Reply:
        raise ZeroDivisionError


@pytest.fixture
def greeter() -> Iterator[Greeter]:
    simulator = Greeter(Clock(speed=200))
    simulator.start()
    yield simulator
    simulator.stop()


def test_a_call_is_recorded_without_its_key(greeter: Greeter) -> None:
    ask(f"{greeter.url}/greet/ada?polite=yes&key=abcdefgh", headers={"X-Api-Key": "sim-12345678"})

    (call,) = greeter.calls("/greet")

    assert call["route"] == "/greet/{who}"
    assert call["query"] == {"polite": ["yes"]}
    assert call["key"] == "5678"
    assert "sim-1234" not in str(call)
    assert (call["status"], greeter.stats()["billed"]) == (200, 1)


def test_a_fault_lets_calls_pass_and_ends(greeter: Greeter) -> None:
    greeter.faults.add("429", seconds=7, skip=1, times=2)

    answers = [ask(f"{greeter.url}/greet/ada") for _ in range(4)]

    assert [answer.status for answer in answers] == [200, 429, 429, 200]
    assert answers[1].headers["retry-after"] == "7"


def test_a_bare_429_says_nothing_of_when_to_come_again(greeter: Greeter) -> None:
    greeter.faults.add("429-bare")

    answer = ask(f"{greeter.url}/greet/ada")

    assert answer.status == 429
    assert "retry-after" not in answer.headers


@pytest.mark.parametrize("kind", ["500", "502", "503"])
def test_a_fault_answers_with_its_status(greeter: Greeter, kind: str) -> None:
    greeter.faults.add(kind, path="/greet")

    assert ask(f"{greeter.url}/elsewhere").status == 404
    assert ask(f"{greeter.url}/greet/ada").status == int(kind)


def test_a_body_is_cut(greeter: Greeter) -> None:
    greeter.faults.add("cut")

    with pytest.raises(IncompleteRead):
        ask(f"{greeter.url}/greet/ada")


def test_a_body_is_no_json(greeter: Greeter) -> None:
    greeter.faults.add("malformed")

    answer = ask(f"{greeter.url}/greet/ada")

    assert (answer.status, answer.content_type) == (200, "application/json")
    with pytest.raises(ValueError):
        _ = answer.json


def test_a_body_is_a_page(greeter: Greeter) -> None:
    greeter.faults.add("content-type")

    answer = ask(f"{greeter.url}/greet/ada")

    assert answer.status == 200
    assert answer.content_type.startswith("text/html")


def test_a_body_is_huge(greeter: Greeter) -> None:
    greeter.faults.add("huge")

    assert len(ask(f"{greeter.url}/greet/ada").body) >= 60_000_000


def test_a_call_hangs_in_simulated_time(greeter: Greeter) -> None:
    greeter.faults.add("hang", seconds=100)

    began = time.monotonic()
    answer = ask(f"{greeter.url}/greet/ada")

    assert answer.status == 200
    assert 0.4 < time.monotonic() - began < 5


def test_faults_are_set_and_cleared_over_http(greeter: Greeter) -> None:
    wanted = [{"kind": "500", "times": None}, {"kind": "503", "simulator": "another"}]

    left = ask(f"{greeter.url}/_control/faults", wanted).json
    first = ask(f"{greeter.url}/greet/ada").status
    ask(f"{greeter.url}/_control/faults", method="DELETE")

    assert [fault["kind"] for fault in left] == ["500"]
    assert (first, ask(f"{greeter.url}/greet/ada").status) == (500, 200)


def test_a_fault_that_makes_no_sense_is_refused(greeter: Greeter) -> None:
    answer = ask(f"{greeter.url}/_control/faults", [{"kind": "500", "colour": "red"}])

    assert (answer.status, answer.json) == (400, {"error": "A fault has no colour."})


def test_control_tells_and_forgets(greeter: Greeter) -> None:
    ask(f"{greeter.url}/greet/ada")
    ask(f"{greeter.url}/greet/grace")

    stats = ask(f"{greeter.url}/_control/stats").json
    calls = ask(f"{greeter.url}/_control/calls").json
    ask(f"{greeter.url}/_control/calls", method="DELETE")

    assert stats["by_path"] == {"GET /greet/{who}": 2}
    assert [call["path"] for call in calls] == ["/greet/ada", "/greet/grace"]
    assert greeter.stats()["calls"] == 0


def test_keys_are_revoked_over_http(greeter: Greeter) -> None:
    ask(f"{greeter.url}/_control/keys", {"revoked": ["old"], "exhausted": ["poor"]})

    assert greeter.keys.revoked == {"sim-revoked", "old"}
    assert greeter.keys.exhausted == {"sim-empty", "poor"}


def test_callers_at_once_are_counted(greeter: Greeter) -> None:
    callers = [threading.Thread(target=ask, args=(f"{greeter.url}/slow",)) for _ in range(3)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    assert greeter.stats()["most_at_once"] == 3


def test_a_simulator_that_breaks_says_so(greeter: Greeter) -> None:
    answer = ask(f"{greeter.url}/broken")

    assert (answer.status, greeter.stats()["errors"]) == (500, 1)


def test_time_can_be_moved_on() -> None:
    clock = Clock()
    began = clock.now()
    sleeper = threading.Thread(target=clock.sleep, args=(3_000,), daemon=True)
    sleeper.start()

    clock.advance(3_600)
    sleeper.join(timeout=5)

    assert not sleeper.is_alive()
    assert clock.now() - began >= 3_600


def test_a_window_slides() -> None:
    clock = Clock()
    window = Window(clock, limit=2, seconds=60)

    waits = [window.wait("key") for _ in range(3)]
    clock.advance(61)

    assert waits[:2] == [0, 0]
    assert 55 < waits[2] <= 60
    assert window.wait("another") == window.wait("key") == 0
