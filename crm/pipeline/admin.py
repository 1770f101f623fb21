"""Pipelines and stages. A stage that leads stand in can't be deleted."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from crm.pipeline.models import Kind, Pipeline, Stage
from crm.tenants.tenant_admin import TenantAdmin, TenantForm


@admin.register(Pipeline)
class PipelineAdmin(TenantAdmin):
    list_display = ["name", "position"]
    search_fields = ["name"]
    can_change = True


def is_only_entrance(stage: Stage) -> bool:
    """Say whether new leads would have nowhere to go without this stage."""
    entrances = Stage.of(stage.tenant).filter(kind=Kind.DISCOVERY)
    is_entrance = entrances.filter(pk=stage.pk).exists()
    return is_entrance and not entrances.exclude(pk=stage.pk).exists()


class StageForm(TenantForm):
    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind != Kind.DISCOVERY and is_only_entrance(self.instance):
            raise ValidationError("New leads enter by this stage. Make another Discovery first.")
        return str(kind)


@admin.register(Stage)
class StageAdmin(TenantAdmin):
    form = StageForm
    list_display = ["name", "kind", "pipeline", "position", "win_chance", "rots_after_days"]
    list_filter = ["kind"]
    list_select_related = ["pipeline"]
    search_fields = ["name"]
    can_add = can_change = can_delete = True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The one stage by which new leads enter stays."""
        is_free = obj is None or not is_only_entrance(obj)
        return super().has_delete_permission(request, obj) and is_free
