"""Services outside in admin, to look at: which answer, which are let alone, until when and why."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from crm.adminlist.look_only import LookOnly
from crm.ledger import audit
from crm.outside import breaker, services
from crm.outside.models import Breaker


@admin.register(Breaker)
class BreakerAdmin(LookOnly):
    called = "Services"
    about = "Which services outside answer, and which are let alone for a while"
    is_small = True
    when_empty = "Services stand here once one was called."
    list_display = ["label", "last4", "stands", "until", "failures", "why", "failed_at"]
    fields = ["label", "last4", "stands", "until", "failures", "why", "failed_at"]
    readonly_fields = ["label", "stands"]
    search_fields = ["service", "last4"]
    search_help_text = "Service or the last four characters of its key"
    ordering = ["service", "last4", "pk"]
    actions = ["try_now"]

    @admin.display(description="service", ordering="service")
    def label(self, row: Breaker) -> str:
        return services.label(row.service)

    @admin.display(description="stands")
    def stands(self, row: Breaker) -> str:
        """Say in words whether it is called."""
        if row.until is not None and row.until > timezone.now():
            return "let alone"
        if row.until is not None:
            return "next call tries"
        return "in trouble" if row.failures else "is called"

    @admin.action(description="Try again now", permissions=["view"])
    def try_now(self, request: HttpRequest, queryset: QuerySet[Breaker]) -> None:
        """Wait no longer, because somebody has mended what was wrong."""
        with transaction.atomic():
            alone = queryset.filter(until__gt=timezone.now()).order_by("pk")
            rows = list(alone.select_for_update())
            breaker.try_now(rows)
            audit.write_all(rows, "tried at once", by=request.user)  # type: ignore[arg-type]
        said = f"The next call of {len(rows)} will try." if rows else "None of them is let alone."
        messages.success(request, said)
