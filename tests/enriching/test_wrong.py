"""What was told and is wrong goes out of use, and whoever was paid for it pays it back, once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from crm.credits import credits
from crm.credits.models import CreditEntry
from crm.ledger.models import AuditEntry
from crm.tenants.acting import acting_for
from enrichment.lookups.models import Lookup, TrackRecord
from enrichment.providers.all import BY_SLUG
from leads.enriching import plan, wrong
from leads.enriching.wrong import CannotMark
from leads.models import Contact, EmailCheck, Fact, IdentityKey, Lead, Organisation, TimelineEntry
from tests.enriching.rows import fact, lookup, proof
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

ADDRESS, NUMBER = "jenna@quay.example", "+441326312345"
EMAIL = {"field": "email", "value": ADDRESS, "way": "provider", "about": "jenna"}


@pytest.fixture
def lead(db: None, cast: Cast) -> Iterator[Lead]:
    return made(cast)


def made(cast: Cast) -> Lead:
    organisation: Organisation = OrganisationFactory(
        tenant=cast.tenant, domain="quay.example", website="https://quay.example", phone=NUMBER
    )
    contact = ContactFactory(organisation=organisation, email=ADDRESS)
    return LeadFactory(organisation=organisation, contact=contact, owner=cast.ben)


def told(lead: Lead, *sources: str | dict[str, Any]) -> Fact:
    assert lead.contact is not None
    return fact(lead.contact, "email", ADDRESS, *sources or ("hunter_search",), status="applied")


def wrongs(cast: Cast) -> dict[str, int]:
    rows = TrackRecord.of(cast.tenant).filter(wrong__gt=0)
    return dict(rows.values_list("provider", "wrong"))


def test_an_address_that_is_wrong_goes_out_of_use_and_is_paid_back(lead: Lead, cast: Cast) -> None:
    each = told(lead)
    lookup(lead.organisation, "hunter_search", [EMAIL], credits=6)
    before = credits.balance(cast.tenant).available

    marked = wrong.mark(each, by=cast.ben)

    assert marked.refunded == 2
    assert credits.balance(cast.tenant).available == before + 2
    assert Contact.of(cast.tenant).get().email == ""
    each.refresh_from_db()
    assert (each.status, each.decided_by) == ("dismissed", cast.ben)
    assert EmailCheck.of(cast.tenant).get(address=ADDRESS).is_wrong
    said = TimelineEntry.of(cast.tenant).filter(lead=lead, by=cast.ben).latest("pk").text
    assert said == f"E-mail {ADDRESS} is wrong. 2 credits given back."
    entry = AuditEntry.objects.get(verb="marked as wrong")
    assert (entry.actor, entry.target_type) == ("Ben", "leads.contact")
    assert wrongs(cast) == {"hunter_search": 1}


def test_whoever_told_it_stands_one_place_lower_for_the_trade(lead: Lead, cast: Cast) -> None:
    each, provider = told(lead), BY_SLUG["hunter_search"]
    lookup(lead.organisation, "hunter_search", [EMAIL])

    def place(trade: str) -> float:
        return plan.make(cast.tenant, ["people"]).place(provider, {"person.email"}, trade)

    before = place("dentist")
    wrong.mark(each, by=cast.ben)

    assert place("dentist") == before + 1
    assert place("vet") == before


def test_the_second_time_changes_nothing(lead: Lead, cast: Cast) -> None:
    each = told(lead)
    lookup(lead.organisation, "hunter_search", [EMAIL])
    wrong.mark(each, by=cast.ben)
    entries = TimelineEntry.of(cast.tenant).count()

    assert wrong.mark(each, by=cast.ada).refunded == 0

    assert CreditEntry.of(cast.tenant).filter(kind="refund").count() == 1
    assert TimelineEntry.of(cast.tenant).count() == entries
    assert wrongs(cast) == {"hunter_search": 1}


@pytest.mark.usefixtures("committed_db")
def test_two_clicks_at_once_are_paid_back_once(cast: Cast) -> None:
    each = told(made(cast))
    lookup(each.organisation, "hunter_search", [EMAIL])

    def click(_: int) -> int:
        try:
            with acting_for(cast.tenant):
                return wrong.mark(each, by=cast.ben).refunded
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(click, range(4))) == [0, 0, 0, 2]
    assert CreditEntry.of(cast.tenant).filter(kind="refund").count() == 1


def test_after_thirty_days_nobody_pays_back_and_it_is_wrong_all_the_same(
    lead: Lead, cast: Cast
) -> None:
    long_ago = timezone.now() - timedelta(days=31)
    each = told(lead, proof("hunter_search", seen_on=long_ago.date().isoformat()))
    lookup(lead.organisation, "hunter_search", [EMAIL], answered_at=long_ago)

    assert wrong.mark(each, by=cast.ben).refunded == 0

    assert Contact.of(cast.tenant).get().email == ""
    assert EmailCheck.of(cast.tenant).get().is_wrong
    assert not CreditEntry.of(cast.tenant).exists()
    assert wrongs(cast) == {}


def test_with_the_companys_own_key_nothing_is_there_to_be_given_back(
    lead: Lead, cast: Cast
) -> None:
    each = told(lead)
    lookup(lead.organisation, "hunter_search", [EMAIL], credits=0, cost_micros=30_000)

    assert wrong.mark(each, by=cast.ben).refunded == 0
    wrong.mark(each, by=cast.ben)

    assert not CreditEntry.of(cast.tenant).exists()
    # It was paid for all the same: the provider answers for it.
    assert wrongs(cast) == {"hunter_search": 1}


def test_of_two_who_told_it_both_pay_back(lead: Lead, cast: Cast) -> None:
    each = told(lead, "hunter_search", "apollo_people")
    lookup(lead.organisation, "hunter_search", [EMAIL])
    of_apollo = BY_SLUG["apollo_people"]
    dossier = plan_subject(lead)
    lookup(lead.organisation, "apollo_people", [EMAIL], about=of_apollo.about(dossier), credits=1)

    # Never more than it took.
    assert wrong.mark(each, by=cast.ben).refunded == 3

    assert wrongs(cast) == {"hunter_search": 1, "apollo_people": 1}


def plan_subject(lead: Lead) -> Any:
    (dossier,) = wrong.gathering.gather(lead.tenant, [lead.organisation_id])
    return dossier.subject()


def test_who_denied_it_and_who_takes_nothing_are_not_to_blame(lead: Lead, cast: Cast) -> None:
    each = told(lead, "website", proof("hunter_verifier", "checked", is_denied=True))
    lookup(lead.organisation, "website", [EMAIL], credits=0)
    denial = EMAIL | {"is_denied": True}
    lookup(lead.organisation, "hunter_verifier", [denial], about=ADDRESS)

    assert wrong.mark(each, by=cast.ben).refunded == 0

    assert wrongs(cast) == {}


def test_what_was_told_of_another_organisation_is_not_paid_back(lead: Lead, cast: Cast) -> None:
    """A provider told the same number of both, of the first one long ago."""
    other: Organisation = OrganisationFactory(tenant=cast.tenant, domain="other.example")
    long_ago = (timezone.now() - timedelta(days=90)).date().isoformat()
    old = proof("hunter_company", seen_on=long_ago)
    each = fact(lead.organisation, "phone", NUMBER, old, status="applied")
    row = {"field": "phone", "value": NUMBER, "way": "provider"}
    lookup(other, "hunter_company", [row])

    assert wrong.mark(each, by=cast.ben).refunded == 0
    assert not CreditEntry.of(cast.tenant).exists()


def test_a_wrong_number_of_the_organisation_is_emptied_and_leads_to_it_no_more(
    lead: Lead, cast: Cast
) -> None:
    IdentityKey.of(cast.tenant).create(
        tenant=cast.tenant, organisation=lead.organisation, kind="phone", value=NUMBER
    )
    each = fact(lead.organisation, "phone", NUMBER, "hunter_company", status="applied")

    wrong.mark(each, by=cast.ben)

    assert Organisation.of(cast.tenant).get().phone == ""
    assert not IdentityKey.of(cast.tenant).filter(kind="phone").exists()
    said = TimelineEntry.of(cast.tenant).filter(lead=lead).latest("pk").text
    assert said == "Phone 01326 312345 is wrong."


def test_what_somebody_has_typed_since_stays(lead: Lead, cast: Cast) -> None:
    each = told(lead)
    Contact.of(cast.tenant).update(email="right@quay.example")

    wrong.mark(each, by=cast.ben)

    assert Contact.of(cast.tenant).get().email == "right@quay.example"


def test_mail_that_came_back_marks_the_address_wherever_it_was_told(
    lead: Lead, cast: Cast
) -> None:
    told(lead)
    lookup(lead.organisation, "hunter_search", [EMAIL])
    assert wrong.returned(cast.other, ADDRESS).refunded == 0

    assert wrong.returned(cast.tenant, f" {ADDRESS.upper()} ").refunded == 2

    assert Fact.of(cast.tenant).get().status == "dismissed"
    assert TimelineEntry.of(cast.tenant).filter(text__startswith="Mail to").count() == 1
    assert wrong.returned(cast.tenant, ADDRESS).refunded == 0
    assert Lookup.of(cast.tenant).get().kept["refunded"][0]["credits"] == 2


def test_an_address_that_nobody_has_told_is_known_to_be_wrong(db: None, cast: Cast) -> None:
    wrong.returned(cast.tenant, "nobody@quay.example")

    assert EmailCheck.of(cast.tenant).get().address == "nobody@quay.example"


def test_only_addresses_and_numbers_that_are_there_can_be_marked(lead: Lead, cast: Cast) -> None:
    site = fact(lead.organisation, "website", "https://quay.example")
    with pytest.raises(CannotMark, match="Only an e-mail address or a phone number"):
        wrong.mark(site, by=cast.ben)
    gone = told(lead)
    Fact.of(cast.tenant).filter(pk=gone.pk).delete()
    with pytest.raises(CannotMark, match="deleted or merged it meanwhile"):
        wrong.mark(gone, by=cast.ben)
