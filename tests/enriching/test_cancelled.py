"""What the page of a cancelled run says of those that were finished, begun, and never begun."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.tenants.acting import acting_for
from crm.work.lease import claim
from crm.work.models import State
from leads.enriching import items, steering
from leads.models import EnrichmentItem, EnrichmentRun
from tests.enriching import rows
from tests.factories.enriching import EnrichmentItemFactory, EnrichmentRunFactory
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
TOLD = {"website": {"outcome": "told", "credits": 4}}
MIDDLE = "Cancelled in the middle; what was found until then is kept."
TURN = "Cancelled before it was its turn."


@pytest.fixture
def run(cast: Cast) -> EnrichmentRun:
    found: EnrichmentRun = EnrichmentRunFactory(
        tenant=cast.tenant, by=cast.ben, phase="running", state=State.WAITING, total=4
    )
    return found


def about(run: EnrichmentRun, name: str, state: State, **more: object) -> EnrichmentItem:
    organisation = OrganisationFactory(tenant=run.tenant, name=name)
    LeadFactory(organisation=organisation, owner=run.by)
    item: EnrichmentItem = EnrichmentItemFactory(
        run=run, organisation=organisation, state=state, **more
    )
    return item


def page(cast: Cast, run: EnrichmentRun) -> str:
    said = as_person(cast.ben).get(run.get_absolute_url()).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", said.split("<main")[1]))


def test_done_are_those_that_were_finished(cast: Cast, run: EnrichmentRun) -> None:
    about(run, "Finished School", State.DONE, asked=TOLD)
    about(run, "Begun School", State.READY, asked=TOLD, credits=4, before=78, after=95)
    about(run, "Waiting School", State.WAITING, asked=TOLD, credits=13)
    about(run, "Late School", State.HELD)

    as_person(cast.ben).post(f"{run.get_absolute_url()}cancel/")
    said = page(cast, run)

    assert re.search(r"Done 1 ", said)
    assert re.search(r"Not finished 3 ", said)
    assert f"Begun School {MIDDLE} Cut short" in said
    assert f"Waiting School {MIDDLE} Cut short" in said
    assert f"Late School {TURN} Not begun" in said
    assert "Left out" not in said


@pytest.mark.parametrize(
    ("asked", "crashes", "trouble"),
    [({}, 0, TURN), (TOLD, 0, MIDDLE), ({}, 1, MIDDLE)],
    ids=["never begun", "begun", "died in its first visit"],
)
def test_one_that_a_worker_holds_when_it_is_cancelled_says_whether_it_was_begun(
    cast: Cast, run: EnrichmentRun, asked: dict[str, object], crashes: int, trouble: str
) -> None:
    with acting_for(cast.tenant):
        due = timezone.now() - timedelta(hours=1)
        item = about(run, "Held School", State.READY, asked=asked, crashes=crashes, due_at=due)
        lease = claim(EnrichmentItem, 1, tenant=cast.tenant.pk)
        assert lease is not None
        steering.cancel(run, by=cast.ben)
        item.refresh_from_db()
        assert (item.state, item.trouble) == (State.LEASED, "")

        items.work(item, lease)

    item.refresh_from_db()
    assert (item.state, item.trouble) == (State.DONE, trouble)


def test_until_it_has_ended_its_conflicts_are_counted_as_they_stand(
    cast: Cast, run: EnrichmentRun
) -> None:
    item = about(run, "Held School", State.LEASED)
    rows.quality(item.organisation, conflicts=13)
    run.before, run.phase = {"conflicts": 10}, "cancelled"
    run.save()

    assert "Conflicting values: 10 before, 13 now." in page(cast, run)
