"""Two organisations or contacts become one, and two again, with every row as it was."""

from typing import Any

import pytest
from django.apps import apps

from leads.merging import merge as merging
from leads.merging import relations, unmerge
from leads.merging.refused import UnknownRelation
from leads.models import Lead, Merge, Organisation
from tests.factories.leads import OrganisationFactory
from tests.leads import trees
from tests.people import Cast

pytestmark = pytest.mark.django_db


def pair(cast: Cast) -> tuple[Organisation, Organisation]:
    return tuple(
        OrganisationFactory(tenant=cast.tenant, name=name) for name in ("Alder & Co", "Alder Ltd")
    )  # type: ignore[return-value]


def join(cast: Cast, kept: Any, gone: Any, **chosen: str) -> Merge:
    named = {name.replace("__", "-"): side for name, side in chosen.items()}
    return merging.merge(kept, gone, chosen=named, by=cast.ben)


def test_the_table_knows_every_relation() -> None:
    for model in unmerge.LABELS.values():
        relations.of(model)
    hidden = {
        related.related_model._meta.label_lower
        for model in unmerge.LABELS.values()
        for related in model._meta.get_fields(include_hidden=True)
        if related.auto_created and not related.concrete
    }
    assert hidden == {each.label for each in relations.every()}
    assert len(apps.get_models()) > 40


def test_a_relation_that_nobody_thought_of_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = pair(cast)
    monkeypatch.setattr(relations, "TABLE", relations.TABLE[1:])
    with pytest.raises(UnknownRelation, match=r"leads\.contact\.organisation"):
        join(cast, kept, gone)
    assert Organisation.of(cast.tenant).count() == 2


@pytest.mark.parametrize("seed", range(6))
def test_merged_and_unmerged_every_row_is_as_it_was(cast: Cast, seed: int) -> None:
    forest = trees.Forest(cast, seed)
    kept, gone, third = (forest.organisation() for _ in range(3))
    for one, other in forest.some([(kept, gone), (gone, third), (third, kept)]):
        forest.propose(one, other)
    before = trees.as_they_stand()
    sides = {name: forest.random.choice(["kept", "gone"]) for name in ("name", "address", "phone")}
    done = join(cast, kept, gone, **sides, lead__owner="gone", lead__stage="gone")
    open_ones = Lead.of(cast.tenant).filter(organisation=kept, closed_at=None)
    assert len({lead.pipeline_id for lead in open_ones}) == len(open_ones)
    assert not Organisation.of(cast.tenant).filter(pk=gone.pk).exists()
    unmerge.undo(done, by=cast.ada)
    after = trees.as_they_stand()
    # A stage that was taken over was a move, and so is giving it back.
    for stands in (before, after):
        stands["leads_stagemove"] = [
            row for row in stands["leads_stagemove"] if 'seconds_before": 0' in row
        ]
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
