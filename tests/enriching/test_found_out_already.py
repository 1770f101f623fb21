"""While somebody looks at a lead already, its form says so and asks nothing else."""

import pytest

from leads.enriching import launching
from leads.models import EnrichmentRun, Lead
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true", "HX-Target": "find-out"}


@pytest.fixture
def lead(cast: Cast) -> Lead:
    made: Lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=cast.ben)
    return made


@pytest.fixture
def run(lead: Lead, cast: Cast) -> EnrichmentRun:
    why = EnrichmentRun.Why.SELECTION
    about = [lead.organisation_id]
    return launching.launch(cast.tenant, about, ["web"], why=why, label="3 leads", by=cast.ada)


@pytest.mark.parametrize("sent", ["", "?chosen=1&kinds=web"])
@pytest.mark.parametrize("headers", [{}, PART])
def test_it_says_that_a_run_is_under_way(
    lead: Lead, run: EnrichmentRun, cast: Cast, sent: str, headers: dict[str, str]
) -> None:
    address = f"/leads/{lead.pk}/enrich/{sent}"
    page = as_person(cast.ben).get(address, headers=headers).content.decode()

    assert "Somebody looks already" in page
    assert run.get_absolute_url() in page
    # What can't be begun has neither a choice nor a price.
    assert 'name="kinds"' not in page
    assert "enrich-quote" not in page
    assert "Find out</" not in page


def test_what_was_launched_meanwhile_is_said_to_whoever_comes_late(
    lead: Lead, run: EnrichmentRun, cast: Cast
) -> None:
    answer = as_person(cast.ben).post(f"/leads/{lead.pk}/enrich/", {"kinds": ["web"], "most": 0})

    assert answer.status_code == 409
    assert "Somebody looks already" in answer.content.decode()
    assert EnrichmentRun.of(cast.tenant).count() == 1
