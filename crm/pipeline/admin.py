"""Pipelines and stages. A stage that leads stand in can't be deleted."""

from django.contrib import admin

from crm.pipeline.models import Pipeline, Stage
from crm.tenants.tenant_admin import TenantAdmin


@admin.register(Pipeline)
class PipelineAdmin(TenantAdmin):
    list_display = ["name", "position"]
    search_fields = ["name"]
    can_change = True


@admin.register(Stage)
class StageAdmin(TenantAdmin):
    list_display = ["name", "kind", "pipeline", "position", "win_chance", "rots_after_days"]
    list_filter = ["kind"]
    list_select_related = ["pipeline"]
    search_fields = ["name"]
    can_add = can_change = can_delete = True
