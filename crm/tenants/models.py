"""Tenants, their members, and the base of every row that belongs to one."""

from functools import cached_property
from typing import Any, Self, cast
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import models
from django.db.models.functions import Lower

from crm.ids import uuid7
from crm.ledger.audited import Audited
from crm.tenants.people import User, check_zone

__all__ = ["Membership", "Reach", "Role", "Team", "Tenant", "TenantModel", "User"]


class Reach(models.TextChoices):
    """Which leads a role sees without a share."""

    OWN = "own", "their own"
    TEAM = "team", "their team's"
    ALL = "all", "all"


class Tenant(models.Model):
    """`shows_unowned` lets those whose reach ends somewhere see the leads that nobody owns."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    zone = models.CharField(max_length=64, default="Europe/London", validators=[check_zone])
    created_at = models.DateTimeField(auto_now_add=True)
    rep_reach = models.CharField(
        "reps see", max_length=4, choices=Reach, default=Reach.ALL, db_default=Reach.ALL
    )
    viewer_reach = models.CharField(
        "viewers see", max_length=4, choices=Reach, default=Reach.ALL, db_default=Reach.ALL
    )
    shows_unowned = models.BooleanField(
        "reps and viewers see leads that nobody owns", default=True, db_default=True
    )
    needs_second_factor = models.BooleanField(
        "everybody needs a second factor to sign in", default=False, db_default=False
    )

    audited = Audited(apart_from=("created_at",))

    class Meta:
        verbose_name = "company"
        verbose_name_plural = "companies"

    def __str__(self) -> str:
        return self.name

    @property
    def tenant_id(self) -> UUID:
        """Its own, as every row of a company has one: the audit trail files by it."""
        return self.id


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


class Team(TenantModel):
    """People who sell together; its lead sees what its members own. `group` is for shares."""

    name = models.CharField(max_length=80)
    lead = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="teams_led"
    )
    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="team", editable=False
    )

    audited = Audited(apart_from=("group",))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "tenant",
                Lower("name"),
                name="one_team_per_name",
                violation_error_message="There is a team of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(TenantModel):
    """`version` counts the changes: of two managers who edit the same, the second is told."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.REP)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="members"
    )
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    # Somebody who looks after the installation and was let in for a while; never saved.
    is_support = False

    audited = Audited(name="user__name", apart_from=("version",))

    class Meta:
        verbose_name = "member"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user"], name="one_membership_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display().lower()}"

    @cached_property
    def memory(self) -> dict[str, Any]:
        """What was asked about this member, for as long as the request lasts."""
        return {}
