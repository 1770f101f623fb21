"""Two records that are one: what was proposed, and what was merged, so that it can be undone."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.tenants.models import Tenant, TenantModel, User


class Proposal(TenantModel):
    """That two organisations may be one.

    `confidence` is how much of a hundred the matcher gave them when a search or a person brought
    the two up, and `shared` names what they have in common. What speaks for and against is read
    from the two as they stand.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        DIFFERENT = "different", "Different"

    one = models.ForeignKey("leads.Organisation", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("leads.Organisation", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    confidence = models.PositiveSmallIntegerField(default=0, db_default=0)
    is_sure = models.BooleanField(default=False, db_default=False)
    shared = ArrayField(models.CharField(max_length=12), default=list, db_default=[])

    audited = Audited(name="one__name", apart_from=("confidence", "is_sure", "shared"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "one", "other"],
                name="one_open_proposal",
                condition=Q(state="open"),
            )
        ]
        indexes = [
            # The surest first.
            models.Index(fields=["tenant", "state", "confidence", "id"], name="proposal_surest")
        ]

    def __str__(self) -> str:
        return f"{self.one.name} and {self.other.name}"


def is_twice(tenant: Tenant) -> Q:
    """Mean leads whose organisation waits for an answer."""
    rows = Proposal.of(tenant).filter(state=Proposal.State.OPEN)
    here = OuterRef("organisation")
    return Q(Exists(rows.filter(one=here))) | Q(Exists(rows.filter(other=here)))


class Merge(TenantModel):
    """That `gone` became `kept`, both as they were before; `model` is the label of their kind."""

    model = models.CharField(max_length=40)
    kept = models.UUIDField()
    gone = models.UUIDField()
    name = models.CharField(max_length=300)
    kept_was = models.JSONField(default=dict)
    gone_was = models.JSONField(default=dict)
    chosen = models.JSONField(default=dict)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    audited = Audited(apart_from=("kept_was", "gone_was", "chosen"))

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "kept"], name="merge_kept"),
            models.Index(fields=["tenant", "gone"], name="merge_gone"),
        ]

    def __str__(self) -> str:
        return self.name


class MergedRow(TenantModel):
    """A row that hung on what is gone: moved, or left out since the kept one had the same.

    `image` is the whole row where it was left out.
    """

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="rows")
    model = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    column = models.CharField(max_length=60)
    image = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
