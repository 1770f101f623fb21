"""Trainings: what they come to, who is scored by them, and what a worker's death leaves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crm.ledger.models import AuditEntry
from crm.pipeline.models import Kind
from crm.work.drain import drain
from crm.work.models import State
from leads.chances import training
from leads.models import ChanceModel, Lead, Recount, Score, Training
from leads.scored import scores
from tests.chances.conftest import DAY, ended, history, outcomes, train
from tests.dying import dies, fatal_write
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db", "_training_alone")


def opened(cast: Cast, source: str) -> Lead:
    made: Lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant), source=source)
    return made


def current(cast: Cast) -> ChanceModel:
    return ChanceModel.of(cast.tenant).get(is_current=True)


def test_too_few_outcomes_make_no_model_and_say_how_many_are_missing(cast: Cast) -> None:
    outcomes(cast.tenant, won=18, lost=38)
    open_one = opened(cast, "referral")
    row = train(cast)
    assert (row.model, row.is_current, row.won, row.lost) == (None, False, 18, 38)
    assert "32 more won leads are missing and 12 more lost leads are missing" in row.said
    assert row.figures["missing"] == {"won": 32, "lost": 12}
    scores.refresh(open_one)
    assert Lead.of(cast.tenant).get(pk=open_one.pk).chance is None
    assert not Recount.of(cast.tenant).exists()


def test_of_one_outcome_alone_nothing_is_learnt(cast: Cast) -> None:
    outcomes(cast.tenant, won=60, lost=0)
    row = train(cast)
    assert row.model is None
    assert row.said.startswith("All 60 leads were won.")


def test_open_leads_get_chances_from_a_model_that_tells_who_is_won(cast: Cast) -> None:
    history(cast.tenant, 400)
    good, bad = opened(cast, "referral"), opened(cast, "purchased_list")
    closed = ended(cast.tenant, Kind.LOST, came=timezone.now() - 9 * DAY, after=DAY)
    theirs = LeadFactory(organisation=OrganisationFactory(tenant=cast.other), source="referral")
    row = train(cast)
    assert row.is_current
    assert row.said.startswith("Clearly better than always saying the base rate")
    assert (row.won + row.lost) == 401
    chances = dict(Lead.of(cast.tenant).filter(closed_at=None).values_list("pk", "chance"))
    assert chances[good.pk] > 600 > 300 > chances[bad.pk]
    kept = Score.of(cast.tenant).filter(lead=good).latest("pk")
    assert kept.chance == chances[good.pk]
    assert Lead.of(cast.tenant).get(pk=closed.pk).chance is None
    assert Lead.of(cast.other).get(pk=theirs.pk).chance is None
    assert AuditEntry.objects.filter(tenant_id=cast.tenant.pk, verb="took over").exists()
    # Who comes in later has one as soon as it is scored.
    late = opened(cast, "referral")
    scores.refresh(late)
    assert late.chance == chances[good.pk]
    # What sees the same leaves no trace.
    many = Score.of(cast.tenant).filter(lead=late).count()
    scores.refresh(late)
    assert Score.of(cast.tenant).filter(lead=late).count() == many


def test_a_model_takes_over_only_if_it_is_better(cast: Cast) -> None:
    history(cast.tenant, 400)
    first = train(cast)
    Recount.of(cast.tenant).all().delete()
    second = train(cast)
    assert (first.number, second.number) == (1, 2)
    assert current(cast).pk == first.pk
    assert second.model is not None
    assert second.said.startswith("Not clearly better than the model in use")
    assert not Recount.of(cast.tenant).exists()


def test_what_tells_nothing_does_not_take_over(cast: Cast) -> None:
    history(cast.tenant, 300, rates=dict.fromkeys(("referral", "register"), 0.5))
    row = train(cast)
    assert row.model is not None
    assert not row.is_current
    assert row.said.startswith("Not clearly better than always saying the base rate")


def test_a_model_that_fails_where_times_have_changed_is_replaced(cast: Cast) -> None:
    history(cast.tenant, 400)
    first = train(cast)
    other = {"referral": 0.1, "register": 0.5, "purchased_list": 0.85}
    history(cast.tenant, 2_000, rates=other, seed=2)
    row = train(cast)
    assert row.is_current, row.said
    assert not ChanceModel.of(cast.tenant).get(pk=first.pk).is_current
    assert ChanceModel.of(cast.tenant).count() == 2


def test_each_company_with_an_outcome_has_its_turn_once_a_week(cast: Cast) -> None:
    training.begin_due()
    assert not Training.of(cast.tenant).exists()
    outcomes(cast.tenant, won=1, lost=1)
    for _ in range(2):
        training.begin_due()
        assert drain(30) is False
    assert not Training.of(cast.other).exists()
    row = Training.of(cast.tenant).get()
    assert row.state == State.WAITING
    assert timedelta(days=6) < row.due_at - timezone.now() <= timedelta(days=7)
    assert ChanceModel.of(cast.tenant).count() == 1
    # A week later nothing has ended since; then something has.
    Training.of(cast.tenant).update(due_at=timezone.now())
    drain(30)
    assert ChanceModel.of(cast.tenant).count() == 1
    outcomes(cast.tenant, won=1, lost=0)
    Training.of(cast.tenant).update(due_at=timezone.now())
    drain(30)
    assert ChanceModel.of(cast.tenant).latest("number").won == 2


def test_one_that_failed_is_tried_again_a_week_later_and_at_once_by_hand(cast: Cast) -> None:
    outcomes(cast.tenant, won=1, lost=1)
    row = Training.of(cast.tenant).create(tenant=cast.tenant, state=State.DEAD)
    training.gave_up(row)
    assert "failed again and again" in ChanceModel.of(cast.tenant).get().said
    training.begin_due()
    assert Training.of(cast.tenant).get().state == State.DEAD
    Training.of(cast.tenant).update(due_at=timezone.now() - 8 * DAY)
    training.begin_due()
    assert Training.of(cast.tenant).get().state == State.READY
    assert not training.ask(cast.tenant, by=cast.ada)
    Training.of(cast.tenant).update(state=State.DEAD)
    assert training.ask(cast.tenant, by=cast.ada)
    assert Training.of(cast.tenant).get().asked_by == cast.ada


def test_a_worker_that_is_killed_leaves_nothing_and_the_next_one_does_it_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    history(cast.tenant, 400)
    one = opened(cast, "referral")
    training.ask(cast.tenant, by=cast.ada)
    fatal_write(monkeypatch, Training)
    assert dies(cast.tenant, 30)
    assert not ChanceModel.of(cast.tenant).exists()
    assert Training.of(cast.tenant).get().state == State.LEASED
    past = timezone.now() - timedelta(hours=1)
    Training.of(cast.tenant).update(lease_until=past, due_at=past)
    assert drain(60) is False
    assert current(cast).number == ChanceModel.of(cast.tenant).count() == 1
    assert Lead.of(cast.tenant).get(pk=one.pk).chance is not None


def test_a_model_of_a_form_that_is_read_no_more_does_no_harm(cast: Cast) -> None:
    ChanceModel.of(cast.tenant).create(
        tenant=cast.tenant, number=1, is_current=True, model={"version": 0}
    )
    one = opened(cast, "referral")
    scores.refresh(one)
    assert (one.chance, one.score > 0) == (None, True)
