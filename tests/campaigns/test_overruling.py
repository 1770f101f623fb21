"""A person's word against a verdict: taken all the same, and every count as it was."""

import pytest

from campaigns import cases, overruling
from campaigns.models import Finding, Run
from crm.ledger.models import AuditEntry
from crm.pipeline.models import Kind
from leads.intake import intake
from leads.intake.grounds import Ground
from leads.models import Lead, Listing, Organisation, Origin, Proof, TimelineEntry
from leads.moving import board
from tests.campaigns.meeting import (
    entries_of_boots,
    listed,
    met,
    overrule,
    refused,
    run_of,
    some_candidate,
    stands_in,
)
from tests.factories.campaigns import SourceRunFactory
from tests.factories.registers import RegisterEntryFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(cast: Cast) -> Run:
    return run_of(cast)


def told(lead: Lead | None) -> list[str]:
    rows = TimelineEntry.across_tenants.filter(lead=lead).order_by("-id")
    return list(rows.values_list("text", flat=True))


@pytest.mark.parametrize("ground", [Ground.EDGE, Ground.SMALL, Ground.UNKNOWN_SIZE])
def test_what_was_left_out_becomes_a_lead_all_the_same(
    cast: Cast, run: Run, ground: Ground
) -> None:
    finding = refused(run, ground)
    taken = overrule(finding, by=cast.ben)
    assert stands_in(taken.lead) == Kind.DISCOVERY
    assert (taken.verdict, taken.ground) == (Finding.Verdict.REJECTED, ground)
    assert taken.overruled_by == cast.ben
    assert taken.lead is not None
    assert taken.lead.score > 0
    assert Origin.of(cast.tenant).get(lead=taken.lead).ref == run.campaign_id
    assert Listing.of(cast.tenant).get().organisation == taken.organisation
    assert told(taken.lead)[0].startswith("Taken by Ben although it")
    assert finding.detail in told(taken.lead)[0]
    entry = AuditEntry.objects.get(verb="overruled")
    assert (entry.actor, entry.target_id) == ("Ben", str(finding.pk))


def test_the_counts_and_the_room_of_the_run_stay_what_they_were(cast: Cast, run: Run) -> None:
    row = SourceRunFactory(run=run, found=3, created=1, duplicates=1, rejected=1)
    overrule(refused(run, Ground.EDGE), by=cast.ben)
    row.refresh_from_db()
    assert (row.found, row.created, row.duplicates, row.rejected) == (3, 1, 1, 1)


def test_a_closed_one_is_taken_with_the_proof_that_it_closed(cast: Cast, run: Run) -> None:
    finding = refused(run, Ground.CLOSED, listed(status="closed"))
    taken = overrule(finding, by=cast.ben)
    assert taken.organisation is not None
    assert taken.organisation.proof == Proof.CLOSED
    assert "although it has closed" in told(taken.lead)[0]


def test_what_has_become_known_meanwhile_is_linked_instead(cast: Cast, run: Run) -> None:
    for candidate in (some_candidate(), listed()):
        finding = refused(run, Ground.EDGE, candidate)
        known = met(run_of(cast), candidate)
        with pytest.raises(overruling.CannotOverrule, match="a lead already, in Discovery"):
            overrule(finding, by=cast.ben)
        finding.refresh_from_db()
        assert finding.overruled_at is None
        (case,) = cases.read([finding], tenant=cast.tenant)
        assert case.known == known.lead
    assert Lead.of(cast.tenant).count() == 2


def test_what_is_not_usable_stays_out(cast: Cast, run: Run) -> None:
    finding = refused(run, Ground.UNUSABLE, some_candidate(name="  "))
    with pytest.raises(overruling.CannotOverrule, match="nothing to make a lead of"):
        overrule(finding, by=cast.ben)
    assert not Lead.of(cast.tenant).exists()


def test_an_old_finding_is_read_from_its_register_again(cast: Cast, run: Run) -> None:
    entry = RegisterEntryFactory(name="Quay Smiles", phone="01326 318000")
    finding = refused(run, Ground.EDGE, listed(entry))
    Finding.of(cast.tenant).update(candidate=None, proof="", proof_date=None)
    taken = overrule(finding, by=cast.ben)
    assert taken.organisation is not None
    assert (taken.organisation.name, taken.organisation.phone) == ("Quay Smiles", "+441326318000")
    assert taken.organisation.listings.get().entry == entry


@pytest.mark.parametrize("source", ["register", "places"])
def test_of_what_nothing_is_kept_no_lead_is_made(cast: Cast, run: Run, source: str) -> None:
    finding = refused(run, Ground.EDGE)
    Finding.of(cast.tenant).update(candidate=None, key="dentists:GONE", source=source)
    with pytest.raises(overruling.CannotOverrule, match="no longer kept"):
        overrule(finding, by=cast.ben)


def test_a_second_click_changes_nothing(cast: Cast, run: Run) -> None:
    finding = refused(run, Ground.EDGE)
    once = overrule(finding, by=cast.ben)
    twice = overrule(finding, by=cast.ben)
    assert (once.lead, once.overruled_at) == (twice.lead, twice.overruled_at)
    assert Lead.of(cast.tenant).count() == 1
    with pytest.raises(overruling.CannotOverrule, match="Ben took it already"):
        overrule(finding, by=cast.ada)


def test_a_new_lead_is_nothing_to_overrule(cast: Cast, run: Run) -> None:
    finding = met(run, listed())
    with pytest.raises(overruling.CannotOverrule, match="it is a lead"):
        overrule(finding, by=cast.ben)


@pytest.mark.parametrize(
    ("stage", "ground", "said"),
    [
        (Kind.CUSTOMER, Ground.CUSTOMER, "although it is a customer: Customer since "),
        (Kind.LOST, Ground.LOST, "although it was lost before: Lost on "),
    ],
)
def test_a_customer_or_a_lost_one_is_pursued_again(
    cast: Cast, run: Run, stage: Kind, ground: Ground, said: str
) -> None:
    entry = RegisterEntryFactory()
    first = met(run, listed(entry)).lead
    assert first is not None
    board.move(first, to=cast.stage(stage), by=cast.ben)
    again = run_of(cast, campaign=run.campaign)
    finding = met(again, listed(entry))
    assert (finding.ground, finding.lead) == (ground, first)
    taken = overrule(finding, by=cast.ben)
    assert stands_in(taken.lead) == Kind.DISCOVERY
    assert stands_in(first) == stage
    assert taken.lead is not None
    assert taken.lead.organisation == first.organisation
    assert said in told(taken.lead)[0]
    # Whoever meets it now is told of the pursuit that is under way.
    later = met(run_of(cast), listed(entry))
    assert later.lead == taken.lead
    assert (later.ground == Ground.KNOWN) == (stage == Kind.LOST)
    with pytest.raises(overruling.CannotOverrule, match=r"pursued already|the very same"):
        overrule(later, by=cast.ben)


def test_who_is_pursued_by_an_older_card_is_not_pursued_twice(cast: Cast, run: Run) -> None:
    """Lost, pursued again and lost again; then the first card is taken up once more."""
    entry = RegisterEntryFactory()
    first = met(run, listed(entry)).lead
    assert first is not None
    first = board.move(first, to=cast.stage(Kind.LOST), by=cast.ben)
    finding = met(run_of(cast), listed(entry))
    second = overrule(finding, by=cast.ben).lead
    assert second is not None
    board.move(second, to=cast.stage(Kind.LOST), by=cast.ben)
    lost_again = met(run_of(cast), listed(entry))
    board.move(first, to=cast.stage(Kind.LEAD), by=cast.ben)
    with pytest.raises(overruling.CannotOverrule, match="it is pursued already"):
        overrule(lost_again, by=cast.ben)
    assert met(run_of(cast), listed(entry)).lead == first


def test_two_that_are_different_are_told_apart(cast: Cast, run: Run) -> None:
    boots, other = entries_of_boots(2)
    first = met(run, listed(boots))
    finding = met(run, listed(other))
    assert (finding.ground, finding.detail) == (
        Ground.KNOWN,
        "It has the same name and postcode.",
    )
    taken = overrule(finding, by=cast.ben)
    assert taken.lead not in (None, first.lead)
    assert (taken.verdict, taken.organisation) == ("duplicate", first.organisation)
    assert told(taken.lead)[0] == (
        "Taken by Ben although it resembles Boots: It has the same name and postcode."
    )
    assert Organisation.of(cast.tenant).count() == 2
    # Each keeps its own register entry, and is found by it.
    for entry, lead in ((boots, first.lead), (other, taken.lead)):
        assert lead is not None
        assert Listing.of(cast.tenant).get(entry=entry).organisation_id == lead.organisation_id
        again = met(run_of(cast), listed(entry))
        assert (again.lead, again.detail) == (lead, "It has the same register entry.")
    # Who bears the name there is still the first.
    by_name = met(run_of(cast), some_candidate(name="Boots", postcode="LE1 1AA"))
    assert by_name.lead == first.lead


def test_the_same_phone_may_ring_in_two_places(cast: Cast, run: Run) -> None:
    phone = {"name": "Harbour Dental", "phone": "01326 318000"}
    first = met(run, some_candidate(postcode="TR11 3HH", **phone))
    finding = met(run, some_candidate(postcode="", **phone))
    assert finding.detail == "It has the same name and phone."
    taken = overrule(finding, by=cast.ben)
    assert taken.lead != first.lead
    later = met(run_of(cast), some_candidate(postcode="", **phone))
    assert later.lead == first.lead


def test_the_very_same_register_entry_is_one_organisation(cast: Cast, run: Run) -> None:
    entry = RegisterEntryFactory()
    met(run, listed(entry))
    finding = met(run_of(cast, campaign=run.campaign), listed(entry))
    with pytest.raises(overruling.CannotOverrule, match="the very same register entry"):
        overrule(finding, by=cast.ben)
    assert Lead.of(cast.tenant).count() == 1


def test_one_that_was_merged_in_an_earlier_run_can_still_be_told_apart(
    cast: Cast, run: Run
) -> None:
    boots, other = entries_of_boots(2)
    for entry in (boots, other):
        met(run, listed(entry))
    again = run_of(cast, campaign=run.campaign)
    same, merged = met(again, listed(boots)), met(again, listed(other))
    assert same.detail == merged.detail == "It has the same register entry."
    answers = overruling.overrule_all([same, merged], campaign=run.campaign, by=cast.ben)
    refusals = {answer.finding: answer.refusal for answer in answers}
    assert refusals == {same: "it is the very same register entry", merged: ""}
    assert Organisation.of(cast.tenant).count() == 2


def test_what_was_told_apart_in_one_run_is_apart_in_the_others(cast: Cast, run: Run) -> None:
    boots, other = entries_of_boots(2)
    met(run, listed(boots))
    first = met(run, listed(other))
    again = met(run_of(cast, campaign=run.campaign), listed(other))
    overrule(first, by=cast.ben)
    with pytest.raises(overruling.CannotOverrule, match="told apart already"):
        overrule(again, by=cast.ben)
    assert Lead.of(cast.tenant).count() == 2


def test_three_of_one_name_are_told_apart_in_one_go(cast: Cast, run: Run) -> None:
    entries = entries_of_boots(3)
    _, *duplicates = [met(run, listed(entry)) for entry in entries]
    answers = overruling.overrule_all(duplicates, campaign=run.campaign, by=cast.ben)
    assert [answer.refusal for answer in answers] == ["", ""]
    assert Organisation.of(cast.tenant).count() == Lead.of(cast.tenant).count() == 3


def test_two_sites_of_one_company_stay_one_group_when_told_apart(cast: Cast, run: Run) -> None:
    number = {"company_number": "01234567"}
    met(run, some_candidate(name="Harbour Dental", **number))
    finding = met(run, some_candidate(name="Quay Smiles", **number))
    overrule(finding, by=cast.ben)
    harbour, quay = Organisation.of(cast.tenant).order_by("id")
    assert harbour.group is not None
    assert harbour.group == quay.group


def test_what_was_taken_for_an_organisation_that_is_gone_is_simply_taken(
    cast: Cast, run: Run
) -> None:
    boots, other = entries_of_boots(2)
    met(run, listed(boots))
    finding = met(run, listed(other))
    Organisation.of(cast.tenant).all().delete()
    taken = overrule(finding, by=cast.ben)
    assert taken.lead is not None
    assert taken.organisation == taken.lead.organisation


def test_a_word_of_another_company_s_person_reaches_nothing(cast: Cast, run: Run) -> None:
    finding = refused(run, Ground.EDGE)
    theirs = run_of(cast).campaign
    theirs.tenant = cast.other
    assert overruling.overrule_all([finding], campaign=theirs, by=cast.charlie) == []
    assert not Lead.across_tenants.exists()


def test_the_size_that_was_asked_for_no_longer_counts(cast: Cast, run: Run) -> None:
    terms = intake.Terms(min_employees=10)
    finding = met(run, some_candidate(employees=3), terms)
    assert (finding.verdict, finding.ground) == ("rejected", Ground.SMALL)
    assert overrule(finding, by=cast.ben).lead is not None
