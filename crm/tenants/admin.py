"""Members and their roles."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from crm.tenants.models import Membership, Role
from crm.tenants.tenant_admin import TenantAdmin, TenantForm


class MembershipForm(TenantForm):
    def clean_role(self) -> str:
        """A company without an owner could never be looked after again."""
        role = self.cleaned_data["role"]
        owners = Membership.of(self.instance.tenant).filter(role=Role.OWNER)
        if role != Role.OWNER and not owners.exclude(pk=self.instance.pk).exists():
            raise ValidationError("This is the only owner. Make somebody else an owner first.")
        return role


@admin.register(Membership)
class MembershipAdmin(TenantAdmin):
    form = MembershipForm
    list_display = ["user", "email", "role", "joined_at"]
    list_filter = ["role"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]
    readonly_fields = ["user", "joined_at"]
    can_change = True

    @admin.display(description="e-mail")
    def email(self, membership: Membership) -> str:
        return membership.user.email

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if not self._is_owner(request):
            kwargs["choices"] = [(r, r.label) for r in Role if r != Role.OWNER]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Owners are looked after by owners."""
        is_theirs = obj is None or obj.role != Role.OWNER or self._is_owner(request)
        return self._allowed(request) and is_theirs

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody removes themselves, and an owner is made something else first."""
        if obj is None or obj.role == Role.OWNER or obj.user_id == request.user.pk:
            return False
        return self._allowed(request)

    def _is_owner(self, request: HttpRequest) -> bool:
        membership = getattr(request, "membership", None)
        return membership is not None and membership.role == Role.OWNER
