"""What a recount of all leads leaves on their timelines: a line where the tier is another."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.tenants.acting import acting_for
from crm.work.drain import drain
from leads.models import Fact, Lead, Recount, TimelineEntry
from leads.scored import overriding, recounting, scores, storing
from scoring.card import FIRST
from tests.dying import fatal_write
from tests.enriching.rows import fact
from tests.people import Cast
from tests.scored.conftest import MOST_DEATHS, card, deaths, lead, rule

pytestmark = pytest.mark.usefixtures("committed_db", "_scoring_alone")
HIRES = {"field": "vacancies", "op": "filled"}


def recount(cast: Cast) -> None:
    recounting.begin(cast.tenant, "Version 2 of the scorecard", cast.ada)
    assert drain(30) is False


def told(one: Lead) -> list[str]:
    entries = TimelineEntry.of(one.tenant).filter(lead=one, kind="score").order_by("pk")
    return list(entries.values_list("text", flat=True))


def points(one: Lead) -> int:
    return Lead.of(one.tenant).get(pk=one.pk).score


def reached(hot: int, warm: int) -> dict[str, Any]:
    return {"tiers": FIRST["tiers"] | {"hot": hot, "warm": warm}}


def test_another_tier_by_another_card_is_told_once_and_other_points_are_not(cast: Cast) -> None:
    plain, hiring = lead(cast), lead(cast)
    fact(hiring.organisation, "vacancies", ["Nurse"], status="applied")
    card(cast, rule("hires", 2, when=HIRES))
    recount(cast)
    # That they are scored for the first time is no news of each.
    assert not TimelineEntry.across_tenants.exists()
    was = points(hiring)

    card(cast, rule("hires", 4, when=HIRES), number=2)
    recount(cast)
    assert points(hiring) == was + 2
    assert told(hiring) == []
    card(cast, rule("hires", 9, when=HIRES), number=3, **reached(was + 7, 20))
    recount(cast)
    said = f"Score changed from {was + 2} to {was + 7} (hot): the scorecard was changed."
    assert (told(plain), told(hiring)) == ([], [said])
    entry = TimelineEntry.of(cast.tenant).get(lead=hiring)
    assert (entry.by, entry.outcome) == (None, "")
    assert Lead.of(cast.tenant).get(pk=hiring.pk).active_at is None
    recount(cast)
    assert told(hiring) == [said]

    # By thresholds alone the points stay.
    card(cast, rule("hires", 9, when=HIRES), number=4, **reached(99, 98))
    recount(cast)
    colder = "Tier changed from {} to cold at {} points: the scorecard was changed."
    assert told(plain) == [colder.format("warm", points(plain))]
    assert told(hiring) == [said, colder.format("hot", was + 7)]


def test_the_last_word_is_how_the_lead_stands(cast: Cast) -> None:
    one = lead(cast)
    scores.refresh(one)
    first = points(one)
    fact(one.organisation, "vacancies", ["Nurse"], status="applied")
    scores.refresh(one)
    second = points(one)
    assert told(one)[-1] == f"Score changed from {first} to {second} (warm)."
    card(cast, rule("hires", 30, when=HIRES), **reached(50, 30))
    recount(cast)
    now = points(one)
    assert now > second
    assert told(one)[-1] == (
        f"Score changed from {second} to {now} (hot): the scorecard was changed."
    )


def test_where_the_card_is_the_same_it_is_not_blamed(cast: Cast) -> None:
    one = lead(cast)
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    young = {"field": "incorporated_on", "op": "within", "value": 30}
    card(cast, rule("young", 9, when=young), **reached(49, 20))

    def founded(on: date) -> None:
        Fact.of(cast.tenant).filter(field="incorporated_on").delete()
        fact(one.organisation, "incorporated_on", on.isoformat(), status="applied")
        recount(cast)

    founded(today)
    was = points(one)
    founded(today - timedelta(days=60))
    assert told(one) == [f"Score changed from {was} to {points(one)} (warm)."]


def test_a_lead_that_a_person_has_set_is_told_another_tier_alone(cast: Cast) -> None:
    one = lead(cast)
    recount(cast)
    one.refresh_from_db()
    overriding.put(one, points=60, reason="They asked for a visit.", by=cast.ada)
    before = told(one)
    fact(one.organisation, "vacancies", ["Nurse"], status="applied")
    card(cast, rule("hires", 60, when=HIRES))
    recount(cast)
    assert (points(one), told(one)) == (60, before)
    card(cast, number=2, **reached(55, 30))
    recount(cast)
    said = "Tier changed from warm to hot at 60 points: the scorecard was changed."
    assert (points(one), told(one)) == (60, [*before, said])


def test_a_worker_that_is_killed_tells_nothing_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = [lead(cast) for _ in range(4)]
    card(cast)
    recount(cast)
    card(cast, number=2, **reached(99, 98))
    monkeypatch.setattr(recounting, "PIECE", 1)
    recounting.begin(cast.tenant, "Version 2 of the scorecard", None)
    fatal_write(monkeypatch, Recount, 2)
    assert 0 < deaths(cast) < MOST_DEATHS
    assert [len(told(one)) for one in leads] == [1, 1, 1, 1]


def test_thirty_leads_ask_no_more_than_one(cast: Cast) -> None:
    def asked(many: int) -> int:
        leads = [lead(cast).pk for _ in range(many)]
        with acting_for(cast.tenant):
            card(cast, number=10 + many)
            storing.score(cast.tenant, leads)
            card(cast, number=50 + many, **reached(99, 98))
            with CaptureQueriesContext(connection) as queries:
                storing.score(cast.tenant, leads, tells_tiers=True)
        assert TimelineEntry.of(cast.tenant).filter(lead__in=leads).count() == many
        return len(queries)

    assert asked(30) <= asked(1)
