"""A child that dies is started again, but not for ever."""

import signal
import sys
import time

import pytest

from crm.running.child import Child, KeepsDying


def test_it_is_started_again_after_a_death() -> None:
    child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"])
    first = child.process.pid
    child.process.send_signal(signal.SIGKILL)
    child.process.wait()
    child.revive()
    assert child.process.pid != first
    child.ask_to_end()
    child.end(time.monotonic() + 5)
    assert child.process.returncode == -signal.SIGTERM


def test_one_that_is_killed_again_and_again_is_started_each_time() -> None:
    child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"])
    seen = {child.process.pid}
    for _ in range(5):
        child.process.kill()
        child.process.wait()
        child.revive()
        seen.add(child.process.pid)
    assert len(seen) == 6
    child.ask_to_end()
    child.end(time.monotonic() + 5)


def test_one_that_ends_at_once_thrice_is_given_up() -> None:
    child = Child("failure", [sys.executable, "-c", "raise SystemExit(7)"])

    def live_on() -> None:
        while True:
            child.process.wait()
            child.revive()
            time.sleep(0.05)

    with pytest.raises(KeepsDying, match=r"The failure ended 3 times .* \(status 7\)"):
        live_on()


def test_one_that_does_not_listen_is_killed() -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True)"
    child = Child("deaf", [sys.executable, "-c", f"{deaf}; time.sleep(60)"])
    time.sleep(0.5)
    child.ask_to_end()
    child.end(time.monotonic() + 0.2)
    assert child.process.returncode == -signal.SIGKILL
