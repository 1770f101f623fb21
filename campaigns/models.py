"""Campaigns, their runs, and every finding of a run with what became of it."""

from django.db import models
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from campaigns import kinds
from crm.tenants.models import TenantModel, User
from crm.work.models import State, WorkRow, due_index
from leads.candidate import OriginRef
from leads.models import Lead, Organisation


class Campaign(TenantModel):
    """Whom to find. `positions` is how far each source has been walked, in its own terms."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=kinds.CHOICES)
    postcode = models.CharField(max_length=8)
    miles = models.PositiveSmallIntegerField()
    max_results = models.PositiveSmallIntegerField()
    takes_edge = models.BooleanField(default=False)
    extra = models.JSONField(default=dict, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    launch_token = models.UUIDField(null=True, editable=False)
    positions = models.JSONField(default=dict, editable=False)
    created_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    # Filled by the list of campaigns.
    latest_run: "Run | None"
    leads_count: int

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "fingerprint"], name="one_campaign_per_criteria"
            ),
            models.UniqueConstraint(
                fields=["tenant", "launch_token"], name="one_campaign_per_launch"
            ),
            models.CheckConstraint(
                condition=models.Q(miles__range=(1, 200)), name="radius_from_1_to_200"
            ),
            models.CheckConstraint(
                condition=models.Q(max_results__range=(1, 500)), name="maximum_from_1_to_500"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaigns:detail", args=[self.pk])

    @property
    def kind_label(self) -> str:
        return kinds.get(self.kind).name

    @property
    def place_label(self) -> str:
        return f"{self.miles} mile{'s' if self.miles != 1 else ''} of {self.postcode}"

    def as_origin(self) -> OriginRef:
        """Name the campaign as the place its leads come from."""
        return OriginRef(self.pk, self.name, self.get_absolute_url())


class RunQuerySet(models.QuerySet["Run"]):
    def with_counts(self) -> "RunQuerySet":
        """Add `found`, `created`, `duplicates` and `rejected`, summed over the sources."""
        return self.annotate(**{name: Sum(f"sources__{name}", default=0) for name in COUNTERS})


COUNTERS = ("found", "created", "duplicates", "rejected")


class Run(TenantModel):
    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Running"
        WAITING = "waiting", "Waiting"
        COMPLETED = "completed", "Completed"
        FAILED = "failed", "Failed"

    class Mode(models.TextChoices):
        FIRST = "first", "First run"
        AGAIN = "again", "Run again"
        MORE = "more", "Find more"

    ACTIVE = (State.QUEUED, State.RUNNING, State.WAITING)

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="runs")
    mode = models.CharField(max_length=8, choices=Mode)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    maximum = models.PositiveSmallIntegerField()
    expected = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    across_tenants = RunQuerySet.as_manager()  # type: ignore[misc]

    # Filled by `with_counts`.
    found: int
    created: int
    duplicates: int
    rejected: int

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "campaign"],
                name="one_active_run",
                condition=models.Q(state__in=["queued", "running", "waiting"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign.name}, {self.get_mode_display().lower()}"

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE

    @property
    def seconds(self) -> float:
        """How long it has taken, or takes so far."""
        if self.started_at is None:
            return 0.0
        return ((self.finished_at or timezone.now()) - self.started_at).total_seconds()

    @property
    def percent(self) -> int:
        if not self.is_active:
            return 100
        done = self.found if self.mode == self.Mode.AGAIN else self.created
        return min(99, 100 * done // max(1, self.expected))


class SourceRun(TenantModel, WorkRow):
    """One source's share of a run, as a row of work; `cursor` is the last place it settled."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="sources")
    source = models.CharField(max_length=30)
    cursor = models.JSONField(null=True)
    stop_at = models.JSONField(null=True)
    found = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "source of a run"
        verbose_name_plural = "sources of runs"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "run", "source"], name="one_row_per_source")
        ]
        indexes = [due_index("source_run_due")]

    def __str__(self) -> str:
        return f"{self.source} of run {self.run_id}"

    @property
    def is_over(self) -> bool:
        return self.state in (State.DONE, State.DEAD)


class Finding(TenantModel):
    """One organisation that a source saw, and the verdict: the counts of a run always add up."""

    class Verdict(models.TextChoices):
        CREATED = "created", "New lead"
        DUPLICATE = "duplicate", "Duplicate"
        REJECTED = "rejected", "Rejected"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="findings")
    source = models.CharField(max_length=30)
    key = models.CharField(max_length=200)
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(max_length=100)
    detail = models.CharField(max_length=400, blank=True)
    name = models.CharField(max_length=300)
    postcode = models.CharField(max_length=12, blank=True)
    miles = models.FloatField(null=True)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    lead = models.ForeignKey(Lead, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "run", "source", "key"], name="one_finding_per_entry"
            )
        ]
        indexes = [models.Index(fields=["run", "verdict", "-id"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.verdict}"
