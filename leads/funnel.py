"""How many leads stand in each stage, and what they are worth."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from crm.pipeline.models import Stage
from crm.tenants.models import Tenant
from leads.models import Lead


@dataclass(frozen=True)
class Step:
    stage: Stage
    count: int
    value_pence: int


def read(leads: QuerySet[Lead], *, tenant: Tenant) -> list[Step]:
    """Read the funnel of these leads through the tenant's stages, in their order."""
    sums = leads.order_by().values("stage").annotate(n=Count("pk"), v=Sum("value_pence"))
    by_stage = {row["stage"]: (row["n"], row["v"] or 0) for row in sums}
    stages = Stage.of(tenant).order_by("pipeline__position", "position", "id")
    return [Step(stage, *by_stage.get(stage.pk, (0, 0))) for stage in stages]
