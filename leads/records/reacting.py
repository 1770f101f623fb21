"""What is done by itself with leads that come to match: rules, and what each has done to which."""

from django.db import models
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel, User
from crm.work.models import WorkRow, work_indexes


class Reaction(TenantModel, WorkRow):
    """“When a lead is …, then …”: filters as a saved view keeps them, and one act.

    It is done in the name of `by`, as far as that person may. A row of work that waits for its next
    look while it `is_on`. `is_for_new` leaves alone who matched when it was switched on.
    """

    name = models.CharField(max_length=120)
    wanted = models.JSONField(default=dict)
    does = models.CharField(max_length=20)
    given = models.JSONField(default=dict)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    is_on = models.BooleanField(default=True)
    is_for_new = models.BooleanField(default=False)
    looked_at = models.DateTimeField(null=True)
    acted_at = models.DateTimeField(null=True)
    # On so many leads, all in all.
    done = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    audited = Audited(
        apart_from=(
            "state", "due_at", "attempts", "crashes", "last_error", "lease_token",
            "lease_until", "lease_holder", "looked_at", "acted_at", "done", "trouble", "is_for_new",
        ),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name"],
                name="one_reaction_per_name",
                violation_error_message="There is a rule of this name already.",
            ),
        ]
        indexes = work_indexes("reaction")

    def __str__(self) -> str:
        return self.name


class Reacted(TenantModel):
    """That a rule has seen to a lead, so that it does so once; gone some time after it is not so.

    `batch` is that by which it can be undone; None where it was only left alone. The lead has not
    matched since `gone_at`.
    """

    reaction = models.ForeignKey(Reaction, on_delete=models.CASCADE, related_name="reacted")
    lead = models.ForeignKey("leads.Lead", on_delete=models.CASCADE, related_name="+")
    batch = models.ForeignKey("leads.Batch", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "reaction to a lead"
        verbose_name_plural = "reactions to leads"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "reaction", "lead"], name="one_reaction_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reaction_id} of {self.lead_id}"


class ReactionDeed(TenantModel):
    """What a rule did at one look, in words: to how `many` leads, and why others were left alone.

    `batch` is that by which it can be undone, where it can be.
    """

    reaction = models.ForeignKey(Reaction, on_delete=models.CASCADE, related_name="deeds")
    batch = models.ForeignKey("leads.Batch", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    many = models.PositiveIntegerField(default=0)
    said = models.CharField(max_length=300)
    skipped = models.JSONField(default=dict)

    class Meta:
        verbose_name = "deed of a reaction"
        verbose_name_plural = "deeds of reactions"
        indexes = [models.Index(fields=["reaction", "-at"], name="deed_of_reaction")]

    def __str__(self) -> str:
        return self.said
