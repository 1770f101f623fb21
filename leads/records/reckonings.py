"""The figures of a large company, counted in the background and kept until they are counted anew.

Who has few leads has them counted on the page.
"""

from django.db import models

from crm.tenants.models import TenantModel
from crm.work.models import WorkRow, work_indexes


class Reckoning(TenantModel, WorkRow):
    """The row of work that counts, and what it counted at which moment."""

    counted_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = "count of figures"
        verbose_name_plural = "counts of figures"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="one_reckoning_per_company")]
        indexes = work_indexes("reckoning")

    def __str__(self) -> str:
        return f"figures of {self.tenant_id}"
