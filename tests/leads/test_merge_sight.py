"""What colleagues' leads say stays theirs on the pages of merges."""

import pytest
from django.utils import timezone

from crm.pipeline.models import Kind
from leads.merging import merge as merging
from leads.models import Lead, Organisation
from tests.factories.leads import LeadFactory, OrganisationFactory, TimelineEntryFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast: Cast) -> list[Organisation]:
    """Two of which Ben had a lead each; the open one of the second is Ada's."""
    cast.tenant.rep_reach = "own"
    cast.tenant.save()
    found = [OrganisationFactory(tenant=cast.tenant, name=name) for name in ("Alder", "Elder")]
    LeadFactory(organisation=found[0], owner=cast.ben)
    lost = cast.stage(Kind.LOST)
    LeadFactory(organisation=found[1], owner=cast.ben, stage=lost, closed_at=timezone.now())
    LeadFactory(organisation=found[1], owner=cast.ada, value_pence=12_345_00)
    return found


def test_a_preview_keeps_still_about_a_lead_that_is_not_seen(
    cast: Cast, pair: list[Organisation]
) -> None:
    where = {"one": pair[0].pk, "other": pair[1].pk}
    said = as_person(cast.ben).get("/leads/merge/", where).content.decode()
    assert "Not all of Elder is yours" in said
    assert "12,345" not in said
    assert "2 leads become one" not in said
    assert "12,345" in as_person(cast.ada).get("/leads/merge/", where).content.decode()


def test_what_came_since_is_shown_to_whom_it_may_concern(
    cast: Cast, pair: list[Organisation]
) -> None:
    merge = merging.merge(*pair, chosen={"lead-owner": "gone"}, by=cast.ada)
    theirs = Lead.of(cast.tenant).get(organisation=pair[0], closed_at=None)
    assert theirs.owner == cast.ada
    TimelineEntryFactory(lead=theirs, text="They will pay anything.")
    at = f"/leads/merges/{merge.pk}/"
    said = as_person(cast.ben).get(at).content.decode()
    assert "They will pay anything." not in said
    assert "Undo the merge" not in said
    assert "They will pay anything." in as_person(cast.ada).get(at).content.decode()
