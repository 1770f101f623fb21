"""Tenants, their members, and the base of every row that belongs to one."""

from typing import Self, cast

from django.db import models

from crm.ids import uuid7
from crm.tenants.people import User, check_zone

__all__ = ["Membership", "Role", "Tenant", "TenantModel", "User"]


class Tenant(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    zone = models.CharField(max_length=64, default="Europe/London", validators=[check_zone])
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class TenantModel(models.Model):
    """A row of a tenant, reached by `of(tenant)`; there is no `objects` to forget that with."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")

    # For the work queue and admin's own plumbing, which carry the tenant along themselves.
    across_tenants = models.Manager()

    class Meta:
        abstract = True

    @classmethod
    def of(cls, tenant: Tenant) -> "models.QuerySet[Self]":
        """Give the rows of this tenant, the only way in from a view, an API or a task."""
        return cast("models.QuerySet[Self]", cls._default_manager.filter(tenant=tenant))


class Role(models.TextChoices):
    OWNER = "owner", "Owner"
    MANAGER = "manager", "Manager"
    REP = "rep", "Rep"
    VIEWER = "viewer", "Viewer"


class Membership(TenantModel):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.REP)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "member"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user"], name="one_membership_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display().lower()}"
