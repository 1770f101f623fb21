"""A company whose reps see their own, and a lead of one of them."""

import pytest

from crm.tenants.models import Reach, Role
from leads.models import Lead
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast


@pytest.fixture
def reps_see_their_own(cast: Cast) -> None:
    cast.tenant.rep_reach = cast.tenant.viewer_reach = Reach.OWN
    cast.tenant.shows_unowned = False
    cast.tenant.save()


@pytest.fixture
def lead(cast: Cast) -> Lead:
    """It is Sam's, a rep in North."""
    lead: Lead = LeadFactory(
        organisation=OrganisationFactory(tenant=cast.tenant, name="Quay Dental"),
        owner=cast.join("Sam", Role.REP),
    )
    return lead
