"""What becomes somebody's while they are leaving: it waits, and then says that they are gone."""

from dataclasses import replace
from typing import Any

import pytest

from campaigns import criteria, handing, launching
from campaigns.models import Campaign
from crm.ids import uuid7
from crm.sharing import shares
from crm.sharing.held import with_people
from crm.tenants import leaving, members
from crm.tenants.handovers import Question, Takers
from crm.tenants.models import Membership
from leads.lead import dealing
from leads.models import Lead
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.meanwhile import Act, meanwhile
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")


def while_ben_leaves(cast: Cast, *acts: Act) -> list[Any]:
    """What comes of acts that begin before Ben's leaving is committed."""
    here = {row.user.name: row for row in rows(cast)}
    takers = Takers({Question.LEADS: cast.ada, Question.CAMPAIGNS: cast.ada})
    return meanwhile(lambda: leaving.leave(here["Ben"].pk, takers=takers, by=here["Ada"]), *acts)


def rows(cast: Cast) -> Any:
    return Membership.of(cast.tenant).select_related("tenant", "user", "team")


@pytest.fixture
def lead(cast: Cast) -> Lead:
    found: Lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    return found


def test_nothing_becomes_theirs_who_is_leaving(cast: Cast, lead: Lead) -> None:
    ada = rows(cast).get(user=cast.ada)
    campaign = CampaignFactory(tenant=cast.tenant, created_by=cast.ada)
    wanted = replace(criteria.of(campaign), miles=campaign.miles + 1)
    given, handed, shared, launched = while_ben_leaves(
        cast,
        lambda: dealing.assign(lead, owner=cast.ben, value_pence=None, by=cast.ada),
        lambda: handing.hand(campaign, to=cast.ben, by=cast.ada),
        lambda: shares.share(lead, with_=cast.ben, by=ada),
        lambda: launching.launch(wanted, tenant=cast.tenant, by=cast.ben, token=uuid7()),
    )
    assert type(shared) is shares.NotOfTheCompany
    assert [type(each) for each in (given, handed, launched)] == [members.NotHere] * 3
    assert not Lead.of(cast.tenant).filter(owner=cast.ben).exists()
    assert not Campaign.of(cast.tenant).filter(created_by=cast.ben).exists()
    assert not with_people(Lead).objects.filter(user=cast.ben).exists()


def test_the_pages_say_so(cast: Cast, lead: Lead) -> None:
    """On the lead's own page, and where a manager gives several away."""
    ada = as_person(cast.ada)
    first = {"action": "give", "_selected_action": str(lead.pk)}
    picked = ada.post("/admin/leads/lead/", first).context["packed"]
    many = first | {"step": "do", "picked": picked, "owner": str(cast.ben.pk)}
    one, several = while_ben_leaves(
        cast,
        lambda: as_person(cast.ada).post(f"/leads/{lead.pk}/deal/", {"owner": str(cast.ben.pk)}),
        lambda: as_person(cast.ada).post("/admin/leads/lead/", many, follow=True),
    )
    gone = "Ben does not belong to Acme Cabling any more. Choose somebody else."
    assert one.status_code == 422
    assert gone in one.content.decode()
    assert f"1 lead left alone: {gone}" in several.content.decode()
    assert not Lead.of(cast.tenant).filter(owner=cast.ben).exists()
