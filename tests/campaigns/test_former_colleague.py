"""Whoever started a campaign has left: it goes on, and every page still opens."""

from typing import Any

import pytest

from campaigns.models import Campaign, Run
from crm.ids import uuid7
from crm.notices.models import Notice
from crm.tenants.models import Membership
from tests.campaigns.conftest import Launch, run_until_done
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def pages(cast: Cast, campaign: Campaign) -> dict[str, str]:
    """Every page that shows the campaign, as Ada sees it."""
    ada = as_person(cast.ada)
    run = Run.of(cast.tenant).filter(campaign=campaign).first()
    assert run is not None
    shown = {}
    for address in (
        "/",
        "/campaigns/",
        f"/campaigns/{campaign.pk}/",
        f"/campaigns/{campaign.pk}/edit/",
        f"/campaigns/{campaign.pk}/template/",
        f"/admin/campaigns/campaign/{campaign.pk}/change/",
        f"/admin/campaigns/run/{run.pk}/change/",
    ):
        answer = ada.get(address)
        assert answer.status_code == 200, address
        shown[address] = answer.content.decode()
    return shown


def leave(cast: Cast, is_deleted: bool) -> None:
    if is_deleted:
        cast.ben.delete()
    else:
        Membership.of(cast.tenant).filter(user=cast.ben).delete()


@pytest.mark.parametrize("is_deleted", [True, False])
def test_the_run_goes_on_and_the_owners_hear_of_it(
    cast: Cast, launch: Launch, is_deleted: bool
) -> None:
    campaign = launch(max_results=3)
    leave(cast, is_deleted)
    run = run_until_done(campaign)
    assert (run.state, run.created) == ("completed", 3)
    assert [notice.user for notice in Notice.of(cast.tenant)] == [cast.ada]
    shown = pages(cast, campaign)
    who = "a former colleague" if is_deleted else "Ben"
    assert who in shown["/campaigns/"]
    assert f"by {who}" in shown[f"/campaigns/{campaign.pk}/"]


@pytest.mark.parametrize("is_deleted", [True, False])
def test_a_colleague_takes_over(cast: Cast, launch: Launch, is_deleted: bool) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    leave(cast, is_deleted)
    ada: Any = as_person(cast.ada)
    form = ada.get(f"/campaigns/{campaign.pk}/edit/").context["form"]
    sent = {control.name: control.value() for control in form if control.value()}
    assert ada.post(f"/campaigns/{campaign.pk}/edit/", sent | {"name": "Ada's"}).status_code == 302
    ada.post(f"/campaigns/{campaign.pk}/more/")
    assert run_until_done(campaign).created == 3
    assert "Ada&#x27;s" in pages(cast, campaign)["/campaigns/"]


def test_a_campaign_of_the_command_line_is_nobody_s(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    Campaign.of(cast.tenant).update(created_by=None, launch_token=None)
    assert "the command line" in pages(cast, campaign)["/campaigns/"]
    Campaign.of(cast.tenant).update(launch_token=uuid7())
    assert "a former colleague" in pages(cast, campaign)["/campaigns/"]
