"""A campaign asks vendors: it finds, checks, admits, books what that costs, and ends."""

import pytest

from campaigns.models import Checked, Finding, Inquiry, Run, SourceRun
from crm.credits import credits
from tests.asking.conftest import WANTED, Launch, see_through, standing
from tests.people import Cast
from tests.simulators import Running

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def test_companies_house_fills_the_run_with_verified_companies(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("companies_house")
    run = see_through(campaign)
    assert run.state == Run.State.COMPLETED, standing(campaign)
    assert run.created == WANTED
    findings = Finding.of(cast.tenant).filter(verdict="created")
    assert {finding.checked for finding in findings} == {Checked.VERIFIED}
    assert all(finding.evidence["checks"] for finding in findings)
    # None of them needed a call of its own: the search told all.
    assert not [each for each in vendors.companies_house.calls() if "/company/" in each["path"]]


def test_the_web_finds_what_is_wanted_and_what_it_cost_is_booked(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("openai_web")
    run = see_through(campaign)
    assert run.state == Run.State.COMPLETED, standing(campaign)
    assert run.created == WANTED, standing(campaign)
    asked = Inquiry.of(cast.tenant).filter(source_run__run=run)
    assert sum(each.credits for each in asked) == 15 * len(asked)
    balance = credits.balance(cast.tenant)
    assert (balance.available, balance.held) == (10_000 - 15 * len(asked), 0)
    [row] = SourceRun.of(cast.tenant).filter(run=run)
    assert row.cost_micros == sum(each.cost_micros for each in asked) > 0
    assert all(each.said["prompt"] and each.said["model"] for each in asked if not each.trouble)


def test_places_are_findings_and_become_leads_where_somebody_else_names_them(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    campaign = launch("google_places", kind="healthcare", miles=3, max_results=10)
    run = see_through(campaign)
    assert run.state == Run.State.COMPLETED, standing(campaign)
    findings = Finding.of(cast.tenant).filter(run=run)
    assert run.created, standing(campaign)
    assert all(each.place_id for each in findings if each.verdict != "duplicate")
    for nameless in findings.filter(ground="nameless"):
        assert not nameless.postcode


def test_of_named_companies_it_says_whom_nobody_knows(
    cast: Cast, vendors: Running, launch: Launch
) -> None:
    named = "Northmere Computers\nНеизвестная фирма\nNobody Knows Ltd"
    asked = {"kind": "competitor_verification", "extra": {"companies": named}}
    campaign = launch("openai_web", **asked, credits_most=15)
    run = see_through(campaign)
    assert run.state == Run.State.COMPLETED, standing(campaign)
    # All that was confirmed was used, and nothing was left to ask.
    assert "credits that were confirmed" not in run.reason
    ending = " No source told of Неизвестная фирма, Nobody Knows Ltd."
    assert run.reason.endswith(ending), run.reason
