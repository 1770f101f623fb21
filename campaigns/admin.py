"""Campaigns, their runs, the rows of work behind them and what they found."""

from django.contrib import admin

from campaigns.models import Campaign, Finding, Run, Schedule, SourceRun, Template
from crm.adminsite.work_rows import WorkAdmin
from crm.tenants.tenant_admin import TenantAdmin


@admin.register(Campaign)
class CampaignAdmin(TenantAdmin):
    list_display = ["name", "kind", "postcode", "miles", "max_results", "created_by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["created_by"]
    search_fields = ["name", "postcode"]
    readonly_fields = [
        "name", "kind", "postcode", "miles", "max_results", "takes_edge", "takes_customers",
        "min_employees", "only_known_size", "budget_pence", "extra", "created_by", "created_at",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["-id"]


@admin.register(Template)
class TemplateAdmin(TenantAdmin):
    list_display = ["name", "kind", "created_by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["created_by"]
    search_fields = ["name"]
    readonly_fields = ["name", "kind", "wanted", "created_by", "created_at"]
    fields = tuple(readonly_fields)
    ordering = ["name"]


@admin.register(Run)
class RunAdmin(TenantAdmin):
    list_display = ["campaign", "mode", "state", "maximum", "left", "reason", "started_at"]
    list_filter = ["state", "mode"]
    list_select_related = ["campaign"]
    readonly_fields = [
        "campaign", "mode", "state", "maximum", "left", "reason", "by",
        "created_at", "started_at", "finished_at",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["-id"]


@admin.register(SourceRun)
class SourceRunAdmin(WorkAdmin):
    list_display = ["run", "source", "created", *WorkAdmin.WORK]
    list_select_related = ["run__campaign"]
    readonly_fields = [
        "run", "source", "cursor", "stop_at", "found", "created", "duplicates", "rejected",
        *WorkAdmin.WORK_FIELDS,
    ]  # fmt: skip


@admin.register(Schedule)
class ScheduleAdmin(WorkAdmin):
    list_display = ["campaign", "every", "at", "mode", "last_at", *WorkAdmin.WORK]
    list_select_related = ["campaign"]
    readonly_fields = [
        "campaign", "every", "weekday", "day", "at", "mode", "made_by",
        "last_at", "last_run", "last_result", *WorkAdmin.WORK_FIELDS,
    ]  # fmt: skip


@admin.register(Finding)
class FindingAdmin(TenantAdmin):
    list_display = [
        "name", "postcode", "far", "verdict", "ground", "reason", "detail", "proof_label",
        "overruled_by", "run",
    ]  # fmt: skip
    list_filter = ["verdict", "ground", "proof", ("overruled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["run__campaign", "overruled_by"]
    search_fields = ["name", "postcode"]
    readonly_fields = [
        "run", "source", "key", "verdict", "ground", "reason", "detail", "name", "postcode",
        "miles", "proof", "proof_date", "organisation", "lead", "overruled_by", "overruled_at",
        "at",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["-id"]

    @admin.display(description="miles", ordering="miles")
    def far(self, finding: Finding) -> str:
        return "–" if finding.miles is None else f"{finding.miles:,.1f}"
