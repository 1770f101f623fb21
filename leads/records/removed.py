"""What deleted leads took along, kept for as long as the deletion can be undone, and no longer."""

from django.db import models

from crm.tenants.models import TenantModel
from leads.records.working import Batch


class RemovedRow(TenantModel):
    """A row that went with a lead, whole in its `image`; the lead's own is of the model of leads.

    Without an image the row is there still and had named the lead in `column`.
    """

    batch = models.ForeignKey(
        Batch, on_delete=models.CASCADE, related_name="removed", db_index=False
    )
    lead = models.UUIDField()
    model = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    column = models.CharField(max_length=60, blank=True)
    image = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["batch", "model", "lead"], name="removed_by")]

    def __str__(self) -> str:
        return f"{self.model} {self.row}"
