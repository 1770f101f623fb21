"""Leads, organisations and points. Stages change on the board, by the verb, not here."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest

from crm.adminsite.previewed_admin import PreviewedAdmin
from crm.adminsite.work_rows import WorkAdmin
from crm.ids import read as read_id
from crm.look.formats import pounds
from crm.registers import names
from crm.tenants import members
from crm.tenants.models import User
from crm.tenants.tenant_admin import TenantAdmin
from crm.why.admin_pages import WhoSees
from leads.lead import dealing
from leads.managing import actions
from leads.managing.analysis_admin import AnalysisAdmin
from leads.managing.card_admin import ScorecardAdmin
from leads.managing.custom_admin import CustomFieldAdmin
from leads.managing.enrichment_admin import (
    EnrichmentItemAdmin,
    EnrichmentRunAdmin,
    LookupAdmin,
    RulesAdmin,
    TrackRecordAdmin,
)
from leads.managing.filters import Pursued, Trade
from leads.managing.forms import ContactForm, LeadForm
from leads.managing.tag_admin import TagAdmin
from leads.models import Contact, FlowStep, Lead, Organisation, Score
from leads.scored import flow, scores

__all__ = [
    "AnalysisAdmin",
    "CustomFieldAdmin",
    "EnrichmentItemAdmin",
    "EnrichmentRunAdmin",
    "LookupAdmin",
    "RulesAdmin",
    "ScorecardAdmin",
    "TagAdmin",
    "TrackRecordAdmin",
]


@admin.register(Lead)
class LeadAdmin(WhoSees, PreviewedAdmin):
    about = "Give away, move, tag, share or delete many at once"
    form = LeadForm
    previewed = actions.ALL
    when_empty = "Launch a campaign: what it finds stands here, on the list and on the board."
    list_display = ["name", "stage", "score", "tier", "owner", "value", "created_at"]
    list_filter = ["tier", "stage", "owner", Pursued]
    list_select_related = ["organisation", "stage", "owner"]
    search_fields = ["organisation__name", "organisation__postcode"]
    search_help_text = "Name or postcode"
    begins_with = "organisation__sort_key"
    sorts = ("score",)
    fields = [
        "organisation", "stage", "owner", "value", "score", "tier", "source",
        "created_at", "closed_at",
    ]  # fmt: skip
    readonly_fields = [
        "organisation", "stage", "score", "tier", "source", "created_at", "closed_at",
    ]  # fmt: skip
    ordering = ["-score", "-id"]
    can_change = is_personal = True

    @admin.display(description="lead")
    def name(self, lead: Lead) -> str:
        return lead.title

    @admin.display(description="value")
    def value(self, lead: Lead) -> str:
        return pounds(lead.value_pence)

    def hold(self, request: HttpRequest, object_id: str) -> None:
        """Keep who gets it in the company, before the lead is held: as everywhere else."""
        wanted = read_id(request.POST.get("owner", ""))
        person = User.objects.filter(pk=wanted).first() if wanted else None
        if person is not None:
            members.stays(request.tenant, person)  # type: ignore[attr-defined]
        super().hold(request, object_id)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Give it away and set its value by the verb of the lead's own page."""
        dealing.assign(obj, **form.wanted, by=request.user)  # type: ignore[arg-type]

    def view_on_site(self, obj: Lead) -> str:
        return obj.get_absolute_url()

    def beginning(self, words: str) -> str:
        return names.sort_key(words)


@admin.register(Organisation)
class OrganisationAdmin(TenantAdmin):
    about = "Where each was found, and how it is proven"
    when_empty = "Every organisation that a campaign has found stands here."
    list_display = ["called_so", "trade", "postcode", "phone", "proven", "customer_since"]
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

    @admin.display(description="organisation")
    def called_so(self, organisation: Organisation) -> str:
        return organisation.title

    @admin.display(description="proof")
    def proven(self, organisation: Organisation) -> str:
        return organisation.proof_label

    def beginning(self, words: str) -> str:
        return names.sort_key(words)


@admin.register(Contact)
class ContactAdmin(TenantAdmin):
    about = "Names, job titles, e-mail addresses and phones to correct"
    when_empty = "Whoever is found to work at an organisation stands here."
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
    when_empty = "Each time a lead is scored, it is written down here."
    list_display = ["lead", "points", "tier", "reckoned_at"]
    list_filter = ["tier"]
    list_select_related = ["lead__organisation"]
    readonly_fields = ["lead", "reckoned_at", "points", "tier", "why"]
    fields = tuple(readonly_fields)
    ordering = ["-id"]

    @admin.display(description="when")
    def reckoned_at(self, score: Score) -> datetime:
        return score.at

    @admin.display(description="why")
    def why(self, score: Score) -> str:
        """Say what each rule gave, one a line."""
        receipt = scores.told(score)
        lines = receipt.lines if receipt else ()
        return "\n".join(
            f"{line.label}: {line.points} of {line.most} ({line.saw})" for line in lines
        )

    def heading(self, row: Score) -> str:
        return f"{row.lead}: {row}"


@admin.register(FlowStep)
class FlowStepAdmin(WorkAdmin):
    about = "The scoring that is due or has failed"
    list_display = ["lead", *WorkAdmin.WORK]
    list_select_related = ["lead__organisation"]
    readonly_fields = ["lead", *WorkAdmin.WORK_FIELDS]
