"""The lead itself: the pursuit of an organisation through a pipeline, and its history."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.pipeline.models import Pipeline, Stage
from crm.sharing.rows import WithPerson, WithTeam
from crm.tenants.models import TenantModel, User
from crm.work.models import WorkRow, work_indexes
from leads.custom import CustomField, FieldValue, Tag, Tagging
from leads.organisations import Contact, Group, IdentityKey, Listing, Organisation, Proof

__all__ = [
    "Contact",
    "CustomField",
    "FieldValue",
    "FlowStep",
    "Group",
    "IdentityKey",
    "Lead",
    "LeadWithPerson",
    "LeadWithTeam",
    "Listing",
    "Organisation",
    "Origin",
    "Proof",
    "SavedView",
    "Score",
    "StageMove",
    "Tag",
    "Tagging",
    "Tier",
    "TimelineEntry",
    "ViewWithPerson",
    "ViewWithTeam",
]


class Tier(models.TextChoices):
    HOT = "hot", "Hot"
    WARM = "warm", "Warm"
    COLD = "cold", "Cold"


class Lead(TenantModel):
    """`score` is the points, 0-100, and `tier` follows from it; `version` counts the moves."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="leads")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL)
    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="+")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="leads")
    rank = models.CharField(max_length=300, db_collation="C")
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    value_pence = models.BigIntegerField(
        null=True, blank=True, help_text="Expected first year, net of VAT, in pence."
    )
    source = models.CharField(max_length=40)
    # The `ref` of its first origin, beside the lead for who sees what was found by whom.
    found_by = models.UUIDField(null=True, blank=True, editable=False)
    score = models.PositiveSmallIntegerField(default=0)
    tier = models.CharField(max_length=4, choices=Tier, default=Tier.COLD)
    version = models.PositiveIntegerField(default=1)
    stage_since = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    # Hung on by `tags.show`.
    tags_shown: Any = None

    audited = Audited(
        name="organisation__name",
        apart_from=("rank", "version", "score", "tier", "stage_since", "found_by"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "organisation", "pipeline"],
                name="one_open_lead",
                condition=models.Q(closed_at=None),
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "stage", "rank", "id"], name="lead_board"),
            models.Index(fields=["tenant", "-score", "-id"], name="lead_list"),
            models.Index(
                fields=["tenant", "found_by"],
                name="lead_found_by",
                condition=models.Q(found_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("leads:detail", args=[self.pk])

    @property
    def title(self) -> str:
        return self.organisation.title


class StageMove(TenantModel):
    """The source of funnel, velocity, rot and undo; `from_stage` is empty for the birth."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="moves")
    from_stage = models.ForeignKey(Stage, null=True, on_delete=models.SET_NULL, related_name="+")
    to_stage = models.ForeignKey(Stage, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    seconds_before = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["lead", "-at"])]

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.from_stage} → {self.to_stage}"


class TimelineEntry(TenantModel):
    class Kind(models.TextChoices):
        ORIGIN = "origin", "Found"
        MOVE = "move", "Moved"
        NOTE = "note", "Note"
        SCORE = "score", "Scored"
        FIELD = "field", "Changed"

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="timeline")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()

    # Not by its words: an entry keeps what it is called when its values are erased.
    audited = Audited(name="lead__organisation__name", told_by=("lead",))

    class Meta:
        verbose_name_plural = "timeline entries"
        indexes = [models.Index(fields=["lead", "-id"])]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def by_label(self) -> str:
        return str(self.by) if self.by else ""


class Origin(TenantModel):
    """Where the lead came from; `ref` names the campaign, import or form on its own floor."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="origins")
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


class Score(TenantModel):
    """One reckoning of a lead's points; `receipt` keeps what each rule saw."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="scores")
    at = models.DateTimeField(default=timezone.now)
    points = models.PositiveSmallIntegerField()
    tier = models.CharField(max_length=4, choices=Tier)
    receipt = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["lead", "-id"])]

    def __str__(self) -> str:
        return f"{self.points} points"


class FlowStep(TenantModel, WorkRow):
    """The next step that a lead is due for, as a row of work."""

    lead = models.OneToOneField(Lead, on_delete=models.CASCADE, related_name="step")

    class Meta:
        verbose_name = "lead's next step"
        verbose_name_plural = "leads' next steps"
        indexes = work_indexes("flow")

    def __str__(self) -> str:
        return f"scoring of {self.lead_id}"

    def get_absolute_url(self) -> str:
        return reverse("leads:detail", args=[self.lead_id])


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
    created_at = models.DateTimeField(auto_now_add=True)

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
