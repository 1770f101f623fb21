"""Who may open the administration."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from crm.operations import brief
from crm.tenants.permissions import Permission, may


class ManagerSite(admin.AdminSite):
    site_header = "Administration"
    site_title = "Administration"
    index_title = "What would you like to look after?"
    empty_value_display = "–"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Owners and managers of a tenant; a superuser of the installation sees its own parts."""
        user = request.user
        if not user.is_authenticated or not user.is_active:
            return False
        membership = getattr(request, "membership", None)
        return user.is_superuser or may(membership, Permission.ADMINISTER)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Begin with how the background work goes."""
        is_of_all = request.user.is_superuser
        tenant = None if is_of_all else request.tenant  # type: ignore[attr-defined]
        given = {"operations": brief.read(tenant)}
        return super().index(request, given | (extra_context or {}))

    def get_urls(self) -> list[Any]:
        """Leave out the redirect by id (`r/…`): it would tell which ids exist anywhere."""
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send to the one sign-in page; whoever is signed in already is refused in words."""
        if request.user.is_authenticated:
            if not self.has_permission(request):
                raise PermissionDenied("The administration is for owners and managers.")
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))
