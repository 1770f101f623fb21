"""Where each reason can be changed."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from crm.tenants.models import Membership, Team


@dataclass(frozen=True)
class Door:
    """The address is made only where it is shown: most reasons are only counted."""

    label: str
    view: str
    about: tuple[Any, ...] = ()
    anchor: str = ""
    is_owners_alone: bool = False

    @property
    def href(self) -> str:
        return f"{reverse(self.view, args=self.about)}{self.anchor}"


def member(membership: Membership) -> Door:
    """The member's role and team."""
    label = f"{membership.user}’s role and team"
    return Door(label, "admin:tenants_membership_change", (membership.pk,))


def team(row: Team) -> Door:
    return Door(f"The team {row}", "admin:tenants_team_change", (row.pk,))


def company() -> Door:
    return Door("The company’s settings", "admin:tenants_tenant_changelist", is_owners_alone=True)


def shares(viewer: Membership) -> Door:
    """What is shared with the member, to be taken back there."""
    return Door("What is shared with them", "why:sees", (viewer.pk,), "#shares")
