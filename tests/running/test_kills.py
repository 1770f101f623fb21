"""Processes are killed in the middle of a run; what is left is what an undisturbed run leaves."""

from collections.abc import Iterator
from random import Random

import pytest

from tests.benchmarks.killing.arena import Arena
from tests.benchmarks.killing.facts import ADDS_UP
from tests.benchmarks.killing.roles import BUSY, GROUP, POSTGRES
from tests.benchmarks.killing.run import Wanted
from tests.benchmarks.killing.shots import Deck, Shots

pytestmark = pytest.mark.processes
LEADS = 300
UNDISTURBED = "undisturbed"
# What is killed after so many were found.
KILLS = ((BUSY, 50), (GROUP, 130), (POSTGRES, 210))
DISTURBED = "disturbed"
# From a kill until somebody works on the run again.
SECONDS = 15


@pytest.fixture(scope="module")
def arena() -> Iterator[Arena]:
    arena = Arena(Wanted("healthcare", "EC1A 1BB", 15, LEADS), [UNDISTURBED, DISTURBED])
    yield arena
    arena.remove()


def test_a_run_outlives_its_worker_the_cluster_and_postgresql(arena: Arena) -> None:
    calm = arena.run(UNDISTURBED)
    after, wanted = [found for _, found in KILLS], [role for role, _ in KILLS]
    shots = Shots(arena.roles, Deck(Random(1)), after, late=calm.pace, wanted=wanted)
    course = arena.run(DISTURBED, shots)

    assert [kill.role for kill in course.kills] == wanted
    for kill, (_, found) in zip(course.kills, KILLS, strict=True):
        # Somebody was at work on the run, and had not finished.
        assert kill.look is not None
        assert found <= kill.look.found < calm.found
        assert kill.look.state == "running"
        assert kill.back is not None
        assert kill.back < SECONDS
    busy = course.kills[0]
    assert busy.look is not None
    assert busy.look.holder.endswith(f":{busy.process}")

    assert (course.state, course.found) == ("completed", calm.found)
    assert arena.dead_rows(DISTURBED) == 0
    expected, left = arena.left_by(UNDISTURBED), arena.left_by(DISTURBED)
    assert sum(what == "lead" for what, _ in expected) == LEADS
    assert expected[ADDS_UP] == 1
    assert left - expected == expected - left == {}
