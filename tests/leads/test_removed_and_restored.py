"""A deleted lead comes back without whoever was removed meanwhile, also at that very moment."""

from typing import Any

import pytest

from crm.pipeline.models import Pipeline
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership
from leads.acts.delete import Delete
from leads.bulk import bulk
from leads.contacts import contacts
from leads.merging import merge as merging
from leads.merging import unmerge
from leads.models import Analysis, Batch, Contact, Lead
from leads.undo import undo
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.leads import trees
from tests.leads.test_removed_from_images import HERS, analysis, kept_of, person, place
from tests.meanwhile import meanwhile
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")


def member(cast: Cast) -> Membership:
    return Membership.of(cast.tenant).select_related("tenant", "user").get(user=cast.ada)


def delete(cast: Cast, lead: Lead) -> Batch:
    batch, _ = bulk.do(Delete({}), [lead.pk], member(cast))
    assert batch is not None
    return batch


def second_lead(cast: Cast, first: Lead) -> Lead:
    """Another pursuit of the same organisation."""
    trees.Forest(cast, 1)
    other = Pipeline.of(cast.tenant).exclude(pk=first.pipeline_id).get()
    found: Lead = LeadFactory(
        organisation=first.organisation,
        owner=cast.ben,
        pipeline=other,
        stage=other.stages.order_by("position").first(),
    )
    return found


def test_a_deleted_lead_comes_back_without_whoever_was_removed_meanwhile(cast: Cast) -> None:
    lead = place(cast, "Gull Dental", "gull.example")
    jenna = person(lead.organisation)
    Lead.of(cast.tenant).filter(pk=lead.pk).update(contact=jenna)
    over = analysis(lead)
    sent: dict[str, Any] = {"asked": {"ticket": "resp_1"}, "said": {}, "trouble": ""}
    going = analysis(lead, phase="asked", state="waiting", **sent)
    other = second_lead(cast, lead)
    batch = delete(cast, lead)
    contacts.remove(other, jenna, by=cast.ben)
    assert kept_of(*HERS) == []

    assert len(undo.undo(batch, member(cast)).back) == 1

    assert kept_of(*HERS) == []
    over.refresh_from_db()
    assert [each["n"] for each in over.facts] == [1, 3]
    # It was asked with her among its facts.
    going.refresh_from_db()
    assert going.asked == {"ticket": "resp_1", "is_void": True}
    assert Lead.of(cast.tenant).get(pk=lead.pk).contact is None


def test_a_lead_that_an_unmerging_would_have_moved_comes_back_without_them(cast: Cast) -> None:
    gone = place(cast, "Gull Dental", "gull.example")
    kept = OrganisationFactory(tenant=cast.tenant, name="Quay Smiles", domain="quay.example")
    analysis(gone)
    jenna = person(gone.organisation)
    merge = merging.merge(kept, gone.organisation, chosen={}, by=cast.ben)
    batch = delete(cast, gone)
    back = unmerge.undo(merge, by=cast.ben)
    again = second_lead(cast, gone)
    jenna.refresh_from_db()
    assert jenna.organisation == back == again.organisation
    contacts.remove(again, jenna, by=cast.ben)

    assert len(undo.undo(batch, member(cast)).back) == 1

    (row,) = Analysis.of(cast.tenant).filter(lead=gone.pk)
    assert [each["n"] for each in row.facts] == [1, 3]
    assert "pascoe" not in f"{row.facts}{row.said}{row.trouble}".casefold()


@pytest.mark.parametrize("is_first", [True, False])
def test_a_lead_that_comes_back_at_that_moment_comes_back_without_them(
    cast: Cast, is_first: bool
) -> None:
    lead = place(cast, "Gull Dental", "gull.example")
    jenna = person(lead.organisation)
    Lead.of(cast.tenant).filter(pk=lead.pk).update(contact=jenna)
    analysis(lead)
    other = second_lead(cast, lead)
    batch = delete(cast, lead)

    def restore() -> Any:
        with acting_for(cast.tenant):
            return undo.undo(batch, member(cast))

    def remove() -> Any:
        with acting_for(cast.tenant):
            return contacts.remove(other, jenna, by=cast.ben)

    acts = (remove, restore) if is_first else (restore, remove)
    (came,) = meanwhile(*acts)

    assert not isinstance(came, Exception), came
    assert not Contact.of(cast.tenant).exists()
    assert Analysis.of(cast.tenant).filter(lead=lead.pk).count() == 1
    assert kept_of(*HERS) == []
