"""All leads of a company scored anew, by workers that die, while cards and days change."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from crm.tenants.acting import acting_for
from crm.work import queue
from crm.work.drain import drain
from crm.work.models import State
from leads.models import FlowStep, Lead, Recount, Score, TimelineEntry
from leads.records.custom import CustomField
from leads.scored import cards, fading, recounting
from tests.dying import fatal_write
from tests.enriching.rows import fact
from tests.factories.leads import LeadFactory, OrganisationFactory, TimelineEntryFactory
from tests.factories.own import CustomFieldFactory, FieldValueFactory
from tests.meanwhile import meanwhile
from tests.people import Cast
from tests.scored.conftest import MOST_DEATHS, card, deaths, lead, rule

pytestmark = pytest.mark.usefixtures("committed_db", "_scoring_alone")
TODAY = timezone.localdate(timezone=timezone.get_default_timezone())
KNOWN = {"field": "vacancies", "op": "filled"}


def recounted(cast: Cast) -> Recount:
    row = recounting.begin(cast.tenant, "A card was published", cast.ada)
    assert drain(30) is False
    return Recount.of(cast.tenant).get(pk=row.pk)


def test_all_open_leads_are_scored_by_the_card_that_is_current(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "PIECE", 2)
    ours = [lead(cast) for _ in range(5)]
    closed = lead(cast)
    Lead.of(cast.tenant).filter(pk=closed.pk).update(closed_at=timezone.now(), score=7)
    theirs = LeadFactory(organisation=OrganisationFactory(tenant=cast.other))
    fact(ours[3].organisation, "vacancies", ["Nurse"], status="applied")
    row = recounted(cast)
    assert (row.state, row.done, row.total, row.changed) == (State.DONE, 5, 5, 5)
    assert row.ended_at is not None

    first = card(cast, rule("hires", 15, when=KNOWN))
    row = recounted(cast)
    # Of the others the points are the same; that they are by another card is kept.
    assert (row.done, row.changed) == (5, 1)
    assert set(Score.of(cast.tenant).values_list("card", flat=True)) == {None, first.pk}
    assert Score.of(cast.tenant).count() == 10
    shown = dict(Lead.of(cast.tenant).values_list("pk", "score"))
    assert [shown[each.pk] for each in ours] == [40, 40, 40, 55, 40]
    assert shown[closed.pk] == 7
    # So many at once are no news of each lead, and the other company's are not touched.
    assert not TimelineEntry.across_tenants.exists()
    assert not Score.of(cast.other).filter(lead=theirs).exists()

    recounted(cast)
    assert Score.of(cast.tenant).count() == 10


def test_whoever_goes_on_after_a_kill_loses_and_repeats_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "PIECE", 1)
    for _ in range(6):
        lead(cast)
    row = recounting.begin(cast.tenant, "A card was published", None)
    fatal_write(monkeypatch, Recount, 2)
    assert 4 <= deaths(cast) < MOST_DEATHS
    done = Recount.of(cast.tenant).get(pk=row.pk)
    assert (done.state, done.done, done.total, done.changed) == (State.DONE, 6, 6, 6)
    assert Score.of(cast.tenant).count() == 6


def test_another_that_is_begun_meanwhile_takes_its_place(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "PIECE", 1)
    for _ in range(3):
        lead(cast)
    first = recounting.begin(cast.tenant, "The first", cast.ada)
    drain(0)
    [second] = meanwhile(
        lambda: None, lambda: recounting.begin(cast.tenant, "The second", cast.ada)
    )
    assert recounting.live(cast.tenant) == second
    drain(30)
    states = dict(Recount.of(cast.tenant).values_list("why", "state"))
    assert states == {"The first": State.DONE, "The second": State.DONE}
    first.refresh_from_db()
    assert first.ended_at is not None
    assert Score.of(cast.tenant).count() == 3


def test_leads_in_somebody_s_hand_are_scored_after_it(cast: Cast) -> None:
    busy, free = lead(cast), lead(cast)
    recounting.begin(cast.tenant, "A card was published", None)

    def hold() -> None:
        Lead.of(cast.tenant).select_for_update(no_key=True).get(pk=busy.pk)

    [_] = meanwhile(hold, lambda: drain(0.1))
    assert Score.of(cast.tenant).filter(lead=free).exists()
    FlowStep.of(cast.tenant).filter(state=State.READY).update(due_at=timezone.now())
    drain(30)
    assert Score.of(cast.tenant).filter(lead=busy).count() == 1


def test_it_says_how_long_the_rest_takes(cast: Cast) -> None:
    row = Recount(total=10_000, done=100, created_at=timezone.now() - timedelta(seconds=10))
    assert recounting.seconds_left(row) is None
    row.done = 5_000
    left = recounting.seconds_left(row)
    assert left is not None
    assert 9 < left < 11
    row.done = 10_000
    assert recounting.seconds_left(row) is None


def test_a_dead_one_is_not_revived_after_a_later_one(cast: Cast) -> None:
    row = recounting.begin(cast.tenant, "The first", None)
    recounting.begin(cast.tenant, "The second", None)
    with pytest.raises(queue.CannotQueue):
        recounting.queued_again(row)


def test_every_company_is_scored_once_by_itself_and_then_each_night_what_fades(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = lead(cast)
    recounting.begin_due()
    recounting.begin_due()
    drain(30)
    assert Recount.across_tenants.get().why == recounting.FIRST
    card(
        cast,
        rule("talks", 8, event="spoke", most=10, fades=60),
        rule("young", 5, when={"field": "incorporated_on", "op": "within", "value": 30}),
    )
    talked, founded, quiet = one, lead(cast), lead(cast)
    TimelineEntryFactory(
        lead=talked, kind="call", outcome="reached", by=cast.ben,
        at=timezone.now() - timedelta(days=15),
    )  # fmt: skip
    Lead.of(cast.tenant).filter(pk=talked.pk).update(active_at=timezone.now())
    fact(
        founded.organisation,
        "incorporated_on",
        (TODAY - timedelta(days=31)).isoformat(),
        status="applied",
    )
    night = timezone.now() - timedelta(days=2)
    Recount.of(cast.tenant).update(created_at=night, ended_at=night)
    recounting.begin_due()
    recounting.begin_due()
    drain(30)
    row = Recount.of(cast.tenant).get(why=recounting.FADING)
    assert (row.state, row.done, row.total) == (State.DONE, 3, 3)
    scored = set(Score.of(cast.tenant).exclude(card=None).values_list("lead", flat=True))
    # Who is the same whatever the day is not even looked at.
    assert scored == {talked.pk, founded.pk}
    assert Lead.of(cast.tenant).get(pk=talked.pk).score == 40 + 6
    assert quiet.pk not in scored


@pytest.mark.parametrize(
    ("op", "away", "changed"),
    [
        # (the day of the value, from today), for which the rule says something new since yesterday
        ("within", 30, {-31, 0}),
        ("older", 30, {-31}),
        ("next", 30, {-1, 30}),
        ("over", None, {-1}),
    ],
)
def test_only_those_whose_day_has_come_are_scored_at_night(
    cast: Cast, op: str, away: int | None, changed: set[int]
) -> None:
    field = CustomFieldFactory(tenant=cast.tenant, kind=CustomField.Kind.DATE)
    value = {} if away is None else {"value": away}
    when = {"all": [{"field": field.short, "op": op, **value}]}
    by = card(cast, rule("day", 5, when=when))
    leads = {}
    for days in (-400, -32, -31, -30, -2, -1, 0, 1, 29, 30, 31, 400):
        one = lead(cast)
        FieldValueFactory(lead=one, field=field, day=TODAY + timedelta(days=days))
        leads[one.pk] = days
    with acting_for(cast.tenant):
        meant = fading.among(
            cast.tenant,
            list(leads),
            cards.of(cast.tenant, by.pk).engine.card,
            TODAY - timedelta(days=1),
            TODAY,
        )
    assert {leads[pk] for pk in meant} == changed


def test_after_a_long_pause_all_are_looked_at(cast: Cast) -> None:
    one = lead(cast)
    with acting_for(cast.tenant):
        standard = cards.of(cast.tenant, None).engine.card
        long_ago = TODAY - timedelta(days=200)
        assert fading.among(cast.tenant, [one.pk], standard, long_ago, TODAY) == [one.pk]


def test_a_night_begins_at_three_where_the_office_is(monkeypatch: pytest.MonkeyPatch) -> None:
    zone = timezone.get_default_timezone()
    early = datetime(2026, 11, 22, 2, 59, tzinfo=zone)
    monkeypatch.setattr(timezone, "now", lambda: early)
    assert recounting._last_night().date() == date(2026, 11, 21)
    monkeypatch.setattr(timezone, "now", lambda: early + timedelta(minutes=2))
    assert recounting._last_night().date() == date(2026, 11, 22)
