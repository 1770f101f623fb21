"""How far a walk had come is known still, where an earlier version wrote it down in other words."""

from importlib import import_module
from typing import Any

import pytest
from django.db import connection, migrations

from crm.tenants.acting import acting_for
from tests.factories.campaigns import CampaignFactory, SourceRunFactory
from tests.factories.registers import RegisterEntryFactory

pytestmark = pytest.mark.django_db
FAR = 2**63 - 1


def migrate() -> None:
    module = import_module("campaigns.migrations.0009_places_of_the_latest_walk")
    with connection.cursor() as cursor:
        for operation in module.Migration.operations:
            assert isinstance(operation, migrations.RunSQL)
            cursor.execute(operation.sql)


def test_an_entry_is_found_again_by_its_register_and_number() -> None:
    entry = RegisterEntryFactory()
    here: list[Any] = [1.5, entry.register_id, entry.number]
    gone: list[Any] = [2.5, entry.register_id, "gone"]
    row, other = SourceRunFactory(cursor=here, stop_at=gone), SourceRunFactory(cursor=gone)
    new = SourceRunFactory(cursor=[3.5, 7], stop_at=None)
    campaign = CampaignFactory(positions={"register": here, "web": "page 3", "other": gone})
    migrate()
    for each in (row, other, new, campaign):
        with acting_for(each.tenant):
            each.refresh_from_db()
    assert (row.cursor, row.stop_at) == ([1.5, entry.pk], [2.5, FAR])
    assert (other.cursor, other.stop_at) == ([2.5, 0], None)
    assert (new.cursor, new.stop_at) == ([3.5, 7], None)
    assert campaign.positions == {"register": [1.5, entry.pk], "web": "page 3", "other": [2.5, 0]}
