"""What a campaign may ask for besides kind and circle, from the form to the finding."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from campaigns import criteria, kinds
from campaigns.discovery import sources
from campaigns.models import Campaign, Finding, Run
from crm.ids import uuid7
from crm.pipeline.models import Kind
from leads.models import Lead, TimelineEntry
from leads.moving import board
from tests.campaigns.conftest import Launch, run_until_done
from tests.campaigns.paid import Fernbook
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")
NEAR_LE1 = {"postcode": "LE1 1AA", "miles": "15", "max_results": "100"}
OPEN = '<details class="disclose" id="options" open>'


@pytest.fixture
def fernbook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fernbook]:
    """One source more, which is paid for and tells sizes."""
    source = Fernbook()
    monkeypatch.setattr(sources, "SOURCES", (*sources.SOURCES, source))
    monkeypatch.setitem(sources.BY_SLUG, source.slug, source)
    return source


def page(cast: Cast, address: str, **wanted: Any) -> Any:
    return as_person(cast.ben).get(f"/campaigns/new/{address}", NEAR_LE1 | wanted)


def press(cast: Cast, kind: str = "healthcare", **wanted: Any) -> Any:
    sent = NEAR_LE1 | {"kind": kind, "launch_token": str(uuid7())} | wanted
    return as_person(cast.ben).post("/campaigns/launch/", sent, follow=True)


def test_more_options_are_folded_away_until_one_is_chosen(cast: Cast) -> None:
    assert OPEN not in page(cast, "healthcare/").content.decode()
    for chosen in ({"takes_customers": "on"}, {"min_employees": "5"}, {"takes_edge": "on"}):
        shown = page(cast, "healthcare/", **chosen).content.decode()
        assert OPEN in shown, chosen
    assert OPEN in page(cast, "healthcare/preview/", min_employees="none").content.decode()


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"min_employees": "0"}, "The minimum size is from 1 to 100,000 people; 0 is outside"),
        ({"min_employees": "100001"}, "The minimum size is from 1 to 100,000 people; 100001"),
        ({"max_employees": "0"}, "The maximum size is from 1 to 100,000 people; 0 is outside"),
        ({"max_employees": "100001"}, "The maximum size is from 1 to 100,000 people; 100001"),
        ({"min_employees": "many"}, "Enter a whole number."),
        ({"only_known_size": "on"}, "Say how many people at least, or untick “Only where"),
    ],
)
def test_a_size_that_makes_no_sense_is_answered_in_words(
    cast: Cast, wanted: dict[str, str], sentence: str
) -> None:
    answer = page(cast, "healthcare/preview/", **wanted)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert press(cast, **wanted).status_code == 422
    assert not Campaign.of(cast.tenant).exists()


def test_the_preview_names_what_was_chosen(cast: Cast) -> None:
    shown = page(cast, "healthcare/preview/", min_employees="1000", takes_customers="on")
    assert [(fact.label, fact.text) for fact in shown.context["options"]] == [
        ("Customers", "included"),
        ("Size", "1,000 people or more, or not known"),
    ]
    assert "1,000 people or more, or not known" in shown.content.decode()


def test_the_preview_says_that_registers_tell_no_size(cast: Cast) -> None:
    shown = page(cast, "healthcare/preview/", min_employees="10")
    said = "do not say how many people work there: these 498 pass, marked “size not known”."
    assert said in shown.content.decode()
    assert shown.context["preview"].will_create == 100
    assert said not in page(cast, "healthcare/preview/").content.decode()


def test_the_preview_warns_that_no_lead_would_come_of_it(cast: Cast) -> None:
    asked = {"min_employees": "10", "only_known_size": "on", "takes_customers": "on"}
    shown = page(cast, "healthcare/preview/", **asked)
    html = shown.content.decode()
    assert shown.context["preview"].will_create == 0
    assert "No lead would come of this." in html
    assert "Launch anyway" in html
    assert '<span class="badge badge-good">New</span>' not in html
    other = as_person(cast.ben).get(
        "/campaigns/new/healthcare/preview/" + shown.context["any_size_url"]
    )
    assert other.context["preview"].will_create == 100
    assert other.context["form"].criteria.takes_customers


def test_taking_those_near_the_edge_keeps_the_other_options(cast: Cast) -> None:
    place = {"postcode": "TR1 1AA", "miles": "3", "min_employees": "10", "takes_customers": "on"}
    shown = page(cast, "education/preview/", **place).content.decode()
    (link,) = [part.split('"')[0] for part in shown.split('href="') if "takes_edge=on" in part]
    taken = as_person(cast.ben).get(
        "/campaigns/new/education/preview/" + link.replace("&amp;", "&")
    )
    wanted = taken.context["form"].criteria
    assert (wanted.takes_edge, wanted.takes_customers, wanted.min_employees) == (True, True, 10)


def test_launching_keeps_what_was_chosen(cast: Cast) -> None:
    answer = press(cast, min_employees="10", takes_customers="on", max_results="3")
    campaign = Campaign.of(cast.tenant).get()
    assert (campaign.takes_customers, campaign.min_employees) == (True, 10)
    assert (
        campaign.name
        == "Healthcare within 15 miles of LE1 1AA, customers included, 10 people or more"
    )
    assert Run.of(cast.tenant).get().wanted["min_employees"] == 10
    assert "10 people or more, or not known" in answer.content.decode()


def test_an_unknown_size_is_marked_in_finding_timeline_and_lead(cast: Cast, launch: Launch) -> None:
    run = run_until_done(launch(max_results=3, min_employees=10))
    assert run.created == 3
    found = Finding.of(cast.tenant).filter(run=run)
    assert set(found.values_list("ground", "reason")) == {("size", "New, size not known")}
    texts = TimelineEntry.of(cast.tenant).values_list("text", flat=True)
    assert all("Its size is not known" in text for text in texts)
    lead = Lead.of(cast.tenant).first()
    assert lead is not None
    assert "Its size is not known" in as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()


def test_only_known_sizes_leave_nothing_of_a_register_and_promise_nothing(
    cast: Cast, launch: Launch
) -> None:
    campaign = launch(postcode="LE15 6AA", miles=2, min_employees=10, only_known_size=True)
    assert Run.of(cast.tenant).get().expected == 0
    run = run_until_done(campaign)
    assert (run.created, run.left) == (0, 0)
    assert run.found == run.rejected > 0
    assert "Size not known" in Finding.of(cast.tenant).values_list("reason", flat=True)
    assert "would add" not in run.reason


def test_customers_count_as_found_by_a_campaign_that_includes_them(
    cast: Cast, launch: Launch
) -> None:
    run_until_done(launch(max_results=5))
    lead = Lead.of(cast.tenant).order_by("id")[0]
    board.move(lead, to=cast.stage(Kind.CUSTOMER), by=cast.ben)
    without, including = launch(max_results=6), launch(max_results=6, takes_customers=True)
    run_until_done(including)
    finding = Finding.of(cast.tenant).get(organisation=lead.organisation, run__campaign=including)
    assert (finding.verdict, finding.reason) == ("duplicate", "Existing customer, included")
    ben = as_person(cast.ben)
    for address in ("/leads/", "/board/"):
        for campaign, is_shown in ((including, True), (without, False)):
            shown = ben.get(address, {"campaign": str(campaign.pk)}).content.decode()
            assert (f"/leads/{lead.pk}/" in shown) is is_shown, (address, campaign)


def test_a_budget_is_asked_for_only_where_something_costs(
    cast: Cast, fernbook: Fernbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'name="budget"' in page(cast, "healthcare/").content.decode()
    free = [source for source in sources.LIVE if not source.costs]
    monkeypatch.setattr(sources, "LIVE", tuple(free))
    assert 'name="budget"' not in page(cast, "healthcare/").content.decode()
    assert 'name="budget"' in page(cast, "planning_applications/").content.decode()
    for typed, sentence in {
        "0": "The budget is from £0.01 to £1,000,000; £0 is outside that.",
        "1000001": "£1,000,001 is outside that.",
        "12,5": "Write pounds like 1,240 or 1,240.50.",
    }.items():
        answer = page(cast, "planning_applications/preview/", budget=typed)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_a_budget_ends_the_run(cast: Cast, fernbook: Fernbook) -> None:
    press(cast, "planning_applications", miles="60", budget="0.20")
    campaign = Campaign.of(cast.tenant).get()
    assert (campaign.budget_pence, campaign.name[-12:]) == (20, "budget £0.20")
    run = run_until_done(campaign)
    assert run.reason == "20 new leads; stopped at its budget of £0.20."


def test_a_source_that_tells_sizes_is_not_warned_of(cast: Cast, fernbook: Fernbook) -> None:
    shown = page(cast, "planning_applications/preview/", min_employees="10", only_known_size="on")
    assert shown.context["preview"].will_create == 15
    assert "do not say how many people" not in shown.content.decode()
    press(cast, "planning_applications", min_employees="10", only_known_size="on")
    run = run_until_done(Campaign.of(cast.tenant).get())
    assert (run.created, run.rejected) == (6, 9)
    assert Finding.of(cast.tenant).filter(ground="small").count() == 9


def test_the_command_takes_the_same_options(cast: Cast, capsys: Any) -> None:
    asked = {"tenant": "acme", "kind": "healthcare", "postcode": "LE1 1AA", "max_results": 2}
    call_command("run_campaign", **asked, include_customers=True, min_employees=10)
    wanted = criteria.of(Campaign.of(cast.tenant).get())
    assert wanted == criteria.check(
        kinds.get("healthcare"),
        postcode="LE1 1AA",
        miles=15,
        max_results=2,
        takes_customers=True,
        min_employees=10,
    )
    with pytest.raises(CommandError, match="--only-known-size needs --min-employees"):
        call_command("run_campaign", **asked, only_known_size=True)
    with pytest.raises(CommandError, match="The minimum size is from 1 to 100,000 people; 0"):
        call_command("run_campaign", **asked, min_employees=0)


def test_campaigns_that_differ_in_an_option_differ_in_name(cast: Cast, launch: Launch) -> None:
    asked = [
        {}, {"max_results": 50}, {"takes_customers": True}, {"min_employees": 1},
        {"min_employees": 1, "only_known_size": True}, {"budget_pence": 5000},
        {"extra": {"x": "y"}}, {"extra": {"x": "z"}},
    ]  # fmt: skip
    names = [launch(**wanted).name for wanted in asked]
    assert len(set(names)) == len(asked)
    assert names[3].endswith(", 1 person or more")
    assert names[5].endswith(", budget £50")
    assert names[-1].endswith(", up to 100 (2)")
