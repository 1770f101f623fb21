"""Two people merge crosswise, an intake comes meanwhile, the process dies in the middle."""

from typing import Any

import pytest
from django.db import connection

from leads.lead.locking import hold
from leads.merging import merge as merging
from leads.merging import rows, unmerge
from leads.merging.proposals import propose
from leads.merging.refused import GoneMeanwhile, UndoRefused
from leads.models import Lead, Merge, MergedRow, Organisation
from tests.factories.leads import LeadFactory, OrganisationFactory, TimelineEntryFactory
from tests.leads import trees
from tests.meanwhile import meanwhile
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def pair(cast: Cast) -> list[Organisation]:
    found = [OrganisationFactory(tenant=cast.tenant, name=name) for name in ("Alder", "Birch")]
    for each in found:
        TimelineEntryFactory(lead=LeadFactory(organisation=each))
    return found


def join(cast: Cast, kept: Any, gone: Any) -> Any:
    return merging.merge(kept, gone, chosen={}, by=cast.ben)


def test_merged_crosswise_at_once_it_is_one_merge(cast: Cast, pair: list[Organisation]) -> None:
    one, other = pair
    came = meanwhile(
        lambda: hold(Lead.of(cast.tenant)),
        lambda: join(cast, one, other),
        lambda: join(cast, other, one),
    )
    assert {type(each) for each in came} == {Merge, GoneMeanwhile}
    late = next(each for each in came if isinstance(each, GoneMeanwhile))
    assert "Ben merged" in str(late)
    assert late.merge == Merge.of(cast.tenant).get(model="leads.organisation")
    assert Organisation.of(cast.tenant).count() == Lead.of(cast.tenant).count() == 1


def test_undone_twice_at_once_it_is_one_undo(cast: Cast, pair: list[Organisation]) -> None:
    merge = join(cast, *pair)
    came = meanwhile(
        lambda: hold(Lead.of(cast.tenant)),
        lambda: unmerge.undo(merge, by=cast.ada),
        lambda: unmerge.undo(merge, by=cast.ben),
    )
    assert {type(each) for each in came} == {Organisation, UndoRefused}
    assert Organisation.of(cast.tenant).count() == Lead.of(cast.tenant).count() == 2


def test_proposed_both_ways_at_once_it_is_one(cast: Cast, pair: list[Organisation]) -> None:
    one, other = pair
    came = meanwhile(
        lambda: propose(one, other, cast.ben),
        lambda: propose(other, one, cast.ada),
        lambda: propose(one, other, cast.ada),
    )
    assert len({each.pk for each in came}) == 1


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("after", range(0, 40, 7))
def test_killed_between_statements_it_leaves_nothing_half(
    cast: Cast, pair: list[Organisation], after: int
) -> None:
    before = trees.as_they_stand()
    left = [after]

    def deadly(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.lstrip().startswith(("INSERT", "UPDATE", "DELETE", "WITH")):
            if left[0] == 0:
                raise Killed
            left[0] -= 1
        return execute(sql, *rest)

    with connection.execute_wrapper(deadly):
        try:
            join(cast, *pair)
        except Killed:
            assert trees.as_they_stand() == before
            assert not Merge.of(cast.tenant).exists()
            assert not MergedRow.of(cast.tenant).exists()
    assert rows.image(pair[0])["name"] == "Alder"
