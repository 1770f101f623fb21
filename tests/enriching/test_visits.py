"""Visits come to an end: each question is asked once, and a long visit goes on in another."""

from typing import Any

import pytest

from enrichment.told import Told
from leads.enriching import visiting
from leads.models import EnrichmentItem, Lead
from tests.enriching.conftest import Enrich
from tests.enriching.plugs import Plug, plug
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

SITE = "https://harbour.example"


@pytest.fixture
def lead(committed_db: None, cast: Cast) -> Lead:
    organisation = OrganisationFactory(
        tenant=cast.tenant, name="Harbour Dental", website=SITE, domain="harbour.example"
    )
    found: Lead = LeadFactory(organisation=organisation)
    return found


def test_two_people_about_whom_the_same_is_asked_are_asked_about_once(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("Owner", "Director"):
        ContactFactory(organisation=lead.organisation, name="Jo Pascoe", email="", job_title=title)
    finder = Plug(
        "finder", {}, gives_people=frozenset({"email"}), by="name", is_of_people=True
    )
    plug(monkeypatch, finder)

    run = enrich([lead], "people", most=0)

    assert run.phase == run.Phase.COMPLETED
    assert finder.asked == ["Jo Pascoe"]


@pytest.mark.parametrize("longest", [0, 60], ids=["lasts too long", "its worker is ending"])
def test_a_visit_is_cut_after_the_question_in_hand_and_goes_on_in_another(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch, longest: int
) -> None:
    monkeypatch.setattr(visiting, "LONGEST_VISIT", longest)
    visits = []
    go_on = visiting.go_on

    def noted(*given: Any) -> None:
        visits.append(1)
        go_on(*given[:-1], lambda: longest > 0)

    monkeypatch.setattr(visiting, "go_on", noted)
    fields = ("employees", "turnover", "net_assets")
    plugs = [
        Plug(name, {SITE: [Told(name, 7, "provider")]}, frozenset({name})) for name in fields
    ]
    plug(monkeypatch, *plugs)

    run = enrich([lead], "accounts", most=0)

    assert run.phase == run.Phase.COMPLETED
    assert [each.asked for each in plugs] == [[SITE], [SITE], [SITE]]
    item = EnrichmentItem.of(cast.tenant).get(run=run)
    assert {each["outcome"] for each in item.asked.values()} == {"told"}
    assert item.gained["applied"] == len(fields)
    assert len(visits) >= len(fields)
