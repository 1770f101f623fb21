"""Who may do what: the one table, and the one guard that reads it."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from crm.ledger import refused
from crm.scripts import wants_json
from crm.tenants import coming_in
from crm.tenants.models import Membership, Role, Tenant, User


class Permission(StrEnum):
    """Each value reads after “may not”."""

    SEE_LEADS = "see leads"
    WORK_LEADS = "move leads or write notes"
    RUN_CAMPAIGNS = "run campaigns"
    ENRICH = "find out more about leads"
    SEE_CREDITS = "see credits"
    SHARE = "share leads, campaigns or views"
    EXPORT = "export"
    MAKE_TAGS = "make new tags"
    SEE_EVERYTHING = "see what is not theirs, their team's or shared with them"
    ADMINISTER = "open the administration"
    SEE_KEYS = "see how the keys of services stand"
    MANAGE_KEYS = "put in or remove keys of services"
    OWN = "look after owners, security or the consent to be helped"


_SEE = {Permission.SEE_LEADS}
_REP = _SEE | {
    Permission.WORK_LEADS, Permission.RUN_CAMPAIGNS, Permission.SHARE, Permission.EXPORT,
    Permission.SEE_CREDITS, Permission.ENRICH,
}  # fmt: skip
_MANAGER = _REP | {
    Permission.MAKE_TAGS, Permission.SEE_EVERYTHING, Permission.ADMINISTER, Permission.SEE_KEYS,
    Permission.MANAGE_KEYS,
}  # fmt: skip

GRANTS: dict[str, set[Permission]] = {
    Role.OWNER: _MANAGER | {Permission.OWN},
    Role.MANAGER: _MANAGER,
    Role.REP: _REP,
    Role.VIEWER: _SEE,
}


# What support may not do even where it is let in to change things.
NOT_FOR_SUPPORT = {Permission.MANAGE_KEYS}

# People come into being as members of a company: whoever belongs to none was one of some.
NOWHERE = (
    "You are no longer a member of any company here. If you think that this is a mistake, ask an "
    "owner or manager of your company to invite you again."
)
OF_THE_INSTALLATION = (
    "You look after this installation and belong to none of its companies, so their leads are not "
    "yours to see. Where owners ask for help, you come in under Support."
)


class TenantRequest(HttpRequest):
    """A request of a signed-in member, as the tenant middleware hands it to a guarded view."""

    user: User
    tenant: Tenant
    membership: Membership
    htmx: Any


def may(membership: Membership | None, permission: Permission) -> bool:
    """Ask the table; whoever is no member may nothing, and support less than its role."""
    if membership is None or (membership.is_support and permission in NOT_FOR_SUPPORT):
        return False
    return permission in GRANTS[membership.role]


def roles_that(permission: Permission) -> list[Role]:
    """Give the roles that may do this."""
    return [role for role in Role if permission in GRANTS[role]]


def _why_not(membership: Membership, permission: Permission, to: str) -> str:
    """Say why they may not do what reads after “may not”, and who can change that."""
    if not membership.is_support:
        role = membership.get_role_display().lower()
        who = "an owner" if permission == Permission.OWN else "an owner or manager"
        return f"As a {role} you may not {to}. Ask {who} to change that."
    # At most a manager's.
    if permission in GRANTS[Role.MANAGER] - NOT_FOR_SUPPORT:
        return (
            f"You are inside {membership.tenant} as support, to look only: you may not "
            f"{to}. Ask its owners to let support change things."
        )
    return f"Support may not {to}: the owners of {membership.tenant} do that themselves."


def _refuse(
    request: HttpRequest, membership: Membership, permission: Permission, to: str
) -> HttpResponse:
    """Say why not: to a script as JSON, to a person as the page of a 403."""
    said = _why_not(membership, permission, to or permission)
    refused.say(request, said)
    if wants_json(request):
        return JsonResponse({"message": said}, status=403)
    raise PermissionDenied(said)


View = Callable[Concatenate[TenantRequest, ...], HttpResponseBase]


def is_signed_in(request: HttpRequest) -> bool:
    """Say whether a person stands behind the request, member or not."""
    return request.user.is_authenticated


def needs(
    permission: Permission, *, or_superuser: bool = False, to: str = ""
) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Guard a view: sign-in first, then a 403 that says who may not do what.

    `or_superuser` lets in whoever looks after the installation, who may be no member: then the
    view has no tenant. `to` reads after “may not” where the view is but a part of what the
    permission covers.
    """

    def guard(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: TenantRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            membership: Membership | None = getattr(request, "membership", None)
            if or_superuser and request.user.is_superuser:
                return view(request, *args, **kwargs)
            if membership is None:
                if not is_signed_in(request):
                    return coming_in.to_sign_in(request)
                is_ours = request.user.is_superuser
                raise PermissionDenied(OF_THE_INSTALLATION if is_ours else NOWHERE)
            if not may(membership, permission):
                return _refuse(request, membership, permission, to)
            return view(request, *args, **kwargs)

        return guarded

    return guard
