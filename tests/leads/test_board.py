"""A lead moves: once, in order, written down everywhere or nowhere."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from crm.ledger.models import AuditEntry, AuditPayload
from crm.pipeline import models as pipeline
from crm.pipeline.models import Kind, Pipeline, Stage
from leads.models import Lead, StageMove, TimelineEntry
from leads.moving import board
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    organisation = OrganisationFactory(tenant=cast.tenant, name="Harbour Dental")
    return LeadFactory(organisation=organisation)


def column(stage: Stage) -> list[str]:
    """The names in a column, from the top."""
    leads = Lead.of(stage.tenant).filter(stage=stage).order_by("rank", "id")
    return list(leads.values_list("organisation__name", flat=True))


def fill(cast: Cast, stage: Stage, *names: str) -> list[Lead]:
    return [
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=name), stage=stage)
        for name in names
    ]


def test_a_move_is_written_down_with_who_from_where_and_how_long(cast: Cast, lead: Lead) -> None:
    Lead.of(cast.tenant).update(stage_since=timezone.now() - timedelta(days=2))
    moved = board.move(lead, to=cast.stage(Kind.PROSPECT), by=cast.ben, version=1)
    assert (moved.stage.name, moved.version, moved.closed_at) == ("Prospect", 2, None)
    step = StageMove.of(cast.tenant).get()
    assert step.from_stage is not None
    assert step.to_stage is not None
    assert (step.from_stage.name, step.to_stage.name, step.by) == (
        "Discovery",
        "Prospect",
        cast.ben,
    )
    assert step.seconds_before == pytest.approx(2 * 86_400, abs=60)
    told = TimelineEntry.of(cast.tenant).get()
    assert (told.text, told.by) == ("Moved from Discovery to Prospect.", cast.ben)
    entry = AuditEntry.objects.get(tenant_id=cast.tenant.pk)
    assert (entry.verb, entry.actor, entry.fields) == ("moved", "Ben", ["stage"])
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert (payload.before, payload.after) == ({"stage": "Discovery"}, {"stage": "Prospect"})


def test_a_move_that_fails_leaves_no_trace(cast: Cast, lead: Lead) -> None:
    """The board's transaction is one with the caller's."""
    with pytest.raises(DatabaseError), transaction.atomic():  # noqa: PT012
        board.move(lead, to=cast.stage(Kind.PROSPECT), by=cast.ben)
        raise DatabaseError("the server went away")
    assert Lead.of(cast.tenant).get().stage.kind == Kind.DISCOVERY
    for table in (StageMove, TimelineEntry):
        assert not table.of(cast.tenant).exists()
    assert not AuditEntry.objects.filter(tenant_id=cast.tenant.pk).exists()


def test_a_second_mover_with_the_old_version_is_told_who_was_faster(cast: Cast, lead: Lead) -> None:
    board.move(lead, to=cast.stage(Kind.OPPORTUNITY), by=cast.ada, version=1)
    with pytest.raises(board.MovedMeanwhile) as refused:
        board.move(lead, to=cast.stage(Kind.LOST), by=cast.ben, version=1)
    assert str(refused.value) == (
        "Ada moved Harbour Dental to Opportunity meanwhile. It stands there now."
    )
    assert refused.value.lead.stage.kind == Kind.OPPORTUNITY
    assert StageMove.of(cast.tenant).count() == 1


def test_a_move_to_another_pipeline_is_refused(cast: Cast, lead: Lead) -> None:
    other = Pipeline.of(cast.tenant).create(tenant=cast.tenant, name="Renewals", position=1)
    due = Stage.of(cast.tenant).create(
        tenant=cast.tenant, pipeline=other, kind=Kind.LEAD, name="Due"
    )
    with pytest.raises(board.MoveRefused, match="Due belongs to another pipeline"):
        board.move(lead, to=due, by=cast.ben)


def test_without_a_card_above_a_card_goes_to_the_top(cast: Cast, lead: Lead) -> None:
    stage = cast.stage(Kind.LEAD)
    fill(cast, stage, "Quay Smiles", "Tide Pharmacy")
    board.move(lead, to=stage, by=cast.ben)
    assert column(stage) == ["Harbour Dental", "Quay Smiles", "Tide Pharmacy"]


def test_a_card_goes_below_the_card_above(cast: Cast, lead: Lead) -> None:
    stage = cast.stage(Kind.LEAD)
    quay, tide = fill(cast, stage, "Quay Smiles", "Tide Pharmacy")
    board.move(lead, to=stage, by=cast.ben, after=quay)
    assert column(stage) == ["Quay Smiles", "Harbour Dental", "Tide Pharmacy"]
    board.move(lead, to=stage, by=cast.ben, after=tide)
    assert column(stage) == ["Quay Smiles", "Tide Pharmacy", "Harbour Dental"]


def test_a_card_above_that_left_the_column_counts_as_none(cast: Cast, lead: Lead) -> None:
    stage = cast.stage(Kind.LEAD)
    quay, _ = fill(cast, stage, "Quay Smiles", "Tide Pharmacy")
    board.move(quay, to=cast.stage(Kind.LOST), by=cast.ada)
    board.move(lead, to=stage, by=cast.ben, after=Lead.of(cast.tenant).get(pk=quay.pk))
    assert column(stage) == ["Harbour Dental", "Tide Pharmacy"]


def test_reordering_a_column_is_no_move(cast: Cast) -> None:
    stage = cast.stage(Kind.LEAD)
    quay, tide = fill(cast, stage, "Quay Smiles", "Tide Pharmacy")
    board.move(quay, to=stage, by=cast.ben, version=1, after=tide)
    assert column(stage) == ["Tide Pharmacy", "Quay Smiles"]
    assert Lead.of(cast.tenant).get(pk=quay.pk).version == 1
    assert not StageMove.of(cast.tenant).exists()
    assert not TimelineEntry.of(cast.tenant).exists()


def test_new_leads_arrive_below_what_was_sorted_by_hand(cast: Cast, lead: Lead) -> None:
    stage = cast.stage(Kind.DISCOVERY)
    (quay,) = fill(cast, stage, "Quay Smiles")
    board.move(lead, to=stage, by=cast.ben, after=quay)
    fill(cast, stage, "Tide Pharmacy")
    assert column(stage) == ["Quay Smiles", "Harbour Dental", "Tide Pharmacy"]


def test_a_column_takes_thousands_of_cards_at_its_top(cast: Cast, lead: Lead) -> None:
    """Whoever uses the form without JavaScript puts every card there: ranks must not grow."""
    stage = cast.stage(Kind.LEAD)
    quay, tide = fill(cast, stage, "Quay Smiles", "Tide Pharmacy")
    for turn in range(60):
        board.move(lead, to=stage, by=cast.ben)
        board.move(quay if turn % 2 else tide, to=stage, by=cast.ben)
    assert max(len(each.rank) for each in Lead.of(cast.tenant)) < 40


def test_becoming_a_customer_makes_the_organisation_one_and_leaving_ends_it(
    cast: Cast, lead: Lead
) -> None:
    moved = board.move(lead, to=cast.stage(Kind.CUSTOMER), by=cast.ben)
    organisation = Lead.of(cast.tenant).get().organisation
    assert organisation.is_customer
    assert moved.closed_at is not None
    moved = board.move(lead, to=cast.stage(Kind.PROSPECT), by=cast.ben)
    organisation.refresh_from_db()
    assert not organisation.is_customer
    assert moved.closed_at is None


def test_a_customer_through_another_pursuit_stays_one(cast: Cast, lead: Lead) -> None:
    board.move(lead, to=cast.stage(Kind.CUSTOMER), by=cast.ben)
    second = LeadFactory(organisation=lead.organisation)
    board.move(second, to=cast.stage(Kind.LOST), by=cast.ben)
    lead.organisation.refresh_from_db()
    assert lead.organisation.is_customer


@pytest.mark.parametrize("kind", [Kind.CUSTOMER, Kind.LOST])
def test_a_closed_lead_has_its_moment_and_an_open_one_has_none(
    cast: Cast, lead: Lead, kind: Kind
) -> None:
    closed = board.move(lead, to=cast.stage(kind), by=cast.ben)
    assert closed.closed_at is not None
    reopened = board.move(lead, to=cast.stage(Kind.LEAD), by=cast.ben)
    assert reopened.closed_at is None


def test_a_lost_lead_stays_lost_while_another_is_open(cast: Cast, lead: Lead) -> None:
    board.move(lead, to=cast.stage(Kind.LOST), by=cast.ben)
    LeadFactory(organisation=lead.organisation, stage=cast.stage(Kind.OPPORTUNITY))
    with pytest.raises(board.MoveRefused, match="is pursued already, in Opportunity"):
        board.move(lead, to=cast.stage(Kind.LEAD), by=cast.ben)


def test_the_database_itself_allows_one_open_lead_per_organisation(cast: Cast, lead: Lead) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LeadFactory(organisation=lead.organisation)


def test_the_counts_are_of_one_company(cast: Cast, lead: Lead) -> None:
    LeadFactory(organisation=OrganisationFactory(tenant=cast.other))
    columns = as_person(cast.ada).get("/board/").context["columns"]
    assert [(each.stage.kind, each.sum.leads) for each in columns if each.sum.leads] == [
        (Kind.DISCOVERY, 1)
    ]


def test_a_stage_that_leads_stand_in_is_not_deleted(cast: Cast, lead: Lead) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        lead.stage.delete()


def test_a_new_company_has_the_six_stages_in_order(cast: Cast) -> None:
    laid = Stage.of(cast.other).order_by("position")
    assert [stage.kind for stage in laid] == [kind for kind, _, _ in pipeline.FIRST_STAGES]
    assert [stage.is_closed for stage in laid] == [False, False, False, False, True, True]
