"""The link pressed in two windows at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from crm.tenants.models import Tenant, User
from tests.founding.test_first_owner import ADA, link


@pytest.mark.usefixtures("committed_db")
def test_one_owner_comes_of_it() -> None:
    start, address = Barrier(2), link()

    def press(company: str) -> int:
        try:
            start.wait(timeout=10)
            sent = ADA | {"company": company, "email": f"ada@{company}.example"}
            return Client().post(address, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(press, ["acme", "rival"]))
    assert User.objects.count() == Tenant.objects.count() == 1
    assert statuses == [302, 410]
