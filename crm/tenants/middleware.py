"""Gives each request its tenant, its transaction and its place in the audit trail."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from crm.ledger import audit
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership


class TenantMiddleware:
    """Run a member's request inside `acting_for`; what fails is rolled back whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.tenant = request.membership = None  # type: ignore[attr-defined]
        with audit.from_address(request.META.get("REMOTE_ADDR", "")):
            membership = self.membership(request)
            if membership is None:
                return self.get_response(request)
            request.tenant, request.membership = membership.tenant, membership  # type: ignore[attr-defined]
            with acting_for(membership.tenant):
                return self.get_response(request)

    def membership(self, request: HttpRequest) -> Membership | None:
        """Find where the person works; anonymous requests (and health checks) ask nothing."""
        if "_auth_user_id" not in request.session or not request.user.is_authenticated:
            return None
        # Whose rows these are is what is being asked here, so the tenant can't be given.
        rows = Membership.across_tenants.filter(user=request.user).select_related("tenant")
        return rows.order_by("joined_at").first()

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Undo what a failed view has written; Django turns its exception into a page below us."""
        if getattr(request, "tenant", None) is not None:
            transaction.set_rollback(True)
