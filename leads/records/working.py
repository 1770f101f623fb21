"""What people do with leads: tasks that are due, and acts on many that can be undone."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel, User
from crm.work.models import WorkRow, work_indexes


class Task(TenantModel):
    """Something to do about a lead by a moment; done or dropped it keeps who said so.

    Of a task that names no hour `due_day` is the day, whoever reads it wherever they are; `due_at`
    is the end of that day where its owner is, for orders and counts.
    """

    lead = models.ForeignKey("leads.Lead", on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    due_day = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    # Not done, but no longer wanted.
    is_dropped = models.BooleanField(default=False, db_default=False)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    audited = Audited(name="text", told_by=("lead",))

    class Meta:
        indexes = [
            models.Index(
                fields=["tenant", "owner", "due_at"],
                name="task_of_person",
                condition=models.Q(done_at=None),
            ),
            models.Index(
                fields=["lead", "due_at"], name="task_of_lead", condition=models.Q(done_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Batch(TenantModel):
    """One act of a person on one lead or many, which can be taken back as a whole.

    `said` tells of it in the past: “Moved 12 leads to Prospect”. What ran in the background has
    `ended_at`; `left_alone` counts the leads that an undo has left as they were.
    """

    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    verb = models.CharField(max_length=20)
    said = models.CharField(max_length=300)
    many = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    left_alone = models.PositiveIntegerField(default=0, db_default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name_plural = "batches"
        indexes = [models.Index(fields=["tenant", "by", "-at"], name="batch_of_person")]

    def __str__(self) -> str:
        return self.said


class Change(TenantModel):
    """What an act made of one lead: its columns `before` and `after`, by their names.

    It is taken back only while the lead still stands as it was left.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="changes")
    lead = models.ForeignKey("leads.Lead", on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.before} → {self.after}"


class Bulk(TenantModel, WorkRow):
    """A bulk action that runs in the background, a piece at a time.

    Of the leads in `ids`, or else of those that the filters `wanted` mean to its maker; `last` is
    the id up to which it has come; `skipped` counts by reason what was left alone. One that takes
    another act back `undoes` its batch, and `notes` counts what is not quite as before. Its maker
    last looked how far it was at `seen_at`.
    """

    batch = models.OneToOneField(Batch, on_delete=models.CASCADE, related_name="bulk")
    undoes = models.ForeignKey(Batch, null=True, on_delete=models.CASCADE, related_name="undoings")
    verb = models.CharField(max_length=20)
    given = models.JSONField(default=dict)
    wanted = models.JSONField(default=dict)
    ids = ArrayField(models.UUIDField(), null=True)
    last = models.UUIDField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "bulk action"
        indexes = work_indexes("bulk")

    def __str__(self) -> str:
        return f"{self.verb} of {self.total} leads"
