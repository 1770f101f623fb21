"""Every number of a dashboard is a link, and opens as many leads as it says."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from campaigns import reporting
from campaigns.models import Run
from crm.pipeline.models import Kind
from crm.tenants.models import Reach, User
from leads.listing import sorting
from leads.models import Lead, Reckoning, TimelineEntry
from leads.reports import months
from tests import noon
from tests.campaigns import figures
from tests.campaigns.figures import made_at
from tests.factories.campaigns import (
    CampaignFactory,
    FindingFactory,
    RunFactory,
    SourceRunFactory,
)
from tests.factories.leads import (
    LeadFactory,
    OriginFactory,
    StageMoveFactory,
    TaskFactory,
    TimelineEntryFactory,
)
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
STAGES = list(Kind)
SOURCES = ("register", "referral", "paid_search")


@pytest.fixture(autouse=True)
def about_noon(cast: Cast) -> Iterator[None]:
    """What is due in five minutes is due today."""
    User.objects.update(zone=noon.zone())
    for person in (cast.ada, cast.ben, cast.vera, cast.charlie):
        person.refresh_from_db()
    with timezone.override(noon.zone()):
        yield


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a list nothing is read here but how many there are."""
    monkeypatch.setattr(sorting, "PAGE", 1)


@pytest.fixture
def company(cast: Cast) -> Cast:
    """A company in which each figure has something to count."""
    now = timezone.now()
    kinds = ("healthcare", "education")
    found = [CampaignFactory(tenant=cast.tenant, kind=kind) for kind in kinds]
    run = RunFactory(campaign=found[0], state=Run.State.RUNNING)
    SourceRunFactory(run=run, created=2, duplicates=1)
    for verdict in ("created", "created", "duplicate"):
        FindingFactory(run=run, verdict=verdict)
    owners = [cast.ben, cast.ben, cast.ada, None]
    first = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    for n in range(48):
        age = timedelta(days=n * 2 % 66, minutes=n)
        kind = STAGES[n % 6]
        closed = now - timedelta(days=n) if kind in (Kind.CUSTOMER, Kind.LOST) else None
        lead = LeadFactory(
            id=made_at(now - age),
            organisation__tenant=cast.tenant,
            stage=cast.stage(kind),
            owner=owners[n % 4],
            tier=("hot", "hot", "hot", "warm")[n // 12],
            source=SOURCES[n % 3],
            value_pence=100_000 * n if n % 3 else None,
            closed_at=closed,
            contacted_at=now if n % 5 == 0 else None,
        )
        Lead.of(cast.tenant).filter(pk=lead.pk).update(created_at=now - age)
        OriginFactory(lead=lead, ref=found[n % 2].pk)
        moved = {"lead": lead, "from_stage": cast.stage(Kind.LEAD), "seconds_before": 3600 * n}
        if n % 2:
            StageMoveFactory(**moved, by=cast.ben, at=now - timedelta(minutes=n))
            StageMoveFactory(**moved, by=cast.ben, at=first - timedelta(days=n))
        if not n % 7:
            for at in (now - timedelta(minutes=n), first - timedelta(days=n)):
                StageMoveFactory(**moved, by=cast.ben, at=at, is_undone=True)
        if n % 3:
            at = now - age + timedelta(days=(0, 0.5, 3, 9)[n % 4])
            said = {"lead": lead, "by": cast.ben if n % 2 else cast.ada}
            TimelineEntryFactory(**said, at=at)
            TimelineEntryFactory(**said, at=at + timedelta(hours=1), kind=TimelineEntry.Kind.CALL)
        if n % 4 < 3:
            due = now + timedelta(minutes=(-90, 5, -5)[n % 3])
            TaskFactory(lead=lead, owner=cast.ben if n % 8 else cast.ada, due_at=due)
            TaskFactory(lead=lead, owner=cast.ben, due_at=due - timedelta(hours=1))
            Lead.of(cast.tenant).filter(pk=lead.pk).update(next_due=due - timedelta(hours=1))
    return cast


def follow(browser: Client, totals: dict[str, int]) -> int:
    """Follow each number of the dashboard; give how many there are.

    `totals` has what an address lists, and learns it: each is opened once.
    """
    found = figures.read(browser.get("/").content.decode())
    assert not found.unlinked
    for each in found.figures:
        if each.href not in totals:
            totals[each.href] = listed(browser, each.href)
        assert totals[each.href] == each.leads, each
    return len(found.figures)


def listed(browser: Client, href: str) -> int:
    """How many leads the page lists; of a run it is findings."""
    answer = browser.get(href)
    assert answer.status_code == 200, href
    if "/findings/" in href:
        return int(answer.context["total_label"].split()[0])
    assert not answer.context["form"].left_out, href
    return int(answer.context["total"])


def count_in_the_background(company: Cast) -> None:
    Reckoning.of(company.tenant).update(
        figures=reporting.count_all(company.tenant), counted_at=timezone.now()
    )


def test_of_a_manager_s_counted_at_once_and_in_the_background(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, totals = as_person(company.ada), dict[str, int]()
    assert follow(browser, totals) > 90
    monkeypatch.setattr(reporting, "FEW_LEADS", 0)
    assert "counted in the background" in browser.get("/").content.decode()
    count_in_the_background(company)
    assert follow(browser, totals) > 90


@pytest.mark.parametrize("reach", [Reach.OWN, Reach.ALL])
def test_of_a_rep_s_who_moves_few_and_very_many(
    company: Cast, reach: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.tenant.rep_reach = reach
    company.tenant.save()
    browser, totals = as_person(company.ben), dict[str, int]()
    assert follow(browser, totals) > 20
    monkeypatch.setattr(months, "MOST", 3)
    assert "counted in the background" in browser.get("/").content.decode()
    count_in_the_background(company)
    assert "As of" in browser.get("/").content.decode()
    assert follow(browser, totals) > 20


@pytest.mark.parametrize("shows", [True, False])
def test_of_one_who_looks_on(company: Cast, shows: bool) -> None:
    company.tenant.viewer_reach, company.tenant.shows_unowned = Reach.OWN, shows
    company.tenant.save()
    Lead.of(company.tenant).filter(owner=company.ada).update(owner=company.vera)
    assert follow(as_person(company.vera), {}) > 8
