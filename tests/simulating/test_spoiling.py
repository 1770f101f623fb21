"""Answers whose JSON keeps its form and loses its sense."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulating.calling import ask
from tests.simulators import Running, running

URL = "/v2/account"
KEY = {"X-API-KEY": "sim-hunter"}


@pytest.fixture(scope="module")
def vendors() -> Iterator[Running]:
    with running("hunter", speed=500) as started:
        yield started


@pytest.mark.parametrize(
    ("kind", "email", "used"),
    [("nulls", None, None), ("other-types", ["robin@fieldfare.example"], "0")],
)
def test_values_may_be_null_or_of_another_type(
    vendors: Running, kind: str, email: Any, used: Any
) -> None:
    vendors.hunter.faults.add(kind)

    answer = ask(vendors.hunter.url + URL, headers=KEY)

    assert answer.status == 200
    assert answer.json["data"]["email"] == email
    assert answer.json["data"]["calls"]["used"] == used


@pytest.mark.parametrize(("kind", "is_list"), [("empty", False), ("wrapped", True)])
def test_the_whole_may_be_empty_or_a_list(vendors: Running, kind: str, is_list: bool) -> None:
    vendors.hunter.faults.add(kind)

    found = ask(vendors.hunter.url + URL, headers=KEY).json

    assert isinstance(found, list) == is_list
    assert bool(found) == is_list
    assert ask(vendors.hunter.url + URL, headers=KEY).json["data"]["team_id"] == 1
