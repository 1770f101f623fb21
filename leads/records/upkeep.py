"""Keeping what is known fresh and true: what is done for it in the background, and who watches."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from crm.tenants.models import TenantModel, User
from crm.work.models import State, WorkRow, work_indexes
from leads.records.organisations import Organisation


class Upkeep(TenantModel, WorkRow):
    """One turn of upkeep; a company has one of a kind under way at a time.

    `step` is how far it has come, `last` the last row of that step; `counts` say what it did, in
    numbers. The reckoning never ends: it waits for organisations that come in.
    """

    class Kind(models.TextChoices):
        RECKONING = "reckoning", "Reckoning of what is known"
        REFRESH = "refresh", "Nightly refresh"
        TIDYING = "tidying", "Tidying up"

    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    step = models.PositiveSmallIntegerField(default=0)
    last = models.UUIDField(null=True)
    counts = models.JSONField(default=dict)
    # The enrichment that a refresh began, and why it began none.
    run = models.UUIDField(null=True)
    said = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "upkeep"
        verbose_name_plural = "upkeep"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind"],
                name="one_upkeep_at_a_time",
                condition=Q(state__in=[State.READY, State.LEASED, State.WAITING]),
            )
        ]
        indexes = [
            *work_indexes("upkeep"),
            models.Index(fields=["tenant", "-created_at"], name="upkeep_newest"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def get_absolute_url(self) -> str:
        return reverse("leads:quality")


class NewsWatch(TenantModel, WorkRow):
    """Somebody who wants to hear news of an organisation; each look takes up to `credits`.

    `next_at` is the next look's day; as a row of work it begins a run, waits for its end (`run`),
    and tells what is new.
    """

    class Every(models.TextChoices):
        WEEK = "week", "Every week"
        MONTH = "month", "Every month"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    every = models.CharField(max_length=5, choices=Every, default=Every.MONTH)
    credits = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    run = models.UUIDField(null=True)
    # What came of the last look, in a sentence.
    said = models.CharField(max_length=500, blank=True)
    looked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "watch for news"
        verbose_name_plural = "watches for news"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "organisation", "user"], name="one_watch_per_person"
            )
        ]
        indexes = work_indexes("newswatch")

    def __str__(self) -> str:
        return f"news of {self.organisation_id}"
