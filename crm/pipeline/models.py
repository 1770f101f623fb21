"""Pipelines and their stages."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from crm.ledger.audited import Audited
from crm.tenants.models import Tenant, TenantModel


class Kind(models.TextChoices):
    DISCOVERY = "discovery", "Discovery"
    LEAD = "lead", "Lead"
    PROSPECT = "prospect", "Prospect"
    OPPORTUNITY = "opportunity", "Opportunity"
    CUSTOMER = "customer", "Customer"
    LOST = "lost", "Lost"


# A lead that stands here is no longer pursued.
CLOSED_KINDS = (Kind.CUSTOMER, Kind.LOST)
# (kind, chance of winning in percent, days until a card rots)
FIRST_STAGES = (
    (Kind.DISCOVERY, 5, 14),
    (Kind.LEAD, 10, 14),
    (Kind.PROSPECT, 25, 21),
    (Kind.OPPORTUNITY, 60, 30),
    (Kind.CUSTOMER, 100, None),
    (Kind.LOST, 0, None),
)


class Asked(models.TextChoices):
    """What a stage may ask of a lead that enters it."""

    OWNER = "owner", "Owner"
    VALUE = "value", "Value"
    CONTACT = "contact", "Contact"
    TASK = "task", "Next action"
    REASON = "reason", "Reason"


class Pipeline(TenantModel):
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    audited = Audited(born_with=("tenant",))

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="one_pipeline_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Stage(TenantModel):
    pipeline = models.ForeignKey(Pipeline, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    win_chance = models.PositiveSmallIntegerField("chance of winning (%)", default=0)
    wip_limit = models.PositiveIntegerField("most cards at once", null=True, blank=True)
    rots_after_days = models.PositiveSmallIntegerField(null=True, blank=True)
    asks = ArrayField(
        models.CharField(max_length=12, choices=Asked),
        default=list,
        blank=True,
        db_default=[],
        verbose_name="must be known of a lead that enters",
    )

    audited = Audited(born_with=("tenant",))

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "pipeline", "name"],
                name="one_stage_per_name",
                violation_error_message="This pipeline has a stage of that name already.",
            ),
            models.CheckConstraint(
                condition=models.Q(win_chance__lte=100), name="win_chance_in_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Whether a lead in this stage is no longer pursued."""
        return self.kind in CLOSED_KINDS


def lay(tenant: Tenant) -> Pipeline:
    """Give a new tenant its first pipeline, with the six stages."""
    pipeline = Pipeline.of(tenant).create(tenant=tenant, name="Sales")
    Stage.of(tenant).bulk_create(
        Stage(
            tenant=tenant,
            pipeline=pipeline,
            kind=kind,
            name=kind.label,
            position=position,
            win_chance=chance,
            rots_after_days=days,
        )
        for position, (kind, chance, days) in enumerate(FIRST_STAGES)
    )
    return pipeline


def first(tenant: Tenant) -> Pipeline:
    """Give the pipeline that new leads enter."""
    return Pipeline.of(tenant).order_by("position", "id")[0]
