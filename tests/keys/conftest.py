"""A company, its people, and vendors on loopback that answer as the real ones do."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from crm.keys.options import NAMES
from crm.tenants.models import User
from tests.people import Cast
from tests.simulators import Running, running

# As long as true ones, and of nobody.
MINE = "sk-proj-9f2c71aa04be48d1mine"


@pytest.fixture(autouse=True)
def _no_keys(settings: Any) -> None:
    """Whatever the machine's own settings hold."""
    for name in NAMES:
        setattr(settings, name, "")
    settings.SIMULATED_VENDORS = False


@pytest.fixture(scope="session")
def _simulated() -> Iterator[Running]:
    with running("openai", "companies_house", "google_places", "apollo", "hunter") as vendors:
        yield vendors


@pytest.fixture
def vendors(_simulated: Running, settings: Any) -> Iterator[Running]:
    """The vendors, which nobody has called yet; the product is pointed at them."""
    for name, value in _simulated.env.items():
        if name.endswith("_URL"):
            setattr(settings, name, value)
    yield _simulated
    control(settings.OPENAI_BASE_URL, "DELETE", "faults")


def control(base: str, method: str, what: str, said: Any = None) -> Any:
    """Tell a simulated vendor how to behave, or ask what it was called for."""
    parts = urlsplit(base)
    request = Request(
        f"{parts.scheme}://{parts.netloc}/_control/{what}",
        method=method,
        data=None if said is None else json.dumps(said).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urlopen(request, timeout=5) as answer:
        content = answer.read()
    return json.loads(content) if content else None


@pytest.fixture
def mia(cast: Cast) -> User:
    """A manager of Ada's company."""
    return cast.join("Mia", "manager")  # type: ignore[arg-type]
