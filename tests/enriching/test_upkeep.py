"""Upkeep in the background: what comes in is reckoned, old leads are refreshed, records tidied."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.credits import credits
from crm.notices.models import Notice
from crm.pipeline.models import Kind as StageKind
from crm.tenants.acting import acting_for
from crm.upward import named
from crm.work.drain import drain
from enrichment.lookups.models import Rules
from leads.enriching import reckoning, refreshing, regular, upkeep
from leads.models import (
    Contact,
    EmailCheck,
    EnrichmentRun,
    Fact,
    IdentityKey,
    Lead,
    Organisation,
    Quality,
    TimelineEntry,
    Upkeep,
)
from leads.timeline import timeline
from tests.enriching.rows import fact, quality
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

Kind = Upkeep.Kind
pytestmark = pytest.mark.usefixtures("committed_db")
LONG_AGO = timezone.localdate() - timedelta(days=800)


@pytest.fixture(autouse=True)
def _alone(settings: Any) -> Any:
    """Upkeep alone is worked off."""
    settings.WORK_TABLES = ["leads.enriching.upkeep.TABLE"]
    named.cache_clear()
    yield
    named.cache_clear()


def lead(cast: Cast, **known: Any) -> Lead:
    value, stage = known.pop("value_pence", None), known.pop("stage", None)
    organisation: Organisation = OrganisationFactory(tenant=cast.tenant, **known)
    more = {"stage": stage} if stage else {}
    return LeadFactory(organisation=organisation, owner=cast.ben, value_pence=value, **more)


def old(about: Organisation, **more: Any) -> Fact:
    given = {"status": "applied", "seen_on": LONG_AGO, "old_on": timezone.localdate()}
    return fact(about, "website", "https://quay.example", **given | more)


def completeness(cast: Cast) -> dict[Any, int]:
    return dict(Quality.of(cast.tenant).values_list("organisation", "completeness"))


def test_whatever_comes_in_is_reckoned(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reckoning, "LOT", 2)
    homes = [lead(cast, phone="+441326312345").organisation_id for _ in range(5)]
    upkeep.begin_due()
    assert drain(30) is False

    assert set(completeness(cast)) == set(homes)
    assert min(completeness(cast).values()) > 0

    # Those who come later wait no longer than the row does.
    later = lead(cast).organisation_id
    Upkeep.across_tenants.update(due_at=timezone.now())
    upkeep.begin_due()
    drain(30)
    assert later in completeness(cast)
    assert Upkeep.of(cast.tenant).count() == 1


def test_what_a_person_writes_is_reckoned_anew(cast: Cast) -> None:
    one = lead(cast)
    upkeep.begin_due()
    drain(30)
    before = completeness(cast)[one.organisation_id]
    with acting_for(cast.tenant):
        Organisation.of(cast.tenant).update(phone="+441326312345")
        timeline.write(one, TimelineEntry.Kind.FIELD, "Phone: 01326 312345", by=cast.ben)
    Upkeep.across_tenants.update(due_at=timezone.now())
    drain(30)

    assert completeness(cast)[one.organisation_id] == before + 20


def test_every_night_the_most_valuable_and_oldest_leads_are_asked_about(cast: Cast) -> None:
    won = cast.stage(StageKind.OPPORTUNITY)
    small, dear = lead(cast, value_pence=10_000), lead(cast, value_pence=900_000)
    late, fresh = lead(cast, value_pence=900_000, stage=won), lead(cast, value_pence=10**9)
    closed = lead(cast, value_pence=10**9)
    Lead.of(cast.tenant).filter(pk=closed.pk).update(closed_at=timezone.now())
    for each in (small, dear, late, closed):
        old(each.organisation)
    old(fresh.organisation, old_on=timezone.localdate() + timedelta(days=5))

    with acting_for(cast.tenant):
        picked = refreshing.pick(cast.tenant, 10)

    assert picked == [late.organisation_id, dear.organisation_id, small.organisation_id]
    with acting_for(cast.tenant):
        assert refreshing.pick(cast.tenant, 1) == [late.organisation_id]


def test_the_nightly_turn_begins_a_run_within_its_bounds_and_then_rests(cast: Cast) -> None:
    each = lead(cast)
    old(each.organisation)
    with acting_for(cast.tenant):
        credits.grant(cast.tenant, 30, cast.ada)
        regular.choose(
            cast.tenant, refreshes=True, refresh_most=5, refresh_credits=50, cleans=False,
            by=cast.ada,
        )  # fmt: skip
    upkeep.begin_due()
    drain(30)
    assert not EnrichmentRun.of(cast.tenant).exists()
    Rules.across_tenants.update(next_refresh_at=timezone.now())

    upkeep.begin_due()
    upkeep.begin_due()
    drain(30)

    run = EnrichmentRun.of(cast.tenant).get()
    # No more than there are.
    assert (run.why, run.most, run.total) == ("schedule", 30, 1)
    assert credits.balance(cast.tenant).held == 30
    rules = Rules.of(cast.tenant).get()
    assert rules.next_refresh_at is not None
    assert rules.next_refresh_at > timezone.now()
    page = as_person(cast.ada).get("/enrichment/quality/").content.decode()
    assert "1 lead asked about anew, 30 credits at the most." in page
    assert f'href="/enrichment/{run.pk}/"' in page
    # Who was asked about has its rest.
    with acting_for(cast.tenant):
        assert refreshing.pick(cast.tenant, 10) == []


def test_where_nothing_is_old_nobody_is_asked(cast: Cast) -> None:
    lead(cast)
    with acting_for(cast.tenant):
        Rules.of(cast.tenant).create(tenant=cast.tenant, refreshes=True)
        upkeep.begin(cast.tenant, Kind.REFRESH, by=None)
    drain(30)

    assert not EnrichmentRun.of(cast.tenant).exists()
    assert Upkeep.of(cast.tenant).get().said == "Nothing of your open leads has grown old."


def tidy(cast: Cast) -> dict[str, int]:
    with acting_for(cast.tenant):
        row, _ = upkeep.begin(cast.tenant, Kind.TIDYING, by=cast.ada)
    assert drain(60) is False
    row = Upkeep.of(cast.tenant).get(pk=row.pk)
    assert row.ended_at is not None, row.last_error
    return dict(row.counts)


def test_tidying_writes_addresses_and_numbers_in_their_one_form(cast: Cast) -> None:
    one = lead(cast, phone="01326 312345")
    person = ContactFactory(
        organisation=one.organisation, email=" Jenna@Quay.EXAMPLE", phone="(01326) 312 346"
    )
    odd = ContactFactory(organisation=one.organisation, email="", phone="ask Jenna")

    counts = tidy(cast)

    assert (counts["emails"], counts["phones"], counts["reckoned"]) == (1, 2, 1)
    person.refresh_from_db()
    odd.refresh_from_db()
    assert (person.email, person.phone) == ("jenna@quay.example", "+441326312346")
    assert odd.phone == "ask Jenna"
    assert Organisation.of(cast.tenant).get().phone == "+441326312345"
    assert IdentityKey.of(cast.tenant).filter(kind="phone", value="+441326312345").exists()
    assert Notice.of(cast.tenant).get(user=cast.ada).url == "/enrichment/quality/"
    again = tidy(cast)
    assert (again["emails"], again["phones"]) == (0, 0)


def test_tidying_throws_away_what_was_replaced_long_ago_alone(cast: Cast) -> None:
    here = lead(cast).organisation
    gone = fact(here, "phone", "+441326000001", status="superseded", seen_on=LONG_AGO)
    kept = [
        fact(here, "phone", "+441326000002", status="superseded"),
        fact(here, "phone", "+441326000003", status="dismissed", seen_on=LONG_AGO),
        fact(here, "phone", "+441326000004", status="applied", seen_on=LONG_AGO),
    ]

    assert tidy(cast)["facts"] == 1

    assert set(Fact.of(cast.tenant)) == set(kept)
    assert gone.pk is not None


def test_tidying_judges_old_verdicts_again(cast: Cast) -> None:
    lead(cast)
    long_ago = timezone.now() - timedelta(days=40)
    for address, more in {
        "not an address": {},
        "new@quay.example": {"checked_at": timezone.now()},
        "wrong@quay.example": {"is_wrong": True},
    }.items():
        EmailCheck.of(cast.tenant).create(
            **{"tenant": cast.tenant, "address": address, "state": "unknown"}
            | {"checked_at": long_ago}
            | more
        )

    counts = tidy(cast)

    assert (counts["checks"], counts["verdicts"]) == (1, 1)
    judged = EmailCheck.of(cast.tenant).get(address="not an address")
    assert judged.state == "undeliverable"
    assert judged.checked_at > long_ago


def test_tidying_reckons_what_has_aged(cast: Cast) -> None:
    one = lead(cast, phone="+441326312345")
    quality(one.organisation, 1)
    old(one.organisation)

    tidy(cast)

    row = Quality.of(cast.tenant).get()
    assert row.completeness > 1
    assert row.stale == 100


def test_a_worker_that_dies_between_two_lots_loses_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = [lead(cast).organisation_id for _ in range(7)]
    monkeypatch.setattr("leads.enriching.tidying.LOT", 2)
    dies = iter([False, True, False, True])
    real = reckoning.reckon

    def dying(*given: Any) -> int:
        if next(dies, False):
            raise RuntimeError("killed")
        return real(*given)

    monkeypatch.setattr(reckoning, "reckon", dying)
    with acting_for(cast.tenant):
        upkeep.begin(cast.tenant, Kind.TIDYING, by=None)
    for _ in range(5):
        Upkeep.across_tenants.update(due_at=timezone.now())
        drain(20)

    assert set(completeness(cast)) == set(homes)
    row = Upkeep.of(cast.tenant).get()
    assert row.counts["reckoned"] == 7
    assert Contact.of(cast.tenant).count() == 0


def test_turns_come_at_night_where_the_company_is(cast: Cast) -> None:
    cast.tenant.zone = "Europe/London"
    summer = datetime(2026, 7, 1, 1, 30, tzinfo=UTC)  # half past two there, a Wednesday

    night = regular.next_night(cast.tenant, summer)
    sunday = regular.next_sunday(cast.tenant, summer)

    assert night.astimezone(UTC) == datetime(2026, 7, 1, 2, tzinfo=UTC)
    assert sunday.astimezone(UTC) == datetime(2026, 7, 5, 3, tzinfo=UTC)
    # On the day on which the clocks go back.
    late = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert regular.next_sunday(cast.tenant, late).astimezone(UTC) == datetime(
        2026, 10, 25, 4, tzinfo=UTC
    )
    assert regular.next_sunday(cast.tenant, datetime(2026, 10, 25, 5, tzinfo=UTC)).day == 1
