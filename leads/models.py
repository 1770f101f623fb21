"""The lead itself: the pursuit of an organisation through a pipeline, and its history."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.pipeline.models import Pipeline, Stage
from crm.sharing.rows import WithPerson, WithTeam
from crm.tenants.models import Tenant, TenantModel, User
from leads.records.analysing import Analysis
from leads.records.custom import CustomField, FieldValue, Tag, Tagging
from leads.records.enriching import EnrichmentItem, EnrichmentRun
from leads.records.history import Origin, StageMove, Tier, TimelineEntry
from leads.records.indexes import OF_LEADS
from leads.records.known import EmailCheck, Fact, Quality, Unwanted
from leads.records.organisations import Contact, Group, IdentityKey, Listing, Organisation, Proof
from leads.records.reacting import Reacted, Reaction, ReactionDeed
from leads.records.reckonings import Reckoning
from leads.records.register_news import RegisterNews, RegisterWatch
from leads.records.removed import RemovedRow
from leads.records.sameness import Merge, MergedRow, Proposal
from leads.records.scans import DuplicateScan, ScanPair, ScanPlan
from leads.records.scoring import (
    CardPreview,
    ChanceModel,
    FlowStep,
    Override,
    Recount,
    Score,
    Scorecard,
    Training,
)
from leads.records.searchtext import SearchText
from leads.records.tallies import StageDelta, StageTally
from leads.records.touched import Touched
from leads.records.upkeep import NewsWatch, Upkeep
from leads.records.working import Batch, Bulk, Change, Task

__all__ = [
    "Analysis",
    "Batch",
    "Bulk",
    "CardPreview",
    "ChanceModel",
    "Change",
    "Contact",
    "CustomField",
    "DuplicateScan",
    "EmailCheck",
    "EnrichmentItem",
    "EnrichmentRun",
    "Fact",
    "FieldValue",
    "FlowStep",
    "Group",
    "IdentityKey",
    "Lead",
    "LeadWithPerson",
    "LeadWithTeam",
    "Listing",
    "Merge",
    "MergedRow",
    "NewsWatch",
    "Organisation",
    "Origin",
    "Override",
    "Proof",
    "Proposal",
    "Quality",
    "Reacted",
    "Reaction",
    "ReactionDeed",
    "Reckoning",
    "Recount",
    "RegisterNews",
    "RegisterWatch",
    "RemovedRow",
    "SavedView",
    "ScanPair",
    "ScanPlan",
    "Score",
    "Scorecard",
    "SearchText",
    "StageDelta",
    "StageMove",
    "StageTally",
    "Tag",
    "Tagging",
    "Task",
    "Tier",
    "TimelineEntry",
    "Touched",
    "Training",
    "Unwanted",
    "Upkeep",
    "ViewChoice",
    "ViewWithPerson",
    "ViewWithTeam",
]


class Lead(TenantModel):
    """`score` is the points, 0-100, and `tier` follows from it; `version` counts the moves.

    `grade_value`, `fit`, `engagement` and `closeness` are of 100, `chance` is in per mille; None is
    unknown. `is_set` says that a person has set the score.
    """

    # Many of its indexes begin with it, and each one more is written whenever a lead changes.
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="leads")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL)
    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="+")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="leads")
    rank = models.CharField(max_length=300, db_collation="C")
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Filled by the database (sql/keys.sql): the name's sort key, and the owner's name.
    sort_key = models.CharField(
        max_length=300, db_collation="C", default="", blank=True, editable=False
    )
    owner_key = models.CharField(
        max_length=200, db_collation="C", default="", blank=True, editable=False
    )
    value_pence = models.BigIntegerField(
        null=True, blank=True, help_text="Expected first year, net of VAT, in pence."
    )
    source = models.CharField(max_length=40)
    # The `ref` of its first origin, beside the lead for who sees what was found by whom.
    found_by = models.UUIDField(null=True, blank=True, editable=False)
    score = models.PositiveSmallIntegerField(default=0)
    tier = models.CharField(max_length=4, choices=Tier, default=Tier.COLD)
    grade = models.CharField(max_length=2, blank=True, default="", db_default="")
    grade_value = models.PositiveSmallIntegerField(null=True, blank=True)
    fit = models.PositiveSmallIntegerField(null=True, blank=True)
    engagement = models.PositiveSmallIntegerField(null=True, blank=True)
    chance = models.PositiveSmallIntegerField(null=True, blank=True)
    closeness = models.PositiveSmallIntegerField(null=True, blank=True)
    is_set = models.BooleanField(default=False, db_default=False, editable=False)
    version = models.PositiveIntegerField(default=1)
    stage_since = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    lost_reason = models.CharField(max_length=200, blank=True)
    # When a person last did anything with it, and last spoke or wrote to somebody there; when the
    # first of its open tasks is due.
    active_at = models.DateTimeField(null=True, blank=True, editable=False)
    contacted_at = models.DateTimeField(null=True, blank=True, editable=False)
    next_due = models.DateTimeField(null=True, blank=True, editable=False)
    # The day of that task, if it names no hour: `next_due` is its end where the task's owner is.
    next_due_day = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    # Hung on by `tags.show`.
    tags_shown: Any = None
    # Hung on by `marks.show`.
    marks: Any = None

    audited = Audited(
        name="organisation__name",
        apart_from=(
            "rank", "version", "score", "tier", "grade", "grade_value", "fit", "engagement",
            "chance", "closeness", "is_set", "stage_since", "found_by", "sort_key", "owner_key",
            "active_at", "contacted_at", "next_due", "next_due_day",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "organisation", "pipeline"],
                name="one_open_lead",
                condition=models.Q(closed_at=None),
            )
        ]
        indexes = OF_LEADS

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("leads:detail", args=[self.pk])

    @property
    def title(self) -> str:
        return self.organisation.title


class LeadWithPerson(WithPerson):
    content_object = models.ForeignKey(Lead, on_delete=models.CASCADE)

    audited = Audited(name="user__name", apart_from=("permission",), told_by=("content_object",))

    class Meta(WithPerson.Meta):
        verbose_name = "lead shared with a person"
        verbose_name_plural = "leads shared with people"


class LeadWithTeam(WithTeam):
    content_object = models.ForeignKey(Lead, on_delete=models.CASCADE)

    audited = Audited(
        name="group__team__name", apart_from=("permission",), told_by=("content_object",)
    )

    class Meta(WithTeam.Meta):
        verbose_name = "lead shared with a team"
        verbose_name_plural = "leads shared with teams"


class SavedView(TenantModel):
    """Filters of the list under a name; each reader meets only the leads that they see."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    wanted = models.JSONField(default=dict)
    is_for_all = models.BooleanField("for the whole company", default=False, db_default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    # Filled by `saved_views.offered`: what the reader has made of it.
    is_pinned: bool
    is_first: bool

    audited = Audited()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "tenant",
                "owner",
                Lower("name"),
                name="one_view_per_name",
                violation_error_message="You have a view of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("leads:view", args=[self.pk])


class ViewChoice(TenantModel):
    """What somebody has made of a view that they see: pinned, or the first thing they open."""

    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="choices")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    is_pinned = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "view", "user"], name="one_choice_per_view"),
            models.UniqueConstraint(
                fields=["tenant", "user"],
                name="one_default_view",
                condition=models.Q(is_default=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.view_id} of {self.user_id}"


class ViewWithPerson(WithPerson):
    content_object = models.ForeignKey(SavedView, on_delete=models.CASCADE)

    audited = Audited(name="user__name", apart_from=("permission",), told_by=("content_object",))

    class Meta(WithPerson.Meta):
        verbose_name = "view shared with a person"
        verbose_name_plural = "views shared with people"


class ViewWithTeam(WithTeam):
    content_object = models.ForeignKey(SavedView, on_delete=models.CASCADE)

    audited = Audited(
        name="group__team__name", apart_from=("permission",), told_by=("content_object",)
    )

    class Meta(WithTeam.Meta):
        verbose_name = "view shared with a team"
        verbose_name_plural = "views shared with teams"
