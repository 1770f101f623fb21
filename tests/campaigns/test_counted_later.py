"""The figures of a large company, which its dashboard does not wait for."""

import re

import pytest

from campaigns import reporting
from crm.work.drain import drain
from leads.models import Reckoning
from tests.factories.leads import LeadFactory
from tests.people import Cast, as_person


def test_of_many_leads_the_figures_are_counted_in_the_background(
    committed_db: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "FEW_LEADS", 0)
    LeadFactory(organisation__tenant=cast.tenant, tier="hot")
    browser = as_person(cast.ada)
    assert "counted in the background" in browser.get("/").content.decode()
    drain(seconds=5)
    front = browser.get("/")
    assert front.context["figures"].all["hot"] == 1
    assert re.search(r"as of \d\d:\d\d", front.content.decode())
    assert Reckoning.of(cast.tenant).get().state == "waiting"
