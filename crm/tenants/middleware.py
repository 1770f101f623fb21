"""Gives each request its tenant, its transaction, its time zone and its place in the audit."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.db import DataError
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone

from crm import ids
from crm.ledger import author
from crm.ledger.models import Via
from crm.tenants import whereabouts
from crm.tenants.acting import ITSELF, acting_for
from crm.tenants.models import Membership, Team
from crm.upward import named

# In the session: the company that somebody of several has chosen.
CHOSEN = "tenant"
# In a membership's memory: all the companies that the person works for.
COMPANIES = "companies"

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
        person = membership.user if membership else None
        with (
            author.acting(by=person, via=_way(request), address=whereabouts.address(request)),
            timezone.override(zone),
        ):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Call the view and fill its template inside the transaction.

        An exception leaves it here: the page that tells of it is made after the rollback, when
        the database can be asked again.
        """
        tenant = request.tenant  # type: ignore[attr-defined]
        if tenant is None or hasattr(view, ITSELF):
            return None
        try:
            with acting_for(tenant):
                answer = view(request, *args, **kwargs)
                return answer.render() if isinstance(answer, SimpleTemplateResponse) else answer
        except (DataError, ValueError) as error:
            # A form says it kindly; where none did, the database has stumbled over it.
            if _sends_nul(request):
                raise BadRequest("What was sent holds a NUL character.") from error
            raise

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
        led = Team.across_tenants.filter(tenant=OuterRef("tenant"), lead=OuterRef("user"))
        rows = rows.select_related("tenant", "user", "team").annotate(leads_teams=Exists(led))
        chosen = ids.read(str(request.session.get(CHOSEN, "")))
        found = list(rows.order_by("joined_at"))
        if not found:
            return None
        here = next((row for row in found if row.tenant_id == chosen), found[0])
        here.memory[COMPANIES] = sorted((row.tenant for row in found), key=str)
        return here


def _sends_nul(request: HttpRequest) -> bool:
    sent = request.POST.lists() if request.method == "POST" else ()
    texts = (text for name, values in sent for text in (name, *values))
    return any("\0" in text or "%00" in text for text in texts)


def _way(request: HttpRequest) -> Via:
    """Say by what way the audit trail shall call what comes of the request."""
    membership: Membership | None = request.membership  # type: ignore[attr-defined]
    if membership is not None and membership.is_support:
        return Via.SUPPORT
    is_admin = request.path_info.startswith(reverse("admin:index"))
    return Via.ADMINISTRATION if is_admin else Via.PAGE
