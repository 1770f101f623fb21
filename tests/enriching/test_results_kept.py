"""What a run's page says of its result stays as it was when the run ended."""

import json
import re
from typing import Any

import pytest

from crm.ids import uuid7
from crm.tenants.acting import acting_for
from enrichment.told import Told
from leads.enriching import run_figures, steering
from leads.models import EnrichmentItem, EnrichmentRun, Fact, Lead
from tests.enriching.conftest import SITE, Enrich
from tests.enriching.plugs import Plug, plug
from tests.people import Cast, as_person

NUMBER = "+442079460123"
GIVES = frozenset({"phone", "employees"})


@pytest.fixture
def run(lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch) -> EnrichmentRun:
    """A run that has ended and got a number and how many work there."""
    told = [Told("phone", NUMBER, "provider"), Told("employees", 7, "provider")]
    plug(monkeypatch, Plug("finder", {SITE: told}, GIVES))
    return enrich([lead], "contact", "accounts", most=0)


def shown(cast: Cast, run: EnrichmentRun) -> str:
    answer = as_person(cast.ben).get(run.get_absolute_url())
    said = re.sub(r"<[^>]*>", " ", answer.content.decode().split("<main")[1])
    return " ".join(said.split("What they got")[1].split("Who was left out")[0].split())


def taken_over(cast: Cast) -> None:
    """Have a later run have brought the number, as told by somebody else."""
    with acting_for(cast.tenant):
        facts = Fact.of(cast.tenant).filter(field="phone")
        assert facts.update(run=uuid7(), source="checker") == 1


def test_what_a_run_has_brought_is_still_said_when_later_runs_took_over_its_facts(
    run: EnrichmentRun, cast: Cast
) -> None:
    before = shown(cast, run)
    assert "A phone number" in before
    assert re.search(r"Finder 1 1 100% – 2 2 ", before), before

    taken_over(cast)

    assert shown(cast, run) == before


def test_a_run_that_goes_on_is_reckoned_anew(run: EnrichmentRun, cast: Cast) -> None:
    taken_over(cast)
    left = {"news": {"outcome": "left", "why": "There was no room.", "again": True}}
    with acting_for(cast.tenant):
        EnrichmentItem.of(cast.tenant).filter(run=run).update(asked=left)
        steering.go_on(run, 0, by=cast.ben)

    said = shown(cast, run)

    assert "A phone number" not in said
    assert "How many work there" in said


def test_a_run_that_ended_before_results_were_kept_is_reckoned_as_it_stands(
    run: EnrichmentRun, cast: Cast
) -> None:
    with acting_for(cast.tenant):
        EnrichmentRun.of(cast.tenant).update(result={})
    taken_over(cast)

    assert "A phone number" not in shown(cast, run)


def test_nothing_that_is_kept_names_anybody(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [
        Told("name", "Jo Pascoe", "provider", about="jo"),
        Told("email", "jo@quay.example", "provider", about="jo"),
    ]
    gives = frozenset({"name", "email"})
    plug(monkeypatch, Plug("finder", {SITE: told}, gives_people=gives))

    run = enrich([lead], "people", most=0)

    with acting_for(cast.tenant):
        assert "A person" in {bar.label for bar in run_figures.got(run)}
    kept = json.dumps(run.result).casefold()
    assert "pascoe" not in kept
    assert "jo@" not in kept
    _only_numbers(run.result)


def _only_numbers(kept: Any) -> None:
    """Look that no text is kept but whose figures they are."""
    assert all(isinstance(many, int) for many in kept["got"].values())
    for each in kept["served"]:
        assert all(isinstance(many, int) for name, many in each.items() if name != "slug")
