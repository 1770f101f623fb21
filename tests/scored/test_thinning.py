"""Old reckonings that say little are thrown away, and nothing that is read of them changes."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from crm import ids
from crm.pipeline.models import Kind
from crm.tenants.models import Membership
from leads.chances import ended
from leads.models import Lead, Score
from leads.scored import thinning
from leads.scored.thinning import Walk
from leads.track import counting
from tests.factories.leads import LeadFactory, OrganisationFactory, ScoreFactory
from tests.people import Cast, as_person
from tests.scored.conftest import lead

pytestmark = pytest.mark.usefixtures("committed_db")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NOW = timezone.now()
# A Thursday, as the weeks of ids begin.
THURSDAY = datetime(2026, 1, 1, tzinfo=UTC)


def reckoned(of: Lead, ago: timedelta, **columns: Any) -> Score:
    """A reckoning of so long ago, with the id that it got then."""
    at = NOW - ago
    random_part = ids.uuid7().int & ((1 << 64) - 1)
    ident = UUID(int=ids.since(at).int | 0x7 << 76 | random_part)
    made: Score = ScoreFactory(lead=of, pk=ident, at=at, **columns)
    return made


def came(of: Lead, ago: timedelta, closed: timedelta | None = None) -> Lead:
    """The lead came in so long ago, and was closed so long ago."""
    over = NOW - closed if closed else None
    Lead.of(of.tenant).filter(pk=of.pk).update(created_at=NOW - ago, closed_at=over)
    return of


def left(of: Lead) -> list[Score]:
    return list(Score.of(of.tenant).filter(lead=of).order_by("id"))


@pytest.fixture
def week() -> timedelta:
    """How long ago a week of more than 90 days ago was an hour old."""
    return NOW - THURSDAY - 7 * DAY * ((NOW - THURSDAY - 100 * DAY) // (7 * DAY)) - HOUR


def test_of_an_old_week_the_last_one_stays_and_of_the_last_90_days_all(
    cast: Cast, week: timedelta
) -> None:
    of = came(lead(cast), week + 60 * DAY)
    first = reckoned(of, week + 50 * DAY)
    old = [reckoned(of, week + 7 * DAY - n * DAY, points=40 + n) for n in range(1, 14)]
    young = [reckoned(of, 80 * DAY - n * HOUR) for n in range(20)]
    assert Walk().go_on() == 11
    assert left(of) == [first, old[5], old[12], *young]
    assert Walk().go_on() == 0


def test_whatever_is_older_stays_where_tier_or_grade_changed(cast: Cast, week: timedelta) -> None:
    of = came(lead(cast), week + 60 * DAY)
    first = reckoned(of, week - HOUR, tier="warm", grade="B")
    reckoned(of, week - 2 * HOUR, tier="warm", grade="B")
    hot = reckoned(of, week - 3 * HOUR, tier="hot", grade="B")
    reckoned(of, week - 4 * HOUR, tier="hot", grade="B")
    better = reckoned(of, week - 5 * HOUR, tier="hot", grade="A")
    reckoned(of, week - 6 * HOUR, tier="hot", grade="A")
    newest = reckoned(of, week - 7 * HOUR, tier="hot", grade="A")
    assert Walk().go_on() == 3
    assert left(of) == [first, hot, better, newest]
    assert Walk().go_on() == 0


@pytest.mark.parametrize("seed", range(3))
def test_what_is_learnt_and_how_right_scores_were_stays_as_it_was(cast: Cast, seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(12):
        kind = rng.choice([Kind.CUSTOMER, Kind.LOST, Kind.LEAD])
        arrived = (100 + 60 * rng.random()) * DAY
        stays = (2 + 20 * rng.random()) * DAY
        closed = None if kind == Kind.LEAD else arrived - stays
        of = came(lead(cast, stage=cast.stage(kind)), arrived, closed)
        age = arrived
        while age > arrived - stays:
            points = rng.randrange(101)
            # Of hundred the tier is seldom another.
            tier = "hot" if rng.random() < 0.05 else "cold"
            receipt = {"form": 2, "lines": [["size", 5, points]], "marks": [["a", None, 1, ""]]}
            reckoned(of, age, points=points, tier=tier, closeness=points, receipt=receipt)
            age -= 30 * HOUR * rng.random()
    ada = Membership.of(cast.tenant).get(user=cast.ada)
    learnt, track = ended.examples(cast.tenant), counting.count(ada, 60)
    assert len(learnt) > 3
    assert Walk().go_on() > 50
    assert ended.examples(cast.tenant) == learnt
    assert counting.count(ada, 60) == track


def test_all_leads_of_all_companies_have_their_turn_a_few_at_a_time(
    cast: Cast, week: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thinning, "PIECE", 2)
    monkeypatch.setattr(thinning, "LONGEST", 0.0)
    ours = [lead(cast) for _ in range(4)]
    theirs = LeadFactory(organisation=OrganisationFactory(tenant=cast.other))
    for each in [*ours, theirs]:
        for n in range(5):
            reckoned(came(each, week + DAY), week - n * HOUR)
    walk = Walk()
    # The fifth is the last; the next hour begins anew.
    assert [walk.go_on() for _ in range(4)] == [6, 6, 3, 0]
    assert [len(left(each)) for each in [*ours, theirs]] == [2] * 5
    reckoned(ours[0], week - 2 * HOUR)
    assert [walk.go_on() for _ in range(3)] == [0, 0, 1]


def test_whoever_has_a_reckoning_in_hand_is_not_waited_for(cast: Cast, week: timedelta) -> None:
    of = came(lead(cast), week + DAY)
    rows = [reckoned(of, week - n * HOUR) for n in range(5)]
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Score.of(cast.tenant).select_for_update().get(pk=rows[2].pk)
        assert pool.submit(walked).result(timeout=10) == 2
    assert left(of) == [rows[0], rows[2], rows[4]]
    assert Walk().go_on() == 1


def walked() -> int:
    try:
        return Walk().go_on()
    finally:
        connection.close()


def test_the_worker_does_it_and_the_page_says_so(cast: Cast, week: timedelta) -> None:
    of = came(lead(cast), week + DAY)
    page = f"/leads/{of.pk}/score/trend/"
    reckoned(of, DAY)
    assert "one a week" not in as_person(cast.ada).get(page).content.decode()
    for n in range(5):
        reckoned(of, week - n * HOUR)
    for name in settings.TIDYING:
        import_string(name)()
    assert len(left(of)) == 3
    assert "one a week" in as_person(cast.ada).get(page).content.decode()
