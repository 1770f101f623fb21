"""What people decide about facts: taken, dismissed, taken back; and what happens meanwhile."""

import pytest

from crm.ledger.models import AuditEntry
from leads.contacts import contacts
from leads.enriching import deciding
from leads.enriching.deciding import CannotDecide
from leads.facts import editing
from leads.facts.facts import FACTS
from leads.models import (
    Contact,
    Fact,
    IdentityKey,
    Lead,
    Organisation,
    Proposal,
    Quality,
    TimelineEntry,
    Unwanted,
)
from tests.enriching.rows import fact
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db
OURS, THEIRS = "+441162551234", "+441162559999"


@pytest.fixture
def lead(cast: Cast) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, phone=OURS, employees=10)
    made: Lead = LeadFactory(organisation=organisation, owner=cast.ben)
    return made


def again(row: Fact) -> Fact:
    return Fact.across_tenants.get(pk=row.pk)


def here(lead: Lead) -> Organisation:
    return Organisation.across_tenants.get(pk=lead.organisation_id)


def test_what_is_accepted_stands_in_the_record_with_its_trail(cast: Cast, lead: Lead) -> None:
    used = fact(lead.organisation, "employees", 10, status="applied")
    offered = fact(lead.organisation, "employees", 24, "companies_house")

    assert deciding.accept(offered, cast.ben)

    assert here(lead).employees == 24
    assert (again(used).status, again(offered).status) == ("superseded", "applied")
    assert again(offered).decided_by == cast.ben
    assert again(offered).decided_at is not None
    told = AuditEntry.objects.filter(target_id=str(offered.pk)).get()
    assert (told.verb, told.actor) == ("accepted", str(cast.ben))
    assert "Size: 24" in TimelineEntry.of(cast.tenant).filter(lead=lead).get().text
    assert Quality.of(cast.tenant).filter(organisation=lead.organisation).exists()
    # Once more changes nothing.
    assert not deciding.accept(offered, cast.ada)
    assert again(offered).decided_by == cast.ben


def test_another_number_of_several_leaves_the_first_as_an_alternative(
    cast: Cast, lead: Lead
) -> None:
    first = fact(lead.organisation, "phone", OURS, status="applied")
    second = fact(lead.organisation, "phone", THEIRS, status="applied")
    IdentityKey.of(cast.tenant).create(
        tenant=cast.tenant, organisation=lead.organisation, kind="phone", value=OURS
    )

    deciding.accept(second, cast.ben)
    assert here(lead).phone == THEIRS
    assert (again(first).status, again(second).status) == ("applied", "applied")
    keys = IdentityKey.of(cast.tenant).filter(organisation=lead.organisation, kind="phone")
    assert [key.value for key in keys] == [THEIRS]

    deciding.accept(first, cast.ben)
    assert here(lead).phone == OURS


def test_a_company_number_is_taken_and_one_that_others_have_is_suspected(
    cast: Cast, lead: Lead
) -> None:
    other = OrganisationFactory(
        tenant=cast.tenant, name=lead.organisation.name, company_number="01234567", postcode="",
    )  # fmt: skip
    LeadFactory(organisation=other)
    IdentityKey.of(cast.tenant).create(
        tenant=cast.tenant, organisation=other, kind="company_number", value="01234567"
    )
    deciding.accept(fact(lead.organisation, "company_number", "01234567"), cast.ben)
    assert here(lead).company_number == "01234567"
    assert Proposal.of(cast.tenant).count() == 1


def test_what_is_dismissed_is_not_in_use_and_can_be_taken_back(cast: Cast, lead: Lead) -> None:
    offered = fact(lead.organisation, "employees", 24)
    assert deciding.dismiss(offered, cast.ben)
    assert not deciding.dismiss(offered, cast.ben)
    assert (again(offered).status, here(lead).employees) == ("dismissed", 10)
    with pytest.raises(CannotDecide, match="You dismissed it"):
        deciding.accept(offered, cast.ben)
    with pytest.raises(CannotDecide, match=f"{cast.ben} dismissed it"):
        deciding.accept(offered, cast.ada)

    assert deciding.take_back(offered, cast.ada)
    assert not deciding.take_back(offered, cast.ada)
    assert (again(offered).status, again(offered).decided_by) == ("proposed", None)
    assert deciding.accept(offered, cast.ada)


def test_what_is_in_use_is_not_dismissed(cast: Cast, lead: Lead) -> None:
    offered = fact(lead.organisation, "employees", 24)
    deciding.accept(offered, cast.ada)
    with pytest.raises(CannotDecide, match="Ada accepted it, and it is in use"):
        deciding.dismiss(offered, cast.ben)


def test_a_value_without_a_column_replaces_the_one_in_use(cast: Cast, lead: Lead) -> None:
    used = fact(lead.organisation, "turnover", 100_000, status="applied")
    offered = fact(lead.organisation, "turnover", 250_000)
    assert deciding.accept(offered, cast.ben)
    assert (again(used).status, again(offered).status) == ("superseded", "applied")
    assert again(offered).decided_by == cast.ben


def test_a_guess_becomes_the_e_mail_of_a_person(cast: Cast, lead: Lead) -> None:
    jenna = ContactFactory(organisation=lead.organisation, email="")
    guess = fact(jenna, "email", "jenna@harbour.co.uk", "patterns", way="guess")
    assert deciding.accept(guess, cast.ben)
    jenna.refresh_from_db()
    assert jenna.email == "jenna@harbour.co.uk"
    assert again(guess).status == "applied"


def test_what_no_column_can_hold_is_refused_in_words(cast: Cast, lead: Lead) -> None:
    jenna = ContactFactory(organisation=lead.organisation)
    wrong = fact(jenna, "email", "no address at all")
    with pytest.raises(CannotDecide, match="no address"):
        deciding.accept(wrong, cast.ben)
    assert again(wrong).status == "proposed"


def test_many_are_decided_at_once_and_what_cannot_be_is_said(cast: Cast, lead: Lead) -> None:
    jenna = ContactFactory(organisation=lead.organisation)
    rows = [
        fact(lead.organisation, "employees", 24),
        fact(lead.organisation, "website", "https://harbour.co.uk"),
        fact(lead.organisation, "turnover", 9, status="dismissed", decided_by=cast.ada),
        fact(jenna, "job_title", "Owner"),
    ]
    gone = fact(jenna, "phone", THEIRS)
    Fact.of(cast.tenant).filter(pk=gone.pk).delete()

    done = deciding.accept_all([*rows, gone], cast.ben)

    assert done.many == 3
    assert done.left == ["Ada dismissed it. Take that back first.", deciding.GONE]
    jenna.refresh_from_db()
    assert (here(lead).employees, here(lead).domain, jenna.job_title) == (
        24, "harbour.co.uk", "Owner",
    )  # fmt: skip
    assert deciding.accept_all(rows[:2], cast.ben).many == 0
    assert deciding.dismiss_all([fact(jenna, "linkedin", "https://x.example")], cast.ben).many == 1


def test_whoever_writes_by_hand_replaces_what_a_source_told(cast: Cast, lead: Lead) -> None:
    jenna = ContactFactory(organisation=lead.organisation, email="j@harbour.co.uk")
    size = fact(lead.organisation, "employees", 10, status="applied")
    phone = fact(lead.organisation, "phone", OURS, status="applied")
    mail = fact(jenna, "email", "j@harbour.co.uk", status="applied")
    offered = fact(lead.organisation, "employees", 30)

    editing.edit(lead, FACTS["employees"], 30, seen="10", by=cast.ben)
    editing.edit(lead, FACTS["phone"], "+441162550000", seen="0116 255 1234", by=cast.ben)
    seen = contacts.facts(jenna)
    contacts.edit(lead, jenna, seen | {"email": "jp@harbour.co.uk"}, seen=seen, by=cast.ben)

    assert {again(each).status for each in (size, phone, mail)} == {"superseded"}
    # They have typed what was proposed.
    assert (again(offered).status, again(offered).decided_by) == ("applied", cast.ben)


def test_somebody_found_and_removed_is_unwanted_until_put_back(cast: Cast, lead: Lead) -> None:
    found = ContactFactory(organisation=lead.organisation, name="Dr Jenna Pascoe", email="j@a.uk")
    fact(found, "email", "jenna@harbour.co.uk", status="applied")
    typed = ContactFactory(organisation=lead.organisation, name="Tom Typed", email="")

    given = contacts.remove(lead, found, by=cast.ben)
    contacts.remove(lead, typed, by=cast.ben)
    # By her name and by both addresses; whom a person wrote down may be found.
    assert Unwanted.of(cast.tenant).count() == 3

    contacts.add(lead, given, by=cast.ben)
    assert Unwanted.of(cast.tenant).count() == 1
    assert Contact.of(cast.tenant).filter(organisation=lead.organisation).count() == 1
