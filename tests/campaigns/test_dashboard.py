"""The dashboard: figures that are true, lead to what they count, and say what is missing."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import reporting
from crm.pipeline.models import Kind
from crm.tenants import whereabouts
from crm.tenants.models import Role, User
from leads.models import Lead, Reckoning, Task, TimelineEntry
from leads.reports import company, pipeline
from leads.reports.company import Figures
from tests.campaigns.figures import made_at
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import (
    LeadFactory,
    OriginFactory,
    StageMoveFactory,
    TimelineEntryFactory,
)
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


def lead(cast: Cast, kind: Kind = Kind.DISCOVERY, **given: Any) -> Lead:
    closed = timezone.now() if kind in (Kind.CUSTOMER, Kind.LOST) else None
    given = {"organisation__tenant": cast.tenant, "closed_at": closed} | given
    made: Lead = LeadFactory(stage=cast.stage(kind), **given)
    return made


def front(person: User) -> tuple[dict[str, Any], str]:
    answer = as_person(person).get("/")
    assert answer.status_code == 200
    return answer.context, answer.content.decode()


def counted(cast: Cast) -> Figures:
    zones = [whereabouts.here()]
    return Figures(reporting.count(cast.tenant, zones), timezone.now())


def leads_of(cast: Cast) -> int:
    return pipeline.read(cast.tenant, pipeline.stages(cast.tenant)).leads


def test_an_empty_company_is_told_what_to_do_first(cast: Cast) -> None:
    for person in (cast.ada, cast.ben, cast.vera):
        _, page = front(person)
        assert "Find your first leads" in page


def test_a_rep_sees_whom_to_call_first_and_nobody_else_s(cast: Cast) -> None:
    hot = {"tier": "hot", "owner": cast.ben}
    best, second = lead(cast, score=90, **hot), lead(cast, score=80, **hot)
    lead(cast, score=95, contacted_at=timezone.now(), **hot)
    lead(cast, Kind.LOST, score=99, **hot)
    lead(cast, score=99, tier="hot", owner=cast.ada)
    context, page = front(cast.ben)
    assert [each.pk for each in context["hot"]] == [best.pk, second.pk]
    address = "/leads/?owner=me&amp;tier=hot&amp;where=contacted:empty&amp;where=closed:empty"
    assert address in page


def test_it_says_what_counts_as_contact(cast: Cast) -> None:
    lead(cast, tier="hot", owner=cast.ben)
    for person in (cast.ada, cast.ben):
        assert "No call has got through" in front(person)[1]


def test_a_rep_s_tasks_are_counted_by_their_urgency(cast: Cast) -> None:
    mine, elsewhere = lead(cast, owner=cast.ben), lead(cast, owner=cast.ada)
    now = timezone.now()
    for text, due, person, about in (
        ("Send the quote", now - timedelta(days=1), cast.ben, mine),
        ("Somebody else's", now - timedelta(days=1), cast.ada, mine),
        ("Of a lead that Ben lost sight of", now - timedelta(days=1), cast.ben, elsewhere),
        ("Next month", now + timedelta(days=40), cast.ben, mine),
    ):
        Task.of(cast.tenant).create(
            tenant=cast.tenant, lead=about, text=text, due_at=due, owner=person
        )
    cast.tenant.rep_reach = "own"
    cast.tenant.save()
    context, _ = front(cast.ben)
    assert [each.task.text for each in context["due"]] == ["Send the quote"]
    assert context["numbers"].overdue == 1


def test_a_rep_s_month_stands_beside_the_last_one(cast: Cast) -> None:
    one = lead(cast, Kind.PROSPECT, owner=cast.ben)
    moved = {"lead": one, "by": cast.ben, "from_stage": cast.stage(Kind.LEAD)}
    StageMoveFactory(**moved)
    StageMoveFactory(**moved)  # There and back and there again is one lead.
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0)
    last = (first - timedelta(days=1)).replace(day=1, hour=0, minute=0, second=0)
    StageMoveFactory(**moved, at=last)
    StageMoveFactory(**moved | {"by": cast.ada}, at=last)
    context, _ = front(cast.ben)
    bars = {bar.label: bar for bar in context["months"]}
    assert (bars["Prospect"].value, bars["Prospect"].before) == (1, 1)
    assert bars["Customer"].value == 0


def test_the_pipeline_is_weighed_by_the_chance_of_winning(cast: Cast) -> None:
    lead(cast, Kind.OPPORTUNITY, value_pence=1_000_000)
    lead(cast, Kind.CUSTOMER, value_pence=5_000_000)
    context, page = front(cast.ada)
    assert context["now"].weighted_pence == 600_000
    assert "£6,000" in page
    assert context["customers"] == 1


def test_a_share_of_too_few_says_how_many_are_missing(cast: Cast) -> None:
    for n in range(9):
        lead(cast, Kind.CUSTOMER if n < 3 else Kind.LOST, tier="warm")
    (warm,) = company.tiers(counted(cast))
    assert (warm.value, warm.note) == (None, "1 more decided needed")
    lead(cast, Kind.LOST, tier="warm")
    (warm,) = company.tiers(counted(cast))
    assert (warm.value, [said.text for said in warm.below]) == (30, ["3", "10"])


def test_the_first_contact_is_a_person_s_first_call_or_note(cast: Cast) -> None:
    for n in range(10):
        came = timezone.now() - timedelta(days=20)
        one = lead(cast, id=made_at(came))
        Lead.of(cast.tenant).filter(pk=one.pk).update(created_at=came)
        for days in (18, 3) if n < 6 else (19.5, 19):
            TimelineEntryFactory(
                lead=one,
                by=cast.ben,
                kind=TimelineEntry.Kind.CALL,
                at=timezone.now() - timedelta(days=days),
            )
    TimelineEntryFactory(lead=lead(cast), by=None)
    found = company.contact(counted(cast))
    assert [part.value for part in found.parts] == [4, 6, 0, 1]
    assert found.half.label == "2 days"


def test_days_are_drawn_for_readers_of_a_zone_that_was_not_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead(cast)
    # A zone of which Django gives the offset for its name.
    User.objects.filter(pk=cast.vera.pk).update(zone="Etc/GMT+8")
    context, page = front(cast.vera)
    assert sum(day.value for day in context["days"]) == 1
    assert "Days of" not in page
    monkeypatch.setattr(reporting, "FEW_LEADS", 0)
    monkeypatch.setattr(reporting, "MOST_ZONES", 0)
    front(cast.ada)
    Reckoning.of(cast.tenant).update(
        figures=reporting.count_all(cast.tenant), counted_at=timezone.now()
    )
    context, page = front(cast.ada)
    assert "Days of" not in page
    for zone in ("Pacific/Auckland", "Pacific/Honolulu"):
        User.objects.filter(pk=cast.ada.pk).update(zone=zone)
        context, page = front(cast.ada)
        assert sum(day.value for day in context["days"]) == 1
        assert "Days of London time" in page


def test_a_zone_that_nobody_knows_keeps_nothing_from_being_counted(cast: Cast) -> None:
    lead(cast)
    User.objects.update(zone="Mars/Olympus_Mons")
    type(cast.tenant).objects.filter(pk=cast.tenant.pk).update(zone="Mars/Olympus_Mons")
    cast.tenant.refresh_from_db()
    figures = Figures(reporting.count_all(cast.tenant), timezone.now())
    assert sum(day.value for day in company.days(figures, company.zone_of_days(figures, ()))) == 1
    assert reporting.count(cast.tenant, [])["days"] == []


def test_how_leads_leave_a_stage(cast: Cast) -> None:
    stage = cast.stage(Kind.PROSPECT)
    for n in range(10):
        to = Kind.OPPORTUNITY if n < 7 else Kind.LOST
        StageMoveFactory(
            lead=lead(cast, to), from_stage=stage, to_stage=cast.stage(to), seconds_before=3600 * n
        )
    # Put right, not decided.
    StageMoveFactory(lead=lead(cast), from_stage=stage, to_stage=cast.stage(Kind.LEAD))
    rows = company.passages(counted(cast), pipeline.stages(cast.tenant))
    passage = next(each for each in rows if each.stage == stage)
    assert passage.rate.percent == 70
    assert passage.stay.seconds == 4.5 * 3600


def test_the_work_of_each_person_is_shown_to_who_leads(cast: Cast) -> None:
    TimelineEntryFactory(lead=lead(cast, owner=cast.ben), by=cast.ben)
    context, page = front(cast.ada)
    assert [(each.name, each.open, each.talked) for each in context["people"]] == [("Ben", 1, 1)]
    assert "Work per person" in page
    assert "Work per person" not in front(cast.ben)[1]


@pytest.mark.parametrize("role", [Role.OWNER, Role.REP, Role.VIEWER])
def test_it_asks_little_of_the_database(
    cast: Cast, role: Role, django_assert_max_num_queries: Any
) -> None:
    person = {Role.OWNER: cast.ada, Role.REP: cast.ben, Role.VIEWER: cast.vera}[role]
    campaign = CampaignFactory(tenant=cast.tenant)
    for _ in range(3):
        OriginFactory(lead=lead(cast, owner=cast.ben, tier="hot"), ref=campaign.pk)
    browser = as_person(person)
    browser.get("/")
    # Besides the ends of the transaction.
    with django_assert_max_num_queries(12 + 2):
        browser.get("/")
