"""Lists of what belongs to no company, to look at only."""

from typing import Any

from django.http import HttpRequest

from crm.adminlist.quick import QuickAdmin


class LookOnly(QuickAdmin):
    """For whoever looks after the installation."""

    is_of_the_installation = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
