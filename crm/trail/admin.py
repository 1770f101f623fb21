"""The audit trail of the whole company, to read, to filter and to take away; never to change."""

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from crm import ids
from crm.adminlist.changelist import QuickChangeList
from crm.adminlist.quick import QuickAdmin
from crm.exporting import download
from crm.ledger.models import AuditEntry
from crm.tenants.models import Tenant
from crm.tenants.permissions import Permission, may
from crm.trail import column, export, filters, history
from crm.trail.history import Line

# A search for words looks no further back, unless days are chosen.
SEARCHED = timedelta(days=31)
SAID = "Only the last 31 days were searched. Choose days under “When” to search others."

UNKNOWN = "The address names a filter that is not there. Set the filters again, then export."


# On an entry of a list: how it reads, with its values.
LINE = "_line"


class TrailList(QuickChangeList):
    """Reads the values of a page in one question."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        entries = list(self.result_list)
        for line in history.lines(entries, request.tenant):  # type: ignore[attr-defined]
            setattr(line.entry, LINE, line)


@admin.register(AuditEntry)
class AuditEntryAdmin(QuickAdmin):
    list_display = ["moment", "actor", "did", "record", "way", "address"]
    list_filter = [
        filters.When, filters.Person, "kind", "via", filters.KindOfRecord, filters.Record,
    ]  # fmt: skip
    search_fields = ["target"]
    search_help_text = "Record, or an id"
    ordering = ["-at", "-id"]
    sortable_by = ()
    fields = ("moment", "actor", "did", "record", "way", "address", "values")
    readonly_fields = fields
    change_list_template = "trail/admin_list.html"
    change_form_template = "trail/admin_entry.html"
    called = "Audit trail"
    about = "Who did what, when and from where. It can be added to and read, by nobody changed."

    class Media:
        css = {"all": ["css/trail.css"]}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[QuickChangeList]:
        return TrailList

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        tenant = getattr(request, "tenant", None)
        return super().get_queryset(request).filter(tenant_id=tenant.pk if tenant else None)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuditEntry], search_term: str
    ) -> tuple[QuerySet[AuditEntry], bool]:
        """Find an id anywhere; words among the latest entries, or those of the days chosen."""
        words = search_term.strip()
        if not words:
            return queryset, False
        if ids.read(words):
            return queryset.filter(target_id=words.lower()), False
        found = queryset.filter(Q(target__icontains=words) | Q(verb__icontains=words))
        if not {"since", "until"} & request.GET.keys():
            found = found.filter(at__gte=timezone.now() - SEARCHED)
            messages.info(request, SAID)
        return found, False

    @admin.display(description="When")
    def moment(self, entry: AuditEntry) -> str:
        return date_format(timezone.localtime(entry.at), "j M Y, H:i")

    @admin.display(description="What")
    def did(self, entry: AuditEntry) -> str:
        return column.what(getattr(entry, LINE, None) or _line(entry))

    @admin.display(description="Record")
    def record(self, entry: AuditEntry) -> str:
        """Name it, with the way to it where the administration shows such records."""
        try:
            label = entry.target_type.replace(".", "_")
            url = reverse(f"admin:{label}_change", args=[entry.target_id])
        except NoReverseMatch:
            return entry.target
        return format_html('<a href="{}">{}</a>', url, entry.target or "–")

    @admin.display(description="By what way")
    def way(self, entry: AuditEntry) -> str:
        return entry.get_via_display()

    @admin.display(description="Before and after")
    def values(self, entry: AuditEntry) -> str:
        return render_to_string("trail/admin_values.html", {"line": _line(entry)})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        given = {"may_export": self._may_export(request), "title": "Audit trail"}
        return super().changelist_view(request, given | (extra_context or {}))

    def get_urls(self) -> list[Any]:
        name = "ledger_auditentry_export"
        view = self.admin_site.admin_view(self.export)
        return [path("export/<slug:kind>/", view, name=name), *super().get_urls()]

    def export(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """Hand out what the filters mean."""
        if not self._may_export(request):
            raise PermissionDenied("You may look at this, but not export it.")
        try:
            found = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            messages.error(request, UNKNOWN)
            return redirect("admin:ledger_auditentry_changelist")
        entries = found.get_queryset(request)
        given = {name: ", ".join(map(str, v))[:200] for name, v in request.GET.lists()}
        return download.answer(
            request,  # type: ignore[arg-type]
            name="audit trail",
            columns=export.COLUMNS,
            rows=export.rows(entries, request.tenant),  # type: ignore[attr-defined]
            kind=kind,
            filters=given,
        )

    def _may_export(self, request: HttpRequest) -> bool:
        membership = getattr(request, "membership", None)
        is_own = membership is not None and not membership.is_support
        return is_own and self.has_view_permission(request) and may(membership, Permission.EXPORT)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The company's to its owners and managers; what is of no company to superusers."""
        membership = getattr(request, "membership", None)
        if membership is None:
            return bool(request.user.is_active and request.user.is_superuser)
        return may(membership, Permission.ADMINISTER)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _line(entry: AuditEntry) -> Line:
    tenant = Tenant.objects.filter(pk=entry.tenant_id or ids.NOBODYS).first()
    (line,) = history.lines([entry], tenant)
    return line


def of_row(
    model_admin: admin.ModelAdmin, request: HttpRequest, row: Any, extra: dict[str, Any] | None
) -> HttpResponse:
    """Show the history of a row of the administration (`RECORD_HISTORY`)."""
    tenant = request.tenant  # type: ignore[attr-defined]
    before = request.GET.get("before", "")
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"History of {row}",
        "opts": model_admin.opts,
        "object": row,
        "trail_page": history.of([row], tenant, with_looks=True, before=before),
        "is_first": not before,
    }
    return TemplateResponse(request, "admin/object_history.html", context | (extra or {}))
