"""What came of a campaign in figures: what it found, what that cost, where its leads stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast

from campaigns.models import Campaign, Finding, SourceRun
from crm.pipeline.models import Kind
from crm.tenants.models import Tenant
from leads.models import Lead

# An entry counts once, however often it was run across: as a new lead if it ever became one, else
# by what was said last.
ENTRIES = """
SELECT campaign_id, verdict, proof, count(*) FROM (
    SELECT
        run.campaign_id,
        CASE WHEN bool_or(finding.verdict = 'created') THEN 'created'
            ELSE (array_agg(finding.verdict ORDER BY finding.id DESC))[1] END AS verdict,
        (array_agg(finding.proof ORDER BY finding.id DESC))[1] AS proof
    FROM campaigns_finding AS finding JOIN campaigns_run AS run ON run.id = finding.run_id
    WHERE run.tenant_id = %(tenant)s AND run.campaign_id = ANY(%(campaigns)s)
    GROUP BY run.campaign_id, finding.source, finding.key
) AS entry
GROUP BY campaign_id, verdict, proof
"""


@dataclass
class Figures:
    """What is known of one campaign; `leads` are all whose origin it is, not only the new ones."""

    campaign: Campaign
    verdicts: Counter[str] = field(default_factory=Counter)
    proofs: Counter[str] = field(default_factory=Counter)
    cost_micros: int = 0
    tiers: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    points: int = 0
    points_squared: float = 0.0
    customers: int = 0
    value_pence: int = 0

    @property
    def found(self) -> int:
        return self.verdicts.total()

    @property
    def created(self) -> int:
        return self.verdicts[Finding.Verdict.CREATED]

    @property
    def leads(self) -> int:
        return self.tiers.total()


def read(leads: QuerySet[Lead], campaigns: Sequence[Campaign]) -> list[Figures]:
    """Give the figures of these campaigns of one tenant, in three queries whatever their sizes.

    What a run found is counted whole; of what came of it, only these leads.
    """
    tenant = campaigns[0].tenant
    found = {campaign.pk: Figures(campaign) for campaign in campaigns}
    _read_findings(tenant, found)
    _read_costs(tenant, found)
    _read_leads(leads, found)
    return list(found.values())


def _read_findings(tenant: Tenant, by_id: dict[UUID, Figures]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES, {"tenant": tenant.pk, "campaigns": list(by_id)})
        for campaign, verdict, proof, number in cursor.fetchall():
            by_id[campaign].verdicts[verdict] += number
            by_id[campaign].proofs[proof] += number


def _read_costs(tenant: Tenant, by_id: dict[UUID, Figures]) -> None:
    rows = SourceRun.of(tenant).filter(run__campaign__in=by_id).order_by()
    for campaign, micros in rows.values_list("run__campaign").annotate(Sum("cost_micros")):
        by_id[campaign].cost_micros = micros


def _read_leads(leads: QuerySet[Lead], by_id: dict[UUID, Figures]) -> None:
    points = Cast("score", FloatField())
    # Who was a customer before was not won by it.
    won = Q(stage__kind=Kind.CUSTOMER) & ~Q(closed_at__lt=F("origins__at"))
    rows = leads.order_by().filter(origins__ref__in=by_id)
    grouped = rows.values("origins__ref", "tier", "stage__kind").annotate(
        leads=Count("pk"),
        points=Sum("score"),
        points_squared=Sum(points * points),
        customers=Count("pk", filter=won),
        value=Sum("value_pence", filter=won, default=0),
    )
    for row in grouped:
        figures = by_id[row["origins__ref"]]
        figures.tiers[row["tier"]] += row["leads"]
        figures.stages[row["stage__kind"]] += row["leads"]
        figures.points += row["points"]
        figures.points_squared += row["points_squared"]
        figures.customers += row["customers"]
        figures.value_pence += int(row["value"])
