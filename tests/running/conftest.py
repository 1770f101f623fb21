"""A Redis, for the tests that need one."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.running.redis_server import NONE_FOUND, RedisServer, find, is_required


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if terminalreporter.stats.get("skipped") and find() is None:
        terminalreporter.write_line(NONE_FOUND, red=True, bold=True)


@pytest.fixture
def redis_server() -> Iterator[RedisServer]:
    """A Redis that runs; without the program the test is skipped, or fails where it must not be."""
    program = find()
    if program is None and is_required():
        pytest.fail(NONE_FOUND)
    if program is None:
        pytest.skip(NONE_FOUND)
    server = RedisServer(program)
    yield server
    server.remove()
