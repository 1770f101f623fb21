"""The door by which support comes in: a membership that is never saved."""

from django.http import HttpRequest

from crm.support.models import Visit
from crm.tenants.models import Membership, Role


def enter(request: HttpRequest) -> Membership | None:
    """Give the guest that `SupportMiddleware` has found to be inside.

    Who may only look has a viewer's permissions, else a manager's; either sees everything.
    """
    visit: Visit | None = getattr(request, "visit", None)
    if visit is None:
        return None
    role = Role.MANAGER if visit.consent.may_change else Role.VIEWER
    guest = Membership(tenant=visit.tenant, user=visit.person, role=role)
    guest.is_support = True
    return guest
