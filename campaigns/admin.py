"""Campaigns, their runs, the rows of work behind them and what they found."""

from django.contrib import admin

from campaigns import admin_actions, criteria, words
from campaigns.admin_filters import Overruled, UnderWay
from campaigns.models import Campaign, Finding, Run, Schedule, SourceRun, Template
from crm.adminsite.previewed_admin import PreviewedAdmin
from crm.adminsite.work_rows import WorkAdmin
from crm.tenants.tenant_admin import TenantAdmin
from crm.why.admin_pages import WhoSees


def told(wanted: criteria.Criteria) -> str:
    """Write what is asked for, one a line."""
    return "\n".join(f"{name}: {value}" for name, value in words.facts(wanted).items() if value)


@admin.register(Campaign)
class CampaignAdmin(WhoSees, PreviewedAdmin):
    about = "What is looked for, and whose campaign it is"
    when_empty = "Campaigns are made on their own pages: Back to Fieldfare, then New campaign."
    previewed = admin_actions.ALL
    sorts = ("created_at",)
    list_display = ["name", "kind", "postcode", "miles", "max_results", "created_by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["created_by"]
    search_fields = ["name", "postcode"]
    search_help_text = "Name or postcode"
    readonly_fields = [
        "name", "kind", "postcode", "asked", "created_by", "created_at",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["-id"]

    @admin.display(description="what it asks for")
    def asked(self, campaign: Campaign) -> str:
        """Say it as the campaign's own page does, one a line."""
        return told(criteria.of(campaign))

    def view_on_site(self, obj: Campaign) -> str:
        return obj.get_absolute_url()


@admin.register(Template)
class TemplateAdmin(TenantAdmin):
    about = "Criteria to start from"
    when_empty = "Open a campaign and keep it as a template: then others start from it."
    is_small = True
    list_display = ["name", "kind", "created_by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["created_by"]
    search_fields = ["name"]
    search_help_text = "Name"
    readonly_fields = ["name", "kind", "asked", "created_by", "created_at"]
    fields = tuple(readonly_fields)
    ordering = ["name"]

    @admin.display(description="what it asks for")
    def asked(self, template: Template) -> str:
        """Say it as the campaign's own page does, one a line."""
        return told(criteria.read(template.wanted | {"kind": template.kind}))


@admin.register(Run)
class RunAdmin(TenantAdmin):
    about = "What was launched, how far it got and why it ended"
    when_empty = "Each launch of a campaign stands here, with how far it got."
    list_display = ["campaign", "mode", "state", "maximum", "left", "reason", "started_at"]
    list_filter = [UnderWay, "state", "mode"]
    list_select_related = ["campaign"]
    readonly_fields = [
        "campaign", "mode", "state", "maximum", "left", "reason", "by",
        "created_at", "started_at", "finished_at",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["-id"]


@admin.register(SourceRun)
class SourceRunAdmin(WorkAdmin):
    about = "Each source's share of a run, as a row of work"
    list_display = ["run", "source", "created", *WorkAdmin.WORK]
    list_select_related = ["run__campaign"]
    readonly_fields = [
        "run", "source", "cursor", "stop_at", "found", "created", "duplicates", "rejected",
        *WorkAdmin.WORK_FIELDS,
    ]  # fmt: skip


@admin.register(Schedule)
class ScheduleAdmin(WorkAdmin):
    about = "Which campaigns go on by themselves, and when next"
    when_empty = "Open a campaign and choose Schedule: then it goes on by itself."
    list_display = ["campaign", "every", "at", "mode", "last_at", *WorkAdmin.WORK]
    list_select_related = ["campaign"]
    readonly_fields = [
        "campaign", "every", "weekday", "day", "at", "mode", "made_by",
        "last_at", "last_run", "last_result", *WorkAdmin.WORK_FIELDS,
    ]  # fmt: skip


@admin.register(Finding)
class FindingAdmin(TenantAdmin):
    about = "Everything that a run met, and what became of it"
    when_empty = "Launch a campaign: whatever it meets stands here, taken or left out, and why."
    list_display = [
        "name", "postcode", "far", "verdict", "reason", "detail", "proven", "overruled_by", "run",
    ]  # fmt: skip
    list_filter = ["verdict", "ground", "proof", Overruled]
    list_select_related = ["run__campaign", "overruled_by"]
    search_fields = ["name", "postcode"]
    search_help_text = "Name or postcode"
    readonly_fields = [
        "run", "source", "key", "verdict", "ground", "reason", "detail", "name", "postcode",
        "miles", "proof", "proof_date", "organisation", "lead", "overruled_by", "overruled_at",
        "at",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["-id"]

    @admin.display(description="proof")
    def proven(self, finding: Finding) -> str:
        return finding.proof_label

    @admin.display(description="miles")
    def far(self, finding: Finding) -> str:
        return "–" if finding.miles is None else f"{finding.miles:,.1f}"
