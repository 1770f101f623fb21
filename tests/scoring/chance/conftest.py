"""One model for all tests that only look at one."""

import pytest

from scoring.chance.model import Model
from scoring.chance.training import train
from tests.scoring.chance.law import FEATURES, NOW, leads


@pytest.fixture(scope="session")
def model() -> Model:
    found = train(leads(1_200), FEATURES, now=NOW)
    assert isinstance(found, Model)
    return found
