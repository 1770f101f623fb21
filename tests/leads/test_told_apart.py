"""Who is not merged by itself, whatever a rule says: it is a lead, and a person's to decide."""

import pytest

from campaigns.discovery.registers.places import Places
from crm.registers.models import RegisterEntry
from leads.identity import parting
from leads.intake import intake
from leads.intake.grounds import Ground
from leads.merging import merge
from leads.models import IdentityKey, Lead, Organisation, Proposal, TimelineEntry
from tests.factories.leads import CandidateFactory, OriginRefFactory
from tests.factories.registers import RegisterEntryFactory
from tests.leads.conftest import Admit
from tests.people import Cast

pytestmark = pytest.mark.django_db
PHONE = "01326 318000"
HERE, TRURO, PLYMOUTH = "TR11 3HH", "TR1 2HW", "PL1 1AA"


def entry_of(register: str = "dentists", **fields: str) -> RegisterEntry:
    """An entry of Harbour Dental at the quay."""
    made: RegisterEntry = RegisterEntryFactory(
        **{"name": "Harbour Dental", "postcode": HERE, "register__slug": register} | fields
    )
    return made


def is_a_doubt(outcome: intake.Outcome) -> bool:
    return (outcome.verdict, outcome.ground) == (intake.CREATED, Ground.MAYBE)


def test_two_codes_with_one_name_and_one_postcode_are_a_maybe(cast: Cast, admit: Admit) -> None:
    first, second = (entry_of() for _ in range(2))
    admit(name="Harbour Dental", phone=PHONE, entry=first)
    outcome = admit(name="Harbour Dental", phone=PHONE, entry=second)
    assert is_a_doubt(outcome)
    assert "a register lists each of them" in outcome.detail
    assert Proposal.of(cast.tenant).count() == 1
    assert admit(name="Harbour Dental", entry=second).lead == outcome.lead


def test_so_are_two_in_one_go(cast: Cast) -> None:
    into = intake.entrance(cast.tenant)
    twins = [CandidateFactory(name="Harbour Dental", entry=entry_of()) for _ in range(2)]
    outcomes = intake.admit_all(twins, into=into, origin=OriginRefFactory(), by=cast.ben)
    assert [is_a_doubt(each) for each in outcomes] == [False, True]


def test_so_are_two_companies_at_one_door(cast: Cast, admit: Admit) -> None:
    admit(name="Harbour Dental", company_number="01234567")
    outcome = admit(name="Harbour Dental", company_number="07654321")
    assert is_a_doubt(outcome)
    assert "two companies by their company numbers" in outcome.detail
    assert admit(name="Harbour Dental", company_number="7654321").lead == outcome.lead


def test_whom_a_person_merged_stays_merged(cast: Cast, admit: Admit) -> None:
    twins = [
        {"name": "Harbour Dental", "entry": entry_of(), "company_number": number}
        for number in ("01234567", "07654321")
    ]
    first, second = (admit(**each).organisation for each in twins)
    assert first is not None
    assert second is not None
    merge.merge(first, second, chosen={}, by=cast.ada)
    unlisted = {"name": "Harbour Dental", "company_number": "07654321"}
    for each in (*twins, unlisted):
        outcome = admit(**each)
        assert (outcome.verdict, outcome.organisation) == (intake.DUPLICATE, first)


def test_a_third_is_met_by_what_tells_the_two_apart(cast: Cast, admit: Admit) -> None:
    first = admit(name="Harbour Dental", phone=PHONE, entry=entry_of())
    second = admit(name="Harbour Dental", phone="01326 211999", entry=entry_of())
    assert admit(name="Harbour Dental", phone="01326 211999").lead == second.lead
    # Nobody would know it again without a code: it is not a new one at each sighting.
    assert admit(name="Harbour Dental").lead == first.lead
    assert is_a_doubt(admit(name="Harbour Dental", entry=entry_of("surgeries")))


def test_sites_of_a_company_that_share_a_phone_are_linked(cast: Cast, admit: Admit) -> None:
    for postcode in (HERE, TRURO, PLYMOUTH):
        outcome = admit(name="Boots", postcode=postcode, phone=PHONE, company_number="01234567")
        assert (outcome.verdict, outcome.ground) == (intake.CREATED, Ground.NEW)
    groups = Organisation.of(cast.tenant).values_list("group", flat=True)
    assert len(groups) == 3
    assert len(set(groups)) == 1


def test_a_chain_with_one_phone_has_not_moved(cast: Cast, admit: Admit) -> None:
    for number in range(6):
        entry_of(name="Boots", postcode=f"LE{number} 1AA")
    admit(name="Boots", postcode=HERE, phone=PHONE)
    outcome = admit(name="Boots", postcode=TRURO, phone=PHONE)
    assert outcome.verdict == intake.CREATED
    assert admit(name="Boots", postcode="", phone=PHONE).verdict == intake.DUPLICATE


def test_who_was_told_apart_takes_its_name_along(cast: Cast, admit: Admit) -> None:
    number = {"company_number": "01234567"}
    harbour = admit(name="Harbour Dental", **number).organisation
    quay = CandidateFactory(name="Quay Smiles", **number)
    assert admit(name="Quay Smiles", **number).organisation == harbour
    assert harbour is not None
    parting.part([(quay, harbour.pk)], tenant=cast.tenant)
    sites = IdentityKey.of(cast.tenant).filter(kind="site").values_list("value", flat=True)
    assert list(sites) == [f"harbour dental|{HERE}"]
    parting.part([(CandidateFactory(name="Harbour Dental"), harbour.pk)], tenant=cast.tenant)
    assert sites.count() == 1


def test_a_timeline_says_what_else_it_was_met_as_and_why_once(cast: Cast) -> None:
    into, number = intake.entrance(cast.tenant), {"company_number": "01234567"}
    met = [
        CandidateFactory(name=name, **number)
        for name in ("Harbour Dental", "Quay Smiles", "The Quay", "Quay Smiles")
    ]
    for _ in range(2):
        intake.admit_all(met, into=into, origin=OriginRefFactory(), by=cast.ben)
    because = "It has the same company number and postcode."
    (told,) = TimelineEntry.of(cast.tenant).values_list("text", flat=True)
    assert told == (
        "Found by Healthcare within 15 miles of TR11 3HH. "
        f"Met as Quay Smiles, too. {because} Met as The Quay, too. {because}"
    )


def test_a_count_before_a_run_says_what_it_will_make(cast: Cast) -> None:
    surgeries, dentists = "surgeries", "dentists"
    entries = [
        entry_of(dentists),
        entry_of(surgeries),
        entry_of(dentists),
        entry_of(surgeries, company_number="01234567"),
        entry_of(surgeries, company_number="07654321"),
        entry_of(dentists, name="Quay Smiles"),
    ]
    met = [
        CandidateFactory(name=each.name, entry=each, company_number=each.company_number)
        for each in entries
    ]
    for fresh in (4, 2, 0):
        seen = Places(cast.tenant).see([each.pk for each in entries])
        assert len({each.place for each in seen if not each.is_known}) == fresh
        into, origin = intake.entrance(cast.tenant), OriginRefFactory()
        intake.admit_all(met[:3] if fresh == 4 else met, into=into, origin=origin, by=None)
    assert Lead.of(cast.tenant).count() == 4
