"""What scores follow from, and what came of them: scorecards, reckonings, models, overrides."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel, User
from crm.work.models import WorkRow, work_indexes
from leads.records.history import Tier


class Scorecard(TenantModel):
    """One version of all that a score follows from, in the form that `scoring.reading` reads.

    A draft is edited; what was published is never changed again, and the published one that is
    `is_current` is what leads are scored by. `base` is the number of the one that it was made from.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        DISCARDED = "discarded", "Thrown away"

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    is_current = models.BooleanField(default=False)
    written = models.JSONField(default=dict)
    base = models.PositiveIntegerField(null=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # Counts the saves of a draft: whoever saves over another's change is told.
    edition = models.PositiveIntegerField(default=1)
    published_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True)

    audited = Audited(name="title", apart_from=("edition",))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="one_card_of_a_number"),
            models.UniqueConstraint(
                fields=["tenant"], condition=models.Q(is_current=True), name="one_current_card"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}" + (f": {self.title}" if self.title else "")


class Score(TenantModel):
    """One reckoning of a lead by a card; `receipt` keeps what each line saw (`scoring.receipt`).

    `fit` and `engagement` are of 100, `chance` in per mille, `closeness` of 100; None is unknown.
    """

    lead = models.ForeignKey(
        "leads.Lead", on_delete=models.CASCADE, related_name="scores", db_index=False
    )
    at = models.DateTimeField(default=timezone.now)
    card = models.ForeignKey(Scorecard, null=True, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    tier = models.CharField(max_length=4, choices=Tier)
    grade = models.CharField(max_length=2, blank=True)
    fit = models.PositiveSmallIntegerField(null=True)
    engagement = models.PositiveSmallIntegerField(null=True)
    chance = models.PositiveSmallIntegerField(null=True)
    closeness = models.PositiveSmallIntegerField(null=True)
    receipt = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["lead", "-id"])]

    def __str__(self) -> str:
        return f"{self.points} points"


class FlowStep(TenantModel, WorkRow):
    """The next step that a lead is due for, as a row of work."""

    lead = models.OneToOneField("leads.Lead", on_delete=models.CASCADE, related_name="step")

    class Meta:
        verbose_name = "lead's next step"
        verbose_name_plural = "leads' next steps"
        indexes = work_indexes("flow")

    def __str__(self) -> str:
        return f"scoring of {self.lead_id}"

    def get_absolute_url(self) -> str:
        return reverse("leads:detail", args=[self.lead_id])


class Override(TenantModel):
    """What a person says a lead's score is, and why; it stands until somebody takes it back."""

    lead = models.OneToOneField("leads.Lead", on_delete=models.CASCADE, related_name="override")
    points = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    audited = Audited(name="lead__organisation__name", told_by=("lead",))

    class Meta:
        verbose_name = "score set by a person"
        verbose_name_plural = "scores set by people"

    def __str__(self) -> str:
        return f"{self.points} points: {self.reason}"


class Recount(TenantModel, WorkRow):
    """All open leads of a company scored anew in the background, a piece at a time.

    `last` is the id up to which it has come; another that is begun meanwhile takes its place.
    """

    why = models.CharField(max_length=200)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    last = models.UUIDField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "scoring of all leads"
        verbose_name_plural = "scorings of all leads"
        indexes = work_indexes("recount")

    def __str__(self) -> str:
        return f"scoring of {self.total:,} leads"


class CardPreview(TenantModel, WorkRow):
    """What a draft would make of the leads of the last 90 days; `edition` says of which draft.

    `found` holds the distributions before and after, and the leads that change tier or grade.
    """

    card = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="previews")
    edition = models.PositiveIntegerField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    last = models.UUIDField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "preview of a scorecard"
        verbose_name_plural = "previews of scorecards"
        indexes = work_indexes("cardpreview")

    def __str__(self) -> str:
        return f"preview of {self.card_id}"


class ChanceModel(TenantModel):
    """One training on what was won and lost: `model` as `scoring.chance` writes it, or why not.

    `figures` are those on leads held out; `is_current` is the one that chances come from.
    """

    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=False)
    model = models.JSONField(null=True)
    figures = models.JSONField(default=dict)
    said = models.CharField(max_length=500, blank=True)
    won = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0)
    trained_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "model of chances"
        verbose_name_plural = "models of chances"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="one_model_of_a_number"),
            models.UniqueConstraint(
                fields=["tenant"], condition=models.Q(is_current=True), name="one_current_model"
            ),
        ]

    def __str__(self) -> str:
        return f"model {self.number}"


class Training(TenantModel, WorkRow):
    """A training that is due, once a week and when somebody asks; one per company."""

    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "training of chances"
        verbose_name_plural = "trainings of chances"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="one_training")]
        indexes = work_indexes("training")

    def __str__(self) -> str:
        return "training of chances"
