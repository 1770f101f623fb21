"""Enrichment in the administration: what is settled, how providers serve, what they were asked."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format

from crm.adminsite.work_rows import WorkAdmin
from crm.credits import words as credit_words
from crm.look.formats import thousands
from crm.registers import trades
from crm.tenants.permissions import Permission, may
from crm.tenants.tenant_admin import TenantAdmin
from enrichment import kinds
from enrichment.fields import CONTACT, ORGANISATION
from enrichment.lookups.models import Lookup, Rules, TrackRecord
from enrichment.providers.all import PROVIDERS
from enrichment.providers.all import label as named
from leads.enriching import regular
from leads.managing.enrichment_rules import RulesForm
from leads.models import EnrichmentItem, EnrichmentRun

MONTHS = 24
MOST_TOLD, LONGEST_VALUE = 100, 300
NONE_YET = "Nothing was asked yet: tick leads in the list and choose “Find out more…”."


class Asked(SimpleListFilter):
    title = "provider"
    parameter_name = "provider"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(each.slug, each.label) for each in PROVIDERS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(provider=self.value()) if self.value() else queryset


class Month(SimpleListFilter):
    title = "month"
    parameter_name = "month"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        rows = TrackRecord.of(request.tenant).order_by("-month")  # type: ignore[attr-defined]
        months = rows.values_list("month", flat=True).distinct()[:MONTHS]
        return [(each.isoformat(), date_format(each, "F Y")) for each in months]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            wanted = date.fromisoformat(self.value() or "")
        except ValueError:
            return queryset
        return queryset.filter(month=wanted)


@admin.register(Rules)
class RulesAdmin(TenantAdmin):
    about = "Who is asked, in which order, from which score; nightly refresh and weekly tidying"
    called = "Enrichment rules"
    adding = "Settle the rules"
    when_empty = "Nothing is settled yet: all providers are asked in the usual order."
    form = RulesForm
    is_small = True
    can_add = can_change = True
    list_display = ["what", "paid_from_score", "refreshes", "cleans"]
    fieldsets = (
        (None, {"fields": ("asked", "first", "of_fields", "paid_from_score")}),
        ("Refresh and clean-up", {
            "fields": ("refreshes", "refresh_most", "refresh_credits", "cleans")
        }),
    )  # fmt: skip

    @admin.display(description="rules")
    def what(self, rules: Rules) -> str:
        """Say how far they go."""
        off = len(rules.off)
        said = "All providers are asked" if not off else f"{off} provider(s) not asked"
        return f"{said}, in {'an order of its own' if rules.order else 'the usual order'}"

    def named(self, row: Any) -> str:
        return "Enrichment rules"

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Lead on to what is settled: there is one set for a company."""
        settled = Rules.of(request.tenant).first()  # type: ignore[attr-defined]
        if settled is not None and self.has_add_permission(request):
            return redirect("admin:lookups_rules_change", settled.pk)
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Rules, form: Any, change: bool) -> None:
        """Have what is switched on take its turn."""
        if not obj.refreshes or obj.next_refresh_at is None:
            obj.next_refresh_at = regular.next_night(obj.tenant) if obj.refreshes else None
        if not obj.cleans or obj.next_cleaning_at is None:
            obj.next_cleaning_at = regular.next_sunday(obj.tenant) if obj.cleans else None
        super().save_model(request, obj, form, change)


@admin.register(TrackRecord)
class TrackRecordAdmin(TenantAdmin):
    about = "How often each provider answered, and what a usable contact has cost"
    called = "Providers’ records"
    when_empty = NONE_YET
    is_small = True
    list_display = [
        "called_so", "trade", "of_month", "asked", "match", "usable", "wrong", "credits",
        "per_contact",
    ]  # fmt: skip
    list_filter = [Month, Asked]
    readonly_fields = [
        "called_so", "trade", "of_month", "asked", "answered", "match", "usable", "wrong",
        "credits", "cost", "per_contact",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["-month", "provider", "segment"]

    @admin.display(description="provider", ordering="provider")
    def called_so(self, row: TrackRecord) -> str:
        return named(row.provider)

    @admin.display(description="segment", ordering="segment")
    def trade(self, row: TrackRecord) -> str:
        return trades.label(row.segment) if row.segment else "without a trade"

    @admin.display(description="month", ordering="month")
    def of_month(self, row: TrackRecord) -> str:
        return date_format(row.month, "F Y")

    @admin.display(description="answered")
    def match(self, row: TrackRecord) -> str:
        """Give the match rate."""
        share = f" ({round(100 * row.answered / row.asked)}%)" if row.asked else ""
        return f"{row.answered:,}{share}"

    @admin.display(description="vendor’s cost", ordering="cost_micros")
    def cost(self, row: TrackRecord) -> str:
        return credit_words.cost(row.cost_micros) if row.cost_micros else ""

    @admin.display(description="per usable contact")
    def per_contact(self, row: TrackRecord) -> str:
        return per_usable(row.credits, row.cost_micros, row.usable)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Say below the list what all of it comes to."""
        answer = super().changelist_view(request, extra_context)
        shown = getattr(answer, "context_data", None) or {}
        if "cl" in shown:
            sums = shown["cl"].queryset.order_by().aggregate(
                **{name: Sum(name, default=0) for name in SUMS}, last=Max("month")
            )
            if sums["last"] is not None:
                shown["totals"] = _totals(sums)
        return answer


SUMS = ("asked", "answered", "usable", "wrong", "credits", "cost_micros")


def _totals(sums: dict[str, Any]) -> list[tuple[str, str]]:
    match = f"{round(100 * sums['answered'] / sums['asked'])}%" if sums["asked"] else "–"
    return [
        ("Asked", thousands(sums["asked"])),
        ("Answered", f"{thousands(sums['answered'])} ({match})"),
        ("Usable contacts", thousands(sums["usable"])),
        ("Wrong", thousands(sums["wrong"])),
        ("Credits", thousands(sums["credits"])),
        ("Vendors’ cost", credit_words.cost(sums["cost_micros"]) or "–"),
        ("Per usable contact", per_usable(sums["credits"], sums["cost_micros"], sums["usable"])),
    ]


def per_usable(credits: int, micros: int, usable: int) -> str:
    """Say what each contact has cost that could be used."""
    if not usable:
        return "–"
    said = [f"{credits / usable:.1f} credits"] if credits else []
    if micros:
        said.append(credit_words.cost(micros // usable))
    return ", ".join(said) or "free"


@admin.register(Lookup)
class LookupAdmin(TenantAdmin):
    about = "What each provider was asked, what came of it and what it took"
    called = "Questions to providers"
    when_empty = NONE_YET
    list_display = ["called_so", "about", "state", "credits", "cost", "trouble", "answered_at"]
    list_filter = [Asked, "state"]
    search_fields = ["about"]
    search_help_text = "What was asked about: a domain, a number, an address"
    begins_with = "about"
    readonly_fields = [
        "called_so", "about", "state", "is_current", "created_at", "sent_at", "answered_at",
        "due_at", "tries", "credits", "cost", "trouble", "answer",
    ]  # fmt: skip
    ordering = ["-id"]
    is_personal = True

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the answer to whoever sees every lead, which it may be about."""
        shows = may(request.membership, Permission.SEE_EVERYTHING)  # type: ignore[attr-defined]
        return [name for name in self.readonly_fields if shows or name != "answer"]

    @admin.display(description="provider")
    def called_so(self, row: Lookup) -> str:
        return named(row.provider)

    @admin.display(description="vendor’s cost")
    def cost(self, row: Lookup) -> str:
        return credit_words.cost(row.cost_micros) if row.cost_micros else ""

    @admin.display(description="what was told")
    def answer(self, row: Lookup) -> str:
        """Write it one value a line."""
        fields = ORGANISATION | CONTACT
        lines = [
            f"{fields[each['field']].label if each['field'] in fields else each['field']}: "
            f"{each['value']}"[:LONGEST_VALUE]
            for each in row.told[:MOST_TOLD]
        ]
        more = len(row.told) - MOST_TOLD
        return "\n".join([*lines, *([f"and {more} more"] if more > 0 else [])])


@admin.register(EnrichmentRun)
class EnrichmentRunAdmin(WorkAdmin):
    about = "Each run that finds out more about leads"
    called = "Runs"
    when_empty = NONE_YET
    list_display = [
        "label", "why", "phase", "total", "credits", "most", "by", "created_at", *WorkAdmin.WORK,
    ]  # fmt: skip
    list_filter = ["phase", "why", "state"]
    list_select_related = ["by"]
    readonly_fields = [
        "label", "why", "phase", "said", "asked_for", "by", "total", "credits", "most",
        "created_at", "ended_at", *WorkAdmin.WORK_FIELDS,
    ]  # fmt: skip

    @admin.display(description="asked for")
    def asked_for(self, run: EnrichmentRun) -> str:
        said = [kinds.KINDS[slug].label for slug in run.kinds if slug in kinds.KINDS]
        return ", ".join([*said, *run.titles])

    def view_on_site(self, obj: EnrichmentRun) -> str:
        return obj.get_absolute_url()


@admin.register(EnrichmentItem)
class EnrichmentItemAdmin(WorkAdmin):
    about = "Each organisation of a run, as a row of work"
    called = "Organisations of runs"
    when_empty = NONE_YET
    list_display = ["organisation", "run", "credits", "trouble", *WorkAdmin.WORK]
    list_select_related = ["organisation", "run"]
    readonly_fields = [
        "organisation", "run", "credits", "before", "after", "trouble", *WorkAdmin.WORK_FIELDS,
    ]  # fmt: skip
