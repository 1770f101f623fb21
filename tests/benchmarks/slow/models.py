"""The rows."""

from django.db import models

from crm.tenants.models import TenantModel
from crm.work.models import WorkRow, work_indexes


class SlowRow(TenantModel, WorkRow):
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "slow rows"
        indexes = work_indexes("slow_row")

    def __str__(self) -> str:
        return f"slow row {self.pk}"
