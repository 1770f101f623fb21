"""What became of leads by the points that they had at first."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Membership, Reach, Role, Tenant
from leads.models import Lead, Organisation, Score, StageMove
from leads.track import counting, shown
from leads.track.counting import Counted, Record
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PAGE = "/leads/track/"
DAY = timedelta(days=1)


def came(
    tenant: Tenant,
    many: int,
    points: int,
    *,
    kind: Kind = Kind.LEAD,
    days: int = 100,
    industry: str = "healthcare",
    **more: Any,
) -> list[Lead]:
    """So many leads that came in with these points and stand in a stage of this kind."""
    stage = Stage.of(tenant).get(kind=kind)
    organisations = OrganisationFactory.build_batch(many, tenant=tenant, industry=industry)
    Organisation.of(tenant).bulk_create(organisations)
    given = {"source": "register"} | more
    leads = [
        Lead(tenant=tenant, organisation=each, pipeline=stage.pipeline, stage=stage, rank="m",
             **given)
        for each in organisations
    ]  # fmt: skip
    Lead.of(tenant).bulk_create(leads)
    at = timezone.now() - days * DAY
    Lead.of(tenant).filter(pk__in=[each.pk for each in leads]).update(created_at=at)
    scored(leads, points)
    return leads


def scored(leads: list[Lead], points: int) -> None:
    tier = "hot" if points >= 70 else "warm" if points >= 40 else "cold"
    rows = [
        Score(tenant=each.tenant, lead=each, points=points, tier=tier, receipt={}) for each in leads
    ]
    Score.of(leads[0].tenant).bulk_create(rows)


def record(cast: Cast, days: int = 60) -> Record:
    return counting.count(Membership.of(cast.tenant).get(user=cast.ada), days)


def page(cast: Cast, query: str = "") -> str:
    answer = as_person(cast.ada).get(f"{PAGE}{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_first_score_counts_whatever_came_later(cast: Cast) -> None:
    leads = came(cast.tenant, 25, 85)
    scored(leads, 20)
    assert record(cast).by["band"] == {"8": Counted(25, 0, 0, 25, 0)}


def test_who_was_an_opportunity_counts_though_it_was_lost_and_a_step_back_does_not(
    cast: Cast,
) -> None:
    won = came(cast.tenant, 3, 85, kind=Kind.CUSTOMER)
    lost = came(cast.tenant, 2, 85, kind=Kind.LOST)
    back = came(cast.tenant, 1, 85)
    there = cast.stage(Kind.OPPORTUNITY)
    for lead, is_undone in ((lost[0], False), (lost[0], False), (back[0], True)):
        StageMove.of(cast.tenant).create(
            tenant=cast.tenant, lead=lead, to_stage=there, is_undone=is_undone
        )
    assert len(won) == 3
    assert record(cast).all == Counted(6, 4, 3, 6, 4)


def test_the_chart_says_what_share_of_each_band_became_opportunities(cast: Cast) -> None:
    came(cast.tenant, 20, 84, kind=Kind.OPPORTUNITY)
    came(cast.tenant, 30, 89)
    came(cast.tenant, 7, 100, kind=Kind.OPPORTUNITY)
    came(cast.tenant, 40, 15)
    bands = {each.label: each for each in shown.bands(record(cast))}
    assert bands["80–89"].value == 40
    assert bands["10–19"].value == 0
    assert bands["90–100"].value is None
    said = page(cast)
    assert "Of 50 leads that came in with 80 to 89 points, 40% became opportunities." in said
    assert "too few yet: 7" in said
    assert "20 of 50; 0 won" in said


def test_lift_and_precision_say_how_much_the_scores_help(cast: Cast) -> None:
    came(cast.tenant, 30, 90, kind=Kind.CUSTOMER)
    came(cast.tenant, 10, 80)
    came(cast.tenant, 200, 30)
    came(cast.tenant, 60, 50, kind=Kind.OPPORTUNITY)
    best, hot = shown.lifts(record(cast))
    # 90 of 300 got on; of the best thirty all, of the forty hot ones three of four.
    assert best.times == pytest.approx(1 / 0.3)
    assert hot.times == pytest.approx(0.75 / 0.3)
    hot_bar, warm_bar, cold_bar = shown.tiers(record(cast))
    assert (hot_bar.value, warm_bar.value, cold_bar.value) == (75, 100, 0)


def test_of_equals_on_the_edge_of_the_best_tenth_a_fair_part_counts(cast: Cast) -> None:
    came(cast.tenant, 100, 50, kind=Kind.OPPORTUNITY)
    came(cast.tenant, 100, 50)
    assert shown.lifts(record(cast))[0].times == pytest.approx(1)


def test_younger_leads_have_had_no_time_and_the_reader_says_how_long_it_takes(
    cast: Cast,
) -> None:
    came(cast.tenant, 25, 85, kind=Kind.OPPORTUNITY, days=40)
    assert (record(cast).all, record(cast).younger) == (Counted(), 25)
    assert "Too few leads yet" in page(cast)
    assert "of 25 leads" in page(cast, "?days=30").lower()
    for odd in ("?days=31", "?days=x", "?days=-1", "?days=" + "9" * 500):
        assert "at least 60 days ago" in page(cast, odd)


def test_sources_industries_months_and_campaigns_stand_beside_each_other(cast: Cast) -> None:
    campaign = CampaignFactory(tenant=cast.tenant, name="Dentists of Leeds", kind="healthcare")
    came(cast.tenant, 30, 90, kind=Kind.OPPORTUNITY, found_by=campaign.pk, days=70)
    came(cast.tenant, 30, 90, source="trade_fair", industry="finance", days=130)
    came(cast.tenant, 5, 90, industry="")
    by = record(cast).by
    assert by["source"]["trade_fair"] == Counted(30, 0, 0, 30, 0)
    assert by["industry"][""] == Counted(5, 0, 0, 5, 0)
    assert by["campaign"][str(campaign.pk)] == Counted(30, 30, 0, 30, 30)
    assert sum(each.leads for each in by["month"].values()) == 65
    said = page(cast)
    for words in ("Dentists of Leeds", "Trade fair", "Finance", "By hand or import", "Not known"):
        assert words in said
    assert f"{timezone.localdate() - 70 * DAY:%B %Y}" in said


def test_each_reader_has_the_record_of_the_leads_that_they_see(cast: Cast) -> None:
    cast.tenant.rep_reach = Reach.OWN
    cast.tenant.save()
    came(cast.tenant, 25, 85, owner=cast.ben)
    came(cast.tenant, 30, 85, owner=(user := cast.join("Rita", Role.REP)))
    rita = Membership.of(cast.tenant).select_related("tenant").get(user=user)
    assert counting.count(rita, 60).all.leads == 30
    assert record(cast).all.leads == 55
    theirs = Membership.of(cast.other).get(user=cast.charlie)
    assert counting.count(theirs, 60).all == Counted()


def test_who_found_them_is_not_told_to_who_does_not_see_the_campaign(cast: Cast) -> None:
    cast.tenant.rep_reach = Reach.OWN
    cast.tenant.save()
    hidden = CampaignFactory(tenant=cast.tenant, name="Secret plans", created_by=cast.ada)
    came(cast.tenant, 25, 85, owner=cast.ben, found_by=hidden.pk)
    said = as_person(cast.ben).get(PAGE).content.decode()
    assert "Secret plans" not in said
    assert "Other campaigns" in said
