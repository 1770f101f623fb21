"""The track record of a company with many leads."""

from typing import Any

import pytest

from crm.pipeline.models import Kind
from tests.people import Cast, as_person
from tests.track.test_track_record import PAGE, came

pytestmark = pytest.mark.django_db


def test_many_leads_take_as_few_queries_as_some(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    came(cast.tenant, 30, 90, kind=Kind.OPPORTUNITY)
    browser = as_person(cast.ada)
    browser.get(PAGE)
    with django_assert_max_num_queries(40) as few:
        browser.get(PAGE)
    for points in range(0, 100, 10):
        came(cast.tenant, 60, points, kind=Kind.OPPORTUNITY, source=f"fair_{points}")
    with django_assert_max_num_queries(len(few)):
        assert "630 leads" in browser.get(PAGE).content.decode()
