"""The base of every admin page of a tenant's rows: the wall, the audit and small selects."""

from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from crm.adminlist import filters, going_along
from crm.adminlist.quick import QuickAdmin
from crm.ledger import audit
from crm.tenants import foreign
from crm.tenants.as_shown import AsShown, AsShownAdmin
from crm.tenants.models import TenantModel, User
from crm.tenants.permissions import Permission, may
from crm.upward import named


class TenantForm(AsShown, ModelForm):
    """Checks what must be unique within the tenant, which is no field of the form."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"tenant"}  # type: ignore[misc]


class Walled:
    """Lets a form, its inlines and its filters offer and take rows of the company alone."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = self.own(db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = self.own(db_field, request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def own(self, field: Any, request: HttpRequest) -> models.QuerySet[Any]:
        """Give the rows that a relation may refer to: the company's, and its members."""
        other, tenant = field.related_model, request.tenant  # type: ignore[attr-defined]
        if tenant is not None and issubclass(other, TenantModel):
            return other.of(tenant)
        if tenant is not None and other is User:
            return User.objects.filter(memberships__tenant=tenant).order_by("name", "pk")
        return other._base_manager.none()

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """Search in what may be long, where it can be searched."""
        given = super().get_autocomplete_fields(request)  # type: ignore[misc]
        return [*given, *(n for n in self._relations() if self._is_searched(n) and n not in given)]

    def _relations(self) -> dict[str, Any]:
        fields = self.model._meta.fields  # type: ignore[attr-defined]
        return {each.name: each for each in fields if each.is_relation and each.name != "tenant"}

    def _is_searched(self, name: str) -> bool:
        registered = self.admin_site._registry.get(self._relations()[name].related_model)  # type: ignore[attr-defined]
        is_small = getattr(registered, "is_small", False)
        return registered is not None and bool(registered.search_fields) and not is_small


class TenantAdmin(AsShownAdmin, Walled, QuickAdmin):
    """Shows, links and saves rows of the request's tenant only."""

    form = TenantForm
    view_on_site: Any = False
    exclude = ("tenant",)
    # What is done by a verb elsewhere is not done by a form here.
    can_add = can_change = can_delete = False
    # Whoever opens a row sees personal data, and is written down.
    is_personal = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.filter(tenant=request.tenant)  # type: ignore[attr-defined]

    def get_list_filter(self, request: HttpRequest) -> Any:
        return [filters.own(self.model, each) for each in super().get_list_filter(request)]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take a row as a new one only where that is offered."""
        if "_saveasnew" in request.POST and not self.save_as:
            raise PermissionDenied("This can't be saved as a new one.")
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Note who looks at whom."""
        row = context.get("original")
        if self.is_personal and row is not None and request.method == "GET":
            (look,) = named("RECORD_LOOKS")
            look(request, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Write down whoever picks rows that no list of theirs has shown."""
        foreign.say(request, self.model, request.POST.getlist(ACTION_CHECKBOX_NAME))
        return super().response_action(request, *args, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Count what goes along instead of loading it, and say what forbids it."""
        rows = list(objs)
        along = going_along.read(
            self.model,
            [row.pk for row in rows],
            tenant_id=request.tenant.pk,  # type: ignore[attr-defined]
        )
        return [str(row) for row in rows], along.gone, set(), along.kept

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show what the audit trail knows of the row, the latest first."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        (of_row,) = named("RECORD_HISTORY")
        return of_row(self, request, obj, extra_context)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Write down that another company's row was asked for; one that is gone is no matter."""
        foreign.say(request, self.model, [unquote(object_id)])
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Give a form whose row belongs to the tenant before it is checked.

        What it refuses of other companies is written down.
        """
        base = super().get_form(request, obj, change, **kwargs)

        def born(*args: Any, **given: Any) -> None:
            base.__init__(*args, **given)
            args[0].instance.tenant = request.tenant  # type: ignore[attr-defined]

        def full_clean(form: Any) -> None:
            base.full_clean(form)
            if form.is_bound:
                foreign.say_of(request, form)

        return type(base.__name__, (base,), {"__init__": born, "full_clean": full_clean})

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

        The others are left alone; what a colleague changed since is AsShown's business.
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
