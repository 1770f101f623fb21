"""A page of a million leads stays quick because its order's index holds all that is asked."""

import psycopg
import pytest
from django.db import connection

from leads.board import orders
from leads.listing import sorting
from leads.models import Lead
from leads.records import cursors
from tests import cluster
from tests.factories.leads import LeadFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db
# With so few rows the database would rather read the table itself.
NO_OTHER_WAY = "SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; " + (
    "SET LOCAL enable_indexscan = off; SET LOCAL enable_sort = off"
)


@pytest.fixture(scope="module", autouse=True)
def _slim(django_db_setup: None) -> None:
    """Indexes that hundreds of tests have swollen cost more than their few rows would."""
    with psycopg.connect(cluster.running[0].url("postgres"), autocommit=True) as superuser:
        superuser.execute("VACUUM (FULL, ANALYZE) leads_lead")


def plan(cast: Cast, order: sorting.Sort | orders.Order, **wanted: object) -> str:
    lead = LeadFactory(tenant=cast.tenant)
    rows = Lead.of(cast.tenant).filter(
        stage=lead.stage, owner=cast.ben, tier="hot", found_by=lead.pk, **wanted
    )
    key = order.expression if isinstance(order, sorting.Sort) else order.key
    found = cursors.walk(rows, key, None, few=False, falls=order.falls).values("pk")[:51]
    with connection.cursor() as cursor:
        cursor.execute(NO_OTHER_WAY)
    return found.explain()


@pytest.mark.parametrize("name", sorting.SORTS)
def test_a_page_of_the_list_is_found_in_its_index_alone(cast: Cast, name: str) -> None:
    said = plan(cast, sorting.SORTS[name])
    assert "Index Only Scan" in said
    assert "Sort" not in said


@pytest.mark.parametrize("name", orders.ORDERS)
def test_a_window_of_a_column_is_found_in_its_index_alone(cast: Cast, name: str) -> None:
    said = plan(cast, orders.ORDERS[name])
    assert "Index Only Scan" in said
    assert "Sort" not in said


def test_what_the_index_does_not_hold_is_looked_up(cast: Cast) -> None:
    said = plan(cast, sorting.SORTS["name"], source="form")
    assert "Index Only Scan" not in said
