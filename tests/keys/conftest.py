"""A company, its people, and no keys but those that a test puts in."""

from datetime import date
from typing import Any

import pytest

from crm.keys.options import NAMES
from crm.tenants.models import User
from tests.people import Cast
from tests.simulators import Running
from tests.simulators.prospects import hunter_forms

# As long as true ones, and of nobody.
MINE = "sk-proj-9f2c71aa04be48d1mine"


@pytest.fixture(autouse=True)
def _no_keys(settings: Any) -> None:
    """Whatever the machine's own settings hold."""
    for name in NAMES:
        setattr(settings, name, "")
    settings.SIMULATED_VENDORS = False


def renewal() -> str:
    """The day on which the simulated Hunter renews its credits, as people read it."""
    then = date.fromisoformat(hunter_forms.reset_date())
    plain = f"{then.day} {then:%B}"
    return plain if then.year == date.today().year else f"{plain} {then.year}"


@pytest.fixture
def mia(cast: Cast) -> User:
    """A manager of Ada's company."""
    return cast.join("Mia", "manager")  # type: ignore[arg-type]


@pytest.fixture
def vendors(vendors: Running, settings: Any) -> Running:
    """The same, at whose pace a slow machine has time for a statement before its turn is over."""
    settings.VENDOR_CLOCK = 20.0
    return vendors
