"""Leads, organisations and points. Stages change on the board, by the verb, not here."""

from django.contrib import admin
from django.core.exceptions import ValidationError

from crm.adminsite.work_rows import WorkAdmin
from crm.tenants.tenant_admin import TenantAdmin, TenantForm
from leads.models import Contact, FlowStep, Lead, Organisation, Score


class LeadForm(TenantForm):
    def clean_value_pence(self) -> int | None:
        value: int | None = self.cleaned_data["value_pence"]
        if value is not None and value < 0:
            raise ValidationError("A lead is worth nothing or more. Leave it empty if not known.")
        return value


@admin.register(Lead)
class LeadAdmin(TenantAdmin):
    form = LeadForm
    list_display = ["title", "stage", "score", "tier", "owner", "created_at"]
    list_filter = ["tier", "stage__kind"]
    list_select_related = ["organisation", "stage", "owner"]
    search_fields = ["organisation__name", "organisation__postcode"]
    fields = [
        "organisation", "stage", "score", "tier", "source", "value_pence",
        "created_at", "closed_at",
    ]  # fmt: skip
    readonly_fields = [
        "organisation", "stage", "score", "tier", "source", "created_at", "closed_at",
    ]  # fmt: skip
    ordering = ["-score", "-id"]
    can_change = True


@admin.register(Organisation)
class OrganisationAdmin(TenantAdmin):
    list_display = ["title", "trade", "postcode", "phone", "proof_label", "customer_since"]
    list_filter = ["trade", "proof"]
    search_fields = ["name", "postcode", "company_number"]
    readonly_fields = [
        "name", "address", "town", "postcode", "phone", "website", "company_number", "domain",
        "trade", "industry", "employees", "proof", "proof_date", "customer_since", "created_at",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["sort_key", "id"]


@admin.register(Contact)
class ContactAdmin(TenantAdmin):
    list_display = ["name", "job_title", "email", "phone", "organisation"]
    list_select_related = ["organisation"]
    search_fields = ["name", "email"]
    ordering = ["name", "id"]
    readonly_fields = ["organisation", "name", "job_title", "email", "phone", "created_at"]


@admin.register(Score)
class PointsAdmin(TenantAdmin):
    list_display = ["lead", "points", "tier", "at"]
    list_filter = ["tier"]
    list_select_related = ["lead__organisation"]
    readonly_fields = ["lead", "at", "points", "tier", "receipt"]
    ordering = ["-id"]


@admin.register(FlowStep)
class FlowStepAdmin(WorkAdmin):
    list_display = ["lead", *WorkAdmin.WORK]
    list_select_related = ["lead__organisation"]
    readonly_fields = ["lead", *WorkAdmin.WORK_FIELDS]
