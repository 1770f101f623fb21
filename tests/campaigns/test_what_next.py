"""What can be done once a run is over: “Run again” only where it has anybody to ask."""

from typing import Any

import pytest

from campaigns import choosing, criteria
from campaigns.models import Campaign, Run
from campaigns.planning import keeping, reading
from crm.tenants.acting import acting_for
from tests.discovery.lists import as_csv
from tests.factories.campaigns import CampaignFactory, RunFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
AGAIN, MORE = ">Run again<", ">Find more<"
WHY = "All its sources cost, and “Run again” would ask nothing that does."


def over(cast: Cast, left: int | None = None, **wanted: Any) -> Campaign:
    made: Campaign = CampaignFactory(tenant=cast.tenant, created_by=cast.ben, **wanted)
    run = RunFactory(campaign=made, state=Run.State.COMPLETED, number=1, left=left)
    with acting_for(cast.tenant):
        Run.of(cast.tenant).filter(pk=run.pk).update(wanted=criteria.of(made).as_json())
    return made


def shown(cast: Cast, campaign: Campaign) -> str:
    page = as_person(cast.ben).get(campaign.get_absolute_url()).content.decode()
    return " ".join(page.partition('id="next"')[2].partition("</section>")[0].split())


@pytest.mark.parametrize("left", [None, 0, 7])
def test_where_all_sources_cost_it_is_not_offered_and_the_page_says_why(
    cast: Cast, left: int | None
) -> None:
    campaign = over(cast, left, sources=["openai_web", "hunter"], credits_most=45)
    found = shown(cast, campaign)
    assert "/again/" not in found
    assert "/more/" in found
    assert WHY in found
    assert "may take up to 45 credits, as confirmed." in found
    assert "looks at the same ones" not in found
    polled = as_person(cast.ben).get(f"{campaign.get_absolute_url()}progress/").content.decode()
    assert "/again/" not in polled


@pytest.mark.parametrize("sources", [None, ["register", "openai_web"], ["companies_house"]])
def test_where_one_is_free_it_is_offered(cast: Cast, sources: Any) -> None:
    found = shown(cast, over(cast, sources=sources))
    assert "/again/" in found
    assert "/more/" in found
    assert WHY not in found
    assert "looks at the same ones" in found


def test_with_nothing_left_it_is_run_again_and_not_on(cast: Cast) -> None:
    found = shown(cast, over(cast, 0))
    assert "/again/" in found
    assert "/more/" not in found
    assert "Run it again when a register has been renewed" in found


def test_of_a_council_s_list_it_waits_for_a_newer_one(cast: Cast) -> None:
    campaign = over(cast, 0, kind="planning_applications", sources=["planning", "openai_web"])
    # The list is gone, and the rest costs.
    assert WHY in shown(cast, campaign)
    keeping.add(cast.tenant, "Leicester", reading.read(as_csv()), by=cast.ben)
    assert "Run it again when there is a newer list" in shown(cast, campaign)


def test_where_registers_are_asked_nothing_is_looked_up_for_it(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    wanted = criteria.of(CampaignFactory(tenant=cast.tenant))
    with django_assert_num_queries(0):
        assert choosing.can_repeat(cast.tenant, wanted)
