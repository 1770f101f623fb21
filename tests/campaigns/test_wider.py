"""A circle that was walked to its end is made wider: what lies between is found, all of it."""

from typing import Any

import pytest

from campaigns import criteria, editing, positions
from campaigns.models import Campaign, Finding, Run
from crm.tenants.acting import acting_for
from tests.campaigns.conftest import Launch, run_until_done
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")
# Leicester's postcodes are known; Truro's organisations only to their area.
PLACES = [
    {"kind": "education", "postcode": "LE15 6AA"},
    {"kind": "education", "postcode": "TR1 1AA"},
    {"kind": "education", "postcode": "TR1 1AA", "takes_edge": True},
]


def widen(cast: Cast, campaign: Campaign, miles: int) -> None:
    with acting_for(cast.tenant):
        campaign = Campaign.of(cast.tenant).select_related("tenant").get(pk=campaign.pk)
        asked = criteria.of(campaign)
        given = {name: getattr(asked, name) for name in ("max_results", "takes_edge", "extra")}
        wanted = criteria.check(asked.kind, postcode=asked.postcode, miles=miles, **given)
        editing.change(campaign, wanted, campaign.name, by=cast.ben)


def at_once(launch: Launch, **wanted: Any) -> int:
    """How many the wide circle finds if it is walked from the middle."""
    return run_until_done(launch(**wanted)).created


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(map(str, place.values())))
@pytest.mark.parametrize("is_under_way", [False, True])
def test_a_wider_circle_finds_as_many_as_if_it_had_been_wide_at_first(
    cast: Cast, launch: Launch, place: dict[str, Any], is_under_way: bool
) -> None:
    near, far = 9, 14
    campaign = launch(**place, miles=near, max_results=500)
    if is_under_way:
        widen(cast, campaign, far)
    first = run_until_done(campaign)
    if not is_under_way:
        widen(cast, campaign, far)
    more = run_until_done(campaign, Run.Mode.MORE)
    assert more.left == 0
    created = Finding.of(cast.tenant).filter(run__in=[first, more], verdict="created")
    # Nothing is left for whoever walks it all.
    assert more.created > 0
    assert at_once(launch, **place, miles=far, max_results=499) == 0
    assert created.count() == first.created + more.created


def test_it_goes_on_behind_the_last_place_before_the_edge(cast: Cast, launch: Launch) -> None:
    campaign = launch(miles=15, max_results=20)
    run_until_done(campaign)
    widen(cast, campaign, 30)
    more = run_until_done(campaign, Run.Mode.MORE)
    assert (more.created, more.duplicates) == (20, 0)


def test_a_narrower_circle_keeps_its_place(cast: Cast, launch: Launch) -> None:
    campaign = launch(miles=15, max_results=20)
    run_until_done(campaign)
    wide = criteria.of(campaign)
    with acting_for(cast.tenant):
        near = criteria.check(wide.kind, postcode="LE1 1AA", miles=3, max_results=20)
        reached = {"register": [2.5, 7], "gone": [1]}
        assert positions.carried(reached, walked=wide, wanted=near) == reached
        assert positions.carried({"register": [2.5, 7]}, walked=near, wanted=wide) == {}
        ten = criteria.check(wide.kind, postcode="LE1 1AA", miles=10, max_results=20)
        place = {"register": [4.9, 7]}
        assert positions.carried(place, walked=ten, wanted=wide) == place
        far = {"register": [12.0, 7]}
        assert positions.carried(far, walked=ten, wanted=wide) == {"register": [5.0, 0]}
