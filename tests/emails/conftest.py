"""The simulated name server, which the product asks."""

from typing import Any

import pytest

from tests.simulators import Running
from tests.simulators.dns import Dns


@pytest.fixture
def dns(vendors: Running, settings: Any) -> Dns:
    """Nobody has asked it yet, and nothing ails it."""
    settings.DNS_SERVER = vendors.env["DNS_SERVER"]
    assert isinstance(vendors.dns, Dns)
    return vendors.dns
