"""What registers say differently of organisations since they are known here."""

from django.db import models
from django.utils import timezone

from crm.registers.models import Change
from crm.tenants.models import TenantModel
from crm.work.models import WorkRow, work_indexes
from leads.records.organisations import Organisation


class RegisterNews(TenantModel):
    """A change of an entry of an organisation that was known then; noted once."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="news")
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "news of a register"
        verbose_name_plural = "news of registers"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "organisation", "change"], name="one_note_per_change"
            )
        ]
        indexes = [models.Index(fields=["tenant", "-id"], name="register_news_latest")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.change}"


class RegisterWatch(TenantModel, WorkRow):
    """A company's reading of what changed between loads; `seen` is the last change it has read."""

    seen = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "reading of the registers’ changes"
        verbose_name_plural = "readings of the registers’ changes"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="one_watch_of_registers")]
        indexes = work_indexes("watch")

    def __str__(self) -> str:
        return f"changes of registers for {self.tenant_id}"
