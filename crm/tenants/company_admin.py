"""The company's own page in the administration, for its owners."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from crm.ledger import audit
from crm.tenants.as_shown import AsShown, AsShownAdmin
from crm.tenants.models import Tenant
from crm.tenants.people import check_zone
from crm.tenants.permissions import Permission, may
from crm.upward import named


class CompanyForm(AsShown, forms.ModelForm):
    zone = forms.CharField(
        label="Time zone",
        max_length=64,
        validators=[check_zone],
        help_text="Schedules run by it. Like Europe/London.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        notes = [note for tell in named("COMPANY_NOTES") for note in tell(self.instance)]
        self.fields["needs_second_factor"].help_text = " ".join(notes)


@admin.register(Tenant)
class CompanyAdmin(AsShownAdmin, admin.ModelAdmin):
    """One page, of the company that the request acts for."""

    form = CompanyForm
    about = "Its name and time zone, who sees which leads, and how people sign in"
    listed_as = "Company"
    fieldsets = [
        (None, {"fields": ["name", "zone"]}),
        (
            "Who sees which leads",
            {
                "fields": ["rep_reach", "viewer_reach", "shows_unowned"],
                "description": (
                    "Owners and managers see everything. The lead of a team sees what its "
                    "members own. Beside that, everybody sees what is shared with them."
                ),
            },
        ),
        ("Signing in", {"fields": ["needs_second_factor"]}),
    ]
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tenant]:
        tenant = getattr(request, "tenant", None)
        return super().get_queryset(request).filter(pk=tenant.pk if tenant else None)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Show it in the menu to owners alone."""
        return super().get_model_perms(request) if self._is_owner(request) else {}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one company here: open it."""
        if request.GET:
            return redirect("admin:tenants_tenant_changelist")
        tenant = getattr(request, "tenant", None)
        return self.changeform_view(request, str(tenant.pk) if tenant else None)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """There is no list to go back to: saving stays here."""
        given = {"title": "Company", "subtitle": None, "show_save_and_continue": False}
        return super().render_change_form(request, context | given, *args, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_owner(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_owner(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_owner(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Tenant, form: Any, change: bool) -> None:
        """Save what was changed, and write down from what to what."""
        if not form.changed_data:
            return
        obj.save(update_fields=form.changed_data)
        audit.write(
            obj,
            "changed",
            by=request.user,  # type: ignore[arg-type]
            before={name: str(form.initial[name]) for name in form.changed_data},
            after={name: str(form.cleaned_data[name]) for name in form.changed_data},
        )

    def _is_owner(self, request: HttpRequest) -> bool:
        return may(getattr(request, "membership", None), Permission.OWN)
