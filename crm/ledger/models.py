"""The audit trail. It has no foreign keys, so it can neither block nor lose a deletion."""

from django.db import models


class AuditEntry(models.Model):
    """Who did what to which row, when and from where. The app's role may insert and read only."""

    tenant_id = models.UUIDField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.UUIDField(null=True)
    actor = models.CharField(max_length=200)
    address = models.CharField(max_length=45, blank=True)
    verb = models.CharField(max_length=40)
    target_type = models.CharField(max_length=80)
    target_id = models.CharField(max_length=64)
    target = models.CharField(max_length=400)
    fields = models.JSONField(default=list)

    refused_verbs = ("UPDATE", "DELETE")

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["tenant_id", "-id"]),
            models.Index(fields=["target_type", "target_id", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.target}"


class AuditPayload(models.Model):
    """The values before and after, apart: erasing a person may delete them and keep the entry.

    The app's role may not change them.
    """

    entry_id = models.BigIntegerField(primary_key=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    refused_verbs = ("UPDATE",)

    def __str__(self) -> str:
        return f"values of entry {self.entry_id}"
