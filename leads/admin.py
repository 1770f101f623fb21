"""Leads, organisations and points. Stages change on the board, by the verb, not here."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from crm.adminsite.previewed_admin import PreviewedAdmin
from crm.adminsite.work_rows import WorkAdmin
from crm.registers import names
from crm.tenants.tenant_admin import TenantAdmin
from crm.why.admin_pages import WhoSees
from leads import admin_actions, flow
from leads.admin_filters import Pursued, Trade
from leads.admin_forms import ContactForm, LeadForm
from leads.custom_admin import CustomFieldAdmin, TagAdmin
from leads.models import Contact, FlowStep, Lead, Organisation, Score

__all__ = ["CustomFieldAdmin", "TagAdmin"]


@admin.register(Lead)
class LeadAdmin(WhoSees, PreviewedAdmin):
    about = "Give away, move, tag, share or delete many at once"
    form = LeadForm
    previewed = admin_actions.ALL
    list_display = ["title", "stage", "score", "tier", "owner", "created_at"]
    list_filter = ["tier", "stage", "owner", Pursued]
    list_select_related = ["organisation", "stage", "owner"]
    search_fields = ["organisation__name", "organisation__postcode"]
    search_help_text = "Name or postcode"
    begins_with = "organisation__sort_key"
    sorts = ("score",)
    fields = [
        "organisation", "stage", "score", "tier", "source", "value_pence",
        "created_at", "closed_at",
    ]  # fmt: skip
    readonly_fields = [
        "organisation", "stage", "score", "tier", "source", "created_at", "closed_at",
    ]  # fmt: skip
    ordering = ["-score", "-id"]
    can_change = is_personal = True

    def view_on_site(self, obj: Lead) -> str:
        return obj.get_absolute_url()

    def beginning(self, words: str) -> str:
        return names.sort_key(words)


@admin.register(Organisation)
class OrganisationAdmin(TenantAdmin):
    about = "Where each was found, and how it is proven"
    list_display = ["title", "trade", "postcode", "phone", "proof_label", "customer_since"]
    list_filter = [Trade, "proof"]
    search_fields = ["name", "postcode", "company_number"]
    search_help_text = "Name, postcode or company number"
    begins_with = "sort_key"
    readonly_fields = [
        "name", "address", "town", "postcode", "phone", "website", "company_number", "domain",
        "trade", "industry", "employees", "proof", "proof_date", "customer_since", "created_at",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["sort_key", "id"]
    is_personal = True

    def beginning(self, words: str) -> str:
        return names.sort_key(words)


@admin.register(Contact)
class ContactAdmin(TenantAdmin):
    about = "Names, job titles, e-mail addresses and phones to correct"
    form = ContactForm
    list_display = ["__str__", "job_title", "email", "phone", "organisation"]
    list_select_related = ["organisation"]
    search_fields = ["name", "email"]
    search_help_text = "Name or e-mail address"
    ordering = ["-id"]
    fields = ["organisation", "name", "job_title", "email", "phone", "created_at"]
    readonly_fields = ["organisation", "created_at"]
    can_change = is_personal = True

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Have the leads of the contact scored by what is known now."""
        super().save_model(request, obj, form, change)
        if form.changed_data:
            for lead in Lead.of(obj.tenant).filter(contact=obj, closed_at=None).order_by("id"):
                flow.queue(lead)


@admin.register(Score)
class PointsAdmin(TenantAdmin):
    about = "Every reckoning, with what each rule saw"
    list_display = ["lead", "points", "tier", "at"]
    list_filter = ["tier"]
    list_select_related = ["lead__organisation"]
    readonly_fields = ["lead", "at", "points", "tier", "receipt"]
    ordering = ["-id"]


@admin.register(FlowStep)
class FlowStepAdmin(WorkAdmin):
    about = "The scoring that is due or has failed"
    list_display = ["lead", *WorkAdmin.WORK]
    list_select_related = ["lead__organisation"]
    readonly_fields = ["lead", *WorkAdmin.WORK_FIELDS]
