"""After an undo each side says what its own rows say, whatever was done or deleted since."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.pipeline.models import Kind
from leads.merging import merge as merging
from leads.merging import unmerge
from leads.models import Lead, Merge, Organisation, Task, TimelineEntry
from leads.moving import board
from leads.work import tasks
from tests.factories.leads import LeadFactory, OrganisationFactory, TimelineEntryFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def place(cast: Cast, name: str, **fields: Any) -> Organisation:
    """An organisation with a lead, an open one unless told otherwise."""
    row: Organisation = OrganisationFactory(tenant=cast.tenant, name=name)
    LeadFactory(organisation=row, owner=cast.ben, **fields)
    return row


def join(cast: Cast, kept: Any, gone: Any) -> Merge:
    return merging.merge(kept, gone, chosen={}, by=cast.ben)


def lead_of(row: Organisation) -> Lead:
    return Lead.of(row.tenant).get(organisation=row)


def test_the_other_lead_comes_back_though_the_one_that_stayed_was_deleted(cast: Cast) -> None:
    kept, gone = place(cast, "Alder"), place(cast, "Elder")
    theirs = lead_of(gone)
    TimelineEntryFactory(lead=theirs, text="Wrote to them.")
    merge = join(cast, kept, gone)
    lead_of(kept).delete()
    ada, at = as_person(cast.ada), f"/leads/merges/{merge.pk}/"
    assert "Undo the merge" in ada.get(at).content.decode()
    assert ada.post(f"{at}undo/").status_code == 302
    assert lead_of(gone) == theirs
    assert not Lead.of(cast.tenant).filter(organisation=kept).exists()
    # What had moved to the other lead went with it.
    assert not TimelineEntry.of(cast.tenant).filter(text="Wrote to them.").exists()


def test_the_next_action_is_that_of_the_tasks_on_each_side(cast: Cast) -> None:
    kept, gone = place(cast, "Alder"), place(cast, "Elder")
    soon, later = (timezone.now() + timedelta(days=days) for days in (1, 5))
    for row, due in ((kept, later), (gone, soon)):
        tasks.add(lead_of(row), f"Ring {row}", due_at=due, owner=cast.ben, by=cast.ben)
    merge = join(cast, kept, gone)
    tasks.done(Task.of(cast.tenant).get(text="Ring Elder"), by=cast.ben)
    unmerge.undo(merge, by=cast.ben)
    assert (lead_of(kept).next_due, lead_of(gone).next_due) == (later, None)


def test_whoever_bought_since_is_the_customer(cast: Cast) -> None:
    lost = {"stage": cast.stage(Kind.LOST), "closed_at": timezone.now()}
    kept, gone = place(cast, "Alder"), place(cast, "Elder", **lost)
    theirs = lead_of(gone)
    merge = join(cast, kept, gone)
    board.move(theirs, to=cast.stage(Kind.CUSTOMER), by=cast.ben)
    kept.refresh_from_db()
    assert kept.is_customer
    unmerge.undo(merge, by=cast.ben)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.is_customer, gone.is_customer) == (False, True)


def test_with_no_lead_left_it_is_a_customer_as_before(cast: Cast) -> None:
    kept = OrganisationFactory(tenant=cast.tenant, name="Alder")
    gone = place(cast, "Elder", stage=cast.stage(Kind.LOST))
    theirs = lead_of(gone)
    merge = join(cast, kept, gone)
    board.move(theirs, to=cast.stage(Kind.CUSTOMER), by=cast.ben)
    unmerge.undo(merge, by=cast.ben)
    kept.refresh_from_db()
    assert not kept.is_customer
