"""The base of every admin page of a tenant's rows: the wall, the audit and small selects."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest

from crm.ledger import audit
from crm.tenants.models import TenantModel
from crm.tenants.permissions import Permission, may


class TenantForm(ModelForm):
    """Checks what must be unique within the tenant, which is no field of the form."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"tenant"}  # type: ignore[misc]


class TenantAdmin(admin.ModelAdmin):
    """Shows, links and saves rows of the request's tenant only."""

    form = TenantForm
    show_full_result_count = False
    list_per_page = 50
    view_on_site = False
    exclude = ("tenant",)
    # What is done by a verb elsewhere is not done by a form here.
    can_add = can_change = can_delete = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.filter(tenant=request.tenant)  # type: ignore[attr-defined]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        self._wall(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _wall(self, field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        other = field.related_model
        if isinstance(other, type) and issubclass(other, TenantModel):
            kwargs["queryset"] = other.of(request.tenant)  # type: ignore[attr-defined]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Give a form whose row belongs to the tenant before it is checked."""
        base = super().get_form(request, obj, change, **kwargs)

        def born(*args: Any, **given: Any) -> None:
            base.__init__(*args, **given)
            args[0].instance.tenant = request.tenant  # type: ignore[attr-defined]

        return type(base.__name__, (base,), {"__init__": born})

    def _allowed(self, request: HttpRequest) -> bool:
        return may(getattr(request, "membership", None), Permission.ADMINISTER)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._allowed(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._allowed(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.can_add and self._allowed(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_change and self._allowed(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_delete and self._allowed(request)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Save the fields that were changed, and write down from what to what.

        The others are left alone: a colleague may have changed them since the form was opened.
        """
        if change and not form.changed_data:
            return
        before = {name: str(form.initial.get(name)) for name in form.changed_data if change}
        obj.save(update_fields=form.changed_data if change else None)
        after = {name: str(form.cleaned_data[name]) for name in form.changed_data}
        verb = "changed" if change else "created"
        audit.write(obj, verb, by=request.user, before=before, after=after)  # type: ignore[arg-type]

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        audit.write(obj, "deleted", by=request.user)  # type: ignore[arg-type]
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        for row in queryset:
            self.delete_model(request, row)
