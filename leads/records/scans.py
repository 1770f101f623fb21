"""The search of a company's records for duplicates, as a row of work, and when it is made."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from crm.tenants.models import TenantModel, User
from crm.work.models import State, WorkRow, work_indexes


class DuplicateScan(TenantModel, WorkRow):
    """One search through all organisations; a company has one at a time.

    First pairs are gathered: `step` of the ways to come by them, each in `parts`, of which `part`
    is next. Then all `pairs` are judged, in the order of their ids; `last_one` and `last_other` are
    those of the last. `passed_over` tells of the values that too many share to be compared.
    """

    class Why(models.TextChoices):
        ASKED = "asked", "Asked for"
        NIGHT = "night", "At night"
        CAME_IN = "came_in", "After new leads"

    why = models.CharField(max_length=8, choices=Why, default=Why.ASKED)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    organisations = models.PositiveIntegerField(default=0)
    step = models.PositiveSmallIntegerField(default=0)
    part = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    pairs = models.PositiveBigIntegerField(default=0)
    judged = models.PositiveBigIntegerField(default=0)
    sure = models.PositiveIntegerField(default=0)
    maybe = models.PositiveIntegerField(default=0)
    # Suspected until now, and no longer alike.
    dropped = models.PositiveIntegerField(default=0)
    passed_over = models.JSONField(default=list)
    last_one = models.UUIDField(null=True)
    last_other = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    judging_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "search for duplicates"
        verbose_name_plural = "searches for duplicates"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant"],
                name="one_scan_at_a_time",
                condition=Q(state__in=[State.READY, State.LEASED, State.WAITING]),
            )
        ]
        indexes = work_indexes("scan")

    def __str__(self) -> str:
        return f"search for duplicates of {self.tenant_id}"


class ScanPair(models.Model):
    """Two that a search has still to compare; gone when it has ended."""

    scan = models.ForeignKey(
        DuplicateScan,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        # A million of them are written at once, and nobody else writes any.
        db_constraint=False,
    )
    one = models.UUIDField()
    other = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scan", "one", "other"], name="one_pair_per_scan")
        ]

    def __str__(self) -> str:
        return f"{self.one} = {self.other}"


class ScanPlan(TenantModel):
    """When a company's records are searched by themselves; `next_at` is the next night's turn."""

    is_nightly = models.BooleanField("every night", default=False)
    is_after_runs = models.BooleanField("after each run of a campaign", default=False)
    # Whose night it is, and who asked for it.
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="one_plan_of_scans")]

    def __str__(self) -> str:
        return "every night" if self.is_nightly else "when asked for"
