"""What came since a merge goes to the side where it belongs; what can't be undone says why."""

from typing import Any

import pytest

from leads.merging import arrived, unmerge
from leads.merging import merge as merging
from leads.merging.refused import UndoRefused
from leads.models import (
    Contact,
    IdentityKey,
    Lead,
    Listing,
    Merge,
    Organisation,
    Task,
    TimelineEntry,
)
from tests.factories.leads import (
    ContactFactory,
    LeadFactory,
    OrganisationFactory,
    TimelineEntryFactory,
)
from tests.factories.registers import RegisterEntryFactory, RegisterFactory
from tests.leads.conftest import Admit
from tests.people import Cast

pytestmark = pytest.mark.django_db


def place(cast: Cast, name: str, **fields: Any) -> Organisation:
    """An organisation with an open lead."""
    row: Organisation = OrganisationFactory(tenant=cast.tenant, name=name, **fields)
    LeadFactory(organisation=row, owner=cast.ben)
    return row


def join(cast: Cast, kept: Any, gone: Any) -> Merge:
    return merging.merge(kept, gone, chosen={}, by=cast.ben)


def lead_of(row: Organisation) -> Lead:
    return Lead.of(row.tenant).get(organisation=row)


def test_an_intake_meets_the_kept_one_by_the_keys_of_the_other(admit: Admit, cast: Cast) -> None:
    gone = admit(name="Alder Dental", phone="01326 000001").organisation
    kept = admit(name="Elder Dental", postcode="TR11 3AA").organisation
    assert gone
    assert kept
    join(cast, kept, gone)
    again = admit(name="Alder Dental", phone="01326 000001")
    assert again.verdict == "duplicate"
    assert again.organisation == kept


def test_what_was_found_since_goes_back_by_its_keys(admit: Admit, cast: Cast) -> None:
    gone = admit(name="Alder Dental", phone="01326 000001", website="https://alder.co.uk")
    kept = admit(name="Elder Dental", postcode="TR11 3AA")
    assert gone.organisation
    assert kept.organisation
    merge = join(cast, kept.organisation, gone.organisation)
    ours = ContactFactory(organisation=kept.organisation, email="jo@elder.co.uk")
    theirs = ContactFactory(organisation=kept.organisation, email="al@alder.co.uk")
    lead = lead_of(kept.organisation)
    TimelineEntryFactory(lead=lead, text="Wrote to them.")
    unmerge.undo(merge, by=cast.ben)
    assert Contact.of(cast.tenant).get(pk=theirs.pk).organisation == gone.organisation
    assert Contact.of(cast.tenant).get(pk=ours.pk).organisation == kept.organisation
    assert TimelineEntry.of(cast.tenant).get(text="Wrote to them.").lead == lead
    again = admit(name="Alder Dental", phone="01326 000001")
    assert again.organisation == gone.organisation
    held = IdentityKey.of(cast.tenant).get(kind="phone", value="+441326000001")
    assert held.organisation == gone.organisation


def test_an_entry_that_came_since_goes_back_by_all_that_an_intake_knows_it_by(
    admit: Admit, cast: Cast
) -> None:
    gone = admit(name="Alder Dental", company_number="01234567").organisation
    kept = admit(name="Elder Dental", postcode="TR11 3AA").organisation
    assert gone
    assert kept
    merge = join(cast, kept, gone)
    house = RegisterFactory(slug="companies_house", label="Companies House")
    entries = [
        RegisterEntryFactory(register=house, number="01234567", name="ALDER HOLDINGS"),
        RegisterEntryFactory(register=house, number="07654321", name="OAK HOLDINGS"),
    ]
    for entry in entries:
        Listing.of(cast.tenant).create(tenant=cast.tenant, organisation=kept, entry=entry)
    found = {each.row.entry: each.side for each in arrived.read(merge)}
    assert [found[entry] for entry in entries] == ["gone", "kept"]


def test_a_person_says_where_a_note_goes(cast: Cast) -> None:
    kept, gone = place(cast, "Alder"), place(cast, "Elder")
    theirs = lead_of(gone)
    merge = join(cast, kept, gone)
    note = TimelineEntryFactory(lead=lead_of(kept), text="They want it in spring.")
    asked = [each for each in arrived.read(merge) if each.row == note]
    assert [each.side for each in asked] == ["kept"]
    unmerge.undo(merge, by=cast.ben, chosen={asked[0].name: "gone"})
    note.refresh_from_db()
    assert note.lead == theirs


def test_what_a_person_changed_since_stays(cast: Cast) -> None:
    kept, gone = (
        place(cast, "Alder"),
        place(cast, "Elder", phone="+441326000001", website="https://elder.co.uk"),
    )
    merge = join(cast, kept, gone)
    kept.refresh_from_db()
    assert (kept.phone, kept.website) == ("+441326000001", "https://elder.co.uk")
    Organisation.of(cast.tenant).filter(pk=kept.pk).update(phone="+441326000009")
    unmerge.undo(merge, by=cast.ben)
    kept.refresh_from_db()
    assert (kept.phone, kept.website) == ("+441326000009", "")


def test_two_open_leads_become_one_with_what_both_had(cast: Cast) -> None:
    kept, gone = place(cast, "Alder"), place(cast, "Elder")
    TimelineEntryFactory(lead=lead_of(gone), text="Called them.")
    due = lead_of(gone).created_at
    Task.of(cast.tenant).create(tenant=cast.tenant, lead=lead_of(gone), text="Ring", due_at=due)
    Lead.of(cast.tenant).filter(organisation=gone).update(next_due=due, value_pence=5_000)
    join(cast, kept, gone)
    lead = lead_of(kept)
    told = set(TimelineEntry.of(cast.tenant).filter(lead=lead).values_list("text", flat=True))
    assert told == {"Called them.", "Merged with Elder."}
    assert (lead.value_pence, lead.next_due) == (5_000, due)
    assert Task.of(cast.tenant).get().lead == lead


def test_undone_twice_it_says_who_did_it(cast: Cast) -> None:
    merge = join(cast, place(cast, "Alder"), place(cast, "Elder"))
    unmerge.undo(merge, by=cast.ada)
    with pytest.raises(UndoRefused, match="Ada undid this merge already"):
        unmerge.undo(merge, by=cast.ben)


def test_what_was_merged_on_has_to_be_undone_first(cast: Cast) -> None:
    one, two, three = (place(cast, name) for name in ("Alder", "Birch", "Cedar"))
    first = join(cast, two, one)
    second = join(cast, three, two)
    with pytest.raises(UndoRefused, match="Birch was merged into another one since") as refused:
        unmerge.undo(first, by=cast.ben)
    assert refused.value.first == second
    unmerge.undo(second, by=cast.ben)
    unmerge.undo(first, by=cast.ben)
    assert {lead_of(each).organisation for each in (one, two, three)} == {one, two, three}


def test_what_was_deleted_since_can_not_be_parted(cast: Cast) -> None:
    kept = place(cast, "Alder")
    merge = join(cast, kept, place(cast, "Elder"))
    kept.delete()
    with pytest.raises(UndoRefused, match="has been deleted since"):
        unmerge.undo(merge, by=cast.ben)


def test_an_owner_who_has_left_does_not_come_back(cast: Cast) -> None:
    kept, gone = place(cast, "Alder"), place(cast, "Elder")
    merge = join(cast, kept, gone)
    cast.ben.memberships.all().delete()
    unmerge.undo(merge, by=cast.ada)
    assert lead_of(gone).owner is None


def test_two_people_become_one_and_two_again(cast: Cast) -> None:
    home = place(cast, "Alder")
    kept = ContactFactory(organisation=home, name="Jo", email="", phone="+441326000001")
    gone = ContactFactory(organisation=home, name="Joanna", email="jo@alder.co.uk")
    Lead.of(cast.tenant).filter(organisation=home).update(contact=gone)
    merge = join(cast, kept, gone)
    kept.refresh_from_db()
    assert (kept.name, kept.email, lead_of(home).contact) == ("Jo", "jo@alder.co.uk", kept)
    unmerge.undo(merge, by=cast.ben)
    kept.refresh_from_db()
    assert (kept.email, lead_of(home).contact) == ("", gone)


def test_what_went_along_and_was_merged_since_has_to_be_undone_first(cast: Cast) -> None:
    kept, gone = place(cast, "Alder"), place(cast, "Elder")
    ours = ContactFactory(organisation=kept, name="Jo")
    theirs = ContactFactory(organisation=gone, name="Joanna")
    merge = join(cast, kept, gone)
    people = join(cast, ours, theirs)
    with pytest.raises(UndoRefused, match="Joanna was merged after that") as refused:
        unmerge.undo(merge, by=cast.ben)
    assert refused.value.first == people
    unmerge.undo(people, by=cast.ben)
    unmerge.undo(merge, by=cast.ben)
    assert Contact.of(cast.tenant).get(pk=theirs.pk).organisation == gone


def test_a_lead_that_went_along_and_took_another_in_has_to_give_it_back_first(cast: Cast) -> None:
    kept = OrganisationFactory(tenant=cast.tenant, name="Alder")
    second, third = place(cast, "Birch"), place(cast, "Cedar")
    first = join(cast, kept, second)
    later = join(cast, kept, third)
    with pytest.raises(UndoRefused, match="Cedar was merged after that") as refused:
        unmerge.undo(first, by=cast.ben)
    assert refused.value.first == later
