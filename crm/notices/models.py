"""Notices to one person of one tenant."""

from uuid import UUID

from django.db import models

from crm.tenants.models import TenantModel, User


class Notice(TenantModel):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["tenant", "user"], name="unread_notices", condition=models.Q(read_at=None)
            ),
            models.Index(fields=["tenant", "user", "-id"]),
        ]

    def __str__(self) -> str:
        return self.text


def tell(user: User | None, text: str, *, tenant_id: UUID, url: str = "") -> None:
    """Tell a person; work that nobody asked for has nobody to tell."""
    if user is not None:
        Notice.across_tenants.create(tenant_id=tenant_id, user=user, text=text[:500], url=url)
