"""What tests of leads share."""

from collections.abc import Callable
from typing import Any

import pytest

from crm.registers import names
from crm.registers.models import GenericName
from leads.intake import intake
from tests.factories.leads import CandidateFactory, OriginRefFactory
from tests.people import Cast

Admit = Callable[..., intake.Outcome]


@pytest.fixture
def admit(cast: Cast) -> Admit:
    """Admits a candidate of these fields to Ada's company, as Ben."""
    origin = OriginRefFactory()

    def admitting(**fields: Any) -> intake.Outcome:
        candidate = CandidateFactory(**fields)
        into = intake.entrance(cast.tenant)
        return intake.admit(candidate, into=into, origin=origin, by=cast.ben)

    return admitting


@pytest.fixture
def generic_names(db: None) -> Any:
    """“Dental Surgery” and “The Surgery” say nothing, as measured from the registers."""
    for key in ("dental surgery", "surgery"):
        GenericName.objects.get_or_create(name_key=key, defaults={"entries": 3_000})
    names.forget()
    yield
    names.forget()
