"""Campaigns, their runs, the rows of work behind them and what they found."""

from django.contrib import admin

from campaigns import admin_actions, criteria, words
from campaigns.admin_filters import Overruled, Source, SourceOfRun, UnderWay
from campaigns.discovery.sources import label
from campaigns.models import (
    Campaign,
    Finding,
    Inquiry,
    Run,
    Schedule,
    SourceRun,
    Template,
    Verification,
)
from campaigns.valid import Share
from crm.adminsite.previewed_admin import PreviewedAdmin
from crm.adminsite.work_rows import WorkAdmin
from crm.credits import words as credit_words
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
    list_display = ["run", "named", "found", "created", "valid", "cost", "trouble", *WorkAdmin.WORK]
    list_filter = ["state", Source]
    list_select_related = ["run__campaign"]
    readonly_fields = [
        "run", "named", "cursor", "stop_at", "found", "created", "duplicates", "rejected", "valid",
        "wave", "cost", "trouble", *WorkAdmin.WORK_FIELDS,
    ]  # fmt: skip

    @admin.display(description="source")
    def named(self, row: SourceRun) -> str:
        return label(row.source)

    @admin.display(description="valid")
    def valid(self, row: SourceRun) -> str:
        """Say how much of what it found was verified."""
        share = Share(row.verified, row.found)
        return f"{share.label} ({share.hint})" if row.found else share.label

    @admin.display(description="vendor's cost", ordering="cost_micros")
    def cost(self, row: SourceRun) -> str:
        return credit_words.cost(row.cost_micros) if row.cost_micros else ""


class AskedAdmin(WorkAdmin):
    """Rows of work that belong to a source of a run."""

    list_filter = ["state", SourceOfRun]
    list_select_related = ["source_run__run__campaign"]

    @admin.display(description="campaign")
    def campaign(self, row: Inquiry | Verification) -> str:
        return str(row.source_run.run.campaign)

    @admin.display(description="source")
    def source(self, row: Inquiry | Verification) -> str:
        return label(row.source_run.source)


@admin.register(Inquiry)
class InquiryAdmin(AskedAdmin):
    about = "Each question to a vendor: what it told, what it took and why it can't go on"
    when_empty = "A campaign that asks vendors writes each of its questions down here."
    list_display = [
        "campaign", "source", "wave", "sent_at", "told", "fresh", "credits", "cost", "trouble",
        *WorkAdmin.WORK,
    ]  # fmt: skip
    readonly_fields = [
        "campaign", "source", "source_run", "wave", "sent_at", "told", "fresh", "credits", "cost",
        "trouble", *WorkAdmin.WORK_FIELDS,
    ]  # fmt: skip

    @admin.display(description="vendor's cost", ordering="cost_micros")
    def cost(self, row: Inquiry) -> str:
        return credit_words.cost(row.cost_micros) if row.cost_micros else ""


@admin.register(Verification)
class VerificationAdmin(AskedAdmin):
    about = "Each candidate that a vendor told of, on its way to a verdict"
    when_empty = "What vendors tell of is checked here, one by one, before it becomes a lead."
    list_display = ["campaign", "source", *WorkAdmin.WORK]
    readonly_fields = ["campaign", "source", "source_run", *WorkAdmin.WORK_FIELDS]


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
        "name", "postcode", "far", "verdict", "reason", "detail", "proven", "checked",
        "overruled_by", "run",
    ]  # fmt: skip
    list_filter = ["verdict", "ground", "proof", "checked", Overruled]
    list_select_related = ["run__campaign", "overruled_by"]
    search_fields = ["name", "postcode"]
    search_help_text = "Name or postcode"
    readonly_fields = [
        "run", "source", "key", "verdict", "ground", "reason", "detail", "name", "postcode",
        "miles", "proof", "proof_date", "checked", "organisation", "lead", "overruled_by",
        "overruled_at", "at",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["-id"]

    @admin.display(description="proof")
    def proven(self, finding: Finding) -> str:
        return finding.proof_label

    @admin.display(description="miles")
    def far(self, finding: Finding) -> str:
        return "–" if finding.miles is None else f"{finding.miles:,.1f}"
