"""Runs that find out more about organisations, as rows of work."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from crm.tenants.models import TenantModel, User
from crm.work.models import WorkRow, work_indexes
from leads.records.organisations import Organisation


class EnrichmentRun(TenantModel, WorkRow):
    """Finding out more about one lead, a selection, a campaign's leads, or whatever grows old.

    `kinds` are slugs of `enrichment.kinds`, `titles` the jobs of whom it looks for, `most` the
    credits that were confirmed. As a row of work it takes what is known already, then waits for its
    items and ends. `before` and `after` are the figures of quality of all it was about, `result`
    what it had brought when it ended, in numbers alone; {} until then.
    """

    class Why(models.TextChoices):
        LEAD = "lead", "One lead"
        SELECTION = "selection", "Chosen leads"
        CAMPAIGN = "campaign", "A campaign’s leads"
        SCHEDULE = "schedule", "What grows old"
        PEOPLE = "people", "Looking for people"

    class Phase(models.TextChoices):
        RUNNING = "running", "Running"
        PAUSED = "paused", "Paused"
        STOPPED = "stopped", "Stopped"
        CANCELLED = "cancelled", "Cancelled"
        COMPLETED = "completed", "Completed"

    why = models.CharField(max_length=10, choices=Why)
    label = models.CharField(max_length=200)
    # The campaign or the lead that it was begun at.
    ref = models.UUIDField(null=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    kinds = models.JSONField(default=list)
    titles = models.JSONField(default=list)
    # What is known is asked for again where it has grown old, and not only where it is missing.
    is_again = models.BooleanField(default=False)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.RUNNING)
    said = models.CharField(max_length=500, blank=True)
    most = models.PositiveIntegerField(default=0)
    reservation = models.UUIDField(null=True)
    total = models.PositiveIntegerField(default=0)
    credits = models.PositiveIntegerField(default=0)
    cost_micros = models.PositiveBigIntegerField(default=0)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    result = models.JSONField(default=dict, db_default={}, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "enrichment"
        indexes = [
            *work_indexes("enrichment"),
            models.Index(fields=["tenant", "-created_at"], name="enrichment_newest"),
            models.Index(fields=["tenant", "ref", "-created_at"], name="enrichment_of"),
        ]

    def __str__(self) -> str:
        return f"Enrichment of {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("leads:enrichment", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.phase in (self.Phase.RUNNING, self.Phase.PAUSED, self.Phase.STOPPED)


class EnrichmentItem(TenantModel, WorkRow):
    """One organisation in a run.

    `asked` holds by provider (and by what is asked about, for a person) what came of asking:
    `outcome`, `why`, `credits`, `known` (it was not asked anew), `again` (it may be asked later).
    `gained` counts what became of facts: applied, proposed, confirmed.
    """

    run = models.ForeignKey(EnrichmentRun, on_delete=models.CASCADE, related_name="items")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    asked = models.JSONField(default=dict)
    gained = models.JSONField(default=dict)
    credits = models.PositiveIntegerField(default=0)
    before = models.PositiveSmallIntegerField(default=0)
    after = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "organisation to enrich"
        verbose_name_plural = "organisations to enrich"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "run", "organisation"], name="one_item_per_organisation"
            )
        ]
        indexes = [
            *work_indexes("enrichmentitem"),
            models.Index(fields=["run", "state"], name="enrichmentitem_of_run"),
        ]

    def __str__(self) -> str:
        return f"enrichment of {self.organisation_id}"

    def get_absolute_url(self) -> str:
        return self.run.get_absolute_url()
