"""Campaigns, their runs, the rows of work behind them and what they found."""

from django.contrib import admin

from campaigns.models import Campaign, Finding, Run, SourceRun
from crm.adminsite.work_rows import WorkAdmin
from crm.tenants.tenant_admin import TenantAdmin


@admin.register(Campaign)
class CampaignAdmin(TenantAdmin):
    list_display = ["name", "kind", "postcode", "miles", "max_results", "created_by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["created_by"]
    search_fields = ["name", "postcode"]
    readonly_fields = [
        "kind", "postcode", "miles", "takes_edge", "max_results", "extra",
        "created_by", "created_at",
    ]  # fmt: skip
    fields = ("name", *readonly_fields)
    ordering = ["-id"]
    can_change = True


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


@admin.register(Finding)
class FindingAdmin(TenantAdmin):
    list_display = ["name", "postcode", "far", "verdict", "reason", "detail", "run"]
    list_filter = ["verdict"]
    list_select_related = ["run__campaign"]
    search_fields = ["name", "postcode"]
    readonly_fields = [
        "run", "source", "key", "verdict", "reason", "detail", "name", "postcode", "miles",
        "organisation", "lead", "at",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["-id"]

    @admin.display(description="miles", ordering="miles")
    def far(self, finding: Finding) -> str:
        return "–" if finding.miles is None else f"{finding.miles:,.1f}"
