"""The companies that somebody works for, and going from one to the other."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from crm import ids
from crm.ledger import audit
from crm.tenants.middleware import CHOSEN, COMPANIES
from crm.tenants.models import Membership, Tenant
from crm.tenants.permissions import Permission, TenantRequest, needs


def companies(membership: Membership | None) -> list[Tenant]:
    """Give the companies to choose from, if there is a choice."""
    found: list[Tenant] = membership.memory.get(COMPANIES, []) if membership else []
    return found if len(found) > 1 else []


@needs(Permission.SEE_LEADS)
@require_POST
def choose(request: TenantRequest) -> HttpResponse:
    """Work for another company from now on; one that is not the person's does not exist."""
    wanted = ids.read(request.POST.get("company", ""))
    rows = request.user.memberships.select_related("tenant")
    membership = rows.filter(tenant=wanted).first() if wanted else None
    if membership is None:
        after = {"company": request.POST.get("company", "")[:64]}
        verb = "was refused another company as"
        audit.write(request.membership, verb, by=request.user, after=after)
        return render(request, "404.html", status=404)
    request.session[CHOSEN] = str(membership.tenant_id)
    return redirect(_back(request))


def _back(request: TenantRequest) -> str:
    """Give the page that was asked for; from any other the rows are of the company before."""
    wanted = request.POST.get("next", "")
    own = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, own, require_https=request.is_secure())
    return wanted if is_ours else "/"
