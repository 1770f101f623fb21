"""What was told before is taken by a whole lot at once, and nobody gets less for it than alone."""

from typing import Any

import pytest

from crm.ledger.models import AuditEntry, AuditPayload
from crm.tenants.acting import acting_for
from enrichment import kinds
from enrichment.lookups.models import Rules, TrackRecord
from enrichment.providers.all import BY_SLUG, PROVIDERS
from leads.enriching import gathering
from leads.models import (
    Contact,
    Fact,
    FlowStep,
    IdentityKey,
    Lead,
    Organisation,
    Proposal,
    TimelineEntry,
)  # fmt: skip
from tests.enriching.conftest import Enrich
from tests.enriching.rows import lookup
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

PROVIDER = "hunter_company"
SUMMARY = "Smiles\tfor all:\r\n\\N is no\\nname, “ours” is 'one'; \\\\ and \\. alone\n\\.\n"
NAME, PHONE = r"Jenna \N Quay", "+441326318001"


@pytest.fixture
def told(committed_db: None, cast: Cast) -> list[Lead]:
    """Five leads of which one provider has told; two of them at one place turn out alike."""
    with acting_for(cast.tenant):
        off = [each.slug for each in PROVIDERS if each.slug != PROVIDER]
        Rules.of(cast.tenant).create(tenant=cast.tenant, off=off)
        return [
            _lead(cast, "Kestrel Smiles", 1, "TR1 3HH", PHONE),
            _lead(cast, "Kestrel Smiles Ltd", 2, "TR1 3HH", PHONE),
            _lead(cast, "Plover Foods", 3, "TR1 3HH", "+441326318003"),
            _lead(cast, "Avocet Tiles", 4, "TR4 4AA", "+441326318004"),
            _lead(cast, "Bittern Rope", 5, "TR5 5AA", "+441326318005"),
        ]


def _lead(cast: Cast, name: str, number: int, postcode: str, phone: str) -> Lead:
    domain = f"firm{number}.example"
    one: Organisation = OrganisationFactory(
        tenant=cast.tenant, name=name, postcode=postcode, address=f"{number} Quay Street",
        town="Truro", domain=domain, website=f"https://{domain}", phone="", trade="dentist",
    )  # fmt: skip
    lead: Lead = LeadFactory(organisation=one, contact=None, owner=cast.ben)
    (dossier,) = gathering.gather(cast.tenant, [one.pk])
    rows: list[dict[str, Any]] = [
        {"field": "phone", "value": phone, "way": "provider_checked"},
        {"field": "description", "value": SUMMARY, "way": "provider", "quote": SUMMARY},
        {"field": "name", "value": NAME, "way": "provider", "about": "jenna"},
        {"field": "email", "value": f"jenna@{domain}", "way": "provider", "about": "jenna"},
    ]
    wants = sorted(each.rpartition(".")[2] for each in kinds.wants(kinds.KINDS))
    about = BY_SLUG[PROVIDER].about(dossier.subject())
    lookup(one, PROVIDER, rows, about=about, wants=wants)
    return lead


def test_every_lead_of_the_lot_is_filled_in(told: list[Lead], enrich: Enrich, cast: Cast) -> None:
    run = enrich(told, *kinds.KINDS, most=0)

    assert run.phase == run.Phase.COMPLETED
    with acting_for(cast.tenant):
        for lead in Lead.of(cast.tenant).select_related("organisation", "contact"):
            organisation = lead.organisation
            facts = Fact.of(cast.tenant).filter(organisation=organisation)
            known = {fact.field: fact for fact in facts.filter(contact=None)}
            assert known["description"].value == SUMMARY
            assert known["description"].proofs[0]["quote"] == SUMMARY[:300]
            assert known["phone"].status == "applied"
            assert organisation.phone == known["phone"].value
            assert lead.contact is not None
            assert (lead.contact.name, lead.contact.role) == (NAME, "")
            assert lead.contact.created_at is not None
            assert facts.filter(contact=lead.contact).count() == 2
            keys = IdentityKey.of(cast.tenant).filter(organisation=organisation, kind="phone")
            assert [key.value for key in keys] == [organisation.phone]
            assert TimelineEntry.of(cast.tenant).filter(lead=lead, kind="field").count() == 1
            assert FlowStep.of(cast.tenant).filter(lead=lead).exists()
            assert _told_of(cast, organisation, "enriched") == [{"phone": organisation.phone}]
            (added,) = _told_of(cast, lead.contact, "added")
            assert (added["name"], added["role"]) == (NAME, "")
            assert _told_of(cast, lead, "edited") == [{"contact": str(lead.contact)}]
        (served,) = TrackRecord.of(cast.tenant).filter(provider=PROVIDER)
        # A phone and an address of each.
        assert (served.segment, served.usable, served.asked) == ("dentist", 10, 0)
        assert Contact.of(cast.tenant).filter(name=NAME).count() == len(told)


def _told_of(cast: Cast, row: Any, verb: str) -> list[dict[str, Any]]:
    rows = AuditEntry.objects.filter(target_id=str(row.pk), verb=verb)
    payloads = AuditPayload.objects.filter(entry_id__in=rows.values("pk"))
    return list(payloads.values_list("after", flat=True))


def test_two_of_one_lot_that_turn_out_alike_are_proposed_once(
    told: list[Lead], enrich: Enrich, cast: Cast
) -> None:
    enrich(told, *kinds.KINDS, most=0)

    with acting_for(cast.tenant):
        (found,) = Proposal.of(cast.tenant)
        assert {found.one_id, found.other_id} == {each.organisation_id for each in told[:2]}
        assert "phone" in found.shared
        created = AuditEntry.objects.filter(target_id=str(found.pk), verb="created")
        assert created.count() == 1


def test_what_was_usable_before_is_added_to(told: list[Lead], enrich: Enrich, cast: Cast) -> None:
    enrich(told[:2], *kinds.KINDS, most=0)
    enrich(told[2:], *kinds.KINDS, most=0)

    with acting_for(cast.tenant):
        (served,) = TrackRecord.of(cast.tenant).filter(provider=PROVIDER)
        assert served.usable == 10
