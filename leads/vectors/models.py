"""What is kept beside the vectors themselves, which `making` makes room for where it can be had."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.tenants.models import Tenant, TenantModel, User
from crm.work.models import WorkRow, work_indexes

LONGEST_IDEAL = 4_000


class Embedding(TenantModel, WorkRow):
    """The turning of a company's organisations into vectors; it never ends, but waits for changes.

    `model` is what they are made with, `serves` the one whose vectors answer: while all are made
    anew by another, the old ones do. `last` is the organisation up to which all have been looked
    through, empty once it came to the end, at `walked_at`. `trouble` is why it can't go on.
    """

    model = models.CharField(max_length=80, blank=True)
    serves = models.CharField(max_length=80, blank=True)
    last = models.UUIDField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made = models.PositiveBigIntegerField(default=0)
    walked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "embedding of organisations"
        verbose_name_plural = "embeddings of organisations"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="one_embedding_per_company")]
        indexes = work_indexes("embedding")

    def __str__(self) -> str:
        return f"embedding of {self.total:,} organisations"

    def get_absolute_url(self) -> str:
        return reverse("leads:closeness")


class Changed(models.Model):
    """An organisation that reads otherwise or is gone, or that was won or lost (`is_outcome`).

    The database writes it down (sql/changed.sql) where a company's organisations are embedded.
    """

    tenant = models.ForeignKey(
        Tenant, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    organisation = models.UUIDField()
    is_outcome = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "changed"
        indexes = [models.Index(fields=["tenant", "id"], name="changed_of_company")]

    def __str__(self) -> str:
        return str(self.organisation)


class Ideal(TenantModel):
    """The ideal customer in words; counts as one more that was won.

    `vector` is that of the words by `model`, empty until it was made.
    """

    words = models.TextField(max_length=LONGEST_IDEAL, blank=True)
    model = models.CharField(max_length=80, blank=True)
    vector = models.JSONField(default=list)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    audited = Audited(name="words", apart_from=("at", "model", "vector"))

    class Meta:
        verbose_name = "ideal customer"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="one_ideal_per_company")]

    def __str__(self) -> str:
        return self.words[:80]
