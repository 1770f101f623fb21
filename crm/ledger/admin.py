"""The audit trail, to read only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from crm.ledger.models import AuditEntry, AuditPayload


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):
    list_display = ["at", "actor", "verb", "target", "fields", "address"]
    list_filter = ["verb"]
    search_fields = ["actor", "target"]
    show_full_result_count = False
    list_per_page = 50
    ordering = ["-id"]
    readonly_fields = ["before", "after"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        tenant = getattr(request, "tenant", None)
        return super().get_queryset(request).filter(tenant_id=tenant.pk if tenant else None)

    @admin.display
    def before(self, entry: AuditEntry) -> Any:
        return self._payload(entry).before

    @admin.display
    def after(self, entry: AuditEntry) -> Any:
        return self._payload(entry).after

    def _payload(self, entry: AuditEntry) -> AuditPayload:
        return AuditPayload.objects.filter(pk=entry.pk).first() or AuditPayload()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return getattr(request, "tenant", None) is not None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
