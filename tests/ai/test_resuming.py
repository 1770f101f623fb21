"""An answer is paid for once, however many workers look for it."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from crm.ai import ai
from crm.outside.key import Key
from tests.ai.responses import IDENT, SCHEMA, response, told
from tests.ai.vendor import Vendor

GET = f"GET /responses/{IDENT}"


@pytest.mark.usefixtures("committed_db")
def test_a_killed_worker_leaves_an_id_with_which_another_goes_on(
    vendor: Vendor, ask: Callable[..., ai.Started], key: Key
) -> None:
    vendor.on(GET, response("queued"), response("in_progress"), told())
    ident = ask().response_id
    assert isinstance(ai.look(key, ident, schema=SCHEMA), ai.Pending)

    later: list[ai.Pending | ai.Told] = []
    thread = threading.Thread(target=lambda: later.extend(elsewhere(key, ident)))
    thread.start()
    thread.join()

    assert [type(each) for each in later] == [ai.Pending, ai.Told]
    assert len(vendor.calls("POST /responses")) == 1


def elsewhere(key: Key, ident: str) -> list[ai.Pending | ai.Told]:
    """What another worker sees, who knows nothing but the id."""
    try:
        return [ai.look(key, ident, schema=SCHEMA) for _ in range(2)]
    finally:
        connections.close_all()
