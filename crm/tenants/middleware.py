"""Gives each request its tenant, its transaction, its time zone and its place in the audit."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from crm import ids
from crm.ledger import audit
from crm.tenants import whereabouts
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership
from crm.upward import named

# In the session: the company that somebody of several has chosen.
CHOSEN = "tenant"

View = Callable[..., HttpResponse]


class TenantMiddleware:
    """Run a member's request inside `acting_for`; what fails is rolled back whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.tenant = request.membership = None  # type: ignore[attr-defined]
        # No text of the database can hold it, so no search and no filter can mean it.
        if "%00" in (query := request.META.get("QUERY_STRING", "")) or "\0" in query:
            raise BadRequest("The address holds a NUL character.")
        zone = None
        if membership := self.membership(request):
            request.tenant, request.membership = membership.tenant, membership  # type: ignore[attr-defined]
            zone = whereabouts.zone(membership.user)
        with audit.from_address(whereabouts.address(request)), timezone.override(zone):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Call the view and fill its template inside the transaction.

        An exception leaves it here: the page that tells of it is made after the rollback, when
        the database can be asked again.
        """
        tenant = request.tenant  # type: ignore[attr-defined]
        if tenant is None:
            return None
        with acting_for(tenant):
            response = view(request, *args, **kwargs)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response

    def membership(self, request: HttpRequest) -> Membership | None:
        """Find for whom the person works now; anonymous requests (and health checks) ask nothing.

        Who works for several companies has chosen one; who belongs to none may still be let in.
        """
        if "_auth_user_id" not in request.session or not request.user.is_authenticated:
            return None
        for enter in named("ENTRANCES"):
            if (guest := enter(request)) is not None:
                return guest
        # Whose rows these are is what is being asked here, so the tenant can't be given.
        rows = Membership.across_tenants.filter(user=request.user)
        rows = rows.select_related("tenant", "user", "team")
        chosen = ids.read(str(request.session.get(CHOSEN, "")))
        return rows.order_by(Case(When(tenant=chosen, then=0), default=1), "joined_at").first()
