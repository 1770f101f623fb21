"""Two campaigns side by side."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns import comparison
from campaigns.models import Campaign, Finding, Run
from crm.ids import uuid7
from crm.pipeline.models import Kind
from leads.models import Lead
from leads.moving import board
from tests.factories.campaigns import (
    CampaignFactory,
    FindingFactory,
    RunFactory,
    SourceRunFactory,
)
from tests.factories.leads import LeadFactory, OrganisationFactory, OriginFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def a(cast: Cast) -> Campaign:
    campaign: Campaign = CampaignFactory(tenant=cast.tenant, name="Alpha")
    return campaign


@pytest.fixture
def b(cast: Cast) -> Campaign:
    campaign: Campaign = CampaignFactory(tenant=cast.tenant, name="Beta", miles=25)
    return campaign


def find(campaign: Campaign, number: int, **facts: Any) -> Run:
    """A run that has found so many entries, those of a number being the same each time."""
    again = Run.of(campaign.tenant).filter(campaign=campaign).count()
    run: Run = RunFactory(campaign=campaign, number=again + 1)
    SourceRunFactory(run=run)
    Finding.of(campaign.tenant).bulk_create(
        FindingFactory.build(run=run, tenant=campaign.tenant, key=f"dentists:{n}", **facts)
        for n in range(number)
    )
    return run


def lead(campaign: Campaign, **facts: Any) -> Lead:
    made: Lead = LeadFactory(organisation=OrganisationFactory(tenant=campaign.tenant), **facts)
    OriginFactory(lead=made, ref=campaign.pk)
    return made


def row(a: Campaign, b: Campaign, label: str) -> comparison.Row:
    groups = comparison.read(Lead.of(a.tenant), a, b)
    (found,) = [each for group in groups for each in group.rows if each.label == label]
    return found


def texts(found: comparison.Row) -> tuple[str, str, str, str]:
    return (found.a.text, found.a.hint, found.b.text, found.b.hint)


def address(a: object, b: object) -> str:
    return f"/campaigns/compare/?a={a}&b={b}"


def words_of(page: str) -> Iterator[str]:
    return iter(re.sub(r"<[^>]+>", " ", page).split())


def test_what_was_found_counts_once_however_often_it_was_met(a: Campaign, b: Campaign) -> None:
    find(a, 40)
    find(a, 40, verdict="duplicate")
    find(b, 10, verdict="duplicate")
    find(b, 50, verdict="rejected")
    assert texts(row(a, b, "Found")) == ("40", "", "50", "")
    assert texts(row(a, b, "New leads")) == ("40", "100% of 40", "0", "0% of 50")
    assert texts(row(a, b, "Duplicates")) == ("0", "0% of 40", "0", "0% of 50")
    assert texts(row(a, b, "Rejected")) == ("0", "0% of 40", "50", "100% of 50")


def test_nothing_is_claimed_of_counts_and_totals(cast: Cast, a: Campaign, b: Campaign) -> None:
    find(a, 400)
    find(b, 40, verdict="duplicate")
    find(b, 90, verdict="rejected")
    for _ in range(30):
        lead(a, value_pence=900_000, stage=cast.stage(Kind.CUSTOMER))
        lead(b, value_pence=100, stage=cast.stage(Kind.CUSTOMER))
    for label in ("Found", "New leads", "Duplicates", "Rejected", "Leads", "Their value"):
        claim = row(a, b, label).claim
        assert (claim.better, claim.sentence) == ("", ""), label


def test_what_is_verified_is_valid_and_what_is_only_listed_is_said_besides(
    a: Campaign, b: Campaign
) -> None:
    find(a, 40, proof="listed")
    find(a, 30, proof="verified")
    find(b, 40, proof="listed")
    assert texts(row(a, b, "Valid")) == (
        "75%",
        "30 verified, 10 listed only",
        "0%",
        "0 verified, 40 listed only",
    )
    assert row(a, b, "Valid").claim.better == "a"


def test_without_a_run_there_is_nothing_to_divide_by(a: Campaign, b: Campaign) -> None:
    find(b, 3)
    assert texts(row(a, b, "Valid"))[:2] == ("–", "nothing was found")
    assert texts(row(a, b, "Per new lead"))[:2] == ("–", "no new lead")
    assert texts(row(a, b, "Average score")) == ("–", "", "–", "")
    assert texts(row(a, b, "Their value")) == ("–", "", "–", "")
    said = "Too few to tell: 0 and 3 found, 30 each are needed"
    assert row(a, b, "Valid").claim.sentence == said


def test_what_it_cost_is_free_or_by_the_lead(a: Campaign, b: Campaign) -> None:
    find(a, 40)
    find(a, 40)
    SourceRunFactory(run=find(b, 40), source="web", cost_micros=1_200_000)
    SourceRunFactory(run=find(b, 40), source="web", cost_micros=800_000)
    assert texts(row(a, b, "In total")) == ("free", "", "£2.00", "")
    assert texts(row(a, b, "Per new lead")) == ("free", "", "£0.05", "")
    assert row(a, b, "Per new lead").claim.better == "a"


def test_leads_by_tier_score_and_stage(cast: Cast, a: Campaign, b: Campaign) -> None:
    lead(a, tier="hot", score=80)
    lead(a, tier="cold", score=21, stage=cast.stage(Kind.LOST))
    lead(b, tier="warm", score=50, stage=cast.stage(Kind.PROSPECT))
    # Known before and found by both.
    OriginFactory(lead=lead(a, tier="cold", score=10), ref=b.pk)
    assert texts(row(a, b, "Leads")) == ("3", "", "2", "")
    assert texts(row(a, b, "Hot")) == ("1", "33% of 3", "0", "0% of 2")
    assert texts(row(a, b, "Warm"))[2:] == ("1", "50% of 2")
    assert texts(row(a, b, "Average score")) == ("37.0", "", "30.0", "")
    stages = [each.label for each in comparison.read(Lead.of(cast.tenant), a, b)[3].rows]
    assert stages == ["Discovery", "Lead", "Prospect", "Opportunity", "Customer", "Lost"]
    assert texts(row(a, b, "Lost"))[:2] == ("1", "33% of 3")
    assert texts(row(a, b, "Prospect"))[2:] == ("1", "50% of 2")


def test_a_customer_of_before_is_not_won_by_it(cast: Cast, a: Campaign, b: Campaign) -> None:
    won, before = lead(a, value_pence=120_000), lead(b, value_pence=990_000)
    for each in (won, before):
        board.move(each, to=cast.stage(Kind.CUSTOMER), by=cast.ben)
    Lead.of(cast.tenant).filter(pk=before.pk).update(closed_at=timezone.now() - timedelta(days=9))
    assert texts(row(a, b, "Customers won")) == ("1", "100% of 1", "0", "0% of 1")
    assert texts(row(a, b, "Their value")) == ("£1,200", "", "–", "")
    assert texts(row(a, b, "Customer"))[2:] == ("1", "100% of 1")


def test_a_better_score_is_claimed_of_many_and_not_of_few(a: Campaign, b: Campaign) -> None:
    for number in range(30):
        lead(a, score=60 + number % 3)
        lead(b, score=40 + number % 3)
    assert row(a, b, "Average score").claim.better == "a"
    Lead.of(a.tenant).filter(origins__ref=b.pk)[0].delete()
    claim = row(a, b, "Average score").claim
    assert claim.sentence == "Too few to tell: 30 and 29 leads, 30 each are needed"


def test_criteria_that_differ_are_marked_in_words(cast: Cast, a: Campaign, b: Campaign) -> None:
    page = as_person(cast.vera).get(address(a.pk, b.pk)).content.decode()
    wanted = page[page.index("What it asks for") : page.index("What it found")]
    said = " ".join(words_of(wanted))
    assert "Radius 15 miles 25 miles Differs" in said
    assert said.count("Differs") == 1
    assert "Kind Healthcare Healthcare" in said


def test_kinds_that_ask_for_other_things_are_put_side_by_side(cast: Cast) -> None:
    one = CampaignFactory(tenant=cast.tenant)
    other = CampaignFactory(
        tenant=cast.tenant, kind="it_msp_gaps", extra={"services": "Wi-Fi " * 200}
    )
    found = {each.label: each for each in comparison.wanted(one, other)}
    assert found["Services you offer"].a == "–"
    assert len(found["Services you offer"].b) <= comparison.LONGEST
    assert found["Kind"].differs
    assert not found["Budget"].differs


def test_the_better_one_is_marked_in_words(cast: Cast, a: Campaign, b: Campaign) -> None:
    find(a, 90, proof="verified")
    find(b, 40, proof="listed")
    page = as_person(cast.vera).get(address(a.pk, b.pk)).content.decode()
    said = " ".join(words_of(page[page.index("What it found") :]))
    assert "Found 90 40 New leads" in said
    assert "Valid 100% Better 90 verified, 0 listed only 0%" in said
    assert "shares, averages and prices only, with at least 30 on either side" in said


def test_it_asks_the_same_few_questions_whatever_the_sizes(
    cast: Cast, a: Campaign, b: Campaign
) -> None:
    vera = as_person(cast.vera)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert vera.get(address(a.pk, b.pk)).status_code == 200
        return len(asked)

    few = questions()
    for campaign in (a, b):
        for _ in range(3):
            find(campaign, 200)
        for kind in Kind:
            lead(campaign, stage=cast.stage(kind))
    assert questions() == few <= MOST_QUERIES


def test_what_is_no_campaign_of_ours_is_not_there(cast: Cast, a: Campaign) -> None:
    ben = as_person(cast.ben)
    theirs = CampaignFactory(tenant=cast.other, name="Secret")
    for other in (theirs.pk, uuid7(), "nonsense", "'; --"):
        for path in (address(a.pk, other), address(other, a.pk), f"/campaigns/compare/?a={other}"):
            answer = ben.get(path)
            assert answer.status_code == 404, path
            assert "Secret" not in answer.content.decode()


def test_the_same_one_twice_is_explained_and_another_can_be_picked(
    cast: Cast, a: Campaign, b: Campaign
) -> None:
    page = as_person(cast.ben).get(address(a.pk, a.pk)).content.decode()
    assert "That is the same campaign twice." in page
    assert f'href="?a={a.pk}&amp;b={b.pk}"' in page


def test_a_campaign_is_picked_by_any_words_and_not_from_a_long_list(
    cast: Cast, a: Campaign, b: Campaign
) -> None:
    ben = as_person(cast.ben)
    for number in range(45):
        CampaignFactory(tenant=cast.tenant, name=f"Round {number}", postcode="TR1 2HW")
    CampaignFactory(tenant=cast.other, name="Beta of somebody else")
    first = ben.get(f"/campaigns/compare/?a={a.pk}").content.decode()
    assert first.count('class="row-link') == 20
    assert str(a.pk) in first
    older = re.search(r'href="(\?[^"]*before=[^"]*)"', first)
    assert older is not None
    second = ben.get("/campaigns/compare/" + older[1].replace("&amp;", "&")).content.decode()
    assert second.count('class="row-link') == 20
    assert not set(re.findall(r"Round \d+", first)) & set(re.findall(r"Round \d+", second))
    for words in ("beta", "health BET", "bet le1 1aa"):
        found = ben.get("/campaigns/compare/", {"a": a.pk, "q": words}).content.decode()
        assert f'href="?a={a.pk}&amp;b={b.pk}"' in found, words
        assert "somebody else" not in found
    place = ben.get("/campaigns/compare/", {"a": a.pk, "q": "tr12hw"}).content.decode()
    assert place.count('class="row-link') == 20
    none = ben.get("/campaigns/compare/", {"a": a.pk, "q": "zebra"}).content.decode()
    assert "No campaign matches" in none


def test_from_the_list_the_first_of_the_two_is_picked_first(
    cast: Cast, a: Campaign, b: Campaign
) -> None:
    ben = as_person(cast.ben)
    assert 'href="/campaigns/compare/"' in ben.get("/campaigns/").content.decode()
    page = ben.get("/campaigns/compare/").content.decode()
    assert "Pick the first of the two." in page
    assert f'href="?a={b.pk}"' in page
    assert f'href="/campaigns/compare/?a={a.pk}"' in ben.get(a.get_absolute_url()).content.decode()
    # Only the second is said: the other is picked as well.
    half = ben.get(f"/campaigns/compare/?b={b.pk}").content.decode()
    assert f'href="?a={b.pk}&amp;b={a.pk}"' in half
    assert "same campaign twice" not in half


def test_where_there_is_no_other_campaign_it_says_so(cast: Cast, a: Campaign) -> None:
    page = as_person(cast.ben).get(f"/campaigns/compare/?a={a.pk}").content.decode()
    assert "There is no other campaign yet" in page
