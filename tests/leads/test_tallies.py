"""What stands in a stage is known without counting, whatever changes leads and however."""

from uuid import UUID

import pytest
from django.db.models import Count, Sum

from crm.pipeline.models import Kind
from leads.models import Lead, StageDelta
from leads.records import tallies
from leads.records.tallies import Tally
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db


def counted(cast: Cast) -> dict[UUID, Tally]:
    rows = (
        Lead.of(cast.tenant)
        .order_by()
        .values("stage")
        .annotate(n=Count("pk"), p=Sum("value_pence"))
    )
    return {row["stage"]: Tally(row["n"], row["p"] or 0) for row in rows}


def known(cast: Cast, **given: object) -> dict[UUID, Tally]:
    found = tallies.read(cast.tenant, **given)  # type: ignore[arg-type]
    return {stage: tally for stage, tally in found.items() if tally != Tally()}


def fill(cast: Cast) -> list[Lead]:
    return [
        LeadFactory(
            organisation=OrganisationFactory(tenant=cast.tenant),
            owner=owner,
            value_pence=pence,
        )
        for owner, pence in ((cast.ben, 100_00), (cast.ben, None), (None, 5_00), (cast.ada, 7_00))
    ]


def test_births_moves_values_and_deaths_are_told_at_once_and_after_folding(cast: Cast) -> None:
    leads = fill(cast)
    assert known(cast) == counted(cast)
    Lead.of(cast.tenant).filter(owner=cast.ben).update(stage=cast.stage(Kind.PROSPECT))
    Lead.of(cast.tenant).filter(pk=leads[1].pk).update(value_pence=1_00)
    leads[3].delete()
    assert known(cast) == counted(cast)
    tallies.fold()
    assert not StageDelta.objects.exists()
    assert known(cast) == counted(cast)
    Lead.of(cast.tenant).filter(pk=leads[0].pk).update(stage=cast.stage(Kind.LOST))
    assert known(cast) == counted(cast)


def test_an_owner_s_are_told_apart_and_so_is_what_nobody_owns(cast: Cast) -> None:
    fill(cast)
    tallies.fold()
    stage = cast.stage(Kind.DISCOVERY).pk
    assert known(cast, owners=[cast.ben.pk]) == {stage: Tally(2, 100_00)}
    assert known(cast, owners=[cast.ben.pk], unowned=True) == {stage: Tally(3, 105_00)}


def test_what_changes_nothing_that_counts_leaves_no_delta(cast: Cast) -> None:
    fill(cast)
    tallies.fold()
    Lead.of(cast.tenant).update(score=99)
    assert not StageDelta.objects.exists()


def test_a_company_takes_its_tallies_along(cast: Cast) -> None:
    fill(cast)
    Lead.of(cast.tenant).delete()
    tallies.fold()
    assert known(cast) == {}
