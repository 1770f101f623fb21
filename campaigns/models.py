"""Campaigns, their runs and schedules, and every finding of a run with what became of it."""

from datetime import time

from django.db import models
from django.db.models import Sum
from django.utils import timezone

from campaigns import criteria, words
from campaigns.campaign import Campaign, Template
from campaigns.discovery.contract import MOST_COUNTED
from campaigns.finding import Checked, Finding
from campaigns.inquiry import Inquiry, Verification
from campaigns.planning.records import PlanningApplication, PlanningList
from campaigns.shared import CampaignWithPerson, CampaignWithTeam
from crm.bounds.counts import counted
from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel, User
from crm.work.models import State, WorkRow, work_indexes

__all__ = [
    "Campaign",
    "CampaignWithPerson",
    "CampaignWithTeam",
    "Checked",
    "Finding",
    "Inquiry",
    "PlanningApplication",
    "PlanningList",
    "Run",
    "Schedule",
    "SourceRun",
    "Template",
    "Verification",
]


class RunQuerySet(models.QuerySet["Run"]):
    def with_counts(self) -> "RunQuerySet":
        """Add what the sources have counted (`COUNTERS`), summed over them."""
        return self.annotate(**{name: Sum(f"sources__{name}", default=0) for name in COUNTERS})


COUNTERS = ("found", "created", "duplicates", "rejected", "verified")


class Run(TenantModel):
    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Running"
        WAITING = "waiting", "Waiting"
        PAUSED = "paused", "Paused"
        COMPLETED = "completed", "Completed"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    class Mode(models.TextChoices):
        FIRST = "first", "First run"
        AGAIN = "again", "Run again"
        MORE = "more", "Find more"

    # At work, now or as soon as it can be; and what stands between a start and an end.
    MOVING = (State.QUEUED, State.RUNNING, State.WAITING)
    ACTIVE = (*MOVING, State.PAUSED)

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField(default=1)
    mode = models.CharField(max_length=8, choices=Mode)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    since = models.DateTimeField(default=timezone.now)
    # The campaign's criteria as they were at the start: a change is for the next run.
    wanted = models.JSONField(default=dict, editable=False)
    is_scheduled = models.BooleanField(default=False)
    maximum = models.PositiveSmallIntegerField()
    expected = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    # The credits that were confirmed for it, and where the account holds them.
    credits_most = models.PositiveIntegerField(default=0, db_default=0)
    reservation = models.UUIDField(null=True, editable=False)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    across_tenants = RunQuerySet.as_manager()  # type: ignore[misc]

    audited = Audited(
        name="campaign__name",
        # Where the work itself stands.
        apart_from=("state", "since", "expected", "left", "reason", "started_at", "finished_at"),
        told_by=("campaign",),
    )

    # Filled by `with_counts`.
    found: int
    created: int
    duplicates: int
    rejected: int
    verified: int
    # Filled by `findings.runs_of`.
    asked: list[str | None]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "campaign"],
                name="one_active_run",
                condition=models.Q(state__in=["queued", "running", "waiting", "paused"]),
            ),
            models.UniqueConstraint(
                fields=["tenant", "campaign", "number"], name="one_number_per_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign.name}, {self.get_mode_display().lower()}"

    @property
    def as_query(self) -> str:
        """What an address of the campaign's findings asks for, to mean this run."""
        return f"?run={self.number}"

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE

    @property
    def changes(self) -> list[words.Change]:
        """What the campaign asks for otherwise by now."""
        return words.changes(criteria.read(self.wanted), criteria.of(self.campaign))

    @property
    def seconds(self) -> float:
        """How long it has taken, or takes so far."""
        if self.started_at is None:
            return 0.0
        return ((self.finished_at or timezone.now()) - self.started_at).total_seconds()

    @property
    def left_label(self) -> str:
        """How many are left, as far as anybody counts."""
        return counted(self.left or 0, MOST_COUNTED)

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
    # Of what was found, whatever became of it.
    verified = models.PositiveIntegerField(default=0, db_default=0)
    # Millionths of a pound.
    cost_micros = models.PositiveBigIntegerField(default=0)
    # Of a live source: how often it has asked side by side so far, and why it can't go on.
    wave = models.PositiveSmallIntegerField(default=0, db_default=0)
    trouble = models.CharField(max_length=500, blank=True, db_default="")
    # How many questions were quoted for it, and whether it could ask no more, whatever it knew.
    questions_most = models.PositiveIntegerField(null=True)
    is_cut_short = models.BooleanField(default=False, db_default=False)
    # Nothing more to ask, while candidates of it are still checked.
    has_asked_all = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = "source of a run"
        verbose_name_plural = "sources of runs"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "run", "source"], name="one_row_per_source")
        ]
        indexes = work_indexes("source_run")

    def __str__(self) -> str:
        return f"{self.source} of run {self.run_id}"

    def get_absolute_url(self) -> str:
        return self.run.campaign.get_absolute_url()

    @property
    def is_over(self) -> bool:
        return self.state in (State.DONE, State.DEAD)


class Schedule(TenantModel, WorkRow):
    """When a campaign goes on by itself: a row of work that waits for its next time.

    `at` is wall-clock time in the tenant's zone; a `day` that a month lacks is its last one.
    """

    class Every(models.TextChoices):
        WEEK = "week", "Every week"
        MONTH = "month", "Every month"

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="schedule")
    every = models.CharField(max_length=5, choices=Every, default=Every.WEEK)
    weekday = models.PositiveSmallIntegerField(default=0, help_text="0 is Monday.")
    day = models.PositiveSmallIntegerField(default=1)
    at = models.TimeField(default=time(7))
    mode = models.CharField(max_length=8, choices=Run.Mode, default=Run.Mode.MORE)
    made_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_at = models.DateTimeField(null=True, editable=False)
    last_run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="+")
    last_result = models.CharField(max_length=300, blank=True, editable=False)

    audited = Audited(
        name="campaign__name",
        apart_from=(
            "state", "due_at", "attempts", "crashes", "last_error",
            "lease_token", "lease_until", "lease_holder", "last_at", "last_run", "last_result",
        ),
        told_by=("campaign",),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6, day__range=(1, 31)), name="day_of_a_calendar"
            )
        ]
        indexes = work_indexes("schedule")

    def __str__(self) -> str:
        return f"schedule of {self.campaign}"

    def get_absolute_url(self) -> str:
        return f"{self.campaign.get_absolute_url()}#schedule"

    @property
    def is_on(self) -> bool:
        return self.state not in (State.HELD, State.DEAD)
