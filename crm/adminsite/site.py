"""Who may open the administration."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.auth.views import LogoutView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from crm.adminsite import libraries, panel, sections
from crm.adminsite.autocomplete import QuickAutocomplete
from crm.tenants.permissions import Permission, may

# Doors past the product's own: the redirect by id (`r/…`) would tell which ids exist anywhere.
SHUT = {"view_on_site", "password_change", "password_change_done"}


class ManagerSite(admin.AdminSite):
    site_header = "Administration"
    site_title = "Administration"
    index_title = "Administration"
    empty_value_display = "–"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Owners and managers of a tenant; a superuser of the installation sees its own parts."""
        user = request.user
        if not user.is_authenticated or not user.is_active:
            return False
        membership = getattr(request, "membership", None)
        return user.is_superuser or may(membership, Permission.ADMINISTER)

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take in a page; those of a library's models are the superusers'."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        for model in models:
            wanted = libraries.closed(model, admin_class or ModelAdmin)
            super().register(model, wanted, **options)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Name the list that the page belongs to, as the menu does."""
        match = request.resolver_match
        owner = getattr(match.func, "model_admin", None) if match else None
        return super().each_context(request) | {"list_name": getattr(owner, "listed_as", "")}

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Begin with what waits for a manager."""
        return super().index(request, {"panels": panel.read(request)} | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Give the models under the manager's words; those of one app as Django does."""
        if app_label is not None:
            return super().get_app_list(request, app_label)
        return sections.group(self._build_app_dict(request).values(), self._registry)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return QuickAutocomplete.as_view(admin_site=self)(request)

    def get_urls(self) -> list[Any]:
        return [each for each in super().get_urls() if getattr(each, "name", "") not in SHUT]

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Sign out as everywhere else."""
        return LogoutView.as_view(next_page="tenants:sign_in")(request)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send to the one sign-in page; whoever is signed in already is refused in words."""
        if request.user.is_authenticated:
            if not self.has_permission(request):
                raise PermissionDenied("The administration is for owners and managers.")
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))
