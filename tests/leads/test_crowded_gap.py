"""A gap into which cards are dropped again and again."""

from typing import Any

import pytest

from crm.pipeline.models import Kind
from leads.models import Lead
from leads.moving import board, places
from tests.factories.leads import LeadFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_the_order_holds_however_often_cards_are_dropped_into_one_gap(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    stage = cast.stage(Kind.LEAD)
    above, *others = LeadFactory.create_batch(4, tenant=cast.tenant, stage=stage)
    places.LONG_RANK, kept = 40, places.LONG_RANK
    try:
        for turn in range(60):
            dropped = others[turn % 3]
            above.refresh_from_db()
            with django_capture_on_commit_callbacks(execute=True):
                board.move(dropped, to=stage, by=cast.ben, after=above)
            order = list(Lead.of(cast.tenant).filter(stage=stage).order_by("rank", "id"))
            assert order[:2] == [above, dropped]
            assert max(len(lead.rank) for lead in order) <= 50
    finally:
        places.LONG_RANK = kept
    newcomer = LeadFactory(tenant=cast.tenant, stage=stage)
    assert Lead.of(cast.tenant).filter(stage=stage).order_by("rank", "id").last() == newcomer
