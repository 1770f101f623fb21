"""Whoever is killed while it waits for a task locks out nobody."""

import fcntl
import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.process import BaseProcess

import pytest
from django_q.queues import Queue

from crm.running.mortal_queue import MortalQueue
from tests.running.processes import eventually

Reader = Callable[[], BaseProcess]


@pytest.fixture
def tasks() -> Iterator[MortalQueue]:
    queue = MortalQueue()
    yield queue
    queue.close()
    queue.join_thread()


@pytest.fixture
def results() -> Queue:
    return Queue()


@pytest.fixture
def reader(tasks: MortalQueue, results: Queue) -> Iterator[Reader]:
    """Starts a process that takes one task and hands it back."""
    started: list[BaseProcess] = []

    def start() -> BaseProcess:
        forked = multiprocessing.get_context("fork")
        process = forked.Process(target=lambda: results.put(tasks.get()))
        started.append(process)
        process.start()
        return process

    yield start
    for process in started:
        process.kill()
        process.join()


def has_a_reader(queue: MortalQueue) -> bool:
    """Whether a process waits in it, and keeps all others waiting behind itself."""
    try:
        fcntl.lockf(queue._rlock.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    fcntl.lockf(queue._rlock.file, fcntl.LOCK_UN)
    return False


def test_a_task_reaches_another_when_the_one_that_waits_is_killed(
    tasks: MortalQueue, results: Queue, reader: Reader
) -> None:
    first = reader()
    assert eventually(lambda: has_a_reader(tasks), 5)
    second = reader()
    first.kill()
    first.join()
    tasks.put("task")
    assert results.get(timeout=5) == "task"
    second.join(5)
    assert second.exitcode == 0


def test_two_that_wait_get_one_task_each(
    tasks: MortalQueue, results: Queue, reader: Reader
) -> None:
    readers = [reader() for _ in range(2)]
    tasks.put("one")
    tasks.put("two")
    assert {results.get(timeout=5), results.get(timeout=5)} == {"one", "two"}
    for each in readers:
        each.join(5)
        assert each.exitcode == 0
