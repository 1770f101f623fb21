"""How many leads stand in a stage and what they are worth, without counting them.

The database writes down each change as a delta (sql/tally.sql); deltas are folded into one row per
stage and owner now and then, so that no move has to wait for another at a single row.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models

from crm.tenants.models import Tenant, TenantModel


class StageTally(TenantModel):
    """What was folded; `owner` is None for leads that nobody owns."""

    stage = models.ForeignKey("pipeline.Stage", on_delete=models.CASCADE, related_name="+")
    owner = models.UUIDField(null=True)
    leads = models.BigIntegerField(default=0)
    pence = models.BigIntegerField(default=0)

    class Meta:
        verbose_name_plural = "stage tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "stage", "owner"],
                name="one_tally_per_stage_and_owner",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage_id}: {self.leads}"


class StageDelta(models.Model):
    """A change that is not folded yet."""

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    stage = models.UUIDField()
    owner = models.UUIDField(null=True)
    leads = models.BigIntegerField(default=0)
    pence = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["tenant", "stage"], name="delta_of_stage")]

    def __str__(self) -> str:
        return f"{self.stage}: {self.leads:+}"


@dataclass(frozen=True)
class Tally:
    leads: int = 0
    pence: int = 0


READ = """
SELECT stage, sum(leads)::bigint, sum(pence)::bigint FROM (
    SELECT stage_id AS stage, owner, leads, pence FROM leads_stagetally WHERE tenant_id = %(tenant)s
    UNION ALL
    SELECT stage, owner, leads, pence FROM leads_stagedelta WHERE tenant_id = %(tenant)s
) AS rows
WHERE %(owners)s::uuid[] IS NULL OR owner = ANY(%(owners)s::uuid[])
    OR (%(unowned)s AND owner IS NULL)
GROUP BY stage
"""
# Whoever folds takes away the deltas that they see and nobody else folds at this moment.
FOLD = """
WITH taken AS (
    DELETE FROM leads_stagedelta WHERE id IN (
        SELECT id FROM leads_stagedelta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
    )
    RETURNING tenant_id, stage, owner, leads, pence
), summed AS (
    SELECT tenant_id, stage, owner, sum(leads) AS leads, sum(pence) AS pence
    FROM taken GROUP BY tenant_id, stage, owner
), folded AS (
    INSERT INTO leads_stagetally (id, tenant_id, stage_id, owner, leads, pence)
    SELECT gen_random_uuid(), tenant_id, stage, owner, leads, pence FROM summed
    -- A stage that was deleted meanwhile counts nothing.
    WHERE EXISTS (SELECT 1 FROM pipeline_stage WHERE id = stage)
    ORDER BY tenant_id, stage, owner
    ON CONFLICT (tenant_id, stage_id, owner) DO UPDATE
    SET leads = leads_stagetally.leads + excluded.leads,
        pence = leads_stagetally.pence + excluded.pence
    RETURNING 1
)
SELECT count(*) FROM taken
"""
AT_ONCE = 10_000


def read(
    tenant: Tenant, *, owners: list[UUID] | None = None, unowned: bool = False
) -> dict[UUID, Tally]:
    """Give leads and value by stage; of these owners alone, and of nobody's if `unowned`."""
    given: dict[str, Any] = {"tenant": tenant.pk, "owners": owners, "unowned": unowned}
    with connection.cursor() as cursor:
        cursor.execute(READ, given)
        return {stage: Tally(leads, pence) for stage, leads, pence in cursor.fetchall()}


def fold() -> int:
    """Fold what has come together, of all companies; give how many deltas that were."""
    folded = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(FOLD, [AT_ONCE])
            (many,) = cursor.fetchone() or (0,)
        folded += many
        if many < AT_ONCE:
            return folded
