"""A supervisor hears of each process of its cluster, however short its life."""

import os
import signal

import pytest

from crm.running.births import BIRTHS, Births, announce, lives


def test_one_that_dies_at_once_is_heard_of(monkeypatch: pytest.MonkeyPatch) -> None:
    births = Births()
    monkeypatch.setenv(BIRTHS, str(births.writer))
    process = os.fork()
    if not process:
        announce()
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    assert births.new() == {process}
    assert births.new() == set()
    # It waits for its parent to take note of its death.
    assert not lives(process)
    os.waitpid(process, 0)
    assert not lives(process)
    assert lives(os.getpid())


def test_without_a_supervisor_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(BIRTHS, raising=False)
    announce()
