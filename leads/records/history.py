"""What happened to a lead: where it came from, its moves, and all in words."""

from django.db import models
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.pipeline.models import Stage
from crm.tenants.models import TenantModel, User


class Tier(models.TextChoices):
    HOT = "hot", "Hot"
    WARM = "warm", "Warm"
    COLD = "cold", "Cold"


# What a person said of a lead after they talked to somebody there.
IS_TALK = models.Q(kind__in=["call", "note"], by__isnull=False)
# A move that counts: what was undone, and the step back, count as never made.
STANDS = models.Q(is_undone=False)


class StageMove(TenantModel):
    """The source of funnel, velocity, rot and undo; `from_stage` is empty for the birth."""

    lead = models.ForeignKey("leads.Lead", on_delete=models.CASCADE, related_name="moves")
    from_stage = models.ForeignKey(Stage, null=True, on_delete=models.SET_NULL, related_name="+")
    to_stage = models.ForeignKey(Stage, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    seconds_before = models.BigIntegerField(default=0)
    batch = models.UUIDField(null=True, editable=False)
    reason = models.CharField(max_length=200, blank=True)
    is_undone = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["lead", "-at"]),
            models.Index(fields=["tenant", "-at"], name="move_of_company"),
            models.Index(
                fields=["tenant", "by", "-at"],
                name="move_of_person",
                condition=models.Q(by__isnull=False),
            ),
            # For filters: what came into a stage, or left it.
            models.Index(fields=["tenant", "from_stage", "-at"], name="move_from_stage"),
            models.Index(fields=["tenant", "to_stage", "-at"], name="move_to_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.from_stage} → {self.to_stage}"


class TimelineEntry(TenantModel):
    class Kind(models.TextChoices):
        ORIGIN = "origin", "Found"
        MOVE = "move", "Moved"
        NOTE = "note", "Note"
        CALL = "call", "Call"
        TASK = "task", "Task"
        SCORE = "score", "Scored"
        FIELD = "field", "Changed"

    lead = models.ForeignKey(
        "leads.Lead", on_delete=models.CASCADE, related_name="timeline", db_index=False
    )
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    # Of a call: how it went.
    outcome = models.CharField(max_length=20, blank=True)

    # Not by its words: an entry keeps what it is called when its values are erased.
    audited = Audited(name="lead__organisation__name", told_by=("lead",))

    class Meta:
        verbose_name_plural = "timeline entries"
        indexes = [
            models.Index(fields=["lead", "-id"]),
            # Who talked with whom lately, and for the first time.
            models.Index(fields=["tenant", "by", "-at"], name="talk_of_person", condition=IS_TALK),
            models.Index(fields=["lead", "at"], name="talk_of_lead", condition=IS_TALK),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def by_label(self) -> str:
        return str(self.by) if self.by else ""


class Origin(TenantModel):
    """Where the lead came from; `ref` names the campaign, import or form on its own floor."""

    lead = models.ForeignKey("leads.Lead", on_delete=models.CASCADE, related_name="origins")
    ref = models.UUIDField()
    label = models.CharField(max_length=200)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    # Filled by `sight.origins`.
    is_seen: bool

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "lead", "ref"], name="one_origin_per_lead")
        ]
        indexes = [models.Index(fields=["tenant", "ref"])]

    def __str__(self) -> str:
        return self.label
