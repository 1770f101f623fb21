"""The audit trail. It has no foreign keys, so it can neither block nor lose a deletion."""

from django.db import models
from django.db.models.functions import Now


class ThisTransaction(models.Func):
    """The number of the transaction that writes: a trigger asks whether it told of its change."""

    template = "(pg_current_xact_id()::text::bigint)"
    arity = 0
    output_field = models.BigIntegerField()


class Kind(models.TextChoices):
    """What sort of thing a verb tells of."""

    CREATED = "created", "Added"
    CHANGED = "changed", "Changed"
    DELETED = "deleted", "Deleted"
    ACCESS = "access", "Sign-in and security"
    LOOKED = "looked", "Looked at"
    EXPORTED = "exported", "Exported"
    REFUSED = "refused", "Was refused"


class Via(models.TextChoices):
    """By what way somebody came to do it."""

    PAGE = "page", "on a page"
    ADMINISTRATION = "administration", "in the administration"
    WORKER = "worker", "in the background"
    IMPORT = "import", "by an import"
    COMMAND = "command", "from the command line"
    KEY = "key", "with a key"
    SUPPORT = "support", "as support"
    DATABASE = "database", "straight in the database"


class AuditEntry(models.Model):
    """Who did what to which row, when and from where. The app's role may insert and read only.

    The table is partitioned by the month of `at`; `id` alone tells entries apart.
    """

    tenant_id = models.UUIDField(null=True)
    at = models.DateTimeField(db_default=Now())
    actor_id = models.UUIDField(null=True)
    actor = models.CharField("who", max_length=200)
    address = models.CharField("from", max_length=45, blank=True)
    via = models.CharField("by what way", max_length=14, choices=Via, default=Via.COMMAND)
    kind = models.CharField("what", max_length=8, choices=Kind, default=Kind.CHANGED)
    verb = models.CharField(max_length=40)
    target_type = models.CharField("kind of record", max_length=80)
    target_id = models.CharField("record's id", max_length=64)
    target = models.CharField("record", max_length=400)
    fields = models.JSONField(default=list)
    txid = models.BigIntegerField(db_default=ThisTransaction(), editable=False)

    refused_verbs = ("UPDATE", "DELETE")

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["tenant_id", "-at", "-id"], name="audit_of_tenant"),
            models.Index(fields=["tenant_id", "actor_id", "-at", "-id"], name="audit_of_person"),
            models.Index(fields=["tenant_id", "kind", "-at", "-id"], name="audit_of_kind"),
            models.Index(fields=["tenant_id", "target_type", "-at", "-id"], name="audit_of_type"),
            # The usual ways are found among the latest.
            models.Index(
                fields=["tenant_id", "via", "-at", "-id"],
                name="audit_of_way",
                condition=~models.Q(via__in=["page", "worker"]),
            ),
            models.Index(fields=["target_id", "-at", "-id"], name="audit_of_record"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.target}"


class AuditPayload(models.Model):
    """The values before and after, apart: erasing a person may delete them and keep the entry.

    The app's role may not change them. `at` is the entry's: both are kept for as long.
    """

    entry_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    refused_verbs = ("UPDATE",)

    def __str__(self) -> str:
        return f"values of entry {self.entry_id}"


class Retention(models.Model):
    """For how many months entries are kept (0: for ever), written by the schema's owner alone."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    months = models.PositiveSmallIntegerField(default=0)

    refused_verbs = ("INSERT", "UPDATE", "DELETE")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_retention")]

    def __str__(self) -> str:
        return f"{self.months} months" if self.months else "for ever"
