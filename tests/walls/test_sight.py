"""What a rep may not see of their own company does not exist for them, at any address."""

from typing import Any

import pytest

from crm.tenants.models import Reach
from leads.models import CustomField, Lead
from tests.people import Cast, as_person
from tests.walls import addresses
from tests.walls.conftest import SECRET

# What these arguments name is seen by some and not by others.
HIDDEN = {"lead_id", "campaign_id", "run_id", "view_id", "enrichment_id"}
ADDRESSES = [
    each
    for each in addresses.every()
    if not each.is_admin and HIDDEN & set(each.arguments) and "operations/" not in each.route
]


@pytest.fixture
def hidden(rows: dict[str, Any], cast: Cast) -> dict[str, Any]:
    """The rows as they are for a rep who sees their own alone; everything is Ada's."""
    cast.tenant.rep_reach = cast.tenant.viewer_reach = Reach.OWN
    cast.tenant.shows_unowned = False
    cast.tenant.save()
    # What a rep sees anyway.
    cast.ben.name = "Ben"
    cast.ben.save()
    for stage in (rows["stage_id"], rows["stage_id"].pipeline):
        stage.name = "Discovery"
        stage.save()
    cast.tenant.name = "Acme Cabling"
    cast.tenant.save()
    Lead.of(cast.tenant).update(owner=cast.ada)
    campaign = rows["campaign_id"]
    campaign.created_by = cast.ada
    campaign.save()
    rows["tag_id"].name = "Warm"
    rows["tag_id"].save()
    # A company's own fields and tags are everybody's in it.
    CustomField.of(cast.tenant).update(label="Supplier")
    template = rows["template_id"]
    template.name = "Practices"
    template.save()
    return rows


@pytest.mark.parametrize("name", ["ben", "vera"])
def test_an_unseen_row_of_the_same_company_is_nowhere(
    hidden: dict[str, Any], cast: Cast, name: str
) -> None:
    assert len(ADDRESSES) > 25
    browser = as_person(getattr(cast, name))
    breaches = []
    for address in ADDRESSES:
        answers = [getattr(browser, method)(address.path(hidden)) for method in ("get", "post")]
        statuses = {answer.status_code for answer in answers}
        told = any(SECRET in answer.content.decode() for answer in answers)
        # A viewer may not post; a rep's post must find nothing.
        allowed = {404, 405} | ({403} if name == "vera" else set())
        if told or not statuses <= allowed or statuses == {405}:
            breaches.append(f"{address}: {statuses}")
    assert breaches == []


def test_no_page_names_it(hidden: dict[str, Any], cast: Cast) -> None:
    ben, ada = as_person(cast.ben), as_person(cast.ada)
    lead, campaign = hidden["lead_id"], hidden["campaign_id"]
    pages = ["/", "/leads/", "/board/", "/campaigns/", "/campaigns/schedules/", "/notices/"]
    pages += ["/campaigns/compare/", "/campaigns/new/", f"/leads/?campaign={campaign.pk}"]
    pages += [f"/board/columns/{lead.stage_id}/", f"/leads/?owner={cast.ada.pk}&q=dental"]
    for path in pages:
        answer = ben.get(path)
        assert answer.status_code == 200, path
        assert SECRET not in answer.content.decode(), path
    told = [path for path in pages if SECRET in ada.get(path).content.decode()]
    assert len(told) > 6


def test_two_campaigns_are_not_compared_by_who_sees_one(hidden: dict[str, Any], cast: Cast) -> None:
    campaign = hidden["campaign_id"]
    assert as_person(cast.ben).get(f"/campaigns/compare/?a={campaign.pk}").status_code == 404
    assert as_person(cast.ada).get(f"/campaigns/compare/?a={campaign.pk}").status_code == 200
