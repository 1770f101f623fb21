"""The way to a campaign: what is said before the launch, and one launch however often pressed."""

from typing import Any

import pytest
from django.http import HttpResponse

from campaigns.models import Campaign, Run, SourceRun
from crm.ids import uuid7
from crm.ledger.models import AuditEntry
from leads.models import Lead
from tests.campaigns.conftest import Launch, run_until_done
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")
NEAR_LE1 = {"postcode": "le1 1aa", "miles": "15", "max_results": "100"}


def preview(cast: Cast, kind: str = "healthcare", **wanted: Any) -> Any:
    return as_person(cast.ben).get(f"/campaigns/new/{kind}/preview/", NEAR_LE1 | wanted)


def press(cast: Cast, token: object, kind: str = "healthcare", **wanted: Any) -> HttpResponse:
    sent = NEAR_LE1 | {"kind": kind, "launch_token": str(token)} | wanted
    return as_person(cast.ben).post("/campaigns/launch/", sent, follow=True)


def test_twelve_kinds_are_offered(cast: Cast) -> None:
    page = as_person(cast.ben).get("/campaigns/new/").content.decode()
    assert page.count("/campaigns/new/") >= 12
    assert "Ready: official registers cover it." in page
    assert "Finds nothing yet: needs" in page


def test_the_preview_counts_before_anything_is_created(cast: Cast) -> None:
    answer = preview(cast)
    found = answer.context["preview"]
    assert (found.matching, found.known, found.new, found.will_create) == (498, 0, 498, 100)
    assert len(found.first_ten) == 10
    assert all(entry.miles < 1 and not entry.is_known for entry in found.first_ten)
    assert sum(basis.count for basis in found.sources) == 498
    assert all(basis.as_of for basis in found.sources)
    assert "498" in answer.content.decode()
    assert not Campaign.of(cast.tenant).exists()


def test_the_preview_knows_what_the_company_has_already(cast: Cast, launch: Launch) -> None:
    run_until_done(launch(max_results=20))
    found = preview(cast).context["preview"]
    assert (found.matching, found.known, found.new) == (498, 20, 478)
    assert all(entry.is_known for entry in found.first_ten)
    theirs = as_person(cast.charlie).get("/campaigns/new/healthcare/preview/", NEAR_LE1)
    assert theirs.context["preview"].known == 0


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("planning_applications", "a council’s list or AI web search"),
        ("custom_prompt", "AI web search"),
    ],
)
def test_a_kind_whose_sources_have_no_key_says_so_and_is_not_launched(
    cast: Cast, kind: str, needed: str
) -> None:
    more = {"prompt": "Bakeries with an oven"} if kind == "custom_prompt" else {}
    place = as_person(cast.ben).get(f"/campaigns/new/{kind}/").content.decode()
    takes_lists = kind == "planning_applications"
    rest = "." if takes_lists else ", and no key works here for that."
    assert f"It needs {needed}{rest}" in place
    assert ("For AI web search no key works here." in place) == takes_lists
    assert ('href="/campaigns/planning/"' in place) == takes_lists
    assert ("are found without any key" in place) == takes_lists
    assert "There is nothing to launch yet" in preview(cast, kind, **more).content.decode()
    answer = press(cast, uuid7(), kind, **more)
    assert answer.status_code == 422
    refusal = answer.content.decode()
    assert "needs AI web search, chosen and with a key" in refusal
    assert ("Or upload a council’s list first." in refusal) == takes_lists
    assert not Campaign.of(cast.tenant).exists()


def test_a_kind_asks_for_what_only_it_needs(cast: Cast) -> None:
    without = preview(cast, "new_businesses")
    assert without.status_code == 422
    wrong = preview(cast, "new_businesses", months="<b>99</b>")
    assert "is not a number from 1 to 36." in wrong.content.decode()
    assert "<b>99</b>" not in wrong.content.decode()
    assert preview(cast, "new_businesses", months="6").status_code == 200


def test_an_unknown_kind_is_not_found(cast: Cast) -> None:
    assert as_person(cast.ben).get("/campaigns/new/bakeries/").status_code == 404
    assert press(cast, uuid7(), "bakeries").status_code == 404


def test_launching_creates_and_starts_the_campaign(cast: Cast) -> None:
    token = preview(cast).context["launch_token"]
    answer = press(cast, token)
    campaign = Campaign.of(cast.tenant).get()
    assert answer.redirect_chain == [(f"/campaigns/{campaign.pk}/", 302)]  # type: ignore[attr-defined]
    assert (campaign.name, campaign.created_by) == (
        "Healthcare within 15 miles of LE1 1AA",
        cast.ben,
    )
    run = Run.of(cast.tenant).get()
    assert (run.state, run.mode, run.maximum, run.expected) == ("queued", "first", 100, 100)
    assert SourceRun.of(cast.tenant).get().source == "register"
    of_it = {"tenant_id": cast.tenant.pk, "target_type__startswith": "campaigns."}
    verbs = AuditEntry.objects.filter(**of_it).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["created", "run started"]


def test_the_same_button_pressed_twice_is_one_campaign_and_one_run(cast: Cast) -> None:
    token = uuid7()
    for _ in range(2):
        assert press(cast, token).status_code == 200
    assert Campaign.of(cast.tenant).count() == Run.of(cast.tenant).count() == 1


def test_a_second_tab_is_told_that_the_campaign_is_there(cast: Cast) -> None:
    press(cast, uuid7())
    answer = press(cast, uuid7())
    assert "You have this campaign already." in answer.content.decode()
    assert Campaign.of(cast.tenant).count() == Run.of(cast.tenant).count() == 1


def test_the_same_criteria_in_another_company_are_its_own_campaign(cast: Cast) -> None:
    press(cast, uuid7())
    as_person(cast.charlie).post(
        "/campaigns/launch/", NEAR_LE1 | {"kind": "healthcare", "launch_token": str(uuid7())}
    )
    assert Campaign.of(cast.other).count() == Campaign.of(cast.tenant).count() == 1


@pytest.mark.parametrize("token", ["", "nonsense"])
def test_a_launch_without_its_token_creates_nothing(cast: Cast, token: str) -> None:
    assert press(cast, token).status_code == 422
    assert not Campaign.of(cast.tenant).exists()


def test_the_page_polls_only_while_the_run_is_active(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    ben = as_person(cast.ben)
    for path in (f"/campaigns/{campaign.pk}/", f"/campaigns/{campaign.pk}/progress/"):
        assert 'hx-trigger="every' in ben.get(path).content.decode()
    assert 'http-equiv="refresh"' in ben.get(f"/campaigns/{campaign.pk}/").content.decode()
    run_until_done(campaign)
    for path in (f"/campaigns/{campaign.pk}/", f"/campaigns/{campaign.pk}/progress/"):
        page = ben.get(path).content.decode()
        assert 'hx-trigger="every' not in page
        assert 'http-equiv="refresh"' not in page
    assert "3 new leads; 495 left." in page
    assert Lead.of(cast.tenant).first().title in page.replace("&#x27;", "'").replace("&amp;", "&")  # type: ignore[union-attr]


def test_the_page_repeats_and_goes_on_by_button(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    ben = as_person(cast.ben)
    ben.post(f"/campaigns/{campaign.pk}/more/")
    assert run_until_done(campaign).created == 3
    ben.post(f"/campaigns/{campaign.pk}/again/")
    answer = ben.post(f"/campaigns/{campaign.pk}/again/", follow=True)
    assert "is running already." in answer.content.decode()
    assert run_until_done(campaign).created == 0
    assert Run.of(cast.tenant).count() == 3


def test_a_notice_leads_to_the_campaign_and_is_read_by_looking(cast: Cast, launch: Launch) -> None:
    campaign = launch(max_results=3)
    run_until_done(campaign)
    ben = as_person(cast.ben)
    assert ben.get("/").context["bell"].count == 1
    page = ben.get("/notices/").content.decode()
    assert "3 new leads; 495 left." in page
    assert f'href="/campaigns/{campaign.pk}/"' in page
    assert ben.get("/").context["bell"].count == 0
    assert "3 new leads" not in as_person(cast.ada).get("/notices/").content.decode()
