"""Whoever was removed is brought back by no undo: neither of a merge nor of a deletion."""

from typing import Any

import pytest
from django.db import connection

from leads.contacts import contacts
from leads.merging import merge as merging
from leads.merging import unmerge
from leads.models import (
    Analysis,
    Contact,
    EmailCheck,
    EnrichmentItem,
    EnrichmentRun,
    Fact,
    Lead,
    Merge,
    Organisation,
    Unwanted,
)
from tests.enriching.rows import fact, lookup, proof
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db
ADDRESS, PHONE = "jenna@gull.example", "+447700900123"
HERS = ("pascoe", "jenna", ADDRESS, PHONE)
# What people were told at the time is theirs; the trail is erased by its own rules.
HISTORY = ("leads_timelineentry", "leads_searchtext")


def kept_of(*words: str) -> list[str]:
    """Every row of leads and of answers, images among them, that speaks of any of these."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("leads_", "lookups_")) and not table.startswith(HISTORY):
                cursor.execute(f'SELECT to_jsonb(r)::text FROM "{table}" r')
                rows = [row for (row,) in cursor.fetchall()]
                found += [f"{table}: {row}" for row in rows if _speaks(row, words)]
    return found


def _speaks(row: str, words: tuple[str, ...]) -> bool:
    return any(word in row.casefold() for word in words)


def place(cast: Cast, name: str, domain: str, **fields: Any) -> Lead:
    """An organisation with an open lead."""
    here = OrganisationFactory(tenant=cast.tenant, name=name, domain=domain, **fields)
    found: Lead = LeadFactory(organisation=here, owner=cast.ben)
    return found


def person(here: Organisation, name: str = "Jenna Pascoe", email: str = ADDRESS) -> Contact:
    """Somebody whom a provider has found there."""
    found: Contact = ContactFactory(
        organisation=here, name=name, email=email, phone=PHONE, job_title="Practice Manager"
    )
    for field, value in (("name", name), ("email", email), ("phone", PHONE)):
        fact(found, field, value, "hunter_search", status="applied")
    return found


def analysis(lead: Lead, **more: Any) -> Analysis:
    """One that speaks of her and of the organisation."""
    found: Analysis = Analysis.of(lead.tenant).create(
        tenant=lead.tenant,
        lead=lead,
        **{
            "phase": "told",
            "state": "done",
            "facts": [
                {"n": 1, "kind": "name", "text": "They are called Gull Dental."},
                {"n": 2, "kind": "person", "text": "Jenna Pascoe, Practice Manager"},
                {"n": 3, "kind": "note", "text": "Spoke with Jenna."},
            ],
            "said": {
                "shown": {
                    "approach": {
                        "who": {"text": "Jenna Pascoe", "facts": [2]},
                        "statements": [{"text": "Ask Jenna Pascoe about Gull.", "facts": [1]}],
                    }
                }
            },
            "trouble": "Nothing of Pascoe.",
        }
        | more,
    )
    return found


def run_over(cast: Cast, *places: Organisation) -> None:
    """One run that has asked about her at each."""
    run = EnrichmentRun.of(cast.tenant).create(tenant=cast.tenant, why="selection", label="two")
    for each in places:
        EnrichmentItem.of(cast.tenant).create(
            tenant=cast.tenant, run=run, organisation=each, state="done",
            asked={f"zerobounce|{ADDRESS}": {"outcome": "told", "why": f"{ADDRESS} is there."}},
        )  # fmt: skip


@pytest.fixture
def two(cast: Cast) -> tuple[Lead, Lead]:
    """The one that is kept, and Gull Dental, where Jenna works."""
    found = (
        place(cast, "Quay Smiles", "quay.example"),
        place(cast, "Gull Dental", "gull.example", company_number="07310390"),
    )
    quay, gull = (each.organisation for each in found)
    quote = proof("website", quote="Ask for Jenna Pascoe on 0116 255 1234")
    for here in (quay, gull):
        # Both were told the same, so that one is put by.
        fact(here, "phone", "+441162551234", quote)
        fact(here, "email", ADDRESS, quote)
    run_over(cast, quay, gull)
    analysis(found[1])
    lookup(
        gull, "hunter_search", [{"field": "name", "value": "Jenna Pascoe", "about": "p1"}],
        about="a practice at Falmouth: owner", asked_for=gull.pk,
    )  # fmt: skip
    return found


def test_undoing_a_merge_brings_back_nothing_of_whoever_was_removed_since(
    cast: Cast, two: tuple[Lead, Lead]
) -> None:
    kept, gone = two
    jenna = person(gone.organisation)
    Lead.of(cast.tenant).filter(pk=gone.pk).update(contact=jenna)
    merge = merging.merge(kept.organisation, gone.organisation, chosen={}, by=cast.ben)
    jenna.refresh_from_db()
    contacts.remove(kept, jenna, by=cast.ben)
    assert kept_of(*HERS) == []

    back = unmerge.undo(merge, by=cast.ben)

    assert kept_of(*HERS) == []
    # All else is as it was.
    (row,) = Analysis.of(cast.tenant).filter(lead=gone.pk)
    assert [each["n"] for each in row.facts] == [1, 3]
    assert "about Gull." in row.said["shown"]["approach"]["statements"][0]["text"]
    (phone,) = Fact.of(cast.tenant).filter(organisation=back.pk, field="phone")
    assert phone.value == "+441162551234"
    assert EnrichmentItem.of(cast.tenant).get(organisation=back.pk).asked
    assert Lead.of(cast.tenant).get(pk=gone.pk).contact is None
    # Nor does enrichment find her there again.
    assert Unwanted.of(cast.tenant).filter(organisation=back.pk).count() == 2


def test_undoing_two_merges_one_upon_the_other_brings_back_nothing(
    cast: Cast, two: tuple[Lead, Lead]
) -> None:
    middle, gone = two
    last = place(cast, "Harbour Smiles", "harbour.example")
    jenna = person(gone.organisation)
    first = merging.merge(middle.organisation, gone.organisation, chosen={}, by=cast.ben)
    middle.organisation.refresh_from_db()
    second = merging.merge(last.organisation, middle.organisation, chosen={}, by=cast.ben)
    jenna.refresh_from_db()
    contacts.remove(last, jenna, by=cast.ben)

    unmerge.undo(second, by=cast.ben)
    back = unmerge.undo(first, by=cast.ben)

    assert kept_of(*HERS) == []
    assert Unwanted.of(cast.tenant).filter(organisation=back.pk).count() == 2


def test_an_image_of_a_merge_that_was_undone_before_keeps_nothing_either(
    cast: Cast, two: tuple[Lead, Lead]
) -> None:
    kept, gone = two
    jenna = person(gone.organisation)
    merge = merging.merge(kept.organisation, gone.organisation, chosen={}, by=cast.ben)
    unmerge.undo(merge, by=cast.ben)
    jenna.refresh_from_db()
    contacts.remove(gone, jenna, by=cast.ben)
    images = merge.rows.filter(image__isnull=False).values_list("image", flat=True)
    assert [str(each) for each in images if _speaks(str(each).casefold(), HERS)] == []


def test_another_person_of_another_organisation_stays_in_its_image(
    cast: Cast, two: tuple[Lead, Lead]
) -> None:
    kept, gone = two
    jenna = person(OrganisationFactory(tenant=cast.tenant, name="Elsewhere"))
    LeadFactory(organisation=jenna.organisation)
    merge = merging.merge(kept.organisation, gone.organisation, chosen={}, by=cast.ben)
    contacts.remove(Lead.of(cast.tenant).get(organisation=jenna.organisation), jenna, by=cast.ben)

    unmerge.undo(merge, by=cast.ben)

    (row,) = Analysis.of(cast.tenant).filter(lead=gone.pk)
    assert row.said["shown"]["approach"]["who"]["text"] == "Jenna Pascoe"


def test_whoever_was_one_with_another_contact_is_removed_under_both_names(
    cast: Cast, two: tuple[Lead, Lead]
) -> None:
    _, gone = two
    here = gone.organisation
    jenna = person(here)
    married = person(here, "Jenna Trescothick", "jt@gull.example")
    EmailCheck.of(cast.tenant).create(tenant=cast.tenant, address="jt@gull.example", state="ok")
    lookup(here, "hunter_finder", [], about="gull.example: jenna trescothick", asked_for=here.pk)
    merging.merge(jenna, married, chosen={}, by=cast.ben)

    contacts.remove(gone, jenna, by=cast.ben)

    left = kept_of("trescothick", "jt@gull.example", "jenna pascoe", ADDRESS)
    # The other organisation has told of her by itself.
    assert [each for each in left if str(two[0].organisation_id) not in each] == []
    assert not Merge.of(cast.tenant).exists()


def test_a_merge_of_contacts_does_not_stand_in_the_way_once_both_are_gone(
    cast: Cast, two: tuple[Lead, Lead]
) -> None:
    kept, gone = two
    jenna, twin = person(gone.organisation), person(kept.organisation, "J Pascoe", "jp@q.example")
    merge = merging.merge(kept.organisation, gone.organisation, chosen={}, by=cast.ben)
    jenna.refresh_from_db()
    merging.merge(twin, jenna, chosen={}, by=cast.ben)
    contacts.remove(kept, twin, by=cast.ben)

    unmerge.undo(merge, by=cast.ben)

    assert kept_of("pascoe", "jp@q.example", *HERS) == []
