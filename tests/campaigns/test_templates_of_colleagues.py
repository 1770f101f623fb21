"""What a colleague keeps as a template is theirs to change, and nothing is said of it unseen."""

from typing import Any

import pytest

from campaigns.models import Campaign, Template
from crm.tenants.models import Reach, Role
from tests.factories.campaigns import CampaignFactory, TemplateFactory
from tests.people import Cast, as_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]


@pytest.fixture
def own(cast: Cast) -> Cast:
    cast.tenant.rep_reach, cast.tenant.shows_unowned = Reach.OWN, False
    cast.tenant.save()
    return cast


@pytest.fixture
def campaign(own: Cast) -> Campaign:
    found: Campaign = CampaignFactory(tenant=own.tenant, miles=7, created_by=own.ben)
    return found


def keep(cast: Cast, campaign: Campaign, name: str) -> Any:
    sent = {"name": name, "keeps_postcode": "on", "replaces": "on"}
    return as_person(cast.ben).post(f"/campaigns/{campaign.pk}/template/", sent)


def test_an_unseen_one_is_not_replaced_and_not_told_of(own: Cast, campaign: Campaign) -> None:
    cara = own.join("Cara", Role.REP)
    theirs = TemplateFactory(tenant=own.tenant, name="Secret Practices", created_by=cara)
    answer = keep(own, campaign, "secret practices")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A colleague&#x27;s template has this name. Take another name." in page
    assert "Secret Practices" not in page
    mine = TemplateFactory(tenant=own.tenant, name="Mine", created_by=own.ben)
    address = f"/campaigns/templates/{mine.pk}/rename/"
    page = as_person(own.ben).post(address, {"name": "secret practices"}).content.decode()
    assert "A colleague&#x27;s template has this name." in page
    assert "Secret Practices" not in page
    theirs.refresh_from_db()
    assert (theirs.name, theirs.wanted["miles"]) == ("Secret Practices", 15)
    assert Template.of(own.tenant).count() == 2


def test_one_that_is_seen_is_started_from_and_not_changed(own: Cast, campaign: Campaign) -> None:
    leaders = TemplateFactory(tenant=own.tenant, name="Leaders", created_by=own.ada)
    ben, address = as_person(own.ben), f"/campaigns/templates/{leaders.pk}/"
    page = ben.get("/campaigns/new/").content.decode()
    assert "Leaders" in page
    assert f"{address}rename/" not in page
    answer = keep(own, campaign, "Leaders")
    assert answer.status_code == 422
    assert "There is a template called “Leaders” already. Take another" in answer.content.decode()
    assert 'name="replaces"' not in answer.content.decode()
    for what in ("rename", "delete"):
        assert ben.post(f"{address}{what}/", {"name": "x"}).status_code == 403
    leaders.refresh_from_db()
    assert (leaders.name, leaders.wanted["miles"]) == ("Leaders", 15)
    assert as_person(own.ada).post(f"{address}delete/").status_code == 302
