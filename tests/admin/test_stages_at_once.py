"""Two managers delete the two entrances of new leads at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Role
from tests.admin.test_stages import second_entrance
from tests.people import Cast, as_person


@pytest.mark.usefixtures("committed_db")
def test_one_entrance_stays(cast: Cast) -> None:
    start = Barrier(2)
    pairs = [
        (as_person(cast.ada), cast.stage(Kind.DISCOVERY)),
        (as_person(cast.join("Mia", Role.MANAGER)), second_entrance(cast)),
    ]

    def press(number: int) -> int:
        browser, stage = pairs[number]
        try:
            start.wait(timeout=10)
            path = f"/admin/pipeline/stage/{stage.pk}/delete/"
            return browser.post(path, {"post": "yes"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(press, range(2)))
    assert statuses == [302, 403]
    assert Stage.of(cast.tenant).filter(kind=Kind.DISCOVERY).count() == 1
