"""How things stand, in words: 0, 1 and many, and the worst first."""

from typing import Any

import pytest

from crm.operations.verdict import START_ONE, WHOSE, WHY, Verdict, judge
from crm.work.queue import Depth
from leads.scored.flow import TABLE


def verdict(
    age: float | None = 1, *, moving: bool = False, of_all: bool = False, **rows: Any
) -> Verdict:
    nothing = {"ready": 0, "waiting": 0, "leased": 0, "dead": 0, "oldest_waiting_s": 0.0}
    depth = Depth(TABLE, **nothing | rows)
    return judge([depth], heartbeat_age=age, is_moving=moving, is_of_all=of_all)


@pytest.mark.parametrize(
    ("rows", "remark"),
    [
        ({}, "Nothing waits for a worker."),
        ({"waiting": 3}, "Nothing waits for a worker."),
        ({"leased": 1}, "1 piece of work is at work."),
        ({"leased": 2, "ready": 1}, "2 pieces of work are at work, 1 piece of work is queued."),
        ({"ready": 1200, "oldest_waiting_s": 60.0}, "1,200 pieces of work are queued."),
    ],
)
def test_nothing_is_wrong(rows: dict[str, Any], remark: str) -> None:
    found = verdict(**rows)
    assert (found.tone, found.sentence, found.remarks) == ("good", "Everything runs.", (remark,))


@pytest.mark.parametrize(
    ("age", "sentence"),
    [
        (None, "No worker has ever been heard of."),
        (21, "No worker has been heard of for 21 s."),
        (200, "No worker has been heard of for 3 min."),
        (3 * 86400, "No worker has been heard of for 3 days."),
    ],
)
def test_nobody_works(age: float | None, sentence: str) -> None:
    found = verdict(age)
    assert (found.tone, found.sentence, found.remarks) == ("bad", sentence, (START_ONE,))


@pytest.mark.parametrize(
    ("dead", "sentence"),
    [
        (1, "1 piece of work has failed."),
        (2, "2 pieces of work have failed."),
        (10_000, "10,000 pieces of work have failed."),
    ],
)
def test_something_has_failed(dead: int, sentence: str) -> None:
    assert verdict(dead=dead) == Verdict("bad", "circle-alert", sentence, (WHY,))


def test_what_failed_elsewhere_is_for_others_to_look_at() -> None:
    assert verdict(dead=1, of_all=True).remarks == (WHOSE,)


def test_a_row_waits_long_because_workers_are_busy() -> None:
    found = verdict(oldest_waiting_s=250, ready=9, moving=True)
    assert found.tone == "warn"
    assert found.sentence == "The oldest piece of work has waited 4 min: workers are busy."


def test_a_row_waits_long_though_nothing_is_done() -> None:
    found = verdict(oldest_waiting_s=7300, ready=9)
    waits = "The oldest piece of work has waited 2 h: nobody takes it up"
    assert found.sentence == f"{waits}; tell whoever looks after this installation."
    found = verdict(oldest_waiting_s=7300, ready=9, of_all=True)
    assert found.sentence == f"{waits}, and the worker's log says why."


def test_the_worst_comes_first_and_the_rest_is_said_too() -> None:
    found = verdict(None, dead=2, oldest_waiting_s=250)
    assert found.sentence == "No worker has ever been heard of."
    assert found.remarks[1] == "2 pieces of work have failed."
    assert found.remarks[2].startswith("The oldest piece of work has waited 4 min")
