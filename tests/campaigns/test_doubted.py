"""A finding that may be somebody known says so, and leads to the two; not to who sees but one."""

import pytest

from campaigns.models import Campaign, Finding
from crm.tenants.models import Reach, Tenant
from leads.intake.grounds import Ground
from leads.merging import proposals
from leads.models import Lead, Proposal
from tests.campaigns.meeting import met, page_of, run_of, some_candidate
from tests.campaigns.test_findings import text_of
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PHONE = "01326 318000"


@pytest.fixture
def doubt(cast: Cast) -> Finding:
    """Ada pursues the first, whom the second of another campaign resembles."""
    met(run_of(cast), some_candidate(name="Harbour Dental", phone=PHONE))
    Lead.of(cast.tenant).update(owner=cast.ada)
    return met(run_of(cast), some_candidate(name="Quayside Smiles", phone=PHONE))


def test_it_says_whom_and_why_and_leads_to_the_two(cast: Cast, doubt: Finding) -> None:
    assert doubt.ground == Ground.MAYBE
    page = as_person(cast.ada).get(f"{page_of(doubt.run.campaign)}?ground=maybe")
    assert "New, may be known May be the same as Harbour Dental: " in text_of(page)
    pair = Proposal.of(cast.tenant).get()
    way = f'/leads/merge/?one={pair.one_id}&amp;other={pair.other_id}">Compare the two</a>'
    assert way in page.content.decode()
    assert as_person(cast.ada).get(way.split('"')[0].replace("&amp;", "&")).status_code == 200


def test_who_sees_but_one_of_them_is_not_told_of_the_other(cast: Cast, doubt: Finding) -> None:
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN)
    Campaign.of(cast.tenant).filter(pk=doubt.run.campaign_id).update(created_by=cast.ben)
    page = as_person(cast.ben).get(page_of(doubt.run.campaign))
    assert "May be the same as one that a colleague pursues." in text_of(page)
    said = page.content.decode()
    found = said[said.index(f'id="finding-{doubt.pk}"') :].split("</tr>")[0]
    assert "Harbour Dental" not in found
    assert "Compare the two" not in found


def test_who_sees_another_pair_of_it_is_told_of_that_one(cast: Cast) -> None:
    """Its own name is a part of the name that nobody may read."""
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN)
    met(run_of(cast), some_candidate(name="Quayside Smiles of Falmouth", phone=PHONE))
    Lead.of(cast.tenant).update(owner=cast.ada)
    doubt = met(run_of(cast), some_candidate(name="Quayside Smiles", phone=PHONE, postcode=""))
    Finding.of(cast.tenant).filter(pk=doubt.pk).update(
        detail="May be the same as Quayside Smiles of Falmouth: both answer one phone."
    )
    Campaign.of(cast.tenant).filter(pk=doubt.run.campaign_id).update(created_by=cast.ben)
    Lead.of(cast.tenant).filter(organisation=doubt.organisation).update(owner=cast.ben)
    third = LeadFactory(
        organisation=OrganisationFactory(tenant=cast.tenant, name="Smile Bar"), owner=cast.ben
    )
    assert doubt.organisation is not None
    proposals.propose(doubt.organisation, third.organisation, cast.ben)
    page = as_person(cast.ben).get(page_of(doubt.run.campaign))
    assert "May be the same as Smile Bar" in text_of(page)
    assert "of Falmouth" not in text_of(page)
    assert "Compare the two" in text_of(page)
