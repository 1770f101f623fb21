"""A day in a filter is the day where the person is, whoever reads it for them later."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.tenants.models import Membership
from crm.work.lease import claim
from leads.acts.assign import Assign
from leads.bulk import bulk
from leads.models import Bulk, Lead
from tests.exporting.files import body, from_csv
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
# In London the second of March is not over yet; in Sydney it is the third, at breakfast.
MOMENT = datetime(2026, 3, 2, 20, tzinfo=UTC)
THIRD = {"where": "active:during:2026-03-03,2026-03-03"}


@pytest.fixture
def lead(cast: Cast) -> Lead:
    cast.ada.zone = "Australia/Sydney"
    cast.ada.save()
    for name, at in (("Fern", MOMENT), ("Moss", MOMENT + timedelta(days=1))):
        home = OrganisationFactory(tenant=cast.tenant, name=name)
        made = LeadFactory(organisation=home, owner=cast.ben)
        Lead.of(cast.tenant).filter(pk=made.pk).update(active_at=at)
    found: Lead = Lead.of(cast.tenant).get(organisation__name="Fern")
    return found


def test_a_worker_means_the_leads_that_the_list_showed(cast: Cast, lead: Lead) -> None:
    shown = as_person(cast.ada).get("/leads/", THIRD).context["leads"]
    assert [each.pk for each in shown] == [lead.pk]
    maker = Membership.of(cast.tenant).select_related("tenant", "user").get(user=cast.ada)
    row = bulk.begin(Assign({"owner": ""}), maker, idents=None, wanted=THIRD)
    Bulk.of(cast.tenant).update(due_at=MOMENT)
    lease = claim(Bulk, 1, tenant=cast.tenant.pk)
    assert lease is not None
    here = timezone.get_current_timezone_name()
    bulk.work(Bulk.of(cast.tenant).select_related("tenant").get(pk=row.pk), lease)
    assert Lead.of(cast.tenant).get(owner=None).pk == lead.pk
    assert timezone.get_current_timezone_name() == here


@pytest.mark.parametrize("what", ["leads", "activities"])
def test_a_file_has_the_leads_that_the_list_showed(cast: Cast, lead: Lead, what: str) -> None:
    for each in Lead.of(cast.tenant):
        each.timeline.create(tenant=cast.tenant, kind="note", text="They like herons.")
    asked: dict[str, Any] = THIRD | {"what": what}
    answer = as_person(cast.ada).get("/leads/export/", asked)
    head, *rows = from_csv(body(answer))
    assert {row[head.index("Organisation")] for row in rows} == {"Fern"}
