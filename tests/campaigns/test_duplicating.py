"""A campaign is taken as the start of another one."""

from typing import Any

import pytest

from campaigns import criteria, prefill
from campaigns.models import Campaign
from crm.ids import uuid7
from tests.campaigns.conftest import Launch
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def wizard(cast: Cast, campaign: Campaign) -> Any:
    """Follow the campaign's button to the wizard."""
    ben = as_person(cast.ben)
    address = ben.get(f"/campaigns/{campaign.pk}/").context["duplicate_url"]
    assert address.startswith(f"/campaigns/new/{campaign.kind}/?")
    return ben.get(address)


def entries(answer: Any) -> dict[str, Any]:
    sent = {control.name: control.value() for control in answer.context["form"]}
    return {name: value for name, value in sent.items() if value}


def test_the_wizard_is_filled_in_with_all_of_it(cast: Cast, launch: Launch) -> None:
    campaign = launch(
        miles=7, max_results=12, takes_edge=True, takes_customers=True, min_employees=10
    )
    answer = wizard(cast, campaign)
    assert entries(answer) == {
        "postcode": "LE1 1AA",
        "miles": "7",
        "max_results": "12",
        "takes_edge": True,
        "takes_customers": True,
        "min_employees": "10",
        "sources": ["register", "companies_house"],
    }
    assert 'class="field-error"' not in answer.content.decode()


def test_the_same_once_more_is_the_campaign_that_is_there(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3, min_employees=10, only_known_size=True)
    sent = entries(wizard(cast, campaign))
    ben = as_person(cast.ben)
    shown = ben.get("/campaigns/new/healthcare/preview/", sent)
    assert shown.context["existing"] == campaign
    token = {"kind": "healthcare", "launch_token": str(uuid7())}
    answer = ben.post("/campaigns/launch/", sent | token, follow=True)
    assert "You have this campaign already." in answer.content.decode()
    assert Campaign.of(cast.tenant).count() == 1


def test_something_else_is_another_campaign(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3, takes_customers=True)
    sent = entries(wizard(cast, campaign)) | {"miles": "4"}
    token = {"kind": "healthcare", "launch_token": str(uuid7())}
    as_person(cast.ben).post("/campaigns/launch/", sent | token)
    other = Campaign.of(cast.tenant).exclude(pk=campaign.pk).get()
    assert (other.miles, other.takes_customers) == (4, True)


def test_what_the_kind_asks_goes_along(cast: Cast) -> None:
    own = {"prompt": "Bakeries\r\nwith an oven & “flour”"}
    wanted = criteria.read(
        {"kind": "custom_prompt", "postcode": "LE1 1AA", "miles": 3, "max_results": 5, "extra": own}
    )
    campaign = Campaign.of(cast.tenant).create(
        tenant=cast.tenant, **wanted.as_json(), name="Bakeries", fingerprint=wanted.fingerprint
    )
    assert entries(wizard(cast, campaign))["prompt"] == own["prompt"]


def test_a_budget_is_written_as_a_person_types_it() -> None:
    kept = {"postcode": "LE1 1AA", "budget_pence": 124_050, "takes_edge": False, "extra": {"a": ""}}
    assert prefill.values(kept) == {"postcode": "LE1 1AA", "budget": "1,240.50"}


@pytest.mark.parametrize(
    "query", ["miles=x&postcode=%3Cb%3E", "takes_edge=false", "takes_edge=&x=y"]
)
def test_an_address_of_nonsense_is_only_a_form(cast: Cast, query: str) -> None:
    answer = as_person(cast.ben).get(f"/campaigns/new/healthcare/?{query}")
    assert answer.status_code == 200
    assert not answer.context["form"]["takes_edge"].value()
