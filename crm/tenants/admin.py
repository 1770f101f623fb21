"""Members and their roles."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest

from crm.tenants.models import Membership, Role
from crm.tenants.tenant_admin import TenantAdmin


class MembershipForm(ModelForm):
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

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_self = obj is not None and obj.user_id == request.user.pk
        return self._allowed(request) and obj is not None and not is_self
