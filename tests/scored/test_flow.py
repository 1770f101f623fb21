"""Leads scored when something is known of them: what is written, and what is left alone."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.utils import timezone

from crm.tenants.acting import acting_for
from crm.work.drain import drain
from crm.work.models import State
from leads.facts import editing
from leads.facts.facts import FACTS
from leads.models import FlowStep, Lead, Score, TimelineEntry
from leads.scored import flow, overriding, scores, storing
from tests.enriching.rows import fact
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.meanwhile import begun, meanwhile
from tests.people import Cast
from tests.scored.conftest import lead

pytestmark = pytest.mark.usefixtures("committed_db", "_scoring_alone")


def hired(one: Lead) -> None:
    fact(one.organisation, "vacancies", ["Nurse"], "website", status="applied")


def work(cast: Cast) -> None:
    with acting_for(cast.tenant):
        flow.queue_all(Lead.of(cast.tenant).order_by("pk"))
    assert drain(30) is False


def points(one: Lead) -> int:
    return Lead.of(one.tenant).get(pk=one.pk).score


def receipts(one: Lead) -> int:
    return Score.of(one.tenant).filter(lead=one).count()


def test_many_leads_are_scored_together_each_from_its_own_facts(cast: Cast) -> None:
    first, second, closed = (lead(cast) for _ in range(3))
    Lead.of(cast.tenant).filter(pk=closed.pk).update(closed_at=timezone.now(), score=3)
    foreign = LeadFactory(organisation=OrganisationFactory(tenant=cast.other))
    hired(second)
    work(cast)
    assert points(second) == points(first) + 4 == 44
    # A closed one stays as it was, and nobody else's is touched.
    assert (points(closed), receipts(closed)) == (3, 0)
    assert receipts(foreign) == 0
    assert set(FlowStep.of(cast.tenant).values_list("state", flat=True)) == {State.DONE}
    one = Lead.of(cast.tenant).get(pk=second.pk)
    assert (one.tier, one.fit, one.is_set) == ("warm", one.fit, False)


def test_who_looks_the_same_as_before_leaves_no_trace(cast: Cast) -> None:
    one = lead(cast, employees=30)
    fact(one.organisation, "employees", 30, "companies_house", status="applied")
    work(cast)
    work(cast)
    assert receipts(one) == 1
    assert not TimelineEntry.of(cast.tenant).exists()
    hired(one)
    work(cast)
    assert receipts(one) == 2
    entry = TimelineEntry.of(cast.tenant).get()
    assert (entry.kind, entry.text) == ("score", "Score changed from 45 to 49 (warm).")
    # Whoever has changed the columns by hand finds them put right.
    Lead.of(cast.tenant).update(score=1, grade="A+")
    work(cast)
    assert (points(one), receipts(one)) == (49, 2)


def test_what_a_person_has_set_stays_and_what_the_card_says_is_kept(cast: Cast) -> None:
    one = lead(cast)
    work(cast)
    overriding.put(one, points=90, reason="Rang us", by=cast.ben)
    hired(one)
    work(cast)
    now = Lead.of(cast.tenant).get(pk=one.pk)
    assert (now.score, now.tier, now.is_set) == (90, "hot", True)
    assert Score.of(cast.tenant).filter(lead=one).latest("pk").points == 44
    assert not TimelineEntry.of(cast.tenant).filter(text__startswith="Score changed").exists()
    overriding.take_back(now, by=cast.ben)
    assert points(one) == 44


class AThird:
    """Gives every lead one chance in three."""

    facts = frozenset[str]()

    def __call__(self, leads: Any, known: Any, scored: Any) -> dict[Any, int | None]:
        return {row.lead: 333 for row in leads}


def test_closeness_and_chances_of_others_are_kept_with_the_score(cast: Cast) -> None:
    one, two = lead(cast), lead(cast)
    Lead.of(cast.tenant).filter(pk=two.pk).update(closeness=50)
    with acting_for(cast.tenant):
        storing.score(
            cast.tenant,
            [one.pk, two.pk],
            closeness={one.pk: 100},
            chances=AThird(),
        )
    shown = Lead.of(cast.tenant).values_list("pk", "score", "closeness", "chance")
    assert set(shown) == {(one.pk, 70, 100, 333), (two.pk, 55, 50, 333)}
    kept = Score.of(cast.tenant).values_list("lead", "closeness", "chance")
    assert set(kept) == {(one.pk, 100, 333), (two.pk, 50, 333)}
    # Who scores without knowing them leaves them as they are.
    scores.refresh(one)
    one.refresh_from_db()
    assert (one.closeness, one.chance, one.score) == (100, 333, 70)


def test_news_that_comes_while_a_lead_is_scored_is_not_lost(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = lead(cast)
    with acting_for(cast.tenant):
        flow.queue(one)
    score, seen = storing.score, []

    def news() -> None:
        with acting_for(cast.tenant):
            hired(one)
            flow.queue(one)

    with ThreadPoolExecutor(1) as pool:

        def late(tenant: Any, idents: Any, **more: Any) -> Any:
            stored = score(tenant, idents, **more)
            seen.append(points(one))
            if len(seen) == 1:
                # It has to wait for the end of this.
                begun(pool, news)
            return stored

        monkeypatch.setattr(storing, "score", late)
        drain(30)
    drain(30)
    assert seen == [40, 44]
    assert FlowStep.of(cast.tenant).get().state == State.DONE


def test_a_lead_that_a_colleague_has_in_hand_is_scored_when_it_is_free(cast: Cast) -> None:
    busy, free = lead(cast), lead(cast)
    with acting_for(cast.tenant):
        flow.queue_all([busy, free])

    def hold() -> None:
        Lead.of(cast.tenant).select_for_update().get(pk=busy.pk)

    # Nobody waits for them: the drain comes to its end although the lead is held.
    [_] = meanwhile(hold, lambda: drain(0.1))
    assert receipts(free) == 1
    FlowStep.of(cast.tenant).filter(state=State.READY).update(due_at=timezone.now())
    drain(30)
    assert receipts(busy) == 1


def test_one_lead_that_cannot_be_scored_does_not_keep_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = lead(cast), lead(cast)
    score = storing.score

    def broken(tenant: Any, idents: Any, **more: Any) -> Any:
        if bad.pk in idents:
            raise ValueError("No score for this one.")
        return score(tenant, idents, **more)

    monkeypatch.setattr(storing, "score", broken)
    with acting_for(cast.tenant):
        flow.queue_all([good, bad])
    drain(1)
    assert receipts(good) == 1
    steps = dict(FlowStep.of(cast.tenant).values_list("lead", "attempts"))
    assert steps == {good.pk: 0, bad.pk: 1}


def test_what_a_person_edits_is_scored_with_all_that_is_known(cast: Cast) -> None:
    one = lead(cast)
    hired(one)
    editing.edit(one, FACTS["employees"], 120, seen="", by=cast.ben)
    drain(30)
    assert points(one) == 44 + 15
