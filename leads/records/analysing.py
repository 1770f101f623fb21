"""What the AI makes of a lead, kept whole: what was asked, what came back, what it cost."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from crm.tenants.models import TenantModel, User
from crm.work.models import WorkRow, work_indexes


class Analysis(TenantModel, WorkRow):
    """One question to the AI about a lead, as a row of work.

    `facts` are those that it was given and may cite, `said` is its whole answer, `asked` what of
    the call must outlive a killed worker. `prompt` is the SHA-256 of the whole prompt,
    `cost_micros` millionths of a pound, `reservation` where its credits stand until it ends.
    """

    class Phase(models.TextChoices):
        ASKED = "asked", "Being asked"
        TOLD = "told", "Answered"
        FAILED = "failed", "Failed"

    lead = models.ForeignKey("leads.Lead", on_delete=models.CASCADE, related_name="analyses")
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.ASKED)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    facts = models.JSONField(default=list)
    said = models.JSONField(default=dict)
    trouble = models.CharField(max_length=500, blank=True)
    prompt = models.CharField(max_length=64, blank=True)
    model = models.CharField(max_length=80, blank=True)
    asked = models.JSONField(default=dict)
    reservation = models.UUIDField(null=True)
    credits = models.PositiveIntegerField(default=0)
    cost_micros = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "analyses"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "lead"],
                condition=models.Q(phase="asked"),
                name="one_analysis_at_a_time",
            ),
        ]
        indexes = [
            *work_indexes("analysis"),
            models.Index(fields=["lead", "-created_at"], name="analysis_of_lead"),
        ]

    def __str__(self) -> str:
        return f"analysis of {self.lead_id}"

    def get_absolute_url(self) -> str:
        return reverse("leads:detail", args=[self.lead_id])
