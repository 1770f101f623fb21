"""What a source tells that the record says already is confirmed, and was not got by the run."""


import pytest

from crm.tenants.acting import acting_for
from enrichment.told import Told
from leads.enriching import run_figures
from leads.models import EnrichmentItem, Fact, Lead
from tests.enriching.conftest import SITE, Enrich
from tests.enriching.plugs import Plug, plug
from tests.people import Cast

NUMBER = "+442079460123"


def test_a_check_of_a_number_that_is_known_is_nothing_new(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation = lead.organisation
    organisation.phone = NUMBER
    organisation.save()
    told = [Told("phone", NUMBER, "checked"), Told("employees", 7, "provider")]
    plug(monkeypatch, Plug("checker", {SITE: told}, frozenset({"phone", "employees"})))

    run = enrich([lead], "contact", "accounts", most=0)

    with acting_for(cast.tenant):
        item = EnrichmentItem.of(cast.tenant).get(run=run)
        assert [bar.label for bar in run_figures.got(run)] == ["How many work there"]
        assert [(each.slug, each.new) for each in run_figures.read(run).served] == [("checker", 1)]
        assert (item.gained["applied"], item.gained["confirmed"]) == (1, 1)
        assert Fact.of(cast.tenant).get(field="phone").status == "applied"


def test_a_number_that_stands_there_because_of_the_run_is_new_however_often_it_is_told(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {SITE: [Told("phone", NUMBER, "provider")]}
    checked = {SITE: [Told("phone", NUMBER, "checked")]}
    gives = frozenset({"phone"})
    plug(monkeypatch, Plug("finder", told, gives), Plug("checker", checked, gives))

    run = enrich([lead], "contact", most=0)

    with acting_for(cast.tenant):
        lead.organisation.refresh_from_db()
        assert lead.organisation.phone == NUMBER
        assert [bar.label for bar in run_figures.got(run)] == ["A phone number"]
        assert EnrichmentItem.of(cast.tenant).get(run=run).gained["applied"] == 1
