"""Keys of services in the administration, to look at only; they are changed on their own page."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from crm.adminlist.look_only import LookOnly
from crm.credits import words
from crm.keys import changing, system
from crm.keys.models import Credential, SystemKey
from crm.look.formats import pounds
from crm.tenants.tenant_admin import TenantAdmin


@admin.register(Credential)
class CredentialAdmin(TenantAdmin):
    about = "The company’s own keys of services, by their last four characters, and its budgets"
    is_small = True
    when_empty = "Keys that are put in under API keys stand here."
    list_display = ["name", "key", "state", "said", "budget", "tested_at"]
    list_select_related = ["put_by"]
    fields = ["name", "key", "state", "said", "until", "tested_at", "budget", "put_at", "put_by"]
    readonly_fields = ["name", "key", "state", "said", "until", "tested_at", "budget", "put_at"]
    ordering = ["service"]

    @admin.display(description="service", ordering="service")
    def name(self, row: Credential) -> str:
        return words.service(row.service)

    @admin.display(description="key")
    def key(self, row: Credential) -> str:
        return changing.shown(row) or "the installation’s"

    @admin.display(description="monthly budget")
    def budget(self, row: Credential) -> str:
        return "none" if row.budget_pence is None else pounds(row.budget_pence)


@admin.register(SystemKey)
class SystemKeyAdmin(LookOnly):
    """For whoever looks after the installation: its keys stand in the settings."""

    called = "System keys"
    about = "The installation’s keys of services, as the settings hold them, and how they stand"
    is_small = True
    when_empty = "Keys stand here once the settings hold one, such as OPENAI_API_KEY."
    list_display = ["name", "key", "state", "said", "until", "tested_at"]
    fields = ["name", "key", "state", "said", "since", "until", "tested_at"]
    readonly_fields = ["name", "key"]
    ordering = ["service"]

    @admin.display(description="service", ordering="service")
    def name(self, row: SystemKey) -> str:
        return words.service(row.service)

    @admin.display(description="key")
    def key(self, row: SystemKey) -> str:
        return f"{changing.HIDDEN} {row.last4}".strip()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """List those that were never asked, too."""
        if self.has_view_permission(request):
            system.keep()
        return super().changelist_view(request, extra_context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SystemKey]:
        """Give those that the settings hold now."""
        return super().get_queryset(request).filter(service__in=system.held())
