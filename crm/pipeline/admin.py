"""Pipelines and stages. A stage that leads stand in can't be deleted, nor become another kind."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse

from crm.bounds.counts import capped, counted
from crm.pipeline.models import Asked, Kind, Pipeline, Stage
from crm.tenants.models import Tenant
from crm.tenants.tenant_admin import TenantAdmin, TenantForm

ENTRANCE = "New leads enter by this stage. Make another Discovery first."
OCCUPIED = "{} in {}. Move them to another stage first."
MOST = 1000
HUNDRED = 100


@admin.register(Pipeline)
class PipelineAdmin(TenantAdmin):
    about = "Their names and order"
    is_small = True
    list_display = ["name", "position"]
    search_fields = ["name"]
    search_help_text = "Name"
    can_change = True


def is_last_entrance(tenant: Tenant, *going: Stage) -> bool:
    """Say whether new leads would have nowhere to go without these stages."""
    entrances = Stage.of(tenant).filter(kind=Kind.DISCOVERY)
    ids = [stage.pk for stage in going]
    return entrances.filter(pk__in=ids).exists() and not entrances.exclude(pk__in=ids).exists()


def why_not_delete(tenant: Tenant, *stages: Stage) -> str:
    """Give the reason that keeps these stages, taken together; empty if there is none."""
    for stage in stages:
        if found := capped(stage.leads.all(), MOST):
            stand = "lead stands" if found == 1 else "leads stand"
            return OCCUPIED.format(f"{counted(found, MOST)} {stand}", stage.name)
    return ENTRANCE if is_last_entrance(tenant, *stages) else ""


class StageForm(TenantForm):
    asks = forms.MultipleChoiceField(
        label="Asks for",
        choices=Asked.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Whoever moves a lead here is asked for what it lacks of these. Where leads are "
        "lost, a reason is asked in any case.",
    )

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind != Kind.DISCOVERY and is_last_entrance(self.instance.tenant, self.instance):
            raise ValidationError(ENTRANCE)
        return str(kind)

    def clean_win_chance(self) -> int:
        chance = int(self.cleaned_data["win_chance"])
        if chance > HUNDRED:
            raise ValidationError("A chance is at most 100 %. Write a number from 0 to 100.")
        return chance

    def clean_wip_limit(self) -> int | None:
        return self._at_least_one("wip_limit", "card")

    def clean_rots_after_days(self) -> int | None:
        return self._at_least_one("rots_after_days", "day")

    def _at_least_one(self, name: str, what: str) -> int | None:
        number: int | None = self.cleaned_data[name]
        if number == 0:
            raise ValidationError(f"Write 1 {what} or more, or leave it empty for no limit.")
        return number


@admin.register(Stage)
class StageAdmin(TenantAdmin):
    about = "The columns of the board: order, chance of winning, most cards, patience"
    is_small = True
    form = StageForm
    list_display = [
        "name", "kind", "pipeline", "position", "win_chance", "wip_limit", "rots_after_days",
    ]  # fmt: skip
    list_filter = ["kind"]
    list_select_related = ["pipeline"]
    search_fields = ["name"]
    search_help_text = "Name"
    actions = ["delete_selected"]
    can_add = can_change = can_delete = True

    def get_fieldsets(self, request: HttpRequest, obj: Stage | None = None) -> Any:
        """Say why two of the fields can't be changed."""
        why = ""
        if self._is_occupied(request, obj):
            why = "Pipeline and kind can be changed once no lead stands in this stage."
        fields = (
            "pipeline", "kind", "name", "position", "win_chance", "wip_limit", "rots_after_days",
            "asks",
        )  # fmt: skip
        return [(None, {"fields": fields, "description": why})]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Offer the place behind all others."""
        stages = Stage.of(request.tenant)  # type: ignore[attr-defined]
        last = stages.aggregate(last=Max("position"))["last"]
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        only = Pipeline.of(request.tenant).first()  # type: ignore[attr-defined]
        return {"position": 0 if last is None else last + 1, "pipeline": only} | given

    def get_readonly_fields(self, request: HttpRequest, obj: Stage | None = None) -> Any:
        """A lead is opened, won and lost by moves; its stage does not turn under it."""
        return ("pipeline", "kind") if self._is_occupied(request, obj) else ()

    def _is_occupied(self, request: HttpRequest, stage: Stage | None) -> bool:
        """Ask once a request, as the page asks for one thing and another."""
        known: dict[Any, bool] = request.__dict__.setdefault("occupied_stages", {})
        if stage is not None and stage.pk not in known:
            known[stage.pk] = stage.leads.exists()
        return stage is not None and known[stage.pk]

    def has_delete_permission(self, request: HttpRequest, obj: Stage | None = None) -> bool:
        if not super().has_delete_permission(request, obj) or obj is None:
            return super().has_delete_permission(request, obj)
        return not self._is_occupied(request, obj) and not is_last_entrance(obj.tenant, obj)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        self._hold(request, object_id)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any) -> HttpResponse:
        stage = self._hold(request, object_id)
        if stage is not None and (why := why_not_delete(stage.tenant, stage)):
            raise PermissionDenied(why)
        return super().delete_view(request, object_id, *args)

    @admin.action(description="Delete the selected stages", permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Stage]) -> Any:
        """Delete them unless one has leads, or none would be left to enter by."""
        self._hold(request, None)
        if why := why_not_delete(request.tenant, *queryset):  # type: ignore[attr-defined]
            messages.error(request, why)
            return None
        return delete_selected(self, request, queryset)

    def _hold(self, request: HttpRequest, object_id: str | None) -> Stage | None:
        """Let colleagues change stages, and leads enter this one, only after this request."""
        if not self._allowed(request):
            return None
        tenant: Tenant = request.tenant  # type: ignore[attr-defined]
        if request.method == "POST":
            list(Pipeline.of(tenant).select_for_update(no_key=True).order_by("pk"))
        stage = self.get_object(request, unquote(object_id)) if object_id else None
        if stage is not None and request.method == "POST":
            Stage.of(tenant).select_for_update().filter(pk=stage.pk).first()
        return stage
