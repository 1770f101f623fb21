"""Consents in the administration: to read; they are given and ended on a page of their own."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from crm.support.models import Consent
from crm.tenants.permissions import Permission, may
from crm.tenants.tenant_admin import TenantAdmin


@admin.register(Consent)
class ConsentAdmin(TenantAdmin):
    about = "Whom you let in to help, for how long, and who came."
    list_display = ["given_at", "given_by", "until", "may_change", "reason", "ended_at", "came"]
    list_select_related = ["given_by"]
    list_filter = ["may_change"]
    search_fields = ["reason"]
    readonly_fields = [
        "given_at", "given_by", "until", "may_change", "reason", "ended_at", "ended_by", "came",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["-given_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("visits")

    @admin.display(description="who came")
    def came(self, consent: Consent) -> str:
        return ", ".join(sorted({visit.name for visit in consent.visits.all()})) or "nobody"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(getattr(request, "membership", None), Permission.OWN)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("support:consent")
