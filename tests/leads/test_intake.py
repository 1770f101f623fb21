"""Admission: a stranger becomes a lead, a known organisation is met again, never doubled."""

import pytest

from crm.ledger.models import AuditEntry
from crm.pipeline.models import Kind
from leads.intake import intake
from leads.models import Lead, Listing, Organisation, Origin, StageMove, TimelineEntry
from leads.moving import board
from tests.factories.leads import CandidateFactory, OrganisationFactory, OriginRefFactory
from tests.factories.registers import RegisterEntryFactory
from tests.leads.conftest import Admit
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_a_new_organisation_stands_in_discovery_scored_and_written_down(
    cast: Cast, admit: Admit
) -> None:
    outcome = admit(name="Harbour Dental", phone="01326 318 000")
    assert outcome.verdict == intake.CREATED
    lead = Lead.of(cast.tenant).get()
    assert lead.stage == cast.stage(Kind.DISCOVERY)
    # Company 10, phone 10, industry known 5, healthcare 20, register as “other” source 5.
    assert (lead.score, lead.tier) == (50, "warm")
    assert lead.organisation.phone == "+441326318000"
    assert StageMove.of(cast.tenant).get().to_stage == lead.stage
    assert StageMove.of(cast.tenant).get().from_stage is None
    assert TimelineEntry.of(cast.tenant).get().text == (
        "Found by Healthcare within 15 miles of TR11 3HH."
    )
    assert Origin.of(cast.tenant).get().lead == lead
    entry = AuditEntry.objects.get(tenant_id=cast.tenant.pk)
    assert (entry.actor, entry.verb, entry.target) == ("Ben", "admitted", "Harbour Dental")


def test_another_company_knows_nothing_of_it(cast: Cast, admit: Admit) -> None:
    admit(name="Harbour Dental", company_number="01234567")
    theirs = intake.admit(
        CandidateFactory(name="Harbour Dental", company_number="01234567"),
        into=intake.entrance(cast.other),
        origin=OriginRefFactory(),
        by=cast.charlie,
    )
    assert theirs.verdict == intake.CREATED
    assert Organisation.of(cast.other).get().group is None
    assert Lead.of(cast.tenant).count() == Lead.of(cast.other).count() == 1


@pytest.mark.parametrize(
    ("first", "again", "because"),
    [
        (
            {"name": "Harbour Dental Ltd"},
            {"name": "THE HARBOUR DENTAL"},
            "It has the same name and postcode.",
        ),
        (
            {"postcode": "TR11 3HH"},
            {"postcode": "tr113hh"},
            "It has the same name and postcode.",
        ),
        (
            {"name": "Harbour Dental", "company_number": "01234567"},
            {"name": "Quay Smiles", "company_number": "01234567"},
            "It has the same company number and postcode.",
        ),
        (
            {"name": "Harbour Dental", "company_number": "01234567"},
            {"name": "Quay Smiles", "company_number": "1234567"},
            "It has the same company number and postcode.",
        ),
        (
            {"company_number": "SC123456", "phone": "01326 318000"},
            {
                "name": "Quay Smiles",
                "company_number": "sc123456",
                "phone": "+44 1326 318000",
                "postcode": "",
            },
            "It has the same company number and phone.",
        ),
        (
            {"phone": "01326 318000"},
            {"phone": "(01326) 318-000", "postcode": ""},
            "It has the same name and phone.",
        ),
    ],
)
def test_the_same_site_is_met_again(
    cast: Cast,
    admit: Admit,
    first: dict[str, str],
    again: dict[str, str],
    because: str,
) -> None:
    created = admit(**first)
    outcome = admit(**again)
    assert outcome.verdict == intake.DUPLICATE
    assert (outcome.reason, outcome.detail) == ("Already a lead in Discovery", because)
    assert outcome.lead == created.lead
    assert Organisation.of(cast.tenant).count() == 1


def test_the_same_register_entry_is_met_again_whatever_its_name_now(
    cast: Cast, admit: Admit
) -> None:
    entry = RegisterEntryFactory(name="Harbour Dental")
    admit(name="Harbour Dental", entry=entry)
    outcome = admit(name="Quay Smiles", postcode="TR1 2HW", entry=entry)
    assert (outcome.verdict, outcome.detail) == (
        intake.DUPLICATE,
        "It has the same register entry.",
    )
    assert Listing.of(cast.tenant).get().entry == entry


def test_two_entries_of_one_site_are_one_organisation_with_two_listings(
    cast: Cast, admit: Admit
) -> None:
    first = RegisterEntryFactory(name="Harbour Dental")
    second = RegisterEntryFactory(name="Harbour Dental", register__slug="surgeries")
    admit(name="Harbour Dental", entry=first)
    admit(name="Harbour Dental", entry=second)
    assert Listing.of(cast.tenant).count() == 2
    assert Organisation.of(cast.tenant).count() == 1


def test_a_trade_of_a_register_of_one_s_own_may_be_long(cast: Cast, admit: Admit) -> None:
    admit(trade="t" * 50)
    assert Organisation.of(cast.tenant).get().trade == "t" * 50


@pytest.mark.parametrize("number", ["", "01234567"])
def test_a_chain_is_never_merged(cast: Cast, admit: Admit, number: str) -> None:
    for postcode in ("TR11 3HH", "TR1 2HW", "PL1 1AA"):
        outcome = admit(name="Boots", postcode=postcode, company_number=number)
        assert outcome.verdict == intake.CREATED
    sites = Organisation.of(cast.tenant)
    assert sites.count() == 3
    # The same number makes them sites of one group; the same name alone says nothing.
    assert len({site.group for site in sites}) == 1
    assert (sites[0].group is not None) == bool(number)


def test_the_same_domain_elsewhere_is_another_site_of_the_group(cast: Cast, admit: Admit) -> None:
    admit(name="Harbour Dental", website="https://www.harbour-dental.co.uk/falmouth")
    outcome = admit(
        name="Harbour Dental Truro", postcode="TR1 2HW", email="desk@harbour-dental.co.uk"
    )
    assert outcome.verdict == intake.CREATED
    falmouth, truro = Organisation.of(cast.tenant).order_by("id")
    assert falmouth.group == truro.group
    assert falmouth.group is not None
    assert falmouth.group.name == "Harbour Dental"


@pytest.mark.parametrize(
    "address",
    [
        "desk@gmail.com",
        "desk@GMail.COM",
        "desk@btinternet.com",
        "https://www.facebook.com/quaysmiles",
        "HTTPS://WWW.FACEBOOK.COM/quaysmiles",
        "https://quaysmiles.wordpress.com",
        "https://www.bark.com/en/gb/company/quaysmiles",
        "https://quaysmiles.jimdofree.com",
    ],
)
def test_a_host_that_many_share_links_nobody(cast: Cast, admit: Admit, address: str) -> None:
    field = "email" if "@" in address else "website"
    for name in ("Harbour Dental", "Quay Smiles"):
        admit(name=name, **{field: address.replace("quaysmiles", name.lower().replace(" ", ""))})
    assert [each.domain for each in Organisation.of(cast.tenant)] == ["", ""]
    assert not Organisation.of(cast.tenant).exclude(group=None).exists()


def test_generic_names_are_told_apart_by_their_door(
    cast: Cast, admit: Admit, generic_names: None
) -> None:
    for door in ("386 East Park Road", "440 East Park Road"):
        outcome = admit(name="Dental Surgery", postcode="LE5 5HH", address=f"{door}, Leicester")
        assert outcome.verdict == intake.CREATED
    assert outcome.lead is not None
    assert outcome.lead.title == "Dental Surgery, 440 East Park Road"
    again = admit(name="The Dental Surgery", postcode="LE5 5HH", address="440, East Park Road")
    assert Organisation.of(cast.tenant).count() == 2 + (again.verdict == intake.CREATED)


def test_a_generic_name_never_matches_by_name_and_phone(
    cast: Cast, admit: Admit, generic_names: None
) -> None:
    for postcode in ("LE5 5HH", "LE1 1AA"):
        outcome = admit(name="Dental Surgery", postcode=postcode, phone="0116 273 6333")
        assert outcome.verdict == intake.CREATED
    assert Organisation.of(cast.tenant).count() == 2


def test_an_existing_customer_gets_no_new_lead(cast: Cast, admit: Admit) -> None:
    lead = admit().lead
    assert lead is not None
    board.move(lead, to=cast.stage(Kind.CUSTOMER), by=cast.ben)
    outcome = admit()
    assert (outcome.verdict, outcome.reason) == (intake.DUPLICATE, "Existing customer")
    assert outcome.detail.startswith("Customer since ")
    assert Lead.of(cast.tenant).count() == 1


def test_a_lost_lead_is_said_to_be_lost(cast: Cast, admit: Admit) -> None:
    lead = admit().lead
    assert lead is not None
    board.move(lead, to=cast.stage(Kind.LOST), by=cast.ben)
    outcome = admit()
    assert (outcome.verdict, outcome.reason) == (intake.DUPLICATE, "Lost before")
    assert outcome.detail.startswith("Lost on ")
    assert Lead.of(cast.tenant).count() == 1


def test_an_organisation_that_nobody_pursues_becomes_a_lead(cast: Cast, admit: Admit) -> None:
    admit()
    Lead.of(cast.tenant).all().delete()
    outcome = admit()
    assert outcome.verdict == intake.CREATED
    assert outcome.detail == "Known, but not pursued so far."
    assert Organisation.of(cast.tenant).count() == Lead.of(cast.tenant).count() == 1


def test_whoever_is_met_again_gains_what_was_missing_and_keeps_what_was_there(
    cast: Cast, admit: Admit
) -> None:
    admit(phone="01326 318000")
    admit(phone="020 7946 0000", company_number="01234567", employees=40)
    organisation = Organisation.of(cast.tenant).get()
    assert organisation.phone == "+441326318000"
    assert organisation.company_number == "01234567"
    assert organisation.employees == 40


def test_a_second_source_is_remembered_as_an_origin_once(cast: Cast, admit: Admit) -> None:
    admit()
    other = OriginRefFactory(label="Dentists of Cornwall")
    for _ in range(2):
        intake.admit(
            CandidateFactory(), into=intake.entrance(cast.tenant), origin=other, by=cast.ben
        )
    labels = Origin.of(cast.tenant).order_by("id").values_list("label", flat=True)
    assert list(labels) == ["Healthcare within 15 miles of TR11 3HH", "Dentists of Cornwall"]


@pytest.mark.parametrize(
    ("fields", "badge"),
    [
        ({}, "Unproven"),
        ({"listed": True, "is_fresh": True}, "Verified"),
        ({"listed": True, "is_fresh": False}, "Listed in 2016"),
    ],
)
def test_only_a_fresh_register_verifies(
    cast: Cast, admit: Admit, fields: dict[str, bool], badge: str
) -> None:
    entry = RegisterEntryFactory() if fields.pop("listed", False) else None
    admit(entry=entry, proof_date=entry.register.as_of if entry else None, **fields)
    assert Organisation.of(cast.tenant).get().proof_label == badge


def test_an_organisation_without_an_address_has_its_name_as_title(cast: Cast) -> None:
    organisation = OrganisationFactory(
        tenant=cast.tenant, name="Dental Surgery", has_generic_name=True, address=""
    )
    assert organisation.title == "Dental Surgery"
