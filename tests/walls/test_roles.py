"""Who may do what: a viewer looks on, a rep works, the administration is the managers'."""

from typing import Any

import pytest

from campaigns.models import Campaign, Run
from crm.tenants.models import Role
from leads.models import TimelineEntry
from tests.people import Cast, as_person

WORK = "As a viewer you may not move leads or write notes. Ask an owner or manager"
LAUNCH = "As a viewer you may not run campaigns. Ask an owner or manager"


@pytest.mark.parametrize("page", ["/", "/leads/", "/board/", "/campaigns/", "/notices/"])
def test_a_viewer_may_look(rows: dict[str, Any], cast: Cast, page: str) -> None:
    assert as_person(cast.vera).get(page).status_code == 200


def test_a_viewer_may_not_work(rows: dict[str, Any], cast: Cast) -> None:
    vera, lead, campaign = as_person(cast.vera), rows["lead_id"], rows["campaign_id"]
    before = (TimelineEntry.of(cast.tenant).count(), Run.of(cast.tenant).count())
    refused = {
        f"/leads/{lead.pk}/move/": WORK,
        f"/leads/{lead.pk}/notes/": WORK,
        "/campaigns/launch/": LAUNCH,
        f"/campaigns/{campaign.pk}/again/": LAUNCH,
        f"/campaigns/{campaign.pk}/more/": LAUNCH,
        f"/campaigns/{campaign.pk}/edit/": LAUNCH,
        f"/campaigns/{campaign.pk}/template/": LAUNCH,
        f"/campaigns/templates/{rows['template_id'].pk}/rename/": LAUNCH,
        f"/campaigns/templates/{rows['template_id'].pk}/delete/": LAUNCH,
    }
    for path, sentence in refused.items():
        answer = vera.post(path, {"text": "Hello", "kind": "healthcare"})
        assert answer.status_code == 403, path
        assert sentence in answer.content.decode(), path
    assert before == (TimelineEntry.of(cast.tenant).count(), Run.of(cast.tenant).count())
    assert Campaign.of(cast.tenant).count() == 1


def test_a_viewer_is_offered_nothing_that_would_be_refused(
    rows: dict[str, Any], cast: Cast
) -> None:
    vera = as_person(cast.vera)
    lead = vera.get(f"/leads/{rows['lead_id'].pk}/").content.decode()
    assert "/notes/" not in lead
    assert "/move/" not in lead.replace("data-move-url", "")
    campaign = vera.get(f"/campaigns/{rows['campaign_id'].pk}/").content.decode()
    assert "/again/" not in campaign
    assert "/edit/" not in campaign
    assert "/template/" not in campaign
    assert 'href="/campaigns/new/"' not in vera.get("/campaigns/").content.decode()


@pytest.mark.parametrize("name", ["ben", "vera"])
def test_the_administration_is_closed_to_reps_and_viewers(
    rows: dict[str, Any], cast: Cast, name: str
) -> None:
    browser = as_person(getattr(cast, name))
    for path in (
        "/admin/",
        "/admin/leads/lead/",
        f"/admin/leads/lead/{rows['lead_id'].pk}/change/",
    ):
        answer = browser.get(path, follow=True)
        assert answer.status_code == 403
        assert "The administration is for owners and managers." in answer.content.decode()
    assert 'href="/admin/"' not in browser.get("/").content.decode()


def test_a_manager_may_open_the_administration(rows: dict[str, Any], cast: Cast) -> None:
    mia = as_person(cast.join("Mia", Role.MANAGER))
    assert mia.get("/admin/leads/lead/").status_code == 200
    assert 'href="/admin/"' in mia.get("/").content.decode()
