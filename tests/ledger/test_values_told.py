"""What is done to many at once is told with its values, from what to what."""

from typing import Any

import pytest

from campaigns import handover as campaigns
from crm.joining import handover as joining
from crm.joining import invitations
from crm.ledger.models import AuditEntry, AuditPayload
from crm.sharing import handover as sharing
from crm.sharing import shares
from crm.tenants import teams
from crm.tenants.models import Membership, Role
from leads.leaving import handover as leads
from leads.records.custom import CustomField
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.own import CustomFieldFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def values(verb: str) -> tuple[Any, Any]:
    entry = AuditEntry.objects.get(verb=verb)
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert entry.fields == sorted(payload.before.keys() | payload.after.keys())
    return payload.before, payload.after


def member(cast: Cast) -> Membership:
    return Membership.of(cast.tenant).select_related("tenant", "user").get(user=cast.ada)


def test_leads_say_from_whom_to_whom(cast: Cast) -> None:
    LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), owner=cast.ben)
    leads.give_leads(cast.tenant, cast.ben, None, cast.ada)
    assert values("handed over") == ({"owner": "Ben"}, {"owner": None})


def test_campaigns_too(cast: Cast) -> None:
    CampaignFactory(tenant=cast.tenant, created_by=cast.ben)
    campaigns.CAMPAIGNS.hand_over(cast.tenant, cast.ben, cast.ada, cast.ada)
    assert values("handed over") == ({"created_by": "Ben"}, {"created_by": "Ada"})


def test_a_revoked_invitation_says_when(cast: Cast) -> None:
    invitations.invite("dora@acme.example", role=Role.REP, team=None, by=member(cast))
    joining.revoke(cast.tenant, cast.ada, None, cast.ada)
    before, after = values("revoked")
    assert before == {}
    assert after["revoked_at"].startswith("20")


def test_a_share_that_ended_says_whose(cast: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    north = teams.make(cast.tenant, "North", by=cast.ada)
    shares.share(lead, with_=north, by=member(cast))
    sharing.move(north, None, cast.ada)
    assert values("no longer shared") == ({"with": "North"}, {})


def test_a_field_says_when_it_was_archived(cast: Cast) -> None:
    field = CustomFieldFactory(tenant=cast.tenant)
    ada = as_person(cast.ada)
    for action in ("archive", "restore"):
        ada.post("/admin/leads/customfield/", {"action": action, "_selected_action": field.pk})
    (before, after), (was, now) = values("archived"), values("restored")
    assert (before, now) == ({}, {})
    assert after == was
    assert after["archived_at"].startswith("20")
    assert CustomField.of(cast.tenant).get().archived_at is None
