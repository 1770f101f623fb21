"""Who looked at personal data, once an hour each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.support import consenting
from crm.tenants.models import Membership, User
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.factories.mail import MailFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def looks() -> list[tuple[str, str, str]]:
    rows = AuditEntry.objects.filter(kind="looked").order_by("pk")
    return list(rows.values_list("actor", "verb", "target"))


def test_each_person_is_written_down_once(cast: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Quay Smiles"))
    ben, vera = as_person(cast.ben), as_person(cast.vera)
    for browser in (ben, vera, ben, ben):
        assert browser.get(f"/leads/{lead.pk}/").status_code == 200
    assert looks() == [("Ben", "looked at", "Quay Smiles"), ("Vera", "looked at", "Quay Smiles")]


def test_an_hour_later_it_is_another_look(cast: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Quay Smiles"))
    AuditEntry.objects.create(
        at=timezone.now() - timedelta(minutes=61),
        tenant_id=cast.tenant.pk,
        actor_id=cast.ben.pk,
        actor="Ben",
        kind="looked",
        verb="looked at",
        target_type="leads.lead",
        target_id=str(lead.pk),
        target="Quay Smiles",
    )
    as_person(cast.ben).get(f"/leads/{lead.pk}/")
    assert len(looks()) == 2


def test_findings_name_people_too(cast: Cast) -> None:
    campaign = CampaignFactory(tenant=cast.tenant, name="Leicester")
    as_person(cast.ben).get(f"/campaigns/{campaign.pk}/findings/")
    assert looks() == [("Ben", "looked at the findings of", "Leicester")]


def test_what_one_does_not_see_is_no_look(cast: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.other))
    as_person(cast.ben).get(f"/leads/{lead.pk}/")
    assert looks() == []


def test_so_are_those_who_open_it_in_the_administration(cast: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Quay Smiles"))
    contact = ContactFactory(organisation=lead.organisation)
    mail = MailFactory(tenant=cast.tenant, user=cast.ben)
    member = Membership.of(cast.tenant).get(user=cast.ben)
    ada = as_person(cast.ada)
    for row in (lead, lead.organisation, contact, mail, member):
        page = f"/admin/{row._meta.label_lower.replace('.', '/')}/{row.pk}/change/"
        for _ in range(2):
            assert ada.get(page).status_code == 200
    names = [str(row) for row in (lead, lead.organisation, contact, mail, member)]
    assert looks() == [("Ada", "looked at", name) for name in names]


def test_support_is_named_as_such_there(cast: Cast) -> None:
    contact = ContactFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    root = User.objects.create_superuser("root@here.example", name="Root")
    consent = consenting.give(
        Membership.of(cast.tenant).get(user=cast.ada),
        until=timezone.now() + timedelta(hours=1),
        may_change=True,
        reason="A contact is lost.",
    )
    browser = as_person(root)
    browser.post(f"/support/{consent.pk}/enter/")
    assert browser.get(f"/admin/leads/contact/{contact.pk}/change/").status_code == 200
    assert looks() == [("Support: Root", "looked at", str(contact))]
