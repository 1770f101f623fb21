"""How many leads stand in each column of a board, and what they are worth."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from crm.bounds.counts import counted
from crm.look.formats import thousands
from crm.pipeline.models import Stage
from crm.tenants.models import Membership, Tenant
from leads.board.orders import Order
from leads.listing import listing
from leads.models import Lead
from leads.records import tallies
from leads.sight import sight

# With filters no further than this.
COUNTED = 1000
COUNT = """
SELECT stage, count(*), coalesce(sum(pence), 0)::bigint
FROM ({}) AS found (stage, pence) GROUP BY stage
"""
SIZES = ((10**9, "bn"), (10**6, "m"), (10**3, "k"))


@dataclass(frozen=True)
class Reading:
    """What somebody wants to see of a pipeline: `wanted` are the filters."""

    membership: Membership
    stages: list[Stage]
    order: Order
    wanted: dict[str, Any]

    @property
    def tenant(self) -> Tenant:
        return self.membership.tenant

    @property
    def is_whole(self) -> bool:
        """Whether it is of all leads of the pipeline."""
        return not self.wanted and sight.of(self.membership).scope.everything


@dataclass(frozen=True)
class Sum:
    """`is_more` says that counting stopped there."""

    leads: int = 0
    pence: int = 0
    is_more: bool = False

    @property
    def label(self) -> str:
        """Say how many; what was not counted to its end is “1,000+”."""
        return counted(self.leads, COUNTED) if self.is_more else thousands(self.leads)

    @property
    def value_label(self) -> str:
        """Say what they are worth, in as many figures as one reads at a glance."""
        if self.is_more or self.pence <= 0:
            return ""
        pounds = round(self.pence / 100)
        for size, unit in SIZES:
            if pounds >= size:
                figure = pounds / size
                return f"£{figure:.0f}{unit}" if figure >= 100 else f"£{figure:.1f}{unit}"
        return f"£{pounds}"


def read(reading: Reading) -> dict[UUID, Sum]:
    """Give the sums by stage: as folded, or else counted up to 1,000 in one query."""
    found = _folded(reading)
    if found is None:
        matching = listing.matching(reading.membership, reading.wanted)
        found = _counted([matching.filter(stage=stage) for stage in reading.stages])
    return {stage.pk: found.get(stage.pk, Sum()) for stage in reading.stages}


def labels(sums: dict[UUID, Sum]) -> dict[str, dict[str, str]]:
    """Say them as the heads of the columns do."""
    return {
        str(stage): {"count": each.label, "value": each.value_label} for stage, each in sums.items()
    }


def _folded(reading: Reading) -> dict[UUID, Sum] | None:
    """Give the folded figures where they say exactly what the member sees."""
    seen = sight.of(reading.membership)
    if reading.wanted or seen.leads or seen.refs or seen.refs is None:
        return None
    people = None if seen.scope.everything else list(seen.scope.people)
    found = tallies.read(reading.tenant, owners=people, unowned=seen.scope.unowned)
    return {stage: Sum(each.leads, each.pence) for stage, each in found.items()}


def _counted(columns: list[QuerySet[Lead]]) -> dict[UUID, Sum]:
    parts = [
        each.order_by().values_list("stage_id", "value_pence")[: COUNTED + 1] for each in columns
    ]
    try:
        sql, params = union(parts).query.sql_with_params() if parts else ("", ())
    except EmptyResultSet:
        sql = ""
    if not sql:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(sql), params)
        rows = cursor.fetchall()
    return {stage: Sum(many, pence, is_more=many > COUNTED) for stage, many, pence in rows}


def union(parts: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """Have all parts read in one query."""
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
